"""Captions, told from text and from headings: of tables and pictures by their words, of photos by their place.

A short line between two page breaks that shares no word with what follows is the caption of a photo.
"""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil

from ingest.blocks import Block

CAPTION = re.compile(
    r"^(?:tabel|figuur|afbeelding|grafiek|diagram)\s+\d{1,3}(?:[.-]\d{1,2})?[a-z]?(?:[:.]?\s+|\s*[–-]\s+|:?$)", re.I
)
"""What a caption of a table or a picture begins with."""
_LONGEST_CAPTION = 150  # characters


def told_apart(block: Block) -> Block:
    """A caption of a table or a picture as such, where it stood as text; a sentence about it ends like one."""
    text = block.text
    stated = re.match(r"\w+\s+[\d.-]+[a-z]?\s*[:.–-]", text) or not text.endswith(".")
    is_caption = block.role == "text" and CAPTION.match(text) and stated and len(text) <= _LONGEST_CAPTION
    return replace(block, role="caption") if is_caption else block


def photo_captions(blocks: list[Block], plain: list[int]) -> set[int]:
    """Those of some title-like lines that are photo captions: after a page break, and about nothing that follows.

    Only where page breaks are the exception: in a document that leaves space above every heading they say nothing.
    """
    apart = [at for at in plain if blocks[at].gap >= 2]
    if len(apart) * 3 > len(plain) + 1:
        return set()
    return {at for at in apart if not _shares_words(blocks, at)}


def _shares_words(blocks: list[Block], at: int) -> bool:
    """Whether a word of the line (names aside) comes back, perhaps inflected, in the three blocks below it."""
    names = re.findall(r"\b[A-Z][^\W\d_]{3,}", blocks[at].text)[1:]
    words = [w.lower() for w in re.findall(r"[^\W\d_]{4,}", blocks[at].text) if w not in names]
    text = " ".join(b.text for b in blocks[at + 1 : at + 4])
    below = {w.lower() for w in re.findall(r"[^\W\d_]{4,}", text)}
    return any(_alike(word, other) for word in words for other in below)


def _alike(a: str, b: str) -> bool:
    shared = ceil(0.7 * max(len(a), len(b)))
    return a[:shared] == b[:shared]
