"""What an ingest and an answer from a cold process cost, beside the budgets for them and for a process that serves."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.bench_questions import QUESTIONS
from evals.serving import Served, peak_memory_mb
from ingest.tokens import count_tokens
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import embedded_text
from vectorstore.store import Store
from vectorstore.update import ingest_paths
from vectorstore.writing import Progress


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value, in its unit, with its budget."""

    what: str
    value: float
    unit: str
    detail: str = ""
    budget: str = ""


@dataclass(frozen=True, slots=True)
class Ingest:
    """The first ingest and the second: seconds; `read_s` of the first passed before anything was embedded."""

    passages: int
    tokens: int
    first_s: float
    read_s: float
    again_s: float
    memory_mb: float


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


def budgets(ingest: Ingest, served: Served, cold_s: float) -> Iterator[Figure]:
    """The measured values in the order in which they are shown, each with its budget where it has one."""
    speed = f"{ingest.passages / ingest.first_s:.1f} passages/s, {ingest.tokens / ingest.first_s:.0f} tokens/s"
    amount = f"{ingest.passages} passages, {ingest.tokens} tokens; reading {ingest.read_s:.1f} s"
    yield Figure("first ingest", ingest.first_s, "s", f"{speed} ({amount})", "45 s")
    yield Figure("ingest, nothing changed", ingest.again_s, "s", "", "2 s")
    yield Figure("cold `kaderwijzer ask`", cold_s, "s", "median of 5", "4 s")
    yield Figure("opening, model loaded", served.open_s, "s", "first search included")
    yield Figure("peak memory while serving", served.memory_mb, "MB", "a process that only answers", "700 MB")
    yield Figure("peak memory of the ingest", ingest.memory_mb, "MB", "this benchmark's own libraries included")
