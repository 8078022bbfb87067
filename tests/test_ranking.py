"""Retrieval figures: by hand, by an implementation that counts differently, and by trec_eval where that means the same."""

from __future__ import annotations

import itertools
import math

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st
from judging import make_case, make_hit

from evals.metrics import FIGURES
from evals.ranking import RETRIEVAL, novelty_ndcg, rank_figures, retrieval_figures

TOTAL = 4
RANKINGS = st.lists(st.frozensets(st.integers(0, TOTAL - 1), max_size=3), max_size=20)


def figures(*evidence: tuple[int, ...], phrases: int = 2) -> dict:
    case = make_case(evidence=tuple("abcd"[:phrases]))
    return retrieval_figures(case, [make_hit(rank, held) for rank, held in enumerate(evidence, start=1)])


def test_evidence_on_the_second_place():
    found = figures((), (0,), ())
    assert (found["hit@1"], found["hit@5"], found["mrr@10"]) == (0, 1, 0.5)
    assert found["recall@5"] == found["recall@10"] == 0.5
    assert found["ndcg@10"] == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))


def test_all_evidence_in_the_first_passage_is_perfect_and_so_is_one_phrase_a_passage():
    for found in (figures((0, 1)), figures((0,), (1,)), figures((0, 1), (0,), (1,))):
        assert {found[name] for name in RETRIEVAL if not name.startswith("section")} == {1.0}


def test_a_passage_that_repeats_what_stands_above_it_adds_nothing():
    assert figures((0,), (0,), (0,))["recall@5"] == 0.5
    assert figures((0,), (0,), (1,))["ndcg@10"] == pytest.approx((1 + 0.5) / (1 + 1 / math.log2(3)))


def test_a_fuller_passage_should_have_come_first():
    assert figures((0,), (0, 1))["ndcg@10"] == pytest.approx((1 + 1 / math.log2(3)) / 2)


def test_evidence_below_the_cut_does_not_count():
    sixth = figures(*[()] * 5, (0, 1))
    assert (sixth["hit@5"], sixth["recall@5"], sixth["recall@10"]) == (0, 0, 1)
    assert sixth["mrr@10"] == pytest.approx(1 / 6)
    eleventh = figures(*[()] * 10, (0, 1))
    assert (eleventh["mrr@10"], eleventh["ndcg@10"], eleventh["recall@10"]) == (0, 0, 0)


def test_nothing_found_is_zero_and_hits_count_by_rank_and_not_by_order():
    assert {v for v in figures().values() if v is not None} == {0.0}
    case = make_case(evidence=("a",), sections=())
    assert retrieval_figures(case, [make_hit(2), make_hit(1, (0,))])["hit@1"] == 1


def test_sections_are_counted_one_by_one_and_a_passage_below_a_section_lies_in_it():
    case = make_case(sections=("1", "2"))
    hits = [make_hit(1, section="3"), make_hit(2, section="1", gold=True), make_hit(3, section="1", gold=True)]
    found = retrieval_figures(case, hits)
    assert (found["section hit@1"], found["section hit@5"], found["section mrr@10"]) == (0, 1, 0.5)
    assert found["section recall@5"] == 0.5
    below = hits[1].model_copy(update={"section_number": "2.1", "section_path": ("2 Sport", "2.1 Hal")})
    assert retrieval_figures(case, [hits[1], below])["section recall@5"] == 1
    assert retrieval_figures(case, [below.model_copy(update={"in_section": False})])["section hit@5"] == 0


def test_a_question_that_names_no_sections_has_no_figures_for_them():
    found = retrieval_figures(make_case(sections=()), [make_hit(1, (0,))])
    assert found["hit@1"] == 1
    assert {found[name] for name in found if name.startswith("section")} == {None}
    assert set(found) == set(RETRIEVAL) <= set(FIGURES)


@given(RANKINGS)
def test_figures_are_shares_and_grow_with_depth(held):
    found = rank_figures(held, TOTAL)
    assert all(0 <= value <= 1 for value in found.values())
    assert found["hit@1"] <= found["hit@5"]
    assert found["recall@5"] <= found["recall@10"]
    assert (found["mrr@10"] == 1) == (found["hit@1"] == 1)
    assert (found["ndcg@10"] > 0) == (found["recall@10"] > 0)


@given(RANKINGS, st.randoms())
def test_the_order_of_passages_without_evidence_at_the_end_does_not_matter(held, random):
    tail = [frozenset()] * 3
    assert rank_figures([*held, *tail], TOTAL) == pytest.approx(rank_figures(held, TOTAL))
    shuffled = held[10:]
    random.shuffle(shuffled)
    assert rank_figures([*held[:10], *shuffled], TOTAL) == pytest.approx(rank_figures(held, TOTAL))


@given(RANKINGS)
def test_figures_equal_those_of_an_implementation_that_counts_differently(held):
    first = next((rank for rank, units in enumerate(held, start=1) if units), math.inf)
    found = rank_figures(held, TOTAL)
    assert found["hit@1"] == (first == 1)
    assert found["hit@5"] == (first <= 5)
    assert found["mrr@10"] == pytest.approx(1 / first if first <= 10 else 0)
    for depth in (5, 10):
        assert found[f"recall@{depth}"] == sum(any(u in units for units in held[:depth]) for u in range(TOTAL)) / TOTAL


@given(st.lists(st.frozensets(st.integers(0, 2), max_size=3), max_size=5))
def test_no_order_of_the_passages_beats_the_greedy_one_when_units_are_few(held):
    """With up to three units the greedy order is the best, so that the figure can be held against every order."""

    def gain(order):
        seen, total = set(), 0.0
        for rank, units in enumerate(order, start=1):
            total += len(units - seen) / math.log2(rank + 1)
            seen |= units
        return total

    missing = [frozenset({u}) for u in {0, 1, 2}.difference(*held)]
    pool = [units for units in held if units] + missing
    best = max(gain(order) for order in itertools.permutations(pool))
    assert novelty_ndcg(held, 3, 10) == pytest.approx(gain(held) / best)


@given(st.permutations([0, 1, 2, 3, None, None, None, None, None]), st.integers(0, 9))
def test_where_each_unit_is_a_passage_the_figures_are_those_of_trec_eval(order, found):
    held = [frozenset() if unit is None else frozenset({unit}) for unit in order[:found]]
    ranked = {f"{rank}-{unit}": -float(rank) for rank, unit in enumerate(order[:found])}
    judged = {f"{order.index(unit)}-{unit}": 1 for unit in range(TOTAL)}
    evaluator = pytrec_eval.RelevanceEvaluator({"q": judged}, {"ndcg_cut.10", "recall.5,10", "recip_rank"})
    reference = evaluator.evaluate({"q": ranked})["q"]
    figures = rank_figures(held, TOTAL)
    assert figures["ndcg@10"] == pytest.approx(reference["ndcg_cut_10"])
    assert figures["recall@5"] == pytest.approx(reference["recall_5"])
    assert figures["recall@10"] == pytest.approx(reference["recall_10"])
    assert figures["mrr@10"] == pytest.approx(reference["recip_rank"])
