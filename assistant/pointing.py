"""Questions that point into the conversation: "het tweede punt", "en 3.4?", "de volgende paragraaf".

Each is written out as what it points to, so that it can be read like any other question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.divisions import DIVISION, DIVISION_NAMES, DOTTED, TITLED
from assistant.numerals import DUTCH_ORDINALS, ENGLISH_ORDINALS
from assistant.scope import sections_called
from ingest.document import Document
from vectorstore.lexical import stems

_ORDINALS = tuple(zip(DUTCH_ORDINALS[:8], ENGLISH_ORDINALS, strict=True))
_LAST = ("laatste", "last")
_LISTED = frozenset(
    "punt uitgangspunt item doel stap regel rij genoemde principe voorwaarde onderdeel thema one point goal step "
    "principle condition bullet".split()
)
_WORDS = "|".join(word for pair in (*_ORDINALS, _LAST) for word in pair)
_NUMBERED = re.compile(r"\b(?:punt|nummer|point|number)\s+(?P<number>\d{1,2})\b", re.I)
_WITH_NOUN = re.compile(
    rf"\b(?:(?:het|de|dat|die|the|that)\s+)?(?P<word>{_WORDS})\s+(?P<noun>[^\W\d_]{{3,}})"
    r"(?:\s+(?:genoemd|in de lijst|on the list))?\b(?!\s+(?:na|van|voor|bij|uit|om|tegen|of|for|to|after|when"
    r"|(?:in|on|op)\s+\w))",
    re.I,
)
_BARE = re.compile(
    rf"\b(?:het|de|the|that)\s+(?P<word>{_WORDS})"
    r"(?:\s+(?:(?:in|van) (?:de|het) (?:lijst|rijtje|tabel)|(?:on|in|of) the (?:list|table)))?"
    rf"(?=\s*(?:[?.!,:;]|$)|\s+(?:in|dan|precies|eigenlijk|nou|ook|then"
    r"|exactly|means?|about|says?|is|betekent|zegt|eens|nog|verder|toelichten|uitleggen|uitwerken|verduidelijken|voor"
    r"|for|please|graag)\b)",
    re.I,
)
_SAME_LETTERS = 5  # of two words that are forms of one: "pijler" and "pijlers"

_ITEM_NUMBER = re.compile(r"(\d{1,2})[.)] ")
_ENUMERATED = re.compile(r":\s+(?P<items>[^:]+?)\s+(?:en|and)\s+(?P<last>[^,:]+?)[.;]?$")
"""A sentence that ends in an enumeration: "De principes zijn: luisteren, samenwerken en ruimte geven."."""

_HEADED = re.compile(r"(?:\d{1,2}[.)] )?(?:(?P<head>[^:.]{3,60}): (?=\S+ \S+ )|(?P<all>.+))", re.S)

_NUMBER_ONLY = re.compile(
    r"^\W*(?:en|and|maar|dan|nee|no)?\W*(?:(?:over|in|van|about|of)\s+)?(?:(?:de|het|the|punt|point|nummer|number)\s+)?"
    r"(?P<number>\d+(?:[.:]\d+)*[a-z]?)(?:\s+(?:dan|then))?\W*$",
    re.I,
)
_AFTER = r"daarna|erna|daaropvolgende?|volgende?|next|following|after (?:that|it)"
_BEFORE = r"ervoor|daarvoor|vorige?|voorgaande?|previous|before (?:that|it)"
_ASIDE = rf"(?:{_AFTER}|{_BEFORE})"
_BESIDE = re.compile(
    rf"\b(?:het|de|the|een)\s+{_ASIDE}\s+(?:{DIVISION_NAMES})\b|\b(?:het|de|the)\s+(?:{DIVISION_NAMES})\s+{_ASIDE}\b"
    rf"|\b(?:het|de|the)\s+{_ASIDE}(?:\s+one)?(?=\W*$)",
    re.I,
)
"""The section beside the one that was asked: "de volgende paragraaf", "het artikel daarna", "the next one"."""


_LITTLE = re.compile(r"\b(?:even|eens|graag|aub|svp|please|also|too|as well|okay|ok|dank|thanks)\b", re.I)
"""What may stand beside "bijlage 2" in a question for nothing else."""


@dataclass(frozen=True, slots=True)
class Points:
    """What an answer said: its list items and rows, and its sentences, in order, and the sections that they stand in.

    `documents` are those that it quotes; of one that says nothing, those that were chosen for it.
    """

    items: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    sections: tuple[tuple[str, int], ...] = ()
    documents: tuple[str, ...] = ()

    def listed(self) -> tuple[str, ...]:
        """What "the second" counts: numbered items, else all items, else what a sentence enumerates, else sentences."""
        numbered = tuple(item for item in self.items if _ITEM_NUMBER.match(item))
        counted = [int(match[1]) for item in numbered if (match := _ITEM_NUMBER.match(item))]
        if len(numbered) > 1 and counted == list(range(1, len(numbered) + 1)):
            return numbered
        if self.items:
            return self.items
        for sentence in self.sentences:
            if (match := _ENUMERATED.search(sentence)) and "," in match["items"]:
                return (*(item.strip() for item in match["items"].split(",")), match["last"].strip())
        return self.sentences


def written_out(question: str, before: str | None, documents: Sequence[Document], points: Callable[[], Points]) -> str:
    """The question with what it points to in its place; the question itself where it points to nothing.

    `before` is the question before it, written out; `points` gives the points of the answer to that, and is called
    only for a question about one.
    """
    if before is None:
        return question
    return (
        _with_number(question, before)
        or _with_neighbour(question, before, documents)
        or _with_point(question, before, documents, points)
    )


def points_at_one(question: str, before: str = "") -> bool:
    """Whether a question speaks of "the second point", or simply "the second", of something before it."""
    return _ordinal(question, before) is not None


def without_ordinal(question: str) -> str:
    """The question without "the second point"."""
    match = _ordinal(question, "")
    return question if match is None else f"{question[: match.start()]}{question[match.end() :]}"


def _with_number(question: str, before: str) -> str | None:
    """After "What is section 3.3 about?", "And 3.4?" and "appendix 2 too" are the same question about another."""
    asked = DIVISION.search(before) or DOTTED.search(before)
    if asked is None:
        return None
    if number := _NUMBER_ONLY.match(question):
        return f"{before[: asked.start('number')]}{number['number']}{before[asked.end('number') :]}"
    other = DIVISION.search(question)
    if other is None or stems(_LITTLE.sub(" ", f"{question[: other.start()]} {question[other.end() :]}")):
        return None
    called = "word" if asked.re is DIVISION else "number"
    return f"{before[: asked.start(called)]}{other['word']} {other['number']}{before[asked.end('number') :]}"


def _with_neighbour(question: str, before: str, documents: Sequence[Document]) -> str | None:
    """After a question about a section, "the next section" is written as the number of the one beside it."""
    match, asked = _BESIDE.search(question), DIVISION.search(before)
    if match is None or asked is None:
        return None
    forward = not re.search(rf"\b(?:{_BEFORE})\b", match[0], re.I)
    number = _beside(asked, forward, before, list(documents))
    if number is None:
        return None
    if stems(f"{question[: match.start()]} {question[match.end() :]}"):
        return f"{question[: match.start()]}{asked['word']} {number}{question[match.end() :]}"
    return f"{before[: asked.start('number')]}{number}{before[asked.end('number') :]}"


def _beside(asked: re.Match[str], forward: bool, before: str, documents: list[Document]) -> str | None:
    """The number of the section after or before the one that a question calls; None where there is none."""
    number = asked["number"]
    if number.isdigit():
        counted = str(int(number) + (1 if forward else -1))
        if sections_called(f"{before[: asked.start('number')]}{counted}{before[asked.end('number') :]}", documents):
            return counted
    outlines = {d.id: d.sections for d in documents}
    for name, place in sections_called(before, documents)[:1]:
        outline = outlines[name]
        others = outline[place + 1 :] if forward else outline[:place][::-1]
        for section in others:
            if section.level == outline[place].level and section.number:
                return section.number.rstrip(".").split()[-1]
    return None


def _with_point(question: str, before: str, documents: Sequence[Document], points: Callable[[], Points]) -> str:
    """The section that "the second" calls ("perspectief 2"), or else what that point of the answer before says."""
    match = _ordinal(question, before)
    if match is None:
        return question
    said = match.groupdict()
    last = (said.get("word") or "").lower() in _LAST
    place = int(said["number"]) - 1 if "number" in said else _place(said["word"].lower())
    for called in () if last else _division_of(before):
        if sections_called(f"{called} {place + 1}", list(documents)):
            return f"{question[: match.start()]}{called} {place + 1}{question[match.end() :]}"
    listed = points().listed()
    place = len(listed) - 1 if last else place
    if not 0 <= place < len(listed):
        return question
    return f"{question[: match.start()]}“{_headed(listed[place])}”{question[match.end() :]}"


def _place(word: str) -> int:
    """The place that an ordinal names, counted from zero; of "the last" any."""
    return next((place for place, pair in enumerate(_ORDINALS) if word in pair), 0)


def _headed(point: str) -> str:
    """What a point is called: without its number, and of one with a head ("Thuis: een plek waar …") the head."""
    named = _HEADED.match(point)
    return (named["head"] or named["all"]).strip(" .;:") if named else point


def _division_of(before: str) -> tuple[str, ...]:
    """The kind of section that a question asks for in the plural: "perspectief" of "de vijf perspectieven"."""
    said = [word.replace("v", "f") for word in re.findall(r"[^\W\d_]{4,}", before.lower())]
    return tuple(name for name in TITLED.split("|") if any(word.startswith(name.replace("v", "f")) for word in said))


def _ordinal(question: str, before: str) -> re.Match[str] | None:
    """Where a question speaks of a point: by number, as one of what was asked before, or just as "the second"."""
    if numbered := _NUMBERED.search(question):
        return numbered
    asked = {word[:_SAME_LETTERS] for word in re.findall(r"[^\W\d_]+", before.lower()) if len(word) >= _SAME_LETTERS}
    for match in _WITH_NOUN.finditer(question):
        if match["noun"].lower() in _LISTED or match["noun"].lower()[:_SAME_LETTERS] in asked:
            return match
    return _BARE.search(question)
