"""Tables of Word documents: merged cells, heading rows, tables in tables, and tables that only arrange the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from docx.oxml.ns import qn
from lxml.etree import _Element

from ingest.blocks import Block
from ingest.loaders.tables import Cell, Row, frames_text, table_blocks

_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins"))
_FEW_ROWS = 3  # a table with a table inside it and no more rows than this arranges the page

Reader = Callable[[_Element], Iterator[Block]]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell of the file: where it begins, how many columns it spans, whether it goes on from the row above."""

    element: _Element
    column: int
    columns: int
    goes_on: bool
    blocks: tuple[Block, ...]


def read_table(table: _Element, read: Reader) -> Iterator[Block]:
    """The rows of a table, or the blocks of its cells where it only arranges them; `read` gives a cell's blocks."""
    lines = [(_cells(row, read), row) for row in _inside(table, "w:tr") if not _is_deleted(row)]
    rows = [
        Row(tuple(_cell(cell, lines[at + 1 :]) for cell in cells if not cell.goes_on), _is_header(row))
        for at, (cells, row) in enumerate(lines)
    ]
    if _arranges(lines, rows):
        for cells, _ in lines:
            for cell in cells:
                yield from cell.blocks
    else:
        yield from table_blocks(_leading_headers(rows))


def _arranges(lines: list[tuple[list[_Placed], _Element]], rows: list[Row]) -> bool:
    """Whether a table is layout: it frames text, or holds headings or tables of its own."""
    if frames_text(rows):
        return True
    headings = [at for at, (cells, _) in enumerate(lines) for c in cells if any(b.role == "heading" for b in c.blocks)]
    if headings and (len(lines) == 1 or any(headings)):  # headings in the first row alone name the columns
        return True
    nested = any(cell.element.find(f".//{qn('w:tbl')}") is not None for cells, _ in lines for cell in cells)
    return nested and len(lines) <= _FEW_ROWS and not any(row.header for row in rows)


def _cells(row: _Element, read: Reader) -> list[_Placed]:
    """The cells of a row with the columns they stand in."""
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    column = _number(before)
    found: list[_Placed] = []
    for cell in _inside(row, "w:tc"):
        properties = cell.find(qn("w:tcPr"))
        span = max(_number(properties.find(qn("w:gridSpan")) if properties is not None else None), 1)
        if found and _continues(properties, "w:hMerge"):
            found[-1] = replace(found[-1], columns=found[-1].columns + span)
        else:
            found.append(_Placed(cell, column, span, _continues(properties, "w:vMerge"), tuple(read(cell))))
        column += span
    return found


def _cell(placed: _Placed, below: list[tuple[list[_Placed], _Element]]) -> Cell:
    """A cell with the rows it spans; Word marks its continuation in each of them."""
    rows = 1
    for cells, _ in below:
        if not any(cell.goes_on and cell.column == placed.column for cell in cells):
            break
        rows += 1
    return Cell(
        " ".join(block.text for block in placed.blocks),
        columns=placed.columns,
        rows=rows,
        heads=_is_bold(placed.element),
        column=placed.column,
        paragraphs=len(placed.blocks),
    )


def _leading_headers(rows: list[Row]) -> list[Row]:
    """Rows with the heading mark only where Word obeys it: from the first row on."""
    count = next((at for at, row in enumerate(rows) if not row.header), len(rows))
    count = 0 if count == len(rows) else count
    return [replace(row, header=at < count) for at, row in enumerate(rows)]


def _inside(parent: _Element, tag: str) -> Iterator[_Element]:
    """Rows or cells, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _is_bold(cell: _Element) -> bool:
    runs = [run for run in cell.iter(qn("w:r")) if "".join(t.text or "" for t in run.iter(qn("w:t"))).strip()]
    bold = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    return bool(runs) and all(b is not None and b.get(qn("w:val")) not in ("0", "false", "off") for b in bold)


def _is_header(row: _Element) -> bool:
    mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def _is_deleted(row: _Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _continues(properties: _Element | None, tag: str) -> bool:
    merge = properties.find(qn(tag)) if properties is not None else None
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _number(element: _Element | None) -> int:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return int(value) if value.isdigit() else 0
