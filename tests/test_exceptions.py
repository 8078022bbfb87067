"""An exception comes with what it takes back, and a footnote with the sentence that refers to it."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.exceptions import takes_back

KASTANJE = """# Beleidskader Kastanjehof

Geldend van 01-02-2024 t/m heden

De raad van de gemeente Zandwijk;

## 1 Tuinieren

Wie een moestuin huurt, betaalt veertig euro per jaar. Dit geldt niet voor scholen. Op zaterdag is de poort open.

Van tuinders wordt een bijdrage aan het onderhoud van de paden verwacht.¹ Schoffelen is geen voorwaarde voor een tuin.

## 2 Gereedschap

De gemeente leent gereedschap uit. Een kruiwagen kost twee euro per dag. De schuur ligt achter de kas.

Voor de kas geldt een wachtlijst.²

## Noten

1 Het onderhoud duurt ten hoogste drie uur per maand.

2 Zie het raadsbesluit van 3 maart 2023.
"""

BIJDRAGE = """<html><body><h1>Verordening pont Zandwijk 2024</h1>
<p>De raad van de gemeente Zandwijk;</p>
<h2>Artikel 1 Bijdrage</h2>
<p>1. Voor een overtocht is een passagier een bijdrage verschuldigd van twee euro.</p>
<p>2. Geen bijdrage is verschuldigd:</p>
<p>a. voor een fiets;</p>
<p>b. voor kinderen tot zes jaar.</p>
<p>3. De schipper int de bijdrage.</p>
<h2>Artikel 2 Vaartijden</h2>
<p>1. De pont vaart van zonsopgang tot zonsondergang.</p>
</body></html>"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("hof"), {"hof.md": KASTANJE, "pont.html": BIJDRAGE})


def said(assistant, question: str) -> list[str]:
    return [claim.text for claim in assistant.ask(question).claims]


def test_the_sentence_that_takes_something_back_comes_along(assistant):
    assert "Dit geldt niet voor scholen." in said(assistant, "Hoeveel betaalt iemand voor een moestuin?")


def test_the_exceptions_to_a_paragraph_of_an_article_come_along_as_a_list(assistant):
    claims = said(assistant, "Hoe hoog is de bijdrage van een passagier voor een overtocht met de pont?")
    at = claims.index("2. Geen bijdrage is verschuldigd:")
    assert claims[at + 1 : at + 3] == ["a. voor een fiets;", "b. voor kinderen tot zes jaar."]


def test_a_note_that_tells_more_comes_after_the_sentence_that_refers_to_it(assistant):
    claims = said(assistant, "Wat wordt er van tuinders verwacht voor het onderhoud?")
    sentence = next(n for n, claim in enumerate(claims) if claim.endswith("verwacht.¹"))
    assert claims.index("Het onderhoud duurt ten hoogste drie uur per maand.") > sentence


def test_a_note_is_not_quoted_without_the_sentence_that_refers_to_it(assistant):
    claims = said(assistant, "Hoeveel uur per maand duurt het onderhoud?")
    assert any(claim.endswith("verwacht.¹") for claim in claims)
    assert "Het onderhoud duurt ten hoogste drie uur per maand." in claims


def test_a_note_that_tells_nothing_of_what_is_asked_stays_away(assistant):
    assert not any("raadsbesluit" in claim for claim in said(assistant, "Is er een wachtlijst voor de kas?"))


@pytest.mark.parametrize(
    ("sentence", "back"),
    [
        ("Hiervan kan worden afgeweken.", True),
        ("Dit geldt niet voor scholen.", True),
        ("Dit geldt niet alleen voor scholen.", False),
        ("In afwijking van het eerste lid is de pont gratis op zondag.", True),
        ("Meehelpen is geen voorwaarde.", True),
        ("De poort is niet op slot.", False),
    ],
)
def test_what_takes_something_back(sentence: str, back: bool):
    assert takes_back(sentence) is back
