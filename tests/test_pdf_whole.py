"""PDFs as a whole: generated outlines come back, damage is refused, and the real files read as they look."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    PageBreak,
    Table,
)

from ingest.document import Document
from ingest.read import read_document
from tests.fuzzing import fails_only_by_refusing
from tests.making import INTRODUCTION, TITLE, Node, numbered, outlines, own_text, read, section, walk
from tests.pdf_making import (
    HEIGHT,
    LEFT,
    RIGHT,
    ROWS,
    at,
    body,
    heading,
    set_in,
)

# Properties


def as_pdf(outline: tuple[Node, ...]) -> bytes:
    story: list[Flowable] = [heading(0, TITLE)]
    for depth, node in walk(outline):
        story.append(heading(depth, f"{node.number} {node.title}"))
        story += [body(text) for text in node.paragraphs]
        if node.items:
            story.append(body(INTRODUCTION))
            story.append(ListFlowable([body(item) for item in node.items], bulletType="bullet", start="•"))

    def decorate(canvas: Canvas, document: object) -> None:
        at(canvas, LEFT, 40, TITLE, size=8)
        at(canvas, RIGHT, HEIGHT - 30, str(canvas.getPageNumber()), size=8)

    return set_in(*story, decorate=decorate)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(outlines())
def test_every_outline_comes_back_from_paper(outline: tuple[Node, ...]):
    with tempfile.TemporaryDirectory() as folder:
        document = read(Path(folder), as_pdf(outline), "kader.pdf")
    expected = [(node.number, node.title) for _, node in walk(outline)]
    assert numbered(document) == expected
    depths = {s.number: s.level for s in document.sections if s.number}
    top = min(depths.values())
    assert [depths[node.number] - top + 1 for _, node in walk(outline)] == [depth for depth, _ in walk(outline)]
    text = " ".join(document.text.split())
    for _, node in walk(outline):
        assert all(paragraph in text for paragraph in node.paragraphs)
        assert all(f"• {item}" in text for item in node.items)


SOUND = set_in(heading(1, "1 Doel"), body(), Table(ROWS), heading(1, "2 Inzet"), body(), PageBreak(), body())


@settings(max_examples=120)
@given(
    st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=30),
    st.integers(0, len(SOUND)),
)
@example([(0, 0)], 0)
def test_damaged_bytes_give_a_document_or_a_refusal(changes: list[tuple[int, int]], length: int):
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    fails_only_by_refusing(bytes(data), ".pdf")
    fails_only_by_refusing(bytes(data[:length]), ".pdf")


# The real files, where they lie beside the checkout

REAL = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "other"


@cache
def real(name: str) -> Document:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the checkout")
    return read_document(path)


BYLAW = "groningen-verordening-jeugdhulp-2026.pdf"
HANDBOOK = "groningen-handleiding-gezinsplan-2025.pdf"
DECISIONS = "besluitenlijst-raad-2015.pdf"


def test_the_bylaw_has_its_chapters_and_articles_in_order():
    document = real(BYLAW)
    regulation = [s for s in document.sections if s.number and "Toelichting" not in s.path]
    chapters = [s.number for s in regulation if s.number.startswith("Hoofdstuk")]
    assert chapters == [f"Hoofdstuk {i}" for i in range(1, 9)]
    articles = [s.number.removeprefix("Artikel ") for s in regulation if s.number.startswith("Artikel")]
    assert articles == (
        "1 2 3 4 5 6 7 8 8a 9 10 11 12 13 14 15 16a 16b 16c 17 17a 18 19a 19 20 21a 21b 21c 22 23 24 25 26 27 28 29".split()
    )
    assert (document.title, document.municipality, document.pages) == (
        "Verordening jeugdhulp gemeente Groningen 2026",
        "Groningen",
        46,
    )
    pages = {s.number: s.page for s in regulation}
    assert (pages["Artikel 1"], pages["Artikel 7"], pages["Artikel 20"], pages["Artikel 29"]) == (1, 5, 19, 21)


@pytest.mark.parametrize(
    ("title", "count", "last"),
    [
        ("Toegang algemene voorziening", 2, "Als de jeugdige of zijn ouders geen gebruik"),
        (
            "Toegang jeugdhulp via de gemeente",
            11,
            "Het college kan nadere regels vaststellen met betrekking tot de proc",
        ),
        ("Hoogte pgb", 15, "Degene die een pgb gaat beheren"),
        ("Overgang 18- naar 18+", 3, "De jeugdhulpaanbieder betrekt de jeugdige"),
    ],
)
def test_the_leden_of_the_bylaw_are_numbered_in_front_of_their_text(title: str, count: int, last: str):
    document = real(BYLAW)
    found = next(s for s in document.sections if s.title == title)
    rows = document.text[found.text_start : found.body_end].splitlines()
    leden = [row for row in rows if row.split(".")[0].isdigit()]
    assert [int(lid.split(".")[0]) for lid in leden] == list(range(1, count + 1))
    assert leden[-1].startswith(f"{count}. {last}")


def test_nothing_of_the_browsers_head_and_foot_is_left_in_the_bylaw():
    text = real(BYLAW).text
    assert real(BYLAW).source_url == "https://lokaleregelgeving.overheid.nl/CVDR752928/1"
    assert "07-01-2026" not in text
    assert "/46" not in text
    assert "Lokale wet- en regelgeving\n\nVerordening" in text  # printed on the first page itself
    assert "naar de behoeften en persoonskenmerken van de jeugdige" in text  # over the first page break


def test_the_handbook_has_its_parts_and_steps():
    document = real(HANDBOOK)
    parts = {s.title: s.page for s in document.sections}
    assert (parts["Gezinsanalyse Start"], parts["Genogram"], parts["Stap 6: conclusie en advies"]) == (7, 8, 46)
    found = section(document, "Plan en aanvraag jeugdhulp")
    below = [s.title for s in document.sections if s.path[:-1] == found.path]
    assert below[:4] == ["Inleiding", "Datum vraag jeugdhulp", "Persoonlijke gegevens", "Stap 1: wat is de hulpvraag"]
    assert below[-1] == "Aanvraag jeugdhulp"
    assert "In het kort de belangrijkste dingen onder elkaar geschreven:" in parts
    assert "Handleiding Gezinsplan april 2025" not in document.text
    assert "◦ Wanneer was het?" in document.text
    assert "Bij een 2e herindicatie" in document.text


def test_the_decisions_of_the_council_are_seventeen_numbered_sections():
    document = real(DECISIONS)
    assert [number for number, _ in numbered(document)] == [str(i) for i in range(1, 18)]
    assert document.title == "Besluitenlijst raadsvergadering 29 juni 2015 aanvang 17.00 uur"
    assert own_text(document, "Sluiting.").startswith("Niets meer aan de orde")
