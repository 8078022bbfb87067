"""Extractive answers: the sentences, items and rows of the passages found that say what was asked.

Nothing is rephrased. A sentence is worth what it shares with the question, weighted by how much each word tells; a
list is taken whole with the line that introduces it; a sentence that leans on the one before it brings it along.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from operator import attrgetter

from assistant.contents import headings_below
from assistant.expected import Expected, expected_of
from assistant.kinds import asked_kinds
from assistant.query import Query
from assistant.quotable import (
    MAX_LIST,
    Excerpt,
    Sentence,
    Weigh,
    announced,
    introduces,
    lead_of,
    leans,
    list_after,
    sentences_in,
    sentences_of,
)
from assistant.terms import Asked, terms_of
from ingest.document import Document, Passage
from vectorstore.generation import Generation
from vectorstore.lexical import stems
from vectorstore.search import Hit
from vectorstore.windows import window_spans

MAX_CLAIMS = 8
_WORTH = 0.4  # the share of the worth of the best sentence that another of its passage needs
_ROW = 0.75  # the same where the best is a table row: the others are about other things
_NEAR = 2.5  # a hit this far below the best, in standard deviations, still speaks to the question
_ELSEWHERE = 1.25  # the same for a hit in another document, unless several documents are asked about
_OF_KIND = 1.6  # what a sentence gains that holds the amount, date, contact or person asked
_CLOSE = 1.0  # this near the best hit a passage may answer an English question without sharing a word with it
_LEANT_ON = 2  # sentences, the best ones, of which what leans on them is shown too
_SHORT_LIST = 5  # items of a list that is shown whole, though only one of them is about the question
_ANSWERING = 2  # sentences after one that asks, or that stands alone
_BESIDE = 2  # sentences from the best one within which the amount or date that was asked is taken along
_AT_LEAST = 3  # sentences of the best passage, where it has them
_SENTENCES = (4, 3, 2, 1)  # at most so many from the first passage, the second, …
_OF_MANY = {1: _SENTENCES, 2: _SENTENCES, 3: (3, 2)}  # the same where so many municipalities or documents answer
_OF_MORE = (3,)


_start = attrgetter("start")


def choose(generation: Generation, query: Query, hits: Sequence[Hit], among: int = 1) -> list[Excerpt]:
    """The excerpts that answer a query, most important section first, in reading order within a section.

    `among` says for how many municipalities or documents that is done: of many, each gets less room.
    """
    sizes = _OF_MANY.get(among, _OF_MORE)
    near = [h for h in hits if _says_something(generation, h)]
    near = [h for h in near if h.score >= near[0].score - _reach(generation, query, near[0], h)]
    near = _without_preambles(generation, near)[: len(sizes)]
    asked = Asked(terms_of(query), query.language, generation.lexical)
    expected = expected_of(query.topic, asked.terms)
    weigh = _weigher(asked, query, expected)
    chosen: dict[tuple[str, int], set[Excerpt]] = {}
    for hit, share in zip(near, sizes, strict=False):
        passage = generation.passages[hit.passage]
        document = generation.document_of(hit.passage)
        weigh = _weigher(asked, query, expected, generation.heading_stems(hit.passage))
        taken = _from_passage(document, passage, weigh, share, _nearest(document, passage, hit), expected)
        far = query.language == "nl" or hit.score < near[0].score - _CLOSE
        shares = any(s.worth for s in taken) or weigh(document.sections[passage.section].label)
        if chosen and far and not shares:
            continue
        is_list = sum(s.item for s in taken) > 2
        room = (MAX_LIST if is_list else MAX_CLAIMS) - sum(map(len, chosen.values()))
        section = chosen.setdefault((document.id, passage.section), set())
        section.update(Excerpt(document.id, passage.section, s.start, s.end, s.item) for s in taken[: max(room, 0)])
    sections = [sorted(section, key=_start) for section in chosen.values() if section]
    excerpts = [excerpt for section in sections for excerpt in _with_headings(generation, section)]
    precise = bool(expected.kinds) and any(expected.held_in(_text_of(generation, e)) for e in excerpts)
    return excerpts if len(excerpts) != 1 or precise else _gone_on(generation, excerpts[0], weigh)


def _says_something(generation: Generation, hit: Hit) -> bool:
    """Whether a passage has sentences of its own below its heading."""
    passage = generation.passages[hit.passage]
    document = generation.document_of(hit.passage)
    below = max(passage.start, document.sections[passage.section].text_start)
    return not passage.heading_only and bool(sentences_in(document, below, passage.end, lambda _: 0.0))


def _without_preambles(generation: Generation, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without the title and the decision above a document, where its text is among them."""
    kinds = [
        generation.document_of(hit.passage).sections[generation.passages[hit.passage].section].kind for hit in hits
    ]
    names = [generation.passages[hit.passage].document_id for hit in hits]
    spoken = {name for name, kind in zip(names, kinds, strict=True) if kind != "preamble"}
    return [h for h, n, kind in zip(hits, names, kinds, strict=True) if kind != "preamble" or n not in spoken]


def _gone_on(generation: Generation, only: Excerpt, weigh: Weigh) -> list[Excerpt]:
    """A single sentence with those that follow it in its paragraph: to name a thing is not to say what it is.

    Below an item that is only a head ("4. Gelijke kansen") that is the paragraph after it.
    """
    document = generation.documents[only.document_id]
    end = document.sections[only.section].body_end
    begin = only.end + len(document.text[only.end : end]) - len(document.text[only.end : end].lstrip("\n"))
    paragraph = document.text.find("\n\n", begin if only.item else only.end, end)
    following = sentences_in(document, only.end, end if paragraph < 0 else paragraph, weigh)
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
    items = [s for s in sentences if s.item and " | " not in document.text[s.start : s.end]]
    introduced = weigh(f"{document.sections[passage.section].label} {passage.lead}")
    first = max(sentences.index(items[0]) - 1, 0) if items else 0
    has_lead = bool(passage.lead) or document.text[sentences[first].end - 1] == ":"
    best = sorted(sentences, key=lambda s: (-s.worth, s.start))
    listed = best[0].start >= sentences[first].start or best[0].worth <= introduced
    if introduced and listed and has_lead and len(items) >= 2 and len(items) * 2 >= len(sentences):
        return sentences[first : first + MAX_LIST]  # it is the list asked for
    least = _ROW if " | " in document.text[best[0].start : best[0].end] else _WORTH
    picked = [s for s in best if s.worth >= least * best[0].worth][:share]
    if best[0].worth == 0:  # the question shares no word with the passage: what is nearest to it by meaning
        near = [s for s in sentences if nearest[0] <= s.start < nearest[1]] or sentences
        picked = [s for s in near if not leans(document, s)][: min(2, share)] or near[:1]
    opens = passage.start <= document.sections[passage.section].text_start
    if introduced and opens and sentences[0] not in picked and not leans(document, sentences[0]):
        picked.insert(0, sentences[0])  # the section is about the question: its first sentence says how
    if introduced >= best[0].worth and introduced:  # its heading says it all: the text need not repeat the words
        picked.extend([s for s in sentences if s not in picked][: max(share - len(picked), 0)])
    if len(picked) < _AT_LEAST <= share:  # what it says next explains it
        after = sentences[sentences.index(best[0]) + 1 :]
        picked.extend([s for s in after if s not in picked and not s.item][: _AT_LEAST - len(picked)])
    if best[0].worth and len(picked) <= share:  # what leans on it goes on about it
        after = [s for one in picked[:_LEANT_ON] for s in _leaning_after(document, sentences, one)]
        picked.extend(s for s in after[:_ANSWERING] if s not in picked)
    if best[0].worth and (of_kind := _of_kind_beside(document, sentences, picked, best[0], expected)):
        picked.insert(1, of_kind)
    return _with_company(document, passage.section, sentences, picked or sentences[:1], share, weigh)


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
    document: Document,
    section: int,
    sentences: list[Sentence],
    picked: list[Sentence],
    share: int,
    weigh: Weigh,
) -> list[Sentence]:
    """Adds what a sentence cannot be read without: the one that it leans on, and the list that it introduces."""
    kept: list[Sentence] = []
    for sentence in picked:
        at = sentences.index(sentence)
        needed = [sentence]
        while leans(document, needed[0]) and len(needed) <= _LEANT_ON:
            above = sentences[at - 1] if at > 0 else _sentence_above(document, section, needed[0], weigh)
            if above is None:
                break
            at -= 1
            needed.insert(0, above)
        if document.text[sentence.end - 1] == "?":  # a question in the text is answered by what follows it
            needed.extend(sentences[sentences.index(sentence) + 1 :][:_ANSWERING])
        if introduces(document, section, sentence):
            after = sentences_in(document, sentence.end, document.sections[section].body_end, weigh)
            needed.extend(list_after(document, section, sentence.end, weigh) or after[:1])
        elif lead := lead_of(document, sentences, sentence):
            items = list_after(document, section, lead.end, weigh)
            whole = lead.worth > 0 or len(items) <= _SHORT_LIST or sum(item in picked for item in items) > 1
            needed = [lead, *items] if whole else [lead, *needed]
        kept.extend(s for s in needed if s not in kept)
        if len(kept) >= share + 2:
            break
    return sorted(kept, key=lambda s: s.start)


def _sentence_above(document: Document, section: int, sentence: Sentence, weigh: Weigh) -> Sentence | None:
    """The sentence before the first one of a passage, in the passage before it; None at the beginning of a section."""
    before = sentences_in(document, document.sections[section].text_start, sentence.start, weigh)
    return before[-1] if before else None


def _weigher(asked: Asked, query: Query, expected: Expected, above: frozenset[str] = frozenset()) -> Weigh:
    """Weighs texts by the question's terms in them, alone or within a compound, and by the kind of answer asked for.

    A text that the question itself quotes ("wat houdt “…” in") tells nothing new.
    """
    listing = "list" in asked_kinds(query.topic)
    said = query.topic if "“" in query.topic else ""

    def weigh(text: str) -> float:
        worth = asked.worth(set(stems(text)), above)
        if said and text.strip(" .;:") in said:
            return 0.0
        if not worth:
            return 0.0
        of_kind = bool(expected.kinds) and expected.held_in(text)
        lists = listing and any(asked.worth(set(stems(lead))) >= worth for lead in announced(text))
        return worth * _OF_KIND if of_kind or lists else worth

    return weigh


def _reach(generation: Generation, query: Query, best: Hit, hit: Hit) -> float:
    """How far below the best hit another one may stand: less far in another document than the best one's."""
    same = generation.passages[hit.passage].document_id == generation.passages[best.passage].document_id
    return _NEAR if same or "comparison" in asked_kinds(query.standalone) else _ELSEWHERE
