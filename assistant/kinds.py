"""What kind of answer a question asks for, and whether a text holds something of that kind.

An amount is looked for where figures stand, a date where days and years stand, a meaning where words are explained.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["amount", "date", "contact", "person", "definition", "list", "comparison", "yes-no"]

_ASKED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "contact",
        re.compile(
            r"\b(?:telefoonnummers?|telefoon|e-?mail(?:adres)?|postadres|bezoekadres|website|openingstijden|iban|"
            r"rekeningnummer|phone|telephone|address|opening hours|account number)\b",
            re.I,
        ),
    ),
    (
        "person",
        re.compile(
            r"\b(?:wie (?:is|zijn|was|waren|heeft|hebben|schreef|ondertekende)|welke (?:wethouders?|partijen)|"
            r"namen van|hoe heet|who (?:is|are|was|were|signed|wrote)|which (?:aldermen|alderman|parties)|names? of)\b",
            re.I,
        ),
    ),
    (
        "date",
        re.compile(
            r"\b(?:wanneer|welke (?:datum|dag|maand|jaar|periode)|welk jaar|sinds|op welke dag|when|since|"
            r"(?:what|which) (?:date|day|month|year))\b",
            re.I,
        ),
    ),
    (
        "amount",
        re.compile(
            r"\b(?:hoeveel|hoevel|hoe (?:vaak|lang|hoog|oud|groot|ver)|welk\w* (?:percentage|bedrag|aantal|uurbedrag|"
            r"tarief|termijn|leeftijd)|binnen welke|procent|percentage|kost(?:en)?|how (?:many|much|often|long|high|"
            r"old|large|far|few)|(?:what|which) (?:percentage|share|amount|number|rate|age)|percent)\b",
            re.I,
        ),
    ),
    (
        "definition",
        re.compile(
            r"\b(?:wat (?:is|zijn|betekent|beteken|betekenen|houdt|wordt|verstaa\w+)|versta(?:at|an|we)|betekenis|"
            r"definitie|definieert|begrip|definition|what (?:is|are|does)|meant?|meaning|defined?|defines)\b",
            re.I,
        ),
    ),
    (
        "list",
        re.compile(
            r"\b(?:welke|noem|opsomming|lijst|stappen|uitgangspunten|voorwaarden|criteria|which|list|steps|principles|"
            r"conditions)\b",
            re.I,
        ),
    ),
    (
        "comparison",
        re.compile(
            r"\b(?:vergelijk\w*|verschil\w*|overeenkomst(?:en)?|allebei|beide|elk van|per gemeente|apart|"
            r"(?:welke|elke|alle|deze|in hun) (?:\w+ )?"
            r"(?:gemeenten?|gemeentes|\w*kaders?|stukken|documenten|\w*nota['’]?s)|"
            r"compare\w*|differ\w*|both|each of|"
            r"(?:which|every|all|these) (?:\w+ )?(?:municipalit\w+|frameworks?|documents?|papers?))\b",
            re.I,
        ),
    ),
    (
        "yes-no",
        re.compile(
            r"^(?:en |and )?(?:is|zijn|was|waren|heeft|hebben|mag|mogen|moet|moeten|kan|kun|kunnen|wil|wordt|worden|"
            r"geldt|gelden|bestaat|staat|krijg\w*|vindt|hoort|telt|valt|komt|doet|are|does|do|did|has|have|may|must|can|will|"
            r"should)\b",
            re.I,
        ),
    ),
)

_NUMBER_WORD = (
    r"(?:één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|twintig|dertig|veertig|"
    r"vijftig|zestig|zeventig|tachtig|negentig|\w*honderd|\w*duizend|miljoen|miljard|half|halve|helft|een derde|"
    r"kwart|dubbele)"
)
_MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_HELD: dict[Kind, re.Pattern[str]] = {
    "amount": re.compile(
        rf"\d|\b{_NUMBER_WORD}\b|\bgeen kosten\b"
        rf"|\b(?:per (?:kwartaal|jaar|maand|week)|jaarlijks|maandelijks|tweemaal|eenmaal)\b",
        re.I,
    ),
    "date": re.compile(rf"\b(?:19|20)\d\d\b|\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} (?:19|20)\d\d\b|\bkwartaal\b", re.I),
    "person": re.compile(
        r"\b(?:[A-Z]\.\s?)+(?:(?:van|de|der|den|ten|ter) )*[A-Z]|\b(?:de heer|mevrouw|mr\.|drs\.|ir\.|dr\.)\s|"
        r"\b[A-Z][a-zé]+ (?:van |de |der |den |ten )*[A-Z][a-zé]+\b"
    ),
    "contact": re.compile(
        r"(?<!\d)(?:\+31[- ]?|\(?0)(?:[- ()]{0,2}\d){9}(?!\d)|\b14 ?0\d{2,3}\b|[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}|"
        r"\bwww\.|https?://|\b[1-9]\d{3} ?(?!(?:OM|EN)\b)[A-Z]{2}\b"
    ),
}
_TASK = re.compile(
    r"\b(?:negeer|vergeet|ignore|disregard|forget)\b.*\b(?:instructies?|regels?|documenten|kaders?|instructions?|rules?|"
    r"documents?|prompt)\b"
    r"|\b(?:doe alsof|vanaf nu ben|je bent nu|pretend|act as|from now on|you are now|role-?play)\b"
    r"|^\W*(?:schrijf|maak|verzin|teken|vertaal|stuur|mail|verwijder|bestel|boek)\b(?! (?:ik|je|jij|u|wij|we)\b)"
    r"|^\W*(?:write|compose|draw|translate|send|delete|book|make me)\b"
    r"|\b(?:zonder bron(?:nen|vermelding)?|without (?:any )?(?:sources?|citations?)|eigen kennis|own knowledge|"
    r"system prompt|systeemprompt)\b",
    re.I,
)
_DEFINES = re.compile(
    r"\b(?:verstaan|verstaat|betekent|betekenis|houdt in|wil zeggen|oftewel|gedefinieerd|wordt bedoeld)\b", re.I
)
_ENTRY = re.compile(r"^(?:[a-z0-9]{1,2}[.)] )?([^\W_][^:.|\n]{1,60}?)(?: ?:| \| )", re.M)


def asked_kinds(question: str) -> frozenset[Kind]:
    """The kinds of answer that a question asks for; none of them for "wat staat er over …"."""
    return frozenset(kind for kind, pattern in _ASKED if pattern.search(question))


def holds_kind(text: str, kind: Kind) -> bool:
    """Whether a text holds an amount, a date or a contact; of the other kinds any text may be an answer."""
    pattern = _HELD.get(kind)
    return pattern is None or bool(pattern.search(text))


def is_task(question: str) -> bool:
    """Whether a question wants something done that is no question about documents: a poem, a role, other rules."""
    return bool(_TASK.search(question))


def explains(text: str) -> bool:
    """Whether a text says in so many words what something means."""
    return bool(_DEFINES.search(text))


def entries(text: str) -> list[str]:
    """What the lines of a glossary explain: what stands before a colon, or in the first cell of a row."""
    return [match[1] for match in _ENTRY.finditer(text)]
