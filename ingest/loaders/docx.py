"""Word documents: styles and outline levels give headings, lists their true numbers, tables their rows.

`word_numbering` computes the automatic numbers, `word_text` what is visible of a paragraph, `word_tables` reads tables.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from lxml.etree import LxmlError

from ingest.blocks import Block, Source, clean_line
from ingest.errors import UnreadableDocument
from ingest.loaders.divisions import with_division_levels
from ingest.loaders.word_body import read_body

_MAX_UNPACKED = 300 * 1024 * 1024  # bytes; a text document never comes near this
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, LxmlError, PythonDocxError, XmlchemyError, OpcError, SyntaxError, LookupError,
    ValueError, TypeError, AttributeError, RuntimeError, EOFError, OSError,
)  # fmt: skip
"""What zipfile, lxml and python-docx raise on files that are no sound Word documents."""
_NO_TITLE = re.compile(
    r"\.(?:docx?|dotx?|docm|pdf|rtf|odt)\b|"
    r"^(?:microsoft word|(?:word[- ])?document\s?\d*$|sjabloon|template|titel$|title$)",
    re.I,
)
"""Titles that Word or a template gave: the name of a file or of the template, not of the document."""


def load_docx(data: bytes) -> Source:
    """Reads a .docx file; without headings in styles or outline levels it is not `styled` and keeps them as text.

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
        blocks = _with_title(with_division_levels(read_body(word)))
        stated = clean_line(word.core_properties.title or "")
    except _DAMAGE as error:
        raise UnreadableDocument(
            "the file is not a readable Word document (damaged, protected by a password, or another format under "
            "the name .docx). Open it in a word processor and save it again"
        ) from error
    title = next((b.text for b in blocks if b.role == "heading" and b.level == 0), None)
    if title is None and stated and not _NO_TITLE.search(stated):
        title = stated
    styled = any(b.role == "heading" and b.level for b in blocks)
    if not styled:  # a title alone is no outline: the headings are to be found in the text
        blocks = [Block(b.text) if b.role == "heading" else b for b in blocks]
    return Source(tuple(blocks), styled=styled, title=title)


def _with_title(blocks: list[Block]) -> list[Block]:
    """Takes the first heading for the title of a document that styles none as such.

    Only where it has no number and another heading as high stands right below it: nothing is said under it.
    """
    headings = [b for b in blocks if b.role == "heading"]
    if len(blocks) < 2 or any(b.level == 0 for b in headings) or blocks[0].role != "heading" != blocks[1].role:
        return blocks
    first, second = blocks[:2]
    if second.role == "heading" and first.level == second.level and not re.match(r"[\d§]", first.text):
        blocks = [Block(first.text, role="heading", level=0), *blocks[1:]]
    return blocks
