"""Word's automatic numbers are those that Word shows: through lists, overrides, restarts and styles."""

from __future__ import annotations

import pytest

from ingest.loaders.lists import letters, roman
from tests.word_making import define, element, give_style_a_list, level, load, new, numbered, shown

OUTLINE = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3")


def test_headings_get_the_numbers_of_a_multilevel_list_through_their_styles():
    word = new()
    linked = level(0, "decimal", "%1", more='<w:pStyle w:val="Heading1"/>') + level(
        1, "decimal", "%1.%2", more='<w:pStyle w:val="Heading2"/>'
    )
    define(word, 50, linked)
    give_style_a_list(word, "Heading 1", 50)
    give_style_a_list(word, "Heading 2", 50)  # the list itself says which level the style stands for
    for text, depth in [("Inleiding", 1), ("Aanleiding", 2), ("Doelen", 2), ("Uitvoering", 1), ("Geld", 2)]:
        word.add_heading(text, depth)
    blocks = load(word).blocks
    assert [(b.text, b.level) for b in blocks] == [
        ("1 Inleiding", 1),
        ("1.1 Aanleiding", 2),
        ("1.2 Doelen", 2),
        ("2 Uitvoering", 1),
        ("2.1 Geld", 2),
    ]
    assert {b.role for b in blocks} == {"heading"}


def test_a_style_inherits_the_list_of_the_style_it_builds_on_and_may_leave_it():
    word = new()
    define(word, 50, OUTLINE)
    give_style_a_list(word, "Heading 1", 50, 0)
    word.styles.add_style("Kop eigen", 1).base_style = word.styles["Heading 1"]
    word.styles.add_style("Kop zonder nummer", 1).base_style = word.styles["Heading 1"]
    give_style_a_list(word, "Kop zonder nummer", 0)
    word.add_paragraph("Eerste", style="Kop eigen")
    word.add_paragraph("Voorwoord", style="Kop zonder nummer")
    word.add_paragraph("Tweede", style="Heading 1")
    assert shown(word) == ["1 Eerste", "Voorwoord", "2 Tweede"]


def test_a_paragraph_leaves_the_list_of_its_style():
    word = new()
    word.add_paragraph("een", style="List Number")
    numbered(word, "Tussendoor", 0, style="List Number")
    word.add_paragraph("twee", style="List Number")
    assert shown(word) == ["1. een", "Tussendoor", "2. twee"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", ["1.", "2.", "3."]),
        ("lowerLetter", ["a.", "b.", "c."]),
        ("upperLetter", ["A.", "B.", "C."]),
        ("lowerRoman", ["i.", "ii.", "iii."]),
        ("upperRoman", ["I.", "II.", "III."]),
        ("decimalZero", ["01.", "02.", "03."]),
        ("ordinal", ["1e.", "2e.", "3e."]),
        ("bullet", ["-", "-", "-"]),
    ],
)
def test_items_get_the_marker_of_their_format(form, expected):
    word = new()
    define(word, 50, level(0, form, "" if form == "bullet" else "%1."))
    for _ in expected:
        numbered(word, "punt", 50)
    blocks = load(word).blocks
    assert [b.text for b in blocks] == [f"{marker} punt" for marker in expected]
    assert {b.role for b in blocks} == {"item"}


def test_the_format_none_leaves_the_words_around_the_number():
    word = new()
    define(word, 50, level(0, "none", "Let op:") + level(1, "none", ""))
    numbered(word, "dit telt", 50)
    numbered(word, "dit ook", 50, 1)
    assert [(b.text, b.role) for b in load(word).blocks] == [("Let op: dit telt", "item"), ("dit ook", "text")]


def test_numbering_goes_on_after_a_paragraph_in_between_and_deeper_levels_begin_anew():
    word = new()
    define(word, 50, OUTLINE)
    for text, at in [("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 1)]:
        numbered(word, text, 50, at)
        word.add_paragraph("Uitleg.")
    assert shown(word)[::2] == ["1 a", "1.1 b", "1.2 c", "2 d", "2.1 e"]


def test_an_empty_numbered_paragraph_counts_as_it_does_in_word():
    word = new()
    define(word, 50, OUTLINE)
    for text in ("een", "", "drie"):
        numbered(word, text, 50)
    assert shown(word) == ["1 een", "3 drie"]


def test_a_level_above_that_was_not_used_yet_shows_its_start():
    word = new()
    define(word, 50, level(0, "decimal", "%1", start=4) + level(1, "decimal", "%1.%2"))
    numbered(word, "eerst", 50, 1)
    assert shown(word) == ["4.1 eerst"]


def test_instances_of_one_list_count_on_and_an_override_starts_anew_once():
    word = new()
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    define(word, 50, level(0, "decimal", "%1)"), (60, ""), (61, ""), (62, start))
    for num in (60, 60, 61, 62, 62):
        numbered(word, "x", num)
    assert shown(word) == ["1) x", "2) x", "3) x", "1) x", "2) x"]


def test_an_override_may_replace_a_level():
    word = new()
    letters_ = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)", start=3)}</w:lvlOverride>'
    define(word, 50, level(0, "decimal", "%1."), (60, letters_))
    numbered(word, "x", 60)
    assert shown(word) == ["c) x"]


def test_a_level_restarts_only_after_the_level_it_names_or_never():
    word = new()
    never, after_first = '<w:lvlRestart w:val="0"/>', '<w:lvlRestart w:val="1"/>'
    define(
        word,
        50,
        level(0, "decimal", "%1.")
        + level(1, "decimal", "Artikel %2", more=never)
        + level(2, "lowerLetter", "%3.", more=after_first),
    )
    for at in (0, 1, 2, 1, 2, 0, 1, 2):
        numbered(word, "x", 50, at)
    assert shown(word) == [
        "1. x", "Artikel 1 x", "a. x", "Artikel 2 x", "b. x", "2. x", "Artikel 3 x", "a. x"]  # fmt: skip


def test_legal_numbering_writes_every_level_in_digits():
    word = new()
    define(word, 50, level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2", more="<w:isLgl/>"))
    numbered(word, "Hoofdstuk", 50, 0)
    numbered(word, "Paragraaf", 50, 1)
    assert shown(word) == ["I Hoofdstuk", "1.1 Paragraaf"]


def test_articles_numbered_by_a_list_are_headings_below_their_chapter():
    word = new()
    define(word, 50, level(0, "upperRoman", "Hoofdstuk %1"))
    define(word, 51, level(0, "decimal", "Artikel %1"))
    define(word, 52, level(0, "decimal", "%1."))
    for chapter in ("Algemeen", "Slot"):
        numbered(word, chapter, 50)
        numbered(word, "Begrippen", 51)
        numbered(word, "Het college is bevoegd.", 52)
    source = load(word)
    assert source.styled
    assert [(b.text, b.role, b.level) for b in source.blocks] == [
        ("Hoofdstuk I Algemeen", "heading", 1),
        ("Artikel 1 Begrippen", "heading", 2),
        ("1. Het college is bevoegd.", "item", None),
        ("Hoofdstuk II Slot", "heading", 1),
        ("Artikel 2 Begrippen", "heading", 2),
        ("2. Het college is bevoegd.", "item", None),
    ]


def test_a_list_that_takes_its_levels_from_a_list_style():
    word = new()
    define(word, 50, level(0, "upperLetter", "%1)"), head='<w:styleLink w:val="Lijststijl"/>')
    define(word, 51, "", head='<w:numStyleLink w:val="Lijststijl"/>')
    numbered(word, "x", 51)
    assert shown(word) == ["A) x"]


def test_deleted_and_hidden_paragraphs_do_not_count():
    word = new()
    define(word, 50, OUTLINE)
    numbered(word, "een", 50)
    hidden = numbered(word, "", 50)
    hidden._p.pPr.append(element("<w:rPr><w:vanish/></w:rPr>"))
    gone = numbered(word, "", 50)
    gone._p.pPr.append(element('<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'))
    numbered(word, "twee", 50)
    assert shown(word) == ["1 een", "2 twee"]


def test_a_number_that_was_typed_and_given_is_written_once():
    word = new()
    define(word, 50, level(0, "decimal", "%1."))
    numbered(word, "1. een", 50)
    numbered(word, "• twee", 50)
    assert shown(word) == ["1. een", "2. twee"]


def test_letters_and_roman_numerals():
    assert [letters(n, doubled=True) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [letters(n, doubled=False) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "ba"]
    assert [roman(n) for n in (4, 9, 40, 1994)] == ["iv", "ix", "xl", "mcmxciv"]
    assert (roman(0), letters(-1, doubled=True)) == ("0", "-1")
