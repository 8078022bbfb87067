"""The order of the hits: a handful of features of each candidate, weighed as the development questions taught.

The weights are data (`ranking.tsv`), small enough to read, and learnt by `python -m evals.learn` as a pairwise logistic
model (RankNet without hidden layers: Burges et al., "Learning to Rank using Gradient Descent", ICML 2005). They are
scaled so that a score still counts standard deviations of nearness.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np

from assistant.definitions import explained
from assistant.expected import expected_of
from assistant.kinds import Kind, asked_kinds, explains
from assistant.language import Language
from assistant.quotable import announced
from assistant.terms import Asked
from assistant.weights import read_weights
from vectorstore.generation import Generation
from vectorstore.lexical import stems
from vectorstore.search import Hit

FEATURES: dict[str, str] = {
    "sought": "nearness to the topic, in standard deviations, below the nearest candidate",
    "usual": "nearness to questions about anything else: what resembles any question says little of this one",
    "window": "how much nearer its nearest few sentences are to the topic than to anything else, below the best",
    "lexical": "BM25 score",
    "coverage": "share of the question's words, by weight, that the passage holds, in compounds too",
    "synonyms": "what it holds besides by other words for them, by the glossary",
    "heading": "share of the question's words in the title above it and the line that introduces it",
    "phrases": "share of the question's pairs of neighbouring words that stand so in the passage",
    "kind": "1 where a figure or a date was asked and the passage holds one",
    "defines": "1 where a meaning was asked and a line is an entry for it; 0.3 where something is explained",
    "listed": "share of the question's words that announce an enumeration in it, where a list is asked",
    "appended": "1 in explanatory notes and appendices, which come after the rule itself",
    "length": "logarithm of its number of characters",
}
"""What is looked at in a candidate, and in which unit."""

_APPENDED = re.compile(r"\b(?:toelichting|bijlagen?|explanatory|appendix)\b", re.I)
_FIGURES: frozenset[Kind] = frozenset(("amount", "share", "money", "duration", "frequency", "age", "date"))
_DEFINED = 0.5  # share of the question's words that an entry holds whose meaning is asked


def features(generation: Generation, question: str, asked: Asked, hits: Sequence[Hit]) -> np.ndarray:
    """Features of candidates in the order of `FEATURES`, shape (len(hits), len(FEATURES)); `question` stands alone."""
    nearest = max((hit.sought for hit in hits), default=0.0)
    window = max((hit.window for hit in hits), default=0.0)
    kinds = asked_kinds(question)
    figure = expected_of(question, asked.terms).only(_FIGURES)
    pairs = set(pairwise(stems(question)))
    rows = []
    for hit in hits:
        passage = generation.passages[hit.passage]
        document = generation.document_of(hit.passage)
        text = document.text[passage.start : passage.end]
        held = asked.held(generation.passage_stems(hit.passage))
        path = document.sections[passage.section].path
        rows.append(
            (
                hit.sought - nearest,
                hit.usual,
                hit.window - window,
                hit.lexical,
                held.words,
                held.synonyms,
                asked.held(generation.heading_stems(hit.passage)).words,
                len(pairs & generation.passage_pairs(hit.passage)) / len(pairs) if pairs else 0.0,
                float(bool(figure.kinds) and figure.held_in(text)),
                defines(generation, hit, asked) if "definition" in kinds else 0.0,
                _share_listed(text, asked) if "list" in kinds else 0.0,
                float(any(_APPENDED.search(title) for title in path)),
                math.log(passage.end - passage.start + 1),
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def _share_listed(text: str, asked: Asked) -> float:
    """The share of what is asked, 0 to 1, in a line of a text that announces a list: "De vier doelen zijn: …"."""
    return max((asked.held(set(stems(lead))).words for lead in announced(text)), default=0.0)


def defines(generation: Generation, hit: Hit, asked: Asked) -> float:
    """1 where a passage holds an entry for what is asked, 0.3 where it explains something, else 0."""
    if share_defined(generation, hit, asked) > _DEFINED:
        return 1.0
    passage = generation.passages[hit.passage]
    return 0.3 if explains(generation.document_of(hit.passage).text[passage.start : passage.end]) else 0.0


def share_defined(generation: Generation, hit: Hit, asked: Asked) -> float:
    """The share of what is asked, 0 to 1, that the best entry of a passage is about."""
    terms = explained(generation.document_of(hit.passage), generation.passages[hit.passage])
    return max((asked.held(set(stems(term))).words for term in terms), default=0.0)


def ranked(
    generation: Generation, question: str, asked: Asked, hits: Sequence[Hit], language: Language, heading_only: float
) -> list[Hit]:
    """The candidates in the learnt order, bare headings `heading_only` lower; ties keep the order of the documents."""
    if not hits:
        return []
    nearest = max(hit.sought for hit in hits)
    scores = features(generation, question, asked, hits) @ np.array([weights()[language][name] for name in FEATURES])
    bare = np.array([generation.passages[hit.passage].heading_only for hit in hits])
    scores = scores + nearest - heading_only * bare
    scored = [(round(float(score), 4), hit) for score, hit in zip(scores, hits, strict=True)]
    scored.sort(key=lambda one: (-one[0], one[1].passage))
    return [replace(hit, score=score, rank=rank) for rank, (score, hit) in enumerate(scored, start=1)]


@cache
def weights() -> Mapping[Language, Mapping[str, float]]:
    """The weight of each feature by language, from `ranking.tsv`; a feature that is yet to be learnt weighs nothing."""
    learnt = read_weights("ranking.tsv")
    return {language: {**dict.fromkeys(FEATURES, 0.0), **own} for language, own in learnt.items()}
