"""What stands before an item of a list: a bullet, a number, a letter or a label, and which item that says it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.quotable import Sentence, is_entry, is_row
from ingest.blocks import BULLETS
from ingest.document import Document

_MARK = re.compile(
    rf"(?P<bullet>[{BULLETS}])\s+(?:\d{{1,2}}[.)]\s)?|(?P<degree>\d{{1,2}})°\S*\s|(?P<number>\d{{1,2}})[.)]{{1,2}}\s"
    r"|\(?(?P<letter>[a-z]|[ivx]{1,5})[.)]\s"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before an item: its kind, and the places in a list that it may say ("i" is the first, or the ninth).

    A sentence that is no item has the kind "".
    """

    kind: str
    places: frozenset[int] = frozenset()


def mark_of(document: Document, sentence: Sentence) -> Mark:
    """The mark before a sentence; none before one that stands in the middle of a line."""
    text = document.text
    line = text.rfind("\n", 0, sentence.start) + 1
    match = _MARK.match(text, line)
    if match and sentence.start <= match.end():
        kind = match.lastgroup or ""
        return Mark(kind, _places(match[kind]) if kind != "bullet" else frozenset())
    if is_row(text[sentence.start : sentence.end]):
        return Mark("row")
    return Mark("entry" if is_entry(text, sentence.start, sentence.end) else "")


def _places(said: str) -> frozenset[int]:
    """The places that a number or a letter says, counted from one."""
    if said.isdigit():
        return frozenset((int(said),))
    places = {ord(said) - ord("a") + 1} if len(said) == 1 else set()
    if set(said) <= _ROMAN.keys():
        values = [_ROMAN[letter] for letter in said]
        places.add(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))
    return frozenset(places)


def goes_on_line(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence goes on about the item that its line begins with, and introduces nothing."""
    text = document.text
    line = text.rfind("\n", 0, sentence.start) + 1
    match = _MARK.match(text, line)
    return match is not None and sentence.start > match.end() and text[sentence.end - 1] != ":"
