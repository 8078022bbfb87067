"""A page of a PDF as a picture, so that a reader sees the source as it was published.

pdfium may not be used by two threads at once, and a page may hold anything: so a page is drawn in a process of its own.
"""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.document import Document
from ingest.errors import UnreadableDocument
from ui.pdf_quote import find_quote, letters

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfTextPage

_WIDTH, _MOST = 1_100, 2_400  # pixels: wide enough to read, and the most that a side may have
_WAIT = 20.0  # seconds
_COLOUR, _ROOM = "#ffe08a", 2  # as a quote is marked in the text; pixels around its lines

Span = tuple[int, int]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG; `mark` says where the mark on it begins, in shares of its width and height."""

    png: bytes
    mark: tuple[float, float] | None


def page_of(document: Document, section: int, span: tuple[int, int] | None) -> int | None:
    """The page on which a quote stands, or else the beginning of a section; None where there are no pages to show."""
    if not document.source_file.lower().endswith(".pdf"):
        return None
    held = document.sections[section]
    quoted = span is not None and held.start <= span[0] < held.end
    return document.page_at(span[0] if span and quoted else held.start) or held.page


def page_image(document: Document, page: int, span: Span | None = None) -> Picture | None:
    """A page (from 1), with the quote at `span` marked where it is found on it.

    None when the file is gone, was changed since it was read, or cannot be drawn.
    """
    from ingest.read import file_hash

    path = Path(document.source_file)
    quote, skip = _quoted(document, page, span) if span else ("", 0)
    try:
        if file_hash(path, path.read_bytes()) != document.content_hash:
            return None
        command = [sys.executable, "-m", __name__, str(path), str(page), str(skip)]
        drawn = subprocess.run(  # noqa: S603  # our own module
            command, input=quote.encode(), capture_output=True, timeout=_WAIT, check=False
        )
    except (OSError, UnreadableDocument, subprocess.TimeoutExpired):
        return None
    if drawn.returncode or not drawn.stdout:
        return None
    mark, _, png = drawn.stdout.partition(b"\n")
    left, top = map(float, mark.split()) if mark else (0.0, 0.0)
    return Picture(png, (left, top) if mark else None)


def draw(data: bytes, page: int, quote: str = "", skip: int = 0) -> Picture:
    """Draws a page (from 1) of a PDF, and on it a quote; of several places of that, the one after `skip` others."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(data) as document:
        drawn = document[page - 1]
        width, height = drawn.get_size()
        bitmap = drawn.render(scale=min(_WIDTH / width, _MOST / height))
        place = bitmap.get_posconv(drawn)
        boxes = [
            _box(*place.to_bitmap(left, bottom), *place.to_bitmap(right, top))
            for left, bottom, right, top in _lines(drawn.get_textpage(), quote, skip)
        ]
        picture = _marked(bitmap.to_pil().convert("RGB"), boxes)
    file = io.BytesIO()
    picture.save(file, "PNG")
    mark = (min(box[0] for box in boxes) / picture.width, boxes[0][1] / picture.height) if boxes else None
    return Picture(file.getvalue(), mark)


def _lines(text: PdfTextPage, quote: str, skip: int) -> list[Box]:
    """The lines of a quote, in the units of the page: left, bottom, right, top."""
    import pypdfium2.raw as raw

    codes = [raw.FPDFText_GetUnicode(text.raw, at) for at in range(text.count_chars())]
    runs = find_quote([chr(code) for code in codes], quote, skip)
    return [text.get_rect(number) for run in runs for number in range(text.count_rects(*run))]


def _box(xa: float, ya: float, xb: float, yb: float) -> Box:
    """The box between two corners, whichever they are: left, top, right, bottom."""
    return min(xa, xb) - _ROOM, min(ya, yb) - _ROOM, max(xa, xb) + _ROOM, max(ya, yb) + _ROOM


def _marked(picture: Image, boxes: list[Box]) -> Image:
    """The picture as after a marker pen: what is dark stays dark."""
    from PIL import Image, ImageChops, ImageDraw

    paper = Image.new("RGB", picture.size, "white")
    pencil = ImageDraw.Draw(paper)
    for box in boxes:
        pencil.rectangle(box, fill=_COLOUR)
    return ImageChops.multiply(picture, paper)


def _quoted(document: Document, page: int, span: Span) -> tuple[str, int]:
    """The words of a quote, and how often they stand on the page before it."""
    quote, starts = document.text[span[0] : span[1]], document.page_starts
    before = letters(document.text[starts[page - 1] if page <= len(starts) else span[0] : span[0]])
    return quote, before.count(letters(quote)) if quote.strip() else 0


if __name__ == "__main__":
    made = draw(Path(sys.argv[1]).read_bytes(), int(sys.argv[2]), sys.stdin.buffer.read().decode(), int(sys.argv[3]))
    where = " ".join(f"{share:.4f}" for share in made.mark or ())
    sys.stdout.buffer.write(where.encode() + b"\n" + made.png)
