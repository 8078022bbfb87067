"""HTML pages: what of a page is text, and how its lists, folds and headings read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from ingest.blocks import Source
from ingest.errors import UnreadableDocument
from ingest.loaders.html import load_html
from ingest.read import read_document
from tests.fuzzing import ANYTHING, fails_only_by_refusing
from tests.making import texts

OTHER = Path(__file__).parent.parent.parent / "shared" / "corpus" / "other"


def page(body: str, head: str = "") -> Source:
    return load_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>weg()</script>",
        "<style>.weg{}</style>",
        "<nav><a>weg</a></nav>",
        '<div id="cookie-banner">weg</div>',
        '<div class="breadcrumb">weg</div>',
        "<p hidden>weg</p>",
        '<p style="display: none">weg</p>',
        '<span aria-hidden="true">weg</span>',
        "<header><p>weg</p></header>",
        "<footer>weg</footer>",
        "<form><label>weg</label></form>",
        "<noscript>weg</noscript>",
        "<!-- weg -->",
        "<template><p>weg</p></template>",
    ],
)
def test_what_a_reader_of_the_page_does_not_see_is_no_text(hidden: str):
    blocks = page(f"<h1>Woonvisie</h1>{hidden}<p>Wij bouwen {hidden if 'span' in hidden else ''} huizen.</p>").blocks
    assert texts(blocks) == ["Woonvisie", "Wij bouwen huizen."]


@pytest.mark.parametrize(
    "wrapped",
    [
        '<div class="page has-sidebar">{}</div>',
        '<form action="/">{}</form>',
        "<article><header>{}</header></article>",
        "<table><tr><td>{}</td></tr></table>",
        '<div class="shared-content">{}</div>',
    ],
)
def test_the_policy_itself_is_never_taken_for_the_site_around_it(wrapped: str):
    blocks = page(wrapped.format("<h1>Woonvisie</h1><p>Wij bouwen huizen.</p>")).blocks
    assert [(b.text, b.role) for b in blocks] == [("Woonvisie", "heading"), ("Wij bouwen huizen.", "text")]


def test_html_headings_lists_and_nested_lists():
    blocks = page("<h2>Doel</h2><ol start=3><li>drie<ul><li>diep</li></ul></li><li><p>vier</p></li></ol>").blocks
    assert [(b.text, b.role, b.level) for b in blocks] == [
        ("Doel", "heading", 2),
        ("3. drie", "item", None),
        ("- diep", "item", None),
        ("4. vier", "item", None),
    ]


def test_a_list_right_inside_a_list_is_not_lost():
    assert texts(page("<h2>Doel</h2><ul><li>een</li><ul><li>twee</li></ul></ul>").blocks, "item") == ["- een", "- twee"]


def test_html_tables_have_a_header_and_terms():
    blocks = page(
        "<h1>A</h1><table><caption>Geld</caption><tr><th>Wie</th><th>Wat</th></tr><tr><td>Raad</td><td>kader</td></tr>"
        "</table>"
    ).blocks
    assert [(b.text, b.role, b.header, b.term) for b in blocks[1:]] == [
        ("Geld", "caption", False, None),
        ("Wie | Wat", "row", True, None),
        ("Raad | kader", "row", False, "Raad"),
    ]


def test_definition_lists_give_term_and_definition():
    blocks = page(
        "<h1>A</h1><dl><dt>Kader</dt><dd>grens</dd><dt>Doel</dt><dt>Ambitie</dt><dd>wens</dd><dt>Rest</dt></dl>"
    )
    assert [(b.text, b.term) for b in blocks.blocks[1:]] == [
        ("Kader: grens", "Kader"),
        ("Doel, Ambitie: wens", "Doel, Ambitie"),
        ("Rest", None),
    ]


def test_entities_and_inline_text_between_blocks():
    blocks = page("<h1>A</h1>v&oacute;&oacute;r<p>zorg &amp; <b>we</b>lzijn</p>er<br>na").blocks
    assert texts(blocks) == ["A", "vóór", "zorg & welzijn", "er na"]


def test_a_page_says_its_own_title_and_address():
    source = page("<p>tekst</p>", '<title>Visie</title><link rel="canonical" href="https://x.nl/visie">')
    assert (source.title, source.url, source.styled) == ("Visie", "https://x.nl/visie", False)


def test_absurdly_nested_html_is_refused():
    with pytest.raises(UnreadableDocument, match="nested"):
        page("<div>" * 5000 + "tekst")


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('type="a"', ["a. x", "b. x"]),
        ('type="A" start="26"', ["Z. x", "AA. x"]),
        ('type="i"', ["i. x", "ii. x"]),
        ('type="I"', ["I. x", "II. x"]),
        ('start="0"', ["0. x", "1. x"]),
        ("reversed", ["2. x", "1. x"]),
        ('style="list-style-type: lower-alpha"', ["a. x", "b. x"]),
        ('style="list-style: none"', ["x", "x"]),
    ],
)
def test_ordered_lists_are_numbered_as_a_browser_does(attributes, expected):
    assert texts(page(f"<h1>A</h1><ol {attributes}><li>x<li>x</ol>").blocks, "item") == expected


def test_an_item_may_state_its_number():
    assert texts(page("<ol><li>x<li value=7>x<li>x</ol>").blocks) == ["1. x", "7. x", "8. x"]


@pytest.mark.parametrize(
    "item",
    ["<li>a. zorg</li>", "<li><p>a.</p><p>zorg</p></li>", '<li><span class="li-nr">a</span><p>zorg</p></li>'],
)
@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_the_number_that_an_item_states_itself_is_its_marker(item, tag):
    assert texts(page(f"<h1>A</h1><{tag}>{item}</{tag}>").blocks, "item") == ["a. zorg"]


def test_line_breaks_part_lines_that_stand_alone():
    blocks = page("<h1>A</h1><p>Postbus 12<br>1234 AB Zandwijk</p><p>Nodig zijn:<br>- geld<br>- tijd</p>").blocks
    assert [(b.text, b.role) for b in blocks[1:]] == [
        ("Postbus 12", "text"),
        ("1234 AB Zandwijk", "text"),
        ("Nodig zijn:", "text"),
        ("- geld", "item"),
        ("- tijd", "item"),
    ]


def test_what_stands_on_a_fold_is_the_heading_of_what_lies_in_it():
    fold = "<details><summary>{}</summary><p>Uitleg.</p></details>"
    blocks = page(f"<h2>Vragen</h2>{fold.format('Wie betaalt?')}{fold.format('Wanneer?')}<h2>Slot</h2>").blocks
    assert [(b.text, b.level) for b in blocks if b.role == "heading"] == [
        ("Vragen", 2),
        ("Wie betaalt?", 3),
        ("Wanneer?", 3),
        ("Slot", 2),
    ]


def test_a_heading_that_is_a_button_is_a_heading():
    assert texts(page("<h1>A</h1><h2><button>Doelen</button></h2><p>x</p>").blocks, "heading") == ["A", "Doelen"]


def test_a_page_with_an_article_element_per_article_is_read_whole():
    body = "".join(f"<article><h2>Artikel {n}</h2><p>Tekst {n}.</p></article>" for n in (1, 2))
    assert texts(page(body).blocks) == ["Artikel 1", "Tekst 1.", "Artikel 2", "Tekst 2."]


def test_headings_of_one_height_are_levelled_by_what_they_name():
    names = ["Hoofdstuk 1 Algemeen", "Paragraaf 1.1 Begrippen", "Artikel 1 Zorg", "Artikel 2 Hulp", "Hoofdstuk 2 Slot"]
    names += ["Artikel 3 Titel", "Toelichting", "Artikel 3"]
    blocks = page("".join(f"<h3>{name}</h3><p>x</p>" for name in names)).blocks
    assert [b.level for b in blocks if b.role == "heading"] == [3, 4, 5, 5, 3, 5, 3, 6]


def test_levels_that_a_page_states_soundly_are_kept():
    blocks = page("<h1>Visie</h1><h2>Hoofdstuk 1 A</h2><h4>Artikel 1 B</h4><h2>Hoofdstuk 2 C</h2>").blocks
    assert [b.level for b in blocks] == [1, 2, 4, 2]


def test_a_list_of_links_into_the_page_is_its_table_of_contents():
    links = "".join(f'<li><a href="#{n}">Hoofdstuk {n}</a></li>' for n in (1, 2, 3))
    blocks = page(f"<h1>A</h1><h2>Inhoudsopgave</h2><ul>{links}</ul><h2>Hoofdstuk 1</h2><p>x</p>").blocks
    assert [b.term for b in blocks if b.role == "caption"] == ["contents"] * 4
    assert texts(blocks, "heading") == ["A", "Hoofdstuk 1"]


@pytest.mark.parametrize(
    "line",
    [
        "Toon relaties in LiDO", "Permanente link", "Maak een permanente link", "Toon wetstechnische informatie",
        "Druk het regelingonderdeel af", "Sla het regelingonderdeel op", "Geen andere versie om mee te vergelijken",
        "Ziet u een fout in deze regeling? Meld het ons op regelgeving@overheid.nl!", "Naar boven",
    ],
)  # fmt: skip
def test_the_buttons_of_the_national_sites_are_no_text(line):
    body = (
        f'<h1>A</h1><ul><li><a href="#">{line}</a></li></ul><p>{line}</p><h2>Doel <a href="#">{line}</a></h2><p>x</p>'
    )
    assert texts(page(body).blocks) == ["A", "Doel", "x"]


REGULATION = """<header><p>Overheid.nl</p></header><div class="breadcrumb"><p>U bent hier</p></div>
<div class="columns--sidebar" id="toc"><a href="#a1">Artikel 1</a></div>
<main><h1>Verordening speelplekken Zandwijk</h1><p>Geldend van 01-02-2023 t/m heden</p>
<div class="regeling"><div class="hoofdstuk"><h2>Hoofdstuk 1 Algemeen</h2><div class="artikel"><h4>Artikel 1 Open</h4>
<ul><li class="lid"><span class="lidnr">1</span> Open tot zes uur.</li><li class="lid"><span class="lidnr">2</span><p>Of later:</p>
<ul><li><p>a.</p><p>in de zomer;</p></li></ul></li></ul><div class="lid"><p><span class="lidnr">3.</span> Nooit 's nachts.</p></div>
</div></div></div><p><a href="https://lokaleregelgeving.overheid.nl/CVDR900001/2">Permanente link</a></p></main>"""


def test_a_page_of_the_site_for_local_regulations():
    source = page(REGULATION, "<title>Verordening speelplekken | Lokale wet- en regelgeving</title>")
    assert source.url == "https://lokaleregelgeving.overheid.nl/CVDR900001/2"
    assert [(b.text, b.role) for b in source.blocks] == [
        ("Verordening speelplekken Zandwijk", "heading"),
        ("Geldend van 01-02-2023 t/m heden", "text"),
        ("Hoofdstuk 1 Algemeen", "heading"),
        ("Artikel 1 Open", "heading"),
        ("1. Open tot zes uur.", "item"),
        ("2. Of later:", "item"),
        ("a. in de zomer;", "item"),
        ("3. Nooit 's nachts.", "item"),
    ]


def test_headings_written_as_paragraphs():
    kop = '<p class="artikel_kop">Artikel 1 Zorg</p><p>x</p><p class="tussenkop">Hulp</p><p>y</p><p class="divisiekop2">Z</p>'
    blocks = page(f'<div class="officiele-publicatie">{kop}</div>').blocks
    assert [(b.text, b.level) for b in blocks if b.role == "heading"] == [("Artikel 1 Zorg", 1), ("Hulp", 2), ("Z", 2)]


def test_lists_that_word_wrote_as_paragraphs():
    item = "<p class=MsoListParagraph style='mso-list:l0 level1'><span>{}<span>&nbsp; </span></span>{}</p>".format
    blocks = page(f"<h1>A</h1>{item('a.', 'zorg')}{item('·', 'hulp')}").blocks
    assert texts(blocks, "item") == ["a. zorg", "- hulp"]


def test_of_several_highest_headings_none_is_the_title():
    assert page("<h1>1 Doel</h1><h1>2 Geld</h1>", "<title>Kader zorg</title>").title == "Kader zorg"
    assert page("<h1>Visie</h1><h2>Geld</h2>", "<title>Gemeente</title>").title == "Visie"


@pytest.mark.frameworks
@pytest.mark.skipif(not OTHER.is_dir(), reason="the real examples are not beside this checkout")
def test_a_real_publication_is_its_text_and_its_number():
    document = read_document(OTHER / "gemeenteblad-publicatie.html")
    assert document.title.startswith("Bekendmaking Wet op de kansspelen")
    assert "Jaargang 2017 Nr. 100007" in document.text
    for furniture in ("Tekstgrootte", "Snelzoeken", "Inhoudsopgave", "downloaden", "E-overheid"):
        assert furniture not in document.text


@settings(max_examples=80)
@given(data=ANYTHING)
def test_any_bytes_give_a_document_or_a_refusal(data: bytes):
    fails_only_by_refusing(data, ".html")
