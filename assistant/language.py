"""Dutch or English: the language of a question.

Function words decide first, for they are certain; only when a question has none of either language (one word, a
name) does py3langid (Lui and Baldwin, 2012, "langid.py") judge its letters.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import Literal

from py3langid.langid import LanguageIdentifier

from vectorstore.lexical import words

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


def detect_language(question: str, default: Language = "nl") -> Language:
    """The language of a question; `default` where it holds no letters at all."""
    found = words(question)
    dutch = sum(word in _DUTCH for word in found)
    english = sum(word in _ENGLISH for word in found)
    if dutch != english:
        return "nl" if dutch > english else "en"
    if not any(word.isalpha() for word in found):
        return default
    with _lock:
        language, _ = _identifier().classify(" ".join(found))
    return "en" if language == "en" else "nl"
