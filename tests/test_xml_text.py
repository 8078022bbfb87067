"""The words of CVDR and BWB files: koppen, leden, lists, tables, notes, signatures, and what they do not say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import Block
from ingest.errors import UnreadableDocument
from ingest.loaders.xml import load_xml
from tests.fuzzing import ANYTHING, fails_only_by_refusing
from tests.making import texts


def blocks(inner: str, meta: str = "", sluiting: str = "") -> list[Block]:
    body = f"<regeling><regeling-tekst>{inner}</regeling-tekst>{sluiting}</regeling>"
    return list(
        load_xml(f"<cvdr><meta>{meta}</meta><body><intitule>Regels</intitule>{body}</body></cvdr>".encode()).blocks[1:]
    )


def of_article(inner: str) -> list[str]:
    return texts(tuple(blocks(f"<artikel><kop><label>Artikel</label><nr>1</nr></kop>{inner}</artikel>")))[1:]


@pytest.mark.parametrize(
    ("kop", "heading"),
    [
        ("<label>Artikel</label><nr>3</nr><titel>Tarieven</titel>", "Artikel 3 Tarieven"),
        ("<label>Artikel</label><nr>3 Tarieven</nr>", "Artikel 3 Tarieven"),
        ("<label>Artikel</label><nr>Artikel 3</nr><titel>Tarieven</titel>", "Artikel 3 Tarieven"),
        ("<label>Artikel</label><nr>3</nr><titel>Artikel 3 Tarieven</titel>", "Artikel 3 Tarieven"),
        ("<label>1.Parkeren</label>", "1. Parkeren"),
        ("<label>Artikel 3a</label><nr/>", "Artikel 3a"),
        ("<label>§</label><nr>2</nr><titel>Slot</titel>", "§ 2 Slot"),
        ("<titel>Slot<noot><noot.nr>1</noot.nr><noot.al>Zie 2.</noot.al></noot></titel>", "Slot¹"),
        ("<nr>1.</nr><titel>Doel</titel><subtitel>en reikwijdte</subtitel>", "1. Doel – en reikwijdte"),
        ("Losse kop", "Losse kop"),
    ],
)
def test_a_kop_reads_as_a_reader_writes_it(kop, heading):
    assert blocks(f"<artikel><kop>{kop}</kop><al>x</al></artikel>")[0] == Block(heading, role="heading", level=1)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<lid><lidnr>1</lidnr><al>Een.</al></lid><lid><lidnr>1a.</lidnr><al>Twee.</al></lid>", ["1. Een.", "1a. Twee."]),
        ("<lid><lidnr>2</lidnr><lijst><li nr='a.'><al>zorg</al></li></lijst></lid>", ["2. a. zorg"]),
        ("<lijst><li><li.nr>a.</li.nr><al>zorg:</al><lijst><li nr='1°.'><al>nu</al></li></lijst></li></lijst>", ["a. zorg:", "1°. nu"]),
        ("<lijst><li nr='•'><al>▪ zorg</al></li></lijst>", ["• zorg"]),
        ("<al>Zie <intref doc='x'>artikel 2</intref> van <extref doc='y'>de wet</extref>.</al>", ["Zie artikel 2 van de wet."]),
        ("<al>Dit geldt voor:<lijst><li nr='a.'><al>zorg;</al></li></lijst>en verder niet.</al>",
         ["Dit geldt voor:", "a. zorg;", "en verder niet."]),
        ("<structuurtekst><al>(gereserveerd)</al></structuurtekst>", ["(gereserveerd)"]),
        ("<onbekend>Tekst <nieuw>in</nieuw> iets nieuws.</onbekend>", ["Tekst in iets nieuws."]),
        ("<al>Zij <nadruk type='vet'>moeten</nadruk> 30 m<sup>2</sup> of 40 m² hebben.</al>", ["Zij moeten 30 m2 of 40 m2 hebben."]),
        ("<begrippenlijst><begrip><begrip.term>zorg</begrip.term><definitie><al>hulp;</al></definitie></begrip></begrippenlijst>",
         ["zorg: hulp;"]),
        ("<al>Zorg<noot><noot.nr>3</noot.nr><noot.al>Zie <extref>de wet</extref>.</noot.al><noot.al>En meer.</noot.al></noot> is er.</al>",
         ["Zorg³ is er.", "3 Zie de wet. En meer."]),
        ("<begrippenlijst><begrip><definitie><al>hulp;</al></definitie></begrip></begrippenlijst>", ["hulp;"]),
        ("<al>Zorg <noot><noot.al>Zonder nummer.</noot.al></noot>.</al>", ["Zorg¹.", "1 Zonder nummer."]),
    ],
)  # fmt: skip
def test_leden_lists_and_notes(inner, expected):
    assert of_article(inner) == expected


@pytest.mark.parametrize("status", ["status='vervallen'", "effect='vervallen'"])
def test_an_article_that_is_gone_says_so(status):
    found = blocks(f"<artikel {status}><kop><label>Artikel</label><nr>4</nr></kop></artikel>")
    assert [b.text for b in found] == ["Artikel 4", "[Vervallen]"]


def test_tables_with_spans_heading_rows_titles_and_notes():
    columns = "".join(f"<colspec colname='c{n}'/>" for n in (1, 2, 3))
    entry = "<entry colname='{}'><al>{}</al></entry>".format
    head = (
        f"<row><entry colname='c1' morerows='1'><al>Doel</al></entry><entry namest='c2' nameend='c3'><al>Kosten</al></entry></row>\
<row>{entry('c2', '2023')}{entry('c3', '2024')}</row>"
    )
    note = "<noot><noot.nr>1</noot.nr><noot.al>Raming.</noot.al></noot>"
    body = (
        f"<row><entry colname='c1' morerows='1'><al>Jeugd{note}</al></entry>{entry('c2', '')}{entry('c3', '5')}</row>\
<row>{entry('c2', '6')}{entry('c3', '7')}</row>"
    )
    table = f"<table><title>Tabel 1</title><tgroup cols='3'>{columns}<thead>{head}</thead><tbody>{body}</tbody></tgroup></table>"
    assert of_article(table) == [
        "Tabel 1", "Doel | Kosten 2023 | Kosten 2024", "Jeugd¹ | | 5", "Jeugd¹ | 6 | 7", "1 Raming."]  # fmt: skip


def test_signatures_stand_apart_under_a_heading_of_their_own():
    signed = "<functie>de griffier,</functie><naam><voornaam>A.</voornaam><achternaam>Jansen</achternaam></naam>"
    found = blocks(
        "<artikel><kop><label>Artikel</label><nr>1</nr></kop><al>x</al></artikel>",
        sluiting=f"<regeling-sluiting><slotformulering><al>Aldus vastgesteld.</al></slotformulering>"
        f"<ondertekening>{signed}</ondertekening><ondertekening>B. de Vries</ondertekening></regeling-sluiting>",
    )
    assert [(b.text, b.role) for b in found[2:]] == [
        ("Ondertekening", "heading"),
        ("Aldus vastgesteld.", "text"),
        ("de griffier,", "text"),
        ("A. Jansen", "text"),
        ("B. de Vries", "text"),
    ]


def test_an_empty_closing_has_no_heading():
    assert blocks("<artikel><al>x</al></artikel>", sluiting="<regeling-sluiting><al/></regeling-sluiting>") == [
        Block("x")
    ]


def test_an_explanatory_note_has_its_own_divisions():
    inner = "<divisie><kop><titel>Algemeen</titel></kop><al>x</al></divisie><artikel><kop><label>Artikel</label><nr>1</nr></kop></artikel>"
    found = blocks("", sluiting=f"<nota-toelichting>{inner}</nota-toelichting>")
    assert [(b.text, b.level) for b in found if b.role == "heading"] == [
        ("Toelichting", 1),
        ("Algemeen", 2),
        ("Artikel 1", 2),
    ]


def test_a_file_with_several_regulations_keeps_them_apart():
    one = "<intitule>{}</intitule><regeling><regeling-tekst><artikel><kop><nr>1</nr><titel>Doel</titel></kop></artikel></regeling-tekst></regeling>"
    found = load_xml(
        f"<cvdr><body>{one.format('Eerste regels')}{one.format('Tweede regels')}</body></cvdr>".encode()
    ).blocks
    assert [(b.text, b.level) for b in found] == [
        ("Eerste regels", 0), ("1 Doel", 1), ("Tweede regels", 1), ("1 Doel", 2)]  # fmt: skip


@pytest.mark.parametrize(
    ("dates", "line"),
    [
        (
            ("2020-01-01", "2021-01-01"),
            "Geldend van 01-01-2020 t/m 31-12-2020",
        ),  # the second is the first day without it
        (("2020-01-01", ""), "Geldend van 01-01-2020 t/m heden"),
        (("2020-01-01", "9999-12-31"), "Geldend van 01-01-2020 t/m heden"),
    ],
)
def test_the_dates_of_force_are_stated(dates, line):
    meta = f"<inwerkingtredingDatum>{dates[0]}</inwerkingtredingDatum><uitwerkingtredingDatum>{dates[1]}</uitwerkingtredingDatum>"
    assert blocks("<al>x</al>", meta)[0].text == line


def test_dates_that_are_none_are_not_stated():
    assert texts(tuple(blocks("<al>x</al>", "<inwerkingtredingDatum>2020-13-40</inwerkingtredingDatum>"))) == ["x"]


def test_an_act_states_its_beginning_and_its_signing_but_no_end():
    meta = "<meta-data><oorspronkelijk><ondertekeningsdatum isodatum='1996-11-14'/></oorspronkelijk></meta-data>"
    body = f"<wetgeving><intitule>Wet van 1996 over zorg{meta}</intitule><citeertitel>Zorgwet</citeertitel><al>x</al></wetgeving>"
    source = load_xml(f"<toestand bwb-id='BWBR1' inwerkingtreding='2011-01-01'>{body}</toestand>".encode())
    assert texts(source.blocks) == [
        "Zorgwet", "Geldend vanaf 01-01-2011", "Vastgesteld op 14-11-1996", "Wet van 1996 over zorg", "x"]  # fmt: skip


def test_absurd_depth_is_refused_and_hidden_declarations_too():
    assert blocks("<a>" * 90 + "x" + "</a>" * 90)[0].text == "x"
    with pytest.raises(UnreadableDocument, match=r"nested|damaged"):
        blocks("<a>" * 5000 + "x" + "</a>" * 5000)
    declared = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE c [<!ENTITY x "ha">]><cvdr><al>&x;</al></cvdr>'
    with pytest.raises(UnreadableDocument, match="entities"):
        load_xml(declared.encode("utf-16"))


NAMES = "regeling artikel kop label nr lid lidnr lijst li al noot noot.nr noot.al table tgroup row entry begrip definitie intitule".split()
trees = st.recursive(
    st.sampled_from(["tekst ", "1", "", "²"]),
    lambda inner: st.builds(
        lambda name, parts: f"<{name} nr='a.' morerows='9' namest='c1' nameend='c9'>{''.join(parts)}</{name}>",
        st.sampled_from(NAMES),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@settings(max_examples=80)
@given(data=st.one_of(ANYTHING, trees.map(lambda tree: f"<cvdr><body>{tree}</body></cvdr>".encode())))
def test_any_bytes_give_a_document_or_a_refusal(data: bytes):
    fails_only_by_refusing(data, ".xml")
