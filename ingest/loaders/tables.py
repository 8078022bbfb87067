"""Tables of every format: spans written out so that each row can be read alone, the heading rows told apart.

A row is written with " | " between its cells. Under a heading row an empty cell keeps its place, for the columns
carry the meaning; a table without one (a form, a list of fields) leaves empty cells out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from ingest.blocks import Block

_MAX_SPAN = 100  # columns of one cell; a page may ask for millions
_HEADING_CELL = 80  # characters; a longer cell says something rather than naming a column
_TITLE = 150  # characters of a row that spans the table and names it
_LONG = 600  # characters in one cell, from which on it is running text
_PARAGRAPHS = 3  # in a cell of running text
_NUMBER = re.compile(r"^[\d.,:/()€%\s*-]*\d[\d.,:/()€%\s*-]*$")
_VALUE = re.compile(r"_{3,}|\.{4,}|…|€ ?\d|\d{1,2}[-/ ](?:\d{1,2}|[a-z]{3,9})[-/ ]\d{4}|@|https?://")
FIELD = re.compile(
    r"^(?:aan|van|onderwerp|datum|naam|adres|postcode|plaats|woonplaats|telefoon\w*|e-?mail\w*|kenmerk|ons kenmerk|"
    r"auteurs?|versie|status|opdrachtgever|portefeuillehouders?|steller|afdeling|team|behandel\w*|zaaknummer|"
    r"registratienummer|documentnummer|raads\w+|college\w*|geboortedatum|contactpersoon|bijlagen?|looptijd)\b",
    re.I,
)
"""A label that stands before a value on title pages and in forms."""
_POINT_IN_TIME = re.compile(
    r"^(?:(?:begin|medio|eind|voorjaar|zomer|najaar|winter|q[1-4]|\d(?:e|ste|de) (?:kwartaal|helft)|\d{1,2}) )?"
    r"(?:(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) )?(?:19|20)\d\d$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the source states it: the columns and rows it spans, and whether it is written as a heading.

    `column` is its first column (from 0) where the source names it; `paragraphs` counts those it holds.
    """

    text: str
    columns: int = 1
    rows: int = 1
    heads: bool = False
    column: int | None = None
    paragraphs: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `header` where the source states that it is a heading row."""

    cells: tuple[Cell, ...]
    header: bool = False


Grid = list[list[Cell | None]]


def table_blocks(rows: Sequence[Row], caption: str = "") -> Iterator[Block]:
    """The caption and the rows of a table; cells that span are repeated in every row, once in each."""
    lines = _without_empty(_grid(rows), rows)
    if caption:
        yield Block(caption, role="caption")
    if lines and _is_title(lines[0][0], len(lines)):
        yield Block(_texts(lines[0][0])[0], role="caption")
        lines = lines[1:]
    lines = _with_guessed_header(lines)
    headed = any(header for _, header in lines)
    for header, run in groupby(lines, key=lambda line: line[1]):
        cells = [line for line, _ in run]
        for texts, term in [(_joined(cells), None)] if header else [(_texts(line), _term(line)) for line in cells]:
            kept = texts if headed else [text for text in texts if text]
            text = re.sub(r" +", " ", " | ".join(kept)).strip().removesuffix(" |")
            while text.endswith(" |"):
                text = text.removesuffix(" |")
            yield Block(text, role="row", header=header, term=term)


def frames_text(rows: Sequence[Row]) -> bool:
    """Whether a table only arranges text: one column, or two of which most rows hold paragraphs of running text."""
    lines = [line for line, _ in _without_empty(_grid(rows), rows)]
    width = len(lines[0]) if lines else 0
    long = sum(any(c and len(c.text) > _LONG and c.paragraphs >= _PARAGRAPHS for c in line) for line in lines)
    return width == 1 or (width == 2 and long * 2 > len(lines))


def _grid(rows: Sequence[Row]) -> Grid:
    """The cell at every place of the table; the same object wherever a cell spans."""
    grid: Grid = [[] for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            column = cell.column if cell.column is not None else column
            while cell.column is None and column < len(grid[at]) and grid[at][column] is not None:
                column += 1
            last = column + min(max(cell.columns, 1), _MAX_SPAN)
            for line in grid[at : at + max(cell.rows, 1)]:
                line.extend([None] * (last - len(line)))
                line[column:last] = [cell] * (last - column)
            column = last
    width = max(map(len, grid), default=0)
    return [line + [None] * (width - len(line)) for line in grid]


def _without_empty(grid: Grid, rows: Sequence[Row]) -> list[tuple[list[Cell | None], bool]]:
    """The lines that hold text, with whether they are stated headings, less the columns that hold none."""
    width = len(grid[0]) if grid else 0
    used = [i for i in range(width) if any((cell := line[i]) and cell.text for line in grid)]
    lines = [([line[i] for i in used], row.header) for line, row in zip(grid, rows, strict=True)]
    return [(line, header) for line, header in lines if any(cell and cell.text for cell in line)]


def _is_title(line: list[Cell | None], count: int) -> bool:
    """Whether a first row is one cell over the whole width: the table's title, when a table follows."""
    first = line[0]
    return (
        count > 2 and len(line) > 1 and first is not None and all(c is first for c in line) and len(first.text) < _TITLE
    )


def _with_guessed_header(lines: list[tuple[list[Cell | None], bool]]) -> list[tuple[list[Cell | None], bool]]:
    """Where the source states no heading row: the first one, if it reads like names of columns."""
    if not lines or any(header for _, header in lines):
        return lines
    deep = _guessed_depth([line for line, _ in lines])
    return [(line, at < deep) for at, (line, _) in enumerate(lines)]


def _guessed_depth(lines: list[list[Cell | None]]) -> int:
    """How many rows the heading of a table has: as many as its first cells span, none if they name no columns."""
    first, rest = lines[0], lines[1:]
    texts = [cell.text if cell else "" for cell in first]
    if not rest or len(first) < 2 or not all(texts[1:]) or any(map(_says_something, texts)):
        return 0
    if len(set(texts)) == 1 and not all(cell is first[0] for cell in first):
        return 0
    firsts = [line[0].text if line[0] else "" for line in lines if line is first or line[0] is not first[0]]
    if sum(map(bool, texts)) < 2 or texts[0] in firsts[1:] or all(map(_NUMBER.match, firsts)):
        return 0
    if all(map(_POINT_IN_TIME.match, firsts)):  # a planning, from its first line on
        return 0
    if len(first) == 2 and sum(bool(FIELD.match(text)) for text in firsts) > 1:
        return 0
    heads = [cell is not None and cell.heads for cell in first]
    below = [line[0] is not None and line[0].heads for line in rest]
    if heads[0] and not any(heads[1:]) and all(below):  # every row begins with its own heading
        return 0
    deepest = max(cell.rows for cell in first if cell)
    grouped = any(a is b for a, b in pairwise(first))
    return deepest if grouped and 1 < deepest < len(lines) else 1


def _says_something(text: str) -> bool:
    return text.endswith((":", ".")) or len(text) > _HEADING_CELL or bool(_VALUE.search(text))


def _texts(line: list[Cell | None]) -> list[str]:
    """The texts of a row; one that spans columns stands there once, for repeated it would read as several values."""
    return [
        cell.text if cell else "" for at, cell in enumerate(line) if not at or cell is None or cell is not line[at - 1]
    ]


def _joined(lines: list[list[Cell | None]]) -> list[str]:
    """The names of the columns; under a name that spans several, each has that name in front of its own."""
    if len(lines) == 1:
        return _texts(lines[0])
    columns = list(zip(*lines, strict=True))
    kept = [
        column
        for at, column in enumerate(columns)
        if not at or any(a is not b for a, b in zip(column, columns[at - 1], strict=True))
    ]
    return [" ".join(dict.fromkeys(cell.text for cell in column if cell and cell.text)) for column in kept]


def _term(line: list[Cell | None]) -> str | None:
    """What a row is about: the headings it begins with, or its first cell."""
    heads = [cell.text for cell in takewhile(lambda cell: cell is not None and cell.heads, line) if cell]
    if 0 < len(heads) < len(line):
        return ", ".join(dict.fromkeys(filter(None, heads))) or None
    return line[0].text or None if line[0] else None
