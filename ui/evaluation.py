"""What the evaluation page offers and lists: question sets, and the runs that are kept. Measuring is in `evals`.

Runs lie in DATA/runs/<name>, as `kaderwijzer eval run` keeps them, and sets of one's own in DATA/evaluation/*.jsonl.
Imported with the page, so nothing here may import what scipy and scikit-learn take seconds for.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import evals
from evals.questions import Case, read_set, read_sets
from evals.records import QUESTIONS, RUN, SUMMARY, Json, Record, read_json, read_records
from ingest.errors import InvalidQuestionSet

PROJECT_SETS = ("demo", "frameworks", "other")
"""Folders of question sets that come with the program."""

Stamp = tuple[int, int]
"""Tells one state of a file from another: when it was changed, and its size."""

_LINE = re.compile(r", line (\d+)")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that are run together; `project` tells those of the program from one's own."""

    key: str
    project: bool
    paths: tuple[Path, ...]
    cases: tuple[Case, ...]

    @property
    def hashes(self) -> dict[str, str]:
        """As a run keeps them, to recognise the set by."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.paths}


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it lies on disk; `summary` is empty while it is not finished."""

    folder: Path
    config: Json
    summary: Json

    @property
    def started(self) -> datetime | None:
        """When it began, in the time zone of this machine; None where the run does not say."""
        try:
            return datetime.fromisoformat(str(self.config.get("started_at"))).astimezone()
        except ValueError:
            return None

    @property
    def sets(self) -> dict[str, str]:
        """Its question sets: file names with hashes."""
        return dict(self.config.get("sets") or {})

    @property
    def why(self) -> dict[str, tuple[str, ...]]:
        """What went wrong, by id of the question."""
        return {str(f["id"]): tuple(map(str, f["why"])) for f in self.summary.get("failing") or []}


def runs_folder(data: Path) -> Path:
    """Where runs are kept."""
    return data / "runs"


def sets_folder(data: Path) -> Path:
    """Where sets of one's own are kept."""
    return data / "evaluation"


def new_run_folder(data: Path) -> Path:
    """A folder that is not there yet, named after the moment."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    taken = [path.name for path in runs_folder(data).glob(f"{name}*")]
    return runs_folder(data) / (f"{name}-{len(taken) + 1}" if taken else name)


def offered_sets(data: Path, documents: Container[str]) -> tuple[list[QuestionSet], list[str]]:
    """The sets that can be run on the indexed documents, and what is wrong with those that cannot be read.

    Sets of the program are offered when at least half of what they ask about is indexed: a run refuses others.
    """
    sets: list[QuestionSet] = []
    faults: list[str] = []
    for key, paths, project in _kept_sets(data):
        try:
            cases = _cases(tuple((path, _stamp(path)) for path in paths))
        except InvalidQuestionSet as error:
            faults.append(str(error))
            continue
        relying = [case.documents for case in cases if case.documents]
        missing = sum(any(name not in documents for name in names) for names in relying)
        if not project or missing * 2 <= len(relying):
            sets.append(QuestionSet(key, project, paths, cases))
    return sets, faults


def is_taken(data: Path, name: str, content: bytes) -> bool:
    """Whether a set of other questions has this file name already; runs tell sets apart by it."""
    path = own_path(data, name)
    return is_of_the_program(path.name) or (path.exists() and path.read_bytes() != content)


def is_of_the_program(file_name: str) -> bool:
    """Whether a set that comes with the program has this file name."""
    return any(path.name == file_name for key in PROJECT_SETS for path in _project_paths(key))


def add_set(data: Path, name: str, content: bytes) -> str:
    """Keeps a set under a file name made from `name`, and gives its key.

    Raises:
        InvalidQuestionSet: it does not follow the schema; the message names the line and the field.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / own_path(data, name).name
        path.write_bytes(content)
        try:
            read_set(path)
        except InvalidQuestionSet as error:
            raise InvalidQuestionSet(str(error).replace(str(path), name)) from error
    kept = own_path(data, name)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    return kept.stem


def faulty_line(message: str, content: bytes) -> tuple[int, str] | None:
    """The line that a message about a set names, with its number."""
    found = _LINE.search(message)
    lines = content.decode("utf-8-sig", "replace").split("\n")
    number = int(found[1]) if found else 0
    return (number, lines[number - 1].strip()) if 0 < number <= len(lines) else None


def stored_runs(data: Path) -> tuple[list[Run], list[str]]:
    """All runs, newest first, and what is wrong with those that cannot be read."""
    runs: list[Run] = []
    faults: list[str] = []
    for path in runs_folder(data).glob(f"*/{RUN}"):
        folder = path.parent
        try:
            config = _json(folder, RUN, _stamp(path))
            done = (folder / SUMMARY).exists()
            runs.append(Run(folder, config, _json(folder, SUMMARY, _stamp(folder / SUMMARY)) if done else {}))
        except InvalidQuestionSet as error:
            faults.append(str(error))
    return sorted(runs, key=lambda run: (str(run.config.get("started_at")), run.folder.name), reverse=True), faults


def records_of(run: Run) -> tuple[Record, ...]:
    """The questions of a run, as far as they were asked.

    Raises:
        InvalidQuestionSet: they cannot be read.
    """
    path = run.folder / QUESTIONS
    return _records(run.folder, _stamp(path)) if run.summary else ()


def asked_of(run: Run) -> int:
    """How many questions of an unfinished run were asked."""
    path = run.folder / QUESTIONS
    return path.read_bytes().count(b"\n") if path.exists() else 0


def set_of(run: Run, sets: Iterable[QuestionSet]) -> QuestionSet | None:
    """The set that a run was made with, when it still holds the same questions."""
    return next((each for each in sets if each.hashes == run.sets), None)


def same_set(run: Run, runs: Iterable[Run]) -> list[Run]:
    """The finished runs of the set of a run, oldest first. A set is known by its files: questions may be added."""
    return [other for other in runs if other.sets.keys() == run.sets.keys() and other.summary][::-1]


def set_key(names: Iterable[str]) -> str:
    """A set of the program by the names of its files; otherwise the names themselves."""
    wanted = set(names)
    for key in PROJECT_SETS:
        if wanted == {path.name for path in _project_paths(key)}:
            return key
    return ", ".join(sorted(Path(name).stem for name in wanted))


def _kept_sets(data: Path) -> list[tuple[str, tuple[Path, ...], bool]]:
    project = [(key, _project_paths(key), True) for key in PROJECT_SETS]
    own = [(path.stem, (path,), False) for path in sorted(sets_folder(data).glob("*.jsonl"))]
    return [each for each in project + own if each[1]]


def _project_paths(key: str) -> tuple[Path, ...]:
    return tuple(sorted((Path(evals.__file__).parent / key).glob("*.jsonl")))


def own_path(data: Path, name: str) -> Path:
    """Where a set of one's own is kept under a name that somebody gave."""
    stem = re.sub(r"[^\w-]+", "-", Path(name).stem.lower()).strip("-")[:60]
    return sets_folder(data) / f"{stem or 'set'}.jsonl"


def _stamp(path: Path) -> Stamp:
    if not path.exists():
        return (0, 0)
    found = path.stat()
    return (found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _cases(stamped: tuple[tuple[Path, Stamp], ...]) -> tuple[Case, ...]:
    return tuple(read_sets([path for path, _ in stamped]))


@lru_cache(maxsize=256)
def _json(folder: Path, name: str, stamp: Stamp) -> Json:  # noqa: ARG001  # the stamp is for the cache
    return read_json(folder, name)


@lru_cache(maxsize=4)  # a run of 400 questions takes some 30 MB
def _records(folder: Path, stamp: Stamp) -> tuple[Record, ...]:  # noqa: ARG001
    return tuple(read_records(folder))
