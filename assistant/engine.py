"""The assistant: answers questions from the published generation of a store, whichever that is by now.

Each call works on one generation from beginning to end (`assistant.reader`); when a newer one was published in
between, the next call takes that.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from assistant.answer import Answer
from assistant.generate import Generator
from assistant.reader import Found, Reader, Request
from assistant.rerank import Reranker
from ingest.errors import IndexMissing, KaderwijzerError
from vectorstore.chroma import unanswered
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation
from vectorstore.store import Store

T = TypeVar("T")


class Assistant:
    """Answers questions over the published generation of a store; safe to share between threads."""

    def __init__(
        self,
        store: Store,
        embeddings: KaderEmbeddings,
        reranker: Reranker | None = None,
        generator: Generator | None = None,
    ) -> None:
        self._store = store
        self._embeddings = embeddings
        self._reranker = reranker
        self._generator = generator
        self._reader: Reader | None = None
        self._lock = threading.Lock()

    def generation(self) -> Generation:
        """The published generation, opened anew when another one was published.

        Raises:
            IndexMissing, IndexMismatch: there is none, or another model built it.
        """
        return self._current().generation

    def warm_up(self) -> None:
        """Loads what the first question would otherwise wait for; without an index there is nothing to load."""
        with suppress(KaderwijzerError):
            self.search("lonelinesss", k=1)  # misspelled, so that the word lists are loaded too

    def search(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        k: int = 10,
        municipalities: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Found:
        """The best `k` passages for a question.

        Raises:
            InvalidQuestion, UnknownDocument, IndexMissing, IndexMismatch: with what to do.
        """
        request = Request(question, tuple(history), tuple(municipalities), tuple(documents))
        return self.with_reader(lambda reader: reader.search(request, k))

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        municipalities: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Answer:
        """The answer to a question; who shows what it quotes, or follows how it is made, asks a reader.

        Raises:
            InvalidQuestion, UnknownDocument, IndexMissing, IndexMismatch: with what to do.
        """
        request = Request(question, tuple(history), tuple(municipalities), tuple(documents))
        return self.with_reader(lambda reader: reader.ask(request))

    def with_reader(self, run: Callable[[Reader], T]) -> T:
        """What `run` gives for a reader of the published generation; run once more when an ingest removed that midway.

        All that one run shows together goes together: answers, and the documents that their spans lie in.

        Raises:
            IndexMissing, IndexMismatch: there is none, or another model built it.
        """
        from chromadb.errors import ChromaError  # Chroma is imported with the first search
        from httpx import HTTPError  # its own of a server that has gone

        reader = self._current()
        try:
            with reader.generation.reading():
                return run(reader)
        except HTTPError as error:
            raise unanswered(self._store.chroma_url) from error
        except (ChromaError, IndexMissing, OSError):
            if self._store.current_id() == reader.generation.manifest.id:
                raise
        reader = self._current()
        with reader.generation.reading():
            return run(reader)

    def _current(self) -> Reader:
        with self._lock:
            if self._reader is None or self._reader.generation.manifest.id != self._store.current_id():
                before, generation = self._reader, self._store.open(self._embeddings.card)
                self._reader = Reader(generation, self._embeddings, self._reranker, self._generator)
                if before is not None:
                    before.generation.close()  # once the runs on it are done
            return self._reader
