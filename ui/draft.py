"""What a language model is writing, shown while it writes: a draft, told apart from an answer. Layout only."""

from __future__ import annotations

import time

import streamlit as st

from assistant.language import Language
from ui.messages import text

_EVERY = 0.1  # seconds: as often as an eye can follow; a fast model writes far more often


class Draft:
    """A place on the page for what was written so far; gone once it is cleared.

    Nobody has checked it yet, and a model may write anything: so it is plain text, which Streamlit shows as it is.
    """

    def __init__(self, language: Language) -> None:
        self._place = st.container(key="draft").empty()
        self._language = language
        self._shown = 0.0

    def show(self, written: str) -> None:
        """Shows what was written so far, unless it was shown a moment ago."""
        if not written or time.monotonic() - self._shown < _EVERY:
            return
        with self._place.container(gap="xsmall"):
            st.caption(f":material/edit_note: {text('chat-draft', self._language)}")
            st.text(written)
        self._shown = time.monotonic()

    def clear(self) -> None:
        """Takes the draft away."""
        self._place.empty()
