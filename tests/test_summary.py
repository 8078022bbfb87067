"""The summary: groups of questions, failures in words, and a page for the terminal."""

from __future__ import annotations

import json

from judging import RIGHT, make_answer, make_case, make_hit, make_record

from evals.abstention import ABSTENTION
from evals.metrics import FIGURES, measure
from evals.records import Record
from evals.summary import GOALS, show_summary, summarise, why_failing

FOUND = (make_hit(1, (0,), "1", gold=True),)
DEVELOPMENT, TEST = "q-1", "q-2"


def right(name: str = DEVELOPMENT, **case) -> Record:
    return make_record(make_case(name, **case), make_answer(RIGHT), FOUND)


def test_a_perfect_run_is_one_everywhere_and_nothing_fails():
    refused = make_record(make_case("q-3", answerable=False), make_answer(confidence=0.0))
    answered = right(okay_facts=(("mantelzorg",),))
    summary = summarise([answered, refused])
    assert {name: figure["mean"] for name, figure in summary["all"].items()} == dict.fromkeys(FIGURES, 1.0)
    assert summary["failing"] == summary["errors"] == []
    assert summary["abstention"]["all"]["auroc"]["mean"] == 1
    assert summary["abstention"]["all"]["false_answers"]["mean"] == 0


def test_an_unanswerable_question_has_no_retrieval_figures_and_a_run_without_answers_only_those():
    refused = measure(make_case(answerable=False), FOUND, make_answer(), {})
    assert {name for name, value in refused.items() if value is not None} == {"answered right", "language right"}
    found = measure(make_case(), FOUND, None, {})
    assert {name for name, value in found.items() if value is None} == {n for n in FIGURES if "@" not in n}
    assert list(refused) == list(found) == list(FIGURES)


def test_questions_are_grouped_by_half_language_kind_document_and_turn():
    records = [
        right(TEST),
        right(DEVELOPMENT, language="nl", kind="follow-up", history=("En eerst?",)),
        right("q-5", documents=("nota", "andere")),
        make_record(make_case("q-6", answerable=False, language="en"), make_answer(language="en")),
    ]
    summary = summarise(records)
    halves = {record.case.half for record in records}
    assert set(summary["by_half"]) == halves == {"development", "test"}
    assert set(summary["by_half_language"]) == {f"{r.case.half}/{r.case.language}" for r in records}
    assert {name: g["answered right"]["n"] for name, g in summary["by_language"].items()} == {"nl": 3, "en": 1}
    assert set(summary["by_kind"]) == {"direct", "follow-up", "near-topic"}
    assert {name: g["answered right"]["n"] for name, g in summary["by_document"].items()} == {"nota": 3, "andere": 1}
    assert {name: g["answered right"]["n"] for name, g in summary["by_turn"].items()} == {"1": 3, "2": 1}
    assert set(summary["abstention"]) == {"all", "development", "test"}


def test_why_a_question_fails_is_said_in_words_and_a_refusal_not_repeated():
    refused = make_record(make_case(), make_answer(), (make_hit(1),))
    assert why_failing(refused) == ["over-refused", "evidence not in the first five"]
    answered = make_record(make_case(answerable=False), make_answer(RIGHT))
    assert why_failing(answered) == ["answered, should abstain"]
    elsewhere = make_record(make_case(), make_answer("De sporthal is open.", language="en"), FOUND)
    assert why_failing(elsewhere) == ["evidence not cited", "facts missing", "wrong language"]
    assert why_failing(make_record(make_case(), None, FOUND)) == []


def test_questions_with_an_error_are_listed_and_not_averaged():
    summary = summarise([right(), Record(case=make_case("q-9"), error="UnsoundAnswer: leeg")])
    assert (summary["questions"], summary["all"]["hit@5"]["n"]) == (2, 1)
    assert summary["errors"] == [{"id": "q-9", "error": "UnsoundAnswer: leeg"}]
    assert summary["failing"][0]["why"] == ["error: UnsoundAnswer: leeg"]


def test_speed_and_length_are_percentiles_and_refusals_have_no_length():
    slow = make_record(make_case(), make_answer(timings_ms={"retrieve": 40.0, "generate": 7.0}))
    summary = summarise([right(), slow])
    assert summary["timings_ms"]["retrieve"] == {"p50": 30.0, "p95": 39.0}
    assert summary["timings_ms"]["generate"] == {"p50": 7.0, "p95": 7.0}
    assert summary["words"] == {"median": 5.0, "p95": 5.0}


def test_the_same_records_give_the_same_summary_which_is_json():
    records = [right(TEST), right(DEVELOPMENT), make_record(make_case("q-3", answerable=False), make_answer())]
    assert json.dumps(summarise(records)) == json.dumps(summarise(records))


def test_the_page_shows_the_goals_first_with_intervals_and_what_fails():
    records = [right(TEST), make_record(make_case("q-7"), make_answer(), (make_hit(1),))]
    page = show_summary({**summarise(records), "peak_memory_mb": 512, "folder": "runs/x"})
    lines = page.splitlines()
    assert lines[0] == "2 questions, 0 errors"
    assert [line.split("  ")[0].removeprefix("* ") for line in lines[3 : 3 + len(GOALS)]] == list(GOALS)
    assert "0.500 [0.09, 0.91] 2" in page
    assert "! q-7: over-refused, evidence not in the first five – Hoeveel?" in page
    assert "peak memory: 512 MB" in page
    assert lines[-1] == "stored in runs/x"
    assert all(line == line.rstrip() for line in lines)


def test_a_run_that_only_retrieves_and_an_empty_run_can_be_shown():
    page = show_summary(summarise([make_record(make_case(), None, FOUND)]))
    assert "hit@5" in page
    assert "facts" not in page
    assert "auroc" not in page
    assert show_summary(summarise([])).startswith("0 questions, 0 errors")


def test_every_figure_has_a_definition():
    assert all(len(definition) > 20 for definition in [*FIGURES.values(), *ABSTENTION.values()])
    assert set(GOALS) <= set(FIGURES)
