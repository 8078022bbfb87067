"""Retrieval as LangChain knows it, and as the assistant uses it: a query in, hits out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.glossary import dutch_terms
from assistant.language import Language
from assistant.question import Query, is_document_word, understand
from assistant.ranking import ranked
from assistant.rerank import Reranker
from assistant.terms import Asked, asked_terms
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import Generation
from vectorstore.search import CANDIDATES, HEADING_ONLY, Hit, search

LEXICAL_WEIGHT: dict[Language, float] = {"nl": 0.5, "en": 0.3}
"""Weight of BM25 against standard deviations of dense similarity in the first search, whose candidates the learnt order
(`assistant.ranking`) puts in place; of an English question BM25 hears only what the glossary translates."""


SYNONYM = 0.3
"""What a synonym counts for in BM25, beside the question's own word."""
RELATIVE = 0.25
"""What another member of a compound's family counts for in BM25: "jeugdhulp" in a text where "jeugd" was asked."""


_EMBEDDED = 1000  # characters of a question that are embedded: what comes after them is no question any more


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of retrieval that can be turned off, to measure what each of them gives (`evals.ablations`)."""

    lexical_weight: Mapping[Language, float] = field(default_factory=lambda: LEXICAL_WEIGHT)
    glossary: bool = True
    compounds: bool = True
    heading_only: float = HEADING_ONLY
    learnt_order: bool = True


ALL_PARTS = Parts()


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
    said, whole = topic[:_EMBEDDED], query.standalone[:_EMBEDDED]
    terms = asked_terms(topic, query.language, glossary=parts.glossary)
    wanted = max(k, reranker.depth) if reranker else k
    hits = search(
        generation,
        embeddings.embed_query(said),
        generation.lexical.scores_of(terms, SYNONYM, RELATIVE if parts.compounds else 0.0),
        language=query.language,
        translated=translated_vector(embeddings, said, query.language) if parts.glossary else None,
        whole=embeddings.embed_query(whole) if whole != said else None,
        lexical_weight=parts.lexical_weight[query.language],
        heading_only=parts.heading_only,
        documents=None if everything else within,
        passages=_in_sections(generation, query, within) if query.scope.sections else None,
        k=2 * CANDIDATES if parts.learnt_order else wanted,
    )
    if parts.learnt_order:
        asked = Asked(terms, query.language, generation.lexical)
        hits = ranked(generation, topic, asked, hits, query.language, parts.heading_only)[:wanted]
    return reranker.order(topic, generation, hits)[:k] if reranker else hits


def _in_sections(generation: Generation, query: Query, within: Sequence[str]) -> list[int]:
    """Numbers of the passages in the sections that the question names."""
    outlines = generation.documents
    return [
        number
        for number, passage in enumerate(generation.passages)
        if passage.document_id in within
        and query.scope.holds(passage.document_id, passage.section, outlines[passage.document_id].sections)
    ]


def translated_vector(embeddings: KaderEmbeddings, topic: str, language: Language) -> list[float] | None:
    """The unit vector of an English question's Dutch terms; None for a Dutch one, and where the glossary has none.

    A multilingual model places an English question near Dutch text on its subject, but nearer to any text on what
    questions are like; the terms of the glossary pull it to the subject.
    """
    terms = [term for said, dutch in dutch_terms(topic, language) if not is_document_word(said) for term in dutch[:2]]
    return embeddings.embed_query(" ".join(terms)) if language == "en" and terms else None


class SectionRetriever(BaseRetriever):
    """The hybrid retriever behind LangChain's interface; give it a question, get documents with their section."""

    generation: Any
    embeddings: Any
    reranker: Any = None
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        generation: Generation = self.generation
        understood = understand(query, generation.documents.values(), spelled=generation.lexical.spelled)
        hits = retrieve(generation, self.embeddings, understood, k=self.k, reranker=self.reranker)
        return [_as_langchain(generation, hit) for hit in hits]


def _as_langchain(generation: Generation, hit: Hit) -> LangChainDocument:
    described = describe_hit(generation, hit)
    return LangChainDocument(page_content=described.pop("text"), metadata=described)


def describe_hit(generation: Generation, hit: Hit) -> dict[str, Any]:
    """A hit as the command line and LangChain show it: document, section, span and text."""
    passage = generation.passages[hit.passage]
    document = generation.document_of(hit.passage)
    section = document.sections[passage.section]
    return {
        "rank": hit.rank,
        "score": hit.score,
        "document_id": document.id,
        "document_title": document.title,
        "municipality": document.municipality,
        "section_number": section.number,
        "section_title": section.title,
        "section_path": list(section.path),
        "start": passage.start,
        "end": passage.end,
        "text": document.text[passage.start : passage.end],
        "page": document.page_at(passage.start) or section.page,
    }
