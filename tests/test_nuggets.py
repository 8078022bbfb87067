"""Answer figures: facts as nuggets, matched as themselves and not as part of something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import RIGHT, make_answer, make_case

from evals.nuggets import answer_figures, answer_words, contains, given_text, plain


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("ten minste 6% van de trajecten", "6%"),
        ("ten minste 10 % van de trajecten", "10%"),
        ("ten minste 10% van de trajecten", "10 %"),
        ("een bedrag van € 1.500.", "1.500"),
        ("een bedrag van €1.500,-", "€ 1.500"),
        ("EUR 1.500,00 per jaar", "1.500"),
        ("de periode 2021-2025", "2025"),
        ("uiterlijk in 2025¹.", "2025"),
        ("elke 18-jarige", "18"),
        ("het subsidiebeleid", "subsidie"),
        ("de basissubsidie", "Subsidie"),
        ("de\nkwijt-\tschelding | telt", "schelding telt"),
        ("de ‘brede’ definitie", "'brede' definitie"),
        ("**Doen** wat nodig is", "doen wat nodig is"),
        ("artikel 3\\. Aanvraag", "artikel 3. aanvraag"),
        ("zorg en welzijn", "zorg"),
        ("binnen tien werkdagen", "tien werkdagen"),
        ("de ouder(s) van het kind", "ouder(s)"),
        ("nota’s over jeugd", "nota's"),
    ],
)
def test_a_wording_is_found_as_itself_or_in_a_compound(text, wording):
    assert contains(plain(text), wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("ten minste 66% van de trajecten", "6%"),
        ("ten minste 5,6% van de trajecten", "6%"),
        ("een bedrag van € 1.500,50", "1.500"),
        ("een bedrag van 12,005 meter", "12"),
        ("een bedrag van € 1500", "50"),
        ("een bedrag van € 1.500", "1"),
        ("een bedrag van € 1.500", "500"),
        ("een bedrag van 7,50", "7"),
        ("in 20250 gevallen", "2025"),
        ("de mantelzorg", "zorg"),
        ("de zorgen van ouders", "zorg"),
        ("veertien werkdagen", "tien werkdagen"),
        ("negentien of hoger", "negen"),
        ("thirty-three weeks", "three weeks"),
        ("is onafhankelijk van inkomen", "afhankelijk van inkomen"),
        ("niet-verplichte zorg", "verplichte zorg"),
        ("iets anders", ""),
    ],
)
def test_a_wording_is_not_found_within_something_else(text, wording):
    assert not contains(plain(text), wording)


def test_facts_are_shares_of_groups_of_wordings_and_okay_facts_weigh_half():
    case = make_case(facts=(("1500", "1.500"), ("bloemetje",)), okay_facts=(("mantelzorg",), ("taart",), ("wijn",)))
    found = answer_figures(case, make_answer(RIGHT))
    assert found["facts"] == 0.5
    assert found["okay facts"] == pytest.approx(1 / 3)
    assert found["nugget score"] == pytest.approx((1 + 0.5) / (2 + 1.5))


def test_without_okay_facts_the_nugget_score_is_the_share_of_facts():
    found = answer_figures(make_case(), make_answer(RIGHT))
    assert (found["facts"], found["nugget score"], found["okay facts"]) == (1, 1, None)
    nothing = answer_figures(make_case(facts=()), make_answer(RIGHT))
    assert (nothing["facts"], nothing["nugget score"]) == (None, None)


def test_a_refusal_gives_no_facts_whatever_it_mentions():
    refusal = make_answer(answer="Geen antwoord. Het dichtst in de buurt komt: § 1 Budget van € 1.500")
    assert answer_figures(make_case(), refusal)["facts"] == 0


def test_unanswerable_questions_have_only_a_language():
    case = make_case(answerable=False, okay_facts=(("taart",),))
    found = answer_figures(case, make_answer())
    assert found == {"facts": None, "okay facts": None, "nugget score": None, "language right": 1.0}


def test_the_mark_of_a_citation_is_no_fact_and_a_quote_is():
    answer = make_answer(RIGHT, answer="Er is geld. [1][7]")
    assert not contains(given_text(answer), "7")
    assert contains(given_text(answer), "1.500")


def test_the_language_of_the_answer_is_held_against_that_of_the_question():
    assert answer_figures(make_case(), make_answer(RIGHT, language="en"))["language right"] == 0


def test_words_are_counted_as_read():
    assert answer_words(make_answer(RIGHT, answer="### Kop\n\n- Voor **elke** wijk [1]\n- 3\\. Slot | € 5 [2]")) == 7


WORDS = st.lists(st.sampled_from("taart 50 6% negen subsidie en van 1.500".split()), min_size=1, max_size=6)


@given(WORDS, WORDS)
def test_a_wording_is_found_between_other_words(before, wanted):
    assert contains(plain(" ".join([*before, *wanted, "slot"])), " ".join(wanted))


@given(st.lists(WORDS.map(tuple), max_size=4), st.lists(WORDS.map(tuple), max_size=4))
def test_figures_are_shares_and_more_facts_never_score_less(facts, okay_facts):
    case = make_case(facts=tuple(facts), okay_facts=tuple(okay_facts))
    some = answer_figures(case, make_answer(RIGHT))
    more = answer_figures(case, make_answer(RIGHT, answer="taart 50 6% negen subsidie"))
    for name, value in some.items():
        assert value is None or 0 <= value <= more[name] <= 1


@given(st.text(max_size=20), st.text(max_size=60))
def test_any_text_can_be_compared(wording, text):
    contains(plain(text), wording)
