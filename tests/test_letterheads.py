"""What a document is called: below its letterhead, by its subject, its citation title, with its subtitle."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.titles import cited_title, read_title
from tests.making import read

BODY = "De gemeente Zandwijk werkt samen met inwoners aan een buurt waarin iedereen mee kan doen."


@pytest.mark.parametrize("letterhead", ["GEMEENTE ZANDWIJK", "Gemeente Zandwijk", "gemeente Zandwijk aan Zee"])
@pytest.mark.parametrize(
    ("below", "title"),
    [
        (["Verordening bomenkap Zandwijk 2026", "De raad van Zandwijk;"], "Verordening bomenkap Zandwijk 2026"),
        (["Raadsvoorstel", "Onderwerp: Aankoop van een bos", BODY], "Aankoop van een bos"),
        (["Raadsvoorstel", "Raadsvoorstelnummer 12", BODY], "Raadsvoorstel"),
        (["Groen en blauw", "Uitvoeringsprogramma bomen 2026", BODY], "Uitvoeringsprogramma bomen 2026"),
    ],
)
def test_a_letterhead_is_no_title_where_a_better_one_follows(letterhead: str, below: list[str], title: str):
    assert read_title([letterhead, *below], None, "stuk.txt") == title
    assert read_title([letterhead, *below], letterhead, "stuk.md") == title


def test_a_regulation_without_a_title_is_called_as_it_says_it_is_cited(tmp_path: Path):
    article = "Deze regeling wordt aangehaald als: Bomenregeling Zandwijk 2026."
    assert read(tmp_path, f"Gemeente Zandwijk\n\n{BODY}\n\nArtikel 3 Slot\n\n{article}\n").title == (
        "Bomenregeling Zandwijk 2026"
    )
    assert cited_title([f"{BODY} En dat wordt aangehaald als een voorbeeld van hoe het kan. Meer niet."]) is None


@pytest.mark.parametrize("first", ["Gemeente in beweging", "Gemeente Zandwijk"])
def test_what_only_begins_like_a_letterhead_or_stands_alone_is_the_title(first: str):
    assert read_title([first, BODY], None, "stuk.txt") == first


@pytest.mark.parametrize(
    ("front", "title"),
    [
        (["Ruimte voor bomen", "Nota groen 2026-2030", BODY], "Ruimte voor bomen: Nota groen 2026-2030"),
        (["Wie plant?", "Beleidskader bomen", "Gemeente Zandwijk"], "Wie plant? Beleidskader bomen"),
        (["Ruimte voor bomen", "Visie op de stad", BODY], "Ruimte voor bomen"),  # a chapter, as far as one can tell
        (["Ruimte voor bomen", "1 Verordening en praktijk in 2026", BODY], "Ruimte voor bomen"),
        (["Ruimte voor bomen", "Deze nota geldt sinds 2026.", BODY], "Ruimte voor bomen"),
        (["Groenvisie", "Nota bomen 2026", BODY], "Groenvisie"),
    ],
)
@pytest.mark.parametrize("stated", [True, False])
def test_a_title_that_says_no_kind_has_the_subtitle_that_does(front: list[str], title: str, stated: bool):
    assert read_title(front, front[0] if stated else None, "stuk.txt") == title


def test_title_and_subtitle_are_facts_and_the_years_in_either_are_the_period(tmp_path: Path):
    document = read(tmp_path, f"# Ruimte voor bomen\n\n## Nota groen 2026-2030\n\n{BODY}\n", "x.md")
    facts = {f.name: f for f in document.facts}
    assert {n: f.value for n, f in facts.items() if n != "municipality"} == {
        "title": "Ruimte voor bomen",
        "subtitle": "Nota groen 2026-2030",
        "looptijd": "2026-2030",
    }
    assert all(document.text[f.start : f.end] == f.value for f in facts.values())
    assert (document.title, document.kind) == ("Ruimte voor bomen: Nota groen 2026-2030", "nota")


REGULATION = "Verordening zorg gemeente Zandwijk 2025"
SHEET = (f"<h1>{REGULATION}</h1>", "<dt>Geldend van</dt><dd>01-01-2025 t/m heden</dd>",
         "<dt>Citeertitel</dt><dd>Verordening zorg Zandwijk</dd>", "<dt>Onderwerp</dt><dd>zorg; wonen</dd>")  # fmt: skip


def test_the_subject_in_the_sheet_of_a_regulation_is_no_title(tmp_path: Path):
    body = f"<h2>Artikel 1 Doel</h2><p>{BODY}</p>"
    headed = read(tmp_path, f"<main>{SHEET[0]}<dl>{''.join(SHEET[1:])}</dl>{body}</main>", "x.html")
    assert (headed.title, headed.valid_from) == (REGULATION, date(2025, 1, 1))
    assert (
        read(tmp_path, f"<main><dl>{''.join(SHEET[1:])}</dl>{body}</main>", "y.html").title
        == "Verordening zorg Zandwijk"
    )


@pytest.mark.parametrize(
    "head", ["Raadsvoorstel", "Gemeente Zandwijk", "Voorstel aan de raad", "Collegeadvies nummer 12"]
)
def test_the_subject_of_a_paper_that_is_headed_by_what_it_is_is_its_title(tmp_path: Path, head: str):
    text = f"# {head}\n\nOnderwerp: Kader zorg\n\n## Inleiding\n\n{BODY}\n"
    assert read(tmp_path, text, "x.md").title == "Kader zorg"
