"""The assistant: a question in, a checked answer out.

    question --understand--> Query --retrieve--> Hits --judge--> enough? --choose--> Answer --check--> shown

Each call works on one generation from beginning to end; when a newer one was published in between, the next call
takes that.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from chromadb.errors import ChromaError

from assistant.answer import Answer, Citation, Claim, Nearby, check_answer
from assistant.compose import Excerpt, choose
from assistant.facts import stated_facts
from assistant.generate import Draft, Generator
from assistant.judgement import confidence, measure
from assistant.kinds import is_task
from assistant.phrases import say
from assistant.query import Query
from assistant.question import understand
from assistant.render import notes_on, render
from assistant.rerank import Reranker
from assistant.retriever import find, retrieve, settled
from assistant.scope import titles_of
from ingest.document import Document
from ingest.errors import IndexMissing, KaderwijzerError, UnknownDocument
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation
from vectorstore.search import Hit
from vectorstore.store import Store
from vectorstore.update import unknown_document

T = TypeVar("T")
Stage = Callable[[str], None]
"""Called with the name of each stage as it begins: "search", "read", "compose", "generate"."""

_READ = 10  # hits that an answer may draw on
_NEAREST = 3
_ENOUGH = 0.5  # the confidence from which on a question is answered; the weights are learnt so that it is one half
_IN_PART = 0.25  # the same for one of several municipalities, when all of them together answer
_STATED = 0.99  # confidence in a fact that a document states of itself


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval gave for one query, and the generation it came from."""

    query: Query
    hits: tuple[Hit, ...]
    generation: Generation


@dataclass(frozen=True, slots=True)
class Judged:
    """The hits in some of the documents, how sure it is that they answer, and whether they are taken to."""

    documents: tuple[str, ...]
    hits: tuple[Hit, ...]
    sure: float
    answers: bool


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

    def generation(self) -> Generation:
        """The published generation, opened anew when another one was published.

        Raises:
            IndexMissing, IndexMismatch: there is none, or another model built it.
        """
        with self._lock:
            if self._open is None or self._open.manifest.id != self._store.current_id():
                self._open = self._store.open(self._embeddings.card)
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
    ) -> Answer:
        """The answer to a question, checked against the invariants.

        `history` holds the earlier questions of the conversation, oldest first. `draft` follows what a chat model
        writes, before it is checked.

        Raises:
            InvalidQuestion, UnknownDocument, IndexMissing, IndexMismatch: with what to do.
        """
        return self._on_current(
            lambda generation: self._ask(generation, question, history, municipalities, documents, stage, draft)
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
    ) -> Answer:
        timings: dict[str, float] = {}
        stage("search")
        with _timed(timings, "understand"):
            query = self._understand(generation, question, history, municipalities, documents)
        with _timed(timings, "retrieve"):
            groups = self._retrieve(generation, query)
        stage("read")
        with _timed(timings, "judge"):
            judged = _judge(generation, query, groups)
        stage("compose")
        with _timed(timings, "compose"):
            answer = self._compose(generation, query, judged)
        if not answer.abstained and self._generator is not None:
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
        def shown() -> list[str]:
            """The points of the answer before: its items, or else its sentences."""
            before = self._ask(generation, history[-1], history[:-1], municipalities, documents, lambda _: None)
            return [c.text for c in before.claims if c.item] or [c.text for c in before.claims]

        query = _understand(generation, question, history, municipalities, documents, shown)
        return settled(generation, self._embeddings, query)

    def _retrieve(self, generation: Generation, query: Query) -> list[tuple[tuple[str, ...], list[Hit]]]:
        """Hits for the whole scope, or for each municipality by itself where the question names several."""
        named = query.scope.municipalities
        groups = (
            [query.scope.documents]
            if len(named) < 2
            else [
                tuple(d for d in query.scope.documents if generation.documents[d].municipality == name)
                for name in named
            ]
        )
        return [
            (
                names,
                retrieve(generation, self._embeddings, query, k=_READ, documents=names, reranker=self._reranker),
            )
            for names in groups
        ]

    def _compose(self, generation: Generation, query: Query, judged: list[Judged]) -> Answer:
        refused = _refused(query, generation.documents)
        facts = [] if refused else stated_facts(query, generation.documents)
        answered = [] if refused else [found.hits for found in judged if found.answers]
        excerpts = facts or [e for hits in answered for e in choose(generation, query, hits)]
        answer = Answer(
            question=query.question,
            standalone_question=query.standalone,
            language=query.language,
            claims=(),
            citations=(),
            searched=query.scope.documents,
            unknown=query.scope.unknown,
            municipalities=query.scope.municipalities,
            confidence=max((found.sure for found in judged), default=0.0),
        )
        if not excerpts:
            return _abstain(answer, query, judged, generation, refused)
        claims, citations = _as_claims(_by_municipality(excerpts, generation.documents), generation.documents)
        cited = {c.document_id: generation.documents[c.document_id] for c in citations}
        silent = () if facts else tuple(name for found in judged if not found.answers for name in found.documents)
        sure = _STATED if facts else answer.confidence
        notes = notes_on(cited.values(), query.language)
        return replace(answer, claims=claims, citations=citations, silent=silent, notes=notes, confidence=sure)

    def _on_current(self, run: Callable[[Generation], T]) -> T:
        """Runs on the current generation, once more when an ingest removed it in the middle."""
        generation = self.generation()
        try:
            return run(generation)
        except (ChromaError, IndexMissing, OSError):
            if self._store.current_id() == generation.manifest.id:
                raise
            return run(self.generation())


def is_answered(found: Found) -> bool:
    """Whether what a search found is taken to answer its question, as `Assistant.ask` does, without composing it."""
    query, generation = found.query, found.generation
    (judged,) = _judge(generation, query, [(query.scope.documents, list(found.hits))])
    refused = _refused(query, generation.documents)
    return judged.answers and not refused and bool(choose(generation, query, found.hits))


def _understand(
    generation: Generation,
    question: str,
    history: Sequence[str],
    municipalities: Sequence[str],
    documents: Sequence[str],
    shown: Callable[[], Sequence[str]],
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


def _judge(generation: Generation, query: Query, groups: list[tuple[tuple[str, ...], list[Hit]]]) -> list[Judged]:
    """Each group of documents judged by itself, and where there are several, as parts of one answer.

    A question over several municipalities is often answered by each of them in part.
    """
    sure = [confidence(measure(generation, query, hits), query.language) for _, hits in groups]
    together = sorted((h for _, hits in groups for h in hits), key=lambda h: (-h.score, h.passage))
    whole = confidence(measure(generation, query, together), query.language) if len(groups) > 1 else 0.0
    enough = _IN_PART if whole >= _ENOUGH else _ENOUGH
    if query.scope.sections and query.topic == titles_of(query.scope, generation.documents.values()):
        enough = 0.0  # "wat staat er in hoofdstuk 5" is answered by chapter 5
    return [
        Judged(names, tuple(hits), own, bool(hits) and own >= enough)
        for (names, hits), own in zip(groups, sure, strict=True)
    ]


def _refused(query: Query, documents: Mapping[str, Document]) -> str | None:
    """Why a question is not answered, whatever the passages say; None for every other question."""
    if is_task(query.question):
        return say("task", query.language)
    if query.scope.absent:
        titles = dict.fromkeys(documents[name].title for name in query.scope.documents)
        names = ", ".join(query.scope.absent)
        return say("no-section", query.language, names=names, where="; ".join(titles))
    return None


def _by_municipality(excerpts: list[Excerpt], documents: Mapping[str, Document]) -> list[Excerpt]:
    """Excerpts of one municipality, and of one document, brought together in the order of their first appearance."""
    places: list[str | None] = []
    names: list[str] = []
    for excerpt in excerpts:
        place = documents[excerpt.document_id].municipality
        if place not in places:
            places.append(place)
        if excerpt.document_id not in names:
            names.append(excerpt.document_id)
    return sorted(
        excerpts,
        key=lambda e: (places.index(documents[e.document_id].municipality), names.index(e.document_id)),
    )


def _as_claims(
    excerpts: list[Excerpt], documents: Mapping[str, Document]
) -> tuple[tuple[Claim, ...], tuple[Citation, ...]]:
    claims, citations = [], []
    for number, e in enumerate(excerpts, start=1):
        quote = documents[e.document_id].text[e.start : e.end]
        citations.append(Citation(number, e.document_id, e.section, e.start, e.end, quote))
        claims.append(Claim(quote, (number,), e.item))
    return tuple(claims), tuple(citations)


def _abstain(
    answer: Answer,
    query: Query,
    judged: list[Judged],
    generation: Generation,
    refused: str | None,
) -> Answer:
    """An answer without claims: the reason, and the nearest sections as places to look."""
    known = sorted({d.municipality for d in generation.documents.values() if d.municipality})
    if query.scope.unknown and not query.scope.documents:
        names = ", ".join(query.scope.unknown)
        reason = say("unknown", query.language, names=names, known=", ".join(known))
    else:
        reason = refused or say("no-answer", query.language)
    hits = sorted((h for found in judged for h in found.hits), key=lambda h: (-h.score, h.passage))
    near = [Nearby(generation.passages[h.passage].document_id, generation.passages[h.passage].section) for h in hits]
    return replace(answer, reason=reason, nearest=tuple(dict.fromkeys(near))[:_NEAREST])


@contextmanager
def _timed(timings: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    timings[name] = round((time.perf_counter() - began) * 1000, 2)


def _with_total(timings: dict[str, float]) -> dict[str, float]:
    return {**timings, "total": round(sum(timings.values()), 2)}
