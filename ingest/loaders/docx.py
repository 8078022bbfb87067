"""Word documents: styles give headings and lists, tables give rows; python-docx reads them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.blocks import Block, Source, clean_line
from ingest.errors import UnreadableDocument

_HEADING = re.compile(r"^(?:heading|kop|überschrift)\s*(\d)", re.I)
_MAX_UNPACKED = 300 * 1024 * 1024  # bytes; a text document never comes near this


def load_docx(data: bytes) -> Source:
    """Reads a .docx file.

    Raises:
        UnreadableDocument: the file is damaged, is no Word document, or unpacks to an absurd size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MAX_UNPACKED:
            raise UnreadableDocument(
                f"the Word file unpacks to {unpacked // 2**20} MB (expected at most {_MAX_UNPACKED // 2**20} MB); "
                "it looks like a zip bomb and was left alone"
            )
        word = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableDocument(
            "the file is not a readable Word document (damaged, protected by a password, or another format under "
            "the name .docx). Open it in a word processor and save it again"
        ) from error
    blocks = tuple(_blocks(word))
    styled = any(block.role == "heading" for block in blocks)
    title = next((b.text for b in blocks if b.role == "heading" and b.level == 0), None)
    return Source(blocks, styled=styled, title=title or clean_line(word.core_properties.title or "") or None)


def _blocks(word: WordDocument) -> Iterator[Block]:
    number = 0
    for item in word.iter_inner_content():
        if isinstance(item, Table):
            yield from _rows(item)
            continue
        text = clean_line(item.text)
        style = (item.style.name or "") if item.style is not None else ""
        numbered = "list number" in style.lower() or "lijstnummering" in style.lower()
        number = number + 1 if numbered else 0
        if text:
            yield _paragraph(item, text, style, number)


def _paragraph(paragraph: Paragraph, text: str, style: str, number: int) -> Block:
    if style.lower() in ("title", "titel"):
        return Block(text, role="heading", level=0)
    heading = _HEADING.match(style)
    if heading:
        return Block(text, role="heading", level=int(heading[1]))
    if number:
        return Block(f"{number}. {text}", role="item")
    properties = paragraph._p.pPr
    if "list" in style.lower() or "lijst" in style.lower() or (properties is not None and properties.numPr is not None):
        return Block(f"- {text}", role="item")
    return Block(text, role="caption" if style.lower() in ("caption", "bijschrift") else "text")


def _rows(table: Table) -> Iterator[Block]:
    for at, row in enumerate(table.rows):
        seen, cells = set(), []
        for cell in row.cells:
            if id(cell._tc) not in seen:  # a merged cell is given once for every column it spans
                seen.add(id(cell._tc))
                cells.append(clean_line(cell.text))
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield Block(text, role="row", header=at == 0, term=None if at == 0 else (cells[0] or None))
