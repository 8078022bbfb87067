"""What people say of an answer, in the form that `kaderwijzer eval add-from` turns into a question of a set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Literal

from assistant.shapes import answer_json
from ui.chat import Turn
from ui.kept import Json, now

Rating = Literal["up", "down"]

REASONS = ("incorrect", "incomplete", "wrong-source", "should-abstain", "should-answer", "unclear")
"""What can be wrong with an answer; the catalogue calls them `chat-reason-…`."""

MAX_COMMENT = 1_000


def reasons(turn: Turn) -> list[str]:
    """The reasons that fit: an abstention cannot have been too bold, nor an answer too shy."""
    abstained = turn.answer is not None and turn.answer.abstained
    unfit = {"should-abstain", "wrong-source"} if abstained else {"should-answer"}
    return [reason for reason in REASONS if reason not in unfit]


def entry(
    turns: Sequence[Turn],
    number: int,
    rating: Rating | None = None,
    reason: str | None = None,
    comment: str | None = None,
    given_at: str | None = None,
) -> Json:
    """What is kept of an opinion on a turn: the question with those before it, the answer, and what was said of it."""
    turn = turns[number]
    return {
        "question": turn.question,
        "history": [earlier.question for earlier in turns[:number] if earlier.answer],
        "answer": answer_json(turn.answer, turn.documents) if turn.answer else None,
        "rating": rating,
        "reason": reason,
        "comment": (comment or "").strip()[:MAX_COMMENT] or None,
        "given_at": given_at or now(),
    }


def as_lines(entries: Iterable[Json]) -> str:
    """Entries as JSON Lines, one a line whatever they contain."""
    ends = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\u0085\u2028\u2029"})
    return "".join(json.dumps(each, ensure_ascii=False).translate(ends) + "\n" for each in entries)
