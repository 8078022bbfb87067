"""How sure a figure is: its mean over questions with a 95 % interval, the same on every machine.

Means of shares are bootstrapped over questions (Efron and Tibshirani, An Introduction to the Bootstrap, 1993; scipy's
percentile interval). Where every question gives 0 or 1, the interval is Wilson's (JASA, 1927), as Brown, Cai and
DasGupta (Statistical Science, 2001) recommend for small samples: a bootstrap of twelve ones would claim certainty. So
would one of values that are all equal, or of a single one; values in [0, 1] vary at most as zeros and ones with their
mean do, so that Wilson's interval serves for those as well and is wide rather than wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from scipy.stats import bootstrap, norm

from evals.records import Json

CONFIDENCE = 0.95
RESAMPLES = 2000
SEED = 20260101

_Z = float(norm.ppf(0.5 + CONFIDENCE / 2))


def estimate(values: Sequence[float]) -> Json | None:
    """Mean of figures in [0, 1] with its interval and number: {"mean", "low", "high", "n"}; None without any."""
    if not values:
        return None
    mean = math.fsum(values) / len(values)
    low, high = interval(values)
    return {"mean": round(mean, 4), "low": round(low, 4), "high": round(high, 4), "n": len(values)}


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % interval of the mean of at least one value in [0, 1]; it always holds the mean."""
    mean = math.fsum(values) / len(values)
    if set(values) <= {0.0, 1.0} or len(set(values)) == 1:
        return wilson(mean, len(values))
    low, high = resampled(np.mean, np.asarray(values, dtype=float))
    return min(low, mean), max(high, mean)


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's score interval of a share of n; `share * n` need not be whole."""
    spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    middle, scale = share + _Z**2 / (2 * n), 1 + _Z**2 / n
    return max(0.0, min(share, (middle - spread) / scale)), min(1.0, max(share, (middle + spread) / scale))


def resampled(
    statistic: Callable[..., object], *samples: np.ndarray, resamples: int = RESAMPLES, vectorized: bool = True
) -> tuple[float, float]:
    """Percentile bootstrap interval of a statistic of one or more samples, each of two or more and drawn by itself.

    A vectorized statistic takes `axis`.
    """
    result = bootstrap(
        samples,
        statistic,
        n_resamples=resamples,
        confidence_level=CONFIDENCE,
        method="percentile",
        vectorized=vectorized,
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(result.low), float(result.high)
