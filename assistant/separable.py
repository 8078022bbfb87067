"""Dutch verbs whose beginning stands apart: "waar meld ik een casus aan?" asks where to "aanmelden"."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from assistant.language import word_list
from vectorstore.lexical import stop_words

_PARTICLES = (
    "aan|achter|af|bij|binnen|deel|door|in|los|mee|na|neer|om|onder|op|over|plaats|samen|tegen|terug|toe|uit|vast|voor|"
    "vrij|weg"
)
_CLAUSE = re.compile(r"(?:(?!\b(?:en|of|and|or)\b)[^,;:.?!])+", re.I)
_PARTICLE = re.compile(rf"\s(?P<particle>{_PARTICLES})(?=\s*$|\s+(?:bij|voor|via|vanaf|als)\s)", re.I)
"""A particle at the end of a clause, or before what goes on with a preposition: "… aan bij de gemeente"."""
_FIRST = 4  # words of a clause among which its verb stands
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset("de het een dit dat deze die the a".split())
_LONG_VOWEL = re.compile(r"(?P<before>.*[^aeiou])(?P<vowel>[aeou])(?P=vowel)(?P<after>[^aeiou])")
_SHORT_VOWEL = re.compile(r".*[^aeiou][aeiou](?P<last>[bdfgklmnprst])")
_VOICED = {"f": "v", "s": "z"}


@lru_cache(maxsize=1024)
def reunited(text: str) -> str:
    """A question with each verb whose beginning stands at the end of its clause as the infinitive that it is a form of.

    Only infinitives of a general Dutch word list are ("stelt … op" is "opstellen"); anything else stays as it is.
    """
    return _CLAUSE.sub(lambda clause: _clause_reunited(clause[0]), text)


def _clause_reunited(clause: str) -> str:
    for match in _PARTICLE.finditer(clause):
        if whole := _whole(clause[: match.start()].rstrip(), match["particle"].lower()):
            return whole + clause[match.end() :]
    return clause


def _whole(before: str, particle: str) -> str | None:
    """What stands before a particle with the verb that it belongs to made whole; None where there is no such verb."""
    said = list(islice(_WORD.finditer(before), _FIRST))
    for above, word in zip([None, *said], said, strict=False):
        verb, named = word[0].lower(), above is not None and above[0].lower() in _ARTICLES
        if len(verb) > 2 and not named and verb not in stop_words():
            for infinitive in _infinitives(verb):
                if f"{particle}{infinitive}" in word_list("nl"):
                    return f"{before[: word.start()]}{particle}{infinitive}{before[word.end() :]}"
    return None


def _infinitives(form: str) -> list[str]:
    """What a verb of which this is a form of the present tense may be called: "stelt" is of "stellen"."""
    stems = [form] if form.endswith("en") else []
    bare = form.removesuffix("t")
    for stem in (bare, form):
        long, short = _LONG_VOWEL.fullmatch(stem), _SHORT_VOWEL.fullmatch(stem)
        if long:
            open_syllable = f"{long['before']}{long['vowel']}"
            stems += [f"{open_syllable}{last}en" for last in (long["after"], _VOICED.get(long["after"], "")) if last]
        elif short:
            stems.append(f"{stem}{short['last']}en")
        stems += [f"{stem}en", f"{stem[:-1]}{_VOICED.get(stem[-1], stem[-1])}en"]
    return list(dict.fromkeys(stems))
