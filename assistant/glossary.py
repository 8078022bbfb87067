"""Bridges between the words of questions and the words of policy: English to Dutch, layman's to officials'.

The lists were written for this project: `glossary.tsv` with the words of policy, `lexicon.tsv` with those of every day.
They feed the lexical half of retrieval and the choice of sentences; the dense half reads the question as it was typed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vectorstore.lexical import stemmed, stop_words, words

if TYPE_CHECKING:
    from assistant.language import Language

_LONGEST = 8  # words in a term


def _key(term: list[str], language: Language) -> tuple[str, ...]:
    return tuple(stemmed(term, "english" if language == "en" else "dutch"))


@cache
def _lines() -> tuple[str, ...]:
    """Terms with their equivalents, those of policy before those of every day."""
    folder = files("assistant")
    return tuple(
        line
        for name in ("glossary.tsv", "lexicon.tsv")
        for line in folder.joinpath(name).read_text("utf-8").splitlines()[1:]
    )


@cache
def _terms() -> dict[tuple[Language, tuple[str, ...]], tuple[str, ...]]:
    found: dict[tuple[Language, tuple[str, ...]], tuple[str, ...]] = {}
    for line in _lines():
        language, term, dutch = line.split("\t")
        side: Language = "en" if language == "en" else "nl"
        equivalents = tuple(dutch.split("; "))
        for key in ((side, _exactly(words(term))), (side, _key(words(term), side))):
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *equivalents)))
    return found


def _exactly(term: list[str]) -> tuple[str, ...]:
    """The key of a term as it is written, apart from every stem: "objection" is not "objective"."""
    return ("=", *term)


@cache
def english_words() -> frozenset[str]:
    """Every English word of the glossary."""
    return frozenset(word for line in _lines() if line.startswith("en\t") for word in words(line.split("\t")[1]))


def dutch_terms(question: str, language: Language) -> list[tuple[str, tuple[str, ...]]]:
    """Terms of the glossary in a question, longest first where they overlap, each with its Dutch equivalents."""
    found: list[tuple[str, tuple[str, ...]]] = []
    said = words(question)
    keys = _key(said, language)
    at = 0
    while at < len(said):
        for size in range(min(_LONGEST, len(said) - at), 0, -1):
            exact = _terms().get((language, _exactly(said[at : at + size])))
            alike = size > 1 or said[at] not in stop_words()  # "over" has the stem of "overheid"
            dutch = exact or (_terms().get((language, keys[at : at + size])) if alike else None)
            if dutch:
                found.append((" ".join(said[at : at + size]), dutch))
                at += size
                break
        else:
            at += 1
    return found
