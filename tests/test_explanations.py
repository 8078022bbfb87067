"""Appendices and explanatory notes of regulations."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.render import section_name
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
    """The path of each section, without the title where it is a section itself."""
    titled = document.sections[0].level == 1 and len({s.path[0] for s in document.sections}) == 1
    return [" > ".join(s.path[titled:]) for s in document.sections]


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


def plain_regulation(folder: Path, *after: str) -> Document:
    body = ["Verordening spelen", "Artikel 1 Begrippen", LONG, "Artikel 2 Doel", LONG, "Artikel 3 Slot", LONG]
    return read(folder, "\n\n".join([*body, *after]) + "\n", "verordening.txt")


def test_in_plain_text_too_an_explanation_stands_beside_the_articles(tmp_path: Path):
    document = plain_regulation(
        tmp_path, "TOELICHTING", "Algemeen", LONG, "Artikel 2", LONG, "Artikel 3", LONG, "Bijlage 1 Kaart", LONG
    )
    assert paths(document)[-5:] == [
        "TOELICHTING",
        "TOELICHTING > Algemeen",
        "TOELICHTING > Artikel 2",
        "TOELICHTING > Artikel 3",
        "Bijlage 1 Kaart",
    ]


def test_in_plain_text_the_part_that_goes_through_the_articles_holds_them(tmp_path: Path):
    document = plain_regulation(
        tmp_path, "Toelichting", "Algemeen deel", LONG, "Artikelsgewijs", "Artikel 2 Doel", LONG, "Artikel 3 Slot", LONG
    )
    assert paths(document)[-4:] == [
        "Toelichting > Algemeen deel",
        "Toelichting > Artikelsgewijs",
        "Toelichting > Artikelsgewijs > Artikel 2 Doel",
        "Toelichting > Artikelsgewijs > Artikel 3 Slot",
    ]


def test_an_explanation_below_one_article_ends_with_it(tmp_path: Path):
    document = regulation(tmp_path, "#### Toelichting", LONG, "### Artikel 3 Slot", LONG)
    assert paths(document)[-2:] == [
        "Hoofdstuk 1 Algemeen > Artikel 2 Doel > Toelichting",
        "Hoofdstuk 1 Algemeen > Artikel 3 Slot",
    ]


def test_an_explanation_of_an_appendix_lies_below_it(tmp_path: Path):
    document = regulation(tmp_path, "## Bijlage 1 Kaart", "Toelichting", LONG)
    assert paths(document)[-1] == "Bijlage 1 Kaart > Toelichting"


def test_a_document_that_is_no_regulation_keeps_its_headings(tmp_path: Path):
    text = f"# Nota\n\n## Doel\n\n{LONG}\n\n## Geld\n\nToelichting\n\n{LONG}\n"
    assert [s.title for s in read(tmp_path, text, "nota.md").sections] == ["Nota", "Doel", "Geld"]


def test_the_label_that_the_site_puts_over_a_title_is_no_heading(tmp_path: Path):
    text = f"# Verordening spelen\n\n## Intitulé\n\nVerordening spelen\n\n## Artikel 1 Doel\n\n{LONG}\n"
    assert "Intitulé" not in [s.title for s in read(tmp_path, text, "v.md").sections]


HEADED = {".md": "{1} {0}", ".html": "<h{2}>{0}</h{2}>", ".txt": "{0}"}


@pytest.mark.parametrize("suffix", HEADED)
def test_what_explains_an_article_is_not_cited_as_the_article(tmp_path: Path, suffix: str):
    titles = ("Artikel 1 Begrippen", "Artikel 2 Aanvraag", "Artikel 3 Slot", "Toelichting", "Artikelsgewijs", "Artikel 1",
              "Artikel 2 Aanvraag")  # fmt: skip
    lines = [HEADED[suffix].format("Verordening zorg", "#", 1)]
    for level, title in zip((2, 2, 2, 2, 3, 4, 4), titles, strict=True):
        lines += [HEADED[suffix].format(title, "#" * level, level), f"<p>{LONG}</p>" if suffix == ".html" else LONG]
    document = read(tmp_path, "\n\n".join(lines), f"x{suffix}")
    names = [section_name(s) for s in document.sections]
    assert names[-7:] == [*titles[:3], "“Toelichting”", "“Artikelsgewijs”", "Toelichting, Artikel 1",
                          "Toelichting, Artikel 2 Aanvraag"]  # fmt: skip


def test_below_a_chapter_that_only_has_the_word_in_its_title_nothing_is_an_explanation(tmp_path: Path):
    text = f"# Kader\n\n## 2 Toelichting op het kader\n\n### 2.1 Doel\n\n{LONG}\n\n## 3 Slot\n\n{LONG}\n"
    assert [section_name(s) for s in read(tmp_path, text, "x.md").sections][2] == "§ 2.1 Doel"
