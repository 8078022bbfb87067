"""What a document states of itself: asked in many ways, and of nothing else."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.facts import stated_facts
from assistant.phrases import say

VOORSTEL = """Raadsvoorstel
Onderwerp Beleidskader buurten
Portefeuillehouder A. Bos
Steller C. de Boer
De raad van de gemeente Zandwijk;
1 Inleiding
De gemeente Zandwijk wil dat buurten schoon zijn. De wethouder sport bezoekt elke buurt.
2 Ondertekening
Aldus vastgesteld in de openbare vergadering van 1 februari 2024
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("feiten"), {"kader.txt": VOORSTEL})


def texts(answer) -> list[str]:
    return [claim.text for claim in answer.claims]


@pytest.mark.parametrize(
    "question",
    [
        "Wanneer is het beleidskader buurten vastgesteld?",
        "Wanneer is het beleidskader van Zandwijk door de raad gegaan?",
        "Op welke datum heeft de raad van Zandwijk ja gezegd tegen het beleidskader?",
        "vaststelling beleidskader Zandwijk datum",
        "vaststelling beleidskader buurten",
        "When was the framework of Zandwijk adopted?",
        "On what date did the council of Zandwijk approve the neighbourhoods policy framework?",
    ],
)
def test_the_day_of_adoption_is_asked_in_many_ways(assistant, question):
    assert texts(assistant.ask(question)) == ["Aldus vastgesteld in de openbare vergadering van 1 februari 2024"]


@pytest.mark.parametrize(
    "question",
    [
        "Wie is de portefeuillehouder?",
        "Welke wethouder is verantwoordelijk voor het beleidskader van Zandwijk?",
        "Which aldermen are in charge of the framework of Zandwijk?",
    ],
)
def test_who_is_in_charge_is_who_the_document_says(assistant, question):
    assert texts(assistant.ask(question)) == ["Portefeuillehouder A. Bos"]


def test_an_alderman_for_something_is_another_question(assistant):
    assert texts(assistant.ask("Welke wethouder bezoekt elke buurt?")) != ["Portefeuillehouder A. Bos"]


@pytest.mark.parametrize(
    "question", ["Wat is het telefoonnummer van de steller?", "Wat is het e-mailadres van C. de Boer, de steller?"]
)
def test_who_wrote_it_is_not_how_to_reach_them(assistant, question):
    assert assistant.ask(question).abstained


@pytest.mark.parametrize(
    "question",
    [
        "Wie stelde de subsidies vast in Zandwijk?",
        "Welke taken heeft de steller van een plan?",
        "Wat doet de portefeuillehouder bij regen?",
    ],
)
def test_a_fact_answers_only_a_question_for_nothing_else(assistant, question):
    found = assistant.search(question)
    assert stated_facts(found.query, found.generation.documents) == []


@pytest.mark.parametrize(
    "question",
    [
        "Wie is de steller van het voorstel?",
        "Who drafted the proposal of Zandwijk?",
        "Wie heeft het voorstel van Zandwijk geschreven?",
        "Wie heeft het beleidskader opgesteld?",
        "author of the Zandwijk proposal",
    ],
)
def test_who_wrote_it_is_asked_in_many_ways(assistant, question):
    assert texts(assistant.ask(question)) == ["Steller C. de Boer"]


@pytest.mark.parametrize(
    "question",
    [
        "Wie heeft het raadsvoorstel van Zandwijk geschreven en onder welk nummer kan ik het vinden?",
        "author and number of the Zandwijk proposal?",
    ],
)
def test_who_wrote_it_and_its_number_are_one_question(tmp_path, question):
    text = VOORSTEL.replace("Steller C. de Boer", "Steller C. de Boer\nRaadsvoorstelnummer 7501234")
    both = make_assistant(tmp_path, {"kader.txt": text})
    assert texts(both.ask(question)) == ["Steller C. de Boer", "Raadsvoorstelnummer 7501234"]


def test_a_number_of_something_else_is_not_that_of_the_proposal(tmp_path):
    text = VOORSTEL.replace("Steller C. de Boer", "Steller C. de Boer\nRaadsvoorstelnummer 7501234")
    found = make_assistant(tmp_path, {"kader.txt": text}).search("Welk nummer heeft de buslijn naar de haven?")
    assert stated_facts(found.query, found.generation.documents) == []


def test_a_question_for_two_facts_gets_both(tmp_path):
    text = VOORSTEL.replace("Steller", "Geldend van 01-03-2024 t/m heden\nSteller")
    both = make_assistant(tmp_path, {"kader.txt": text})
    claims = texts(both.ask("Vanaf wanneer geldt het beleidskader van Zandwijk en wanneer is het vastgesteld?"))
    assert len(claims) == 2
    assert any("01-03-2024" in claim for claim in claims)
    assert any("1 februari 2024" in claim for claim in claims)


def test_a_signature_that_is_empty_is_not_where_they_signed(tmp_path):
    text = (
        "Beleidskader bomen\nDe raad van de gemeente Hoogveld besluit:\nAldus vastgesteld in de vergadering van 1 mei "
        "2021,\nde griffier,\nA.B. van Dijk\n1 Bomen\nEr staan bomen in Hoogveld.\n2 Meer bomen\nEr komen bomen bij.\n"
        "Ondertekening\n"
    )
    signed = texts(make_assistant(tmp_path, {"bomen.txt": text}).ask("Wie tekende het kader van Hoogveld?"))
    assert any("A.B. van Dijk" in claim for claim in signed)


@pytest.mark.timeout(10)
def test_a_long_question_for_a_fact_is_looked_through_soon(assistant):
    assistant.ask("which is " * 440)


@pytest.mark.parametrize(
    "question",
    [
        "Welke wethouders gaan over dat raadsvoorstel? Ik heb de namen nodig voor een mailtje",
        "names of the aldermen on the proposal",
    ],
)
def test_who_is_in_charge_is_asked_for_a_purpose_and_in_a_few_words(assistant, question):
    assert texts(assistant.ask(question)) == ["Portefeuillehouder A. Bos"]


@pytest.mark.parametrize("question", ["Wanneer is het voorstel vastgesteld?", "When was the framework adopted?"])
def test_a_proposal_cannot_say_when_it_was_adopted(tmp_path, question):
    proposal = VOORSTEL.partition("2 Ondertekening")[0]
    answer = make_assistant(tmp_path, {"voorstel.txt": proposal}).ask(question)
    assert answer.abstained
    assert answer.reason in (say("proposed", "nl"), say("proposed", "en"))


def test_a_document_without_a_validity_says_how_long_it_runs(tmp_path):
    text = VOORSTEL.replace("Raadsvoorstel", "Nota").replace("Steller C. de Boer", "Looptijd 2021 tot en met 2025")
    answer = make_assistant(tmp_path, {"nota.txt": text}).ask("Is het beleidskader buurten nog geldig?")
    assert texts(answer) == ["Looptijd 2021 tot en met 2025"]


def test_until_when_is_answered_by_the_day_where_the_document_names_it(tmp_path):
    period = "Dit beleidskader geldt van 1 maart 2024 tot en met 31 december 2027"
    text = f"Beleidskader buurten 2024-2027\nGemeente Zandwijk\n1 Doel\nBuurten zijn schoon.\n2 Looptijd\n{period}.\n"
    answer = make_assistant(tmp_path, {"kader.txt": text}).ask("Tot wanneer geldt het beleidskader van Zandwijk?")
    assert texts(answer) == [f"{period}."]


def test_a_fact_in_the_middle_of_a_sentence_is_quoted_from_its_beginning(tmp_path):
    stated = "De gemeenteraad heeft dit kader vastgesteld op 12 december 2024. Het geldt van 1 januari 2025 tot en met 31 mei 2029."
    text = f"# Kader Zandwijk\n\nDe gemeente Zandwijk werkt samen.\n\n## 1 Looptijd\n\n{stated}\n"
    answer = make_assistant(tmp_path, {"zandwijk-kader.md": text}).ask("Tot wanneer geldt het kader van Zandwijk?")
    assert texts(answer) == [stated]
