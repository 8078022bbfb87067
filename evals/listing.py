"""What question sets hold: counts by kind, language and half, and the questions themselves, filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from evals.questions import ANSWERABLE_KINDS, UNANSWERABLE_KINDS, Case, Half, read_set, read_sets
from evals.records import Json

_LANGUAGES = ("nl", "en")
_HALVES: tuple[Half, Half] = ("development", "test")


def describe_sets(paths: Sequence[Path]) -> Json:
    """Counts of each set and of all together: questions, answerable or not, by kind, by language, by half.

    Gives `{"sets": [{"path", "questions", "answerable", "unanswerable", "kinds", "languages", "halves"}], "all": {…}}`;
    `kinds` holds, for each kind there is, its number of questions by language and by half too.

    Raises:
        InvalidQuestionSet: a set does not follow its schema, or an id occurs in two sets.
    """
    together = read_sets(paths)
    sets = [{"path": str(path), **describe_cases(read_set(path))} for path in paths]
    return {"sets": sets, "all": describe_cases(together)}


def describe_cases(cases: Sequence[Case]) -> Json:
    """Counts of questions, as `describe_sets` gives them for a set."""
    return {
        "questions": len(cases),
        "answerable": sum(case.answerable for case in cases),
        "unanswerable": sum(not case.answerable for case in cases),
        "languages": _counted(_LANGUAGES, (case.language for case in cases)),
        "halves": _counted(_HALVES, (case.half for case in cases)),
        "kinds": {
            kind: _kind([case for case in cases if case.kind == kind])
            for kind in (*ANSWERABLE_KINDS, *UNANSWERABLE_KINDS)
            if any(case.kind == kind for case in cases)
        },
    }


def select_cases(
    cases: Iterable[Case],
    kinds: Collection[str] = (),
    languages: Collection[str] = (),
    half: Half | None = None,
) -> list[Case]:
    """The questions of these kinds, languages and half; a filter that is empty lets everything through."""
    return [
        case
        for case in cases
        if (not kinds or case.kind in kinds)
        and (not languages or case.language in languages)
        and half in (None, case.half)
    ]


def show_sets(description: Json, cases: Sequence[Case] = ()) -> str:
    """Tables of what sets hold, as a person reads them in a terminal, and below them these questions."""
    tables = [_sets_table(description), _kinds_table(description["all"])]
    if cases:
        tables.append(show_cases(cases))
    return "\n\n".join(tables)


def show_cases(cases: Sequence[Case]) -> str:
    """Questions, one a line: id, half, kind, language, and the question behind those before it in the conversation."""
    header = ("id", "half", "kind", "language", "question")
    return _table([header, *((c.id, c.half, c.kind, c.language, _asked(c)) for c in cases)], numbers_from=len(header))


def _asked(case: Case) -> str:
    return " → ".join(" ".join(text.split()) for text in (*case.history, case.question))


def _kind(cases: Sequence[Case]) -> Json:
    return {
        "questions": len(cases),
        "answerable": cases[0].answerable,
        "languages": _counted(_LANGUAGES, (case.language for case in cases)),
        "halves": _counted(_HALVES, (case.half for case in cases)),
    }


def _counted(names: Sequence[str], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {name: counts[name] for name in names}


def _sets_table(description: Json) -> str:
    header = ("set", "questions", "answerable", "unanswerable", *_LANGUAGES, *_HALVES)
    rows = [(Path(each["path"]).name, each) for each in description["sets"]]
    if len(rows) > 1:
        rows.append(("all", description["all"]))
    return _table(
        [header, *((name, *_numbers(each, "questions", "answerable", "unanswerable")) for name, each in rows)],
    )


def _kinds_table(counts: Json) -> str:
    header = ("kind", "questions", *_LANGUAGES, *_HALVES)
    known = counts["kinds"].items()
    rows = [
        (f"{kind}{'' if each['answerable'] else ' (unanswerable)'}", *_numbers(each, "questions"))
        for kind, each in known
    ]
    return _table([header, *rows])


def _numbers(counts: Json, *names: str) -> tuple[str, ...]:
    numbers = [*(counts[name] for name in names), *counts["languages"].values(), *counts["halves"].values()]
    return tuple(map(str, numbers))


def _table(rows: Sequence[tuple[str, ...]], numbers_from: int = 1) -> str:
    """Rows under one another; columns from `numbers_from` on are numbers and end in line."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(
            cell.ljust(w) if i < numbers_from else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
