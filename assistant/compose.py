"""Extractive answers: the sentences, items and rows of the passages found that say what was asked.

Nothing is rephrased. A sentence is worth what it shares with the question, weighted by how much each word tells; a
list is taken whole with the line that introduces it; a sentence that leans on the one before it brings it along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.kinds import HELD, Kind, asked_kinds, holds_kind
from assistant.query import Query
from assistant.terms import Asked, terms_of
from ingest.document import Document, Passage
from ingest.sentences import sentence_spans
from vectorstore.generation import Generation
from vectorstore.lexical import stems
from vectorstore.search import Hit
from vectorstore.windows import window_spans

MAX_CLAIMS = 8
_MAX_LIST = 16  # claims of an answer that holds a list; a list cut short would be a wrong answer
_NEAR = 2.5  # a hit this far below the best, in standard deviations, still speaks to the question
_ELSEWHERE = 1.0  # the same for a hit in another document, unless several documents are asked about
_OF_KIND = 1.6  # what a sentence gains that holds the amount, date, contact or person asked
_STATED = frozenset({"title", "valid", "identifier", "permalink", "permalink_current"})
"""Lines of a document about itself, which only a question for them is answered with (`assistant.facts`)."""
_SIGNED = 60  # characters of a line that may end in a comma and go on in the next: "de griffier," and a name
_CLOSE = 1.0  # this near the best hit a passage may answer an English question without sharing a word with it
_ANSWERING = 2  # sentences after one that asks, or that stands alone
_BELOW = 3  # sentences that may stand below a bullet
_AT_LEAST = 3  # sentences of the best passage, where it has them
_SENTENCES = (4, 3, 2, 1)  # at most so many from the first passage, the second, …
_OF_MANY = {1: _SENTENCES, 2: _SENTENCES, 3: (3, 2)}  # the same where so many municipalities or documents answer
_OF_MORE = (3,)

_ITEM = re.compile(r"^(?:[•·▪◦○●■□–-]|\d{1,2}[.)]|[a-z][.)])\s")
_BULLET = re.compile(r"^[•·▪◦○●■□–-]\s+(?:\d{1,2}[.)]\s+(?=\S))?")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s")
_NAME = re.compile(
    r"\s*(?:(?:drs|mr|dr|ir|ing|prof)\.? )*[A-Z][\w.’'-]*(?: (?:van|de|der|den|ter|ten|[A-Z][\w.’'-]*))*\s*"
)
"""A line that is a person's name and nothing else."""
_LEANS = re.compile(
    r"^(?:(?:dit|dat|deze|die|hij|zij|ze|het gaat|hierdoor|hiermee|hierbij|hiervoor|hierin|daarmee|daardoor|daarom|"
    r"daarbij|daarvoor|daarnaast|daarin|daarop|ook|en|maar|want|of|dan|zo|zonder|bovendien|echter|toch|tevens|"
    r"vervolgens|immers|bijvoorbeeld|denk aan|zowel|met als|naast dat)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span chosen for the answer, one claim: its document, section, and whether it is an item or row."""

    document_id: str
    section: int
    start: int
    end: int
    item: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    item: bool
    worth: float


def choose(generation: Generation, query: Query, hits: Sequence[Hit], among: int = 1) -> list[Excerpt]:
    """The excerpts that answer a query, most important section first, in reading order within a section.

    `among` says for how many municipalities or documents that is done: of many, each gets less room.
    """
    sizes = _OF_MANY.get(among, _OF_MORE)
    near = [h for h in hits if _says_something(generation, h)]
    near = [h for h in near if h.score >= near[0].score - _reach(generation, query, near[0], h)]
    near = _without_preambles(generation, near)[: len(sizes)]
    asked = Asked(terms_of(query), query.language, generation.lexical)
    weigh = _weigher(asked, query)
    chosen: dict[tuple[str, int], set[Excerpt]] = {}
    for hit, share in zip(near, sizes, strict=False):
        passage = generation.passages[hit.passage]
        document = generation.document_of(hit.passage)
        taken = _from_passage(document, passage, weigh, share, _nearest(document, passage, hit))
        far = query.language == "nl" or hit.score < near[0].score - _CLOSE
        shares = any(s.worth for s in taken) or weigh(document.sections[passage.section].label)
        if chosen and far and not shares:
            continue
        is_list = sum(s.item for s in taken) > 2
        room = (_MAX_LIST if is_list else MAX_CLAIMS) - sum(map(len, chosen.values()))
        section = chosen.setdefault((document.id, passage.section), set())
        section.update(Excerpt(document.id, passage.section, s.start, s.end, s.item) for s in taken[: max(room, 0)])
    excerpts = [excerpt for section in chosen.values() for excerpt in sorted(section, key=lambda e: e.start)]
    precise = any(holds_kind(_text_of(generation, e), kind) for kind in _kinds(query) for e in excerpts)
    return excerpts if len(excerpts) != 1 or precise else _gone_on(generation, excerpts[0], weigh)


def _says_something(generation: Generation, hit: Hit) -> bool:
    """Whether a passage has text of its own below its heading."""
    passage = generation.passages[hit.passage]
    section = generation.document_of(hit.passage).sections[passage.section]
    return not passage.heading_only and passage.end > section.text_start


def _without_preambles(generation: Generation, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without the title and the decision above a document, where its text is among them."""
    kinds = [
        generation.document_of(hit.passage).sections[generation.passages[hit.passage].section].kind for hit in hits
    ]
    names = [generation.passages[hit.passage].document_id for hit in hits]
    spoken = {name for name, kind in zip(names, kinds, strict=True) if kind != "preamble"}
    return [h for h, n, kind in zip(hits, names, kinds, strict=True) if kind != "preamble" or n not in spoken]


def _gone_on(generation: Generation, only: Excerpt, weigh: Weigh) -> list[Excerpt]:
    """A single sentence with those that follow it in its paragraph: to name a thing is not to say what it is."""
    document = generation.documents[only.document_id]
    end = document.sections[only.section].body_end
    paragraph = document.text.find("\n\n", only.end, end)
    following = _sentences_in(document, only.end, end if paragraph < 0 else paragraph, weigh)
    kept = [only]
    for sentence in following[:_ANSWERING]:
        if sentence.item:
            break
        kept.append(Excerpt(only.document_id, only.section, sentence.start, sentence.end, False))
    return kept


def _text_of(generation: Generation, excerpt: Excerpt) -> str:
    return generation.documents[excerpt.document_id].text[excerpt.start : excerpt.end]


def _nearest(document: Document, passage: Passage, hit: Hit) -> tuple[int, int]:
    """Where in a passage the sentences stand that are nearest to the question; all of one without windows.

    Also all of one whose text has fewer windows than its index: `evals.growth` varies texts, and keeps their windows.
    """
    spans = window_spans(document, passage)
    return spans[hit.nearest_window] if 0 <= hit.nearest_window < len(spans) else (passage.start, passage.end)


def _from_passage(
    document: Document, passage: Passage, weigh: Weigh, share: int, nearest: tuple[int, int]
) -> list[_Sentence]:
    """The sentences of one passage that are worth showing, with the lists that they introduce."""
    sentences = _sentences(document, passage, weigh)
    if not sentences:
        return []
    items = [s for s in sentences if s.item and " | " not in document.text[s.start : s.end]]
    introduced = weigh(f"{document.sections[passage.section].label} {passage.lead}")
    first = max(sentences.index(items[0]) - 1, 0) if items else 0
    has_lead = bool(passage.lead) or document.text[sentences[first].end - 1] == ":"
    if introduced and has_lead and len(items) >= 2 and len(items) * 2 >= len(sentences):  # it is the list asked for
        return sentences[first : first + _MAX_LIST]
    best = sorted(sentences, key=lambda s: (-s.worth, s.start))
    picked = [s for s in best if s.worth >= 0.4 * best[0].worth][:share]
    if best[0].worth == 0:  # the question shares no word with the passage: what is nearest to it by meaning
        near = [s for s in sentences if nearest[0] <= s.start < nearest[1]] or sentences
        picked = [s for s in near if not _leans(document, s)][: min(2, share)] or near[:1]
    opens = passage.start <= document.sections[passage.section].text_start
    if introduced and opens and sentences[0] not in picked and not _leans(document, sentences[0]):
        picked.insert(0, sentences[0])  # the section is about the question: its first sentence says how
    if introduced >= best[0].worth and introduced:  # its heading says it all: the text need not repeat the words
        picked.extend([s for s in sentences if s not in picked][: max(share - len(picked), 0)])
    if len(picked) < _AT_LEAST <= share:  # what it says next explains it
        after = sentences[sentences.index(best[0]) + 1 :]
        picked.extend([s for s in after if s not in picked and not s.item][: _AT_LEAST - len(picked)])
    return _with_company(document, passage.section, sentences, picked or sentences[:1], share, weigh)


def _with_company(
    document: Document,
    section: int,
    sentences: list[_Sentence],
    picked: list[_Sentence],
    share: int,
    weigh: Weigh,
) -> list[_Sentence]:
    """Adds what a sentence cannot be read without: the one that it leans on, and the list that it introduces."""
    kept: list[_Sentence] = []
    for sentence in picked:
        at = sentences.index(sentence)
        needed = [sentence]
        while at > 0 and _leans(document, needed[0]) and len(needed) < 3:
            at -= 1
            needed.insert(0, sentences[at])
        if document.text[sentence.end - 1] == "?":  # a question in the text is answered by what follows it
            needed.extend(sentences[sentences.index(sentence) + 1 :][:_ANSWERING])
        if document.text[sentence.end - 1] == ":":
            needed.extend(_list_after(document, section, sentence.end, weigh))
        kept.extend(s for s in needed if s not in kept)
        if len(kept) >= share + 1:
            break
    return sorted(kept, key=lambda s: s.start)


def _list_after(document: Document, section: int, start: int, weigh: Weigh) -> list[_Sentence]:
    """The list that a line introduces, to its end, also where it runs on into the next passage.

    Numbered items may have a paragraph of their own below them, and the list goes on as long as the numbers do; of
    bullets, it goes on after a few sentences at most.
    """
    items: list[_Sentence] = []
    between = 0
    for sentence in _sentences_in(document, start, document.sections[section].body_end, weigh):
        number = _NUMBER.match(document.text, sentence.start)
        numbered = bool(items) and bool(_NUMBER.match(document.text, items[0].start))
        between = 0 if sentence.item else between + 1
        if number and int(number[1]) == len(items) + 1:
            items.append(sentence)
        elif number or (not sentence.item and not (items and (numbered or between <= _BELOW))):
            break
        elif sentence.item:
            items.append(sentence)
    return items[:_MAX_LIST]


def _leans(document: Document, sentence: _Sentence) -> bool:
    return bool(_LEANS.match(document.text[sentence.start : sentence.end]))


def _sentences(document: Document, passage: Passage, weigh: Weigh) -> list[_Sentence]:
    """Sentences, items and rows of a passage; its heading is not one of them, nor what states the document's dates."""
    start = max(passage.start, document.sections[passage.section].text_start)
    stated = [(f.start, f.end) for f in document.facts if f.name in _STATED]
    sentences = _sentences_in(document, start, passage.end, weigh)
    return [s for s in sentences if not any(begin <= s.start and s.end <= end for begin, end in stated)]


def _sentences_in(document: Document, start: int, stop: int, weigh: Weigh) -> list[_Sentence]:
    found = []
    for begin, end in _spans(document.text, start, stop):
        text = document.text[begin:end]
        item = bool(_ITEM.match(text)) or " | " in text
        bullet = _BULLET.match(text)
        begin += bullet.end() if bullet else 0  # a number says something, a bullet does not
        if re.search(r"[^\W\d_]{2,}", text):
            found.append(_Sentence(begin, end, item, weigh(text)))
    return found


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence spans, but a table row stays whole: half a row has lost what it is about.

    A short line that ends in a comma goes on in the next one, as under a decision: "de griffier," and the name; after
    several roles come as many names.
    """
    spans: list[tuple[int, int]] = []
    lines = [(start + line.start(), start + line.end()) for line in re.finditer(r"[^\n]+", text[start:end])]
    while lines:
        begin, stop = lines.pop(0)
        signed = _signed(text, (begin, stop), lines)
        for _ in range(signed):
            stop = lines.pop(0)[1]
        whole = signed or " | " in text[begin:stop]
        spans.extend([(begin, stop)] if whole else sentence_spans(text, begin, stop))
    return spans


def _signed(text: str, line: tuple[int, int], after: Sequence[tuple[int, int]]) -> int:
    """How many of the lines after one belong to it: those that it goes on in, and a name for each role."""
    taken = roles = 0
    while taken < len(after) and text[slice(*line)].rstrip().endswith(","):
        if line[1] - line[0] > _SIGNED and not _NAME.fullmatch(text, *after[taken]):
            break
        roles = text.count(",", *line)
        line = after[taken]
        taken += 1
    while taken < len(after) and roles > 1 and _NAME.fullmatch(text, *after[taken]):
        taken, roles = taken + 1, roles - 1
    return taken


Weigh = Callable[[str], float]
"""What a text is worth to a question."""


def _kinds(query: Query) -> list[Kind]:
    """The kinds of answer that a sentence may hold or not."""
    return [kind for kind in asked_kinds(query.topic) if kind in HELD]


def _weigher(asked: Asked, query: Query) -> Weigh:
    """Weighs texts by the question's terms in them, alone or within a compound, and by the kind of answer asked for.

    A text that the question itself quotes ("wat houdt “…” in") tells nothing new.
    """
    kinds = _kinds(query)
    said = query.topic if "“" in query.topic else ""

    def weigh(text: str) -> float:
        worth = asked.worth(set(stems(text)))
        if said and text.strip(" .;:") in said:
            return 0.0
        return worth * _OF_KIND if any(holds_kind(text, kind) for kind in kinds) else worth

    return weigh


def _reach(generation: Generation, query: Query, best: Hit, hit: Hit) -> float:
    """How far below the best hit another one may stand: less far in another document than the best one's."""
    same = generation.passages[hit.passage].document_id == generation.passages[best.passage].document_id
    return _NEAR if same or "comparison" in asked_kinds(query.standalone) else _ELSEWHERE
