"""The conversation of one visitor: what its session holds, and how that comes from and goes to the file.

The session state holds `turns`, the questions that wait in `pending`, the section that is open in `place`, and the
name of the conversation, which stands in the address too. Nothing here draws, and a file that cannot be used stops
nothing: `trouble` says what is the matter, and the conversation goes on in the session alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from ui.chat import Place, Turn
from ui.desk import Desk
from ui.kept import Json, Kept, StoreUnusable, new_conversation
from ui.restored import Asked, answer_text, restored
from ui.scope import Chosen, narrowed
from ui.settings import open_store

LINK = "gesprek"


def take_up(desk: Desk) -> None:
    """Makes the session hold the conversation that the address names, or a new one."""
    state, wanted = st.session_state, st.query_params.get(LINK)
    elsewhere = [question for question in state.get("pending", []) if isinstance(question, str)]
    if "turns" not in state:
        begin_anew()
    state.pending = [asked for asked in state.pending if not isinstance(asked, str)]
    if wanted and wanted not in (state.conversation, state.passed_over):
        _load(desk, wanted)
    elif not wanted and state.linked:  # the reader comes back from another page
        st.query_params[LINK] = state.conversation
    for question in elsewhere:  # asked by a click on another page
        ask(desk, question, Chosen())


def begin_anew() -> None:
    """Lets go of the conversation; the next question begins another one, with another name."""
    state = st.session_state
    state.turns, state.pending, state.place = [], [], None
    state.ratings, state.proposed, state.explaining = {}, set(), None
    state.conversation, state.linked = new_conversation(), False
    state.trouble, state.lost, state.passed_over = None, False, None
    st.query_params.pop(LINK, None)


def ask(desk: Desk, question: str, scope: Chosen) -> None:
    """Has a question wait for its answer, and keeps it, so that a reload in between does not lose it."""
    state = st.session_state
    asked = Asked(question, scope.municipalities, narrowed(scope, desk.generation.documents))
    state.lost = False
    with _trying():
        number = kept(desk).ask(state.conversation, question, asked.municipalities, asked.documents)
        asked = Asked(question, asked.municipalities, asked.documents, number)
        st.query_params[LINK] = state.conversation
        state.linked = True
    state.pending.append(asked)


def answered(desk: Desk, turn: Turn) -> None:
    """Puts a turn in the place of the question that waited longest, and keeps its answer.

    One that an ingest overtook may quote what is gone: its question is asked anew when the conversation is taken up.
    """
    state = st.session_state
    state.pending.pop(0)
    state.turns.append(turn)
    if turn.kept is None or turn.answer is None or turn.generation is None:
        return
    if turn.generation == open_store(desk.settings).current_id():
        with _trying():
            kept(desk).answer(turn.kept, answer_text(turn.answer), turn.generation)


def given_up(desk: Desk) -> None:
    """Lets go of the question that waited longest: it cannot be answered, and would stop the page at every visit."""
    asked: Asked = st.session_state.pending.pop(0)
    if asked.kept is not None:
        with _trying():
            kept(desk).drop(asked.kept)


def wipe(desk: Desk) -> None:
    """Removes the conversation from the file and begins anew."""
    name = st.session_state.conversation
    begin_anew()
    with _trying():
        kept(desk).wipe(name)


def rate(desk: Desk, turn: int, entry: Json | None) -> bool:
    """Keeps what somebody thought of an answer, or lets go of it; tells whether that could be kept."""
    state = st.session_state
    done = _done(lambda: kept(desk).withdraw(turn) if entry is None else kept(desk).rate(turn, entry))
    if done and entry is not None:
        state.ratings[turn] = entry
    elif done:
        state.ratings.pop(turn, None)
    return done


def propose(desk: Desk, turn: int, entry: Json) -> None:
    """Proposes an answer for the evaluation set."""
    if _done(lambda: kept(desk).propose(turn, entry)):
        st.session_state.proposed.add(turn)


def open_place(place: Place | None) -> None:
    """Opens a section beside the conversation, or closes it."""
    st.session_state.place = place


def kept(desk: Desk) -> Kept:
    """The file of conversations and feedback."""
    return Kept(desk.settings.data)


def _load(desk: Desk, name: str) -> None:
    """Takes up a kept conversation; one that cannot be read now is passed over, and its address stays."""
    state = st.session_state
    begin_anew()
    state.passed_over = name
    with _trying():
        rows = kept(desk).turns(name)
        ratings, proposed = kept(desk).ratings(name), set(kept(desk).proposals())
        state.lost = not rows
        if rows:
            state.conversation, state.linked, state.passed_over = name, True, None
            state.turns, state.pending = restored(rows, desk.generation)
            state.ratings, state.proposed = ratings, proposed
    if not state.lost:
        st.query_params[LINK] = name


def _done(act: Callable[[], None]) -> bool:
    with _trying():
        act()
        return True
    return False


@contextmanager
def _trying() -> Iterator[None]:
    """Runs what needs the file; where that cannot be used, says so and goes on."""
    try:
        yield
        st.session_state.trouble = None
    except StoreUnusable as error:
        st.session_state.trouble = error
