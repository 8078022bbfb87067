"""Spelling mistakes in questions, mended against the words of the index itself.

A word is a mistake when neither the documents, nor the glossary, nor a general word list knows it. What it is taken for
is the word of the documents (of an English question: of the glossary) at the smallest Damerau-Levenshtein distance,
the more frequent one of two. A proper word that the documents do not use is left alone: it may be the very thing that
shows that they are silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from assistant.glossary import english_words
from assistant.language import Language, word_list
from vectorstore.lexical import stop_words

_SHORTEST = 5  # letters of a word that is looked at; shorter ones resemble too many others
_TWO_MISTAKES = 8  # letters from which on two mistakes are allowed
_LOOKED_AT = 20
_EVERY_TEXT = 1_000_000  # how often a function word counts as used: "hoevel" is meant for "hoeveel", not for "hoeven"

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


def mended(text: str, language: Language, spelled: Mapping[str, int]) -> str:
    """A question with its misspelled words as they were meant; `spelled` are the words of the index with their counts.

    A word with a capital inside the question is a name, and stays as it is.
    """
    names = not text.isupper()
    meant: dict[str, str | None] = {}

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if names and word[0].isupper() and match.start() > 0:
            return word
        said = word.lower()
        if said not in meant:
            meant[said] = _meant(said, language, spelled)
        return meant[said] or word

    return _WORD.sub(mend, text)


def _meant(word: str, language: Language, spelled: Mapping[str, int]) -> str | None:
    """The word that a misspelled one stands for; None for a proper word and for one that resembles none."""
    if len(word) < _SHORTEST or word in spelled or word in stop_words() or word in english_words():
        return None
    if any(word in word_list(side) for side in ("nl", "en")):
        return None
    known = dict(spelled) if language == "nl" else {**spelled, **dict.fromkeys(english_words(), 1)}
    known.update(dict.fromkeys(stop_words(), _EVERY_TEXT))
    allowed = 2 if len(word) >= _TWO_MISTAKES and not _is_compound(word) else 1
    near = extract(word, known.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=_LOOKED_AT)
    likely = [(int(far), -known[other], other) for other, far, _ in near if other[0] == word[0] and len(other) > 3]
    return min(likely)[2] if likely else None


def _is_compound(word: str) -> bool:
    """Whether a word is two Dutch words in one: no list has them all ("jeugdwet")."""
    dutch = word_list("nl")
    return any(word[:n] in dutch and word[n:] in dutch for n in range(4, len(word) - 2))
