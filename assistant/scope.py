"""Where to look: the municipalities, documents and sections that a question names, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from assistant.kinds import asked_kinds
from assistant.naming import apart_in, calls_in, names_of
from assistant.spelling import word_list
from ingest.document import Document, Section
from ingest.municipalities import is_ordinary_word, mentions, successor_of
from vectorstore.lexical import stems, words

_INFLECTION = r"(?:['’]?s|se|sen|er|ers|naar|naren)?"
_UNLISTED = re.compile(r"\b(?:gemeente|municipality of)\s+([A-ZÀ-Ý][\w'’-]{2,})")

_DIVISIONS: dict[str, str] = {
    "hoofdstuk": r"hoofdstuk|chapter",
    "artikel": r"artikel|art\.?|article",
    "bijlage": r"bijlage|appendix|annex",
    "deel": r"deel|part",
    "paragraaf": r"paragraaf|par\.|§|section|paragraph",
    "agendapunt": r"agendapunt|agenda item",
    "": r"doel|goal|perspectief|perspective|stap|step|thema|theme|fase|phase|programma|programme|opgave|principe|"
    r"aandachtsveld|bouwsteen|pijler|spoor",
}
DIVISION_NAMES = "|".join(_DIVISIONS.values())
"""A pattern of what parts of a document are called."""
TITLED = _DIVISIONS[""]
"""Those of them that carry their number in the title ("Stap 2: …"), with a bar between them."""
DIVISION = re.compile(
    r"(?:\b(?:in|van|uit|volgens|bij|from|of|under)\s+)?(?:\b(?:het|de|the)\s+)?"
    rf"(?P<word>(?<!\w)(?:{DIVISION_NAMES}))\s*(?P<number>\d+[a-z]?(?:[.:]\d+[a-z]?)*"
    r"|(?:(?<=bijlage )|(?<=appendix )|(?<=annex ))(?-i:[A-Z]|[IVX]{1,4}))(?![\w%])",
    re.I,
)
DOTTED = re.compile(
    r"\b(?:in|uit|van|onder|bij|under|of|from)\s+(?P<number>\d+(?:\.\d+)+)"
    r"(?!\w|[.,:]\d|\s*(?:%|procent|percent|mi\w+|euro|jaar|years?|uur|hours?|fte|keer|times)\b|\s*[%€])",
    re.I,
)
"""A number of a section without the word for it: "wat staat er in 3.2.2"."""
_OF = re.compile(r"\s+(?:van|uit|of|from)\s+(?:de|het|the)\s+([\w-]+)", re.I)
_ENGLISH = {
    "goal": "doel",
    "perspective": "perspectief",
    "step": "stap",
    "theme": "thema",
    "phase": "fase",
    "programme": "programma",
}


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
    spans = list(_municipality_spans(question, documents))
    named = {name for name, _, _ in spans}
    known = tuple(sorted({d.municipality for d in documents if d.municipality} & named))
    unknown = tuple(sorted(named - set(known)))
    chosen, apart = _named_documents(question, documents, known)
    by_title = not known and len(chosen) < len(documents)
    if unknown and not known:
        chosen, apart = [], ()
    places = [(start, end) for _, start, end in spans]
    sections, said = _named_sections(question, chosen)
    rest = _without(question, [*places, *said])
    one = by_title or bool(known) or len({name for name, _ in sections}) == 1
    if sections and not one and stems(rest):  # "artikel 7", which many documents have, beside something else
        sections, said = (), []
    absent = _absent_sections(question, chosen) if by_title or known else ()
    scope = Scope(tuple(d.id for d in chosen), known, bool(known) or by_title, unknown, sections, absent, apart)
    return scope, _without(question, [*places, *said])


def _named_documents(
    question: str, documents: list[Document], known: tuple[str, ...]
) -> tuple[list[Document], tuple[tuple[str, ...], ...]]:
    """The documents of the municipalities named, of these only those that are called by name where some are; and apart.

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
    return [*chosen, *(d for d in general if d.id in beside)], tuple(part for part in apart if part)


def sections_called(question: str, documents: list[Document]) -> tuple[tuple[str, int], ...]:
    """The sections that a question calls by number where it names them: document id and place in its outline."""
    return scope_of(question, documents)[0].sections


def titles_of(scope: Scope, documents: Iterable[Document]) -> str:
    """The titles of the sections that a scope names: what a question is about that asks for nothing else."""
    outlines = {d.id: d.sections for d in documents}
    return ", ".join(dict.fromkeys(outlines[name][n].label for name, n in scope.sections))


def _named_sections(
    question: str, documents: list[Document]
) -> tuple[tuple[tuple[str, int], ...], list[tuple[int, int]]]:
    """Sections called by their number ("§ 4.1.2", "bijlage 1", "stap 2"), and where the question calls them.

    A number that no section has is left in the question: it may be one of a law that the documents speak of.
    """
    found: list[tuple[str, int]] = []
    said: list[tuple[int, int]] = []
    called = [(match, match["word"], match["number"]) for match in DIVISION.finditer(question)]
    called += [(match, "paragraaf", match["number"]) for match in DOTTED.finditer(question)]
    for match, word, number in called:
        owners = _owners(question[match.end() :], documents)
        named = [(d.id, n) for d in owners for n, s in enumerate(d.sections) if _is_called(s, word, number)]
        if named:
            found.extend(named)
            said.append(match.span())
    return tuple(dict.fromkeys(found)), said


def _owners(after: str, documents: list[Document]) -> list[Document]:
    """The documents that a section belongs to by what follows it: "artikel 3 van de Jeugdwet"; else all."""
    named = _OF.match(after)
    return [d for d in documents if named and named[1].lower() in names_of(d)] or documents


def _absent_sections(question: str, documents: list[Document]) -> tuple[str, ...]:
    """Sections by number that a question names, and that no document in scope has or speaks of."""
    absent = []
    for match in DIVISION.finditer(question):
        said = rf"(?:{_forms(match['word'])})\W{{0,3}}{re.escape(match['number'])}(?!\w|\.\d)"
        if not any(
            re.search(said, document.text, re.I)
            or any(_is_called(section, match["word"], match["number"]) for section in document.sections)
            for document in documents
        ):
            absent.append(f"{match['word']} {match['number']}")
    return tuple(dict.fromkeys(absent))


def _forms(word: str) -> str:
    """A pattern of a division's names: a document says "artikel" where the question says "article"."""
    named = next((forms for kind, forms in _DIVISIONS.items() if kind and re.fullmatch(forms, word, re.I)), None)
    return named or "|".join({re.escape(word), re.escape(_ENGLISH.get(word.lower(), word))})


def _is_called(section: Section, word: str, number: str) -> bool:
    word, own = word.lower(), (section.number or "").lower().rstrip(".")
    kind = next((kind for kind, forms in _DIVISIONS.items() if re.fullmatch(forms, word, re.I)), "")
    if not kind:
        name = _ENGLISH.get(word, word)
        called = re.compile(rf"{re.escape(name)}\w*\s+{re.escape(number)}(?![\w.])", re.I)
        return any(called.match(title) for title in (section.label, section.title))
    bare = kind in ("hoofdstuk", "paragraaf", "agendapunt") and own == number.lower()
    return bare or own == f"{kind} {number}".lower()


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
    return question[start].isupper() or not question[start].isalpha() or (end - start > 4 and question.islower())


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
    text = re.sub(r"\s+([?!.,])", r"\1", " ".join(text.split())).strip(" ,")
    return text if re.search(r"\w", text) else question if not spans else ""


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
