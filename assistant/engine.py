"""The assistant: a question in, a checked answer out.

    question --understand--> Query --retrieve--> Hits --judge--> enough? --choose--> Answer --check--> shown

Each call works on one generation from beginning to end; when a newer one was published in between, the next call
takes that.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.answer import Answer, check_answer
from assistant.answering import answer_of
from assistant.conversation import remembered
from assistant.generate import Draft, Generator
from assistant.pointing import Points
from assistant.query import Query
from assistant.question import understand
from assistant.render import render
from assistant.rerank import Reranker
from assistant.retriever import find, retrieve, settled
from assistant.verdict import judge
from ingest.errors import IndexMissing, KaderwijzerError, UnknownDocument
from vectorstore.chroma import unanswered
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation
from vectorstore.search import Hit
from vectorstore.store import Store
from vectorstore.update import unknown_document

T = TypeVar("T")
Stage = Callable[[str], None]
"""Called with the name of each stage as it begins: "search", "read", "compose", "generate"."""

_READ = 10  # hits that an answer may draw on
_KEPT = 256  # answers of which it is remembered what they said
_Asked = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The generation that was asked, the conversation to its last question, and the municipalities and documents chosen."""


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval gave for one query, and the generation it came from."""

    query: Query
    hits: tuple[Hit, ...]
    generation: Generation


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
        self._open: Generation | None = None
        self._lock = threading.Lock()
        self._shown: OrderedDict[_Asked, Points] = OrderedDict()  # what the last answers said, the latest at the end

    def generation(self) -> Generation:
        """The published generation, opened anew when another one was published.

        Raises:
            IndexMissing, IndexMismatch: there is none, or another model built it.
        """
        with self._lock:
            if self._open is None or self._open.manifest.id != self._store.current_id():
                before, self._open = self._open, self._store.open(self._embeddings.card)
                if before is not None:
                    before.close()  # once the runs on it are done
            return self._open

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

        def run(generation: Generation) -> Found:
            query = self._understand(generation, question, history, municipalities, documents)
            hits = find(generation, self._embeddings, query, k=k, reranker=self._reranker)
            return Found(query, tuple(hits), generation)

        return self._on_current(run)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        municipalities: Sequence[str] = (),
        documents: Sequence[str] = (),
        stage: Stage = lambda _: None,
        draft: Draft | None = None,
        phrased: bool = True,
    ) -> Answer:
        """The answer to a question, checked against the invariants.

        `history` holds the earlier questions of the conversation, oldest first. `draft` follows what a chat model
        writes, before it is checked; `phrased` says whether one that is configured may put the answer into words.

        Raises:
            InvalidQuestion, UnknownDocument, IndexMissing, IndexMismatch: with what to do.
        """
        return self._on_current(
            lambda generation: self._ask(
                generation, question, history, municipalities, documents, stage, draft, phrased
            )
        )

    def _ask(
        self,
        generation: Generation,
        question: str,
        history: Sequence[str],
        municipalities: Sequence[str],
        documents: Sequence[str],
        stage: Stage,
        draft: Draft | None = None,
        phrased: bool = True,
    ) -> Answer:
        timings: dict[str, float] = {}
        stage("search")
        with _timed(timings, "understand"):
            query = self._understand(generation, question, history, municipalities, documents)
        with _timed(timings, "retrieve"):
            groups = self._retrieve(generation, query)
        stage("read")
        with _timed(timings, "judge"):
            judged = judge(generation, query, groups)
        stage("compose")
        with _timed(timings, "compose"):
            answer = answer_of(generation, query, judged)
            conversation = (*remembered(history), question)
            asked = (generation.manifest.id, conversation, tuple(municipalities), tuple(documents))
            self._keep(asked, _points_of(answer, generation))
        if phrased and not answer.abstained and self._generator is not None:
            stage("generate")
            with _timed(timings, "generate"):
                answer = self._generator.rephrase(answer, query, draft)
        answer = replace(answer, text=render(answer, generation.documents), timings_ms=_with_total(timings))
        return check_answer(answer, generation.documents)

    def _understand(
        self,
        generation: Generation,
        question: str,
        history: Sequence[str],
        municipalities: Sequence[str],
        documents: Sequence[str],
    ) -> Query:
        def shown(conversation: Sequence[str]) -> Points:
            *before, last = conversation
            asked = (generation.manifest.id, tuple(conversation), tuple(municipalities), tuple(documents))
            known = self._shown.get(asked)
            if known is None:
                earlier = (last, before, municipalities, documents)
                known = _points_of(self._ask(generation, *earlier, lambda _: None, phrased=False), generation)
            return known

        query = _understand(generation, question, history, municipalities, documents, shown)
        return settled(generation, self._embeddings, query)

    def _keep(self, asked: _Asked, points: Points) -> None:
        """Keeps what an answer said for the question after it, which may point at it."""
        with self._lock:
            self._shown[asked] = points
            while len(self._shown) > _KEPT:
                self._shown.popitem(last=False)

    def _retrieve(self, generation: Generation, query: Query) -> list[tuple[tuple[str, ...], list[Hit]]]:
        """Hits for the whole scope, or for each municipality or document by itself where several are asked about."""

        def best(names: tuple[str, ...]) -> list[Hit]:
            return retrieve(generation, self._embeddings, query, k=_READ, documents=names, reranker=self._reranker)

        return [(names, best(names)) for names in query.scope.apart or (query.scope.documents,)]

    def _on_current(self, run: Callable[[Generation], T]) -> T:
        """Runs on the current generation, once more when an ingest removed it in the middle."""
        from chromadb.errors import ChromaError  # Chroma is imported with the first search
        from httpx import HTTPError  # its own of a server that has gone

        generation = self.generation()
        try:
            with generation.reading():
                return run(generation)
        except HTTPError as error:
            raise unanswered(self._store.chroma_url) from error
        except (ChromaError, IndexMissing, OSError):
            if self._store.current_id() == generation.manifest.id:
                raise
        generation = self.generation()
        with generation.reading():
            return run(generation)


def _points_of(answer: Answer, generation: Generation) -> Points:
    """What an answer in the documents' own sentences said, and where."""
    items, sentences = (tuple(c.text for c in answer.claims if c.item is item) for item in (True, False))
    sections = tuple(dict.fromkeys((c.document_id, c.section) for c in answer.citations))
    chosen = answer.searched if len(answer.searched) < len(generation.documents) else ()
    return Points(items, sentences, sections, tuple(dict.fromkeys(name for name, _ in sections)) or chosen)


def _understand(
    generation: Generation,
    question: str,
    history: Sequence[str],
    municipalities: Sequence[str],
    documents: Sequence[str],
    shown: Callable[[Sequence[str]], Points],
) -> Query:
    known = generation.documents
    for name in documents:
        if name not in known:
            raise unknown_document(name, known)
    places = {(d.municipality or "").lower(): d.municipality for d in known.values() if d.municipality}
    for name in municipalities:
        if name.lower() not in places:
            listed = ", ".join(sorted(p for p in places.values() if p))
            raise UnknownDocument(
                f"no document of the municipality “{name}” is indexed. Indexed are: {listed or 'none'}"
            )
    wanted = [places[name.lower()] or "" for name in municipalities]
    return understand(
        question, known.values(), history, wanted, documents, spelled=generation.lexical.spelled, shown=shown
    )


@contextmanager
def _timed(timings: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    timings[name] = round((time.perf_counter() - began) * 1000, 2)


def _with_total(timings: dict[str, float]) -> dict[str, float]:
    return {**timings, "total": round(sum(timings.values()), 2)}
