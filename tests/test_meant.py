"""Which version a question means of documents of one name, and what it names only to compare with."""

from __future__ import annotations

from datetime import date

import pytest
from titled import ELSEWHERE, INDEXED, NEW, OLD, OTHER, document

from assistant.scope import scope_of

FRAME = document("kader", "Beleidskader zorg 2018", date(2018, 1, 1))
ADOPTING = document("nieuw-kader", "Raadsvoorstel Beleidskader zorg 2023", date(2022, 12, 1), "raadsvoorstel")
PROGRAMME = document("uitvoering", "Uitvoeringsprogramma zorg 2024", date(2024, 1, 1), "uitvoeringsprogramma")


def searched(question: str, documents=INDEXED) -> set[str]:
    return set(scope_of(question, documents)[0].documents)


def topic(question: str, documents=INDEXED) -> str:
    return scope_of(question, documents)[1]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Wat zegt de ouderenvisie van Zandwijk over hofjes?", {"oud", "voorstel"}),
        ("Wat zegt de nieuwe ouderenvisie van Zandwijk over hofjes?", {"voorstel"}),
        ("Wat zegt de huidige Zandwijkse ouderenvisie over hofjes?", {"voorstel"}),
        ("Wat zegt de oude ouderenvisie van Zandwijk over hofjes?", {"oud"}),
        ("Wat stond er in de vorige ouderenvisie van Zandwijk over hofjes?", {"oud"}),
        ("Wat zegt de ouderenvisie van Zandwijk uit 2019 over hofjes?", {"oud"}),
        ("Wat zegt de Ouderenvisie Zandwijk 2024-2028 over hofjes?", {"voorstel"}),
        ("Wat zegt de ouderenvisie van Zandwijk over hofjes in 2019?", {"oud", "voorstel"}),
        ("Wat zegt de nieuwe visie van Zandwijk over hofjes?", {"voorstel"}),
        ("Wat is het verschil tussen de oude en de nieuwe ouderenvisie van Zandwijk?", {"oud", "voorstel"}),
        ("Welke nieuwe hofjes noemt de ouderenvisie van Zandwijk?", {"oud", "voorstel"}),
    ],
)
def test_the_version_that_is_meant_is_searched(question, ids):
    assert searched(question) == ids


def test_english_names_have_versions_too():
    old = document("a", "Woonvisie Zandwijk 2011-2015", kind="visie")
    new = document("b", "Woonvisie Zandwijk 2016-2020", kind="visie")
    assert searched("What does the new housing vision of Zandwijk say?", [old, new, OTHER]) == {"b"}
    assert searched("What did the previous housing vision of Zandwijk say?", [old, new, OTHER]) == {"a"}


def test_a_kind_means_every_document_of_the_municipality_that_has_it_in_its_title():
    documents = [FRAME, ADOPTING, PROGRAMME]
    assert searched("Wat zegt het beleidskader van Zandwijk over thuiszorg?", documents) == {"kader", "nieuw-kader"}
    assert searched("Wat zegt het kader van 2018 van Zandwijk over thuiszorg?", documents) == {"kader"}
    assert searched("What does the new policy framework of Zandwijk say?", documents) == {"nieuw-kader"}


def test_one_version_that_is_indexed_is_meant_whatever_it_is_called():
    documents = [FRAME, PROGRAMME]
    assert searched("Wat zegt het nieuwe beleidskader van Zandwijk over thuiszorg?", documents) == {"kader"}


@pytest.mark.parametrize(
    "question",
    [
        "Is de vergoeding in Zandwijk anders dan in het beleidskader stond?",
        "Is de vergoeding in Zandwijk veranderd ten opzichte van het beleidskader?",
        "Ten opzichte van het beleidskader van Zandwijk, is de vergoeding veranderd?",
        "Is de vergoeding in Zandwijk hoger dan in het beleidskader?",
        "Is the allowance in Zandwijk different from the policy framework?",
    ],
)
def test_what_a_document_is_compared_with_does_not_limit_the_search(question):
    assert searched(question, [FRAME, PROGRAMME, ELSEWHERE]) == {"kader", "uitvoering"}


def test_of_two_documents_named_both_are_asked_whichever_is_compared_with():
    question = "Is de vergoeding in het uitvoeringsprogramma van Zandwijk anders dan in het beleidskader?"
    assert searched(question, [FRAME, PROGRAMME, OTHER]) == {"kader", "uitvoering"}


def test_compared_without_its_municipality_a_document_still_says_where():
    assert searched("Is de prijs anders dan in de sportnota stond?") == {"oud", "voorstel", "sport"}


def test_which_version_is_where_to_look_and_not_what_for():
    assert topic("Hoeveel hofjes komen er volgens de nieuwe ouderenvisie van Zandwijk?") == "Hoeveel hofjes komen er?"
    assert topic("Hoeveel hofjes bouwt Zandwijk (ouderenvisie 2019)?") == "Hoeveel hofjes bouwt?"
    assert topic("Is de prijs in Zandwijk anders dan in de sportnota?") == "Is de prijs?"
    assert topic("En in de oude ouderenvisie van Zandwijk?") == "En?"
    assert topic("Wat staat er in de oude ouderenvisie van Zandwijk?") == "Wat staat er in de oude ouderenvisie?"
    assert topic("Wat is het verschil met de sportnota van Zandwijk?") == "Wat is het verschil?"


def test_a_version_says_which_municipality_is_asked_about():
    assert scope_of("Wat kost een hofje volgens de oude ouderenvisie?", [OLD, NEW, OTHER])[0].municipalities == (
        "Zandwijk",
    )


def test_a_version_that_is_not_indexed_stays_in_the_question():
    assert "2031" in topic("Wat kost een hofje in Zandwijk volgens de sportnota 2031?")
    assert "nieuwe" in topic("Wat kost een hofje in Zandwijk volgens de nieuwe sportnota?")


def test_the_document_that_is_looked_in_is_not_what_is_looked_for():
    assert topic("Hoeveel velden komen er in Zandwijk volgens de sportnota bij?") == "Hoeveel velden komen er bij?"
    assert topic("Wat houdt taak 3 in de sportnota van Zandwijk in?") == "Wat houdt taak 3 in?"
    assert topic("How many fields does Zandwijk build according to the sportnota?") == "How many fields does build?"
    assert topic("Wat staat er in de sportnota van Zandwijk?") == "Wat staat er in de sportnota?"
    assert "sportnota" in topic("Wat is het doel van de sportnota van Zandwijk?")
    assert "sportnota" in topic("Wat staat er in de sportnota en in de ouderenvisie van Zandwijk over velden?")
