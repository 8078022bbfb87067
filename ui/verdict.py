"""What one can do with an answer: say what it is worth, copy it, propose it for the evaluation set. Layout only."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui.chat import Turn
from ui.conversation import propose, rate
from ui.desk import Desk
from ui.export import one_answer
from ui.judged import MAX_COMMENT, Rating, entry, reasons
from ui.messages import text

_RATINGS: tuple[Rating, Rating] = ("down", "up")  # as st.feedback numbers them


def verdict(number: int, turns: list[Turn], desk: Desk) -> None:
    """The row under an answer, and under that a form on what was wrong, once a thumb was given."""
    turn, language = turns[number], desk.language
    with st.container(key=f"after-{number}", horizontal=True, vertical_alignment="center"):
        if turn.kept is not None:
            st.caption(text("chat-rate", language))
            st.feedback(
                "thumbs",
                key=f"thumbs-{turn.kept}",
                default=_given(turn.kept),
                on_change=_rated,
                args=(desk, number, turn.kept),
            )
        copy = st.popover(text("chat-copy", language), icon=":material/content_copy:", type="tertiary")
        with copy, st.container(key=f"copy-{number}"):
            st.caption(text("chat-copy-help", language))
            st.code(one_answer(turn, language, date.today()), language=None, wrap_lines=True)
        if turn.kept is not None and desk.role != "reader":
            _propose(desk, number, turn.kept)
    if turn.kept is not None and st.session_state.explaining == turn.kept:
        _explain(desk, number, turn.kept)
    elif turn.kept in st.session_state.ratings:
        st.caption(text("chat-rated", language))


def _propose(desk: Desk, number: int, kept: int) -> None:
    done = kept in st.session_state.proposed
    st.button(
        text("chat-proposed" if done else "chat-propose", desk.language),
        key=f"propose-{kept}",
        icon=":material/check:" if done else ":material/playlist_add:",
        type="tertiary",
        disabled=done,
        on_click=lambda: propose(desk, kept, _entry(number, kept)),
    )


def _explain(desk: Desk, number: int, kept: int) -> None:
    """What is the matter, in one click and as many words as the reader likes."""
    language, down = desk.language, st.session_state.ratings[kept]["rating"] == "down"
    turn: Turn = st.session_state.turns[number]
    with st.form(key=f"why-{kept}", border=True):
        if down:
            st.pills(
                text("chat-why", language),
                reasons(turn),
                format_func=lambda reason: text(f"chat-reason-{reason}", language),
                key=f"reason-{kept}",
            )
        st.text_area(text("chat-comment", language), key=f"comment-{kept}", max_chars=MAX_COMMENT, height=80)
        send = text("chat-send", language)
        st.form_submit_button(send, key=f"send-{kept}", on_click=_explained, args=(desk, number, kept))


def _rated(desk: Desk, number: int, kept: int) -> None:
    """Keeps a thumb at once, for many readers give no reason; a thumb that is taken back is let go of."""
    state, thumb = st.session_state, st.session_state[f"thumbs-{kept}"]
    said = None if thumb is None else entry(state.turns, number, _RATINGS[thumb])
    done = rate(desk, kept, said)
    state.explaining = kept if done and said else None


def _explained(desk: Desk, number: int, kept: int) -> None:
    state = st.session_state
    rating: Rating = state.ratings[kept]["rating"]
    said = entry(state.turns, number, rating, state.get(f"reason-{kept}"), state.get(f"comment-{kept}"))
    if rate(desk, kept, said):
        state.explaining = None


def _entry(number: int, kept: int) -> dict[str, object]:
    return st.session_state.ratings.get(kept) or entry(st.session_state.turns, number)


def _given(kept: int) -> int | None:
    """The thumb that was given before, when the conversation is taken up again."""
    rating = st.session_state.ratings.get(kept, {}).get("rating")
    return _RATINGS.index(rating) if rating in _RATINGS else None
