"""Rows joined into paragraphs, items and tables.

The end of a paragraph shows in four ways: more space below it, an indent or a mark in front of the next row, a change
of type, or a last row that had room left for the first word of the next.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from ingest.blocks import RAISED_MARK
from ingest.loaders.pdf_contents import contents_text
from ingest.loaders.pdf_hyphens import Hyphens
from ingest.loaders.pdf_rows import Row, is_bullet, is_mark
from ingest.numbering import parse_label

Kind = Literal["text", "item", "table", "contents", "footnote"]

ENDS = re.compile(r"[.!?:;][\"'’”»)\]⁰¹²³⁴-⁹]*$")
"""The end of a sentence, or of what introduces a list."""
LARGE = 1.1
"""Times the body's type size: from here on type is larger than text."""

_REFERS = re.compile(
    r"(?:\b(?:artikel(?:en)?|art\.?|lid|leden|onder(?:deel)?|paragraaf|hoofdstuk|vraag|stap)|\d[.:])$", re.I
)
"""What a number goes on from, however the row breaks: "zie artikel / 3. van de wet"."""
_TIGHT = 1.22  # times the usual distance between rows; further apart is another paragraph
_TIGHT_WITH_RAISED = 1.45  # a raised mark pushes its row down
_SAME_SIZE = 0.8  # points
_HANG = 0.55  # of the type size; a wider gap after a mark lets the text hang
_WIDEST_HANG = 6.0  # of the type size
_INDENT = 0.8  # of the type size
_SLACK = 0.8  # of the type size; room that may be left at the end of a full row
_NEARLY = 0.85  # of the column; a row this long, without a full stop, goes on at the next
_SPACE = 0.25  # of the type size
_PITCH = (0.9, 2.6)  # times the type size; between these lies the distance of rows in any paragraph
_WIDEST = 1.6  # times the type size; the distance that is taken for usual where none can be measured


@dataclass
class Paragraph:
    """Rows that belong together; `text` is without the mark of an item, `gap` counts the blank lines above.

    `text_left` is where the text begins behind the mark when the text hangs, and infinite for a mark without text.
    """

    rows: list[Row]
    kind: Kind = "text"
    mark: str = ""
    text_left: float = 0.0
    gap: int = 0
    text: str = ""
    cells: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.rows[0].page

    @property
    def size(self) -> float:
        """The type size of most of it."""
        return body_size(self.rows)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(row.bold for row in self.rows)

    @property
    def left(self) -> float:
        """Where its first row begins."""
        return self.rows[0].left

    @property
    def whole(self) -> str:
        """The text with its mark in front, as printed."""
        return f"{self.mark} {self.text}".strip()


def body_size(rows: list[Row]) -> float:
    """The type size of most of the text; tables, often smaller, count only where there is nothing else."""
    sizes: Counter[float] = Counter()
    for row in [row for row in rows if not row.cells] or rows:
        sizes[row.size] += len(row.text)
    return sizes.most_common(1)[0][0]


def paragraphs_of(rows: list[Row], body: float, hyphens: Hyphens) -> list[Paragraph]:
    """The paragraphs of rows in reading order; `body` is the usual type size."""
    leading = Leading(rows)
    found: list[Paragraph] = []
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else None
        mark = None if row.contents else _mark(row)
        open_ = found[-1] if found and found[-1].kind in ("text", "item") else None
        if before and open_ and not row.contents and not _starts_anew(open_, before, row, mark, leading, body):
            open_.rows.append(row)
        else:
            found.append(_opened(row, before, mark, leading))
    for paragraph in found:
        paragraph.text = _text(paragraph, hyphens)
        if paragraph.mark == "o":  # the second bullet of Word's lists is a letter o
            paragraph.mark = "◦"
    return found


class Leading:
    """The usual distance between the base lines of a paragraph, by type size; holds what was measured."""

    def __init__(self, rows: list[Row]) -> None:
        counted: dict[float, Counter[float]] = defaultdict(Counter)
        for above, below in pairwise(rows):
            pitch = below.base - above.base
            same = are_neighbours(above, below) and above.size == below.size
            if same and _PITCH[0] <= pitch / above.size <= _PITCH[1]:
                goes_on = is_full(above, below) and not _mark(below)
                counted[above.size][round(pitch * 2) / 2] += 3 if goes_on else 1
        self._usual = {
            size: min(pitch for pitch, count in pitches.items() if count * 2 >= max(pitches.values()))
            for size, pitches in counted.items()
        }
        ratios = sorted(pitch / size for size, pitch in self._usual.items())
        self._ratio = min(ratios[len(ratios) // 2], _WIDEST) if ratios else _WIDEST

    def of(self, size: float) -> float:
        """The distance in points for a type size."""
        return self._usual.get(size, size * self._ratio)


def are_neighbours(above: Row, below: Row) -> bool:
    """Whether two rows stand in the same column of the same page."""
    return above.page == below.page and above.column == below.column


def is_full(above: Row, below: Row) -> bool:
    """Whether the first word of the row below had no room any more at the end of the row above."""
    right = below.words[0].right
    for word in below.words[1:]:
        if not word.glued:
            break
        right = word.right
    needed = _SPACE * above.size + right - below.left
    return above.right + needed > above.right_edge - _SLACK * above.size


def _mark(row: Row) -> tuple[str, float] | None:
    """The mark of a list item in front of a row and where its text begins; infinite when nothing follows."""
    words = row.words
    first = words[0].text
    if len(words) == 1:
        return (first, math.inf) if is_mark(first, hangs=False) else None
    gap = words[1].left - words[0].right
    hangs = gap > _HANG * row.size
    if words[1].glued or not is_mark(first, hangs=hangs and gap < _WIDEST_HANG * row.size):
        return None
    return first, words[1].left if hangs else words[0].left


def _opened(row: Row, before: Row | None, mark: tuple[str, float] | None, leading: Leading) -> Paragraph:
    """A new paragraph that begins with a row."""
    gap = 1 if before else 0
    if before and are_neighbours(before, row):
        blank = (row.base - before.base) / leading.of(row.size) - 1
        gap = max(round(blank), 1) if blank > _TIGHT - 1 else 0
    kind: Kind = "table" if row.cells else "contents" if row.contents else "item" if mark else "text"
    return Paragraph([row], kind, mark[0] if mark else "", mark[1] if mark else row.left, gap, cells=row.cells)


def _starts_anew(
    open_: Paragraph, before: Row, row: Row, mark: tuple[str, float] | None, leading: Leading, body: float
) -> bool:
    """Whether a row begins a paragraph, rather than going on with the open one."""
    if not are_neighbours(before, row) or row.cells or abs(row.size - open_.size) > _SAME_SIZE:
        return True
    if _is_far_below(open_, before, row, leading) or _begins_note(open_, row, body):
        return True
    full = is_full(before, row)
    if mark and _begins_item(open_, before, row, mark, full):
        return True
    lower, ended = row.text[:1].islower(), bool(ENDS.search(before.text))
    if row.bold != before.bold and (row.bold or open_.bold) and not (full and lower):
        return row.bold or not full or ended or not open_.mark
    if row.size > LARGE * body or (row.bold and open_.bold and not open_.mark):
        return _is_another_heading(before, row, full)
    if _is_outside(open_, before, row, full):
        return True
    if full or (lower and not ended):
        return False
    nearly = before.right - open_.left > _NEARLY * (before.right_edge - open_.left)  # kept together: "Den Helder"
    return ended or not nearly


def _is_far_below(open_: Paragraph, before: Row, row: Row, leading: Leading) -> bool:
    usual = open_.rows[1].base - open_.rows[0].base if len(open_.rows) > 1 else leading.of(row.size)
    tight = _TIGHT_WITH_RAISED if RAISED_MARK.search(row.text) else _TIGHT
    return row.base - before.base > tight * usual


def _begins_note(open_: Paragraph, row: Row, body: float) -> bool:
    """Whether a row begins a footnote: with a raised mark, or in small type with the number after the open one's."""
    if RAISED_MARK.match(row.text):
        return True
    this, following = (re.match(r"\d{1,3}(?=\s)", r.text) for r in (open_.rows[0], row))
    return bool(row.size < body and this and following and int(following[0]) == int(this[0]) + 1)


def _begins_item(open_: Paragraph, before: Row, row: Row, mark: tuple[str, float], full: bool) -> bool:
    """Whether what looks like a mark is one."""
    if row.left < mark[1] < math.inf:
        return True
    if full and _REFERS.search(before.text):
        return False
    if not full or ENDS.search(before.text) or before.text.endswith(","):
        return True
    alike = is_bullet(open_.mark) == is_bullet(mark[0])
    return open_.kind == "item" and alike and abs(open_.left - row.left) < 2.0


def _is_another_heading(before: Row, row: Row, full: bool) -> bool:
    """Whether a row in the type of a heading begins a heading of its own, not the rest of a wrapped one."""
    if parse_label(row.text).number and not (full and row.text[:1].isdigit() and not ENDS.search(before.text)):
        return True
    centred = abs((before.left + before.right) - (row.left + row.right)) < 4 and abs(before.left - row.left) > 4
    return not (full or centred or row.text[:1].islower())


def _is_outside(open_: Paragraph, before: Row, row: Row, full: bool) -> bool:
    """Whether a row's left edge does not fit the open paragraph."""
    indent = _INDENT * row.size
    ended = bool(ENDS.search(before.text))
    if open_.mark:
        if open_.left < open_.text_left and row.left < open_.text_left - indent:
            return not (full and not ended and row.left > open_.left - indent)
        return row.left < open_.left - indent
    edge = open_.rows[1].left if len(open_.rows) > 1 else open_.left
    if row.left > edge + indent:
        return ended or not full
    return row.left < edge - indent and (len(open_.rows) > 1 or not full)


def _text(paragraph: Paragraph, hyphens: Hyphens) -> str:
    first = paragraph.rows[0]
    if paragraph.kind == "contents":
        return contents_text(first)
    text = first.text[len(paragraph.mark) :].strip()
    for row in paragraph.rows[1:]:
        text = hyphens.joined(text, row.text)
    return text
