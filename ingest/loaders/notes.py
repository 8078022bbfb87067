"""Footnote marks: raised digits stand in canonical text for references to notes, and for nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.blocks import Block, raised

_LITERAL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
TYPED_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_APART = re.compile(r"(?<=\S) +([⁰¹²³⁴⁵⁶⁷⁸⁹])")
_MARK_IN_FRONT = r"^\s*[\[(]?{mark}[\])]?[.:)]?\s*"


def lowered(text: str) -> str:
    """Text whose raised digits are plain ("m²" becomes "m2"): a reader of the text must not take them for a note."""
    return TYPED_RAISED.sub(lambda found: found[0].translate(_LITERAL), text)


def reference(mark: str) -> str:
    """What stands in the text where it refers to a note: raised digits; other signs ("*") stand apart as they are."""
    return raised(mark) if mark.isascii() and mark.isdigit() else f" {mark}"


def attached(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with every reference right behind the word it belongs to, whatever spaces the source has there."""
    return [replace(block, text=_APART.sub(r"\1", block.text)) for block in blocks]


def note(mark: str, text: str) -> Block:
    """The note itself, which begins with its mark; one that the text repeats is not written twice."""
    bare = re.sub(_MARK_IN_FRONT.format(mark=re.escape(mark)), "", text, count=1)
    return Block(f"{mark} {bare.strip()}", role="footnote")
