"""Whether a document is in force, in a few words; with a warning where nobody can tell from the document itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.language import Language
from ingest.document import Document
from ui.messages import text

Tone = Literal["in-force", "check", "ended"]

OLD = 8  # years after which a document without an end may have been replaced without anybody writing it down

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Badge:
    """A few words, and how they are meant."""

    text: str
    tone: Tone


def badge(document: Document, today: date, language: Language) -> Badge:
    """Since when and until when a document is in force, and what a reader had better check."""
    start, end = document.valid_from or document.adopted_on, document.valid_until
    year = start.year if start else _year(document)
    if end is not None and end < today:
        return Badge(text("chat-badge-ended", language, end=_day(end)), "ended")
    if end is not None:
        since = document.valid_from
        key = "chat-badge-between" if since else "chat-badge-until"
        return Badge(text(key, language, start=_day(since), end=_day(end)), "in-force")
    if (start and _anniversary(start, OLD) < today) or (not start and year and today.year - year > OLD):
        return Badge(text("chat-badge-old", language, year=year), "check")
    if start is None:
        key = "chat-badge-year" if year else "chat-badge-unknown"
        return Badge(text(key, language, year=year), "check")
    if document.kind == "raadsvoorstel" and document.adopted_on:
        return Badge(text("chat-badge-decided", language, start=_day(document.adopted_on)), "check")
    if document.valid_from is None:
        return Badge(text("chat-badge-adopted", language, start=_day(start)), "in-force")
    return Badge(
        text("chat-badge-from" if start > today else "chat-badge-since", language, start=_day(start)), "in-force"
    )


def in_force_on(document: Document, day: date) -> bool:
    """Whether a document was in force on a day, as far as it says; one that gives no dates may have been."""
    year = _year(document)
    start = document.valid_from or document.adopted_on or (date(year, 1, 1) if year else None)
    return (start is None or start <= day) and (document.valid_until is None or day <= document.valid_until)


def _year(document: Document) -> int | None:
    """The year that the title names, or else the id, which is made of the file's name."""
    found = _YEAR.search(document.title) or _YEAR.search(document.id)
    return int(found[0]) if found else None


def _anniversary(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
