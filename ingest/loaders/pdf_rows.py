"""Reading order: words to rows, running heads and feet left out, columns one after the other.

Nothing here trusts the order in which a program wrote the words: a browser prints all list numbers of a page first
and their text after, so the only order is that of the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from ingest.loaders.pdf_page import Page, Word
from ingest.numbering import parse_label

_SAME_BASE = 0.3  # of the type size; base lines closer than this are one row
_GAP = 0.9  # of the type size; wider than a space, even in justified text
_EDGE = 0.14  # of the page height; where running heads and feet stand
_OUTER_ROWS = 4  # how many rows a running head may have
_SAME_PLACE = 4.0  # points
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:pagina|page|pag\.?|blz\.?|p\.)\s*)?\d{1,4}(?:\s*(?:/|van|of|\|)\s*\d{1,4})?\W*$", re.I
)
_MIN_COLUMN = 0.18  # of the page width
_MIN_CHARACTERS = 14  # a row of running text in a column; the cells of a table are shorter
_FULL = 0.7  # of the column's width that most of its rows fill when it is running text


@dataclass(frozen=True)
class Row:
    """Words on one base line, from left to right; `right_edge` is how far the rows around it reach."""

    words: tuple[Word, ...]
    page: int
    right_edge: float = 0.0
    column: int = 0

    @cached_property
    def text(self) -> str:
        return join(self.words)

    @cached_property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def base(self) -> float:
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
    r"^(?:\d{1,3}[.)°]|[a-z]{1,2}[.)°]|[ivx]{1,5}[.)]|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}[a-z][.)])$"
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


def without_running(pages: list[Page], rows: list[list[Row]]) -> list[list[Row]]:
    """The rows of each page without running heads and feet: same text at the same place, page number aside."""
    found: dict[tuple[bool, str], list[tuple[int, int, float]]] = defaultdict(list)
    for at, (page, of_page) in enumerate(zip(pages, rows, strict=True)):
        for i, is_top in _outer(page, of_page):
            away = of_page[i].base if is_top else page.height - of_page[i].base
            found[is_top, _masked(of_page[i].text)].append((at, i, away))
    running: set[tuple[int, int]] = set()
    for (_, text), places in found.items():
        usual = median(away for *_, away in places)
        same = [(at, i) for at, i, away in places if abs(away - usual) <= _SAME_PLACE]
        texts = {at: rows[at][i].text for at, i in same}
        if len(texts) >= min(3, max(2, len(pages))) and _are_running(text, texts):
            running.update(same)
    running |= _beside(pages, rows, running)
    for at, page in enumerate(pages):
        outer = [i for i, _ in _outer(page, rows[at])]
        running |= {(at, i) for i in outer if _PAGE_NUMBER.match(rows[at][i].text) and _is_outside(rows[at], i)}
    return [
        [row for i, row in enumerate(of_page) if not _is_running(running, at, i, len(of_page))]
        for at, of_page in enumerate(rows)
    ]


def _outer(page: Page, rows: list[Row]) -> Iterator[tuple[int, bool]]:
    """Index of the rows near the edges of a page, and whether it is the upper edge."""
    for i, row in enumerate(rows):
        if i < _OUTER_ROWS and row.base < _EDGE * page.height:
            yield i, True
        if i >= len(rows) - _OUTER_ROWS and row.base > (1 - _EDGE) * page.height:
            yield i, False


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _are_running(masked: str, texts: dict[int, str]) -> bool:
    """Whether texts that are alike but for their numbers differ only as page numbers do."""
    if len(set(texts.values())) == 1:
        return True
    if any(parse_label(text).division for text in texts.values()):  # "Bijlage 1", "Bijlage 2", each at the top
        return False
    columns = zip(*([int(n) for n in re.findall(r"\d+", text)] for text in texts.values()), strict=True)
    for column in columns:
        offsets = Counter(number - at for number, at in zip(column, texts, strict=True))
        same = Counter(column)
        if max(offsets.most_common(1)[0][1], same.most_common(1)[0][1]) < 0.8 * len(texts):
            return False
    return len(masked) < 120


def _beside(pages: list[Page], rows: list[list[Row]], running: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Rows exactly where most pages have a running head: the name of a chapter that is one page long."""
    bases = Counter((round(rows[at][i].base), rows[at][i].size) for at, i in running)
    usual = {place for place, count in bases.items() if count * 2 >= len(pages) and len(pages) >= 4}
    return {
        (at, i)
        for at, page in enumerate(pages)
        for i, _ in _outer(page, rows[at])
        if (round(rows[at][i].base), rows[at][i].size) in usual
    }


def _is_outside(rows: list[Row], i: int) -> bool:
    """Whether a row stands at the very edge, apart from the text."""
    if i == len(rows) - 1:
        return i == 0 or rows[i].base - rows[i - 1].base > 1.6 * rows[i].size
    return i == 0 and rows[1].base - rows[0].base > 1.6 * rows[0].size


def _is_running(running: set[tuple[int, int]], at: int, i: int, count: int) -> bool:
    """Whether a row is running and nothing but running rows lies outside it."""
    above = all((at, j) in running for j in range(i + 1))
    return above or all((at, j) in running for j in range(i, count))


def in_reading_order(rows: list[Row], width: float) -> list[Row]:
    """The rows of a page, column after column where the page has columns; `width` is the page's.

    Every row comes back with the edge that its neighbours reach, by which the end of a paragraph is known.
    """
    regions = list(_regions(rows, width, 0))
    return [
        Row(row.words, row.page, max(r.right for r in region), at)
        for at, region in enumerate(regions)
        for row in region
    ]


def _regions(rows: list[Row], width: float, depth: int) -> Iterator[list[Row]]:
    found = _columns(rows, width) if depth < 4 else None
    if not found:
        if rows:
            yield rows
        return
    first, last, gutter = found
    yield from _regions(rows[:first], width, depth + 1)
    for side in (True, False):
        parts = [[w for w in row.words if (w.left < gutter) == side] for row in rows[first:last]]
        yield from _regions([Row(tuple(p), rows[0].page) for p in parts if p], width, depth + 1)
    yield from _regions(rows[last:], width, depth + 1)


def _columns(rows: list[Row], width: float) -> tuple[int, int, float] | None:
    """A run of rows `[first, last)` in two columns and where the right one begins; None when there is none."""
    starts = Counter(round(segment[0].left) for row in rows for segment in row.segments)
    left = min((row.left for row in rows), default=0.0)
    candidates = [
        x for x in starts if x - left > _MIN_COLUMN * width and starts[x] + starts[x - 1] + starts[x + 1] >= 4
    ]
    best: tuple[int, int, float] | None = None
    for x in sorted(candidates):
        for first, last in _bands(rows, x - 1.5):
            if (best is None or last - first > best[1] - best[0]) and _are_columns(rows[first:last], x - 1.5, width):
                best = first, last, x - 1.5
    return best


def _bands(rows: list[Row], gutter: float) -> Iterator[tuple[int, int]]:
    """Runs of rows with no word in the strip left of `gutter`, from the first to the last with words on its right."""
    first: int | None = None
    for at in range(len(rows) + 1):
        free = at < len(rows) and not any(
            w.left < gutter and w.right > gutter - 0.7 * w.size or w.table for w in rows[at].words
        )
        if free and first is None:
            first = at
        elif not free and first is not None:
            yield from _trimmed(rows, first, at, gutter)
            first = None


def _trimmed(rows: list[Row], first: int, last: int, gutter: float) -> Iterator[tuple[int, int]]:
    """The run without what stands above or below its columns, at a distance."""
    right = [i for i in range(first, last) if rows[i].right > gutter]
    if not right:
        return
    pitch = median([b.base - a.base for a, b in zip(rows[first:last], rows[first + 1 : last], strict=False)] or [12.0])
    end = right[-1] + 1
    while end < last and rows[end].base - rows[end - 1].base < 1.8 * max(pitch, rows[end].size):
        end += 1
    start = right[0]
    while start > first and rows[start].base - rows[start - 1].base < 1.8 * max(pitch, rows[start].size):
        start -= 1
    while start < end and rows[start].left >= gutter:  # a date at the top right
        start += 1
    yield start, end


def _are_columns(rows: list[Row], gutter: float, width: float) -> bool:
    """Whether both sides of the gutter are running text, rather than the cells of a table or the marks of a list."""
    for side in (True, False):
        parts = [[w for w in row.words if (w.left < gutter) == side] for row in rows]
        lines = [part for part in parts if part]
        if len(lines) < 3:
            return False
        left = min(line[0].left for line in lines)
        right = max(line[-1].right for line in lines)
        if right - left < _MIN_COLUMN * width:
            return False
        full = sum(line[-1].right - left > _FULL * (right - left) for line in lines)
        if full * 2 < len(lines) or sum(len(join(line)) for line in lines) < _MIN_CHARACTERS * len(lines):
            return False
    return True
