"""One document of the library: to read and to search, with all that is known of it. Layout only.

`ui.library` and `ui.full_text` compute what it shows, `ui.page_intake` draws what administrators can do with it. The
section that is open stands in the address beside the document, so that a link leads there.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from assistant.answer import validity
from assistant.language import Language
from assistant.render import document_name, notes_on
from ingest.document import Document
from ui import page_intake
from ui.chat import label, link, web_address
from ui.desk import Desk
from ui.doubts import doubt
from ui.full_text import (
    Span,
    Stretch,
    find,
    following,
    next_hit,
    preceding,
    stretch,
    stretch_at,
    stretch_html,
    to_stretch,
)
from ui.library import Field, OutlineItem, fields, outline
from ui.messages import text

_STEPS = ((-1, "previous", ":material/keyboard_arrow_up:"), (1, "next", ":material/keyboard_arrow_down:"))
"""The ways from one hit to another."""


def document_page(desk: Desk, document: Document) -> None:
    """Draws a document: to read and search, what is known of it, what to check, and for administrators its upkeep."""
    language = desk.language
    st.button(
        text("documents-back", language),
        key="library-back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=to_list,
    )
    st.header(label(document_name(document, language)), anchor=False)
    page_intake.report(language)
    facts = (document.kind, validity(document, language))
    source = link(text("to-source", language), web_address(document.source_url))
    st.markdown(" · ".join(filter(None, [*(label(fact) for fact in facts if fact), source])))
    for note in notes_on([document], language):
        st.info(label(note), icon=":material/info:")
    names = [text("documents-read", language), text("documents-about", language)]
    names += [text("documents-warnings-tab", language, count=len(document.warnings))] if document.warnings else []
    names += [text("documents-manage", language)] if desk.role == "administrator" else []
    tabs = iter(st.tabs(names, key=f"library-tabs-{document.id}"))
    with next(tabs):
        _reading(document, language)
    with next(tabs):
        st.html(_fields_html(fields(document, language), language))
    if document.warnings:
        with next(tabs):
            st.markdown(text("documents-warnings-help", language))
            for warning in document.warnings:
                st.warning(label(doubt(warning, language)), icon=":material/warning:")
    if desk.role == "administrator":
        with next(tabs):
            page_intake.management(desk.settings, document, language)


def _reading(document: Document, language: Language) -> None:
    shown = stretch(document, *_address(document))
    hits = _search(document, language)
    beside, reading = st.columns([2, 5], gap="medium")
    with beside, st.container(key="library-outline-box"):
        st.markdown(f"**{text('documents-outline', language)}**")
        with st.container(key="library-outline", gap=None):
            for item in outline(document, shown.section):
                _outline_item(document, item, item.section == shown.section)
    with reading, st.container(key="library-text"):
        _text(document, shown, hits, language)


def _search(document: Document, language: Language) -> tuple[Span, ...]:
    """The search field with what it found, and the steps from hit to hit."""
    with st.container(key="library-search", horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            text("documents-find", language),
            key=f"library-find-{document.id}",
            type="search",
            max_chars=100,
            on_change=_find,
            args=(document,),
            placeholder=text("documents-search", language),
            width=260,
        )
        hits = find(document.text, words)
        if words.strip():
            current = _current(hits)
            told = (
                "documents-found-at" if current is not None else "documents-found" if hits else "documents-found-none"
            )
            number = None if current is None else current + 1
            st.markdown(f":small[{text(told, language, count=len(hits), number=number)}]", width="content")
        if hits:
            for step, name, icon in _STEPS:
                said = text(f"documents-hit-{name}", language)
                st.button(said, key=f"library-hit-{name}", icon=icon, on_click=_step, args=(document, hits, step))
    return hits


def _outline_item(document: Document, item: OutlineItem, is_open: bool) -> None:
    icons = {True: ":material/expand_more:", False: ":material/chevron_right:", None: None}
    number = f" ({item.page})" if item.page else ""
    kind = "leaf" if item.unfolded is None else "branch"
    with st.container(key=f"library-depth-{min(item.depth, 5)}-{kind}-{item.section}"):
        st.button(
            label(item.label + number),
            key=f"library-section-{item.section}",
            icon=icons[item.unfolded],
            type="secondary" if is_open else "tertiary",
            wrap=True,
            on_click=_read,
            args=(document, item.section),
        )


def _text(document: Document, shown: Stretch, hits: Sequence[Span], language: Language) -> None:
    section = document.sections[shown.section]
    path = [title for title in section.path if title != document.title] or list(section.path)
    place = text("documents-part", language, part=shown.part + 1, parts=shown.parts) if shown.parts > 1 else None
    st.caption(label(" › ".join([*path, *filter(None, [place])])))
    current = _current(hits)
    name = f"library-{document.id}-{shown.section}-{shown.part}-{'' if current is None else current}"
    st.html(stretch_html(document, shown, hits, current, name))
    notes = document.footnotes_of(shown.start, shown.end) if section.kind != "footnote" else ()
    if notes:
        st.caption(text("footnotes", language))
    for note in notes:
        st.caption(label(document.text[note.start : note.end]))
    with st.container(horizontal=True, horizontal_alignment="distribute", key="library-steps"):
        for step, to in (("previous", preceding(document, shown)), ("next", following(document, shown))):
            st.button(
                text(step, language),
                key=f"library-{step}",
                icon=":material/arrow_back:" if step == "previous" else ":material/arrow_forward:",
                icon_position="left" if step == "previous" else "right",
                type="tertiary",
                disabled=to is None,
                on_click=_read,
                args=(document, *((to.section, to.part) if to else (0,))),
            )
    if st.session_state.pop("library-moved", False):
        st.html(to_stretch(name), unsafe_allow_javascript=True)


def _fields_html(known: Sequence[Field], language: Language) -> str:
    rows: list[str] = []
    for field in known:
        said = html.escape(field.value) if field.value else f"<em>{text('documents-unknown', language)}</em>"
        read = text("documents-given", language) if field.given else ""
        if field.quote:
            read = text("documents-read-in", language, quote=field.quote, section=field.section)
        note = f'<span class="kader-read">{html.escape(read)}</span>' if read else ""
        rows.append(f"<dt>{html.escape(field.name)}</dt><dd>{said}{note}</dd>")
    return f'<dl class="kader-fields">{"".join(rows)}</dl>'


def _address(document: Document) -> tuple[int, int]:
    """The section and part that the address names; the first where it names none that exists."""
    named = [st.query_params.get(name, "") for name in ("section", "part")]
    section, part = (int(value) if value.isascii() and value.isdigit() else 0 for value in named)
    return (section, part) if section < len(document.sections) else (0, 0)


def _current(hits: Sequence[Span]) -> int | None:
    """The number of the hit that is looked at."""
    number: int | None = st.session_state.get("library-hit")
    return number if number is not None and number < len(hits) else None


def _read(document: Document, section: int, part: int = 0) -> None:
    st.session_state["library-hit"] = None
    _show(document, section, part)


def _find(document: Document) -> None:
    """Goes to the first hit from where the reader is."""
    hits = find(document.text, st.session_state[f"library-find-{document.id}"])
    st.session_state["library-hit"] = None
    if hits:
        _to_hit(document, hits, next_hit(hits, stretch(document, *_address(document)).start))


def _step(document: Document, hits: Sequence[Span], step: int) -> None:
    """Goes to the hit before or after the current one, or else from where the reader is."""
    current = _current(hits)
    here = next_hit(hits, stretch(document, *_address(document)).start)
    to = current + step if current is not None else here if step > 0 else here - 1
    _to_hit(document, hits, to % len(hits))


def _to_hit(document: Document, hits: Sequence[Span], number: int) -> None:
    at = stretch_at(document, hits[number][0])
    _show(document, at.section, at.part)
    st.session_state["library-hit"] = number


def _show(document: Document, section: int, part: int) -> None:
    st.query_params.from_dict(
        {"document": document.id, "section": str(section), **({"part": str(part)} if part else {})}
    )
    st.session_state["library-moved"] = True


def to_list() -> None:
    """Leaves the document that is open."""
    page_intake.put_away()
    st.query_params.clear()
    st.session_state["library-hit"] = None
