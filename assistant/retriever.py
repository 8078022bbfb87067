"""Retrieval: a query in, hits out. `assistant.section_retriever` gives it LangChain's interface."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from assistant.contrasts import compares
from assistant.definitions import explained
from assistant.document_words import is_document_word
from assistant.facts import stating_passages
from assistant.follow_up import CONNECTIVE
from assistant.glossary import dutch_terms
from assistant.joining import joined
from assistant.kinds import asked_kinds
from assistant.language import Language
from assistant.made_whole import within
from assistant.query import Query
from assistant.ranking import ranked, share_defined
from assistant.reading import QUOTED_WORDS
from assistant.rerank import Reranker
from assistant.scope import Scope, section_titles
from assistant.terms import Asked, terms_of
from assistant.versions import succeeded
from ingest.document import Document
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation, lexical_text
from vectorstore.lexical import stems, words
from vectorstore.search import HEADING_ONLY, Hit, search

LEXICAL_WEIGHT: dict[Language, float] = {"nl": 0.5, "en": 0.3}
"""Weight of BM25 against standard deviations of dense similarity in the first search, whose candidates the learnt order
(`assistant.ranking`) puts in place; of an English question BM25 hears only what the glossary translates."""


LEXICAL_SYNONYM = 0.3
"""What a synonym counts for in BM25, beside the question's own word."""
LEXICAL_RELATIVE = 0.25
"""What another member of a compound's family counts for in BM25: "jeugdhulp" in a text where "jeugd" was asked."""


LEAVES = 3.0
"""Standard deviations by which a passage elsewhere must be better for a question to leave the conversation's place."""

SHOWN = 0.7
"""Standard deviations by which passages of the sections shown come nearer to a question that goes on about them."""

QUOTED = 3.0
"""The same for passages that hold, word for word, what a question has in quotation marks."""

SUCCEEDED = 1.0
"""Standard deviations by which passages of a document come behind that has a newer version among those searched."""

REORDERED = 80
"""Candidates that the learnt order looks at: it never brings one from further down into the first ten."""

_DOCUMENT = re.compile(
    r"\b(?:het|dit|dat|deze|die|the|this|that) (?:beleids)?"
    r"(?:kader|stuk|document|voorstel|nota|framework|proposal|memorandum)\b",
    re.I,
)
"""The document that a conversation is about, called by no name."""
FOLLOWS = 3.0
"""Standard deviations of nearness that what goes on in a section may at most lie behind what it goes on from."""
_ENTRIES = 10  # hits among which an entry for a term is looked for
_WHOLE = 0.99  # the share of what is asked that such an entry is about
_EMBEDDED = 1000  # characters of a question that are embedded: what comes after them is no question any more


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of retrieval that can be turned off, to measure what each of them gives (`evals.ablations`)."""

    lexical_weight: Mapping[Language, float] = field(default_factory=lambda: LEXICAL_WEIGHT)
    glossary: bool = True
    compounds: bool = True
    heading_only: float = HEADING_ONLY
    learnt_order: bool = True
    joined: bool = True


ALL_PARTS = Parts()


def find(
    generation: Generation,
    embeddings: KaderEmbeddings,
    query: Query,
    *,
    k: int = 10,
    reranker: Reranker | None = None,
    parts: Parts = ALL_PARTS,
) -> list[Hit]:
    """What is shown for a settled query: the best `k` passages within its scope, neighbours among them joined."""
    hits = retrieve(generation, embeddings, query, k=2 * k, reranker=reranker, parts=parts)
    return joined(generation, hits, k) if parts.joined else hits[:k]


def settled(generation: Generation, embeddings: KaderEmbeddings, query: Query) -> Query:
    """The query with its place decided: a question that names none stays where the conversation was.

    It leaves for all documents where these hold something much nearer: a topic of its own. One that says that it goes
    on ("en hoeveel mensen werken er?") does not leave.
    """
    if not query.carried:
        return query
    if CONNECTIVE.match(query.question):
        return within(query, query.carried, generation.documents)
    scope = Scope(query.carried, named=True)
    here = retrieve(generation, embeddings, replace(query, scope=scope), k=1)
    anywhere = retrieve(generation, embeddings, query, k=1)
    nearer = anywhere and (not here or anywhere[0].score > here[0].score + LEAVES)
    leaves = nearer and not (here and _DOCUMENT.search(query.question))
    if leaves:
        return replace(query, carried=())
    return within(query, query.carried, generation.documents)


def retrieve(
    generation: Generation,
    embeddings: KaderEmbeddings,
    query: Query,
    *,
    k: int = 10,
    documents: Sequence[str] | None = None,
    reranker: Reranker | None = None,
    parts: Parts = ALL_PARTS,
) -> list[Hit]:
    """The best `k` passages for a query, within its scope or within `documents` of it."""
    topic = query.topic or query.standalone
    within = query.scope.documents if documents is None else documents
    everything = len(within) == len(generation.documents)
    said = topic[:_EMBEDDED]
    terms = terms_of(query, glossary=parts.glossary)
    wanted = max(k, reranker.depth) if reranker else k
    stating = [n for n in stating_passages(query, generation) if generation.passages[n].document_id in set(within)]
    shown = [n for n in generation.numbers_of(within) if _section_of(generation, n) in query.shown]
    hits = search(
        generation,
        _vector(embeddings, query, said),
        generation.lexical.scores_of(terms, LEXICAL_SYNONYM, LEXICAL_RELATIVE if parts.compounds else 0.0),
        language=query.language,
        translated=translated_vector(embeddings, said, query.language) if parts.glossary else None,
        lexical_weight=parts.lexical_weight[query.language],
        heading_only=parts.heading_only,
        documents=None if everything else within,
        passages=_in_sections(generation, query, within) if query.scope.sections else None,
        also=[*stating, *shown],
        k=max(wanted, REORDERED) if parts.learnt_order else wanted,
    )
    front: list[int] = []
    if parts.learnt_order:
        asked = Asked(terms, query.language, generation.lexical)
        hits = ranked(generation, topic, asked, hits, query.language, parts.heading_only)
        hits = _with_what_follows(generation, hits)
        hits = _nearer(hits, shown, SHOWN)
        hits = _nearer(hits, _quoting(generation, query.added or topic, hits), QUOTED)
        hits = _older_behind(generation, query, within, hits)
        front = [*stating, *_defining(generation, topic, asked, hits)]
    if reranker:
        hits = reranker.order(topic, generation, hits)
    return _first(front, hits, k)


def _section_of(generation: Generation, number: int) -> tuple[str, int]:
    passage = generation.passages[number]
    return passage.document_id, passage.section


def _nearer(hits: list[Hit], those: Container[int], by: float) -> list[Hit]:
    """The hits with the passages of `those` nearer by so many standard deviations."""
    moved = [replace(hit, score=round(hit.score + by, 4)) if hit.passage in those else hit for hit in hits]
    return sorted(moved, key=lambda hit: (-hit.score, hit.passage))


def _with_what_follows(generation: Generation, hits: list[Hit]) -> list[Hit]:
    """The hits with each that goes on in the section of another at most `FOLLOWS` behind it, one after the other.

    The rest of a long list or article holds the answer too, and none of the words with which it was announced.
    """
    scores: dict[int, float] = {}
    moved: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: hit.passage):
        before, score = hit.passage - 1, hit.score
        if before in scores and _section_of(generation, before) == _section_of(generation, hit.passage):
            score = max(score, round(scores[before] - FOLLOWS, 4))
        scores[hit.passage] = score
        moved.append(replace(hit, score=score))
    return sorted(moved, key=lambda hit: (-hit.score, hit.passage))


def _quoting(generation: Generation, asked: str, hits: Sequence[Hit]) -> frozenset[int]:
    """The passages among the hits that hold what is quoted in a question: several words, as they stand there."""
    said = [words(match[0]) for match in QUOTED_WORDS.finditer(asked)]
    phrases = [_in_a_row(phrase) for phrase in said if len(phrase) > 1]
    if not phrases:
        return frozenset()
    passages = [(n, generation.document_of(n), generation.passages[n]) for n in (hit.passage for hit in hits)]
    texts = {n: _in_a_row(words(lexical_text(document, passage))) for n, document, passage in passages}
    return frozenset(n for n, text in texts.items() if any(phrase in text for phrase in phrases))


def _in_a_row(said: Sequence[str]) -> str:
    return f" {' '.join(said)} "


def _older_behind(generation: Generation, query: Query, within: Sequence[str], hits: list[Hit]) -> list[Hit]:
    """The hits with those further behind whose document has a newer version that is searched too.

    Not where a question compares; one that means the older version searches no newer one (`assistant.meant`).
    """
    older = succeeded(generation.documents[name] for name in within)
    if not older or compares(query.standalone):
        return hits
    moved = [
        replace(hit, score=round(hit.score - SUCCEEDED, 4)) if generation.document_of(hit.passage).id in older else hit
        for hit in hits
    ]
    return sorted(moved, key=lambda hit: (-hit.score, hit.passage))


def _vector(embeddings: KaderEmbeddings, query: Query, said: str) -> list[float]:
    """The unit vector of a topic; of a follow-up, what it adds counts once by itself and once with what it carries."""
    whole = embeddings.embed_query(said)
    if not query.added or query.added == said:
        return whole
    both = np.asarray(whole) + np.asarray(embeddings.embed_query(query.added[:_EMBEDDED]))
    vector: list[float] = (both / np.linalg.norm(both)).tolist()
    return vector


def _defining(generation: Generation, topic: str, asked: Asked, hits: Sequence[Hit]) -> list[int]:
    """Those of the best passages with an entry for just that of which the meaning is asked: it comes before its use.

    Of two terms whose difference is asked, the entries for both.
    """
    kinds = asked_kinds(topic)
    if "comparison" in kinds and (sides := _entries_of_each(generation, asked, hits)):
        return sides
    if "definition" not in kinds:
        return []
    return [hit.passage for hit in hits[:_ENTRIES] if share_defined(generation, hit, asked) > _WHOLE]


def _entries_of_each(generation: Generation, asked: Asked, hits: Sequence[Hit]) -> list[int]:
    """The passages with an entry for one of the terms asked and nothing else, where at least two terms have one."""
    said = {stem for term in asked.terms for way in term.ways for stem in way}
    found: dict[frozenset[str], int] = {}
    for hit in hits:
        for term in explained(generation.document_of(hit.passage), generation.passages[hit.passage]):
            if (side := frozenset(stems(term))) and side <= said:
                found.setdefault(side, hit.passage)
    return list(dict.fromkeys(found.values())) if len(found) > 1 else []


def _first(front: Sequence[int], hits: list[Hit], k: int) -> list[Hit]:
    """The best `k` with some passages in front, in the order that they had, and no score below the one after it."""
    best = max((hit.score for hit in hits), default=0.0)
    first = [replace(hit, score=max(hit.score, best)) for hit in hits if hit.passage in front]
    rest = [hit for hit in hits if hit.passage not in front]
    return [replace(hit, rank=rank) for rank, hit in enumerate([*first, *rest][:k], start=1)]


def _in_sections(generation: Generation, query: Query, within: Sequence[str]) -> list[int]:
    """Numbers of the passages in the sections that the question names.

    Where it asks for more than what they say, also of those that refer to them: what becomes of one who breaks article
    8, and when it takes effect, stands elsewhere.
    """
    documents = generation.documents
    more = query.topic != section_titles(query.scope, documents.values())
    referring = {name: _reference_to(query, documents[name]) for name in within} if more else {}

    def is_meant(number: int) -> bool:
        passage = generation.passages[number]
        document = documents[passage.document_id]
        named = query.scope.holds(document.id, passage.section, document.sections)
        reference = referring.get(document.id)
        return named or bool(reference and reference.search(document.text, passage.start, passage.end))

    return [number for number in generation.numbers_of(within) if is_meant(number)]


def _reference_to(query: Query, document: Document) -> re.Pattern[str] | None:
    """A pattern of references to the articles of a document that a question names; None where it names none of it."""
    labels = [document.sections[place].number or "" for name, place in query.scope.sections if name == document.id]
    numbers = [match[1] for label in labels if (match := re.match(r"artikel (\d[\w.:]*)$", label, re.I))]
    if not numbers:
        return None
    either = "|".join(re.escape(number.rstrip(".")) for number in dict.fromkeys(numbers))
    between = r"(?:[^.;\n]|\.(?=\d)){0,60}?"  # "artikelen 4.1.6, 4.1.8, of 4.3.2"
    return re.compile(rf"\bartikel(?:en)? {between}(?<![\w.])(?:{either})(?![\w:]|\.\d)", re.I)


def translated_vector(embeddings: KaderEmbeddings, topic: str, language: Language) -> list[float] | None:
    """The unit vector of an English question's Dutch terms; None for a Dutch one, and where the glossary has none.

    A multilingual model places an English question near Dutch text on its subject, but nearer to any text on what
    questions are like; the terms of the glossary pull it to the subject.
    """
    terms = [term for said, dutch in dutch_terms(topic, language) if not is_document_word(said) for term in dutch[:2]]
    return embeddings.embed_query(" ".join(terms)) if language == "en" and terms else None


def describe_hit(generation: Generation, hit: Hit) -> dict[str, Any]:
    """A hit as the command line and LangChain show it: document, section, span and text."""
    passages = [generation.passages[number] for number in hit.run or (hit.passage,)]
    start, end = passages[0].start, passages[-1].end
    document = generation.document_of(hit.passage)
    section = document.sections[passages[0].section]
    return {
        "rank": hit.rank,
        "score": hit.score,
        "document_id": document.id,
        "document_title": document.title,
        "municipality": document.municipality,
        "section_number": section.number,
        "section_title": section.title,
        "section_path": list(section.path),
        "start": start,
        "end": end,
        "text": document.text[start:end],
        "page": document.page_at(start) or section.page,
    }
