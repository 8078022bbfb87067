"""The subject of a question that asks for no more than what is said about it.

"Verzamel voor mij wat er over vrijwilligers in de stukken staat", "Which documents mention volunteers?" and
"Vrijwilligers: wat staat daarover in de kaders?" all ask what is said about volunteers. The words around the subject
(`framing.txt`) stand in no document that answers them; they would be missed there, and the question refused.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from importlib.resources import files
from itertools import takewhile

from assistant.document_words import DOCUMENTS, is_document_word
from vectorstore.lexical import stop_words, words

_ASKS_MORE = frozenset("hoeveel wanneer wie waarom hoelang many much when who whose why".split())
"""Function words that ask for an amount, a time, a person or a reason, and not only for what is said."""
_LONGEST = 400  # characters of a question that only asks; a longer one tells what it wants
_ABOUT = frozenset(
    "over omtrent inzake rond rondom aangaande betreffende betrekking naar tegen about on regarding concerning".split()
)
_LINKS = _ABOUT | frozenset(
    "noemen noemt vermelden vermeldt bespreken bespreekt behandelen behandelt beschrijven beschrijft "
    "mention mentions discuss discusses treat treats cover covers address addresses describe describes".split()
)
"""Words after which a subject stands; those of `_ABOUT` not at the beginning: "Over welke jaren …" is no frame."""
_LINKED = re.compile(
    r"\b(?:op het gebied van|met betrekking tot|ten aanzien van|als het (?:gaat|om)|hoe zit het met|"
    r"(?:vindt|vinden|denkt) (?:\w+ )?van|(?:overzicht|samenvatting) van|with regard to|when it comes to|look at|"
    r"(?:overview|summary) of)(?=\s)",
    re.I,
)
_ARTICLES = re.compile(r"^\s*(?:(?:de|het|een|the|a|an|ze|zij|er|ook|also|they|it|iets|anything)\s+)+", re.I)
_NOUN_AHEAD = re.compile(r"\b(?:the|an?|postal|e-?mail|its|their|what|which)\s+$", re.I)
_SAID = (
    r"(?:genoemd|vermeld|besproken|behandeld|beschreven|opgenomen|gezegd|geschreven|afgesproken|aan bod|aan de orde|"
    r"ter sprake|mentioned|discussed|covered|treated|addressed|described|said|written|stated)"
)
_DOCUMENTS = (
    r"(?:(?:in|uit|binnen|volgens|from|of|within)\s+(?:(?:de|het|alle|al|die|deze|beide|verschillende|diverse|all|the|"
    r"these|both|different|various)\s+)*(?:(?:beleids)?(?:stukken|stuk|kaders?|documente?n?|nota['’]?s|teksten|beleid)|"
    r"documents?|frameworks?|papers?|texts?|policy|policies))"
)
_TAIL = re.compile(
    rf"(?:\s+(?:{_DOCUMENTS}|(?:te\s+)?(?:vinden|lezen|zeggen)|staa[tn]|wordt|worden|is|zijn|was|are|says?|"
    rf"{_SAID}|ook|nog|dan|too|also|as\s+well))+"
    r"\s*[?!.]*$",
    re.I,
)
"""What may stand after a subject: "… in de stukken staat"."""
_PASSIVE = re.compile(
    rf"^(?:(?:waar|wat|hoe|where|how)\s+)?(?:(?P<comes>komt|komen)|wordt|worden|staat|staan|is|are|was|were)"
    rf"\s+(?P<subject>.+?)(?:\s+{_DOCUMENTS})?\s+(?:(?(comes)(?:voor|terug)|(?!))|{_SAID})(?:\s+{_DOCUMENTS})?\s*[?!.]*$",
    re.I,
)
"""A subject of which is asked whether or where it is spoken of: "Komt … aan bod?"."""
_NAMING = re.compile(
    rf"^(?:\w+\s+){{0,4}}(?:{DOCUMENTS}|gemeenten|teksten)\s+(?:die|waarin)\s+"
    r"(?P<subject>.+?)\s+(?:(?:wordt|worden)\s+)?(?:noemen|bespreken|behandelen|beschrijven|genoemd|besproken|behandeld|"
    r"beschreven)\s*[?!.]*$",
    re.I,
)
"""A subject that documents are looked for of: "Zijn er stukken die … noemen?"."""
_PART = re.compile(
    r"^(?:welke|wat voor|what|which)\s+(?:rol|plek|plaats|aandacht|role|place|attention)\s+"
    r"(?:speelt|spelen|heeft|hebben|krijgt|krijgen|does|do|has|have)\s+(?P<subject>.+?)\s+"
    rf"(?:(?:play|have|get)\s+)?{_DOCUMENTS}\s*[?!.]*$",
    re.I,
)
"""A subject of which is asked what part it has in the documents."""
_ASKED_BY = re.compile(
    r"^(?:(?:mijn|de|het|een|onze|my|the|our|a)\s+)?[\w-]+\s+"
    r"(?:wil(?:de)?|vraagt|vroeg|heeft gevraagd|wants|asks|asked|would like)\s+(?:graag\s+)?"
    r"(?:(?:me|mij|ons|us)\s+)?(?:weten|to know)?[ ,:]*(?=(?:wat|waar|what|where)\b)",
    re.I,
)
"""Who it is that wants to know."""
_TERM = (
    r"(?:(?:een|het|de|a|an|the)\s+)?(?:(?:woord|term|begrip|word)\s+)?(?P<term>[\w“”\"'’-]+(?:\s+[\w“”\"'’-]+){0,3}?)"
)
_MEANINGS = tuple(
    re.compile(form.replace("TERM", _TERM), re.I)
    for form in (
        r"^(?:(?:weet|snap|kun|kunt)\s+(?:jij|je|u)\s+(?:mij\s+|me\s+)?)?(?:uitleggen\s+)?wat\s+TERM\s+"
        r"(?:is|zijn|betekent|betekenen|inhoudt|inhouden)$",
        r"^(?:kun|kunt)\s+(?:je|u)\s+(?:mij\s+|me\s+)?TERM\s+(?:uitleggen|toelichten|definiëren)$",
        r"^(?:leg|licht)\s+TERM\s+(?:uit|toe)$",
        r"^wat\s+(?:bedoel\w+|wordt|is)\s+(?:ze\s+|we\s+|jullie\s+|er\s+)*(?:bedoeld\s+)?met\s+TERM(?:\s+bedoeld)?$",
        r"^wat\s+(?:(?:moet|moeten|wordt|kan|kun)\s+)?(?:ik\s+|we\s+|je\s+|er\s+)*(?:verstaa\w+\s+)"
        r"(?:we\s+|ze\s+|jullie\s+)?onder\s+TERM(?:\s+verstaan)?$",
        r"^wat\s+(?:is|zijn)\s+dat,?\s+TERM$",
        r"^TERM,\s+wat\s+(?:is|zijn|betekent|houdt)\s+(?:dat|het)(?:\s+in)?$",
        r"^(?:ik\s+)?(?:kom|lees|zie|hoor|hoorde|las|zag)\s+(?:(?:steeds|vaak|ook|net|iemand|mensen|collega['’]?s|iedereen|"
        r"veel|het|over|van)\s+)*TERM(?:\s+(?:tegen|staan))?[,.:]\s+wat\s+(?:is|betekent|houdt)\s+(?:dat|het)(?:\s+in)?$",
        r"^i\s+(?:(?:keep|hear|heard|see|read|people|colleagues|everyone|often|also|just|hearing|reading|seeing|talk|talking|"
        r"about)\s+)+TERM[,.:]\s+what\s+(?:is|does)\s+(?:that|it)(?:\s+mean)?$",
        r"^(?:(?:wat|what)\s+is\s+)?(?:(?:de|een|the|a)\s+)?(?:betekenis|definitie|meaning|definition)\s+(?:van|of)\s+TERM$",
        r"^hoe\s+(?:wordt|definieer\w*)\s+(?:ze\s+|we\s+)?TERM(?:\s+(?:gedefinieerd|omschreven))?$",
        r"^(?:explain|define)\s+(?:what\s+)?TERM(?:\s+(?:is|are|means?))?$",
        r"^wat\s+(?:betekent|(?P<holds>houdt))\s+TERM(?(holds)\s+in)$",
        r"^what\s+does\s+TERM\s+mean$",
        r"^what\s+is\s+meant\s+by\s+TERM$",
        r"^what\s+do\s+(?:they|you|we)\s+mean\s+by\s+TERM$",
    )
)
"""Ways to ask for the meaning of a term of a few words."""
_POINTING = frozenset("daarover hierover erover dat dit die deze it that this them ze".split())
_REFLEXIVE = re.compile(r"(?:zich|zichzelf|itself|themselves)\b", re.I)
_PLACED = re.compile(r"(?:in|op|bij|aan|uit|van|volgens|within)\s", re.I)
"""What a subject does not begin with: "Wat wordt in de beschikking vermeld?" asks for what stands there."""
_WORD = re.compile(r"[\w'’-]+")


def subject_of(question: str, names: Set[str] = frozenset()) -> str:
    """The subject of a question that asks what is said about it, as it stands there; any other question as it is.

    `names` are words for the documents that are asked ("Wat zegt de Jeugdwet over …").
    """
    if len(question) > _LONGEST:
        return question
    asked = _ASKED_BY.sub("", question)
    for form in (_PASSIVE, _NAMING, _PART):
        if match := form.match(asked):
            return _checked(_after_link(match["subject"], names) or match["subject"], question)
    return _checked(_before_what_points(asked, names) or _after_link(asked, names), question)


def meaning_asked(question: str) -> str | None:
    """The term whose meaning a question asks for in so many words ("Kun je … uitleggen?"); None for any other."""
    asked = question.strip(" ?!.")
    match = next((match for form in _MEANINGS if (match := form.match(asked))), None)
    telling = match and any(word not in _function_words() for word in words(match["term"]))
    return match["term"] if match and telling else None


def _after_link(question: str, names: Set[str]) -> str:
    """What stands after "… over", where everything before it only asks; empty where it asks for something else."""
    for match in takewhile(lambda word: _is_around(word[0], names), _WORD.finditer(question)):
        noun = _NOUN_AHEAD.search(question[: match.start()])  # "the address of", not "documents that address"
        if not noun and match[0].lower() in (_LINKS if match.start() else _LINKS - _ABOUT):
            return _without_tail(question[match.end() :], names)
    if (linked := _LINKED.search(question)) and only_asks(question[: linked.start()], names):
        return _without_tail(question[linked.end() :], names)
    return ""


def _without_tail(text: str, names: Set[str]) -> str:
    """A subject without article and without what stands behind it: "… in de stukken staat", "… in de Jeugdwet"."""
    subject = _TAIL.sub("", _ARTICLES.sub("", text))
    behind = list(takewhile(lambda word: _is_around(word[0], names), reversed(list(_WORD.finditer(subject)))))
    named = any(names & set(words(word[0])) - stop_words() for word in behind)
    return subject[: behind[-1].start()] if named else subject


def _before_what_points(question: str, names: Set[str]) -> str:
    """What stands before a part that only asks and points back to it: "Vrijwilligers: wat staat daarover?"."""
    for match in re.finditer(r"[:;,.!?–-]\s+", question):
        after = question[match.end() :]
        if only_asks(after, names) and _POINTING & set(words(after)):
            before = question[: match.start()]
            return _after_link(before, names) or before
    return ""


def only_asks(text: str, names: Set[str] = frozenset()) -> bool:
    """Whether every word of a text is one that may stand around a subject, or names a document."""
    return all(_is_around(match[0], names) for match in _WORD.finditer(text))


def _is_around(word: str, names: Set[str]) -> bool:
    word = word.lower().replace("’", "'")
    around = word in _function_words() or is_document_word(word) or set(words(word)) <= names
    return around and word not in _ASKS_MORE


@cache
def _function_words() -> frozenset[str]:
    """The words of `framing.txt`, and those that say nothing anywhere."""
    lines = files("assistant").joinpath("framing.txt").read_text("utf-8").splitlines()
    around = {word for line in lines if not line.startswith("#") for word in line.split()}
    return frozenset(around | _LINKS | _POINTING | stop_words())


def _checked(subject: str, question: str) -> str:
    """The subject, where it has a word that tells; else the question."""
    subject = subject.strip(" ,.;:?!")
    telling = any(word not in stop_words() for word in words(subject))
    return subject if telling and not _REFLEXIVE.match(subject) and not _PLACED.match(subject) else question
