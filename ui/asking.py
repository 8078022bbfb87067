"""An answer together with the documents that its spans lie in, though an ingest may publish others meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answer import Answer
from assistant.engine import Assistant
from ingest.errors import IndexBusy
from vectorstore.generation import Generation

_TRIES = 3


def asked(assistant: Assistant, ask: Callable[[], Answer]) -> tuple[Answer, Generation]:
    """What `ask` gives, and the generation that it was made from.

    An answer does not say which one that is, so one that was overtaken by an ingest is asked for again.

    Raises:
        IndexBusy: it was overtaken every time.
        KaderwijzerError: as `Assistant.ask` does.
    """
    for _ in range(_TRIES):
        generation = assistant.generation()
        answer = ask()
        if assistant.generation() is generation:
            return answer, generation
    raise IndexBusy("the index changes while it is being read. Ask again when the ingest is done")
