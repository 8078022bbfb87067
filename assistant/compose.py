"""Extractive answers: the sentences, items and rows of the passages found that say what was asked.

Nothing is rephrased. A sentence is worth what it shares with the question, weighted by how much each word tells; a
list is taken whole with the line that introduces it; a sentence that leans on the one before it brings it along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.company import with_company
from assistant.contents import headings_below
from assistant.expected import Expected, expected_of
from assistant.kinds import Kind, asked_kinds
from assistant.noted import with_notes
from assistant.picking import ANSWERING, from_passage
from assistant.query import Query
from assistant.quotable import Excerpt, Weigh, announced, is_row, sentences_in, sentences_of
from assistant.referred import with_referred
from assistant.rows import labelled
from assistant.terms import Asked, terms_of
from assistant.whole_sections import sections_titled, whole_section
from ingest.document import Document, Passage
from vectorstore.generation import Generation
from vectorstore.lexical import stems
from vectorstore.search import Hit
from vectorstore.windows import window_spans

MAX_CLAIMS = 8  # of an answer that holds no list, from which on nothing more is begun
_LIST_BESIDE = 16  # the same of one with a list
_FIRST_CELL = 1.5  # what a row gains whose first cell names what is asked for
_DEFINING = 1.6  # what a sentence gains that says what the term is whose meaning is asked
_NEAR = 2.5  # a hit this far below the best, in standard deviations, still speaks to the question
_BEHIND = 1.5  # one so far below it says all that is asked in one sentence, or is left away
_ELSEWHERE = 1.25  # the same for a hit in another document, unless several documents are asked about
_FIRST = 0.2  # of what is asked, that a sentence with the figure asked must hold more for its section to come first
_OF_KIND = 1.6  # what a sentence gains that holds the amount, date, contact or person asked
_CLOSE = 1.0  # this near the best hit a passage may answer an English question without sharing a word with it
_GAP = 300  # characters of a sentence between two that are quoted, which is quoted with them
_NOT_TITLED: frozenset[Kind] = frozenset(("list", "comparison"))  # kinds of question that one section does not answer
_SENTENCES = (4, 3, 2, 1)  # at most so many from the first passage, the second, …
_OF_MANY = {1: _SENTENCES, 2: _SENTENCES, 3: (3, 2)}  # the same where so many municipalities or documents answer
_OF_MORE = (3,)
_ALL = 0.8  # of what is asked and spoken of, what a sentence holds that answers by itself where a figure is asked
_TOLD = 0.4  # what is left of a sentence that the answer before quoted and that says nothing of what is added
_AGAINST = 1.5  # what a sentence gains that says "tegen" where the question does

_SIDE = re.compile(r"\b(?:tegen|against)\b", re.I)
"""Which side of a vote is asked for: a word that the other list beside it lacks, though it tells no topics apart."""
_BOTH = re.compile(r"\b(?:voor|for|in favour)(?: en| of| and| or|,) (?:tegen|against)\b", re.I)
"""A question for both sides, of which neither counts for more."""
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
    titled = _titled(generation, query, hits) if among == 1 else []
    if not titled:
        chosen = _composed(generation, query, hits, sizes)
    else:
        below = [hit for hit in hits if _lies_below(generation, hit, titled[0])]
        more = below and len(titled) < MAX_CLAIMS
        chosen = titled + (_composed(generation, query, below, sizes[1:]) if more else [])
    asked = Asked(terms_of(query), query.language, generation.lexical)
    return with_notes(generation.documents, chosen, lambda note: bool(asked.worth(frozenset(stems(note)))))


def _lies_below(generation: Generation, hit: Hit, excerpt: Excerpt) -> bool:
    """Whether a hit lies in a section within that of an excerpt."""
    passage, above = generation.passages[hit.passage], generation.documents[excerpt.document_id].sections
    same = passage.document_id == excerpt.document_id and passage.section != excerpt.section
    within = above[excerpt.section].start <= passage.start < above[excerpt.section].end
    return same and within and _says_something(generation, hit)


def _composed(generation: Generation, query: Query, hits: Sequence[Hit], sizes: Sequence[int]) -> list[Excerpt]:
    """The excerpts of the nearest passages, of the first so many sentences as the first size says, and so on."""
    near = [h for h in hits if _says_something(generation, h)]
    near = [h for h in near if h.score >= near[0].score - _reach(generation, query, near[0], h)]
    asked = Asked(terms_of(query), query.language, generation.lexical)
    expected = expected_of(query.topic, asked.terms, query.scope.municipalities)
    near = _without_preambles(generation, near, asked)[: len(sizes)]
    chosen: dict[tuple[str, int], list[Excerpt]] = {}
    spoken = asked.held(frozenset().union(*(generation.passage_stems(hit.passage) for hit in near))).words
    complete = False
    telling: dict[tuple[str, int], float] = {}  # of a section, what a sentence with the figure holds of what is asked
    for hit, share in zip(near, sizes, strict=False):
        passage = generation.passages[hit.passage]
        document = generation.document_of(hit.passage)
        weigh = _weigher(asked, query, expected, generation.heading_stems(hit.passage))
        taken = from_passage(document, passage, weigh, share, _nearest(document, passage, hit), expected)
        far = query.language == "nl" or hit.score < near[0].score - _CLOSE
        shares = any(s.worth for s in taken) or weigh(" ".join(document.sections[passage.section].path))
        above = generation.path_stems(hit.passage)
        texts = [labelled(document, s.start, s.end) for s in taken]
        held = {text: asked.held(above | set(stems(text))).words for text in texts}
        whole = [text for text in texts if held[text] >= _ALL * spoken]
        answers = any(expected.held_in(text) for text in whole if expected.kinds)
        behind = not query.added and hit.score < near[0].score - _BEHIND
        if chosen and ((far and not shares) or (complete and not answers) or (behind and not whole)):
            continue
        complete = complete or answers
        already = sum(map(len, chosen.values()))
        quoted = {excerpt.start for excerpt in chosen.get((document.id, passage.section), ())}
        taken = [s for s in taken if s.start not in quoted]
        is_list = sum(s.item for s in taken) > 2
        if chosen and (already + len(taken) > _LIST_BESIDE if is_list else already >= MAX_CLAIMS):
            continue  # what is begun is quoted whole: half a list, or a sentence without the one it leads to, misleads
        place = (document.id, passage.section)
        of_kind = [held[text] for text in texts if expected.kinds and expected.held_in(text)]
        telling[place] = max(telling.get(place, 0.0), *of_kind, 0.0)
        section = chosen.setdefault(place, [])
        section.extend(Excerpt(document.id, passage.section, s.start, s.end, s.item) for s in taken)
    sections = [
        with_company(generation.documents[name], section, excerpts)
        for (name, section), excerpts in (chosen if query.added else _telling_first(chosen, telling)).items()
        if excerpts
    ]
    if not expected.kinds:
        sections = [_gaps_filled(generation, section) for section in sections]
    excerpts = [excerpt for section in sections for excerpt in _with_headings(generation, section)]
    excerpts = with_referred(generation.documents, excerpts, expected, _weigher(asked, query, expected))
    precise = bool(expected.kinds) and any(expected.held_in(_told_by(generation, e)) for e in excerpts)
    return excerpts if len(excerpts) != 1 or precise else _gone_on(generation, excerpts[0])


def _telling_first(
    chosen: dict[tuple[str, int], list[Excerpt]], telling: Mapping[tuple[str, int], float]
) -> dict[tuple[str, int], list[Excerpt]]:
    """The sections in order, the one before all others in which the figure stands that is asked.

    Not for a follow-up: there what was told before would weigh more than what is asked.
    """
    if not chosen:
        return chosen
    first, most = next(iter(chosen)), max(chosen, key=lambda place: telling[place])
    return {most: chosen[most], **chosen} if telling[most] >= telling[first] + _FIRST else chosen


def _titled(generation: Generation, query: Query, hits: Sequence[Hit]) -> list[Excerpt]:
    """The section whose title is what is asked about, from its beginning; none where no such section was found.

    Nor where several municipalities are searched: the one with such a title is not all there is to say.
    """
    asked = Asked(terms_of(query), query.language, generation.lexical)
    expected = expected_of(query.topic, asked.terms, query.scope.municipalities)
    places = {generation.documents[name].municipality for name in query.scope.documents}
    if expected.kinds or asked_kinds(query.standalone) & _NOT_TITLED or len(places) > 1:
        return []
    found = [(generation.document_of(h.passage), generation.passages[h.passage].section) for h in hits]
    for document, section in sections_titled(found, asked):
        if whole := whole_section(document, section, MAX_CLAIMS):
            return _with_headings(generation, with_company(document, section, whole))
    return []


def _says_something(generation: Generation, hit: Hit) -> bool:
    """Whether a passage has sentences of its own below its heading."""
    passage = generation.passages[hit.passage]
    document = generation.document_of(hit.passage)
    return not passage.heading_only and bool(sentences_of(document, passage, lambda _: 0.0))


def _without_preambles(generation: Generation, hits: Sequence[Hit], asked: Asked) -> list[Hit]:
    """The hits without the title and the decision above a document, where its text is among them and says as much."""
    kinds = [
        generation.document_of(hit.passage).sections[generation.passages[hit.passage].section].kind for hit in hits
    ]
    names = [generation.passages[hit.passage].document_id for hit in hits]
    held = [asked.held(generation.passage_stems(hit.passage)).words for hit in hits]
    most = max((share for share, kind in zip(held, kinds, strict=True) if kind != "preamble"), default=0.0)
    if hits and kinds[0] == "preamble" and held[0] > most:
        return list(hits)
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
    for sentence in following[:ANSWERING]:
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


def _told_by(generation: Generation, excerpt: Excerpt) -> str:
    return labelled(generation.documents[excerpt.document_id], excerpt.start, excerpt.end)


def _nearest(document: Document, passage: Passage, hit: Hit) -> tuple[int, int]:
    """Where in a passage the sentences stand that are nearest to the question; all of one without windows.

    Also all of one whose text has fewer windows than its index: `evals.varying` varies texts, and keeps their windows.
    """
    spans = window_spans(document, passage)
    return spans[hit.nearest_window] if 0 <= hit.nearest_window < len(spans) else (passage.start, passage.end)


def _weigher(asked: Asked, query: Query, expected: Expected, above: frozenset[str] = frozenset()) -> Weigh:
    """Weighs texts by the question's terms in them, alone or within a compound, and by the kind of answer asked for.

    A text that the question itself quotes ("wat houdt “…” in") tells nothing new, and one that the answer before quoted
    only what it says of what a follow-up adds.
    """
    kinds = asked_kinds(query.topic)
    listing, defining = "list" in kinds, "definition" in kinds
    said = query.topic if "“" in query.topic else ""
    adding = asked.only(query.added) if query.added and query.told else None
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
        if adding and not of_kind and text in query.told and not adding.worth(set(stems(text))):
            worth *= _TOLD
        lists = listing and any(asked.worth(set(stems(lead))) >= worth for lead in announced(text))
        worth *= _AGAINST if against and _SIDE.search(text) else 1.0
        return worth * _OF_KIND if of_kind or lists else worth

    return weigh


def _reach(generation: Generation, query: Query, best: Hit, hit: Hit) -> float:
    """How far below the best hit another one may stand: less far in another document than the best one's."""
    same = generation.passages[hit.passage].document_id == generation.passages[best.passage].document_id
    return _NEAR if same or "comparison" in asked_kinds(query.standalone) else _ELSEWHERE
