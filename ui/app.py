"""The application: one shell around its pages. Each page is layout; what it shows is computed elsewhere.

Streamlit runs this file anew for every click; what lasts lies in its session state.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant.engine import Assistant
from assistant.language import Language
from ingest.errors import IndexMissing, InvalidSettings, KaderwijzerError
from ui import page_chat, page_compare, page_documents, page_evaluation, page_intake, page_tour
from ui.access import allows
from ui.desk import Desk, Role, failed, no_index
from ui.messages import text
from ui.settings import KaderSettings, open_assistant, open_store, read_settings
from ui.sidebar import language_switch
from ui.sign_in import above_the_role, sign_in_page, signed_in, visitor

STYLE = Path(__file__).with_name("style.css")

Page = Callable[[Desk], None]

# Name, icon, address, the least role that sees it, and what draws it; the first is where visitors arrive.
PAGES: tuple[tuple[str, str, str, Role, Page], ...] = (
    ("chat", ":material/chat:", "", "reader", page_chat.page),
    ("compare", ":material/compare:", "vergelijken", "reader", page_compare.page),
    ("tour", ":material/signpost:", "wegwijs", "reader", page_tour.page),
    ("documents", ":material/folder_open:", "documenten", "reader", page_documents.page),
    ("evaluation", ":material/fact_check:", "evaluatie", "evaluator", page_evaluation.page),
)


def main() -> None:
    """Draws the page that was asked for, when the visitor may see it."""
    st.set_page_config(page_title="Kaderwijzer", page_icon="🧭", layout="wide", initial_sidebar_state=340)
    st.html(STYLE)
    language = language_switch(_default_language)
    try:
        settings = read_settings()
        who = visitor(settings)
    except KaderwijzerError as error:
        _only(partial(_refused, error, language), language)
        return
    if who is None:
        _only(partial(sign_in_page, language), language)
        return
    chosen = st.navigation([_entry(*page, settings, language, who.role) for page in PAGES], position="sidebar")
    signed_in(who, language)
    chosen.run()


def _entry(
    name: str, icon: str, address: str, least: Role, draw: Page, settings: KaderSettings, language: Language, role: Role
) -> StreamlitPage:
    """A page of the menu; one above the role is not in the menu, and by its address says only that."""
    allowed = allows(role, least)
    return st.Page(
        partial(_drawn, draw, settings, language, role) if allowed else partial(above_the_role, language),
        title=text(f"page-{name}", language),
        icon=icon,
        url_path=address,
        default=not address,
        visibility="visible" if allowed else "hidden",
    )


def _only(draw: Callable[[], None], language: Language) -> None:
    """Draws the same thing at the address of every page, without a menu."""
    pages = [
        st.Page(draw, title=text(f"page-{name}", language), url_path=address, default=not address)
        for name, _, address, _, _ in PAGES
    ]
    st.navigation(pages, position="hidden").run()


def _refused(error: KaderwijzerError, language: Language) -> None:
    st.title("Kaderwijzer", anchor=False)
    failed(error, language)


def _drawn(draw: Page, settings: KaderSettings, language: Language, role: Role) -> None:
    st.title("Kaderwijzer", anchor=False)
    try:
        assistant = _assistant()
        desk = Desk(settings, assistant, assistant.generation(), language, role)
    except KaderwijzerError as error:
        none_yet = isinstance(error, IndexMissing) and open_store(settings).is_empty()
        if none_yet and allows(role, "administrator"):
            page_intake.first_upload(settings, language)
        elif none_yet:
            no_index(error, language)
        else:
            failed(error, language)
    else:
        draw(desk)
        _warm_up()


@st.cache_resource(show_spinner=False)
def _assistant() -> Assistant:
    """One assistant for all sessions."""
    _set_aside()
    return open_assistant(read_settings())


@st.cache_resource(show_spinner=False)
def _warm_up() -> None:
    """Loads what the first question would wait for, once, and not before the first page is drawn."""
    assistant = _assistant()

    def load() -> None:
        assistant.warm_up()
        _set_aside()

    Thread(target=load, daemon=True).start()


def _set_aside() -> None:
    """Sets aside what was imported so far.

    Streamlit collects garbage after every run; what the libraries keep for good need not be looked through each time.
    """
    gc.collect()
    gc.freeze()


def _default_language() -> Language:
    try:
        return read_settings().language
    except InvalidSettings:  # the page says so further on, and needs a language to say it in
        return "nl"


if __name__ == "__main__":
    main()
