"""What a question is about, however it is asked for."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.framing import meaning_asked, subject_of
from assistant.terms import terms_of

ASKED = [
    "Wat staat er over {}?",
    "Wat staat er in de verschillende stukken over {}?",
    "Verzamel voor mij wat er over {} in de stukken staat",
    "Welke documenten noemen {}?",
    "Welke gemeenten schrijven iets over {}?",
    "Waar kan ik lezen over {}?",
    "In welk hoofdstuk gaat het over {}?",
    "Ik zoek informatie over {}",
    "Is er iets bekend over {}?",
    "Wat is het beleid op het gebied van {}?",
    "Geef een overzicht van wat er over {} staat",
    "Vat samen wat er over {} staat",
    "{}: wat staat daarover in de stukken?",
    "{}, hoe zit dat?",
    "Mijn collega vroeg wat er over {} in de stukken staat",
    "Ik bereid een overleg voor over {}. Wat staat daarover in de kaders?",
    "Ik schrijf een stuk over {}. Welke gemeenten noemen dat?",
    "Komt {} aan bod in het kader?",
    "Komt {} in de stukken terug?",
    "Wat wordt er over {} gezegd in het beleid?",
    "Welke rol speelt {} in het kader?",
]
ASKED_IN_ENGLISH = [
    "What do the different documents say about {}?",
    "Which documents mention {}?",
    "Where can I read about {}?",
    "What is the policy on {}?",
    "Give me an overview of {}",
    "My manager asks what the papers say about {}",
    "I'm writing a memo about {}. Which municipalities mention it?",
    "How do the frameworks treat {}?",
    "What role does {} play in the framework?",
]


@pytest.mark.parametrize("question", [*ASKED, *ASKED_IN_ENGLISH])
@pytest.mark.parametrize("subject", ["schulden", "hulp voor jonge mantelzorgers"])
def test_the_subject_is_what_is_left_of_a_question_that_only_asks_what_is_said(question: str, subject: str) -> None:
    assert subject_of(question.format(subject)) == subject


@pytest.mark.parametrize(
    "question",
    [
        "Welke informatie krijgt een cliënt over jeugdhulp?",  # what a client is told, not what is written
        "Hoe denken inwoners over zorg?",
        "Wat is de rol van de raad?",
        "Hoeveel staat er over schulden?",  # an amount
        "Wie schrijft over preventie?",  # a person
        "Waar staat Wmo voor?",  # a meaning
        "Wat vindt de raad van het voorstel?",
        "Welke rol speelt de raad?",  # the part itself is asked, not what the documents make of it
        "Preventie, wat houdt dat in?",
        "Waar gaat het over?",
    ],
)
def test_a_question_for_something_else_stays_as_it_is(question: str) -> None:
    assert subject_of(question) == question


@pytest.mark.parametrize("question", [*ASKED, *ASKED_IN_ENGLISH])
def test_what_is_written_about_a_subject_is_found_however_it_is_asked_for(
    demo_assistant: Assistant, question: str
) -> None:
    dutch = question in ASKED
    there = demo_assistant.ask(question.format("mantelzorgers" if dutch else "informal carers"))
    elsewhere = demo_assistant.ask(question.format("kernenergie" if dutch else "nuclear energy"))

    assert not there.abstained
    assert elsewhere.abstained


def test_an_abbreviation_is_asked_for_its_meaning(demo_assistant: Assistant) -> None:
    query = demo_assistant.search("Waar staat Wmo voor?").query

    assert [term.said for term in terms_of(query)] == ["wmo"]


MEANT = [
    "Wat betekent {}?",
    "Wat houdt {} in?",
    "Wat is de betekenis van {}?",
    "Definitie van {}",
    "Leg {} uit",
    "Weet jij wat {} is?",
    "Kun je {} uitleggen?",
    "Wat bedoelen ze met {}?",
    "Wat wordt bedoeld met {}?",
    "Wat moet ik verstaan onder {}?",
    "Wat wordt verstaan onder {}?",
    "{}, wat is dat?",
    "Wat is dat, {}?",
    "Ik kom het woord {} tegen, wat betekent dat?",
    "Hoe wordt {} gedefinieerd?",
    "Explain {}",
    "Define {}",
    "What is meant by {}?",
    "What does {} mean?",
]


@pytest.mark.parametrize("question", MEANT)
@pytest.mark.parametrize("term", ["zelfregie", "civil society", "vrij toegankelijke hulp"])
def test_a_meaning_is_asked_for_in_many_ways(question: str, term: str) -> None:
    assert meaning_asked(question.format(term)) == term


@pytest.mark.parametrize(
    "question",
    [
        "Wat betekent dit voor inwoners van de wijken?",
        "Wat betekent dat?",
        "Wat moet de aanvrager onder de aanvraag zetten?",
        "Wat is het doel van het kader?",
        "Hoe wordt het geld over de wijken verdeeld?",
    ],
)
def test_what_something_leads_to_is_no_meaning(question: str) -> None:
    assert meaning_asked(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Wat staat er in § 4.1.1 van Voorbeeldstad?",
        "Waarover gaat § 4.1.1 van Voorbeeldstad?",
        "Laat § 4.1.1 van Voorbeeldstad zien",
        "Ik wil § 4.1.1 van Voorbeeldstad lezen",
        "Kun je § 4.1.1 van Voorbeeldstad uitleggen?",
        "Wat zijn de belangrijkste punten van § 4.1.1 van Voorbeeldstad?",
        "Kort: wat staat in § 4.1.1 van Voorbeeldstad?",
        "Show section 4.1.1 of Voorbeeldstad",
        "What does section 4.1.1 of Voorbeeldstad say?",
    ],
)
def test_a_section_is_asked_for_in_many_ways(demo_assistant: Assistant, question: str) -> None:
    answer = demo_assistant.ask(question)
    documents = demo_assistant.generation().documents

    assert answer.claims
    assert {documents[c.document_id].sections[c.section].number for c in answer.citations} == {"4.1.1"}


def test_a_long_text_is_no_question_that_only_asks() -> None:
    question = "Wat staat er over " + "is, " * 900 + "schulden?"
    assert subject_of(question) == question
