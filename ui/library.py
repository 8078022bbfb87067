"""What the documents page shows of the library: the list and its filters, what a document says of itself, its outline.

Computed without Streamlit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from assistant.answer import validity
from assistant.language import Language
from ingest.document import Document, Fact
from ui.messages import catalogue, text

_WHOLE = 40  # sections up to which an outline is shown whole
_QUOTED = 200  # characters of the words a fact was read from

_STATED: tuple[tuple[str, str], ...] = (
    ("title", "title"),
    ("municipality", "municipality"),
    ("kind", ""),
    ("adopted_on", "adopted_on"),
    ("valid_from", "valid"),
    ("valid_until", "valid"),
    ("source_url", "permalink"),
    ("successor", ""),
)
"""Fields of a document that are always shown, and the name of the fact each is read from."""

_OR_ELSE = {"valid": "in_force"}
"""The fact that a field is read from where the document lacks the first."""
_SHOWN_ABOVE = frozenset(fact for _, fact in _STATED) | frozenset(_OR_ELSE.values())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is filtered by; nothing given means everything."""

    municipalities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list."""

    id: str
    title: str
    municipality: str | None
    kind: str | None
    adopted_on: date | None
    validity: str | None
    sections: int
    passages: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents that match; `undated` counts those left out because they name no date to judge by."""

    entries: tuple[Entry, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Field:
    """Something known of a document; `quote` and `section` say where it was read, `given` that a person stated it."""

    name: str
    value: str | None
    quote: str | None = None
    section: str | None = None
    given: bool = False


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A section in the outline as shown; `unfolded` is None where nothing lies below it."""

    section: int
    label: str
    depth: int
    page: int | None
    unfolded: bool | None


def shelf(documents: Mapping[str, Document], wanted: Wanted, language: Language) -> Shelf:
    """The list by municipality and title, without what does not match."""
    matching = [d for d in documents.values() if _matches(d, wanted)]
    judged = [(d, True if wanted.on is None else in_force(d, wanted.on)) for d in matching]
    ordered = sorted((d for d, yes in judged if yes), key=lambda d: (not d.municipality, d.municipality, d.title, d.id))
    return Shelf(tuple(_entry(d, language) for d in ordered), sum(yes is None for _, yes in judged))


def in_force(document: Document, day: date) -> bool | None:
    """Whether a document was in force on a day, as far as its dates say; None when it has none.

    A document that states only its adoption counts from that day on.
    """
    begin = document.valid_from or document.adopted_on
    if begin is None and document.valid_until is None:
        return None
    return (begin is None or begin <= day) and (document.valid_until is None or day <= document.valid_until)


def options(documents: Iterable[Document]) -> tuple[list[str], list[str]]:
    """The municipalities and the kinds there are to choose from."""
    every = list(documents)
    return sorted({d.municipality for d in every if d.municipality}), sorted({d.kind for d in every if d.kind})


def fields(document: Document, language: Language) -> tuple[Field, ...]:
    """Everything known of a document: what it states itself with the words that state it, then figures of our own."""
    return (*_main_fields(document, language), *_further(document, language), *_figures(document, language))


def outline(document: Document, opened: int) -> tuple[OutlineItem, ...]:
    """The outline; of a long one, the branches beside that of the opened section are folded."""
    depths = _depths(document)
    parents = _parents(depths)
    branch = _branch(opened, parents)
    whole = len(depths) <= _WHOLE
    holders = {above for above in parents.values() if above is not None}
    labels = _labels(document)
    return tuple(
        OutlineItem(
            section=at,
            label=labels[at],
            depth=depths[at],
            page=section.page,
            unfolded=(whole or at in branch) if at in holders else None,
        )
        for at, section in enumerate(document.sections)
        if whole or parents[at] is None or parents[at] in branch
    )


def _labels(document: Document) -> list[str]:
    """What each section is called; of notes without a number of their own, which comes where."""
    called = [section.label for section in document.sections]
    returning, notes = Counter(called), Counter[str]()
    for at, section in enumerate(document.sections):
        if section.kind == "footnote" and returning[section.label] > 1:
            notes[section.label] += 1
            called[at] = f"{section.label} {notes[section.label]}"
    return called


def _branch(section: int, parents: Mapping[int, int | None]) -> set[int]:
    """A section and those it lies in."""
    branch: set[int] = set()
    at: int | None = section
    while at is not None:
        branch.add(at)
        at = parents[at]
    return branch


def _matches(document: Document, wanted: Wanted) -> bool:
    title = document.title.casefold()
    return (
        (not wanted.municipalities or document.municipality in wanted.municipalities)
        and (not wanted.kinds or document.kind in wanted.kinds)
        and all(word in title for word in wanted.words.casefold().split())
    )


def _entry(document: Document, language: Language) -> Entry:
    return Entry(
        id=document.id,
        title=document.title,
        municipality=document.municipality,
        kind=document.kind,
        adopted_on=document.adopted_on,
        validity=validity(document, language),
        sections=len(document.sections),
        passages=len(document.passages),
        warnings=len(document.warnings),
    )


def _main_fields(document: Document, language: Language) -> Iterator[Field]:
    """The fields that every document should have; an unknown one is shown as unknown, but for the last two."""
    facts = {fact.name: fact for fact in reversed(document.facts)}
    for name, read_from in _STATED:
        value = getattr(document, name)
        if value is None and name in ("valid_until", "successor"):
            continue
        given = name in document.from_sidecar
        fact = None if given or value is None else facts.get(read_from) or facts.get(_OR_ELSE.get(read_from, ""))
        shown = None if value is None else day(value) if isinstance(value, date) else str(value)
        yield _field(document, text(f"documents-field-{name}", language), shown, fact, given)


def _further(document: Document, language: Language) -> Iterator[Field]:
    """The other facts, by the names the documents themselves use where we have no word of our own."""
    words = catalogue(language)
    for fact in document.facts:
        if fact.name not in _SHOWN_ABOVE:
            name = words.get(f"documents-field-{fact.name}") or fact.name[:1].upper() + fact.name[1:]
            yield _field(document, name, fact.value, fact)


def _figures(document: Document, language: Language) -> Iterator[Field]:
    figures = {
        "file": PurePath(document.source_file).name,
        "id": document.id,
        "pages": document.pages,
        "sections": len(document.sections),
        "passages": len(document.passages),
        "characters": len(document.text),
    }
    for name, value in figures.items():
        if value is not None:
            yield Field(text(f"documents-field-{name}", language), str(value))


def _field(document: Document, name: str, value: str | None, fact: Fact | None, given: bool = False) -> Field:
    if fact is None:
        return Field(name, value, given=given)
    quote = " ".join(document.text[fact.start : fact.end].split())
    section = document.sections[document.section_at(fact.start, fact.end)]
    return Field(name, value, quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED].rstrip()}…", section.label)


def day(value: date) -> str:
    """A date as Dutch readers write it."""
    return f"{value:%d-%m-%Y}"


def _depths(document: Document) -> list[int]:
    """How many sections each section lies in; levels may skip, spans nest."""
    depths: list[int] = []
    ends: list[int] = []
    for section in document.sections:
        while ends and ends[-1] <= section.start:
            ends.pop()
        depths.append(len(ends))
        ends.append(section.end)
    return depths


def _parents(depths: list[int]) -> dict[int, int | None]:
    """The section that each section lies in."""
    parents: dict[int, int | None] = {}
    last: dict[int, int] = {}
    for at, depth in enumerate(depths):
        parents[at] = last[depth - 1] if depth else None
        last[depth] = at
    return parents
