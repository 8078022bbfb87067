"""What question sets hold, counted and shown."""

from __future__ import annotations

import json

import pytest

from evals.listing import describe_sets, select_cases, show_cases, show_sets
from evals.questions import half_of, read_sets
from ingest.errors import InvalidQuestionSet

GOLD = {"documents": ["d"], "evidence": ["een plek in het document"], "answerable": True}


def case(case_id, kind, language="nl", **more):
    question = "Wat is dat?" if language == "nl" else "What is that?"
    return {
        "id": case_id,
        "kind": kind,
        "language": language,
        "question": f"{question} {case_id}",
        "answerable": False,
        **more,
    }


@pytest.fixture
def sets(tmp_path):
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    lines = [
        case("a-1", "direct", **GOLD),
        case("a-2", "direct", "en", **GOLD),
        case("a-3", "follow-up", history=["Eerst\ndit?"], **GOLD),
    ]
    a.write_text("\n".join(map(json.dumps, lines)))
    b.write_text(json.dumps(case("b-1", "too-fine")))
    return [a, b]


def test_questions_are_counted_by_set_kind_language_half_and_answerable(sets):
    description = describe_sets(sets)
    first, second = description["sets"]
    assert (first["path"], first["questions"], first["answerable"], first["unanswerable"]) == (str(sets[0]), 3, 3, 0)
    assert (second["questions"], second["unanswerable"]) == (1, 1)
    together = description["all"]
    assert together["languages"] == {"nl": 3, "en": 1}
    assert sum(together["halves"].values()) == 4
    assert together["halves"]["test"] == sum(half_of(name) == "test" for name in ("a-1", "a-2", "a-3", "b-1"))
    assert list(together["kinds"]) == ["direct", "follow-up", "too-fine"]
    assert together["kinds"]["direct"]["languages"] == {"nl": 1, "en": 1}
    assert together["kinds"]["too-fine"]["answerable"] is False
    assert json.loads(json.dumps(description)) == description


def test_sets_are_shown_as_tables_with_a_total(sets):
    lines = show_sets(describe_sets(sets)).splitlines()
    assert lines[0].split() == ["set", "questions", "answerable", "unanswerable", "nl", "en", "development", "test"]
    assert lines[3].split()[:4] == ["all", "4", "3", "1"]
    assert any(line.startswith("too-fine (unanswerable)") for line in lines)
    assert not any("a-1" in line for line in lines)


def test_questions_are_shown_on_request_one_a_line_with_their_history(sets):
    cases = read_sets(sets)
    shown = show_sets(describe_sets(sets), cases)
    assert shown.endswith(show_cases(cases))
    last = next(line for line in shown.splitlines() if line.startswith("a-3"))
    assert last.split() == ["a-3", half_of("a-3"), "follow-up", "nl", "Eerst", "dit?", "→", "Wat", "is", "dat?", "a-3"]


def test_questions_are_filtered_by_kind_language_and_half(sets):
    cases = read_sets(sets)
    assert [c.id for c in select_cases(cases, kinds=["direct", "too-fine"])] == ["a-1", "a-2", "b-1"]
    assert [c.id for c in select_cases(cases, kinds=["direct"], languages=["en"])] == ["a-2"]
    for half in ("development", "test"):
        assert [c.id for c in select_cases(cases, half=half)] == [c.id for c in cases if half_of(c.id) == half]
    assert select_cases(cases) == cases


def test_a_set_that_does_not_follow_its_schema_is_refused(tmp_path, sets):
    with pytest.raises(InvalidQuestionSet, match="occurs in"):
        describe_sets([sets[0], sets[1], _copied(sets[1], tmp_path)])


def _copied(path, folder):
    copy = folder / "copy.jsonl"
    copy.write_bytes(path.read_bytes())
    return copy
