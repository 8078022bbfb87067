"""What was proposed in conversations for an evaluation set: as it is read, and as it becomes a question of a set.

Imported with the page: `evals.additions`, which takes a second to import, waits until there is something to add.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evals.questions import ANSWERABLE_KINDS, UNANSWERABLE_KINDS, Case
from ingest.document import Document
from ingest.errors import InvalidQuestionSet
from ui.evaluation import is_of_the_program, own_path
from ui.kept import Json

KINDS = (*ANSWERABLE_KINDS, *UNANSWERABLE_KINDS)
"""What a question can be; those that the documents do not answer come last."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that somebody proposed, by the number of its turn, with what was thought of it.

    `answer` holds its sentences, or why there was none; `sections` are where its citations stand.
    """

    turn: int
    entry: Json
    question: str
    earlier: tuple[str, ...]
    abstained: bool
    answer: tuple[str, ...]
    sections: tuple[str, ...]
    rating: str | None
    reason: str | None
    comment: str | None


def proposals_of(entries: Mapping[int, Json]) -> list[Proposal]:
    """The proposals that are kept, in the order of their turns."""
    return [_proposal(turn, entry) for turn, entry in entries.items()]


def likely_kind(proposal: Proposal) -> str:
    """The kind to begin with; whoever adds the question knows better."""
    silent = proposal.abstained and proposal.reason != "should-answer"
    if silent or proposal.reason == "should-abstain":
        return "near-topic"
    return "follow-up" if proposal.earlier else "direct"


def add_proposal(
    data: Path,
    proposal: Proposal,
    question_set: str,
    kind: str,
    evidence: str,
    documents: Mapping[str, Document],
    cases: Iterable[Case],
) -> Case:
    """Adds a proposal to a set of one's own, which is made when there is none of that name, and gives the question.

    Its evidence is what the answer cites, or else the phrases in `evidence`, one a line. `cases` are the questions of
    all sets, so that its id is not one of theirs.

    Raises:
        InvalidQuestionSet: the set cannot take it, or it is no question that a set can hold; with what to do.
    """
    from evals.additions import add_case, case_from_feedback, next_id

    path = own_path(data, question_set)
    if is_of_the_program(path.name):
        raise InvalidQuestionSet(f"a set of the program is called {path.name}. Choose another name")
    case = case_from_feedback(
        proposal.entry,
        case_id=next_id(path.stem, cases),
        kind=kind,
        answerable=kind in ANSWERABLE_KINDS,
        author=None,
        documents=documents,
        evidence=[line.strip() for line in evidence.splitlines() if line.strip()],
        added_on=datetime.now(UTC).date(),
    )
    add_case(path, case)
    return case


def _proposal(turn: int, entry: Json) -> Proposal:
    answer: Json = entry.get("answer") or {}
    sentences = [str(claim.get("text")) for claim in answer.get("claims") or ()]
    return Proposal(
        turn=turn,
        entry=entry,
        question=str(entry.get("question")),
        earlier=tuple(map(str, entry.get("history") or ())),
        abstained=bool(answer.get("abstained")),
        answer=tuple(sentences or filter(None, [answer.get("reason")])),
        sections=tuple(dict.fromkeys(map(_section, answer.get("citations") or ()))),
        rating=entry.get("rating"),
        reason=entry.get("reason"),
        comment=entry.get("comment"),
    )


def _section(citation: Json) -> str:
    path = [str(title) for title in citation.get("section_path") or ()]
    title = str(citation.get("document_title"))
    return " › ".join([title, *(step for step in path if step != title)])
