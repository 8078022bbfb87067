"""Ten questions to get to know a document by, made from its outline, principles and terms, and checked beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from assistant.engine import Assistant
from assistant.language import Language
from assistant.reader import Reader, Request
from assistant.tour import Tour
from assistant.tour_words import PRINCIPLES, PURPOSE
from ingest.document import Document
from ui.messages import text
from ui.suggestions import about_headings, called
from vectorstore.generation import Generation
from vectorstore.lexical import words

TEN = 10
_TERMS = 2
_TRIED = 40  # of a document with hundreds of headings; each try is a search
_SAYS_SOMETHING = 150  # characters
_SHORT = 7  # words
_ODD = re.compile(r"[\[\]]|:\?$|\bover over\b")  # what a heading can make of a question


def ten_questions(assistant: Assistant, document: Document, tour: Tour, language: Language) -> list[str]:
    """At most ten questions that a document answers, the same ones for the same index.

    Whether it answers is judged as for any question, but no answer is composed: a language model would take minutes.
    """

    def answered(reader: Reader) -> list[str]:
        tried = islice(_candidates(document, reader.generation, tour, language), _TRIED)
        return list(islice((q for q in tried if _answered(reader, q, document.id)), TEN))

    return assistant.with_reader(answered)


def _candidates(document: Document, generation: Generation, tour: Tour, language: Language) -> Iterator[str]:
    """Questions to try, most useful to a newcomer first; about one topic only once."""
    documents = generation.documents.values()
    name = called(document, documents, language)
    headings = about_headings(document, documents, language)
    terms = [text("tour-ask-term", language, document=name, term=term) for term in _telling(document, tour)]
    others = [
        text("tour-ask-topic", language, document=name, topic=topic)
        for topic in chain(_titles(document), _principles(tour))
    ]
    asked = [text("tour-ask-purpose", language, document=name)]
    if tour.stop("principles"):
        asked.append(text("tour-ask-principles", language, document=name))
    asked += headings[:4] + terms[:_TERMS]
    if tour.stop("roles"):
        asked.append(text("tour-ask-roles", language, document=name))
    asked += headings[4:] + terms[_TERMS:] + others
    seen: set[tuple[str, ...]] = set()
    for question in asked:
        about = tuple(words(question))
        if about not in seen and not _ODD.search(question):
            seen.add(about)
            yield question


def _telling(document: Document, tour: Tour) -> list[str]:
    """The terms that a document explains, those that it uses most first."""
    terms = tour.stop("terms")
    names = [" ".join(d.term.text.split()) for d in terms.definitions] if terms else []
    said = document.text.casefold()
    return sorted(names, key=lambda term: -said.count(term.casefold()))


def _titles(document: Document) -> list[str]:
    """Headings of sections that say something, also those of one word, but not those that every document has."""
    return [
        s.title
        for s in document.sections
        if s.kind == "body"
        and s.body_end - s.text_start >= _SAYS_SOMETHING
        and not re.search(r"[?!…:|\d]", s.title)
        and not PURPOSE.search(s.title)
        and not PRINCIPLES.search(s.title)
        and s.title != document.title
    ]


def _principles(tour: Tour) -> list[str]:
    """The principles that are short enough to be asked about by name."""
    stop = tour.stop("principles")
    items = [q.text for point in (stop.points if stop else ()) for q in point.quotes if q.item and " | " not in q.text]
    names = [re.sub(r"^\w{1,2}[.)]\s+|\W+$", "", item) for item in items]
    return [name for name in names if 1 < len(name.split()) <= _SHORT]


def _answered(reader: Reader, question: str, document_id: str) -> bool:
    """Whether a question that is asked of all documents is answered from this one."""
    answer = reader.ask(Request(question), phrased=False)
    return not answer.abstained and answer.citations[0].document_id == document_id
