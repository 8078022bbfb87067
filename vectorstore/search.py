"""Hybrid search in one generation: dense and lexical evidence added up, best passages first.

Dense similarity is counted in standard deviations above what off-topic questions reach on this index
(`vectorstore.background`), so that its scale means the same for every model; BM25 is added with a weight that
depends on the question's language, for it hears nothing of an English question in Dutch text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vectorstore.generation import Generation

CANDIDATES = 100
TRANSLATED = 0.4
"""Share of the translated terms in the vector that is looked for."""
HEADING_ONLY = 0.5
"""What a bare heading loses: it resembles a question more than any text does, and answers nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for one query; `passage` is its number in the generation, rank counts from 1.

    `score` orders the hits, `lexical` is the BM25 score. `sought` is how near the passage comes to what was looked for,
    translated terms included, in standard deviations above off-topic questions, and `usual` the same for questions
    about anything else; `window` is how much nearer its nearest window is to the one than to the other, and
    `nearest_window` which one that is, -1 where the passage has none. `run` holds the passage with the neighbours that
    were joined to it, in order, where there are any.
    """

    rank: int
    passage: int
    score: float
    lexical: float
    sought: float = 0.0
    usual: float = 0.0
    window: float = 0.0
    nearest_window: int = -1
    run: tuple[int, ...] = ()


def search(
    generation: Generation,
    vector: Sequence[float],
    lexical: np.ndarray,
    *,
    language: str,
    lexical_weight: float,
    translated: Sequence[float] | None = None,
    documents: Sequence[str] | None = None,
    passages: Sequence[int] | None = None,
    also: Sequence[int] = (),
    heading_only: float = HEADING_ONLY,
    k: int = 10,
) -> list[Hit]:
    """The best `k` passages for a question's vector and words, within the documents named (None: all).

    `passages`, if given, are the only ones looked at, by number; `also` are given besides the best `k`.
    `lexical` holds the BM25 score of every passage, shape (passages,).
    `translated` is the vector of the question's terms in the documents' language. `heading_only` is what a bare heading
    loses. The best of each half are candidates, and every candidate gets all scores. Equal scores keep the order of the
    documents, so the same question on the same index always gives the same hits.
    """
    if not generation.passages or (documents is not None and not documents):
        return []
    question = np.asarray(vector, dtype=np.float32)
    sought = _mixed(question, translated)
    if documents is not None:
        lexical = lexical * _within(generation, documents)
    if passages is None:
        strongest = np.argsort(-lexical, kind="stable")[:CANDIDATES]
        nearest = generation.nearest(sought.tolist(), CANDIDATES, documents)
        candidates = sorted({*nearest, *also, *(int(n) for n in strongest if lexical[n] > 0)})
    else:
        candidates = sorted(passages, key=lambda n: (-lexical[n], n))[: 2 * CANDIDATES]
    vectors = generation.vectors(candidates)
    reached = generation.manifest.background[language]
    others = np.asarray(reached.usual, dtype=np.float32)
    near_sought, usual = ((vectors @ v - reached.mean) / reached.deviation for v in (sought, others))
    distinct = sought - others
    window, which = generation.windows.nearest(candidates, distinct, vectors @ distinct)
    window = window / reached.deviation
    penalties = np.array([heading_only if generation.passages[n].heading_only else 0.0 for n in candidates])
    score = near_sought + lexical_weight * lexical[candidates] - penalties
    scores = [_rounded(s) for s in score]
    order = sorted(range(len(candidates)), key=lambda at: (-scores[at], candidates[at]))
    kept = order[:k] + [at for at in order[k:] if candidates[at] in also]
    return [
        Hit(
            rank=rank,
            passage=candidates[at],
            score=scores[at],
            lexical=_rounded(lexical[candidates[at]]),
            sought=_rounded(near_sought[at]),
            usual=_rounded(usual[at]),
            window=_rounded(window[at]),
            nearest_window=int(which[at]),
        )
        for rank, at in enumerate(kept, start=1)
    ]


def _rounded(figure: np.floating[Any]) -> float:
    return round(float(figure), 4)


def _mixed(question: np.ndarray, translated: Sequence[float] | None) -> np.ndarray:
    if translated is None:
        return question
    mixed = (1 - TRANSLATED) * question + TRANSLATED * np.asarray(translated, dtype=np.float32)
    unit: np.ndarray = mixed / np.linalg.norm(mixed)
    return unit


def _within(generation: Generation, documents: Sequence[str]) -> np.ndarray:
    """One for each passage of the documents, zero for the others, shape (passages,)."""
    allowed = np.zeros(len(generation.passages), dtype=np.float32)
    allowed[generation.numbers_of(documents)] = 1.0
    return allowed
