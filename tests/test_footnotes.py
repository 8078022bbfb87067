"""Footnotes: found in every format, tied to the sentence that refers to them, and findable by it."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from ingest.document import Document
from tests.building import make_assistant
from tests.making import own_text, passage_texts, read, saved
from ui.chat import Place
from ui.section import section_view

LONG = "De gemeente werkt samen met inwoners en organisaties aan een buurt waarin iedereen mee kan doen."


def referring(document: Document) -> list[tuple[str, str | None]]:
    """Each note's text and the sentence that refers to it."""
    return [
        (document.text[n.start : n.end], document.text[slice(*n.referred)] if n.referred else None)
        for n in document.footnotes
    ]


def plain(*sentences: str, notes: str) -> str:
    return "\n".join(["Nota van de raad", "1 Doel", "1.1 Nu", *sentences, "2 Geld", "2.1 Rijk", LONG, notes]) + "\n"


@pytest.mark.parametrize(
    ("sentence", "raised"),
    [
        ("Wij volgen de monitor 1 .", "Wij volgen de monitor¹."),
        ("Wij volgen de monitor 1 die elk jaar verschijnt.", "Wij volgen de monitor¹ die elk jaar verschijnt."),
        ("Wij volgen de monitor1.", "Wij volgen de monitor¹."),
        ("Wij volgen de “monitor” 1 , en meer.", "Wij volgen de “monitor”¹, en meer."),
    ],
)
def test_a_reference_in_plain_text_is_raised_and_tied_to_its_note(tmp_path: Path, sentence: str, raised: str):
    document = read(tmp_path, plain(f"Eerst dit. {sentence} Dan dat.", notes="Noot\n1Zie de monitor sociaal domein."))
    assert referring(document) == [("1 Zie de monitor sociaal domein.", raised)]


@pytest.mark.parametrize("sentence", ["Wij beginnen op 1 juni.", "Zie artikel 1 .", "In fase 1 en fase 2 bouwen wij."])
def test_a_number_that_counts_is_no_reference(tmp_path: Path, sentence: str):
    document = read(tmp_path, plain(sentence, notes="Noot\n1Zie de monitor."))
    assert referring(document) == [("1 Zie de monitor.", None)]
    assert sentence in document.text


def test_numbers_that_start_anew_are_paired_in_order_by_what_they_share(tmp_path: Path):
    document = read(
        tmp_path,
        plain(
            "Kwetsbaarheid 1 hoort bij het leven.",
            "Er zijn wijken 1 waar dat anders is.",
            "Wij kijken naar de trends 1 .",
            notes="Noot\n1Kwetsbaarheid gaat over draagkracht.\nNoot\n1Trends volgens het planbureau.",
        ),
    )
    assert [sentence for _, sentence in referring(document)] == [
        "Kwetsbaarheid¹ hoort bij het leven.",
        "Wij kijken naar de trends¹.",
    ]
    assert "Er zijn wijken 1 waar" in document.text


def test_a_note_of_several_lines_is_one_note(tmp_path: Path):
    document = read(tmp_path, plain("Zie de bronnen 1 .", notes="Noot\n1https://a.example/een\nhttps://a.example/twee"))
    assert referring(document) == [("1 https://a.example/een\n\nhttps://a.example/twee", "Zie de bronnen¹.")]


def test_a_mark_is_no_part_of_a_title(tmp_path: Path):
    document = read(tmp_path, f"# Nota\n\n## 1 Kwetsbaarheid[^1]\n\n{LONG}\n\n[^1]: Balans van draagkracht.\n", "n.md")
    assert [s.title for s in document.sections][1] == "Kwetsbaarheid"
    assert referring(document)[0][1] == "1 Kwetsbaarheid¹"


def test_markdown_notes_are_tied_by_their_mark(tmp_path: Path):
    text = f"# Nota\n\n## Doel\n\n{LONG} Wij volgen de monitor.[^x] En verder.\n\n[^x]: Zie de bijlage.\n"
    assert referring(read(tmp_path, text, "n.md")) == [("1 Zie de bijlage.", "Wij volgen de monitor.¹")]


def test_square_metres_refer_to_nothing(tmp_path: Path):
    text = f"# Nota\n\n## Doel\n\n{LONG} De zaal is 200 m² groot. Zie de kaart.[^x]\n\n## Twee\n\nZo.[^y]\n\n[^x]: Een.\n\n[^y]: Twee.\n"
    assert [s for _, s in referring(read(tmp_path, text, "n.md"))] == ["Zie de kaart.¹", "Zo.²"]


def test_a_note_is_a_passage_led_by_the_sentence_that_refers_to_it(tmp_path: Path):
    document = read(
        tmp_path, plain("Wij volgen de monitor 1 .", notes="Noot\n1Uitgave van het bureau, elk jaar in mei.")
    )
    (note,) = [p for p in document.passages if document.text[p.start : p.end].startswith("1 Uitgave")]
    assert note.lead == "Wij volgen de monitor¹."
    assert "Uitgave van het bureau" in " ".join(passage_texts(document))


def test_an_opened_section_shows_the_notes_it_refers_to(tmp_path: Path):
    document = read(tmp_path, plain("Wij volgen de monitor 1 .", notes="Noot\n1Uitgave van het bureau."))
    shown = {
        s.title: section_view(Place(0, document.id, i), {document.id: document}, "nl").footnotes
        for i, s in enumerate(document.sections)
    }
    assert shown["Nu"] == ("1 Uitgave van het bureau.",)
    assert shown["Rijk"] == shown["Noot"] == ()


def test_a_note_is_found_by_the_words_of_its_sentence_and_comes_with_its_citation(tmp_path: Path):
    text = plain("Wij volgen de leefbaarheidsmonitor 1 .", notes="Noot\n1Uitgave van bureau Veldzicht.")
    assistant = make_assistant(tmp_path, {"nota.txt": text})
    found = assistant.search("Wie geeft de leefbaarheidsmonitor uit?")
    document = found.generation.document_of(found.hits[0].passage)
    shown = [found.generation.passages[h.passage] for h in found.hits[:3]]
    assert any("Veldzicht" in document.text[p.start : p.end] for p in shown)
    at = document.text.index("Wij volgen")
    assert [n.mark for n in document.footnotes_of(at, at + 10)] == ["1"]


NOTED = "Het fonds koopt schulden op.¹ Voor ondernemers is er een loket van 40 m². Zij melden zich zelf ²."
LISTED = ("¹ De voorwaarden staan in de regels.", "² Dat kan elke dag.")


def in_word(*lines: tuple[str, str]) -> bytes:
    """A Word document with the raised digits of its paragraphs set in superscript, as Word shows them."""
    word = docx.Document()
    for style, line in lines:
        paragraph = word.add_paragraph(style=style)
        for part in re.split("([¹²])", line):
            raised = part in ("¹", "²")
            paragraph.add_run({"¹": "1", "²": "2"}.get(part, part)).font.superscript = raised
    return saved(word)


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html", ".docx"])
@pytest.mark.parametrize("below", ["Noten", "Slot"])
def test_marks_that_were_typed_refer_to_notes_that_were_typed(tmp_path: Path, suffix: str, below: str):
    heads = ("Heading 1", "1 Doel"), ("Normal", NOTED), ("Heading 1", f"2 {below}" if below == "Slot" else below)
    lines = (("Heading 1", "Kader zorg"), *heads, *(("Normal", line) for line in LISTED))
    text = {
        ".md": "\n\n".join(f"# {line}" if style != "Normal" else line for style, line in lines),
        ".html": "".join(f"<h1>{line}</h1>" if style != "Normal" else f"<p>{line}</p>" for style, line in lines),
        ".txt": "\n\n".join(line for _, line in lines),
        ".docx": in_word(*lines),
    }[suffix]
    document = read(tmp_path, text, f"x{suffix}")
    assert f"{NOTED.replace('m²', 'm2').replace(' ²', '²')}\n" in document.text
    referred = {note.mark: document.text[slice(*note.referred)] for note in document.footnotes if note.referred}
    assert {mark: words[:9] for mark, words in referred.items()} == {"1": "Het fonds", "2": "Zij melde"}
    assert [document.text[note.start : note.end][:6] for note in document.footnotes] == ["1 De v", "2 Dat "]


def test_a_raised_digit_without_a_note_is_plain(tmp_path: Path):
    document = read(tmp_path, "# Kader\n\n## Doel\n\nEr zijn redenen.³ Dit is er een.\n", "x.md")
    assert own_text(document, "Doel") == "Er zijn redenen.3 Dit is er een."
