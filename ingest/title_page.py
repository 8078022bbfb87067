"""The lines of a title page that are set as headings and head nothing: a subtitle is no chapter of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.blocks import Block
from ingest.numbering import parse_label
from ingest.titles import is_front_line


def without_subtitle(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """The blocks with the heading below the title as text, where it is the subtitle.

    It is one where `title` was read from both, or where nothing stands below it but whose document it is, its number
    and its day: a section of these would be found by every question that names the document.
    """
    blocks = _front_as_text(blocks)
    heads = [at for at, block in enumerate(blocks) if block.role == "heading"][:3]
    if len(heads) < 2 or heads[0] != 0 or not all(map(_is_front, blocks[1 : heads[1]])):
        return tuple(blocks)
    at = heads[1]
    end = next(
        (i for i in range(at + 1, len(blocks)) if blocks[i].role == "heading" or _is_contents(blocks[i])), at + 1
    )
    both = title.lower().startswith(blocks[0].text.lower()) and title.lower().endswith(blocks[at].text.lower())
    alone = at + 1 < end < len(blocks) and all(map(_is_front, blocks[at + 1 : end])) and not _has_below(blocks, heads)
    if parse_label(blocks[at].text).number or not (both or alone):
        return tuple(blocks)
    return (*blocks[:at], replace(blocks[at], role="text", level=None), *blocks[at + 1 :])


def _front_as_text(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks with whose document it is and its day as text, where a title page sets these as headings."""
    top = len(list(takewhile(lambda block: block.role == "heading", blocks)))
    return [
        replace(block, role="text", level=None) if 0 < at < top and is_front_line(block.text) else block
        for at, block in enumerate(blocks)
    ]


def _is_front(block: Block) -> bool:
    return block.role == "text" and block.term is None and is_front_line(block.text)


def _is_contents(block: Block) -> bool:
    return block.term == "contents"


def _has_below(blocks: Sequence[Block], heads: Sequence[int]) -> bool:
    """Whether the heading after the second one lies below it."""
    return len(heads) > 2 and (blocks[heads[2]].level or 1) > (blocks[heads[1]].level or 1)
