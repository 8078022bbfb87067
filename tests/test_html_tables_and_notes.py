"""HTML tables read row by row; footnotes in the ways that pages write them."""

from __future__ import annotations

import pytest

from tests.test_html import page


def table_of(body: str) -> list[tuple[str, bool, str | None]]:
    return [(b.text, b.header, b.term) for b in page(f"<h1>A</h1><table>{body}</table>").blocks if b.role == "row"]


def test_spans_are_written_out_and_heading_rows_joined():
    assert table_of(
        "<thead><tr><th rowspan=2>Groep<th colspan=2>Tarief<tr><th>zomer<th>winter</thead>"
        "<tr><th scope=row rowspan=2>Scholen<td>10<td><tr><td>12<td>6<tr><th scope=row>Opvang<td colspan=2>gratis"
    ) == [
        ("Groep | Tarief zomer | Tarief winter", True, None),
        ("Scholen | 10", False, "Scholen"),
        ("Scholen | 12 | 6", False, "Scholen"),
        ("Opvang | gratis", False, "Opvang"),
    ]


def test_a_table_of_fields_has_no_heading_row():
    rows = "<tr><th>Onderwerp</th><td>Woonvisie</td></tr><tr><th>Steller</th><td>Jansen</td></tr>"
    assert table_of(rows) == [
        ("Onderwerp | Woonvisie", False, "Onderwerp"),
        ("Steller | Jansen", False, "Steller"),
    ]


def test_a_table_that_frames_text_is_text():
    blocks = page("<h1>A</h1><table><tr><td><p>Let op:</p><ul><li>geld</li></ul></td></tr></table>").blocks
    assert [(b.text, b.role) for b in blocks[1:]] == [("Let op:", "text"), ("- geld", "item")]


def test_absurd_spans_are_harmless():
    assert table_of("<tr><th>a<th>b<tr><td rowspan=99999 colspan=99999>x<td rowspan=0>y")[1][0] == "x | y"


NOTE = ("1 Zie de kaart.", "footnote")


@pytest.mark.parametrize(
    ("reference", "notes"),
    [
        ('<sup><a href="#n1">1</a></sup>', '<ol><li id="n1"><p>Zie de kaart. <a href="#r1">↩</a></p></li></ol>'),
        ('<a href="#_ftn1" name="_ftnref1">[1]</a>', '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Zie de kaart.</p></div>'),
        ('<a class="nootnum" href="#ID-1"><sup>1</sup></a>',
         '<div class="voet noot" id="sn-ID-1"><h5 class="note-close"><a class="note-close" href="#c">X</a> Noot</h5>'
         '<sup><span class="nootnum" id="ID-1">1</span></sup><p>Zie de kaart.</p></div>'),
        ('<a role="doc-noteref" href="#fn">1</a>', '<section><aside role="doc-footnote" id="fn">1. Zie de kaart.</aside></section>'),
        (" <sup>1</sup>", "<p><sup>1</sup> Zie de kaart.</p>"),
        ('<sup><a href="#v">1</a></sup>', '<h2>Noten</h2><p class="voetnoot"><a id="v"></a>1 Zie de kaart.</p>'),
    ],
)  # fmt: skip
def test_notes_are_told_from_the_text_and_their_references_raised(reference, notes):
    blocks = page(f"<h1>A</h1><p>De raad{reference} besluit.</p><p>Meer.</p>{notes}").blocks
    assert [(b.text, b.role) for b in blocks[1:]] == [("De raad¹ besluit.", "text"), ("Meer.", "text"), NOTE]


def test_superscript_and_links_that_refer_to_no_note_stay():
    blocks = page(
        '<h1>A</h1><p>40 m<sup>2</sup>, 30 m² en <a href="#deel">deel 2</a>.</p><h2 id="deel">Deel 2</h2>'
    ).blocks
    assert blocks[1].text == "40 m2, 30 m2 en deel 2."


def test_a_short_link_to_a_chapter_is_no_note():
    blocks = page(
        '<h1>A</h1><p>Zie hoofdstuk <a href="#h2">2</a>.</p><div id="h2"><h2>Twee</h2><p>Tekst.</p></div>'
    ).blocks
    assert [b.text for b in blocks] == ["A", "Zie hoofdstuk 2.", "Twee", "Tekst."]
