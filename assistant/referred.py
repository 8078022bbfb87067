"""Figures that a rule leaves to an annex ("voor hulp van familie geldt het uurtarief in bijlage 1"): the row there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.company import with_company
from assistant.divisions import named_sections
from assistant.expected import Expected
from assistant.kinds import Kind
from assistant.quotable import Excerpt, Weigh, is_row, sentences_in
from assistant.rows import labelled
from ingest.document import Document
from vectorstore.lexical import stems

_REFERENCE = re.compile(r"\b(?:bijlage|annex)(?: (?:\d{1,2}|[A-Z]|[IVX]{1,4}))?\b", re.I)
_NUMBER = re.compile(r"^\W*(?:\d{1,2}|[a-z])[.)]\s")
_FIGURES: frozenset[Kind] = frozenset(("amount", "money", "share", "duration", "age"))
_SAID = 0.5  # what a word of the rule itself adds to what a row is worth, times the worth of the best row


def with_referred(
    documents: Mapping[str, Document], excerpts: Sequence[Excerpt], expected: Expected, weigh: Weigh
) -> list[Excerpt]:
    """The excerpts, and of those that leave the figure asked to an annex the row of it that gives that figure.

    A row is told by what it shares with the question and with the rule; of several as good as another, all.
    """
    found = list(excerpts)
    for excerpt in excerpts if expected.only(_FIGURES).kinds else ():
        document = documents[excerpt.document_id]
        rule = _NUMBER.sub("", document.text[excerpt.start : excerpt.end])
        reference = _REFERENCE.search(rule)
        if reference and not re.search(r"\d", rule.replace(reference[0], "")):
            for name, section in named_sections(reference[0], [document])[0]:
                found.extend(e for e in _rows(documents[name], section, rule, expected, weigh) if e not in found)
    return found


def _rows(document: Document, section: int, rule: str, expected: Expected, weigh: Weigh) -> list[Excerpt]:
    """The rows of an annex that give what a rule leaves to it, with the heads of their columns."""
    own = document.sections[section]
    sentences = sentences_in(document, own.text_start, own.body_end, weigh)
    rows = [s for s in sentences if is_row(document.text[s.start : s.end])]
    rows = [s for s in rows if expected.held_in(labelled(document, s.start, s.end))]
    said = set(stems(rule))
    shared = {s.start: len(said & set(stems(document.text[s.start : s.end]))) for s in rows}
    most = max((s.worth for s in rows), default=0.0)
    worth = {s.start: s.worth + _SAID * most * shared[s.start] for s in rows}
    best = [s for s in rows if most and worth[s.start] >= max(worth.values())]
    return with_company(document, section, [Excerpt(document.id, section, s.start, s.end, s.item) for s in best])
