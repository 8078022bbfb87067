"""The library: which documents there are. Layout only; `ui.library` computes what it shows.

`ui.page_document` draws the document that the address names, `ui.page_intake` the adding of others.
"""

from __future__ import annotations

import streamlit as st

from assistant.language import Language
from ui import page_intake
from ui.chat import label
from ui.desk import Desk
from ui.library import Entry, Wanted, day, options, shelf
from ui.messages import text
from ui.page_document import document_page

_A_PAGE = 25  # documents in the list at once


def page(desk: Desk) -> None:
    """Draws the list, or the document that the address names."""
    page_intake.work(desk.settings, desk.role, desk.language)
    documents = desk.generation.documents
    chosen = st.query_params.get("document")
    if chosen in documents:
        document_page(desk, documents[chosen])
        return
    st.header(text("page-documents", desk.language), anchor=False)
    page_intake.report(desk.language)
    if chosen is not None:
        st.info(text("documents-gone", desk.language), icon=":material/info:")
    if desk.role == "administrator":
        page_intake.additions(desk.language)
    _list(desk)


def _list(desk: Desk) -> None:
    language, documents = desk.language, desk.generation.documents
    wanted = _filters(desk)
    found = shelf(documents, wanted, language)
    if len(found.entries) == len(documents):
        counted = text("documents-count", language, count=len(documents))
    else:
        counted = text("documents-count-of", language, count=len(found.entries), all=len(documents))
    st.caption(counted)
    if found.undated and wanted.on:
        st.caption(text("documents-undated", language, count=found.undated, day=day(wanted.on)))
    pages = max(1, -(-len(found.entries) // _A_PAGE))
    at = st.pagination(pages, key="library-page") if pages > 1 else 1
    for entry in found.entries[(at - 1) * _A_PAGE : at * _A_PAGE]:
        _entry(entry, language)


def _filters(desk: Desk) -> Wanted:
    language = desk.language
    municipalities, kinds = options(desk.generation.documents.values())
    with st.container(key="library-filters"):
        words, places, sorts, on = st.columns([3, 3, 3, 2])
        with words:
            typed = st.text_input(
                text("documents-words", language),
                key="library-words",
                type="search",
                max_chars=100,
                placeholder=text("documents-search", language),
                persist_state="session",
            )
        with places:
            chosen = _choice("municipalities", municipalities, language)
        with sorts:
            kind = _choice("kinds", kinds, language)
        with on:
            in_force = st.date_input(
                text("documents-on", language),
                value=None,
                key="library-on",
                format="DD-MM-YYYY",
                persist_state="session",
            )
    return Wanted(tuple(chosen), tuple(kind), typed, in_force)


def _choice(name: str, available: list[str], language: Language) -> list[str]:
    """A choice of several; what is no longer there is let go of."""
    key = f"library-{name}"
    st.session_state[key] = [value for value in st.session_state.get(key, []) if value in available]
    return st.multiselect(
        text(f"documents-{name}", language),
        available,
        key=key,
        placeholder=text(f"documents-all-{name}", language),
        select_all=False,
        persist_state="session",
    )


def _entry(entry: Entry, language: Language) -> None:
    with st.container(border=True, key=f"library-entry-{entry.id}", gap="xxsmall"):
        st.button(
            label(entry.title),
            key=f"library-open-{entry.id}",
            icon=":material/description:",
            type="tertiary",
            wrap=True,
            on_click=_open,
            args=(entry.id,),
        )
        own = entry.adopted_on if entry.kind != "raadsvoorstel" else None  # a proposal's is that of the decision below
        adopted = text("documents-adopted", language, day=day(own)) if own else None
        said = dict.fromkeys((entry.municipality, entry.kind, adopted, entry.validity))
        st.markdown(label(" · ".join(filter(None, said)) or text("documents-nothing-known", language)))
        sizes = text("documents-sizes", language, sections=entry.sections, passages=entry.passages)
        warnings = f" · :material/warning: {text('documents-warnings', language, count=entry.warnings)}"
        st.caption(sizes + (warnings if entry.warnings else ""))


def _open(document_id: str) -> None:
    page_intake.put_away()
    st.query_params.from_dict({"document": document_id})
    st.session_state["library-hit"] = None
