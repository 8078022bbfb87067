"""Footnotes in an answer: each after the sentence that refers to it, and none without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.quotable import Excerpt
from ingest.document import Document, Footnote

_MARK = re.compile(r"\[?\d{1,3}\]?[.):]?\s+(?=\S)")


def with_notes(
    documents: Mapping[str, Document], excerpts: Sequence[Excerpt], tells: Callable[[str], bool]
) -> list[Excerpt]:
    """Excerpts in order, with the notes of a section after what is quoted of it.

    A note that `tells` something of what is asked comes with the sentence that refers to it, and the sentence with the
    note; one that tells nothing stays away, unless nothing else is quoted. A note to which no sentence refers stays
    where it is.
    """
    arranged: list[Excerpt] = []
    notes = [note_at(documents[e.document_id], e) for e in excerpts]
    texts = [e for e, note in zip(excerpts, notes, strict=True) if note is None]
    for excerpt, note in zip(excerpts, notes, strict=True):
        document = documents[excerpt.document_id]
        if note is None:
            arranged.append(excerpt)
        elif note.referred is None:
            arranged.append(_without_mark(document, excerpt))
        elif not any(_refers(e, document, note) for e in texts) and (tells(_text(document, note)) or not texts):
            start, end = note.referred
            arranged.append(Excerpt(document.id, document.section_at(start, end), start, end, item=False))
    return _after_their_sections(documents, list(dict.fromkeys(arranged)), tells)


def note_at(document: Document, excerpt: Excerpt) -> Footnote | None:
    """The note that an excerpt is of; None where it is of the text."""
    return next((n for n in document.footnotes if n.start <= excerpt.start < n.end), None)


def _after_their_sections(
    documents: Mapping[str, Document], excerpts: Sequence[Excerpt], tells: Callable[[str], bool]
) -> list[Excerpt]:
    arranged: list[Excerpt] = []
    waiting: dict[int, Excerpt] = {}  # by where they start: notes to the section that is being quoted
    for place, excerpt in enumerate(excerpts):
        document = documents[excerpt.document_id]
        arranged.append(excerpt)
        for note in document.footnotes_of(excerpt.start, excerpt.end):
            if tells(_text(document, note)):
                whole = Excerpt(document.id, note.section, note.start, note.end, item=False)
                waiting[note.start] = _without_mark(document, whole)
        after = excerpts[place + 1] if place + 1 < len(excerpts) else None
        if after is None or (after.document_id, after.section) != (excerpt.document_id, excerpt.section):
            arranged.extend(note for note in waiting.values() if note not in arranged)
            waiting.clear()
    return arranged


def _refers(excerpt: Excerpt, document: Document, note: Footnote) -> bool:
    return excerpt.document_id == document.id and note in document.footnotes_of(excerpt.start, excerpt.end)


def _text(document: Document, note: Footnote) -> str:
    return document.text[note.start : note.end]


def _without_mark(document: Document, excerpt: Excerpt) -> Excerpt:
    """The excerpt of a note without the number before it."""
    mark = _MARK.match(document.text, excerpt.start, excerpt.end)
    return replace(excerpt, start=mark.end()) if mark else excerpt
