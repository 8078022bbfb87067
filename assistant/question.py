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
_CORRECTION = re.compile(r"^(?:nee|no)\b[ ,]*(?:ik bedoel|i mean|i meant)?", re.I)

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
    earlier = [check_question(q) for q in history if re.search(r"\w", q)]
    language = detect_language(question)
    points = shown() if earlier and _ORDINAL.search(question) else ()
    scope, topic = scope_of(_with_point(question, points), allowed)
    if spelled:
        topic = mended(topic, language, spelled)
    if not earlier or not (points or _is_follow_up(question, topic, scope)):
        return Query(question, question, language, scope, topic or _called(scope, allowed))
    before = understand(earlier[-1], allowed, earlier[:-1], spelled=spelled)
    if points:
        return _about_point(question, language, topic, before)
    return _joined(question, language, scope, topic, before)


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


def _about_point(question: str, language: Language, topic: str, before: Query) -> Query:
    place = ", ".join(before.scope.unknown or before.scope.municipalities)
    whole = replace(before.scope, sections=())
    return Query(question, f"{topic} ({place})" if place else topic, language, whole, topic)


def _joined(question: str, language: Language, scope: Scope, topic: str, before: Query) -> Query:
    """A follow-up made whole: its own scope or else the earlier one, its own words on top of the earlier topic."""
    new_place = scope.named or bool(scope.unknown)
    kept = scope if new_place else replace(before.scope, sections=scope.sections or before.scope.sections)
    own = _CONNECTIVE.sub("", _CORRECTION.sub("", topic)).strip()
    if not stems(own):
        joined = before.topic
    elif _WHOLE.match(own) and not _REFERS_BACK.search(own):  # "En wie is een mentor?": another topic, the same place
        joined = own[:1].upper() + own[1:]
    else:
        joined = f"{before.topic.rstrip('?!. ')}, {own}"
    place = ", ".join(kept.unknown or kept.municipalities)
    standalone = f"{joined} ({place})" if place else joined
    if not new_place and joined.startswith(before.topic.rstrip("?!. ")):  # the earlier question, with its names
        standalone = before.standalone if joined == before.topic else f"{before.standalone.rstrip('?!. ')}, {own}"
    short = len(words(question)) <= 3
    return Query(question, standalone, before.language if short else language, kept, joined)


def _is_follow_up(question: str, topic: str, scope: Scope) -> bool:
    """Whether a question cannot be understood without the one before it."""
    content = stems(_CORRECTION.sub("", topic))
    if not content or _CORRECTION.match(question):
        return not (scope.sections and scope.named)
    if _CONNECTIVE.match(question) and _ONLY_BACK.search(question):
        return True
    leans = _CONNECTIVE.match(question) or _ELLIPTIC.match(question) or _REFERS_BACK.search(question)
    return bool(leans) and not (scope.named and len(content) > 2)
