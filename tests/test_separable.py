"""Verbs whose beginning stands apart, and what their infinitive finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.query import Query
from assistant.scope import Scope
from assistant.separable import reunited
from assistant.terms import asked_terms, terms_of
from vectorstore.lexical import stems

QUERY = Query("Waar meld ik iets aan?", "Waar meld ik iets aan?", "nl", Scope(()), "")


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Waar meld ik een casus aan?", "Waar aanmelden ik een casus?"),
        ("Hoe vraag ik een uitkering aan bij de gemeente?", "Hoe aanvragen ik een uitkering bij de gemeente?"),
        ("Wie stelt het plan op en wie legt het vast?", "Wie opstellen het plan en wie vastleggen het?"),
        ("Wie geeft het geld uit?", "Wie uitgeven het geld?"),
        ("Wie bouwen de subsidie af?", "Wie afbouwen de subsidie?"),
        ("Wie lost de schulden op?", "Wie oplossen de schulden?"),
    ],
)
def test_a_verb_is_made_whole_with_its_beginning_at_the_end_of_the_clause(question, whole):
    assert reunited(question) == whole


@pytest.mark.parametrize(
    "question",
    [
        "Welke kern valt hier onder?",  # no such verb
        "Waar gaat het kader over?",
        "Hoe is het kader in?",  # "inkaderen", but it has an article
        "Wat staat er over sport?",
        "Wie stelt de regels voor de jeugd, en voor wie?",
        "What is the point of going in?",
        "",
    ],
)
def test_anything_else_stays_as_it_is(question):
    assert reunited(question) == question


def test_an_english_question_has_no_such_verbs():
    assert "aan" not in " ".join(term.said for term in asked_terms("Where meld I aan?", "en"))


def test_the_sentence_with_the_participle_is_found():
    said = [term.said for term in asked_terms("Waar meld ik een casus aan?", "nl")]
    assert "aanmelden" in said
    assert set(stems("aanmelden")) == set(stems("aangemeld"))


def test_in_a_follow_up_the_whole_verb_is_its_own_word():
    query = replace(QUERY, topic="Wat doet het team, waar meld ik iets aan?", added="waar meld ik iets aan?")
    shares = {term.said: term.share for term in terms_of(query)}
    assert shares["aanmelden"] > shares["team"]


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ["preventie " * 400, "meld ik iets " * 300, "meld aan bij " * 300, "a " * 2000])
def test_long_questions_are_looked_through_soon(text):
    for number in range(20):
        assert reunited(f"{text}{number}").endswith(str(number))
