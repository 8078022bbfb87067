"""Links that lead to a section: anchors of a page, links of an act's own, pages of a PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from building import VERHUIZEN

from assistant.answer import address_of
from ingest.read import read_document

PAGE = """<html><head><title>Parkeerregels</title><link rel="canonical" href="https://voorbeeld.example/parkeren"></head>
<body><h1>Parkeerregels</h1>
<h2 id="vergunning">1 Vergunning</h2><p>Een vergunning geldt voor een straat.</p>
<h2><a name="bezoek"></a>2 Bezoek</h2><p>Bezoek krijgt een dagkaart.</p>
<a id="laden"></a><h2>3 Laden</h2><p>Laden mag in een vak met een paal.</p>
<section id="fietsen"><h2>4 Fietsen</h2><p>Fietsen staan in een rek.</p></section>
<h2>5 Slot</h2><p>Deze regels gelden in de hele stad.</p>
</body></html>"""

ACT = """<toestand bwb-id="BWBR0000001" inwerkingtreding="2020-01-01"><wetgeving><citeertitel>Wet op de tuinen</citeertitel>
<wet-besluit><wettekst><artikel><meta-data><jcis><jci versie="1.3"
 verwijzing="jci1.3:c:BWBR0000001&amp;artikel=1&amp;z=2020-01-01&amp;g=2020-01-01"/></jcis></meta-data>
<kop><label>Artikel</label><nr>1</nr></kop><al>Een tuin is een stuk grond met planten.</al></artikel>
<artikel><kop><label>Artikel</label><nr>2</nr></kop><al>Een tuin heeft een hek.</al></artikel>
</wettekst></wet-besluit></wetgeving></toestand>"""


def read(tmp_path: Path, name: str, text: str):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_document(path)


def anchors(document) -> dict[str, str | None]:
    return {section.title: section.anchor for section in document.sections}


def test_a_heading_of_a_page_is_found_by_its_id_by_an_anchor_and_by_the_part_it_opens(tmp_path):
    found = anchors(read(tmp_path, "parkeren.html", PAGE))
    assert [found[t] for t in ("Vergunning", "Bezoek", "Laden", "Fietsen", "Slot")] == [
        "vergunning",
        "bezoek",
        "laden",
        "fietsen",
        None,
    ]


def test_an_article_of_an_act_has_the_link_that_the_act_states(tmp_path):
    document = read(tmp_path, "wet.xml", ACT)
    one, two = (n for n, s in enumerate(document.sections) if (s.number or "").startswith("Artikel"))
    assert address_of(document, one, None) == (
        "https://wetten.overheid.nl/jci1.3:c:BWBR0000001&artikel=1&z=2020-01-01&g=2020-01-01"
    )
    assert address_of(document, two, None) == "https://wetten.overheid.nl/BWBR0000001"


def test_text_without_anchors_leads_to_the_document(tmp_path):
    document = read(tmp_path, "wonen.txt", VERHUIZEN)
    assert {section.anchor for section in document.sections} == {None}
    assert address_of(document, 0, None) is None


@pytest.mark.parametrize(
    ("url", "page", "anchor", "address"),
    [
        ("https://voorbeeld.example/kader.pdf", 3, None, "https://voorbeeld.example/kader.pdf#page=3"),
        ("https://voorbeeld.example/kader.PDF", 3, "een", "https://voorbeeld.example/kader.PDF#page=3"),
        ("https://voorbeeld.example/kader", None, "een twee", "https://voorbeeld.example/kader#een%20twee"),
        ("https://voorbeeld.example/kader#oud", None, "nieuw", "https://voorbeeld.example/kader#nieuw"),
        ("https://voorbeeld.example/kader", None, None, "https://voorbeeld.example/kader"),
        (None, 3, "een", None),
    ],
)
def test_the_address_of_a_section_is_its_page_or_its_anchor(tmp_path, url, page, anchor, address):
    document = read(tmp_path, "wonen.txt", VERHUIZEN)
    sections = (replace(document.sections[0], anchor=anchor), *document.sections[1:])
    assert address_of(replace(document, source_url=url, sections=sections), 0, page) == address
