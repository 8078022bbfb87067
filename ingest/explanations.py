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
_SIGNED = re.compile(r"^ondertekening$", re.I)
_OF_AN_ARTICLE = re.compile(r"^(?:lid|leden|onderdeel|onder|sub|eerste lid|tweede lid|derde lid)\b", re.I)
_ARTICLES = re.compile(r"^artikel(?:s|en)?gewij", re.I)


def nest_explanations(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a styled document with the headings of its appendices and, in a regulation, its explanations."""
    divisions = [b.level for b in blocks if b.role == "heading" and b.level and parse_label(b.text).rank]
    regulation = bool(divisions) and len(divisions) * 2 >= sum(b.role == "heading" for b in blocks)
    top = min(divisions, default=1)
    plain = {at for at in plain_headings(list(blocks)) if not _OF_AN_ARTICLE.match(blocks[at].text)}
    result: list[Block] = []
    last = top  # level of the heading around this block
    holder: int | None = None  # level of the appendix or explanation around it
    articles: int | None = None  # level of the "artikelsgewijze toelichting" around it
    for at, block in enumerate(blocks):
        label = parse_label(block.text)
        heading = block.role == "heading"
        if heading and label.division == "bijlage":
            holder, articles = block.level, None
        elif regulation and block.role in ("text", "heading") and _EXPLANATION.match(block.text):
            level = block.level if heading and block.level else (holder + 1 if holder else top)
            holder, articles = level, None
            block = replace(block, role="heading", level=level)
        elif regulation and block.role in ("text", "heading") and _PART.match(block.text):
            level = (holder or top - 1) + 1
            articles = level if _ARTICLES.match(block.text) else None
            block = replace(block, role="heading", level=level)
        elif heading and articles is not None and block.level is not None and label.rank:
            block = replace(block, level=articles + 1 + block.level - top)
        elif regulation and heading and _SIGNED.match(block.text):
            block = replace(block, level=top)
        elif heading and holder is not None and block.level is not None and block.level <= holder:
            holder = None
        elif not heading and holder is not None and at in plain:
            result.append(replace(block, role="heading", level=last + 1))  # its like stand beside it, not below
            continue
        if block.role == "heading" and block.level is not None:
            last = block.level
        result.append(block)
    return tuple(result)
