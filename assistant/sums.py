"""Which sum of money a question asks for: the rent of a home is not what its plan costs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

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


def asked_sum(question: str) -> Sum | None:
    """The sum that a question for money asks, where it has a name of its own."""
    return next((name for name, pattern in _ASKED.items() if pattern.search(question)), None)


def is_another(text: str, asked: Sum) -> bool:
    """Whether a text calls its sums of money by other names than that of the one asked."""
    return bool(_SUMS.search(text)) and not _TOLD[asked].search(text)
