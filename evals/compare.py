"""Two runs side by side: how each figure moved over the questions that both asked, and which ones changed sides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evals.metrics import FIGURES
from evals.run import read_rows

Json = dict[str, Any]


def compare_runs(run_a: Path, run_b: Path) -> Json:
    """Figures of both runs over their common questions, with what was won and lost from A to B.

    Raises:
        InvalidQuestionSet: a folder holds no run.
    """
    a = {row["id"]: row for row in read_rows(run_a) if "error" not in row}
    b = {row["id"]: row for row in read_rows(run_b) if "error" not in row}
    common = [name for name in a if name in b]
    return {
        "a": str(run_a),
        "b": str(run_b),
        "common": len(common),
        "only_a": sorted(set(a) - set(b)),
        "only_b": sorted(set(b) - set(a)),
        "figures": {name: figures for name in FIGURES if (figures := _compared(name, a, b, common))},
    }


def show_comparison(comparison: Json) -> str:
    """The comparison as a person reads it in a terminal."""
    lines = [f"{comparison['common']} questions in both runs"]
    for name, f in comparison["figures"].items():
        lines.append(f"  {name:<18}{f['a']:.3f} -> {f['b']:.3f}  ({f['b'] - f['a']:+.3f}, n={f['n']})")
        lines.extend(f"      {mark} {', '.join(f[side])}" for mark, side in (("+", "won"), ("-", "lost")) if f[side])
    return "\n".join(lines)


def _compared(name: str, a: Json, b: Json, common: list[str]) -> Json | None:
    pairs = {i: (a[i]["figures"].get(name), b[i]["figures"].get(name)) for i in common}
    both = {i: (x, y) for i, (x, y) in pairs.items() if x is not None and y is not None}
    if not both:
        return None
    return {
        "a": round(sum(x for x, _ in both.values()) / len(both), 4),
        "b": round(sum(y for _, y in both.values()) / len(both), 4),
        "n": len(both),
        "won": [i for i, (x, y) in both.items() if y > x],
        "lost": [i for i, (x, y) in both.items() if y < x],
    }
