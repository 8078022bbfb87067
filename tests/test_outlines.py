"""Outlines of real documents against the ones that people wrote by reading them, and how the two are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.outlines import Expected, OutlineReport, compare, find_documents, heading_key, main, read_expected
from ingest.read import read_document
from tests.making import read

EXPECTED = Path(__file__).parent / "outlines"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
FOLDERS = (CORPUS / "frameworks", CORPUS / "other")
STRUCTURE = {"missing", "spurious", "out of order", "wrong level"}
STILL_WRONG: dict[str, set[str]] = {
    "begrippenlijst-jw-wmo": {"missing: Toelichting"},  # a bold line among styled headings
    "cvdr_example2": {"missing: Verzoek om een gehandicaptenparkeerplaats"},  # an italic line
    "geertruidenberg-beleidskader-sociaal-domein-2021": {"missing: Met elkaar zijn wij de samenleving"},
    "groningen-handleiding-gezinsplan-2025": {
        "missing: Algemene Vragen",
        "missing: Medische Geschiedenis",
        "missing: Vervolgvragen:",
        "missing: Vragen over Culturele en Sociale Achtergrond",
        "missing: Vragen over Levensgebeurtenissen",
        "missing: Vragen over Relaties",
        "missing: Vragen over Uitbreiding van het Gezin",
        "spurious: Als je al hypotheses hebt kun je die hier beschrijven:",
        "spurious: Je kunt je innerlijke dialoog hieronder delen:",
        "wrong level: Vragen die je kan stellen bij het maken van een genogram: 3, expected 4",
        "wrong level: Wat is Jullie/Jouw Verhaal? Wat is het Verhaal van Anderen over Jou/Jullie?: 3, expected 2",
    },
    "groningen-verordening-jeugdhulp-2026": {
        "missing: 2. Vormen van jeugdhulp en preventie",
        "missing: Omschrijving Basis jeugdhulp (BJH)",
        "missing: Start: periode van kennismaken",
        "missing: Toegang via Veilig Thuis (het advies- en meldpunt huiselijk geweld en kindermishandeling: AMHK)",
        "missing: Toegang via de gecertificeerde instelling, de kinderrechter, het openbaar ministerie en de directeur of de selectiefunctionaris van de justitiële jeugdinrichting.",
        "missing: Vervolg: plan maken en uitvoeren",
        "missing: Werkwijze BJH",
        "wrong level: Afronden: 2, expected 3",
    },
    "heerhugowaard-kadernota-sociaal-domein-2012": {"spurious: Wat is daarvoor nodig?"},
    "overeenkomst-wmo-contractstandaard": {"missing: Artikel 2.n [Optioneel:] [vul in]"},
}
"""What the outlines of real documents still get wrong; whoever mends one takes it out of here."""


@pytest.mark.frameworks
@pytest.mark.parametrize(
    ("expected_at", "document_at"),
    [pytest.param(*paths, id=paths[0].stem) for paths in find_documents(EXPECTED, FOLDERS)],
)
def test_the_outline_is_what_a_reader_sees(expected_at: Path, document_at: Path | None):
    if document_at is None:
        pytest.skip(f"no document {expected_at.stem} in {CORPUS}")
    report = compare(read_expected(expected_at), read_document(document_at))
    wrong = [f"{what}: {line}" for what, line in report.differences if what in STRUCTURE]
    assert set(wrong) == STILL_WRONG.get(expected_at.stem, set()), "\n".join(wrong)


@pytest.mark.parametrize("path", sorted(EXPECTED.glob("*.txt")), ids=lambda p: p.stem)
def test_expected_outlines_are_well_formed_and_go_through_their_pages_in_order(path: Path):
    pages = [section.page for section in read_expected(path) if section.page]
    assert pages == sorted(pages)


def test_geertruidenberg_is_expected_to_have_its_52_numbered_sections():
    sections = read_expected(EXPECTED / "geertruidenberg-beleidskader-sociaal-domein-2021.txt")
    assert sum(section.label[0].isdigit() for section in sections) == 52


TEXT = """# Nota proef

Vooraf staat hier een zin.

## 1 Inleiding

Een zin over de aanleiding.

### Doel

Een zin over het doel.

## 2 Uitvoering

### Doel

Nog een zin over een ander doel.
"""
OUTLINE = (
    Expected("1 Inleiding", 1),
    Expected("Doel", 2),
    Expected("2 Uitvoering", 1),
    Expected("Doel", 2),
)


@pytest.fixture
def report_for(tmp_path: Path):
    """Compares the document above with an expected outline."""
    document = read(tmp_path, TEXT, "nota.md")
    return lambda *expected: compare(expected, document)


def test_an_outline_as_expected_has_no_differences_and_its_title_does_not_count(report_for):
    assert report_for(*OUTLINE) == OutlineReport(expected=4, found=4)


def test_a_title_that_is_expected_as_a_section_counts_and_takes_a_level(report_for):
    below = [Expected(e.label, e.level + 1) for e in OUTLINE]
    assert report_for(Expected("Nota proef", 1), *below).differences == ()


def test_sections_that_are_not_there_are_missing_and_others_spurious(report_for):
    report = report_for(OUTLINE[0], OUTLINE[1], Expected("Planning", 1))
    assert (report.expected, report.found) == (3, 2)
    assert (report.missing, report.spurious) == (("Planning",), ("2 Uitvoering", "Doel"))


def test_an_optional_section_is_neither_missing_nor_spurious(report_for):
    optional = Expected("Doel", 2, optional=True)
    assert report_for(OUTLINE[0], optional, *OUTLINE[2:]).differences == ()
    assert report_for(*OUTLINE, Expected("Slot", 1, optional=True)) == OutlineReport(expected=4, found=4)


def test_repeated_titles_are_told_apart_by_their_order(report_for):
    report = report_for(*OUTLINE[:3])
    assert (report.missing, report.spurious) == ((), ("Doel",))


def test_a_section_that_moved_is_out_of_order_and_nothing_else(report_for):
    report = report_for(*OUTLINE[2:], *OUTLINE[:2])
    assert {what for what, _ in report.differences} == {"out of order"}
    assert report.found + len(report.out_of_order) == 4


def test_levels_kinds_and_pages_are_compared_where_the_heading_is_found(report_for):
    wrong = (Expected("1 Inleiding", 2, "glossary", 3), *OUTLINE[1:])
    assert report_for(*wrong).differences == (
        ("wrong level", "1 Inleiding: 1, expected 2"),
        ("wrong kind", "1 Inleiding: body, expected glossary"),
        ("wrong page", "1 Inleiding: None, expected 3"),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Artikel 5 Artikel 5", "Artikel 5"),
        ("Artikel 4.1.1 Artikel 4.1.1", "Artikel 4.1.1"),
        ("1.2. Waarom een kader", "1.2 Waarom  een kader"),
        ("Bijlage 2: verklarende woordenlijst", "BIJLAGE 2 Verklarende woordenlijst"),
        ("§ 4.1. Kwaliteit", "4.1 Kwaliteit"),
        ("Kwetsbaarheid 1 , zelfredzaamheid", "Kwetsbaarheid¹, zelfredzaamheid"),
        ("deelname in de coˆperatie", "deelname in de coöperatie"),
        ("‘de Purmerendse werkwijze’", "'de Purmerendse werkwijze'"),
    ],
)
def test_ways_of_writing_a_heading_make_no_difference(one: str, other: str):
    assert heading_key(one) == heading_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Artikel 1.11", "Artikel 11.1"), ("Artikel 5", "Artikel 5a"), ("4.2.1 Doel 1", "4.2.1 Doel"), ("1 Doel", "Doel")],
)
def test_different_numbers_are_different_headings(one: str, other: str):
    assert heading_key(one) != heading_key(other)


def test_an_expected_outline_is_read_with_levels_kinds_and_pages(tmp_path: Path):
    path = tmp_path / "nota.txt"
    path.write_text(
        "# a comment\n1 Inleiding p. 4\n  Artikel 1.n [vul in]\nBijlage 1 Kaart [appendix] p. 12\n  Legenda\n"
        "  Begrippen [glossary]\n  Kader [optional]\n",
        "utf-8",
    )
    assert read_expected(path) == (
        Expected("1 Inleiding", 1, page=4),
        Expected("Artikel 1.n [vul in]", 2),
        Expected("Bijlage 1 Kaart", 1, "appendix", 12),
        Expected("Legenda", 2, "appendix"),
        Expected("Begrippen", 2, "glossary"),
        Expected("Kader", 2, "appendix", optional=True),
    )


@pytest.mark.parametrize("lines", ["  1 Inleiding", "1 Inleiding\n    Doel", "1 Inleiding\n   Doel"])
def test_an_expected_outline_that_skips_a_level_is_refused_with_its_line(tmp_path: Path, lines: str):
    path = tmp_path / "nota.txt"
    path.write_text(lines, "utf-8")
    with pytest.raises(ValueError, match=r"nota\.txt, line \d"):
        read_expected(path)


def test_the_command_tells_by_its_exit_code_whether_outlines_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    expected, corpus = tmp_path / "expected", tmp_path / "corpus"
    expected.mkdir()
    corpus.mkdir()
    arguments = [str(expected), str(corpus), "--verbose"]
    assert main(arguments) == 2
    (corpus / "nota.md").write_text(TEXT, "utf-8")
    (expected / "nota.txt").write_text("1 Inleiding\n  Doel\n2 Uitvoering\n  Doel\n", "utf-8")
    assert main(arguments) == 0
    (expected / "nota.txt").write_text("1 Inleiding\n  Doel\n2 Uitvoering\n  Planning\n", "utf-8")
    capsys.readouterr()
    assert main(arguments) == 1
    shown = capsys.readouterr().out
    assert "3/4" in shown
    assert "nota.md: missing: Planning" in shown


def test_a_document_that_cannot_be_read_is_shown_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "nota.txt").write_text("1 Inleiding\n", "utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "nota.odt").write_bytes(b"PK")
    assert main([str(tmp_path), str(corpus)]) == 1
    assert "nota.odt: not read:" in capsys.readouterr().out
