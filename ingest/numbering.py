"""Section numbers: "4.2.3 Titel", "Artikel 5 Titel", "Bijlage 1: titel" taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DECIMAL = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})\.?(?:\s*[:–-])?\s+(?P<title>\S.*)$")
_NAMED = re.compile(
    r"^(?P<before>\[[^\[\]]{1,30}\]\s*)?"  # "[Optioneel:] Artikel 1.4"
    r"(?:(?P<word>boek|deel|programma|hoofdstuk|titel|afdeling|paragraaf|artikel|bijlage|appendix)\s+|(?P<sign>§)\s*)"
    r"(?P<number>\d{1,3}[a-z]{0,2}(?:[.:]\d{1,3}[a-z]{0,2}|\.[a-z]\b){0,4}|[IVXLC]{1,6}|[A-Z])\b\.?"
    r"\s*[:.,–-]?\s*(?P<title>.*)$",
    re.I,
)
_DIVISIONS = ("boek", "deel", "programma", "hoofdstuk", "titel", "afdeling", "paragraaf", "artikel")


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
    def rank(self) -> tuple[int, int] | None:
        """How deep a named division usually lies (deel above hoofdstuk above artikel); None for other headings.

        Paragraphs may lie in paragraphs ("§ 4.2" and "§ 4.2.a"): the second number counts the parts of theirs.
        """
        if self.division not in _DIVISIONS:
            return None
        parts = len(re.split(r"[.:]", self.number or "")) if self.division == "paragraaf" else 1
        return _DIVISIONS.index(self.division), parts


def parse_label(text: str) -> Label:
    """Takes a heading apart; a heading without a number is all title. Emphasis marks are not part of a title."""
    text = text.strip().strip("*_").strip()
    named = _NAMED.match(text)
    if named:
        word = (named["word"] or "paragraaf").lower()
        number = f"{word.capitalize()} {named['number']}" if named["word"] else named["number"]
        division = "bijlage" if word == "appendix" else word
        title = _title(named["title"])
        return Label(number, f"{named['before'] or ''}{title}".strip() or number, division=division)
    decimal = _DECIMAL.match(text)
    if decimal:
        parts = tuple(int(part) for part in decimal["number"].split("."))
        return Label(decimal["number"], _title(decimal["title"]), parts)
    return Label(None, _title(text))


def _title(text: str) -> str:
    return text.strip().strip("*_").strip()
