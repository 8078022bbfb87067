"""The files with the words of questions and of policy: their format, and that each entry can be found."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from assistant.glossary import dutch_terms, english_words
from vectorstore.lexical import stems, words

FILES = ["glossary.tsv", "lexicon.tsv"]


def lines(name) -> list[str]:
    return files("assistant").joinpath(name).read_text("utf-8").split("\n")


def rows(name) -> list[list[str]]:
    return [line.split("\t") for line in lines(name)[1:-1]]


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_a_heading_and_three_columns(name):
    assert lines(name)[0] == "language\tterm\tdutch"
    assert lines(name)[-1] == ""
    assert {len(row) for row in rows(name)} == {3}
    assert {row[0] for row in rows(name)} <= {"en", "nl"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_sorted_by_language_and_term(name):
    assert [row[:2] for row in rows(name)] == sorted(row[:2] for row in rows(name))


@pytest.mark.parametrize("name", FILES)
def test_terms_are_written_in_lower_case_without_space_around(name):
    assert [row[1] for row in rows(name) if row[1] != row[1].strip().lower() or not row[1]] == []


@pytest.mark.parametrize("name", FILES)
def test_no_equivalent_is_empty_or_said_twice(name):
    given = [(row[1], row[2].split("; ")) for row in rows(name)]
    assert [term for term, dutch in given if any(not d or d != d.strip() or ";" in d for d in dutch)] == []
    assert [term for term, dutch in given if len({d.lower() for d in dutch}) != len(dutch)] == []


@pytest.mark.parametrize("name", FILES)
def test_every_entry_gives_something_to_look_for(name):
    assert [row[1] for row in rows(name) if not any(stems(dutch) for dutch in row[2].split("; "))] == []


@pytest.mark.parametrize("name", FILES)
def test_no_term_stands_twice_in_one_file(name):
    counted = Counter((row[0], row[1]) for row in rows(name))
    assert [term for term, times in counted.items() if times > 1] == []


def test_a_term_keeps_its_own_meaning_where_another_has_the_same_stem():
    objection, objective = (set(dict(dutch_terms(term, "en"))[term]) for term in ("objection", "objective"))
    assert objection & {"bezwaar", "bezwaarschrift"}
    assert objective & {"doel", "doelstelling"}
    assert not objection & objective


@pytest.mark.parametrize("name", FILES)
def test_every_term_is_found_in_a_question_that_says_it(name):
    lost = []
    for language, term, dutch in rows(name):
        found = dict(dutch_terms(term, language)).get(" ".join(words(term)), ())
        if not set(dutch.split("; ")) <= set(found):
            lost.append((language, term))
    assert lost == []


def test_inflected_terms_are_found():
    assert dict(dutch_terms("Which elderly volunteers?", "en")).keys() >= {"elderly", "volunteers"}


def test_the_longest_term_is_found_where_terms_overlap():
    assert [said for said, _ in dutch_terms("mental health care", "en")] == ["mental health care"]


def test_terms_of_one_language_are_not_found_in_the_other():
    assert dutch_terms("loneliness", "nl") == []


def test_words_of_english_terms_are_known_for_spelling():
    assert {"loneliness", "elderly"} <= english_words()
    assert "eenzaamheid" not in english_words()
