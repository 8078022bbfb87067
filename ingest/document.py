"""The words of the trade as data: Document, Section, Fact, Passage.

All spans are half-open character ranges `[start, end)` in `Document.text`, the canonical text: the one
coordinate system in which outlines, passages, hits and citations are expressed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

SectionKind = Literal[
    "body", "preamble", "contents", "appendix", "glossary", "table", "footnote", "signature", "boilerplate"
]

NOT_POLICY: frozenset[str] = frozenset({"contents", "boilerplate"})
"""Section kinds that are part of the page but not of the policy: kept in the text, never indexed."""


@dataclass(frozen=True, slots=True)
class Section:
    """A node of a document's outline; its span covers its heading, its own text and all its subsections.

    `path` holds the titles (with numbers) from the outermost section to this one. Its own text is
    `[text_start, body_end)`: after its heading, before its first subsection. `anchor` is what the source calls its
    place, where it does: an id on the page, or a link of its own.
    """

    number: str | None
    title: str
    level: int
    path: tuple[str, ...]
    kind: SectionKind
    start: int
    text_start: int
    body_end: int
    end: int
    page: int | None = None
    anchor: str | None = None

    @property
    def label(self) -> str:
        """Number and title as a reader would call the section, such as "2.3 Visie op preventie"."""
        return f"{self.number} {self.title}" if self.number and self.number != self.title else self.title

    @property
    def explains(self) -> bool:
        """Whether it lies below an explanatory note, where "Artikel 5" is no article and binds nobody."""
        named = _EXPLANATION.match(self.title) if self.number is None else None
        return not named and any(_EXPLANATION.match(title) for title in self.path[:-1])


_EXPLANATION = re.compile(
    r"^(?:bijlage \w{1,3}[:.]? )?"
    r"(?:(?:nota van |memorie van |algemene |artikel(?:s|en)?gewijze )?toelichting|artikelsgewijs)\b",
    re.I,
)
"""What the explanatory note of a regulation is called, and its part that goes through the articles."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a document says about itself, with the span it was read from."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note: its mark, its span and section, and the span of the sentence that refers to it where that is known."""

    mark: str
    section: int
    start: int
    end: int
    referred: tuple[int, int] | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed: whole sentences, items or rows of one section, with what introduces them.

    `section` indexes `Document.sections`. `lead` repeats what a part cut from its beginning cannot be read without:
    the line that introduces a list, the header of a table. `heading_only` marks the heading of a section that has
    no text of its own.
    """

    document_id: str
    section: int
    start: int
    end: int
    lead: str = ""
    heading_only: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One policy document with its canonical text, outline and metadata; unknown metadata is None.

    `page_starts` holds, for each page of a format that has pages, where its text begins. `successor` is the document
    that came in its place; `from_sidecar` names the fields that an administrator gave and the text does not say.
    """

    id: str
    title: str
    municipality: str | None
    kind: str | None
    adopted_on: date | None
    valid_from: date | None
    valid_until: date | None
    source_file: str
    source_url: str | None
    content_hash: str
    text: str
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: int | None = None
    page_starts: tuple[int, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    successor: str | None = None
    from_sidecar: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = field(default=())

    def page_at(self, start: int) -> int | None:
        """The page (from 1) on which a place in the text stands; None where the format has no pages."""
        note = next((n for n in self.footnotes if n.start <= start < n.end), None)
        if note is not None:
            return note.page  # notes of all pages stand together at the end of the text
        return max(bisect_right(self.page_starts, start), 1) if self.page_starts else None

    def footnotes_of(self, start: int, end: int) -> tuple[Footnote, ...]:
        """The notes that `[start, end)` refers to."""
        return tuple(n for n in self.footnotes if n.referred and n.referred[0] < end and start < n.referred[1])

    def section_at(self, start: int, end: int) -> int:
        """Index of the innermost section that contains `[start, end)`.

        Raises:
            ValueError: no section contains the range.
        """
        holding = [i for i, s in enumerate(self.sections) if s.start <= start and end <= s.end]
        if not holding:
            raise ValueError(f"{self.id}: no section contains {start}..{end}")
        return max(holding, key=lambda i: self.sections[i].level)
