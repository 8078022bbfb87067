"""Question sets: what a line may hold, and how a wrong one says where it is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evals
from evals.questions import MAX_QUESTIONS, half_of, make_case, read_set, read_sets
from evals.run import missing_from_index
from ingest.errors import InvalidQuestionSet

DEMO = Path(evals.__file__).parent / "demo" / "questions.jsonl"
GOOD = {"id": "x", "language": "nl", "kind": "too-fine", "question": "Wat?", "answerable": False}
ANSWERED = {**GOOD, "kind": "direct", "answerable": True, "documents": ["nota"], "evidence": ["de zin"]}


def write(folder: Path, *lines: object, name: str = "set.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "holds no questions"),
        (["{"], "line 1"),
        ([{**GOOD, "language": "fr"}], "line 1, language"),
        ([{**GOOD, "extra": 1}], "line 1, extra"),
        ([{k: v for k, v in GOOD.items() if k != "question"}], "line 1, question"),
        ([{**GOOD, "kind": "direct"}], "no kind of unanswerable question. Expected one of other-municipality"),
        ([{**ANSWERED, "kind": "too-fine"}], "no kind of answerable question"),
        ([{**ANSWERED, "evidence": []}], "needs the documents and evidence"),
        ([{**GOOD, "evidence": ["de zin"]}], "cannot be unanswerable"),
        ([{**ANSWERED, "facts": [[]]}], "group of wordings is empty"),
        ([{**GOOD, "added_on": "gisteren"}], "line 1, added_on"),
        ([GOOD, "", GOOD], r"line 3: the id “x” occurs twice \(first in line 1\)"),
    ],
)
def test_a_set_that_is_wrong_says_where(tmp_path: Path, lines: list[object], says: str):
    with pytest.raises(InvalidQuestionSet, match=says):
        read_set(write(tmp_path, *lines))


def test_a_set_that_is_not_there_or_no_text_is_refused(tmp_path: Path):
    with pytest.raises(InvalidQuestionSet, match="cannot be read"):
        read_set(tmp_path / "weg.jsonl")
    (tmp_path / "set.jsonl").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(InvalidQuestionSet, match="UTF-8"):
        read_set(tmp_path / "set.jsonl")


def test_ten_thousand_questions_are_read_and_too_many_refused(tmp_path: Path):
    path = write(tmp_path, *({**GOOD, "id": f"x-{n}"} for n in range(10_000)))
    assert len(read_set(path)) == 10_000
    many = write(tmp_path, *({**GOOD, "id": f"x-{n}"} for n in range(MAX_QUESTIONS + 1)), name="many.jsonl")
    with pytest.raises(InvalidQuestionSet, match="Split it"):
        read_set(many)


def test_two_sets_may_not_share_an_id(tmp_path: Path):
    with pytest.raises(InvalidQuestionSet, match=r"occurs in .*a\.jsonl and in .*b\.jsonl"):
        read_sets([write(tmp_path, GOOD, name="a.jsonl"), write(tmp_path, GOOD, name="b.jsonl")])


def test_a_case_made_of_fields_is_checked_like_a_line():
    assert make_case(GOOD, "here").id == "x"
    with pytest.raises(InvalidQuestionSet, match="here, language"):
        make_case({**GOOD, "language": "fr"}, "here")


@given(st.text(min_size=1, max_size=20))
def test_an_id_always_falls_in_the_same_half(case_id: str):
    assert half_of(case_id) == half_of(case_id)
    assert half_of(case_id) in ("development", "test")


def test_the_halves_are_about_equal():
    halves = [half_of(f"vraag-{n}") for n in range(2000)]
    assert 900 < halves.count("test") < 1100


def test_the_turn_counts_the_conversation():
    assert make_case(GOOD, "").turn == 1
    assert make_case({**GOOD, "history": ("a", "b")}, "").turn == 3


def test_the_demo_set_rests_on_the_demo_documents(demo_assistant):
    cases = read_set(DEMO)
    documents = demo_assistant.generation().documents
    assert len(cases) >= 20
    assert {c.language for c in cases} == {"nl", "en"}
    assert {c.id: missing for c in cases if (missing := missing_from_index(c, documents))} == {}
