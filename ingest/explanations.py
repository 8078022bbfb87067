"""Appendices and explanatory notes of regulations, where headings stand unstyled and articles come a second time.

"Artikelsgewijze toelichting" goes through the chapters and articles again: there they lie below it, or "Artikel 5"
would be two sections side by side that nobody can tell apart. In these parts a short line above a paragraph is a
heading, unless it only names a lid of the article that is being explained.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.headings import plain_headings
from ingest.numbering import parse_label

_EXPLANATION = re.compile(r"^(?:nota van |memorie van )?toelichting\W*$", re.I)
_PART = re.compile(r"^(?:algemene|algemeen deel|artikel(?:s|en)?gewijze) toelichting\W*$|^artikelsgewijs\W*$", re.I)
_PART_WITHIN = re.compile(
    r"^(?:\w{1,3}[.)]? )?(?:algemeen|artikelsgewijs|artikelsgewijze)(?: (?:deel|gedeelte))?\W*$", re.I
)
_SIGNED = re.compile(r"^ondertekening$", re.I)
_OF_AN_ARTICLE = re.compile(r"^(?:lid|leden|onderdeel|onder|sub|eerste lid|tweede lid|derde lid)\b", re.I)
_ARTICLES = re.compile(r"^artikel(?:s|en)?gewij", re.I)


def nest_explanations(blocks: Sequence[Block], *, styled: bool = True) -> tuple[Block, ...]:
    """The blocks with the headings of their appendices and, in a regulation, its explanations where they belong.

    The levels of a `styled` document are its author's; those of plain text were found by `find_headings`, which
    does not know that what explains the articles stands beside them.
    """
    divisions = [b.level for b in blocks if b.role == "heading" and b.level and parse_label(b.text).rank]
    regulation = bool(divisions) and len(divisions) * 2 >= sum(b.role == "heading" for b in blocks)
    top = min(divisions, default=1)
    unmarked = plain_headings(list(blocks)) if styled else []
    plain = {at for at in unmarked if not _OF_AN_ARTICLE.match(blocks[at].text)}
    result: list[Block] = []
    last = top  # level of the heading around this block
    holder: int | None = None  # level of the appendix or explanation around it
    explained: int | None = None  # level of the part around it that goes through the articles
    first: int | None = None  # level that the first chapter or article in that part had
    for at, block in enumerate(blocks):
        label = parse_label(block.text)
        heading = block.role == "heading"
        level = block.level if heading else None
        if heading and label.division == "bijlage":
            holder, explained = level, None
        elif regulation and block.role in ("text", "heading") and _EXPLANATION.match(block.text):
            holder = level if level and styled else (holder + 1 if holder else top)
            explained, first = holder, None
            block = replace(block, role="heading", level=holder)
        elif (
            regulation
            and block.role in ("text", "heading")
            and _is_part(block, within=explained is not None and first is None)
        ):
            above = holder or top - 1
            if _ARTICLES.match(block.text):
                explained, first = above + 1, top
            block = replace(block, role="heading", level=above + 1)
        elif level and explained is not None and label.rank and (first is not None or level >= explained):
            first = first or level
            block = replace(block, level=explained + 1 + max(level - first, 0))
        elif regulation and heading and _SIGNED.match(block.text):
            block = replace(block, level=top)
        elif level and holder is not None and level <= holder:
            holder = explained = None
        elif not heading and holder is not None and at in plain:
            result.append(replace(block, role="heading", level=last + 1))  # its like stand beside it, not below
            continue
        last = (block.level if block.role == "heading" else None) or last
        result.append(block)
    return tuple(result)


def _is_part(block: Block, *, within: bool) -> bool:
    """Whether a line opens the general part of an explanation, or the one that goes through the articles."""
    return bool(_PART.match(block.text) or (within and _PART_WITHIN.match(block.text)))
