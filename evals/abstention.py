"""Abstention figures: whether the right questions are answered, and whether confidence tells which.

Confidence is read as the probability that the documents answer the question. Its curve figures are those of binary
classifiers, from scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import rankdata
from sklearn.metrics import average_precision_score, roc_auc_score

from evals.intervals import estimate, resampled, wilson
from evals.questions import Case
from evals.records import Figures, Json, Record

DECISION: dict[str, str] = {
    "answered right": "an answerable question is answered, an unanswerable one refused",
}
"""Definition of the figure of `decision_figures`."""

ABSTENTION: dict[str, str] = {
    "false_answers": "share of the unanswerable questions that are answered",
    "over_refusals": "share of the answerable questions that are refused",
    "auroc": "probability that an answerable question has more confidence than an unanswerable one, ties half "
    "(Hanley and McNeil, Radiology, 1982; scikit-learn roc_auc_score)",
    "average_precision": "precision averaged over the answerable questions in order of confidence (scikit-learn "
    "average_precision_score); chance gives their share",
    "ece": "mean distance between confidence and the share of answerable questions over ten bins, by size "
    "(expected calibration error: Guo et al., ICML 2017; of the probability of being answerable: Naeini et al., AAAI "
    "2015)",
}
"""Definitions of the figures of `abstention`."""

BINS = 10
_AP_RESAMPLES = 500  # one at a time, by scikit-learn


def decision_figures(case: Case, answer: Json) -> Figures:
    """Whether one question was rightly answered or refused."""
    return {"answered right": float(answer["abstained"] != case.answerable)}


def abstention(records: Sequence[Record]) -> Json:
    """The abstention figures of the records that have an answer.

    Each is {"mean", "low", "high", "n"}, or None where there is nothing to count; "reliability" lists the bins that
    hold questions. The calibration error has no interval: under resampling it is biased upward.
    """
    asked = [r for r in records if r.answer is not None and r.error is None]
    refused = [(r.case.answerable, bool(r.answer["abstained"])) for r in asked if r.answer is not None]
    sure = [
        (r.case.answerable, float(r.answer["confidence"]))
        for r in asked
        if r.answer is not None and r.answer.get("confidence") is not None
    ]
    answerable, confidence = np.array([a for a, _ in sure], dtype=bool), np.array([c for _, c in sure], dtype=float)
    bins = reliability(answerable, confidence)
    return {
        "false_answers": estimate([float(not gone) for right, gone in refused if not right]),
        "over_refusals": estimate([float(gone) for right, gone in refused if right]),
        "auroc": _auroc(answerable, confidence),
        "average_precision": _average_precision(answerable, confidence),
        "ece": _calibration_error(bins, len(sure)),
        "reliability": bins,
    }


def reliability(answerable: np.ndarray, confidence: np.ndarray) -> list[Json]:
    """Reliability diagram: for each bin of confidence its mean and the share of answerable questions; shapes (n,).

    Bins are closed on the right, as those of Guo et al. and of scikit-learn's calibration_curve; empty ones are left
    out.
    """
    edges = np.linspace(0.0, 1.0, BINS + 1)
    numbers = np.searchsorted(edges[1:-1], confidence)
    return [
        {
            "low": round(float(edges[i]), 2),
            "high": round(float(edges[i + 1]), 2),
            "n": int(inside.sum()),
            "confidence": round(float(confidence[inside].mean()), 4),
            "answerable": round(float(answerable[inside].mean()), 4),
        }
        for i in range(BINS)
        if (inside := numbers == i).any()
    ]


def _auroc(answerable: np.ndarray, confidence: np.ndarray) -> Json | None:
    yes, no = confidence[answerable], confidence[~answerable]
    if not (len(yes) and len(no)):
        return None
    area = float(roc_auc_score(answerable, confidence))
    least = min(len(yes), len(no))
    low, high = resampled(_ranked_area, yes, no) if least > 1 else (area, area)
    return _with_interval(area, low, high, least, len(confidence))


def _average_precision(answerable: np.ndarray, confidence: np.ndarray) -> Json | None:
    yes, no = confidence[answerable], confidence[~answerable]
    if not (len(yes) and len(no)):
        return None

    def of_samples(first: np.ndarray, second: np.ndarray) -> float:
        labels = np.repeat([True, False], [len(first), len(second)])
        return float(average_precision_score(labels, np.concatenate([first, second])))

    least = min(len(yes), len(no))
    value = float(average_precision_score(answerable, confidence))
    low = high = value
    if least > 1:
        low, high = resampled(of_samples, yes, no, resamples=_AP_RESAMPLES, vectorized=False)
    return _with_interval(value, low, high, least, len(confidence))


def _with_interval(value: float, low: float, high: float, least: int, n: int) -> Json:
    """A figure with its interval; Wilson's for the smaller class where resampling gives always the same."""
    if low == high:
        low, high = wilson(value, least)
    bounds = {"low": round(min(low, value), 4), "high": round(max(high, value), 4)}
    return {"mean": round(value, 4), **bounds, "n": n}


def _ranked_area(yes: np.ndarray, no: np.ndarray, axis: int = -1) -> np.ndarray:
    """AUROC along the last axis from the ranks of the answerable (Mann and Whitney, 1947), for many samples at once."""
    count = yes.shape[axis]
    ranks = rankdata(np.concatenate([yes, no], axis=axis), axis=axis)[..., :count]
    return np.asarray((ranks.sum(axis=axis) - count * (count + 1) / 2) / (count * no.shape[axis]))


def _calibration_error(bins: Sequence[Json], n: int) -> Json | None:
    if not n:
        return None
    error = sum(b["n"] * abs(b["confidence"] - b["answerable"]) for b in bins) / n
    return {"mean": round(error, 4), "low": None, "high": None, "n": n}
