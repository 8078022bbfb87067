"""The terms that documents explain: in a list of terms, under headings of their own, or in the middle of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.kinds import entries
from assistant.quotes import Quote, lines, opening, quote, sentences, tells
from ingest.document import Document, Passage
from ingest.sentences import HEADWORD

_GLOSSARY = re.compile(r"\b(?:begrippen\w*|begripsbepaling\w*|begripsomschrijving\w*|definities?|woordenlijst)\b", re.I)
_ARTICLE = re.compile(r"^(?:artikel|art\.|§|lid|paragraaf)\b", re.I)
_NOT_A_TERM = re.compile(
    r"\b(?:verstaan|begrippen|toelichting|voorbeeld(?:en)?|onderdeel|inleiding|bron)\b|"
    r"^(?:lid|artikel|let op|ad|stap|punt)\b|[?!…]$",
    re.I,
)
_ENTRY = re.compile(
    r"(?:(?P<mark>[a-z]{1,3}[.)]|\d{1,2}[.)])\s+)?(?P<term>[^\W_][^:|\n]{1,70}?)\s*(?::(?=\s|$)|\s\|\s)\s*(?P<means>.*)$"
)
_SAID = re.compile(
    r"\b(?:Onder|Met)\s+(?:(?:het begrip|de term|de|het|een)\s+)?(?P<term>[^,.;:]{2,60}?)(?:\s+\d{1,2})?\s+"
    r"(?:verstaa?n? (?:we|wij)|wordt (?:\w+ ){0,3}?verstaan|bedoelen (?:we|wij)|wordt (?:\w+ ){0,2}?bedoeld)\b"
)
_LONGEST = 7  # words in a term
_AROUND = "'\"‘’“”„*¹²³⁰⁴⁵⁶⁷⁸⁹"  # quotation marks, and the marks of notes
_WHOLE = 600  # characters


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what a document says that it means, both as they stand there."""

    term: Quote
    meaning: Quote


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a glossary across documents, with the definition of each document that has one."""

    term: str
    definitions: tuple[Definition, ...]


def definitions(document: Document) -> tuple[Definition, ...]:
    """The terms that a document explains, in reading order, each where it is explained first."""
    found: dict[str, Definition] = {}
    for definition in _all(document):
        found.setdefault(key(definition.term.text), definition)
    return tuple(sorted(found.values(), key=lambda d: d.meaning.start))


def glossary(documents: Iterable[Document]) -> tuple[Entry, ...]:
    """The terms of all documents in alphabetical order; what several documents explain is one entry."""
    found: dict[str, list[Definition]] = {}
    for document in sorted(documents, key=lambda d: d.id):
        for definition in definitions(document):
            found.setdefault(key(definition.term.text), []).append(definition)
    return tuple(Entry(found[name][0].term.text, tuple(found[name])) for name in sorted(found))


def matching(known: Iterable[Entry], wanted: str) -> tuple[Entry, ...]:
    """The entries whose term holds what is looked for, or failing that those whose explanation does."""
    sought, listed = key(wanted), tuple(known)
    by_term = tuple(e for e in listed if sought in key(e.term))
    return by_term or tuple(e for e in listed if any(sought in key(d.meaning.text) for d in e.definitions))


def in_term_lists(document: Document) -> frozenset[int]:
    """The sections that are lists of terms, or lie in one."""
    lists = [s for i, s in enumerate(document.sections) if _lists_terms(document, i)]
    return frozenset(
        i for i, s in enumerate(document.sections) if any(one.start <= s.start and s.end <= one.end for one in lists)
    )


def explained(document: Document, passage: Passage) -> list[str]:
    """The terms that a passage may explain: its entries, its heading in a list of terms, what it says is meant."""
    section = document.sections[passage.section]
    titled = [section.title] if any(_GLOSSARY.search(title) for title in section.path[:-1]) else []
    text = document.text[passage.start : passage.end]
    heads = [match["term"] for line in text.split("\n") if (match := HEADWORD.match(line))]
    said = (match["term"] for match in _SAID.finditer(text))
    return [*titled, *entries(text), *(heads if section.kind == "glossary" else ()), *said]


def key(term: str) -> str:
    """A term as it is compared and sorted: without capitals, accents and double spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", term) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def _all(document: Document) -> Iterator[Definition]:
    """Lists of terms first: what a list says of a term is its definition, whatever another sentence says of it."""
    lists = [i for i in range(len(document.sections)) if _lists_terms(document, i)]
    said: list[int] = []
    for index, section in enumerate(document.sections):
        if not tells(section):
            continue
        above = [i for i in lists if i < index and section.end <= document.sections[i].end]
        if above and not _ARTICLE.match(section.label):
            yield from _under_heading(document, index)
        elif (above or index in lists) and not _has_parts(document, index):
            yield from _listed(document, index)
        elif not above:
            said.append(index)
    for index in said:
        yield from _said(document, index)


def _lists_terms(document: Document, index: int) -> bool:
    section = document.sections[index]
    return tells(section) and (section.kind == "glossary" or bool(_GLOSSARY.search(section.title)))


def _has_parts(document: Document, index: int) -> bool:
    section = document.sections[index]
    return section.body_end < section.end


def _under_heading(document: Document, index: int) -> Iterator[Definition]:
    """A section below a list of terms: its heading is the term, its text the meaning, of a long one how it begins."""
    section = document.sections[index]
    start = document.text.find(section.title, section.start, section.text_start)
    own = lines(document, index)
    short = own and own[-1].end - own[0].start <= _WHOLE
    meaning = quote(document, index, own[0].start, own[-1].end) if short else opening(document, index, 3, _WHOLE)
    if start >= 0 and meaning and _is_term(section.title):
        yield Definition(quote(document, index, start, start + len(section.title)), meaning)


def _listed(document: Document, index: int) -> Iterator[Definition]:
    """The lines "term: meaning" of a section; the items below a term that is a list belong to its meaning."""
    term: Quote | None = None
    span: tuple[int, int] | None = None
    for line in lines(document, index):
        head = HEADWORD.match(document.text, line.start, line.end)
        entry = head or _ENTRY.match(document.text, line.start, line.end)
        if entry and _is_term(entry["term"]) and not _goes_on(entry.groupdict().get("mark"), term):
            if term and span:
                yield Definition(term, quote(document, index, *span))
            term = quote(document, index, *entry.span("term"))
            means = (head.end(), line.end) if head else entry.span("means")
            span = means if document.text[slice(*means)].strip() else None
        elif term and line.item:
            span = (span[0] if span else line.start, line.end)
        else:
            if term and span:
                yield Definition(term, quote(document, index, *span))
            term, span = None, None
    if term and span:
        yield Definition(term, quote(document, index, *span))


def _goes_on(mark: str | None, term: Quote | None) -> bool:
    """Whether a marked line is a point of the term before it; terms themselves are marked by letters, or not at all."""
    return bool(term and mark and mark[0].isdigit())


def _said(document: Document, index: int) -> Iterator[Definition]:
    """The sentences "onder … verstaan wij …" of a section."""
    for sentence in sentences(document, index):
        said = _SAID.search(document.text, sentence.start, sentence.end)
        if said is None:
            continue
        start, end = said.span("term")
        while start < end and document.text[start] in _AROUND:
            start += 1
        while end > start and document.text[end - 1] in _AROUND:
            end -= 1
        if _is_term(document.text[start:end]):
            yield Definition(quote(document, index, start, end), sentence)


def _is_term(text: str) -> bool:
    return 0 < len(text.split()) <= _LONGEST and not _NOT_A_TERM.search(text)
