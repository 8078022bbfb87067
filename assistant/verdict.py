"""Whether a question is answered: refused by rule, or judged by what was found for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.courtesies import asks_nothing, is_thanks, wants_rewording
from assistant.facts import proposed_only, stating_passages
from assistant.judgement import Evidence, confidence, measure
from assistant.kinds import asked_kinds, is_task
from assistant.phrases import say
from assistant.query import Query
from assistant.scope import section_titles
from ingest.document import Document
from vectorstore.generation import Generation
from vectorstore.search import Hit

_ENOUGH = 0.5  # the confidence from which on a question is answered; the weights are learnt so that it is one half
_IN_PART = 0.25  # the same for each of several municipalities, which often answer in part, and for sections by number
_ALIKE = 0.6  # the share of what the best of several holds of the question that another must hold to answer in part
_TOLD = 0.4  # the same where nothing but a subject is asked, and one sentence holds all of it
_PLAIN = 0.2  # the same where both halves of the search find first what holds all of it in one sentence
_DEFINED = 0.2  # the same where a meaning is asked and a passage has an entry for it


@dataclass(frozen=True, slots=True)
class Judged:
    """The hits in some of the documents, how sure it is that they answer, and whether they are taken to."""

    documents: tuple[str, ...]
    hits: tuple[Hit, ...]
    sure: float
    answers: bool


def judge(generation: Generation, query: Query, groups: Sequence[tuple[tuple[str, ...], list[Hit]]]) -> list[Judged]:
    """Each group of documents judged by itself, and where there are several, as parts of one answer."""
    seen = [measure(generation, query, hits) for _, hits in groups]
    sure = [confidence(evidence, query.language) for evidence in seen]
    together = sorted((h for _, hits in groups for h in hits), key=lambda h: (-h.score, h.passage))
    whole = confidence(measure(generation, query, together), query.language) if len(groups) > 1 else 0.0
    enough = _IN_PART if whole >= _IN_PART or query.scope.sections else _ENOUGH
    most = max((evidence["together"] for evidence in seen), default=0.0)
    if query.scope.sections and query.topic == section_titles(query.scope, generation.documents.values()):
        enough = 0.0  # "wat staat er in hoofdstuk 5" is answered by chapter 5
    if stating := stating_passages(query, generation):
        enough = 0.0  # "wie is de griffier" is answered by the names of those who signed, and by nothing else
        groups = [(names, [hit for hit in hits if hit.passage in stating]) for names, hits in groups]
    told = not asked_kinds(query.topic)  # "wat staat er over sport": a sentence on sport is an answer
    named = query.scope.named  # of all documents, one that hardly speaks of it does not answer in part
    alike = [named or evidence["together"] >= most * _ALIKE for evidence in seen]
    least = [
        min(enough if like else _ENOUGH, _needed(evidence, told=told))
        for like, evidence in zip(alike, seen, strict=True)
    ]
    return [
        Judged(names, tuple(hits), own, bool(hits) and own >= needed)
        for (names, hits), own, needed in zip(groups, sure, least, strict=True)
    ]


def _needed(evidence: Evidence, *, told: bool) -> float:
    """The confidence that is enough for passages that plainly speak to the question, by what they hold."""
    if evidence["defined"] == 1.0:
        return _DEFINED
    if evidence["agreed"] == 2.0 and evidence["first"] == 1.0:
        return _PLAIN
    return _TOLD if told and evidence["together"] == 1.0 else _ENOUGH


def refused(query: Query, documents: Mapping[str, Document]) -> str | None:
    """Why a question is not answered, whatever the passages say; None for every other question."""
    if asks_nothing(query.question, first=query.standalone == query.question):
        said = "as-they-stand" if wants_rewording(query.question) else "greeting"
        return say("thanks" if is_thanks(query.question) else said, query.language)
    if is_task(query.question):
        return say("task", query.language)
    if proposed_only(query, documents):
        return say("proposed", query.language)
    if query.scope.absent:
        titles = dict.fromkeys(documents[name].title for name in query.scope.documents)
        names = ", ".join(query.scope.absent)
        return say("no-section", query.language, names=names, where="; ".join(titles))
    return None
