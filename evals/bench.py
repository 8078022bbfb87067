"""Measures the budgets: ingest, cold start, warm retrieval and answers, memory.

    python -m evals.bench ../shared/corpus/frameworks

Prints one line for each figure with its budget. Timings on a shared machine are noisy: they are medians and
percentiles of many questions in one run, to be compared within a run.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.engine import Assistant
from vectorstore.embeddings import EMBEDDED, open_embeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths

_TOPICS = "preventie jeugd schulden wonen eenzaamheid mantelzorg gezondheid vrijwilligers armoede regie".split()
QUESTIONS = [
    *(f"Wat staat er over {topic}?" for topic in _TOPICS),
    *(f"Wat wil de gemeente bereiken met {topic} en wie doet wat?" for topic in _TOPICS),
    "What does the framework say about prevention?",
    "How are young people supported?",
    "Who is responsible for the budget?",
    "How is progress measured?",
]


def main(paths: list[Path]) -> None:
    """Runs the benchmark over the documents of `paths` in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        store, model = Store(Path(folder)), open_embeddings(EMBEDDED)
        first = ingest_paths(store, model, paths)
        again = ingest_paths(store, model, paths)
        assistant = Assistant(store, model)
        for question in QUESTIONS:  # warm: models loaded, index in memory
            assistant.search(question)
        retrieval = _timed(lambda q: assistant.search(q))
        answers = _timed(lambda q: assistant.ask(q))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        passages = sum(o.passages for o in first.documents)
        _say("first ingest", f"{first.seconds:.1f} s ({len(first.documents)} documents, {passages} passages)", "45 s")
        _say("ingest, nothing changed", f"{again.seconds:.2f} s", "2 s")
        _say("cold `kaderwijzer ask`", f"{_cold(Path(folder)):.2f} s (median of 5)", "4 s")
        _say("warm retrieval", _percentiles(retrieval), "p50 40 ms, p95 100 ms")
        _say("warm extractive answer", _percentiles(answers), "p95 300 ms")
        _say("peak memory, ingest included", f"{memory:.0f} MB", "700 MB while serving")


def _timed(run: Callable[[str], object], rounds: int = 5) -> list[float]:
    """Milliseconds of each question, several rounds over."""
    times = []
    for question in QUESTIONS * rounds:
        began = time.perf_counter()
        run(question)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _cold(data: Path) -> float:
    """Median seconds of five answers, each from a new process."""
    command = [str(Path(sys.executable).parent / "kaderwijzer"), "ask", QUESTIONS[0], "--json"]
    times = []
    for _ in range(5):
        began = time.perf_counter()
        environment = {**os.environ, "KADERWIJZER_DATA": str(data)}
        subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603  # our own program
        times.append(time.perf_counter() - began)
    return float(np.median(times))


def _percentiles(times: list[float]) -> str:
    p50, p95, p99 = np.percentile(times, [50, 95, 99])
    return f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms (n={len(times)})"


def _say(what: str, measured: str, budget: str) -> None:
    sys.stdout.write(f"{what:<30}{measured:<56}budget {budget}\n")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [Path(__file__).parent / "demo" / "documents"])
