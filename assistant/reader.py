"""A reader of one generation: a question in, a checked answer out.

    question --understand--> Query --retrieve--> Hits --judge--> enough? --choose--> Answer --check--> shown

What a reader gives is all of its own generation, whichever one is published meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assistant.answer import Answer, Claim, check_answer
from assistant.answering import answer_of
from assistant.conversation import remembered
from assistant.generate import Draft, Generator
from assistant.parts import only_asks_of_told, parts_of
from assistant.pointing import Points
from assistant.query import Query
from assistant.question import understand
from assistant.quotable import is_row
from assistant.render import render
from assistant.rerank import Reranker
from assistant.retriever import find, retrieve, settled
from assistant.rows import name_of_row
from assistant.together import completed, is_left_out
from assistant.verdict import judge, refused
from ingest.errors import UnknownDocument
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation
from vectorstore.search import Hit
from vectorstore.update import unknown_document

Stage = Callable[[str], None]
"""Called with the name of each stage as it begins: "search", "read", "compose", "generate"."""

_READ = 10  # hits that an answer may draw on
_KEPT = 256  # answers of which it is remembered what they said


@dataclass(frozen=True, slots=True)
class Request:
    """A question with those before it, oldest first, and the municipalities and documents that were chosen for it."""

    question: str
    history: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval gave for one query, and the generation it came from."""

    query: Query
    hits: tuple[Hit, ...]
    generation: Generation


class Reader:
    """Answers questions from one generation; safe to share between threads."""

    def __init__(
        self,
        generation: Generation,
        embeddings: KaderEmbeddings,
        reranker: Reranker | None = None,
        generator: Generator | None = None,
    ) -> None:
        self.generation = generation
        self._embeddings = embeddings
        self._reranker = reranker
        self._generator = generator
        self._lock = threading.Lock()
        self._said: OrderedDict[Request, Points] = OrderedDict()  # what the last answers said, the latest at the end

    def search(self, request: Request, k: int = 10) -> Found:
        """The best `k` passages for a question.

        Raises:
            InvalidQuestion, UnknownDocument, IndexMissing: with what to do.
        """
        query = self._understood(request)
        hits = find(self.generation, self._embeddings, query, k=k, reranker=self._reranker)
        return Found(query, tuple(hits), self.generation)

    def ask(
        self,
        request: Request,
        *,
        stage: Stage = lambda _: None,
        draft: Draft | None = None,
        phrased: bool = True,
    ) -> Answer:
        """The answer to a question, checked against the invariants.

        `draft` follows what a chat model writes, before it is checked; `phrased` says whether one that is configured
        may put the answer into words.

        Raises:
            InvalidQuestion, UnknownDocument, IndexMissing: with what to do.
        """
        generation = self.generation
        timings: dict[str, float] = {}
        stage("search")
        with _timed(timings, "understand"):
            query = self._understood(request)
        with _timed(timings, "retrieve"):
            groups = self._retrieved(query)
        stage("read")
        with _timed(timings, "judge"):
            judged = judge(generation, query, groups)
        stage("compose")
        with _timed(timings, "compose"):
            answer = self._with_parts(request, query, answer_of(generation, query, judged))
            self._remember(replace(request, history=remembered(request.history)), self._points_of(answer))
        if phrased and not answer.abstained and self._generator is not None:
            stage("generate")
            with _timed(timings, "generate"):
                answer = self._generator.rephrase(answer, query, draft)
        answer = replace(answer, text=render(answer, generation.documents), timings_ms=_with_total(timings))
        return check_answer(answer, generation.documents)

    def _with_parts(self, request: Request, query: Query, answer: Answer) -> Answer:
        """The answer to a question with those to its parts, each asked after the ones before it."""
        told, asked = parts_of(request.question)
        nothing = refused(query, self.generation.documents) or query.scope.unknown
        if not asked or nothing or only_asks_of_told(asked) or (len(asked) == 1 and not answer.abstained):
            return answer
        before = (*request.history, *told)
        wanted = [n for n, part in enumerate(asked) if is_left_out(part, answer)]
        each = (replace(request, question=asked[n], history=(*before, *asked[:n])) for n in wanted)
        answers = [self.ask(part, phrased=False) for part in each]
        return completed(answer, answers, self.generation.documents)

    def _understood(self, request: Request) -> Query:
        generation = self.generation
        for name in request.documents:
            if name not in generation.documents:
                raise unknown_document(name, generation.documents)
        query = understand(
            request.question,
            generation.documents.values(),
            request.history,
            self._spelled(request.municipalities),
            request.documents,
            spelled=generation.lexical.spelled,
            shown=lambda conversation: self._shown(conversation, request),
        )
        return settled(generation, self._embeddings, query)

    def _spelled(self, municipalities: Sequence[str]) -> list[str]:
        """Municipalities as the documents spell them."""
        places = {d.municipality.lower(): d.municipality for d in self.generation.documents.values() if d.municipality}
        for name in municipalities:
            if name.lower() not in places:
                listed = ", ".join(sorted(places.values()))
                raise UnknownDocument(
                    f"no document of the municipality “{name}” is indexed. Indexed are: {listed or 'none'}"
                )
        return [places[name.lower()] for name in municipalities]

    def _shown(self, conversation: Sequence[str], request: Request) -> Points:
        """What was answered to the last question of a conversation, in the places that were chosen for this one."""
        *before, last = conversation
        earlier = replace(request, question=last, history=tuple(before))
        known = self._said.get(earlier)
        return self._points_of(self.ask(earlier, phrased=False)) if known is None else known

    def _remember(self, request: Request, points: Points) -> None:
        """Keeps what an answer said for the question after it, which may point at it."""
        with self._lock:
            self._said[request] = points
            while len(self._said) > _KEPT:
                self._said.popitem(last=False)

    def _points_of(self, answer: Answer) -> Points:
        """What an answer in the documents' own sentences said, and where."""
        items = tuple(name for claim in answer.claims if claim.item and (name := self._called(answer, claim)))
        sentences = tuple(claim.text for claim in answer.claims if not claim.item)
        sections = tuple(dict.fromkeys((c.document_id, c.section) for c in answer.citations))
        chosen = answer.searched if len(answer.searched) < len(self.generation.documents) else ()
        return Points(items, sentences, sections, tuple(dict.fromkeys(name for name, _ in sections)) or chosen)

    def _called(self, answer: Answer, claim: Claim) -> str | None:
        """What an item of an answer is called by when it is pointed at: a row by its first cell, heads by nothing."""
        if not is_row(claim.text):
            return claim.text
        at = answer.citation(claim.citations[0])
        return name_of_row(self.generation.documents[at.document_id], at.start, at.end)

    def _retrieved(self, query: Query) -> list[tuple[tuple[str, ...], list[Hit]]]:
        """Hits for the whole scope, or for each municipality or document by itself where several are asked about."""

        def best(names: tuple[str, ...]) -> list[Hit]:
            return retrieve(self.generation, self._embeddings, query, k=_READ, documents=names, reranker=self._reranker)

        return [(names, best(names)) for names in query.scope.apart or (query.scope.documents,)]


@contextmanager
def _timed(timings: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    timings[name] = round((time.perf_counter() - began) * 1000, 2)


def _with_total(timings: dict[str, float]) -> dict[str, float]:
    return {**timings, "total": round(sum(timings.values()), 2)}
