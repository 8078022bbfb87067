"""Answers as data: claims that carry citations, or an abstention that carries none; and the check on both.

`check_answer` is the gate that every answer passes before anyone sees it, whatever made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import quote

from assistant.language import Language
from ingest.dates import YEAR
from ingest.document import Document
from ingest.errors import UnsoundAnswer

Mode = Literal["extractive", "generative"]

_DATES = ("datum", "publicatiedatum", "raadsvergadering", "vergaderdatum", "collegevergadering")
"""The facts that give a document the day or month that it bears, best first."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim comes from: `quote` is `document.text[start:end]`, letter for letter.

    `section` indexes the document's outline.
    """

    number: int
    document_id: str
    section: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, list item or table row of an answer, with the numbers of the citations that carry it.

    `item` tells that it is part of a list or table and is shown on a line of its own; `skips` that the section says
    more between the claim before it and this one.
    """

    text: str
    citations: tuple[int, ...]
    item: bool = False
    skips: bool = False


@dataclass(frozen=True, slots=True)
class Nearby:
    """A section that came nearest to a question that was not answered."""

    document_id: str
    section: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets: claims with citations, or an abstention with its reason and the nearest sections.

    `searched` are the documents that were looked through, `silent` those of them that were asked about by name and
    say nothing; `confidence` (0 to 1) is the judgement that the passages answer the question.
    """

    question: str
    standalone_question: str
    language: Language
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    searched: tuple[str, ...]
    silent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    nearest: tuple[Nearby, ...] = ()
    reason: str | None = None
    text: str = ""
    confidence: float = 0.0
    mode: Mode = "extractive"
    model: str | None = None
    notes: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def abstained(self) -> bool:
        """Whether the documents were found to be silent."""
        return not self.claims

    def citation(self, number: int) -> Citation:
        """The citation of a number; they run from 1."""
        return self.citations[number - 1]


def check_answer(answer: Answer, documents: Mapping[str, Document]) -> Answer:
    """The answer itself, when it keeps the invariants.

    Every quote stands in its document letter for letter and within its section, numbers run 1..n in order of
    appearance, every claim has a citation, every citation has a claim, and an abstention has neither.

    Raises:
        UnsoundAnswer: naming the first thing that is wrong.
    """
    seen: list[int] = []
    for claim in answer.claims:
        if not claim.citations:
            raise UnsoundAnswer(f"the claim “{claim.text[:60]}” has no citation")
        seen.extend(n for n in claim.citations if n not in seen)
    if seen != list(range(1, len(answer.citations) + 1)):
        raise UnsoundAnswer(f"citations are numbered {seen}, expected 1 to {len(answer.citations)} in order")
    for number, citation in enumerate(answer.citations, start=1):
        _check_citation(citation, number, documents)
    if answer.abstained and (answer.citations or not answer.reason):
        raise UnsoundAnswer("an abstention carries a reason and no citations")
    return answer


def _check_citation(citation: Citation, number: int, documents: Mapping[str, Document]) -> None:
    document = documents.get(citation.document_id)
    if document is None:
        raise UnsoundAnswer(f"citation {number} names the unknown document {citation.document_id}")
    if citation.number != number or not citation.quote.strip():
        raise UnsoundAnswer(f"citation {number} is numbered {citation.number} or quotes nothing")
    if document.text[citation.start : citation.end] != citation.quote:
        raise UnsoundAnswer(f"citation {number} does not quote {document.id} letter for letter")
    section = document.sections[citation.section]
    if not (section.start <= citation.start and citation.end <= section.end):
        raise UnsoundAnswer(f"citation {number} lies outside section {section.label} of {document.id}")


def validity(document: Document, language: Language) -> str | None:
    """From when until when a document is in force, or when it was adopted, in short; None when it does not say.

    A proposal is never called adopted: the council may have amended it in the decision that stands below it.
    """
    since, both, adopted, decided, until = {
        "nl": ("geldend sinds {}", "geldend van {} tot en met {}", "vastgesteld op {}", "met raadsbesluit van {}",
               "geldend tot en met {}"),
        "en": ("in force since {}", "in force from {} to {}", "adopted on {}", "with council decision of {}",
               "in force until {}"),
    }[language]  # fmt: skip
    if document.kind == "raadsvoorstel" and document.adopted_on:
        return decided.format(_day(document.adopted_on))
    if document.valid_from and document.valid_until:
        return both.format(_day(document.valid_from), _day(document.valid_until))
    if document.valid_from:
        return since.format(_day(document.valid_from))
    said = [
        words.format(_day(day)) for words, day in ((adopted, document.adopted_on), (until, document.valid_until)) if day
    ]
    return ", ".join(said) or None


def address_of(document: Document, section: int, page: int | None) -> str | None:
    """Where a section stands on the web: by its own link or its anchor, or by the page of a PDF (RFC 8118)."""
    url, anchor = document.source_url, document.sections[section].anchor
    if anchor and anchor.startswith("https://"):
        return anchor
    if not url:
        return None
    if page and url.lower().endswith(".pdf"):
        return f"{url}#page={page}"
    return f"{url.partition('#')[0]}#{quote(anchor)}" if anchor else url


def dated(document: Document) -> str | None:
    """The day or month that a document bears, as it says it: of one that does not say since when it is in force."""
    stated = {fact.name: fact.value for fact in document.facts}
    return next((stated[name] for name in _DATES if YEAR.search(stated.get(name, ""))), None)


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"
