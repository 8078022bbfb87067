"""The page that sets documents side by side. Layout only; `ui.compared` computes what it shows."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from assistant.comparing import MOST_DOCUMENTS, Comparison, compare
from assistant.language import Language
from assistant.reading import MAX_CHARACTERS
from ingest.errors import KaderwijzerError
from ui.chat import Place, label, place_of
from ui.compared import Column, Wanted, columns, names, ordered, wanted
from ui.desk import Desk, failed
from ui.export_table import comparison_docx, comparison_markdown, file_name
from ui.messages import text
from ui.panel import panel

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ICONS = {"in-force": ":material/check:", "check": ":material/warning:", "ended": ":material/history:"}


def page(desk: Desk) -> None:
    """Draws the form and below it the comparison that the address names."""
    language, indexed = desk.language, desk.generation.documents
    state = st.session_state
    if state.get("compare_generation") != desk.generation.manifest.id:  # a place of other documents leads nowhere
        state.compare_generation, state.compare_place = desk.generation.manifest.id, None
        if "compared" in state:
            state.compared = wanted(state.compared.topic, state.compared.documents, indexed)
    if "compare-topic" not in state:  # also after a visit to another page, for which Streamlit clears the form
        asked = state.get("compared")
        topic = st.query_params.get("topic", asked.topic if asked else "")
        chosen = st.query_params.get_all("document") or (asked.documents if asked else ())
        state.compared = wanted(topic, chosen, indexed)
        state["compare-topic"], state["compare-documents"] = state.compared.topic, list(state.compared.documents)
    if any(name not in indexed for name in state["compare-documents"]):  # removed since; anything else is the reader's
        state["compare-documents"] = [name for name in state["compare-documents"] if name in indexed]
    st.header(text("page-compare", language), anchor=False)
    if not indexed:
        st.info(text("no-index", language))
        return
    st.markdown(text("compare-intro", language))
    _form(desk)
    asked = state.compared
    if asked.missing:
        st.warning(label(text("compare-not-in", language, names=", ".join(asked.missing))))
    if not asked.topic:
        return
    st.query_params.from_dict({"topic": asked.topic, "document": list(asked.documents)})
    if len(state["compare-documents"]) > MOST_DOCUMENTS:
        st.warning(text("compare-too-many", language, most=MOST_DOCUMENTS))
    try:
        with st.spinner(text("compare-busy", language)):
            comparison = _compared(desk.generation.manifest.id, asked, language, desk)
    except KaderwijzerError as error:
        failed(error, language)
        return
    _comparison(comparison, language)


def _form(desk: Desk) -> None:
    language, indexed = desk.language, desk.generation.documents
    called = names(indexed, indexed, language)
    with st.form("compare"):
        st.text_input(
            text("compare-topic", language),
            key="compare-topic",
            placeholder=text("compare-topic-example", language),
            max_chars=MAX_CHARACTERS,
        )
        st.multiselect(
            text("compare-documents", language, most=MOST_DOCUMENTS),
            ordered(indexed),
            format_func=lambda name: called.get(name, name),
            key="compare-documents",
            placeholder=text("compare-no-documents", language),
            select_all=False,
        )
        go = st.form_submit_button(text("compare-go", language), icon=":material/compare:", type="primary")
    if go:
        topic, chosen = st.session_state["compare-topic"].strip(), st.session_state["compare-documents"]
        if not topic:
            st.warning(text("compare-no-topic", language))
        elif not chosen:
            st.warning(text("compare-no-documents", language))
        else:
            st.session_state.compared = Wanted(topic, tuple(chosen[:MOST_DOCUMENTS]))


@st.cache_data(show_spinner=False, max_entries=32)
def _compared(
    generation_id: str,  # noqa: ARG001  # tells the cache one generation from another
    asked: Wanted,
    language: Language,
    _desk: Desk,
) -> Comparison:
    return compare(_desk.assistant, asked.topic, asked.documents, language)


def _comparison(comparison: Comparison, language: Language) -> None:
    today = date.today()
    shown = columns(comparison, today, language)
    found = sum(not column.silent for column in shown)
    st.subheader(label(comparison.topic), anchor=False)
    if comparison.question != comparison.topic:
        st.caption(label(text("compare-asked", language, question=comparison.question)))
    st.markdown(f"**{text('compare-counts', language, found=found, all=len(shown))}**")
    models = [c.answer.model for c in shown if c.answer.mode == "generative" and c.answer.model]
    if models:
        st.caption(label(text("compare-rephrased", language, model=models[0])))
    elif found:
        st.caption(text("compare-quotes", language))
    with st.container(key="compare-columns"):
        for number, column in enumerate(shown):
            with st.container(key=f"compare-column-{number}", border=True):
                _column(number, column, language)
    _save(comparison, today, language)
    if st.session_state.compare_place is not None:
        reading = st.dialog(text("compare-read", language), width="large", on_dismiss=partial(_open, None))
        reading(_read)(comparison, language)


def _column(number: int, column: Column, language: Language) -> None:
    st.markdown(f"#### {label(column.name)}")
    marks = [f"{_ICONS[column.badge.tone]} {label(column.badge.text)}"]
    st.caption("  \n".join([*marks, *(f":material/info: {label(note)}" for note in column.notes)]))
    if column.silent:
        _silence(number, column, language)
    for at, group in enumerate(column.groups):
        if group.heading:
            st.markdown(f"**{label(group.heading)}**")
        for index, paragraph in enumerate(group.paragraphs):
            with st.container(key=f"{paragraph.kind}-compare-{number}-{at}-{index}", horizontal=True, gap="xxsmall"):
                for claim_at, claim in enumerate(paragraph.claims):
                    for piece in paragraph.pieces(claim):
                        st.text(piece)
                    for cited in claim.citations:
                        st.button(
                            str(cited),
                            key=f"chip-compare-{number}-{at}-{index}-{claim_at}-{cited}",
                            on_click=_open,
                            args=(place_of(0, column.answer.citation(cited)),),
                        )


def _silence(number: int, column: Column, language: Language) -> None:
    """Silence is an outcome like any other, so it stands out as much as an answer does."""
    with st.container(key=f"compare-silent-{number}", gap="xxsmall"):
        st.markdown(f":material/do_not_disturb_on: **{text('compare-silent', language)}**")
        st.text(column.reason or text("compare-silent-help", language))
    if column.nearest:
        st.markdown(text("compare-nearest", language))
    with st.container(key=f"compare-nearest-{number}", gap="xxsmall"):
        for at, (name, place) in enumerate(column.nearest):
            key = f"nearest-compare-{number}-{at}"
            st.button(label(name), key=key, icon=":material/menu_book:", type="tertiary", on_click=_open, args=(place,))


def _save(comparison: Comparison, today: date, language: Language) -> None:
    st.markdown(f"**{text('compare-save', language)}**")
    with st.container(key="compare-save", horizontal=True):
        st.download_button(
            text("compare-save-markdown", language),
            partial(comparison_markdown, comparison, today, language),
            file_name(comparison.topic, "md"),
            "text/markdown",
            key="compare-markdown",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            text("compare-save-docx", language),
            partial(comparison_docx, comparison, today, language),
            file_name(comparison.topic, "docx"),
            _DOCX,
            key="compare-docx",
            on_click="ignore",
            icon=":material/download:",
        )


def _read(comparison: Comparison, language: Language) -> None:
    """The section that was opened; the way to its neighbours draws only this anew."""
    place: Place | None = st.session_state.compare_place
    if place is None:
        st.rerun()
    panel(place, comparison.documents, language, _open)


def _open(place: Place | None) -> None:
    st.session_state.compare_place = place
