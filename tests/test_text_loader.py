"""What the plain-text loader takes for a paragraph, an item, a row; encodings; and what is no text at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from ingest.blocks import clean
from ingest.errors import UnreadableDocument
from ingest.loaders.html import load_html
from ingest.loaders.markdown import load_markdown
from ingest.loaders.text import decode, load_text
from tests.fuzzing import ANYTHING, fails_only_by_refusing
from tests.making import texts

DUTCH = "Één coördinerende privé-instelling: ‘zó’ – €5.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_decoded_in_every_usual_encoding(encoding: str):
    assert decode(DUTCH.encode(encoding)) == DUTCH


def test_utf_16_big_endian_with_a_mark():
    assert decode(b"\xfe\xff" + DUTCH.encode("utf-16-be")) == DUTCH


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"\x7fELF" + b"\x02\x01\x01" + b"\x00" * 400 + bytes(range(256)),
        bytes(range(1, 256)) * 20,
        b"\x01\x02\x03\x04" * 50,
    ],
)
@pytest.mark.parametrize("load", [load_text, load_markdown, load_html])
def test_binary_data_under_a_text_name_is_refused(data: bytes, load):
    with pytest.raises(UnreadableDocument, match="not text"):
        load(data)


def test_cleaning_drops_what_cannot_be_seen_and_keeps_words_apart():
    assert clean("samen\u00adwerking en\u00a0zorg\u200b") == "samenwerking en zorg"
    assert clean("een\u2028twee\x0bdrie\x85vier\r\nvijf") == "een\ntwee\ndrie\nvier\nvijf"
    assert clean("e\u200d\u0301") == "é"


# Plain text


def test_bullets_numbers_and_letters_begin_items():
    blocks = load_text("Wij doen:\n• één\n- twee\n1. drie\na) vier\n*twee sterren*\n".encode()).blocks
    assert texts(blocks, "item") == ["• één", "- twee", "1. drie", "a) vier"]


def test_a_bullet_on_a_line_of_its_own_joins_its_text():
    assert texts(load_text("  • 1.\n\n    Akkoord te gaan met het kader.\n".encode()).blocks) == [
        "• 1. Akkoord te gaan met het kader."
    ]


def test_a_tab_after_a_bullet_or_a_number_makes_no_table():
    blocks = load_text("•\tEen item\n1.\tNog een\n\n1.1\tInleiding\n\tIngesprongen tekst\n".encode()).blocks
    assert texts(blocks, "row") == []
    assert texts(blocks) == ["• Een item", "1. Nog een", "1.1 Inleiding", "Ingesprongen tekst"]


def test_tab_separated_lines_are_rows_with_a_header():
    blocks = load_text(b"Doelgroep\tBudget\nJeugd\t100\nOuderen\t\n").blocks
    assert [(b.text, b.header, b.term) for b in blocks] == [
        ("Doelgroep | Budget", True, None),
        ("Jeugd | 100", False, "Jeugd"),
        ("Ouderen", False, "Ouderen"),
    ]


def cells(*values: str) -> bytes:
    return "".join(f"{value} |\n" for value in values).encode()


def test_one_cell_a_line_becomes_rows_of_two_columns():
    long = "Werkt mee aan het plan en houdt zich aan de afspraken die daarover in de wijk gemaakt zijn."
    blocks = load_text(cells("Wie", "Taak", "Raad", long, "College", long[:80], "Inwoner", long[:70])).blocks
    assert [b.role for b in blocks] == ["row"] * 4
    assert blocks[1].text == f"Raad | {long}"
    assert [b.term for b in blocks] == [None, "Raad", "College", "Inwoner"]


def test_one_cell_a_line_becomes_rows_of_three_columns():
    tasks = ["Stelt de kaders vast voor de jaren die komen.", "Voert het beleid uit en legt er rekening van af."]
    blocks = load_text(
        cells("Wie", "Taak", "Jaar", "Raad", tasks[0], "2024", "College", tasks[1], "2025", "Wijk", tasks[0], "2026")
    ).blocks
    assert [b.text for b in blocks][:2] == ["Wie | Taak | Jaar", f"Raad | {tasks[0]} | 2024"]


def test_a_single_line_with_a_bar_is_a_box_and_no_table():
    assert texts(load_text(b"Wat is het sociaal domein? |\n").blocks, "text") == ["Wat is het sociaal domein?"]


def test_hard_wrapped_lines_become_paragraphs_and_broken_words_are_mended():
    line = "De gemeente werkt met inwoners aan een buurt waar iedereen zich"
    text = "\n\n".join("\n".join([line, line, "thuis voelt en waar onder-", "steuning dichtbij is."]) for _ in range(8))
    blocks = load_text(text.encode()).blocks
    assert texts(blocks) == [f"{line} {line} thuis voelt en waar ondersteuning dichtbij is."] * 8


def test_a_sentence_cut_by_a_caption_is_whole_again_and_the_caption_follows():
    before = "Samen met de inwoner zoekt de gemeente naar wat hij zelf kan om de draad weer op te"
    blocks = load_text(f"{before}\n\n\n\nHet loket\n\n\n\npakken en vol te houden.\n".encode()).blocks
    assert [(b.text, b.role) for b in blocks] == [
        (f"{before} pakken en vol te houden.", "text"),
        ("Het loket", "caption"),
    ]


@settings(max_examples=80)
@given(data=ANYTHING)
def test_any_bytes_give_a_document_or_a_refusal(data: bytes):
    fails_only_by_refusing(data, ".txt")
