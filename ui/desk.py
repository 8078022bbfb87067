"""What every page is given: the assistant, what it serves from, the reader's language and role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from assistant.engine import Assistant
from assistant.language import Language
from ingest.errors import KaderwijzerError
from ui.chat import label
from ui.messages import remedy, text
from ui.settings import KaderSettings
from vectorstore.generation import Generation

Role = Literal["reader", "evaluator", "administrator"]
"""Readers ask; evaluators also run question sets; administrators also add and remove documents."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The assistant with its open generation, and for whom the page is drawn."""

    settings: KaderSettings
    assistant: Assistant
    generation: Generation
    language: Language
    role: Role


def no_index(error: KaderwijzerError, language: Language) -> None:
    """What a visitor sees while nothing is indexed."""
    st.subheader(text("no-index", language), anchor=False)
    st.markdown(text("no-index-help", language))
    st.code("kaderwijzer ingest MAP", language=None)
    st.markdown(text("no-index-then", language))
    st.caption(label(text("report", language, message=error)))


def failed(error: KaderwijzerError, language: Language) -> None:
    """An error as a reader can use it: what to do, and the message for the administrator."""
    st.error(f"**{text('failed', language)}.** {remedy(error, language)}", icon=":material/error:")
    st.caption(label(text("report", language, message=error)))
