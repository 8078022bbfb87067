"""PDFs made for tests: drawn line by line, or set from paragraphs as a word processor does."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
)

from ingest.blocks import Source
from tests.making import texts

WIDTH, HEIGHT = A4
LEFT, RIGHT = 70, WIDTH - 70
PROSE = (
    "De gemeente werkt samen met inwoners aan een buurt waar iedereen zich thuis voelt en waar ondersteuning dichtbij "
    "is. Wie hulp nodig heeft, vindt die in de eigen wijk. Het college doet daarvan elk jaar verslag aan de raad, en "
    "geeft daarbij aan wat de inzet heeft opgeleverd voor de mensen om wie het gaat."
)

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=8)
HEADINGS = {
    level: ParagraphStyle(
        f"h{level}", fontName="Helvetica-Bold", fontSize=size, leading=1.2 * size, spaceBefore=12, spaceAfter=5
    )
    for level, size in ((0, 26), (1, 18), (2, 14), (3, 12))
}


def drawn(*pages: Callable[[Canvas], None], title: str | None = None, **options: object) -> bytes:
    """A PDF of which each page is drawn by hand."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    if title:
        canvas.setTitle(title)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def at(canvas: Canvas, x: float, y: float, text: str, font: str = "Times-Roman", size: float = 11) -> None:
    """Text at points from the left and from the top."""
    canvas.setFont(font, size)
    canvas.drawString(x, HEIGHT - y, text)


def lines(*texts: str, x: float = LEFT, y: float = 100, leading: float = 14, **how: object) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        for i, text in enumerate(texts):
            at(canvas, x, y + i * leading, text, **how)

    return page


def set_in(*story: Flowable, columns: int = 1, decorate: Callable[[Canvas, object], None] | None = None) -> bytes:
    """A PDF of flowing text."""
    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    width = (RIGHT - LEFT - 20 * (columns - 1)) / columns
    frames = [
        Frame(LEFT + i * (width + 20), 70, width, HEIGHT - 140, leftPadding=0, rightPadding=0) for i in range(columns)
    ]
    document.addPageTemplates(PageTemplate(frames=frames, onPage=decorate or (lambda *_: None)))
    document.build(list(story))
    return file.getvalue()


def body(text: str = PROSE, **how: object) -> Paragraph:
    return Paragraph(text, ParagraphStyle("p", BODY, **how))


def heading(level: int, text: str) -> Paragraph:
    return Paragraph(text, HEADINGS[level])


def of_role(source: Source, role: str) -> list[str]:
    return texts(source.blocks, role)


def levels(source: Source) -> list[tuple[int | None, str]]:
    return [(b.level, b.text) for b in source.blocks if b.role == "heading"]


ROWS = [["Doel", "Indicator", "Streefwaarde"], ["Meer sport", "Leden van clubs", "2.500"], ["Minder schuld", "", "800"]]
