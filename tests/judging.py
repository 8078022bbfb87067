"""Questions, hits, answers and records that tests of the figures make."""

from __future__ import annotations

from datetime import date

from evals.metrics import measure
from evals.questions import Case
from evals.records import HitRecord, Record
from ingest.document import Document, Section

TEXT = "1 Zorg\nVoor mantelzorg is € 1.500 beschikbaar. Het steunpunt helpt mantelzorgers.\n2 Sport\nDe sporthal is open.\n"


def make_document(name: str = "nota") -> Document:
    """A document of two sections; the second begins at "2 Sport"."""
    cut = TEXT.index("2 Sport")
    sections = (
        Section("1", "Zorg", 1, ("1 Zorg",), "body", 0, 7, cut, cut),
        Section("2", "Sport", 1, ("2 Sport",), "body", cut, cut + 8, len(TEXT), len(TEXT)),
    )
    return Document(name, "Nota", None, None, date(2024, 1, 1), None, None, "nota.txt", None, "", TEXT, sections)


def make_case(name: str = "q-1", answerable: bool = True, **given) -> Case:
    """A question; one that can be answered is by default about mantelzorg in section 1 of "nota"."""
    gold = {
        "documents": ("nota",),
        "sections": ("1",),
        "evidence": ("is € 1.500 beschikbaar",),
        "facts": (("1.500", "1500"),),
    }
    kind = "direct" if answerable else "near-topic"
    asked = {"id": name, "language": "nl", "kind": kind, "question": "Hoeveel?", "answerable": answerable}
    return Case(**{**asked, **(gold if answerable else {}), **given})


def make_hit(rank: int, evidence: tuple[int, ...] = (), section: str | None = None, gold: bool = False) -> HitRecord:
    """A passage that was found; `gold` says whether its section is one of the case's."""
    return HitRecord(
        rank=rank,
        score=1 / rank,
        document_id="nota",
        section_number=section,
        section_title="",
        section_path=(section,) if section else (),
        start=rank,
        end=rank + 1,
        evidence=evidence,
        in_section=gold,
    )


def make_citation(quote: str, number: int = 1, /, **given) -> dict:
    """A citation of "nota", in the section where the quote stands."""
    start = TEXT.find(quote)
    title = "Zorg" if start < TEXT.index("2 Sport") else "Sport"
    which = "1" if title == "Zorg" else "2"
    place = {"section_number": which, "section_title": title, "section_path": [f"{which} {title}"]}
    span = {"start": start, "end": start + len(quote), "quote": quote}
    return {"number": number, "document_id": "nota", **place, **span, **given}


def make_answer(*quotes: str, confidence: float = 0.9, language: str = "nl", **given) -> dict:
    """An answer that says its quotes, one a claim; without quotes an abstention."""
    citations = [make_citation(quote, number) for number, quote in enumerate(quotes, start=1)]
    claims = [{"text": c["quote"], "citations": [c["number"]]} for c in citations]
    said = " ".join(f"{c['quote']} [{c['number']}]" for c in citations) or "De documenten geven geen antwoord."
    return {
        "language": language,
        "abstained": not quotes,
        "answer": said,
        "claims": claims,
        "citations": citations,
        "confidence": confidence,
        "timings_ms": {"retrieve": 20.0, "total": 30.0},
        **given,
    }


def make_record(case: Case, answer: dict | None, hits: tuple[HitRecord, ...] = ()) -> Record:
    """A record with its figures measured."""
    figures = measure(case, hits, answer, {"nota": make_document()})
    return Record(case=case, hits=hits, answer=answer, figures=figures)


RIGHT = "Voor mantelzorg is € 1.500 beschikbaar."
"""The sentence that answers the question of `make_case`."""
