"""What Word shows of a paragraph: insertions and the results of fields; no deletions, codes or hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml.etree import _Element

from ingest.blocks import raised
from ingest.loaders.notes import reference

_NOT_SHOWN = frozenset(
    qn(f"w:{name}") for name in "del moveFrom txbxContent pPr instrText delText delInstrText sdtPr rt".split()
)
_SPACE = frozenset(qn(f"w:{name}") for name in ("tab", "ptab", "p", "tc"))
_PROMPT = re.compile(
    r"^(?:klik|tik|click|tap|kies|choose|selecteer)\b.{0,60}\b(?:tekst|text|item|datum|date|optie)\b", re.I
)
_SYMBOLS = {
    "wingdings": {
        0x6F: "☐", 0x71: "☐", 0xA8: "☐", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xFC: "✓", 0xFB: "✗", 0xE0: "→", 0xF0: "→",
        0xE8: "→", 0xD8: "➢", 0xA7: "▪", 0x9F: "•", 0x6C: "●", 0x6E: "■", 0x76: "❖", 0x4A: "☺", 0x28: "☎", 0x2A: "✉",
    },
    "symbol": {0xB7: "•", 0xAE: "→", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB9: "≠", 0xA5: "∞", 0x6D: "μ"},
}  # fmt: skip
"""Characters of Word's picture fonts, which stand in the file as numbers of that font."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class WordText:
    """Reads visible text; holds the marks that notes are shown with and the character styles that hide text."""

    def __init__(self, marks: dict[tuple[str, str], str], hidden_styles: frozenset[str]) -> None:
        self._marks = marks
        self._hidden_styles = hidden_styles

    def of(self, element: _Element) -> str:
        """The text of a paragraph, cell or note with its forced line breaks; text boxes in it are left out."""
        text = "".join(self._parts(element, []))
        return _PRIVATE.sub(lambda found: _symbol(ord(found[0]), ""), text)

    def _parts(self, node: _Element, fields: list[bool]) -> Iterator[str]:
        """Pieces of text; `fields` holds for every open field whether its result has begun."""
        for child in node:
            tag = child.tag
            if not isinstance(tag, str) or tag in _NOT_SHOWN or self._is_hidden(child):
                continue
            if tag == f"{_ALTERNATE}AlternateContent":
                yield from self._parts(chosen(child), fields)
            elif tag == qn("w:fldChar"):
                yield _field(child, fields)
            elif tag in (qn("w:t"), f"{_MATH}t"):
                yield (child.text or "") if all(fields) else ""
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                kind = "footnote" if tag == qn("w:footnoteReference") else "endnote"
                mark = self._marks.get((kind, child.get(qn("w:id"), "")))
                yield reference(mark) if mark else ""
            elif tag == qn("w:sdt"):
                yield from self._control(child, fields)
            elif _is_raised(child):
                text = "".join(self._parts(child, fields))
                yield raised(text) if re.fullmatch(r"\s*\d{1,3}\s*", text) else text
            elif all(fields) and (plain := _sign(child)) is not None:
                yield plain
            else:
                yield " " if tag in _SPACE else ""
                yield from self._parts(child, fields)

    def _control(self, control: _Element, fields: list[bool]) -> Iterator[str]:
        """A content control: its content, but not the prompt of an empty one ("Klik om tekst in te voeren")."""
        properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
        if content is None:
            return
        text = "".join(self._parts(content, list(fields)))
        empty = properties is not None and properties.find(qn("w:showingPlcHdr")) is not None
        if not (empty and _PROMPT.match(text.strip())):
            yield text

    def _is_hidden(self, run: _Element) -> bool:
        if run.tag != qn("w:r"):
            return False
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return False
        own = properties.find(qn("w:vanish"))
        if own is not None:
            return own.get(qn("w:val")) not in ("0", "false", "off")
        style = properties.find(qn("w:rStyle"))
        return style is not None and style.get(qn("w:val")) in self._hidden_styles


def chosen(alternate: _Element) -> list[_Element]:
    """The one of several equivalent contents that Word shows: the first choice, the fallback where there is none."""
    choices = [c for c in alternate if c.tag == f"{_ALTERNATE}Choice"]
    return choices[:1] or [c for c in alternate if c.tag == f"{_ALTERNATE}Fallback"]


def is_prompt(control: _Element, text: str) -> bool:
    """Whether a content control around paragraphs holds nothing but Word's own prompt."""
    properties = control.find(qn("w:sdtPr"))
    return properties is not None and properties.find(qn("w:showingPlcHdr")) is not None and bool(_PROMPT.match(text))


def _is_raised(run: _Element) -> bool:
    """Whether a run is set in superscript, as authors do with the marks of notes that they type."""
    raising = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") if run.tag == qn("w:r") else None
    return raising is not None and raising.get(qn("w:val")) == "superscript"


def _field(mark: _Element, fields: list[bool]) -> str:
    """Follows where a field's code ends and its result begins; a box to be ticked is shown by a field without one."""
    kind = mark.get(qn("w:fldCharType"))
    if kind == "begin":
        fields.append(False)
        box = mark.find(f"{qn('w:ffData')}/{qn('w:checkBox')}")
        if box is not None:
            return "☒" if _is_ticked(box) else "☐"
    elif kind == "separate" and fields:
        fields[-1] = True
    elif kind == "end" and fields:
        fields.pop()
    return ""


def _is_ticked(box: _Element) -> bool:
    state = box.find(qn("w:checked"))
    state = state if state is not None else box.find(qn("w:default"))
    return state is not None and state.get(qn("w:val")) not in ("0", "false", "off")


def _sign(element: _Element) -> str | None:
    """Elements that stand for one character; None for all others."""
    if element.tag == qn("w:br"):
        return " " if element.get(qn("w:type")) in ("page", "column") else "\n"
    if element.tag == qn("w:cr"):
        return "\n"
    if element.tag == qn("w:noBreakHyphen"):
        return "-"
    if element.tag == qn("w:sym"):
        code = element.get(qn("w:char"), "")
        font = element.get(qn("w:font"), "")
        return _symbol(int(code, 16), font) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else ""
    return None


def _symbol(code: int, font: str) -> str:
    """The character that a picture font shows for a code; nothing where we do not know it."""
    named = "symbol" if font.lower().startswith("symbol") else "wingdings"
    other = "wingdings" if named == "symbol" else "symbol"
    if 0xE000 <= code <= 0xF8FF or (code < 0x100 and font.lower().startswith(("wingdings", "symbol"))):
        low = code & 0xFF
        return _SYMBOLS[named].get(low) or ("" if font else _SYMBOLS[other].get(low, ""))
    return chr(code) if code >= 0x20 and not 0xD800 <= code <= 0xDFFF else ""
