"""How far a reader has come on the tours, and what the tour page calls things; without Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.quotes import Quote
from assistant.render import section_name
from assistant.tour import Point, Tour
from ingest.document import Document
from ui.chat import Place

Step = Literal["purpose", "structure", "principles", "terms", "roles", "questions"]


@dataclass(slots=True)
class Progress:
    """What a reader saw and asked, for each document; lasts as long as the session that holds it."""

    _seen: dict[str, set[Step]] = field(default_factory=dict)
    _asked: dict[str, set[str]] = field(default_factory=dict)
    _questions: dict[str, int] = field(default_factory=dict)
    _at: dict[str, Step] = field(default_factory=dict)

    def at(self, document: str, steps: Sequence[Step]) -> Step:
        """The step where the reader is: where they went last, or the first."""
        step = self._at.get(document, steps[0])
        return step if step in steps else steps[0]

    def goes(self, document: str, step: Step) -> None:
        """The reader goes to a step."""
        self._at[document] = step

    def saw(self, document: str, step: Step) -> None:
        """The reader has a step before them."""
        self._seen.setdefault(document, set()).add(step)

    def seen(self, document: str, steps: Sequence[Step]) -> list[Step]:
        """The steps of a document that were seen."""
        return [step for step in steps if step in self._seen.get(document, set())]

    def asks(self, document: str, question: str) -> None:
        """The reader asks one of the questions."""
        self._asked.setdefault(document, set()).add(question)

    def asked(self, document: str, question: str) -> bool:
        """Whether one of the questions was asked."""
        return question in self._asked.get(document, set())

    def knows(self, document: str, questions: int) -> None:
        """How many questions there are, once they have been made."""
        self._questions[document] = questions

    def questions(self, document: str) -> tuple[int, int] | None:
        """How many of the questions were asked, and how many there are; None as long as they were not made."""
        count = self._questions.get(document)
        return (min(len(self._asked.get(document, set())), count), count) if count else None


def steps_of(tour: Tour) -> list[Step]:
    """The steps of a tour: its stops, and at the end the questions."""
    return [*(stop.name for stop in tour.stops), "questions"]


def heading(document: Document, section: int) -> str:
    """A section by its name, with the chapter around it where its own title could be that of any chapter."""
    held = document.sections[section]
    name = section_name(held)
    around = [title for title in held.path[:-1] if title != document.title]
    same = sum(s.title == held.title for s in document.sections) > 1
    return f"{around[-1]} › {name}" if same and around else name


def place_of_quote(quote: Quote) -> Place:
    """Where a quote is read."""
    return Place(0, quote.document_id, quote.section, (quote.start, quote.end))


def place_of_point(document: Document, point: Point) -> Place:
    """Where a point is read: a list is marked whole, of loose sentences the first."""
    if not point.quotes:
        return Place(0, document.id, point.section)
    first, last = point.quotes[0], point.quotes[-1]
    place = place_of_quote(first)
    return replace(place, span=(first.start, last.end)) if any(q.item for q in point.quotes) else place
