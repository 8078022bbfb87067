"""Question sets: JSON Lines, one question with its right answer a line, checked field by field.

| field | what it holds |
|---|---|
| id | unique in all sets; its hash decides the half, so it is never changed |
| language | "nl" or "en" |
| kind | one of `ANSWERABLE_KINDS` or `UNANSWERABLE_KINDS` |
| question | what is asked, as a person would type it |
| history | the earlier questions of the conversation, oldest first |
| documents | ids of the documents in which the answer stands |
| sections | numbers (or titles) of the sections in which it stands |
| evidence | short phrases, letter for letter, that identify the places |
| facts | what an answer must contain (vital nuggets): groups of wordings, any of which will do |
| okay_facts | what a good answer may contain besides (okay nuggets), in the same form |
| answerable | whether the documents answer the question |
| note, author, added_on | for those who keep the set: why, by whom, since when (an ISO date) |
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.errors import InvalidQuestionSet

Half = Literal["development", "test"]

ANSWERABLE_KINDS = (
    "direct paraphrase one-word misspelled numeric table definition footnote document-fact list multi-document "
    "comparison follow-up onboarding"
).split()
UNANSWERABLE_KINDS = "other-municipality near-topic too-fine false-premise other-domain instruction".split()
MAX_QUESTIONS = 20_000

Phrase = str


class Case(BaseModel):
    """One question of a set, with what a right answer to it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1, max_length=80)
    language: Literal["nl", "en"]
    kind: str
    question: str = Field(min_length=1)
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    evidence: tuple[Phrase, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    okay_facts: tuple[tuple[str, ...], ...] = ()
    answerable: bool
    note: str | None = None
    author: str | None = None
    added_on: date | None = None

    @model_validator(mode="after")
    def _whole(self) -> Case:
        known = ANSWERABLE_KINDS if self.answerable else UNANSWERABLE_KINDS
        if self.kind not in known:
            state = "answerable" if self.answerable else "unanswerable"
            raise ValueError(f"kind: “{self.kind}” is no kind of {state} question. Expected one of {', '.join(known)}")
        if self.answerable and not (self.documents and self.evidence):
            raise ValueError("evidence: an answerable question needs the documents and evidence of its answer")
        if not self.answerable and (self.documents or self.sections or self.evidence or self.facts):
            raise ValueError("answerable: a question that has documents, evidence or facts cannot be unanswerable")
        if any(not group or not all(way.strip() for way in group) for group in (*self.facts, *self.okay_facts)):
            raise ValueError('facts: a group of wordings is empty. Expected groups such as [["75%", "75 procent"]]')
        return self

    @property
    def half(self) -> Half:
        """The half of the set in which the question always is."""
        return half_of(self.id)

    @property
    def turn(self) -> int:
        """Its place in the conversation: 1 without history."""
        return len(self.history) + 1


def half_of(case_id: str) -> Half:
    """Development or test half, by the lowest bit of SHA-256 of the id: a rule that nobody can tune."""
    return "test" if hashlib.sha256(case_id.encode()).digest()[-1] & 1 else "development"


def read_sets(paths: Sequence[Path]) -> list[Case]:
    """The questions of several sets, in order.

    Raises:
        InvalidQuestionSet: as `read_set`, or an id occurs in two sets.
    """
    cases: list[Case] = []
    seen: dict[str, Path] = {}
    for path in paths:
        for case in read_set(path):
            if case.id in seen:
                raise InvalidQuestionSet(
                    f"the id “{case.id}” occurs in {seen[case.id]} and in {path}. Give each question its own"
                )
            seen[case.id] = path
            cases.append(case)
    return cases


def read_set(path: Path) -> list[Case]:
    """The questions of a set.

    Raises:
        InvalidQuestionSet: the file is missing, empty or too large, or a line does not follow the schema; the message
            names the line, the field and what was expected.
    """
    cases: list[Case] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        case = parse_case(line, f"{path}, line {number}")
        if case.id in seen:
            raise InvalidQuestionSet(
                f"{path}, line {number}: the id “{case.id}” occurs twice (first in line {seen[case.id]}). "
                "Give each question its own"
            )
        seen[case.id] = number
        cases.append(case)
    if not cases:
        raise InvalidQuestionSet(f"{path} holds no questions. Expected one JSON object a line")
    if len(cases) > MAX_QUESTIONS:
        raise InvalidQuestionSet(f"{path} holds {len(cases)} questions (at most {MAX_QUESTIONS}). Split it")
    return cases


def parse_case(line: str, where: str) -> Case:
    """One line of a set.

    Raises:
        InvalidQuestionSet: naming `where`, the field and what was expected.
    """
    return _checked(lambda: Case.model_validate_json(line), where)


def make_case(fields: Mapping[str, Any], where: str) -> Case:
    """A case from its fields.

    Raises:
        InvalidQuestionSet: naming `where`, the field and what was expected.
    """
    return _checked(lambda: Case.model_validate(fields), where)


def _checked(make: Callable[[], Case], where: str) -> Case:
    try:
        return make()
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise InvalidQuestionSet(f"{where}{', ' + field if field else ''}: {said}. Mend it") from error


def read_lines(path: Path) -> list[str]:
    """The lines of a file in UTF-8.

    Raises:
        InvalidQuestionSet: the file is missing or in another encoding.
    """
    try:
        return path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InvalidQuestionSet(f"the file {path} cannot be read ({reason}). Expected JSON Lines in UTF-8") from error
