"""Warnings: what an administrator should look at before relying on a document's outline."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.making import read

LONG = "De gemeente werkt samen met inwoners en organisaties aan een buurt waarin iedereen mee kan doen."


def warnings(folder: Path, text: str, name: str = "nota.md") -> str:
    return "\n".join(read(folder, text, name).warnings)


def chapters(*headings: str, title: str = "# Nota") -> str:
    return "\n\n".join([title, *(f"{heading}\n\n{LONG}" for heading in headings)]) + "\n"


def test_a_sound_document_gives_no_warning(tmp_path: Path):
    assert warnings(tmp_path, chapters("## 1 Doel", "### 1.1 Nu", "### 1.2 Straks", "## 2 Geld")) == ""


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("## 1 Doel", "## 3 Geld"), "from 1 to 3"),
        (("## 1 Doel", "### 1.1 Nu", "### 1.4 Straks"), "from 1.1 to 1.4"),
        (("## Artikel 1 Doel", "## Artikel 2 Nu", "## Artikel 5 Slot"), "from Artikel 2 to Artikel 5"),
        (("## Artikel 1.1 Doel", "## Artikel 1.3 Nu"), "from Artikel 1.1 to Artikel 1.3"),
    ],
)
def test_missing_numbers_are_named(tmp_path: Path, headings: tuple[str, ...], said: str):
    assert said in warnings(tmp_path, chapters(*headings))


def test_articles_that_number_on_through_the_chapters_are_sound(tmp_path: Path):
    headings = ("## Hoofdstuk 1 A", "### Artikel 1 B", "### Artikel 2 C", "## Hoofdstuk 2 D", "### Artikel 3 E")
    assert warnings(tmp_path, chapters(*headings)) == ""


def test_articles_that_start_anew_in_each_chapter_are_sound(tmp_path: Path):
    headings = ("## Hoofdstuk 1 A", "### Artikel 1 B", "### Artikel 2 C", "## Hoofdstuk 2 D", "### Artikel 1 E")
    assert warnings(tmp_path, chapters(*headings)) == ""


def test_a_number_given_twice_is_named(tmp_path: Path):
    assert "occur twice: 1.1" in warnings(tmp_path, chapters("## 1 Doel", "### 1.1 Nu", "### 1.1 Straks"))


def test_a_skipped_level_is_named(tmp_path: Path):
    assert "“Diep” (level 4) stands under “Doel” (2)" in warnings(tmp_path, chapters("## Doel", "#### Diep"))


CONTENTS = "Nota van de raad\nInhoud\n1 Doel 3\n1.1 Nu 3\n2 Geld 4\n3 Slot 5\n"


def test_contents_and_text_that_disagree_are_named_both_ways(tmp_path: Path):
    text = f"{CONTENTS}1 Doel\n1.1 Nu\n{LONG}\n1.2 Straks\n{LONG}\n2 Geld\n{LONG}\n"
    found = warnings(tmp_path, text, "nota.txt")
    assert "names what is no heading in the text: “3 Slot”" in found
    assert "missing from the table of contents: “1.2 Straks”" in found


def test_contents_and_text_that_agree_give_no_warning(tmp_path: Path):
    text = f"{CONTENTS}1 Doel\n1.1 Nu\n{LONG}\n2 Geld\n{LONG}\n3 Slot\n{LONG}\n"
    assert warnings(tmp_path, text, "nota.txt") == ""


def test_much_text_before_the_first_heading_belongs_to_no_section(tmp_path: Path):
    text = "\n\n".join([LONG] * 40 + ["## 1 Doel", LONG])
    assert "before the first heading belong to no section" in warnings(tmp_path, text)


def test_of_many_doubts_of_one_kind_the_first_are_named_and_the_rest_counted(tmp_path: Path):
    found = warnings(tmp_path, chapters(*(f"## {n} Doel" for n in range(1, 20, 2))))
    assert "and 4 more" in found
