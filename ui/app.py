"""The chat page: layout only. What it shows is computed in `ui.chat`, `ui.section` and `ui.suggestions`."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.engine import Assistant
from assistant.language import Language
from assistant.question import MAX_CHARACTERS
from ingest.errors import IndexMissing, InvalidSettings, KaderwijzerError
from ui.chat import (
    AbstentionView,
    AnswerView,
    Paragraph,
    Place,
    Source,
    Turn,
    abstention_view,
    answer_turn,
    answer_view,
    label,
    link,
    place_of,
)
from ui.messages import remedy, stage_text, text
from ui.panel import hint, panel
from ui.scroll import to_question
from ui.settings import open_assistant, open_store, read_settings
from ui.sidebar import Chosen, language_switch, sidebar
from ui.suggestions import suggestions
from vectorstore.generation import Generation

STYLE = Path(__file__).with_name("style.css")


def main() -> None:
    """Draws the page; Streamlit runs this anew for every click, and what lasts lies in its session state."""
    st.set_page_config(page_title="Kaderwijzer", page_icon="🧭", layout="wide", initial_sidebar_state=340)
    st.html(STYLE)
    if "turns" not in st.session_state:
        _begin_anew()
    language = language_switch(_default_language)
    st.title("Kaderwijzer", anchor=False)
    try:
        assistant = _assistant()
        generation = assistant.generation()
    except KaderwijzerError as error:
        none_yet = isinstance(error, IndexMissing) and open_store(read_settings()).current_id() is None
        _no_index(error, language) if none_yet else _failed(error, language)
    else:
        _page(assistant, generation, language)


@st.cache_resource(show_spinner=False)
def _assistant() -> Assistant:
    """One assistant for all sessions."""
    assistant = open_assistant(read_settings())
    Thread(target=assistant.warm_up, daemon=True).start()  # the first question need not wait for what it loads
    return assistant


def _default_language() -> Language:
    try:
        return read_settings().language
    except InvalidSettings:  # the page says so further on, and needs a language to say it in
        return "nl"


def _page(assistant: Assistant, generation: Generation, language: Language) -> None:
    scope = sidebar(generation.documents, language, _begin_anew)
    if question := st.chat_input(text("ask", language), key="question", max_chars=MAX_CHARACTERS):
        _ask(question)
    turns: list[Turn] = st.session_state.turns
    place: Place | None = st.session_state.place
    if not turns and not st.session_state.pending:
        _welcome(generation, scope, language)
        return
    conversation, beside = st.columns([3, 2], gap="medium")
    with beside:
        if place is None:
            hint(language)
        else:
            panel(place, turns[place.turn].documents, language, _open)
    with conversation:
        for number, turn in enumerate(turns):
            _turn(number, turn, language)
        if turns:
            st.html(to_question(len(turns) - 1), unsafe_allow_javascript=True)
        if st.session_state.pending:
            _answer_next(assistant, scope, language)


def _welcome(generation: Generation, scope: Chosen, language: Language) -> None:
    """What a first visitor sees; the questions to begin with follow the scope."""
    with st.container(key="welcome"):
        st.markdown(text("intro", language))
        questions = _suggestions(generation.manifest.id, scope, language, generation)
        if questions:
            st.caption(text("suggestions", language))
        for number, question in enumerate(questions):
            key = f"suggestion-{number}"
            st.button(label(question), key=key, icon=":material/chat:", on_click=_ask, args=(question,))


@st.cache_data(show_spinner=False, max_entries=64)
def _suggestions(
    generation_id: str,  # noqa: ARG001  # tells the cache one generation from another
    scope: Chosen,
    language: Language,
    _generation: Generation,
) -> list[str]:
    places, names = scope.municipalities, scope.documents
    within = [d for d in _generation.documents.values() if not places or d.municipality in places]
    return suggestions([d for d in within if not names or d.id in names], language)


def _answer_next(assistant: Assistant, scope: Chosen, language: Language) -> None:
    """Answers the oldest question that waits; it goes on waiting when the reader clicks something meanwhile."""
    pending: list[str] = st.session_state.pending
    turns: list[Turn] = st.session_state.turns
    _question(pending[0])
    with st.chat_message("assistant", avatar=":material/explore:"), st.status(text("stage", language)) as status:

        def stage(name: str) -> None:
            status.update(label=stage_text(name, language))

        try:
            turn = answer_turn(assistant, pending[0], turns, scope.municipalities, scope.documents, stage)
        except Exception:
            pending.pop(0)  # or every rerun would run into the same fault again
            raise
    pending.pop(0)
    turns.append(turn)
    st.rerun()


def _question(question: str) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.text(question)


def _turn(number: int, turn: Turn, language: Language) -> None:
    with st.container(key=f"question-{number}"):
        _question(turn.question)
    with st.chat_message("assistant", avatar=":material/explore:"), st.container(key=f"turn-{number}"):
        if turn.error is not None:
            _failed(turn.error, language)
        elif turn.answer is not None and turn.answer.abstained:
            _abstention(number, abstention_view(turn.answer, turn.documents, number))
        elif turn.answer is not None:
            _answer(number, turn.answer, answer_view(turn.answer, turn.documents), language)


def _answer(turn: int, answer: Answer, view: AnswerView, language: Language) -> None:
    if view.standalone:
        st.caption(label(text("standalone", language, question=view.standalone)))
    st.text(view.frame)
    for part_number, part in enumerate(view.parts):
        if part.heading:
            st.subheader(label(part.heading), anchor=False)
        for group_number, group in enumerate(part.groups):
            st.markdown(f"**{label(group.heading)}**")
            for number, paragraph in enumerate(group.paragraphs):
                _paragraph(f"{turn}-{part_number}-{group_number}-{number}", turn, paragraph, answer)
    for note in view.notes:
        st.caption(label(note))
    st.caption(label(text(answer.mode, language, model=answer.model)))
    with st.container(key=f"sources-{turn}", gap="xsmall"):
        st.markdown(f"**{text('sources', language)}**")
        for source in view.sources:
            _source(turn, source, language)


def _paragraph(key: str, turn: int, paragraph: Paragraph, answer: Answer) -> None:
    """Sentences with the chips of their citations behind them; the style sheet lets them flow as one text."""
    with st.container(key=f"{'item' if paragraph.item else 'run'}-{key}", horizontal=True, gap="xxsmall"):
        for at, claim in enumerate(paragraph.claims):
            st.text(claim.text)
            for number in claim.citations:
                _chip(f"chip-{key}-{at}-{number}", turn, answer.citation(number))


def _source(turn: int, source: Source, language: Language) -> None:
    facts = filter(None, (label(source.validity or ""), link(text("to-source", language), source.url)))
    st.markdown(f"{label(source.name)}  \n:small[{' · '.join(facts)}]")
    for section in source.sections:
        first = section.citations[0]
        st.button(
            label(section.path),
            key=f"path-{turn}-{first.number}",
            icon=":material/menu_book:",
            type="tertiary",
            on_click=_open,
            args=(place_of(turn, first),),
        )
        for citation in section.citations:
            with st.container(key=f"quote-{turn}-{citation.number}", horizontal=True, gap="xxsmall"):
                _chip(f"chip-source-{turn}-{citation.number}", turn, citation)
                st.text(citation.quote)


def _chip(key: str, turn: int, citation: Citation) -> None:
    """The number of a citation; that of the one being read stands out, also while its neighbours are read."""
    place, read = place_of(turn, citation), st.session_state.place
    is_read = read is not None and read.quotes_as(place)
    st.button(
        str(citation.number),
        key=key,
        type="primary" if is_read else "secondary",
        on_click=_open,
        args=(place,),
    )


def _abstention(turn: int, view: AbstentionView) -> None:
    st.text(view.reason)
    if view.searched:
        st.caption(label(view.searched))
    if view.nearest:
        st.text(view.invitation)
    for number, (name, place) in enumerate(view.nearest):
        key = f"nearest-{turn}-{number}"
        st.button(label(name), key=key, icon=":material/menu_book:", on_click=_open, args=(place,))


def _no_index(error: KaderwijzerError, language: Language) -> None:
    st.subheader(text("no-index", language), anchor=False)
    st.markdown(text("no-index-help", language))
    st.code("kaderwijzer ingest MAP", language=None)
    st.markdown(text("no-index-then", language))
    st.caption(label(text("report", language, message=error)))


def _failed(error: KaderwijzerError, language: Language) -> None:
    st.error(f"**{text('failed', language)}.** {remedy(error, language)}", icon=":material/error:")
    st.caption(label(text("report", language, message=error)))


def _ask(question: str) -> None:
    st.session_state.pending.append(question)


def _open(place: Place | None) -> None:
    st.session_state.place = place


def _begin_anew() -> None:
    st.session_state.turns = []
    st.session_state.pending = []
    st.session_state.place = None


if __name__ == "__main__":
    main()
