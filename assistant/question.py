"""From what a person typed to what retrieval needs: language, scope, topic, and a stand-alone question.

Names of municipalities and documents say where to look; in the vector they would drown what to look for. So they
become the scope (`assistant.scope`), and the topic is the question without them, its spelling mended
(`assistant.reading`). A question that points into the conversation is written out first (`assistant.pointing`), and one
that leans on those before it is joined with them (`assistant.conversation`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.conversation import in_conversation, place_of, remembered, turns_of
from assistant.courtesies import asks_nothing
from assistant.framing import meaning_asked, only_asks, subject_of
from assistant.kinds import asked_kinds
from assistant.made_whole import within
from assistant.naming import names_of
from assistant.pointing import Points
from assistant.query import Query
from assistant.reading import check_question, read_alone
from assistant.scope import Scope, section_titles
from ingest.document import Document

_ONE_BY_ONE = 8  # municipalities, or documents of none, that an answer over all documents goes through
_SUMMARY = re.compile(r"\b(?:vat|samenvatting|samenvatten|samengevat|summar\w+|hoofdlijnen|in het kort)\b", re.I)
_SUMMARISES = re.compile(
    r"\W*(?:(?:management|publieks|bestuurlijke )?samenvatting|(?:het kader )?in het kort)\W*", re.I
)
"""The title of a section that sums up its document."""
_BODIES = re.compile(r"\b(?:raad|gemeenteraad|college|council|executive|aan|made)\b", re.I)
"""Who decides or proposes, where nothing but that is asked."""
_DECIDED = re.compile(r"\b(?:besloten|besluit|besloot|besluiten|beslist|decided?|decides|decisions?)\b", re.I)
_DECISION = re.compile(r"\W*(?:(?:raads|college|ontwerp)?besluit(?:en|\(en\))?|de raad besluit)\W*", re.I)
"""What a question for what was decided says, and the title of a section that tells it."""
_PROPOSED = re.compile(r"\b(?:voorgesteld|stel(?:t|len)\b.*\bvoor|propose[sd]?|proposals?)\b", re.I)
_PROPOSAL = re.compile(
    r"\W*(?:(?:het )?voorstel|(?:voorgesteld|gevraagd)e? (?:raads)?besluit|wat stellen (?:wij|we) voor)\W*", re.I
)
"""The same of what was proposed."""
_OTHERS = re.compile(r"\b(?:ander|overig|rest|other)\w*\b", re.I)


_EACH = re.compile(
    r"\b(?:beide|both|allebei|(?:elke?|ieder|each) (?:van|of)|(?:de|die|deze|the|these) (?:twee|drie|two|three))"
    r"(?: (?:of|the|de|these|die|deze))*(?: [\w’'-]+)? (?:stukken|documenten|kaders|nota['’]?s|notities|verordeningen|"
    r"regelingen|plannen|visies|documents|papers|frameworks|memos|by-?laws|plans|policies)\b",
    re.I,
)
"""A question for what each of several documents says: "in beide stukken", "the two Purmerend documents"."""


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
    answer to the last of some questions, for one that points at it or goes on about what it quoted.

    Raises:
        InvalidQuestion: the question is empty or too long.
    """
    question = check_question(question)
    allowed = [
        d for d in documents if (not only or d.id in only) and (not municipalities or d.municipality in municipalities)
    ]
    asked = [] if asks_nothing(question, first=not remembered(history)) else list(remembered(history))
    turns = turns_of([check_question(q) for q in asked], question, allowed, shown)
    query, chain = in_conversation(turns, allowed, spelled)
    if len(turns) > 1 and not (query.scope.named or query.scope.unknown or _is_for_all(question)):
        query = replace(query, carried=place_of(turns[:-1], allowed))
    names = read_alone(turns[-1].said, allowed, None).scope.named
    if query.scope.named and not names and _is_for_all(question):  # "En de andere gemeenten?"
        others = _others(chain, allowed) if _OTHERS.search(question) else allowed
        query = replace(query, scope=Scope(tuple(d.id for d in others), apart=_each(others)), carried=())
    elif len(turns) == len(asked) + 1 > 1 and not (turns[-1].fresh or names or query.scope.unknown):
        query = _after(shown(asked), query, allowed, leans=bool(chain))
    here = query.scope.named or query.scope.unknown or query.carried
    if not here and _is_for_all(query.standalone):
        query = replace(query, scope=replace(query.scope, apart=_each(allowed)))
    if (
        here
        and not query.scope.apart
        and _EACH.search(query.standalone)
        and 1 < len(query.scope.documents) <= _ONE_BY_ONE
    ):
        query = replace(query, scope=replace(query.scope, apart=tuple((name,) for name in query.scope.documents)))
    query = _of_section(query, allowed)
    return replace(query, question=question, topic=_subject(query, allowed))


def _others(chain: Sequence[Query], documents: list[Document]) -> list[Document]:
    """The documents of which the questions before did not speak; all of them where they spoke of each."""
    spoken = {name for query in chain if query.scope.named for name in query.scope.documents}
    return [d for d in documents if d.id not in spoken] or documents


def _after(before: Points, query: Query, documents: list[Document], *, leans: bool) -> Query:
    """A question that names no place after the answer before it, of which it may ask more.

    One that leans on the question before it stays in the documents that answered that, where none were named either;
    one that stands alone does so where a single document answered, unless another holds something much nearer.
    """
    query = replace(query, shown=before.sections, told=frozenset((*before.items, *before.sentences)))
    known = {d.id: d for d in documents}
    there = tuple(name for name in before.documents if name in known)
    if not there or query.scope.named or query.carried or _is_for_all(query.standalone):
        return query
    if leans:
        return within(query, there, known)
    return replace(query, carried=there) if len(there) == 1 else query


def _of_section(query: Query, documents: list[Document]) -> Query:
    """A question for no more than a summary, a decision or a proposal is about the sections of that name."""
    if query.scope.sections or not query.scope.named:
        return query
    asked = [d for d in documents if d.id in query.scope.documents]
    names = frozenset(word for document in asked for word in names_of(document))
    for wanted, title in ((_SUMMARY, _SUMMARISES), (_DECIDED, _DECISION), (_PROPOSED, _PROPOSAL)):
        rest = query.topic if wanted is _SUMMARY else _BODIES.sub(" ", wanted.sub(" ", query.topic))
        if wanted.search(query.standalone) and only_asks(rest, names):
            there = {d.id: n for d in asked for n, s in enumerate(d.sections) if title.fullmatch(s.title)}
            if there:  # of several in one document the last: above it stands in whose name that is decided
                scope = replace(query.scope, sections=tuple(there.items()))
                return replace(query, scope=scope, topic=section_titles(scope, documents))
    return query


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
    if query.topic == section_titles(query.scope, documents):
        return query.topic
    if term := meaning_asked(query.topic):
        return f"Wat is {term}?" if query.language == "nl" else f"What is {term}?"
    asked = [d for d in documents if query.scope.named and d.id in query.scope.documents]
    return subject_of(query.topic, frozenset(word for document in asked for word in names_of(document)))
