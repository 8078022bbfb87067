"""From judged hits to an answer: its claims with numbered citations, or an abstention with the nearest sections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Claim, Nearby
from assistant.compose import choose
from assistant.contents import listed_documents, listed_sections, unlisted
from assistant.courtesies import asks_nothing
from assistant.expected import CONTACT_WORD, DECISIVE, REACHING, expected_of
from assistant.facts import stated_facts
from assistant.notes import notes_beside, outline_notes
from assistant.phrases import say
from assistant.query import Query
from assistant.quotable import Excerpt
from assistant.render import unknown_line
from assistant.rows import labelled
from assistant.terms import Asked, terms_of
from assistant.verdict import Judged, refused
from ingest.document import Document
from vectorstore.generation import Generation
from vectorstore.lexical import stems

_NEAREST = 3
_WORD = re.compile(r"[^\W\d_]{2,}")
_OF_IT = 0.5  # the share of what is asked that must stand around a number to call
_STATED = 0.99  # confidence in a fact that a document states of itself


def answer_of(generation: Generation, query: Query, judged: Sequence[Judged]) -> Answer:
    """The answer that judged hits give: claims with their citations, or an abstention that says why."""
    reason = refused(query, generation.documents)
    documents = generation.documents
    outline = [] if reason else listed_sections(query, documents)
    facts = [] if reason else stated_facts(query, documents) or listed_documents(query, documents) or outline
    answered = [] if reason else [found.hits for found in judged if found.answers]
    excerpts = facts or [e for hits in answered for e in choose(generation, query, hits, len(answered))]
    answer = Answer(
        question=query.question,
        standalone_question=query.standalone,
        language=query.language,
        claims=(),
        citations=(),
        searched=query.scope.documents,
        unknown=query.scope.unknown,
        municipalities=query.scope.municipalities,
        confidence=max((found.sure for found in judged), default=0.0),
    )
    if not excerpts or not (facts or _holds_what_is_asked(excerpts, query, generation)):
        return _abstain(answer, query, judged, generation, reason)
    claims, citations = as_claims(by_municipality(excerpts, generation.documents), generation.documents)
    silent = () if facts else tuple(name for found in judged if not found.answers for name in found.documents)
    sure = _STATED if facts else answer.confidence
    notes: tuple[str, ...] = notes_beside(claims, citations, documents, query.language)
    if facts and facts is outline:
        notes = (*outline_notes(unlisted(query, documents), citations, documents, query.language), *notes)
    return replace(answer, claims=claims, citations=citations, silent=silent, notes=notes, confidence=sure)


def _holds_what_is_asked(excerpts: Sequence[Excerpt], query: Query, generation: Generation) -> bool:
    """Whether one of the excerpts holds the amount, or the number to call, that is asked; true where none is.

    A number to call, and any other way to reach somebody, must stand where the one that is asked for is spoken of.
    """
    terms = terms_of(query)
    expected = expected_of(query.added or query.topic, terms, query.scope.municipalities).only(DECISIVE)
    holding = [e for e in excerpts if expected.held_in(labelled(generation.documents[e.document_id], e.start, e.end))]
    if not expected.kinds & REACHING:
        return bool(holding)
    whose = [term for term in terms if not CONTACT_WORD.fullmatch(term.said)]
    asked = Asked(whose, query.language, generation.lexical)
    return any(_share_around(e, asked, generation) >= _OF_IT for e in holding)


def _share_around(excerpt: Excerpt, asked: Asked, generation: Generation) -> float:
    """How much of what is asked stands in the paragraph of an excerpt, the one above it, and its heading, 0 to 1."""
    document = generation.documents[excerpt.document_id]
    section = document.sections[excerpt.section]
    above = document.text.rfind("\n\n", section.text_start, max(excerpt.start - 2, section.text_start))
    around = f"{section.label} {document.text[max(above, section.text_start) : excerpt.end]}"
    held = asked.held(frozenset(stems(around)))
    return held.words + held.synonyms if asked.terms else 1.0


def by_municipality(excerpts: list[Excerpt], documents: Mapping[str, Document]) -> list[Excerpt]:
    """Excerpts of one municipality, and of one document, brought together in the order of their first appearance.

    Of documents of one municipality that all say when they took effect, the newest comes first.
    """
    places: list[str | None] = []
    names: list[str] = []
    for excerpt in excerpts:
        place = documents[excerpt.document_id].municipality
        if place not in places:
            places.append(place)
        if excerpt.document_id not in names:
            names.append(excerpt.document_id)
    days = {name: documents[name].valid_from or documents[name].adopted_on for name in names}

    def order(excerpt: Excerpt) -> tuple[int, int, int]:
        place, day = documents[excerpt.document_id].municipality, days[excerpt.document_id]
        dated = all(days[name] for name in names if documents[name].municipality == place)
        age = -day.toordinal() if day and dated else 0
        return places.index(place), age, names.index(excerpt.document_id)

    return sorted(excerpts, key=order)


def as_claims(
    excerpts: list[Excerpt], documents: Mapping[str, Document]
) -> tuple[tuple[Claim, ...], tuple[Citation, ...]]:
    """A claim for each excerpt with its citation, numbered in order."""
    claims, citations = [], []
    for number, e in enumerate(excerpts, start=1):
        quote = documents[e.document_id].text[e.start : e.end]
        citations.append(Citation(number, e.document_id, e.section, e.start, e.end, quote))
        before = excerpts[number - 2] if number > 1 else None
        claims.append(Claim(quote, (number,), e.item, before is not None and _skips(before, e, documents)))
    return tuple(claims), tuple(citations)


def _skips(before: Excerpt, after: Excerpt, documents: Mapping[str, Document]) -> bool:
    """Whether the section that two excerpts stand in says something in between that is not quoted."""
    if (before.document_id, before.section) != (after.document_id, after.section):
        return False
    return bool(_WORD.search(documents[after.document_id].text, before.end, after.start))


def _abstain(
    answer: Answer,
    query: Query,
    judged: Sequence[Judged],
    generation: Generation,
    refusal: str | None,
) -> Answer:
    """An answer without claims: the reason, and the nearest sections as places to look."""
    reason = refusal or say("no-answer", query.language)
    if query.scope.unknown:  # beside "no answer", a municipality that is not indexed is named too
        unknown = unknown_line(query.scope.unknown, generation.documents, query.language)
        reason = f"{reason} {unknown}" if query.scope.documents else unknown
    if asks_nothing(query.question, first=query.standalone == query.question):
        return replace(answer, reason=reason, searched=())
    hits = sorted((h for found in judged for h in found.hits), key=lambda h: (-h.score, h.passage))
    near = [Nearby(generation.passages[h.passage].document_id, generation.passages[h.passage].section) for h in hits]
    return replace(answer, reason=reason, nearest=tuple(dict.fromkeys(near))[:_NEAREST])
