"""Our retrieval in full, and with one part turned off at a time: what each part gives on a question set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.query import Query
from assistant.question import understand
from assistant.rerank import Reranker
from assistant.retriever import ALL_PARTS, Parts, describe_hit, find, settled
from assistant.scope import Scope
from evals.pipelines import Pipeline
from evals.questions import Case
from evals.records import DEPTH, Json
from ingest.blocks import RAISED_MARK
from ingest.document import Document, Passage
from vectorstore.background import background
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.format import FORMAT_VERSION, Manifest
from vectorstore.generation import Generation
from vectorstore.writing import Progress, Vectors, known_vectors, vectors_of, write_generation

Change = Callable[[Query], Query]

_OFF: tuple[tuple[str, str, Parts], ...] = (
    (
        "BM25",
        "dense similarity alone orders the hits",
        Parts(lexical_weight={"nl": 0.0, "en": 0.0}, learnt_order=False),
    ),
    ("glossary", "no Dutch terms for the words of the question", Parts(glossary=False)),
    ("heading penalty", "bare headings count as any passage", Parts(heading_only=0.0)),
    ("learnt order", "nearness and BM25 added up with one weight a language", Parts(learnt_order=False)),
    ("joining", "neighbours that were found stay hits of their own", Parts(joined=False)),
)
"""What can be turned off by the parts of `retrieve`: name, what is then done, and the parts that remain."""


def _as_understood(query: Query) -> Query:
    return query


def _with_names(query: Query) -> Query:
    return replace(query, topic=query.standalone)


def ours(
    generation: Generation,
    embeddings: KaderEmbeddings,
    reranker: Reranker | None = None,
    *,
    name: str = "ours",
    does: str = "as `kaderwijzer search` finds",
    parts: Parts = ALL_PARTS,
    change: Change = _as_understood,
) -> Pipeline:
    """Our retrieval, from the typed question and those before it; `change` takes away from what was understood."""

    def run(case: Case) -> list[Json]:
        query = change(
            understand(case.question, generation.documents.values(), case.history, spelled=generation.lexical.spelled)
        )
        query = settled(generation, embeddings, query)
        hits = find(generation, embeddings, query, k=DEPTH, reranker=reranker, parts=parts)
        return [describe_hit(generation, hit) for hit in hits]

    return Pipeline(name, does, run)


def ablations(
    generation: Generation,
    bare: Generation,
    embeddings: KaderEmbeddings,
    reranker: Reranker | None,
) -> list[Pipeline]:
    """Ours without each of its parts in turn; `bare` is the same index with vectors of the passages' text alone."""

    def without(name: str, does: str, parts: Parts = ALL_PARTS, change: Change = _as_understood) -> Pipeline:
        return ours(generation, embeddings, reranker, name=f"without {name}", does=does, parts=parts, change=change)

    def everywhere(query: Query) -> Query:
        return replace(query, scope=Scope(tuple(generation.documents)), topic=query.standalone)

    rows = [
        ours(bare, embeddings, reranker, name="without context", does="no heading and no lead in the vector"),
        without("scope", "all documents are searched, names stay in the question", change=everywhere),
        without("names taken out", "the scope is kept, names stay in the question", change=_with_names),
        *(without(name, does, parts) for name, does, parts in _OFF),
    ]
    if reranker is not None:
        rows.append(ours(generation, embeddings, name="without reranker", does="the order of the first search"))
    return rows


def bare_index(folder: Path, generation: Generation, embeddings: KaderEmbeddings, progress: Progress) -> Generation:
    """The same documents with vectors of the passages' text alone, in a new folder."""
    documents = list(generation.documents.values())
    vectors = vectors_of(documents, embeddings, progress, known=known_vectors(generation), text_of=_bare)
    return index_of(folder, documents, vectors, embeddings, progress)


def _bare(document: Document, passage: Passage) -> str:
    return RAISED_MARK.sub("", document.text[passage.start : passage.end])


def index_of(
    folder: Path, documents: Sequence[Document], vectors: Vectors, embeddings: KaderEmbeddings, progress: Progress
) -> Generation:
    """An index of documents with given vectors, in a new folder that no store knows of."""
    manifest = Manifest(
        id="measured",
        format_version=FORMAT_VERSION,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        embedding=embeddings.card,
        documents=tuple(d.id for d in documents),
        passages=len(vectors.passages),
        background=background(embeddings, vectors.passages),
    )
    write_generation(folder, manifest, documents, vectors, None, progress)
    return Generation(folder)
