"""What kind of answer a question asks for, and whether a text holds something of that kind.

An amount is looked for where figures stand, a date where days and years stand, a meaning where words are explained.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Kind = Literal["amount", "money", "date", "time", "contact", "person", "definition", "list", "comparison", "yes-no"]

_OFFICES = "|".join(
    r"griffiers? \w*voorzitters? \w*wethouders? burgemeesters? \w*secretaris\w* portefeuillehouders? directeur\w* "
    r"\w*leden \w*lid opstellers? clerks? chair\w* alderm[ae]n mayors? secretar\w+ directors? members?".split()
)
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
            r"\b(?:namen? van|hoe heet|heten|heette|(?:onder)?teken\w*|schreef|schreven|geschreven|names? of|signed|"
            r"wrote|authors?|welke (?:wethouders?|partijen)|which (?:aldermen|alderman|parties))\b"
            rf"|\b(?:wie|who)\b.*\b(?:{_OFFICES}|zit(?:ten)? (?:er )?in)\b"
            r"|\b(?:wie (?:is|was|zijn|waren) de|who (?:is|was|are|were) the) \w+\W*$",
            re.I,
        ),
    ),
    (
        "date",
        re.compile(
            r"\b(?:wanneer|welke (?:datum|dag|maand|jaar|periode)|welk jaar|sinds|op welke dag|when|since|"
            r"(?:uiterste|laatste) (?:datum|dag)|deadline|latest date|"
            r"(?:what|which) (?:date|day|month|year))\b",
            re.I,
        ),
    ),
    ("time", re.compile(r"\b(?:hoe laat|welk tijdstip|what time|at which hour)\b", re.I)),
    (
        "amount",
        re.compile(
            r"\b(?:hoeveel|hoevel|hoe (?:vaak|lang|hoog|oud|groot|ver)|welk\w* (?:percentage|aantal|"
            r"termijn|leeftijd)|binnen welke|procent|percentage|how (?:many|much|often|long|high|"
            r"old|large|far|few)|(?:what|which) (?:percentage|share|amount|number|rate|age)|percent)\b",
            re.I,
        ),
    ),
    (
        "money",
        re.compile(
            r"\b(?:hoeveel (?:euro|geld|subsidie|budget|vergoeding)|(?:wat|hoeveel) kost\w*|"
            r"kost(?:en)? (?:het|dat|dit|die|deze|een|de)\b|met welk bedrag|"
            r"welke? (?:bedrag\w*|budget\w*|tarie\w+|uurbedrag\w*|prijs|leges)|how many euros|"
            r"how much .*\b(?:costs?|pay|paid|money|budget|fee|contribution)|what (?:does|do|will) .*\bcost|"
            r"(?:what|which) .{0,20}\b(?:fee|price|amount|rates?|tariff))\b",
            re.I,
        ),
    ),
    (
        "definition",
        re.compile(
            r"\b(?:wat (?:is|zijn|betekent|beteken|betekenen|houdt|wordt|verstaa\w+)|versta(?:at|an|we)|betekenis|"
            r"definitie|definieert|begrip|waar sta(?:at|an) (?:de )?[\w-]+(?: \w+)? voor|stands? for|definition|"
            r"what (?:is|are|does)|meant?|meaning|defined?|defines)\b",
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
            r"(?:de|onze|verschillende|diverse) (?:\w+ )?(?:\w*kaders|stukken|documenten|\w*nota['’]s)|"
            r"(?:denken|kijken|schrijven|zeggen) (?:de )?(?:gemeenten|gemeentes)|"
            r"(?:the|our|different|various) (?:\w+ )?(?:municipalities|frameworks|documents|papers)|"
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
_CLOCK = (
    r"\b(?:om|vanaf|tot|voor|na|rond)\s+(?:\d{1,2}(?:[.:]\d{2})?|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf"
    r"|twaalf)\s+uur\b|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b"
)
"""What else says when: an hour of the day, a day of the week."""
HELD: Mapping[Kind, re.Pattern[str]] = {
    "amount": re.compile(
        rf"\d|\b{_NUMBER_WORD}\b|\bgeen kosten\b"
        rf"|\b(?:per (?:kwartaal|jaar|maand|week)|jaarlijks|maandelijks|tweemaal|eenmaal)\b",
        re.I,
    ),
    "money": re.compile(
        r"€|\beuro(?:['’]?s)?\b|\bEUR\b|\b(?:gratis|kosteloos|tarief|miljoen|miljard)\b|\bgeen (?:\w+ )?kosten\b|%",
        re.I,
    ),
    "date": re.compile(
        rf"\b(?:19|20)\d\d\b|\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} (?:19|20)\d\d\b|\bkwartaal\b|{_CLOCK}", re.I
    ),
    "time": re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b\d{1,2} uur\b|\b(?:middernacht|noon|midnight)\b", re.I),
    "person": re.compile(
        r"\b(?:[A-Z]\.\s?)+(?:(?:van|de|der|den|ten|ter) )*[A-Z]|\b(?:de heer|mevrouw|mr\.|drs\.|ir\.|dr\.)\s|"
        r"\b[A-Z][a-zé]+ (?:van |de |der |den |ten )*[A-Z][a-zé]+\b"
    ),
    "contact": re.compile(
        r"(?<!\d)(?:\+31[- ]?|\(?0)(?:[- ()]{0,2}\d){9}(?!\d)|\b14 ?0\d{2,3}\b|[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}|"
        r"\bwww\.|https?://|\b[1-9]\d{3} ?(?!(?:OM|EN)\b)[A-Z]{2}\b"
    ),
}
"""What a text holds of the kinds that it may hold or not."""
_NO_AMOUNT = re.compile(
    rf"\b(?:\d{{1,2}} {_MONTH}|{_MONTH}|(?:19|20)\d\d)(?:\s*[-–/]?\s*(?:19|20)\d\d)?\b|\b\d+(?:\.\d+){{2,}}"
    r"|^\s*(?:\d{1,2}[.)]|\d+(?:\.\d+)+)\s|\b(?:artikel|lid|hoofdstuk|paragraaf|bijlage|stap|optie|fase|doel|perspectief)"
    r" \d[\d.]*",
    re.I | re.M,
)
"""Figures that count nothing: dates, numbers of articles and items."""
_EVENTS = frozenset(
    "sluiten beëindigen intrekken ontslaan fuseren terugdraaien afgeschaft afschaffen schaft gestopt stopt "
    "stoppen stopte beëindigd beëindigt beëindigde opgeheven opheft ingetrokken intrekt introk teruggedraaid "
    "geschrapt schrapt schrapte verlaagd verlaagt verlaagde verhoogd verhoogt verhoogde gehalveerd halveert "
    "verdubbeld verdubbelt gesloten failliet ontslagen ontsloeg verboden verbiedt verbood vernietigd vernietigde "
    "gefuseerd overgenomen mislukt mislukte afgewezen verworpen bezuinigd gekort abolished abolish scrapped scrap "
    "ended stopped cancelled repealed withdrew withdrawn reversed overturned struck halved doubled closed "
    "bankrupt fired dismissed banned merged rejected failed raised lowered cut".split()
)
"""What may have happened to something, and what a question that presumes it in vain asks the reason of."""
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
_ENTRY = re.compile(r"^(?:[•·▪◦○●■□–-]\s+)?(?:[a-z0-9]{1,2}[.)] )?([^\W_][^:.|\n]{1,60}?)(?: ?:| \| )", re.M)


def asked_kinds(question: str) -> frozenset[Kind]:
    """The kinds of answer that a question asks for; none of them for "wat staat er over …"."""
    found = frozenset(kind for kind, pattern in _ASKED if pattern.search(question))
    return found - {"amount"} if "money" in found else found


def holds_kind(text: str, kind: Kind) -> bool:
    """Whether a text holds an amount, a date or a contact; of the other kinds any text may be an answer."""
    pattern = HELD.get(kind)
    counted = _NO_AMOUNT.sub(" ", text) if kind == "amount" else text
    return pattern is None or bool(pattern.search(counted))


def is_event(word: str) -> bool:
    """Whether a word of a question says that something was ended, changed or lost."""
    return word in _EVENTS


def is_task(question: str) -> bool:
    """Whether a question wants something done that is no question about documents: a poem, a role, other rules."""
    return bool(_TASK.search(question))


def explains(text: str) -> bool:
    """Whether a text says in so many words what something means."""
    return bool(_DEFINES.search(text))


def entries(text: str) -> list[str]:
    """What the lines of a glossary explain: what stands before a colon, or in the first cell of a row."""
    return [match[1] for match in _ENTRY.finditer(text)]
