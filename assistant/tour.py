"""A guided tour of a document, made from its outline alone: purpose, structure, principles, terms, who does what.

Nothing is rephrased: every sentence of a tour is a quote. Which sections a stop takes is decided by their headings,
for those are the words by which Dutch policy documents tell their readers where to find what. A stop for which a
document has nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from assistant.contents import chapters_of, parts_of
from assistant.definitions import Definition, definitions, in_term_lists
from assistant.quotes import Quote, lines, opening, sentences, tells
from assistant.tour_words import ABOUT_ITSELF, ACTS, BARE_INTRODUCTION, DESCRIBES, FIRM, PRINCIPLES, PURPOSE, ROLES
from ingest.document import Document

StopName = Literal["purpose", "structure", "principles", "terms", "roles"]

MOST_CHAPTERS = 20
_MOST = {"purpose": 4, "principles": 12, "roles": 8}
_MOST_SENTENCES = 6

_NUMBER = re.compile(r"(\d{1,2})[.)]\s")


@dataclass(frozen=True, slots=True)
class Point:
    """What a stop shows of one section; `parts` are the sections directly below it, where the stop is about those."""

    section: int
    quotes: tuple[Quote, ...]
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a tour: points, or for the terms definitions; `beyond` are the sections that found no room."""

    name: StopName
    points: tuple[Point, ...] = ()
    definitions: tuple[Definition, ...] = ()
    beyond: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tour:
    """The stops of one document, in the order in which to go past them."""

    document_id: str
    stops: tuple[Stop, ...]

    def stop(self, name: StopName) -> Stop | None:
        """The stop of a name, where the document has it."""
        return next((stop for stop in self.stops if stop.name == name), None)


def tour(document: Document) -> Tour:
    """The tour of a document; a document without outline has one without stops."""
    chapters = chapters_of(document)
    terms = definitions(document)
    principles = _stop("principles", _principles(document))
    stops = (
        _stop("purpose", _purpose(document, chapters)),
        _structure(document, chapters),
        principles,
        Stop("terms", definitions=terms),
        _roles(document, principles.points),
    )
    return Tour(document.id, tuple(stop for stop in stops if stop.points or stop.definitions))


def _stop(name: StopName, points: Sequence[Point], most: int | None = None) -> Stop:
    most = most or _MOST[name]
    return Stop(name, tuple(points[:most]), beyond=tuple(point.section for point in points[most:]))


def _purpose(document: Document, chapters: Sequence[int]) -> list[Point]:
    """Sections that say what the document is for; where no heading announces them, sentences in which it does."""
    near = {*chapters, *(part for chapter in chapters for part in parts_of(document, chapter))}
    first = next((c for c in chapters if document.sections[c].kind == "body"), None)
    points = []
    for index in _titled(document, PURPOSE):
        section = document.sections[index]
        elsewhere = index not in chapters and (first is None or section.start > document.sections[first].end)
        if index not in near or (BARE_INTRODUCTION.match(section.title) and elsewhere):
            continue  # the introduction of a later chapter is not that of the document
        said = opening(document, index, most=2)
        if said is None and not any(PURPOSE.search(document.sections[p].title) for p in parts_of(document, index)):
            said = _lead(document, index, most=2)
        if said:
            points.append(Point(index, (said,)))
    return points if len(points) > 1 else _by_section([*points, *_about_itself(document, points)])


def _about_itself(document: Document, had: Iterable[Point]) -> list[Point]:
    seen = {point.section for point in had}
    half = len(document.text) // 2
    return [
        Point(index, (sentence,))
        for index, section in enumerate(document.sections)
        if section.kind == "body" and section.start < half and index not in seen
        for sentence in sentences(document, index)
        if not sentence.item and ABOUT_ITSELF.match(sentence.text) and DESCRIBES.search(sentence.text)
    ][:3]


def _structure(document: Document, chapters: Sequence[int]) -> Stop:
    """The chapters, each with the sentence it begins with and the titles below it."""
    named = [chapter for chapter in chapters if document.sections[chapter].title != document.title]
    points = [
        Point(chapter, tuple(filter(None, [_lead(document, chapter, most=1)])), tuple(parts_of(document, chapter)))
        for chapter in named
    ]
    return _stop("structure", points, MOST_CHAPTERS) if len(points) > 1 else Stop("structure")


def _principles(document: Document) -> list[Point]:
    """Sections that state principles, a vision or goals; where there are more than fit, principles go first."""
    named = [i for i in _titled(document, PRINCIPLES) if not ROLES.search(document.sections[i].title)]
    points = _all_stated(document, named)
    firm = sorted(points, key=lambda p: not FIRM.search(document.sections[p.section].title))
    kept = {point.section for point in firm[: _MOST["principles"]]}
    return [p for p in points if p.section in kept] + [p for p in points if p.section not in kept]


def _roles(document: Document, elsewhere: Iterable[Point]) -> Stop:
    """Sections about roles, and sentences in which somebody decides, reports or is responsible.

    What another stop shows already (`elsewhere`) is left out.
    """
    taken = {point.section for point in elsewhere}
    named = _all_stated(document, _titled(document, ROLES))
    stop = _stop("roles", [point for point in named if point.section not in taken])
    seen = taken | in_term_lists(document) | {point.section for point in stop.points}
    said = [
        Point(index, (sentence,))
        for index, section in enumerate(document.sections)
        if section.kind == "body" and index not in seen
        for sentence in sentences(document, index)
        if ACTS.search(sentence.text) and sentence.text[-1] not in ":;?"
    ]
    merged = _by_section([*stop.points, *said[:_MOST_SENTENCES]])
    return Stop("roles", tuple(merged), beyond=stop.beyond)


def _titled(document: Document, pattern: re.Pattern[str]) -> list[int]:
    """The sections of the policy itself, no list of terms, whose title holds a pattern."""
    terms = in_term_lists(document)
    return [
        i
        for i, s in enumerate(document.sections)
        if s.kind in ("body", "table") and i not in terms and pattern.search(s.title)
    ]


def _all_stated(document: Document, named: Sequence[int]) -> list[Point]:
    points = [point for index in named for point in _stated(document, index, named)]
    return sorted({point.section: point for point in points}.values(), key=lambda p: p.section)


def _stated(document: Document, index: int, named: Sequence[int]) -> list[Point]:
    """What a section states: its list, or else its first sentences, or else those of the sections below it."""
    listed = _list(document, index)
    if listed:
        return [Point(index, listed)]
    said = opening(document, index, most=3)
    if said:
        return [Point(index, (said,))]
    below = parts_of(document, index)
    if any(part in named for part in below):
        return []
    return [Point(part, (lead,)) for part in below if (lead := opening(document, part, most=1))]


def _list(document: Document, index: int) -> tuple[Quote, ...]:
    """The first list of a section with the line that introduces it; empty where there is none of two items.

    Numbered items may have a paragraph below them, and the list goes on as long as the numbers do; one that is only a
    name brings the first sentence of that paragraph.
    """
    own = lines(document, index)
    first = next((i for i, line in enumerate(own) if line.item), len(own))
    items = list(_items(own[first:]))
    if sum(line.item for line in items) < 2:
        return ()
    lead = [_last_sentence(document, own[first - 1])] if first > 0 else []
    return (*lead, *(line if line.item else next(_sentences_of(document, line)) for line in items))


def _items(own: Sequence[Quote]) -> Iterator[Quote]:
    """The items of the list that begins with the first line, each with the paragraph that it cannot do without."""
    numbered = _NUMBER.match(own[0].text) if own else None
    reached = 0
    for at, line in enumerate(own):
        number = _NUMBER.match(line.text)
        if (number and numbered and int(number[1]) <= reached) or (not line.item and not numbered):
            return
        if line.item:
            reached = int(number[1]) if number else reached
            yield line
        elif own[at - 1].item and own[at - 1].text[-1] not in ".;:,!?":
            yield line


def _sentences_of(document: Document, line: Quote) -> Iterator[Quote]:
    return (s for s in sentences(document, line.section) if line.start <= s.start < line.end)


def _last_sentence(document: Document, line: Quote) -> Quote:
    return list(_sentences_of(document, line))[-1]


def _by_section(points: Iterable[Point]) -> list[Point]:
    """Points in reading order, those of one section as one."""
    ordered = sorted(points, key=lambda p: (p.section, p.quotes[0].start))
    return [
        Point(section, tuple(q for point in some for q in point.quotes))
        for section, some in groupby(ordered, key=lambda p: p.section)
    ]


def _lead(document: Document, index: int, most: int) -> Quote | None:
    """How a section begins: its own first sentences, or those of the first section below it that has text."""
    held = document.sections[index]
    for i, section in enumerate(document.sections[index:], start=index):
        if section.start >= held.end:
            return None
        if tells(section) and section.kind != "glossary" and (said := opening(document, i, most)):
            return said
    return None
