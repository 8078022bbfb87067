"""Word documents: styles give headings and lists, tables give rows; python-docx reads them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError, _Element

from ingest.blocks import Block, Source, clean_line
from ingest.errors import UnreadableDocument

_HEADING = re.compile(r"^(?:heading|kop|überschrift)\s*(\d)", re.I)
_CONTENTS = re.compile(r"^(?:toc|inhopg)\s*\d", re.I)
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "smartTag"))
_SPACE = frozenset(qn(f"w:{name}") for name in ("tab", "br", "cr", "p"))
_NOT_SHOWN = frozenset(qn(f"w:{name}") for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr"))
_MAX_UNPACKED = 300 * 1024 * 1024  # bytes; a text document never comes near this
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, LxmlError, PythonDocxError, XmlchemyError, OpcError, SyntaxError, LookupError,
    ValueError, TypeError, AttributeError, RuntimeError, EOFError, OSError,
)  # fmt: skip
"""What zipfile, lxml and python-docx raise on files that are no sound Word documents."""


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
        blocks = tuple(_blocks(word))
        stated = clean_line(word.core_properties.title or "")
    except _DAMAGE as error:
        raise UnreadableDocument(
            "the file is not a readable Word document (damaged, protected by a password, or another format under "
            "the name .docx). Open it in a word processor and save it again"
        ) from error
    styled = any(block.role == "heading" for block in blocks)
    title = next((b.text for b in blocks if b.role == "heading" and b.level == 0), None)
    return Source(blocks, styled=styled, title=title or stated or None)


def _blocks(word: WordDocument) -> Iterator[Block]:
    number = 0
    for element in _elements(word.element.body):
        if element.tag == qn("w:tbl"):
            yield from _rows(Table(element, word))
            continue
        paragraph = Paragraph(element, word)
        text = _text(element)
        styles = _styles(paragraph)
        numbered = bool(re.match(r"list number|lijstnummering", styles[0], re.I))
        number = number + 1 if numbered else 0
        if text:
            yield _paragraph(paragraph, text, styles, number)
    yield from _footnotes(word)


def _elements(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in reading order, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _elements(child)


def _text(element: _Element) -> str:
    """What Word shows of an element: insertions are text, deletions are not; a footnote leaves its number."""

    def parts(node: _Element) -> Iterator[str]:
        for child in node:
            if child.tag in _NOT_SHOWN or not isinstance(child.tag, str) or child.tag.endswith("}Fallback"):
                continue
            if child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag == qn("w:noBreakHyphen"):
                yield "-"
            elif child.tag == qn("w:footnoteReference"):
                yield f" {child.get(qn('w:id'))}"
            else:
                yield " " if child.tag in _SPACE else ""
                yield from parts(child)

    return clean_line("".join(parts(element)))


def _styles(paragraph: Paragraph) -> list[str]:
    """Names of the paragraph's style and of the styles it builds on; templates name their own after "Heading 1"."""
    names: list[str] = []
    style = paragraph.style
    while style is not None and len(names) < 10:
        names.append(style.name or "")
        style = style.base_style
    return names or [""]


def _paragraph(paragraph: Paragraph, text: str, styles: list[str], number: int) -> Block:
    name = styles[0].lower()
    if name in ("title", "titel"):
        return Block(text, role="heading", level=0)
    heading = next((found for found in map(_HEADING.match, styles) if found), None)
    if heading:
        return Block(text, role="heading", level=int(heading[1]))
    if _CONTENTS.match(name):
        return Block(text, role="caption", term="contents")
    if number:
        return Block(f"{number}. {text}", role="item")
    properties = paragraph._p.pPr
    if "list" in name or "lijst" in name or (properties is not None and properties.numPr is not None):
        return Block(f"- {text}", role="item")
    return Block(text, role="caption" if name in ("caption", "bijschrift") else "text")


def _rows(table: Table) -> Iterator[Block]:
    for at, row in enumerate(table.rows):
        seen, cells = set(), []
        for cell in row.cells:
            if cell._tc not in seen:  # a merged cell is given once for every column it spans
                seen.add(cell._tc)
                cells.append(_text(cell._tc))
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield Block(text, role="row", header=at == 0, term=None if at == 0 else (cells[0] or None))


def _footnotes(word: WordDocument) -> Iterator[Block]:
    part = next((rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/footnotes")), None)
    if part is None:
        return
    for note in parse_xml(part.blob):
        text = _text(note)
        if text and note.get(qn("w:type")) is None:  # separators carry a type
            yield Block(f"{note.get(qn('w:id'))} {text}", role="footnote")
