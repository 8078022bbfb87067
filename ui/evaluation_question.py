"""One question of a run: what was expected, what was found, what was answered; and the list to choose it from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from assistant.language import Language
from evals.nuggets import contains, given_text
from evals.records import Json, Record
from evals.report_figures import TABLED
from evals.report_questions import titles_in
from ui.evaluation import Run, records_of
from ui.evaluation_figures import share, word
from ui.messages import text

SHOWN_HITS = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list; `why` holds keys of reasons, none when it went well."""

    id: str
    question: str
    kind: str
    language: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was expected or found, whether it is right, and what there is to say of it."""

    text: str
    good: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation: its number, where it stands, and what it says; nothing where a sentence says it letter for letter."""

    number: int
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """All that is shown of one question; `sentences` are those of the answer with their numbers behind them."""

    listed: Listed
    history: tuple[str, ...]
    facts: tuple[str, ...]
    error: str | None
    answerable: bool
    documents: tuple[str, ...]
    sections: tuple[str, ...]
    evidence: tuple[Mark, ...]
    expected_facts: tuple[Mark, ...]
    note: str | None
    hits: tuple[Mark, ...]
    outcome: Literal["answered", "abstained", "error"]
    standalone: str | None
    sentences: tuple[str, ...]
    reason: str | None
    nearest: tuple[str, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[tuple[str, str], ...]


def listed_questions(run: Run) -> list[Listed]:
    """The questions of a run in its order.

    Raises:
        InvalidQuestionSet: the run cannot be read.
    """
    why = run.why
    return [_listed(record, why) for record in records_of(run)]


def chosen(
    questions: Iterable[Listed],
    kinds: Collection[str] = (),
    languages: Collection[str] = (),
    reasons: Collection[str] = (),
    failing: bool = True,
) -> list[Listed]:
    """The questions that pass the filters; one that is empty lets everything through."""
    return [
        question
        for question in questions
        if (question.why or not failing)
        and (not kinds or question.kind in kinds)
        and (not languages or question.language in languages)
        and (not reasons or not set(reasons).isdisjoint(question.why))
    ]


def question_view(run: Run, case_id: str, language: Language) -> QuestionView | None:
    """The view of one question of a run; None when the run has no such question.

    Raises:
        InvalidQuestionSet: the run cannot be read.
    """
    records = records_of(run)
    record = next((r for r in records if r.case.id == case_id), None)
    if record is None:
        return None
    titles = titles_in(records)
    case, answer = record.case, record.answer or {}
    abstained = bool(answer.get("abstained"))
    said = given_text(answer) if answer and not abstained else ""
    standalone = answer.get("standalone_question")
    return QuestionView(
        listed=_listed(record, run.why),
        history=case.history,
        facts=(case.id, *(word(k, v, language) for k, v in _facts(record))),
        error=record.error,
        answerable=case.answerable,
        documents=tuple(titles.get(name, name) for name in case.documents),
        sections=case.sections,
        evidence=tuple(_evidence(record, at, language) for at in range(len(case.evidence))),
        expected_facts=tuple(_fact(wordings, said, language) for wordings in case.facts),
        note=case.note,
        hits=_hits(record, titles, language),
        outcome="error" if record.error or not answer else "abstained" if abstained else "answered",
        standalone=str(standalone) if standalone and standalone != case.question else None,
        sentences=() if abstained else tuple(_sentence(claim) for claim in answer.get("claims") or ()),
        reason=answer.get("reason"),
        nearest=tuple(_place(place) for place in answer.get("nearest") or ()),
        quotes=_quotes(answer),
        figures=tuple(
            (word("figure", name, language), share(value, language, 0))
            for name in TABLED
            if (value := record.figures.get(name)) is not None
        ),
    )


def marks_html(marks: Sequence[Mark], language: Language) -> str:
    """A list of marks in which sign and words say the same, so that neither colour nor sight is needed."""
    spoken = {good: text(f"evaluation-mark-{'good' if good else 'bad'}", language) for good in (True, False)}
    items = "".join(
        f'<li><span role="img" aria-label="{escape(spoken[mark.good])}">{"✓" if mark.good else "✗"}</span> '
        f'<span lang="nl">{escape(mark.text)}</span> <span class="kader-remark">{escape(mark.remark)}</span></li>'
        for mark in marks
    )
    return f'<ul class="kader-marks">{items}</ul>'


def hits_html(hits: Sequence[Mark]) -> str:
    """The passages that were found, in their order; those with the evidence stand out in weight and in words."""
    items = "".join(
        f'<li><span lang="nl">{f"<strong>{escape(h.text)}</strong>" if h.good else escape(h.text)}</span> '
        f'<span class="kader-remark">{escape(h.remark)}</span></li>'
        for h in hits
    )
    return f'<ol class="kader-hits">{items}</ol>'


def _listed(record: Record, why: Mapping[str, tuple[str, ...]]) -> Listed:
    case = record.case
    reasons = tuple("error" if reason.startswith("error:") else reason for reason in why.get(case.id, ()))
    return Listed(case.id, case.question, case.kind, case.language, reasons)


def _facts(record: Record) -> list[tuple[str, str]]:
    return [("kind", record.case.kind), ("language", record.case.language), ("half", record.case.half)]


def _evidence(record: Record, at: int, language: Language) -> Mark:
    rank = next((hit.rank for hit in record.hits if at in hit.evidence), None)
    key = "evaluation-evidence-at" if rank else "evaluation-evidence-none"
    return Mark(record.case.evidence[at], rank is not None, text(key, language, rank=rank, count=len(record.hits)))


def _fact(wordings: Sequence[str], said: str, language: Language) -> Mark:
    given = any(contains(said, way) for way in wordings)
    return Mark(" / ".join(wordings), given, text(f"evaluation-fact-{'given' if given else 'missing'}", language))


def _hits(record: Record, titles: Mapping[str, str], language: Language) -> tuple[Mark, ...]:
    def remark(evidence: bool, in_section: bool) -> str:
        key = "evaluation-hit-evidence" if evidence else "evaluation-hit-section" if in_section else None
        return text(key, language) if key else ""

    return tuple(
        Mark(
            _placed(titles.get(hit.document_id, hit.document_id), hit.section_path or (hit.section_title,), hit.page),
            bool(hit.evidence),
            remark(bool(hit.evidence), hit.in_section),
        )
        for hit in record.hits[:SHOWN_HITS]
    )


def _sentence(claim: Json) -> str:
    return f"{str(claim['text']).strip()} {''.join(f'[{number}]' for number in claim['citations'])}"


def _quotes(answer: Json) -> tuple[Quote, ...]:
    said = {str(claim["text"]).strip() for claim in answer.get("claims") or ()}
    quoted = [(c, str(c["quote"]).strip()) for c in answer.get("citations") or ()]
    return tuple(Quote(c["number"], _place(c), "" if quote in said else quote) for c, quote in quoted)


def _place(place: Json) -> str:
    path = [str(part) for part in place.get("section_path") or [place.get("section_title") or "?"]]
    return _placed(str(place.get("document_title") or place.get("document_id")), path, place.get("page"))


def _placed(document: str, path: Sequence[str], page: int | None) -> str:
    """A section under its document; the part that bears the title of the document does not say it twice."""
    below = [part for part in path if part != document]
    return " › ".join([document, *below]) + (f", p. {page}" if page else "")
