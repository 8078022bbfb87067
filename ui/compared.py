"""What the compare page shows, computed without Streamlit: one column a document, and what a link asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer
from assistant.comparing import MOST_DOCUMENTS, Cell, Comparison
from assistant.language import Language
from assistant.phrases import say
from assistant.render import document_name, section_name
from ingest.document import Document
from ui.badge import Badge, badge
from ui.chat import Group, Place, answer_view
from ui.messages import text


@dataclass(frozen=True, slots=True)
class Column:
    """One document: what it says, section by section, or its silence with the sections that come nearest.

    `reason` says why a document is silent where that is not simply that nothing was found.
    """

    document_id: str
    name: str
    badge: Badge
    notes: tuple[str, ...]
    answer: Answer
    groups: tuple[Group, ...] = ()
    nearest: tuple[tuple[str, Place], ...] = ()
    reason: str | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing was found in the document."""
        return not self.groups


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to compare; `missing` are documents that were asked for and are not indexed."""

    topic: str
    documents: tuple[str, ...]
    missing: tuple[str, ...] = ()


def columns(comparison: Comparison, today: date, language: Language) -> list[Column]:
    """The columns of a comparison in the order in which the documents were chosen."""
    return [_column(cell, comparison, today, language) for cell in comparison.cells]


def wanted(topic: str, documents: Sequence[str], indexed: Mapping[str, Document]) -> Wanted:
    """What an address asks for; without documents in it, the first of those indexed."""
    known = [name for name in dict.fromkeys(documents) if name in indexed]
    missing = tuple(name for name in dict.fromkeys(documents) if name not in indexed)
    return Wanted(topic.strip(), tuple((known or ordered(indexed))[:MOST_DOCUMENTS]), missing)


def ordered(indexed: Mapping[str, Document]) -> list[str]:
    """Ids of the documents by municipality and title."""
    return sorted(indexed, key=lambda name: (indexed[name].municipality or "~", indexed[name].title, name))


def names(ids: Iterable[str], indexed: Mapping[str, Document], language: Language) -> dict[str, str]:
    """What to call each document; those of one name by their id as well."""
    called = {name: document_name(indexed[name], language) for name in ids}
    often = Counter(called.values())
    return {name: f"{said} ({name})" if often[said] > 1 else said for name, said in called.items()}


def counted(count: int, language: Language) -> str:
    """A number of passages in words."""
    return text("compare-found-one", language) if count == 1 else text("compare-found", language, count=count)


def _column(cell: Cell, comparison: Comparison, today: date, language: Language) -> Column:
    document = comparison.documents[cell.document_id]
    column = Column(
        document_id=cell.document_id,
        name=document_name(document, language),
        badge=badge(document, today, language),
        notes=cell.notes,
        answer=cell.answer,
    )
    if not cell.silent:
        parts = answer_view(cell.answer, comparison.documents).parts
        return replace(column, groups=tuple(group for part in parts for group in part.groups))
    nearest = tuple(
        (section_name(document.sections[near.section]), Place(0, near.document_id, near.section))
        for near in cell.answer.nearest
    )
    plain = say("no-answer", cell.answer.language)
    return replace(column, nearest=nearest, reason=None if cell.answer.reason == plain else cell.answer.reason)
