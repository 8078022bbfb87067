"""Lists in answers: whole, with the line that announces them, as items, sub-items or headings; and what leans on a line."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.kinds import asked_kinds
from assistant.quotable import announced

PAS = """Verordening Buurtpas
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Wat de pas geeft
1. De pas geeft korting op het zwembad.
2. De korting bedraagt per bezoek:
a. twee euro voor een kind;
b. drie euro voor een volwassene.
3. De pas is een jaar geldig.
2 De aanvraag
1. Een aanvraag wordt ingediend bij de balie.
2. Bij de aanvraag worden gevoegd:
a. een kopie van het paspoort;
b. een bewijs van inkomen; en
c. een pasfoto.
3. De balie helpt bij het invullen.
3 Geld en zorgen
De buurtkas bedraagt 900 euro. Komt de buurtkas onder de 500 euro, dan zoekt de gemeente een nieuwe gever. De zorgen zijn:
• dure materialen;
• weinig gevers;
• een lek dak.
4 Ruilbeurs
De gemeente houdt elk najaar een ruilbeurs. We bedoelen daarmee dat buren spullen ruilen zonder geld. Dit wordt geregeld in de Ruilwijzer.

De beurs is in de gymzaal. Er is koffie.
5 Onze belofte
De belofte van de gemeente luidt dan ook:

Wie een pas heeft, doet mee met alles in de buurt.
6 Pijlers van de pas
De pas rust op de volgende drie pijlers:
6.1 Korting
Korting maakt meedoen betaalbaar.
6.2 Ontmoeting
Ontmoeting maakt de buurt hecht.
6.3 Vertrouwen
Vertrouwen spaart formulieren.
"""

KRANT = """Nota Buurtkrant
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Hoogveld;
1 De krant
De buurtkrant staat vol verhalen over de aanvraag van een moestuin.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("lijsten"), {"pas.txt": PAS, "krant.txt": KRANT})


def texts(answer) -> list[str]:
    return [claim.text for claim in answer.claims]


@pytest.mark.parametrize(
    "question",
    ["Wat moet ik bij de aanvraag voegen?", "Welke stukken moet ik bij de aanvraag voegen?", "kopie paspoort aanvraag"],
)
def test_sub_items_come_whole_and_with_the_member_that_announces_them(assistant, question):
    said = texts(assistant.ask(question))
    at = said.index("2. Bij de aanvraag worden gevoegd:")
    assert said[at + 1 : at + 4] == [
        "a. een kopie van het paspoort;",
        "b. een bewijs van inkomen; en",
        "c. een pasfoto.",
    ]
    assert "3. De pas is een jaar geldig." not in said


def test_the_member_after_sub_items_is_not_one_of_them(assistant):
    said = texts(assistant.ask("Hoeveel korting krijgt een kind per bezoek?"))
    at = said.index("2. De korting bedraagt per bezoek:")
    assert said[at + 1 : at + 3] == ["a. twee euro voor een kind;", "b. drie euro voor een volwassene."]
    assert "3. De pas is een jaar geldig." not in said[at:]


def test_a_list_does_not_push_out_the_sentence_that_answers(assistant):
    said = texts(assistant.ask("Wat gebeurt er als de buurtkas onder de 500 euro komt?"))
    assert "Komt de buurtkas onder de 500 euro, dan zoekt de gemeente een nieuwe gever." in said


def test_what_leans_on_the_best_sentence_comes_along(assistant):
    said = texts(assistant.ask("Wat is de ruilbeurs?"))
    assert "We bedoelen daarmee dat buren spullen ruilen zonder geld." in said
    assert "Dit wordt geregeld in de Ruilwijzer." in said


def test_what_a_colon_announces_comes_along_from_the_next_paragraph(assistant):
    said = texts(assistant.ask("Hoe luidt de belofte van de gemeente Zandwijk?"))
    assert "Wie een pas heeft, doet mee met alles in de buurt." in said


@pytest.mark.parametrize(
    "question",
    [
        "Op welke pijlers rust de pas van Zandwijk?",
        "Wat zijn de drie pijlers van de verordening van Zandwijk?",
        "Op welke drie pijlers steunt het werk in Zandwijk?",
    ],
)
def test_headings_that_a_text_announces_are_the_list(assistant, question):
    said = texts(assistant.ask(question))
    assert [heading for heading in said if heading.startswith("6.")] == [
        "6.1 Korting",
        "6.2 Ontmoeting",
        "6.3 Vertrouwen",
    ]


def test_headings_are_no_list_of_another_number(assistant):
    said = texts(assistant.ask("Wat zijn de vijf pijlers van de verordening van Zandwijk?"))
    assert said[:1] != ["6.1 Korting"]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("De drie doelen zijn: rust, groen en licht.", ["De drie doelen zijn"]),
        ("Wij vragen:\n• rust\n• groen", ["Wij vragen"]),
        ("Let op: 1. begin klein", ["Let op"]),
        ("De markt begint om 9:30 en eindigt om twaalf.", []),
        ("Wij planten bomen.", []),
    ],
)
def test_an_enumeration_is_announced_before_a_colon(text, heads):
    assert announced(text) == heads


@pytest.mark.parametrize("question", ["Which documents must I bring?", "Welke stukken moet ik meenemen?"])
def test_papers_to_hand_in_are_not_the_documents_that_are_compared(question):
    assert "comparison" not in asked_kinds(question)
    assert "comparison" in asked_kinds("Which documents mention trees?")


def test_of_paragraphs_right_below_a_heading_the_one_that_is_asked_for_is_quoted_with_its_list(tmp_path):
    text = """Verordening Hulpgeld
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
Artikel 9 Eisen pgb
1. Wie een pgb wil, dient een plan in en mag daarvoor een format gebruiken. In het plan staat in elk geval:
a. waarom hulp nodig is;
b. wie de hulp geeft.
2. De volgende kosten zijn uitgesloten van vergoeding uit het pgb:
a. kosten van bemiddeling;
b. kosten van administratie.
3. Wie een pgb krijgt, mag familie inschakelen.
"""
    answer = make_assistant(tmp_path, {"hulpgeld.txt": text}).ask(
        "Welke kosten zijn uitgesloten van vergoeding uit het pgb?"
    )
    said = " ".join(claim.text for claim in answer.claims)
    assert "bemiddeling" in said
    assert "administratie" in said


def test_of_numbered_paragraphs_the_one_that_is_asked_for_is_not_drowned(tmp_path):
    text = """Verordening Hulpgeld
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
Artikel 9 Pgb
1. Wie een pgb wil, dient een plan in.
2. Kosten van bemiddeling en van administratie komen niet voor vergoeding in aanmerking.
3. De bank keert het geld elke maand uit.
4. De gemeente houdt toezicht op de besteding.
5. Familie mag helpen.
"""
    answer = make_assistant(tmp_path, {"hulpgeld.txt": text}).ask(
        "Komen kosten van bemiddeling en van administratie voor vergoeding in aanmerking bij een pgb?"
    )
    said = " ".join(claim.text for claim in answer.claims)
    assert "bemiddeling" in said
    assert "toezicht" not in said
