"""Our retrieval beside simpler ones on the same questions: quality, the time of a question, the time of an ingest."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.ablations import ours
from evals.bench_budgets import Ingest
from evals.bench_questions import QUESTIONS
from evals.pipelines import Pipeline, chunk_pipeline, passage_pipelines, tutorial_model
from evals.questions import Case
from evals.ranking import retrieval_figures
from evals.records import hit_records
from evals.serving import Spread, spread
from ingest.document import Document
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import lexical_text
from vectorstore.lexical import LexicalIndex
from vectorstore.store import Store
from vectorstore.writing import Progress

SHOWN = ("hit@1", "hit@5", "mrr@10")


@dataclass(frozen=True, slots=True)
class Compared:
    """One pipeline: seconds from files to a searchable index, milliseconds a question, means of figures from 0 to 1."""

    name: str
    does: str
    questions: int
    ingest_s: float
    query: Spread
    figures: Mapping[str, float]


def pipelines(
    store: Store, model: KaderEmbeddings, ingest: Ingest, folder: Path, progress: Progress
) -> Iterator[tuple[Pipeline, float]]:
    """Each pipeline with the seconds that its index took, reading the documents included, models loaded before."""
    generation = store.open(model.card)  # opened anew, so that it remembers no question
    yield ours(generation, model), ingest.first_s
    english = tutorial_model()
    english.embed_documents([QUESTIONS[0]])
    does = "recursive splitter, Chroma, all-MiniLM-L6-v2"
    began = time.perf_counter()
    tutorial = chunk_pipeline("tutorial", does, generation.documents, english, folder / "tutorial", progress)
    yield tutorial, ingest.read_s + time.perf_counter() - began
    began = time.perf_counter()
    LexicalIndex.build([lexical_text(generation.document_of(n), p) for n, p in enumerate(generation.passages)]).save(
        folder / "lexical"
    )
    yield passage_pipelines(generation, model)[0], ingest.read_s + time.perf_counter() - began


def compare(
    pipeline: Pipeline, ingest_s: float, cases: Sequence[Case], documents: dict[str, Document], progress: Progress
) -> Compared:
    """Quality of one pipeline, and its time when each question is asked twice more, so that nothing is loaded then."""
    figures, times = [], []
    for number, case in enumerate(cases, start=1):
        figures.append(retrieval_figures(case, hit_records(case, pipeline.find(case), documents)))
        progress(f"questions, {pipeline.name}", number, len(cases))
    for case in [*cases, *cases]:
        began = time.perf_counter()
        pipeline.find(case)
        times.append((time.perf_counter() - began) * 1000)
    means = {name: round(float(np.mean([row[name] for row in figures])), 4) for name in SHOWN}
    return Compared(pipeline.name, pipeline.does, len(cases), ingest_s, spread(times), means)
