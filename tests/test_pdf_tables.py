"""Tables, contents, notes and captions of PDFs; turned pages, hidden text and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from ingest.errors import UnreadableDocument
from ingest.loaders.pdf import load_pdf
from tests.making import read, texts
from tests.pdf_making import (
    BODY,
    HEIGHT,
    LEFT,
    PROSE,
    RIGHT,
    ROWS,
    WIDTH,
    at,
    body,
    drawn,
    heading,
    levels,
    lines,
    of_role,
    set_in,
)

# Tables


def test_ruled_tables_are_rows_with_a_header_and_terms():
    wide = [body("Alle inwoners doen mee, ook wie dat nu nog niet doet"), body("Deelnemers per jaar"), body("40")]
    table = Table(
        [*ROWS, wide], colWidths=[150, 200, 100], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    )
    blocks = load_pdf(set_in(body(), table, Spacer(1, 20), body())).blocks
    assert [(b.text, b.role, b.header, b.term) for b in blocks[1:-1]] == [
        ("Doel | Indicator | Streefwaarde", "row", True, None),
        ("Meer sport | Leden van clubs | 2.500", "row", False, "Meer sport"),
        ("Minder schuld | 800", "row", False, "Minder schuld"),
        (
            "Alle inwoners doen mee, ook wie dat nu nog niet doet | Deelnemers per jaar | 40",
            "row",
            False,
            "Alle inwoners doen mee, ook wie dat nu nog niet doet",
        ),
    ]
    assert [b.text for b in (blocks[0], blocks[-1])] == [PROSE, PROSE]


@pytest.mark.parametrize("rules", [[], [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)]])
def test_aligned_cells_are_a_table_with_and_without_lines_between_rows(rules: list):
    rows = [["Jaar", "Lasten", "Baten"], ["2023", "100.000", "5.000"], ["2024", "120.000", "6.000"], ["2025", "9", "4"]]
    source = load_pdf(
        set_in(body(), Table(rows, colWidths=[100, 100, 100], style=TableStyle(rules)), Spacer(1, 20), body())
    )
    assert of_role(source, "row") == [" | ".join(row) for row in rows]


def test_a_table_that_goes_on_over_the_page_has_one_header():
    rows = [["Naam", "Waarde"], *([f"regel {i}", str(i)] for i in range(80))]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    source = load_pdf(set_in(Table(rows, colWidths=[200, 100], style=grid, repeatRows=1)))
    assert [b.text for b in source.blocks if b.header] == ["Naam | Waarde"]
    assert of_role(source, "row") == [" | ".join(row) for row in rows]


def test_text_is_no_heading_where_tables_in_smaller_type_hold_most_words():
    small = ParagraphStyle("cell", BODY, fontSize=8, leading=10)
    rows = [[Paragraph(PROSE, small), Paragraph(PROSE, small)] for _ in range(4)]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    source = load_pdf(
        set_in(heading(1, "Doel"), body("Een korte alinea"), Table(rows, style=grid), heading(1, "Slot"), body())
    )
    assert levels(source) == [(1, "Doel"), (1, "Slot")]


def test_a_box_around_text_is_no_table():
    box = Table([[body()]], colWidths=[400], style=TableStyle([("BOX", (0, 0), (-1, -1), 1, colors.black)]))
    source = load_pdf(set_in(body(), box, body()))
    assert texts(source.blocks) == [PROSE] * 3
    assert of_role(source, "row") == []


# Contents, footnotes, captions


def test_lines_with_leader_dots_are_contents():
    def contents(canvas: Canvas) -> None:
        at(canvas, LEFT, 80, "Inhoudsopgave", font="Helvetica-Bold", size=16)
        for i, (title, page) in enumerate((("1 Inleiding", 2), ("1.1 Doel", 3), ("2 Uitvoering", 5))):
            at(canvas, LEFT, 110 + 16 * i, f"{title} {'.' * 60} {page}")

    source = load_pdf(drawn(contents, lines("1 Inleiding", font="Helvetica-Bold", size=16)))
    assert [b.text for b in source.blocks if b.term == "contents"] == [
        "Inhoudsopgave",
        "1 Inleiding … 2",
        "1.1 Doel … 3",
        "2 Uitvoering … 5",
    ]
    assert {b.role for b in source.blocks if b.term == "contents"} == {"caption"}


def test_contents_with_page_numbers_at_the_edge_and_no_dots():
    def contents(canvas: Canvas) -> None:
        at(canvas, LEFT, 80, "Inhoud")
        for i, (title, page) in enumerate((("Inleiding", 2), ("Doel van dit kader", 3), ("Uitvoering", 5))):
            at(canvas, LEFT, 110 + 16 * i, title)
            at(canvas, RIGHT, 110 + 16 * i, str(page))

    source = load_pdf(drawn(contents))
    assert [b.term for b in source.blocks] == ["contents"] * 4


def test_numbered_contents_with_the_page_right_behind_the_title():
    entries = ["1 Inleiding 3", "1.1 Doel 3", "1.2 Opbouw 4", "2 Visie: wat wij nastreven 5", "2.1 Meedoen 7"]
    source = load_pdf(drawn(lines("Inhoud", *entries), lines("1 Inleiding", font="Helvetica-Bold", size=16)))
    assert [b.text for b in source.blocks if b.term == "contents"] == ["Inhoud", *entries]


def test_footnotes_and_their_references(tmp_path: Path):
    def page(canvas: Canvas) -> None:
        lines("De raad besloot hiertoe in het najaar", "en legde dat vast in een kader voor de", "komende vier jaar.")(
            canvas
        )
        at(
            canvas,
            LEFT + canvas.stringWidth("De raad besloot hiertoe in het najaar", "Times-Roman", 11),
            96,
            "1",
            size=6,
        )
        at(canvas, LEFT, 746, "1", size=5)
        at(canvas, LEFT + 5, 750, "Raadsbesluit van 3 november 2023, te vinden op", size=8)
        at(canvas, LEFT, 760, "de website van de gemeente.", size=8)

    source = load_pdf(drawn(page))
    assert [(b.text, b.role) for b in source.blocks] == [
        ("De raad besloot hiertoe in het najaar¹ en legde dat vast in een kader voor de komende vier jaar.", "text"),
        ("1 Raadsbesluit van 3 november 2023, te vinden op de website van de gemeente.", "footnote"),
    ]


def test_a_footnote_does_not_cut_the_sentence_that_goes_on_below_it():
    first = ["Dit is een lange regel van een alinea die pas op de volgende bladzijde haar einde"] * 3

    def page(canvas: Canvas) -> None:
        lines(*first[:2], first[2] + "²", y=600)(canvas)
        at(canvas, LEFT, 750, "² Een noot in kleine letters.", size=8)

    source = load_pdf(drawn(page, lines("vindt, en dat is hier.")))
    assert [b.role for b in source.blocks] == ["text", "footnote"]
    assert source.blocks[0].text.endswith("einde² vindt, en dat is hier.")


def test_the_caption_of_a_figure_is_told_apart():
    source = load_pdf(set_in(body(), body("Figuur 3: inwoners naar leeftijd"), body()))
    assert of_role(source, "caption") == ["Figuur 3: inwoners naar leeftijd"]


# Turned pages, watermarks, hidden text


def test_a_page_that_lies_on_its_side_is_read_as_it_is_seen():
    def page(canvas: Canvas) -> None:
        canvas.rotate(90)
        for i, text in enumerate(("Een brede tabel staat", "op een gekantelde pagina", "in dit kader.")):
            canvas.drawString(100, -100 - 14 * i, text)

    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        page(canvas)

    for make in (page, turned):
        assert texts(load_pdf(drawn(make)).blocks) == ["Een brede tabel staat op een gekantelde pagina in dit kader."]


def test_a_watermark_across_the_page_is_no_text():
    def page(canvas: Canvas) -> None:
        lines(*["Een gewone regel tekst over het beleid van de gemeente en haar inwoners."] * 5)(canvas)
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "CONCEPT")

    assert "CONCEPT" not in " ".join(texts(load_pdf(drawn(page)).blocks))


def test_the_invisible_text_that_ocr_lays_over_a_scan_is_read():
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(LEFT, 700)
        text.setTextRenderMode(3)
        text.textLine("Dit staat op de scan, en is door OCR herkend.")
        canvas.drawText(text)

    assert texts(load_pdf(drawn(page)).blocks) == ["Dit staat op de scan, en is door OCR herkend."]


# Refusals


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (200, 300), 200)), 0, 0, WIDTH, HEIGHT)


def test_a_scan_is_refused_with_the_command_that_helps():
    with pytest.raises(UnreadableDocument, match=r"ocrmypdf -l nld in\.pdf out\.pdf"):
        load_pdf(drawn(scan, scan))


def test_page_numbers_on_a_scan_are_no_text():
    def page(canvas: Canvas) -> None:
        scan(canvas)
        at(canvas, 300, HEIGHT - 30, f"Pagina {canvas.getPageNumber()} van 12")

    with pytest.raises(UnreadableDocument, match="a scan"):
        load_pdf(drawn(page, page, page))


def test_a_scanned_page_among_others_is_passed_over():
    source = load_pdf(drawn(scan, lines("Een pagina met tekst die wel gelezen kan worden."), scan))
    assert [(b.text, b.page) for b in source.blocks] == [("Een pagina met tekst die wel gelezen kan worden.", 2)]
    assert source.pages == 3
    assert len(source.warnings) == 1
    assert source.warnings[0].startswith("pages 1, 3 hold pictures and no text")


def test_the_address_that_a_browser_prints_on_every_page_is_the_documents_own():
    def page(canvas: Canvas) -> None:
        lines("Een pagina met tekst die wel gelezen kan worden.", y=300)(canvas)
        at(
            canvas,
            LEFT,
            HEIGHT - 30,
            f"https://lokaleregelgeving.overheid.nl/CVDR1/1 {canvas.getPageNumber()}/3",
            size=8,
        )

    source = load_pdf(drawn(page, page, page))
    assert source.url == "https://lokaleregelgeving.overheid.nl/CVDR1/1"
    assert "CVDR" not in " ".join(texts(source.blocks))


def test_a_table_of_figures_alone_is_text():
    assert (
        len(of_role(load_pdf(set_in(Table([[str(i), str(i * 7)] for i in range(9)], colWidths=[90, 90]))), "row")) == 9
    )


def test_a_password_is_asked_to_be_taken_off():
    data = drawn(lines("geheim"), encrypt=pdfencrypt.StandardEncryption("geheim", canPrint=1))
    with pytest.raises(UnreadableDocument, match="password"):
        load_pdf(data)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF", b"geen pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, b"PK\x03\x04" * 50]
)
def test_what_is_no_pdf_is_refused(data: bytes):
    with pytest.raises(UnreadableDocument, match="no readable PDF"):
        load_pdf(data)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ingest.loaders.pdf._MAX_PAGES", 3)
    with pytest.raises(UnreadableDocument, match="4 pages"):
        load_pdf(drawn(*[lines("tekst")] * 4))


def test_a_pdf_becomes_a_document_with_pages(tmp_path: Path):
    document = read(
        tmp_path, set_in(heading(1, "1 Doel"), body(), PageBreak(), heading(1, "2 Inzet"), body()), "kader.pdf"
    )
    assert (document.pages, [(s.number, s.page) for s in document.sections if s.number]) == (2, [("1", 1), ("2", 2)])
