"""Follow-ups: whether a question leans on the one before it."""

from __future__ import annotations

import re

from assistant.kinds import asked_kinds
from assistant.pointing import points_at_one, without_ordinal
from assistant.query import Query
from assistant.restated import corrected
from vectorstore.lexical import stems, words

_ENOUGH = 6  # words with a meaning, of a question that explains its own pronouns
AND = r"(?:en|and|maar|but|dus|so|ook|also|nu|now)\b[ ,]*"
_SAME = r"(?:(?:de)?zelfde vraag|(?:the )?same question)\b(?: voor| over| for)?[ ,:]*"
CONNECTIVE = re.compile(rf"^(?:(?:{AND})?{_SAME}|{AND})", re.I)
_ELLIPTIC = re.compile(r"^(?:hoe zit (?:het|dat)|what about|how about|waarom|why)\b.{0,25}$", re.I)
_ADVERBS = "|".join(
    f"{front}{back}"
    for front in ("daar", "hier", "er")
    for back in "aan bij door in mee na naar onder op over tegen toe uit van voor".split()
)
_POINTS_BACK = rf"{_ADVERBS}|them|they|those|these|ze|zij|hen|hun|its|their"
_REFERS_BACK = re.compile(
    rf"\b(?:{_POINTS_BACK}|dat|die|dit|deze|daar|dan|hij|it|that|this|there|then|he|she|zo['’]n|zulke?|dergelijke?|such)\b",
    re.I,
)
_ONLY_BACK = re.compile(rf"\b(?:{_POINTS_BACK})\b", re.I)
WHOLE = re.compile(r"^(?:wie|wat|welke?|waar|wanneer|hoe|hoeveel|who|what|which|where|when|how)\b", re.I)
_STANDS_FOR = frozenset(
    stems("one ones same zelfde hetzelfde dezelfde zulke zoiets alleen enkel slechts liever just only graag please")
    + stems("sinds vanaf since until alle andere other others all gemeente gemeenten municipality municipalities")
)
"""Words that stand for what was asked about, or narrow it ("alleen Purmerend graag"), and say nothing of it."""
PRONOUN_HET = re.compile(
    r"^(?:(?:sinds|tot|voor|door|met|van|bij|aan|uit|over) )?(?:wie|wat|waar|wanneer|waarom|hoe|hoelang|hoeveel)\b.*"
    r"\b(?:\w+t|is) het(?:\W*$| (?:ge\w+|(?:be|ver|ont)\w+[dt]|nu|precies|eigenlijk|ook|nog|al|dan|af|op|uit|in)\W*$)"
    r"|^(?:wat|hoeveel|hoe (?:hoog|lang|vaak|groot)) (?:is|wordt|kost|duurt|bedraagt) het (?:voor|bij|in|per|als|na)\b"
    r"|^(?:wie|wat|waar|wanneer|hoe|hoelang|hoeveel)\b.{0,20} "
    r"het (?:open|dicht|klaar|door|van start|plaats|de gemeente|ons|mij|je)(?:\W*$|,? (?:en|of)\b)"
    r"|^(?:wanneer )?(?:is|was|wordt|werd|blijft|kan|mag|moet|werkt|geldt|lukt) het \w+\W*$"
    r"|.{1,40}\b(?:is|zijn) het (?:het|er|daar)\b",
    re.I,
)
"""A short question in which "het" stands for something: "sinds wanneer loopt het?", "is het verplicht?"."""
_HIS = re.compile(
    r"\b(?:is|was|wordt|heeft|mag|kan|moet|van|met|over|uit|bij|voor|in|op|aan) (?:zijn|haar) (?!(?:en|of)\b)[\w-]{3,}",
    re.I,
)
"""A possessive of somebody that a question does not name: "hoe lang wordt zijn dossier bewaard?"."""
_ANOTHER = re.compile(r"\b(?:ones?(?: too| as well| also)?|er (?:ook |nog )?(?:een|één|eentje|geen))\W*$", re.I)
"""How a question ends that leaves the noun to the one before it: "can the municipality impose one too?"."""
_THIN = re.compile(
    r"(?:wie|wanneer|waar|hoe|who|when|where|how) \w+"
    r"(?: (?:er|hier|dan|nu|tegen|voor|mee|aan|over|in|uit|af|op|against|for|with|out|then|now))*\W*",
    re.I,
)
"""A question of one verb, of which the rest was said before: "wie stemde tegen?", "who pays?"."""
_MEASURE = re.compile(r"(?:binnen |within )?(?:hoeveel|how (?:much|many))(?P<of>(?: [\w’'-]+){1,4})\W*", re.I)
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|zijn|waren|do|does|did|doet|doen|doe|ha(?:s|ve|d)|heeft|hebben|heb|had|can|could|may|must|will|"
    r"would|should|kan|kun(?:t|nen)?|mag|mogen|moet(?:en)?|wil(?:t|len)?|zal|zou(?:den)?|zullen|wordt|worden|costs?|kost(?:en)?|"
    r"gets?|krijgt?|krijgen|pays?|betaalt?|betalen|gives?|geeft|geven|telt|tellen|geldt|gelden|duurt|duren|last|takes?|"
    r"bedraagt|bedragen|work(?:s|ed)?|werkt?|werken|lives?|lived?|woont|wonen|komt|komen|comes?|gaat|gaan|goes|staat|staan|"
    r"needs?|spends?|spent|receives?|received|ontvangt|ontvangen|maakt|maken|vraagt|vragen|neemt|nemen|levert|leveren)\b",
    re.I,
)
"""Words that make a question whole; "hoeveel dagen van tevoren?" has none."""
DIFFERENCE = re.compile(
    rf"^(?:{AND})?(?:wat (?:is|zijn|zit)|waarin zit|what(?:['’]s| is| are)) (?:het|de|er|dan|nu|the|then)?\b"
    r".{0,25}?\b(?:verschil(?:len)?|overeenkomst(?:en)?|differences?)(?: (?:dan|nu|precies|(?:tussen|between) "
    r"(?:(?:de|die|deze|the|those|these) )?(?:twee|beide|two|both|them)))?\W*$",
    re.I,
)
"""A question for the difference of what was just told of two places."""
_FIRST_NAMED = re.compile(
    r"^(?P<named>[^,:]+)[,:] (?=(?:wie|wat|waar|wanneer|waarom|hoe|who|what|which|where|when|why|how)\b)", re.I
)
"""What a question names before it asks of it: "de wijkteams, wie zitten daarin?"."""


_ATTRIBUTES = frozenset(
    stems(
        "doel doelen doelstelling streefwaarde streefcijfer bedrag budget kosten hoogte looptijd duur termijn maximum"
    )
    + stems("minimum maximaal minimaal tarief voorwaarden voorwaarde eisen criteria uitzondering uitzonderingen reden")
    + stems("oorzaak gevolg gevolgen uitslag uitkomst resultaat stemverhouding percentage aantal leeftijd adres nummer")
    + stems(
        "planning einddatum startdatum begindatum indicator indicatoren actie acties maatregel maatregelen rol taak"
    )
    + stems("taken risico risico's goal target amount cost height duration term rate conditions condition requirements")
    + stems("exception exceptions reason cause consequence consequences outcome result vote number age end start date")
    + stems("indicators action actions measure measures role task tasks risk risks")
)
"""What is always of something: "en wat is het doel voor 2029?" asks for that of what was spoken of."""
_SUCH = re.compile(r"\b(?:zo['’]n|zulke?|dergelijke|such an?)\b", re.I)
"""What points at a kind of thing that was spoken of, also where another place is named."""
_PARTICLE = re.compile(r",? (?:dan|then)(?: (?:nou|nu|weer|eigenlijk|precies))?\W*$", re.I)
"""What a question may end in that stands for nothing: "wat betekent contextgedreven dan?"."""
_JUST_HEARD = re.compile(
    rf"^(?:{AND})?(?:wat (?:is|zijn|betekent|houdt)|what(?:['’]s| is| are)) (?:that|this|those|these|die|dat|deze|dit) "
    r"(?P<named>[\w’'-]+(?: (?!(?:i|we|you|they|ik|we|wij|je|ze|waar|die|dat|dan|then|that)\b)[\w’'-]+){0,2})",
    re.I,
)
"""A question for the meaning of what it names itself: "and what's that reversed test I keep hearing about?"."""


def names_subject(question: str) -> bool:
    """Whether a question names first what it asks of: "en bedrijven, wat wordt daarvan verwacht?"."""
    named = _FIRST_NAMED.match(CONNECTIVE.sub("", question))
    return named is not None and bool(stems(named["named"])) and not refers_back(named["named"])


def just_heard(question: str) -> str | None:
    """What a question names whose meaning it asks ("what's that reversed test …"); None for any other question."""
    match = _JUST_HEARD.match(question)
    return match["named"] if match and stems(match["named"]) else None


def is_follow_up(query: Query) -> bool:
    """Whether a question cannot be understood without the one before it."""
    question, scope = query.question, query.scope
    told = content(query.topic)
    if not told or corrected(question) is not None:
        return not (scope.sections and scope.named)
    connected = bool(CONNECTIVE.match(question))
    if connected and _ONLY_BACK.search(question) and not names_subject(question):
        return True
    if points_at_one(question) and len(stems(without_ordinal(query.topic))) < 2:  # "Wat houdt het tweede punt in?"
        return True
    if DIFFERENCE.match(question) or (breaks_off(query.topic) and not scope.named):
        return True
    if connected and _SUCH.search(question):
        return True
    leans = connected or _ELLIPTIC.match(question) or refers_back(question) or PRONOUN_HET.match(query.topic)
    return bool(leans) and not (scope.named and len(told) > 2) and (len(told) < _ENOUGH or connected)


def breaks_off(question: str) -> bool:
    """Whether a question leaves the rest to the one before it: "wie stemde tegen?", "hoeveel dagen van tevoren?"."""
    asked = CONNECTIVE.sub("", question).strip()
    measure = _MEASURE.fullmatch(asked)
    return bool(_THIN.fullmatch(asked)) or (measure is not None and not VERB.search(measure["of"]))


def asks_attribute(question: str) -> bool:
    """Whether a follow-up asks for no more than what is always of something else: a goal, a budget, the conditions."""
    return all(stem in _ATTRIBUTES or stem.isdigit() for stem in content(CONNECTIVE.sub("", question)))


def content(text: str) -> list[str]:
    """The stems of a text that say what it is about."""
    return [stem for stem in stems(text) if stem not in _STANDS_FOR]


def refers_back(question: str) -> bool:
    """Whether a word of a question stands for something outside it."""
    if names_subject(question):
        return False
    told = _PARTICLE.sub("", question)
    whole = len(content(told)) > 1 or (bool(content(told)) and "definition" in asked_kinds(told))
    said = words(told if whole else question)
    if PRONOUN_HET.match(question) or _HIS.search(question) or _ANOTHER.search(question):
        return True
    return any(_REFERS_BACK.fullmatch(word) and not _is_explained(said, at) for at, word in enumerate(said))


def _is_explained(said: list[str], at: int) -> bool:
    """Whether a word that may point back is at home in its own question: "people that …", "parents and their …"."""
    word, before = said[at], said[max(at - 1, 0)]
    if word in ("hun", "their", "its"):
        return len(stems(" ".join(said[:at]))) > 1
    if word in ("zo'n", "zo’n", "such"):
        return at + 1 == len(said) or said[at + 1] in ("as", "that") or said[at + 1].isdigit()
    if word == "there":
        return before in ("is", "are", "was", "were", "will", "be")
    if at == 2 and WHOLE.match(said[0]):  # "wat kost dat per jaar", "wat kostte die"
        return False
    follows_noun = at > 1 and bool(stems(before)) and at + 2 < len(said)
    return follows_noun and (word in ("dat", "that") or (word == "die" and not before.endswith("t")))
