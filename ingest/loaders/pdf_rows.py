"""Words on one base line: a row, from which paragraphs, items and tables are made.

Nothing here trusts the order in which a program wrote the words: a browser prints all list numbers of a page first
and their text after, so the only order is that of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ingest.loaders.pdf_page import Word

_SAME_BASE = 0.3  # of the type size; base lines closer than this are one row
_GAP = 0.9  # of the type size; wider than a space, even in justified text


@dataclass(frozen=True)
class Row:
    """Words on one base line, from left to right, or a whole table.

    `right_edge` is how far the rows around it reach, `column` which column of its page it stands in, and `contents`
    says that it is an entry of a table of contents.
    """

    words: tuple[Word, ...]
    page: int
    right_edge: float = 0.0
    column: int = 0
    contents: bool = False

    @cached_property
    def text(self) -> str:
        """Its words with a space between them."""
        return join(self.words)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows of cells when this is a table."""
        return self.words[0].table

    @cached_property
    def left(self) -> float:
        """Where the first word begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where the last word ends."""
        return max(word.right for word in self.words)

    @cached_property
    def base(self) -> float:
        """The base line of its largest word."""
        return max(self.words, key=lambda word: word.size).base

    @cached_property
    def size(self) -> float:
        """The type size of most of its characters, in half points."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
        return sizes.most_common(1)[0][0]

    @cached_property
    def bold(self) -> bool:
        """Whether every word with a letter or digit in it is bold."""
        told = [word.bold for word in self.words if any(c.isalnum() for c in word.text)]
        return bool(told) and all(told)

    @cached_property
    def segments(self) -> tuple[tuple[Word, ...], ...]:
        """The words, parted where a gap is wider than a space between words."""
        parts: list[list[Word]] = [[self.words[0]]]
        for word in self.words[1:]:
            if word.left - parts[-1][-1].right > _GAP * max(word.size, parts[-1][-1].size):
                parts.append([])
            parts[-1].append(word)
        return tuple(tuple(part) for part in parts)


_BULLET = re.compile(r"^(?:[•·▪◦○●■□❖➢➤►✓✔∙⦁‣⁃❑➔*–—-]|->|→|⇒)$")
_NUMBER = re.compile(
    r"^(?:\d{1,3}[.)°]|([a-z])\1?[.)°]|[ivx]{1,5}[.)]|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}[a-z][.)])$"
)
_HANGING = re.compile(r"^(?:\d{1,2}|[A-Z][.)]|[IVX]{1,4}[.)]|\([A-Z]\d?\)|o)$")


def is_bullet(text: str) -> bool:
    """Whether a word is the bullet of a list item."""
    return bool(_BULLET.match(text))


def is_mark(text: str, *, hangs: bool) -> bool:
    """Whether a word can be the mark of a list item; some ("2", "A.", "o") only with a gap after them: `hangs`."""
    return bool(_BULLET.match(text) or _NUMBER.match(text) or (hangs and _HANGING.match(text)))


def join(words: Iterable[Word]) -> str:
    """The text of words in a row."""
    return "".join(word.text if word.glued else f" {word.text}" for word in words).strip()


def rows_of(words: Iterable[Word], page: int) -> list[Row]:
    """Words gathered by their base line, rows from the top down."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.base):
        alone = word.table or (rows and rows[-1][0].table)
        if rows and not alone and word.base - rows[-1][0].base <= _SAME_BASE * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Row(tuple(sorted(row, key=lambda w: w.left)), page) for row in rows]
