"""A document's outline: its chapters and their parts, and questions for nothing else ("hoe is de nota opgebouwd?").

"Welke bijlagen heeft de nota?" is asked of the headings; no sentence of the text answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from assistant.document_words import DOCUMENTS
from assistant.naming import names_of
from assistant.numerals import DUTCH, ENGLISH
from assistant.query import Query
from assistant.quotable import MAX_LIST, Excerpt
from assistant.quotes import lines, tells
from assistant.terms import terms_of
from assistant.topic import other_topic
from ingest.document import Document, Section
from vectorstore.lexical import Term, stems, words

_COUNTABLE = 16  # the highest number of parts that a question may give for what it wants listed
_FEW_DOCUMENTS = 2  # the outlines of more would be no answer to one question


def chapters_of(document: Document) -> list[int]:
    """The outermost sections; of a document that is one section in whole, those below it."""
    found = _outermost(document, range(len(document.sections)))
    while len(found) == 1 and document.sections[found[0]].kind != "glossary":
        below = parts_of(document, found[0])
        if not below:
            break
        found = below
    return found


def parts_of(document: Document, index: int) -> list[int]:
    """The sections directly below one."""
    end = document.sections[index].end
    inner = []
    for i in range(index + 1, len(document.sections)):
        if document.sections[i].start >= end:
            break
        inner.append(i)
    return _outermost(document, inner)


def _outermost(document: Document, indices: Iterable[int]) -> list[int]:
    """Those of some sections, in reading order, that lie in none of the others."""
    found: list[int] = []
    reached = -1
    for i in indices:
        section = document.sections[i]
        if tells(section) and section.start >= reached:
            found.append(i)
            reached = section.end
    return found


def _called(name: str) -> Callable[[Section], bool]:
    return lambda section: bool(re.match(rf"{name}\s+\w", section.label, re.I))


_is_appendix = _called("bijlage")
_PAPERS = re.compile(r"bijlage(?:n|\(n\))\W*", re.I)
"""The title of a list of the papers that go with a proposal."""
_PARTS: tuple[tuple[str, Callable[[Section], bool] | None], ...] = (
    (r"bijlagen?|appendi(?:x|ces)|annex(?:es)?|attachments?", _is_appendix),
    (r"artikel(?:en|s)?|articles?", _called("artikel")),
    (r"paragrafen|paragraphs|sections", lambda section: "." in (section.number or "")),
    (r"hoofdstukken|chapters|delen|onderdelen|parts", None),
)
"""What parts of a document are called in a question, and which sections are meant; None stands for its chapters."""
_ASKED = r"\b(?:welke|wat zijn de|wat voor|hoeveel|noem|geef|som|which|what|how many|list|name)\b[^.?!]*?\b"
_LISTS = re.compile(r"\b(?:welke|wat zijn|noem|som|which|what are|list|name)\b", re.I)
_BUILT = re.compile(
    r"\b(?P<what>\w*(?:kader|nota|document|stuk|plan|visie|verordening|regeling|overeenkomst|handleiding|voorstel|begroting"
    r"|programma|handboek|pact|notitie|leidraad|strategie|framework|memorandum|proposal|ordinance|agreement|manual|budget|"
    r"programme|handbook|strategy))\b.{0,40}?\b(?:opgebouwd|ingedeeld|"
    r"gestructureerd|in elkaar|structured|put together|organi[sz]ed|built up|divided)\b"
    r"|\b(?:opbouw|indeling|inhoudsopgave|hoofdstukindeling|table of contents|(?:structure|outline)\s+of)\b",
    re.I,
)
_COUNTS = {
    **{word: n for names in (DUTCH, ENGLISH) for n, word in enumerate(names[:12], start=1) if n > 1},
    **{str(n): n for n in range(2, _COUNTABLE + 1)},
}
"""How many there are of what is asked: "welke vier doelen"."""
_NEUTRAL = frozenset(
    stems("hoofdstuk hoofdstukken paragrafen bijlagen artikelen delen onderdelen heeft bevat bestaat staan zitten telt")
    + stems("horen geef noem som lijst titels namen hoeveel welke alle document have contain contains list name names")
    + stems("noemt noemen kent hanteert formuleert stelt beschrijft mention mentions use uses set sets describe")
    + stems("titles document comes belong opbouw indeling inhoudsopgave table contents structure outline")
)


_HELD = re.compile(
    r"^(?:welke|wat voor|noem (?:de|alle)|what|which|list (?:the|all))\s+"
    rf"(?:{DOCUMENTS}|documents|papers|frameworks)\s*"
    r"(?:(?:heb|ken|doorzoek|gebruik|lees)\s+(?:je|jij|u)\b|zijn er\b|zijn (?:geïndexeerd|beschikbaar)|zitten? er\b|"
    r"staan er\b|(?:do|can) you (?:have|know|search|use|read)\b|are (?:there|indexed|available)\b).{0,20}$",
    re.I,
)
"""A question for what there is to search."""


def listed_documents(query: Query, documents: Mapping[str, Document]) -> list[Excerpt]:
    """The titles of the documents in scope, where a question asks which there are; none for any other question."""
    if not _HELD.search(query.standalone):
        return []
    titled = ((name, fact) for name in query.scope.documents for fact in documents[name].facts if fact.name == "title")
    return [
        Excerpt(name, documents[name].section_at(fact.start, fact.end), fact.start, fact.end, item=True)
        for name, fact in titled
    ]


def listed_sections(query: Query, documents: Mapping[str, Document]) -> list[Excerpt]:
    """The headings that a question for a document's outline asks for; none for any other question.

    Of a document with more of them than an answer may list, the first; `unlisted` says so.
    """
    return [e for excerpts in _asked_of(query, documents).values() for e in excerpts[:MAX_LIST]]


def unlisted(query: Query, documents: Mapping[str, Document]) -> dict[str, int]:
    """The documents of whose outline more is asked than an answer may list, each with how many headings that are."""
    return {name: len(e) for name, e in _asked_of(query, documents).items() if len(e) > MAX_LIST}


def _asked_of(query: Query, documents: Mapping[str, Document]) -> dict[str, list[Excerpt]]:
    """All headings that a question for an outline asks for, by document."""
    names = query.scope.documents
    if not query.scope.named or len(names) > _FEW_DOCUMENTS or query.scope.sections:
        return {}
    for pattern, is_meant in _PARTS:
        said = re.search(_ASKED + rf"(?P<part>{pattern})\b", query.topic, re.I)
        if said is not None:
            about = [n for n in names if not other_topic(query, said["part"], documents[n], _NEUTRAL)]
            return {n: _meant(documents[n], is_meant) for n in about}
    named = {n: _named_list(query, documents[n]) for n in names}
    if any(named.values()):
        return named
    built = _BUILT.search(query.topic)
    whole = built is not None and (
        built["what"] or not any(other_topic(query, built[0], documents[n], _NEUTRAL) for n in names)
    )
    return {n: _headings(documents[n], chapters_of(documents[n])) for n in names} if whole else {}


def _named_list(query: Query, document: Document) -> list[Excerpt]:
    """The titles below the one section that is called what a question wants listed: "welke uitgangspunten …"."""
    asked = [part for part in re.split(r"(?<=[.?!])\s+", query.topic) if _LISTS.search(part)]
    said = set(words(asked[-1])) if asked else set()
    known = {*_NEUTRAL, *(stem for name in names_of(document) for stem in stems(name))}
    terms = [
        term
        for term in terms_of(query)
        if said & set(words(term.said)) and not any(known.issuperset(way) for way in (stems(term.said), *term.ways))
    ]
    counts = [_COUNTS[term.said] for term in terms if term.said in _COUNTS]
    wanted = [term for term in terms if term.said not in _COUNTS]
    if counts:  # "welke vier doelen": what comes after the number is what there are four of
        after = next(at for at, term in enumerate(terms) if term.said in _COUNTS) + 1
        wanted = terms[after : after + 1]

    def is_list(index: int) -> bool:
        section = document.sections[index]
        there = len(parts_of(document, index)) if tells(section) and _holds_all(wanted, section.title) else 0
        return there > 1 and counts in ([], [there])

    titled = [index for index in range(len(document.sections)) if wanted and is_list(index)]
    return _headings(document, parts_of(document, titled[0])) if len(titled) == 1 else []


def _holds_all(terms: Iterable[Term], title: str) -> bool:
    there = set(stems(title))
    return all(any(there.issuperset(way) for way in term.ways) for term in terms)


def _meant(document: Document, is_meant: Callable[[Section], bool] | None) -> list[Excerpt]:
    """The headings of the sections meant; those of the chapters where these are.

    Of appendices that are papers of their own, the lines below "Bijlage(n):".
    """
    own = [i for i, section in enumerate(document.sections) if is_meant and tells(section) and is_meant(section)]
    if is_meant is _is_appendix and not own:
        named = [i for i, section in enumerate(document.sections) if _PAPERS.fullmatch(section.title)]
        papers = [line for i in named for line in lines(document, i)]
        return [Excerpt(document.id, paper.section, paper.start, paper.end, item=True) for paper in papers]
    return _headings(document, own if is_meant else chapters_of(document))


def headings_below(document: Document, index: int) -> list[Excerpt]:
    """The headings of the sections directly below one, as many as an answer may list."""
    return _headings(document, parts_of(document, index))[:MAX_LIST]


def _headings(document: Document, indices: Iterable[int]) -> list[Excerpt]:
    found = []
    for index in indices:
        section = document.sections[index]
        heading = document.text[section.start : section.text_start]
        start = section.start + len(heading) - len(heading.lstrip())
        if heading.strip():
            found.append(Excerpt(document.id, index, start, start + len(heading.strip()), item=True))
    return found
