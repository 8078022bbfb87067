"""Where to look: the municipalities, documents and sections that a question names, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

from assistant.contrasts import only_compared
from assistant.divisions import absent_sections, named_sections
from assistant.kinds import asked_kinds
from assistant.language import word_list
from assistant.meant import Calls, said_where
from assistant.naming import apart_in, calls_in
from ingest.document import Document, Section
from ingest.municipalities import is_ordinary_word, mentions, successor_of
from vectorstore.lexical import stems, words

_INFLECTION = r"(?:['’]?s|se|sen|er|ers|naar|naren)?"
_Named = tuple[str, int, int]
"""A municipality with where it is named."""
_ALONGSIDE = re.compile(
    r"\W*(?:(?:en|of|and|or|vs|versus|als|dan|than|naast|ook|in|van|voor|for|bij|de|het|the|gemeente|municipality|dat|that|"
    r"die)\b\W*)*",
    re.I,
)
"""What stands between two municipalities of both of which something is asked."""
_ARTICLE = re.compile(r"\b(?:het|een|de|the|an?) (?:(?!gemeente|municipality)[\w-]+ )?$")
"""What stands before an ordinary word: "het maatschappelijk middenveld"; names of places have no article."""
_UNLISTED = re.compile(r"\b(?:gemeente|municipality of)\s+([A-ZÀ-Ý][\w'’-]{2,})")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: the documents that are searched, and which names chose them.

    `unknown` holds municipalities that were named but of which nothing is indexed: then there is nothing to find.
    `sections` are those that were named ("artikel 8"), as document id and place in its outline; none means all.
    `absent` are sections that were named of a named document, and that it neither has nor mentions.
    `apart` holds the documents of each municipality, or each document, of several that are named: what every one of
    them says is asked, and each is searched by itself.
    """

    documents: tuple[str, ...]
    municipalities: tuple[str, ...] = ()
    named: bool = False
    unknown: tuple[str, ...] = ()
    sections: tuple[tuple[str, int], ...] = ()
    absent: tuple[str, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()

    def holds(self, document_id: str, section: int, outline: Sequence[Section]) -> bool:
        """Whether a section is searched: it or one above it is named, or none; of several documents, none of this."""
        if not self.sections:
            return True
        start, end = outline[section].start, outline[section].end
        above = [outline[n] for name, n in self.sections if name == document_id]
        if self.apart and not above:  # "noemt de verordening wat artikel 8.1.4 van de Jeugdwet noemt"
            return True
        return any(named.start <= start and end <= named.end for named in above)


def scope_of(question: str, documents: list[Document]) -> tuple[Scope, str]:
    """The scope that a question names, and the question without those names."""
    spans = _places_asked(question, list(_municipality_spans(question, documents)), documents)
    named = {name for name, _, _ in spans}
    known = tuple(sorted({d.municipality for d in documents if d.municipality} & named))
    unknown = tuple(sorted(named - set(known)))
    aside = only_compared(question, documents, known)
    asked = question[: aside.start] + question[aside.end :] if aside else question
    chosen, apart, calls = _named_documents(asked, documents, aside.municipalities if aside else known)
    by_title = not known and len(chosen) < len(documents)
    if unknown and not known:
        chosen, apart = [], ()
    where = (aside.start, aside.end) if aside else said_where(question, calls, documents)
    places = _with(where, [(start, end) for _, start, end in spans], question)
    of = {d.municipality for d in chosen if d.municipality}
    if where in places and not known and len(of) == 1:  # a version is of a place, which a question after it may mean
        known = tuple(of)
    sections, said = named_sections(question, chosen, apart)
    rest = _without(question, [*places, *said])
    one = by_title or bool(known) or len({name for name, _ in sections}) == 1
    if sections and not one and stems(rest):  # "artikel 7", which many documents have, beside something else
        sections, said = (), []
    absent = absent_sections(question, chosen) if by_title or known else ()
    scope = Scope(tuple(d.id for d in chosen), known, bool(known) or by_title, unknown, sections, absent, apart)
    return scope, _without(question, [*places, *said])


def _named_documents(
    question: str, documents: list[Document], known: tuple[str, ...]
) -> tuple[list[Document], tuple[tuple[str, ...], ...], Calls]:
    """The documents of the municipalities named, of these only those that are called by name where some are.

    With those that are searched apart, and the words by which documents are called.

    Beside a municipality, a document of none may be called: "de verordening van Groningen en de Jeugdwet".
    """
    there = [d for d in documents if d.municipality in known] if known else documents
    calls = calls_in(question, there, in_place=bool(known))
    asked = " ".join(word for word in words(question) if not any(word in by for by in calls.values()))
    if not known and len(calls) == 1 and "comparison" in asked_kinds(asked):
        calls = {}  # the other side of the comparison was not recognised
    chosen = [d for d in there if d.id in calls] or there
    said_there = {word for by in calls.values() for word in by}
    general = [d for d in documents if known and d.municipality is None]
    beside = {name: by for name, by in calls_in(question, general, in_place=False).items() if not by & said_there}
    places = [tuple(d.id for d in chosen if d.municipality == name) for name in known]
    if len(known) > 1 or beside:
        apart = (*places, *((name,) for name in beside))
    else:
        apart = tuple((name,) for name in apart_in(calls))
    return [*chosen, *(d for d in general if d.id in beside)], tuple(part for part in apart if part), calls


def sections_called(question: str, documents: list[Document]) -> tuple[tuple[str, int], ...]:
    """The sections that a question calls by number where it names them: document id and place in its outline."""
    return scope_of(question, documents)[0].sections


def section_titles(scope: Scope, documents: Iterable[Document]) -> str:
    """The titles of the sections that a scope names: what a question is about that asks for nothing else."""
    outlines = {d.id: d.sections for d in documents}
    return ", ".join(dict.fromkeys(outlines[name][n].label for name, n in scope.sections))


def _places_asked(question: str, spans: list[_Named], documents: list[Document]) -> list[_Named]:
    """The municipalities named of which something is asked.

    Beside one that is indexed, another is only a word of the question ("werkt Purmerend samen met Zaanstad?"), unless
    the two stand side by side or are compared.
    """
    indexed = {d.municipality for d in documents}
    if "comparison" in asked_kinds(question) or not any(name in indexed for name, _, _ in spans):
        return spans
    in_order = sorted(spans, key=lambda span: span[1])
    beside = {a for a, b in pairwise(in_order) if _ALONGSIDE.fullmatch(question, a[2], b[1])}
    beside |= {b for a, b in pairwise(in_order) if a in beside}
    return [span for span in spans if span[0] in indexed or span in beside]


def _municipality_spans(question: str, documents: list[Document]) -> Iterable[tuple[str, int, int]]:
    """Municipalities named in a question with their spans, under the name that the documents use.

    Indexed ones are recognised with endings ("Purmerendse"), by the name of their successor, and misspelled.
    """
    indexed = sorted({d.municipality for d in documents if d.municipality})
    listed = [(name, start, end) for name, start, end in mentions(question) if _is_name(question, start, end)]
    found = [span for name in indexed for span in _inflected(name, question, listed)]
    taken: list[tuple[int, int]] = []
    # The longest first: "Utrechtse Heuvelrug" is not "Utrecht", nor "Bergen op Zoom" "Bergen".
    for name, start, end in sorted([*found, *listed], key=lambda span: span[1] - span[2]):
        if not _overlaps((start, end), taken):
            taken.append((start, end))
            yield name, start, end
    spelled = {_sounds(name): name for name in indexed}
    for match in re.finditer(r"[^\W\d_]{6,}", question):
        close = get_close_matches(_sounds(match[0]), spelled, n=1, cutoff=0.84)
        proper = close and any(match[0].lower() in word_list(language) for language in ("nl", "en"))
        if close and not proper and not _overlaps(match.span(), taken):
            taken.append(match.span())
            yield spelled[close[0]], *match.span()
    for match in _UNLISTED.finditer(question):
        if not _overlaps(match.span(1), taken):
            taken.append(match.span(1))
            yield match[1], *match.span(1)


def _inflected(name: str, question: str, listed: list[tuple[str, int, int]]) -> Iterable[tuple[str, int, int]]:
    """Where an indexed municipality is named; one that is an ordinary word too, only where it is listed as a name."""
    successor = successor_of(name)
    for form in [name, *([successor.successor] if successor and successor.successor else [])]:
        for match in _written(form).finditer(question):
            plain = match[0].lower() == form.lower()
            if not (plain and is_ordinary_word(form)) or match.span() in [span[1:] for span in listed]:
                yield name, *match.span()


@lru_cache(maxsize=2048)
def _written(name: str) -> re.Pattern[str]:
    """A pattern of a municipality's name with its endings: "Purmerendse", "Schagenaren"."""
    forms = re.escape(name) + _INFLECTION + (f"|{re.escape(name[:-2])}se" if name.endswith("en") else "")
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.I)


def _is_name(question: str, start: int, end: int) -> bool:
    """Whether what stands there is meant as a name: in a question without capitals, not below an article."""
    if question[start].isupper() or not question[start].isalpha():
        return True
    return end - start > 4 and question.islower() and not _ARTICLE.search(question[:start])


def _sounds(name: str) -> str:
    """A name with the two spellings of one Dutch sound made one, for telling misspellings."""
    return name.lower().replace("ij", "y")


def _without(question: str, spans: list[tuple[int, int]]) -> str:
    """The question with names taken out, and with them the little words that tied them to it."""
    text = question
    for start, end in sorted(spans, reverse=True):
        before = re.sub(
            r"(?:\b(?:van|in|voor|uit|binnen|volgens|of|by|for|at|according to)\s+)?(?:\b(?:de|het|the)\s+)?"
            r"(?:\b(?:gemeente|municipality of)\s+)?$",
            "",
            text[:start],
            flags=re.I,
        )
        text = f"{before.rstrip()} {text[end:].lstrip()}"
    text = re.sub(r"[\s,]+([?!.])|\s+(,)", r"\1\2", " ".join(text.split())).strip(" ,")
    return text if re.search(r"\w", text) else question if not spans else ""


def _with(where: tuple[int, int] | None, places: list[tuple[int, int]], question: str) -> list[tuple[int, int]]:
    """The places named, and where a question says which version it means or compares with.

    Not the latter where little but that is asked ("wat staat er in de oude nota?"), unless it is a follow-up.
    """
    if where is None:
        return places
    both = [where, *(place for place in places if not _overlaps(place, [where]))]
    rest = _without(question, both)
    return both if stems(rest) or len(words(rest)) < 2 else places


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
