"""The figures of a text: its numbers with what they count and what bounds them, and words for how much or how many.

"Ten hoogste 100 euro" is another figure than "ten minste 100 euro" and than "100 euro"; "neemt toe" is not "neemt af".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.numerals import DUTCH, DUTCH_ORDINALS, ENGLISH, TENS
from ingest.dates import MONTHS

_ENGLISH = ENGLISH[:9]  # "ten" is a word of Dutch
_UNITS = {
    form: forms.split()[0]
    for forms in (
        *("dag dagen day days", "werkdag werkdagen", "week weken weeks", "maand maanden month months"),
        *("jaar jaren year years", "uur uren hour hours", "procent % percent", "miljoen million", "miljard billion"),
    )
    for form in forms.split()
}
"""What is counted: three weeks are not three months."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|%")
_MONTH = rf"(?:{'|'.join(MONTHS)}|january|february|march|may|june|july|august|october)"
_DAY = re.compile(rf"(?:(?<!\d)\d{{1,2}}\s+)?{_MONTH}\s+$")
"""The day and month before a year: what bounds the day bounds the year."""
_BETWEEN = (
    r"\s+(?:(?:een|de|het|leeftijd|bedrag|totaal|van|circa|ongeveer|begin|eind|the|an?|age|of|euro|eur)\s+|€\s*)*"
)
"""What may stand between a bound and its number."""
_BOUNDS: dict[str, str] = {
    "least": r"minimaal|minstens|ten ?minste|minimum|at least",
    "most": r"maximaal|ten hoogste|hoogstens|hooguit|maximum|at most|up to",
    "more": r"(?:meer|hoger|langer|groter|ouder) dan|boven|(?:more|higher|longer|older) than|above",
    "less": r"(?:minder|lager|korter|kleiner|jonger) dan|onder|beneden|(?:less|fewer|lower|younger) than|under|below",
    "within": r"binnen|within",
    "after": r"na|after",
    "before": rf"(?:v[oó][oó]r|before)(?=\s+\d{{1,2}}\s+{_MONTH})",
    "through until": r"tot en met|t/m|through",
    "to until": r"tot(?! en met)",
    "until": r"until|till",
    "from": rf"vanaf|sinds|met ingang van|since|from|per(?=\s+\d{{1,2}}\s+{_MONTH})",
}
"""What bounds the number behind it, each with the names of its bound: English does not tell "tot" from "tot en met"."""
_ANYWHERE = frozenset({"least", "most"})
"""Bounds that may stand some words before their number: "maximaal per gezin 100 euro"."""
_OR_MORE = re.compile(r"\s*(?:[^\W\d_]+\s+|%\s+)?(?:of|en|or|and)\s+(?:meer|ouder|hoger|langer|groter|more|older)\b")
_OR_LESS = re.compile(r"\s*(?:[^\W\d_]+\s+|%\s+)?(?:of|en|or|and)\s+(?:minder|jonger|lager|korter|less|younger)\b")
_TURNS: dict[str, str] = {
    "up": r"toe|toe(?:nem\w*|neemt|genomen|name)|stijg\w*|steeg|stegen|gestegen|verho(?:og|g)\w*|verhoging\w*|"
    r"ris(?:es?|ing)|rose|increas\w+",
    "down": r"af|af(?:nem\w*|neemt|genomen|name)|daalt?|dalen\w*|daling\w*|daalden?|gedaald|verla(?:ag|g)\w*|"
    r"fall(?:s|ing)?|fell|decreas\w+",
}
"""Where something goes; of two that are said in one sentence, each of its own thing."""
_AMOUNTS: dict[str, str] = {
    "all": r"alle|allen|allemaal|iedereen|ieder|iedere|elk|elke|all|everyone|everybody|every|each",
    "more": r"(?<!onder )(?<!niet )(?<!zonder )meer(?! dan\b)|more(?! than\b)",
    "to until": r"tot(?! en met)",
    "through until": r"tot en met|t/m",
    "until": r"until|till",
    "from": r"vanaf|sinds|since",
    "least": _BOUNDS["least"],
    "most": _BOUNDS["most"],
}
_SOME = re.compile(
    r"\b(?P<kind>sommigen?|enkelen?|weinigen?|minder(?! dan\b)|some|few|fewer(?! than\b)|less(?! than\b))\b"
    r"(?:\s+(?P<of>[^\W\d_]+))?"
)
"""Words that leave others out: what is said of some is not said of what is named behind them."""
_FEW = {"minder": "less", "fewer": "less", "less": "less"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a text says at a place of how much or how many, in the words by which two figures are compared."""

    start: int
    end: int
    said: tuple[str, ...]


def numbers_in(text: str) -> Iterator[Figure]:
    """The numbers of a text, in figures or words, with what bounds them, and each again with what it counts."""
    text = text.lower()
    tokens = list(_TOKEN.finditer(text))
    for at, token in enumerate(tokens):
        value = value_of(token[0])
        if not value:
            continue
        unit = next((_UNITS[near[0]] for near in tokens[at + 1 : at + 3] if near[0] in _UNITS), None)
        values = [value, f"{value} {unit}"] if unit else [value]
        said = [f"{bound} {said}".strip() for said in values for bound in _bounds_of(text, token)]
        yield Figure(token.start(), token.end(), tuple(said))


def turns_in(text: str) -> Iterator[Figure]:
    """Where a text says that something grows or shrinks."""
    for name, pattern in _TURNS.items():
        for match in _whole(pattern).finditer(text.lower()):
            yield Figure(*match.span(), (name,))


def amounts_in(text: str) -> frozenset[str]:
    """What a text says of everybody, of more, and of times and sums of which it gives no number."""
    text = text.lower()
    return frozenset(
        word for name, pattern in _AMOUNTS.items() if _whole(pattern).search(text) for word in name.split()
    )


def limited_in(text: str) -> list[tuple[str, str]]:
    """What a text says of some only, or of less: the word behind "sommige" or "minder", with which of the two it is."""
    return [(_FEW.get(match["kind"], "some"), match["of"] or "") for match in _SOME.finditer(text.lower())]


def value_of(word: str) -> str:
    """The value of a number in figures or as a word, as figures without separators; empty for another word."""
    if word[0].isdigit():
        return re.sub(r"\.(?=\d{3}(?!\d))|,0+$", "", word)
    return number_words().get(word, "")


def _bounds_of(text: str, number: re.Match[str]) -> list[str]:
    """The names of what bounds a number; one empty name where nothing does."""
    if _OR_MORE.match(text, number.end()):
        return ["least"]
    if _OR_LESS.match(text, number.end()):
        return ["most"]
    before = len(_DAY.sub("", text[: number.start()]))
    for names, pattern in _BOUNDS.items():
        ahead = rf"\b(?:{pattern})"
        gap = rf"{_BETWEEN}(?:[^\W\d_]+\s+){{0,4}}(?:€\s*)?" if names in _ANYWHERE else _BETWEEN
        for match in _compiled(ahead).finditer(text, 0, number.start()):
            if match.end() <= before and _compiled(gap).fullmatch(text, match.end(), before):
                return names.split()
    return [""]


@cache
def number_words() -> dict[str, str]:
    """The value of each number that is written as a word; "een" is none."""
    ones = DUTCH[:9]
    values = {word: n for names in (DUTCH, DUTCH_ORDINALS, _ENGLISH) for n, word in enumerate(names, start=1)}
    for ten, name in enumerate(TENS, start=2):
        linked = (one.replace("é", "e") + ("ën" if one in ("twee", "drie") else "en") for one in ones)
        values |= {f"{one}{name}": 10 * ten + n for n, one in enumerate(linked, start=1)} | {name: 10 * ten}
    for word, size in (("honderd", 100), ("duizend", 1000)):
        values |= {f"{one}{word}": n * size for n, one in enumerate(ones, start=1)} | {word: size}
    return {word: str(value) for word, value in values.items()}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _whole(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
