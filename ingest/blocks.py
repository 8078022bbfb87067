"""Blocks: what a loader finds in a file, before anyone knows which of them are headings.

A loader gives blocks in reading order. Formats that state their structure (HTML, Markdown, Word) mark headings
themselves; plain text marks none and `ingest.headings` finds them. A footnote is a block of its own that begins with
its mark ("3 See also …"); where the text refers to it, loaders that know so write the mark raised (`raised("3")`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

BULLETS = "•·▪▫◦○●■□▶►❖➢➤✓✔∙⦁‣⃁❑➔–-"
"""Signs before list items, to stand in a character class; a star too, where text is not Markdown."""
Role = Literal["heading", "text", "item", "row", "caption", "footnote"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, table row or heading.

    `level` is a heading's depth as the source states it; `header` marks the heading row of a table; `gap` counts
    the blank lines above it in plain text; `term` is what a glossary entry or a table row is about; `anchor` is what
    the source itself calls a heading's place: an id on its page, or a link of its own.
    """

    text: str
    role: Role = "text"
    level: int | None = None
    header: bool = False
    gap: int = 0
    page: int | None = None
    term: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a loader gives: blocks, whether they state their headings, and the title the file itself carries.

    `pages` is the number of pages of a format that has them; `warnings` say what could not be read.
    """

    blocks: tuple[Block, ...]
    styled: bool
    title: str | None = None
    url: str | None = None
    pages: int | None = None
    warnings: tuple[str, ...] = ()


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


RAISED_MARK = re.compile("[⁰¹²³⁴-⁹]+")
"""A footnote's mark in running text; superscript digits stand for nothing else in the canonical text."""


def raised(mark: str) -> str:
    """A footnote's mark as it stands in running text, "¹²": it can be told from every other number."""
    return mark.translate(_RAISED)


_LINE_ENDS = re.compile("\r\n|[\r\v\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]")
_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")


def clean(text: str) -> str:
    """Text in NFC with plain spaces and without invisible or control characters; tabs and newlines stay.

    Soft hyphens and direction marks would break both search and the letter-for-letter promise of a quote.
    """
    return re.sub(" +", " ", visible(text).replace("\f", "\n"))


def visible(text: str) -> str:
    """Text as `clean` gives it, but with every space in its place and with form feeds where pages end."""
    shown = _CONTROL.sub("", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", _SPACE.sub(" ", shown))


def clean_line(text: str) -> str:
    """One line of cleaned text: every run of white space is one space."""
    return " ".join(clean(text).split())
