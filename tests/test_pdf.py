"""What a reader sees on the pages of a PDF, and what becomes of it: lines, words, running heads, headings, items."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    PageBreak,
    Spacer,
)

from ingest.loaders.pdf import load_pdf
from tests.making import numbered, read, texts
from tests.pdf_making import (
    HEIGHT,
    LEFT,
    PROSE,
    RIGHT,
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


def test_a_right_column_that_begins_higher_than_the_left_one_is_read_after_it():
    left = [f"{i} links staat een regel gewone tekst" for i in "abcdefgh"]
    right = [f"{i} rechts staat een andere regel tekst" for i in "zabcdefgh"]

    def page(canvas: Canvas) -> None:
        for i, row in enumerate(left):
            at(canvas, LEFT, 111 + 14 * i, row)
        for i, row in enumerate(right):
            at(canvas, 320, 100 + 14 * i, row)

    text = " ".join(texts(load_pdf(drawn(page)).blocks))
    assert text == " ".join(left + right)


def test_a_date_at_the_top_right_is_read_before_the_columns():
    left = [f"{i} links staat een regel gewone tekst" for i in "abcdefgh"]
    right = [f"{i} rechts staat een andere regel tekst" for i in "abcdefgh"]

    def page(canvas: Canvas) -> None:
        at(canvas, 320, 120, "Zandwijk, 3 mei 2025")
        for i, (a, b) in enumerate(zip(left, right, strict=True)):
            at(canvas, LEFT, 134 + 14 * i, a)
            at(canvas, 320, 134 + 14 * i, b)

    text = " ".join(texts(load_pdf(drawn(page)).blocks))
    assert text == " ".join(["Zandwijk, 3 mei 2025", *left, *right])


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
