"""Hybrid search in one generation: dense and lexical evidence added up, best passages first.

Dense similarity is counted in standard deviations above what off-topic questions reach on this index
(`vectorstore.background`), so that its scale means the same for every model; BM25 is added with a weight that
depends on the question's language, for it hears nothing of an English question in Dutch text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.generation import Generation

CANDIDATES = 60
HEADING_ONLY = 1.5
"""What a bare heading loses: it resembles a question more than any text does, and answers nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for one query; `passage` is its number in the generation, rank counts from 1.

    `score` orders the hits; `similarity` is the cosine with the question, `nearness` the same in standard deviations
    above off-topic questions, `lexical` the BM25 score.
    """

    rank: int
    passage: int
    score: float
    similarity: float
    nearness: float
    lexical: float


def search(
    generation: Generation,
    vector: Sequence[float],
    words: str,
    *,
    lexical_weight: float,
    documents: Sequence[str] | None = None,
    k: int = 10,
) -> list[Hit]:
    """The best `k` passages for a question's vector and words, within the documents named (None: all).

    The best of each half are candidates; every candidate then gets both scores. Equal scores keep the order of the
    documents, so the same question on the same index always gives the same hits.
    """
    if not generation.passages or (documents is not None and not documents):
        return []
    dense = generation.nearest(vector, CANDIDATES, documents)
    lexical = generation.lexical.scores(words)
    if documents is not None:
        lexical = lexical * _within(generation, documents)
    strongest = np.argsort(-lexical, kind="stable")[:CANDIDATES]
    candidates = sorted({*dense, *(int(n) for n in strongest if lexical[n] > 0)})
    missing = [n for n in candidates if n not in dense]
    dense.update(
        zip(
            missing,
            (generation.vectors(missing) @ np.asarray(vector, dtype=np.float32)).tolist(),
            strict=True,
        )
    )
    mean, deviation = generation.manifest.background
    scored = []
    for n in candidates:
        nearness = (dense[n] - mean) / deviation
        penalty = HEADING_ONLY if generation.passages[n].heading_only else 0.0
        score = nearness + lexical_weight * float(lexical[n]) - penalty
        scored.append((round(score, 6), n, nearness))
    scored.sort(key=lambda item: (-item[0], item[1]))
    return [
        Hit(rank, n, score, round(dense[n], 6), round(nearness, 6), round(float(lexical[n]), 6))
        for rank, (score, n, nearness) in enumerate(scored[:k], start=1)
    ]


def _within(generation: Generation, documents: Sequence[str]) -> np.ndarray:
    allowed = set(documents)
    return np.fromiter((p.document_id in allowed for p in generation.passages), dtype=np.float32)
