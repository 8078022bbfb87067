"""Conversations: what points into them, what stays in their place, and what corrects them."""

from __future__ import annotations

import pytest
from building import GROEN, VERHUIZEN, make_assistant

from assistant.engine import Assistant
from assistant.question import understand
from assistant.restated import corrected

PLAN = """Programmabegroting Zandwijk
Geldend van 01-01-2023 t/m heden
De raad van de gemeente Zandwijk;
1 Doelen
Wij stellen drie doelen, die hieronder staan.
1.1 Doel 1: Schone lucht
Fabrieken langs de haven krijgen strengere normen voor roet.
1.2 Doel 2: Stille straten
Op de ringweg komt fluisterasfalt en een lagere snelheid.
1.3 Doel 3: Meer schaduw
Op elk schoolplein planten wij vijf platanen.
2 Bijlagen
Bijlage 1 Kaart van de haven
De kaart toont de kades en de kranen.
Bijlage 2 Kaart van de ringweg
De kaart toont de op- en afritten.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory) -> Assistant:
    return make_assistant(
        tmp_path_factory.mktemp("gesprek"), {"wonen.txt": VERHUIZEN, "groen.txt": GROEN, "plan.txt": PLAN}
    )


def first(assistant: Assistant, question: str, *history: str) -> str:
    """The label of the section that comes first."""
    found = assistant.search(question, history)
    hit = found.hits[0].passage
    return found.generation.document_of(hit).sections[found.generation.passages[hit].section].label


@pytest.mark.parametrize(
    ("question", "history", "label"),
    [
        (
            "en het tweede?",
            ["Welke drie doelen stelt de programmabegroting van Zandwijk?"],
            "1.2 Doel 2: Stille straten",
        ),
        ("Vertel eens meer over het derde", ["Welke doelen heeft Zandwijk?"], "1.3 Doel 3: Meer schaduw"),
        ("Tell me more about the third goal", ["Welke doelen heeft Zandwijk?"], "1.3 Doel 3: Meer schaduw"),
        ("en het volgende?", ["Wat is doel 1 van Zandwijk?"], "1.2 Doel 2: Stille straten"),
        ("en het vorige doel", ["Wat is doel 3 van Zandwijk?"], "1.2 Doel 2: Stille straten"),
        (
            "en de paragraaf daarna?",
            ["Wat staat er in paragraaf 1.1 van de begroting van Zandwijk?"],
            "1.2 Doel 2: Stille straten",
        ),
        ("And 1.3?", ["What is section 1.2 of the Zandwijk programmabegroting about?"], "1.3 Doel 3: Meer schaduw"),
        ("En 3?", ["Wat staat er in hoofdstuk 2 van Hoogveld?"], "3 Parken"),
    ],
)
def test_what_points_to_a_section_finds_that_section(assistant, question, history, label):
    assert first(assistant, question, *history) == label


def test_a_number_after_a_number_goes_on_from_the_last_one(assistant):
    history = ["Wat staat er in paragraaf 1.1 van de begroting van Zandwijk?", "En 1.2?"]
    assert first(assistant, "en de volgende paragraaf?", *history) == "1.3 Doel 3: Meer schaduw"


def test_after_the_last_section_there_is_no_next_one(assistant):
    found = assistant.search("en het volgende?", ["Wat is doel 3 van Zandwijk?"])
    assert found.query.scope.municipalities == ("Zandwijk",)


def test_the_first_step_of_something_else_points_to_nothing(assistant):
    query = assistant.search("Wat is de eerste stap na een melding?", ["Wat zegt Zandwijk over ouderen?"]).query
    assert "melding" in query.topic
    assert "hofje" not in query.topic


def test_a_question_without_a_place_stays_where_the_conversation_is(assistant):
    found = assistant.search("Hoeveel bomen komen erbij?", ["Wat doet de begroting van Zandwijk?"])
    assert found.query.scope.municipalities == ("Zandwijk",)
    assert {found.generation.document_of(h.passage).municipality for h in found.hits} == {"Zandwijk"}


def test_a_question_about_something_that_only_another_document_has_leaves_the_conversation(assistant):
    found = assistant.search("Mogen honden los lopen op de speelweide in het stadspark?", ["Wat wil Zandwijk?"])
    assert not found.query.scope.named
    assert (
        first(assistant, "Mogen honden los lopen op de speelweide in het stadspark?", "Wat wil Zandwijk?") == "3 Parken"
    )


@pytest.mark.parametrize("question", ["Welke gemeenten planten bomen?", "In which documents are trees mentioned?"])
def test_a_question_about_all_documents_leaves_the_conversation(assistant, question):
    assert not assistant.search(question, ["Wat wil Zandwijk?"]).query.scope.named


def test_the_place_of_a_conversation_outlives_a_question_without_one(assistant):
    documents = assistant.generation().documents.values()
    history = ["Wat zegt Hoogveld over bomen?", "Wie houdt toezicht op de aanplant van platanen en linden?"]
    assert understand("Komt er een speelweide in de parken?", documents, history).carried == ("groen",)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("nee, ik bedoel Hoogveld", "Hoogveld"),
        ("I meant the budget, not the framework", "the budget"),
        ("o wacht, dat moest Hoogveld zijn. Sinds wanneer geldt dat?", "Hoogveld. Sinds wanneer geldt dat?"),
        ("sorry, that should be Hoogveld", "Hoogveld"),
        ("Nee, niet Zandwijk maar Hoogveld", "Hoogveld"),
        ("ik bedoelde de begroting in plaats van het kader", "de begroting"),
        ("Nederland telt veel gemeenten", None),
        ("Wat bedoelt Zandwijk met een starter?", None),
    ],
)
def test_a_correction_is_what_is_meant_instead(said, meant):
    assert corrected(said) == meant


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Ik bedoel de begroting, niet het kader", "plan"),
        ("I meant the budget", "plan"),
        ("nee, het beleidskader wonen", "wonen"),
        ("No, the framework", "wonen"),
    ],
)
def test_a_correction_may_call_another_document(assistant, question, document):
    query = assistant.search(question, ["Wat zegt Zandwijk over bomen?"]).query
    assert query.scope.documents == (document,)
    assert "bomen" in query.topic


@pytest.mark.parametrize("question", ["bijlage 2 aub", "bijlage 2 ook graag", "and appendix 2, please"])
def test_polite_words_are_no_subject(assistant, question):
    query = assistant.search(question, ["Wat staat er in bijlage 1 van Zandwijk?"]).query
    assert {name for name, _ in query.scope.sections} == {"plan"}


def test_which_ones_asks_for_the_same_elsewhere(assistant):
    query = assistant.search("and which ones does Hoogveld have?", ["Which parks does Zandwijk have?"]).query
    assert query.scope.municipalities == ("Hoogveld",)
    assert "parks" in query.topic


def test_another_subject_takes_the_place_of_the_one_before(assistant):
    history = ["Wat zegt het beleidskader van Zandwijk over hofjes?"]
    query = assistant.search("En over starters?", history).query
    assert query.standalone == "Wat zegt het beleidskader van Zandwijk over starters?"
    assert "hofjes" not in query.topic
    later = assistant.search("And about bomen in Hoogveld?", [*history, "En over starters?"]).query
    assert "bomen" in later.topic
    assert "starters" not in later.topic
    assert later.scope.municipalities == ("Hoogveld",)


LONG = "Zandwijk legt een wandelpad aan langs de gracht. "
NEIGHBOURS = "Nota Paden\nDe raad van de gemeente Zandwijk;\n1 Wandelen\n" + "".join(
    f"Het wandelpad heeft {word} kilometer schelpen en bankjes van hout uit eigen bos. {LONG * 7}\n"
    for word in ("twee", "drie", "vier", "vijf", "zes", "zeven")
)


def test_neighbours_in_a_section_are_one_hit_no_longer_than_a_passage(tmp_path):
    paths = make_assistant(tmp_path, {"paden.txt": NEIGHBOURS, "groen.txt": GROEN})
    found = paths.search("wandelpad langs de gracht in Zandwijk", k=4)
    passages = found.generation.passages
    runs = [hit.run for hit in found.hits]
    assert any(len(run) > 1 for run in runs)
    numbers = [number for run in runs for number in run]
    assert len(numbers) == len(set(numbers))
    for run in runs:
        assert run == tuple(range(run[0], run[-1] + 1))
        assert len({(passages[n].document_id, passages[n].section) for n in run}) == 1
