"""The application with a language model that goes on writing until a file appears; tests of what happens meanwhile.

Streamlit runs this file in place of `ui/app.py`. What the model writes is in no document, so that it falls away and the
answer is the same as without a model.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

import ui.app
from assistant.engine import Assistant
from assistant.generate import Generator
from ui.settings import KaderSettings, open_model, open_store

GATE = "KADER_TEST_GATE"
WORD = "Hottentottententententoonstelling "


class Writing(FakeListChatModel):
    """Writes the same word over and over while its gate is closed."""

    responses: list[str] = [WORD]  # noqa: RUF012  # a field of a pydantic model

    def _stream(self, *_, **__):
        yield _piece()
        while not Path(os.environ[GATE]).exists():
            time.sleep(0.02)
            yield _piece()


def _piece() -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(content=WORD))


def _open(settings: KaderSettings) -> Assistant:
    return Assistant(open_store(settings), open_model(settings), generator=Generator(Writing(), "nep:model"))


ui.app.open_assistant = _open
ui.app.main()
