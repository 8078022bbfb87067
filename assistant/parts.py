"""What a question asks that asks several things, or tells something first.

"Wanneer is het vastgesteld en wie tekende?" asks two things; "Ik ben 22 en heb schulden. Mag ik dan meedoen?" asks one,
and leads up to it.
"""

from __future__ import annotations

import re

from vectorstore.lexical import stems

_WORDS = "wie|wiens|wat|welke?|waar\\w*|wanneer|hoe|hoeveel|hoelang|who|whose|what|which|where|when|why|how"
_LEAD = r"(?:(?:sinds|vanaf|tot|voor|door|met|van|bij|aan|uit|in|op|over|from|since|until|with|by|for|to|at|on|of) )?"
_AUXILIARY = (
    "is|are|was|were|zijn|waren|do|does|did|doet|doen|has|have|heeft|hebben|heb|can|could|may|must|will|would|should|kan|kun|"
    "kunnen|mag|mogen|moet|moeten|wil|willen|zal|zou|worden|wordt|werd|werden|krijgt?|krijgen|geldt|gelden|komt|komen|gaat|gaan|"
    "staat|staan|zit|zitten|hoort|horen|kost|kosten|duurt|betaalt?|betalen|telt|loopt|lopen|werkt|werken|vindt|vinden"
)
_WANTED = (
    r"(?:de |het |the )?(?:na(?:am|men)|datum|nummer|bedrag|adres|telefoonnummer|names?|date|number|amount|address)\b"
)
"""What is asked for by its name: "… + naam griffier"."""
_BY_WHOM = r"\w+ (?:by|door|in|op|voor|for|at|met|with) (?:which|what|whom?|wie|welke?)\b"
"""A question word behind what is asked of it: "signed by which clerk"."""
_BREAK = re.compile(
    rf",? (?:en|and) (?={_LEAD}(?:{_WORDS})\b)"  # "… en wie tekende?"
    rf"|, (?={_LEAD}(?:{_WORDS}) (?:{_AUXILIARY})\b)"  # "…, wie krijgt die?"
    rf"|, (?=(?:{_AUXILIARY}) (?:er|het|de|ik|je|dat|die|dit|ze|zij|there|it|the|i|you|that|they)\b)"  # "…, zit er …?"
    rf"|,? (?:en|and) (?=(?:{_AUXILIARY}) (?:er|die|dat|deze|dit|it|they|that|those)\b)"  # "… en telt die mee?"
    rf"|,? (?:en|and|\+|&) (?={_WANTED})|, (?={_BY_WHOM})"
    r"|[?!;:] +|(?<=\w{3})\. +(?=[A-Z])| [-–] | \+ (?=(?:the |de )?(?:reason|reden|why|waarom)\W*$)",
    re.I,
)
"""Where the next thing begins that is asked."""
_ASKS = re.compile(
    rf"(?:(?:en|and) )?{_LEAD}(?:{_WORDS})\b|(?:{_AUXILIARY})\b"
    r"|(?:leg|geef|noem|vertel|beschrijf|vat|explain|describe|list|name|tell|give|summari[sz]e)\b"
    rf"|{_WANTED}|{_BY_WHOM}|.*\b(?:when|wanneer|where|waar|why|waarom)$",
    re.I,
)
_WHETHER = re.compile(rf"(?:{_AUXILIARY})\b", re.I)
_WHY = {"reason": "why", "the reason": "why", "reden": "waarom", "de reden": "waarom"}
"""Other words for a question that is its question word: "is het dicht + reden"."""
_BARE_ASKED = re.compile(r"(?:why|waarom)", re.I)
"""A question word that asks by itself, of what the part before it says."""
_SPOKEN_OF = re.compile(
    r"\b(?:(?:daar|hier|er)over|about (?:it|that|this|them)"
    r"|(?:noemt|noemen|mentions?) (?:dat|dit|die|it|that|this|them))\b",
    re.I,
)
"""What asks whether a subject that was told first is spoken of at all: "Welke gemeenten noemen dat?"."""
_MOST = 3  # things that one question may ask
_BARE = 3  # words of a first one that leaves its verb to the next: "vanaf welke leeftijd en hoe lang mag …"


def parts_of(question: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a question tells first, and the questions that it is made of, both in order.

    Two empty tuples where it asks one thing and tells nothing besides, and where it cannot be taken apart.
    """
    breaks = list(_BREAK.finditer(question))
    starts, ends = [0, *(b.end() for b in breaks)], [*(b.start() for b in breaks), len(question)]
    said = [question[start:end].strip(" ,;:?!.") for start, end in zip(starts, ends, strict=True)]
    said = [_WHY.get(part.lower(), part) for part in said]
    asked = tuple(f"{part}?" for part in said if _asks(part))
    told = tuple(part for part in said if f"{part}?" not in asked and stems(part))
    several = 1 < len(asked) <= _MOST and len(asked[0].split()) > _BARE
    return (told, asked) if several or (len(asked) == 1 and told) else ((), ())


def only_asks_of_told(asked: tuple[str, ...]) -> bool:
    """Whether one thing is asked, and all of it is where there is something about what was told before it."""
    return len(asked) == 1 and bool(_SPOKEN_OF.search(asked[0]))


def asks_whether(question: str) -> bool:
    """Whether a question begins with its verb, and so is answered by yes or no."""
    return bool(_WHETHER.match(question))


def _asks(part: str) -> bool:
    """Whether a part of a question asks something by itself."""
    return bool(_ASKS.match(part)) and (len(part.split()) > 1 or bool(_BARE_ASKED.fullmatch(part)))
