"""How sections are cut: what stays together, what stands alone, what is repeated."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import Block
from ingest.outline import build_outline
from ingest.passages import MAX_TOKENS, cut_passages
from ingest.tokens import count_tokens
from tests.making import passage_texts, read

HEADING = Block("Doel", role="heading", level=1)
LONG = "Wij werken samen met inwoners en organisaties aan een buurt waarin iedereen mee kan doen. "


def cut(*blocks: Block) -> list[tuple[str, str]]:
    outline = build_outline((HEADING, *blocks), "Nota")
    return [(outline.text[p.start : p.end], p.lead) for p in cut_passages("nota", outline)]


def test_a_short_section_is_one_passage_with_its_heading():
    assert cut(Block("Wij bouwen."), Block("Wij planten.")) == [("Doel\n\nWij bouwen.\n\nWij planten.", "")]


def test_a_long_first_paragraph_stays_with_its_heading():
    first = (LONG * 10).strip()
    assert cut(Block(first))[0][0] == f"Doel\n\n{first}"


def test_a_heading_without_text_is_a_passage_of_its_own_and_says_so():
    outline = build_outline((HEADING, Block("Nu", role="heading", level=2), Block("Tekst.")), "Nota")
    assert [p.heading_only for p in cut_passages("nota", outline)] == [True, False]


def test_the_parts_of_a_list_that_is_cut_repeat_the_line_that_introduces_it():
    items = [Block(f"- {LONG * 2}".strip(), role="item") for _ in range(20)]
    parts = cut(Block("Wij doen het volgende:"), *items)
    assert len(parts) > 2
    assert parts[0][0].startswith("Doel\n\nWij doen het volgende:\n- ")
    assert all(lead == "Wij doen het volgende:" for _, lead in parts[1:])


def test_a_row_with_a_text_of_its_own_stands_alone_under_its_header():
    rows = [Block(f"{who} | {LONG}".strip(), role="row", term=who) for who in ("Raad", "College")]
    parts = cut(Block("Wie | Taak", role="row", header=True), *rows)
    assert [(text.split(" |")[0], lead) for text, lead in parts[1:]] == [
        ("Raad", "Wie | Taak"),
        ("College", "Wie | Taak"),
    ]


def test_short_rows_keep_company():
    rows = [Block(f"Post {i} | {i}", role="row", term=f"Post {i}") for i in range(5)]
    assert len(cut(Block("Post | Bedrag", role="row", header=True), *rows)) == 1


def test_a_long_paragraph_is_cut_at_the_ends_of_sentences():
    parts = [text for text, _ in cut(Block((LONG * 60).strip()))]
    assert len(parts) > 1
    assert all(part.endswith(".") for part in parts[1:])


@settings(max_examples=20)
@given(st.integers(500, 3000), st.sampled_from(["zorg ", "jeugdhulpverlening ", "x", "é", "漢"]))
def test_even_a_sentence_without_end_is_cut_small(length: int, piece: str):
    text = (piece * length).strip()
    parts = [part for part, _ in cut(Block(text))]
    assert all(count_tokens(part) <= MAX_TOKENS for part in parts)
    assert "".join(parts).replace(" ", "").replace("\n", "") == "Doel" + text.replace(" ", "")


def test_marks_that_a_model_takes_for_commands_are_plain_text(tmp_path: Path):
    assert count_tokens("<|endoftext|>") > 1
    assert "<|endoftext|>" in passage_texts(read(tmp_path, "Dit kader bevat <|endoftext|> in de tekst."))[0]
