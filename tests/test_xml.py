"""The national formats: CVDR and BWB XML, made for the occasion and the real examples beside the checkout."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.loaders.xml import load_xml
from ingest.read import read_document

OTHER = Path(__file__).parent.parent.parent / "shared" / "corpus" / "other"

CVDR = """<?xml version="1.0" encoding="UTF-8"?>
<cvdr xmlns="http://standaarden.overheid.nl/cvdr/terms/" xmlns:dcterms="http://purl.org/dc/terms/"
      xmlns:overheid="http://standaarden.overheid.nl/owms/terms/" xmlns:overheidrg="http://standaarden.overheid.nl/cvdr/meta/">
  <meta><owmskern><dcterms:identifier>CVDR900001_2</dcterms:identifier>
    <dcterms:title>Verordening speeltuinen Zandwijk</dcterms:title>
    <dcterms:creator scheme="overheid:Gemeente">Zandwijk</dcterms:creator></owmskern>
    <owmsmantel><dcterms:issued>2023-01-19</dcterms:issued></owmsmantel>
    <cvdripm><overheidrg:inwerkingtredingDatum>2023-02-01</overheidrg:inwerkingtredingDatum></cvdripm></meta>
  <body><intitule>Verordening speeltuinen Zandwijk</intitule><regeling>
    <aanhef><preambule><al>De raad van de gemeente Zandwijk;</al><al/></preambule></aanhef>
    <regeling-tekst>
      <hoofdstuk><kop><label>Hoofdstuk</label><nr>1</nr><titel>Algemeen</titel></kop>
        <artikel><kop><label>Artikel</label><nr>1</nr><titel>Begrippen</titel></kop>
          <lijst><li nr="a."><al><vet>speeltuin</vet>: een terrein met toestellen;</al></li>
                 <li nr="b."><al>beheerder: wie de speeltuin openhoudt.</al></li></lijst></artikel>
        <artikel><kop><label>Artikel</label><nr>2</nr></kop>
          <lid><lidnr>1</lidnr><al>De speeltuin is open van negen tot vijf<noot><noot.nr>*</noot.nr><noot.al>Op zondag vanaf tien uur.</noot.al></noot>.</al></lid>
          <lid><lidnr>2</lidnr><al>Het college kan afwijken:</al><lijst><li nr="-"><al>bij storm;</al></li></lijst></lid></artikel>
      </hoofdstuk>
      <artikel><kop><label/></kop><al>Een artikel zonder kop.</al></artikel>
      <artikel><kop><label>Artikel</label><nr>3 Tarieven van het toestel</nr></kop>
        <table><tgroup cols="2"><thead><row><entry><al>Wie</al></entry><entry><al>Bedrag</al></entry></row></thead>
          <tbody><row><entry><al>Kind</al></entry><entry><al>gratis</al></entry></row>
                 <row><entry><al>Groep</al></entry><entry><al>€ 10</al></entry></row></tbody></tgroup></table></artikel>
    </regeling-tekst>
    <bijlage><kop><label>Bijlage</label><nr>1</nr><titel>Kaart</titel></kop><al>De kaart ligt ter inzage.</al></bijlage>
  </regeling></body></cvdr>"""


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "speeltuinen.xml"
    path.write_text(CVDR, "utf-8")
    return read_document(path)


def test_divisions_become_nested_sections(document):
    found = [(s.level, s.number, s.title) for s in document.sections if s.kind != "footnote"]
    assert found == [
        (1, None, "Verordening speeltuinen Zandwijk"),
        (2, "Hoofdstuk 1", "Algemeen"),
        (3, "Artikel 1", "Begrippen"),
        (3, "Artikel 2", "Artikel 2"),
        (2, "Artikel 3", "Tarieven van het toestel"),
        (2, "Bijlage 1", "Kaart"),
    ]


def test_leden_and_lists_keep_their_numbers(document):
    assert "1. De speeltuin is open van negen tot vijf" in document.text
    assert "2. Het college kan afwijken:\n- bij storm;" in document.text
    assert "a. speeltuin: een terrein met toestellen;" in document.text


def test_an_article_with_an_empty_kop_keeps_its_text(document):
    assert "Een artikel zonder kop." in document.text


def test_a_footnote_leaves_its_number_and_goes_to_the_end(document):
    (notes,) = [s for s in document.sections if s.kind == "footnote"]
    assert document.text[notes.text_start : notes.end].strip() == "* Op zondag vanaf tien uur."
    assert "vijf *" in document.text


def test_tables_become_rows_under_their_header(document):
    assert "Wie | Bedrag\nKind | gratis\nGroep | € 10" in document.text


def test_metadata_comes_from_the_file_and_can_be_cited(document):
    assert document.municipality == "Zandwijk"
    assert (str(document.valid_from), str(document.adopted_on)) == ("2023-02-01", "2023-01-19")
    assert document.source_url == "https://lokaleregelgeving.overheid.nl/CVDR900001/2"
    for fact in document.facts:
        assert fact.value in document.text[fact.start : fact.end]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<cvdr><body>", "damaged"),
        (b"<rss><item/></rss>", "<rss>"),
        (b'<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><cvdr>&x;</cvdr>', "entities"),
        (b'<!DOCTYPE c SYSTEM "http://kwaad.example/x.dtd"><cvdr/>', "entities"),
        (b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><cvdr>&b;</cvdr>', "entities"),
    ],
)
def test_what_is_no_safe_regulation_is_refused_by_name(data, says):
    with pytest.raises(UnreadableDocument, match=says):
        load_xml(data)


@settings(max_examples=60)
@given(st.binary(max_size=300), st.integers(0, len(CVDR) - 1))
def test_damage_gives_blocks_or_a_refusal(noise, at):
    for data in (noise, CVDR.encode()[:at] + noise + CVDR.encode()[at:], CVDR.encode()[:at]):
        with suppress(UnreadableDocument):
            assert isinstance(load_xml(data).blocks, tuple)


@pytest.mark.frameworks
@pytest.mark.skipif(not OTHER.is_dir(), reason="the real examples are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "municipality", "numbers"),
    [
        ("cvdr_example1.xml", "Spijkenisse", []),
        ("cvdr_example2.xml", "Kampen", ["1", "2", "3", "4", "5"]),
        ("cvdr_example3.xml", "Someren", ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_real_regulations_have_their_chapters_and_municipality(name, municipality, numbers):
    document = read_document(OTHER / name)
    assert document.municipality == municipality
    assert [s.number for s in document.sections if s.number and s.number.isdigit()] == numbers
    assert document.valid_from
    assert document.passages


@pytest.mark.frameworks
@pytest.mark.skipif(not OTHER.is_dir(), reason="the real examples are not beside this checkout")
def test_a_real_act_has_its_articles_and_appendices():
    document = read_document(OTHER / "bwb-wet-toestand.xml")
    numbers = [s.number for s in document.sections if s.number]
    assert [n for n in numbers if n.startswith("Artikel")] == [f"Artikel {n}" for n in range(1, 7)]
    assert [n for n in numbers if n.startswith("Bijlage")] == ["Bijlage 1", "Bijlage 2"]
