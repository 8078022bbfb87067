"""Abstention figures: rates over records, and how well confidence tells which questions can be answered."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import RIGHT, make_answer, make_case, make_record
from sklearn.calibration import calibration_curve

from evals.abstention import ABSTENTION, _ranked_area, abstention, reliability
from evals.records import Record


def asked(answerable: bool, answered: bool, confidence: float, name: str = "q") -> Record:
    answer = make_answer(*([RIGHT] if answered else []), confidence=confidence)
    return make_record(make_case(name, answerable), answer)


def test_rates_are_over_the_questions_that_could_go_wrong_that_way():
    records = [asked(True, True, 0.9), asked(True, False, 0.4), asked(True, True, 0.8), asked(False, True, 0.7)]
    found = abstention(records)
    assert (found["over_refusals"]["mean"], found["over_refusals"]["n"]) == (0.3333, 3)
    assert (found["false_answers"]["mean"], found["false_answers"]["n"]) == (1.0, 1)
    assert found["auroc"]["mean"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["average_precision"]["mean"] == pytest.approx((1 + 1 + 3 / 4) / 3, abs=1e-4)


def test_confidence_that_separates_is_perfect_but_not_certain():
    found = abstention([asked(right, right, 1.0 if right else 0.0) for right in [True] * 5 + [False] * 4])
    assert found["auroc"]["mean"] == found["average_precision"]["mean"] == 1
    assert 0.4 < found["auroc"]["low"] < 0.8
    assert found["ece"]["mean"] == 0
    assert [(b["confidence"], b["answerable"], b["n"]) for b in found["reliability"]] == [(0, 0, 4), (1, 1, 5)]


def test_the_calibration_error_is_the_distance_weighed_by_size():
    found = abstention([asked(True, True, 0.9), asked(False, True, 0.9), asked(False, False, 0.2)])
    assert found["ece"]["mean"] == pytest.approx((2 * 0.4 + 0.2) / 3, abs=1e-4)
    assert found["ece"]["n"] == 3


def test_nothing_to_count_gives_no_figure():
    none = abstention([])
    assert {none[name] for name in ABSTENTION} == {None}
    assert none["reliability"] == []
    one_sided = abstention([asked(True, True, 0.9)])
    assert one_sided["auroc"] is one_sided["average_precision"] is one_sided["false_answers"] is None
    assert one_sided["ece"]["mean"] == pytest.approx(0.1)


def test_errors_runs_without_answers_and_answers_without_confidence_are_left_out():
    failed = Record(case=make_case(), error="UnsoundAnswer: …")
    only_found = make_record(make_case(), None)
    unsure = make_record(make_case(), make_answer(RIGHT, confidence=None))
    found = abstention([failed, only_found, unsure])
    assert found["over_refusals"]["n"] == 1
    assert found["ece"] is None


SURE = st.lists(st.tuples(st.booleans(), st.integers(0, 20).map(lambda i: i / 20)), min_size=1, max_size=30)


@given(SURE)
def test_bins_are_those_of_scikit_learn(pairs):
    answerable, confidence = (np.array(column) for column in zip(*pairs, strict=True))
    bins = reliability(answerable, confidence)
    shares, means = calibration_curve(answerable, confidence, n_bins=10)
    assert [b["answerable"] for b in bins] == pytest.approx(list(shares), abs=1e-4)
    assert [b["confidence"] for b in bins] == pytest.approx(list(means), abs=1e-4)
    assert sum(b["n"] for b in bins) == len(pairs)
    assert all(b["low"] <= b["confidence"] <= b["high"] for b in bins)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_the_area_by_ranks_counts_pairs(yes, no):
    pairs = [(y > n) + 0.5 * (y == n) for y in yes for n in no]
    assert _ranked_area(np.array(yes), np.array(no)) == pytest.approx(sum(pairs) / len(pairs))
