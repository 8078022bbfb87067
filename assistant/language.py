"""Dutch or English: the language of a question.

Function words decide first, for they are certain; where a question has as many of either language (one word, a name),
the words that only one of the two languages has; and only where these do not tell does py3langid (Lui and Baldwin,
2012, "langid.py") judge its letters.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from py3langid.langid import LanguageIdentifier

from assistant.glossary import english_words
from vectorstore.lexical import words

if TYPE_CHECKING:
    from spellchecker import SpellChecker

Language = Literal["nl", "en"]

_DUTCH = frozenset(
    "de het een en van wat hoe welke welk wie waar waarom wanneer over voor met aan bij naar uit zijn wordt worden "
    "zegt staat gaat niet geen ook moet mag kan wij ons hun deze dit dat door tot om te er als maar gemeente of op dan "
    "bij na nog al wel heeft hebben kun je u ik ze zij wil willen krijg krijgt krijgen komt komen doet doen".split()
)
_ENGLISH = frozenset(
    "the an of and what how which who where why when about for with from are does do did say says not no also must "
    "may can we our their this that by to if but should has have municipality it they there i you me my he she his her "
    "be been being will would could get gets".split()
)
_lock = threading.Lock()


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid import langid

    identifier = LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(["nl", "en"])
    return identifier


@cache
def word_list(language: Language) -> SpellChecker:
    """General words of a language (pyspellchecker's frequency list)."""
    from spellchecker import SpellChecker  # takes a third of a second: only when a word is unknown

    return SpellChecker(language=language)


def told_by_function_words(said: Sequence[str]) -> Language | None:
    """The language of which more function words are among lower-case words; None where there are as many of either."""
    dutch = sum(word in _DUTCH for word in said)
    english = sum(word in _ENGLISH for word in said)
    return None if dutch == english else "nl" if dutch > english else "en"


def detect_language(question: str, default: Language = "nl") -> Language:
    """The language of a question; `default` where it holds no letters, or only words of both ("sport")."""
    found = words(question)
    if certain := told_by_function_words(found):
        return certain
    if not any(word.isalpha() for word in found):
        return default
    dutch = sum(word in word_list("nl") for word in found)
    english = sum(word in word_list("en") or word in english_words() for word in found)
    if dutch or english:
        return "nl" if dutch > english else "en" if english > dutch else default
    with _lock:
        language, _ = _identifier().classify(" ".join(found))
    return "en" if language == "en" else "nl"
