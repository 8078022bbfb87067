"""Captions of tables: what their figures count, their rows, and which section tells the figure that is asked."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.engine import Assistant

NOTA = """# Jeugdnota Zandwijk 2025

De raad van de gemeente Zandwijk stelt deze nota vast.

## 1 In het kort

De grootste verandering is de komst van het Gezinspunt, de voordeur voor opvoeden. De uitgaven aan jeugdhulp in Zandwijk
stegen van 14 naar 19 miljoen euro. Dat houdt de gemeente niet vol. Daarom komt het Gezinspunt er nu, met een consulent.

## 2 Geld

Het financiële overzicht laat zien wat de nota oplevert. De kosten komen uit de reserve Jeugd.

Tabel 1 Overzicht per post (in euro's)

| Post | 2025 | 2026 |
|---|---|---|
| Besparing door de nota | 150.000 | 700.000 |
| Inrichting Gezinspunt | 385.000 | 90.000 |

## 3 Meten

De gemeente kijkt elk jaar hoe het gaat.

Tabel 2 Indicatoren sport en bewegen

| Maatstaf | 2024 | 2027 |
|---|---|---|
| Leden van een vereniging | 41% | 45% |
| Kinderen met zwemdiploma | 88% | 93% |

## 4 Banen

In de zomer begint de sportcoach met een ronde langs de scholen.
"""


@pytest.fixture(scope="module")
def nota(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(tmp_path_factory.mktemp("nota"), {"jeugdnota-zandwijk.md": NOTA})


def told(assistant: Assistant, question: str) -> list[str]:
    return [claim.text for claim in assistant.ask(question).claims]


@pytest.mark.parametrize(
    "question",
    [
        "Wat kost de inrichting van het Gezinspunt in Zandwijk?",
        "Hoeveel euro kost de inrichting van het Gezinspunt voor opvoeden in 2025?",
        "How much does setting up the Gezinspunt cost?",
    ],
)
def test_figures_below_a_caption_in_euros_are_money_and_come_first(nota: Assistant, question: str):
    texts = told(nota, question)
    assert texts[:3] == [
        "Tabel 1 Overzicht per post (in euro's)",
        "Post | 2025 | 2026",
        "Inrichting Gezinspunt | 385.000 | 90.000",
    ]


def test_a_table_that_is_asked_for_by_its_caption_is_quoted_whole(nota: Assistant):
    texts = told(nota, "Welke indicatoren zijn er voor sport en bewegen?")
    assert texts[texts.index("Tabel 2 Indicatoren sport en bewegen") :][1:4] == [
        "Maatstaf | 2024 | 2027",
        "Leden van een vereniging | 41% | 45%",
        "Kinderen met zwemdiploma | 88% | 93%",
    ]


def test_a_caption_is_not_quoted_without_a_row(nota: Assistant):
    texts = told(nota, "Wat laat het financiële overzicht zien?")
    assert "Het financiële overzicht laat zien wat de nota oplevert." in texts
    assert not any(text.startswith("Tabel") for text in texts)
