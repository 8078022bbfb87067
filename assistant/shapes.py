"""The JSON that scripts and evaluators depend on: one function for each object that `--json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.answer import Answer, Citation, address_of
from assistant.reader import Found
from assistant.retriever import describe_hit
from ingest.document import Document
from vectorstore.update import Report

Json = dict[str, Any]


def report_json(report: Report) -> Json:
    """`ingest --json` and `remove --json`."""
    return {
        "documents": [
            {
                "id": o.id,
                "path": o.path,
                "title": o.title,
                "municipality": o.municipality,
                "status": o.status,
                "sections": o.sections,
                "passages": o.passages,
                "warnings": list(o.warnings),
            }
            for o in report.documents
        ],
        "generation": report.generation,
        "seconds": report.seconds,
    }


def documents_json(documents: Mapping[str, Document]) -> Json:
    """`documents --json`."""
    return {
        "documents": [
            {
                "id": d.id,
                "path": d.source_file,
                "title": d.title,
                "municipality": d.municipality,
                "kind": d.kind,
                "adopted_on": _iso(d.adopted_on),
                "valid_from": _iso(d.valid_from),
                "valid_until": _iso(d.valid_until),
                "source_url": d.source_url,
                "sections": len(d.sections),
                "passages": len(d.passages),
                "characters": len(d.text),
                "warnings": list(d.warnings),
            }
            for d in documents.values()
        ]
    }


def outline_json(document: Document) -> Json:
    """`outline --json`."""
    return {
        "document": {
            "id": document.id,
            "title": document.title,
            "municipality": document.municipality,
            "kind": document.kind,
            "adopted_on": _iso(document.adopted_on),
            "valid_from": _iso(document.valid_from),
            "valid_until": _iso(document.valid_until),
            "source_url": document.source_url,
            "pages": document.pages,
        },
        "sections": [
            {
                "number": s.number,
                "title": s.title,
                "level": s.level,
                "path": list(s.path),
                "kind": s.kind,
                "start": s.start,
                "end": s.end,
                "page": s.page,
            }
            for s in document.sections
        ],
        "successor": document.successor,
        "from_sidecar": list(document.from_sidecar),
        "facts": [{"name": f.name, "value": f.value, "start": f.start, "end": f.end} for f in document.facts],
        "footnotes": [
            {"mark": n.mark, "start": n.start, "end": n.end, "referred": list(n.referred) if n.referred else None}
            for n in document.footnotes
        ],
        "warnings": list(document.warnings),
    }


def found_json(found: Found) -> Json:
    """`search --json`."""
    return {
        "question": found.query.question,
        "standalone_question": found.query.standalone,
        "language": found.query.language,
        "hits": [describe_hit(found.generation, hit) for hit in found.hits],
    }


def answer_json(answer: Answer, documents: Mapping[str, Document]) -> Json:
    """`ask --json`."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "language": answer.language,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "answer": answer.text,
        "claims": [{"text": c.text, "citations": list(c.citations)} for c in answer.claims],
        "citations": [
            {
                "number": c.number,
                **_place(documents[c.document_id], c.section, c.start),
                "start": c.start,
                "end": c.end,
                "quote": c.quote,
            }
            for c in answer.citations
        ],
        "mode": answer.mode,
        "model": answer.model,
        "confidence": answer.confidence,
        "searched": list(answer.searched),
        "silent": list(answer.silent),
        "unknown": list(answer.unknown),
        "nearest": [_place(documents[n.document_id], n.section) for n in answer.nearest],
        "notes": list(answer.notes),
        "footnotes": [note for c in answer.citations for note in _footnotes(c, documents[c.document_id])],
        "timings_ms": dict(answer.timings_ms),
    }


def _footnotes(citation: Citation, document: Document) -> list[Json]:
    """The notes that a quote refers to, so that whoever shows the quote can show them with it."""
    return [
        {
            "citation": citation.number,
            "mark": n.mark,
            "text": document.text[n.start : n.end],
            "start": n.start,
            "end": n.end,
        }
        for n in document.footnotes_of(citation.start, citation.end)
    ]


def _place(document: Document, section_index: int, start: int | None = None) -> Json:
    section = document.sections[section_index]
    page = document.page_at(section.start if start is None else start)
    return {
        "document_id": document.id,
        "document_title": document.title,
        "municipality": document.municipality,
        "valid_from": _iso(document.valid_from),
        "valid_until": _iso(document.valid_until),
        "section_number": section.number,
        "section_title": section.title,
        "section_path": list(section.path),
        "page": page or section.page,
        "url": address_of(document, section_index, page or section.page),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
