"""Tables of contents that were typed, told from the headings that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.numbering import parse_label

_ANNOUNCED = re.compile(r"^(?:inhoud(?:sopgave)?|table of contents|contents)[:.]?$", re.I)
_FEW = 3  # lines that make a table of contents
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
        if end - at >= _FEW and (page or announced or deep):
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


def mark_typed_contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a styled document with the lines marked that its author typed as a table of contents.

    They are at least three in a row whose pages never go back, below a line that says "Inhoud", or nearly all of them
    headings of the document. What stands below a heading "Inhoud" is known by that.
    """
    result = list(blocks)
    headings = {_bare(block.text) for block in blocks if block.role == "heading"}
    at, under = 0, False  # whether the heading above is that of a table of contents
    while at < len(result):
        if result[at].role == "heading":
            under = bool(_ANNOUNCED.match(result[at].text))
        end = at if under else _end_of_run(result, at, headings)
        named = sum(_bare(_without_page(block.text)) in headings for block in result[at:end])
        above = result[at - 1] if at else None
        announced = above is not None and above.role == "text" and bool(_ANNOUNCED.match(above.text))
        if end - at >= _FEW and (announced or named * 4 >= 3 * (end - at)):
            for i in range(at - announced, end):
                result[i] = replace(result[i], role="caption", term="contents")
        at = max(end, at + 1)
    return result


def _end_of_run(blocks: Sequence[Block], at: int, headings: set[str]) -> int:
    """Where the lines end that begin at `at` and have a page that never goes back, or are a heading without one."""
    page = 0
    for end in range(at, len(blocks)):
        found = _contents_page(blocks[end]) if blocks[end].term != "contents" else None
        if found is None and end > at and blocks[end].role in ("text", "item") and _bare(blocks[end].text) in headings:
            found = page
        if found is None or found < page:
            return end
        page = found
    return len(blocks)


def _without_page(text: str) -> str:
    return re.sub(r"[ .…|]+\d{1,3}$", "", text)


def _bare(text: str) -> str:
    """A title as it is compared: letters and digits only."""
    return re.sub(r"[\W_]+", "", text).lower()
