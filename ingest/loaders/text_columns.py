"""What plain text shows by spaces alone: columns of a table, fields of a title block, names side by side.

Columns are told by the gutters between them: two or more places that are blank in every line. Cells may be aligned to
the left or to the right, and may lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from ingest.blocks import Block, clean_line
from ingest.loaders.tables import FIELD, Cell, Row, table_blocks
from ingest.names import is_name, is_office, is_signer

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_MARKER = re.compile(
    r" *(?:[^\w\s(€]|o|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]?|"
    r"(?:boek|deel|hoofdstuk|titel|afdeling|paragraaf|artikel|bijlage|tabel|figuur) [\dA-Z.:]+) +(?=\S)",
    re.I,
)
"""What stands before an item, a heading or a caption, with the spaces after it: these make no column."""
_LABELLED = re.compile(r"(?P<indent> *)(?P<label>[^\W\d_][^\s:|]*(?: [^\s:|]+){0,3}):(?P<gap> +)(?P<value>\S.*)")
_PAGE = re.compile(r"\d{1,3}")
_LONG = 25  # characters in each of two cells; where most rows have that, these are columns of a page
_WIDEST = 300  # characters of a line that is laid out in columns
_WIDE = 4  # places between two columns of two lines
_ROOM = 5  # blank lines that leave room for a signature


def laid_out(lines: list[str]) -> Iterator[str | Block]:
    """The lines with what lies in columns as blocks: rows of tables, one field a line, one person a line."""
    rest = list(_with_signatures(_with_round_bullets(lines)))
    for kind, run in groupby(rest, key=lambda line: isinstance(line, str) and bool(line.strip())):
        if kind:
            yield from _paragraph([line for line in run if isinstance(line, str)])
        else:
            yield from run


def _with_round_bullets(lines: list[str]) -> list[str]:
    """The lines with "o" before several items, as Word writes its hollow bullet in plain text, as that bullet."""
    found = [i for i, line in enumerate(lines) if re.match(r"\s*o[ \t]+\S", line)]
    near = {i for a, b in pairwise(found) if b - a <= 8 for i in (a, b)}
    return [re.sub(r"o[ \t]+", "○ ", line, count=1) if i in near else line for i, line in enumerate(lines)]


def _with_signatures(lines: list[str]) -> Iterator[str | Block]:
    """The lines with those who signed side by side as one line a person: the office, and the name over or under it."""
    at = 0
    while at < len(lines):
        upper = _cells(lines[at])
        below = next((i for i in range(at + 1, min(at + 2 + _ROOM, len(lines))) if lines[i].strip()), at)
        persons = _persons(upper, _cells(lines[below]) if below > at else [])
        if len(upper) > 1 and all(map(is_signer, upper)):
            persons, below = upper, at
        if persons:
            yield from (Block(person, gap=1) for person in persons)
            at = below
        else:
            yield lines[at]
        at += 1


def _persons(upper: list[str], lower: list[str]) -> list[str]:
    """Offices and names from two lines of as many columns; none where one is not the one and the other the other."""
    if len(upper) < 2 or len(upper) != len(lower):
        return []
    signed = (all(map(is_office, upper)) and all(map(is_name, lower))) or (
        all(map(is_name, upper)) and all(map(is_office, lower))
    )
    return [f"{a} {b}" for a, b in zip(upper, lower, strict=True)] if signed else []


def _cells(line: str) -> list[str]:
    return re.split(r" {2,}|\t+", line.strip())


def _paragraph(lines: list[str]) -> Iterator[str | Block]:
    """Lines without a blank one between them: runs of fields, and the tables and the text between these."""
    found = [_field(line) for line in lines]
    plain: list[str] = []
    at = 0
    while at < len(lines):
        blocks, end = _fields(lines, found, at)
        if len(blocks) > 1:
            yield from (*_with_tables(plain), *blocks)
            plain, at = [], end
        else:
            plain.append(lines[at])
            at += 1
    yield from _with_tables(plain)


def _field(line: str) -> str | None:
    """The label of a field: of one whose value is aligned by spaces, or one that title blocks have."""
    found = _LABELLED.fullmatch(line.rstrip())
    return found["label"] if found and (len(found["gap"]) > 1 or FIELD.match(found["label"])) else None


def _fields(lines: list[str], labels: list[str | None], start: int) -> tuple[list[Block], int]:
    """A block for each field from `start` on, and where they end; none where no field stands there."""
    blocks: list[Block] = []
    at = start
    while at < len(lines):
        text, label = clean_line(lines[at]), labels[at]
        if label:
            blocks.append(Block(text, role="row", term=label, gap=int(not blocks)))
        elif blocks and _continues(lines[at], lines[start], text):
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} {text}")
        else:
            break
        at += 1
    return blocks, at


def _continues(line: str, first: str, text: str) -> bool:
    """Whether a line goes on with the value above it: indented under it, or begun in lower case."""
    return _indent(line) > _indent(first) + 1 or text[:1].islower()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _with_tables(lines: list[str]) -> Iterator[str | Block]:
    at = 0
    while at < len(lines):
        end, gutters = _table(lines, at)
        rows = _rows(lines[at:end], gutters)
        if rows and _is_table(lines[at:end], rows):
            cells = [Row(tuple(Cell(text, column=i) for i, text in enumerate(row))) for row in rows]
            for i, block in enumerate(table_blocks(cells)):
                yield replace(block, gap=int(i == 0))
            at = end
        else:
            yield lines[at]
            at += 1


def _table(lines: list[str], start: int) -> tuple[int, list[int]]:
    """Where the lines end that share gutters with the one at `start`, and where these gutters begin.

    A line without columns of its own may stand between rows (a cell that runs on), if it keeps clear of the gutters.
    """
    end, at, filled = start, start, 0
    gutters: list[int] = []
    while at < len(lines) and (_has_gap(lines[at]) or (at > start and len(lines[at]) <= _WIDEST)):
        together = filled | _filled(lines[at])
        found = _gutters(together)
        aligned = _has_gap(lines[at])
        if not found or len(found) * 2 < len(gutters) or (not aligned and len(found) < len(gutters)):
            break
        at, filled, gutters = at + 1, together, found
        end = at if aligned or _indent(lines[at - 1]) > gutters[0] else end
    return end, gutters


def _has_gap(line: str) -> bool:
    marker = _MARKER.match(line)
    return "\t" not in line and len(line) <= _WIDEST and bool(_GAP.search(line, marker.end() if marker else 0))


def _filled(line: str) -> int:
    """A bit for each place of a line where something stands."""
    return int("".join("0" if place == " " else "1" for place in reversed(line)) or "0", 2)


def _gutters(filled: int) -> list[int]:
    """Where columns of two or more blank places begin that have text on both sides."""
    return [found.start() for found in re.finditer(r"(?<=1)00+(?=1)", f"{filled:b}"[::-1])]


def _rows(lines: list[str], gutters: list[int]) -> list[list[str]]:
    """The cells of each line; a line that only has text further right goes on with the cells above it."""
    rows: list[list[str]] = []
    for line in lines:
        edges = [0, *gutters, len(line)]
        cells = [clean_line(line[a:b]) for a, b in pairwise(edges)]
        if rows and not cells[0] and len(rows) > 1 and sum(map(bool, cells)) == 1:
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows


def _is_table(lines: list[str], rows: list[list[str]]) -> bool:
    """Whether rows of cells are a table: not justified text, not the columns of a page, no table of contents."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    spread = sum(bool(re.search(r"\S {3,}\S", line)) for line in lines)
    narrow = len(rows) == 2 and len(rows[0]) == 2 and not all(re.search(rf"\S {{{_WIDE},}}\S", line) for line in lines)
    prose = sum(sum(len(cell) > _LONG for cell in row) > 1 for row in rows)
    lasts = [row[-1] for row in rows]
    counted = all(map(_PAGE.fullmatch, lasts)) and all(int(a) <= int(b) for a, b in pairwise(lasts))
    contents = counted and (len(rows[0]) == 2 or all(_MARKER.match(f"{row[0]} x") for row in rows))
    return spread * 2 >= len(lines) and not narrow and prose * 2 <= len(rows) and not contents
