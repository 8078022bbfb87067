"""The section that was opened, beside the conversation. Layout only; `ui.section` computes what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from assistant.language import Language
from ingest.document import Document
from ui.chat import Place, label, link
from ui.messages import text
from ui.scroll import to_quote
from ui.section import anchor, section_html, section_view

Open = Callable[[Place | None], None]


def hint(language: Language) -> None:
    """How to open a section, where it will appear."""
    with st.container(key="hint", border=True):
        st.markdown(f"**{text('hint-title', language)}**")
        st.caption(text("hint", language))


def panel(place: Place, documents: Mapping[str, Document], language: Language, open_place: Open) -> None:
    """A whole section with its quote marked, and the way to its neighbours and to the document on the web."""
    view = section_view(place, documents, language)
    facts = [label(view.validity or ""), link(text("to-source", language), view.url)]
    with st.container(key="panel", border=True):
        with st.container(key="panel-top", horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{label(view.document)}**")
            _step("close", None, ":material/close:", "left", language, open_place)
        lines = [" · ".join(filter(None, facts)), label(" › ".join(view.path))]
        st.caption("  \n".join(filter(None, lines)))
        st.html(section_html(view, anchor(place)))
        if view.footnotes:
            st.caption(text("footnotes", language))
            for note in view.footnotes:
                st.caption(label(note))
        with st.container(key="panel-bottom", horizontal=True):
            _step("previous", view.previous, ":material/arrow_back:", "left", language, open_place)
            _step("next", view.next, ":material/arrow_forward:", "right", language, open_place)
        st.html(to_quote(anchor(place)), unsafe_allow_javascript=True)


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
