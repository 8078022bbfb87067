"""Batches: questions without answers, one a line, for `ask --batch` and `search --batch`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.questions import read_lines


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
    lines = sys.stdin if source == "-" else read_lines(Path(source))
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
