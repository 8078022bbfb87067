"""What a question is read as: where to look, and what for."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.language import Language
from assistant.scope import Scope


@dataclass(frozen=True, slots=True)
class Query:
    """What retrieval gets: the stand-alone question, its language, its scope, and its topic without names.

    `carried` holds the documents that the conversation was about when a question that stands alone names no place:
    it most likely means those (`assistant.retriever.settled`). `added` is what a follow-up added to the topic of the
    question before it; empty where the topic is that of one question. `shown` holds the sections that the answer before
    it quoted, as document id and place in its outline, where the question may be about what stands there, and `told`
    what it quoted of them.
    """

    question: str
    standalone: str
    language: Language
    scope: Scope
    topic: str
    carried: tuple[str, ...] = ()
    added: str = ""
    shown: tuple[tuple[str, int], ...] = ()
    told: frozenset[str] = frozenset()
