"""From when until when a document is in force, where it says so itself, and the words that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.adoption import FRONT
from ingest.dates import DAY, read_date
from ingest.document import Fact
from ingest.document_kinds import names_kind
from ingest.titles import VALID

_IN_FORCE = re.compile(
    r"\b(?:deze|dit) (?:verordening|beleidsregels?|regeling|nota|kadernota|beleidskader|besluit|nadere regels?) "
    rf"(?:treedt|treden) in werking (?:op|met ingang van) {DAY}",
    re.I,
)
"""Whole words for the document itself: nothing checks here what "dit bestemmingsplan" would name."""
_FIELD = re.compile(
    r"^(?:[-•*] )?(?:(?:datum (?:van )?)?inwerkingtreding|(?:datum )?in werking(?: getreden)?|ingangsdatum|"
    rf"datum ingang|geldig(?: vanaf| sinds)?|geldend vanaf)"
    rf"[ \t]*[:|]?[ \t]*(?:op |per |sinds |vanaf |met ingang van )?{DAY}\.?$",
    re.I | re.M,
)
_TO = r"(?:tot en met|t/m|(?P<before>tot))"
_ITSELF = (
    r"\b(?P<which>dit|deze|de|het) "
    r"(?P<self>\w*(?:kader|plan|nota|visie|verordening|regels?|regeling|programma|agenda|beleid)\w*)"
    r"(?:(?: [^.\n]{0,60})?|[^.\n]{0,160}\. (?:het|zij|ze))"
)
"""The document by its kind, in the sentence itself or in the one before: "Dit is de nota van de raad. Zij geldt …"."""
_PERIOD = re.compile(
    rf"{_ITSELF} (?:geldt|gelden|loopt|lopen|geldig|van kracht|looptijd|in werking)(?: [^.\n]{{0,30}})? "
    rf"van(?:af)? {DAY} {_TO} {DAY}",
    re.I,
)
_END = re.compile(
    rf"{_ITSELF} (?:geldt|gelden|loopt|lopen|(?:is|zijn|blijft|blijven) (?:geldig|van kracht)) {_TO} {DAY}", re.I
)
_TERM = re.compile(
    rf"^(?:[-•*] )?(?:looptijd|geldig(?:heid(?:sduur)?)?|periode)[ \t]*[:|]?[ \t]*(?:van(?:af)? )?{DAY} "
    rf"(?:[-–]|{_TO}) {DAY}\.?$",
    re.I | re.M,
)


@dataclass(frozen=True, slots=True)
class Validity:
    """The first and the last day of a document, None where it names none, and the words they were read from."""

    since: date | None
    until: date | None
    facts: tuple[Fact, ...]


def read_validity(text: str, title: str, kind: str | None) -> Validity:
    """The days that a document gives for itself: those of the national site come first, then its own words."""
    stated = [*_by_site(text), *_by_period(text, title, kind), *_by_end(text, title, kind)]
    begun = next((found for found in (_IN_FORCE.search(text), _FIELD.search(text, 0, FRONT)) if found), None)
    facts = [fact for _, _, fact in stated[:1]]
    since, until = stated[0][:2] if stated else (None, None)
    if begun:
        facts.append(Fact("in_force", begun[0], begun.start(), begun.end()))
        since = since or read_date(begun.groups()[:3])
    return Validity(since, until, tuple(facts))


def _by_site(text: str) -> Iterator[tuple[date | None, date | None, Fact]]:
    found = VALID.search(text, 0, 2 * FRONT)
    if found:
        until = read_date(found.groups()[3:]) if found[4] else None
        yield read_date(found.groups()[:3]), until, _fact(found)


def _by_period(text: str, title: str, kind: str | None) -> Iterator[tuple[date | None, date | None, Fact]]:
    """A period as a line of the title page, or as a sentence: "Dit kader geldt van 1 mei 2025 t/m 1 mei 2028"."""
    for found in (*_TERM.finditer(text, 0, FRONT), *_PERIOD.finditer(text)):
        days = [part for name, part in enumerate(found.groups(), 1) if name not in found.re.groupindex.values()]
        since, until = read_date(tuple(days[:3])), read_date(tuple(days[3:]))
        if since and until and since < until and _is_about_itself(found, title, kind):
            yield since, _last(found, until), _fact(found)


def _by_end(text: str, title: str, kind: str | None) -> Iterator[tuple[date | None, date | None, Fact]]:
    """Only until when, in a sentence: "De nota geldt tot en met 31 december 2027"."""
    for found in _END.finditer(text):
        until = read_date(found.groups()[-3:])
        if until and _is_about_itself(found, title, kind):
            yield None, _last(found, until), _fact(found)


def _last(found: re.Match[str], until: date) -> date:
    """The last day of a term that lasts "tot" the first of a month, and not "tot en met"."""
    return until - timedelta(days=1) if found["before"] and until.day == 1 else until


def _is_about_itself(found: re.Match[str], title: str, kind: str | None) -> bool:
    """Whether "deze regeling" is the document: it is called so, or is of that kind, or is of no kind that we know."""
    said = found.groupdict()
    word = (said.get("self") or "").lower()
    if not word or word in title.lower():
        return True
    same = kind is None or names_kind(word) in (None, kind)
    return said["which"].lower() in ("dit", "deze") and same


def _fact(found: re.Match[str]) -> Fact:
    return Fact("valid", found[0], found.start(), found.end())
