"""The parts of a document that a question names: by number ("§ 4.1.2", "bijlage 1") or by title ("het thema Wonen")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from assistant.naming import names_of
from ingest.document import Document, Section
from vectorstore.lexical import words

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
"""Those of them that carry their number in the title ("Stap 2: …"), with a bar between them.

Their numbers are small: "programma 2025" has a year in its name.
"""
_NUMBERED = "|".join(forms for kind, forms in _DIVISIONS.items() if kind)
_TIES = r"(?:\b(?:in|van|uit|volgens|bij|onder|from|of|under)\s+)?(?:\b(?:het|de|the)\s+)?"
"""The little words that tie a part to a question."""
DIVISION = re.compile(
    rf"{_TIES}(?P<word>(?<!\w)(?:(?:{TITLED})(?=\s*\d{{1,2}}(?!\d))|{_NUMBERED}))\s*(?P<number>\d+[a-z]?(?:[.:]\d+[a-z]?)*"
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
_QUOTES = "'\"‘’“”«»"
_TITLED_PART = re.compile(
    rf"{_TIES}(?<!\w)(?P<word>{DIVISION_NAMES})\s+(?:(?:over|about|on|called|genaamd)\s+)?"
    rf"(?=(?P<quote>[{_QUOTES}])?(?P<title>(?!\d)\w.*))",
    re.I,
)
"""A part by its title: "het thema Wonen", "de fase “Borgen”"; what comes before may be one too ("het doel van …")."""
_TITLE_PART = re.compile(
    rf"{_TIES}[{_QUOTES}](?P<title>[^{_QUOTES}]{{3,80}})[{_QUOTES}]\s+(?P<word>{DIVISION_NAMES})\b", re.I
)
"""The same with its title first: "the ‘Wonen’ theme"."""
_NUMBERED_TITLE = re.compile(rf"^(?:{DIVISION_NAMES})\s+\d+\s*[.:–-]?\s*|^\d+[.)]\s*", re.I)
_FIRST_WORD = 5  # letters of a name that may stand for the title that it begins

Span = tuple[int, int]
Place = tuple[str, int]
"""A section: the id of its document and its place in the outline."""


def named_sections(
    question: str, documents: Sequence[Document], apart: Sequence[Sequence[str]] = ()
) -> tuple[tuple[Place, ...], list[Span]]:
    """Sections called by their number ("§ 4.1.2", "bijlage 1", "stap 2") or title, and where the question calls them.

    A number that no section has is left in the question: it may be one of a law that the documents speak of. So is a
    title that is only one of some of the documents of which something is asked `apart`.
    """
    found: list[Place] = []
    said: list[Span] = []
    called = [(match, match["word"], match["number"]) for match in DIVISION.finditer(question)]
    called += [(match, "paragraaf", match["number"]) for match in DOTTED.finditer(question)]
    for match, word, number in called:
        owners = _owners(question[match.end() :], documents)
        named = [(d.id, n) for d in owners for n, s in enumerate(d.sections) if _is_called(s, word, number)]
        if named:
            found.extend(place for place in named if not _is_whole(place, owners))
            said.append(match.span())
    for named, span in () if said else _titled_sections(question, documents):
        there = {name for name, _ in named}
        if all(there.intersection(names) for names in apart):
            found.extend(named)
            said.append(span)
    return tuple(dict.fromkeys(found)), said


def absent_sections(question: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """Sections by number that a question names, and that no document in scope has or speaks of.

    "Fase 1" is one only where something is called a phase by number: what people call a part need not be its name.
    """
    absent = []
    for match in DIVISION.finditer(question):
        forms = _forms(match["word"])
        said = rf"(?:{forms})\W{{0,3}}{re.escape(match['number'])}(?!\w|\.\d)"
        titled = re.fullmatch(TITLED, match["word"], re.I)
        if titled and not any(re.search(rf"\b(?:{forms})\W{{0,3}}\d", d.text, re.I) for d in documents):
            continue
        if not any(
            re.search(said, document.text, re.I)
            or any(_is_called(section, match["word"], match["number"]) for section in document.sections)
            for document in documents
        ):
            absent.append(f"{match['word']} {match['number']}")
    return tuple(dict.fromkeys(absent))


def _titled_sections(question: str, documents: Sequence[Document]) -> Iterator[tuple[list[Place], Span]]:
    """Sections called by what they are and their title, or by what that begins with ("de fase Borgen").

    Several of one document are none of them: "Ambitie" may stand under every theme.
    """
    for match in (*_TITLED_PART.finditer(question), *_TITLE_PART.finditer(question)):
        said, quoted = match["title"], match.groupdict().get("quote", "'")
        spoken = words(said)
        begun = {(d.id, n): _begun(spoken, s.title) for d in documents for n, s in enumerate(d.sections)}
        most = max(begun.values(), default=(0, False))
        named = [place for place, share in begun.items() if share == most]
        first = said.split()[0]
        telling = most[1] or quoted or (first[0].isupper() and len(first) >= _FIRST_WORD)
        if most[0] and telling and len({name for name, _ in named}) == len(named):
            ends = [word.end() for word in re.finditer(r"[\w'’-]+", said)]
            end = match.start("title") + ends[min(most[0], len(ends)) - 1]
            closing = re.match(rf"[{_QUOTES}]", question[end:])
            yield named, (match.start(), match.end() if match.re is _TITLE_PART else end + bool(closing))


def _begun(said: Sequence[str], title: str) -> tuple[int, bool]:
    """How many words of a title what is said begins with, and whether it is the whole, or all before a colon."""
    name, head = _name_of(title)
    count = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(said, name, strict=False)))
    return count, count in (len(name), head)


@lru_cache(maxsize=8192)
def _name_of(title: str) -> tuple[tuple[str, ...], int]:
    """The words of a title without its number, and how many of them stand before a colon."""
    name = _NUMBERED_TITLE.sub("", title)
    return tuple(words(name)), len(words(name.partition(":")[0]))


def _owners(after: str, documents: Sequence[Document]) -> Sequence[Document]:
    """The documents that a section belongs to by what follows it: "artikel 3 van de Jeugdwet"; else all."""
    named = _OF.match(after)
    return [d for d in documents if named and named[1].lower() in names_of(d)] or documents


def _is_whole(place: Place, documents: Sequence[Document]) -> bool:
    """Whether a section is the title of its document: "programma 4" is all of "Programma 4 Samenleving"."""
    name, index = place
    return any(d.id == name and index == 0 and d.sections[0].label == d.title for d in documents)


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
