"""Retrieval behind LangChain's interface, by itself: LangChain takes half a second to import, and few chain it."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.question import understand
from assistant.retriever import describe_hit, find, settled
from vectorstore.generation import Generation
from vectorstore.search import Hit


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
        understood = settled(generation, self.embeddings, understood)
        hits = find(generation, self.embeddings, understood, k=self.k, reranker=self.reranker)
        return [_as_langchain(generation, hit) for hit in hits]


def _as_langchain(generation: Generation, hit: Hit) -> LangChainDocument:
    described = describe_hit(generation, hit)
    return LangChainDocument(page_content=described.pop("text"), metadata=described)
