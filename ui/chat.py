"""What the chat page shows, computed without Streamlit: turns, and answers grouped for reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assistant.answer import Answer, Citation, Claim, address_of
from assistant.engine import Assistant
from assistant.generate import Draft
from assistant.language import Language
from assistant.phrases import as_markdown, say
from assistant.quotable import Sentence, heads_table
from assistant.reader import Reader, Request, Stage
from assistant.render import (
    by_document,
    by_section,
    described,
    document_name,
    document_names,
    frame_of,
    heading_above,
    section_name,
    shown,
    unknown_line,
)
from ingest.document import Document
from ingest.errors import KaderwijzerError

_CELLS = 4  # of a row that is shown as one of a table; of more, each on its line behind the head of its column


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer and the documents that the answer's spans lie in, or the error it ran into.

    `generation` names the one that the documents are of; `kept` is the number of the turn in the file of
    conversations; `renewed` tells that the question was answered before, from documents that have changed since.
    """

    question: str
    answer: Answer | None = None
    documents: Mapping[str, Document] = field(default_factory=dict)
    error: KaderwijzerError | None = None
    generation: str | None = None
    kept: int | None = None
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A section to open, with the span to mark in it; `turn` says in the documents of which turn it lies."""

    turn: int
    document_id: str
    section: int
    span: tuple[int, int] | None = None

    def quotes_as(self, other: Place) -> bool:
        """Whether both mark the same quote, in whichever section of the document it is read."""
        return (self.turn, self.document_id, self.span) == (other.turn, other.document_id, other.span)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Claims that are shown in one run of text; an item or row stands by itself.

    `heads` are those of the columns that the cells of a row are in, where the row that says them is shown above it.
    """

    item: bool
    claims: tuple[Claim, ...]
    heads: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """How it is laid out: as a run of text, an item, a row of so many cells ("row-3"), or each cell by itself."""
        pieces = len(self.pieces(self.claims[0]))
        if pieces > 1:
            return f"row-{pieces}" if pieces <= _CELLS else "cells"
        return "item" if self.item else "run"

    def pieces(self, claim: Claim) -> list[str]:
        """The texts of a claim that stand apart: the cells of a row, each of many behind the head of its column."""
        cells = shown(claim).split(" | ") if self.item else []
        if 1 < len(cells) <= _CELLS:
            return cells
        if len(cells) == len(self.heads) > _CELLS:
            return [f"{head}: {cell}" for head, cell in zip(self.heads, cells, strict=True)]
        return [shown(claim)]


@dataclass(frozen=True, slots=True)
class Group:
    """What an answer takes from one section; `heading` names it unless the heading itself is what is quoted."""

    heading: str | None
    paragraphs: tuple[Paragraph, ...]
    address: str | None = None
    """Where the section stands on the web."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an answer takes from one document; `heading` names the document when there are several."""

    heading: str | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class SourceSection:
    """The citations of one section, under its path."""

    path: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The citations of one document, with its address on the web."""

    name: str
    document: Document
    url: str | None
    sections: tuple[SourceSection, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as it is laid out: a frame line, claims by document and section, what to note, and the sources.

    `standalone` is the question as it was understood, where that is not what was asked.
    """

    standalone: str | None
    frame: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class AbstentionView:
    """An abstention as it is laid out; `nearest` are the sections to look at, with their names.

    `standalone` is the question as it was understood, where that is not what was asked.
    """

    standalone: str | None
    reason: str
    searched: str | None
    invitation: str
    nearest: tuple[tuple[str, Place], ...]


def answer_turn(
    assistant: Assistant,
    question: str,
    earlier: Sequence[Turn],
    municipalities: Sequence[str],
    documents: Sequence[str],
    stage: Stage,
    draft: Draft | None = None,
) -> Turn:
    """The next turn of a conversation; what was refused becomes a turn that says why."""
    history = tuple(turn.question for turn in earlier if turn.answer)
    request = Request(question, history, tuple(municipalities), tuple(documents))

    def answered(reader: Reader) -> Turn:
        answer = reader.ask(request, stage=stage, draft=draft)
        return Turn(question, answer, reader.generation.documents, generation=reader.generation.manifest.id)

    try:
        return assistant.with_reader(answered)
    except KaderwijzerError as error:
        return Turn(question, error=error)


def answer_view(answer: Answer, documents: Mapping[str, Document]) -> AnswerView:
    """An answer, grouped for reading."""
    language = answer.language
    groups = by_document(answer)
    names = {name: described(documents[name], language) for name, _ in groups}
    frame = frame_of(answer, documents)
    parts = tuple(
        Part(
            names[name] if len(groups) > 1 else None,
            tuple(_group(answer, documents[name], section, some) for section, some in by_section(answer, claims)),
        )
        for name, claims in groups
    )
    return AnswerView(
        _understood(answer), frame, parts, tuple(_notes(answer, documents)), tuple(_sources(answer, documents))
    )


def _understood(answer: Answer) -> str | None:
    return answer.standalone_question if answer.standalone_question != answer.question else None


def _group(answer: Answer, document: Document, section: int, claims: Sequence[Claim]) -> Group:
    held = document.sections[section]
    address = web_address(address_of(document, section, document.page_at(held.start) or held.page))

    def heads(claim: Claim) -> bool:
        """Whether a claim is the row that says what the columns of its table are."""
        cited = answer.citation(claim.citations[0])
        return heads_table(document, Sentence(cited.start, cited.end, item=True, worth=0.0))

    return Group(heading_above(answer, held, claims), _paragraphs(claims, heads), address)


def abstention_view(answer: Answer, documents: Mapping[str, Document], turn: int) -> AbstentionView:
    """Why there is no answer, what was searched, and where to look."""
    nearest = tuple(
        (_full_name(documents[n.document_id], n.section, answer.language), Place(turn, n.document_id, n.section))
        for n in answer.nearest
    )
    searched = document_names(answer.searched, documents, answer.language) if answer.searched else None
    return AbstentionView(
        _understood(answer),
        answer.reason or "",
        say("searched", answer.language, names=searched) if searched else None,
        say("nearest", answer.language),
        nearest,
    )


def place_of(turn: int, citation: Citation) -> Place:
    """Where a citation is read."""
    return Place(turn, citation.document_id, citation.section, (citation.start, citation.end))


def web_address(url: str | None) -> str | None:
    """The address, when it is one that a browser may be sent to; a document could name another scheme."""
    return url if url and re.match(r"https?://[^\s]+$", url) else None


def link(text: str, url: str | None) -> str:
    """A link in Markdown whose address cannot leave it; nothing without an address."""
    return f"[{text}]({escaped_address(url)})" if url else ""


def escaped_address(url: str) -> str:
    """An address without any character that could end it in Markdown."""
    return url.translate({ord(c): f"%{ord(c):02X}" for c in "()<>\\[]`\"'"})


def label(text: str) -> str:
    """Document text for a label, which Streamlit always reads as Markdown: one line that shows as it is.

    Streamlit looks for shortcodes, addresses and arrows after Markdown has been read, where no backslash helps;
    an invisible word joiner keeps those apart.
    """
    escaped = as_markdown(" ".join(text.split()))
    return _READ_LATE.sub("\\g<0>\u2060", escaped)


_READ_LATE = re.compile(r":(?=[\w+/-])|:(?=\\:)|(?<=\\):(?=//)|@|\bwww(?=\\?\.)|(?:-|\\<|=)(?=-|=|\\>)", re.I)


def _full_name(document: Document, section: int, language: Language) -> str:
    """Section and document; the document alone for the part that bears its title."""
    name = document_name(document, language)
    held = document.sections[section]
    return name if held.title == document.title else f"{section_name(held)}, {name}"


def _paragraphs(claims: Iterable[Claim], heads: Callable[[Claim], bool]) -> tuple[Paragraph, ...]:
    """Sentences run on; items and rows stand alone, a row with the heads of its columns where these are above it."""
    paragraphs: list[Paragraph] = []
    for item, some in groupby(claims, key=lambda claim: claim.item):
        if not item:
            paragraphs.append(Paragraph(False, tuple(some)))
            continue
        above: tuple[str, ...] = ()
        for claim in some:
            paragraphs.append(Paragraph(True, (claim,), () if heads(claim) else above))
            above = tuple(claim.text.split(" | ")) if heads(claim) else above
    return tuple(paragraphs)


def _notes(answer: Answer, documents: Mapping[str, Document]) -> Iterator[str]:
    yield from answer.notes
    if answer.silent:
        yield say("silent", answer.language, names=document_names(answer.silent, documents, answer.language))
    if answer.unknown:
        yield unknown_line(answer.unknown, documents, answer.language)


def _sources(answer: Answer, documents: Mapping[str, Document]) -> Iterator[Source]:
    """Citations by document and section; a document that is cited twice with another between is listed once."""
    for name in dict.fromkeys(c.document_id for c in answer.citations):
        document = documents[name]
        cited = [c for c in answer.citations if c.document_id == name]
        sections = tuple(
            SourceSection(" › ".join(document.sections[section].path), tuple(c for c in cited if c.section == section))
            for section in dict.fromkeys(c.section for c in cited)
        )
        yield Source(
            document_name(document, answer.language),
            document,
            web_address(document.source_url),
            sections,
        )
