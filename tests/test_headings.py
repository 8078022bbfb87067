"""Headings in plain text: what is one, what is not, and under which other it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.numbering import parse_label
from tests.making import numbered, own_text, passage_texts, read, section, titles_below

LONG = "De gemeente werkt samen met inwoners en organisaties aan een buurt waarin iedereen mee kan doen."


def spaced(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("4.2.3 Doel 1: vitaal", "4.2.3", "Doel 1: vitaal"),
        ("2. Samenvatting", "2", "Samenvatting"),
        ("1.2. Waarom", "1.2", "Waarom"),
        ("Artikel 5 Slot", "Artikel 5", "Slot"),
        ("Artikel 3:2. Aanvraag", "Artikel 3:2", "Aanvraag"),
        ("HOOFDSTUK II - Doelen", "Hoofdstuk II", "Doelen"),
        ("Bijlage 1", "Bijlage 1", "Bijlage 1"),
        ("Appendix B: cijfers", "Appendix B", "cijfers"),
        ("*Onze rol**", None, "Onze rol"),
    ],
)
def test_headings_are_taken_apart(heading: str, number: str | None, title: str):
    label = parse_label(heading)
    assert (label.number, label.title) == (number, title)


@pytest.mark.parametrize("dot", ["", "."])
def test_depth_follows_from_the_number(tmp_path: Path, dot: str):
    text = spaced(f"1{dot} Doel", LONG, f"1.1{dot} Nu", LONG, f"1.1.1{dot} Later", LONG, f"2{dot} Geld", LONG)
    document = read(tmp_path, text)
    assert [(s.number, s.level) for s in document.sections if s.number] == [
        ("1", 1),
        ("1.1", 2),
        ("1.1.1", 3),
        ("2", 1),
    ]
    assert section(document, "Later").path == ("1 Doel", "1.1 Nu", "1.1.1 Later")


@pytest.mark.parametrize(
    "contents",
    [
        "Inhoud\n1 Doel 3\n1.1 Nu 3\n2 Geld 12\n2.1 Rijk 12",
        "Nota Inhoudsopgave\n1 Doel ........ 3\n1.1 Nu ........ 3\n2 Geld ....... 12\n2.1 Rijk ........ 12",
        "Inhoud\n1\tDoel\t3\n1.1\tNu\t3\n2\tGeld\t12\n2.1\tRijk\t12",
        "Inhoud\n1 Doel\n1.1 Nu\n2 Geld\n2.1 Rijk",
    ],
)
def test_a_table_of_contents_is_not_the_body(tmp_path: Path, contents: str):
    document = read(tmp_path, f"Nota van de raad\n{contents}\n1 Doel\n1.1 Nu\n{LONG}\n2 Geld\n2.1 Rijk\n{LONG}\n")
    assert numbered(document) == [("1", "Doel"), ("1.1", "Nu"), ("2", "Geld"), ("2.1", "Rijk")]
    assert [s.kind for s in document.sections].count("contents") == 1
    assert own_text(document, "Nu") == LONG
    assert not any("3" in text for text in passage_texts(document))


def test_a_table_of_contents_may_lack_both_its_name_and_its_pages(tmp_path: Path):
    contents = "1 Doel\n1.1 Nu\n2 Geld\n2.1 Rijk"
    document = read(tmp_path, f"Nota van de raad\n{contents}\n1 Doel\n1.1 Nu\n{LONG}\n2 Geld\n2.1 Rijk\n{LONG}\n")
    assert own_text(document, "Nu") == LONG


def test_lines_that_end_in_numbers_in_any_order_are_no_table_of_contents(tmp_path: Path):
    counts = ["Aantal nieuwe woningen 40", "Aantal scholen 12", "Aantal parken 3"]
    document = read(tmp_path, "\n".join(["Nota van de raad", "1 Doel", "1.1 Nu", LONG, *counts, LONG]))
    assert "contents" not in [s.kind for s in document.sections]


def test_a_time_of_day_is_no_section_number(tmp_path: Path):
    document = read(tmp_path, spaced("1 Doel", "1.1 Nu", LONG, "12.30 Inloop met koffie", LONG, "1.2 Later", LONG))
    assert [number for number, _ in numbered(document)] == ["1", "1.1", "1.2"]


def test_a_list_that_comes_back_is_no_table_of_contents(tmp_path: Path):
    items = "1. Gezond leven\n2. Samen doen\n3. Eerder helpen"
    text = f"Nota van de raad\n1 Kort\nOnze doelen:\n{items}\n2 Lang\n2.1 Nu\n{LONG}\nNogmaals de doelen:\n{items}\n"
    document = read(tmp_path, text)
    assert "contents" not in [s.kind for s in document.sections]
    assert numbered(document) == [("1", "Kort"), ("2", "Lang"), ("2.1", "Nu")]


def test_numbered_items_are_not_chapters(tmp_path: Path):
    items = ["1. op tijd te bouwen", "2. Eerlijk te verdelen", "3. Samen te doen"]
    document = read(
        tmp_path,
        spaced("1. Voorstel", "Wij stellen voor:", "\n".join(items), "2. Samenvatting", LONG, "Wij willen:",
               "\n".join(items), "3. Uitwerking", "3.1 Geld", LONG, "4. Slot", LONG),
    )  # fmt: skip
    assert numbered(document) == [
        ("1", "Voorstel"),
        ("2", "Samenvatting"),
        ("3", "Uitwerking"),
        ("3.1", "Geld"),
        ("4", "Slot"),
    ]
    assert all(item in own_text(document, "Samenvatting") for item in items)


def test_a_numbered_line_with_a_paragraph_is_an_item_where_chapters_have_other_numbers(tmp_path: Path):
    text = (
        f"1 Doel\n1.1 Beleid\nUitgangspunten zijn:\n1. Iemand voor jou\n{LONG}\n2. Veilig\n{LONG}\n1.2 Geld\n{LONG}\n"
    )
    assert [number for number, _ in numbered(read(tmp_path, text))] == ["1", "1.1", "1.2"]


def test_chapters_without_subsections_may_come_between_those_with(tmp_path: Path):
    parts = [
        "1. Doel",
        "1.1. Nu",
        LONG,
        "2. Geld",
        LONG,
        "3. Wonen",
        LONG,
        "4. Zorg",
        LONG,
        "5. Slot",
        "5.1. Dank",
        LONG,
    ]
    found = [number for number, _ in numbered(read(tmp_path, spaced(*parts)))]
    assert found == ["1", "1.1", "2", "3", "4", "5", "5.1"]


def test_an_unnumbered_heading_stands_under_the_number_above_it(tmp_path: Path):
    document = read(tmp_path, spaced("1 Doel", "1.1 Nu", LONG, "Onze rol", LONG, "1.2 Later", LONG))
    assert section(document, "Onze rol").path == ("1 Doel", "1.1 Nu", "Onze rol")
    assert own_text(document, "Onze rol") == LONG


def test_headings_that_a_list_announces_stand_under_the_heading_of_that_list(tmp_path: Path):
    lines = ["Onze werkwijze", LONG, "• Luisteren", "• Samen doen", "Luisteren", LONG, "Samen doen", LONG]
    document = read(tmp_path, spaced("Visie", LONG, *lines))
    assert titles_below(document, "Onze werkwijze") == ["Luisteren", "Samen doen"]


def test_sentences_fields_and_entries_are_no_headings(tmp_path: Path):
    lines = [
        "Wij doen mee.",
        "Burgerkracht: wat inwoners zelf kunnen",
        "november 2012",
        "www.voorbeeld.nl",
        "de griffier,",
    ]
    document = read(tmp_path, spaced("1 Doel", "1.1 Nu", *(part for line in lines for part in (line, LONG))))
    assert [s.title for s in document.sections if s.kind != "preamble"] == ["Doel", "Nu"]


def test_a_photo_caption_between_page_breaks_is_no_heading(tmp_path: Path):
    about = "Mensen steunen elkaar omdat het iets oplevert, en samen maken zij hun straat een fijne plek om te zijn."
    sections = [part for title in ("Wonen", "Zorg voor jeugd", "Wijkteams") for part in (title, f"{title}: {LONG}")]
    text = spaced("1 Doel", "1.1 Nu", *sections, LONG) + "\n\n\nIJsbaan op het plein\n\n\n\n" + spaced(about)
    titles = [s.title for s in read(tmp_path, text).sections]
    assert "IJsbaan op het plein" not in titles
    assert {"Wonen", "Zorg voor jeugd", "Wijkteams"} <= set(titles)


def test_articles_lie_under_chapters_and_appendices_stand_alone(tmp_path: Path):
    document = read(
        tmp_path,
        spaced("Hoofdstuk 1 Algemeen", "Artikel 1 Begrippen", LONG, "Artikel 2", LONG, "Hoofdstuk 2 Slot",
               "Artikel 3 Naam", LONG, "Bijlage 1: cijfers", LONG),
    )  # fmt: skip
    assert [(s.number, s.level, s.kind) for s in document.sections if s.number] == [
        ("Hoofdstuk 1", 1, "body"),
        ("Artikel 1", 2, "body"),
        ("Artikel 2", 2, "body"),
        ("Hoofdstuk 2", 1, "body"),
        ("Artikel 3", 2, "body"),
        ("Bijlage 1", 1, "appendix"),
    ]


def test_a_sentence_that_begins_with_a_chapter_is_no_heading(tmp_path: Path):
    document = read(
        tmp_path, f"1 Doel\n1.1 Opbouw\n{LONG}\nHoofdstuk 1 beschrijft het doel\nHoofdstuk 2 noemt cijfers\n{LONG}\n"
    )
    assert [s.number for s in document.sections if s.number] == ["1", "1.1"]


def test_each_entry_of_a_glossary_has_its_own_passage(tmp_path: Path):
    entries = ["Burgerkracht: wat inwoners zelf doen", "Kader: de grens van het beleid", "Wijkteam: hulp in de buurt"]
    document = read(tmp_path, spaced("1 Doel", "1.1 Nu", LONG, "Bijlage 1: begrippenlijst", *entries))
    assert section(document, "begrippenlijst").kind == "glossary"
    assert set(entries) <= set(passage_texts(document, "begrippenlijst"))


def test_signature_footnotes_and_the_lines_of_the_site_have_their_own_kind(tmp_path: Path):
    document = read(
        tmp_path,
        "Nota van de raad\n1 Doel\n1.1 Nu\n"
        + LONG
        + "\nOndertekening\nAldus vastgesteld op 3 mei 2022\nde griffier,\nNoot\n"
        "1Kwetsbaar is wie hulp nodig heeft.\nNoot\n1https://bron.example/\n"
        "Ziet u een fout in deze regeling?\nMail ons.\n",
    )
    assert [s.kind for s in document.sections][3:] == ["signature", "footnote", "footnote", "boilerplate"]
    assert not any("Mail ons" in text for text in passage_texts(document))
    assert any("1 Kwetsbaar" in text for text in passage_texts(document))


def test_a_word_for_image_stands_for_no_text(tmp_path: Path):
    document = read(tmp_path, spaced("Visie op wonen", "afbeelding binnen de regeling", LONG))
    assert [s.title for s in document.sections][-1] == "Visie op wonen"


@pytest.mark.parametrize("caption", ["Tabel 1: Woningen naar prijs", "Figuur 2 Bomen per wijk", "TABEL 3.1 – Banen"])
def test_a_caption_is_no_heading(tmp_path: Path, caption: str):
    document = read(tmp_path, spaced("1 Doel", "1.1 Wonen", LONG, caption, LONG, "1.2 Werken", LONG))
    assert [s.title for s in document.sections if s.number] == ["Doel", "Wonen", "Werken"]
    assert len(document.sections) == 3
    styled = read(tmp_path, f"# Nota\n\n## Wonen\n\n{LONG}\n\n### {caption}\n\n{LONG}\n", "x.md")
    assert [s.title for s in styled.sections] == ["Nota", "Wonen"]
    assert own_text(styled, "Wonen").count(LONG) == 2


def test_a_table_that_is_a_document_of_its_own_has_its_name_as_title(tmp_path: Path):
    document = read(tmp_path, f"# Tabel 1. Afnemers van gegevens\n\n## Doel\n\n{LONG}\n", "x.md")
    assert [s.title for s in document.sections] == ["Tabel 1. Afnemers van gegevens", "Doel"]


DECISION = "De raad van de gemeente Zandwijk, gelezen het voorstel van het college, besluit de nota vast te stellen."


@pytest.mark.parametrize("title", ["Raadsbesluit", "Ontwerpraadsbesluit", "RAADSBESLUIT R26.014", "Besluit"])
@pytest.mark.parametrize("opening", [DECISION, f"De raad van de gemeente Zandwijk;\n\n{DECISION}"])
def test_the_decision_below_the_enclosures_is_a_part_of_its_own(tmp_path: Path, title: str, opening: str):
    enclosures = "Bijlagen\n\n1. Nota groen\n2. Advies van de bomenraad"
    document = read(tmp_path, spaced("1 Doel", "1.1 Nu", LONG, enclosures, title, opening))
    assert [(s.title, s.level, s.kind) for s in document.sections][-2:] == [
        ("Bijlagen", 1, "appendix"),
        (title, 1, "body"),
    ]


def test_a_decision_that_a_chapter_speaks_of_stays_in_it(tmp_path: Path):
    document = read(tmp_path, spaced("1 Doel", "1.1 Nu", LONG, "Raadsbesluit", LONG, "1.2 Straks", LONG))
    assert section(document, "Raadsbesluit").level == 3
