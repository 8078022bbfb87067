"""What is said beside an answer: a list that goes on, a document that no longer holds.

Each note is tied to the claims it belongs to, so that it goes where a chat model leaves these out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from assistant.answer import Answer, Citation, Claim
from assistant.language import Language
from assistant.phrases import say
from assistant.quotable import MAX_LIST, goes_on
from assistant.render import described, notes_on, section_name
from assistant.versions import succeeded
from ingest.document import Document

_AMENDED = re.compile(
    r"(?<!\bgeen )\bamendement(?:en)?\b(?:(?!\b(?:niet|geen|verworpen|ingetrokken)\b)[^.\n]){0,80}"
    r"\b(?:aangenomen|overgenomen)\b",
    re.I,
)
"""Where a proposal tells that the council changed it: "Het amendement is aangenomen met 14 stemmen voor"."""
_Place = tuple[str, int | None]
"""A document that is cited, or a section of it of which a list is shown."""

_OUTLINE: dict[Language, str] = {
    "nl": "de inhoudsopgave ({count} gevraagde onderdelen)",
    "en": "the table of contents ({count} parts asked for)",
}


class Note(str):
    """A note as it is shown; `places` are those of which one must be in the answer."""

    places: frozenset[_Place]

    def __new__(cls, text: str, places: Iterable[_Place] = ()) -> Note:
        """The note of a text."""
        note = super().__new__(cls, text)
        note.places = frozenset(places)
        return note


def notes_beside(
    claims: Sequence[Claim], citations: Sequence[Citation], documents: Mapping[str, Document], language: Language
) -> tuple[Note, ...]:
    """The notes on the lists that claims show and on the documents that they cite."""
    about: dict[str, list[_Place]] = {}
    for name in dict.fromkeys(citation.document_id for citation in citations):
        for text in notes_on([documents[name]], language, headed=True):
            about.setdefault(text, []).append((name, None))
    on_documents = (Note(text, places) for text, places in about.items())
    return (
        *_cut_short(claims, citations, documents, language),
        *on_documents,
        *_newer(citations, documents, language),
        *_amended(citations, documents, language),
    )


def _amended(citations: Sequence[Citation], documents: Mapping[str, Document], language: Language) -> list[Note]:
    """What is said of proposals that are cited, and were adopted with an amendment that is not: it may change them."""
    notes = []
    for name in dict.fromkeys(citation.document_id for citation in citations):
        document = documents[name]
        found = _AMENDED.search(document.text) if document.kind == "raadsvoorstel" else None
        section = document.section_at(found.start(), found.end()) if found else None
        if section is not None and (name, section) not in {(c.document_id, c.section) for c in citations}:
            where = section_name(document.sections[section])
            notes.append(Note(say("amended", language, title=document.title, section=where), [(name, None)]))
    return notes


def _newer(citations: Sequence[Citation], documents: Mapping[str, Document], language: Language) -> list[Note]:
    """What is said of documents that are cited and have a newer version; not twice, where their source says so too."""
    cited = [documents[name] for name in dict.fromkeys(citation.document_id for citation in citations)]
    places = {d.municipality for d in cited if d.municipality and not d.successor}
    newer = succeeded(d for d in documents.values() if d.municipality in places)
    return [
        Note(
            say("newer", language, title=d.title, newer=described(documents[newer[d.id]], language)),
            [(d.id, None)],
        )
        for d in cited
        if d.id in newer and not d.successor
    ]


def outline_notes(
    unlisted: Mapping[str, int], citations: Sequence[Citation], documents: Mapping[str, Document], language: Language
) -> tuple[Note, ...]:
    """What is said of documents of whose outline only the beginning is shown: how many parts were asked for."""
    notes = []
    for name, count in unlisted.items():
        places = {(name, citation.section) for citation in citations if citation.document_id == name}
        where = _OUTLINE[language].format(count=count)
        notes.append(Note(say("goes-on", language, section=where, title=documents[name].title), places))
    return tuple(notes)


def still_beside(answer: Answer) -> tuple[str, ...]:
    """The notes of an answer that belong to the claims it has."""
    cited = {(citation.document_id, None) for citation in answer.citations}
    listed = {
        (answer.citation(n).document_id, answer.citation(n).section)
        for claim in answer.claims
        for n in claim.citations
        if claim.item
    }
    return tuple(note for note in answer.notes if not isinstance(note, Note) or note.places & (cited | listed))


def _cut_short(
    claims: Sequence[Claim], citations: Sequence[Citation], documents: Mapping[str, Document], language: Language
) -> list[Note]:
    """What is said of a list so long that only its beginning is shown."""
    notes = []
    for (name, section), group in groupby(
        zip(citations, claims, strict=True), key=lambda c: (c[0].document_id, c[0].section)
    ):
        items = [citation for citation, claim in group if claim.item]
        document = documents[name]
        if len(items) >= MAX_LIST and goes_on(document, section, items[-1].end):
            where = section_name(document.sections[section])
            notes.append(Note(say("goes-on", language, section=where, title=document.title), [(name, section)]))
    return notes
