"""What the benchmarks ask: the question sets about the documents that are indexed, and plain questions on topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.batch import BatchItem
from evals.questions import Case, read_set, read_sets

DEMO = Path(__file__).parent / "demo"
FRAMEWORKS = sorted((Path(__file__).parent / "frameworks").glob("*.jsonl"))
TOPICS = (
    "preventie jeugd schulden wonen eenzaamheid mantelzorg gezondheid vrijwilligers armoede regie "
    "sport onderwijs veiligheid vervoer inkomen ouderen dementie wijkteams inburgering bibliotheek"
).split()
QUESTIONS = [
    *(f"Wat staat er over {topic}?" for topic in TOPICS),
    *(f"Wat wil de gemeente bereiken met {topic} en wie doet wat?" for topic in TOPICS),
    "What does the framework say about prevention?",
    "How are young people supported?",
    "Who is responsible for the budget?",
    "How is progress measured?",
]


def cases_about(documents: Iterable[str], sets: Sequence[Path]) -> list[Case]:
    """The answerable questions of the sets about documents that are indexed.

    Without sets, those of this project; of the frameworks' only the test half, for the order was learnt on the other.
    """
    known = set(documents)
    own = read_set(DEMO / "questions.jsonl") + [case for case in read_sets(FRAMEWORKS) if case.half == "test"]
    return [c for c in (read_sets(sets) if sets else own) if c.answerable and known.issuperset(c.documents)]


def asked_of(cases: Sequence[Case]) -> list[BatchItem]:
    """What is asked to measure time: the questions of the cases, and plain ones about twenty topics."""
    plain = [BatchItem(question, question, []) for question in QUESTIONS]
    return [*(BatchItem(case.id, case.question, list(case.history)) for case in cases), *plain]
