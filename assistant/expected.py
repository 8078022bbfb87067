"""What an answer must hold: the expected answer type of a question, looked for in the words of a text.

Expected answer types are those of question answering (Li and Roth, "Learning Question Classifiers", COLING 2002). An
amount is looked for where something is counted, a date where days and years stand, a reason where a text says why. What
the question itself says answers nothing: "In welk jaar wordt het Beleidskader 2024 geëvalueerd?" is not answered by the
year in that title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from assistant.kinds import Kind, asked_kinds
from assistant.quotable import announced
from assistant.sums import Sum, asked_sum, asked_unit, is_another, is_per
from ingest.dates import MONTHS
from vectorstore.lexical import Term, stems, stop_words, words

_NUMBER_WORD = (
    r"(?:één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|"
    r"achttien|negentien|twintig|dertig|veertig|"
    r"vijftig|zestig|zeventig|tachtig|negentig|\w*honderd|\w*duizend|miljoen|miljard|half|halve|helft|een derde|"
    r"kwart|dubbele)"
)
_NUMBER = rf"(?:\d[\d.,]*|\b{_NUMBER_WORD})"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_UNIT = r"(?:kalender|werk)?(?:minu\w+|uur|uren|dag(?:en)?|etma\w+|week|weken|maand(?:en)?|kwarta\w+|jaar|jaren)"
_DURATION = rf"(?:{_NUMBER}(?: \w+)?|\been) {_UNIT}\b|\b(?:halfjaar|levenslang|onbepaalde (?:tijd|duur))\b"
_REPEATED = (
    r"\b(?:(?:iedere?|elke?|per) (?:\w+ )?(?:dag|week|maand|kwartaal|half ?jaar|jaar)|(?:half|twee)?jaarlijkse?|"
    r"\w*maandelijkse?|wekelijkse?|dagelijkse?|eenmaal|tweemaal|driemaal|eenmalige?)\b"
)
_CLOCK = (
    r"\b(?:om|vanaf|tot|voor|na|rond)\s+(?:\d{1,2}(?:[.:]\d{2})?|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf"
    r"|twaalf)\s+uur\b|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b"
)
"""What else says when: an hour of the day, a day of the week."""
HELD: Mapping[Kind, re.Pattern[str]] = {
    "amount": re.compile(rf"\d|\b{_NUMBER_WORD}\b|\bgeen kosten\b|{_REPEATED}", re.I),
    "share": re.compile(rf"%|\b(?:procent|percent|helft|kwart|een derde)\b|{_NUMBER} (?:op|van) de {_NUMBER}", re.I),
    "money": re.compile(
        r"€|\beuro(?:['’]?s)?\b|\bEUR\b|\b(?:gratis|kosteloos|tarief|miljoen|miljard)\b|\bgeen (?:\w+ )?kosten\b"
        r"|(?:%|\bprocent) van (?:het|de) (?:\w+ ){0,3}?(?:sociaal minimum|\w*(?:norm|loon))\b"
        r"|\b\w*(?:bijdrage|vergoeding|subsidie|tarie\w+|kosten|korting|prijs|bedrag|norm|loon|budget|boete|toeslag)\w*\b[^.]*"
        r"(?:%|\bprocent\b)|(?:%|\bprocent\b)[^.]*"
        r"\b\w*(?:bijdrage|vergoeding|subsidie|tarie\w+|kosten|korting|prijs|bedrag|norm|loon|budget|boete|toeslag)\w*\b",
        re.I,
    ),
    "duration": re.compile(
        rf"{_DURATION}|\b(?:onmiddellijk|onverwijld|direct|meteen|zolang)\b|\bpagina|{_REPEATED}", re.I
    ),
    "frequency": re.compile(
        rf"{_REPEATED}|{_NUMBER}(?:e|de|ste)? (?:keer|maal)\b|\been keer\b|{_DURATION}|%|\bprocent\b", re.I
    ),
    "age": re.compile(rf"{_NUMBER}[- ]?(?:jaar|jarigen?|plus(?:sers?)?)\b|\bleeftijd\b.{{0,30}}{_NUMBER}", re.I),
    "date": re.compile(
        rf"\b(?:19|20)\d\d\b|\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} (?:19|20)\d\d\b|\bkwartaal\b|{_CLOCK}|{_REPEATED}"
        r"|\bin (?:de )?gevallen (?:waar|waarin|dat)\b|\b(?:zodra|zolang)\b|\bde dag (?:na|van|waarop|volgend)\b"
        rf"|\b(?:binnen|na|uiterlijk|voor|tot|vanaf) (?:\w+ )?(?:{_NUMBER}|een) (?:\w+ )?{_UNIT}\b",
        re.I,
    ),
    "day": re.compile(
        r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon|werk|week|feest)dag|weekend|dagelijks)\w*"
        rf"|\b(?:elke|iedere) (?:dag|avond)\b|\b\d{{1,2}} {_MONTH}\b|\b\d{{1,2}}-\d{{1,2}}-\d{{4}}\b",
        re.I,
    ),
    "time": re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b\d{1,2} uur\b|\b(?:middernacht|noon|midnight)\b", re.I),
    "person": re.compile(
        r"\b(?:[A-Z]\.\s?)+(?:(?:van|de|der|den|ten|ter) )*[A-Z]|\b(?:de heer|mevrouw|mr\.|drs\.|ir\.|dr\.)\s|"
        r"\b[Pp]ortefeuillehouders? (?!(?:De|Het|Een)\b)[A-Z]|"
        r"\b(?!(?:De|Het|Een|Den|In|Op|Van|Voor|Stichting|Gemeente|Centrum|Sociaal|"
        r"\w*(?:[Rr]aad|[Ww]et|[Kk]ader|[Dd]omein|[Bb]ureau|[Ll]oket|[Dd]ienst|[Tt]eam|[Nn]ota|[Ff]onds|[Cc]ollege))\b)"
        r"[A-Z][a-zé]+ (?:van |de |der |den |ten )*[A-Z][a-zé]+\b"
    ),
    "phone": re.compile(r"(?<!\d)(?:\+31[- ]?|\(?0)(?:[- ()./–]{0,3}\d){9}(?!\d)|\b14 ?0\d{2,3}\b"),
    "mail": re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}"),
    "address": re.compile(
        r"\b[1-9]\d{3} ?(?!(?:OM|EN)\b)[A-Z]{2}\b|\b(?:Postbus|Antwoordnummer) \d|"
        r"\b[A-Z]\w+(?:straat|weg|laan|plein|kade|dijk|singel|gracht|hof|dreef|pad) \d|"
        r"\b(?:aan|op|naar) (?:de|het) [A-Z][\w’'-]+ \d{1,4}\b"
    ),
    "contact": re.compile(r"\bwww\.|https?://|\b\d{1,2}[.:]\d{2}\b|\b\d{1,2} uur\b|\b[A-Z]{2}\d{2} ?[A-Z]{4}\b"),
    "organisation": re.compile(
        r"\b(?:[Ss]tichting|[Vv]ereniging|B\.?V\.?|N\.?V\.?)\b|"
        r"(?<=[a-zé,;:(/] )(?!(?:Wmo|AWBZ|Awb|APV|Bibob|Pgb|PGB|WOZ|OZB|BBV|AVG|Rijk|Nederland|Europa|College|Raad|"
        r"Gemeente|\w*wet)\b)[A-Z][\w&.-]+"
    ),
    "place": re.compile(
        r"\b(?:in|op|bij|te|aan|vanuit|naar|locatie) (?:(?:het|de|een|ons|onze|elke?) )?(?:[\w’'-]+ ){0,2}\w*"
        r"(?:huis|centrum|centra|bibliotheek|scho(?:ol|len)|zaal|kantoor|loket|kerk|gebouw|hal|plein|park|straat|weg|laan|"
        r"locaties?|club|terrein|wijk(?:en)?|kern(?:en)?|dorp(?:en)?|buurt(?:en)?|accommodaties?)\b"
        r"|\b(?:[Pp]laats|[Ll]ocatie|[Aa]dres): *\w|\b(?:in|op|te|bij) (?:de |het )?[A-Z]\w+"
        r"|\b[A-Z]\w+(?:straat|weg|laan|plein|kade) \d",
    ),
    "reason": re.compile(
        r"\bwaarom\b[^?\n]{0,200}\?|"
        r"\b(?:omdat|doordat|want|aangezien|vanwege|wegens|zodat|opdat|daarom|daardoor|hierdoor|waardoor|hiermee|daarmee|"
        r"immers|namelijk|reden(?:en)?|aanleiding|oorzaak|oorzaken|gevolg(?:en)?|dankzij|gezien|gelet|overwegende|voorkom\w*|"
        r"komt door|helpt|zorgt|leidt|nodig|belang\w*|doel|bedoeld|om \w+(?: \w+){0,9} te \w+|"
        r"door \w+(?: \w+){0,7} te)\b",
        re.I,
    ),
}
"""What a text holds of the kinds that it may hold or not."""
DECISIVE: frozenset[Kind] = frozenset(
    (
        *("amount", "share", "money", "duration", "frequency", "age", "day", "time"),
        *("phone", "mail", "address", "person", "organisation", "place"),
    )
)
"""Kinds of answer without which there is none: "hoeveel …" is not answered by sentences without a figure."""
REACHING: frozenset[Kind] = frozenset(("phone", "mail", "address"))
"""Kinds of answer that belong to somebody: the number of one desk is no answer to a question for that of another."""
CONTACT_WORD = re.compile(
    r"(?:tele)?(?:foon)?nummers?|telefoon|bel|bellen|bereiken|bereikbaar|(?:e-?)?mail(?:adres)?|adres|straat|contact|"
    r"(?:tele)?phone|numbers?|call|reach|address|street",
    re.I,
)
"""A word that only asks how somebody is reached."""
_NO_AMOUNT = re.compile(
    rf"\b(?:\d{{1,2}} {_MONTH}|{_MONTH}|(?:19|20)\d\d)(?:\s*[-–/]?\s*(?:19|20)\d\d)?\b|\b\d+(?:\.\d+){{2,}}"
    r"|^\s*(?:\d{1,2}[.)]|\d+(?:\.\d+)+)\s|\b(?:artikel|lid|hoofdstuk|paragraaf|bijlage|stap|optie|fase|doel|perspectief)"
    r" \d[\d.]*",
    re.I | re.M,
)
"""Figures that count nothing: dates, numbers of articles and items."""
_NO_DATE = re.compile(
    r"\b\w*(?:kader|nota|agenda|begroting|visie|akkoord|programma|plan|wet|wmo|verordening|regeling|beleid|monitor)\s+"
    r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?\b",
    re.I,
)
"""Years that are a part of a name: "Wmo 2015", "Woonvisie 2024-2030"."""
_CURRENCY = re.compile(r"€|\beuro(?:['’]?s)?\b|\bEUR\b", re.I)
_GROWTH = re.compile(
    r"\b(?:stijg\w*|ge?steeg|gestegen|toe(?:name|genomen)|groei\w*|gegroeid|dal(?:ing|en|t)|gedaald|daalde|afname|meer|minder|"
    r"hoger|lager|increas\w*|grow\w*|grew|ris(?:e|en|ing)|rose|decreas\w*|declin\w*|fall(?:en)?|fell|more|less|fewer|"
    r"higher|lower|cuts?)\b",
    re.I,
)
_GROWN = (
    r"(?:stijg\w*|gestegen|(?:toe|af)(?:name|genomen)|groei\w*|gegroeid|dal(?:ing|de)\w*|gedaald|ver(?:laag|hoog)d)"
)
_PERCENT = r"\d[\d.,]*\s?(?:%|procent\b)"
_GREW_BY = re.compile(
    rf"\b{_GROWN}\b[^.\d]{{0,60}}(?:\d[\d.,]* en )?{_PERCENT}|\bmet {_PERCENT}[^.\d]{{0,30}}\b{_GROWN}\b", re.I
)
"""By how much something grew or shrank, which does not tell how much of it there is."""
_SHARE = re.compile(rf"\d[\d.,]*\s?(?:%|procent)|{_NUMBER} (?:op|van) de {_NUMBER}", re.I)
"""Numbers that are a part of something, and not how many there are."""
_NO_REASON = re.compile(r"\b(?:gezien|gelet) op (?:artikel|het voorstel|de artikelen)\b", re.I)
_COUNTED = re.compile(
    r"\b(?:hoeveel|(?:het )?aantal|how many|(?:the )?number of)\s+"
    r"(?!\w+ (?:de|het|een|er|je|we|ze|dit|dat|deze|die|this|that|it|the)\b)"
    r"(?!(?:wil|willen|moet|kan|mag|zal|gaat) )((?:[\w’'-]+\s*){1,4})"
    r"|\b(?:(?P<part>\w{4,}?)[se]?aantal|(?P<tally>inwoner|leden|leerling|deelnemer)\w{0,2}tal)\b",
    re.I,
)
_COUNTING = frozenset("aantal totaal number total".split())
_ANYONE = frozenset(
    "mensen personen persoon people persons geld money meer more minder less extra anders van of daarvan ervan "
    "er".split()
)
"""Words after "hoeveel" that do not say what is counted: whoever, or whatever."""
_PEOPLE = frozenset(
    stems("inwoners inwoner burgers mensen jongeren ouderen kinderen jeugdigen huishoudens gezinnen volwassenen ouders")
    + stems("leerlingen cliënten mantelzorgers vrijwilligers residents people children households")
)
"""Who a share may be of, though the sentence does not say it again."""
_OF_THEM = re.compile(rf"\ber (?:\w+ ){{0,2}}{_NUMBER}(?! \w+(?:en|s)\b)", re.I)
"""A number of what was spoken of before: "voor elke boom planten we er twee terug"."""
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
"""A number in figures."""
_CAPITALISED = re.compile(r"\b[A-Z][\w-]+")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[:|]")
_NUMERAL = re.compile(rf"\d.*|{_NUMBER_WORD}", re.I)
_ALIKE = 7  # letters that two forms of one word begin with
_BEFORE, _AFTER, _STATED = 3, 5, 8
"""Words between a number and what it counts after it, or before it; the last where the text speaks of a number."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer must hold of the kinds asked: one of them will do; anything is an answer where none is asked.

    `counted` holds the stems of what is counted ("hoeveel inwoners"), in all the ways that a document may put it; empty
    where any number will do, and `in_all` tells that nothing else is asked: then no share of them is an answer. What
    the question says itself is none either: `given` holds its figures, `names` its municipalities, and `said` its
    words, of which none is the organisation asked for. `growth` tells that a change is asked; else by how much
    something grew is no answer. `sum` has a name of its own: rent is no cost of building. `unit` holds the stems of
    what it is asked for ("per kilometer"), in all the ways to put it.
    """

    kinds: frozenset[Kind] = frozenset()
    counted: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    in_all: bool = False
    growth: bool = False
    sum: Sum | None = None
    said: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()

    def held_in(self, text: str) -> bool:
        """Whether a text holds one of the kinds; true where none is asked."""
        return not self.kinds or any(self._holds(text, kind) for kind in self.kinds)

    def only(self, kinds: frozenset[Kind]) -> Expected:
        """The same, of some kinds only."""
        return replace(self, kinds=self.kinds & kinds)

    def _holds(self, text: str, kind: Kind) -> bool:
        if kind == "amount" and any(self._is_counted(lead) for lead in announced(text)):
            return True  # "de principes zijn: luisteren, …" says how many
        if self.given:
            text = FIGURE.sub(lambda figure: " " if figure[0] in self.given else figure[0], text)
        for name in self.names:
            text = text.replace(name, " ")
        if kind == "organisation":
            text = _CAPITALISED.sub(lambda name: name[0].lower() if name[0].lower() in self.said else name[0], text)
        if not self.growth:
            text = _GREW_BY.sub(" ", text)
        if not holds_kind(text, kind) or (kind == "money" and not self._is_sum_asked(text)):
            return False
        if kind != "amount" or not self.counted:
            return True
        if not self.in_all and _CURRENCY.search(text):
            return True  # "hoeveel storten ontwikkelaars" is about money
        if not self.in_all and _SHARE.search(text) and (self.counted & _PEOPLE or self._is_counted(text)):
            return True  # "hoeveel inwoners sporten" is about a share
        text = _NO_AMOUNT.sub(" ", text)
        return _counts(_SHARE.sub(" ", text) if self.in_all else text, self.counted)

    def _is_sum_asked(self, text: str) -> bool:
        """Whether the sums of a text may be the one asked, by what they are called and what they are counted per."""
        return not (self.sum and is_another(text, self.sum)) and (not self.unit or is_per(text, self.unit))

    def _is_counted(self, text: str) -> bool:
        """Whether a text names what is counted."""
        return any(_is_one_of(word, self.counted) for word in words(text)) if self.counted else False


def expected_of(topic: str, terms: Sequence[Term], names: Sequence[str] = ()) -> Expected:
    """What an answer to a topic, whose terms and named municipalities are given, must hold."""
    kinds = frozenset(kind for kind in asked_kinds(topic) if kind in HELD)
    counted = _counted(topic, terms) if "amount" in kinds else frozenset[str]()
    others = [term for term in terms if term.said not in _COUNTING]
    in_all = bool(counted) and all(any(counted.issuperset(way) for way in term.ways) for term in others)
    growth = bool(_GROWTH.search(topic))
    money = asked_sum(topic) if "money" in kinds else None
    given, said = frozenset(FIGURE.findall(topic)), frozenset(words(topic))
    unit = asked_unit(topic, terms) if "money" in kinds else frozenset[str]()
    return Expected(kinds, counted, given, tuple(names), in_all, growth, money, said, unit)


def holds_kind(text: str, kind: Kind) -> bool:
    """Whether a text holds something of a kind, whatever is asked of it; of a kind like a list any text may be one."""
    pattern = HELD.get(kind)
    without = {"amount": _NO_AMOUNT, "date": _NO_DATE, "reason": _NO_REASON}.get(kind)
    return pattern is None or bool(pattern.search(without.sub(" ", text) if without else text))


def _counted(topic: str, terms: Sequence[Term]) -> frozenset[str]:
    """The stems of what a question wants counted, with the other ways to put it; none where it does not say."""
    match = _COUNTED.search(topic)
    if not match:
        return frozenset()
    said = []
    for word in words(match["part"] or match["tally"] or match[1]):
        if word in _ANYONE or word in stop_words():
            break
        said.append(word)
        if not word.endswith("e"):  # an adjective goes before what is counted
            break
    ways = [way for term in terms if set(words(term.said)) & set(said) for way in (*term.ways, *term.synonyms)]
    return frozenset(stem for way in ways for stem in way) | frozenset(stems(" ".join(said)))


def _counts(text: str, counted: frozenset[str]) -> bool:
    """Whether a text gives a number of something: "21 scholen", "het aantal scholen is 21", "scholen: 21"."""
    tokens = _TOKEN.findall(text)
    numbers = [at for at, token in enumerate(tokens) if _NUMERAL.fullmatch(token)]
    named = [at for at, token in enumerate(tokens) if _is_one_of(token.lower(), counted)] if numbers else []
    stated = "aantal" in text.lower()
    return bool(named and _OF_THEM.search(text)) or any(
        0 < thing - number <= _BEFORE
        or (0 < number - thing <= _STATED and stated)
        or (0 < number - thing <= _AFTER and bool({":", "|"} & set(tokens[thing:number])))
        for number in numbers
        for thing in named
    )


def _begin_alike(one: str, other: str) -> bool:
    """Whether two stems are forms of one word, or the one begins the other: "wijkcentrum" and "wijkcentra"."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return alike == len(other) or (alike >= _ALIKE and alike >= min(len(one), len(other)) - 2)


@lru_cache(maxsize=4096)
def _is_one_of(word: str, counted: frozenset[str]) -> bool:
    """Whether a word is one of those counted, or a compound with one of them at its end or beginning."""
    return any(
        stem in counted or any(len(c) > 3 and (stem.endswith(c) or _begin_alike(stem, c)) for c in counted)
        for stem in stems(word)
    )
