"""Words broken at the end of a line: "samen-" and "werking" is one word, "sociaal-" and "maatschappelijk" is not.

The document itself knows best: whichever form it uses elsewhere is right. Where it uses neither, its habit decides:
programs that break words do so on many lines, others break only after a hyphen that the author wrote.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W_]+(?:-[^\W_]+)*)-$")
_JOINERS = frozenset("en of tot en/of noch dan als maar".split())
_FIRST_PARTS = frozenset(
    "sociaal cultureel maatschappelijk economisch juridisch financieel ruimtelijk bestuurlijk ambtelijk niet oud ex "
    "semi vice bijna".split()
)
"""Words that usually keep their hyphen: "sociaal-maatschappelijk", "niet-ingezetene", "oud-wethouder"."""
_HABIT = 0.015  # share of lines that end in a hyphen; programs that break words reach several times this
_TAIL = 300  # characters; no word or address is longer
_URL_END = re.compile(r"(?:https?://|www\.)\S*$", re.I)
_URL_PART = re.compile(r"^\S*[/%=?&_#-]\S*")


class Hyphens:
    """Joins lines; holds the words of the document, by which it decides whether a hyphen is the author's."""

    def __init__(self, lines: list[str]) -> None:
        self._words: set[str] = set()
        broken = 0
        for line in lines:
            words = _WORD.findall(line)
            if line.endswith("-"):
                broken += bool(words) and line[-2:-1].islower()
                words = words[:-1]
            self._words.update(word.lower() for word in words)
        long = sum(len(line) > 40 for line in lines)
        self._breaks = broken > _HABIT * max(long, 1)

    def joined(self, before: str, after: str) -> str:
        """Two lines as one text."""
        if not before or not after:
            return before or after
        end = before[-_TAIL:]
        if _URL_END.search(end) and (before[-1] in "-/_=?&%" or (len(before) > 40 and _URL_PART.match(after))):
            return before + after
        broken = _BROKEN.search(end)
        if broken is None or not after[0].isalpha():
            return f"{before} {after}"
        following = re.match(r"[^\W_]+(?:[-/][^\W_]+)*", after)
        word = following[0] if following else after
        if word.lower() in _JOINERS:
            return f"{before} {after}"
        return before + after if self._keeps(broken[1], word) else before[:-1] + after

    def _keeps(self, first: str, second: str) -> bool:
        """Whether the hyphen between two parts of a word stays."""
        if not second[0].islower() or not first[-1].islower() or (first.isupper() and len(first) > 1):
            return True
        if f"{first}-{second}".lower() in self._words:
            return True
        if f"{first}{second}".lower() in self._words:
            return False
        if first.split("-")[-1].lower() in _FIRST_PARTS or first[-1] + second[0] in (
            "ee",
            "aa",
            "oo",
            "ei",
            "ie",
            "oe",
        ):
            return True
        return not self._breaks
