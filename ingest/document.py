"""The words of the trade as data: Document, Section, Fact, Passage.

All spans are half-open character ranges `[start, end)` in `Document.text`, the canonical text: the one
coordinate system in which outlines, passages, hits and citations are expressed.
"""

from __future__ import annotations

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
    `[text_start, body_end)`: after its heading, before its first subsection.
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

    @property
    def label(self) -> str:
        """Number and title as a reader would call the section, such as "2.3 Visie op preventie"."""
        return f"{self.number} {self.title}" if self.number and self.number != self.title else self.title


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a document says about itself, with the span it was read from."""

    name: str
    value: str
    start: int
    end: int


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
    """One policy document with its canonical text, outline and metadata; unknown metadata is None."""

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
    passages: tuple[Passage, ...] = field(default=())

    def section_at(self, start: int, end: int) -> int:
        """Index of the innermost section that contains `[start, end)`.

        Raises:
            ValueError: no section contains the range.
        """
        holding = [i for i, s in enumerate(self.sections) if s.start <= start and end <= s.end]
        if not holding:
            raise ValueError(f"{self.id}: no section contains {start}..{end}")
        return max(holding, key=lambda i: self.sections[i].level)
