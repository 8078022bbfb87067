"""Citation figures: real quotes, right places, and claims that their citations carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import RIGHT, TEXT, make_answer, make_case, make_citation, make_document

from evals.citations import CITATIONS, citation_figures, is_valid, numbers, support_figures, supports

DOCUMENTS = {"nota": make_document(), "andere": make_document("andere")}
HELP = "Het steunpunt helpt mantelzorgers."
SPORT = "De sporthal is open."


def figures(answer, **case) -> dict:
    return citation_figures(make_case(**case), answer, DOCUMENTS)


def test_an_answer_that_quotes_the_right_sentence_is_perfect():
    assert figures(make_answer(RIGHT)) == dict.fromkeys(CITATIONS, 1.0)


def test_an_abstention_cites_no_evidence_and_has_no_shares():
    found = figures(make_answer())
    assert (found["cites evidence"], found["evidence recall"]) == (0, 0)
    assert {value for name, value in found.items() if "evidence" not in name} == {None}


def test_an_unanswerable_question_has_no_right_place_but_its_citations_are_checked():
    found = figures(make_answer(RIGHT), answerable=False)
    assert found["valid citations"] == found["citation recall"] == 1
    assert found["right document"] is found["cites evidence"] is found["right section"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": RIGHT.lower()},
        {"start": -5, "end": -1, "quote": TEXT[-5:-1]},
        {"start": 0, "end": 0, "quote": ""},
        {"start": 3, "end": 4},
        {"document_id": "weg"},
        {"section_number": "2", "section_title": "Sport", "section_path": ["2 Sport"]},
        {"section_path": ["1 Wonen"]},
    ],
)
def test_a_quote_that_is_not_there_or_not_in_its_section_is_invalid(wrong):
    assert is_valid(make_citation(RIGHT), DOCUMENTS)
    assert not is_valid(make_citation(RIGHT, **wrong), DOCUMENTS)


def test_places_are_shares_of_the_citations():
    answer = make_answer(RIGHT, HELP, SPORT)
    answer["citations"][1]["document_id"] = "andere"
    found = figures(answer)
    assert found["right document"] == pytest.approx(2 / 3)
    assert found["right section"] == pytest.approx(1 / 3)
    assert figures(answer, sections=())["right section"] is None


def test_the_exact_place_is_a_quote_around_a_phrase_or_a_good_part_of_one():
    case = {"evidence": ("mantelzorg is € 1.500 beschikbaar", "is open")}
    assert figures(make_answer(SPORT), **case)["evidence recall"] == 0.5
    assert figures(make_answer("is € 1.500 beschikbaar"), **case)["cites evidence"] == 1
    assert figures(make_answer("is € 1.500"), **case)["cites evidence"] == 0
    elsewhere = make_answer(RIGHT)
    elsewhere["citations"][0]["document_id"] = "andere"
    assert figures(elsewhere, **case)["cites evidence"] == 0


def test_neighbouring_quotes_hold_a_phrase_that_runs_over_the_end_of_a_sentence():
    case = {"evidence": ("is € 1.500 beschikbaar. Het steunpunt helpt",)}
    assert figures(make_answer(HELP, RIGHT), **case)["cites evidence"] == 1
    assert figures(make_answer(RIGHT), **case)["cites evidence"] == 0
    assert figures(make_answer(RIGHT, SPORT), **case)["cites evidence"] == 0


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        (RIGHT, True),
        ("voor MANTELZORG is € 1.500 beschikbaar", True),
        ("Beschikbaar voor de mantelzorg: 1500 euro. [1]", True),
        ("Voor mantelzorg is € 1.600 beschikbaar.", False),
        ("Voor mantelzorg is geen € 1.500 beschikbaar.", False),
        ("Mantelzorgers krijgen jaarlijks een bloemetje.", False),
        ("", False),
    ],
)
def test_a_claim_is_supported_by_its_text_or_by_its_words_numbers_and_negations(claim, supported):
    assert supports([RIGHT], claim) is supported


def test_claims_and_citations_are_judged_as_in_alce():
    """One claim needs both of its citations, one has a citation too many, one has none that carries it."""
    quotes = [RIGHT, HELP, SPORT]
    both = f"{RIGHT} {HELP}"
    citations = [make_citation(quote, number) for number, quote in enumerate(quotes, start=1)]
    claims = [
        {"text": both, "citations": [1, 2]},
        {"text": RIGHT, "citations": [1, 3]},
        {"text": HELP, "citations": [3]},
    ]
    found = support_figures({"claims": claims, "citations": citations})
    assert found["citation recall"] == pytest.approx(2 / 3)
    assert found["citation precision"] == pytest.approx(3 / 5)


def test_citations_that_support_a_claim_each_by_themselves_are_all_needed():
    twice = [make_citation(RIGHT, 1), make_citation(RIGHT, 2)]
    answer = {"claims": [{"text": RIGHT, "citations": [1, 2]}], "citations": twice}
    assert support_figures(answer) == {"citation recall": 1.0, "citation precision": 1.0}


def test_claims_without_citations_or_with_ones_that_do_not_exist_are_unsupported():
    for cited in ([], [7]):
        answer = {"claims": [{"text": RIGHT, "citations": cited}], "citations": [make_citation(RIGHT)]}
        assert support_figures(answer) == {"citation recall": 0.0, "citation precision": 0.0}


def test_numbers_are_one_however_they_are_written():
    assert numbers("€ 1.500, 1,500 en 1500") == {"1500"}
    assert numbers("4,7 en 4.7 en 12.000.000") == {"4.7", "12000000"}


@given(st.lists(st.sampled_from([RIGHT, HELP, SPORT]), max_size=5), st.lists(st.lists(st.integers(1, 6), max_size=3)))
def test_figures_are_shares_and_needed_citations_need_supported_claims(quotes, cited):
    answer = make_answer(*quotes)
    answer["claims"] = [{"text": RIGHT, "citations": numbers} for numbers in cited]
    found = figures(answer)
    assert all(value is None or 0 <= value <= 1 for value in found.values())
    if found["citation recall"] == 0:
        assert found["citation precision"] == 0


@given(st.lists(st.sampled_from([RIGHT, HELP, SPORT]), min_size=1, max_size=5))
def test_an_extractive_answer_is_valid_and_supported_throughout(quotes):
    found = figures(make_answer(*quotes))
    assert found["valid citations"] == found["citation recall"] == found["citation precision"] == 1
