"""The sentences of one passage that are worth showing, with the lists that they introduce and what they lean on."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from assistant.company import leads_of, lists_terms
from assistant.expected import Expected
from assistant.leaning import explains_before, leans
from assistant.lists import introduces, lead_above, list_after
from assistant.marks import mark_of
from assistant.quotable import (
    MAX_LIST,
    Sentence,
    Weigh,
    is_row,
    sentences_in,
    sentences_of,
    states_figure,
)
from assistant.rows import asked_rows, labelled
from ingest.blocks import BULLETS
from ingest.document import Document, Passage

ANSWERING = 2  # sentences after one that asks, or that stands alone
_WORTH = 0.4  # the share of the worth of the best sentence that another of its passage needs
_ROW = 0.75  # the same where the best is a table row or a figure with its label: the others are about other things
_BESIDE_ROWS = 0.4  # the share of the worth of the best row that a sentence beside the table needs
_LEANT_ON = 2  # sentences, the best ones, of which what leans on them is shown too
_SHORT_LIST = 5  # items of a list that is shown whole, though only one of them is about the question
_OWN = 3.0  # times the worth of its heading, from which on an item is what is asked for, and not the list it is in
_DECIDES = re.compile(
    r"\b(?:besluit(?:en)?|besloten|voorgesteld|stelt\b[^\n]*\bvoor|voor te stellen)\b[^\n]*:\s*$", re.I
)
"""What introduces the points of a decision or a proposal."""
_DECIDED_SHARE = 0.6  # of the worth of the best point, what another needs to be shown with it
_RECORD_LINES = 8  # of a record that is quoted whole
_RECORD = re.compile(r"[A-Z][^\W\d_]{2,24}(?: [^\W\d_]{2,24})?: \S[^\n]{1,120}")
"""A line of a record: "Plaats: Buurthuis De Poort."."""
_BESIDE = 2  # sentences from the best one within which the amount or date that was asked is taken along
_AT_LEAST = 3  # sentences of the best passage, where it has them


def from_passage(
    document: Document,
    passage: Passage,
    weigh: Weigh,
    share: int,
    nearest: tuple[int, int],
    expected: Expected,
) -> list[Sentence]:
    """The sentences of one passage that are worth showing, with the lists that they introduce."""
    sentences = sentences_of(document, passage, weigh)
    if not sentences:
        return []
    best = sorted(sentences, key=lambda s: (-s.worth, s.start))
    if rows := asked_rows(document, passage.section, sentences, weigh):
        return rows + _beside_rows(document, sentences, expected)
    introduced = weigh(f"{document.sections[passage.section].label} {passage.lead}")
    if introduced and (asked := _list_of(document, passage, sentences, weigh, introduced)):
        return asked
    figure = states_figure(document.text[best[0].start : best[0].end])
    least = _ROW if figure else _WORTH
    picked = [s for s in best if s.worth >= least * best[0].worth][:share]
    if best[0].worth == 0:  # the question shares no word with the passage: what is nearest to it by meaning
        near = [s for s in sentences if nearest[0] <= s.start < nearest[1]] or sentences
        picked = [s for s in near if not leans(document, s)][: min(2, share)] or near[:1]
    opens = passage.start <= document.sections[passage.section].text_start
    if introduced and opens and sentences[0] not in picked and not leans(document, sentences[0]):
        picked.insert(0, sentences[0])  # the section is about the question: its first sentence says how
    if introduced >= best[0].worth and introduced:  # its heading says it all: the text need not repeat the words
        picked.extend([s for s in sentences if s not in picked][: max(share - len(picked), 0)])
    if len(picked) < _AT_LEAST <= share and not figure:  # what it says next explains it
        after = sentences[sentences.index(best[0]) + 1 :]
        after = [s for s in after if not (s.item or (best[0].item and document.text[s.end - 1] == ":"))]
        picked.extend([s for s in after if s not in picked][: _AT_LEAST - len(picked)])
    if best[0].worth and len(picked) <= share:  # what leans on it goes on about it
        after = [s for one in picked[:_LEANT_ON] for s in _leaning_after(document, sentences, one)]
        picked.extend(s for s in after[:ANSWERING] if s not in picked)
    if best[0].worth and (of_kind := _of_kind_beside(document, sentences, picked, expected)):
        picked.insert(1, of_kind)
    return _with_company(document, passage.section, sentences, picked or sentences[:1], share, weigh)


def _beside_rows(document: Document, sentences: list[Sentence], expected: Expected) -> list[Sentence]:
    """The sentences beside a table that give what is asked too: "Na de onttrekking resteert € 47.000." below it."""
    if not expected.kinds:
        return []
    texts = [s for s in sentences if not is_row(document.text[s.start : s.end])]
    telling = [s for s in texts if s.worth and expected.held_in(document.text[s.start : s.end])]
    most = max((s.worth for s in sentences), default=0.0)
    return [s for s in telling if s.worth >= _BESIDE_ROWS * most][:_BESIDE]


def _list_of(
    document: Document, passage: Passage, sentences: list[Sentence], weigh: Weigh, introduced: float
) -> list[Sentence]:
    """The list that most of a passage is, where it is what is asked for; its heading is worth `introduced` to that."""
    items = [s for s in sentences if s.item and mark_of(document, s).kind not in ("", "row", "entry")]
    first = max(sentences.index(items[0]) - 1, 0) if items else 0
    has_lead = bool(passage.lead) or document.text[sentences[first].end - 1] == ":"
    best = min(sentences, key=lambda s: (-s.worth, s.start))
    listed = best.start >= sentences[first].start or best.worth <= introduced
    opens = bool(items) and items[0] is sentences[0] and passage.start <= document.sections[passage.section].text_start
    if not (listed and (has_lead or opens) and len(items) >= 2 and len(items) * 2 >= len(sentences)):
        return []
    if not has_lead:  # right below its heading, which is its lead, unless one of its items is what is asked for
        below = list(takewhile(lambda s: s.item, sentences[:MAX_LIST]))
        return below if best in below and best.worth < _OWN * introduced else []
    lead = passage.lead or document.text[sentences[first].start : sentences[first].end]
    if asked := _decided(lead, items, weigh) or _asked_lists(document, passage, items, weigh):
        return asked
    whole = _whole_list(document, passage, sentences[first])  # it is the list asked for
    holds_best = any(one.start <= best.start < one.end for one in whole)
    return whole if len(whole) > len(items) and holds_best else sentences[first : first + 1 + MAX_LIST]


def _decided(lead: str, items: list[Sentence], weigh: Weigh) -> list[Sentence]:
    """The points of a decision or a proposal that are about what is asked; none where most are, or the list itself.

    What a council decides is a list of things that have nothing to do with one another; their lead comes with them.
    """
    most = max((item.worth for item in items), default=0.0)
    asked = [item for item in items if item.worth >= _DECIDED_SHARE * most]
    others = not most or len(asked) * 2 > len(items) or weigh(lead)
    return [] if others or not _DECIDES.search(lead) else asked


def _asked_lists(document: Document, passage: Passage, items: list[Sentence], weigh: Weigh) -> list[Sentence]:
    """Of several lists in a passage the one that is asked for, whole, with its lead; none where nothing tells which."""
    section = document.sections[passage.section]
    there = sentences_in(document, section.text_start, max(section.body_end, passage.end), weigh)
    places = {sentence.start: place for place, sentence in enumerate(there)}
    worth: dict[int, float] = {}
    for item in items:
        at = places.get(item.start, 0)
        leads = leads_of(document, there, at)
        where = places[leads[-1].start] if leads else -1
        worth[where] = max(worth.get(where, 0.0), item.worth, *(lead.worth for lead in leads))
    asked = [where for where, said in worth.items() if said >= max(worth.values())]
    if len(asked) == len(worth) or -1 in asked:
        return []
    return [one for at in asked for one in (there[at], *list_after(document, passage.section, there[at].end))]


def _whole_list(document: Document, passage: Passage, first: Sentence) -> list[Sentence]:
    """The line that introduces a list with all of its items, of which a passage may hold only some."""
    lead = first
    if document.text[first.end - 1] != ":":
        at = document.text.rfind(passage.lead, document.sections[passage.section].text_start, passage.start)
        bullet = re.match(rf"[{BULLETS}]\s+", passage.lead)
        lead = Sentence(at + (bullet.end() if bullet else 0), at + len(passage.lead), bool(bullet), first.worth)
    return [lead, *list_after(document, passage.section, lead.end)] if lead.start >= 0 else []


def _leaning_after(document: Document, sentences: list[Sentence], one: Sentence) -> list[Sentence]:
    """The sentences after one that cannot be read without it: "Dit houdt in dat …"."""
    after = sentences[sentences.index(one) + 1 :][:ANSWERING]
    return list(takewhile(lambda s: not s.item and leans(document, s), after))


def _of_kind_beside(
    document: Document, sentences: list[Sentence], picked: list[Sentence], expected: Expected
) -> Sentence | None:
    """The sentence beside the best one that holds the amount or date asked, where none of those picked does.

    "Mantelzorgers krijgen een waardering. De aanvraag moet vóór 1 november binnen zijn." answers until when. Where none
    beside the best one does, those beside the others are looked at.
    """
    if not expected.kinds:
        return None
    holding = [s for s in sentences if expected.held_in(labelled(document, s.start, s.end))]
    if any(one in holding for one in picked):
        return None
    for one in picked:
        at = sentences.index(one)
        if beside := [s for s in holding if abs(sentences.index(s) - at) <= _BESIDE]:
            return min(beside, key=lambda s: abs(sentences.index(s) - at))
    return None


def _with_company(
    document: Document, section: int, sentences: list[Sentence], picked: list[Sentence], share: int, weigh: Weigh
) -> list[Sentence]:
    """Adds what a sentence cannot be read without: the one that it leans on, and the list that it introduces."""
    kept: dict[int, Sentence] = {}  # by where they start: an item may be there as a sentence, and whole
    in_lists: set[int] = set()
    said = 0
    for sentence in picked:
        begins_list, as_near = document.text[sentence.end - 1] == ":", sentence.worth >= picked[0].worth
        if said >= share + 2 and not (begins_list and as_near):
            break  # but of two lists that are as near the second comes along
        if begins_list and in_lists and not as_near:
            continue  # it is the list before that is asked for
        needed = _leant_on(document, section, sentences, sentence) + _record_of(document, sentences, sentence)
        if document.text[sentence.end - 1] == "?":  # a question in the text is answered by what follows it
            needed.extend(sentences[sentences.index(sentence) + 1 :][:ANSWERING])
        listed = _listed(document, section, sentences, sentence, picked, weigh)
        in_lists.update(one.start for one in listed[2:])  # a list is no reason to leave out a better sentence
        for one in (*needed, *listed):
            kept[one.start] = max(one, kept.get(one.start, one), key=lambda s: s.end)
        said = len(kept.keys() - in_lists)
    return [kept[start] for start in sorted(kept)]


def _record_of(document: Document, sentences: list[Sentence], sentence: Sentence) -> list[Sentence]:
    """The lines of a record in which a sentence is one: "Activiteit: bingo." with "Plaats: …" and "Aanvraag: …"."""
    labelled_lines = [s for s in sentences if _RECORD.fullmatch(document.text, s.start, s.end)]
    if sentence not in labelled_lines:
        return []
    at = sentences.index(sentence)
    after = list(takewhile(lambda s: s in labelled_lines, sentences[at:]))
    before = list(takewhile(lambda s: s in labelled_lines, sentences[:at][::-1]))
    record = [*before[::-1], *after]
    return record if 2 < len(record) <= _RECORD_LINES else []


def _leant_on(document: Document, section: int, sentences: list[Sentence], sentence: Sentence) -> list[Sentence]:
    """A sentence after those that it cannot be read without."""
    at = sentences.index(sentence)
    needed = [sentence]
    while leans(document, needed[0]) and len(needed) <= _LEANT_ON:
        above = sentences[at - 1] if at > 0 else _sentence_above(document, section, needed[0])
        if above is None:
            break
        at -= 1
        needed.insert(0, above)
    return needed


def _listed(
    document: Document,
    section: int,
    sentences: list[Sentence],
    sentence: Sentence,
    picked: list[Sentence],
    weigh: Weigh,
) -> list[Sentence]:
    """The list or table that a sentence introduces, or that it is an item of; or else what explains it."""
    after = sentences[sentences.index(sentence) + 1 :][:1]
    if introduces(document, section, sentence):
        below = sentences_in(document, sentence.end, document.sections[section].body_end)[:1]
        if below and document.text[below[0].end - 1] == ":":
            below += list_after(document, section, below[0].end)
        listed = list_after(document, section, sentence.end) or below
        return [*listed, *_list_beside(document, section, sentence, listed, weigh)]
    if after and explains_before(document, after[0]):
        return after
    if not sentence.item:
        return []
    above = sentences_in(document, document.sections[section].text_start, sentence.start, weigh)
    lead = lead_above(document, above, sentence)
    if lead is None or lists_terms(document, lead):
        return []
    items = list_after(document, section, lead.end)
    weighed = [replace(item, worth=weigh(document.text[item.start : item.end])) for item in items]
    if asked := _decided(document.text[lead.start : lead.end], weighed, weigh):
        return [lead, *asked]
    starts = {one.start for one in picked}
    whole = lead.worth > 0 or len(items) <= _SHORT_LIST or sum(item.start in starts for item in items) > 1
    return [lead, *items, *_list_beside(document, section, lead, items, weigh)] if whole else [lead]


def _list_beside(
    document: Document, section: int, lead: Sentence, items: list[Sentence], weigh: Weigh
) -> list[Sentence]:
    """The list below one of lines with labels whose lead says as much: of a vote both sides, "voor" and "tegen"."""
    if not items or mark_of(document, items[-1]).kind != "entry":
        return []
    below = sentences_in(document, items[-1].end, document.sections[section].body_end, weigh)[:1]
    if not below or document.text[below[0].end - 1] != ":" or below[0].worth < lead.worth:
        return []
    return [*below, *list_after(document, section, below[0].end)]


def _sentence_above(document: Document, section: int, sentence: Sentence) -> Sentence | None:
    """The sentence before the first one of a passage, in the passage before it; None at the beginning of a section."""
    before = sentences_in(document, document.sections[section].text_start, sentence.start)
    return before[-1] if before else None
