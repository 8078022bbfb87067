"""How the cost of serving grows with the number of passages: indexes of several sizes, each built, asked, removed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.batch import BatchItem
from evals.ablations import index_of
from evals.serving import MB, Served, serve_apart
from evals.varying import varied
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation
from vectorstore.search import CANDIDATES
from vectorstore.store import Store
from vectorstore.writing import Progress

SIZES = (1000, 10_000, 100_000, 1_000_000)
BUDGETS = {100_000: "p95 150 ms, 2000 MB"}
"""Budgets of retrieval and memory by the number of passages."""

_ID = "measured"
_RECALLED = 40  # questions that recall is measured with


@dataclass(frozen=True, slots=True)
class Size:
    """An index of one size: how long writing it took (without embedding), its bytes on disk, and how it serves.

    `words` is how many different ones it holds; `recall` the share of the ten passages nearest to a question that are
    among the candidates which the vector index gives.
    """

    passages: int
    documents: int
    words: int
    recall: float
    build_s: float
    disk_mb: float
    served: Served
    budget: str


def sizes(upto: int) -> list[int]:
    """The numbers of passages to be measured: powers of ten from 1,000, and the last one asked for."""
    return [*(size for size in SIZES if size < upto), upto]


def measure_growth(
    base: Generation, embeddings: KaderEmbeddings, asked: Sequence[BatchItem], upto: int, progress: Progress
) -> Iterator[Size]:
    """Builds an index of each size from the passages of `base`, asks the questions of it, and removes it."""
    for size in sizes(upto):
        with tempfile.TemporaryDirectory() as folder:
            yield _measure_size(base, embeddings, asked, size, Path(folder), progress)


def _measure_size(
    base: Generation,
    embeddings: KaderEmbeddings,
    asked: Sequence[BatchItem],
    size: int,
    folder: Path,
    progress: Progress,
) -> Size:
    documents, vectors = varied(base, size)
    store = Store(folder)
    began = time.perf_counter()
    made = index_of(store.folder(_ID), documents, vectors, embeddings, progress)
    store.publish(_ID)
    build_s = time.perf_counter() - began
    progress(f"serve {size} passages", 0, 1)
    served = serve_apart(folder, asked)
    progress(f"serve {size} passages", 1, 1)
    return Size(
        passages=size,
        documents=len(documents),
        words=len(made.lexical.spelled),
        recall=recall(made, embeddings, vectors.passages, asked[:_RECALLED]),
        build_s=build_s,
        disk_mb=disk_mb(folder),
        served=served,
        budget=BUDGETS.get(size, ""),
    )


def recall(
    generation: Generation, embeddings: KaderEmbeddings, vectors: np.ndarray, asked: Sequence[BatchItem]
) -> float:
    """Share of the ten passages nearest to each question, found by comparing all, that are among the candidates."""
    shares = []
    for question in (np.asarray(embeddings.embed_query(item.question), dtype=np.float32) for item in asked):
        nearest = set(np.argsort(-(vectors @ question))[:10].tolist())
        given = generation.nearest(question.tolist(), CANDIDATES, None)
        shares.append(len(nearest.intersection(given)) / len(nearest))
    return round(float(np.mean(shares)), 4)


def disk_mb(folder: Path) -> float:
    """Megabytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MB
