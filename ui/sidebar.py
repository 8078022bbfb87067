"""The side of the chat page: language, a new conversation, where to search, and what is indexed. Layout only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from assistant.answer import validity
from assistant.language import Language
from ingest.document import Document
from ui.chat import label
from ui.messages import LANGUAGES, text
from ui.scope import Chosen
from ui.scroll import speak


def language_switch(default: Callable[[], Language]) -> Language:
    """Draws the switch and gives the language chosen; `default` is asked once in a session."""
    if "language" not in st.session_state:
        st.session_state.language = default()
    chosen: Language = st.session_state.language
    with st.sidebar:
        st.segmented_control(
            text("language", chosen),
            list(LANGUAGES),
            format_func=lambda code: LANGUAGES[code],
            key="language",
            required=True,
            label_visibility="collapsed",
        )
        st.html(speak(chosen), unsafe_allow_javascript=True)
    return chosen


def sidebar(
    indexed: Mapping[str, Document],
    language: Language,
    begin_anew: Callable[[], None],
    menu: Callable[[], None] = lambda: None,
) -> Chosen:
    """Draws the sidebar and gives the scope chosen in it; `menu` draws what one can do with the conversation."""
    with st.sidebar:
        st.button(text("new", language), icon=":material/add_comment:", on_click=begin_anew, key="new", width="stretch")
        menu()
        st.markdown(f"**{text('scope', language)}**")
        places = sorted({d.municipality for d in indexed.values() if d.municipality})
        municipalities = _choice("municipalities", places, {}, language)
        kinds = _choice("kinds", sorted({d.kind for d in indexed.values() if d.kind}), {}, language)
        on = st.date_input(
            text("chat-on", language),
            None,
            date(1950, 1, 1),
            date(2100, 12, 31),
            key="on",
            help=text("chat-on-help", language),
            format="DD-MM-YYYY",
            persist_state="session",
        )
        chosen = Chosen(municipalities, kinds=kinds, on=on if isinstance(on, date) else None)
        within = {name: document.title for name, document in indexed.items() if chosen.holds(document)}
        documents = _choice("documents", list(within), within, language)
        with st.expander(text("indexed", language, count=len(indexed)), key="indexed"):
            _indexed(indexed, language)
    return replace(chosen, documents=documents)


def _choice(key: str, options: list[str], names: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """A choice of several; what is no longer among the options is let go of."""
    st.session_state[key] = [name for name in st.session_state.get(key, []) if name in options]
    chosen = st.multiselect(
        text(key, language),
        options,
        format_func=lambda option: names.get(option, option),
        key=key,
        placeholder=text(f"all-{key}", language),
        select_all=False,  # none chosen already means all, and Streamlit's own words are English
        persist_state="session",
    )
    return tuple(chosen)


def _indexed(indexed: Mapping[str, Document], language: Language) -> None:
    places = sorted({d.municipality or "" for d in indexed.values()}, key=lambda place: (not place, place))
    for place in places:
        lines = [f"**{label(place) or text('elsewhere', language)}**"]
        for document in (d for d in indexed.values() if (d.municipality or "") == place):
            facts = [fact for fact in (document.kind, validity(document, language)) if fact]
            lines += [label(document.title), f":small[{label(', '.join(facts))}]"]
        st.markdown("  \n".join(lines))
