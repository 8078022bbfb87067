"""A page of a PDF as a picture, so that a reader sees the source as it was published.

pdfium may not be used by two threads at once, and a page may hold anything: so a page is drawn in a process of its own.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from ingest.document import Document
from ingest.errors import UnreadableDocument

_WIDTH, _MOST = 1_100, 2_400  # pixels: wide enough to read, and the most that a side may have
_WAIT = 20.0  # seconds


def page_of(document: Document, section: int, span: tuple[int, int] | None) -> int | None:
    """The page on which a quote stands, or else the beginning of a section; None where there are no pages to show."""
    if not document.source_file.lower().endswith(".pdf"):
        return None
    held = document.sections[section]
    quoted = span is not None and held.start <= span[0] < held.end
    return document.page_at(span[0] if span and quoted else held.start) or held.page


def page_image(document: Document, page: int) -> bytes | None:
    """A page (from 1) as a PNG; None when the file is gone, was changed since it was read, or cannot be drawn."""
    from ingest.read import file_hash

    path = Path(document.source_file)
    try:
        if file_hash(path, path.read_bytes()) != document.content_hash:
            return None
        command = [sys.executable, "-m", __name__, str(path), str(page)]
        drawn = subprocess.run(command, capture_output=True, timeout=_WAIT, check=False)  # noqa: S603  # our own module
    except (OSError, UnreadableDocument, subprocess.TimeoutExpired):
        return None
    return drawn.stdout if drawn.returncode == 0 and drawn.stdout else None


def draw(data: bytes, page: int) -> bytes:
    """Draws a page (from 1) of a PDF as a PNG."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(data) as document:
        width, height = document[page - 1].get_size()
        scale = min(_WIDTH / width, _MOST / height)
        picture = document[page - 1].render(scale=scale).to_pil()
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(Path(sys.argv[1]).read_bytes(), int(sys.argv[2])))
