"""The table of contents of plain text, told from the headings that it names."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.blocks import Block
from ingest.numbering import parse_label

_CONTENTS_LINE = re.compile(r"^.{2,110}?[ .…|]+(?P<page>\d{1,3})$")


def mark_contents(blocks: list[Block]) -> list[Block]:
    """Marks runs of three or more lines that end in a page number or come back below, and what announces them."""
    last = {b.text.lower(): i for i, b in enumerate(blocks)}
    at = 0
    while at < len(blocks):
        end, page = at, 0
        while end < len(blocks):
            found = _contents_page(blocks[end])
            if found is None and last[blocks[end].text.lower()] > end and parse_label(blocks[end].text).number:
                found = page
            if found is None or found < page:
                break
            end, page = end + 1, found
        announced = at > 0 and bool(re.search(r"\binhoud(?:sopgave)?$", blocks[at - 1].text, re.I))
        deep = any(len(parse_label(b.text).parts) > 1 for b in blocks[at:end])  # not a list that comes back
        if end - at >= 3 and (page or announced or deep):
            for i in range(at - announced, end):
                blocks[i] = replace(blocks[i], role="caption", term="contents")
        at = max(end, at + 1)
    return blocks


def _contents_page(block: Block) -> int | None:
    """The page number that a line of a table of contents ends in; None for any other line."""
    found = _CONTENTS_LINE.match(block.text)
    if found is None or block.role not in ("text", "item", "row"):
        return None
    numbered = parse_label(block.text).number is not None
    short = len(block.text) < 60 and block.role != "row"
    return int(found["page"]) if numbered or short or re.search(r"\.{3,}|…", block.text) else None
