"""What a check of question sets finds, and the sets read line by line: a broken line is a finding, not the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from evals.questions import MAX_QUESTIONS, Case, read_lines
from evals.records import Json
from ingest.errors import InvalidQuestionSet

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a question set: what was found, what was expected, what to do.

    An error makes figures wrong or a run impossible; a warning is for a person to judge. `line` counts from 1 and is
    None where a finding is about a file or about all sets together; `id` and `field` are None where there is none.
    """

    severity: Severity
    path: Path
    line: int | None
    id: str | None
    field: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with the place where it stands."""

    path: Path
    line: int
    case: Case

    def finding(self, severity: Severity, field: str, message: str) -> Finding:
        """A finding about this question."""
        return Finding(severity, self.path, self.line, self.case.id, field, message)

    @property
    def place(self) -> str:
        """Id, file and line, to refer to from another question."""
        return f"“{self.case.id}” ({self.path.name}, line {self.line})"


def read_entries(path: Path) -> tuple[list[Entry], list[Finding]]:
    """The questions of a set that follow the schema, and a finding for each fault of the lines that do not."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    try:
        lines = read_lines(path)
    except InvalidQuestionSet as error:
        return [], [Finding("error", path, None, None, None, str(error))]
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    for number, line in filled:
        try:
            entries.append(Entry(path, number, Case.model_validate_json(line)))
        except ValidationError as error:
            findings.extend(_faults(path, number, line, error))
        else:
            findings.extend(_fields_given_twice(entries[-1], line))
    if not filled:
        message = "the set holds no questions. Expected one JSON object a line. Add questions, or leave the file out"
        findings.append(Finding("error", path, None, None, None, message))
    if len(filled) > MAX_QUESTIONS:
        message = f"the set holds {len(filled)} questions (at most {MAX_QUESTIONS}). Split it"
        findings.append(Finding("error", path, None, None, None, message))
    return entries, findings


def findings_json(findings: Sequence[Finding]) -> Json:
    """Findings with their number by severity, for programs."""
    return {
        **count_findings(findings),
        "findings": [{**asdict(finding), "path": str(finding.path)} for finding in findings],
    }


def show_findings(findings: Sequence[Finding]) -> str:
    """Findings as a person reads them in a terminal, by file, errors and warnings marked, and their number."""
    lines: list[str] = []
    for path in dict.fromkeys(finding.path for finding in findings):
        lines.append(str(path))
        for f in (finding for finding in findings if finding.path == path):
            where = ", ".join(part for part in (f"line {f.line}" if f.line else None, f.id, f.field) if part)
            lines.append(f"  {f.severity}: {f'{where}: ' if where else ''}{f.message}")
    counts = count_findings(findings)
    return "\n".join([*lines, f"{counts['errors']} errors, {counts['warnings']} warnings"])


def count_findings(findings: Sequence[Finding]) -> dict[str, int]:
    """How many errors and warnings there are."""
    severities = Counter(finding.severity for finding in findings)
    return {"errors": severities["error"], "warnings": severities["warning"]}


def _faults(path: Path, number: int, line: str, error: ValidationError) -> list[Finding]:
    """Every fault of a line that does not follow the schema."""
    found: list[Finding] = []
    for fault in error.errors():
        field, message = _described(fault)
        found.append(Finding("error", path, number, _id_of(line), field, f"{message}. Mend that line"))
    return found


def _described(fault: ErrorDetails) -> tuple[str | None, str]:
    """The field of one of pydantic's faults, and the fault in our words."""
    field = ".".join(str(part) for part in fault["loc"]) or None
    if fault["type"] == "json_invalid":
        return None, f"the line is no JSON ({fault['msg'].removeprefix('Invalid JSON: ')}). Expected one JSON object"
    if fault["type"] == "missing":
        return field, f"the field “{field}” is missing"
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(field or "", Case.model_fields, n=1)
        meant = f"Did you mean “{near[0]}”?" if near else f"Expected {', '.join(Case.model_fields)}"
        return field, f"there is no field “{field}”. {meant}"
    if fault["type"] == "value_error":  # the checks of Case begin their message with the field
        name, _, said = fault["msg"].removeprefix("Value error, ").partition(": ")
        return name, said
    return field, f"found {json.dumps(fault['input'], ensure_ascii=False, default=str)[:60]}: {fault['msg']}"


def _fields_given_twice(entry: Entry, line: str) -> list[Finding]:
    """JSON takes the last of two fields of one name, and the first would be lost in silence."""
    pairs: list[tuple[str, Any]] = json.loads(line, object_pairs_hook=list)
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    return [
        entry.finding("error", name, f"the field “{name}” is given twice, and only the last counts. Keep one")
        for name in twice
    ]


def _id_of(line: str) -> str | None:
    """The id of a line that is broken elsewhere."""
    try:
        value = json.loads(line)
    except ValueError:
        return None
    named = value.get("id") if isinstance(value, dict) else None
    return named if isinstance(named, str) else None
