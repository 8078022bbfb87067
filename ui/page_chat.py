"""The page on which people ask. Layout only; `ui.chat`, `ui.section` and `ui.suggestions` compute what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from assistant.language import Language
from assistant.reading import MAX_CHARACTERS
from ui import page_intake
from ui.chat import Place, Turn, answer_turn, label
from ui.conversation import answered, ask, begin_anew, given_up, kept, open_place, take_up, wipe
from ui.desk import Desk
from ui.draft import Draft
from ui.export import as_markdown_file, conversation_blocks
from ui.judged import as_lines
from ui.messages import stage_text, text
from ui.panel import AS_PAGE, hint, panel
from ui.restored import Asked
from ui.scope import Chosen, described, searched
from ui.scroll import to_question
from ui.sidebar import sidebar
from ui.suggestions import follow_ups, suggestions
from ui.turn import ASSISTANT, answer_of, question_of
from ui.verdict import verdict
from vectorstore.generation import Generation


def page(desk: Desk) -> None:
    """Draws the conversation, and beside it the section that was opened."""
    take_up(desk)
    language, indexed = desk.language, desk.generation.documents
    scope = sidebar(indexed, language, begin_anew, partial(_take_along, desk))
    above = st.container()
    with st.container(key="asking"):  # not `st.bottom`: with that the page follows the chat to its end, and moves away
        st.caption(f":material/search: {label(described(scope, indexed, language))}")
        nothing = not searched(scope, indexed)
        asked = st.chat_input(text("ask", language), key="question", max_chars=MAX_CHARACTERS, disabled=nothing)
    if asked:
        ask(desk, asked, scope)
    with above:
        _conversation(desk, scope)


def _conversation(desk: Desk, scope: Chosen) -> None:
    """The turns, the question that is being answered, and the section that is open beside them."""
    language = desk.language
    _troubles(language)
    turns: list[Turn] = st.session_state.turns
    place: Place | None = st.session_state.place
    if not turns and not st.session_state.pending:
        _welcome(desk, scope)
        return
    conversation, beside = st.columns([1, 1] if place and st.session_state.get(AS_PAGE) else [3, 2], gap="medium")
    with beside:
        if place is None:
            hint(language)
        else:
            panel(place, turns[place.turn].documents, language, open_place)
    with conversation:
        for number in range(len(turns)):
            _turn(number, turns, desk)
        waits = bool(st.session_state.pending)
        st.html(to_question(len(turns) - (not waits)), unsafe_allow_javascript=True)
        if waits:
            _answer_next(desk)
        else:
            _go_on(desk, turns, scope)


def _troubles(language: Language) -> None:
    """What the reader must know before relying on this conversation being kept."""
    if st.session_state.lost:
        st.info(text("chat-lost", language), icon=":material/info:")
    if st.session_state.trouble is not None:
        st.warning(text("chat-not-kept", language), icon=":material/warning:")
        st.caption(label(text("report", language, message=st.session_state.trouble)))


def _welcome(desk: Desk, scope: Chosen) -> None:
    """What a first visitor sees; the questions to begin with follow the scope."""
    with st.container(key="welcome"):
        page_intake.report(desk.language)  # the first documents are added on this page
        st.markdown(text("intro", desk.language))
        questions = _suggestions(desk.generation.manifest.id, scope, desk.language, desk.generation)
        if questions:
            st.caption(text("suggestions", desk.language))
        _offered("suggestion", questions, desk, scope)


def _go_on(desk: Desk, turns: list[Turn], scope: Chosen) -> None:
    """Questions to go on with after the last answer."""
    last = turns[-1]
    if last.answer is None or last.answer.abstained:
        return
    cited = tuple(dict.fromkeys((c.document_id, c.section) for c in last.answer.citations))
    asked = tuple(turn.question for turn in turns)
    questions = _follow_ups(desk.generation.manifest.id, cited, asked, desk.language, desk.generation)
    if questions:
        with st.container(key="go-on"):
            st.caption(text("chat-go-on", desk.language))
            _offered("go-on", questions, desk, scope)


def _offered(name: str, questions: list[str], desk: Desk, scope: Chosen) -> None:
    for number, question in enumerate(questions):
        click = partial(ask, desk, question, scope)
        st.button(label(question), key=f"{name}-{number}", icon=":material/chat:", on_click=click)


@st.cache_data(show_spinner=False, max_entries=64)
def _suggestions(
    generation_id: str,  # noqa: ARG001  # tells the cache one generation from another
    scope: Chosen,
    language: Language,
    _generation: Generation,
) -> list[str]:
    return suggestions([d for d in _generation.documents.values() if scope.holds(d)], language)


@st.cache_data(show_spinner=False, max_entries=64)
def _follow_ups(
    generation_id: str,  # noqa: ARG001  # as above
    cited: tuple[tuple[str, int], ...],
    asked: tuple[str, ...],
    language: Language,
    _generation: Generation,
) -> list[str]:
    known = [(name, s) for name, s in cited if name in _generation.documents]  # the answer may be of the one before
    return follow_ups(known, _generation.documents, language, asked)


def _answer_next(desk: Desk) -> None:
    """Answers the oldest question that waits; it goes on waiting when the reader clicks something meanwhile."""
    asked: Asked = st.session_state.pending[0]
    turns: list[Turn] = st.session_state.turns
    _question(len(turns), asked.question)
    with st.chat_message("assistant", avatar=ASSISTANT):
        status, draft = st.status(text("stage", desk.language)), Draft(desk.language)

        def stage(name: str) -> None:
            draft.clear()  # a question that an ingest overtook begins again
            status.update(label=stage_text(name, desk.language))

        scope = (asked.municipalities, asked.documents)
        with status:
            try:
                turn = answer_turn(desk.assistant, asked.question, turns, *scope, stage, draft.show)
            except Exception:
                given_up(desk)  # or every rerun would run into the same fault again
                draft.clear()
                raise
        draft.clear()
    answered(desk, replace(turn, kept=asked.kept, renewed=asked.renewed))
    st.rerun()


def _turn(number: int, turns: list[Turn], desk: Desk) -> None:
    _question(number, turns[number].question)
    with st.chat_message("assistant", avatar=ASSISTANT), st.container(key=f"turn-{number}"):
        answer_of(number, turns[number], desk.language)
        if turns[number].answer is not None:
            verdict(number, turns, desk)


def _question(number: int, question: str) -> None:
    with st.container(key=f"question-{number}"):
        question_of(question)


def _take_along(desk: Desk) -> None:
    """The conversation as a file, the way back to it, and its end."""
    turns: list[Turn] = st.session_state.turns
    language, name = desk.language, f"kaderwijzer-{date.today():%Y-%m-%d}"
    if not turns:
        return
    with st.popover(text("chat-take-along", language), icon=":material/download:", width="stretch"):
        if st.session_state.linked:
            st.caption(text("chat-link", language))
        _download("docx", f"{name}.docx", partial(_as_docx, list(turns), language), language)
        _download("md", f"{name}.md", partial(_as_markdown, list(turns), language), language)
        if desk.role != "reader":
            _download("feedback", "oordelen.jsonl", lambda: as_lines(kept(desk).feedback()), language)
        if st.session_state.linked:
            st.button(text("chat-wipe", language), key="wipe", icon=":material/delete:", on_click=wipe, args=(desk,))


def _download(kind: str, file: str, made: Callable[[], str | bytes], language: Language) -> None:
    st.download_button(
        text(f"chat-download-{kind}", language),
        made,  # called when the button is clicked
        file,
        key=f"download-{kind}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _as_markdown(turns: list[Turn], language: Language) -> str:
    return as_markdown_file(conversation_blocks(turns, language, date.today()))


def _as_docx(turns: list[Turn], language: Language) -> bytes:
    from ui.export_docx import as_docx  # seldom needed, and not quick to import

    return as_docx(conversation_blocks(turns, language, date.today()), language)
