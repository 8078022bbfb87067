"""Citation figures: whether quotes are real, stand in the right place, and carry what the answer says.

Citation recall and precision follow ALCE (Gao et al., Enabling Large Language Models to Generate Text with Citations,
EMNLP 2023), with a support check of our own in place of its entailment model: see `supports`. That check compares
words, so that a claim in another language than its quotes counts as unsupported: for such answers both are floors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evals.questions import Case
from evals.records import Figures, Json, folded, is_in_section
from ingest.document import Document
from vectorstore.lexical import stems, words

CITATIONS: dict[str, str] = {
    "valid citations": "share of citations whose quote stands in the document, letter for letter, within its section",
    "right document": "share of citations that lie in a document of the gold answer",
    "right section": "share of citations that lie in a gold section or one below it",
    "cites evidence": "a quote from a gold document, or neighbouring ones together, holds a phrase of the evidence or, "
    "longer than 15 characters, lies within one: the exact place is cited",
    "evidence recall": "share of the phrases of the evidence that are cited in that sense",
    "citation recall": "share of claims that their citations together support (ALCE: Gao et al., EMNLP 2023)",
    "citation precision": "share of citations that are needed: their claim is supported, and either they support it "
    "alone or the others do not without them (ALCE: Gao et al., EMNLP 2023)",
}
"""Definitions of the figures of `citation_figures`."""

SUPPORT = 0.7  # share of a claim's content stems that its quotes must hold
_LEAST_QUOTE = 15  # characters from which a part of a phrase identifies its place

_NEGATIONS = frozenset("niet geen nooit noch not no never nor".split())
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_MARK = re.compile(r"\[\d+\]")


def citation_figures(case: Case, answer: Json, documents: Mapping[str, Document]) -> Figures:
    """The citation figures of one answer as `ask --json` gives it.

    An abstention cites nothing: on a question that can be answered that is no evidence cited (0), and no figure for
    the shares of citations and claims (None). Unanswerable questions have no right place.
    """
    citations, figures = answer["citations"], dict.fromkeys(CITATIONS)
    result: Figures = {**figures, **support_figures(answer)}
    if citations:
        result["valid citations"] = _share([is_valid(c, documents) for c in citations])
    if not case.answerable:
        return result
    quotes = _quotes([c for c in citations if c["document_id"] in case.documents], documents)
    cited = [_is_cited(phrase, quotes) for phrase in case.evidence]
    result["cites evidence"] = float(any(cited))
    result["evidence recall"] = _share(cited)
    if citations:
        right = [c["document_id"] in case.documents for c in citations]
        result["right document"] = _share(right)
        if case.sections:
            places = [is_in_section(case, c["section_number"], c["section_path"]) for c in citations]
            result["right section"] = _share([r and p for r, p in zip(right, places, strict=True)])
    return result


def is_valid(citation: Json, documents: Mapping[str, Document]) -> bool:
    """Whether a quote is the document's text at its span, and its section is one that contains that span."""
    document = documents.get(citation["document_id"])
    start, end = citation["start"], citation["end"]
    if document is None or not 0 <= start < end <= len(document.text) or document.text[start:end] != citation["quote"]:
        return False
    named = (citation["section_number"], citation["section_title"], tuple(citation["section_path"]))
    return any((s.number, s.title, s.path) == named and s.start <= start and end <= s.end for s in document.sections)


def support_figures(answer: Json) -> dict[str, float]:
    """Citation recall and precision over the claims of an answer; nothing for an abstention.

    A citation that does not exist supports nothing.
    """
    quotes: dict[int, str] = {c["number"]: c["quote"] for c in answer["citations"]}
    supported: list[bool] = []
    needed: list[bool] = []
    for claim in answer["claims"]:
        cited = [quotes.get(number, "") for number in claim["citations"]]
        supported.append(supports(cited, claim["text"]))
        needed.extend(supported[-1] and _is_needed(i, cited, claim["text"]) for i in range(len(cited)))
    if not supported:
        return {}
    return {"citation recall": _share(supported), "citation precision": _share(needed) if needed else 0.0}


def supports(quotes: Sequence[str], claim: str) -> bool:
    """Whether quotes together carry a claim.

    Either they contain its text, letter for letter after folding, or they hold at least `SUPPORT` of its content stems
    and all its numbers and negations.
    """
    text, there = folded(_MARK.sub("", claim)), folded(" ".join(quotes))
    if not text or not there:
        return False
    if text in there:
        return True
    said, told = set(stems(text)), set(stems(there))
    negations = _NEGATIONS & set(words(text))
    if not said or not numbers(text) <= numbers(there) or not negations <= set(words(there)):
        return False
    return len(said & told) / len(said) >= SUPPORT


def numbers(text: str) -> set[str]:
    """The numbers of a text, written alike: "1.500", "1,500" and "1500" are one, "7,50" and "7.50" another."""
    return {_THOUSANDS.sub("", number).replace(",", ".") for number in _NUMBER.findall(text)}


def _is_needed(index: int, cited: Sequence[str], claim: str) -> bool:
    """For a claim that its citations together support: whether one of them supports it alone or is missed without."""
    return supports([cited[index]], claim) or not supports([*cited[:index], *cited[index + 1 :]], claim)


def _quotes(citations: Sequence[Json], documents: Mapping[str, Document]) -> list[str]:
    """The quotes, and what neighbours say together: a phrase may run over the end of a sentence."""
    runs: list[list[Json]] = []
    for citation in sorted(citations, key=lambda c: (c["document_id"], c["start"])):
        before = runs[-1][-1] if runs else None
        if before and before["document_id"] == citation["document_id"] in documents:
            between = documents[citation["document_id"]].text[before["end"] : citation["start"]]
            if not between.strip():
                runs[-1].append(citation)
                continue
        runs.append([citation])
    together = [" ".join(c["quote"] for c in run) for run in runs if len(run) > 1]
    return [folded(quote) for quote in (*(c["quote"] for c in citations), *together)]


def _is_cited(phrase: str, quotes: Sequence[str]) -> bool:
    wanted = folded(phrase)
    return any(wanted in quote or (len(quote) > _LEAST_QUOTE and quote in wanted) for quote in quotes)


def _share(values: Sequence[Any]) -> float:
    return sum(map(float, values)) / len(values)
