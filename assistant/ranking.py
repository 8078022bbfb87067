"""The order of the hits: a handful of features of each candidate, weighed as the development questions taught.

The weights are data (`ranking.tsv`), small enough to read, and learnt by `python -m evals.learn` as a pairwise logistic
model (RankNet without hidden layers: Burges et al., "Learning to Rank using Gradient Descent", ICML 2005). They are
scaled so that a score still counts standard deviations of nearness.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.language import Language
from vectorstore.generation import Generation
from vectorstore.lexical import stems
from vectorstore.search import Hit

FEATURES: dict[str, str] = {
    "sought": "nearness to the topic, in standard deviations, below the nearest candidate",
    "whole": "nearness to the whole question with its names, below the nearest candidate",
    "lexical": "BM25 score",
    "coverage": "share of the question's words, by weight, that the passage holds, in compounds too",
    "heading": "the same share for the title above it and the line that introduces it",
    "length": "logarithm of its number of characters",
}
"""What is looked at in a candidate, and in which unit."""


def features(generation: Generation, words: str, hits: Sequence[Hit]) -> np.ndarray:
    """Features of candidates in the order of `FEATURES`, shape (len(hits), len(FEATURES)).

    `words` are those that BM25 looked for.
    """
    asked = {stem: generation.lexical.weight(stem) for stem in dict.fromkeys(stems(words))}
    nearest = max((hit.sought for hit in hits), default=0.0)
    nearest_whole = max((hit.whole for hit in hits), default=0.0)
    rows = []
    for hit in hits:
        passage = generation.passages[hit.passage]
        rows.append(
            (
                hit.sought - nearest,
                hit.whole - nearest_whole,
                hit.lexical,
                _coverage(generation, asked, generation.passage_stems(hit.passage)),
                _coverage(generation, asked, generation.heading_stems(hit.passage)),
                math.log(passage.end - passage.start + 1),
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def ranked(
    generation: Generation, words: str, hits: Sequence[Hit], language: Language, heading_only: float
) -> list[Hit]:
    """The candidates in the learnt order, bare headings `heading_only` lower; ties keep the order of the documents."""
    if not hits:
        return []
    nearest = max(hit.sought for hit in hits)
    scores = features(generation, words, hits) @ np.array([weights()[language][name] for name in FEATURES])
    bare = np.array([generation.passages[hit.passage].heading_only for hit in hits])
    scores = scores + nearest - heading_only * bare
    scored = [replace(hit, score=round(float(s), 4)) for hit, s in zip(hits, scores, strict=True)]
    scored.sort(key=lambda hit: (-hit.score, hit.passage))
    return [replace(hit, rank=rank) for rank, hit in enumerate(scored, start=1)]


@cache
def weights() -> Mapping[Language, Mapping[str, float]]:
    """The weight of each feature by language, from `ranking.tsv`."""
    found: dict[Language, dict[str, float]] = {"nl": {}, "en": {}}
    for line in files("assistant").joinpath("ranking.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, name, weight = line.split("\t")
            found["en" if language == "en" else "nl"][name] = float(weight)
    return found


def _coverage(generation: Generation, asked: Mapping[str, float], there: frozenset[str]) -> float:
    """Share of the asked stems, by weight, of which the stem or a relative is there; 0 when nothing is asked."""
    total = sum(asked.values())
    held = sum(w for stem, w in asked.items() if stem in there or generation.lexical.relatives(stem) & there)
    return held / total if total else 0.0
