"""Extractive answers: the sentences, items and rows of the passages found that say what was asked.

Nothing is rephrased. A sentence is worth what it shares with the question, weighted by how much each word tells; a
list is taken whole with the line that introduces it; a sentence that leans on the one before it brings it along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from assistant.company import leads_of, lists_terms, with_company
from assistant.contents import headings_below
from assistant.expected import Expected, expected_of
from assistant.kinds import asked_kinds
from assistant.lists import introduces, lead_above, list_after, mark_of
from assistant.query import Query
from assistant.quotable import (
    MAX_LIST,
    Excerpt,
    Sentence,
    Weigh,
    announced,
    explains_before,
    heads_table,
    is_row,
    leans,
    sentences_in,
    sentences_of,
    states_figure,
)
from assistant.terms import Asked, terms_of
from ingest.blocks import BULLETS
from ingest.document import Document, Passage
from vectorstore.generation import Generation
from vectorstore.lexical import stems
from vectorstore.search import Hit
from vectorstore.windows import window_spans

MAX_CLAIMS = 8  # of an answer that holds no list, from which on nothing more is begun
_LIST_BESIDE = 16  # the same of one with a list
_WORTH = 0.4  # the share of the worth of the best sentence that another of its passage needs
_ROW = 0.75  # the same where the best is a table row or a figure with its label: the others are about other things
_FIRST_CELL = 1.5  # what a row gains whose first cell names what is asked for
_DEFINING = 1.6  # what a sentence gains that says what the term is whose meaning is asked
_NEAR = 2.5  # a hit this far below the best, in standard deviations, still speaks to the question
_ELSEWHERE = 1.25  # the same for a hit in another document, unless several documents are asked about
_OF_KIND = 1.6  # what a sentence gains that holds the amount, date, contact or person asked
_CLOSE = 1.0  # this near the best hit a passage may answer an English question without sharing a word with it
_LEANT_ON = 2  # sentences, the best ones, of which what leans on them is shown too
_SHORT_LIST = 5  # items of a list that is shown whole, though only one of them is about the question
_ANSWERING = 2  # sentences after one that asks, or that stands alone
_BESIDE = 2  # sentences from the best one within which the amount or date that was asked is taken along
_GAP = 300  # characters of a sentence between two that are quoted, which is quoted with them
_AT_LEAST = 3  # sentences of the best passage, where it has them
_SENTENCES = (4, 3, 2, 1)  # at most so many from the first passage, the second, …
_OF_MANY = {1: _SENTENCES, 2: _SENTENCES, 3: (3, 2)}  # the same where so many municipalities or documents answer
_OF_MORE = (3,)

_AGAINST = 1.5  # what a sentence gains that says "tegen" where the question does

_SIDE = re.compile(r"\b(?:tegen|against)\b", re.I)
_BOTH = re.compile(r"\b(?:voor|for|in favour)(?: en| of| and| or|,) (?:tegen|against)\b", re.I)
"""Which side of a vote is asked for: a word that the other list beside it lacks, though it tells no topics apart."""
_DEFINES = re.compile(
    r"(?P<term>(?:[\w’'-]+ ){1,5}?)(?:is|zijn|betekent|omvat|houdt in|gaat (?:om|over)|verwijst naar|staat voor)\b",
    re.I,
)
"""A sentence that begins with a term and says what it is."""


def choose(generation: Generation, query: Query, hits: Sequence[Hit], among: int = 1) -> list[Excerpt]:
    """The excerpts that answer a query, most important section first, in reading order within a section.

    `among` says for how many municipalities or documents that is done: of many, each gets less room.
    """
    sizes = _OF_MANY.get(among, _OF_MORE)
    near = [h for h in hits if _says_something(generation, h)]
    near = [h for h in near if h.score >= near[0].score - _reach(generation, query, near[0], h)]
    near = _without_preambles(generation, near)[: len(sizes)]
    asked = Asked(terms_of(query), query.language, generation.lexical)
    expected = expected_of(query.topic, asked.terms, query.scope.municipalities)
    chosen: dict[tuple[str, int], list[Excerpt]] = {}
    for hit, share in zip(near, sizes, strict=False):
        passage = generation.passages[hit.passage]
        document = generation.document_of(hit.passage)
        weigh = _weigher(asked, query, expected, generation.heading_stems(hit.passage))
        taken = _from_passage(document, passage, weigh, share, _nearest(document, passage, hit), expected)
        far = query.language == "nl" or hit.score < near[0].score - _CLOSE
        shares = any(s.worth for s in taken) or weigh(document.sections[passage.section].label)
        if chosen and far and not shares:
            continue
        already = sum(map(len, chosen.values()))
        quoted = {excerpt.start for excerpt in chosen.get((document.id, passage.section), ())}
        taken = [s for s in taken if s.start not in quoted]
        is_list = sum(s.item for s in taken) > 2
        if chosen and (already + len(taken) > _LIST_BESIDE if is_list else already >= MAX_CLAIMS):
            continue  # what is begun is quoted whole: half a list, or a sentence without the one it leads to, misleads
        section = chosen.setdefault((document.id, passage.section), [])
        section.extend(Excerpt(document.id, passage.section, s.start, s.end, s.item) for s in taken)
    sections = [
        with_company(generation.documents[name], section, excerpts)
        for (name, section), excerpts in chosen.items()
        if excerpts
    ]
    if not expected.kinds:
        sections = [_gaps_filled(generation, section) for section in sections]
    excerpts = [excerpt for section in sections for excerpt in _with_headings(generation, section)]
    precise = bool(expected.kinds) and any(expected.held_in(_text_of(generation, e)) for e in excerpts)
    return excerpts if len(excerpts) != 1 or precise else _gone_on(generation, excerpts[0])


def _says_something(generation: Generation, hit: Hit) -> bool:
    """Whether a passage has sentences of its own below its heading."""
    passage = generation.passages[hit.passage]
    document = generation.document_of(hit.passage)
    return not passage.heading_only and bool(sentences_of(document, passage, lambda _: 0.0))


def _without_preambles(generation: Generation, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without the title and the decision above a document, where its text is among them."""
    kinds = [
        generation.document_of(hit.passage).sections[generation.passages[hit.passage].section].kind for hit in hits
    ]
    names = [generation.passages[hit.passage].document_id for hit in hits]
    spoken = {name for name, kind in zip(names, kinds, strict=True) if kind != "preamble"}
    return [h for h, n, kind in zip(hits, names, kinds, strict=True) if kind != "preamble" or n not in spoken]


def _gaps_filled(generation: Generation, excerpts: list[Excerpt]) -> list[Excerpt]:
    """Excerpts of a section with the sentence between two of them, where it is only one: a text is read on."""
    filled = excerpts[:1]
    for before, after in pairwise(excerpts):
        document = generation.documents[after.document_id]
        between = sentences_in(document, before.end, after.start)
        sentences = not (before.item or after.item) and "\n" not in document.text[before.end : after.start]
        if sentences and len(between) == 1 and between[0].end - between[0].start <= _GAP:
            filled.append(Excerpt(document.id, after.section, between[0].start, between[0].end, False))
        filled.append(after)
    return filled


def _gone_on(generation: Generation, only: Excerpt) -> list[Excerpt]:
    """A single sentence with those that follow it in its paragraph: to name a thing is not to say what it is.

    Below an item that is only a head ("4. Gelijke kansen") that is the paragraph after it.
    """
    document = generation.documents[only.document_id]
    end = document.sections[only.section].body_end
    begin = only.end + len(document.text[only.end : end]) - len(document.text[only.end : end].lstrip("\n"))
    paragraph = document.text.find("\n\n", begin if only.item else only.end, end)
    following = sentences_in(document, only.end, end if paragraph < 0 else paragraph)
    kept = [only]
    for sentence in following[:_ANSWERING]:
        if sentence.item:
            break
        kept.append(Excerpt(only.document_id, only.section, sentence.start, sentence.end, False))
    return kept


def _with_headings(generation: Generation, excerpts: list[Excerpt]) -> list[Excerpt]:
    """Excerpts of a section with the headings below it, where its text ends by announcing them: "vier velden:"."""
    last = excerpts[-1]
    document = generation.documents[last.document_id]
    ends = not document.text[last.end : document.sections[last.section].body_end].strip()
    announces = ends and document.text[last.end - 1] == ":"
    return excerpts + headings_below(document, last.section) if announces else excerpts


def _text_of(generation: Generation, excerpt: Excerpt) -> str:
    return generation.documents[excerpt.document_id].text[excerpt.start : excerpt.end]


def _nearest(document: Document, passage: Passage, hit: Hit) -> tuple[int, int]:
    """Where in a passage the sentences stand that are nearest to the question; all of one without windows.

    Also all of one whose text has fewer windows than its index: `evals.growth` varies texts, and keeps their windows.
    """
    spans = window_spans(document, passage)
    return spans[hit.nearest_window] if 0 <= hit.nearest_window < len(spans) else (passage.start, passage.end)


def _from_passage(
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
    items = [s for s in sentences if s.item and mark_of(document, s).kind not in ("", "row", "entry")]
    introduced = weigh(f"{document.sections[passage.section].label} {passage.lead}")
    first = max(sentences.index(items[0]) - 1, 0) if items else 0
    has_lead = bool(passage.lead) or document.text[sentences[first].end - 1] == ":"
    best = sorted(sentences, key=lambda s: (-s.worth, s.start))
    listed = best[0].start >= sentences[first].start or best[0].worth <= introduced
    if introduced and listed and has_lead and len(items) >= 2 and len(items) * 2 >= len(sentences):
        if asked := _asked_lists(document, passage, items, weigh):
            return asked
        whole = _whole_list(document, passage, sentences[first])  # it is the list asked for
        holds_best = any(one.start <= best[0].start < one.end for one in whole)
        return whole if len(whole) > len(items) and holds_best else sentences[first : first + 1 + MAX_LIST]
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
        picked.extend([s for s in after if s not in picked and not s.item][: _AT_LEAST - len(picked)])
    if best[0].worth and len(picked) <= share:  # what leans on it goes on about it
        after = [s for one in picked[:_LEANT_ON] for s in _leaning_after(document, sentences, one)]
        picked.extend(s for s in after[:_ANSWERING] if s not in picked)
    if best[0].worth and (of_kind := _of_kind_beside(document, sentences, picked, best[0], expected)):
        picked.insert(1, of_kind)
    return _with_company(document, passage.section, sentences, picked or sentences[:1], share, weigh)


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
    after = sentences[sentences.index(one) + 1 :][:_ANSWERING]
    return list(takewhile(lambda s: not s.item and leans(document, s), after))


def _of_kind_beside(
    document: Document, sentences: list[Sentence], picked: list[Sentence], best: Sentence, expected: Expected
) -> Sentence | None:
    """The sentence beside the best one that holds the amount or date asked, where none of those picked does.

    "Mantelzorgers krijgen een waardering. De aanvraag moet vóór 1 november binnen zijn." answers until when.
    """

    def holds(sentence: Sentence) -> bool:
        return expected.held_in(document.text[sentence.start : sentence.end])

    if not expected.kinds:
        return None
    at = sentences.index(best)
    beside = [s for s in sentences[max(at - _BESIDE, 0) : at + _BESIDE + 1] if holds(s)]
    return None if not beside or any(map(holds, picked)) else min(beside, key=lambda s: abs(sentences.index(s) - at))


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
        needed = _leant_on(document, section, sentences, sentence)
        if document.text[sentence.end - 1] == "?":  # a question in the text is answered by what follows it
            needed.extend(sentences[sentences.index(sentence) + 1 :][:_ANSWERING])
        listed = _listed(document, section, sentences, sentence, picked, weigh)
        in_lists.update(one.start for one in listed[2:])  # a list is no reason to leave out a better sentence
        for one in (*needed, *listed):
            kept[one.start] = max(one, kept.get(one.start, one), key=lambda s: s.end)
        said = len(kept.keys() - in_lists)
    return [kept[start] for start in sorted(kept)]


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
    if heads_table(document, sentence) and _names_row(document, sentences, weigh):
        return []  # it is another row that is asked for
    if introduces(document, section, sentence):
        below = sentences_in(document, sentence.end, document.sections[section].body_end)[:1]
        if below and document.text[below[0].end - 1] == ":":
            below += list_after(document, section, below[0].end)
        listed = list_after(document, section, sentence.end) or below
        return [*listed, *_list_beside(document, section, sentence, listed, weigh)]
    if after and explains_before(document, after[0]):
        return after
    above = sentences_in(document, document.sections[section].text_start, sentence.start, weigh)
    lead = lead_above(document, above, sentence) if sentence.item else None
    if lead is None or lists_terms(document, lead):
        return []
    items = list_after(document, section, lead.end)
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


def _names_row(document: Document, sentences: list[Sentence], weigh: Weigh) -> bool:
    """Whether a question names a row of a table, by what stands in its first cell."""
    rows = [s for s in sentences if is_row(document.text[s.start : s.end]) and not heads_table(document, s)]
    return any(weigh(document.text[row.start : row.end].partition(" | ")[0]) for row in rows)


def _sentence_above(document: Document, section: int, sentence: Sentence) -> Sentence | None:
    """The sentence before the first one of a passage, in the passage before it; None at the beginning of a section."""
    before = sentences_in(document, document.sections[section].text_start, sentence.start)
    return before[-1] if before else None


def _weigher(asked: Asked, query: Query, expected: Expected, above: frozenset[str] = frozenset()) -> Weigh:
    """Weighs texts by the question's terms in them, alone or within a compound, and by the kind of answer asked for.

    A text that the question itself quotes ("wat houdt “…” in") tells nothing new.
    """
    kinds = asked_kinds(query.topic)
    listing, defining = "list" in kinds, "definition" in kinds
    said = query.topic if "“" in query.topic else ""
    against = bool(_SIDE.search(query.topic)) and not _BOTH.search(query.topic)

    def weigh(text: str) -> float:
        worth = asked.worth(set(stems(text)), above)
        if said and text.strip(" .;:") in said:
            return 0.0
        if not worth:
            return 0.0
        if is_row(text) and asked.worth(set(stems(text.partition(" | ")[0]))):
            worth *= _FIRST_CELL
        if defining and (match := _DEFINES.match(text)) and asked.worth(set(stems(match["term"]))) >= worth:
            worth *= _DEFINING
        of_kind = bool(expected.kinds) and expected.held_in(text)
        lists = listing and any(asked.worth(set(stems(lead))) >= worth for lead in announced(text))
        worth *= _AGAINST if against and _SIDE.search(text) else 1.0
        return worth * _OF_KIND if of_kind or lists else worth

    return weigh


def _reach(generation: Generation, query: Query, best: Hit, hit: Hit) -> float:
    """How far below the best hit another one may stand: less far in another document than the best one's."""
    same = generation.passages[hit.passage].document_id == generation.passages[best.passage].document_id
    return _NEAR if same or "comparison" in asked_kinds(query.standalone) else _ELSEWHERE
