"""From what a person typed to what retrieval needs: language, scope, topic, and a stand-alone question.

Names of municipalities and documents say where to look; in the vector they would drown what to look for. So they
become the scope (`assistant.scope`), and the topic is the question without them, its spelling mended. A question that
points into the conversation is written out first (`assistant.pointing`), and one that leans on those before it is
joined with them (`assistant.follow_up`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.courtesies import asks_nothing, begun_anew, without_framing, without_politeness, without_thanks
from assistant.facts import stated_facts
from assistant.follow_up import compared, corrected, in_place_of, is_follow_up, joined, put_plainly, within
from assistant.framing import meaning_asked, only_asks, subject_of
from assistant.kinds import asked_kinds
from assistant.language import Language, detect_language
from assistant.naming import documents_called, names_of
from assistant.pointing import Points, points_at_one, written_out
from assistant.query import Query, is_document_word
from assistant.scope import Scope, scope_of, titles_of
from assistant.spelling import mended
from ingest.document import Document
from ingest.errors import InvalidQuestion
from vectorstore.lexical import stems, words

MAX_CHARACTERS = 4000
_REMEMBERED = 10  # earlier questions that a conversation is read from

_ONE_BY_ONE = 8  # municipalities, or documents of none, that an answer over all documents goes through
_SHORT = 3  # words that do not tell a language: a follow-up of so few keeps the language before it
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
_TITLED = re.compile(
    r"(?P<word>\b\w*(?:kader|nota|visie|agenda|programma|plan|framework|policy|programme))\s+"
    r"[‘'\"“](?P<name>[^’'\"”]{8,80})[’'\"”]",
    re.I,
)
"""A document with its name between quotation marks, which says where to look, and not for what."""
_PRONOUN = re.compile(r"\b(?:het|it)\b", re.I)
_DATED = re.compile(r"(?:agenda|plan|programma|programme|visie|verordening|notitie|regeling|akkoord|subsidie)$", re.I)
"""Words for what has dates of its own."""
_TELLING = frozenset(
    "laat vat samen samenvatten samenvatting inhoud tekst lees besloot besloten besluit luidt leg uitleg precies "
    "contents content text decided decide say says explain stand stands houdt inhoudt betekent behelst bevat "
    "regelt geregeld mean means contain contains".split()
)
"""Words of a question for all that a section says."""
_ABOUT = re.compile(r"\b(?:over|about|regarding|on)\s+\w", re.I)
_SUMMARY = re.compile(r"\b(?:vat|samenvatting|samenvatten|samengevat|summar\w+|hoofdlijnen|in het kort)\b", re.I)
_SUMMARISES = re.compile(
    r"\W*(?:(?:management|publieks|bestuurlijke )?samenvatting|(?:het kader )?in het kort)\W*", re.I
)
"""The title of a section that sums up its document."""
_OTHERS = re.compile(r"\b(?:ander|overig|rest|other)\w*\b", re.I)
_BACK = re.compile(
    r"^(?:(?:en|and|even|nog|nu|now|let's go|ik wil|we gaan|going|go)\s+)*"
    r"(?:terug naar|terug bij|back to|return(?:ing)? to)\s+"
    r"(?:(?:de|het|die|dat|the|that)\s+)?(?P<subject>[^:;,.?!]+)[:;,.?!]*\s*(?P<rest>.*)$",
    re.I,
)
"""A question that goes back to an earlier subject of the conversation."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question of a conversation as it was asked, and with what it points to written out."""

    asked: str
    said: str
    fresh: bool = False  # it says itself that it is about something else
    pointed: bool = False  # it asked for a point of an answer: "en het tweede?" after it is of the same list


def check_question(question: str) -> str:
    """The question without surrounding space and control characters, letters composed (NFC).

    Raises:
        InvalidQuestion: nothing is left of it, or it is too long to be a question.
    """
    composed = unicodedata.normalize("NFC", re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", question))
    cleaned = " ".join(composed.split())
    if not re.search(r"\w", cleaned):
        raise InvalidQuestion(
            "the question is empty. Ask something in Dutch or English, such as “Wat staat er over preventie?”"
        )
    if len(cleaned) > MAX_CHARACTERS:
        raise InvalidQuestion(
            f"the question has {len(cleaned)} characters (at most {MAX_CHARACTERS}). Ask one question at a time; "
            "texts to search through are added with: kaderwijzer ingest PATH"
        )
    return cleaned


def understand(
    question: str,
    documents: Iterable[Document],
    history: Sequence[str] = (),
    municipalities: Sequence[str] = (),
    only: Sequence[str] = (),
    *,
    spelled: Mapping[str, int] | None = None,
    shown: Callable[[Sequence[str]], Points] = lambda _: Points(),
) -> Query:
    """Reads a question against the indexed documents and the earlier questions of the conversation.

    `municipalities` and `only` (document ids) limit the scope from outside, whatever the question names. `spelled` are
    the words of the index with their counts, against which spelling is mended. `shown` gives the points of the
    answer to the last of some questions, for one about "the second one"; it is called only for such a question.

    Raises:
        InvalidQuestion: the question is empty or too long.
    """
    question = check_question(question)
    allowed = [
        d for d in documents if (not only or d.id in only) and (not municipalities or d.municipality in municipalities)
    ]
    asked = [] if asks_nothing(question, first=not remembered(history)) else list(remembered(history))
    turns = _turns([check_question(q) for q in asked], question, allowed, shown)
    query, chain = _in_conversation(turns, allowed, spelled)
    if len(turns) > 1 and not (query.scope.named or query.scope.unknown or _is_for_all(question)):
        query = replace(query, carried=_place_of(turns[:-1], allowed))
    names = _read(turns[-1].said, allowed, None).scope.named
    if query.scope.named and not names and _is_for_all(question):  # "En de andere gemeenten?"
        others = _others(chain, allowed) if _OTHERS.search(question) else allowed
        query = replace(query, scope=Scope(tuple(d.id for d in others), apart=_each(others)), carried=())
    elif len(turns) == len(asked) + 1 > 1 and not (turns[-1].fresh or names or query.scope.unknown):
        query = _after(shown(asked), query, allowed, leans=bool(chain))
    here = query.scope.named or query.scope.unknown or query.carried
    if not here and _is_for_all(query.standalone):
        query = replace(query, scope=replace(query.scope, apart=_each(allowed)))
    query = _summarised(query, allowed)
    return replace(query, question=question, topic=_subject(query, allowed))


def _others(chain: Sequence[Query], documents: list[Document]) -> list[Document]:
    """The documents of which the questions before did not speak; all of them where they spoke of each."""
    spoken = {name for query in chain if query.scope.named for name in query.scope.documents}
    return [d for d in documents if d.id not in spoken] or documents


def remembered(history: Sequence[str]) -> tuple[str, ...]:
    """The earlier questions that a conversation is read from: the last ones that ask something."""
    asking = [q for q in history if re.search(r"\d", q) or (stems(q) and not asks_nothing(q))]
    return tuple(asking[-_REMEMBERED:])


def _after(before: Points, query: Query, documents: list[Document], *, leans: bool) -> Query:
    """A question that names no place after the answer before it, of which it may ask more.

    One that leans on the question before it stays in the documents that answered that, where none were named either.
    """
    query = replace(query, shown=before.sections)
    known = {d.id: d for d in documents}
    there = tuple(name for name in before.documents if name in known)
    unplaced = not (query.scope.named or query.carried or _is_for_all(query.standalone))
    return within(query, there, known) if leans and unplaced and there else query


def _summarised(query: Query, documents: list[Document]) -> Query:
    """A question for no more than a summary of documents that have one is about that section."""
    asked = [d for d in documents if query.scope.named and d.id in query.scope.documents]
    names = frozenset(word for document in asked for word in names_of(document))
    if query.scope.sections or not (_SUMMARY.search(query.standalone) and only_asks(query.topic, names)):
        return query
    there = [(d.id, n) for d in asked for n, s in enumerate(d.sections) if _SUMMARISES.fullmatch(s.title)]
    scope = replace(query.scope, sections=tuple(there))
    return replace(query, scope=scope, topic=titles_of(scope, documents)) if there else query


def _is_for_all(question: str) -> bool:
    """Whether a question is over all documents, whatever the conversation was about."""
    return "everywhere" in asked_kinds(question)


def _each(documents: list[Document]) -> tuple[tuple[str, ...], ...]:
    """The documents of each municipality, and each of none, as long as an answer can go through them one by one."""
    places: dict[str, list[str]] = {}
    for document in documents:
        places.setdefault(document.municipality or document.id, []).append(document.id)
    return tuple(map(tuple, places.values())) if 1 < len(places) <= _ONE_BY_ONE else ()


def _subject(query: Query, documents: list[Document]) -> str:
    """What a question is about, without the words that only ask what is said of it."""
    if query.topic == titles_of(query.scope, documents):
        return query.topic
    if term := meaning_asked(query.topic):
        return f"Wat is {term}?" if query.language == "nl" else f"What is {term}?"
    asked = [d for d in documents if query.scope.named and d.id in query.scope.documents]
    return subject_of(query.topic, frozenset(word for document in asked for word in names_of(document)))


def _turns(
    history: Sequence[str], question: str, documents: list[Document], shown: Callable[[Sequence[str]], Points]
) -> list[_Turn]:
    """The conversation, oldest question first, as far as the last one may lean on it."""
    turns: list[_Turn] = []
    asked = [put_plainly(without_thanks(said)) for said in (*history, question)]
    listed, before = 0, ""  # how many questions led to the list that ordinals are of, and the last of them
    for number, said in enumerate(asked):
        if (anew := begun_anew(said)) is not None:
            turns.append(_Turn(anew, anew, fresh=True))
            continue
        turns, said = _returned_to(said, turns)
        if turns and not turns[-1].pointed:
            listed, before = number, turns[-1].said
        points = partial(shown, (*history, question)[:listed])
        pointing = points_at_one(said, before)
        written = written_out(said, (before if pointing else turns[-1].said) if turns else None, documents, points)
        turns.append(_Turn(said, written, pointed=pointing and written != said))
    return turns


def _returned_to(question: str, turns: list[_Turn]) -> tuple[list[_Turn], str]:
    """The conversation up to where a question goes back to ("terug naar de schulden: …"), and what it asks there."""
    match = _BACK.match(question)
    if match is None:
        return turns, question
    subject, rest = match["subject"], match["rest"].rstrip("?!. ")
    spoken = [n for n, turn in enumerate(turns) if set(stems(subject)) <= set(stems(turn.said))]
    if not spoken:  # in other words than these: it is asked for itself, in the place of the conversation
        turns = [*turns, _Turn(subject, subject, fresh=True)]
    return turns[: spoken[-1] + 1] if spoken else turns, f"{rest}, {subject}?" if rest else f"{subject}?"


def _in_conversation(
    turns: Sequence[_Turn], documents: list[Document], spelled: Mapping[str, int] | None
) -> tuple[Query, list[Query]]:
    """The last question of a conversation with as many of those before it as it needs, and these, each made whole."""
    leaning: list[_Turn] = []
    for turn in reversed(turns):
        query = _read(turn.said, documents, spelled)
        if turn is turns[0] or turn.fresh or not (turn.said != turn.asked or is_follow_up(query)):
            break
        leaning.append(turn)
    query = _alone(query, documents)
    chain: list[Query] = []
    for turn in reversed(leaning):
        own = _read(turn.said, documents, spelled)
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
            language = query.language if len(words(turn.asked)) <= _SHORT else _language(turn.asked)
            query = in_place_of(own if elsewhere else _read(turn.said, there, spelled), query)
            query = replace(_alone(query, documents), language=language)
    return query, chain


def _asks_of_document(own: Query, before: Query, documents: list[Document]) -> bool:
    """Whether a follow-up asks for a fact of the document that is spoken of: "sinds wanneer geldt het?".

    Not where the question before is about something else that has dates of its own, such as an agenda.
    """
    dated = [word for word in words(before.topic) if _DATED.search(word) and not is_document_word(word)]
    if own.scope.named or not _PRONOUN.search(own.question) or dated:
        return False
    asked = replace(own, scope=before.scope, standalone=own.topic)
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
    return replace(query, scope=scope, topic=titles_of(scope, documents), standalone=standalone, added="")


def _place_of(turns: Sequence[_Turn], documents: list[Document]) -> tuple[str, ...]:
    """The documents that a conversation is about: those that its last question with a place names."""
    for end in range(len(turns), max(len(turns) - _REMEMBERED, 0), -1):
        scope = _in_conversation(turns[:end], documents, None)[0].scope
        if scope.named:
            return scope.documents
    return ()


def _read(said: str, documents: list[Document], spelled: Mapping[str, int] | None) -> Query:
    """A question by itself, as far as it can be understood without the ones before it."""
    language = _language(said)
    meant = corrected(said)
    asked = said if meant is None else meant
    scope, topic = scope_of(without_politeness(asked), documents)
    if meant is not None and not scope.named and (called := documents_called(topic, documents)):
        scope, topic = Scope(tuple(d.id for d in called), named=True), ""
    telling = without_framing(_TITLED.sub(lambda m: m["word"] if _is_said(m["name"], documents) else m[0], topic))
    topic = telling if stems(telling) else topic
    return Query(said, said, language, scope, mended(topic, language, spelled) if spelled and topic else topic)


def _is_said(name: str, documents: list[Document]) -> bool:
    """Whether a name that a question quotes stands in one of the documents."""
    return any(name.lower() in document.text.lower() for document in documents)


def _language(question: str) -> Language:
    """The language of a question, whatever it quotes: "Which frameworks mention 'de menselijke maat'?"."""
    own = _QUOTED.sub(" ", question)
    return detect_language(own if len(words(own)) >= _SHORT else question)


def _alone(query: Query, documents: list[Document]) -> Query:
    """A question that leans on no other; one that names sections and nothing else is about their titles."""
    titles = titles_of(query.scope, documents)
    return query if not titles or _asks_more(query, documents) else replace(query, topic=titles)


def _asks_more(query: Query, documents: list[Document]) -> bool:
    """Whether a question about sections wants more than what they say; "vat artikel 5 van de nota samen" does not."""
    called = {stem for d in documents if d.id in query.scope.documents for stem in stems(" ".join(names_of(d)))}
    left = [word for word in words(query.topic) if not (word in _TELLING or only_asks(word))]
    return bool(_ABOUT.search(query.topic)) or not called.issuperset(stems(" ".join(left)))
