"""Gold answers proposed from what an answer cites, or from phrases that a person gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.places import Place, identifying_phrase
from evals.records import Json
from ingest.document import Document
from ingest.errors import InvalidQuestionSet


@dataclass(frozen=True, slots=True)
class Proposal:
    """Documents, sections and evidence of a gold answer."""

    documents: tuple[str, ...]
    sections: tuple[str, ...]
    evidence: tuple[str, ...]


def from_citations(citations: Sequence[Json], documents: Mapping[str, Document]) -> Proposal:
    """For each citation the shortest phrase of its quote that identifies it, with its section and document.

    Raises:
        InvalidQuestionSet: a citation is of a document that is not indexed, or whose text has changed since.
    """
    spots: list[tuple[Document, int, str]] = []
    for citation in citations:
        name, quote = citation.get("document_id"), str(citation.get("quote") or "")
        document = documents.get(str(name))
        if document is None:
            raise InvalidQuestionSet(
                f"the answer cites the document “{name}”, which is not indexed. Ingest it, or ask the question anew"
            )
        place = Place(document)
        span = _span(citation, place, quote)
        spots.append((document, span[0], identifying_phrase(document.text[span[0] : span[1]], place)))
    return _proposal(spots)


def from_phrases(phrases: Iterable[str], documents: Iterable[Document]) -> Proposal:
    """Phrases that a person gives as evidence, with the section and document in which each is found first.

    Documents are looked through in the order given.

    Raises:
        InvalidQuestionSet: a phrase stands in no document.
    """
    places = [Place(document) for document in documents]
    spots: list[tuple[Document, int, str]] = []
    for phrase in phrases:
        found = next(((place, spans[0]) for place in places if (spans := place.find(phrase))), None)
        if found is None:
            raise InvalidQuestionSet(
                f"“{phrase}” stands in none of the {len(places)} indexed documents. Copy it from: kaderwijzer text ID"
            )
        spots.append((found[0].document, found[1][0], phrase))
    return _proposal(spots)


def _span(citation: Json, place: Place, quote: str) -> tuple[int, int]:
    """Where a quote stands: where the citation says, or else wherever the document has it now."""
    start, end = citation.get("start"), citation.get("end")
    if isinstance(start, int) and isinstance(end, int) and quote and place.document.text[start:end] == quote:
        return start, end
    found = place.find(quote)
    if not found:
        raise InvalidQuestionSet(
            f"“{quote[:80]}” no longer stands in {place.document.id}, which has changed since. Ask the question anew"
        )
    return found[0]


def _proposal(spots: Sequence[tuple[Document, int, str]]) -> Proposal:
    sections = [_section(document, start) for document, start, _ in spots]
    return Proposal(
        documents=tuple(dict.fromkeys(document.id for document, _, _ in spots)),
        sections=tuple(dict.fromkeys(name for name in sections if name)),
        evidence=tuple(dict.fromkeys(phrase for _, _, phrase in spots)),
    )


def _section(document: Document, start: int) -> str | None:
    """Number of the innermost section of a place, or its title."""
    if not any(section.start <= start < section.end for section in document.sections):
        return None
    section = document.sections[document.section_at(start, start + 1)]
    return section.number or section.title
