"""Headings that the author of a styled document wrote and did not style.

Acts copied from the web often style their title and leave every "Hoofdstuk 1" and "Artikel 1.1" as a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.captions import CAPTION
from ingest.contents import mark_typed_contents
from ingest.headings import is_title
from ingest.numbering import Label, parse_label

_FEW = 3  # divisions of one kind that make a structure; fewer may be references
_SITE_LABEL = "intitulé"  # lokaleregelgeving.overheid.nl writes it over the title of every regulation
_ITEM = re.compile(r"^(?:\d{1,2}[a-z]?|[a-z]{1,2})[.)°]\s+\S")


def complete_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a styled source with its unstyled divisions as headings, and paragraphs with a marker as items."""
    blocks = mark_typed_contents(blocks)
    labels = [parse_label(b.text) for b in blocks]
    found = _unstyled(blocks, labels)
    result: list[Block] = []
    around: list[tuple[tuple[int, int], int]] = []  # rank and level of the divisions around this block
    top = _top_level(blocks)
    first = next((i for i, b in enumerate(blocks) if b.role == "heading"), None)
    for i, block in enumerate(blocks):
        rank = labels[i].rank or (0, 0)
        if i in found:
            around = [(r, level) for r, level in around if r < rank]
            block = replace(block, role="heading", level=around[-1][1] + 1 if around else top + 1)
        elif _is_no_heading(block, first=i == first):
            block = replace(block, role="caption" if CAPTION.match(block.text) else "text", level=None)
        elif block.role == "heading" and block.level is not None:
            around = [(r, level) for r, level in around if level < (block.level or 1)]
        elif block.role == "text" and _ITEM.match(block.text):
            block = replace(block, role="item")
        if block.role == "heading" and block.level is not None and labels[i].rank:
            around.append((rank, block.level))
        result.append(block)
    return tuple(result)


def _is_no_heading(block: Block, *, first: bool) -> bool:
    """Whether a heading is a label of the site, or the caption of a table or a picture; the first may be the title."""
    return block.role == "heading" and (
        block.text.lower() == _SITE_LABEL or (not first and bool(CAPTION.match(block.text)))
    )


def _unstyled(blocks: Sequence[Block], labels: Sequence[Label]) -> set[int]:
    """Paragraphs that are the heading of a division.

    A kind of division that has headings of its own keeps those: elsewhere its name is a reference. The others must
    come often enough to be a structure; where they do, a single "Bijlage 1" is one too.
    """
    stated = {label.division for b, label in zip(blocks, labels, strict=True) if b.role == "heading"}
    found = [
        i
        for i, (b, label) in enumerate(zip(blocks, labels, strict=True))
        if b.role in ("text", "item") and b.term is None
        if label.division and label.division not in stated and is_title(b.text, label)
    ]
    counts = Counter(labels[i].division for i in found)
    return set(found) if any(count >= _FEW for count in counts.values()) else set()


def _top_level(blocks: Sequence[Block]) -> int:
    """The level of the heading that is the document's title; one above the highest where no heading stands alone."""
    levels = [b.level for b in blocks if b.role == "heading" and b.level is not None]
    if not levels:
        return 0
    return levels[0] if levels[0] == min(levels) and levels.count(levels[0]) == 1 else min(levels) - 1
