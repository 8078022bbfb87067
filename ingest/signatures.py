"""The lines with which a document is signed: a section of their own, not the end of its last chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import Block
from ingest.dates import DAY
from ingest.names import is_name, is_office, is_signer
from ingest.numbering import parse_label

SIGNED = re.compile(r"^(?:aldus (?:vastgesteld|besloten|ondertekend)|ondertekening$)", re.I)
"""The heading, or the first words, of what signs a document."""
_ADOPTED = re.compile(r"^aldus (?:vastgesteld|besloten|ondertekend|gewijzigd)\b", re.I)
_PLACE_AND_DAY = re.compile(rf"^(?:[^\W\d_][\w'’ -]{{1,40}}, )?(?:d\.d\. ?|op |den )?{DAY}[.,]?$")
_BODY = re.compile(
    r"^(?:namens )?(?:(?:het college van )?burgemeester en wethouders|de (?:(?:gemeente)?raad|gemeente)|het college)"
    r"(?: voornoemd| (?:van|der) [^.;:]{2,60}| [A-Z][^.;:]{1,40})?,?$",
    re.I,
)
_AFTER = re.compile(
    r"bijlagen?\b|appendix|(?:nota van |memorie van )?toelichting|(?:algemene|artikel(?:s|en)?gewijze) toelichting|"
    r"algemeen$|artikelsgewijs|(?:ontwerp|concept)?[- ]?(?:raads)?besluit\b|(?:voet|eind)?noo?t(?:en)?$",
    re.I,
)
"""Headings of what may come after the signatures of the main text."""
_LONG = 250  # characters of the line that says when it was adopted


def mark_signatures(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with a heading that is not written before the signatures at the end of the text or of a decision.

    They are there for certain where two persons sign, or one below the words of adoption or the name of who decides,
    and nothing but signatures follows up to the next part; those below a heading of their own are left alone.
    """
    heads = [i for i, b in enumerate(blocks) if b.role == "heading" and b.level is not None]
    if not heads:
        return tuple(blocks)
    after = _come_after([blocks[i] for i in heads])
    top = min((blocks[i].level or 1 for i in heads[1:]), default=1)
    opened: dict[int, Block] = {}
    for at, end, is_after in reversed(list(zip(heads, [*heads[1:], len(blocks)], after, strict=True))):
        first = _first_line(blocks, at + 1, end)
        if first is not None and first > at + 1 and not SIGNED.match(parse_label(blocks[at].text).title):
            level = (blocks[at].level or 1) + 1 if _DECISION.match(blocks[at].text) else top
            page = blocks[first].page
            opened[first] = Block("Ondertekening", role="heading", level=level, page=page, term="signature")
        if not is_after:
            break  # here the main text ends
    return tuple(b for i, block in enumerate(blocks) for b in ((opened[i], block) if i in opened else (block,)))


def _come_after(headings: Sequence[Block]) -> list[bool]:
    """Whether each heading opens a part that comes after the main text, or lies in one."""
    found: list[bool] = []
    around: list[tuple[int, bool]] = []
    for block in headings:
        label, level = parse_label(block.text), block.level or 1
        around = [(above, is_after) for above, is_after in around if above < level]
        own = label.division == "bijlage" or bool(_AFTER.match(label.title))
        around.append((level, own or any(is_after for _, is_after in around)))
        found.append(around[-1][1])
    return found


_DECISION = re.compile(r"(?:ontwerp|concept)?[- ]?(?:raads)?besluit\b", re.I)


def _first_line(blocks: Sequence[Block], start: int, end: int) -> int | None:
    """Where the signatures begin that end a part; None where it ends in anything else."""
    at = end
    while at > start and _signs(blocks, at - 1):
        at -= 1
    lines = [line for block in blocks[at:end] for line in _lines(block)]
    offices = sum(map(is_office, lines))
    if at < end and is_name(blocks[at].text) and sum(map(is_name, lines)) > offices:
        at += 1  # a short line above the first office, with the names below theirs
    signers = sum(map(is_signer, lines)) + offices
    opened = any(_ADOPTED.match(line) or _BODY.match(line) for line in lines)
    return at if signers > 1 or (signers and opened) else None


def _signs(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a line of signatures: who, in what office, when, or a note at the foot of the page."""
    block = blocks[at]
    if block.role not in ("text", "row", "caption", "footnote") or block.term == "contents":
        return False
    return block.role == "footnote" or all(
        is_office(line)
        or is_signer(line)
        or _PLACE_AND_DAY.match(line)
        or _BODY.match(line)
        or (_ADOPTED.match(line) and len(line) <= _LONG)
        or (is_name(line) and _is_beside_office(blocks, at))
        for line in _lines(block)
    )


def _is_beside_office(blocks: Sequence[Block], at: int) -> bool:
    beside = [line for block in (*blocks[max(at - 1, 0) : at], *blocks[at + 1 : at + 2]) for line in _lines(block)]
    return any(is_office(line) for line in beside)


def _lines(block: Block) -> list[str]:
    return block.text.split(" | ")
