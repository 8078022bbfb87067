"""The five real frameworks: the questions that the assistant exists for. They are read from beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import MODEL

from assistant.answer import check_answer
from assistant.engine import Assistant
from vectorstore.store import Store
from vectorstore.update import ingest_paths

FRAMEWORKS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "frameworks"
pytestmark = [
    pytest.mark.frameworks,
    pytest.mark.skipif(not FRAMEWORKS.is_dir(), reason="the real frameworks are not beside this checkout"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("kaders"))
    report = ingest_paths(store, MODEL, [FRAMEWORKS])
    assert [o.status for o in report.documents] == ["added"] * 5
    return Assistant(store, MODEL)


@pytest.mark.parametrize(
    "question",
    [
        "Wat zegt het beleidskader van Geertruidenberg over preventie?",
        "What does the policy framework of Geertruidenberg say about prevention?",
        "wat zegt gertruidenberg over preventie",
    ],
)
def test_prevention_in_geertruidenberg_is_cited_to_section_2_3(assistant, question):
    answer = assistant.ask(question)
    documents = assistant.generation().documents
    first = answer.citation(1)
    section = documents[first.document_id].sections[first.section]
    assert documents[first.document_id].municipality == "Geertruidenberg"
    assert section.number == "2.3"
    assert {c.document_id for c in answer.citations} == {first.document_id}
    assert answer.language == ("en" if question.startswith("What") else "nl")


@pytest.mark.parametrize(
    ("question", "municipality", "section"),
    [
        ("Wat is burgerkracht?", "Heerhugowaard", "Bijlage 2"),
        ("Hoe vaak wordt de beleidsagenda geactualiseerd?", "Geertruidenberg", "5.3"),
        ("Wat is de omgekeerde toets?", "Geertruidenberg", "3.6.2"),
        ("Wie is er verantwoordelijk volgens het raadsvoorstel van Haarlemmermeer?", "Haarlemmermeer", "3.4"),
        ("How many residents of Geertruidenberg are overweight?", "Geertruidenberg", "4.1.4"),
    ],
)
def test_the_section_that_answers_is_cited(assistant, question, municipality, section):
    answer = assistant.ask(question)
    documents = assistant.generation().documents
    cited = {
        (documents[c.document_id].municipality, documents[c.document_id].sections[c.section].number)
        for c in answer.citations
    }
    assert (municipality, section) in cited


def test_a_question_without_a_place_is_answered_by_municipality(assistant):
    answer = assistant.ask("Wat is de rol van de gemeente?")
    documents = assistant.generation().documents
    places = [documents[answer.citation(c.citations[0]).document_id].municipality for c in answer.claims]
    assert len(set(places)) >= 2
    assert places == sorted(places, key=places.index)


def test_a_merged_municipality_is_pointed_out(assistant):
    assert "Dijk en Waard" in assistant.ask("Wat is burgerkracht in Heerhugowaard?").text


@pytest.mark.parametrize(
    "question",
    [
        "Welke vergunning heb ik nodig voor een dakkapel?",
        "Wat kost een paspoort?",
        "Wat zegt Amsterdam over preventie?",
        "What is the speed limit in the city centre?",
        "Hoe lang moet een ei koken?",
    ],
)
def test_what_no_framework_treats_is_refused(assistant, question):
    answer = assistant.ask(question)
    assert answer.abstained
    assert check_answer(answer, assistant.generation().documents)
