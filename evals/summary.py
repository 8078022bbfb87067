"""A run in figures: over all questions and over groups of them, and which questions fail and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from evals.abstention import ABSTENTION, abstention
from evals.intervals import estimate
from evals.metrics import FIGURES
from evals.nuggets import answer_words
from evals.records import Json, Record

GOALS = ("answered right", "hit@5", "cites evidence", "right document", "valid citations", "facts")
"""The figures that a release is judged by; they are shown first."""

_FAILS: tuple[tuple[str, Callable[[float], bool], str], ...] = (
    ("hit@5", lambda value: value < 1, "evidence not in the first five"),
    ("cites evidence", lambda value: value < 1, "evidence not cited"),
    ("right document", lambda value: value == 0, "cites other documents only"),
    ("facts", lambda value: value < 1, "facts missing"),
    ("valid citations", lambda value: value < 1, "invalid citation"),
    ("citation recall", lambda value: value < 1, "claim not supported"),
    ("language right", lambda value: value < 1, "wrong language"),
)
_FOLLOWS_FROM_REFUSAL = frozenset({"cites evidence", "facts"})
_SHOWN_FAILING = 40


def summarise(records: Sequence[Record]) -> Json:
    """The summary of a run.

    Figures are {"mean", "low", "high", "n"} over the questions to which they apply; questions that failed with an
    error have none and are listed. A question about several documents counts under each of them.
    """
    asked = [record for record in records if record.error is None]
    return {
        "questions": len(records),
        "errors": [{"id": r.case.id, "error": r.error} for r in records if r.error is not None],
        "all": averages(asked),
        "by_half": _grouped(asked, lambda r: [r.case.half]),
        "by_half_language": _grouped(asked, lambda r: [f"{r.case.half}/{r.case.language}"]),
        "by_language": _grouped(asked, lambda r: [r.case.language]),
        "by_kind": _grouped(asked, lambda r: [r.case.kind]),
        "by_document": _grouped(asked, lambda r: r.case.documents),
        "by_turn": _grouped(asked, lambda r: [str(r.case.turn)]),
        "abstention": {
            "all": abstention(asked),
            **{half: abstention([r for r in asked if r.case.half == half]) for half in ("development", "test")},
        },
        "failing": [
            {"id": r.case.id, "question": r.case.question, "half": r.case.half, "why": why}
            for r in records
            if (why := why_failing(r))
        ],
        "timings_ms": _timings(asked),
        "words": _words(asked),
    }


def averages(records: Iterable[Record]) -> Json:
    """Mean, interval and number of each figure over the questions to which it applies."""
    rows = [record.figures for record in records]
    found = {name: estimate([v for row in rows if (v := row.get(name)) is not None]) for name in FIGURES}
    return {name: value for name, value in found.items() if value is not None}


def why_failing(record: Record) -> list[str]:
    """What went wrong with a question, in words; what a refusal brings with it is not repeated."""
    if record.error is not None:
        return [f"error: {record.error}"]
    figures = record.figures
    wrong = figures.get("answered right") == 0
    refused = wrong and record.case.answerable
    why = ["over-refused" if record.case.answerable else "answered, should abstain"] if wrong else []
    for name, fails, words in _FAILS:
        value = figures.get(name)
        if value is not None and fails(value) and not (refused and name in _FOLLOWS_FROM_REFUSAL):
            why.append(words)
    return why


def show_summary(summary: Json) -> str:
    """The summary as a person reads it in a terminal: the goals' figures first, then the others and what fails."""
    errors = len(summary["errors"])
    columns = {"all": summary["all"], "test": summary["by_half"].get("test", {})}
    columns |= {name: summary["by_half_language"].get(name, {}) for name in ("test/nl", "test/en")}
    columns = {name: figures for name, figures in columns.items() if figures}
    lines = [
        f"{summary['questions']} questions, {errors} {'error' if errors == 1 else 'errors'}",
        "",
        _cells("", columns),
        *(_row(f"* {name}", name, columns) for name in GOALS),
        *(_row(f"  {name}", name, columns) for name in FIGURES if name not in GOALS),
        "",
        _cells("confidence", summary["abstention"]),
        *(_row(f"  {name}", name, summary["abstention"]) for name in ABSTENTION),
        "",
        "* what a release is judged by; [95 % interval] and number of questions",
        *_measured(summary),
        *_failing(summary),
    ]
    if "folder" in summary:
        lines.append(f"stored in {summary['folder']}")
    return "\n".join(line.rstrip() for line in lines if line is not None)


def _row(label: str, name: str, columns: Json) -> str | None:
    """A line of the table; None where no column has the figure."""
    found = {column: figures.get(name) for column, figures in columns.items()}
    return _cells(label, [_cell(value) for value in found.values()]) if any(found.values()) else None


def _cells(label: str, cells: Iterable[str]) -> str:
    return f"{label:<22}" + "".join(f"{cell:<26}" for cell in cells)


def _cell(value: Json | None) -> str:
    if value is None:
        return "-"
    between = "" if value["low"] is None else f" [{value['low']:.2f}, {value['high']:.2f}]"
    return f"{value['mean']:.3f}{between} {value['n']}"


def _measured(summary: Json) -> list[str]:
    """Speed, length and memory, as far as they were measured."""
    lines = []
    if summary["timings_ms"]:
        stages = (f"{name} {t['p50']:g}/{t['p95']:g}" for name, t in summary["timings_ms"].items())
        lines.append(f"milliseconds, p50/p95: {', '.join(stages)}")
    if summary["words"]:
        lines.append(f"words in an answer: median {summary['words']['median']:g}, p95 {summary['words']['p95']:g}")
    if "peak_memory_mb" in summary:
        lines.append(f"peak memory: {summary['peak_memory_mb']} MB")
    return lines


def _failing(summary: Json) -> list[str]:
    failing = summary["failing"]
    if not failing:
        return []
    reasons = Counter(why.split(":")[0] for f in failing for why in f["why"])
    lines = ["", f"{len(failing)} questions fail: " + ", ".join(f"{why} {n}" for why, n in reasons.most_common())]
    lines.extend(f"  ! {f['id']}: {', '.join(f['why'])} – {f['question']}" for f in failing[:_SHOWN_FAILING])
    if len(failing) > _SHOWN_FAILING:
        lines.append(f"  and {len(failing) - _SHOWN_FAILING} more in summary.json")
    return lines


def _grouped(records: Sequence[Record], names: Callable[[Record], Iterable[str]]) -> Json:
    groups: dict[str, list[Record]] = {}
    for record in records:
        for name in names(record):
            groups.setdefault(name, []).append(record)
    return {name: averages(groups[name]) for name in sorted(groups)}


def _timings(records: Sequence[Record]) -> Json:
    """Median and 95th percentile of each stage, in milliseconds, over the questions that went through it."""
    stages: dict[str, list[float]] = {}
    for record in records:
        for stage, spent in ((record.answer or {}).get("timings_ms") or {}).items():
            stages.setdefault(stage, []).append(spent)
    return {stage: _percentiles(spent, {"p50": 50, "p95": 95}) for stage, spent in stages.items()}


def _words(records: Sequence[Record]) -> Json:
    """Median and 95th percentile of the words in an answer; abstentions are not counted."""
    counts = [answer_words(r.answer) for r in records if r.answer is not None and not r.answer["abstained"]]
    return _percentiles(counts, {"median": 50, "p95": 95}) if counts else {}


def _percentiles(values: Sequence[float], wanted: dict[str, int]) -> Json:
    return {name: round(float(np.percentile(values, at)), 1) for name, at in wanted.items()}
