"""What a quote cannot be read without: the rest of its item, the line above its list, what it leans on, its exception.

Whatever chose the excerpts of a section, these rules hold for all of them before they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import takewhile

from assistant.exceptions import exceptions_after
from assistant.leaning import leans
from assistant.lists import lead_above, list_after
from assistant.marks import mark_of
from assistant.quotable import MAX_LIST, Excerpt, Sentence, is_row, is_signature, sentences_in
from assistant.rows import column_heads
from ingest.document import Document

_WHOLE_LINE = 900  # characters of an item that is quoted to its end
_CHAIN = 4  # sentences that lean on one another and are quoted back to the one that stands by itself
_LISTED = 8  # items of a list that is quoted with what leans on its last one
_NESTED = 3  # lists within one another, with the lead of each
_CAPTION = re.compile(r"(?:tabel|table|staatje|overzicht)\b[^\n|]{0,150}[^\n|.]", re.I)
_TERMS = re.compile(r"\b(?:verstaan|begrippen|begripsbepalingen|definities)\b", re.I)


def with_company(document: Document, section: int, excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Excerpts of one section with all that they cannot be read without, in reading order, none within another."""
    own = document.sections[section]
    sentences = sentences_in(document, own.text_start, own.body_end)
    at = {sentence.start: place for place, sentence in enumerate(sentences)}
    found = [_to_its_end(document, e) for e in excerpts]
    starts = {excerpt.start for excerpt in found}
    for start in starts & at.keys():
        needed = _needed(document, section, sentences, at[start])
        needed += _rest_of_list(document, section, sentences[at[start]], needed, starts)
        needed += exceptions_after(document, section, sentences, at[start])
        found.extend(Excerpt(document.id, section, s.start, s.end, s.item) for s in needed)
    return _without_captions(document, sentences, apart(found))


def _without_captions(document: Document, sentences: Sequence[Sentence], excerpts: list[Excerpt]) -> list[Excerpt]:
    """The excerpts without captions of tables of which no row is quoted; where nothing else is, with their rows."""
    quoted = {excerpt.start for excerpt in excerpts}
    tables: dict[int, list[Sentence]] = {}
    for place, caption in enumerate(sentences):
        if caption.start in quoted and _CAPTION.fullmatch(document.text, caption.start, caption.end):
            rows = list(takewhile(lambda s: is_row(document.text[s.start : s.end]), sentences[place + 1 :]))
            if rows and not any(row.start in quoted for row in rows):
                tables[caption.start] = rows[:MAX_LIST]
    if kept := [excerpt for excerpt in excerpts if excerpt.start not in tables]:
        return kept
    rows = [row for table in tables.values() for row in table]
    return apart(
        [*excerpts, *(Excerpt(e.document_id, e.section, r.start, r.end, True) for e in excerpts[:1] for r in rows)]
    )


def apart(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Excerpts of a section in reading order, none within another: an item comes once, and whole."""
    kept: list[Excerpt] = []
    for excerpt in sorted(excerpts, key=lambda e: (e.start, -e.end)):
        if not kept or excerpt.start >= kept[-1].end:
            kept.append(excerpt)
    return kept


def _to_its_end(document: Document, excerpt: Excerpt) -> Excerpt:
    """An excerpt that is an item, or a sentence of one, as the whole item; other excerpts as they are."""
    text = document.text
    line = text.rfind("\n", 0, excerpt.start) + 1
    stop = text.find("\n", excerpt.end)
    stop = len(text) if stop < 0 else stop
    first = next(iter(sentences_in(document, line, stop)), None)
    if first is None or not first.item or stop - first.start > _WHOLE_LINE:
        return excerpt
    mark = mark_of(document, first)
    if mark.kind in ("", "row") or not first.start <= excerpt.start:
        return excerpt
    end = first.start + len(text[first.start : stop].rstrip())
    return replace(excerpt, start=first.start, end=max(end, excerpt.end), item=True)


def _needed(document: Document, section: int, sentences: Sequence[Sentence], place: int) -> list[Sentence]:
    """What one of the sentences of a section cannot be read without."""
    if is_signature(document.text[sentences[place].start : sentences[place].end]):
        return [s for s in sentences if is_signature(document.text[s.start : s.end])]
    if is_row(document.text[sentences[place].start : sentences[place].end]):
        return column_heads(document, sentences, place)
    if sentences[place].item:
        return leads_of(document, sentences, place)
    needed: list[Sentence] = []
    for at in range(place, max(place - _CHAIN, 0), -1):
        if not leans(document, sentences[at]):
            break
        above = sentences[at - 1]
        begins_line = "\n" in document.text[above.end : sentences[at].start]
        if above.item and begins_line:
            return [*needed, *_list_of(document, section, sentences, at - 1)]
        needed.append(above)
    return needed


def _rest_of_list(
    document: Document, section: int, item: Sentence, leads: Sequence[Sentence], quoted: Set[int]
) -> list[Sentence]:
    """The list of an item, where most of it is quoted: half a list misleads."""
    if not (item.item and leads):
        return []
    items = list_after(document, section, leads[0].end)
    most = sum(one.start in quoted for one in items) * 2 > len(items)
    return items if most else []


def leads_of(document: Document, sentences: Sequence[Sentence], place: int) -> list[Sentence]:
    """The lines that introduce the list of an item, and the lists that this list lies in, the nearest first.

    What introduces a list of terms is none of them.
    """
    leads: list[Sentence] = []
    item = sentences[place]
    while len(leads) < _NESTED:
        lead = lead_above(document, sentences[:place], item)
        if lead is None or lists_terms(document, lead):
            break
        leads.append(lead)
        place, item = sentences.index(lead), lead
    return leads


def lists_terms(document: Document, lead: Sentence) -> bool:
    """Whether a line introduces a list of terms, whose entries can be read by themselves."""
    return bool(_TERMS.search(document.text, lead.start, lead.end))


def _list_of(document: Document, section: int, sentences: Sequence[Sentence], last: int) -> list[Sentence]:
    """The list that an item ends, with its lead: "dan mag …" below "Als er signalen zijn van: …" leans on all of it."""
    leads = leads_of(document, sentences, last)
    if not leads:
        return [sentences[last]]
    items = [s for s in list_after(document, section, leads[0].end) if s.start <= sentences[last].start]
    return [*leads, *items] if len(items) <= _LISTED else leads
