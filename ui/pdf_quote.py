"""Where a quote stands among the characters of a page, so that it can be marked there.

The canonical text joins lines, mends words that were broken off and writes ligatures out. Letters and digits stay: so a
quote is looked for by these alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

Run = tuple[int, int]
"""Characters of a page that follow each other: the first, and how many."""

_LEAST = 20  # letters and digits: a shorter part of a quote may stand there by chance


def letters(text: str) -> str:
    """What of a text looks the same on a page: its letters and digits, in one case."""
    return "".join(letter for character in text for letter in _letters(character))


def find_quote(characters: Sequence[str], quote: str, skip: int = 0) -> list[Run]:
    """Where a quote stands among the characters of a page; of several places the one after `skip` others.

    Where it is not found as a whole (it goes on at the next page, or a note's number stands in it), its longest parts
    are.
    """
    places = [at for at, character in enumerate(characters) for _ in _letters(character)]
    there, wanted = letters("".join(characters)), letters(quote)
    starts = list(_all(there, wanted))
    if starts:
        start = starts[min(skip, len(starts) - 1)]
        return [_run(places, start, len(wanted))]
    return [_run(places, start, length) for start, length in _parts(there, wanted)]


def _parts(there: str, wanted: str) -> Iterator[Run]:
    """The parts of a quote that are long enough to be sure of, each after the one before."""
    at = begin = 0
    while len(wanted) - begin >= _LEAST:
        if there.find(wanted[begin : begin + _LEAST], at) < 0:
            begin += 1  # the number of a list item, which some programs write elsewhere
            continue
        length = _longest(there, wanted[begin:], at)
        start = there.index(wanted[begin : begin + length], at)
        yield start, length
        at, begin = start + length, begin + length


def _longest(there: str, wanted: str, at: int) -> int:
    """How many of the first characters of what is wanted stand together in a text, from a place on."""
    least, most = 0, len(wanted)
    while least < most:
        middle = (least + most + 1) // 2
        if there.find(wanted[:middle], at) >= 0:
            least = middle
        else:
            most = middle - 1
    return least


def _all(there: str, wanted: str) -> Iterator[int]:
    at = there.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = there.find(wanted, at + len(wanted))


def _run(places: list[int], start: int, length: int) -> Run:
    return places[start], places[start + length - 1] - places[start] + 1


def _letters(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character).casefold() if c.isalnum())
