"""Rows joined into paragraphs, items and tables, with the words mended that were broken at the end of a line.

The end of a paragraph shows in four ways: more space below it, an indent or a mark in front of the next row, a change
of type, or a last row that had room left for the first word of the next.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from ingest.loaders.pdf_hyphens import Hyphens
from ingest.loaders.pdf_rows import Row, is_bullet, is_mark, join
from ingest.numbering import parse_label

Kind = Literal["text", "item", "table", "contents", "footnote"]

_ENDS = re.compile(r"[.!?:;][\"'’”»)\]⁰¹²³⁴-⁹]*$")
_ENDS_SENTENCE = re.compile(r"[.!?][\"'’”»)\]⁰¹²³⁴-⁹]*$")
_RAISED = re.compile(r"^[⁰¹²³⁴-⁹]{1,3}(?=\s|[^\W\d]|$)")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{5,}|(?:…\s?\.?){2,}")
CONTENTS = re.compile(r"^inhoud(?:sopgave)?[:.]?$|^table of contents$|^contents$", re.I)
_TIGHT = 1.22  # times the usual distance between rows; further apart is another paragraph
_REFERS = re.compile(
    r"(?:\b(?:artikel(?:en)?|art\.?|lid|leden|onder|onderdeel|paragraaf|hoofdstuk|vraag|stap)|\d[.:])$", re.I
)
"""What a number goes on from, however the row breaks: "zie artikel / 3. van de wet"."""
_HANG = 0.55  # of the type size; a wider gap after a mark lets the text hang
_WIDEST_HANG = 6.0  # of the type size
_INDENT = 0.8  # of the type size
_SLACK = 0.8  # of the type size; room that may be left at the end of a full row
_NEARLY = 0.85  # of the column; a row this long, without a full stop, goes on at the next
_LARGE = 1.1  # times the body's type size


@dataclass
class Paragraph:
    """Rows that belong together; `text` is without the mark of an item, `gap` counts the blank lines above."""

    rows: list[Row]
    kind: Kind = "text"
    mark: str = ""
    text_left: float = 0.0
    gap: int = 0
    text: str = ""
    cells: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def page(self) -> int:
        return self.rows[0].page

    @property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for row in self.rows:
            sizes[row.size] += len(row.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return all(row.bold for row in self.rows)

    @property
    def left(self) -> float:
        return self.rows[0].left

    @property
    def whole(self) -> str:
        """The text with its mark in front, as printed."""
        return f"{self.mark} {self.text}".strip()


def paragraphs_of(rows: list[Row], pages: int) -> list[Paragraph]:
    """All paragraphs of a document in reading order; `pages` is the number of its pages."""
    body = body_size(rows)
    contents = _contents_rows(rows, pages)
    hyphens = Hyphens([row.text for row in rows])
    leading = _leading(rows)
    found: list[Paragraph] = []
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else None
        mark = _mark(row) if at not in contents else None
        if found and before and at not in contents and found[-1].kind in ("text", "item"):
            if not _starts_anew(found[-1], before, row, mark, leading, body):
                found[-1].rows.append(row)
                continue
        found.append(_opened(row, before, mark, leading, at in contents))
    for paragraph in found:
        paragraph.text = _text(paragraph, hyphens)
        if paragraph.mark == "o":  # the second bullet of Word's lists is a letter o
            paragraph.mark = "◦"
    _find_footnotes(found, body)
    found = list(_with_wrapped_contents(found))
    return list(_across_pages(list(_with_lone_marks(found)), body, hyphens))


def body_size(rows: list[Row]) -> float:
    """The type size of most of the text."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _leading(rows: list[Row]) -> Callable[[float], float]:
    """The usual distance between the base lines of a paragraph, by type size."""
    pitches: dict[float, Counter[float]] = defaultdict(Counter)
    for above, below in pairwise(rows):
        pitch = below.base - above.base
        if _are_neighbours(above, below) and above.size == below.size and 0.9 <= pitch / above.size <= 2.6:
            pitches[above.size][round(pitch * 2) / 2] += 3 if _is_full(above, below) and not _mark(below) else 1
    usual = {size: min(p for p, n in c.items() if n * 2 >= max(c.values())) for size, c in pitches.items()}
    ratios = sorted(pitch / size for size, pitch in usual.items())
    ratio = ratios[len(ratios) // 2] if ratios else 1.25
    return lambda size: usual.get(size, size * min(ratio, 1.6))


def _are_neighbours(above: Row, below: Row) -> bool:
    return above.page == below.page and above.column == below.column


def _is_full(above: Row, below: Row) -> bool:
    """Whether the first word of the row below had no room any more at the end of the row above."""
    first = below.words[0]
    right = first.right
    for word in below.words[1:]:
        if not word.glued:
            break
        right = word.right
    space = 0.25 * above.size
    return above.right + space + right - first.left > above.right_edge - _SLACK * above.size


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


def _opened(
    row: Row, before: Row | None, mark: tuple[str, float] | None, leading: Callable[[float], float], contents: bool
) -> Paragraph:
    """A new paragraph that begins with a row."""
    gap = 0
    if before and _are_neighbours(before, row):
        usual = leading(row.size)
        pitch = row.base - before.base
        gap = max(round((pitch - usual) / usual), 1) if pitch > _TIGHT * usual else 0
    elif before:
        gap = 1
    cells = next((word.table for word in row.words if word.table), ())
    kind: Kind = "table" if cells else "contents" if contents else "item" if mark else "text"
    return Paragraph([row], kind, mark[0] if mark else "", mark[1] if mark else row.left, gap, cells=cells)


def _starts_anew(
    open_: Paragraph,
    before: Row,
    row: Row,
    mark: tuple[str, float] | None,
    leading: Callable[[float], float],
    body: float,
) -> bool:
    """Whether a row begins a paragraph, rather than going on with the open one."""
    if not _are_neighbours(before, row) or any(w.table for w in row.words) or abs(row.size - open_.size) > 0.8:
        return True
    usual = open_.rows[1].base - open_.rows[0].base if len(open_.rows) > 1 else leading(row.size)
    if row.base - before.base > _TIGHT * usual or _RAISED.match(row.text) or _is_next_note(open_, row, body):
        return True
    full = _is_full(before, row)
    if mark and _begins_item(open_, before, row, mark, full):
        return True
    if row.bold != before.bold and (row.bold or open_.bold) and (not full or not row.text[:1].islower()):
        return not (open_.mark and not row.bold and full and not _ENDS.search(before.text))
    if row.size > _LARGE * body or (row.bold and open_.bold and not open_.mark):
        return _is_another_heading(open_, before, row, full)
    if _is_outside(open_, row, full, before):
        return True
    if full or row.text[:1].islower() and not _ENDS.search(before.text):
        return False
    nearly = before.right - open_.left > _NEARLY * (before.right_edge - open_.left)  # kept together: "Den Helder"
    return bool(_ENDS.search(before.text)) or not nearly


def _is_next_note(open_: Paragraph, row: Row, body: float) -> bool:
    """Whether a row in small type begins the note after the open one: "2 See also" below "1 See"."""
    if row.size > 0.95 * body:
        return False
    this, other = re.match(r"\d{1,3}(?=\s)", open_.rows[0].text), re.match(r"\d{1,3}(?=\s)", row.text)
    return bool(this and other) and int(other[0]) == int(this[0]) + 1  # type: ignore[index]


def _begins_item(open_: Paragraph, before: Row, row: Row, mark: tuple[str, float], full: bool) -> bool:
    """Whether what looks like a mark is one: "zie artikel / 3. van de wet" begins no item."""
    if row.left < mark[1] < math.inf:
        return True
    if full and _REFERS.search(before.text):
        return False
    if not full or _ENDS.search(before.text) or before.text.endswith(","):
        return True
    alike = is_bullet(open_.mark) == is_bullet(mark[0])
    return open_.kind == "item" and alike and abs(open_.left - row.left) < 2.0


def _is_another_heading(open_: Paragraph, before: Row, row: Row, full: bool) -> bool:
    """Whether a row in the type of a heading begins a heading of its own, not the rest of a wrapped one."""
    if parse_label(row.text).number and not (full and row.text[:1].isdigit() and not _ENDS.search(before.text)):
        return True
    centred = abs((before.left + before.right) - (row.left + row.right)) < 4 and abs(before.left - row.left) > 4
    return not (full or centred or row.text[:1].islower())


def _is_outside(open_: Paragraph, row: Row, full: bool, before: Row) -> bool:
    """Whether a row's left edge does not fit the open paragraph."""
    indent = _INDENT * row.size
    ends = bool(_ENDS.search(before.text))
    if open_.mark:
        if row.left < open_.text_left - indent and open_.text_left > open_.left:
            return not (full and not ends and row.left > open_.left - indent)
        return row.left < open_.left - indent
    edge = open_.rows[1].left if len(open_.rows) > 1 else open_.left
    if row.left > edge + indent:
        return ends or not full
    return row.left < edge - indent and (len(open_.rows) > 1 or not full)


def _text(paragraph: Paragraph, hyphens: Hyphens) -> str:
    if paragraph.kind == "contents":
        return re.sub(r"\s*(?:…\s*)+", " … ", _LEADERS.sub(" … ", paragraph.rows[0].text)).strip()
    text = ""
    for at, row in enumerate(paragraph.rows):
        part = row.text
        if at == 0 and paragraph.mark:
            part = part[len(paragraph.mark) :].strip()
        text = hyphens.joined(text, part) if at else part
    return text


def _contents_rows(rows: list[Row], pages: int) -> set[int]:
    """Index of the rows of a table of contents: leader dots, or a page number at the edge below "Inhoud"."""
    found: set[int] = set()
    announced, last = False, 0
    for at, row in enumerate(rows):
        number = re.search(r"\d{1,4}$", row.segments[-1][-1].text if row.segments else "")
        dotted = bool(_LEADERS.search(row.text)) and number is not None
        if CONTENTS.match(row.text):
            announced, last = True, 0
            continue
        apart = len(row.segments) > 1 and number is not None and join(row.segments[-1]) == number[0]
        fits = number is not None and last <= int(number[0]) <= pages + 50
        if dotted or (announced and apart and fits and number):
            found.add(at)
            last = int(number[0]) if number else last
        elif announced and at - 1 not in found and at - 2 not in found and last:
            announced = False
    return found


def _with_wrapped_contents(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Joins the first row of a contents entry that takes two to the row with the page number."""
    for at, paragraph in enumerate(paragraphs):
        around = paragraphs[at - 1 : at] + paragraphs[at + 1 : at + 2]
        wrapped = len(around) == 2 and all(p.kind == "contents" for p in around) and paragraph.kind != "table"
        if wrapped and around[1].page == paragraph.page and around[1].gap == 0:
            around[1].text = f"{paragraph.whole} {around[1].text}"
            around[1].rows.insert(0, paragraph.rows[0])
        else:
            yield paragraph


def _find_footnotes(paragraphs: list[Paragraph], body: float) -> None:
    """Marks the notes at the foot of each page: small type, a mark in front, and nothing but notes below."""
    marks = {(p.page, m) for p in paragraphs for m in re.findall(r"(?<=\S)[⁰¹²³⁴-⁹]+", p.whole)}
    below: dict[int, bool] = {}  # by page: whether everything so far, from its foot up, is small
    notes: list[Paragraph] = []
    for paragraph in reversed(paragraphs):
        small = paragraph.size <= 0.95 * body and paragraph.kind in ("text", "item")
        below[paragraph.page] = below.get(paragraph.page, True) and small
        raised_mark = _RAISED.match(paragraph.text)
        plain = re.match(r"\d{1,3}(?=[.)]?\s|$)", paragraph.whole)
        known = plain is not None and (paragraph.page, plain[0].translate(_AS_RAISED)) in marks
        if raised_mark and paragraph.text[raised_mark.end() :].strip() and (small or _is_note_list(paragraphs)):
            mark, rest = raised_mark[0].translate(_AS_PLAIN), paragraph.text[raised_mark.end() :]
        elif known and plain and below[paragraph.page]:
            mark, rest = plain[0], paragraph.whole[plain.end() :].lstrip(".)")
        else:
            continue
        paragraph.kind, paragraph.mark, paragraph.text = "footnote", mark, rest.strip()
        notes.append(paragraph)
    noted = {p.page: min(n.rows[0].base for n in notes if n.page == p.page) for p in notes}
    current: Paragraph | None = None
    for paragraph in list(paragraphs):  # a note of several paragraphs
        if paragraph.kind == "footnote":
            current = paragraph
        elif current and paragraph.page == current.page and paragraph.rows[0].base > noted[paragraph.page]:
            if paragraph.size <= 0.95 * body and paragraph.kind == "text":
                current.text = f"{current.text} {paragraph.text}"
                paragraphs.remove(paragraph)


def _is_note_list(paragraphs: list[Paragraph]) -> bool:
    """Whether the notes stand together at the end, in type as large as the text's."""
    return sum(bool(_RAISED.match(p.text)) for p in paragraphs) >= 2


_AS_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_AS_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _with_lone_marks(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Puts a mark that stands on a row by itself in front of the paragraph that follows it."""
    pending: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.kind == "item" and not paragraph.text:
            pending = paragraph
            continue
        if pending and paragraph.kind == "text":
            paragraph.kind, paragraph.mark, paragraph.gap = "item", pending.mark, pending.gap
        elif pending and pending.mark[0].isalnum():
            yield pending
        pending = None
        yield paragraph
    if pending and pending.mark[0].isalnum():
        yield pending


def _across_pages(paragraphs: list[Paragraph], body: float, hyphens: Hyphens) -> Iterator[Paragraph]:
    """Joins a sentence that the end of a page or column cut in two; notes and tables between may stand between."""
    open_: Paragraph | None = None  # the last text, which the next page may go on with
    for paragraph in paragraphs:
        if paragraph.kind in ("footnote", "contents", "table"):
            yield paragraph
            open_ = None if paragraph.kind == "contents" else open_
            continue
        if open_ and _goes_on(open_, paragraph, body):
            open_.text = hyphens.joined(open_.text, paragraph.text)
            open_.rows.extend(paragraph.rows)
            continue
        open_ = paragraph
        yield paragraph


def _goes_on(before: Paragraph, after: Paragraph, body: float) -> bool:
    last, first = before.rows[-1], after.rows[0]
    if _are_neighbours(last, first) or after.kind != "text" or abs(before.size - after.size) > 0.6:
        return False
    if before.size > _LARGE * body or last.bold != first.bold or _ENDS.search(before.text):
        return False
    if last.page == first.page and last.column + 1 < first.column:
        return False
    if after.text[:1].islower():
        return True
    return len(before.text) > 60 and _is_full(last, first) and not parse_label(after.text).number and not before.bold
