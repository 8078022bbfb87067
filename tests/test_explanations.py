"""Appendices and explanatory notes of regulations."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document
from tests.making import read

LONG = "De gemeente werkt samen met inwoners en organisaties aan een buurt waarin iedereen mee kan doen."


def regulation(folder: Path, *after: str) -> Document:
    body = [
        "# Verordening spelen",
        "## Hoofdstuk 1 Algemeen",
        "### Artikel 1 Begrippen",
        LONG,
        "### Artikel 2 Doel",
        LONG,
    ]
    return read(folder, "\n\n".join([*body, *after]) + "\n", "verordening.md")


def paths(document: Document) -> list[str]:
    return [" > ".join(s.path[1:]) for s in document.sections]


def test_articles_that_are_explained_lie_below_their_explanation(tmp_path: Path):
    document = regulation(
        tmp_path,
        "Toelichting",
        "Algemene toelichting",
        LONG,
        "Artikelsgewijze toelichting",
        "## Hoofdstuk 1 Algemeen",
        "### Artikel 2 Doel",
        LONG,
    )
    assert paths(document)[-5:] == [
        "Toelichting",
        "Toelichting > Algemene toelichting",
        "Toelichting > Artikelsgewijze toelichting",
        "Toelichting > Artikelsgewijze toelichting > Hoofdstuk 1 Algemeen",
        "Toelichting > Artikelsgewijze toelichting > Hoofdstuk 1 Algemeen > Artikel 2 Doel",
    ]


def test_a_short_line_above_a_paragraph_is_a_heading_there_and_nowhere_else(tmp_path: Path):
    document = regulation(tmp_path, "Nog een regel", LONG, "## Bijlage 1 Kaart", "De wijken", LONG, "Lid 2", LONG)
    assert paths(document)[-2:] == ["Bijlage 1 Kaart", "Bijlage 1 Kaart > De wijken"]
    assert not {"Nog een regel", "Lid 2"} & {s.title for s in document.sections}


def test_an_explanation_of_an_appendix_lies_below_it(tmp_path: Path):
    document = regulation(tmp_path, "## Bijlage 1 Kaart", "Toelichting", LONG)
    assert paths(document)[-1] == "Bijlage 1 Kaart > Toelichting"


def test_a_document_that_is_no_regulation_keeps_its_headings(tmp_path: Path):
    text = f"# Nota\n\n## Doel\n\n{LONG}\n\n## Geld\n\nToelichting\n\n{LONG}\n"
    assert [s.title for s in read(tmp_path, text, "nota.md").sections] == ["Nota", "Doel", "Geld"]


def test_the_label_that_the_site_puts_over_a_title_is_no_heading(tmp_path: Path):
    text = f"# Verordening spelen\n\n## Intitulé\n\nVerordening spelen\n\n## Artikel 1 Doel\n\n{LONG}\n"
    assert "Intitulé" not in [s.title for s in read(tmp_path, text, "v.md").sections]
