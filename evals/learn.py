"""Learns the weights of `assistant/ranking.tsv` from the development half of question sets.

    python -m evals.learn frameworks other demo

Each question with evidence among its candidates gives pairs: a passage that holds evidence above one that does not.
A logistic model of the differences (scikit-learn, L2, no intercept) gives the weights, one set a language. Prints what
cross-validation by question reaches and what the order before it reached; the test half is never looked at.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import assistant
from assistant.language import Language
from assistant.question import understand
from assistant.ranking import FEATURES, features
from assistant.retriever import Parts, describe_hit, retrieve, settled
from assistant.terms import Asked, terms_of
from evals.gate import SUITES
from evals.questions import read_sets
from evals.records import hit_records
from vectorstore.embeddings import EMBEDDED, KaderEmbeddings, open_embeddings
from vectorstore.generation import Generation
from vectorstore.search import CANDIDATES
from vectorstore.store import Store
from vectorstore.update import ingest_paths

STRENGTH = 0.03
"""Inverse of the L2 penalty on standardised features: a strong one, for a few hundred questions teach the weights."""

_FOLDS = 5
_NEARNESS = ("sought", "window")
_BELOW = 60  # the strongest candidates without evidence that each one with evidence is held against
_TSV = Path(assistant.__file__).parent / "ranking.tsv"


@dataclass(frozen=True, slots=True)
class Example:
    """One question: the features of its candidates in the order of the first search, and which hold evidence."""

    language: Language
    rows: np.ndarray
    right: np.ndarray


def examples(generation: Generation, embeddings: KaderEmbeddings, sets: Sequence[Path]) -> list[Example]:
    """The answerable questions of the development half that have candidates."""
    found = []
    documents = generation.documents
    for case in read_sets(sets):
        if case.half != "development" or not case.answerable:
            continue
        query = understand(case.question, documents.values(), case.history, spelled=generation.lexical.spelled)
        query = settled(generation, embeddings, query)
        hits = retrieve(generation, embeddings, query, k=2 * CANDIDATES, parts=Parts(learnt_order=False))
        records = hit_records(case, [describe_hit(generation, hit) for hit in hits], documents)
        topic = query.topic or query.standalone
        asked = Asked(terms_of(query), query.language, generation.lexical)
        if hits:
            right = np.array([bool(record.evidence) for record in records])
            found.append(Example(query.language, features(generation, topic, asked, hits), right))
    return found


def learn(given: Sequence[Example]) -> np.ndarray:
    """Weights in the order of `FEATURES`, scaled so that the two of nearness, whole and by window, are one together."""
    differences, shares = [], []
    for example in given:
        below = np.flatnonzero(~example.right)[:_BELOW]
        above = np.flatnonzero(example.right)
        for right in above if len(below) else ():
            differences.append(example.rows[right] - example.rows[below])
            shares.append(np.full(len(below), 1 / (len(below) * len(above))))
    pairs, share = np.vstack(differences), np.concatenate(shares)
    spread = pairs.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=3000)
    both = np.vstack([pairs, -pairs]) / spread
    model.fit(both, np.repeat([1, 0], len(pairs)), sample_weight=np.concatenate([share, share]))
    weights: np.ndarray = np.asarray(model.coef_[0]) / spread
    scaled: np.ndarray = weights / sum(weights[list(FEATURES).index(name)] for name in _NEARNESS)
    return scaled


def figures(given: Sequence[Example], weights: Sequence[np.ndarray] | None) -> str:
    """hit@1, hit@5 and MRR@10 under weights (one vector a question), or in the order of the first search."""
    ranks = []
    for number, example in enumerate(given):
        scores = -np.arange(len(example.rows)) if weights is None else example.rows @ weights[number]
        order = np.argsort(-scores, kind="stable")
        places = np.flatnonzero(example.right[order])
        ranks.append(places[0] + 1 if len(places) else 0)
    rank = np.array(ranks)
    mrr = np.where((rank > 0) & (rank <= 10), 1 / np.maximum(rank, 1), 0).mean()
    within = ((rank > 0) & (rank <= 5)).mean()
    return f"hit@1 {(rank == 1).mean():.3f}  hit@5 {within:.3f}  mrr@10 {mrr:.3f}  n={len(rank)}"


def cross_validated(given: Sequence[Example]) -> list[np.ndarray]:
    """For each example the weights that the other folds teach."""
    taught = [learn([e for i, e in enumerate(given) if i % _FOLDS != fold]) for fold in range(_FOLDS)]
    return [taught[i % _FOLDS] for i in range(len(given))]


def main(names: Sequence[str]) -> None:
    """Learns from the suites named and writes the weights."""
    model = open_embeddings(EMBEDDED)
    found: list[Example] = []
    for suite in SUITES:
        if suite.name in names and suite.documents.is_dir():
            with tempfile.TemporaryDirectory() as folder:
                store = Store(Path(folder))
                ingest_paths(store, model, [suite.documents])
                found += examples(store.open(), model, suite.questions())
    lines = [
        "# Written by `python -m evals.learn`; assistant/ranking.py says what the features are.",
        "# language\tfeature\tweight",
    ]
    languages: tuple[Language, ...] = ("nl", "en")
    for language in languages:
        own = [example for example in found if example.language == language]
        weights = learn(own)
        sys.stdout.write(f"{language}  first search     {figures(own, None)}\n")
        sys.stdout.write(f"{language}  cross-validated  {figures(own, cross_validated(own))}\n")
        lines += [f"{language}\t{name}\t{weight:.4f}" for name, weight in zip(FEATURES, weights, strict=True)]
    _TSV.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or [suite.name for suite in SUITES])
