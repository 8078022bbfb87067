"""The figures of a run as the report shows them: sentences, tables and plots, beside another run where one is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals import charts
from evals.records import Json
from evals.report_words import (
    HALVES,
    LOWER_IS_BETTER,
    NAMES,
    SCORES,
    figure_text,
    interval_text,
    name_of,
    number,
)

PLOTTED = ("answered right", "hit@5", "cites evidence", "facts")
TABLED = (*PLOTTED, "right document", "valid citations", "citation recall", "citation precision")


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved since the other run, in sign, number and word, so that colour is never needed."""

    sign: str
    shown: str
    word: str


@dataclass(frozen=True, slots=True)
class Value:
    """One figure of one group of questions."""

    shown: str
    interval: str | None = None
    n: int | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the rows."""

    caption: str
    head: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Value | None]]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot under its heading."""

    title: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """Figures over groups of questions: a plot for each of the main figures, and all figures as a table."""

    key: str
    title: str
    panels: Sequence[Panel]
    table: Table


def value_of(figure: str, cell: Json | None, other: Json | None = None) -> Value | None:
    """A figure of the summary as it is shown; None where the run has none."""
    if not cell or cell.get("mean") is None:
        return None
    low, high = cell.get("low"), cell.get("high")
    interval = None if low is None or high is None else interval_text(figure, low, high)
    was = (other or {}).get("mean")
    return Value(figure_text(figure, cell["mean"]), interval, cell.get("n"), change_of(figure, cell["mean"], was))


def halves_table(summary: Json, other: Json) -> Table | None:
    """All figures over all questions and over each half."""
    groups = _halves(summary)
    names = figures_in(groups.values())
    if not names:
        return None
    before = _halves(other)
    rows = [
        (name_of(name), [value_of(name, groups[g].get(name), before.get(g, {}).get(name)) for g in groups])
        for name in names
    ]
    return Table("Alle cijfers, over alle vragen en per helft", "Cijfer", [HALVES.get(g, g) for g in groups], rows)


def halves_panels(summary: Json, other: Json) -> list[Panel]:
    """The figures that are shares, a plot for each half."""
    groups, before = _halves(summary), _halves(other)
    panels: list[Panel] = []
    for key, figures in groups.items():
        rows = [
            bar
            for name in _main(figures_in([figures]), TABLED)
            if (bar := bar_of(name_of(name), name, figures.get(name), before.get(key, {}).get(name)))
        ]
        if rows and (key != "all" or len(groups) == 1):
            title = HALVES.get(key, key)
            panels.append(Panel(title.capitalize(), charts.bars(f"half-{len(panels)}", f"Cijfers, {title}", rows)))
    return panels


def group_of(
    key: str,
    title: str,
    groups: Mapping[str, Json] | None,
    other: Mapping[str, Json] | None,
    label: Callable[[str], str],
) -> Group | None:
    """Figures over groups of questions, such as kinds; None where the run has none."""
    if not groups:
        return None
    names, before = figures_in(groups.values()), other or {}
    tabled = _main(names, TABLED)
    rows = [
        (label(g), [value_of(name, cells.get(name), before.get(g, {}).get(name)) for name in tabled])
        for g, cells in groups.items()
    ]
    panels: list[Panel] = []
    for name in _main(names, PLOTTED):
        drawn = [bar_of(label(g), name, cells.get(name), before.get(g, {}).get(name)) for g, cells in groups.items()]
        bars = [bar for bar in drawn if bar]
        if bars:
            svg = charts.bars(f"{key}-{len(panels)}", f"{name_of(name)}, {title[0].lower()}{title[1:]}", bars)
            panels.append(Panel(name_of(name), svg))
    return Group(key, title, panels, Table(title, "Groep", [name_of(n) for n in tabled], rows))


_FEW = 10  # questions of a test half, below which a figure says nothing


def headline(summary: Json) -> tuple[str, Json]:
    """The questions on which the run is judged, and their figures: the test half, or all where that has too few."""
    test = (summary.get("by_half") or {}).get("test") or {}
    asked = max((cell["n"] for cell in test.values() if isinstance(cell, dict) and "n" in cell), default=0)
    return ("test", test) if asked >= _FEW else ("all", summary.get("all") or {})


def figures_in(groups: Iterable[Json]) -> list[str]:
    """The figures that any of the groups has: known ones in the order of the report, then the others by name."""
    found = {name for group in groups for name, cell in group.items() if isinstance(cell, dict)}
    return [n for n in NAMES if n in found] + sorted(found - set(NAMES))


def _main(names: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The wanted ones among the figures of a run; of a run that has none of them the first."""
    return [n for n in wanted if n in names] or list(names[: len(wanted)])


def _halves(summary: Json) -> dict[str, Json]:
    return {k: v for k, v in {"all": summary.get("all"), **(summary.get("by_half") or {})}.items() if v}


def bar_of(label: str, figure: str, cell: Json | None, other: Json | None) -> charts.Bar | None:
    """A figure as a bar, with its value in the other run; None where the run has none."""
    value = value_of(figure, cell)
    if cell is None or value is None:
        return None
    return charts.Bar(
        label, cell["mean"], value.shown, cell.get("low"), cell.get("high"), value.n, (other or {}).get("mean")
    )


def change_of(figure: str, now: float, was: float | None) -> Change | None:
    """How a figure moved, in percentage points; None without another run."""
    if was is None:
        return None
    factor, decimals = (1, 2) if figure in SCORES else (100, 1)
    moved = round((now - was) * factor, decimals)
    if not moved:
        return Change("=", "0", "gelijk")
    better = (moved > 0) != (figure in LOWER_IS_BETTER)
    sign = "▲" if moved > 0 else "▼"
    return Change(sign, f"{'+' if moved > 0 else '−'}{number(abs(moved), decimals)}", "beter" if better else "slechter")
