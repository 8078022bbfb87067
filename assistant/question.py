"""From what a person typed to what retrieval needs: language, scope, topic, and a stand-alone question.

Names of municipalities and documents say where to look; in the vector they would drown what to look for. So they
become the scope (`assistant.scope`), and the topic is the question without them, its spelling mended.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.language import Language, detect_language
from assistant.scope import Scope, scope_of
from assistant.spelling import mended
from ingest.document import Document
from ingest.errors import InvalidQuestion
from vectorstore.lexical import stems, words

MAX_CHARACTERS = 4000
_ENOUGH = 6  # words with a meaning, of a question that explains its own pronouns


_CONNECTIVE = re.compile(r"^(?:en|and|maar|but|dus|so|ook|also)\b[ ,]*", re.I)
_ELLIPTIC = re.compile(r"^(?:hoe zit (?:het|dat)|what about|how about|waarom|why)\b.{0,25}$", re.I)
_ADVERBS = "|".join(
    f"{front}{back}"
    for front in ("daar", "hier", "er")
    for back in "aan bij door in mee na naar onder op over tegen toe uit van voor".split()
)
_POINTS_BACK = rf"{_ADVERBS}|them|they|those|these|ze|zij|hen|hun|its|their"
_REFERS_BACK = re.compile(
    rf"\b(?:{_POINTS_BACK}|dat|die|dit|deze|daar|dan|hij|it|that|this|there|then|he|she)\b",
    re.I,
)
_ONLY_BACK = re.compile(rf"\b(?:{_POINTS_BACK})\b", re.I)
_WHOLE = re.compile(r"^(?:wie|wat|welke?|waar|wanneer|hoe|hoeveel|who|what|which|where|when|how)\b", re.I)
_CORRECTION = re.compile(r"^(?:(?:nee|no|sorry)\b[ ,]*)?(?:ik bedoel(?:de)?|i meant?)\b[ ,]*|^(?:nee|no)\b[ ,]*", re.I)

_ORDINALS = (
    ("eerste", "first"),
    ("tweede", "second"),
    ("derde", "third"),
    ("vierde", "fourth"),
    ("vijfde", "fifth"),
    ("zesde", "sixth"),
    ("zevende", "seventh"),
    ("achtste", "eighth"),
)
_LISTED = (
    r"(?:punt|uitgangspunt|item|doel|stap|regel|rij|genoemde|principe|voorwaarde|onderdeel|thema|one|point|goal|step|"
    r"principle|condition|bullet)"
)
_ORDINAL = re.compile(
    rf"\b(?:(?:het|de|dat|die|the|that)\s+)?(?P<word>{'|'.join(w for pair in _ORDINALS for w in pair)}|laatste|last)"
    rf"(?:\s+{_LISTED})(?:\s+(?:genoemd|in de lijst|on the list))?\b"
    r"|\b(?:punt|nummer|point|number)\s+(?P<number>\d{1,2})\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Query:
    """What retrieval gets: the stand-alone question, its language, its scope, and its topic without names."""

    question: str
    standalone: str
    language: Language
    scope: Scope
    topic: str


_DOCUMENT_WORDS = frozenset(
    "beleidskader beleidskaders kader kaders kadernota beleidsnota nota notas document documenten beleidsstuk stuk "
    "raadsvoorstel programmabegroting beleidsplan framework frameworks document documents memorandum policy".split()
)


def is_document_word(term: str) -> bool:
    """Whether every word of a term only names the document that is asked, such as "beleidskader" or "framework"."""
    return all(word in _DOCUMENT_WORDS for word in words(term))


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
    shown: Callable[[], Sequence[str]] = tuple,
) -> Query:
    """Reads a question against the indexed documents and the earlier questions of the conversation.

    `municipalities` and `only` (document ids) limit the scope from outside, whatever the question names. `spelled` are
    the words of the index with their counts, against which spelling is mended. `shown` gives the points of the answer
    before, for a question about "the second one"; it is called only for such a question.

    Raises:
        InvalidQuestion: the question is empty or too long.
    """
    question = check_question(question)
    allowed = [
        d for d in documents if (not only or d.id in only) and (not municipalities or d.municipality in municipalities)
    ]
    asked = [check_question(q) for q in history if re.search(r"\w", q)]
    points = shown() if asked and _ORDINAL.search(question) else ()
    pointed = _with_point(question, points)
    turns = [_read(question, pointed, allowed, spelled)]
    while asked and ((len(turns) == 1 and pointed != question) or _is_follow_up(turns[-1])):
        turns.append(_read(asked[-1], asked[-1], allowed, spelled))
        asked.pop()
    query = _alone(turns.pop(), allowed)
    while len(turns) > 1:
        query = _joined(turns.pop(), query)
    if not turns:
        return query
    if pointed != question:
        return _about_point(turns[0], scope_of(question, allowed)[0], query)
    return _joined(turns[0], query)


def _read(question: str, pointed: str, documents: list[Document], spelled: Mapping[str, int] | None) -> Query:
    """A question by itself, as far as it can be understood without the ones before it."""
    language = detect_language(question)
    scope, topic = scope_of(pointed, documents)
    return Query(question, question, language, scope, mended(topic, language, spelled) if spelled else topic)


def _alone(query: Query, documents: Iterable[Document]) -> Query:
    """A question that leans on no other; one that names sections and nothing else is about their titles."""
    return query if stems(query.topic) else replace(query, topic=_called(query.scope, documents) or query.topic)


def _called(scope: Scope, documents: Iterable[Document]) -> str:
    """What a question is about that names sections and nothing else: their titles."""
    outlines = {d.id: d.sections for d in documents}
    return ", ".join(dict.fromkeys(outlines[name][n].label for name, n in scope.sections))


def _with_point(question: str, points: Sequence[str]) -> str:
    """The question with "the second point" replaced by what that point of the answer before says."""
    match = _ORDINAL.search(question)
    if not match or not points:
        return question
    said = (match["word"] or "").lower()
    place = next((n for n, pair in enumerate(_ORDINALS) if said in pair), len(points) - 1)
    place = int(match["number"]) - 1 if match["number"] else place
    if not 0 <= place < len(points):
        return question
    return f"{question[: match.start()]}“{points[place].strip(' .;:')}”{question[match.end() :]}"


def _about_point(query: Query, named: Scope, before: Query) -> Query:
    """A question about a point of the answer before: in the place that it names itself, or else in the earlier one."""
    scope = named if named.named or named.unknown else replace(before.scope, sections=(), absent=())
    place = ", ".join(scope.unknown or scope.municipalities)
    return replace(query, standalone=f"{query.topic} ({place})" if place else query.topic, scope=scope)


def _joined(query: Query, before: Query) -> Query:
    """A follow-up made whole: its own scope or else the earlier one, its own words on top of the earlier topic."""
    scope, new_place = query.scope, query.scope.named or bool(query.scope.unknown)
    kept = scope if new_place else before.scope
    if scope.sections and not new_place:
        kept = replace(before.scope, sections=scope.sections, absent=())
    own = _CONNECTIVE.sub("", _CORRECTION.sub("", query.topic)).strip()
    if not stems(own):
        joined = before.topic
    elif _WHOLE.match(own) and not (
        _refers_back(own) or _ORDINAL.search(own)
    ):  # "En wie is een mentor?": another topic, the same place
        joined = own[:1].upper() + own[1:]
    else:
        joined = f"{before.topic.rstrip('?!. ')}, {own}"
    place = ", ".join(kept.unknown or kept.municipalities)
    standalone = f"{joined} ({place})" if place else joined
    if not new_place and joined.startswith(before.topic.rstrip("?!. ")):  # the earlier question, with its names
        said = _CONNECTIVE.sub("", _CORRECTION.sub("", query.question)).strip() if scope.sections else own
        standalone = f"{before.standalone.rstrip('?!. ')}, {said}" if said and stems(said) else before.standalone
    short = len(words(query.question)) <= 3
    return replace(
        query, standalone=standalone, language=before.language if short else query.language, scope=kept, topic=joined
    )


def _is_follow_up(query: Query) -> bool:
    """Whether a question cannot be understood without the one before it."""
    question, scope = query.question, query.scope
    content = stems(_CORRECTION.sub("", query.topic))
    if not content or _CORRECTION.match(question):
        return not (scope.sections and scope.named)
    connected = bool(_CONNECTIVE.match(question))
    if connected and _ONLY_BACK.search(question):
        return True
    if _ORDINAL.search(question) and len(stems(_ORDINAL.sub("", query.topic))) < 2:  # "Wat houdt het tweede punt in?"
        return True
    leans = connected or _ELLIPTIC.match(question) or _refers_back(question)
    return bool(leans) and not (scope.named and len(content) > 2) and (len(content) < _ENOUGH or connected)


def _refers_back(question: str) -> bool:
    """Whether a word of a question stands for something outside it."""
    said = words(question)
    return any(_REFERS_BACK.fullmatch(word) and not _is_explained(said, at) for at, word in enumerate(said))


def _is_explained(said: list[str], at: int) -> bool:
    """Whether a word that may point back is at home in its own question: "people that …", "parents and their …"."""
    word, before = said[at], said[max(at - 1, 0)]
    if word in ("hun", "their", "its"):
        return len(stems(" ".join(said[:at]))) > 1
    if word == "there":
        return before in ("is", "are", "was", "were", "will", "be")
    follows_noun = at > 1 and bool(stems(before)) and at + 2 < len(said)
    return follows_noun and (word in ("dat", "that") or (word == "die" and not before.endswith("t")))
