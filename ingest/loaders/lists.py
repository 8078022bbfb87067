"""List items as a reader sees them: what number stands in front, and where a forced line break begins an item."""

from __future__ import annotations

import re

from ingest.blocks import clean_line
from ingest.names import signs

_BULLET = "•·▪▫◦○●■□▶►➢➤✓✔*–—−‒-"
_OWN_BULLET = re.compile(rf"^(?:[{re.escape(_BULLET)}]\s+)+(?=\S)")
_OWN_NUMBER = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,2})*[.)]|\d{1,3}\.\d{1,2}|\d{1,3}°\.?|\(?[a-z]{1,2}\)|[a-z]\.|[ivx]{1,5}[.)])(?:\s+|(?<=°\.))(?=\S)"
)
MARKER_ONLY = re.compile(
    rf"^(?:[{re.escape(_BULLET)}]|\(?(?:\d{{1,3}}(?:\.\d{{1,2}})*|[a-z]{{1,2}}|[ivx]{{1,5}})[.)°]{{0,2}})$"
)
"""A paragraph that is nothing but the marker of the item after it."""
_ENDS = re.compile(r"[.:;?!][\"'’”)\]]*$")
_SHORT = 60  # characters; a line this short may have been broken on purpose
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX_ROMAN = 3999
_MAX_LETTERS = 26 * 30  # what lies beyond is no list that a person numbered


def roman(number: int) -> str:
    """A number in lower-case Roman numerals; in digits where there are none (0, negative, 4000 and more)."""
    if not 0 < number <= _MAX_ROMAN:
        return str(number)
    parts = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)


def letters(number: int, *, doubled: bool) -> str:
    """A number in lower-case letters: after z comes aa, then bb where `doubled` (Word) and ab where not (HTML)."""
    if not 0 < number <= _MAX_LETTERS:
        return str(number)
    if doubled:
        return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
    parts = ""
    while number:
        number, rest = divmod(number - 1, 26)
        parts = chr(97 + rest) + parts
    return parts


def item(marker: str, text: str, *, own_wins: bool = False) -> str:
    """The text of an item with one marker in front.

    Authors type a bullet or number where the format gives one already. A typed bullet is dropped. A typed number
    stays: alone where the format only gives a bullet or `own_wins`, else behind the format's own, unless equal.
    """
    text = _OWN_BULLET.sub("", text)
    typed = _OWN_NUMBER.match(text)
    if typed and (marker in ("", "-") or own_wins or typed[0].strip() == marker):
        return f"{typed[0].strip()} {text[typed.end() :]}"
    return f"{marker} {text}".strip()


def starts_item(text: str) -> bool:
    """Whether a line begins with a bullet or number that its author typed."""
    return bool(_OWN_BULLET.match(text) or _OWN_NUMBER.match(text))


def broken_lines(text: str) -> list[str]:
    """The paragraphs that a text with forced line breaks reads as, each on one line.

    A line begins a new one where it is a typed item, follows a blank line, names one who signs with the office held,
    or begins with a capital or digit under a line that ended (by its mark, or by being short); all others were broken
    to fit and are joined again.
    """
    result: list[str] = []
    blank = True
    for line in map(clean_line, text.split("\n")):
        before = result[-1] if result else ""
        ended = bool(_ENDS.search(before)) or len(before) < _SHORT
        begins = (
            starts_item(line)
            or signs(line)
            or (ended and line[:1] and not line[0].islower() and line[0] not in ",.;:)")
        )
        if line and (blank or begins):
            result.append(line)
        elif line:
            result[-1] = f"{before} {line}"
        blank = not line
    return result
