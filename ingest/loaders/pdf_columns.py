"""Columns: text set side by side is read one column after the other, and a table is not.

A gutter is a strip without words from top to bottom of a run of rows, with running text on both sides of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median

from ingest.loaders.pdf_rows import Row, join

_MIN_COLUMN = 0.18  # of the page width
_MIN_CHARACTERS = 14  # a row of running text in a column; the cells of a table are shorter
_FULL = 0.7  # of the column's width that most of its rows fill when it is running text
_FEWEST = 3  # rows in each column
_STRIP = 0.7  # of the type size; the narrowest gutter
_AWAY = 1.8  # times the usual distance between rows; what stands further off is not of the column
_MARGIN = 4.0  # points right of the gutter within which a row of the column begins
_DEEPEST = 4  # columns within columns


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
    found = _columns(rows, width) if depth < _DEEPEST else None
    if not found:
        yield from [rows] if rows else []
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
        free = at < len(rows) and not _crosses(rows[at], gutter)
        if free and first is None:
            first = at
        elif not free and first is not None:
            yield from _trimmed(rows, first, at, gutter)
            first = None


def _crosses(row: Row, gutter: float) -> bool:
    return bool(row.cells) or any(w.left < gutter and w.right > gutter - _STRIP * w.size for w in row.words)


def _trimmed(rows: list[Row], first: int, last: int, gutter: float) -> Iterator[tuple[int, int]]:
    """The run without what stands above or below its columns, at a distance."""
    right = [i for i in range(first, last) if rows[i].right > gutter]
    if not right:
        return
    pitch = median([b.base - a.base for a, b in zip(rows[first:last], rows[first + 1 : last], strict=False)] or [0.0])
    end = right[-1] + 1
    while end < last and rows[end].base - rows[end - 1].base < _AWAY * max(pitch, rows[end].size):
        end += 1
    start = right[0]
    while start > first and rows[start].base - rows[start - 1].base < _AWAY * max(pitch, rows[start].size):
        start -= 1
    edge = max((row.right for row in rows[start:end]), default=gutter)
    while start < end and rows[start].left >= gutter and not _fills(rows[start], gutter, edge):
        start += 1  # a date at the top right
    yield start, end


def _fills(row: Row, left: float, right: float) -> bool:
    """Whether a row on the right is a line of running text, which may stand higher than the first one on the left."""
    return row.left - left < _MARGIN and row.right - row.left > _FULL * (right - left)


def _are_columns(rows: list[Row], gutter: float, width: float) -> bool:
    """Whether both sides of the gutter are running text, rather than the cells of a table or the marks of a list."""
    for side in (True, False):
        parts = [[w for w in row.words if (w.left < gutter) == side] for row in rows]
        lines = [part for part in parts if part]
        if len(lines) < _FEWEST:
            return False
        left = min(line[0].left for line in lines)
        right = max(line[-1].right for line in lines)
        if right - left < _MIN_COLUMN * width:
            return False
        full = sum(line[-1].right - left > _FULL * (right - left) for line in lines)
        if full * 2 < len(lines) or sum(len(join(line)) for line in lines) < _MIN_CHARACTERS * len(lines):
            return False
    return True
