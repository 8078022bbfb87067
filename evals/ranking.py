"""Retrieval figures: how much of what a question needs stands in the first passages, and how high.

A question needs units: the phrases of its evidence, or its gold sections. A passage may hold several units, and a
passage that only repeats what stands above it brings nothing new, so recall and nDCG count units and not passages:
they are the subtopic measures of the field. Hits and reciprocal rank, where a passage is simply relevant or not, are
trec_eval's (pytrec_eval: Van Gysel and de Rijke, SIGIR 2018). Where no two passages hold the same unit and none holds
two, nDCG is trec_eval's `ndcg_cut_10` and recall its `recall_k`; tests hold both together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytrec_eval

from evals.questions import Case
from evals.records import Figures, HitRecord, is_in_section

Units = frozenset[int]

_DEFINITIONS: dict[str, str] = {
    "hit@1": "the first passage holds {any} (trec_eval success_1)",
    "hit@5": "one of the first five passages holds {any} (trec_eval success_5)",
    "recall@5": "share of the {units} that the first five passages hold (S-recall: Zhai et al., SIGIR 2003)",
    "recall@10": "share of the {units} that the first ten passages hold (S-recall: Zhai et al., SIGIR 2003)",
    "mrr@10": "1 / rank of the first of ten passages that holds {any}, 0 when none does (Voorhees, TREC-8, 1999; "
    "trec_eval recip_rank)",
    "ndcg@10": "gain of ten passages, discounted by log2(rank + 1), over that of the best order; a passage gains one "
    "for each of the {units} that none above it holds (α-nDCG with α = 1: Clarke et al., SIGIR 2008; Järvelin and "
    "Kekäläinen, TOIS 2002). Best is the greedy order of the passages that were kept, and one passage for each of the "
    "{units} that none of them holds",
}
_SECTION = "section "

RETRIEVAL: dict[str, str] = {
    **{name: text.format(any="a phrase of the evidence", units="phrases") for name, text in _DEFINITIONS.items()},
    **{
        _SECTION + name: text.format(any="text of a gold section or one below it", units="gold sections")
        for name, text in _DEFINITIONS.items()
    },
}
"""Definitions of the figures of `retrieval_figures`."""


def retrieval_figures(case: Case, hits: Sequence[HitRecord]) -> Figures:
    """Retrieval by evidence and by section; None where the question has no evidence or names no sections."""
    ordered = sorted(hits, key=lambda hit: hit.rank)
    figures: Figures = dict.fromkeys(RETRIEVAL)
    if case.evidence:
        figures.update(rank_figures([frozenset(hit.evidence) for hit in ordered], len(case.evidence)))
    if case.sections:
        by_section = rank_figures([_sections_held(case, hit) for hit in ordered], len(case.sections))
        figures.update({_SECTION + name: value for name, value in by_section.items()})
    return figures


def rank_figures(held: Sequence[Units], total: int) -> dict[str, float]:
    """The figures of one ranking, from the units that each passage holds, best passage first, out of `total`."""
    relevant = _trec_eval(held)
    return {
        "hit@1": relevant["success_1"],
        "hit@5": relevant["success_5"],
        "recall@5": _recall(held, total, 5),
        "recall@10": _recall(held, total, 10),
        "mrr@10": relevant["recip_rank"],
        "ndcg@10": novelty_ndcg(held, total, 10),
    }


def novelty_ndcg(held: Sequence[Units], total: int, depth: int) -> float:
    """α-nDCG with α = 1 at a depth: a passage gains the number of its units that none above it holds.

    The best order is found greedily, as Clarke et al. do: the exact one is NP-hard. Should a ranking beat it, that
    ranking counts as best.
    """
    missing = set(range(total)).difference(*held)
    best = _discounted(_greedy([*held, *(frozenset((unit,)) for unit in sorted(missing))], depth))
    return min(1.0, _discounted(_gains(held[:depth])) / best) if best else 0.0


def _trec_eval(held: Sequence[Units]) -> dict[str, float]:
    """trec_eval's binary figures over the first ten passages; one that was missed stands for those not found."""
    ranked = {str(rank): -float(rank) for rank in range(len(held[:10]))}
    judged = {str(rank): 1 for rank, units in enumerate(held[:10]) if units} | {"missed": 1}
    evaluator = pytrec_eval.RelevanceEvaluator({"question": judged}, {"recip_rank", "success.1,5"})
    return evaluator.evaluate({"question": ranked})["question"]


def _recall(held: Sequence[Units], total: int, depth: int) -> float:
    return len(frozenset[int]().union(*held[:depth])) / total


def _gains(held: Sequence[Units]) -> list[int]:
    seen: set[int] = set()
    gains = []
    for units in held:
        gains.append(len(units - seen))
        seen |= units
    return gains


def _greedy(pool: Sequence[Units], depth: int) -> list[int]:
    """Gains of the order that takes whatever brings most at each step, wherever it was ranked."""
    passages = sorted(set(pool), key=sorted)  # so that ties fall alike in every ranking of the same passages
    seen: set[int] = set()
    gains: list[int] = []
    while len(gains) < depth:
        best = max(passages, key=lambda units: len(units - seen), default=frozenset())
        if best <= seen:
            break
        gains.append(len(best - seen))
        seen |= best
    return gains


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _sections_held(case: Case, hit: HitRecord) -> Units:
    if not hit.in_section:
        return frozenset()
    single = (case.model_copy(update={"sections": (section,)}) for section in case.sections)
    return frozenset(i for i, one in enumerate(single) if is_in_section(one, hit.section_number, hit.section_path))
