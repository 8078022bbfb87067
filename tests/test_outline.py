"""What holds of every document, in every format: the outline survives, and spans are what they say."""

from __future__ import annotations

import tempfile
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import Block
from ingest.document import NOT_POLICY, Document
from ingest.errors import UnreadableDocument
from ingest.outline import build_outline
from ingest.passages import MAX_TOKENS
from ingest.tokens import count_tokens
from tests.making import SUFFIXES, Node, as_text, numbered, outlines, read, rendered, titles_below, walk

FEW = settings(max_examples=10)


def read_bytes(data: bytes, name: str) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        return read(Path(folder), data, name)


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(outline=outlines())
def test_numbers_titles_depth_and_order_survive_every_format(suffix: str, outline: tuple[Node, ...]):
    document = read_bytes(rendered(outline, suffix), f"proef{suffix}")
    assert numbered(document) == [(node.number, node.title) for _, node in walk(outline)]
    found = [s for s in document.sections if s.number]
    assert [s.level - found[0].level + 1 for s in found] == [depth for depth, _ in walk(outline)]
    for section, (_, node) in zip(found, walk(outline), strict=True):
        assert all(paragraph in document.text[section.text_start : section.body_end] for paragraph in node.paragraphs)


@FEW
@given(
    outline=outlines(), lists=st.booleans(), layout=st.sampled_from([(False, "\n"), (False, "\n\n"), (True, "\n\n")])
)
def test_plain_text_gives_its_outline_whatever_its_habits(
    outline: tuple[Node, ...], lists: bool, layout: tuple[bool, str]
):
    dotted, gap = layout  # "1. Title" right above its text and without a blank line can be an item of a list as well
    text = as_text(outline, dotted=dotted, numbered_lists=lists, gap=gap)
    document = read_bytes(text.encode(), "proef.txt")
    assert numbered(document) == [(node.number, node.title) for _, node in walk(outline)]


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(outline=outlines())
def test_spans_nest_and_lie_within_the_text(suffix: str, outline: tuple[Node, ...]):
    document = read_bytes(rendered(outline, suffix), f"proef{suffix}")
    sections = document.sections
    for section in sections:
        assert 0 <= section.start <= section.text_start <= section.body_end <= section.end <= len(document.text)
    for i, outer in enumerate(sections):
        for inner in sections[i + 1 :]:
            assert inner.end <= outer.end or inner.start >= outer.end
            if inner.path[: len(outer.path)] == outer.path and inner.start < outer.end:
                assert inner.level > outer.level
    covered = sorted((s.start, s.body_end) for s in sections)
    assert covered[0][0] == 0
    assert covered[-1][1] == len(document.text)
    assert all(first[1] == second[0] for first, second in pairwise(covered))


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(outline=outlines())
def test_passages_hold_all_policy_text_in_whole_words_and_small_pieces(suffix: str, outline: tuple[Node, ...]):
    document = read_bytes(rendered(outline, suffix), f"proef{suffix}")
    covered = bytearray(len(document.text))
    for passage in document.passages:
        section = document.sections[passage.section]
        text = document.text[passage.start : passage.end]
        assert section.start <= passage.start < passage.end <= section.body_end
        assert count_tokens(text) <= MAX_TOKENS
        assert text == text.strip()
        assert not document.text[max(passage.start - 1, 0) : passage.start].isalnum()
        assert not document.text[passage.end : passage.end + 1].isalnum()
        covered[passage.start : passage.end] = b"\x01" * len(text)
    for section in document.sections:
        if section.kind not in NOT_POLICY:
            missed = [i for i in range(section.start, section.body_end) if not covered[i]]
            assert not "".join(document.text[i] for i in missed).strip()


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(outline=outlines())
def test_the_same_file_gives_the_same_document(suffix: str, outline: tuple[Node, ...], tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"tweemaal{suffix}"
    data = rendered(outline, suffix)
    assert read(path.parent, data, path.name) == read(path.parent, data, path.name)


@settings(max_examples=150)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("a bé\t\u00ad\u0301\u200d\u2028\x0b\x85•.1 \n\r"), st.characters()),
        min_size=1,
    )
)
def test_canonical_text_is_clean_whatever_is_in_the_file(content: str):
    data = content.encode("utf-8", errors="replace")
    try:
        text = read_bytes(data, "proef.txt").text
    except UnreadableDocument:
        return
    assert unicodedata.is_normalized("NFC", text)
    assert all(character == "\n" or unicodedata.category(character) != "Cc" for character in text)
    assert all(line == line.rstrip() for line in text.split("\n"))


@FEW
@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_stated_levels_with_gaps_become_levels_without(levels: list[int]):
    outline = build_outline(tuple(Block(f"Kop {i}", role="heading", level=n) for i, n in enumerate(levels)), "Proef")
    found = [s.level for s in outline.sections]
    assert found[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(found))
    assert [len(s.path) for s in outline.sections] == found


def test_text_above_the_first_heading_is_the_preamble():
    outline = build_outline((Block("De raad besluit."), Block("Doel", role="heading", level=1)), "Groenvisie")
    assert [(s.kind, s.title) for s in outline.sections] == [("preamble", "Groenvisie"), ("body", "Doel")]
    assert outline.text == "De raad besluit.\n\nDoel"


def test_a_contents_page_of_a_styled_document_is_not_policy(tmp_path):
    document = read(tmp_path, "# Woonvisie\n\n## Inhoud\n\n- Doel\n\n## Doel\n\nWij bouwen.\n", "visie.md")
    kinds = {s.title: s.kind for s in document.sections}
    assert kinds == {"Woonvisie": "body", "Inhoud": "contents", "Doel": "body"}
    assert all(document.sections[p.section].title != "Inhoud" for p in document.passages)


def test_what_lies_under_an_appendix_is_appendix(tmp_path):
    document = read(tmp_path, "# Nota\n\n## Bijlage 1 Cijfers\n\n### Bron\n\nEigen telling.\n", "nota.md")
    assert {s.title: s.kind for s in document.sections} == {"Nota": "body", "Cijfers": "appendix", "Bron": "appendix"}


def test_a_missing_number_and_a_cut_off_text_are_reported(tmp_path):
    long = "Wij werken samen met scholen, verenigingen en zorgaanbieders aan een gemeente waarin iedereen meedoet en"
    document = read(tmp_path, f"# Nota\n\n## 1 Doel\n\nKort.\n\n## 3 Aanpak\n\n{long}\n", "nota.md")
    assert any("from 1 to 3" in warning for warning in document.warnings)
    assert any("mid-sentence" in warning for warning in document.warnings)


def test_a_document_without_headings_is_one_section_and_says_so(tmp_path):
    document = read(tmp_path, "Dit is een losse zin over het beleid van de raad. Meer is er niet.")
    assert len(document.sections) == 1
    assert any("no headings" in warning for warning in document.warnings)


def test_section_at_gives_the_innermost_section(tmp_path):
    document = read(tmp_path, "# Nota\n\n## 1 Doel\n\nKort.\n\n## 2 Aanpak\n\nLang.\n", "nota.md")
    at = document.text.index("Lang")
    assert document.sections[document.section_at(at, at + 4)].title == "Aanpak"
    assert titles_below(document, "Nota") == ["Doel", "Aanpak"]
    with pytest.raises(ValueError, match="no section contains"):
        document.section_at(0, len(document.text) + 1)


def test_codes_that_rise_number_the_headings_that_they_open(tmp_path: Path):
    coded = ("M01 Jeugdwerker", "M02: Taalhuis", "M11 Respijthuis")
    others = ("A2 zuid", "G40 samen", "B2 taal", "B1 taal", "B4 taal")
    parts = (f"## {title}\n\nDe gemeente doet dit samen met inwoners.\n" for title in (*coded, *others))
    document = read(tmp_path, "# Programma\n\n" + "\n".join(parts), "x.md")
    assert numbered(document) == [("M01", "Jeugdwerker"), ("M02", "Taalhuis"), ("M11", "Respijthuis")]
    assert document.sections[2].path == ("Programma", "M02 Taalhuis")
    assert not document.warnings
