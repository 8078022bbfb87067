"""Questions over several documents: each is searched by itself, and one that says nothing is named."""

from __future__ import annotations

import pytest
from building import GROEN, VERHUIZEN, make_assistant

VERORDENING = """Verordening bomen Zandwijk
Geldend van 01-02-2021 t/m heden
De raad van de gemeente Zandwijk;
Artikel 1 Vergunning
Voor het kappen van een boom in een voortuin is een vergunning nodig.
Artikel 2 Herplant
Wie een boom kapt, plant binnen drie jaar een nieuwe boom terug.
"""
BOOMWET = """Boomwet
Geldend van 01-01-2019 t/m heden
Artikel 1 Begrip
Een boom is een houtachtig gewas met een stam van ten minste tien centimeter.
Artikel 2 Meldplicht
Wie een boom kapt, meldt dat een maand tevoren aan de minister.
"""
WOORDEN = """Begrippenlijst groen en water
Boom: een gewas met een houten stam.
Vijver: een plas stilstaand water.
"""
WATER = """Watervisie
De raad van de gemeente Veldhoek;
1 Zwemmen
De gemeente Veldhoek houdt het zwembad open. Kinderen leren er zwemmen.
2 Vissen
In de singel van de gemeente Veldhoek mag worden gevist.
"""
FILES = {
    "wonen.txt": VERHUIZEN,
    "groen.txt": GROEN,
    "bomen.txt": VERORDENING,
    "boomwet.txt": BOOMWET,
    "water.txt": WATER,
    "begrippenlijst-groen.txt": WOORDEN,
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("stukken"), FILES)


def understood(assistant, question, *history):
    return assistant.search(question, history).query


def test_documents_that_are_each_called_by_name_are_each_searched(assistant):
    scope = understood(assistant, "Wat zeggen de Boomwet en de begrippenlijst over een stam?").scope
    assert scope.apart == (("begrippenlijst-groen",), ("boomwet",))
    assert set(scope.documents) == {"begrippenlijst-groen", "boomwet"}


def test_beside_a_municipality_a_document_of_none_is_called(assistant):
    scope = understood(
        assistant, "Wanneer moet je een gekapte boom melden volgens de verordening van Zandwijk en de Boomwet?"
    ).scope
    assert scope.apart == (("bomen",), ("boomwet",))


def test_within_a_municipality_a_kind_beside_another_document_is_a_document_too(assistant):
    scope = understood(assistant, "Wat zeggen het kader en de verordening van Zandwijk over de tuin?").scope
    assert set(scope.documents) == {"bomen", "wonen"}
    assert len(scope.apart) == 2
    alone = understood(assistant, "Wat zegt de verordening van Zandwijk over de tuin?").scope
    assert (alone.documents, alone.apart) == (("bomen",), ())


def test_a_section_of_one_of_several_documents_leaves_the_others_whole(assistant):
    scope = understood(assistant, "Noemt de verordening van Zandwijk wat artikel 2 van de Boomwet noemt?").scope
    outlines = assistant.generation().documents
    assert not scope.absent
    assert all(
        scope.holds("bomen", n, outlines["bomen"].sections)
        for n, s in enumerate(outlines["bomen"].sections)
        if s.number
    )


def test_a_comparison_of_which_one_side_is_recognised_is_looked_for_everywhere(assistant):
    assert not understood(assistant, "Wat is het verschil tussen de Boomwet en het landelijke register?").scope.named


def test_an_english_name_of_a_law_calls_it(assistant, tmp_path):
    other = make_assistant(tmp_path, {"jeugdwet.txt": BOOMWET.replace("Boomwet", "Jeugdwet"), "groen.txt": GROEN})
    assert understood(other, "What does the Youth Act say about trees?").scope.documents == ("jeugdwet",)


@pytest.mark.parametrize(
    "question",
    [
        "Wat staat er in de stukken over bomen?",
        "Welke documenten gaan over bomen?",
        "Which documents mention trees?",
    ],
)
def test_a_question_over_all_documents_goes_through_them_and_names_the_silent_ones(assistant, question):
    answer = assistant.ask(question)
    cited = {citation.document_id for citation in answer.citations}
    assert {"groen", "boomwet"} <= cited
    assert "water" in answer.silent
    assert not cited & set(answer.silent)
    assert "Watervisie" in answer.text.splitlines()[-1]


def test_a_follow_up_of_a_question_over_all_documents_is_one_too(assistant):
    scope = understood(assistant, "En over vissen?", "Wat staat er in de stukken over bomen?").scope
    assert len(scope.apart) > 2
    assert not understood(assistant, "En in Veldhoek?", "Wat staat er in de stukken over bomen?").scope.apart


def test_documents_without_a_municipality_are_no_municipality_in_the_answer(assistant):
    text = assistant.ask("Wat zeggen de Boomwet en de begrippenlijst over een stam?").text
    assert text.startswith("Dit staat hierover in 2 documenten:")
    assert "###" not in text


def test_documents_of_one_municipality_are_not_shown_by_municipality(assistant):
    text = assistant.ask("Wat zeggen het kader en de verordening van Zandwijk?").text
    assert "per gemeente" not in text
    both = assistant.ask("Wat zeggen Hoogveld en Zandwijk over bomen?")
    assert both.text.startswith("Dit staat hierover in 2 documenten, per gemeente:")


def test_a_question_about_all_is_left_in_one_piece_where_there_are_too_many(tmp_path):
    files = {
        f"groen-{name}.txt": GROEN.replace("Hoogveld", name).replace("Groenvisie", f"Groenvisie {name}")
        for name in ("Almere", "Utrecht", "Breda", "Delft", "Zwolle", "Assen", "Emmen", "Leiden", "Gouda")
    }
    assert understood(make_assistant(tmp_path, files), "Wat staat er in de stukken over bomen?").scope.apart == ()


@pytest.mark.parametrize(
    "question",
    [
        "Uit welk jaar is het kader van Zandwijk?",
        "Hoe oud is het beleidskader van Zandwijk?",
        "How old is the framework of Zandwijk?",
    ],
)
def test_from_when_a_document_is_is_answered_by_its_date(assistant, question):
    assert "01-02-2023" in " ".join(claim.text for claim in assistant.ask(question).claims)


def test_an_older_person_is_no_older_document(assistant):
    claims = assistant.ask("Wat doet Zandwijk voor ouderen?").claims
    assert any("hofjes" in claim.text for claim in claims)


@pytest.mark.parametrize(
    "question",
    [
        "Wat zeggen de twee documenten van Zandwijk over bomen?",
        "Komt de boom in beide Zandwijkse stukken voor?",
        "What do both Zandwijk documents say about trees?",
    ],
)
def test_each_of_the_documents_of_one_municipality_is_asked(assistant, question):
    scope = understood(assistant, question).scope
    assert len(scope.apart) == len(scope.documents) > 1


def test_the_documents_of_one_municipality_are_otherwise_asked_together(assistant):
    assert understood(assistant, "Wat zeggen de documenten van Zandwijk over bomen?").scope.apart == ()
