"""The report of a run: one HTML page that needs no network, for people who decide rather than program.

The run's folder is read as it is; what it lacks is left out of the page. The same run gives the same bytes.
Questions, answers and documents are data: the template escapes all of it, and the page's own policy (CSP) lets no
script run but the one in report.js and no request go anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.records import RUN, SUMMARY, Json, Record, read_json, read_records
from evals.report_figures import Group, Table, figures_in, group_of, halves_panels, halves_table
from evals.report_questions import Question, question_view, titles_in
from evals.report_sections import differences, goals_of, refusals, reliability_of, speed
from evals.report_summary import about, in_short
from evals.report_words import HALVES, KINDS, LANGUAGES, MEANINGS, NAMES, REASONS, count, group_name, name_of, turn_name

REPORT = "report.html"
_HERE = Path(__file__).parent
_SECRET = re.compile(r"settings(?:\.|\..*[._-])(?:key|token|secret|password)$", re.I)


def write_report(run: Path, out: Path | None = None, against: Path | None = None) -> Path:
    """Writes the report of a stored run and gives its path: `out`, else report.html in the run's folder.

    With `against`, another run's folder, each figure is shown with how it moved since that run.

    Raises:
        InvalidQuestionSet: a folder holds no run, or one of its files is damaged.
    """
    page = _render(page_of(run, against))
    path = out / REPORT if out and out.is_dir() else out or run / REPORT
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, "utf-8", newline="\n")
    return path


def page_of(run: Path, against: Path | None = None) -> Json:
    """What the page shows, by the names that the template uses.

    Raises:
        InvalidQuestionSet: as `write_report`.
    """
    records, summary, config = read_records(run), _optional(run, SUMMARY), _optional(run, RUN)
    other = _optional(against, SUMMARY) if against else {}
    titles = titles_in(records)
    questions = _questions(records, summary, titles)
    return {
        "name": run.resolve().name,
        "against": against.resolve().name if against else None,
        "about": about(config, records, titles),
        "in_short": in_short(summary, records),
        "unfinished": not summary,
        "goals": goals_of(summary),
        "halves": halves_table(summary, other),
        "half_panels": halves_panels(summary, other),
        "groups": _groups(summary, other, titles),
        "refusals": refusals(summary, other),
        "reliability": reliability_of(summary),
        "speed": speed(summary, other),
        "words": summary.get("words") or {},
        "failures": _failures(questions),
        "drifted": sorted(summary.get("drifted") or {}),
        "differences": _differences(run, against) if against else None,
        "moves": _moves(questions, against) if against else [],
        "questions": questions,
        "choices": _choices(records),
        "definitions": _definitions(summary),
        "configuration": list(_flat(config)),
        "names": {"kinds": KINDS, "halves": HALVES, "languages": LANGUAGES},
    }


def _questions(records: Sequence[Record], summary: Json, titles: Mapping[str, str]) -> list[Question]:
    """Every question; it failed when the summary says so or, without a summary, when its answer was not right."""
    why = _why(summary)
    views = []
    for number, record in enumerate(records, start=1):
        reasons = [record.error] if record.error else why.get(record.case.id, [])
        failed = bool(reasons) or ("failing" not in summary and record.figures.get("answered right") == 0)
        views.append(question_view(number, record, [REASONS.get(r, r) for r in reasons], failed, titles))
    return views


def _why(summary: Json) -> dict[str, list[str]]:
    """What went wrong, by id of the question."""
    return {str(f.get("id")): [str(w) for w in f.get("why") or []] for f in summary.get("failing") or []}


def _groups(summary: Json, other: Json, titles: Mapping[str, str]) -> list[Group]:
    """Figures by kind, language, document and turn: what the run has of them."""
    kinds: Json = summary.get("by_kind") or {}
    ordered = {k: kinds[k] for k in [*(k for k in KINDS if k in kinds), *sorted(set(kinds) - set(KINDS))]}
    found = [
        group_of("soort", "Per soort vraag", ordered, other.get("by_kind"), group_name),
        group_of("taal", "Per taal", summary.get("by_language"), other.get("by_language"), group_name),
        group_of(
            "helft-taal",
            "Per helft en taal",
            summary.get("by_half_language"),
            other.get("by_half_language"),
            group_name,
        ),
        group_of(
            "document", "Per document", summary.get("by_document"), other.get("by_document"), lambda d: titles.get(d, d)
        ),
        group_of("beurt", "Per beurt in het gesprek", summary.get("by_turn"), other.get("by_turn"), turn_name),
    ]
    return [group for group in found if group]


def _failures(questions: Sequence[Question]) -> list[tuple[str, list[Question]]]:
    """The questions that failed by why, most frequent first; a question stands under each of its reasons."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        if question.failed:
            why = ["Er ging iets mis bij het beantwoorden"] if question.record.error else question.why
            for reason in why or ["Zonder opgaaf van reden"]:
                groups.setdefault(reason, []).append(question)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _moves(questions: Sequence[Question], against: Path) -> list[tuple[str, list[Question]]]:
    """The questions that went from right to wrong since the other run, and the other way."""
    records, summary = read_records(against), _optional(against, SUMMARY)
    failed = {q.record.case.id: q.failed for q in _questions(records, summary, {})}
    both = [q for q in questions if q.record.case.id in failed]
    worse = [q for q in both if q.failed and not failed[q.record.case.id]]
    better = [q for q in both if not q.failed and failed[q.record.case.id]]
    return [("Was goed, gaat nu mis", worse), ("Ging mis, is nu goed", better)]


def _differences(run: Path, against: Path) -> Table:
    from evals.compare import compare_runs  # scipy takes a second to import

    return differences(compare_runs(against, run))


def _choices(records: Sequence[Record]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the filter offers: a name, a label, and the values that occur with their labels."""
    offered = (
        ("kind", "Soort vraag", KINDS, {r.case.kind for r in records}),
        ("language", "Taal", LANGUAGES, {str(r.case.language) for r in records}),
        ("half", "Helft", HALVES, {str(r.case.half) for r in records}),
    )
    return [(key, label, [(v, words[v]) for v in words if v in found]) for key, label, words, found in offered]


def _definitions(summary: Json) -> list[tuple[str, str | None, str | None]]:
    """Name, meaning in Dutch and exact definition with its source of every figure that the run has."""
    from evals.abstention import ABSTENTION  # scipy and scikit-learn take a second to import
    from evals.metrics import FIGURES

    exact = {**FIGURES, **ABSTENTION}

    present = figures_in([summary.get("all") or {}, *(summary.get("by_half") or {}).values()])
    abstention = (summary.get("abstention") or {}).get("all") or {}
    present += [n for n in NAMES if n in abstention and n not in present]
    return [(name_of(n), MEANINGS.get(n), exact.get(n)) for n in present]


def _flat(value: object, name: str = "") -> Iterable[tuple[str, str]]:
    """A configuration as lines of name and value, without the secrets among the settings: reports are passed on."""
    if _SECRET.match(name):
        yield name, "(weggelaten)" if value else "(geen)"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        yield name, ", ".join(str(inner) for inner in value)
    else:
        yield name, "(geen)" if value is None else str(value)


def _optional(folder: Path, name: str) -> Json:
    """A JSON file of a run, or nothing where a run was interrupted before it was written."""
    return read_json(folder, name) if (folder / name).exists() else {}


def _render(page: Json) -> str:
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["count"] = count
    style, script = ((_HERE / name).read_text("utf-8").strip() for name in ("report.css", "report.js"))
    return environment.get_template("report.html.j2").render(
        page,
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
    )


def _hash(text: str) -> str:
    """An inline style or script as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
