"""Batches: questions without answers, one a line, for `ask --batch` and `search --batch`."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import InvalidQuestionSet


@dataclass(frozen=True, slots=True)
class BatchItem:
    """A line of a batch; `error` says what is wrong with a line that cannot be asked."""

    id: Any
    question: str
    history: list[str]
    error: str | None = None


def read_batch(source: str) -> Iterator[BatchItem]:
    """The lines of a batch file, or of standard input for "-"; a broken line is given with its error.

    Raises:
        InvalidQuestionSet: the file is missing.
    """
    lines = sys.stdin.buffer if source == "-" else _lines(Path(source))
    for number, line in enumerate(lines, start=1):
        said = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line  # as Notepad and Excel write it
        if said.strip():
            yield _batch_item(number, said)


def _lines(path: Path) -> Iterable[bytes]:
    try:
        return path.read_bytes().split(b"\n")
    except OSError as error:
        raise InvalidQuestionSet(
            f"the file {path} cannot be read ({error.strerror}). Expected JSON Lines in UTF-8"
        ) from error


def _batch_item(number: int, line: bytes) -> BatchItem:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return BatchItem(None, "", [], f"line {number} is no UTF-8 text. Save the file as UTF-8")
    except json.JSONDecodeError as error:
        return BatchItem(None, "", [], f"line {number} is no JSON ({error.msg})")
    except (ValueError, RecursionError) as error:  # a number too long, lists too deep
        return BatchItem(None, "", [], f"line {number} is no JSON that can be read ({error})")
    if not isinstance(value, dict):
        return BatchItem(None, "", [], f"line {number} is no JSON object with id and question")
    question, history = value.get("question"), value.get("history") or []
    if not isinstance(question, str):
        return BatchItem(value.get("id"), "", [], f"line {number} has no “question” with text")
    if not (isinstance(history, list) and all(isinstance(h, str) for h in history)):
        return BatchItem(value.get("id"), question, [], f"line {number}: “history” must be a list of questions")
    return BatchItem(value.get("id"), question, history)
