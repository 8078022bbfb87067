"""A benchmark of others: 102 Dutch legal questions over 4,653 passages of 17 acts, found by our retrieval.

The data are those of "Attributed Question Answering for the Dutch Law" (fRedelaar/Legal-Dutch-Attributed-Question-
Answering, NLLP workshop 2024); they are read from where they are and never copied. An act becomes a document, an
article a section, a row a passage, so that the search that is measured is the one that answers.
"""

from __future__ import annotations

import csv
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pytrec_eval

from assistant.question import understand
from assistant.retriever import retrieve
from evals.ablations import index_of
from evals.intervals import estimate
from evals.pipelines import dense_ranking, hybrid_ranking, lexical_ranking
from evals.records import Json
from ingest.document import Document, Passage, Section
from ingest.errors import InvalidQuestionSet
from ingest.read import slug
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation, embedded_text
from vectorstore.windows import Windows, window_texts
from vectorstore.writing import Progress, Vectors, vectors_of

CORPUS, QUESTIONS = "corpus.csv", "questions.csv"
LEVELS = ("titel_titel", "hoofdstuk_titel", "afdeling_titel", "paragraaf_titel", "subparagraaf_titel")
"""Columns with the titles above an article; many are empty."""
COLUMNS = {
    CORPUS: {"DOC_ID", "law_id", "law_name", "artikel", "article_name", "text", *LEVELS},
    QUESTIONS: {"question_id", "question", "human_attribution"},
}
DEEP = 100  # passages that are kept of each question

MEASURES = {
    "ndcg@10": "ndcg_cut_10",
    "mrr": "recip_rank",
    "hit@5": "success_5",
    "recall@20": "recall_20",
    "recall@100": "recall_100",
}
"""Our names of the figures, and those of trec_eval, which computes them."""

REFERENCES: tuple[tuple[str, dict[str, float]], ...] = (
    ("reference: BM25, text alone", {"ndcg@10": 0.642, "recall@20": 0.875}),
    (
        "reference: BM25, stems and headings",
        {"ndcg@10": 0.686, "mrr": 0.700, "hit@5": 0.882, "recall@20": 0.922, "recall@100": 0.994},
    ),
)
"""Figures of plain BM25 on the same questions, measured once outside this project."""

_NAME, _FIGURE = 38, 19  # characters of the columns in a terminal

Row = dict[str, str]
Rank = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the benchmark with the ids of the passages that people named as its answer."""

    id: str
    question: str
    gold: frozenset[str]


def run_aqa(
    folder: Path, embeddings: KaderEmbeddings, progress: Progress = lambda *_: None, cache: Path | None = None
) -> Json:
    """Indexes the benchmark with our functions and measures our retrieval, its halves and their plain fusion.

    Embedding takes minutes; with a `cache` folder its vectors are kept there and used again for the same passages
    and the same model.

    Raises:
        InvalidQuestionSet: the folder does not hold the benchmark.
    """
    rows = _read(folder, CORPUS)
    asked = _questions(folder, {row["DOC_ID"] for row in rows})
    documents, names = as_documents(rows)
    vectors = _vectors(documents, embeddings, progress, cache)
    with tempfile.TemporaryDirectory() as made:
        generation = index_of(Path(made) / "aqa", documents, vectors, embeddings, progress)
        ranked = []
        for name, rank in _ways(generation, embeddings):
            ranked.append((name, _ranked(name, rank, asked, names, progress)))
    gold = {a.id: dict.fromkeys(a.gold, 1) for a in asked}
    return {
        "benchmark": "aqa",
        "questions": len(asked),
        "passages": len(names),
        "embedding": str(embeddings.card),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": [{"name": name, "figures": _figures(gold, run)} for name, run in ranked],
        "references": [
            {"name": name, "figures": {figure: {"mean": value} for figure, value in figures.items()}}
            for name, figures in REFERENCES
        ],
    }


def show_aqa(result: Json) -> str:
    """The figures as a person reads them in a terminal, those of reference below ours."""
    lines = [f"{result['questions']} questions over {result['passages']} passages, {result['embedding']}"]
    lines.append(" " * _NAME + "".join(f"{name + ' ' * 12:>{_FIGURE}}" for name in MEASURES))
    for row in (*result["rows"], *result["references"]):
        figures = (_shown(row["figures"].get(name)) for name in MEASURES)
        lines.append(f"{row['name']:<{_NAME}}" + "".join(f"{figure:>{_FIGURE}}" for figure in figures))
    lines.append("in brackets: 95 % interval over questions")
    return "\n".join(lines)


def as_documents(rows: Sequence[Row]) -> tuple[list[Document], list[str]]:
    """The acts as documents, one passage a row, and the benchmark's id of each passage in the order of an index."""
    acts: dict[str, list[Row]] = {}
    for row in rows:
        acts.setdefault(row["law_id"], []).append(row)
    return [_act(act) for act in acts.values()], [row["DOC_ID"] for act in acts.values() for row in act]


def _act(rows: Sequence[Row]) -> Document:
    """One act: neighbouring rows with the same headings are the parts of one article, which is a section."""
    name, number = rows[0]["law_name"], slug(rows[0]["law_id"])
    lines: list[str] = []
    sections: list[Section] = []
    passages: list[Passage] = []
    at = 0
    for headings, parts in groupby(rows, key=_headings):
        begin = at
        for row in parts:
            passages.append(Passage(number, len(sections), at, at + len(row["text"])))
            lines.append(row["text"])
            at += len(row["text"]) + 1
        *above, article, title = headings
        section = Section(article, title or article, 1, (), "body", begin, begin, at - 1, at - 1)
        sections.append(replace(section, path=(name, *(t for t in above if t), section.label)))
    return Document(
        id=number,
        title=name,
        municipality=None,
        kind=None,
        adopted_on=None,
        valid_from=None,
        valid_until=None,
        source_file=CORPUS,
        source_url=None,
        content_hash="",
        text="\n".join(lines),
        sections=tuple(sections),
        passages=tuple(passages),
    )


def _headings(row: Row) -> tuple[str, ...]:
    return tuple(row[column].strip() for column in (*LEVELS, "artikel", "article_name"))


def _vectors(
    documents: Sequence[Document], embeddings: KaderEmbeddings, progress: Progress, cache: Path | None
) -> Vectors:
    """Vectors of all passages and windows, from the cache when it holds those of the same texts by the same model."""
    texts = [text for d in documents for p in d.passages for text in (embedded_text(d, p), *window_texts(d, p))]
    key = hashlib.sha256("\0".join((str(embeddings.card), *texts)).encode()).hexdigest()[:24]
    kept = cache / f"{key}.npz" if cache else None
    if kept is not None and kept.exists():
        with np.load(kept, allow_pickle=False) as stored:
            return Vectors(stored["passages"], Windows(stored["windows"], stored["starts"]))
    vectors = vectors_of(documents, embeddings, progress)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(".next.npz")
        windows = vectors.windows
        np.savez(beside, passages=vectors.passages, windows=windows.vectors, starts=windows.starts)
        beside.replace(kept)
    return vectors


def _ways(generation: Generation, embeddings: KaderEmbeddings) -> list[tuple[str, Rank]]:
    """The ways to rank that are measured; ours reads the question as it reads any."""

    def ours(question: str) -> list[int]:
        query = understand(question, generation.documents.values(), spelled=generation.lexical.spelled)
        return [hit.passage for hit in retrieve(generation, embeddings, query, k=DEEP)]

    return [
        ("BM25, stems and headings", lambda question: lexical_ranking(generation, question, DEEP)),
        ("dense", lambda question: dense_ranking(generation, embeddings, question, DEEP)),
        ("BM25 + dense, RRF", lambda question: hybrid_ranking(generation, embeddings, question, DEEP)),
        ("ours", ours),
    ]


def _ranked(
    name: str, rank: Rank, asked: Sequence[Asked], names: Sequence[str], progress: Progress
) -> dict[str, dict[str, float]]:
    """What a way finds for every question, as trec_eval reads it: ids with scores that fall with the rank."""
    run: dict[str, dict[str, float]] = {}
    for number, one in enumerate(asked, start=1):
        run[one.id] = {names[n]: 1 / place for place, n in enumerate(rank(one.question), start=1)}
        progress(f"questions, {name}", number, len(asked))
    return run


def _figures(gold: dict[str, dict[str, int]], run: dict[str, dict[str, float]]) -> Json:
    """Means over all questions with their intervals; a question for which nothing was found counts as 0."""
    wanted = {"ndcg_cut.10", "recip_rank", "success.5", "recall.20,100"}
    each = pytrec_eval.RelevanceEvaluator(gold, wanted).evaluate(run)
    return {
        name: estimate([float(each.get(question, {}).get(measure, 0.0)) for question in gold])
        for name, measure in MEASURES.items()
    }


def _read(folder: Path, name: str) -> list[Row]:
    path = folder / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = COLUMNS[name] - set(reader.fieldnames or ())
            rows: list[Any] = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _no_benchmark(f"{path} cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if missing or not rows:
        fault = f"lacks the columns {', '.join(sorted(missing))}" if missing else "holds no rows"
        raise _no_benchmark(f"{path} {fault}")
    if any(None in row.values() or None in row for row in rows):
        raise _no_benchmark(f"{path} has lines with more or fewer columns than its heading")
    return rows


def _questions(folder: Path, passages: set[str]) -> list[Asked]:
    asked = []
    for row in _read(folder, QUESTIONS):
        gold = frozenset(name.strip() for name in row["human_attribution"].split(",") if name.strip())
        if not gold or not gold <= passages:
            raise _no_benchmark(
                f"the answer of question {row['question_id']} ({row['human_attribution'] or 'none'}) names passages "
                f"that {CORPUS} does not hold"
            )
        asked.append(Asked(row["question_id"], row["question"], gold))
    return asked


def _no_benchmark(found: str) -> InvalidQuestionSet:
    return InvalidQuestionSet(
        f"{found}. Expected the folder of the aqa benchmark with {CORPUS} and {QUESTIONS} "
        "(github.com/fRedelaar/Legal-Dutch-Attributed-Question-Answering, small corpus)"
    )


def _shown(figure: Json | None) -> str:
    if figure is None:
        return f"–{'':16}"
    known = f" [{figure['low']:.2f}–{figure['high']:.2f}]" if "low" in figure else ""
    return f"{figure['mean']:.3f}{known:12}"
