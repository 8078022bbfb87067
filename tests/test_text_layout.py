"""What the plain-text loader reads from the layout of a page: source order, running lines, columns, fields, bullets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.blocks import Block
from ingest.loaders.text import load_text
from tests.making import own_text, read, texts

PROSE = "De gemeente Zandwijk werkt samen met inwoners aan een buurt waarin iedereen mee kan doen."


def blocks_of(*lines: str) -> tuple[Block, ...]:
    return load_text("\n".join(lines).encode()).blocks


# Source order


def test_the_formulas_of_a_decision_stay_below_the_line_they_stand_below():
    lines = [
        "Beleidsregels schuldhulpverlening en vroegsignalering Zandwijk 2025",
        "Het college van Zandwijk;",
        "gelezen het advies van de adviesraad van 4 maart 2025;",
        "gelet op artikel 2 van de Wet gemeentelijke schuldhulpverlening;",
    ]
    assert texts(blocks_of("\n\n".join(lines))) == lines


@pytest.mark.parametrize("formula", ["gelezen het voorstel", "gehoord de raad", "overwegende dat", "besluit:"])
def test_a_formula_is_no_continuation_of_a_title(formula: str):
    title = "Verordening op de heffing en invordering van leges in Zandwijk"
    assert texts(blocks_of(f"{title}\n\n{formula}")) == [title, formula]


@pytest.mark.parametrize(("gap", "between"), [("\n\n", "Het loket"), ("\n\n\n\n", "De raad van Zandwijk;")])
def test_a_line_is_only_moved_behind_a_sentence_if_it_is_a_caption_at_a_page_break(gap: str, between: str):
    before = "Samen met de inwoner zoekt de gemeente naar wat hij zelf kan om de draad weer op te"
    lines = [before, between, "pakken en vol te houden."]
    assert texts(blocks_of(gap.join(lines))) == lines


def test_a_signer_does_not_go_on_with_the_line_above_it():
    signed = "Aldus besloten in de openbare vergadering van de gemeenteraad van Zandwijk"
    lines = [signed, "de griffier, A.B. Smit", "de voorzitter, mr. C. de Wit"]
    assert texts(blocks_of("\n\n".join(lines))) == lines


# Running lines


def paged(count: int, head: str = "Nota Groen Zandwijk", foot: str = "Pagina {} van {}") -> str:
    pages = []
    for at in range(1, count + 1):
        top = f"{head}\n\n" if at > 1 else "Groenvisie\n\n"
        bottom = "\n\n" + " " * 40 + foot.format(at, count) if foot else ""
        pages.append(f"{top}Alinea {at} gaat over bomen in straat {at}.{bottom}\n")
    return "\f".join(pages)


@pytest.mark.parametrize("count", [3, 6])
@pytest.mark.parametrize("foot", ["Pagina {} van {}", "- {} -", ""])
def test_running_heads_and_page_numbers_are_no_text(count: int, foot: str):
    text = [f"Alinea {at} gaat over bomen in straat {at}." for at in range(1, count + 1)]
    assert texts(load_text(paged(count, foot=foot).encode()).blocks) == ["Groenvisie", *text]


def test_page_numbers_that_count_are_dropped_without_form_feeds_too():
    lines = ["Een.", "", "Pagina 1 van 2", "", "Twee.", "", "Pagina 2 van 2"]
    assert texts(blocks_of(*lines)) == ["Een.", "Twee."]
    assert texts(blocks_of("Een.", "", "Pagina 7 van 9", "", "Twee.")) == ["Een.", "Pagina 7 van 9", "Twee."]


def test_a_sentence_and_a_word_broken_by_a_page_are_whole_again():
    first = "De raad stelt de kaders en het college voert ze uit, samen met de onder-"
    text = f"Zandwijk\n\n{first}\n\nPagina 1 van 2\n\fnemers in de stad.\n\nPagina 2 van 2\n"
    assert texts(load_text(text.encode()).blocks)[1] == f"{first[:-1]}nemers in de stad."


def test_the_title_on_the_first_page_stays_and_a_header_that_goes_on_into_a_table_too():
    head = "Post      2025    2026"
    pages = [f"{head}\nBomen       {at}0      {at}5\nPerken      {at}1      {at}6\n" for at in range(1, 5)]
    assert [b.text for b in load_text("\f".join(pages).encode()).blocks].count("Post | 2025 | 2026") == 4


def test_chapters_that_each_begin_a_page_are_no_running_heads():
    pages = "\f".join(f"Bijlage {at}\n\nTekst {at}.\n" for at in range(1, 5))
    assert texts(load_text(pages.encode()).blocks)[::2] == [f"Bijlage {at}" for at in range(1, 5)]


# Bullets


def test_several_lines_that_begin_with_o_are_a_list():
    text = [
        *[PROSE] * 4,
        "Wij willen:",
        "o   meer bomen",
        "o   minder stenen in de tuinen van de inwoners,",
        "    ook bij nieuwbouw",
        "",
    ] * 5
    blocks = load_text("\n".join(text).encode()).blocks
    assert texts(blocks, "item")[:2] == [
        "○ meer bomen",
        "○ minder stenen in de tuinen van de inwoners, ook bij nieuwbouw",
    ]


def test_a_single_line_that_begins_with_o_is_a_sentence():
    assert texts(blocks_of("o ja, dat mag.", PROSE)) == ["o ja, dat mag.", PROSE]


# Columns


def test_columns_aligned_by_spaces_are_rows_with_a_header_whatever_their_signs():
    blocks = blocks_of(
        "Onze begroting (x 1.000)",
        "",
        "                      2025    2026",
        "Groot onderhoud         40      40",
        "Minder verhuur         -15    -115",
        "Extra inhuur             -       8",
        "",
        PROSE,
    )
    assert [(b.text, b.role, b.header, b.term) for b in blocks[1:-1]] == [
        ("| 2025 | 2026", "row", True, None),
        ("Groot onderhoud | 40 | 40", "row", False, "Groot onderhoud"),
        ("Minder verhuur | -15 | -115", "row", False, "Minder verhuur"),
        ("Extra inhuur | - | 8", "row", False, "Extra inhuur"),
    ]


def test_rows_of_columns_are_no_headings(tmp_path: Path):
    table = "Minder verhuur sporthal       0     -85     -85\nSaldo van alle posten        -4    -190    -190"
    document = read(tmp_path, f"1 Doel\n\n1.1 Nu\n\n{PROSE}\n\n{table}\n\n{PROSE * 2}\n")
    assert [s.title for s in document.sections if s.level > 1] == ["Nu"]
    assert "Minder verhuur sporthal | 0 | -85 | -85\nSaldo" in own_text(document, "Nu")


def test_a_cell_that_is_empty_keeps_its_place_and_one_that_runs_on_is_whole():
    blocks = blocks_of(
        "Wie           Taak                 Termijn",
        "Raad          Stelt vast           mei",
        "College                            juni",
        "Wijkteam      Voert uit in de      juli",
        "              wijken",
    )
    assert texts(blocks) == [
        "Wie | Taak | Termijn",
        "Raad | Stelt vast | mei",
        "College | | juni",
        "Wijkteam | Voert uit in de wijken | juli",
    ]


def test_a_planning_has_no_header_and_its_title_is_a_heading(tmp_path: Path):
    rows = "maart 2026        Start van de bouw\njuli 2026         Het dak is dicht\nmei 2027          Opening"
    assert [b.header for b in blocks_of(rows)] == [False] * 3
    document = read(tmp_path, f"1 Doel\n\n1.1 Nu\n\n{PROSE}\n\nPlanning\n\n{rows}\n")
    assert own_text(document, "Planning").startswith("maart 2026 | Start van de bouw\njuli 2026 | ")


@pytest.mark.parametrize(
    "lines",
    [
        ["1.  Akkoord te gaan met de nota", "2.  Geld te reserveren"],
        ["a.   de eigenaar", "b.   de huurder", "c.   de bewoner"],
        ["Artikel 1   Begrippen", "Artikel 2   Reikwijdte", "Artikel 3   Slot"],
        ["Wij  werken aan  een  buurt", "waarin  iedereen mee  kan", "doen en  niemand  buiten staat"],
        ["Inleiding           3", "Wat wij willen      4", "Geld               11"],
        ["Een enkele     regel"],
    ],
)
def test_lists_justified_text_and_tables_of_contents_are_no_tables(lines: list[str]):
    assert texts(blocks_of(*lines), "row") == []


# Fields


def test_each_field_of_a_title_block_is_a_line_of_its_own(tmp_path: Path):
    block = (
        "Raadsvoorstel\n\nOnderwerp:          Nota bomen en struiken in de stad 2026-2030\n"
        "                    'Zandwijk groeit'\nSteller:            J. Pot, adviseur groen\n"
        "Commissie:          Ruimte, 3 juni 2026\n"
    )
    document = read(tmp_path, f"{block}\n{PROSE}\n")
    assert "Onderwerp: Nota bomen en struiken in de stad 2026-2030 'Zandwijk groeit'\nSteller: J. Pot" in document.text
    assert document.title == "Nota bomen en struiken in de stad 2026-2030 'Zandwijk groeit'"
    assert {f.name: f.value for f in document.facts}["steller"] == "J. Pot, adviseur groen"


def test_known_fields_need_no_columns_to_be_lines_of_their_own():
    long = "Onderwerp: Vaststelling van de nota over bomen in Zandwijk"
    wrapped = [PROSE[:70], PROSE[:64] + "."] * 12
    blocks = blocks_of(long, "Portefeuillehouder: wethouder A. Bos", "Zaaknummer: 12", "", *wrapped)
    assert texts(blocks)[:3] == [long, "Portefeuillehouder: wethouder A. Bos", "Zaaknummer: 12"]


def test_entries_of_a_glossary_are_no_fields():
    blocks = blocks_of("Burgerkracht: wat inwoners zelf doen", "Kader: de grens van het beleid")
    assert texts(blocks, "text") == ["Burgerkracht: wat inwoners zelf doen", "Kader: de grens van het beleid"]


# Names side by side


@pytest.mark.parametrize(
    "lines",
    [
        ["De griffier,               De voorzitter,", "A.B. Smit-de Jong          mr. dr. C. van Wit"],
        ["De griffier,               De voorzitter,", "", "", "A.B. Smit-de Jong          mr. dr. C. van Wit"],
        ["De griffier, A.B. Smit-de Jong      De voorzitter, mr. dr. C. van Wit"],
    ],
)
def test_those_who_sign_side_by_side_have_a_line_each(lines: list[str]):
    assert texts(blocks_of(PROSE, "", *lines))[1:] == [
        "De griffier, A.B. Smit-de Jong",
        "De voorzitter, mr. dr. C. van Wit",
    ]


def test_words_side_by_side_that_are_no_names_are_left_alone():
    assert texts(blocks_of("De griffier,      De voorzitter,", "12 mei 2024       te Zandwijk"))[0].startswith("De gr")
