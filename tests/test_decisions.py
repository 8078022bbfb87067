"""Council proposals: the points that are asked for, what was decided, and the amount that an annex gives."""

from __future__ import annotations

import pytest
from building import make_assistant

VOORSTEL = """# Raadsvoorstel Veiligheidsplan Zandwijk 2025

De gemeente Zandwijk maakt een veiligheidsplan.

## 1 Voorstel

Aan de gemeenteraad wordt voorgesteld:

1. het veiligheidsplan vast te stellen;
2. de prioriteiten jeugd, ondermijning en fietsendiefstal vast te stellen;
3. voor de uitvoering € 148.000 per jaar beschikbaar te stellen;
4. eenmalig € 65.000 te betalen voor camera's;
5. de begroting te wijzigen;
6. het veiligheidsplan van vroeger in te trekken.

Voor de camera's besluit het college om:

1. de politie te vragen waar zij staan;
2. een bord te plaatsen.

## 2 Argumenten

De politie telt minder inbraken dan vroeger. Camera's helpen op het plein.

## 3 Raadsbesluit

De raad van de gemeente Zandwijk;

gelezen het voorstel van burgemeester en wethouders;

## 4 Besluit

1. het plan vast te stellen;
2. € 120.000 per jaar beschikbaar te stellen.

## 5 Ondertekening

Aldus besloten in de openbare vergadering van de raad van Zandwijk van 12 december 2024.
"""
VERORDENING = """# Verordening hulp Hoogveld 2025

De raad van de gemeente Hoogveld stelt deze verordening vast.

## Artikel 1 Pgb

1. Wie een pgb wil, legt een plan over.
2. Voor hulp uit het sociale netwerk geldt het uurtarief in bijlage 1.
3. Voor vervoer geldt een bedrag van € 12 per rit.

## Artikel 2 Klachten

Een klacht wordt binnen zes weken afgehandeld.

## Bijlage 1 Tarieven

| Onderwerp | Bedrag | Eenheid |
|---|---|---|
| Hulp door een bedrijf | € 31,68 | per uur |
| Hulp uit het sociale netwerk | € 19,05 | per uur |
| Dagopvang | € 44,00 | per dagdeel |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    files = {"zandwijk-raadsvoorstel.md": VOORSTEL, "hoogveld-verordening.md": VERORDENING}
    return make_assistant(tmp_path_factory.mktemp("besluit"), files)


def said(assistant, question):
    return " ".join(claim.text for claim in assistant.ask(question).claims)


def test_of_the_points_of_a_proposal_those_that_are_asked_for_are_quoted(assistant):
    answer = said(assistant, "Wat zijn de prioriteiten van het veiligheidsplan in Zandwijk?")
    assert "fietsendiefstal" in answer
    assert "wordt voorgesteld:" in answer
    assert "camera's" not in answer
    assert "begroting" not in answer
    assert "148.000" not in answer


def test_of_two_points_that_are_asked_for_both_are_quoted_and_no_other(assistant):
    answer = said(assistant, "Wat wordt er in Zandwijk betaald voor camera's, en wordt de begroting gewijzigd?")
    assert "€ 65.000" in answer
    assert "de begroting te wijzigen" in answer
    assert "148.000" not in answer
    assert "ondermijning" not in answer


def test_after_a_point_of_one_decision_another_decision_is_not_begun(assistant):
    answer = said(assistant, "Wordt het veiligheidsplan van vroeger in Zandwijk ingetrokken?")
    assert "in te trekken" in answer
    assert "een bord" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "Wat wordt de raad van Zandwijk voorgesteld?",
        "Wat stelt het college van Zandwijk voor?",
        "What is proposed in Zandwijk?",
    ],
)
def test_what_is_proposed_is_every_point(assistant, question):
    answer = said(assistant, question)
    assert "vast te stellen" in answer
    assert "in te trekken" in answer


@pytest.mark.parametrize(
    "question", ["Wat heeft de raad van Zandwijk besloten?", "What did the council of Zandwijk decide?"]
)
def test_what_was_decided_is_what_the_decision_says(assistant, question):
    answer = said(assistant, question)
    assert "€ 120.000" in answer
    assert "Aldus besloten" not in answer


def test_who_speaks_asks_for_no_decision(assistant):
    assert assistant.search("Wat zegt het college van Zandwijk?").query.scope.sections == ()
    assert assistant.search("Wat is er besloten over camera's in Zandwijk?").query.scope.sections == ()


def test_an_amount_that_a_rule_leaves_to_an_annex_is_brought_in(assistant):
    answer = assistant.ask("Wat is het uurtarief van een pgb in Hoogveld voor hulp uit het sociale netwerk?")
    texts = [claim.text for claim in answer.claims]
    assert any("€ 19,05" in text for text in texts)
    assert not any("€ 31,68" in text or "€ 44,00" in text for text in texts)
    assert any("Eenheid" in text for text in texts)


def test_a_rule_that_gives_its_amount_brings_no_annex(assistant):
    assert "€ 19,05" not in said(assistant, "Wat is het bedrag voor vervoer per rit in Hoogveld?")
