"""What a question has in quotation marks: the passages that hold it word for word come first."""

from __future__ import annotations

import pytest
from building import make_assistant

ZANDWIJK = """# Kader Zandwijk 2024

De raad van de gemeente Zandwijk stelt dit kader vast.

## 1 Principes

De principes geven richting aan hoe wij werken.

## 2 Doen wat nodig is

Dit principe vraagt wat inwoners willen. Hun wensen gaan voor.

## 3 Geld

Er is geld voor sport en voor groen.
"""
HOOGVELD = """# Nota Hoogveld 2023

De raad van de gemeente Hoogveld stelt deze nota vast.

## 1 Aanleiding

Deze nota is nodig voor een goed gesprek over wat mensen doen en over elk principe.

## 2 Opgave

Mensen hebben meer dan alleen recht op hulp. Ons principe is: doen wat nodig is. Dan helpt de hulp ook echt.

## 3 Groen

Elke straat krijgt bomen.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    files = {"zandwijk-kader.md": ZANDWIJK, "hoogveld-nota.md": HOOGVELD}
    return make_assistant(tmp_path_factory.mktemp("citaat"), files)


def first(assistant, question):
    found = assistant.search(question)
    passage = found.generation.passages[found.hits[0].passage]
    return found.generation.documents[passage.document_id].text[passage.start : passage.end]


@pytest.mark.parametrize("quote", ["'doen wat nodig is'", "“Doen wat nodig is”", '"doen wat nodig is"'])
def test_the_passage_that_holds_the_words_comes_first(assistant, quote):
    assert "doen wat nodig is" in first(assistant, f"Wat schrijft Hoogveld over {quote}?").lower()
    assert "doen wat nodig is" in first(assistant, f"Wat betekent {quote} in Zandwijk?").lower()


def test_words_that_stand_apart_are_not_the_quotation(assistant):
    assert "goed gesprek" in first(assistant, "Wat is het 'principe' in de nota van Hoogveld?")


def test_a_title_of_one_of_two_places_is_asked_of_both(assistant):
    question = "Hoe omschrijven Zandwijk en Hoogveld elk het principe 'doen wat nodig is'?"
    answer = assistant.ask(question)
    assert {citation.document_id for citation in answer.citations} == {"zandwijk-kader", "hoogveld-nota"}
    assert any("doen wat nodig is" in claim.text for claim in answer.claims)
    assert any("Hun wensen gaan voor" in claim.text for claim in answer.claims)


def test_words_in_a_row_come_before_the_same_words_apart(tmp_path):
    text = """# Nota Zandwijk 2024

De raad van de gemeente Zandwijk stelt deze nota vast.

## 1 Wensen

Nodig is wat mensen nodig vinden, en nodig is ook wat zij doen.

## 2 Opgave

Mensen hebben meer dan alleen recht op hulp, en de hulp komt van velen. Ons motto is doen wat nodig is, in elke straat.
"""
    assistant = make_assistant(tmp_path, {"zandwijk-nota.md": text})
    assert "in elke straat" in first(assistant, "Wat staat er over 'doen wat nodig is'?")
    assert "in elke straat" not in first(assistant, "Wat staat er over doen wat nodig is?")
