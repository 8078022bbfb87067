"""A question for what a section is called gets that section, from its beginning."""

from __future__ import annotations

import pytest
from building import make_assistant

SLUIS = """Sluizenkader
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Inleiding
1.1 Aanleiding
De oude sluis lekte al jaren. Het doel van dit hoofdstuk is te vertellen hoe dat kwam. Een hoofdstuk over het doel volgt.
1.2 Doel sluizenkader
Schippers varen veilig door de stad. De keersluis houdt het water buiten. Wie wacht, ligt aan een stevige steiger. Ook kano's \
komen erdoor. De sluiswachter is altijd te bereiken. De wachttijd blijft kort. Vissen zwemmen door een eigen geul.
1.3 Leeswijzer
Hoofdstuk 2 zegt hoe elk doel wordt bereikt. Daarna volgen de doelen voor later.
2 Werkwijze
2.1 Samen bedienen
Twee wachters werken om de beurt. De dienst begint om zes uur. Wij letten op:
- de waterstand;
- de wind;
- het verkeer op de brug;
- de lengte van de rij.
2.2 Kosten
Het bedienen van de sluis kost 900 euro per week. De brug kost 40 euro.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("sluis"), {"sluis.txt": SLUIS})


def said(assistant, question: str) -> list[str]:
    return [claim.text for claim in assistant.ask(question).claims]


def test_a_section_that_is_called_what_is_asked_is_the_answer_from_its_beginning(assistant):
    claims = said(assistant, "Wat is het doel van het sluizenkader van Zandwijk?")
    assert claims[0] == "Schippers varen veilig door de stad."
    assert claims[-1] == "Vissen zwemmen door een eigen geul."
    assert len(claims) == 7


def test_a_list_in_such_a_section_is_whole(assistant):
    claims = said(assistant, "Wat zegt Zandwijk over samen bedienen?")
    assert claims[:3] == [
        "Twee wachters werken om de beurt.",
        "De dienst begint om zes uur.",
        "Wij letten op:",
    ]
    assert claims[-1] == "de lengte van de rij."


def test_an_amount_is_answered_by_the_sentence_and_not_by_the_section(assistant):
    claims = said(assistant, "Hoeveel kosten zijn er per week voor het bedienen?")
    assert any("900 euro" in claim for claim in claims)


def test_the_title_of_the_document_is_no_such_section(assistant):
    assert not any("Geldend" in claim for claim in said(assistant, "Sluizenkader?"))
