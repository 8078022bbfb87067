"""Whether a question is about more than a document itself: its outline, its facts, what it is called."""

from __future__ import annotations

import re
from collections.abc import Set

from assistant.document_words import is_document_word
from assistant.naming import names_of
from assistant.query import Query
from assistant.terms import asked_terms
from ingest.document import Document
from vectorstore.lexical import stems

_QUOTED = re.compile(r"[“‘'\"]([^”’'\"]{4,80})[”’'\"]")


def other_topic(query: Query, said: str, document: Document, neutral: Set[str], topic: str | None = None) -> bool:
    """Whether a question has a topic besides what it asks of a document: "welke artikelen gaan over parkeren?".

    A word is none that belongs to what was `said` for it, to the document's names, to a title that is quoted from it,
    or to the `neutral` stems, in any way that the glossary knows. `topic` is read in place of the query's own.
    """
    topic = query.topic if topic is None else topic
    quoted = " ".join(title for title in _QUOTED.findall(topic) if title.lower() in document.text.lower())
    known = {*stems(f"{said} {quoted} {' '.join(names_of(document))}"), *neutral}
    left = (term for term in asked_terms(topic, query.language) if not is_document_word(term.said))
    return not all(any(known.issuperset(way) for way in (stems(term.said), *term.ways)) for term in left)
