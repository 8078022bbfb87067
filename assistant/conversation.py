"""A conversation: which of the earlier questions the last one leans on, and what they mean together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.courtesies import asks_nothing, begun_anew, without_thanks
from assistant.document_words import is_document_word
from assistant.facts import stated_facts
from assistant.follow_up import is_follow_up
from assistant.framing import subject_of
from assistant.made_whole import compared, in_place_of, joined
from assistant.pointing import Points, points_at_one, written_out
from assistant.query import Query
from assistant.reading import SHORT, language_of, of_titles, read_alone
from assistant.restated import put_plainly
from assistant.scope import section_titles
from ingest.document import Document
from vectorstore.lexical import stems, words

_REMEMBERED = 10  # earlier questions that a conversation is read from
_PRONOUN = re.compile(r"\b(?:het|it|dat|dit|die|deze|that|this)\b", re.I)
_DATED = re.compile(r"(?:agenda|plan|programma|programme|visie|verordening|notitie|regeling|akkoord|subsidie)$", re.I)
"""Words for what has dates of its own."""
_BACK = re.compile(
    r"^(?:(?:en|and|even|nog|nu|now|let's go|ik wil|we gaan|going|go)\s+)*"
    r"(?:terug naar|terug bij|back to|return(?:ing)? to)\s+"
    r"(?:(?:de|het|die|dat|the|that)\s+)?(?P<subject>[^:;,.?!]+)[:;,.?!]*\s*(?P<rest>.*)$",
    re.I,
)
"""A question that goes back to an earlier subject of the conversation."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation as it was asked, and with what it points to written out."""

    asked: str
    said: str
    fresh: bool = False  # it says itself that it is about something else
    pointed: bool = False  # it asked for a point of an answer: "en het tweede?" after it is of the same list


def remembered(history: Sequence[str]) -> tuple[str, ...]:
    """The earlier questions that a conversation is read from: the last ones that ask something."""
    asking = [q for q in history if re.search(r"\d", q) or (stems(q) and not asks_nothing(q))]
    return tuple(asking[-_REMEMBERED:])


def turns_of(
    history: Sequence[str], question: str, documents: list[Document], shown: Callable[[Sequence[str]], Points]
) -> list[Turn]:
    """The conversation, oldest question first, as far as the last one may lean on it."""
    turns: list[Turn] = []
    asked = [put_plainly(without_thanks(said)) for said in (*history, question)]
    listed, before = 0, ""  # how many questions led to the list that ordinals are of, and the last of them
    for number, said in enumerate(asked):
        if (anew := begun_anew(said)) is not None:
            turns.append(Turn(anew, anew, fresh=True))
            continue
        turns, said = _returned_to(said, turns)
        if turns and not turns[-1].pointed:
            listed, before = number, turns[-1].said
        points = partial(shown, (*history, question)[:listed])
        pointing = points_at_one(said, before)
        written = written_out(said, (before if pointing else turns[-1].said) if turns else None, documents, points)
        turns.append(Turn(said, written, pointed=pointing and written != said))
    return turns


def _returned_to(question: str, turns: list[Turn]) -> tuple[list[Turn], str]:
    """The conversation up to where a question goes back to ("terug naar de schulden: …"), and what it asks there."""
    match = _BACK.match(question)
    if match is None:
        return turns, question
    subject, rest = match["subject"], match["rest"].rstrip("?!. ")
    spoken = [n for n, turn in enumerate(turns) if set(stems(subject)) <= set(stems(turn.said))]
    if not spoken:  # in other words than these: it is asked for itself, in the place of the conversation
        turns = [*turns, Turn(subject, subject, fresh=True)]
    return turns[: spoken[-1] + 1] if spoken else turns, f"{rest}, {subject}?" if rest else f"{subject}?"


def in_conversation(
    turns: Sequence[Turn], documents: list[Document], spelled: Mapping[str, int] | None
) -> tuple[Query, list[Query]]:
    """The last question of a conversation with as many of those before it as it needs, and these, each made whole."""
    leaning: list[Turn] = []
    for turn in reversed(turns):
        query = read_alone(turn.said, documents, spelled)
        if turn is turns[0] or turn.fresh or not (turn.said != turn.asked or is_follow_up(query)):
            break
        leaning.append(turn)
    query = of_titles(query, documents)
    chain: list[Query] = []
    for turn in reversed(leaning):
        own = read_alone(turn.said, documents, spelled)
        chain.append(query)
        if beside := compared(own, chain):
            query = beside
        elif _asks_of_document(own, query, documents):
            query = in_place_of(own, query)
        elif turn.said == turn.asked:
            query = _for_itself(joined(own, query), own, documents)
        else:
            there = [d for d in documents if d.id in query.scope.documents]
            elsewhere = own.scope.named or own.scope.unknown
            language = (
                query.language if len(words(turn.asked)) <= SHORT else language_of(turn.asked, documents, spelled)
            )
            query = in_place_of(own if elsewhere else read_alone(turn.said, there, spelled), query)
            query = replace(of_titles(query, documents), language=language)
    return query, chain


def _asks_of_document(own: Query, before: Query, documents: list[Document]) -> bool:
    """Whether a follow-up asks for a fact of the document that is spoken of: "sinds wanneer geldt het?".

    Not where the question before is about something else that has dates of its own, such as an agenda.
    """
    dated = [word for word in words(before.topic) if _DATED.search(word) and not is_document_word(word)]
    if not _PRONOUN.search(own.question) or dated:
        return False
    asked = replace(own, scope=own.scope if own.scope.named else before.scope, standalone=own.topic)
    return bool(stated_facts(asked, {d.id: d for d in documents}))


def _for_itself(query: Query, own: Query, documents: list[Document]) -> Query:
    """A follow-up that only names a section ("En hoofdstuk 5?") where that section does not speak of the earlier topic.

    It is about the section itself then.
    """
    there = [section for section in own.scope.sections if section[0] in query.scope.documents]
    if not there or stems(own.topic):
        return query
    outlines = {d.id: d for d in documents}
    spans = [(outlines[name].text, outlines[name].sections[n]) for name, n in there]
    spoken = {stem for text, section in spans for stem in stems(text[section.start : section.end])}
    if spoken.issuperset(stems(subject_of(query.topic))):
        return query
    scope = replace(query.scope, sections=tuple(there))
    place = ", ".join(scope.municipalities)
    standalone = f"{own.standalone} ({place})" if place and not own.scope.named else own.standalone
    return replace(query, scope=scope, topic=section_titles(scope, documents), standalone=standalone, added="")


def place_of(turns: Sequence[Turn], documents: list[Document]) -> tuple[str, ...]:
    """The documents that a conversation is about: those that its last question with a place names."""
    for end in range(len(turns), max(len(turns) - _REMEMBERED, 0), -1):
        scope = in_conversation(turns[:end], documents, None)[0].scope
        if scope.named:
            return scope.documents
    return ()
