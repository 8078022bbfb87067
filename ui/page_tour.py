"""The page that shows newcomers around: a tour of each document, and the terms of all. Layout only.

`assistant.tour`, `assistant.definitions` and `ui.toured` compute what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.definitions import Definition, Entry, glossary, matching
from assistant.language import Language
from assistant.render import document_name, section_name
from assistant.tour import Point, Stop, Tour, tour
from ingest.document import Document
from ui.chat import Place, label
from ui.compared import names, ordered
from ui.desk import Desk
from ui.messages import text
from ui.panel import panel
from ui.scroll import to_part
from ui.tour_questions import ten_questions
from ui.toured import Progress, Step, heading, place_of_point, place_of_quote, steps_of

_SHOWN = 30  # terms at a time


def page(desk: Desk) -> None:
    """Draws the tour of one document or the glossary, and beside it the section that was opened."""
    language = desk.language
    state = st.session_state
    if state.get("tour_generation") != desk.generation.manifest.id:  # a place of other documents leads nowhere
        state.tour_generation, state.tour_place = desk.generation.manifest.id, None
    state.setdefault("tour_progress", Progress())
    st.header(text("page-tour", language), anchor=False)
    if not desk.generation.documents:
        st.info(text("no-index", language))
        return
    main, beside = st.columns([3, 2], gap="medium")
    with main:
        st.markdown(text("tour-intro", language))
        view = st.segmented_control(
            text("tour-view", language),
            ["tour", "glossary"],
            format_func=lambda name: text(f"tour-view-{name}", language),
            key="tour-view",
            default="tour",
            required=True,
            persist_state="session",
            on_change=_open,
            args=(None,),
        )
        if view == "glossary":
            _glossary(desk)
        else:
            _tour(desk)
    place: Place | None = state.tour_place
    with beside:
        if place is None:
            _hint(language)
        else:
            panel(place, desk.generation.documents, language, _open)


def _hint(language: Language) -> None:
    with st.container(key="hint", border=True):
        st.markdown(f"**{text('hint-title', language)}**")
        st.caption(text("tour-hint", language))


def _tour(desk: Desk) -> None:
    language, documents = desk.language, desk.generation.documents
    called = names(documents, documents, language)
    name = st.selectbox(
        text("tour-document", language),
        ordered(documents),
        format_func=lambda name: called.get(name, name),
        key="tour-document",
        persist_state="session",
        on_change=_open,
        args=(None,),
    )
    document = documents[name]
    made = _made(desk.generation.manifest.id, name, desk)
    if not made.stops:
        st.info(text("tour-nothing", language))
        return
    progress: Progress = st.session_state.tour_progress
    steps = steps_of(made)
    step = progress.at(name, steps)
    progress.saw(name, step)
    questions: list[str] = []
    if step == "questions":
        questions = _questions(desk.generation.manifest.id, name, language, desk)
        progress.knows(name, len(questions))
    _progress(name, steps, progress, language)
    _steps(name, steps, step, progress, language)
    with st.container(key=f"tour-part-{step}"):
        st.subheader(text(f"tour-{step}", language), anchor=False)
    if st.session_state.pop("tour_moved", False):
        st.html(to_part(f"tour-part-{step}"), unsafe_allow_javascript=True)
    st.caption(text("tour-step", language, number=steps.index(step) + 1, all=len(steps)))
    stop = made.stop(step) if step != "questions" else None
    if stop is None:
        _ten(name, questions, progress, language)
    else:
        _stop(stop, document, language)
    _onward(name, steps, step, language)


def _progress(name: str, steps: Sequence[Step], progress: Progress, language: Language) -> None:
    seen, questions = len(progress.seen(name, steps)), progress.questions(name)
    if questions is None:
        said = text("tour-progress-no-questions", language, seen=seen, stops=len(steps))
    else:
        asked, count = questions
        said = text("tour-progress", language, seen=seen, stops=len(steps), asked=asked, questions=count)
    st.progress(seen / len(steps), said)


def _steps(name: str, steps: Sequence[Step], step: Step, progress: Progress, language: Language) -> None:
    """One button for each part, so that a reader may go past them in any order."""
    with st.container(key="tour-steps", horizontal=True, gap="xsmall"):
        for each in steps:
            st.button(
                text(f"tour-{each}", language),
                key=f"tour-step-{each}",
                type="primary" if each == step else "secondary",
                icon=":material/check:" if each in progress.seen(name, steps) else None,
                on_click=_go,
                args=(name, each),
            )


def _stop(stop: Stop, document: Document, language: Language) -> None:
    st.markdown(text(f"tour-{stop.name}-help", language))
    for number, point in enumerate(stop.points):
        _point(f"{stop.name}-{number}", point, document, language)
    for number, definition in enumerate(stop.definitions[: _room()]):
        _definition(f"{number}", definition, section_name(document.sections[definition.meaning.section]))
    _more(len(stop.definitions), language)
    if stop.beyond:
        st.markdown(text("tour-beyond", language))
        for section in stop.beyond:
            _section_button(f"tour-beyond-{section}", document, section, Place(0, document.id, section))


def _point(key: str, point: Point, document: Document, language: Language) -> None:
    """A section by its heading, which opens it, with what the document says there."""
    with st.container(key=f"tour-point-{key}", gap="xxsmall"):
        place = place_of_point(document, point)
        _section_button(f"tour-open-{key}", document, point.section, place)
        listed = False
        for quote in point.quotes:
            listed = listed or quote.item  # the sentence that explains an item belongs to the list
            with st.container(key=f"tour-{'item' if listed else 'said'}-{key}-{quote.start}"):
                st.text(quote.text)
        if point.parts:
            titles = " · ".join(document.sections[part].label for part in point.parts)
            st.caption(label(text("tour-parts", language, names=titles)))


def _section_button(key: str, document: Document, section: int, place: Place) -> None:
    st.button(
        label(heading(document, section)),
        key=key,
        icon=":material/menu_book:",
        type="tertiary",
        on_click=_open,
        args=(place,),
    )


def _definition(key: str, definition: Definition, where: str, *, titled: bool = True) -> None:
    with st.container(key=f"tour-point-term-{key}", gap="xxsmall"):
        if titled:
            st.markdown(f"**{label(definition.term.text)}**")
        st.text(definition.meaning.text)
        st.button(
            label(where),
            key=f"tour-term-{key}",
            icon=":material/menu_book:",
            type="tertiary",
            on_click=_open,
            args=(place_of_quote(definition.meaning),),
        )


def _ten(name: str, questions: Sequence[str], progress: Progress, language: Language) -> None:
    if not questions:
        st.info(text("tour-questions-none", language))
        return
    full = len(questions) == 10
    st.markdown(text("tour-questions-help" if full else "tour-questions-fewer", language, count=len(questions)))
    for number, question in enumerate(questions):
        asked = progress.asked(name, question)
        said = f"{label(question)} :small[({text('tour-asked', language)})]" if asked else label(question)
        icon = ":material/check:" if asked else ":material/chat:"
        if st.button(said, key=f"tour-question-{number}", icon=icon):
            progress.asks(name, question)
            st.session_state.setdefault("pending", []).append(question)
            st.switch_page(st.Page(_chat, title="chat", url_path="", default=True))


def _chat() -> None:
    """Stands for the chat page, which Streamlit knows by its address alone."""


def _onward(name: str, steps: Sequence[Step], step: Step, language: Language) -> None:
    at = steps.index(step)
    ways: list[tuple[str, Step | None]] = [
        ("previous", steps[at - 1] if at else None),
        ("next", steps[at + 1] if at + 1 < len(steps) else None),
    ]
    with st.container(key="tour-onward", horizontal=True):
        for key, to in ways:
            st.button(
                text(f"tour-{key}", language),
                key=f"tour-{key}",
                icon=":material/arrow_back:" if key == "previous" else ":material/arrow_forward:",
                icon_position="left" if key == "previous" else "right",
                disabled=to is None,
                on_click=_go,
                args=(name, to),
            )


def _glossary(desk: Desk) -> None:
    language, documents = desk.language, desk.generation.documents
    entries = _entries(desk.generation.manifest.id, desk)
    if not entries:
        st.info(text("tour-no-terms", language))
        return
    sought = st.text_input(text("tour-search", language), key="tour-sought", icon=":material/search:")
    found = matching(entries, sought) if sought.strip() else entries
    explaining = {d.meaning.document_id for entry in entries for d in entry.definitions}
    if not sought.strip():
        st.caption(text("tour-count", language, count=len(entries), documents=len(explaining)))
    elif found:
        st.caption(text("tour-found", language, count=len(found)))
    else:
        st.info(label(text("tour-found-none", language, wanted=sought)))
    for number, entry in enumerate(found[: _room()]):
        st.markdown(f"**{label(entry.term)}**")
        for at, definition in enumerate(entry.definitions):
            document = documents[definition.meaning.document_id]
            where = (
                f"{document_name(document, language)}, {section_name(document.sections[definition.meaning.section])}"
            )
            _definition(f"{number}-{at}", definition, where, titled=False)
    _more(len(found), language)


def _room() -> int:
    """How many terms are shown; a list of hundreds would keep the reader waiting."""
    room: int = st.session_state.get("tour_terms", _SHOWN)
    return room


def _more(terms: int, language: Language) -> None:
    if terms > _room():
        st.button(text("tour-more", language), key="tour-more", icon=":material/expand_more:", on_click=_show_more)


@st.cache_data(show_spinner=False, max_entries=64)
def _made(generation_id: str, name: str, _desk: Desk) -> Tour:  # noqa: ARG001  # tells one generation from another
    return tour(_desk.generation.documents[name])


@st.cache_data(show_spinner=False, max_entries=4)
def _entries(generation_id: str, _desk: Desk) -> tuple[Entry, ...]:  # noqa: ARG001
    return glossary(_desk.generation.documents.values())


def _questions(generation_id: str, name: str, language: Language, desk: Desk) -> list[str]:
    with st.spinner(text("tour-questions-busy", language)):
        return _checked(generation_id, name, language, desk)


@st.cache_data(show_spinner=False, max_entries=64)
def _checked(generation_id: str, name: str, language: Language, _desk: Desk) -> list[str]:
    document = _desk.generation.documents[name]
    return ten_questions(_desk.assistant, document, _made(generation_id, name, _desk), language)


def _go(name: str, step: Step) -> None:
    st.session_state.tour_progress.goes(name, step)
    st.session_state.tour_place, st.session_state.tour_moved = None, True


def _show_more() -> None:
    st.session_state.tour_terms = _room() + _SHOWN


def _open(place: Place | None) -> None:
    st.session_state.tour_place = place
