"""The benchmark of the chat page: what it measures with really speaks to the server, and it says what it lacks."""

from __future__ import annotations

import json
import sys

import pytest
from test_browser import CHROMIUM, browser  # noqa: F401  # a fixture

from ui import bench
from ui.bench import QUESTIONS, Figure, as_table, main, missing
from ui.bench_server import serving, wait_until_listening
from ui.bench_session import NoAnswer, session

QUESTION = "Hoe hoog is het buurtbudget per wijk?"


@pytest.fixture(scope="module")
def server(demo_data):
    with serving(demo_data) as server:
        wait_until_listening(server)
        yield server


def test_a_session_asks_follows_up_and_begins_anew(server):
    with session(server.port) as tab:
        assert 0 < tab.ask(QUESTION) < 60
        tab.ask("En wie beslist daarover?")
        assert tab.answers == 2
        tab.begin_anew()
        assert tab.answers == 0
        tab.ask(QUESTION)
        assert tab.answers == 1


def test_sessions_do_not_see_each_other(server):
    with session(server.port) as one, session(server.port) as other:
        one.ask(QUESTION)
        other.ask(QUESTION)
        one.ask("En wie beslist daarover?")
        assert (one.answers, other.answers) == (2, 1)


def test_people_at_once_and_memory_are_measured_within_bounds(server, monkeypatch):
    monkeypatch.setattr(bench, "PEOPLE", 2)
    monkeypatch.setattr(bench, "QUESTIONS_EACH", 2)
    monkeypatch.setattr(bench, "ANSWERS", 1)
    monkeypatch.setattr(bench, "MEMORY_QUESTIONS", 3)
    figures = {figure.what: figure for figure in [*bench._together(server), *bench._memory(server)]}
    assert 0 < figures["2 people at once, median"].value <= figures["2 people at once, 95th percentile"].value
    assert figures["memory grown"].detail.startswith("3 questions")
    assert 100 < figures["memory of the server"].value < 2000


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium")
def test_the_first_page_and_answers_are_measured_in_a_browser(server, demo_data, browser, monkeypatch):  # noqa: F811
    monkeypatch.setattr(bench, "STARTS", 1)
    monkeypatch.setattr(bench, "ANSWERS", 3)
    monkeypatch.setattr(bench, "TURNS", 2)
    figures = {
        figure.what: figure.value for figure in [*bench._starts(demo_data, browser), *bench._answers(server, browser)]
    }
    assert 0 < figures["of which until the server listens"] < figures["first page usable"]
    assert 0 < figures["answer shown, median"] <= figures["answer shown, 95th percentile"]


def test_a_server_without_index_is_no_server_to_measure(tmp_path):
    with serving(tmp_path) as server:
        wait_until_listening(server)
        with session(server.port) as tab, pytest.raises(NoAnswer, match="index"):
            tab.ask(QUESTION)


def test_a_server_that_ends_is_said_to_be_down(tmp_path):
    with serving(tmp_path) as server:
        server.process.kill()
        server.process.wait()
        with pytest.raises(NoAnswer, match="does not come up"):
            wait_until_listening(server)


def test_no_question_is_asked_twice():
    assert len(set(QUESTIONS)) == len(QUESTIONS) == 200


def test_the_table_tells_kept_from_missed_budgets():
    shown = as_table([Figure("a", 2.0, "s", 3.0), Figure("b", 800.4, "ms", 700), Figure("c", 1.0, "s")])
    rows = [[cell.strip() for cell in line.split("|")] for line in shown.splitlines() if line.startswith("| ")][1:]
    assert [row[2:5] for row in rows] == [
        ["2.00 s", "3.00 s", "kept"],
        ["800 ms", "700 ms", "MISSED"],
        ["1.00 s", "", ""],
    ]


@pytest.mark.parametrize("lacking", ["playwright", "chromium"])
def test_without_a_browser_it_says_so_and_fails(monkeypatch, capsys, lacking):
    if lacking == "playwright":
        monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    else:
        monkeypatch.setattr(bench.shutil, "which", lambda _: None)
    assert lacking in missing().lower()
    assert main([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert lacking in said.err.lower()


def test_as_json_it_is_one_object_and_nothing_else(monkeypatch, capsys):
    monkeypatch.setattr(bench, "missing", lambda: None)
    monkeypatch.setattr(bench, "bench", lambda documents, chromium: [Figure("a", 2.0, "s", 3.0)])
    assert main(["--json"]) == 0
    (figure,) = json.loads(capsys.readouterr().out)["figures"]
    assert figure == {"what": "a", "value": 2.0, "unit": "s", "budget": 3.0, "detail": "", "verdict": "kept"}
