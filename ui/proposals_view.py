"""What was proposed in conversations: to read, to add to a question set, or to turn down. Layout only."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.language import Language
from evals.questions import UNANSWERABLE_KINDS
from ingest.errors import InvalidQuestionSet
from ui.chat import label
from ui.desk import Desk
from ui.evaluation import QuestionSet
from ui.evaluation_figures import word
from ui.kept import Kept, StoreUnusable
from ui.messages import catalogue, text
from ui.proposals import KINDS, Proposal, add_proposal, likely_kind, proposals_of

_NEW = ""  # in the choice of a set: one that is yet to be made
_SAID = "evaluation-proposal-said"  # what came of the last click, until it is read


def proposals_view(desk: Desk, sets: Sequence[QuestionSet]) -> None:
    """Draws one proposal at a time; nothing while there are none."""
    language = desk.language
    try:
        waiting = {each.turn: each for each in proposals_of(Kept(desk.settings.data).proposals())}
    except StoreUnusable as error:
        st.warning(text("evaluation-proposals-unusable", language), icon=":material/warning:")
        st.caption(label(text("report", language, message=error)))
        return
    said = st.session_state.pop(_SAID, None)
    if not waiting and said is None:
        return
    with st.container(border=True, key="evaluation-proposals"):
        st.subheader(text("evaluation-proposals", language, count=len(waiting)), anchor=False)
        if said is not None:
            outcome, message = said
            _outcome(outcome, message, language)
        if waiting:
            _one(desk, waiting, sets)


def _one(desk: Desk, waiting: dict[int, Proposal], sets: Sequence[QuestionSet]) -> None:
    language = desk.language
    st.caption(text("evaluation-proposals-help", language))
    turn: int = st.selectbox(
        text("evaluation-proposal", language),
        list(waiting),
        format_func=lambda number: waiting[number].question,
        key=f"evaluation-proposal-{min(waiting)}-{len(waiting)}",  # another list, another choice
    )
    proposal = waiting[turn]
    _read(proposal, language)
    chosen = st.selectbox(
        text("evaluation-proposal-set", language),
        [*(each.key for each in sets if not each.project), _NEW],
        format_func=lambda name: name or text("evaluation-proposal-new-set", language),
        key=f"evaluation-proposal-set-{turn}",
    )
    if chosen == _NEW:
        st.text_input(
            text("evaluation-proposal-new-name", language),
            text("evaluation-proposal-some-name", language),
            max_chars=60,
            key=f"evaluation-proposal-name-{turn}",
        )
    kind: str = st.selectbox(
        text("evaluation-filter-kind", language),
        KINDS,
        index=KINDS.index(likely_kind(proposal)),
        format_func=lambda name: _kind(name, language),
        key=f"evaluation-proposal-kind-{turn}",
    )
    st.text_area(
        text("evaluation-proposal-evidence", language),
        key=f"evaluation-proposal-evidence-{turn}",
        height=80,
        disabled=kind in UNANSWERABLE_KINDS,
    )
    with st.container(horizontal=True):
        st.button(
            text("evaluation-proposal-add", language),
            key="evaluation-proposal-add",
            icon=":material/playlist_add:",
            type="primary",
            on_click=_add,
            args=(desk, proposal, sets),
        )
        st.button(
            text("evaluation-proposal-dismiss", language),
            key="evaluation-proposal-dismiss",
            icon=":material/close:",
            on_click=_let_go,
            args=(desk, turn, "dismissed"),
        )


def _read(proposal: Proposal, language: Language) -> None:
    for earlier in proposal.earlier:
        st.text(text("evaluation-earlier", language, question=earlier))
    st.markdown(f"**{label(proposal.question)}**")
    st.caption(text("evaluation-abstained" if proposal.abstained else "evaluation-answered", language))
    with st.container(key="evaluation-proposal-answer", gap="xxsmall"):
        for sentence in proposal.answer:
            st.text(sentence)
    if proposal.sections:
        st.caption(text("sources", language))
        with st.container(key="evaluation-proposal-sections", gap="xxsmall"):
            for section in proposal.sections:
                st.text(section)
    if thought := _thought(proposal, language):
        st.caption(text("evaluation-proposal-thought", language))
        st.text(thought)


def _thought(proposal: Proposal, language: Language) -> str:
    """What was thought of the answer, in one line of words and one for the comment."""
    named = [text(f"evaluation-proposal-{proposal.rating}", language)] if proposal.rating in ("up", "down") else []
    named += [catalogue(language).get(f"chat-reason-{proposal.reason}", proposal.reason)] if proposal.reason else []
    return "\n".join(filter(None, [", ".join(named), proposal.comment]))


def _kind(name: str, language: Language) -> str:
    called = word("kind", name, language)
    return text("evaluation-proposal-silent", language, kind=called) if name in UNANSWERABLE_KINDS else called


def _add(desk: Desk, proposal: Proposal, sets: Sequence[QuestionSet]) -> None:
    """Adds the proposal as the widgets say at the click, and takes it off the list."""
    given = {
        name: st.session_state.get(f"evaluation-proposal-{name}-{proposal.turn}") or ""
        for name in ("set", "name", "kind", "evidence")
    }
    evidence = "" if given["kind"] in UNANSWERABLE_KINDS else given["evidence"]
    cases = [case for each in sets for case in each.cases]
    try:
        question_set = given["set"] or given["name"]
        add_proposal(
            desk.settings.data, proposal, question_set, given["kind"], evidence, desk.generation.documents, cases
        )
    except InvalidQuestionSet as error:
        st.session_state[_SAID] = ("refused", str(error))
    else:
        _let_go(desk, proposal.turn, "added")


def _let_go(desk: Desk, turn: int, outcome: str) -> None:
    try:
        Kept(desk.settings.data).accept(turn)
        st.session_state[_SAID] = (outcome, "")
    except StoreUnusable as error:
        st.session_state[_SAID] = ("refused", str(error))


def _outcome(outcome: str, message: str, language: Language) -> None:
    said = text(f"evaluation-proposal-{outcome}", language)
    if outcome == "refused":
        st.error(said, icon=":material/error:")
        st.caption(label(text("report", language, message=message)))
    else:
        st.success(said, icon=":material/check:")
