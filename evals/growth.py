"""What serving an index costs, and how that grows with the number of passages.

Larger indexes are made by varying a real one, so that nothing needs embedding: the vectors are real ones with noise,
the texts are real ones with other words in place of some of their own. What is measured, is measured in a process
of its own that only opens an index and answers questions, so that its memory and caches are no one else's.
"""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from assistant.batch import BatchItem, read_batch
from assistant.engine import Assistant
from assistant.language import word_list
from evals.ablations import index_of
from ingest.document import Document
from ingest.municipalities import municipalities
from vectorstore.embeddings import EMBEDDED, KaderEmbeddings, open_embeddings
from vectorstore.generation import Generation
from vectorstore.search import CANDIDATES
from vectorstore.store import Store
from vectorstore.windows import Windows
from vectorstore.writing import Progress, Vectors

SIZES = (1000, 10_000, 100_000, 1_000_000)
SEED = 20260101
RENEWED = 0.5
"""Share of a vector's variance that is noise: two variations of a passage are then as near each other as a real passage
is to the nearest other one (a cosine of 0.92 with the embedded model)."""
SWAPPED = 0.3
"""Share of the words of four letters and more that give way to another."""
NEW = 0.1
"""Share of the words put in that come from a general list of Dutch words and not from another passage. With it the
number of different words grows with about the 0.6th power of all words, as among the real passages (Heaps' law), and
a word has compounds as in Dutch, somewhat fewer (at 100,000 passages 12 on average; in a word list of that size 19)."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_ID = "measured"
_RECALLED = 40  # questions that recall is measured with
_WARMING = "Wat staat er over eenzaamheid?"
_MB = 1e6


PROCESSOR = "processor"
STAGES = {
    "understand": "",
    "retrieve": "p50 40 ms, p95 100 ms",
    "judge": "",
    "compose": "",
    "total": "p95 300 ms",
    PROCESSOR: "",
}
"""Stages of an extractive answer and their budgets on a small index. The last is the time of all cores together, which
says more than the clock when other programs want them."""
BUDGETS = {100_000: "p95 150 ms, 2000 MB"}
"""Budgets of retrieval and memory by the number of passages."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Percentiles of milliseconds, of `n` questions."""

    p50: float
    p95: float
    p99: float
    n: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of answering: questions the process had not heard, and the same ones again."""

    name: str
    first: Spread
    again: Spread
    budget: str


@dataclass(frozen=True, slots=True)
class Served:
    """What a process of its own measured: opening an index, and answering questions.

    `open_s` are seconds until the first search is done, with the embedding model in memory; `memory_mb` is the most
    that was resident.
    """

    open_s: float
    memory_mb: float
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """An index of one size: how long writing it took (without embedding), its bytes on disk, and how it serves.

    `words` is how many different ones it holds; `recall` the share of the ten passages nearest to a question that are
    among the candidates which the vector index gives.
    """

    passages: int
    documents: int
    words: int
    recall: float
    build_s: float
    disk_mb: float
    served: Served
    budget: str


def sizes(upto: int) -> list[int]:
    """The numbers of passages to be measured: powers of ten from 1,000, and the last one asked for."""
    return [*(size for size in SIZES if size < upto), upto]


def measure_growth(
    base: Generation, embeddings: KaderEmbeddings, asked: Sequence[BatchItem], upto: int, progress: Progress
) -> Iterator[Size]:
    """Builds an index of each size from the passages of `base`, asks the questions of it, and removes it."""
    for size in sizes(upto):
        with tempfile.TemporaryDirectory() as folder:
            yield _measure_size(base, embeddings, asked, size, Path(folder), progress)


def _measure_size(
    base: Generation,
    embeddings: KaderEmbeddings,
    asked: Sequence[BatchItem],
    size: int,
    folder: Path,
    progress: Progress,
) -> Size:
    documents, vectors = varied(base, size)
    store = Store(folder)
    began = time.perf_counter()
    made = index_of(store.folder(_ID), documents, vectors, embeddings, progress)
    store.publish(_ID)
    build_s = time.perf_counter() - began
    progress(f"serve {size} passages", 0, 1)
    served = serve_apart(folder, asked)
    progress(f"serve {size} passages", 1, 1)
    return Size(
        passages=size,
        documents=len(documents),
        words=len(made.lexical.spelled),
        recall=recall(made, embeddings, vectors.passages, asked[:_RECALLED]),
        build_s=build_s,
        disk_mb=disk_mb(folder),
        served=served,
        budget=BUDGETS.get(size, ""),
    )


def recall(
    generation: Generation, embeddings: KaderEmbeddings, vectors: np.ndarray, asked: Sequence[BatchItem]
) -> float:
    """Share of the ten passages nearest to each question, found by comparing all, that are among the candidates."""
    shares = []
    for question in (np.asarray(embeddings.embed_query(item.question), dtype=np.float32) for item in asked):
        nearest = set(np.argsort(-(vectors @ question))[:10].tolist())
        given = generation.nearest(question.tolist(), CANDIDATES, None)
        shares.append(len(nearest.intersection(given)) / len(nearest))
    return round(float(np.mean(shares)), 4)


def disk_mb(folder: Path) -> float:
    """Megabytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / _MB


def varied(base: Generation, size: int, seed: int = SEED) -> tuple[list[Document], Vectors]:
    """Documents of `size` passages in all, and their vectors; the same for a seed.

    The documents of `base` come first, as they are. Then come variations of them, each round under the name of
    another municipality; the last document is cut short. A variation has as many windows as what it varies.
    """
    documents: list[Document] = []
    rows: list[np.ndarray] = []
    windows: list[np.ndarray] = []
    counts: list[int] = []
    left = size
    for document, vectors, pieces, own in _variations(base, seed):
        kept = document.passages[:left]
        documents.append(replace(document, passages=kept))
        rows.append(vectors[: len(kept)])
        counts += own[: len(kept)]
        windows.append(pieces[: sum(own[: len(kept)])].astype(np.float16))
        left -= len(kept)
        if not left:
            break
    return documents, Vectors(np.concatenate(rows), Windows.of(np.concatenate(windows), counts))


_Variation = tuple[Document, np.ndarray, np.ndarray, list[int]]
"""A document, the vectors of its passages and of their windows, and how many windows each passage has."""


def _variations(base: Generation, seed: int) -> Iterator[_Variation]:
    """Endlessly: every document of `base` with its vectors, first itself, then variations of it."""
    if not base.passages:
        raise ValueError("the index has no passages to vary. Expected at least one")
    known = Words.of(base.documents.values())
    vectors = base.vectors(range(len(base.passages)))
    windows, starts = np.asarray(base.windows.vectors, dtype=np.float32), base.windows.starts
    counts = base.windows.counts()
    places = _other_places(base.documents.values())
    for copy in count():
        noise = np.random.default_rng((seed, copy))
        rows = with_noise(vectors, noise) if copy else vectors
        pieces = with_noise(windows, noise) if copy and len(windows) else windows
        at = 0
        for document in base.documents.values():
            chance = random.Random(f"{seed} {copy} {document.id}")  # noqa: S311  # a benchmark, not a secret
            place = places[copy % len(places)]
            end = at + len(document.passages)
            yield (
                variation(document, copy, place, known, chance) if copy else document,
                rows[at:end],
                pieces[starts[at] : starts[end]],
                counts[at:end],
            )
            at = end


@dataclass(frozen=True, slots=True)
class Words:
    """Words by their length: those of the passages, each as often as it occurs, and those of a general list."""

    own: Mapping[int, Sequence[str]]
    general: Mapping[int, Sequence[str]]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Words:
        """The words of the passages of documents, and the list that spelling is checked against."""
        own = [
            match[0].lower()
            for document in documents
            for passage in document.passages
            for match in _WORD.finditer(document.text, passage.start, passage.end)
        ]
        return cls(_by_length(own), _general())

    def other(self, word: str, chance: random.Random) -> str:
        """Another word of the same length."""
        there = self.general if chance.random() < NEW else self.own
        return chance.choice(there.get(len(word), (word,)))


@cache
def _general() -> dict[int, list[str]]:
    return _by_length(sorted(word for word in word_list("nl").word_frequency.dictionary if _WORD.fullmatch(word)))


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for word in words:
        found[len(word)].append(word)
    return dict(found)


def variation(document: Document, copy: int, place: str, known: Words, chance: random.Random) -> Document:
    """The document as another municipality might have written it; all its spans stay where they are."""
    name = f"{document.id}-{copy}"
    return replace(
        document,
        id=name,
        title=document.title.replace(document.municipality, place) if document.municipality else document.title,
        municipality=place,
        text=with_other_words(document.text, known, chance),
        passages=tuple(replace(passage, document_id=name) for passage in document.passages),
    )


def with_other_words(text: str, known: Words, chance: random.Random) -> str:
    """The text with a share of its words replaced by others of the same length, so that every span stays."""
    return _WORD.sub(lambda m: known.other(m[0], chance) if chance.random() < SWAPPED else m[0], text)


def with_noise(vectors: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Unit vectors near those given, shape (passages, dimension), with the mean and the covariance of those.

    Noise that is as strong in every direction would make an index harder to search than any real one: embeddings of
    text keep to few of their dimensions.
    """
    mean = vectors.mean(axis=0)
    own = vectors - mean
    root = np.linalg.qr(own / np.sqrt(len(own)), mode="r")
    noise = chance.standard_normal((len(own), len(root))) @ root
    moved = mean + np.sqrt(1 - RENEWED) * own + np.sqrt(RENEWED) * noise
    unit: np.ndarray = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _other_places(documents: Iterable[Document]) -> list[str]:
    """Names of municipalities of today that no document is of."""
    own = {document.municipality for document in documents}
    return [place.name for place in municipalities().values() if not place.successor and place.name not in own]


def serve_apart(data: Path, asked: Sequence[BatchItem], rounds: int = 1) -> Served:
    """`serve` in a new process, which has read nothing before."""
    lines = "".join(json.dumps({"id": q.id, "question": q.question, "history": q.history}) + "\n" for q in asked)
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "evals.growth", str(data.resolve()), str(rounds)],
        input=lines,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    return TypeAdapter(Served).validate_json(done.stdout)


def serve(data: Path, asked: Sequence[BatchItem], rounds: int) -> Served:
    """Opens the index of a data folder and asks the questions, each once, and then `rounds` times more."""
    model = open_embeddings(EMBEDDED)
    model.embed_query(_WARMING)
    began = time.perf_counter()
    assistant = Assistant(Store(data), model)
    assistant.search(_WARMING)
    open_s = time.perf_counter() - began
    first, *more = ([_ask(assistant, question) for question in asked] for _ in range(1 + rounds))
    again = [timings for answers in more for timings in answers]
    stages = (
        Stage(name, spread([t[name] for t in first]), spread([t[name] for t in again]), budget)
        for name, budget in STAGES.items()
    )
    return Served(open_s, peak_memory_mb(), tuple(stages))


def _ask(assistant: Assistant, asked: BatchItem) -> dict[str, float]:
    """Milliseconds of each stage of one answer, by the clock, and of all of it by the processor.

    As in a conversation, the question before it has just been answered, and is not counted.
    """
    if asked.history:
        *before, earlier = asked.history
        assistant.ask(earlier, before)
    began = time.process_time()
    timings = assistant.ask(asked.question, asked.history).timings_ms
    return {**timings, PROCESSOR: (time.process_time() - began) * 1000}


def spread(times: Sequence[float]) -> Spread:
    """Percentiles of milliseconds."""
    p50, p95, p99 = (round(float(p), 2) for p in np.percentile(times, [50, 95, 99]))
    return Spread(p50, p95, p99, len(times))


def peak_memory_mb() -> float:
    """The most that was resident of this process, in megabytes.

    Linux tells it of a process in /proc; what getrusage tells there includes the process that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB  # bytes on macOS
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / _MB


if __name__ == "__main__":
    measured = serve(Path(sys.argv[1]), list(read_batch("-")), int(sys.argv[2]))
    sys.stdout.write(json.dumps(asdict(measured)))
