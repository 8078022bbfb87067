"""What one answered question is worth: the registry of figures, and all of them for one question.

All are between 0 and 1, and None where a figure does not apply to a question, such as retrieval for one that the
documents do not answer; None is left out of averages. Figures over many questions at once are in `evals.abstention`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.abstention import DECISION, decision_figures
from evals.citations import CITATIONS, citation_figures
from evals.nuggets import ANSWERS, answer_figures
from evals.questions import Case
from evals.ranking import RETRIEVAL, retrieval_figures
from evals.records import Figures, HitRecord, Json
from ingest.document import Document

FIGURES: dict[str, str] = {**DECISION, **RETRIEVAL, **CITATIONS, **ANSWERS}
"""Every figure of a question: its definition and where that comes from."""


def measure(case: Case, hits: Sequence[HitRecord], answer: Json | None, documents: Mapping[str, Document]) -> Figures:
    """The figures of one question, by the names of `FIGURES`.

    `answer` is the object that `ask --json` gives; without one, for what only retrieves, just the retrieval figures
    apply. `documents` are those of the index that was asked, by id.
    """
    figures: Figures = dict.fromkeys(FIGURES)
    if case.answerable:
        figures.update(retrieval_figures(case, hits))
    if answer is not None:
        figures.update(decision_figures(case, answer))
        figures.update(citation_figures(case, answer, documents))
        figures.update(answer_figures(case, answer))
    return figures
