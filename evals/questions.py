"""Question sets and batches: JSON Lines, one question a line, checked field by field.

A question set line holds: id, language, kind, question, history (earlier questions), documents and sections (where
the answer stands), evidence (short phrases that identify the place), facts (groups of alternatives that an answer
must contain), answerable. A batch line needs only id, question and, for a follow-up, history.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import InvalidQuestionSet


class Case(BaseModel):
    """One question of a set, with what a right answer to it is."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1)
    language: Literal["nl", "en"]
    kind: str
    question: str = Field(min_length=1)
    history: list[str] = Field(default_factory=list)
    documents: list[str] = Field(default_factory=list)
    sections: list[str] = Field(default_factory=list)
    evidence: list[str] = Field(default_factory=list)
    facts: list[list[str]] = Field(default_factory=list)
    answerable: bool
    note: str | None = None
    author: str | None = None
    added_on: str | None = None


@dataclass(frozen=True, slots=True)
class BatchItem:
    """A line of a batch; `error` says what is wrong with a line that cannot be asked."""

    id: Any
    question: str
    history: list[str]
    error: str | None = None


def read_cases(path: Path) -> list[Case]:
    """The questions of a set.

    Raises:
        InvalidQuestionSet: the file is missing or empty, or a line does not follow the schema; with line and field.
    """
    cases: list[Case] = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the line itself"
            raise InvalidQuestionSet(f"{path}, line {number}, {field}: {first['msg']}. Mend that line") from error
        if cases[-1].id in {c.id for c in cases[:-1]}:
            raise InvalidQuestionSet(f"{path}, line {number}: the id “{cases[-1].id}” occurs twice. Give each its own")
    if not cases:
        raise InvalidQuestionSet(f"{path} holds no questions. Expected one JSON object a line")
    return cases


def read_batch(source: str) -> Iterator[BatchItem]:
    """The lines of a batch file, or of standard input for "-"; a broken line is given with its error.

    Raises:
        InvalidQuestionSet: the file is missing.
    """
    lines = sys.stdin if source == "-" else _lines(Path(source))
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _batch_item(number, line)


def _batch_item(number: int, line: str) -> BatchItem:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return BatchItem(None, "", [], f"line {number} is no JSON ({error.msg})")
    if not isinstance(value, dict):
        return BatchItem(None, "", [], f"line {number} is no JSON object with id and question")
    question, history = value.get("question"), value.get("history") or []
    if not isinstance(question, str):
        return BatchItem(value.get("id"), "", [], f"line {number} has no “question” with text")
    if not (isinstance(history, list) and all(isinstance(h, str) for h in history)):
        return BatchItem(value.get("id"), question, [], f"line {number}: “history” must be a list of questions")
    return BatchItem(value.get("id"), question, history)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InvalidQuestionSet(f"the file {path} cannot be read ({reason}). Expected JSON Lines in UTF-8") from error
