"""What stands on a page of a PDF: words with their place and type, and the ruled lines between them.

pdfium gives characters; asking it about each of them from Python is slow, so a word is asked about at its first and
its last character only. Places are in points (1/72 inch) from the top left corner of the page as it is read: pages
whose text runs sideways are turned first, and text at another angle (watermarks, stamps) is left out.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.blocks import clean_line
from ingest.loaders.pdf_drawings import Rule, drawn_rules, has_pictures

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,]bd", re.I)
_NO_NAME = re.compile(r"^(?:\w{6}\+)?(?:cidfont\+)?[ft]\d", re.I)  # "CIDFont+F2": the name says nothing
_FORCE_BOLD = 1 << 18  # flag in a font descriptor, PDF 32000-1 table 123
_BOLD_WEIGHT = 600  # of 100 to 900; derived from stem widths, and wrong for many a font that is named
_FILLED_AND_STROKED = 2  # text render mode by which some programs make their bold
_HYPHEN = 2  # pdfium's own code for a hyphen at the end of a line, whose word it runs on with the next line
_INVISIBLE = 3  # text render mode of the layer that OCR lays over a scan
_SLANT = math.radians(5)  # beyond this, text does not run along the page
_SYMBOLS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF0A8: "□", 0xF06F: "□", 0xF071: "□", 0xF06E: "■", 0xF06C: "●", 0xF0D8: "➢",
    0xF076: "❖", 0xF0FC: "✓", 0xF0E0: "→", 0xF0E8: "→", 0xF02D: "-", 0xF02A: "*", 0xF0DE: "⇒",
}  # fmt: skip
"""Bullets and arrows of the Symbol and Wingdings fonts, which Word writes to the private use area."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without white space between them; `base` is the base line, `glued` says no space goes before it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    glued: bool = False
    table: tuple[tuple[str, ...], ...] = ()
    """Rows of cells when this "word" is a whole table, laid out as one thing."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read: number from 1, size in points, and whether there are pictures on it."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    pictures: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    word: Word
    quarter: int | None  # quarter turns of its direction; None for slanted text
    hidden: bool


def read_page(page: pdfium.PdfPage, number: int) -> Page:
    """Reads the words and rules of one page.

    Raises:
        pdfium.PdfiumError: the page is damaged.
    """
    left, bottom, right, top = page.get_bbox()
    text_page = page.get_textpage()
    try:
        found = list(_words(text_page.raw, raw.FPDFText_CountChars(text_page.raw)))
    finally:
        text_page.close()
    turns = Counter(f.quarter for f in found if f.quarter is not None)
    quarter = turns.most_common(1)[0][0] if turns else 0
    hidden = sum(f.hidden for f in found)
    drop_hidden = 0 < hidden * 5 < len(found)  # hidden words are few: leftovers, not the OCR layer of a scan
    turn = _Turn(quarter or 0, left, bottom, right, top)
    words = [turn.word(f.word) for f in found if f.quarter == quarter and not (drop_hidden and f.hidden)]
    shown = [w for w in words if -1 <= w.left <= turn.width and -1 <= w.base <= turn.height + 1]
    drawn = [turn.rule(rule) for rule in drawn_rules(page.raw)]
    return Page(number, turn.width, turn.height, tuple(_once(shown)), tuple(drawn), has_pictures(page.raw))


@dataclass(frozen=True, slots=True)
class _Turn:
    """Turns places from PDF space (origin bottom left, y up) to the page as its text is read."""

    quarter: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.quarter % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.quarter % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        return {
            0: (x - self.left, self.top - y),
            1: (y - self.bottom, x - self.left),
            2: (self.right - x, y - self.bottom),
            3: (self.top - y, self.right - x),
        }[self.quarter]

    def word(self, word: Word) -> Word:
        """The word in place; until now `left` to `right` lay along its own direction."""
        if self.quarter == 0:
            return replace(word, left=word.left - self.left, right=word.right - self.left, base=self.top - word.base)
        start, base = {
            1: (word.left - self.bottom, word.base - self.left),
            2: (self.right - word.left, word.base - self.bottom),
            3: (self.top - word.left, self.right - word.base),
        }[self.quarter]
        return replace(word, left=start, right=start + abs(word.right - word.left), base=base)

    def rule(self, rule: Rule) -> Rule:
        (xa, ya), (xb, yb) = self.point(rule.x1, rule.y1), self.point(rule.x2, rule.y2)
        return Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _words(text: raw.FPDF_TEXTPAGE, count: int) -> Iterator[_Found]:
    """All words of a page in the order of its content stream."""
    start = 0
    characters: list[str] = []
    reader = _Reader(text)
    unicode_at = raw.FPDFText_GetUnicode
    for at in range(count + 1):
        code = unicode_at(text, at) if at < count else 32
        if code > 32 and code != 0xA0 and not 0x2000 <= code <= 0x200A and code not in (0x202F, 0x3000, 0xFFFE):
            if not characters:
                start = at
            characters.append(_SYMBOLS.get(code) or chr(code))
            continue
        if code in (_HYPHEN, 0xFFFE) and characters:
            characters.append("-")
            yield from reader.split(start, at - 1, "".join(characters))
        elif characters:
            yield from reader.split(start, at - 1, "".join(characters))
        characters = []


class _Reader:
    """Asks pdfium for place and type of single characters; holds the buffers that it fills."""

    def __init__(self, text: raw.FPDF_TEXTPAGE) -> None:
        self._text = text
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def split(self, first: int, last: int, text: str) -> Iterator[_Found]:
        """One word, or several where its base line changes: "tekst³", or a word that runs on at the next line."""
        glued = False
        whole = len(text) - (last - first + 1)  # a hyphen that pdfium has no place for stands at the end
        while first <= last:
            x, y = self._origin(first)
            end = last
            if first < last:
                far_x, far_y = self._origin(last)
                if (x, y) == (far_x, far_y) or abs(y - far_y) > 0.1 or abs(x - far_x) < 0.1:
                    end = self._run(first, last, x, y)
            length = end - first + 1 + (whole if end == last else 0)
            yield self._found(first, end, text[:length], glued)
            text, first, glued = text[length:], end + 1, True

    def _run(self, first: int, last: int, x: float, y: float) -> int:
        """The last character on the same base line as the first; for text that runs sideways, all of them."""
        quarter = _quarter(raw.FPDFText_GetCharAngle(self._text, first))
        if quarter is None:
            return last
        for at in range(first + 1, last + 1):
            xa, ya = self._origin(at)
            if abs(xa - x if quarter % 2 else ya - y) > 0.5:
                return at - 1
        return last

    def _origin(self, at: int) -> tuple[float, float]:
        raw.FPDFText_GetCharOrigin(self._text, at, self._x, self._y)
        return self._x.value, self._y.value

    def _found(self, first: int, last: int, text: str, glued: bool) -> _Found:
        handle = self._text
        quarter = _quarter(raw.FPDFText_GetCharAngle(handle, first))
        x, y = self._origin(first)
        raw.FPDFText_GetMatrix(handle, first, self._matrix)
        size = raw.FPDFText_GetFontSize(handle, first) * math.hypot(self._matrix.c, self._matrix.d)
        raw.FPDFText_GetLooseCharBox(handle, last, self._box)
        ends = (self._box.right, self._box.top, self._box.left, self._box.bottom)
        start = (x, y, x, y)[quarter or 0]
        base = y if (quarter or 0) % 2 == 0 else x
        thing = raw.FPDFText_GetTextObject(handle, first)
        mode = raw.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        bold = mode == _FILLED_AND_STROKED or self._bold(first)
        word = Word(clean_line(_plain(text)), start, ends[quarter or 0], base, size or 1.0, bold, glued)
        return _Found(word, quarter, mode == _INVISIBLE)

    def _bold(self, at: int) -> bool:
        raw.FPDFText_GetFontInfo(self._text, at, self._name, len(self._name), self._flags)
        name = self._name.value.decode("latin-1")
        if _NO_NAME.match(name):
            return bool(raw.FPDFText_GetFontWeight(self._text, at) >= _BOLD_WEIGHT)
        return bool(_BOLD_NAME.search(name)) or bool(self._flags.value & _FORCE_BOLD)


_PLAIN_FORMS = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


def _plain(text: str) -> str:
    return text if text.isascii() else text.translate(_PLAIN_FORMS)


def _quarter(angle: float) -> int | None:
    """Quarter turns counter-clockwise of text at an angle that pdfium gives clockwise; None when it is slanted."""
    quarters = -angle / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) * (math.pi / 2) <= _SLANT else None


def _once(words: list[Word]) -> Iterator[Word]:
    """Words without their shadows: some programs print bold by writing the same word twice, a hair apart."""
    seen: dict[tuple[str, int, int], Word] = {}
    for word in words:
        if not word.text:
            continue
        key = (word.text, round(word.left / 2), round(word.base / 2))
        if key not in seen or len(word.text) < 2:
            seen[key] = word
            yield word
