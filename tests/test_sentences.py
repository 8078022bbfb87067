"""Where sentences end in Dutch policy prose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Zie art. 3 van de wet.",
        "Dit geldt o.a. voor Purmerend en bijv. Edam.",
        "Getekend door drs. K.M.C. Jansen en M. Witte.",
        "Het kost 1.5 miljoen of € 2.500,00 per jaar.",
        "Maar… wat als het niet lukt?",
        "Ga naar https://www.Voorbeeld.nl/a?B=1.Html en lees verder.",
        "Kijk op www.Purmerend.nl of bel.",
        "1. Akkoord te gaan met het kader.",
        "Dat gebeurt d.m.v. Europese steun.",
        "Wij betalen ca. 30% e.d. aan subsidies.",
        "Wat heb je nodig?, vroeg zij.",
        "De vergunning, bedoeld in artikel 4. 2. 1 van de Bomenwet, is een jaar geldig.",
        "Uit de artikelen 2. 3 en 2. 9 van de Havenwet volgt dat.",
        "(R. o. 4. 5) Uit de regels volgt dat de haven open is.",
        "Zie paragraaf 5. 2 Kades en steigers.",
        "Tabel 3. Budget per jaar",
        "Figuur 12a. Inwoners naar leeftijd.",
        "Wethouder A. Bos, mevrouw B. Vos en C. de Wit waren er.",
    ],
)
def test_one_sentence_stays_one(whole: str):
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Het gaat in op 1 januari 2024.", "Daarna volgt meer."),
        ("Wij sporten, lezen enz.", "De raad besluit."),
        ("Hij zei: ‘Wat is er nodig?’", "Niet wat wij willen."),
        ("Er was eens…", "Toen kwam het kader."),
        ("Doe mee!", "Het kan."),
        ("Dit is zo (zie hoofdstuk 2).", "Toch niet."),
        ("Zie https://voorbeeld.nl/kader.", "Lees verder."),
        ("Dit staat in artikel 4. 2.", "Daarna volgt meer."),
        ("Het pad is klaar in 2015.", "3 wijken doen mee."),
        ("een regel zonder punt", "de volgende regel"),
    ],
)
def test_two_sentences_are_two(first: str, second: str):
    assert split(f"{first}\n{second}" if first[-1].isalpha() else f"{first} {second}") == [first, second]


def test_a_missing_space_after_a_full_stop_hides_no_sentence():
    assert split("Het is uitnodigend is.Dat betekent meer.") == ["Het is uitnodigend is.", "Dat betekent meer."]


def test_only_the_range_asked_for_is_cut():
    text = "Een. Twee. Drie."
    assert sentence_spans(text, 5, 10) == [(5, 10)]


@given(st.text(alphabet=st.one_of(st.sampled_from("ab A.?!…\n 1’)"), st.characters(codec="utf-8")), max_size=80))
def test_spans_hold_every_letter_once_and_in_order(text: str):
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("De woning heeft ten minste energielabel B.", "Eigenaren krijgen een brief."),
        ("De bedragen staan in bijlage B.", "Als een bedrag wijzigt, wijzigt de bijlage."),
        ("Zie de categorieën A, B en C.", "Voor andere woningen geldt dit niet."),
        ("Dat staat in tabel 3.", "Daarna volgt de begroting."),
    ],
)
def test_a_letter_that_names_something_ends_a_sentence(first: str, second: str):
    assert split(f"{first} {second}") == [first, second]
