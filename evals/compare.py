"""Two runs side by side: how each figure moved over the questions that both asked, and whether that may be chance.

Differences are paired by question. Their 95 % interval is a percentile bootstrap over questions (Efron, 1979); the
p-value is that of a two-sided paired randomisation test, which Smucker, Allan and Carterette (CIKM 2007) recommend for
comparing retrieval systems. Both use a fixed seed, so that the same runs give the same comparison.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy.stats import permutation_test

from evals.metrics import FIGURES
from evals.records import Figures, Json, read_json, read_records, write_json
from ingest.errors import InvalidQuestionSet

_RESAMPLES = 9999
_SEED = 20260101
_SIGNIFICANT = 0.05


def compare_runs(run_a: Path, run_b: Path, tolerances: Mapping[str, float] | None = None) -> Json:
    """Figures of both runs over their common questions, with what was won and lost from A to B.

    A run is a folder or a reference (see `freeze`). `tolerances` names figures that may not fall by more than so
    much; those that do are listed under "regressions".

    Raises:
        InvalidQuestionSet: there is no run, or a tolerance names no figure.
    """
    unknown = sorted(set(tolerances or {}) - set(FIGURES))
    if unknown:
        raise InvalidQuestionSet(f"there is no figure “{unknown[0]}”. Expected one of {', '.join(FIGURES)}")
    a, b = read_figures(run_a), read_figures(run_b)
    common = [name for name in a if name in b]
    figures = {name: compared for name in FIGURES if (compared := _compared(name, a, b, common))}
    return {
        "a": str(run_a),
        "b": str(run_b),
        "common": len(common),
        "only_a": sorted(set(a) - set(b)),
        "only_b": sorted(set(b) - set(a)),
        "figures": figures,
        "regressions": [
            {"figure": name, "fell": round(-figures[name]["difference"], 4), "tolerance": allowed}
            for name, allowed in (tolerances or {}).items()
            if name in figures and -figures[name]["difference"] > allowed
        ],
    }


def freeze(run: Path, reference: Path) -> None:
    """Keeps the figures of a run, question by question, and no text of any document: what later runs are held against.

    Raises:
        InvalidQuestionSet: the folder holds no run.
    """
    configuration = read_json(run, "run.json")
    kept = {name: configuration.get(name) for name in ("kaderwijzer", "index", "sets", "finished_at")}
    write_json(reference, {**kept, "figures": read_figures(run)})


def read_figures(run: Path) -> dict[str, Figures]:
    """The figures of each question of a run or a reference; questions that failed are left out.

    Raises:
        InvalidQuestionSet: it is neither.
    """
    if run.is_dir():
        return {record.case.id: record.figures for record in read_records(run) if record.error is None}
    try:
        figures: dict[str, Figures] = json.loads(run.read_text("utf-8"))["figures"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidQuestionSet(
            f"{run} is neither the folder of a run nor a reference. Make a run: kaderwijzer eval run SET --out {run}"
        ) from error
    return figures


def show_comparison(comparison: Json) -> str:
    """The comparison as a person reads it in a terminal."""
    lines = [f"{comparison['common']} questions in both runs"]
    alone = {"A": comparison["only_a"], "B": comparison["only_b"]}
    lines.extend(f"only in {side}: {_named(names)}" for side, names in alone.items() if names)
    for name, f in comparison["figures"].items():
        mark = " *" if f["p"] < _SIGNIFICANT else ""
        lines.append(
            f"  {name:<20}{f['a']:.3f} -> {f['b']:.3f}  {f['difference']:+.3f} "
            f"[{f['low']:+.3f}, {f['high']:+.3f}]  p={f['p']:.3f}{mark}  n={f['n']}"
        )
        lines.extend(f"      {sign} {_named(f[side])}" for sign, side in (("+", "won"), ("-", "lost")) if f[side])
    lines.extend(
        f"WORSE: {r['figure']} fell by {r['fell']:.3f}, more than {r['tolerance']:.3f}"
        for r in comparison["regressions"]
    )
    return "\n".join(lines)


def _named(names: list[str], shown: int = 12) -> str:
    return ", ".join(names[:shown]) + (f" and {len(names) - shown} more" if len(names) > shown else "")


def _compared(name: str, a: dict[str, Figures], b: dict[str, Figures], common: list[str]) -> Json | None:
    both = {i: (x, y) for i in common if (x := a[i].get(name)) is not None and (y := b[i].get(name)) is not None}
    if not both:
        return None
    differences = np.array([y - x for x, y in both.values()])
    low, high = _interval(differences)
    return {
        "a": round(float(np.mean([x for x, _ in both.values()])), 4),
        "b": round(float(np.mean([y for _, y in both.values()])), 4),
        "difference": round(float(differences.mean()), 4),
        "low": low,
        "high": high,
        "p": _p_value(differences),
        "n": len(both),
        "won": [i for i, (x, y) in both.items() if y > x],
        "lost": [i for i, (x, y) in both.items() if y < x],
    }


def _interval(differences: np.ndarray) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean of paired differences, shape (n,)."""
    rng, count = np.random.default_rng(_SEED), len(differences)
    means = [differences[rng.integers(0, count, count)].mean() for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _p_value(differences: np.ndarray) -> float:
    """Two-sided p-value of the mean under random signs; 1 when nothing differs, or one question says nothing."""
    if not differences.any() or len(differences) == 1:
        return 1.0
    result = permutation_test(
        (differences,),
        np.mean,
        permutation_type="samples",
        n_resamples=_RESAMPLES,
        vectorized=True,
        batch=500,
        rng=np.random.default_rng(_SEED),
    )
    return round(float(result.pvalue), 4)
