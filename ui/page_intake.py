"""What administrators can do with documents: add, replace, remove, each with its progress and its report. Layout only.

What is to be done waits in the session until it is done: a click elsewhere in the meantime breaks off the run that is
doing it, of which nothing stays, and the next run takes it up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from assistant.language import Language
from ingest.document import Document
from ingest.errors import KaderwijzerError
from ui.chat import label
from ui.desk import Role, failed
from ui.doubts import refusal
from ui.intake import Arrival, Departure, Intake, Upload
from ui.messages import text
from ui.settings import KaderSettings, open_store, unusable
from ui.uploads import replaceable, uploads_folder
from vectorstore.embeddings import KaderEmbeddings, open_embeddings
from vectorstore.writing import Progress

_SHARES = {"read": (0.0, 0.3), "embed": (0.3, 0.6), "store": (0.9, 0.1)}
"""Where in the bar a stage of the work begins, and how much of it it takes."""


@dataclass(frozen=True, slots=True)
class Task:
    """What an administrator asked for."""

    kind: Literal["add", "replace", "remove"]
    uploads: tuple[Upload, ...] = ()
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it."""

    arrivals: tuple[Arrival, ...] = ()
    departure: Departure | None = None
    error: KaderwijzerError | None = None


def first_upload(settings: KaderSettings, language: Language) -> None:
    """For an administrator while nothing is indexed: the way to the first document."""
    work(settings, "administrator", language)
    st.header(text("no-index", language), anchor=False)
    report(language)
    st.markdown(text("documents-first", language))
    _uploader("add", language, text("documents-add", language))
    st.caption(text("documents-first-command", language))
    st.code("kaderwijzer ingest MAP", language=None)


def additions(language: Language) -> None:
    """The place to add documents."""
    with st.expander(text("documents-add", language), icon=":material/upload_file:", key="library-add"):
        st.markdown(text("documents-add-help", language))
        _uploader("add", language, text("documents-add", language))


def management(settings: KaderSettings, document: Document, language: Language) -> None:
    """Replacing and removing one document."""
    st.subheader(text("documents-replace", language), anchor=False)
    if replaceable(document, uploads_folder(settings.data)):
        st.markdown(text("documents-replace-help", language))
        _uploader("replace", language, text("documents-replace", language), document.id)
    else:
        st.markdown(text("documents-replace-elsewhere", language))
        st.text(document.source_file)
    st.subheader(text("documents-remove", language), anchor=False)
    if st.session_state.get("intake-sure") != document.id:
        st.button(
            text("documents-remove", language),
            key="intake-remove",
            icon=":material/delete:",
            on_click=_ask,
            args=(document.id,),
        )
        return
    st.warning(label(text("documents-sure", language, title=document.title)), icon=":material/warning:")
    with st.container(horizontal=True):
        st.button(text("documents-keep", language), key="intake-keep", on_click=_ask, args=(None,))
        st.button(
            text("documents-remove-yes", language),
            key="intake-remove-yes",
            type="primary",
            icon=":material/delete:",
            on_click=_order,
            args=(Task("remove", document_id=document.id),),
        )


def work(settings: KaderSettings, role: Role, language: Language) -> None:
    """Does what was asked for, where something was; afterwards the page is drawn anew with its report."""
    task: Task | None = st.session_state.get("intake-task")
    if task is None or role != "administrator":
        return
    with st.container(key="intake-progress"):
        st.markdown(f"**{text(f'documents-busy-{task.kind}', language)}**")
        bar = st.progress(0.0, text("documents-doing-read", language, done=0, total=max(len(task.uploads), 1)))

    def progress(stage: str, done: int, total: int) -> None:
        begin, share = _SHARES[stage]
        said = text(f"documents-doing-{stage}", language, done=done, total=total)
        bar.progress(begin + share * done / max(total, 1), said)

    try:
        done = _do(task, settings, progress)
    except Exception:
        st.session_state["intake-task"] = None  # or every rerun would run into the same fault again
        raise
    st.session_state["intake-task"] = None
    st.session_state["intake-done"] = done
    if done.departure is not None:
        st.query_params.clear()
    st.rerun()


def report(language: Language) -> None:
    """What became of the last task, until the next one or until it is put away."""
    done: Done | None = st.session_state.get("intake-done")
    if done is None:
        return
    with st.container(key="intake-report", border=True, gap="xsmall"):
        if done.error is not None:
            failed(done.error, language)
        if done.departure is not None:
            st.success(label(text("documents-removed", language, title=done.departure.title)), icon=":material/check:")
            if done.departure.left:
                st.info(label(text("documents-left", language, path=done.departure.left)), icon=":material/info:")
        for arrival in done.arrivals:
            _arrival(arrival, language)
        st.button(
            text("close", language), key="intake-close", icon=":material/close:", type="tertiary", on_click=put_away
        )


def _arrival(arrival: Arrival, language: Language) -> None:
    name = label(arrival.name)
    if arrival.status == "refused":
        why = label(refusal(arrival.reason or "", language))
        st.error(f"**{text('documents-is-refused', language, name=name)}** {why}", icon=":material/error:")
        return
    said = text(f"documents-is-{arrival.status}", language, name=name)
    title = label(arrival.title or "")
    sizes = text("documents-sizes", language, sections=arrival.sections, passages=arrival.passages)
    warnings = text("documents-warnings", language, count=len(arrival.warnings)) if arrival.warnings else None
    details = [title, *([sizes, warnings] if arrival.status != "unchanged" else [])]
    lines = [f"**{said}** {' · '.join(filter(None, details))}"]
    if arrival.beside:
        lines.append(label(text("documents-beside", language, id=arrival.beside)))
    tell = st.info if arrival.status == "unchanged" else st.success
    tell("  \n".join(lines), icon=":material/info:" if arrival.status == "unchanged" else ":material/check:")


def _uploader(kind: Literal["add", "replace"], language: Language, action: str, document_id: str = "") -> None:
    """Where files are dropped; they go on their way by a button of their own, so that a slip can be mended."""
    key = f"intake-files-{kind}-{document_id}-{st.session_state.get('intake-round', 0)}"
    several = kind == "add"
    chosen = st.file_uploader(text(f"documents-files-{kind}", language), accept_multiple_files=several, key=key)
    files = chosen if isinstance(chosen, list) else [chosen] if chosen else []
    if st.button(action, key=f"intake-{kind}", type="primary", icon=":material/upload:", disabled=not files) and files:
        _order(Task(kind, tuple(Upload(file.name, file.getvalue()) for file in files), document_id))
        st.rerun()


def _do(task: Task, settings: KaderSettings, progress: Progress) -> Done:
    try:
        intake = Intake(open_store(settings), _model(settings.embedding_model), settings.data)
        if task.kind == "remove":
            return Done(departure=intake.remove(task.document_id, progress))
        if task.kind == "replace":
            return Done(arrivals=(intake.replace(task.document_id, task.uploads[0], progress),))
        return Done(arrivals=intake.add(task.uploads, progress))
    except KaderwijzerError as error:
        return Done(error=error)
    except OSError as error:
        return Done(error=unusable(error))


def _order(task: Task) -> None:
    st.session_state["intake-task"] = task
    st.session_state["intake-done"] = None
    st.session_state["intake-sure"] = None
    st.session_state["intake-round"] = st.session_state.get("intake-round", 0) + 1  # a new, empty place for files


def _ask(document_id: str | None) -> None:
    st.session_state["intake-sure"] = document_id


def put_away() -> None:
    """Closes the report of the last task."""
    st.session_state["intake-done"] = None


@st.cache_resource(show_spinner=False)
def _model(name: str) -> KaderEmbeddings:
    return open_embeddings(name)
