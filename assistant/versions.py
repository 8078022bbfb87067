"""Versions: which of the indexed documents came after another of the same municipality and the same name.

Documents have one name when their titles are alike but for years, subtitles, the municipality and what a proposal says
that adopts them ("Vaststellen Woonvisie 2031-2036"). Which is later is told by the years in their titles, else by their
dates: relative to the other documents of the index, never to today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.document_words import SHARED_WORDS
from assistant.titles import titles_of
from ingest.document import Document
from ingest.document_kinds import DOCUMENT_WORD
from vectorstore.lexical import stop_words, words

YEARS = r"(?<![\d.-])(?:19|20)\d{2}(?:\s?(?:[-–/]|t/m|tot(?: en met)?|to|until)\s?(?:19|20)\d{2})?(?![\d.]*\d|-\d)"
"""A year or a range of years, as a pattern."""
_PART = re.compile(r"[:;()“”‘’\"|]|\s[-–—]\s|(?<!\w)'|'(?!\w)")
"""What stands between a title and its subtitle."""
_ADOPTING = re.compile(
    r"^\W*(?:(?:raads|college)?voorstel\b|raadsbesluit\b|besluit(?=\s+(?:tot|inzake)\b))?\W*"
    r"(?:(?:tot|voor|inzake|over|betreffende|om)\s+)?(?:(?:het|de)\s+)?(?:vaststell(?:en|ing)\b|vast\s+te\s+stellen\b)?",
    re.I,
)
"""What a proposal says before the name of the document that it adopts."""
_WITHDRAWING = re.compile(r"(?:,|\ben\b|\bonder\b)\s+(?:(?:het|de)\s+)?intrek\w+.*", re.I)
_AROUND = frozenset(
    "vaststellen vaststelling vastgesteld vastgestelde vast te stellen nieuw nieuwe herziene herzien herziening "
    "geactualiseerd geactualiseerde actualisatie actualisering periode definitief definitieve def gemeente".split()
)
"""Words beside a name that say which version it is, or that it is adopted."""
_RECORD = re.compile(
    r"\w*(?:besluitenlijst|notulen|verslag|rapport|rapportage|rekening|evaluatie|monitor|brief|bekendmaking|analyse|"
    r"overeenkomst|contract)"
)
"""Words for what is written down of one occasion: the next one comes beside it and not in its place."""
_SAME_TEXT = 365  # days between a proposal and what it proposes, where neither says for which years

_Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a document is for, first and last."""

    first: int
    last: int

    def holds(self, other: Years) -> bool:
        """Whether other years fall within these."""
        return self.first <= other.first and other.last <= self.last


def years_in(text: str) -> list[Years]:
    """The years and ranges of years in a text, in order."""
    found = []
    for match in re.finditer(YEARS, text, re.I):
        years = [int(year) for year in re.findall(r"\d{4}", match[0])]
        if years[0] <= years[-1]:
            found.append(Years(years[0], years[-1]))
    return found


def years_of(document: Document) -> Years | None:
    """The years that a document is for: of its title, else of its term, else of its dates; None without any."""
    if titled := _titled_years(document):
        return titled
    day, until = _day(document), document.valid_until
    return Years(day.year, max(day.year, until.year) if until else day.year) if day else None


def succeeded(documents: Iterable[Document]) -> Mapping[str, str]:
    """The documents that have a newer one of their name, by id, each with the newest of these."""
    known = list(documents)
    later: dict[str, list[Document]] = {}
    for family in families(known):
        for old in family:
            later.setdefault(old.id, []).extend(new for new in family if _comes_after(new, old))
    for old, new in _told(known):
        later[old.id] = [new]
    return {name: _newest(found).id for name, found in later.items() if found}


def families(documents: Iterable[Document]) -> list[list[Document]]:
    """The documents that share municipality and name, oldest first; only where there are several."""
    named: dict[tuple[str, _Name], list[Document]] = {}
    for document in documents:
        for name in _names(document):
            named.setdefault((document.municipality or "", name), []).append(document)
    return [sorted(family, key=_in_time) for family in named.values() if len(family) > 1]


def _told(documents: Sequence[Document]) -> list[tuple[Document, Document]]:
    """The documents of which an administrator said what came in their place, with that."""
    if not any(d.successor for d in documents):
        return []
    by_name = {name.lower(): d for d in documents for name in (d.title, d.id)}
    told = [(d, by_name.get((d.successor or "").lower())) for d in documents]
    return [(old, new) for old, new in told if new is not None and new.id != old.id]


def _names(document: Document) -> tuple[_Name, ...]:
    """What a document may be called in every version; nothing where it has no municipality or is a record."""
    if not document.municipality:
        return ()
    found = (_name_of(title, document.municipality, document.kind or "") for title in titles_of(document))
    return tuple(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=8192)
def _name_of(title: str, municipality: str, kind: str) -> _Name:
    """A title without years, subtitle and place: its part with a word for a document, and one more word at the least.

    Without such a part it is the whole title with the kind, for then only what is of one kind is of one name.
    """
    place = {*words(municipality), *_AROUND}
    whole = _WITHDRAWING.sub("", _ADOPTING.sub("", title, count=1))
    parts = [
        tuple(w for w in words(re.sub(YEARS, " ", _ADOPTING.sub("", part, count=1))) if not _is_beside(w, place))
        for part in _PART.split(whole)
    ]
    every = tuple(word for part in parts for word in part)
    if not every or any(_RECORD.fullmatch(word) for word in (*every, kind)):
        return ()
    called = next((part for part in parts if any(DOCUMENT_WORD.fullmatch(word) for word in part)), ())
    if set(called) - SHARED_WORDS:
        return called
    return every if called else (f"[{kind}]", *every)


def _is_beside(word: str, place: set[str]) -> bool:
    return word in place or word in stop_words()


def _comes_after(new: Document, old: Document) -> bool:
    """Whether a document is a later version of another that has its name.

    A proposal is no other version than the document that it proposes.
    """
    ours, theirs = _titled_years(new), _titled_years(old)
    if ours and theirs and ours != theirs:
        return (ours.first, ours.last) > (theirs.first, theirs.last)
    day, before = _day(new), _day(old)
    if day and before:
        proposal = _is_proposal(new) != _is_proposal(old)
        if proposal and ours and theirs:
            return False
        return (day - before).days > (_SAME_TEXT if proposal else 0)
    first, last = years_of(old), years_of(new)
    return bool(first and last and last.first > first.first + 1)


def _newest(documents: Sequence[Document]) -> Document:
    """The latest of some versions; of a proposal and what it proposes, the latter."""
    last = max(documents, key=_in_time)
    same = [d for d in documents if not (_comes_after(last, d) or _is_proposal(d))]
    return max(same, key=_in_time) if same else last


def _in_time(document: Document) -> tuple[int, int, date, str]:
    years = years_of(document) or Years(0, 0)
    return years.first, years.last, _day(document) or date.min, document.id


def _titled_years(document: Document) -> Years | None:
    """The years in the title of a document, or else those of the term that it states."""
    stated = [f.value for f in document.facts if f.name == "looptijd"]
    return next((years for text in (*titles_of(document), *stated) if (years := _first_years(text))), None)


@lru_cache(maxsize=8192)
def _first_years(text: str) -> Years | None:
    return next(iter(years_in(_WITHDRAWING.sub("", text))), None)


def _day(document: Document) -> date | None:
    return document.valid_from or document.adopted_on


def _is_proposal(document: Document) -> bool:
    return "voorstel" in (document.kind or "") or "voorstel" in document.title.lower()
