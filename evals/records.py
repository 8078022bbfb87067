"""What a run keeps of each question: what was asked and expected, found and answered, and the figures.

A run is a folder:

run.json          configuration: versions, settings, index manifest, question sets with their hashes
questions.jsonl   a Record a line, in the order of the sets
summary.json      the figures over all questions and over groups of them (`evals.summary`)
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.questions import Case
from ingest.document import Document
from ingest.errors import InvalidQuestionSet

Json = dict[str, Any]
Figures = dict[str, float | None]
"""Figures of one question by name, from 0 to 1; None where a figure does not apply."""

DEPTH = 20  # passages that are kept of what retrieval found

RUN, QUESTIONS, SUMMARY = "run.json", "questions.jsonl", "summary.json"


class HitRecord(BaseModel):
    """A passage that was found; `evidence` are the indices of the case's phrases that it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rank: int
    score: float
    document_id: str
    section_number: str | None
    section_title: str
    section_path: tuple[str, ...]
    start: int
    end: int
    page: int | None = None
    evidence: tuple[int, ...] = ()
    in_section: bool = False


class Record(BaseModel):
    """One question of a run. `answer` is the object that `ask --json` gives; `error` says why there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: Case
    hits: tuple[HitRecord, ...] = ()
    answer: Json | None = None
    figures: Figures = {}
    error: str | None = None


def hit_records(case: Case, described: Iterable[Json], documents: dict[str, Document]) -> tuple[HitRecord, ...]:
    """Hits as `search --json` describes them, with what they hold of the evidence of a case.

    A hit is in a gold section when the document is one of the case's and its section, or one above it, is named.
    """
    phrases = [folded(phrase) for phrase in case.evidence]
    records: list[HitRecord] = []
    for hit in described:
        text = folded(documents[hit["document_id"]].text[hit["start"] : hit["end"]])
        right = hit["document_id"] in case.documents
        kept = {name: hit[name] for name in HitRecord.model_fields if name in hit}
        records.append(
            HitRecord(
                **kept,
                evidence=tuple(i for i, phrase in enumerate(phrases) if right and phrase in text),
                in_section=right and is_in_section(case, hit["section_number"], hit["section_path"]),
            )
        )
    return tuple(records)


def is_in_section(case: Case, number: str | None, path: Iterable[str]) -> bool:
    """Whether a section, given by its number and path of titles, is one of the case's or lies below one."""
    wanted = {folded(section).removeprefix("§ ") for section in case.sections}
    names = {folded(number or "")}
    for title in path:
        folded_title = folded(title)
        names.update((folded_title, folded_title.split(" ", 1)[0], folded_title.split(" ", 1)[-1]))
        names.add(" ".join(folded_title.split(" ")[:2]))  # "artikel 3" of "artikel 3 aanvraag"
    return bool(wanted & (names - {""}))


def folded(text: str) -> str:
    """Text for comparing: lower case, every run of white space or cell border one space."""
    return " ".join(text.replace("|", " ").lower().split())


def read_records(folder: Path) -> list[Record]:
    """The questions of a stored run.

    Raises:
        InvalidQuestionSet: the folder holds no run, or one of another version.
    """
    try:
        lines = (folder / QUESTIONS).read_text("utf-8").splitlines()
        return [Record.model_validate_json(line) for line in lines]
    except (OSError, ValidationError) as error:
        raise InvalidQuestionSet(
            f"{folder} holds no run that can be read ({type(error).__name__}). "
            f"Make one: kaderwijzer eval run SET --out {folder}"
        ) from error


def read_json(folder: Path, name: str) -> Json:
    """One of the JSON files of a run.

    Raises:
        InvalidQuestionSet: it is missing or damaged.
    """
    try:
        value: Json = json.loads((folder / name).read_text("utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise InvalidQuestionSet(
            f"{folder} holds no {name} that can be read ({type(error).__name__}). "
            f"Make the run anew: kaderwijzer eval run SET --out {folder}"
        ) from error
    return value


def write_json(path: Path, value: Json) -> None:
    """Writes a JSON file for people and programs."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
