"""Names of Dutch municipalities, present and merged, and how to recognise one in a text.

The list (`municipalities.tsv`) holds public facts: name, the municipality it merged into, the year. A document may
name a municipality that is not on it (a made-up one, a spelling of its own); "gemeente X" then tells.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.document_kinds import DOCUMENT_WORD

_NAMED = re.compile(
    r"\b(?:[Gg]emeente|[Gg]emeenteraad van|[Bb]urgemeester en [Ww]ethouders van) "
    r"((?:(?:De|Den|Het|Sint) )?(?:[A-ZÀ-Ý][\w'’-]+)(?: (?:en|aan|den|de|op|bij|van) (?:[A-Z]\w+|den \w+))*)"
)
_CAPITALISED = re.compile(r"\b[A-ZÀ-Ý][\w'’]{3,}")
_NO_PLACE = re.compile(
    rf"{DOCUMENT_WORD.pattern}|\w*(?:beleid|regels?|analyse|besluit|memo|model|monitor|rekening|toelichting)", re.I
)
"""A word that no place is called by: one for a document, such as "Woonvisie", or for other matter of policy."""
_ENOUGH = 3  # a place named once or twice is a place where something was signed, not whose document it is
_AMBIGUOUS = frozenset(
    "Assen Beek Bergen Best Born Buren Dalen Doorn Duiven Echt Goes Grave Haren Heel Hoorn Horst Houten Hulst Kampen "
    "Kapelle Laren Leek Leiden Losser Neer Putten Rijswijk Roden Sluis Stein Thorn Vries Wierden "
    "Beers Borne Gieten Helden Herten Hoeven Huizen Leende Marken Monster Putte Rolde Weert".split()
) | {"de Wijk"}
"""Names that are common words, or family names, as well."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality by its official name; a merged one knows its successor and the year."""

    name: str
    successor: str | None = None
    since: int | None = None


@cache
def municipalities() -> dict[str, Municipality]:
    """All listed municipalities by lower-case name."""
    lines = files("ingest").joinpath("municipalities.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if line)
    return {
        name.lower(): Municipality(name, successor or None, int(since) if since else None)
        for name, successor, since in rows
    }


@cache
def _name_pattern() -> re.Pattern[str]:
    names = sorted((m.name for m in municipalities().values()), key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, names)) + r")(?!\w)", re.I)


def mentions(text: str) -> list[tuple[str, int, int]]:
    """Listed municipalities named in a text with their spans.

    A name that is also a word needs "gemeente" before it, or a capital that does not begin a sentence.
    """
    found = []
    for match in _name_pattern().finditer(text):
        name = municipalities()[match[1].lower()].name
        before = text[max(match.start() - 20, 0) : match.start()].rstrip().lower()
        named = before.endswith(("gemeente", "municipality of"))
        inside = match[1][0].isupper() and text[match.start() - 1 : match.start()] == " " and before[-1:].isalnum()
        if name in _AMBIGUOUS and not named and not inside:
            continue
        found.append((name, match.start(), match.end()))
    return found


def is_ordinary_word(name: str) -> bool:
    """Whether a municipality's name is a common word, or a family name, as well."""
    return name in _AMBIGUOUS


def municipality_of(text: str, title: str, file_name: str) -> tuple[str, int, int] | None:
    """The municipality that a document is about, with the span of its first mention in `text`.

    Counts "gemeente X" (four times as much as a bare name) and listed names written with a capital. A name in the
    title or the file name decides ties and documents that hardly name themselves; a place that is on no list counts
    where title and file name agree on it.
    """
    weights: Counter[str] = Counter()
    listed = {start: name for name, start, _ in mentions(text) if text[start].isupper() or text[start] in "'’"}
    for start, name in listed.items():
        weights[name] += 4 if text[max(start - 12, 0) : start].rstrip()[-8:].lower() == "gemeente" else 1
    for match in _NAMED.finditer(text):
        weights[match[1]] += 0 if match.start(1) in listed else 4
    hint = f"{title} {file_name}".replace("-", " ").replace("_", " ")
    for name, _, _ in mentions(hint):
        weights[name] += 5
    if max(weights.values(), default=0) < _ENOUGH:
        weights.update(word for word in _agreed_on(title, file_name, text) if not _is_common_noun(word, text))
    for name in weights:
        weights[name] += 5 if name.lower() in hint.lower() else 0
    for name, weight in weights.most_common():
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        if found and weight >= _ENOUGH:
            return name, found.start(), found.end()
    return None


def _agreed_on(title: str, file_name: str, text: str) -> list[str]:
    """Capitalised words of the title with which the file name begins, or which it has and the text calls a place."""
    named = file_name.lower()
    words = [match[0] for match in _CAPITALISED.finditer(title) if not _NO_PLACE.fullmatch(match[0])]
    parts = re.split(r"[\W_]+", named)
    return [w for w in words if named.startswith(w.lower()) or (w.lower() in parts and _is_place(w, text))]


def _is_place(word: str, text: str) -> bool:
    """Whether a text speaks of what a word names as of a place: says that it is one, or more than once "in X"."""
    name = re.escape(word)
    stated = rf"\b{name} (?:is een (?:\w+ )?gemeente|telt \S+ (?:inwoners|kernen|wijken|dorpen))\b"
    spoken = rf"\b(?:[Ii]n|[Bb]innen|te|[Ii]nwoners van|[Rr]aad van) {name}\b"
    return bool(re.search(stated, text)) or len(re.findall(spoken, text)) > 1


def _is_common_noun(word: str, text: str) -> bool:
    """Whether a text also writes a word without its capital, web addresses aside."""
    return bool(re.search(rf"(?<![\w./@-]){re.escape(word.lower())}(?![\w.]*\.\w)", text))


def successor_of(name: str) -> Municipality | None:
    """The municipality that `name` merged into, followed to the one that exists now; None when it still exists."""
    entry = municipalities().get(name.lower())
    if entry is None or entry.successor is None or entry.since is None:
        return None
    current = entry
    for _ in range(5):
        following = municipalities().get((current.successor or "").lower())
        if following is None or following.successor is None:
            break
        current = following
    return Municipality(name, current.successor, entry.since)
