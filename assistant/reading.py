"""One question by itself: its language, the scope that it names, and its topic without those names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from assistant.courtesies import without_framing, without_politeness
from assistant.framing import only_asks
from assistant.glossary import english_words
from assistant.language import Language, detect_language, told_by_function_words
from assistant.naming import documents_called, names_of
from assistant.query import Query
from assistant.restated import corrected
from assistant.scope import Scope, scope_of, section_titles
from assistant.spelling import mended
from assistant.titles import without_title
from ingest.document import Document
from ingest.errors import InvalidQuestion
from ingest.municipalities import mentions
from vectorstore.lexical import stems, words

MAX_CHARACTERS = 4000
SHORT = 3  # words that do not tell a language: a follow-up of so few keeps the language before it
QUOTED_WORDS = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
"""What a question has in quotation marks."""
_TITLED = re.compile(
    r"(?P<word>\b\w*(?:kader|nota|visie|agenda|programma|plan|framework|policy|programme))\s+"
    r"[‘'\"“](?P<name>[^’'\"”]{8,80})[’'\"”]",
    re.I,
)
"""A document with its name between quotation marks, which says where to look, and not for what."""
_TELLING = frozenset(
    "laat vat samen samenvatten samenvatting inhoud tekst lees besloot besloten besluit luidt leg uitleg precies "
    "contents content text decided decide say says explain stand stands houdt inhoudt betekent behelst bevat "
    "regelt geregeld mean means contain contains".split()
)
"""Words of a question for all that a section says."""
_WHOLE_PLACE = re.compile(
    r"\W*(?:(?:voor|in|van|for|of)\s+)?(?:(?:de|het|the)\s+)?(?:(?:ge)?hele?|whole|entire)?\s*(?:gemeente|municipality)\W*",
    re.I,
)
"""The municipality by no name, which calls no document that has the word in its title."""
_ABOUT = re.compile(r"\b(?:over|about|regarding|on)\s+\w", re.I)


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


def read_alone(said: str, documents: list[Document], spelled: Mapping[str, int] | None) -> Query:
    """A question by itself, as far as it can be understood without the ones before it."""
    language = language_of(said, documents, spelled)
    meant = corrected(said)
    asked = said if meant is None else meant
    scope, topic = scope_of(without_politeness(asked), documents)
    by_name = meant is not None and not scope.named and not _WHOLE_PLACE.fullmatch(topic)
    if by_name and (called := documents_called(topic, documents)):
        scope, topic = Scope(tuple(d.id for d in called), named=True), ""
    if scope.named and len(scope.documents) == 1:
        topic = without_title(topic, next(d for d in documents if d.id == scope.documents[0]))
    telling = without_framing(_TITLED.sub(lambda m: m["word"] if _is_said(m["name"], documents) else m[0], topic))
    topic = telling if stems(telling) else topic
    return Query(said, said, language, scope, mended(topic, language, spelled) if spelled and topic else topic)


def _is_said(name: str, documents: list[Document]) -> bool:
    """Whether a name that a question quotes stands in one of the documents."""
    return any(name.lower() in document.text.lower() for document in documents)


def language_of(question: str, documents: list[Document], spelled: Mapping[str, int] | None = None) -> Language:
    """The language of a question, whatever it quotes and names: "Which frameworks mention 'de menselijke maat'?".

    Words of both languages ("sport") are Dutch where the documents have one of them, `spelled` as they spell it.
    """
    own = QUOTED_WORDS.sub(" ", question)
    places = {name for name, _, _ in mentions(question)} | {d.municipality for d in documents if d.municipality}
    for name in places:
        own = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", own, flags=re.I)
    said = words(own) if stems(own) or told_by_function_words(words(own)) else words(question)
    theirs = not spelled or any(word.isalpha() and word in spelled for word in said)
    foreign = not theirs and any(word in english_words() for word in said)  # "smoking" is a Dutch word too
    default: Language = "en" if foreign else "nl"
    return detect_language(" ".join(said), default)


def of_titles(query: Query, documents: list[Document]) -> Query:
    """A question that leans on no other; one that names sections and nothing else is about their titles."""
    titles = section_titles(query.scope, documents)
    return query if not titles or _asks_more(query, documents) else replace(query, topic=titles)


def _asks_more(query: Query, documents: list[Document]) -> bool:
    """Whether a question about sections wants more than what they say; "vat artikel 5 van de nota samen" does not."""
    called = {stem for d in documents if d.id in query.scope.documents for stem in stems(" ".join(names_of(d)))}
    left = [word for word in words(query.topic) if not (word in _TELLING or only_asks(word))]
    return bool(_ABOUT.search(query.topic)) or not called.issuperset(stems(" ".join(left)))
