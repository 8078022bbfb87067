"""Questions that ask several things, or tell something first, and what is answered to all of it."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.parts import parts_of
from assistant.together import completed, is_left_out

KADE = """Havenverordening Zandwijk 2024
Geldend van 01-04-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Ligplaatsen
Een ligplaats voor een woonboot kost 640 euro per jaar. De havenmeester wijst de ligplaatsen toe.

Wie langer dan drie weken wegblijft, meldt dat aan de havenmeester.
2 Stroom
Aan de kade staan kasten met stroom. Elke schipper betaalt zijn eigen verbruik.
3 Slot
Deze verordening treedt in werking op 1 april 2024.
Aldus vastgesteld in de openbare vergadering van 12 maart 2024.
de griffier,
P. Ankerman
de voorzitter,
L. de Boei
"""


@pytest.mark.parametrize(
    ("question", "told", "asked"),
    [
        ("Wat staat er over stroom?", (), ()),
        ("Wat doen Zandwijk en Hoogveld aan bomen?", (), ()),
        ("Welke regels gelden, wanneer iemand verhuist?", (), ()),
        (
            "Wanneer is het kader vastgesteld en wie tekende het?",
            (),
            ("Wanneer is het kader vastgesteld?", "wie tekende het?"),
        ),
        (
            "Tot wanneer geldt de nota, zit er een einddatum aan?",
            (),
            ("Tot wanneer geldt de nota?", "zit er een einddatum aan?"),
        ),
        (
            "Who signed the framework and on what date was that?",
            (),
            ("Who signed the framework?", "on what date was that?"),
        ),
        (
            "How much is a berth, and where do I pay it?",
            (),
            ("How much is a berth?", "where do I pay it?"),
        ),
        (
            "Ik begin maandag bij de haven. Wie wijst de plaatsen toe?",
            ("Ik begin maandag bij de haven",),
            ("Wie wijst de plaatsen toe?",),
        ),
        ("Leg uit wat een ligplaats is en hoe je er een krijgt", (), ("Leg uit wat een ligplaats is?", "hoe je er een krijgt?")),
        ("Vanaf welke leeftijd en hoe lang hoogstens mag iemand varen?", (), ()),
    ],
)  # fmt: skip
def test_a_question_is_taken_apart_where_another_thing_is_asked(question, told, asked):
    assert parts_of(question) == (told, asked)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("kade"), {"haven.txt": KADE})


def test_what_the_whole_leaves_out_is_added_from_the_part_that_asks_it(assistant):
    said = " ".join(c.text for c in assistant.ask("Wie ondertekende de verordening en op welke dag was dat?").claims)
    assert "Ankerman" in said
    assert "12 maart 2024" in said


def test_a_question_behind_a_story_is_answered(assistant):
    story = "Mijn zus heeft sinds kort een kat en houdt van tuinieren en lange fietstochten langs de Rijn."
    answer = assistant.ask(f"{story} Wat kost een ligplaats voor een woonboot?")
    assert any("640 euro" in claim.text for claim in answer.claims)


def test_of_two_questions_the_one_that_got_no_answer_is_named(assistant):
    whole = assistant.ask("Waar is de dierentuin?")
    parts = [
        assistant.ask("Wat kost een ligplaats voor een woonboot?"),
        assistant.ask("Hoeveel apen telt de dierentuin?"),
    ]
    answer = completed(whole, parts, assistant.generation().documents)
    assert any("640 euro" in claim.text for claim in answer.claims)
    assert [note for note in answer.notes if "Hoeveel apen telt de dierentuin?" in note]
    assert not answer.abstained


def test_two_questions_without_an_answer_get_none(assistant):
    assert assistant.ask("Hoeveel zwembaden telt de stad en wie leidt de bibliotheek?").abstained


def test_of_a_municipality_that_is_not_indexed_no_part_is_answered(assistant):
    answer = assistant.ask("Ik werk in Utrecht. Wat kost een ligplaats voor een woonboot daar?")
    assert answer.abstained
    assert answer.unknown == ("Utrecht",)


def test_what_is_asked_besides_and_not_given_is_named(assistant):
    answer = assistant.ask("Wat staat er over stroom aan de kade en wanneer werd die aangelegd?")
    assert not answer.abstained
    assert any("wanneer werd die aangelegd?" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "Wie int de bijdrage en telt die mee voor het totaal?",
            ("Wie int de bijdrage?", "telt die mee voor het totaal?"),
        ),
        (
            "Wanneer is het kader vastgesteld + naam griffier",
            ("Wanneer is het kader vastgesteld?", "naam griffier?"),
        ),
        (
            "Framework of Zandwijk adopted when, signed by which clerk?",
            ("Framework of Zandwijk adopted when?", "signed by which clerk?"),
        ),
        (
            "Hoe lang geldt het kader en de naam van de griffier?",
            ("Hoe lang geldt het kader?", "de naam van de griffier?"),
        ),
        ("Who collects the fare, and does it count?", ("Who collects the fare?", "does it count?")),
        ("Is the theatre closed in summer, and why?", ("Is the theatre closed in summer?", "why?")),
        ("Is het theater in de zomer dicht + reden", ("Is het theater in de zomer dicht?", "waarom?")),
    ],
)
def test_what_is_asked_of_what_was_just_asked_is_a_part(question, asked):
    assert parts_of(question) == ((), asked)


def test_a_part_that_only_asks_for_a_yes_asks_for_no_amount(tmp_path):
    whole = make_assistant(tmp_path, {"kade.txt": KADE}).ask("Wie betaalt het verbruik van stroom?")
    assert not whole.abstained
    assert is_left_out("welk maandbedrag is dat?", whole)
    assert not is_left_out("telt dat mee voor het maandbedrag?", whole)
