"""The judge: a second opinion by a chat model, kept apart from the figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from langchain_core.language_models import FakeListChatModel

from evals.judge import JUDGEMENTS, judge_run
from evals.questions import make_case
from evals.records import Record

GOOD = '{"correct": 2, "complete": 1, "comment": "Eén feit ontbreekt."}'


class Silent(FakeListChatModel):
    """A model that must not be asked."""

    def _call(self, *_: object, **__: object) -> str:
        raise AssertionError("the model was asked again")


@pytest.fixture
def folder(tmp_path) -> Path:
    fields = {"language": "nl", "kind": "direct", "question": "Wat?", "documents": ("nota",), "evidence": ("de zin",)}
    cases = [make_case({**fields, "id": name, "answerable": True, "facts": (("75%",),)}, "") for name in "ab"]
    records = [Record(case=case, answer={"answer": "Het is 75%. [1]"}) for case in cases]
    (tmp_path / "questions.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in records))
    return tmp_path


def quiet(*_: object) -> None:
    pass


def test_every_answer_is_judged_and_kept_apart_from_the_run(folder):
    before = (folder / "questions.jsonl").read_text()
    summary = judge_run(folder, FakeListChatModel(responses=[GOOD]), "nep:rechter", quiet)
    assert summary == {"model": "nep:rechter", "judged": 2, "unusable": 0, "correct": 1.0, "complete": 0.5}
    lines = [json.loads(line) for line in (folder / JUDGEMENTS).read_text().splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    assert lines[0]["comment"] == "Eén feit ontbreekt."
    assert (folder / "questions.jsonl").read_text() == before


@pytest.mark.parametrize("reply", ["Prima antwoord!", '{"correct": 7, "complete": 2}', '{"correct": 2}', ""])
def test_a_reply_that_is_no_judgement_is_counted_and_the_rest_goes_on(folder, reply):
    summary = judge_run(folder, FakeListChatModel(responses=[reply, f"Hier: {GOOD}"]), "nep", quiet)
    assert (summary["judged"], summary["unusable"]) == (1, 1)


def test_what_was_judged_is_not_asked_again_unless_another_model_judges(folder):
    judge_run(folder, FakeListChatModel(responses=[GOOD]), "nep", quiet)
    assert judge_run(folder, Silent(responses=[]), "nep", quiet)["judged"] == 2
    assert judge_run(folder, Silent(responses=[]), "ander", quiet)["unusable"] == 2
