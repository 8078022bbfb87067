"""Footnote marks: raised digits stand in canonical text for references to notes, and for nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.blocks import Block, raised
from ingest.outline import NOTES_TITLE

_LITERAL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
TYPED_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_POWER = re.compile(r"(?:(?<=\b[kcdm]m)|(?<=\bm)) ?[²³]")
"""Raised digits that are certainly no mark: those behind a measure ("m²", "km²")."""
_TYPED_MARK = re.compile(r"(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)[.)]?\s*(?=\S)")
_LISTED_MARK = re.compile(r"(?P<mark>\d{1,3})[.)]?\s")
_APART = re.compile(r"(?<=\S) +([⁰¹²³⁴⁵⁶⁷⁸⁹])")
_MARK_IN_FRONT = r"^\s*[\[(]?{mark}[\])]?[.:)]?\s*"


def reference(mark: str) -> str:
    """What stands in the text where it refers to a note: raised digits; other signs ("*") stand apart as they are."""
    return raised(mark) if mark.isascii() and mark.isdigit() else f" {mark}"


def attached(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with every reference right behind the word it belongs to, whatever spaces the source has there.

    A mark that the author typed ("inwoners.¹") stays raised where a note bears it. Any other raised digit is plain
    ("m²" becomes "m2"): a reader of the text must not take it for a note.
    """
    lowered = (replace(block, text=_POWER.sub(_plain, block.text)) for block in blocks)
    close = [replace(block, text=_APART.sub(r"\1", block.text)) for block in lowered]
    referred = {mark for block in close for mark in re.findall(rf"(?<=\S){TYPED_RAISED.pattern}", block.text)}
    told = [_typed_note(block, referred) for block in close]
    marks = sorted({raised(mark) for mark in _marks(told)}, key=len, reverse=True)
    noted = re.compile(f"(?:{'|'.join(marks)})+" if marks else "(?!)")  # two may stand side by side
    return [
        replace(b, text=TYPED_RAISED.sub(lambda mark: mark[0] if noted.fullmatch(mark[0]) else _plain(mark), b.text))
        for b in told
    ]


def _typed_note(block: Block, referred: set[str]) -> Block:
    """The note that a paragraph is which begins with a raised mark that the text refers to."""
    found = _TYPED_MARK.match(block.text) if block.role in ("text", "item") else None
    if not found or found["mark"] not in referred:
        return block
    return note(found["mark"].translate(_LITERAL), block.text[found.end() :])


def _marks(blocks: Iterable[Block]) -> Iterator[str]:
    """The marks of the notes: those that are known as such, and what stands below a line "Noten" with a number."""
    under = False
    for block in blocks:
        if block.role == "heading" or NOTES_TITLE.match(block.text):
            under = bool(NOTES_TITLE.match(block.text))
        elif block.role == "footnote" or under:
            found = _LISTED_MARK.match(block.text)
            yield from [found["mark"]] if found else []


def _plain(found: re.Match[str]) -> str:
    return found[0].translate(_LITERAL)


def note(mark: str, text: str) -> Block:
    """The note itself, which begins with its mark; one that the text repeats is not written twice."""
    bare = re.sub(_MARK_IN_FRONT.format(mark=re.escape(mark)), "", text, count=1)
    return Block(f"{mark} {bare.strip()}", role="footnote")
