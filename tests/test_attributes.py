"""Follow-ups for what is always of something else: a goal, a budget, the conditions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import MODEL, make_assistant

from assistant.query import Query
from assistant.retriever import settled
from assistant.scope import Scope

BELEID = """# Beleidskader Zandwijk 2025

Aldus vastgesteld in de openbare vergadering van de raad van Zandwijk van 1 juli 2025. Het doel van het kader is een sterke gemeente.

## 1 Mantelzorg

In Zandwijk zorgen 900 mantelzorgers voor een naaste. Van hen voelen zich er 120 overbelast. Het doel voor 2029 is dat nog
60 mantelzorgers overbelast zijn.

## 2 Pas

De buurtpas geeft korting op de sporthal. Een buurtpas wordt verstrekt onder twee voorwaarden: de aanvrager woont in
Zandwijk, en heeft een laag inkomen.
"""
ANDERE = """# Nota Hoogveld 2024

De raad van de gemeente Hoogveld stelt deze nota vast.

## 1 Begeleiding

Ambulante begeleiding van een gezin duurt in Hoogveld gemiddeld veertig weken.

## 2 Bouw

De bouw van de sporthal duurt gemiddeld twee jaar. Over de nota is gestemd: de stemverhouding was 12 tegen 3.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    files = {"zandwijk-beleidskader.md": BELEID, "hoogveld-nota.md": ANDERE}
    return make_assistant(tmp_path_factory.mktemp("eigenschap"), files)


def asked(assistant, *questions):
    return assistant.ask(questions[-1], questions[:-1])


@pytest.mark.parametrize("question", ["En wat is het doel voor 2029?", "and what is the target for 2029?"])
def test_the_goal_is_that_of_what_was_spoken_of(assistant, question):
    answer = asked(assistant, "Hoeveel mantelzorgers zijn overbelast in Zandwijk?", question)
    assert "mantelzorgers" in answer.standalone_question
    assert any("60 mantelzorgers" in claim.text for claim in answer.claims)


def test_the_conditions_are_those_of_what_was_spoken_of(assistant):
    answer = asked(assistant, "Wat geeft de buurtpas van Zandwijk?", "En wat zijn de voorwaarden?")
    assert any("laag inkomen" in claim.text for claim in answer.claims)


def test_a_goal_of_a_named_document_is_its_own(assistant):
    answer = asked(assistant, "Wat geeft de buurtpas van Zandwijk?", "En wat is het doel van het kader van Zandwijk?")
    assert "buurtpas" not in answer.standalone_question


def test_what_was_asked_in_one_place_is_not_answered_from_another(assistant):
    answer = asked(assistant, "Wat geeft de buurtpas van Zandwijk?", "en hoe was de stemverhouding?")
    assert "Zandwijk" in answer.standalone_question
    assert not any("12 tegen 3" in claim.text for claim in answer.claims)


def test_such_a_thing_is_what_was_spoken_of_in_another_place_too(assistant):
    first = "Hoe lang mag ambulante begeleiding van een gezin duren in Zandwijk?"
    answer = asked(assistant, first, "en hoe lang duurt zo'n traject in Hoogveld gemiddeld?")
    assert "begeleiding" in answer.standalone_question
    assert any("veertig weken" in claim.text for claim in answer.claims)


@pytest.mark.parametrize(
    "question", ["ok. en wanneer is dit stuk eigenlijk vastgesteld?", "wanneer is dat kader vastgesteld?"]
)
def test_a_fact_of_the_document_leaves_the_subject_behind(assistant, question):
    answer = asked(assistant, "Wat geeft de buurtpas van Zandwijk?", "En wat zijn de voorwaarden?", question)
    assert "buurtpas" not in answer.standalone_question


def test_what_goes_on_stays_in_its_place_though_another_has_more_to_say(assistant):
    generation = assistant.generation()
    asks = "hoe lang duurt de bouw van de sporthal gemiddeld?"
    everywhere = Scope(tuple(generation.documents))
    alone = Query(asks, asks, "nl", everywhere, asks, carried=("zandwijk-beleidskader",))
    assert settled(generation, MODEL, alone).scope == everywhere
    stays = settled(generation, MODEL, replace(alone, question=f"En {asks}"))
    assert stays.scope.documents == ("zandwijk-beleidskader",)
