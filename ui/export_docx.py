"""A conversation as a Word document, with headings that a screen reader and a table of contents can use."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from assistant.language import Language
from ui.export import Block

_HEADINGS = {"title": 0, "question": 1, "document": 2, "sources": 2}
_SPOKEN = {"nl": "nl-NL", "en": "en-GB"}


def as_docx(blocks: Sequence[Block], language: Language) -> bytes:
    """The blocks of a conversation as a .docx file."""
    word = docx.Document()
    word.core_properties.author = "Kaderwijzer"
    word.core_properties.title = blocks[0].text if blocks else "Kaderwijzer"
    _speak(word, _SPOKEN[language])
    for block in blocks:
        if block.kind in _HEADINGS:
            word.add_heading(block.text, _HEADINGS[block.kind])
        elif block.kind == "source":
            _source(word, block)
        else:
            paragraph = word.add_paragraph(style="List Bullet" if block.kind == "item" else None)
            run = paragraph.add_run(block.text)
            run.bold, run.italic = block.kind == "section" or None, block.kind == "small" or None
            paragraph.paragraph_format.keep_with_next = block.kind == "section"
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _source(word: Word, block: Block) -> None:
    """A source with its number before it, hanging, and its address as a link."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.left_indent = Pt(24)
    paragraph.paragraph_format.first_line_indent = Pt(-24)
    paragraph.add_run(f"[{block.number}] {block.text}{' ' if block.url else ''}")
    if block.url:
        _link(paragraph, block.url)


def _link(paragraph: Paragraph, url: str) -> None:
    """A link that shows its address; python-docx has no call for one."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(url)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _speak(word: Word, language: str) -> None:
    """States the language of the text; the template states American English."""
    properties = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    stated = properties.find(qn("w:lang"))
    if stated is None:
        stated = OxmlElement("w:lang")
        properties.append(stated)
    stated.set(qn("w:val"), language)
