"""The page on which evaluators run question sets and read what came of it.

Layout only: `ui.evaluation` and its neighbours compute what it shows, `evals` measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from assistant.language import Language
from ingest.errors import InvalidQuestionSet
from ui.chat import label
from ui.desk import Desk, failed
from ui.evaluation import (
    QuestionSet,
    Run,
    add_set,
    asked_of,
    faulty_line,
    is_taken,
    new_run_folder,
    offered_sets,
    set_key,
    set_of,
    stored_runs,
)
from ui.evaluation_figures import HEADLINES, cell_text, headlines, index_text, moment, table_html, word
from ui.evaluation_job import Runner
from ui.evaluation_run_view import run_view
from ui.messages import text
from ui.proposals_view import proposals_view
from ui.settings import kept_settings

LISTED_RUNS = 20
_LARGEST_MB = 10


def page(desk: Desk) -> None:
    """Draws the sets to choose from, the runs that were made, and one of those."""
    language, data = desk.language, desk.settings.data
    st.header(text("page-evaluation", language), anchor=False)
    st.markdown(text("evaluation-intro", language))
    sets, faults = offered_sets(data, desk.generation.documents)
    _begin(desk, sets)
    proposals_view(desk, sets)
    for fault in faults:
        st.warning(label(text("evaluation-set-fault", language, message=fault)), icon=":material/warning:")
    runs, damaged = stored_runs(data)
    st.subheader(text("evaluation-runs", language), anchor=False)
    for fault in damaged:
        st.warning(label(text("evaluation-run-fault", language, message=fault)), icon=":material/warning:")
    if not runs:
        st.text(text("evaluation-no-runs", language))
        return
    _runs(runs, language)
    run = _chosen_run(runs, language)
    if run.summary:
        try:
            run_view(run, runs, language)
        except InvalidQuestionSet as error:
            failed(error, language)
    else:
        _unfinished(desk, run, sets)


@st.cache_resource(show_spinner=False)
def runner() -> Runner:
    """One for all sessions: two runs at once would each take twice as long and keep visitors waiting."""
    return Runner()


def _begin(desk: Desk, sets: list[QuestionSet]) -> None:
    """The choice of a set, the button that runs it, how far that is, and the upload of another set."""
    language = desk.language
    with st.container(border=True, key="evaluation-new"):
        st.subheader(text("evaluation-new", language), anchor=False)
        by_key = {_set_id(each): each for each in sets}
        if st.session_state.get("evaluation-set") not in by_key:
            st.session_state.pop("evaluation-set", None)
        choice = st.selectbox(
            text("evaluation-set", language),
            list(by_key),
            format_func=lambda name: _set_name(by_key[name], language),
            key="evaluation-set",
            placeholder=text("evaluation-no-sets", language),
            persist_state="session",
        )
        if choice:
            _set_facts(by_key[choice], language)
        st.button(
            text("evaluation-start", language),
            key="evaluation-start",
            icon=":material/play_arrow:",
            type="primary",
            disabled=not choice or runner().busy,
            on_click=_start_chosen,
            args=(desk, by_key),
        )
        _progress(language)
        with st.expander(text("evaluation-upload", language), key="evaluation-own"):
            _upload(desk.settings.data, language)


def _set_facts(chosen: QuestionSet, language: Language) -> None:
    answerable = sum(case.answerable for case in chosen.cases)
    counts = {name: sum(case.language == name for case in chosen.cases) for name in ("nl", "en")}
    st.caption(
        text(
            "evaluation-set-facts",
            language,
            count=len(chosen.cases),
            answerable=answerable,
            silent=len(chosen.cases) - answerable,
            **counts,
        )
    )


def _start_chosen(desk: Desk, by_key: Mapping[str, QuestionSet]) -> None:
    if chosen := by_key.get(
        st.session_state["evaluation-set"]
    ):  # as it is now, not as it was when the button was drawn
        _start(desk, chosen, new_run_folder(desk.settings.data))


def _start(desk: Desk, chosen: QuestionSet, folder: Path) -> None:
    """Starts a run, or goes on with the one in the folder; the page shows it when it has ended."""
    if runner().start(desk.assistant, chosen.paths, folder, kept_settings(desk.settings)):
        st.session_state["evaluation-started"] = folder.name


def _progress(language: Language) -> None:
    """How far the run is, drawn anew every second while it goes on, and how the last one ended."""
    st.fragment(_watch, run_every=1 if runner().busy else None)(language, runner().busy)


def _watch(language: Language, began_busy: bool) -> None:
    job = runner().job
    if job is None:
        return
    if job.running:
        key = "evaluation-progress" if job.total else "evaluation-starting"
        share_done = job.done / job.total if job.total else 0.0
        st.progress(share_done, text=text(key, language, done=job.done, total=job.total))
        st.button(text("evaluation-stop", language), key="evaluation-stop", icon=":material/stop:", on_click=job.stop)
        return
    if began_busy:  # it ended while this page was open: the list of runs and the button need drawing anew
        st.rerun()
    if job.error is not None:
        st.error(f"**{text('failed', language)}.** {text('evaluation-refused', language)}", icon=":material/error:")
        st.caption(label(text("report", language, message=job.error)))
    elif job.broken:
        st.error(text("evaluation-broken", language), icon=":material/error:")
    elif job.stopped:
        st.info(text("evaluation-stopped", language), icon=":material/info:")
    else:
        st.success(text("evaluation-done", language), icon=":material/check:")


def _upload(data: Path, language: Language) -> None:
    st.markdown(text("evaluation-upload-help", language))
    st.file_uploader(
        text("evaluation-upload-file", language),
        type="jsonl",
        key="evaluation-file",
        max_upload_size=_LARGEST_MB,
        on_change=_take,
        args=(data,),
    )
    taken = st.session_state.get("evaluation-taken")
    if taken is None or st.session_state["evaluation-file"] is None:
        return
    name, content, message = taken
    if not message:
        st.success(label(text("evaluation-upload-done", language, name=name)), icon=":material/check:")
        return
    key = "evaluation-upload-same-name" if message == "same name" else "evaluation-upload-wrong"
    st.error(label(text(key, language, name=name)), icon=":material/error:")
    if message != "same name":
        st.caption(label(text("report", language, message=message)))
        if line := faulty_line(message, content):
            st.text(text("evaluation-upload-line", language, number=line[0]))
            st.code(line[1], language=None, wrap_lines=True)


def _take(data: Path) -> None:
    """Keeps an uploaded set, or remembers what is wrong with it."""
    file = st.session_state["evaluation-file"]
    if file is None:
        return
    content, message = file.getvalue(), ""
    if is_taken(data, file.name, content):
        message = "same name"
    else:
        try:
            st.session_state["evaluation-set"] = f"own {add_set(data, file.name, content)}"
        except InvalidQuestionSet as error:
            message = str(error)
    st.session_state["evaluation-taken"] = (file.name, content, message)


def _runs(runs: list[Run], language: Language) -> None:
    """The latest runs with their set, their index and their headline figures."""
    columns = ["run", "set", "column-index"]
    head = [text(f"evaluation-{name}", language) for name in columns]
    head += [word("figure", name, language) for name in HEADLINES]
    st.html(table_html(text("evaluation-latest", language), head, [_row(r, language) for r in runs[:LISTED_RUNS]]))
    if len(runs) > LISTED_RUNS:
        st.caption(text("evaluation-more-runs", language, count=len(runs) - LISTED_RUNS))


def _row(run: Run, language: Language) -> list[str]:
    half, count, figures = headlines(run)
    judged = text("evaluation-judged", language, half=word("half", half, language), count=count)
    if not run.summary:
        judged = text("evaluation-not-finished", language)
    known = [moment(run, language), f"{_run_set(run, language)}\n{judged}", index_text(run, language)]
    return known + [cell_text(figures.get(name), language) for name in HEADLINES]


def _chosen_run(runs: list[Run], language: Language) -> Run:
    by_name = {run.folder.name: run for run in runs}
    if st.session_state.get("evaluation-started") in by_name and not runner().busy:
        st.session_state["evaluation-run"] = st.session_state.pop("evaluation-started")
    if st.session_state.get("evaluation-run") not in by_name:
        st.session_state["evaluation-run"] = runs[0].folder.name
    chosen: str = st.selectbox(
        text("evaluation-choose-run", language),
        list(by_name),
        format_func=lambda name: f"{moment(by_name[name], language)} · {_run_set(by_name[name], language)}",
        key="evaluation-run",
        persist_state="session",
    )
    return by_name[chosen]


def _unfinished(desk: Desk, run: Run, sets: list[QuestionSet]) -> None:
    """A run that was stopped or cut off, and the button that goes on with it where its set is still the same."""
    job = runner().job
    if job is not None and job.running and job.folder == run.folder:
        st.text(text("evaluation-going-on", desk.language))
        return
    st.text(text("evaluation-cut-off", desk.language, count=asked_of(run)))
    again = set_of(run, sets)
    if again is None:
        st.caption(text("evaluation-set-gone", desk.language))
    st.button(
        text("evaluation-resume", desk.language),
        key="evaluation-resume",
        icon=":material/play_arrow:",
        disabled=again is None or runner().busy,
        on_click=_start,
        args=(desk, again, run.folder),
    )


def _set_id(each: QuestionSet) -> str:
    return f"{'project' if each.project else 'own'} {each.key}"


def _set_name(each: QuestionSet, language: Language) -> str:
    return word("set", each.key, language) if each.project else each.key


def _run_set(run: Run, language: Language) -> str:
    return word("set", set_key(run.sets), language)
