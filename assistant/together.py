"""The answers to the parts of a question, as one answer to all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.answering import as_claims, by_municipality
from assistant.company import apart
from assistant.expected import expected_of
from assistant.notes import Note
from assistant.parts import asks_whether
from assistant.phrases import say
from assistant.quotable import Excerpt
from ingest.document import Document
from vectorstore.lexical import stems

_TELLING = 2  # stems of a part that can be answered by itself: "wie krijgt m niet?" asks nothing alone


def completed(whole: Answer, parts: Sequence[Answer], documents: Mapping[str, Document]) -> Answer:
    """The answer to a whole question with what was answered to its parts.

    Where the whole has an answer, it gains those of parts that ask for a date, a name or an amount which it does not
    give. Where it has none, it is that of the parts that have one. A part that asks for such a thing and does not get
    it is named.
    """
    if whole.abstained:
        adding = [part for part in parts if not part.abstained and len(stems(part.question)) >= _TELLING]
        if not adding:
            return whole
        joined = _joined(replace(whole, reason=None, nearest=()), adding, documents)
    else:
        adding = [part for part in parts if is_left_out(part.question, whole) and _gives(part.question, part)]
        joined = _joined(whole, [whole, *adding], documents) if adding else whole
    unsure = [part.question for part in parts if is_left_out(part.question, joined)]
    notes = (Note(say("part-unsure", whole.language, part=question)) for question in unsure)
    return replace(joined, notes=(*joined.notes, *notes))


def is_left_out(question: str, whole: Answer) -> bool:
    """Whether the whole has no answer, or gives none of the kind that a part of the question asks for.

    What is only asked to be confirmed ("telt die mee voor het maandbedrag?") asks for nothing of a kind.
    """
    asks = bool(expected_of(question, ()).kinds) and not asks_whether(question)
    return whole.abstained or (asks and not _gives(question, whole))


def _gives(question: str, answer: Answer) -> bool:
    """Whether an answer holds the kind of answer that a question asks for."""
    expected = expected_of(question, ())
    return any(expected.held_in(claim.text) for claim in answer.claims)


def _joined(whole: Answer, answers: Sequence[Answer], documents: Mapping[str, Document]) -> Answer:
    """The claims of several answers, section by section in the order in which these come up, none twice."""
    sections: dict[tuple[str, int], list[Excerpt]] = {}
    for answer in answers:
        cited = {citation.number: citation for citation in answer.citations}
        for claim in answer.claims:
            for at in (cited[number] for number in claim.citations):
                excerpt = Excerpt(at.document_id, at.section, at.start, at.end, claim.item)
                sections.setdefault((at.document_id, at.section), []).append(excerpt)
    excerpts = [excerpt for section in sections.values() for excerpt in apart(section)]
    claims, citations = as_claims(by_municipality(excerpts, documents), documents)
    return replace(
        whole,
        claims=claims,
        citations=citations,
        silent=tuple(name for name in answers[0].silent if all(name in answer.silent for answer in answers)),
        notes=tuple(dict.fromkeys(note for answer in answers for note in answer.notes)),
        confidence=max(answer.confidence for answer in answers),
    )
