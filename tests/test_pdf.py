"""What a reader sees on the pages of a PDF, and what becomes of it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    ListFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from ingest.blocks import Source
from ingest.document import Document
from ingest.errors import UnreadableDocument
from ingest.loaders.pdf import load_pdf
from ingest.read import read_document
from tests.fuzzing import fails_only_by_refusing
from tests.making import INTRODUCTION, TITLE, Node, numbered, outlines, own_text, read, section, texts, walk

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


# Lines and paragraphs


def test_lines_become_paragraphs_with_their_page():
    source = load_pdf(set_in(body(), body(), PageBreak(), body()))
    assert [(b.text, b.page) for b in source.blocks] == [(PROSE, 1), (PROSE, 1), (PROSE, 2)]
    assert source.pages == 2


@pytest.mark.parametrize("how", [{"alignment": TA_JUSTIFY}, {"leading": 20}, {"firstLineIndent": 20, "spaceAfter": 0}])
def test_justified_widely_set_and_indented_paragraphs(how: dict[str, object]):
    assert texts(load_pdf(set_in(*[body(**how)] * 4)).blocks) == [PROSE] * 4


def test_a_paragraph_without_space_below_ends_where_its_last_line_has_room():
    assert texts(load_pdf(set_in(*[body(spaceAfter=0)] * 3)).blocks) == [PROSE] * 3


def test_a_sentence_goes_on_over_the_page():
    long = " ".join([PROSE] * 20)
    (block,) = load_pdf(set_in(Spacer(1, 300), body(long))).blocks
    assert block.text == long
    assert block.page == 1


def test_a_new_paragraph_on_the_next_page_stays_apart():
    first, second = load_pdf(set_in(body(), PageBreak(), body())).blocks
    assert (first.page, second.page) == (1, 2)


def test_two_columns_are_read_one_after_the_other():
    story = [body(f"Alinea {i}. {PROSE}", alignment=TA_JUSTIFY) for i in range(12)]
    assert texts(load_pdf(set_in(*story, columns=2)).blocks) == [f"Alinea {i}. {PROSE}" for i in range(12)]


def test_text_in_columns_that_the_program_wrote_line_by_line_is_put_in_order():
    left = [f"{i} links staat een regel gewone tekst" for i in "abcdefgh"]
    right = [f"{i} rechts staat een andere regel tekst" for i in "abcdefgh"]

    def page(canvas: Canvas) -> None:
        for i, (a, b) in enumerate(zip(left, right, strict=True)):
            at(canvas, 320, 100 + 14 * i, b)
            at(canvas, LEFT, 100 + 14 * i, a)

    text = " ".join(texts(load_pdf(drawn(page)).blocks))
    assert text == " ".join(left + right)


# Words


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Wij zoeken samen-", "werking met de buurt, want samenwerking helpt ons", "samenwerking met"),
        ("Wij zoeken maat-", "werk voor wie dat nodig heeft in onze gemeente", "maatwerk voor"),
        ("Wij werken sociaal-", "maatschappelijk en doen dat in alle wijken", "sociaal-maatschappelijk en"),
        ("Wij werken aan jeugd-", "en ouderenbeleid, en doen dat in alle wijken", "jeugd- en ouderenbeleid"),
        ("Wij werken in Noord-", "Holland, en doen dat in alle wijken samen", "Noord-Holland, en"),
        ("Wij volgen de AWBZ-", "indicatie, en doen dat in alle wijken samen", "AWBZ-indicatie, en"),
        ("Wij doen het wijk-", "team na, en een wijk-team is dat van ons nu", "wijk-team na"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_mended(first: str, second: str, whole: str):
    padding = "Alles wat wij doen is voor de inwoners van deze wijk"
    text = texts(load_pdf(drawn(lines(f"{padding} {first}", f"{second} van de gemeente zelf."))).blocks)[0]
    assert whole in text


def test_a_document_that_breaks_no_words_keeps_the_hyphens_of_its_author():
    long = [f"Dit is regel {i} van een lange tekst die nergens een woord afbreekt aan het eind" for i in range(90)]
    text = " ".join(texts(load_pdf(drawn(*(lines(*long[i : i + 45]) for i in (0, 45)), lines(
        "De gemeente vraagt hiervoor een eigen bijdrage in de vorm van een inkomens-",
        "grens, zoals die ook elders in het land gebruikelijk is voor inwoners."))).blocks))  # fmt: skip
    assert "inkomens-grens" in text


def test_an_address_broken_over_lines_is_whole_again():
    source = load_pdf(drawn(lines("Zie https://voorbeeld.nl/beleid/sociaal-domein/kader-", "jeugd/2024/ voor meer.")))
    assert texts(source.blocks) == ["Zie https://voorbeeld.nl/beleid/sociaal-domein/kader-jeugd/2024/ voor meer."]


def test_ligatures_are_letters(tmp_path: Path):
    font = _font_with_ligatures()
    if font is None:
        pytest.skip("no TrueType font with ligatures on this machine")
    source = load_pdf(drawn(lines("Het ﬁnanciële eﬀect van conﬂicten.", font=font)))
    assert texts(source.blocks) == ["Het financiële effect van conflicten."]


@cache
def _font_with_ligatures() -> str | None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for path in sorted(Path("/usr/share/fonts").rglob("*.ttf")):
        try:
            font = TTFont("Probe", str(path))
        except TTFError:
            continue
        if all(ord(c) in font.face.charToGlyph for c in "ﬁﬀﬂ"):
            pdfmetrics.registerFont(font)
            return "Probe"
    return None


# Running heads, feet and page numbers


def test_running_heads_feet_and_page_numbers_are_no_text():
    def decorate(canvas: Canvas, document: object) -> None:
        at(canvas, LEFT, 40, "Beleidskader Jeugd", size=9)
        at(canvas, LEFT, HEIGHT - 30, "Gemeente Zandwijk", size=9)
        at(canvas, RIGHT - 60, HEIGHT - 30, f"Pagina {canvas.getPageNumber()} van 4", size=9)

    source = load_pdf(set_in(*[body(), PageBreak()] * 4, decorate=decorate))
    assert texts(source.blocks) == [PROSE] * 4


def test_a_bare_page_number_goes_and_a_number_in_the_text_stays():
    pages = [lines("In totaal telt de wijk", str(1000 + i), "inwoners van alle leeftijden.") for i in range(3)]

    def numbered_page(i: int, canvas: Canvas) -> None:
        pages[i](canvas)
        at(canvas, WIDTH / 2, HEIGHT - 40, f"- {i + 1} -")

    source = load_pdf(drawn(*(partial(numbered_page, i) for i in range(3))))
    assert " ".join(texts(source.blocks)).count("inwoners") == 3
    assert "1001" in " ".join(texts(source.blocks))
    assert "- 2 -" not in " ".join(texts(source.blocks))


def test_headings_at_the_top_of_pages_are_no_running_heads():
    story: list[Flowable] = []
    for i in range(1, 5):
        story += [heading(1, f"Bijlage {i}"), body(), PageBreak()]
    assert [text for _, text in levels(load_pdf(set_in(*story)))] == [f"Bijlage {i}" for i in range(1, 5)]


# Headings


def test_headings_by_size_have_their_levels():
    source = load_pdf(
        set_in(
            heading(0, "Kader jeugd"),
            heading(1, "Doel"),
            body(),
            heading(2, "Inzet"),
            body(),
            heading(1, "Slot"),
            body(),
        )
    )
    assert levels(source) == [(0, "Kader jeugd"), (1, "Doel"), (2, "Inzet"), (1, "Slot")]
    assert source.styled
    assert source.title == "Kader jeugd"


def test_a_heading_over_two_lines_is_one_heading():
    long = "Een kop die zo lang is dat hij niet op een enkele regel van het blad past"
    source = load_pdf(set_in(heading(1, "Doel"), body(), heading(1, long), body()))
    assert levels(source) == [(1, "Doel"), (1, long)]


def test_bold_lines_are_headings_below_the_larger_ones():
    story = [
        heading(1, "1 Doel"),
        body("<b>Wat wij willen</b>"),
        body(),
        heading(1, "2 Inzet"),
        body("<b>Wie dat doet</b>"),
    ]
    assert levels(load_pdf(set_in(*story, body()))) == [
        (1, "1 Doel"),
        (2, "Wat wij willen"),
        (1, "2 Inzet"),
        (2, "Wie dat doet"),
    ]


def test_numbers_decide_where_type_is_the_same():
    story: list[Flowable] = []
    for text in ("1 Doel", "1.1 Nu", "1.1.1 Hier", "2 Inzet", "2.1 Straks"):
        story += [heading(2, text), body()]
    assert [level for level, _ in levels(load_pdf(set_in(*story)))] == [1, 2, 3, 1, 2]


def test_chapters_lie_above_articles():
    story: list[Flowable] = []
    for text in ("Hoofdstuk 1 Algemeen", "Artikel 1 Begrippen", "Artikel 2 Doel", "Hoofdstuk 2 Slot", "Artikel 3 Naam"):
        story += [heading(3, text), body()]
    assert [level for level, _ in levels(load_pdf(set_in(*story)))] == [1, 2, 2, 1, 2]


def test_articles_in_plain_type_below_a_styled_heading_are_headings_under_it():
    story = [heading(1, "Regels"), body(), heading(1, "Toelichting")]
    for text in ("Artikel 1. Begrippen", "Artikel 2. Doel"):
        story += [body(text), body()]
    source = load_pdf(set_in(*story))
    assert levels(source) == [(1, "Regels"), (1, "Toelichting"), (2, "Artikel 1. Begrippen"), (2, "Artikel 2. Doel")]


def test_bookmarks_make_headings_of_lines_that_their_type_does_not_tell():
    def page(canvas: Canvas) -> None:
        for y, title, level in ((100, "Doel", 0), (200, "Inzet in de wijk", 1), (300, "Slot", 0)):
            at(canvas, LEFT, y, title)
            lines("Een alinea die over het onderwerp hierboven gaat, en die een regel lang is.", y=y + 30)(canvas)
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level=level)

    assert levels(load_pdf(drawn(page))) == [(1, "Doel"), (2, "Inzet in de wijk"), (1, "Slot")]


def test_one_type_throughout_leaves_the_headings_to_be_found(tmp_path: Path):
    story: list[Flowable] = []
    for text in ("1. Inleiding", "1.1 Doel", "2. Uitvoering", "2.1 Inzet"):
        story += [body(text), body()]
    data = set_in(*story)
    assert not load_pdf(data).styled
    assert [number for number, _ in numbered(read(tmp_path, data, "kader.pdf"))] == ["1", "1.1", "2", "2.1"]


def test_a_bold_sentence_or_a_bold_item_is_no_heading():
    story = [heading(1, "Doel"), body("<b>Wij doen dit samen met alle inwoners, elke dag opnieuw.</b>"), body()]
    items = ListFlowable([body(f"<b>Vraag {i} aan de inwoner</b>") for i in range(3)], bulletType="bullet", start="•")
    assert levels(load_pdf(set_in(*story, items, heading(1, "Slot"), body()))) == [(1, "Doel"), (1, "Slot")]


def test_the_title_is_the_files_own_only_when_it_is_printed():
    page = lines("Woonvisie Zandwijk", font="Helvetica-Bold", size=24)

    def both(canvas: Canvas) -> None:
        page(canvas)
        lines(*["Een regel gewone tekst die over wonen gaat in de gemeente."] * 4, y=200)(canvas)

    assert load_pdf(drawn(both, title="Microsoft Word - concept3.docx")).title == "Woonvisie Zandwijk"
    assert load_pdf(drawn(both, title="Sjabloon raadsvoorstel")).title == "Woonvisie Zandwijk"
    assert load_pdf(drawn(both, title="Woonvisie Zandwijk")).title == "Woonvisie Zandwijk"


# Items and leden


def test_items_keep_their_marks_and_are_nested():
    def page(canvas: Canvas) -> None:
        at(canvas, LEFT, 100, "Wij letten op:")
        for y, x, mark, text in (
            (120, LEFT, "1.", "de wijk, met alles wat daar gebeurt en wat daarvoor nodig is in de"),
            (134, LEFT + 20, "", "komende jaren;"),
            (148, LEFT + 20, "a.", "het buurthuis;"),
            (162, LEFT + 20, "b.", "de school."),
            (176, LEFT, "2.", "de stad."),
            (190, LEFT, "•", "het land."),
        ):
            at(canvas, x, y, mark)
            at(canvas, x + 20 if mark else x, y, text)

    assert of_role(load_pdf(drawn(page)), "item") == [
        "1. de wijk, met alles wat daar gebeurt en wat daarvoor nodig is in de komende jaren;",
        "a. het buurthuis;",
        "b. de school.",
        "2. de stad.",
        "• het land.",
    ]


def test_the_numbers_of_leden_that_were_written_first_come_back_in_front_of_their_lid():
    leden = [
        "Het college stelt regels vast over de toegang.",
        "De raad wordt daarover ingelicht.",
        "Dit geldt niet in het weekend.",
    ]

    def page(canvas: Canvas) -> None:
        at(canvas, LEFT, 100, "Artikel 1. Toegang", font="Helvetica-Bold", size=13)
        for i in range(3):
            at(canvas, LEFT, 130 + 24 * i, str(i + 1), font="Times-Bold")
        for i, lid in enumerate(leden):
            at(canvas, LEFT + 24, 130 + 24 * i, lid)

    assert of_role(load_pdf(drawn(page)), "item") == [f"{i}. {lid}" for i, lid in enumerate(leden, 1)]


def test_a_number_at_the_start_of_a_line_within_a_sentence_is_no_item():
    source = load_pdf(
        drawn(
            lines(
                "Op de aanvraag van een inwoner is het bepaalde van toepassing in artikel",
                "3. van de wet, en wat daarin over de termijn van een besluit staat is hier",
                "ook van toepassing op de herziening.",
            )
        )
    )
    assert of_role(source, "item") == []
    assert len(source.blocks) == 1


def test_a_bullet_on_a_line_by_itself_joins_its_text():
    assert texts(load_pdf(drawn(lines("•", "het bieden van hulp aan inwoners die dat vragen", leading=24))).blocks) == [
        "• het bieden van hulp aan inwoners die dat vragen"
    ]


def test_bullets_that_are_drawn_count_as_bullets():
    def page(canvas: Canvas) -> None:
        for i, text in enumerate(("wonen in de wijk", "werken in de stad")):
            canvas.circle(LEFT, HEIGHT - 97 - 20 * i, 2, fill=1)
            at(canvas, LEFT + 12, 100 + 20 * i, text)

    assert of_role(load_pdf(drawn(page)), "item") == ["• wonen in de wijk", "• werken in de stad"]


# Tables

ROWS = [["Doel", "Indicator", "Streefwaarde"], ["Meer sport", "Leden van clubs", "2.500"], ["Minder schuld", "", "800"]]


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


# Properties


def as_pdf(outline: tuple[Node, ...]) -> bytes:
    story: list[Flowable] = [heading(0, TITLE)]
    for depth, node in walk(outline):
        story.append(heading(depth, f"{node.number} {node.title}"))
        story += [body(text) for text in node.paragraphs]
        if node.items:
            story.append(body(INTRODUCTION))
            story.append(ListFlowable([body(item) for item in node.items], bulletType="bullet", start="•"))

    def decorate(canvas: Canvas, document: object) -> None:
        at(canvas, LEFT, 40, TITLE, size=8)
        at(canvas, RIGHT, HEIGHT - 30, str(canvas.getPageNumber()), size=8)

    return set_in(*story, decorate=decorate)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(outlines())
def test_every_outline_comes_back_from_paper(outline: tuple[Node, ...]):
    with tempfile.TemporaryDirectory() as folder:
        document = read(Path(folder), as_pdf(outline), "kader.pdf")
    expected = [(node.number, node.title) for _, node in walk(outline)]
    assert numbered(document) == expected
    depths = {s.number: s.level for s in document.sections if s.number}
    top = min(depths.values())
    assert [depths[node.number] - top + 1 for _, node in walk(outline)] == [depth for depth, _ in walk(outline)]
    text = " ".join(document.text.split())
    for _, node in walk(outline):
        assert all(paragraph in text for paragraph in node.paragraphs)
        assert all(f"• {item}" in text for item in node.items)


SOUND = set_in(heading(1, "1 Doel"), body(), Table(ROWS), heading(1, "2 Inzet"), body(), PageBreak(), body())


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=30),
    st.integers(0, len(SOUND)),
)
@example([(0, 0)], 0)
def test_damaged_bytes_give_a_document_or_a_refusal(changes: list[tuple[int, int]], length: int):
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    fails_only_by_refusing(bytes(data), ".pdf")
    fails_only_by_refusing(bytes(data[:length]), ".pdf")


# The real files, where they lie beside the checkout

REAL = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "other"


@cache
def real(name: str) -> Document:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the checkout")
    return read_document(path)


BYLAW = "groningen-verordening-jeugdhulp-2026.pdf"
HANDBOOK = "groningen-handleiding-gezinsplan-2025.pdf"
DECISIONS = "besluitenlijst-raad-2015.pdf"


def test_the_bylaw_has_its_chapters_and_articles_in_order():
    document = real(BYLAW)
    regulation = [s for s in document.sections if s.number and "Toelichting" not in s.path]
    chapters = [s.number for s in regulation if s.number.startswith("Hoofdstuk")]
    assert chapters == [f"Hoofdstuk {i}" for i in range(1, 9)]
    articles = [s.number.removeprefix("Artikel ") for s in regulation if s.number.startswith("Artikel")]
    assert articles == (
        "1 2 3 4 5 6 7 8 8a 9 10 11 12 13 14 15 16a 16b 16c 17 17a 18 19a 19 20 21a 21b 21c 22 23 24 25 26 27 28 29".split()
    )
    assert (document.title, document.municipality, document.pages) == (
        "Verordening jeugdhulp gemeente Groningen 2026",
        "Groningen",
        46,
    )
    pages = {s.number: s.page for s in regulation}
    assert (pages["Artikel 1"], pages["Artikel 7"], pages["Artikel 20"], pages["Artikel 29"]) == (1, 5, 19, 21)


@pytest.mark.parametrize(
    ("title", "count", "last"),
    [
        ("Toegang algemene voorziening", 2, "Als de jeugdige of zijn ouders geen gebruik"),
        (
            "Toegang jeugdhulp via de gemeente",
            11,
            "Het college kan nadere regels vaststellen met betrekking tot de proc",
        ),
        ("Hoogte pgb", 15, "Degene die een pgb gaat beheren"),
        ("Overgang 18- naar 18+", 3, "De jeugdhulpaanbieder betrekt de jeugdige"),
    ],
)
def test_the_leden_of_the_bylaw_are_numbered_in_front_of_their_text(title: str, count: int, last: str):
    document = real(BYLAW)
    found = next(s for s in document.sections if s.title == title)
    rows = document.text[found.text_start : found.body_end].splitlines()
    leden = [row for row in rows if row.split(".")[0].isdigit()]
    assert [int(lid.split(".")[0]) for lid in leden] == list(range(1, count + 1))
    assert leden[-1].startswith(f"{count}. {last}")


def test_nothing_of_the_browsers_head_and_foot_is_left_in_the_bylaw():
    text = real(BYLAW).text
    assert real(BYLAW).source_url == "https://lokaleregelgeving.overheid.nl/CVDR752928/1"
    assert "07-01-2026" not in text
    assert "/46" not in text
    assert "Lokale wet- en regelgeving\n\nVerordening" in text  # printed on the first page itself
    assert "naar de behoeften en persoonskenmerken van de jeugdige" in text  # over the first page break


def test_the_handbook_has_its_parts_and_steps():
    document = real(HANDBOOK)
    parts = {s.title: s.page for s in document.sections}
    assert (parts["Gezinsanalyse Start"], parts["Genogram"], parts["Stap 6: conclusie en advies"]) == (7, 8, 46)
    found = section(document, "Plan en aanvraag jeugdhulp")
    below = [s.title for s in document.sections if s.path[:-1] == found.path]
    assert below[:4] == ["Inleiding", "Datum vraag jeugdhulp", "Persoonlijke gegevens", "Stap 1: wat is de hulpvraag"]
    assert below[-1] == "Aanvraag jeugdhulp"
    assert "In het kort de belangrijkste dingen onder elkaar geschreven:" in parts
    assert "Handleiding Gezinsplan april 2025" not in document.text
    assert "◦ Wanneer was het?" in document.text
    assert "Bij een 2e herindicatie" in document.text


def test_the_decisions_of_the_council_are_seventeen_numbered_sections():
    document = real(DECISIONS)
    assert [number for number, _ in numbered(document)] == [str(i) for i in range(1, 18)]
    assert document.title == "Besluitenlijst raadsvergadering 29 juni 2015 aanvang 17.00 uur"
    assert own_text(document, "Sluiting.").startswith("Niets meer aan de orde")
