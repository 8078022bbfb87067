"""Two runs side by side: paired differences, chance, and the gate."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from evals.compare import compare_runs, freeze, read_figures, show_comparison
from evals.questions import make_case
from evals.records import Record, write_json
from ingest.errors import InvalidQuestionSet


def run(folder: Path, hits: list[float | None], name: str = "hit@5") -> Path:
    """A run of made questions, each with one figure."""
    folder.mkdir()
    fields = {"language": "nl", "kind": "too-fine", "question": "Wat?", "answerable": False}
    records = [
        Record(case=make_case({**fields, "id": str(n)}, ""), figures={name: hit, "facts": None})
        for n, hit in enumerate(hits)
    ]
    (folder / "questions.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in records))
    write_json(folder / "run.json", {"kaderwijzer": "0", "index": {}, "sets": {}, "documents": {"nota": "x"}})
    return folder


def test_figures_are_compared_over_the_questions_that_both_asked(tmp_path: Path):
    comparison = compare_runs(run(tmp_path / "a", [1, 1, 0, 0]), run(tmp_path / "b", [0, 1, 1, 1, 0]))
    figure = comparison["figures"]["hit@5"]
    assert (figure["a"], figure["b"], figure["n"], figure["difference"]) == (0.5, 0.75, 4, 0.25)
    assert (figure["won"], figure["lost"]) == (["2", "3"], ["0"])
    assert figure["low"] <= 0.25 <= figure["high"]
    assert comparison["only_b"] == ["4"]
    assert "facts" not in comparison["figures"]
    assert "+0.250" in show_comparison(comparison)


def test_a_clear_difference_is_significant_and_a_small_one_is_not(tmp_path: Path):
    clear = compare_runs(run(tmp_path / "a", [0] * 40), run(tmp_path / "b", [1] * 30 + [0] * 10))["figures"]["hit@5"]
    small = compare_runs(run(tmp_path / "c", [0, 1] * 20), run(tmp_path / "d", [1, 0] + [0, 1] * 19))
    assert clear["p"] < 0.001
    assert clear["low"] > 0
    assert small["figures"]["hit@5"]["p"] == 1
    same = compare_runs(tmp_path / "a", tmp_path / "a")["figures"]["hit@5"]
    assert (same["p"], same["low"], same["high"]) == (1, 0, 0)


def test_the_p_value_agrees_with_a_count_of_all_signs(tmp_path: Path):
    differences = [1, 1, 1, 1, 1, -1]
    a, b = [0, 0, 0, 0, 0, 1], [1, 1, 1, 1, 1, 0]
    signs = np.array(np.meshgrid(*[[-1, 1]] * 6)).reshape(6, -1).T
    exact = np.mean(np.abs(signs.sum(axis=1)) >= abs(sum(differences)))
    found = compare_runs(run(tmp_path / "a", a), run(tmp_path / "b", b))["figures"]["hit@5"]["p"]
    assert found == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize(("allowed", "regressed"), [(0.2, True), (0.25, False), (0.5, False)])
def test_a_fall_beyond_its_tolerance_is_a_regression(tmp_path: Path, allowed: float, regressed: bool):
    a, b = run(tmp_path / "a", [1, 1, 1, 0]), run(tmp_path / "b", [1, 1, 0, 0])
    comparison = compare_runs(a, b, {"hit@5": allowed})
    assert bool(comparison["regressions"]) == regressed
    assert ("WORSE" in show_comparison(comparison)) == regressed


def test_a_tolerance_for_no_figure_is_refused(tmp_path: Path):
    a = run(tmp_path / "a", [1])
    with pytest.raises(InvalidQuestionSet, match="hit@6"):
        compare_runs(a, a, {"hit@6": 0})


def test_a_reference_keeps_figures_and_no_text(tmp_path: Path):
    a = run(tmp_path / "a", [1, 0])
    freeze(a, tmp_path / "reference.json")
    assert read_figures(tmp_path / "reference.json") == read_figures(a)
    kept = json.loads((tmp_path / "reference.json").read_text())
    assert set(kept) == {"kaderwijzer", "index", "sets", "finished_at", "figures"}
    assert compare_runs(tmp_path / "reference.json", a)["figures"]["hit@5"]["difference"] == 0


@pytest.mark.parametrize("name", ["weg", "leeg.json"])
def test_what_is_no_run_is_refused(tmp_path: Path, name: str):
    (tmp_path / "leeg.json").write_text("{}")
    with pytest.raises(InvalidQuestionSet, match="neither the folder of a run nor a reference"):
        compare_runs(tmp_path / name, run(tmp_path / "b", [1]))
