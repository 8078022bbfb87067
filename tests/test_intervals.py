"""Intervals: they hold the mean, repeat exactly, and are never narrower than the number of questions allows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from evals.intervals import estimate, interval, wilson

SHARES = st.lists(st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0]), min_size=1, max_size=25)


def test_no_values_give_no_estimate():
    assert estimate([]) is None


def test_an_estimate_says_how_many_questions_it_rests_on():
    found = estimate([0.0, 0.5, 1.0, 0.75])
    assert (found["mean"], found["n"]) == (0.5625, 4)
    assert 0 <= found["low"] < 0.5625 < found["high"] <= 1


@settings(max_examples=40)
@given(SHARES)
def test_an_interval_holds_the_mean_lies_within_0_and_1_and_is_the_same_twice(values):
    low, high = interval(values)
    assert 0 <= low <= sum(values) / len(values) + 1e-12
    assert sum(values) / len(values) - 1e-12 <= high <= 1
    assert interval(values) == (low, high)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_zeros_and_ones_have_the_interval_of_wilson(counts):
    right, n = counts
    reference = binomtest(right, n).proportion_ci(method="wilson")
    assert interval([1.0] * right + [0.0] * (n - right)) == pytest.approx((reference.low, reference.high))


def test_values_that_are_all_equal_or_alone_are_no_certainty():
    assert interval([1.0] * 12)[0] == pytest.approx(0.7575, abs=1e-3)
    low, high = interval([0.5] * 12)
    assert low < 0.3 < 0.7 < high
    low, high = interval([0.5])
    assert high - low > 0.8


def test_more_questions_make_an_interval_narrower():
    few, many = interval([0.0, 0.5, 1.0] * 4), interval([0.0, 0.5, 1.0] * 40)
    assert many[1] - many[0] < (few[1] - few[0]) / 2


def test_the_bootstrap_agrees_with_the_normal_approximation_on_many_values():
    values = np.random.default_rng(1).beta(4, 2, size=500)
    error = 1.96 * values.std() / np.sqrt(len(values))
    low, high = interval(list(values))
    assert low == pytest.approx(values.mean() - error, abs=0.003)
    assert high == pytest.approx(values.mean() + error, abs=0.003)


def test_wilson_takes_shares_that_are_no_whole_number_of_questions():
    assert wilson(0.5, 3)[0] < wilson(0.55, 3)[0]
