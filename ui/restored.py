"""A conversation as it was kept, made whole again: answers that still hold, and questions to ask anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, check_answer
from ingest.errors import UnsoundAnswer
from ui.chat import Turn
from ui.kept import KeptTurn
from vectorstore.generation import Generation

_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for its answer, and where to look for it.

    `kept` is the number of its turn in the file of conversations; `renewed` tells that it was answered before, from
    documents that have changed since.
    """

    question: str
    municipalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kept: int | None = None
    renewed: bool = False


def answer_text(answer: Answer) -> str:
    """An answer as it is kept."""
    return _ANSWER.dump_json(answer).decode("utf-8")


def restored(kept: Sequence[KeptTurn], generation: Generation) -> tuple[list[Turn], list[Asked]]:
    """The turns that were answered from this generation, up to the first that was not, and the questions after those.

    A follow-up is read with what came before it, so what follows an answer that no longer holds is asked anew too.
    """
    turns: list[Turn] = []
    for each in kept:
        answer = _still_sound(each, generation)
        if answer is None:
            break
        turns.append(Turn(each.question, answer, generation.documents, generation=generation.manifest.id, kept=each.id))
    return turns, [_asked(each, generation) for each in kept[len(turns) :]]


def _still_sound(kept: KeptTurn, generation: Generation) -> Answer | None:
    if kept.answer is None or kept.generation != generation.manifest.id:
        return None
    try:
        return check_answer(_ANSWER.validate_json(kept.answer), generation.documents)
    except (ValidationError, UnsoundAnswer, LookupError):  # written by another version of Kaderwijzer
        return None


def _asked(kept: KeptTurn, generation: Generation) -> Asked:
    """A kept question, looked for in those of its documents that are still there."""
    left = tuple(name for name in kept.documents if name in generation.documents)
    return Asked(
        kept.question, kept.municipalities, left or kept.documents, kept.id, renewed=kept.generation is not None
    )
