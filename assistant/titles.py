"""Documents called by their title: by a run of its words, or by one of them, that no other indexed title has.

"Het beleidskader samenleving" is a run; "het Mobiliteitsprogramma" a word with a word for a document in it; "het
Cultuurpact" is written as a name. A word that is what a question is about ("over preventie") calls nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.document_words import SHARED_WORDS, WORDS_BEFORE_TITLE
from ingest.document import Document
from ingest.document_kinds import DOCUMENT_WORD
from vectorstore.lexical import stems, stop_words, words

_SHORT_TITLES = frozenset({"citeertitel", "korte titel"})
"""Facts of a document that give it another title."""
_NAMED = r"\b(?:[Dd]e|[Hh]et|[Tt]he|[Dd]it|[Oo]ns|[Oo]nze|[Oo]ur)\s+(?:gemeentelijke\s+)?[“‘'\"]?"
"""What stands before a name: "het Cultuurpact"."""
_SUBJECT = re.compile(r"\b(?:over|about|regarding|on|met|aan|voor|for)\s+$", re.I)
"""What stands before the subject of a question, and not before the name of a document."""
_WHERE = r"(?:volgens|in|uit|van|door|met|according to|of|by|with|from)"
"""What stands before a title that says where to look."""
_TITLE_WORDS = 3  # words of a title by which it is known for one
_Run = tuple[str, ...]


def titles_of(document: Document) -> list[str]:
    """The title of a document, and the short one that it gives itself."""
    return [document.title, *(fact.value for fact in document.facts if fact.name in _SHORT_TITLES)]


def without_title(topic: str, document: Document) -> str:
    """A topic without the title of the document that is searched, which says where to look and not for what.

    The beginning of a title, of three words or more with a word for a document among them. A topic that is no more than
    that stays as it is.
    """
    for title in titles_of(document):
        said = _words_of(title, document.municipality)
        for end in range(len(said), _TITLE_WORDS - 1, -1):
            if any(DOCUMENT_WORD.fullmatch(word) for word in said[:end]):
                name = r"\W+".join(map(re.escape, said[:end]))
                rest = re.sub(rf"(?<!\w)(?:{_WHERE}\s+)?(?:(?:het|de|the)\s+)?{name}(?!\w)", " ", topic, flags=re.I)
                if rest != topic:
                    return re.sub(r"\s+(?=[?.!,])", "", " ".join(rest.split())) if stems(rest) else topic
    return topic


def titled_in(question: str, documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    """The documents that a question calls by what no other title has, each with the words by which it does so."""
    said = tuple(words(question))
    by_title = {d.id: [_words_of(title, d.municipality) for title in titles_of(d)] for d in documents}
    called: dict[str, frozenset[str]] = {}
    runs = {name: [run for title in titles for run in _runs(said, title)] for name, titles in by_title.items()}
    for name, found in runs.items():
        elsewhere = [title for other, titles in by_title.items() if other != name for title in titles]
        own = [run for run in found if _is_name(run, question) and not any(_holds(title, run) for title in elsewhere)]
        if own:
            called[name] = frozenset(word for run in own for word in run)
    single = _single_words(set(said), by_title)
    for document in documents:
        by = {word for word in single.get(document.id, ()) if _calls(word, document, question)}
        if by:
            called[document.id] = called.get(document.id, frozenset()) | by
    return called or _written_as_names(single, question, documents)


def _single_words(said: set[str], by_title: Mapping[str, Sequence[_Run]]) -> dict[str, set[str]]:
    """The words of a question that one title has and no other, by the document it is of."""
    owners: dict[str, set[str]] = {}
    for name, titles in by_title.items():
        for word in said & {word for title in titles for word in title}:
            owners.setdefault(word, set()).add(name)
    found: dict[str, set[str]] = {}
    for word, names in owners.items():
        if len(names) == 1 and not (word in stop_words() or word.isdigit() or word in SHARED_WORDS):
            found.setdefault(min(names), set()).add(word)
    return found


@lru_cache(maxsize=4096)
def _words_of(title: str, municipality: str | None) -> _Run:
    """The words of a title without the name of its municipality, which says where and not what."""
    place = {"gemeente", *words(municipality or "")}
    return tuple(word for word in words(title) if word not in place)


def _runs(said: _Run, title: _Run) -> Iterator[_Run]:
    """The longest stretches of a question that stand in a title too, of two telling words or more."""
    at = 0
    while at < len(said) - 1:
        longest = max((_common(said[at:], title[n:]) for n in range(len(title))), key=len, default=())
        while longest and longest[-1] in stop_words():
            longest = longest[:-1]
        telling = [word for word in longest if word not in stop_words()]
        if len(telling) > 1 and longest[0] == telling[0] and _begins(longest, title):
            yield longest
        at += max(len(longest), 1)


def _common(first: _Run, second: _Run) -> _Run:
    """What two stretches of words begin with alike."""
    end = next((n for n, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    return first[: min(len(first), len(second)) if end is None else end]


def _begins(run: _Run, title: _Run) -> bool:
    """Whether a run holds the head of a title: what it begins with, or its first word for a document.

    "Sociaal domein" is what the "Beleidskader sociaal domein" is about, and is said of much else.
    """
    head = next((word for word in title if DOCUMENT_WORD.fullmatch(word)), None)
    return head in run if head else _holds(title[: len(run)], run)


def _holds(title: _Run, run: _Run) -> bool:
    return any(title[n : n + len(run)] == run for n in range(len(title) - len(run) + 1))


def _is_name(run: _Run, question: str) -> bool:
    """Whether a run has a word for a document in it, or is written as a name."""
    return any(DOCUMENT_WORD.fullmatch(word) for word in run) or _is_written_as_name(run[0], question)


def _calls(word: str, document: Document, question: str) -> bool:
    """Whether a word of a title is a word for a document, or has one before it that may be said of this document."""
    if DOCUMENT_WORD.fullmatch(word):
        return True
    kinds = "|".join(map(re.escape, sorted(WORDS_BEFORE_TITLE | {*(document.kind or "").split()})))
    return bool(re.search(rf"(?<!\w)(?:{kinds})\s+[“‘'\"]?{re.escape(word)}(?![\w-])", question, re.I))


def _written_as_names(
    single: Mapping[str, set[str]], question: str, documents: Sequence[Document]
) -> dict[str, frozenset[str]]:
    """The documents whose title begins with a word that a question writes as a name and that no other text uses."""
    found: dict[str, frozenset[str]] = {}
    for document in documents:
        heads = {title[0] for t in titles_of(document) if (title := _words_of(t, document.municipality))}
        for word in single.get(document.id, set()) & heads:
            if _is_written_as_name(word, question) and not _is_used(word, document, documents):
                found[document.id] = frozenset({word})
    return found


def _is_written_as_name(word: str, question: str) -> bool:
    """Whether a word stands in a question with an article and a capital, and is not what is asked about."""
    name = re.compile(rf"{_NAMED}{re.escape(word[:1].upper())}(?i:{re.escape(word[1:])})(?![\w-]|\s+[A-ZÀ-Ý])")
    return any(not _SUBJECT.search(question[: match.start()]) for match in name.finditer(question))


def _is_used(word: str, own: Document, documents: Sequence[Document]) -> bool:
    """Whether the texts of other documents use a word, as they do what a document is about."""
    forms = (word, word.capitalize(), word.upper())
    return any(form in document.text for document in documents if document.id != own.id for form in forms)
