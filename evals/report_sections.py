"""The sections of the report that have a form of their own: goals, refusals, confidence, speed, and differences."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from evals import charts
from evals.records import Json
from evals.report_figures import Change, Group, Panel, Table, Value, bar_of, change_of, figures_in, headline, value_of
from evals.report_words import HALVES, SCORES, STAGES, figure_text, milliseconds, name_of, number

SIGNIFICANT = 0.05  # p-value below which a difference is called more than chance
GOALS: dict[str, float] = {
    "valid citations": 1.0,
    "right document": 0.98,
    "cites evidence": 0.92,
    "facts": 0.92,
    "hit@5": 0.95,
    "hit@1": 0.85,
    "mrr@10": 0.88,
}
"""The least that a release should reach; a summary may bring goals of its own."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should reach and whether it did: "met", "near" (within the interval) or "missed"."""

    name: str
    wanted: str
    value: Value
    state: str


def refusals(summary: Json, other: Json) -> Group | None:
    """What was answered or refused wrongly, and how well the confidence tells the two kinds of question apart."""
    groups = {half: found for half in HALVES if (found := (summary.get("abstention") or {}).get(half))}
    if not groups:
        return None
    before = other.get("abstention") or {}
    names = [
        n
        for n in ("false_answers", "over_refusals", "auroc", "average_precision", "ece")
        if any(g.get(n) is not None for g in groups.values())
    ]
    rows = [
        (name_of(n), [value_of(n, _cell(g.get(n)), _cell(before.get(half, {}).get(n))) for half, g in groups.items()])
        for n in names
    ]
    panels: list[Panel] = []
    for name in ("false_answers", "over_refusals"):
        drawn = [
            bar_of(HALVES[half], name, _cell(g.get(name)), _cell(before.get(half, {}).get(name)))
            for half, g in groups.items()
        ]
        if bars := [bar for bar in drawn if bar]:
            panels.append(Panel(name_of(name), charts.bars(f"refusal-{len(panels)}", name_of(name), bars)))
    columns = [HALVES[half] for half in groups]
    return Group("weigeren", "Weigeren", panels, Table("Weigeren en zekerheid", "Cijfer", columns, rows))


def reliability_of(summary: Json) -> tuple[Markup, Table] | None:
    """The reliability diagram over all questions, and its points as a table."""
    bins = [b for b in ((summary.get("abstention") or {}).get("all") or {}).get("reliability") or [] if b.get("n")]
    if not bins:
        return None
    points = [charts.Point(b["confidence"], b["answerable"], b["n"]) for b in bins]
    rows = [
        (
            f"{number(b.get('low', 0) * 100, 0)}–{number(b.get('high', 1) * 100, 0)}%",
            [
                Value(figure_text("", b["confidence"])),
                Value(figure_text("", b["answerable"])),
                Value(number(b["n"], 0)),
            ],
        )
        for b in bins
    ]
    columns = ["gemiddelde zekerheid", "werkelijk te beantwoorden", "vragen"]
    table = Table("Zekerheid en werkelijkheid", "Zekerheid", columns, rows)
    return charts.reliability("zekerheid", "Opgegeven zekerheid tegen het deel dat te beantwoorden was", points), table


def speed(summary: Json, other: Json) -> Group | None:
    """How long each stage of an answer takes, at the median and for the slowest of twenty."""
    stages = {
        s: t for s, t in (summary.get("timings_ms") or {}).items() if isinstance(t, dict) and t.get("p95") is not None
    }
    if not stages:
        return None
    before = other.get("timings_ms") or {}
    top = max(t["p95"] for t in stages.values()) or 1.0
    rows = [(STAGES.get(s, s), [_time(t, before.get(s), p) for p in ("p50", "p95")]) for s, t in stages.items()]
    ticks = ["0", milliseconds(top)]
    panels = [
        Panel(
            title,
            charts.bars(
                f"speed-{p}",
                f"Snelheid, {title.lower()}",
                [
                    charts.Bar(STAGES.get(s, s), t[p], milliseconds(t[p]))
                    for s, t in stages.items()
                    if t.get(p) is not None
                ],
                top,
                ticks,
            ),
        )
        for p, title in (("p50", "Gewoonlijk (mediaan)"), ("p95", "De traagste 1 op 20 (p95)"))
    ]
    return Group(
        "snelheid", "Snelheid", panels, Table("Duur van elke stap", "Stap", ["mediaan", "95e percentiel"], rows)
    )


def differences(comparison: Json) -> Table:
    """A comparison (`evals.compare`) as a table: was, is, by how much, and whether that may be chance."""
    rows: list[tuple[str, list[Value | None]]] = []
    found = comparison.get("figures") or {}
    for name in figures_in([found]):
        f = found[name]
        moved = change_of(name, f["b"], f["a"])
        factor, decimals = (1, 2) if name in SCORES else (100, 1)
        between = f"{number(f['low'] * factor, decimals)} tot {number(f['high'] * factor, decimals)}"
        verdict = "meer dan toeval" if f["p"] < SIGNIFICANT else "kan toeval zijn" if f["p"] < 1 else "gelijk"
        was, now = Value(figure_text(name, f["a"])), Value(figure_text(name, f["b"]), n=f["n"])
        rows.append((name_of(name), [was, now, Value(moved.shown if moved else "0", between), Value(verdict)]))
    columns = ["was", "is", "verschil (interval)", "oordeel"]
    return Table(
        f"Verschil over de {comparison.get('common', 0)} vragen die beide toetsen stelden", "Cijfer", columns, rows
    )


def goals_of(summary: Json) -> list[Goal]:
    """What was aimed at, judged on the test half where there is one."""
    _, figures = headline(summary)
    wanted = {**GOALS, **(summary.get("goals") or {})}
    goals = []
    for name, least in wanted.items():
        cell, value = figures.get(name), value_of(name, figures.get(name))
        if cell and value:
            state = "met" if cell["mean"] >= least else "near" if (cell.get("high") or 0) >= least else "missed"
            goals.append(Goal(name_of(name), f"minstens {figure_text(name, least, 0)}", value, state))
    return goals


def _cell(value: Json | float | None) -> Json | None:
    """A figure with its interval; a bare number has none."""
    return value if isinstance(value, dict) or value is None else {"mean": value}


def _time(times: Json, other: Json | None, p: str) -> Value | None:
    if times.get(p) is None:
        return None
    was = (other or {}).get(p)
    change = None
    if was is not None and (moved := round(times[p] - was, 1)):
        faster = moved < 0
        change = Change(
            "▼" if faster else "▲",
            f"{'−' if faster else '+'}{milliseconds(abs(moved))}",
            "sneller" if faster else "trager",
        )
    return Value(milliseconds(times[p]), change=change)
