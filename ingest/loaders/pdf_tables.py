"""Tables on a page: those with ruled lines, and those whose cells stand in line with each other.

A table is recognised only where the evidence is plain, for prose taken apart into cells is worse than a table that
is read as prose.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ingest.loaders.pdf_drawings import Rule
from ingest.loaders.pdf_page import Page, Word
from ingest.loaders.pdf_rows import Row, is_mark, join, rows_of

_TOUCH = 3.0  # points; lines closer than this meet
_SHORT_RULE = 60.0  # points; shorter lines underline words
_TALLEST_ROW = 160.0  # points; lines further apart divide a page, not a table
_MAX_RULES = 1_500  # on a page; with more, it holds a drawing
_MIN_CELL = 6.0  # points; closer lines are one line, drawn double
_MIN_SHARE = 0.5  # of the cells of a ruled table that must have text
_MIN_ROWS = 3  # rows in line with each other that make a table without lines
_WHITE = 0.9  # of the type size, between the columns of such a table
_LOOSE = 3.2  # of the type size; rows further apart are not one table
_LONG_CELL = 60  # characters; prose rather than a cell

Cells = tuple[tuple[str, ...], ...]


def with_ruled_tables(page: Page, words: list[Word]) -> list[Word]:
    """The words of a page with each ruled table as one word that holds its rows."""
    rules = [rule for rule in page.rules if not rule.is_dot]
    if len(rules) > _MAX_RULES:
        return words
    groups = [*_connected(rules), *_stacked([rule for rule in rules if not rule.is_tall])]
    for group in groups:
        ys = _levels([r.middle[1] for r in group if not r.is_tall])
        xs = _verticals(group)
        if len(xs) < 2 or len(ys) < 3:
            continue
        inside = _inside(words, xs, ys)
        if len(xs) == 2 and len(ys) >= 3:
            ys = _with_head(words, xs, ys, page.number)
            inside = _inside(words, xs, ys)
            xs = _white_columns(inside, xs, ys)
        if len(xs) < 3 or not inside:
            continue
        cells = _cells(inside, group, xs, ys, page.number)
        if len(cells) >= 2 and max(sum(map(bool, row)) for row in cells) >= 2 and _is_filled(cells):
            table = _as_word(cells, xs[0], xs[-1], ys[0] + _TOUCH, inside[0].size)
            taken = set(map(id, inside))
            words = [w for w in words if id(w) not in taken] + [table]
    return words


def _as_word(cells: Cells, left: float, right: float, base: float, size: float) -> Word:
    return Word(" ".join(cell for row in cells for cell in row if cell), left, right, base, size, table=cells)


def _inside(words: list[Word], xs: list[float], ys: list[float]) -> list[Word]:
    return [w for w in words if xs[0] - 1 < (w.left + w.right) / 2 < xs[-1] + 1 and ys[0] - 1 < _middle(w) < ys[-1]]


def _with_head(words: list[Word], xs: list[float], ys: list[float], page: int) -> list[float]:
    """The lines of a table with one above its heading row, where only a line below it was drawn."""
    above = [w for w in words if xs[0] - 1 <= w.left and w.right <= xs[-1] + 1 and 0 < ys[0] - w.base < 1.6 * w.size]
    rows = rows_of(above, page)
    return [ys[0] - 2 * rows[-1].size, *ys] if rows and len(rows[-1].segments) > 1 else ys


def _stacked(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Groups of at least three lines along the page, one below the other, that begin and end at the same place."""
    lines: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.y1), r.x1)):  # the borders of cells beside each other are one line
        last = lines[-1] if lines else None
        if last and abs(last.y1 - rule.y1) <= 1.5 and rule.x1 - last.x2 <= _TOUCH:
            lines[-1] = Rule(last.x1, last.y1, max(last.x2, rule.x2), last.y2)
        else:
            lines.append(rule)
    groups: list[list[Rule]] = []
    for line in lines:
        if line.x2 - line.x1 < _SHORT_RULE:
            continue
        home = next((g for g in groups if abs(g[0].x1 - line.x1) <= _TOUCH and abs(g[0].x2 - line.x2) <= _TOUCH), None)
        if home is None:
            groups.append([line])
        else:
            home.append(line)
    yield from (group for group in groups if len(group) >= 3)


def _verticals(rules: list[Rule]) -> list[float]:
    """The places of the lines down the page, and of the outer edges, which may be left open."""
    across = [r for r in rules if not r.is_tall]
    edges = [min(r.x1 for r in across), max(r.x2 for r in across)] if across else []
    return _levels([*(r.middle[0] for r in rules if r.is_tall), *edges])


def _white_columns(words: list[Word], xs: list[float], ys: list[float]) -> list[float]:
    """Where columns part between lines that only run along the page: white strips through all rows."""
    if max(b - a for a, b in pairwise(ys)) > _TALLEST_ROW:
        return xs
    found, reach = [xs[0]], -math.inf
    for word in sorted(words, key=lambda w: w.left):
        if reach > -math.inf and word.left - reach > _WHITE * word.size:
            found.append((word.left + reach) / 2)
        reach = max(reach, word.right)
    return [*found, xs[-1]]


def _middle(word: Word) -> float:
    return word.base - 0.3 * word.size


def _is_filled(cells: Cells) -> bool:
    return sum(bool(cell) for row in cells for cell in row) >= _MIN_SHARE * len(cells) * 2


def _connected(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Rules in groups that touch each other; sorted from the top, so that each joins what it continues."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: (r.y1, r.x1)):
        touching = [group for group in groups if any(_meet(rule, other) for other in group)]
        merged = [rule, *(r for group in touching for r in group)]
        groups = [group for group in groups if not any(group is t for t in touching)]
        groups.append(merged)
    yield from (group for group in groups if len(group) >= 4 and any(r.is_tall for r in group))


def _meet(a: Rule, b: Rule) -> bool:
    return (
        a.x1 - _TOUCH <= b.x2
        and b.x1 - _TOUCH <= a.x2
        and a.y1 - _TOUCH <= b.y2
        and b.y1 - _TOUCH <= a.y2
    )  # fmt: skip


def _levels(values: list[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _MIN_CELL:
            levels.append(value)
    return levels


def _cells(words: list[Word], rules: list[Rule], xs: list[float], ys: list[float], page: int) -> Cells:
    """The text of each cell; one that spans columns or rows is written in the first of them."""
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        column = max(sum(x <= (word.left + word.right) / 2 for x in xs) - 1, 0)
        row = max(sum(y <= _middle(word) for y in ys) - 1, 0)
        while column and not _has_vertical(rules, xs[column], ys[row], ys[min(row + 1, len(ys) - 1)]):
            column -= 1
        while row and not _has_horizontal(rules, ys[row], xs[column], xs[min(column + 1, len(xs) - 1)]):
            row -= 1
        held.setdefault((row, column), []).append(word)
    table = [
        tuple(_lines(held.get((row, column), []), page) for column in range(len(xs) - 1)) for row in range(len(ys) - 1)
    ]
    return tuple(row for row in table if any(row))


def _lines(words: list[Word], page: int) -> str:
    text = ""
    for row in rows_of(words, page):
        mended = (
            text[:-1] if len(text) > 2 and text[-1] == "-" and text[-2].islower() and row.text[:1].islower() else ""
        )
        text = mended + row.text if mended else f"{text} {row.text}".strip()
    return text


def _has_vertical(rules: list[Rule], x: float, top: float, bottom: float) -> bool:
    """Whether a line parts two columns at some height; where no line runs down the page, white space does."""
    tall = [r for r in rules if r.is_tall]
    middle = (top + bottom) / 2
    return not tall or any(abs(r.middle[0] - x) <= _MIN_CELL and r.y1 - 1 <= middle <= r.y2 + 1 for r in tall)


def _has_horizontal(rules: list[Rule], y: float, left: float, right: float) -> bool:
    middle = (left + right) / 2
    return any(abs(r.middle[1] - y) <= _MIN_CELL and r.x1 - 1 <= middle <= r.x2 + 1 for r in rules if not r.is_tall)


def with_aligned_tables(rows: list[Row]) -> list[Row]:
    """The rows of a page with runs of aligned cells as one row that holds a table."""
    result: list[Row] = []
    at = 0
    while at < len(rows):
        end, cells = _aligned(rows, at)
        if cells:
            first = rows[at]
            table = _as_word(cells, first.left, first.right, first.base, first.size)
            result.append(replace(first, words=(table,)))
            at = end
        else:
            result.append(rows[at])
            at += 1
    return result


def _aligned(rows: list[Row], at: int) -> tuple[int, Cells]:
    """The table without lines that begins at a row: where it ends, and its cells."""
    columns = [(part[0].left, part[-1].right) for part in rows[at].segments]
    if len(columns) < 2 or not _are_cells(rows[at]):
        return at, ()
    table = [[join(part) for part in rows[at].segments]]
    whole, end = 1, at + 1
    while end < len(rows) and _follows(rows[end - 1], rows[end]):
        placed = _placed(rows[end], columns)
        if placed is None or not _are_cells(rows[end]):
            break
        columns = _widened(columns, placed, rows[end])
        texts = ["" for _ in columns]
        for column, part in zip(placed, rows[end].segments, strict=True):
            texts[column] = join(part)
        if texts[0] or rows[end].base - rows[end - 1].base > 1.6 * rows[end].size:
            whole += sum(map(bool, texts)) >= 2
            table.append(texts)
        else:  # the rest of a cell that takes more than one line
            table[-1] = [f"{a} {b}".strip() for a, b in zip(table[-1], texts, strict=True)]
        end += 1
    while len(table) > whole and sum(map(bool, table[-1])) < 2 and end > at + 1:
        table.pop()
        end -= 1
    is_table = whole >= _MIN_ROWS and whole * 3 >= len(table) * 2
    return (end, tuple(map(tuple, table))) if is_table else (at, ())


def _are_cells(row: Row) -> bool:
    """Whether the parts of a row could be cells: no leader dots, no prose, no mark of a list in front."""
    texts = [join(part) for part in row.segments]
    if row.cells or row.contents or ".." in row.text or "…" in row.text:
        return False
    if len(texts) == 2 and is_mark(texts[0], hangs=True) and any(c.isalpha() for c in texts[1]):
        return False
    return sum(len(text) > _LONG_CELL for text in texts) <= len(texts) // 2


def _follows(above: Row, below: Row) -> bool:
    same = above.page == below.page and above.column == below.column
    return same and below.base - above.base <= _LOOSE * above.size and abs(above.size - below.size) < 1.1


def _placed(row: Row, columns: list[tuple[float, float]]) -> list[int] | None:
    """The column of each part of a row; None when a part lies in none, or in more than one."""
    placed: list[int] = []
    for part in row.segments:
        left, right = part[0].left, part[-1].right
        reach = _WHITE * row.size
        hits = [i for i, (a, b) in enumerate(columns) if left < b + reach and right > a - reach]
        aligned = hits and (
            abs(left - columns[hits[0]][0]) < 0.6 * row.size or abs(right - columns[hits[0]][1]) < 0.6 * row.size
        )
        if len(hits) != 1 or not aligned or hits[0] in placed:
            return None
        placed.append(hits[0])
    return placed


def _widened(columns: list[tuple[float, float]], placed: list[int], row: Row) -> list[tuple[float, float]]:
    wider = list(columns)
    for column, part in zip(placed, row.segments, strict=True):
        wider[column] = (min(columns[column][0], part[0].left), max(columns[column][1], part[-1].right))
    return wider
