"""Section numbers: "4.2.3 Titel", "Artikel 5 Titel", "Bijlage 1: titel" taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_DECIMAL = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})\.?(?:\s*[:–-])?\s+(?P<title>\S.*)$")
_NAMED = re.compile(
    r"^(?P<before>\[[^\[\]]{1,30}\]\s*)?"  # "[Optioneel:] Artikel 1.4"
    r"(?:(?P<word>boek|deel|programma|hoofdstuk|titel|afdeling|paragraaf|artikel|bijlage|appendix)\s+|(?P<sign>§)\s*)"
    r"(?P<number>\d{1,3}[a-z]{0,2}(?:[.:]\d{1,3}[a-z]{0,2}|\.[a-z]\b){0,4}|[IVXLC]{1,6}|[A-Z])\b\.?"
    r"\s*[:.,–-]?\s*(?P<title>.*)$",
    re.I,
)
_CODED = re.compile(r"^(?P<series>[A-Z]{1,2})(?P<digits>\d{1,3})(?:[.:]|\s*[–-])?\s+(?P<title>\S.*)$")
_FEW = 3  # headings that make a series; "A2 zuid" alone is a road
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


def coded_labels(headings: Iterable[str]) -> dict[str, Label]:
    """The headings that a series of codes numbers ("M01 Jeugdwerker", "M02 Taalhuis"), taken apart.

    A letter and a number are a code where at least three headings have the same letter, each with a higher number.
    """
    series: dict[str, dict[str, Label]] = {}
    numbers: dict[str, list[int]] = {}
    for heading in headings:
        found = _CODED.match(heading.strip().strip("*_").strip())
        if found:
            label = Label(f"{found['series']}{found['digits']}", _title(found["title"]))
            series.setdefault(found["series"], {})[heading] = label
            numbers.setdefault(found["series"], []).append(int(found["digits"]))
    rising = [name for name, run in numbers.items() if len(run) >= _FEW and all(a < b for a, b in pairwise(run))]
    return {heading: label for name in rising for heading, label in series[name].items()}


def _title(text: str) -> str:
    return text.strip().strip("*_").strip()
