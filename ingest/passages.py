"""Cuts a document into passages: whole sentences, items and rows of one section, never more than 400 tokens.

Small units are gathered up to a target size, for a passage needs some company to be understood, but a table row
that is a text of its own and a glossary entry stay alone: they are asked for by their own name. A list stays with
the line that introduces it; where it has to be cut, that line is repeated as the lead of the later parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.document import NOT_POLICY, Footnote, Passage
from ingest.outline import Outline, Placed
from ingest.sentences import sentence_spans
from ingest.tokens import count_tokens

MAX_TOKENS = 400
TARGET_TOKENS = 220
_FAR = 20_000  # characters; counting the tokens of more than this to find a cut would only cost time
MAX_LEAD = 80  # tokens; a lead says what a passage is about and must leave room for what it says
_HEAD = re.compile(r"[^\W\d_][^\d.,:;!?|()\n]{2,60}")
"""A line that states nothing: a heading that nobody marked, or the caption of a photo."""
_OWN_ROW = 80  # characters; a table row of this length can be an answer by itself


@dataclass(frozen=True, slots=True)
class _Unit:
    """A span that must not be cut unless it is too long; `lead` introduces it, `alone` keeps it from company."""

    start: int
    end: int
    lead: str = ""
    alone: bool = False
    glued: bool = False  # belongs to the unit before it as long as there is room


def cut_passages(document_id: str, outline: Outline, footnotes: Sequence[Footnote] = ()) -> tuple[Passage, ...]:
    """All passages of a document in reading order; sections that are not policy text have none.

    A footnote is a passage of its own, led by the sentence that refers to it: without that it speaks of nothing.
    """
    passages: list[Passage] = []
    leads = {n.start: outline.text[slice(*n.referred)] for n in footnotes if n.referred}
    for index, run in groupby(outline.placed, key=lambda p: p.section):
        if outline.sections[index].kind in NOT_POLICY:
            continue
        placed = [p for p in run if p.end > p.start]
        units = list(_split_long(_with_heads(_units(placed, leads), outline.text), outline.text))
        only_heading = len(placed) == 1 and placed[0].block.role == "heading"
        passages.extend(
            Passage(document_id, index, group.start, group.end, _short(group.lead), only_heading)
            for group in _packed(units, outline.text)
        )
    return tuple(passages)


def _units(placed: list[Placed], leads: Mapping[int, str]) -> Iterator[_Unit]:
    """Blocks joined with what they cannot be read without: an item with its lead-in, a row with its header."""
    lead, header, introduced_by = "", "", ""
    for at, item in enumerate(placed):
        role = item.block.role
        before = placed[at - 1].block if at else None
        if role == "row":
            header = item.block.text if item.block.header else header
            own = item.block.term is not None and item.end - item.start >= _OWN_ROW
            yield _Unit(item.start, item.end, lead="" if item.block.header else header, alone=own)
            continue
        header = ""
        if role == "footnote":
            referred = item.start in leads
            yield _Unit(item.start, item.end, leads.get(item.start, ""), alone=referred, glued=not referred)
            continue
        if role == "item":
            if before is not None and before.text.endswith(":"):
                lead, introduced_by = before.text, _marker(before.text)
            elif before is not None and (before.role == "text" or introduced_by == _marker(item.block.text) != ""):
                lead = ""
            entry = item.block.term is not None
            yield _Unit(item.start, item.end, lead=lead, alone=entry, glued=bool(before) and not entry)
            continue
        under_item = role == "text" and before is not None and before.role == "item" and _is_head(before.text)
        lead = lead if under_item else ""
        entry = item.block.term is not None and role == "text"
        after_heading = before is not None and before.role == "heading"
        yield _Unit(item.start, item.end, lead=lead, alone=entry, glued=under_item or after_heading)


def _with_heads(units: Iterable[_Unit], text: str) -> Iterator[_Unit]:
    """Joins a line of a few words, a heading that nobody marked, with what stands below it."""
    head: _Unit | None = None
    for unit in units:
        if head and unit.alone:
            yield head
        elif head:
            unit = replace(unit, start=head.start, glued=False)
        head = unit if _HEAD.fullmatch(text, unit.start, unit.end) and not unit.alone else None
        if head is None:
            yield unit
    if head:
        yield head


def _marker(text: str) -> str:
    """The way in which an item is marked: number, letter or bullet; "" for a line that is no item."""
    found = re.match(r"(?:(?P<number>\d{1,3}[a-z]?)|(?P<letter>[a-z]{1,2}))[.)°]|(?P<bullet>[^\w\s])", text)
    return (found.lastgroup or "") if found else ""


def _short(lead: str) -> str:
    """A lead that leaves room for the passage: of a long one the last sentence, which introduces; else nothing."""
    if count_tokens(lead) <= MAX_LEAD:
        return lead
    start, end = sentence_spans(lead)[-1]
    return lead[start:end] if count_tokens(lead[start:end]) <= MAX_LEAD else ""


def _is_head(text: str) -> bool:
    """Whether a list item is the head of the paragraph below it rather than a sentence of its own."""
    return len(text) < 110


def _split_long(units: Iterable[_Unit], text: str) -> Iterator[_Unit]:
    """Cuts a unit that is too long at sentence ends, and a sentence that is still too long at spaces."""
    for unit in units:
        if count_tokens(text[unit.start : unit.end]) <= MAX_TOKENS:
            yield unit
            continue
        for start, end in sentence_spans(text, unit.start, unit.end):
            yield from (replace(unit, start=a, end=b) for a, b in _cut_at_spaces(text, start, end))


def _cut_at_spaces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _FAR or count_tokens(text[start:end]) > MAX_TOKENS:
        size = max(min(end - start, _FAR) // 2, 1)
        while count_tokens(text[start : start + size]) > MAX_TOKENS:
            size = max(size // 2, 1)
        space = text.rfind(" ", start + 1, start + size)
        cut = space if space > start else start + size
        yield start, cut
        start = cut + (1 if text[cut : cut + 1] == " " else 0)
    if end > start:
        yield start, end


def _packed(units: list[_Unit], text: str) -> Iterator[_Unit]:
    """Gathers neighbouring units into passages of about the target size."""
    held: _Unit | None = None
    for unit in units:
        if held and not (unit.alone or held.alone) and _fits(held, unit, text):
            held = replace(held, end=unit.end)
            continue
        if held:
            yield held
        held = unit
    if held:
        yield held


def _fits(held: _Unit, unit: _Unit, text: str) -> bool:
    together = count_tokens(text[held.start : unit.end])
    return together <= (MAX_TOKENS if unit.glued else TARGET_TOKENS)
