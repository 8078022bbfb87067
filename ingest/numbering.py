"""Section numbers: "4.2.3 Titel", "Artikel 5 Titel", "Bijlage 1: titel" taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DECIMAL = re.compile(r"^(?:§\s*)?(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})\.?(?:\s*[:–-])?\s+(?P<title>\S.*)$")
_NAMED = re.compile(
    r"^(?P<word>deel|hoofdstuk|titel|afdeling|paragraaf|artikel|bijlage|appendix)\s+"
    r"(?P<number>\d{1,3}(?:[.:]\d{1,3}){0,4}[a-z]?|[IVXLC]{1,6}|[A-Z])\b\.?\s*[:.–-]?\s*(?P<title>.*)$",
    re.I,
)
_DIVISIONS = ("deel", "hoofdstuk", "titel", "afdeling", "paragraaf", "artikel")


@dataclass(frozen=True, slots=True)
class Label:
    """A heading taken apart: its number as a reader writes it, its title, and what kind of division it opens.

    `parts` are the numbers of a decimal number, (4, 2, 3), and empty for named divisions; `division` is
    "artikel", "bijlage", … or None for a plain number.
    """

    number: str | None
    title: str
    parts: tuple[int, ...] = ()
    division: str | None = None

    @property
    def rank(self) -> int | None:
        """How deep a named division usually lies (deel above hoofdstuk above artikel); None for other headings."""
        return _DIVISIONS.index(self.division) if self.division in _DIVISIONS else None


def parse_label(text: str) -> Label:
    """Takes a heading apart; a heading without a number is all title. Emphasis marks are not part of a title."""
    text = text.strip().strip("*_").strip()
    named = _NAMED.match(text)
    if named:
        word = named["word"].lower()
        number = f"{word.capitalize()} {named['number']}"
        division = "bijlage" if word == "appendix" else word
        return Label(number, _title(named["title"]) or number, division=division)
    decimal = _DECIMAL.match(text)
    if decimal:
        parts = tuple(int(part) for part in decimal["number"].split("."))
        return Label(decimal["number"], _title(decimal["title"]), parts)
    return Label(None, _title(text))


def _title(text: str) -> str:
    return text.strip().strip("*_").strip()
