"""Where a phrase of evidence stands in a document, what is nearest when it does not, and which words identify a quote.

Evidence is compared as `evals.records.folded` does: without capitals, white space and the borders of table cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from evals.records import folded
from ingest.document import Document

_WORD = re.compile(r"[^\s|]+")
_LETTERS = re.compile(r"\w+")
_SHORTEST, _LONGEST = 4, 14
_TRIED = 4  # words of a lost phrase, the rarest first, by which its nearest place is looked for
_SEEN = 100  # places that are looked at for each of them
_LIKE = 0.5  # share of the words of a lost phrase that its nearest place must hold


@dataclass(frozen=True)
class Place:
    """A document's text made findable: `find` gives ranges of `document.text`."""

    document: Document

    @cached_property
    def _words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.document.text))

    @cached_property
    def text(self) -> str:
        """The document's text, folded."""
        return " ".join(word.group().lower() for word in self._words)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for word in self._words:
            starts.append(at)
            at += len(word.group().lower()) + 1
        return starts

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            for letters in set(_LETTERS.findall(word.group().lower())):
                index[letters].append(number)
        return index

    def find(self, phrase: str) -> list[tuple[int, int]]:
        """The ranges of the document's text in which a phrase stands, in order."""
        sought = folded(phrase)
        found: list[tuple[int, int]] = []
        at = self.text.find(sought) if sought else -1
        while at >= 0:
            found.append((self._original(at), self._original(at + len(sought) - 1) + 1))
            at = self.text.find(sought, at + len(sought))
        return found

    def nearest(self, phrase: str) -> tuple[float, int, int] | None:
        """The stretch of words most like a phrase: the share of its words that it holds, and its range; or None."""
        words = folded(phrase).split()
        wanted = Counter(letters for word in words for letters in _LETTERS.findall(word))
        known = [(letters, place) for place, word in enumerate(words) for letters in _LETTERS.findall(word)]
        known = [(letters, place) for letters, place in known if letters in self._index]
        best, first = 0.0, 0
        for letters, place in sorted(known, key=lambda each: len(self._index[each[0]]))[:_TRIED]:
            for number in self._index[letters][:_SEEN]:
                begins = max(number - place, 0)
                score = self._shared(wanted, begins, len(words))
                if score > best:
                    best, first = score, begins
        if best < _LIKE:
            return None
        last = min(first + len(words), len(self._words)) - 1
        return best, self._words[first].start(), self._words[last].end()

    def _shared(self, wanted: Counter[str], first: int, length: int) -> float:
        stretch = " ".join(word.group().lower() for word in self._words[first : first + length])
        return (wanted & Counter(_LETTERS.findall(stretch))).total() / wanted.total()

    def _original(self, at: int) -> int:
        """The place in the document's text of a character of the folded text that is no space."""
        number = bisect_right(self._starts, at) - 1
        word = self._words[number]
        return min(word.start() + at - self._starts[number], word.end() - 1)


def identifying_phrase(quote: str, place: Place) -> str:
    """The fewest words, 4 to 14, of a quote that stand only once in its document; the longest run when none do.

    A run within one line, cell and sentence is preferred to one that crosses them, for it reads as a phrase.
    """
    words = list(_WORD.finditer(quote))
    runs = [
        quote[words[i].start() : words[i + size - 1].end()]
        for size in range(_SHORTEST, _LONGEST + 1)
        for i in range(len(words) - size + 1)
    ]
    whole = [run for run in runs if not re.search(r"[|\n]|[.!?;:]\s", run)]
    for candidates in (whole, runs):
        alone = [run for run in candidates if place.text.count(folded(run)) == 1]
        if alone:
            fewest = min(len(_WORD.findall(run)) for run in alone)
            return max((run for run in alone if len(_WORD.findall(run)) == fewest), key=len)
    return quote[words[0].start() : words[min(_LONGEST, len(words)) - 1].end()] if words else quote
