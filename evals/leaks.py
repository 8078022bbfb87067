"""Questions that are asked twice: double ids, the same question again, and one half that gives away the other.

The test half is only worth something while nobody has worked on its questions; a question of the development half that
asks the same, in whatever words, takes that away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from evals.alike import Texts, blocked_pairs, normalised
from evals.findings import Entry, Finding
from evals.questions import Case
from evals.records import folded

NEAR = 0.75
"""Likeness from which two questions are near-duplicates; "weggeefwinkel" and "adres weggeefwinkel" stay below it."""

RELATED = 0.35
"""Likeness from which two questions about the same evidence ask much the same: one of them misspelled, say."""

_MEND = "Drop one, or give one an id that falls in the half of the other"

Mark = tuple[str, str]
"""A document's id and a run of words in it."""

_GRAM = 4  # words that two phrases of evidence must share to mark the same place


def question_key(case: Case) -> tuple[str, ...]:
    """What makes a question the same question: its words and those of its history, without case and punctuation."""
    return tuple(normalised(text) or text.strip() for text in (*case.history, case.question))


def doubles(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Ids that occur twice, and questions that are there already, letter for letter or nearly so."""
    ids: dict[str, Entry] = {}
    for entry in entries:
        first = ids.setdefault(entry.case.id, entry)
        if first is not entry:
            where = f"first in {first.path}, line {first.line}"
            yield entry.finding("error", "id", f"the id occurs twice ({where}). Give each question its own")
    unique: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        first = unique.setdefault(question_key(entry.case), entry)
        if first is not entry:
            yield _same_question(entry, first)
    yield from _alike(list(unique.values()))


def _same_question(entry: Entry, first: Entry) -> Finding:
    if entry.case.answerable != first.case.answerable:
        said = "one says that it is answerable and the other that it is not. Decide, and drop one"
    else:
        said = "it counts twice, as the same question with the same history. Drop one"
    return entry.finding("error", "question", f"the question is that of {first.place}: {said}")


@dataclass(frozen=True)
class _Asked:
    """A question with the runs of words, by document, that mark the places of its evidence, phrase by phrase."""

    entry: Entry
    phrases: tuple[frozenset[Mark], ...]

    @cached_property
    def marks(self) -> frozenset[Mark]:
        """The marks of all its phrases."""
        return frozenset().union(*self.phrases)

    def covers(self, other: _Asked) -> bool:
        """Whether each phrase of either marks a place that the other marks as well."""
        ours = all(phrase & other.marks for phrase in self.phrases)
        return ours and all(phrase & self.marks for phrase in other.phrases)

    def differs(self, other: _Asked) -> bool:
        """Whether the answers are known to be different."""
        a, b = self.entry.case, other.entry.case
        return a.answerable != b.answerable or (a.answerable and not self.marks & other.marks)


def _alike(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Near-duplicates and leaks: for each question the worst of either, for one says enough."""
    asked = [_Asked(entry, _phrases(entry.case)) for entry in entries]
    questions = Texts([entry.case.question for entry in entries])
    histories = Texts([" ".join(entry.case.history) for entry in entries])

    def likeness(a: int, b: int) -> float:
        return min(questions.likeness(a, b), histories.likeness(a, b))

    near = {(a, b): like for a, b, _ in questions.pairs(NEAR) if (like := likeness(a, b)) >= NEAR}
    yield from _worst((b, like, _near(asked[a], asked[b], like)) for (a, b), like in near.items())
    halves = [entry.case.half for entry in entries]
    leaks = (
        (b, like, finding)
        for a, b in blocked_pairs([one.marks for one in asked])
        if halves[a] != halves[b] and (a, b) not in near
        if (finding := _same_place(asked[a], asked[b], like := likeness(a, b)))
    )
    yield from _worst(leaks)


def _worst(found: Iterable[tuple[int, float, Finding]]) -> Iterator[Finding]:
    """Of the findings on each question (by index, with likeness) the gravest, and of equals the likest."""
    worst: dict[int, tuple[bool, float, Finding]] = {}
    for index, likeness, finding in found:
        rank = (finding.severity == "error", likeness)
        if index not in worst or rank > worst[index][:2]:
            worst[index] = (*rank, finding)
    return (finding for _, _, finding in worst.values())


def _near(first: _Asked, later: _Asked, likeness: float) -> Finding:
    half, entry = first.entry.case.half, later.entry
    same = f"the question is nearly that of {first.entry.place}, likeness {likeness:.2f}"
    if half == entry.case.half:
        return entry.finding("warning", "question", f"{same}. Drop one unless each shows something of its own")
    where = f"which is in the {half} half, and this one in the {entry.case.half} half"
    if first.differs(later):
        said = f"{same}, {where}; their answers differ. Reword one if knowing the other helps to answer it"
        return entry.finding("warning", "question", said)
    return entry.finding("error", "question", f"{same}, {where}: a leak. {_MEND}")


def _same_place(first: _Asked, later: _Asked, likeness: float) -> Finding | None:
    """What to say of two questions, one in each half, that share evidence: nothing where they ask different things."""
    a, entry = first.entry, later.entry
    alike = likeness >= RELATED
    where = f"{a.place} in the {a.case.half} half, and this question in the {entry.case.half} half"
    if (alike or _same_facts(a.case, entry.case)) and first.covers(later):
        said = f"{where}, ask the same in other words: the same evidence, and the same facts or much the same words"
        return entry.finding("error", "evidence", f"{said}. A leak. {_MEND}")
    if alike:
        said = f"{where}, share evidence and are alike (likeness {likeness:.2f})"
        return entry.finding("warning", "evidence", f"{said}. Check that knowing one does not answer the other")
    return None


def _phrases(case: Case) -> tuple[frozenset[Mark], ...]:
    phrases: list[frozenset[Mark]] = []
    for phrase in case.evidence:
        words = folded(phrase).split()
        grams = [" ".join(words[i : i + _GRAM]) for i in range(max(len(words) - _GRAM + 1, 1))]
        phrases.append(frozenset((document, gram) for document in case.documents for gram in grams))
    return tuple(phrases)


def _same_facts(a: Case, b: Case) -> bool:
    """Whether each fact of either is one of the other, in wordings of which one holds the other."""
    return bool(a.facts and b.facts) and _facts_in(a, b) and _facts_in(b, a)


def _facts_in(a: Case, b: Case) -> bool:
    """Whether each fact of `a` has a wording that is part of one of `b`, or the other way about."""
    own = [[f" {folded(way)} " for way in group] for group in a.facts]
    others = [f" {folded(way)} " for group in b.facts for way in group]
    return all(any(way in other or other in way for way in group for other in others) for group in own)
