"""What stands before the text: a subtitle that is no chapter, and a table of contents that was typed."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from pdf_making import PROSE, drawn, lines
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document
from tests.making import own_text, read, saved
from tests.pdf_making import at

LONG = "De gemeente werkt samen met inwoners en organisaties aan een buurt waarin iedereen mee kan doen."


def titles(document: Document) -> list[str]:
    return [section.label for section in document.sections]


@pytest.mark.parametrize(
    ("first", "below", "kept"),
    [
        ("Samen bouwen", ("Woonvisie 2020-2025", "Gemeente Zandwijk", "Vastgesteld door de raad op 3 mei 2020"), False),
        ("Woonvisie 2020-2025", ("Ruimte voor thuis", "Gemeente Zandwijk", "Versie 1.0"), False),
        ("Woonvisie 2020-2025", ("Ruimte voor thuis", LONG), True),
        ("Woonvisie 2020-2025", ("1 Ruimte voor thuis", "Gemeente Zandwijk"), True),
    ],
)
def test_a_subtitle_opens_no_section(tmp_path: Path, first: str, below: tuple[str, ...], kept: bool):
    front = "\n\n".join([f"# {first}", f"## {below[0]}", *below[1:]])
    document = read(tmp_path, f"{front}\n\n## Inleiding\n\n{LONG}\n\n## Slot\n\n{LONG}\n", "x.md")
    assert titles(document) == [first, *([below[0]] if kept else []), "Inleiding", "Slot"]
    assert all(line in document.text for line in below)


def test_a_subtitle_in_larger_type_on_the_first_page_of_a_pdf_opens_no_section(tmp_path: Path):
    def front(canvas: Canvas) -> None:
        at(canvas, 70, 100, "Samen bouwen", "Helvetica-Bold", 30)
        at(canvas, 70, 140, "Woonvisie Zandwijk 2020-2025", "Helvetica-Bold", 18)
        at(canvas, 70, 300, "Gemeente Zandwijk")
        at(canvas, 70, 320, "Vastgesteld door de raad op 3 mei 2020")

    def chapter(canvas: Canvas) -> None:
        for y, title in ((80, "1 Inleiding"), (300, "2 Opgave"), (500, "3 Geld")):
            at(canvas, 70, y, title, "Helvetica-Bold", 18)
            lines(*PROSE.split(". "), y=y + 30)(canvas)

    document = read(tmp_path, drawn(front, chapter), "x.pdf")
    assert titles(document) == ["Samen bouwen", "1 Inleiding", "2 Opgave", "3 Geld"]
    assert document.title == "Samen bouwen: Woonvisie Zandwijk 2020-2025"


CONTENTS = ("Voorwoord\t3", "1 Inleiding\t4", "1.1 Doel\t4", "Bijlage A Begrippen\t12")


@pytest.mark.parametrize("above", [("Inhoud",), ("Inhoudsopgave:",), ()])
def test_a_table_of_contents_that_was_typed_in_word_is_told_from_the_text(tmp_path: Path, above: tuple[str, ...]):
    word = docx.Document()
    word.add_heading("Kader zorg", 0)
    for line in ("Gemeente Zandwijk", *above, *CONTENTS):
        word.add_paragraph(line)
    for level, title in ((1, "Voorwoord"), (1, "1 Inleiding"), (2, "1.1 Doel"), (1, "Bijlage A Begrippen")):
        word.add_heading(title, level)
        word.add_paragraph(LONG)
    document = read(tmp_path, saved(word), "x.docx")
    (contents,) = [s for s in document.sections if s.kind == "contents"]
    listed = document.text[contents.start : contents.body_end].strip().split("\n\n")
    assert listed == [*above, *(line.replace("\t", " ") for line in CONTENTS)]
    assert own_text(document, "Kader zorg") == "Gemeente Zandwijk"
    assert not any(p.start < contents.body_end and contents.start < p.end for p in document.passages)


def test_below_a_heading_of_its_own_a_table_of_contents_needs_no_other(tmp_path: Path):
    listed = "\n\n".join(("Deel A", "Doel 3", "Slot 4", "Deel B", "Doel 5", "Slot 6", "Bijlagen 7"))
    text = f"# Kader\n\n## Inhoud\n\n{listed}\n\n## Doel\n\n{LONG}\n\n## Slot\n\n{LONG}\n"
    assert titles(read(tmp_path, text, "x.md")) == ["Kader", "Inhoud", "Doel", "Slot"]


def test_lines_that_end_in_a_number_and_name_no_headings_are_text(tmp_path: Path):
    word = docx.Document()
    word.add_heading("Kader zorg", 0)
    word.add_heading("1 Cijfers", 1)
    for line in ("Zandwijk 12", "Dijkstad 14", "Veenburg 19"):
        word.add_paragraph(line)
    word.add_heading("2 Slot", 1)
    word.add_paragraph(LONG)
    assert "Dijkstad 14" in own_text(read(tmp_path, saved(word), "x.docx"), "Cijfers")


def test_whose_document_it_is_and_its_day_open_no_section_where_they_are_set_as_headings(tmp_path: Path):
    front = "# Samen bouwen\n\n# Woonvisie 2020-2025\n\n# Gemeente Zandwijk\n\n# Vastgesteld door de raad op 3 mei 2020"
    document = read(tmp_path, f"{front}\n\n# 1 Inleiding\n\n{LONG}\n\n# 2 Gemeente Zandwijk\n\n{LONG}\n", "x.md")
    assert titles(document) == ["Samen bouwen", "1 Inleiding", "2 Gemeente Zandwijk"]
    assert "Gemeente Zandwijk" in document.text
    assert str(document.adopted_on) == "2020-05-03"
