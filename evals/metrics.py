"""What one answered question is worth: each figure with its definition.

All are between 0 and 1. Figures that do not apply to a question (retrieval of an unanswerable one) are None and are
left out of averages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer
from assistant.engine import Found
from evals.questions import Case
from ingest.document import Document

Figures = dict[str, float | None]

FIGURES: dict[str, str] = {
    "hit@1": "the first passage holds a phrase of the evidence",
    "hit@5": "one of the first five passages holds a phrase of the evidence",
    "mrr@10": "1 / rank of the first of ten passages that holds evidence, 0 when none does (Voorhees, TREC-8, 1999)",
    "answered right": "an answerable question is answered, an unanswerable one refused",
    "right document": "share of citations that lie in a document of the gold answer",
    "cites evidence": "a quote holds a phrase of the evidence, or lies within one",
    "facts": "share of the expected facts that the quotes contain (any wording of each)",
    "valid citations": "share of citations whose quote stands in the document, letter for letter",
}


def measure(case: Case, found: Found, answer: Answer) -> Figures:
    """The figures of one question."""
    documents = found.generation.documents
    figures: Figures = dict.fromkeys(FIGURES)
    figures["answered right"] = float(answer.abstained != case.answerable)
    if answer.citations:
        valid = [documents[c.document_id].text[c.start : c.end] == c.quote for c in answer.citations]
        figures["valid citations"] = _mean(valid)
    if not case.answerable:
        return figures
    rank = next((h.rank for h in found.hits[:10] if _holds(found, h.passage, case)), None)
    figures["hit@1"] = float(rank == 1)
    figures["hit@5"] = float(rank is not None and rank <= 5)
    figures["mrr@10"] = 1 / rank if rank else 0.0
    quotes = [folded(c.quote) for c in answer.citations]
    evidence = [folded(e) for e in case.evidence]
    figures["cites evidence"] = float(any(e in q or (len(q) > 15 and q in e) for e in evidence for q in quotes))
    text = folded(" ".join([answer.text, *(c.quote for c in answer.citations)]))
    if case.facts:
        figures["facts"] = _mean([any(folded(way) in text for way in group) for group in case.facts])
    if answer.citations:
        figures["right document"] = _mean([c.document_id in case.documents for c in answer.citations])
    return figures


def average(rows: Sequence[Figures]) -> dict[str, dict[str, float | int]]:
    """Mean and number of each figure over the questions to which it applies."""
    result: dict[str, dict[str, float | int]] = {}
    for name in FIGURES:
        values = [value for row in rows if (value := row[name]) is not None]
        if values:
            result[name] = {"mean": round(sum(values) / len(values), 4), "n": len(values)}
    return result


def missing_evidence(case: Case, documents: dict[str, Document]) -> list[str]:
    """What a question relies on that the index does not hold: documents by id, evidence by phrase."""
    missing = [name for name in case.documents if name not in documents]
    texts = [folded(documents[name].text) for name in case.documents if name in documents]
    missing.extend(phrase for phrase in case.evidence if not any(folded(phrase) in text for text in texts))
    return missing


def folded(text: str) -> str:
    """Text for comparing: lower case, every run of white space or cell border one space."""
    return " ".join(text.replace("|", " ").lower().split())


def _holds(found: Found, number: int, case: Case) -> bool:
    passage = found.generation.passages[number]
    document = found.generation.document_of(number)
    if document.id not in case.documents:
        return False
    text = folded(document.text[passage.start : passage.end])
    return any(folded(phrase) in text for phrase in case.evidence)


def _mean(values: Sequence[Any]) -> float:
    return sum(map(float, values)) / len(values)
