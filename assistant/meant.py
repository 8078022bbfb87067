"""Which of several documents of one name a question means: the new one, the one before, or that of a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.document_words import WORDS_FOR_ENDING
from assistant.glossary import dutch_terms
from assistant.versions import YEARS, Years, families, years_in, years_of
from ingest.document import Document
from vectorstore.lexical import words

_NEW = (
    r"(?:aller)?nieuw(?:e|ste)?|huidige?|actuele|laatste|(?:meest )?recente?(?:ste)?|(?:nu |thans )?geldende?|herziene|"
    r"new(?:est)?|current|latest|(?:most )?recent|updated|revised"
)
_OLD = r"oude?(?:re|ste)?|vroegere?|voormalige?|old(?:er|est)?|former"
_BEFORE = r"vorige?|eerdere?|voorgaande?|voorlaatste|previous|earlier|preceding|prior"
_ITS_YEARS = (
    r"(?:\s+(?:van|uit|voor|de|het|of|from|for|the|gemeente|municipality|over|anno|periode|jaar|sociaal|social|domein|"
    rf"domain)|\s+(?-i:[A-ZÀ-Ý])[\w-]+){{0,4}}\s+[(]?(?P<years>{YEARS})[)]?"
)
"""The years of a document after its name, with what may stand in between."""
_ACCORDING = r"(?<!\w)(?:(?:volgens|blijkens|in|onder|binnen|uit|under|according to)\s+(?:(?:de|het|the)\s+)?|[(])"
"""What stands before a document in which something is looked up."""
_BESIDE = r"\s+(?:en|and|of|or)\s+(?:in|uit|volgens|de|het|the|from)\b"
"""What stands after a document beside which another is named."""
Calls = Mapping[str, frozenset[str]]
"""Documents by id, each with the words by which a question calls it."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a question says of the version that it means of a document with some name."""

    new: bool = False
    old: bool = False
    before: bool = False
    years: tuple[Years, ...] = ()

    def __bool__(self) -> bool:
        return self.new or self.old or self.before or bool(self.years)


def meant_in(question: str, calls: Calls, documents: Sequence[Document]) -> Calls:
    """The documents called, of those of one municipality that have one name only the versions that are meant.

    Where none is called, those that a general word stands for, as long as it is said which: "het kader van 2020".
    """
    placed = sorted((d for d in documents if d.municipality), key=lambda d: (d.municipality or "", d.id))
    left = dict(calls)
    for _, there in groupby(placed, key=lambda d: d.municipality):
        own = list(there)
        called = {d.id: calls[d.id] for d in own if d.id in calls} if calls else _called_generally(question, own)
        versions = _versions(question, called, own)
        if versions and len(versions) < len(called):
            left = {name: by for name, by in left.items() if name not in called}
            left |= {d.id: called[d.id] for d in versions}
    return left


def said_where(question: str, calls: Calls, documents: Sequence[Document]) -> tuple[int, int] | None:
    """Where a question says in which document to look ("volgens de nieuwe woonvisie"), which is not what to look for.

    None where the documents called are not known to be the version that is said: what is asked of another stays in the
    question.
    """
    names = _spoken(question, calls.values())
    if not names:
        return None
    marks, name = _marks_in(question, names), _any_of(names)
    if not marks:
        plain = re.search(rf"{_ACCORDING}(?!kader van\b){name}(?!{_BESIDE})", question, re.I)
        return plain.span() if plain and plain[0][0] != "(" else None
    if not _are_meant([d for d in documents if d.id in calls], marks, documents):
        return None
    mark, years = rf"(?:{_NEW}|{_OLD}|{_BEFORE}|{YEARS})", _ITS_YEARS.replace("?P<years>", "?:")
    ways = rf"{mark}(?:\s+\w+)??\s+{name}(?:{years})?|{name}{years}"
    match = re.search(rf"{_ACCORDING}(?:{ways})", question, re.I)
    return match.span() if match else None


def _versions(question: str, called: Calls, documents: Sequence[Document]) -> list[Document]:
    """The versions that are meant of the documents called; none where the question does not say, or none is there."""
    if len(called) < 2:
        return []
    names = _spoken(question, called.values())
    marks = _marks_in(question, names) if names else _Marks()
    if not marks:
        return []
    there = [d for d in documents if d.id in called]
    family = next(iter(families(there)), None) or _by_years(there)
    return [d for n, d in enumerate(family, start=1) if _is_meant(d, n - len(family), marks)]


def _is_meant(document: Document, from_last: int, marks: _Marks) -> bool:
    """Whether marks say a version: the last (0), the one before (-1), any earlier one, or one of some years."""
    own = years_of(document)
    dated = own is not None and any(own.holds(years) for years in marks.years)
    new, before, old = marks.new and from_last == 0, marks.before and from_last == -1, marks.old and from_last < 0
    return dated or new or before or old


def _are_meant(called: Sequence[Document], marks: _Marks, documents: Sequence[Document]) -> bool:
    """Whether each of the documents called has the years that are said, or is one of several versions."""
    if marks.years:
        years = [years_of(d) for d in called]
        return all(own is not None and any(own.holds(said) for said in marks.years) for own in years)
    versions = {d.id for family in families(documents) for d in family}
    return bool(marks) and all(d.id in versions for d in called)


def _by_years(documents: Sequence[Document]) -> list[Document]:
    """Documents in the order of their years, as long as each has some of its own; else none."""
    years = {d.id: (y.first, y.last) for d in documents if (y := years_of(d))}
    if len(years) < len(documents) or len(set(years.values())) < len(documents):
        return []
    return sorted(documents, key=lambda d: years[d.id])


def _called_generally(question: str, documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    """The documents that a general word of a question stands for, each with that word."""
    said = set(words(question))
    found: dict[str, frozenset[str]] = {}
    for end, ways in WORDS_FOR_ENDING.items():
        if by := said & set(ways.split()):
            found |= {d.id: frozenset(by) for d in documents if any(w.endswith(end) for w in words(d.title))}
    return found


def _spoken(question: str, called: Iterable[frozenset[str]]) -> list[str]:
    """The names by which documents are called, as the question writes them: also in English, "housing vision"."""
    by = {word for names in called for word in names if not word.isdigit()}
    phrases = [said for said, ways in dutch_terms(question, "en") if " " in said and by & {w.lower() for w in ways}]
    return [*phrases, *sorted(by)]


def _marks_in(question: str, names: Sequence[str]) -> _Marks:
    """What a question says beside some names: "de nieuwe woonvisie", "woonvisie van 2031", "the 2031 framework"."""
    name = _any_of(names)
    return _Marks(
        new=_stands_before(_NEW, name, question),
        old=_stands_before(_OLD, name, question),
        before=_stands_before(_BEFORE, name, question),
        years=tuple(_years_beside(name, question)),
    )


def _any_of(names: Sequence[str]) -> str:
    """A pattern of names, one or several in a row."""
    either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    return rf"(?:{either})(?!\w)(?:\s+(?:{either})(?!\w))*"


def _stands_before(mark: str, name: str, question: str) -> bool:
    """Whether a mark stands before a name, alone or with the other mark ("de oude en de nieuwe woonvisie")."""
    other = rf"(?:\s+(?:en|and|of|or)(?:\s+(?:de|het|the))?\s+(?:{_NEW}|{_OLD}|{_BEFORE}))?"
    return bool(re.search(rf"(?<![\w-])(?:{mark}){other}(?:\s+\w+)??\s+[“‘'\"]?{name}", question, re.I))


def _years_beside(name: str, question: str) -> Iterator[Years]:
    """The years that stand right after a name, or right before it."""
    for pattern in (rf"(?<!\w){name}{_ITS_YEARS}", rf"(?P<years>{YEARS})(?:\s+\w+)??\s+{name}"):
        for match in re.finditer(pattern, question, re.I):
            yield from years_in(match["years"])
