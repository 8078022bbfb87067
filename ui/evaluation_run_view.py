"""One finished run on the evaluation page: its figures, its questions, and what changed since another. Layout only."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from assistant.language import Language
from evals.records import Json
from ui.chat import label
from ui.evaluation import Run, same_set, set_key
from ui.evaluation_figures import (
    Comparison,
    compare,
    figures_table,
    groups_of,
    headlines,
    headlines_html,
    in_time,
    moment,
    plots,
    report_page,
    table_html,
    word,
)
from ui.evaluation_question import Listed, QuestionView, chosen, listed_questions, question_view
from ui.evaluation_question_view import draw_question
from ui.messages import text

PER_PAGE = 15
_OPEN = "evaluation-open"  # the question that is read: the name of the run and the id
_VIEWS = ("figures", "questions", "compare")


def run_view(run: Run, runs: Sequence[Run], language: Language) -> None:
    """Draws a run, or the question of it that was opened."""
    opened = st.session_state.get(_OPEN)
    view = question_view(run, opened[1], language) if opened and opened[0] == run.folder.name else None
    if view is not None:
        _question(run, view, language)
        return
    shown = st.segmented_control(
        text("evaluation-view", language),
        _VIEWS,
        format_func=lambda name: text(f"evaluation-view-{name}", language),
        default="figures",
        required=True,
        key="evaluation-view",
        label_visibility="collapsed",
        persist_state="session",
    )
    if shown == "questions":
        _questions(run, language)
    elif shown == "compare":
        _compare(run, runs, language)
    else:
        _figures(run, runs, language)


def _figures(run: Run, runs: Sequence[Run], language: Language) -> None:
    half, count, _ = headlines(run)
    st.html(headlines_html(run, language))
    judged = text("evaluation-judged-long", language, half=word("half", half, language), count=count)
    errors = len(run.summary.get("errors") or ())
    st.caption(judged + (" " + text("evaluation-errors", language, count=errors) if errors else ""))
    _report(run, None, language)
    for by, kind in (("by_kind", "kind"), ("by_language", "language")):
        _group(by.replace("_", "-"), groups_of(run.summary, by, kind, language), language)
    alike = same_set(run, runs)
    st.subheader(text("evaluation-in-time", language), anchor=False)
    if len(alike) < 2:
        st.text(text("evaluation-one-run", language))
        return
    over_time = in_time(alike, language)
    if any(name.endswith("*") for name in over_time):
        st.caption(text("evaluation-set-changed", language))
    _drawn("in-time", over_time, language)


def _group(key: str, groups: Mapping[str, Json], language: Language) -> None:
    if groups:
        st.subheader(text(f"evaluation-{key}", language), anchor=False)
        _drawn(key, groups, language)


def _drawn(key: str, groups: Mapping[str, Json], language: Language) -> None:
    """Groups as plots, and folded away below them as a table with more figures."""
    title = text(f"evaluation-{key}", language)
    st.markdown(plots(key, title, groups, language), unsafe_allow_html=True)
    with st.expander(text("evaluation-as-table", language), key=f"evaluation-table-{key}"):
        st.html(figures_table(title, groups, language))


def _report(run: Run, against: Run | None, language: Language) -> None:
    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            return report_page(run.folder, against.folder if against else None, Path(folder))

    st.download_button(
        text("evaluation-report", language),
        made,
        file_name=f"kaderwijzer-{run.folder.name}.html",
        mime="text/html",
        key="evaluation-report",
        icon=":material/download:",
        on_click="ignore",
    )


def _questions(run: Run, language: Language) -> None:
    """The questions that failed, or all of them, by kind, language and what went wrong."""
    every = listed_questions(run)
    wanted = _wanted(every)
    with st.container(key="evaluation-filters", horizontal=True, vertical_alignment="bottom"):
        for name, found in _offered(every).items():
            st.multiselect(
                text(f"evaluation-filter-{name}", language),
                found,
                format_func=partial(_word, name, language),
                key=f"evaluation-filter-{name}",
                placeholder=text("evaluation-all", language),
                select_all=False,
                persist_state="session",
                width=260,
            )
    st.toggle(text("evaluation-also-right", language), key="evaluation-filter-right", persist_state="session")
    failing = sum(bool(question.why) for question in every)
    shown = text("evaluation-listed", language, count=len(wanted), failing=failing, all=len(every))
    st.text(shown)
    pages = max(1, -(-len(wanted) // PER_PAGE))
    at = min(st.session_state.get("evaluation-page", 1), pages)
    with st.container(key="evaluation-questions", gap="small"):
        for question in wanted[(at - 1) * PER_PAGE : at * PER_PAGE]:
            _listed(run, question, language)
    if pages > 1:
        if st.session_state.get("evaluation-page", at) != at:
            st.session_state["evaluation-page"] = at
        st.pagination(pages, key="evaluation-page", persist_state="session")


def _offered(questions: Sequence[Listed]) -> dict[str, list[str]]:
    """What the filters offer: what occurs among the questions, in their order."""
    return {
        "kind": list(dict.fromkeys(question.kind for question in questions)),
        "language": list(dict.fromkeys(question.language for question in questions)),
        "why": list(dict.fromkeys(reason for question in questions for reason in question.why)),
    }


def _wanted(questions: Sequence[Listed]) -> list[Listed]:
    """The questions that pass the filters as they stand."""
    state = st.session_state
    kinds, languages, reasons = (state.get(f"evaluation-filter-{name}") or () for name in ("kind", "language", "why"))
    return chosen(questions, kinds, languages, reasons, failing=not state.get("evaluation-filter-right"))


def _listed(run: Run, question: Listed, language: Language) -> None:
    facts = [question.id, word("kind", question.kind, language), word("language", question.language, language)]
    reasons = [word("why", reason, language) for reason in question.why] or [text("evaluation-right", language)]
    with st.container(key=f"evaluation-listed-{question.id}", gap="xxsmall"):
        st.button(
            label(question.question),
            key=f"evaluation-ask-{question.id}",
            type="tertiary",
            on_click=_open,
            args=(run.folder.name, question.id),
        )
        st.caption(f"{label(' · '.join(facts))}  \n**{label('; '.join(reasons))}**")


def _compare(run: Run, runs: Sequence[Run], language: Language) -> None:
    others = {other.folder.name: other for other in runs if other.summary and other.folder != run.folder}
    if not others:
        st.text(text("evaluation-nothing-to-compare", language))
        return
    if st.session_state.get("evaluation-other") not in others:
        alike = [other.folder.name for other in same_set(run, runs) if other.folder.name in others]
        st.session_state["evaluation-other"] = alike[-1] if alike else next(iter(others))
    name: str = st.selectbox(
        text("evaluation-compare-with", language),
        list(others),
        format_func=lambda name: f"{moment(others[name], language)} · {_set(others[name], language)}",
        key="evaluation-other",
        persist_state="session",
    )
    other = others[name]
    with st.spinner(text("evaluation-comparing", language)):
        found = _compared(other.folder.name, run.folder.name, str(run.config.get("finished_at")), language, other, run)
    if not found.common:
        st.text(text("evaluation-nothing-common", language))
        return
    columns = ("figure", "was", "is", "moved", "verdict", "won", "lost")
    caption = text("evaluation-compared", language, count=found.common)
    st.html(table_html(caption, [text(f"evaluation-column-{c}", language) for c in columns], found.rows))
    _report(run, other, language)
    listed = {question.id: question for question in listed_questions(run)}
    for key, ids in (("worse", found.worse), ("better", found.better)):
        st.subheader(text(f"evaluation-{key}", language, count=len(ids)), anchor=False)
        for case_id in ids:
            _listed(run, listed[case_id], language)


@st.cache_data(show_spinner=False, max_entries=8)
def _compared(
    before: str,  # noqa: ARG001  # tells the cache one pair of runs from another
    after: str,  # noqa: ARG001
    finished: str,  # noqa: ARG001
    language: Language,
    _before: Run,
    _after: Run,
) -> Comparison:
    return compare(_before, _after, language)


def _question(run: Run, view: QuestionView, language: Language) -> None:
    """One question, with the way back to the list and to those before and after it."""
    ids = [question.id for question in _wanted(listed_questions(run))]
    at = ids.index(view.listed.id) if view.listed.id in ids else None
    with st.container(key="evaluation-steps", horizontal=True):
        _step(run, "back", None, ":material/arrow_back:", language)
        if at is not None:
            _step(run, "previous", ids[at - 1] if at else None, ":material/navigate_before:", language)
            _step(run, "next", ids[at + 1] if at + 1 < len(ids) else None, ":material/navigate_next:", language)
    draw_question(view, language)


def _word(kind: str, language: Language, key: str) -> str:
    return word(kind, key, language)


def _set(run: Run, language: Language) -> str:
    return word("set", set_key(run.sets), language)


def _step(run: Run, key: str, case_id: str | None, icon: str, language: Language) -> None:
    st.button(
        text(f"evaluation-{key}", language),
        key=f"evaluation-{key}",
        icon=icon,
        type="tertiary",
        disabled=case_id is None and key != "back",
        on_click=_open,
        args=(run.folder.name, case_id),
    )


def _open(run: str, case_id: str | None) -> None:
    """Opens a question of a run; without one, goes back to where it was opened from."""
    st.session_state[_OPEN] = (run, case_id) if case_id else None
