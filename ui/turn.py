"""One turn of a conversation as it is drawn: question, answer with its chips, sources. Layout only."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.language import Language
from ui.badge import badge
from ui.chat import (
    AbstentionView,
    AnswerView,
    Paragraph,
    Source,
    Turn,
    abstention_view,
    answer_view,
    label,
    link,
    place_of,
)
from ui.conversation import open_place
from ui.desk import failed
from ui.messages import text
from ui.panel import coloured

ASSISTANT, READER = ":material/explore:", ":material/person:"


def question_of(question: str) -> None:
    """A question as it was asked."""
    with st.chat_message("user", avatar=READER):
        st.text(question)


def answer_of(number: int, turn: Turn, language: Language) -> None:
    """What the assistant said to a question, or why it said nothing."""
    if turn.renewed:
        st.caption(text("chat-renewed", language))
    if turn.error is not None:
        failed(turn.error, language)
    elif turn.answer is not None and turn.answer.abstained:
        _abstention(number, abstention_view(turn.answer, turn.documents, number), language)
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
            if group.heading:
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
    with st.container(key=f"{paragraph.kind}-{key}", horizontal=True, gap="xxsmall"):
        for at, claim in enumerate(paragraph.claims):
            for piece in paragraph.pieces(claim):
                st.text(piece)
            for number in claim.citations:
                _chip(f"chip-{key}-{at}-{number}", turn, answer.citation(number))


def _source(turn: int, source: Source, language: Language) -> None:
    shown = coloured(badge(source.document, date.today(), language))
    facts = filter(None, (shown, link(text("to-source", language), source.url)))
    st.markdown(f"{label(source.name)}  \n:small[{' · '.join(facts)}]")
    for section in source.sections:
        first = section.citations[0]
        st.button(
            label(section.path),
            key=f"path-{turn}-{first.number}",
            icon=":material/menu_book:",
            type="tertiary",
            on_click=open_place,
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
        on_click=open_place,
        args=(place,),
    )


def _abstention(turn: int, view: AbstentionView, language: Language) -> None:
    if view.standalone:
        st.caption(label(text("standalone", language, question=view.standalone)))
    st.text(view.reason)
    if view.searched:
        st.caption(label(view.searched))
    if view.nearest:
        st.text(view.invitation)
    for number, (name, place) in enumerate(view.nearest):
        key = f"nearest-{turn}-{number}"
        st.button(label(name), key=key, icon=":material/menu_book:", on_click=open_place, args=(place,))
