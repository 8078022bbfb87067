"""Learns the weights of `assistant/judgement.tsv` from the development half of question sets.

    python -m evals.learn_judgement frameworks other demo           learns the weights anew
    python -m evals.learn_judgement --bias frameworks other demo    keeps them, and learns only the bias

Answerable questions against unanswerable ones, and against answerable ones asked of the documents of another suite,
which do not answer them. A logistic model, one a language, in which the two answers weigh alike, so
that one half is where both kinds of mistake cost the same. Prints what cross-validation by question reaches; the test
half is never looked at. It reads the order of the hits, so `python -m evals.learn` comes first.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

import assistant
from assistant.judgement import FEATURES, measure
from assistant.kinds import is_task
from assistant.language import Language
from assistant.query import Query
from assistant.question import understand
from assistant.retriever import retrieve, settled
from assistant.scope import Scope
from assistant.weights import read_weights
from evals.gate import SUITES
from evals.questions import Case, read_sets
from vectorstore.embeddings import EMBEDDED, KaderEmbeddings, open_embeddings
from vectorstore.generation import Generation
from vectorstore.store import Store
from vectorstore.update import ingest_paths

STRENGTH = 0.1
"""Inverse of the L2 penalty on standardised features."""
ELSEWHERE = 0.4
"""Share of the unanswerable side that questions asked of other documents have."""

_BOUNDS: dict[str, tuple[float | None, float | None]] = {
    **dict.fromkeys(("kind", "numbers", "event"), (None, 0.0)),
    **dict.fromkeys(("terms", "size"), (None, None)),
}
"""What the weights may be of the features that are no evidence for an answer: they tell against one, or either way."""
_FOLDS = 10
_TSV = Path(assistant.__file__).parent / "judgement.tsv"


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its features; `elsewhere` tells that it was asked of documents that are not its own."""

    id: str
    language: Language
    row: tuple[float, ...]
    answerable: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Suite:
    """A collection with the questions that belong to it."""

    generation: Generation
    cases: tuple[Case, ...]


def examples(suites: Sequence[Suite], embeddings: KaderEmbeddings) -> Iterator[Example]:
    """The questions of the development half, each of its own documents, and the answerable ones of all others too.

    Questions that are refused by rule, whatever the passages say, teach nothing here.
    """
    for suite in suites:
        known = suite.generation.documents.values()
        for case in suite.cases:
            query = understand(case.question, known, case.history, spelled=suite.generation.lexical.spelled)
            query = settled(suite.generation, embeddings, query)
            if case.half != "development" or is_task(case.question) or query.scope.absent:
                continue
            yield from _example(suite.generation, embeddings, case, query, case.answerable, False)
            for other in suites if case.answerable else ():
                if other is not suite:
                    asked = replace(query, scope=Scope(tuple(other.generation.documents)))
                    yield from _example(other.generation, embeddings, case, asked, False, True)


def _example(
    generation: Generation, embeddings: KaderEmbeddings, case: Case, query: Query, answerable: bool, elsewhere: bool
) -> Iterator[Example]:
    if hits := retrieve(generation, embeddings, query):
        evidence = measure(generation, query, hits)
        row = tuple(evidence[name] for name in FEATURES)
        yield Example(case.id, query.language, row, answerable, elsewhere)


def learn(given: Sequence[Example]) -> np.ndarray:
    """The bias and the weights in the order of `FEATURES`, shape (1 + len(FEATURES),), in the features' own units."""
    rows, right, share = _weighed(given)
    scaler = StandardScaler().fit(rows)
    fitted = _logistic(scaler.transform(rows), right, share)
    weights = fitted[1:] / scaler.scale_
    return np.concatenate([[fitted[0] - weights @ scaler.mean_], weights])


def learn_bias(given: Sequence[Example], weights: np.ndarray) -> np.ndarray:
    """The same weights with another bias: where one half lies, when a feature is measured otherwise."""
    rows, right, share = _weighed(given)
    sides, logits = np.where(right, 1.0, -1.0), rows @ weights[1:]
    found = minimize_scalar(lambda bias: share @ np.logaddexp(0, -sides * (logits + bias)), bounds=(-50, 50))
    return np.concatenate([[found.x], weights[1:]])


def _weighed(given: Sequence[Example]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows, whether each is answerable, and what each weighs: as much in all for the one as for the other."""
    right = np.array([e.answerable for e in given])
    elsewhere = np.array([e.elsewhere for e in given])
    own = ~right & ~elsewhere
    share = np.where(right, 1 / right.sum(), np.where(own, (1 - ELSEWHERE) / own.sum(), 0.0))
    if elsewhere.any():
        share[elsewhere] = ELSEWHERE / elsewhere.sum()
    return np.array([e.row for e in given]), right, share * len(given) / share.sum()


def _logistic(rows: np.ndarray, right: np.ndarray, share: np.ndarray) -> np.ndarray:
    """A logistic model with an L2 penalty, in which no feature counts against what it is evidence for.

    Features say much the same: without bounds some weigh less than nothing, to correct others on these very questions.
    """
    sides = np.where(right, 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = sides * (weights[0] + rows @ weights[1:])
        slope = -sides * share * expit(-margins)
        penalty = np.concatenate([[0.0], weights[1:]]) / STRENGTH
        total = float(share @ np.logaddexp(0, -margins) + weights[1:] @ weights[1:] / (2 * STRENGTH))
        return total, np.concatenate([[slope.sum()], rows.T @ slope]) + penalty

    bounds = [(None, None), *(_BOUNDS.get(name, (0.0, None)) for name in FEATURES)]
    found = minimize(loss, np.zeros(1 + len(FEATURES)), jac=True, bounds=bounds, method="L-BFGS-B")
    weights: np.ndarray = found.x
    return weights


def cross_validated(given: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """For each question of its own documents the logit that the other folds give, and whether it is answerable."""
    own = [e for e in given if not e.elsewhere]
    names = sorted({e.id for e in own})
    fold = {
        name: int(n) for name, n in zip(names, np.random.default_rng(0).permutation(len(names)) % _FOLDS, strict=True)
    }
    logits = np.zeros(len(own))
    for k in range(_FOLDS):
        weights = learn([e for e in given if fold.get(e.id) != k])
        for i, e in enumerate(own):
            if fold[e.id] == k:
                logits[i] = weights[0] + weights[1:] @ np.array(e.row)
    return logits, np.array([e.answerable for e in own])


def main(names: Sequence[str], *, bias: bool = False) -> None:
    """Learns from the suites named and writes the weights, or with `bias` those there are with another bias."""
    model = open_embeddings(EMBEDDED)
    with ExitStack() as folders:
        suites = []
        for suite in SUITES:
            if suite.name in names and suite.documents.is_dir():
                store = Store(Path(folders.enter_context(tempfile.TemporaryDirectory())))
                ingest_paths(store, model, [suite.documents])
                suites.append(Suite(store.open(), tuple(read_sets(suite.questions()))))
        found = list(examples(suites, model))
    lines = [
        "# Written by `python -m evals.learn_judgement`; assistant/judgement.py says what the features are.",
        "# language\tfeature\tweight",
    ]
    languages: tuple[Language, ...] = ("nl", "en")
    for language in languages:
        own = [example for example in found if example.language == language]
        if bias:
            there = read_weights(_TSV.name)[language]
            weights = learn_bias(own, np.array([there[name] for name in ("bias", *FEATURES)]))
            logits, right = _logits(own, weights)
        else:
            weights = learn(own)
            logits, right = cross_validated(own)
        sys.stdout.write(
            f"{language}  {'as learnt' if bias else 'cross-validated'}: AUROC {roc_auc_score(right, logits):.3f}, "
            f"false answers {(logits[~right] >= 0).mean():.3f}, over-refusals {(logits[right] < 0).mean():.3f}, "
            f"n={len(right)}\n"
        )
        named = zip(("bias", *FEATURES), weights, strict=True)
        lines += [f"{language}\t{name}\t{weight:.4f}" for name, weight in named]
    _TSV.write_text("\n".join(lines) + "\n", "utf-8")


def _logits(given: Sequence[Example], weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each question of its own documents the logit that weights give, and whether it is answerable."""
    own = [e for e in given if not e.elsewhere]
    return weights[0] + np.array([e.row for e in own]) @ weights[1:], np.array([e.answerable for e in own])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m evals.learn_judgement", description="the weights of the judgement")
    parser.add_argument("--bias", action="store_true", help="keep the weights, and learn only the bias")
    parser.add_argument("suites", nargs="*", default=[suite.name for suite in SUITES])
    options = parser.parse_args()
    main(options.suites, bias=options.bias)
