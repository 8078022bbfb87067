"""The section that was opened, beside the conversation. Layout only; `ui.section` computes what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

import streamlit as st

from assistant.language import Language
from ingest.document import Document
from ui.badge import Badge, badge
from ui.chat import Place, label, link
from ui.messages import text
from ui.pdf_page import Picture, Span, page_image, page_of
from ui.scroll import to_mark, to_quote
from ui.section import SectionView, anchor, outline, section_html, section_view

Open = Callable[[Place | None], None]

AS_PAGE = "as-page"
"""Where the session keeps whether the reader wants to see pages of PDFs as they were published."""

_COLOURS = {"in-force": "green", "check": "orange", "ended": "red"}


def hint(language: Language) -> None:
    """How to open a section, where it will appear."""
    with st.container(key="hint", border=True):
        st.markdown(f"**{text('hint-title', language)}**")
        st.caption(text("hint", language))


def coloured(shown: Badge) -> str:
    """A badge as Markdown."""
    return f":{_COLOURS[shown.tone]}-badge[{label(shown.text)}]"


def panel(place: Place, documents: Mapping[str, Document], language: Language, open_place: Open) -> None:
    """A whole section with its quote marked, its place in the outline, its neighbours, and the document on the web."""
    view, document = section_view(place, documents, language), documents[place.document_id]
    page = page_of(document, place.section, place.span)
    facts = [coloured(badge(document, date.today(), language)), link(text("to-source", language), view.url)]
    with st.container(key="panel", border=True):
        with st.container(key="panel-top", horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{label(view.document)}**")
            _step("close", None, ":material/close:", "left", language, open_place)
        st.markdown(f":small[{' · '.join(filter(None, facts))}]")
        if view.path[1:]:
            st.caption(label(" › ".join(view.path[:-1])))
        _outline(place, document, language, open_place)
        as_page = page is not None and st.toggle(text("chat-as-page", language, page=page), key=AS_PAGE)
        if as_page and page is not None:
            quoted = place.span if any(piece.kind == "quote" for piece in view.pieces) else None
            _page(document, page, quoted, view.document, language)
        else:
            _text(view, anchor(place), language)
        with st.container(key="panel-bottom", horizontal=True):
            _step("previous", view.previous, ":material/arrow_back:", "left", language, open_place)
            _step("next", view.next, ":material/arrow_forward:", "right", language, open_place)
        if not as_page:
            st.html(to_quote(anchor(place)), unsafe_allow_javascript=True)


def _text(view: SectionView, name: str, language: Language) -> None:
    with st.container(key="panel-text"):
        st.html(section_html(view, name))
        if view.footnotes:
            st.caption(text("footnotes", language))
            for note in view.footnotes:
                st.caption(label(note))


def _outline(place: Place, document: Document, language: Language, open_place: Open) -> None:
    """A choice of the sections of the document that opens the one chosen."""
    names = outline(document, place.section)
    key = f"outline-{place.turn}-{document.id}-{place.section}"  # at another section, another choice, set to that one

    def jump() -> None:
        section = st.session_state[key]
        if section is not None:
            open_place(replace(place, section=section))

    st.selectbox(
        text("chat-outline", language),
        list(names),
        index=list(names).index(place.section),
        format_func=lambda section: names[section],
        key=key,
        on_change=jump,
        label_visibility="collapsed",
    )


def _page(document: Document, page: int, quoted: Span | None, name: str, language: Language) -> None:
    """The page as it was published; what is marked on it is said in words too."""
    picture = _drawn(document.content_hash, page, quoted, document)
    if picture is None:
        st.caption(text("chat-no-page", language))
        return
    marked = text(f"chat-page-{'marked' if picture.mark else 'unmarked'}", language) if quoted else ""
    st.caption(text("chat-page-caption", language, page=page, marked=marked))
    alt = text("chat-page-alt", language, page=page, document=name, marked=marked)
    with st.container(key="panel-page"):
        st.image(picture.png, alt=" ".join(alt.split()), width="stretch")
    if picture.mark:
        st.html(to_mark(page, *picture.mark), unsafe_allow_javascript=True)


@st.cache_data(show_spinner=False, max_entries=32)
def _drawn(
    content_hash: str,  # noqa: ARG001  # the key, with page and quote
    page: int,
    quoted: Span | None,
    _document: Document,
) -> Picture | None:
    return page_image(_document, page, quoted)


def _step(
    key: Literal["close", "previous", "next"],
    place: Place | None,
    icon: str,
    side: Literal["left", "right"],
    language: Language,
    open_place: Open,
) -> None:
    st.button(
        text(key, language),
        key=key,
        icon=icon,
        icon_position=side,
        type="tertiary",
        disabled=place is None and key != "close",
        on_click=open_place,
        args=(place,),
    )
