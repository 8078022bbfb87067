"""The body of a Word document as blocks: paragraphs by their styles and numbers, text boxes, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element

from ingest.blocks import Block, clean_line
from ingest.loaders.lists import broken_lines, item, starts_item
from ingest.loaders.notes import attached, note
from ingest.loaders.word_numbering import Numbering
from ingest.loaders.word_tables import read_table
from ingest.loaders.word_text import WordText, chosen, is_prompt
from ingest.numbering import parse_label

_HEADING = re.compile(r"^(?:heading|kop|überschrift)\s*([1-9])\b", re.I)
_CONTENTS = re.compile(
    r"^(?:toc|inhopg|inhoudsopgave|table of figures|lijst met (?:afbeeldingen|figuren|tabellen))\s*\d?$|"
    r"^(?:toc heading|kop ?van inhoudsopgave|kopvaninhoudsopgave|inhopg kop)", re.I)  # fmt: skip
_BULLETED = re.compile(r"^(?:list bullet|lijstopsomteken|opsomming)", re.I)
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_GONE = frozenset(qn(f"w:{name}") for name in ("del", "moveFrom"))
_BODY_TEXT = 9  # the outline level (from 0) of what is no heading
_TITLE_LENGTH = 150  # characters; a longer paragraph is no heading, whatever number it has


def read_body(word: WordDocument) -> list[Block]:
    """All blocks in reading order; footnotes and endnotes at the end, numbered as one series."""
    return _Body(word).blocks


class _Body:
    """Reads one document; holds its styles, lists and notes, and the text of a paragraph that runs on in the next."""

    def __init__(self, word: WordDocument) -> None:
        numbering = _part(word, "/numbering")
        self._styles = {style.get(qn("w:styleId")): style for style in word.styles.element.findall(qn("w:style"))}
        self._default = next((k for k, s in self._styles.items() if _is_default_paragraph(s)), None)
        self._numbering = Numbering(numbering, word.styles.element)
        hidden = (k for k, s in self._styles.items() if s.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None)
        order = list(dict.fromkeys(_references(word.element.body)))
        first = [key for key in order if key[0] == "footnote"]
        marks = {key: str(at) for at, key in enumerate([*first, *(k for k in order if k[0] == "endnote")], start=1)}
        self._text = WordText(marks, frozenset(k for k in hidden if k))
        self._carried = ""
        self.blocks = attached([*self._read(word.element.body), *self._notes(word, marks)])

    def _read(self, parent: _Element, contents: bool = False) -> Iterator[Block]:
        """Paragraphs and tables in reading order, also those inside content controls and tracked insertions."""
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, contents)
            elif child.tag == qn("w:tbl"):
                yield from read_table(child, self._read)
            elif child.tag == qn("w:sdt"):
                gallery = child.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
                is_contents = gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"
                inner = list(self._read(_content(child), contents or is_contents))
                yield from inner if not is_prompt(child, " ".join(b.text for b in inner)) else ()
            elif child.tag in _WRAPPERS:
                yield from self._read(child, contents)

    def _paragraph(self, paragraph: _Element, contents: bool) -> Iterator[Block]:
        properties = paragraph.find(qn("w:pPr"))
        text = self._carried + self._text.of(paragraph)
        self._carried = ""
        if _mark_has(properties, "w:del"):  # its end was deleted: it runs on in the next paragraph
            self._carried = text
            return
        if text.strip() or not _mark_has(properties, "w:vanish"):
            yield from self._shown(properties, text, contents)
        for box in _boxes(paragraph):
            yield from self._read(box)

    def _shown(self, properties: _Element | None, text: str, contents: bool) -> Iterator[Block]:
        """The blocks of a paragraph; an empty one is none, though Word counts it where it has a number."""
        style = _value(properties, "w:pStyle") or self._default
        place = self._numbering.place(properties, style)
        marker = self._numbering.marker(place) if place else ""
        line = clean_line(text)
        if not line:
            return
        names = [_value(s, "w:name") or "" for _, s in self._numbering.chain(style)] or [""]
        if contents or any(map(_CONTENTS.match, names)):
            yield Block(f"{marker} {line}".strip(), role="caption", term="contents")
            return
        name = names[0].lower()
        level = 0 if name in ("title", "titel") else self._heading_level(properties, style)
        if level is None and place and parse_label(f"{marker} x").division and len(line) < _TITLE_LENGTH:
            level = place[1] + 1  # "Artikel 3" written by a list
        if level is not None:
            bullet = marker in ("", "-")
            yield Block(line if bullet else f"{marker} {line}", role="heading", level=level)
        elif name in ("caption", "bijschrift"):
            yield Block(f"{marker} {line}".strip(), role="caption")
        else:
            yield from _lines(text, marker or ("-" if _BULLETED.match(name) else ""))

    def _heading_level(self, properties: _Element | None, style: str | None) -> int | None:
        """The level that the paragraph or the nearest of its styles states; None for text."""
        own = _value(properties, "w:outlineLvl")
        if own is not None:
            return _level(own)
        for _, element in self._numbering.chain(style):
            named = _HEADING.match(_value(element, "w:name") or "")
            stated = _value(element.find(qn("w:pPr")), "w:outlineLvl")
            if named:
                return int(named[1])
            if stated is not None:
                return _level(stated)
        return None

    def _notes(self, word: WordDocument, marks: dict[tuple[str, str], str]) -> Iterator[Block]:
        """The notes that the text refers to, in the order of their numbers."""
        parts = {kind: _part(word, f"/{kind}s") for kind in ("footnote", "endnote")}
        found = {
            (kind, str(element.get(qn("w:id")))): element
            for kind, part in parts.items()
            for element in (part if part is not None else ())
        }
        for key, mark in sorted(marks.items(), key=lambda entry: int(entry[1])):
            text = clean_line(self._text.of(found[key])) if key in found else ""
            if text:
                yield note(mark, text)


def _lines(text: str, marker: str) -> Iterator[Block]:
    """A paragraph of running text or an item of a list; its forced lines may be items that were typed."""
    for at, line in enumerate(broken_lines(text)):
        if at == 0 and marker:
            yield Block(item(marker, line), role="item")
        else:
            yield Block(line, role="item" if starts_item(line) else "text")


def _references(parent: _Element) -> Iterator[tuple[str, str]]:
    """Kind and id of every note referred to, in reading order; marks that the author typed himself are left out."""
    for child in parent:
        if child.tag in _GONE or not isinstance(child.tag, str):
            continue
        if child.tag.endswith("}AlternateContent"):
            for content in chosen(child):
                yield from _references(content)
        elif child.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            if child.get(qn("w:customMarkFollows")) in (None, "0", "false"):
                yield child.tag.rsplit("}", 1)[1].removesuffix("Reference"), child.get(qn("w:id"), "")
        else:
            yield from _references(child)


def _boxes(element: _Element) -> Iterator[_Element]:
    """The text boxes anchored in a paragraph, each once, though Word writes them in two ways."""
    for child in element:
        if child.tag == qn("w:txbxContent"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            for inner in chosen(child) if child.tag.endswith("}AlternateContent") else [child]:
                yield from _boxes(inner)


def _part(word: WordDocument, ending: str) -> _Element | None:
    """The root of a part of the package, by the end of its relationship's type."""
    rels = word.part.rels.values()
    part = next((r.target_part for r in rels if not r.is_external and r.reltype.endswith(ending)), None)
    return parse_xml(part.blob) if part is not None else None


def _content(control: _Element) -> _Element:
    found = control.find(qn("w:sdtContent"))
    return found if found is not None else []


def _is_default_paragraph(style: _Element) -> bool:
    return style.get(qn("w:default")) in ("1", "true") and style.get(qn("w:type")) == "paragraph"


def _mark_has(properties: _Element | None, tag: str) -> bool:
    """Whether the mark that ends a paragraph is deleted or hidden."""
    return properties is not None and properties.find(f"{qn('w:rPr')}/{qn(tag)}") is not None


def _level(stated: str) -> int | None:
    return int(stated) + 1 if stated.isdigit() and int(stated) < _BODY_TEXT else None


def _value(parent: _Element | None, tag: str) -> str | None:
    child = parent.find(qn(tag)) if parent is not None else None
    return child.get(qn("w:val")) if child is not None else None
