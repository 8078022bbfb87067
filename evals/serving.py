"""What serving an index costs: opening it, answering questions, and the memory that this takes.

It is measured in a process of its own that does nothing else, so that its memory and caches are no one else's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from assistant.batch import BatchItem, read_batch
from assistant.engine import Assistant
from vectorstore.embeddings import EMBEDDED, open_embeddings
from vectorstore.store import Store

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

_WARMING = "Wat staat er over eenzaamheid?"
MB = 1e6  # bytes


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


def serve_apart(data: Path, asked: Sequence[BatchItem], rounds: int = 1) -> Served:
    """`serve` in a new process, which has read nothing before."""
    lines = "".join(json.dumps({"id": q.id, "question": q.question, "history": q.history}) + "\n" for q in asked)
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "evals.serving", str(data.resolve()), str(rounds)],
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
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB  # bytes on macOS
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / MB


if __name__ == "__main__":
    measured = serve(Path(sys.argv[1]), list(read_batch("-")), int(sys.argv[2]))
    sys.stdout.write(json.dumps(asdict(measured)))
