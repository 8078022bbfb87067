"""Checks question sets before anyone trusts their figures.

Schema, double questions, leaks between the halves and, where the documents are at hand, whether the gold answers stand
in them. `lint_sets` gives all there is to say, in the order of the files; nothing is raised for a set that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.language import detect_language
from evals.findings import Entry, Finding, count_findings, findings_json, read_entries, show_findings
from evals.gold import Gold
from evals.leaks import doubles
from evals.questions import ANSWERABLE_KINDS, UNANSWERABLE_KINDS
from ingest.document import Document

__all__ = ["Finding", "count_findings", "findings_json", "lint_sets", "show_findings"]

ALL_KINDS_FROM = 50
"""Sets that together hold more questions than this are expected to have every kind."""

_TELLING_WORDS = 3  # fewer words than this show no language
_QUOTED = re.compile(r"""(?<!\w)['‘"“][^'’"”]+['’"”](?!\w)""")
_NAMES = {"nl": "Dutch", "en": "English"}


def lint_sets(paths: Sequence[Path], documents: Mapping[str, Document] | None) -> tuple[Finding, ...]:
    """What is wrong in question sets that are used together, in the order of the files and their lines.

    With `documents` None only what can be judged without an index is.
    """
    entries: list[Entry] = []
    findings: list[Finding] = []
    for path in dict.fromkeys(paths):
        own, faults = read_entries(path)
        entries.extend(own)
        findings.extend(faults)
    findings.extend(doubles(entries))
    findings.extend(_missing_kinds(entries))
    for entry in entries:
        findings.extend(_consistency(entry))
    if documents is not None:
        gold = Gold(documents)
        for entry in entries:
            findings.extend(gold.check(entry))
    order = {path: place for place, path in enumerate(paths)}
    return tuple(sorted(findings, key=lambda f: (order[f.path], f.line or 0, f.severity)))


def _missing_kinds(entries: Sequence[Entry]) -> Iterator[Finding]:
    if len(entries) <= ALL_KINDS_FROM:
        return
    there = {entry.case.kind for entry in entries}
    for kind in (*ANSWERABLE_KINDS, *UNANSWERABLE_KINDS):
        if kind not in there:
            said = f"{len(entries)} questions and none of kind “{kind}”. Add some, or the figures say nothing of it"
            yield Finding("warning", entries[0].path, None, None, "kind", said)


def _consistency(entry: Entry) -> Iterator[Finding]:
    """Kind against history, language against text."""
    case = entry.case
    if case.answerable and case.history and case.kind != "follow-up":
        said = f"a question of kind “{case.kind}” with a history. Make it a follow-up, or take the history out"
        yield entry.finding("warning", "history", said)
    if case.kind == "follow-up" and not case.history:
        said = "a follow-up without a history. Give the questions before it, oldest first, or another kind"
        yield entry.finding("warning", "history", said)
    own_words = _QUOTED.sub("", case.question)  # an English question may quote the words of a Dutch document
    if len(own_words.split()) >= _TELLING_WORDS:
        reads = detect_language(own_words, case.language)
        if reads != case.language:
            said = f"the question is marked {_NAMES[case.language]} and reads as {_NAMES[reads]}. Check the language"
            yield entry.finding("warning", "language", said)
