"""Which sum of money a question asks for: the rent of a home is not what its plan costs, nor its rent per room."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from vectorstore.lexical import Term, stems, words

Sum = Literal["rent", "wage", "fine", "interest"]
"""Sums that are called by a name of their own, and are no other."""

_ASKED: Mapping[Sum, re.Pattern[str]] = {
    "rent": re.compile(r"\b(?:\w*huur(?:prijs|prijzen|bedrag)?|huren|rents?)\b", re.I),
    "wage": re.compile(r"\b(?:\w*salaris(?:sen)?|\w*loon|verdien\w*|salar(?:y|ies)|wages?|earns?)\b", re.I),
    "fine": re.compile(r"\b(?:\w*boetes?|dwangsom(?:men)?|fines?|penalt(?:y|ies))\b", re.I),
    "interest": re.compile(r"\b(?:rente|rentepercentage|interest rate)\b", re.I),
}
_TOLD: Mapping[Sum, re.Pattern[str]] = {
    "rent": re.compile(r"\b(?:\w*huur(?:prijs|prijzen|bedrag|som)?|huurt)\b", re.I),
    "wage": re.compile(r"\b\w*(?:salaris|loon|verdien|bezoldiging|beloning|vergoeding)\w*", re.I),
    "fine": re.compile(r"\b\w*(?:boete|dwangsom|sanctie|maatregel|verla(?:ag|gi)|inhoud|terugvorder)\w*", re.I),
    "interest": re.compile(r"\brente\w*|\brentevrij\w*", re.I),
}
_SUMS = re.compile(
    r"\b\w*(?:kosten|subsidies?|budget(?:ten)?|bijdragen?|premies?|vergoeding(?:en)?|investering(?:en)?|lasten|baten|middelen|"
    r"fonds|toeslag|tarie(?:f|ven)|leges|prijs|salaris|loon|boetes?|dwangsom|rente|huur|uitgaven|waarde)\b",
    re.I,
)
"""Words that a text calls a sum of money by."""
_PER = re.compile(r"\bper (?P<unit>[^\W\d_]{2,})", re.I)
_MEASURES = frozenset(
    "kilometer km uur rit reis gesprek nacht etmaal dagdeel keer les maaltijd bezoek kilometre mile hour ride "
    "trip talk conversation session night visit meal lesson time".split()
)
"""What a sum is counted per that no other will do for; months are told by years, and whom it is for may go unsaid."""
_TOLD_PER = re.compile(
    r"\b(?:per|elke?|iedere?|een|één|voor de|a|each)\s+(?P<unit>[^\W\d_]{2,}(?:\s+[^\W\d_]{2,})?)", re.I
)
_SUM_OF = re.compile(
    r"\b(?P<unit>[^\W\d_]{2,}?)s?(?:tarie(?:f|ven)|prijs|prijzen|kosten|bedrag|vergoeding|huur)\b", re.I
)


def asked_sum(question: str) -> Sum | None:
    """The sum that a question for money asks, where it has a name of its own."""
    return next((name for name, pattern in _ASKED.items() if pattern.search(question)), None)


def is_another(text: str, asked: Sum) -> bool:
    """Whether a text calls its sums of money by other names than that of the one asked."""
    return bool(_SUMS.search(text)) and not _TOLD[asked].search(text)


def asked_unit(question: str, terms: Sequence[Term]) -> frozenset[str]:
    """The stems of what a sum is asked per ("per kilometer"), in all the ways to put it; none where any will do."""
    units = {match["unit"].lower() for match in _PER.finditer(question)} & _MEASURES
    ways = [way for term in terms if units & set(words(term.said)) for way in term.ways]
    return frozenset(stem for way in ways for stem in way) | frozenset(stems(" ".join(units)))


def is_per(text: str, unit: frozenset[str]) -> bool:
    """Whether a text counts a sum per something: "€ 0,40 per kilometer", "het uurtarief is € 30"."""
    told = (match["unit"] for pattern in (_TOLD_PER, _SUM_OF) for match in pattern.finditer(text))
    return not unit.isdisjoint(stems(" ".join(told)))
