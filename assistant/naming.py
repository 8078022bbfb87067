"""The documents that a question calls by a name: by words of their title, by their kind, in Dutch or in English."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from assistant.document_words import NAMED_KINDS, PLACED_KINDS, TELLING_WORD, TOLD_OF_ANY, WORDS_FOR_KIND
from assistant.glossary import dutch_terms
from assistant.meant import Calls, meant_in
from assistant.titles import titled_in, titles_of
from ingest.document import Document
from vectorstore.lexical import stop_words, words


def calls_in(question: str, documents: Iterable[Document], *, in_place: bool) -> Calls:
    """The documents that a question calls by a title word or their kind ("de sportnota", "the Youth Act").

    `in_place` says that their municipality is named: there the kind is a name too ("de begroting van Purmerend").
    """
    documents = list(documents)
    said, titled = _said(question), titled_in(question, documents)
    of_titles = {word for by in titled.values() for word in by}
    of_kinds = frozenset(word for document in documents for word in said & _kind_words(document, in_place))
    named: dict[str, frozenset[str]] = {}
    for document in documents:
        own = titled.get(document.id, frozenset())
        in_title = of_kinds & frozenset(words(document.title))  # a proposal that adopts a framework has it in its title
        by = in_title | said & (_telling_words(document.title, document.id) | _kind_words(document, in_place))
        if own or by - of_titles:  # "de verordening parkeren" calls no other "verordening"
            named[document.id] = by | own
    if in_place and named:  # beside "de begroting", "het kader" is a document too
        for document in documents:
            if by := said & frozenset(WORDS_FOR_KIND.get(document.kind or "", "").split()):
                named.setdefault(document.id, by)
    return meant_in(question, named, documents)


def apart_in(calls: Calls) -> tuple[str, ...]:
    """The documents that a question calls each by a word of its own: it asks what either of them says."""
    own = tuple(
        name for name, by in calls.items() if by - {word for other, b in calls.items() if other != name for word in b}
    )
    return own if len(own) > 1 and len(own) == len(calls) else ()


def documents_called(name: str, documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents whose title or kind holds every word of a name that is given as a correction ("de begroting")."""
    said = {word for word in words(name) if word not in stop_words()}
    return tuple(document for document in documents if said and said <= names_of(document))


def names_of(document: Document) -> frozenset[str]:
    """The words that a document may be called by: those of its titles, and of its kind ("de begroting")."""
    kind = document.kind or ""
    return frozenset(
        (*(word for title in titles_of(document) for word in words(title)), *WORDS_FOR_KIND.get(kind, "").split(), kind)
    )


def _said(question: str) -> frozenset[str]:
    """The words of a question, and the Dutch ones for English names of several words ("Youth Act", "by-law")."""
    names = [way for phrase, ways in dutch_terms(question, "en") if " " in phrase for way in ways]
    return frozenset((*words(question), *(way.lower() for way in names if " " not in way)))


@lru_cache(maxsize=2048)
def _telling_words(title: str, document_id: str) -> frozenset[str]:
    """The words of a title, and of the name of its file, by which a document is called."""
    return frozenset(w for w in words(f"{title} {document_id}") if TELLING_WORD.match(w)) - TOLD_OF_ANY


def _kind_words(document: Document, in_place: bool) -> frozenset[str]:
    kind = document.kind or ""
    if kind == "programmabegroting":
        return frozenset({kind, "begroting"} if in_place else {kind})
    return frozenset({kind} if kind in (PLACED_KINDS if in_place else NAMED_KINDS) else ())
