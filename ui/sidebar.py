"""The side of the chat page: language, a new conversation, where to search, and what is indexed. Layout only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from assistant.answer import validity
from assistant.language import Language
from ingest.document import Document
from ui.chat import label
from ui.messages import LANGUAGES, text
from ui.scroll import speak


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where to search: municipalities and document ids; none of them means all."""

    municipalities: tuple[str, ...]
    documents: tuple[str, ...]


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


def sidebar(indexed: Mapping[str, Document], language: Language, begin_anew: Callable[[], None]) -> Chosen:
    """Draws the sidebar and gives the scope chosen in it."""
    with st.sidebar:
        st.button(text("new", language), icon=":material/add_comment:", on_click=begin_anew, key="new", width="stretch")
        st.markdown(f"**{text('scope', language)}**")
        places = sorted({d.municipality for d in indexed.values() if d.municipality})
        municipalities = _choice("municipalities", places, {}, language)
        within = {i: d.title for i, d in indexed.items() if not municipalities or d.municipality in municipalities}
        documents = _choice("documents", list(within), within, language)
        with st.expander(text("indexed", language, count=len(indexed)), key="indexed"):
            _indexed(indexed, language)
    return Chosen(tuple(municipalities), tuple(documents))


def _choice(key: str, options: list[str], names: Mapping[str, str], language: Language) -> list[str]:
    """A choice of several; what is no longer among the options is let go of."""
    st.session_state[key] = [name for name in st.session_state.get(key, []) if name in options]
    return st.multiselect(
        text(key, language),
        options,
        format_func=lambda option: names.get(option, option),
        key=key,
        placeholder=text(f"all-{key}", language),
        select_all=False,  # none chosen already means all, and Streamlit's own words are English
    )


def _indexed(indexed: Mapping[str, Document], language: Language) -> None:
    places = sorted({d.municipality or "" for d in indexed.values()}, key=lambda place: (not place, place))
    for place in places:
        lines = [f"**{label(place) or text('elsewhere', language)}**"]
        for document in (d for d in indexed.values() if (d.municipality or "") == place):
            facts = [fact for fact in (document.kind, validity(document, language)) if fact]
            lines += [label(document.title), f":small[{label(', '.join(facts))}]"]
        st.markdown("  \n".join(lines))
