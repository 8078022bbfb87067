"""New questions for a set, from what people really asked: a saved conversation, or feedback on an answer.

What the assistant cited is only proposed as evidence: whoever adds the question checks it, above all where the answer
was rated down. A set is written beside itself and renamed, so that it is never seen half written.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from assistant.language import detect_language
from evals.leaks import question_key
from evals.proposals import Proposal, from_citations, from_phrases
from evals.questions import Case, read_lines, read_set
from evals.records import Json
from ingest.document import Document
from ingest.errors import InvalidQuestionSet

_WAIT = 10.0  # seconds for another addition to the same set to finish
_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\u0085\u2028\u2029"})  # some readers end a line at these


def add_case(path: Path, case: Case) -> None:
    """Adds a question to a set as its last line, leaving every other line as it is; makes the file if there is none.

    Raises:
        InvalidQuestionSet: the set is broken, holds the id or the question already, or cannot be written.
    """
    target = path.resolve()  # a link stays a link
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name(f".{target.name}.lock"), timeout=_WAIT):
            before = target.read_bytes() if target.exists() else b""
            if before.strip(b"\xef\xbb\xbf \t\r\n"):
                _refuse_doubles(path, case)
            _replace(target, _with_line(before, case_line(case)))
    except Timeout as error:
        raise InvalidQuestionSet(f"someone else is adding to {path}. Nothing was changed; try again") from error
    except OSError as error:
        raise InvalidQuestionSet(f"{path} cannot be written ({error.strerror}). Nothing was changed") from error


def case_line(case: Case) -> str:
    """A question as a line of a set, with all its fields, in UTF-8 without escapes."""
    return json.dumps(case.model_dump(mode="json"), ensure_ascii=False).translate(_LINE_ENDS)


def next_id(prefix: str, cases: Iterable[Case]) -> str:
    """The id after the highest number that the prefix has, such as "geer-091" after "geer-090"."""
    found = (re.fullmatch(rf"{re.escape(prefix)}-(\d+)", case.id) for case in cases)
    numbers = [match[1] for match in found if match]
    width = max((len(number) for number in numbers), default=3)
    return f"{prefix}-{max(map(int, numbers), default=0) + 1:0{max(width, 3)}}"


def read_conversation(path: Path) -> list[Json]:
    """The turns of a saved conversation: the objects that `ask --json` gave, one a line, oldest first.

    Raises:
        InvalidQuestionSet: the file is missing, empty, or a line is no such object; the message names the line.
    """
    turns: list[Json] = []
    for number, line in enumerate(read_lines(path), start=1):
        if line.strip():
            turns.append(_turn(path, number, line))
    if not turns:
        raise InvalidQuestionSet(f"{path} holds no turns. Save them with: kaderwijzer ask QUESTION --json >> {path}")
    return turns


def case_from_conversation(
    turns: Sequence[Json],
    turn: int,
    *,
    case_id: str,
    kind: str,
    answerable: bool,
    author: str | None,
    documents: Mapping[str, Document],
    evidence: Sequence[str] = (),
    note: str | None = None,
    added_on: date | None = None,
) -> Case:
    """A question from a conversation: the turn (from 1) that it is, with the questions before it as its history.

    The evidence of an answerable one is what its answer cites, cut to the fewest words that identify each place, or
    the phrases given in `evidence`; documents and sections follow from it.

    Raises:
        InvalidQuestionSet: there is no such turn, its answer cites nothing and no evidence is given, or what comes out
            is no question that a set can hold.
    """
    if not 1 <= turn <= len(turns):
        raise InvalidQuestionSet(f"there is no turn {turn}. The conversation has turns 1 to {len(turns)}")
    answer = turns[turn - 1]
    gold = _gold(answer, documents, evidence) if answerable else Proposal((), (), ())
    question = _question(answer, turn)
    values = {
        "id": case_id,
        "language": answer.get("language") or detect_language(question),
        "kind": kind,
        "question": question,
        "history": [_question(each, number) for number, each in enumerate(turns[: turn - 1], start=1)],
        "documents": gold.documents,
        "sections": gold.sections,
        "evidence": gold.evidence,
        "answerable": answerable,
        "note": note,
        "author": author,
        "added_on": added_on,
    }
    try:
        return Case.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = "".join(f"{part}: " for part in first["loc"][:1])
        said = first["msg"].removeprefix("Value error, ")
        raise InvalidQuestionSet(f"“{question}” makes no question of a set. {field}{said}") from error


def case_from_feedback(
    entry: Json,
    *,
    case_id: str,
    kind: str,
    answerable: bool,
    author: str | None,
    documents: Mapping[str, Document],
    evidence: Sequence[str] = (),
    added_on: date | None = None,
) -> Case:
    """A question from stored feedback; rating, reason and comment go into its note.

    `entry` is `{"question", "history", "answer": what ask --json gave or None, "rating": "up" or "down", "reason",
    "comment", "given_at"}`.

    Raises:
        InvalidQuestionSet: as `case_from_conversation`.
    """
    earlier = [{"question": question} for question in entry.get("history") or ()]
    last = {**(entry.get("answer") or {}), "question": entry.get("question")}
    return case_from_conversation(
        [*earlier, last],
        len(earlier) + 1,
        case_id=case_id,
        kind=kind,
        answerable=answerable,
        author=author,
        documents=documents,
        evidence=evidence,
        note=_note(entry, proposed=answerable and not evidence),
        added_on=added_on,
    )


def _gold(answer: Json, documents: Mapping[str, Document], evidence: Sequence[str]) -> Proposal:
    citations: list[Json] = answer.get("citations") or []
    if evidence:
        cited = {citation.get("document_id") for citation in citations}  # the likelier places of a phrase
        return from_phrases(evidence, sorted(documents.values(), key=lambda document: document.id not in cited))
    if not citations:
        raise InvalidQuestionSet(
            f"the answer to “{answer.get('question')}” cites nothing, and an answerable question needs evidence. "
            "Give phrases of it, or mark the question unanswerable"
        )
    return from_citations(citations, documents)


def _question(turn: Json, number: int) -> str:
    question = turn.get("question")
    if not isinstance(question, str) or not question.strip():
        raise InvalidQuestionSet(f"turn {number} has no “question” with text. Expected what ask --json gives")
    return question.strip()


def _turn(path: Path, number: int, line: str) -> Json:
    expected = "Expected the object that ask --json gives, one a line"
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise InvalidQuestionSet(f"{path}, line {number} is no JSON ({error.msg}). {expected}") from error
    if not isinstance(value, dict):
        raise InvalidQuestionSet(f"{path}, line {number} is no JSON object. {expected}")
    try:
        _question(value, number)
    except InvalidQuestionSet as error:
        raise InvalidQuestionSet(f"{path}, line {number}: {error}") from error
    turn: Json = value
    return turn


def _note(entry: Json, proposed: bool) -> str | None:
    """What a person said of the answer, and a warning where the evidence comes from an answer that was rated down."""
    rating, day = entry.get("rating"), str(entry.get("given_at") or "")[:10]
    said = [f"rated {rating}{f' on {day}' if day else ''}"] if rating else []
    said += [" ".join(str(entry[name]).split()) for name in ("reason", "comment") if entry.get(name)]
    if proposed and rating == "down":
        said.append("evidence proposed from the answer that was rated down: check it")
    return "; ".join(said) or None


def _refuse_doubles(path: Path, case: Case) -> None:
    for other in read_set(path):
        if other.id == case.id:
            raise InvalidQuestionSet(f"{path} holds the id “{case.id}” already. Nothing was added; take another id")
        if question_key(other) == question_key(case):
            raise InvalidQuestionSet(
                f"{path} holds the question already, as “{other.id}” with the same history. Nothing was added"
            )


def _with_line(before: bytes, line: str) -> bytes:
    """The bytes of a file with a line behind them, ended as its other lines are."""
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = end if before.strip(b"\xef\xbb\xbf") and not before.endswith(b"\n") else b""
    return before + gap + line.encode("utf-8") + end


def _replace(path: Path, content: bytes) -> None:
    """Puts content in the place of a file, all or nothing, also when the power fails."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
