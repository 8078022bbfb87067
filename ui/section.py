"""A section to read beside the conversation: its whole text, the quote marked, and its neighbours."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.answer import address_of
from assistant.language import Language
from assistant.render import document_name
from ingest.document import NOT_POLICY, Document, Footnote, Section
from ui.chat import Place, web_address

PieceKind = Literal["text", "heading", "quote"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a section's text: running text, a heading in it, or the quote to mark."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section to read, with the notes it refers to: joined, its pieces are the section's text letter for letter."""

    document: str
    url: str | None
    path: tuple[str, ...]
    pieces: tuple[Piece, ...]
    footnotes: tuple[str, ...]
    previous: Place | None
    next: Place | None


def section_view(place: Place, documents: Mapping[str, Document], language: Language) -> SectionView:
    """The section of a place, its quote marked where it lies in it, with what comes before and after."""
    document = documents[place.document_id]
    section = document.sections[place.section]
    path = tuple(title for title in section.path if title != document.title) or section.path
    before, after = _neighbours(document, place.section)
    return SectionView(
        document=document_name(document, language),
        url=web_address(address_of(document, place.section, document.page_at(section.start))),
        path=path,
        pieces=tuple(_pieces(document, section, place.span)),
        footnotes=tuple(document.text[n.start : n.end] for n in _footnotes(document, section)),
        previous=None if before is None else Place(place.turn, document.id, before, place.span),
        next=None if after is None else Place(place.turn, document.id, after, place.span),
    )


def outline(document: Document, section: int) -> dict[int, str]:
    """The sections of a document in reading order, by their place, each with a name of its own; `section` is one.

    A name is set in by the depth of its section. Headings that return get the one above them, and then a count.
    """
    shown = [i for i, s in enumerate(document.sections) if s.kind not in NOT_POLICY or i == section]
    labels = Counter(document.sections[i].label for i in shown)
    names: dict[int, str] = {}
    taken: Counter[str] = Counter()
    for i in shown:
        held = document.sections[i]
        above = f" ({held.path[-2]})" if labels[held.label] > 1 and len(held.path) > 1 else ""
        name = "\u2003" * (held.level - 1) + " ".join(f"{held.label}{above}".split())
        taken[name] += 1
        names[i] = f"{name} ({taken[name]})" if taken[name] > 1 else name
    return names


def _footnotes(document: Document, section: Section) -> tuple[Footnote, ...]:
    """The notes that a section refers to; of a section that holds notes itself, none."""
    return () if section.kind == "footnote" else document.footnotes_of(section.start, section.end)


def anchor(place: Place) -> str:
    """A name for a place that is safe as an HTML id and differs between any two places that can be open."""
    start = place.span[0] if place.span else ""
    return re.sub(r"[^a-z0-9-]", "", f"kader-{place.turn}-{place.document_id}-{place.section}-{start}")


def section_html(view: SectionView, name: str) -> str:
    """The text of a section as HTML in which every character of the document is escaped; `name` becomes its id.

    Spaces and line breaks are the document's own (the style sheet keeps them), so that the mark holds the quote
    letter for letter.
    """
    tags = {"text": ("", ""), "heading": ("<strong>", "</strong>"), "quote": ('<mark tabindex="-1">', "</mark>")}
    inner = "".join(f"{tags[p.kind][0]}{html.escape(p.text)}{tags[p.kind][1]}" for p in view.pieces)
    return f'<div class="kader-section" id="{html.escape(name)}" tabindex="0" lang="nl">{inner}</div>'


def _pieces(document: Document, section: Section, span: tuple[int, int] | None) -> Iterator[Piece]:
    """Cuts a section at its quote and at its headings; a heading inside the quote stays part of the quote."""
    quote = span if span and section.start <= span[0] and span[1] <= section.end else None
    cuts: list[tuple[int, int, PieceKind]] = [(*quote, "quote")] if quote else []
    for inner in document.sections:
        within = section.start <= inner.start < inner.text_start and inner.end <= section.end
        if within and not (quote and quote[0] < inner.text_start and inner.start < quote[1]):
            cuts.append((inner.start, inner.text_start, "heading"))
    at = section.start
    for start, end, kind in sorted(cuts):
        yield Piece("text", document.text[at:start])
        yield Piece(kind, document.text[start:end])
        at = end
    yield Piece("text", document.text[at : section.end])


def _neighbours(document: Document, index: int) -> tuple[int | None, int | None]:
    """The sections before and after one in reading order, of those that hold text of their own."""
    readable = [
        i
        for i, s in enumerate(document.sections)
        if s.kind not in NOT_POLICY and document.text[s.text_start : s.body_end].strip()
    ]
    before = [i for i in readable if i < index]
    after = [i for i in readable if i > index]
    return (before[-1] if before else None), (after[0] if after else None)
