"""Details that a text on the very subject gives or does not give: days, prices per unit, hours, places."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.expected import expected_of, holds_kind
from assistant.kinds import asked_kinds
from assistant.terms import asked_terms

VERVOER = """# Vervoersregeling Zandwijk 2025

De raad van de gemeente Zandwijk stelt deze regeling vast.

## 1 Zandbus

Met een pas reist een inwoner jaarlijks tot 1.500 kilometer tegen gereduceerd tarief met de Zandbus. De pas van de Zandbus
kost € 15 per jaar.

## 2 Taxi

Een rit met de rolstoeltaxi kost € 2,50. De kilometervergoeding voor de eigen auto is € 0,23.

## 3 Huisarts

In Oosterzand combineert de gemeente de dorpskamer met een spreekuur van de huisarts.

## 4 Wijkpunt

Het Wijkpunt wordt de voordeur voor alle vragen over opgroeien en over geld in Zandwijk. Het is op werkdagen open van
8.00 tot 18.00 uur. Een gezin krijgt binnen vijf werkdagen een gesprek. Medewerkers gaan ook langs. De gemeente evalueert
dit. Het Wijkpunt in Zandwijk is gevestigd aan de Molenwal en heeft een tweede plek voor vragen over opgroeien en geld.

## 5 Vergunning

De burgemeester heeft deze vergunning verleend:

Aanvraag: Z-12 Bingoavond.

Aanvrager: Stichting Inloop.

Datum: 17 juni.

Ontvangen: 3 mei.

Plaats: Buurthuis De Poort.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("vervoer"), {"zandwijk-vervoersregeling.md": VERVOER})


def said(assistant, question):
    return " ".join(claim.text for claim in assistant.ask(question).claims)


@pytest.mark.parametrize(
    "question",
    [
        "Wat kost de Zandbus per kilometer?",
        "What is the price of the Zandbus per kilometre?",
        "Op welke dagen houdt de huisarts spreekuur in de dorpskamer van Oosterzand?",
        "On which days does the GP hold surgery in the dorpskamer in Oosterzand?",
        "Hoeveel moet je per gesprek zelf betalen bij het Wijkpunt?",
    ],
)
def test_a_detail_that_the_text_does_not_give_is_not_answered_by_another(assistant, question):
    assert assistant.ask(question).abstained


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("Wat kost een rit met de rolstoeltaxi?", "€ 2,50"),
        ("Wat kost de rolstoeltaxi per rit?", "€ 2,50"),
        ("Wat is de vergoeding voor de eigen auto per kilometer?", "€ 0,23"),
        ("Wat kost de pas van de Zandbus per jaar?", "€ 15 per jaar"),
        ("Wat zijn de openingstijden van het Wijkpunt?", "8.00 tot 18.00 uur"),
        ("Op welke dagen is het Wijkpunt open?", "op werkdagen"),
        ("Wat is er verleend voor de bingoavond?", "Buurthuis De Poort"),
    ],
)
def test_a_detail_that_the_text_gives_is_quoted(assistant, question, detail):
    assert detail in said(assistant, question)


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("Wat kost het per uur?", "Het uurtarief is € 30.", True),
        ("Wat kost het per uur?", "Dit kost € 30 per uur.", True),
        ("Wat kost het per uur?", "Elk uur kost € 30.", True),
        ("Wat kost het per uur?", "Dit kost € 30 per jaar, tot twaalf uur in de week.", False),
        ("Wat kost het per jaar?", "Dit kost € 30 per maand.", True),
        ("Wat kost het?", "Dit kost € 30 per jaar.", True),
        ("What does it cost per hour?", "Dit kost € 30 per uur.", True),
        ("What does it cost per hour?", "Dit kost € 30 per rit.", False),
    ],
)
def test_a_price_per_unit_is_told_by_that_unit(question, text, held):
    expected = expected_of(question, asked_terms(question, "en" if question.startswith("What") else "nl"))
    assert expected.held_in(text) is held


@pytest.mark.parametrize(
    "text",
    ["Op maandag en dinsdag.", "Dagelijks open.", "Elke avond.", "Op 12 maart.", "In het weekend.", "Op 12-3-2025."],
)
def test_a_day_is_a_day_of_the_week_or_of_the_calendar(text):
    assert "day" in asked_kinds("Op welke dag is dat?")
    assert holds_kind(text, "day")
    assert not holds_kind("De huisarts houdt spreekuur in Oosterzand in 2025.", "day")
