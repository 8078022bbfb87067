"""Pieces of Word files that python-docx has no words for: lists, notes, boxes, fields."""

from __future__ import annotations

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.blocks import Source
from ingest.loaders.docx import load_docx
from tests.making import saved

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def element(xml: str):
    """An element from its markup, with the names of Word's own namespaces known."""
    end = min(i for i in (xml.find(">"), xml.find(" "), xml.find("/>")) if i > 0)
    return parse_xml(f"{xml[:end]} {NAMES}{xml[end:]}")


def load(word) -> Source:
    return load_docx(saved(word))


def shown(word) -> list[str]:
    return [block.text for block in load(word).blocks]


def level(at: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def define(word, abstract: int, levels: str, *nums: tuple[int, str], head: str = "") -> None:
    """Adds an abstract list and its instances: the number of each with its overrides."""
    numbering = word.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    new = element(f'<w:abstractNum w:abstractNumId="{abstract}">{head}{levels}</w:abstractNum>')
    first.addprevious(new)
    for number, overrides in nums or ((abstract, ""),):
        numbering.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'))


def numbered(word, text: str, num: int, at: int = 0, style: str | None = None):
    paragraph = word.add_paragraph(text, style=style)
    paragraph._p.get_or_add_pPr().append(element(f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>'))
    return paragraph


def give_style_a_list(word, style: str, num: int, at: int | None = None) -> None:
    place = f'<w:ilvl w:val="{at}"/>' if at is not None else ""
    properties = word.styles[style].element.get_or_add_pPr()
    properties.append(element(f'<w:numPr>{place}<w:numId w:val="{num}"/></w:numPr>'))


def add_notes(word, kind: str, notes: dict[int, str]) -> None:
    """Adds the part with footnotes or endnotes, by their internal ids."""
    inner = "".join(
        f'<w:{kind} w:id="{i}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:{kind}>'
        for i, text in notes.items()
    )
    separator = f'<w:{kind} w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    blob = f'<?xml version="1.0"?><w:{kind}s xmlns:w="{W}">{separator}{inner}</w:{kind}s>'.encode()
    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), content, blob, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES if kind == "footnote" else RELATIONSHIP_TYPE.ENDNOTES)


def refer(paragraph, kind: str, identifier: int) -> None:
    paragraph._p.append(element(f'<w:r><w:{kind}Reference w:id="{identifier}"/></w:r>'))


def new():
    return docx.Document()
