"""Spelling mistakes in questions: which words are mended, into what, and which are left alone."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.glossary import english_words
from assistant.language import Language, word_list
from assistant.spelling import mended
from vectorstore.lexical import LexicalIndex, stop_words

# Far from each other, so that a mistake in one of them can mean no other.
INDEXED = (
    "preventie eenzaamheid mantelzorg bewonersinitiatief geluidsoverlast kinderopvang schuldhulpverlening boswachter "
    "hofjes speelweide vergunning bezwaarschrift gehandicaptenparkeerplaats duurzaamheid bibliotheek"
)
SPELLED = LexicalIndex.build([INDEXED, "De preventie en de bibliotheek; financiën en coördinatie"]).spelled
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def proper(word: str) -> bool:
    return word in SPELLED or word in stop_words() or word in english_words() or any(map(word.__contains__, "’'"))


@st.composite
def mistakes(draw) -> tuple[str, str]:
    """A word of the index, and the same with one letter wrong, too many, missing, or changed places with the next."""
    word = draw(st.sampled_from([word for word in INDEXED.split() if len(word) > 5]))
    at = draw(st.integers(1, len(word) - 2))
    letter = draw(st.sampled_from(LETTERS))
    wrong = draw(
        st.sampled_from(
            [
                word[:at] + letter + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    return word, wrong


@given(mistakes())
def test_one_mistake_in_a_word_of_the_index_is_mended(pair):
    word, wrong = pair
    assume(not proper(wrong) and wrong not in word_list("nl") and wrong not in word_list("en"))
    assert mended(f"Wat staat er over {wrong}?", "nl", SPELLED) == f"Wat staat er over {word}?"


@cache
def common_words(language: Language) -> list[str]:
    known = word_list(language).word_frequency
    return sorted(word for word in known.words() if word.isalpha() and known[word] > 1000)


@given(st.data(), st.sampled_from(["nl", "en"]))
def test_a_proper_word_that_the_index_lacks_is_left_alone(data, language):
    word = data.draw(st.sampled_from(common_words(language)))
    question = f"wat staat er over {word}?"
    assert mended(question, "nl", SPELLED) == question
    assert mended(question, "en", SPELLED) == question


@given(
    st.lists(
        st.sampled_from(
            [*INDEXED.split(), "Preventie", "HOFJES", "wat", "is", "het", "2024", "29%", "§ 4.1", "zwembad"]
        ),
        max_size=8,
    ),
    st.sampled_from([" ", ", ", " / ", "-", "… ", "\u00a0"]),
    st.sampled_from(["nl", "en"]),
)
def test_a_text_without_unknown_words_stays_letter_for_letter(said, between, language):
    text = between.join(said)
    assert mended(text, language, SPELLED) == text


@given(st.text(max_size=80), st.sampled_from(["nl", "en"]))
def test_of_any_text_only_words_change(text, language):
    after = mended(text, language, SPELLED)
    assert re.sub(r"[^\W\d_]+", "x", after) == re.sub(r"[^\W\d_]+", "x", text)


@pytest.mark.parametrize(
    "question", ["Kent Zandwijk een Prevntie?", "Wie is Kinderopvag?", "Wat doet het team “Mantelzorh”?"]
)
def test_a_name_with_a_capital_inside_the_question_stays(question):
    assert mended(question, "nl", SPELLED) == question


def test_the_first_word_may_be_a_misspelled_one_for_all_its_capital():
    assert mended("Prevntie in de wijk", "nl", SPELLED) == "preventie in de wijk"


def test_a_question_typed_in_capitals_is_mended_as_well():
    assert mended("WAT ZEGT HET KADER OVER PREVNTIE", "nl", SPELLED).lower().endswith("over preventie")


@pytest.mark.parametrize(("word", "near"), [("jeugdwet", "jeugdwerk"), ("laadpaal", "laadpas")])
def test_a_compound_of_two_proper_words_is_not_taken_for_one_that_differs_by_two_letters(word, near):
    assert mended(word, "nl", {near: 9}) == word


def test_of_two_words_equally_near_the_more_frequent_one_is_meant():
    assert mended("kwabbet", "nl", {"kwabbes": 1, "kwabbel": 7}) == "kwabbel"
    assert mended("kwabbet", "nl", {"kwabbes": 7, "kwabbel": 1}) == "kwabbes"


def test_a_nearer_word_is_meant_however_rare():
    assert mended("mantelzorh", "nl", {"mantelzorg": 1, "mantelzolk": 900}) == "mantelzorg"


def test_two_mistakes_are_mended_in_long_words_only():
    assert mended("eenzzamheit", "nl", SPELLED) == "eenzaamheid"
    assert mended("hoffees", "nl", SPELLED) == "hoffees"


def test_short_words_are_left_alone_for_they_resemble_too_many():
    assert mended("hofj", "nl", {"hofje": 3, "hof": 3}) == "hofj"


def test_a_word_that_begins_otherwise_is_another_word():
    assert mended("breventie", "nl", SPELLED) == "breventie"


def test_an_english_question_is_mended_with_the_glossary_too():
    assert mended("what about lonelyness", "en", SPELLED) == "what about loneliness"
    assert mended("wat is lonelyness", "nl", SPELLED) == "wat is lonelyness"


def test_without_words_to_compare_with_nothing_is_mended():
    assert mended("wat is prevntie", "nl", {}) == "wat is prevntie"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["x" * 4000, "السياسة " * 500, "预防政策" * 1000, "qzoeudbf " * 440])
def test_a_long_question_of_unknown_words_is_left_as_it_is_and_soon(text):
    spelled = {f"{letter}{other}eidsbeleid{n}": 1 for letter in LETTERS for other in LETTERS for n in range(10)}
    assert mended(text, "en", spelled) == text


def test_a_misspelled_function_word_is_meant_before_a_word_of_the_documents():
    assert mended("hoevel kost dat", "nl", {"hoeven": 40, "kosten": 3}).startswith("hoeveel")
