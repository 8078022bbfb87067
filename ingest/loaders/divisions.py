"""Levels of headings by what they name: a hoofdstuk lies above its paragrafen, and these above their artikelen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.numbering import parse_label

_APART = re.compile(r"^(?:bijlage|(?:nota van |algemene |artikelsgewijze )?toelichting)\b", re.I)


def with_division_levels(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with headings of divisions levelled by their names where the source's own levels contradict these.

    That is so when some artikel stands as high as a hoofdstuk: pages that write every heading as h3, and Word
    documents that number each kind of division by a list of its own. Else nothing is changed. What stands under a
    heading keeps its distance to it; under an appendix or explanatory note the divisions begin one level lower.
    """
    ranks = {i: parse_label(b.text).rank for i, b in enumerate(blocks) if b.role == "heading" and b.level is not None}
    stated = {i: (rank, blocks[i].level or 0) for i, rank in ranks.items() if rank is not None}
    if not any(a < b and top >= below for a, top in stated.values() for b, below in stated.values()):
        return list(blocks)
    order = sorted({rank for rank, _ in stated.values()})
    base = min(level for _, level in stated.values())
    result: list[Block] = []
    moved, apart = 0, 0  # how far the last division was moved; 1 below an appendix
    for i, block in enumerate(blocks):
        level = block.level
        if i in stated:
            level = base + order.index(stated[i][0]) + apart
            moved = level - stated[i][1]
        elif i in ranks and level is not None:
            apart = int(bool(_APART.match(block.text))) if level <= base else apart
            moved = 0 if level <= base else moved
            level += moved
        result.append(replace(block, level=level))
    return result
