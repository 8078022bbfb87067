"""Whether the passages found answer the question at all: a calibrated judgement on measured features.

Two features carry it. Nearness: how far the best passages stand above what off-topic questions reach on this very
index. Coverage: how much of what the question asks about, by weight, occurs in the passages found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.glossary import dutch_terms
from assistant.language import Language
from assistant.question import Query, is_document_word
from vectorstore.generation import Generation, lexical_text
from vectorstore.lexical import stems, words
from vectorstore.search import Hit

_READ = 5  # hits that are looked into
_UNTRANSLATED = 0.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features: nearness in standard deviations, coverage from 0 to 1."""

    nearness: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of two features; the documents answer where it gives at least one half."""

    bias: float
    nearness: float
    coverage: float


WEIGHTS: dict[Language, Weights] = {
    "nl": Weights(-8.9, 2.45, 2.6),
    "en": Weights(-2.6, 1.65, 2.8),
}
"""Both features are relative to the index, so that the weights hold from one index and model to the next.

An English question shares few words with Dutch text, so its nearness spreads less and its coverage says less."""


def measure(generation: Generation, query: Query, hits: Sequence[Hit]) -> Evidence:
    """The features of a query and its hits."""
    topic = query.topic or query.standalone
    read = [h for h in hits if not generation.passages[h.passage].heading_only][:_READ]
    if not read:
        return Evidence(-10.0, 0.0)
    nearest = max(h.nearness for h in read)
    found: set[str] = set()
    for hit in read:
        found.update(stems(lexical_text(generation.document_of(hit.passage), generation.passages[hit.passage])))
    asked = _asked(generation, topic, query.language)
    total = sum(weight for _, weight in asked)
    covered = sum(weight for alternatives, weight in asked if _occurs(alternatives, found))
    return Evidence(round(nearest, 4), round(covered / total, 4) if total else 0.5)


def confidence(evidence: Evidence, language: Language) -> float:
    """The probability that the passages answer the question."""
    weights = WEIGHTS[language]
    logit = weights.bias + weights.nearness * evidence.nearness + weights.coverage * evidence.coverage
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, logit)))), 4)


def _asked(generation: Generation, topic: str, language: Language) -> list[tuple[set[str], float]]:
    """What the question asks about: for each term the stems that would cover it, and its weight.

    An English word that neither the glossary nor the documents know counts for less: it may be a foreign topic, or
    an ordinary word without a translation.
    """
    asked: list[tuple[set[str], float]] = []
    translated: set[str] = set()
    weight = generation.lexical.weight
    for term, dutch in dutch_terms(topic, language):
        if is_document_word(term):
            translated.update(words(term))
            continue
        alternatives = {stem for equivalent in dutch for stem in stems(equivalent)} | set(stems(term))
        translated.update(words(term))
        asked.append((alternatives, min(map(weight, alternatives), default=0.0)))
    for word in dict.fromkeys(words(topic)):
        stem = stems(word)
        if word in translated or not stem or is_document_word(word):
            continue
        known = stem[0] in generation.lexical.vocabulary
        certain = language == "nl" or known or any(c.isdigit() for c in word)
        asked.append(({stem[0]}, weight(stem[0]) * (1.0 if certain else _UNTRANSLATED)))
    return asked


def _occurs(alternatives: set[str], found: set[str]) -> bool:
    """Whether one of the stems occurs, alone or as the beginning or end of a compound."""
    if alternatives & found:
        return True
    long = [stem for stem in alternatives if len(stem) >= 5]
    return any(other.startswith(stem) or other.endswith(stem) for stem in long for other in found)
