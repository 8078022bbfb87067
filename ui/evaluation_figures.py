"""Figures of runs as the evaluation page shows them: values in words, plots, tables, and two runs side by side.

Everything that becomes HTML here is escaped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from assistant.language import Language
from evals import charts
from evals.records import Json
from evals.report_figures import PLOTTED, TABLED, headline
from evals.report_words import number
from ui.evaluation import Run, records_of
from ui.messages import catalogue, text

HEADLINES = (*PLOTTED, "valid citations")
"""The figures by which runs are listed."""
KEPT_IN_TIME = 12
_CHANCE = 0.05  # p-value below which a difference is called more than chance


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from an earlier run to a later one, over the questions that both asked.

    `rows` are cells of a table: figure, was, is, difference with its interval, verdict, questions won and lost.
    """

    common: int
    rows: tuple[tuple[str, ...], ...]
    worse: tuple[str, ...]
    better: tuple[str, ...]


def word(kind: str, key: str, language: Language) -> str:
    """What a figure, kind, language, half or reason is called; one that has no name here keeps its own."""
    return catalogue(language).get(f"evaluation-{kind}-{re.sub('[^a-z0-9@]+', '-', key)}", key)


def share(value: float, language: Language, decimals: int = 1) -> str:
    """A share of 1 as a percentage: "84,7%", in English "84.7%"."""
    return number(value * 100, decimals) + "%" if language == "nl" else f"{value * 100:.{decimals}f}%"


def between(cell: Json, language: Language) -> str | None:
    """The interval of a figure, "79–89%"; None where it has none."""
    if cell.get("low") is None or cell.get("high") is None:
        return None
    return f"{share(cell['low'], language, 0).removesuffix('%')}–{share(cell['high'], language, 0)}"


def cell_text(cell: Json | None, language: Language) -> str:
    """A figure with its interval on the next line; a dash where the run has none."""
    return "\n".join(filter(None, (share(cell["mean"], language), between(cell, language)))) if cell else "–"


def moment(run: Run, language: Language) -> str:
    """When a run began: "23-11-2026 14:05:09", in English "23 Nov 2026 14:05:09"; its folder where it does not say."""
    if run.started is None:
        return run.folder.name
    return f"{run.started:%d-%m-%Y %H:%M:%S}" if language == "nl" else f"{run.started:%d %b %Y %H:%M:%S}"


def index_text(run: Run, language: Language) -> str:
    """The index that was asked: how many documents and passages, and the model."""
    index = run.config.get("index") or {}
    return text(
        "evaluation-index",
        language,
        documents=len(run.config.get("documents") or {}),
        passages=index.get("passages", "?"),
        model=str(index.get("embedding", "?")).partition(" (")[0],
    )


def headlines(run: Run) -> tuple[str, int, dict[str, Json]]:
    """The questions a run is judged on ("test" where there is a test half, else "all"), how many, and the figures."""
    half, figures = headline(run.summary)
    return (
        half,
        max((cell["n"] for cell in figures.values()), default=0),
        {n: figures[n] for n in HEADLINES if n in figures},
    )


def plots(key: str, title: str, groups: Mapping[str, Json], language: Language) -> str:
    """A plot of bars for each main figure over groups of questions, with the name of each group; nothing without.

    One HTML block of Markdown (no blank lines, so nothing in it is read as Markdown): st.html takes SVG out.
    """
    drawn: list[str] = []
    for figure in PLOTTED:
        rows = [
            charts.Bar(label, c["mean"], share(c["mean"], language), c.get("low"), c.get("high"), c.get("n"))
            for label, figures in groups.items()
            if (c := figures.get(figure))
        ]
        if rows:
            name = word("figure", figure, language)
            svg = charts.bars(f"kader-{key}-{len(drawn)}", f"{name}, {title}", rows)
            drawn.append(f"<figure><figcaption>{escape(name)}</figcaption>{svg}</figure>")
    return " ".join(f'<div class="kader-plots">{"".join(drawn)}</div>'.split()) if drawn else ""


def headlines_html(run: Run, language: Language) -> str:
    """The headline figures of a run, each with its interval and the number of questions."""
    cards = ""
    for name, cell in headlines(run)[2].items():
        spread = text("evaluation-spread", language, spread=between(cell, language) or "–", count=cell["n"])
        shown = f"<dd>{share(cell['mean'], language)}</dd><dd>{escape(spread)}</dd>"
        cards += f"<div><dt>{escape(word('figure', name, language))}</dt>{shown}</div>"
    return f'<dl class="kader-headlines">{cards}</dl>'


def figures_table(title: str, groups: Mapping[str, Json], language: Language) -> str:
    """The same and more figures as a table."""
    names = [n for n in TABLED if any(figures.get(n) for figures in groups.values())]
    head = [text("evaluation-group", language), *(word("figure", n, language) for n in names)]
    rows = [[label, *(cell_text(figures.get(n), language) for n in names)] for label, figures in groups.items()]
    return table_html(title, head, rows)


def groups_of(summary: Json, by: str, kind: str, language: Language) -> dict[str, Json]:
    """The figures of a group of questions by its name, such as those "by_kind"; in the order of the catalogue."""
    found: dict[str, Json] = summary.get(by) or {}
    order = [key.removeprefix(f"evaluation-{kind}-") for key in catalogue(language) if f"evaluation-{kind}-" in key]
    known = [key for key in order if key in found]
    return {word(kind, key, language): found[key] for key in [*known, *sorted(set(found) - set(known))]}


def in_time(runs: Sequence[Run], language: Language) -> dict[str, Json]:
    """The headline figures of runs of one set by their moment, the latest ones; a star where the set was another."""
    latest = runs[-KEPT_IN_TIME:]
    return {
        moment(run, language) + (" *" if run.sets != latest[-1].sets else ""): headline(run.summary)[1]
        for run in latest
    }


def compare(before: Run, after: Run, language: Language) -> Comparison:
    """What changed between two finished runs.

    Raises:
        InvalidQuestionSet: one of them cannot be read.
    """
    from evals.compare import compare_runs  # scipy takes a second to import

    found = compare_runs(before.folder, after.folder)
    both = {r.case.id for r in records_of(before)} & {r.case.id for r in records_of(after)}
    was, now = before.why, after.why
    order = [record.case.id for record in records_of(after) if record.case.id in both]
    return Comparison(
        common=len(both),
        rows=tuple(_compared(name, found["figures"][name], language) for name in TABLED if name in found["figures"]),
        worse=tuple(i for i in order if i in now and i not in was),
        better=tuple(i for i in order if i in was and i not in now),
    )


def report_page(run: Path, against: Path | None, out: Path) -> bytes:
    """The report of a run as one HTML page, written to the folder `out`.

    Raises:
        InvalidQuestionSet: a run cannot be read.
    """
    from evals.report import write_report

    return write_report(run, out, against).read_bytes()


def table_html(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a caption whose first column names the rows; where it is too wide it scrolls by itself."""
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{_lines(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        f'<div class="kader-table" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _lines(cell: str) -> str:
    return "<br>".join(f"<span>{escape(line)}</span>" for line in cell.split("\n"))


def _compared(name: str, figure: Json, language: Language) -> tuple[str, ...]:
    verdict = "more" if figure["p"] < _CHANCE else "chance" if figure["won"] or figure["lost"] else "same"
    low, high = _points(figure["low"], language), _points(figure["high"], language)
    return (
        word("figure", name, language),
        share(figure["a"], language),
        share(figure["b"], language),
        text("evaluation-difference", language, moved=_points(figure["difference"], language), low=low, high=high),
        text(f"evaluation-verdict-{verdict}", language),
        str(len(figure["won"])),
        str(len(figure["lost"])),
    )


def _points(value: float, language: Language) -> str:
    """A difference in percentage points, with its sign."""
    shown = number(value * 100, 1) if language == "nl" else f"{value * 100:z.1f}".replace("-", "−")
    return f"+{shown}" if value > 0 and shown.strip("0.,") else shown
