"""A proposal that the council adopted with an amendment: what it quotes may have been changed."""

from __future__ import annotations

import pytest
from building import make_assistant

PROPOSAL = """# Raadsvoorstel camera's Zandwijk 2024

Onderwerp: Camera's op het Kadeplein
Datum raad: 12 december 2024

## 1 Camera's

Op het Kadeplein komen vier camera's. De beelden worden veertien dagen bewaard door de meldkamer.

## 2 Kosten

De camera's kosten 30.000 euro.

## Amendement A1

Aan het plan wordt toegevoegd dat de bewaartermijn zeven dagen is. Het amendement is {outcome}.
"""


def asked(tmp_path, outcome: str, question: str):
    assistant = make_assistant(tmp_path, {"raadsvoorstel-cameras.md": PROPOSAL.format(outcome=outcome)})
    return assistant.ask(question)


def test_an_answer_from_what_was_amended_says_so(tmp_path):
    answer = asked(tmp_path, "aangenomen met 14 stemmen voor", "Wat kosten de camera's op het Kadeplein?")
    assert any("30.000" in claim.text for claim in answer.claims)
    assert [note for note in answer.notes if "Amendement A1" in note]


@pytest.mark.parametrize(
    "outcome",
    ["verworpen", "niet aangenomen", "ingetrokken, en niet overgenomen", "er niet; er is geen amendement aangenomen"],
)
def test_an_amendment_that_was_not_adopted_changes_nothing(tmp_path, outcome):
    answer = asked(tmp_path, outcome, "Wat kosten de camera's op het Kadeplein?")
    assert not answer.abstained
    assert not [note for note in answer.notes if "mendement" in note]


def test_an_answer_that_quotes_the_amendment_needs_no_note(tmp_path):
    answer = asked(tmp_path, "aangenomen met 14 stemmen voor", "Wat zegt amendement A1 over de bewaartermijn?")
    assert any("zeven dagen" in claim.text for claim in answer.claims)
    assert not [note for note in answer.notes if "met een amendement" in note]
