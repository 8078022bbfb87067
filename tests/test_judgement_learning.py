"""Learning the judgement: what tells is weighed, and the bias alone moves where one half lies."""

from __future__ import annotations

import numpy as np

from assistant.judgement import FEATURES
from evals.learn_judgement import Example, cross_validated, learn, learn_bias

COVERAGE = list(FEATURES).index("coverage")


def examples(shift: float = 0.0) -> list[Example]:
    """Questions of which the answerable ones are covered better, all of them by a shift."""
    drawn = np.random.default_rng(7)
    found = []
    for number in range(300):
        right = number % 2 == 0
        row = [0.0] * len(FEATURES)
        row[COVERAGE] = float(drawn.normal(0.7 if right else 0.3, 0.15)) + shift
        found.append(Example(f"q{number}", "nl", tuple(row), right, elsewhere=False))
    return found


def mistakes(weights: np.ndarray, given: list[Example]) -> tuple[float, float]:
    """Refused though answerable, and answered though not."""
    logits = np.array([weights[0] + np.array(e.row) @ weights[1:] for e in given])
    right = np.array([e.answerable for e in given])
    return float((logits[right] < 0).mean()), float((logits[~right] >= 0).mean())


def test_what_tells_is_weighed_and_nothing_else():
    weights = learn(examples())
    assert weights[1 + COVERAGE] > 0
    assert np.allclose(np.delete(weights[1:], COVERAGE), 0.0, atol=1e-6)
    assert max(mistakes(weights, examples())) < 0.2
    logits, right = cross_validated(examples())
    assert ((logits >= 0) == right).mean() > 0.8


def test_the_bias_follows_a_feature_that_is_measured_otherwise_and_the_weights_stay():
    weights, moved = learn(examples()), examples(shift=0.5)
    assert mistakes(weights, moved)[1] > 0.5
    again = learn_bias(moved, weights)
    assert np.array_equal(again[1:], weights[1:])
    assert max(mistakes(again, moved)) < 0.2
