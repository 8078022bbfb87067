"""Follow-ups: whether a question leans on the one before it, and what the two mean together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.expected import HELD
from assistant.framing import meaning_asked, subject_of
from assistant.kinds import asked_kinds
from assistant.pointing import points_at_one, without_ordinal
from assistant.query import Query
from assistant.scope import Scope
from ingest.document import Document
from vectorstore.lexical import stems, words

_ENOUGH = 6  # words with a meaning, of a question that explains its own pronouns

_AND = r"(?:en|and|maar|but|dus|so|ook|also|nu|now)\b[ ,]*"
_SAME = r"(?:(?:de)?zelfde vraag|(?:the )?same question)\b(?: voor| over| for)?[ ,:]*"
_CONNECTIVE = re.compile(rf"^(?:(?:{_AND})?{_SAME}|{_AND})", re.I)
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
_WHOLE = re.compile(r"^(?:wie|wat|welke?|waar|wanneer|hoe|hoeveel|who|what|which|where|when|how)\b", re.I)
_ASKS = re.compile(
    r"(?:(?:sinds|tot|voor|door|met|van|bij|aan|uit|from|since|until|with|by|for) )?"
    r"(?:wie|wat|welke?|waar|wanneer|waarom|hoe\w*|who|whose|what|which|where|when|why|how)\b",
    re.I,
)
_HOW = re.compile(r"(?:wie|waar|hoe|who|where|how)\b", re.I)
_ABOUT = re.compile(r"\b(?:over|about)\s+(?=[^,]+$)", re.I)
_STANDS_FOR = frozenset(
    stems("one ones same zelfde hetzelfde dezelfde zulke zoiets alleen enkel slechts liever just only graag please")
    + stems("sinds vanaf since until alle andere other others all gemeente gemeenten municipality municipalities")
)
"""Words that stand for what was asked about, or narrow it ("alleen Purmerend graag"), and say nothing of it."""
_OOPS = r"(?:(?:nee|no|o|oh|ho|oeps|oops|wacht|wait|sorry|pardon)\b[ ,.!]*)"
_MEANT = (
    r"(?:ik bedoel(?:de)?(?: (?:eigenlijk|juist|vooral|dus))?|i (?:actually |really )?meant?|"
    r"(?:dat|het) moe(?:s)?t|(?:that|it) should (?:be|have been)|make that)\b[ ,]*"
)
_CORRECTION = re.compile(rf"^{_OOPS}*{_MEANT}|^(?:nee|no)\b\s*[,.!:;–-]+\s*", re.I)
_INVERTED = re.compile(
    rf"^{_OOPS}*(?P<meant>.+?),? (?:bedoel(?:de)? ik|i mean(?:t)?)\b[ ,.!]*(?:(?:geen|niet|not) .*)?$", re.I
)
_CONCERNS = re.compile(
    r"^(?:(?:en|and|maar|but) )?"
    r"(?:(?:als|wanneer) het (?:om|over) (?P<nl>.+?) gaat|when it comes to (?P<en>.+?))[?. ]*$",
    re.I,
)
_TELLS = re.compile(r"(?:ik|(?P<en>i))\b", re.I)
_PRONOUN_HET = re.compile(
    r"^(?:(?:sinds|tot|voor|door|met|van|bij|aan|uit|over) )?(?:wie|wat|waar|wanneer|waarom|hoe|hoelang|hoeveel)\b.*"
    r"\b(?:\w+t|is) het(?:\W*$| (?:ge\w+|(?:be|ver|ont)\w+[dt]|nu|precies|eigenlijk|ook|nog|al|dan|af|op|uit|in)\W*$)"
    r"|^(?:wat|hoeveel|hoe (?:hoog|lang|vaak|groot)) (?:is|wordt|kost|duurt|bedraagt) het (?:voor|bij|in|per|als|na)\b"
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
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|zijn|waren|do|does|did|doet|doen|doe|ha(?:s|ve|d)|heeft|hebben|heb|had|can|could|may|must|will|"
    r"would|should|kan|kun(?:t|nen)?|mag|mogen|moet(?:en)?|wil(?:t|len)?|zal|zou(?:den)?|zullen|wordt|worden|costs?|kost(?:en)?|"
    r"gets?|krijgt?|krijgen|pays?|betaalt?|betalen|gives?|geeft|geven|telt|tellen|geldt|gelden|duurt|duren|last|takes?|"
    r"bedraagt|bedragen|work(?:s|ed)?|werkt?|werken|lives?|lived?|woont|wonen|komt|komen|comes?|gaat|gaan|goes|staat|staan|"
    r"needs?|spends?|spent|receives?|received|ontvangt|ontvangen|maakt|maken|vraagt|vragen|neemt|nemen|levert|leveren)\b",
    re.I,
)
"""Words that make a question whole; "hoeveel dagen van tevoren?" has none."""
_PHRASE = re.compile(r"(?:als|indien|bij|voor|met|van|in|op|if|for|with|of|in case)\b", re.I)
"""How a follow-up begins that names another case: "en voor kinderen?", "and if it is urgent?"."""
_THEY_HOLD = re.compile(
    rf"^(?:{_AND})?(?:wat|hoe|welke?|what|how|which)\b.{{0,30}}?\b(?:(?:verwacht|will?|zegg|vind|denk|schrijv|noem|beloo?v|stell)en"
    r" (?:ze|zij)|(?:do|did|will) they (?:expect|want|say|think|write|promise|propose|mention))\b",
    re.I,
)
"""A question for what "they" hold: the municipality or the document, which is the place, and no part of the subject."""
_DIFFERENCE = re.compile(
    rf"^(?:{_AND})?(?:wat (?:is|zijn|zit)|waarin zit|what(?:['’]s| is| are)) (?:het|de|er|dan|nu|the|then)?\b"
    r".{0,25}?\b(?:verschil(?:len)?|overeenkomst(?:en)?|differences?)(?: (?:dan|nu|precies|(?:tussen|between) "
    r"(?:(?:de|die|deze|the|those|these) )?(?:twee|beide|two|both|them)))?\W*$",
    re.I,
)
"""A question for the difference of what was just told of two places."""
_SET_BESIDE = re.compile(
    r"\b(?:compare[ds]?|differ|different|verhoudt|vergelijk\w*|vergeleken|verschil\w*|anders)\b", re.I
)
_FIRST_NAMED = re.compile(
    r"^(?P<named>[^,:]+)[,:] (?=(?:wie|wat|waar|wanneer|waarom|hoe|who|what|which|where|when|why|how)\b)", re.I
)
"""What a question names before it asks of it: "de wijkteams, wie zitten daarin?"."""
_WITH_PREPOSITION = re.compile(
    r"(?P<word>aan|bij|door|met|naar|op|tegen|tot|van|voor|by|for|from|of|on|to|with) (?:[\w’'-]+ ){0,3}[\w’'-]+\W*$",
    re.I,
)
_THE_ONE = re.compile(r"(?:the|that) (?P<kind>[\w-]+) ones?\W*$", re.I)
_THE_KIND = re.compile(
    r"\b(?:the|an?) (?P<kind>(?!(?:of|and|or|in)\b)[\w-]+)(?= (?!(?:of|and|or|in|for|is|are)\b)[\w-]+)", re.I
)
_TO_BE = re.compile(r" zijn(?= *(?:[.!?]|$))", re.I)
_NOT_THAT = re.compile(r"[, ]+(?:en )?(?:niet|not|instead of|in plaats van)\b.*$", re.I)
_NOT_BUT = re.compile(r"^(?:niet|not)\b.*?\b(?:maar|but)\b", re.I)


def put_plainly(question: str) -> str:
    """A question without the words that only lead to its subject: "En als het om werk gaat?" is "En werk?"."""
    told = _TELLS.match(question)
    if told and (term := meaning_asked(question)):
        return f"What is {term}?" if told["en"] else f"Wat is {term}?"
    match = _CONCERNS.match(question)
    return f"En {match['nl']}?" if match and match["nl"] else f"And {match['en']}?" if match else question


def corrected(question: str) -> str | None:
    """What is meant instead, of a correction ("nee, ik bedoel X, niet Y"); None for any other question."""
    if inverted := _INVERTED.match(question):  # "Purmerend bedoel ik, niet Geertruidenberg"
        return inverted["meant"]
    match = _CORRECTION.match(question)
    if match is None:
        return None
    meant = _NOT_BUT.sub("", question[match.end() :].strip()).strip()
    return _NOT_THAT.sub("", _TO_BE.sub("", meant, count=1)).strip()


def is_follow_up(query: Query) -> bool:
    """Whether a question cannot be understood without the one before it."""
    question, scope = query.question, query.scope
    content = _content(query.topic)
    if not content or corrected(question) is not None:
        return not (scope.sections and scope.named)
    connected = bool(_CONNECTIVE.match(question))
    if connected and _ONLY_BACK.search(question):
        return True
    if points_at_one(question) and len(stems(without_ordinal(query.topic))) < 2:  # "Wat houdt het tweede punt in?"
        return True
    if _DIFFERENCE.match(question) or (_breaks_off(query.topic) and not scope.named):
        return True
    leans = connected or _ELLIPTIC.match(question) or _refers_back(question) or _PRONOUN_HET.match(query.topic)
    return bool(leans) and not (scope.named and len(content) > 2) and (len(content) < _ENOUGH or connected)


def _breaks_off(question: str) -> bool:
    """Whether a question leaves the rest to the one before it: "wie stemde tegen?", "hoeveel dagen van tevoren?"."""
    asked = _CONNECTIVE.sub("", question).strip()
    measure = _MEASURE.fullmatch(asked)
    return bool(_THIN.fullmatch(asked)) or (measure is not None and not _VERB.search(measure["of"]))


def joined(query: Query, before: Query) -> Query:
    """A follow-up made whole: its own scope or else the earlier one, its own words on top of the earlier topic."""
    before = _without_aside(before, _CONNECTIVE.sub("", query.topic).strip())
    scope, new_place = query.scope, query.scope.named or bool(query.scope.unknown)
    kept = scope if new_place else before.scope
    if scope.sections and not new_place:
        kept = replace(before.scope, sections=scope.sections, absent=())
    own = _CONNECTIVE.sub("", query.topic).strip()
    added = ""
    about = _ABOUT.search(before.topic) if _ABOUT.match(own) else None
    if replaced := _in_its_place(own, before.topic):
        topic = replaced
    elif not _content(own):
        asks = bool((asked_kinds(own) & HELD.keys()) - asked_kinds(before.topic))  # "Waarom?", "Sinds wanneer?"
        asks |= bool(_HOW.match(own))  # "Wie doet dat?"
        topic = f"{before.topic.rstrip('?!. ')}, {own}" if asks else before.topic
    elif about is not None:  # "Wat zegt … over preventie?", "En over eenzaamheid?"
        topic = f"{before.topic[: about.start()]}{own}"
    elif subject_of(own) != own or _asks_of_place(own) or _asks_itself(own):
        topic = own[:1].upper() + own[1:]  # "En wie is een mentor?", "Noemen ze ook …?": another topic, the same place
    else:
        topic, added = f"{before.topic.rstrip('?!. ')}, {own}", own
    place = ", ".join(kept.unknown or kept.municipalities)
    standalone = f"{topic} ({place})" if place else topic
    if not new_place and topic.startswith(before.topic.rstrip("?!. ")):  # the earlier question, with its names
        said = _CONNECTIVE.sub("", query.question).strip() if scope.sections else own
        told = bool(said) and (bool(stems(said)) or topic != before.topic)
        standalone = f"{before.standalone.rstrip('?!. ')}, {said}" if told else before.standalone
    if about is not None and not new_place and (spoken := _ABOUT.search(before.standalone)):
        standalone = f"{before.standalone[: spoken.start()]}{own}"
    if new_place and not _content(own):  # "En Purmerend?": the same question about another place
        standalone = _elsewhere(before, place) or standalone
    short = len(words(query.question)) <= 3
    language = before.language if short else query.language
    return replace(query, standalone=standalone, language=language, scope=kept, topic=topic, added=added)


def _without_aside(before: Query, own: str) -> Query:
    """The question before without what it added itself, where the next asks something else of the same subject.

    "Wat is Waakvlam, wat kost het?" before "wie mag er komen?", and "…, voor ouders?" before "en voor kinderen?".
    """
    asks, asked = (bool(_ASKS.match(text) or _VERB.match(text)) for text in (own, before.added))
    leant = _refers_back(before.added) or _breaks_off(before.added)
    aside = asked and leant and bool(asked_kinds(before.added) & HELD.keys())
    if not (before.added and (aside if asks else not asked and bool(_PHRASE.match(own)))):
        return before
    topic, standalone = (text.removesuffix(f", {before.added}") for text in (before.topic, before.standalone))
    return replace(before, topic=topic, standalone=standalone, added="")


def _asks_of_place(own: str) -> bool:
    """Whether only "they" stands for something: "wat verwachten ze van burgers?", not "how will they do it?"."""
    return bool(_THEY_HOLD.match(own)) and not _refers_back(re.sub(r"\b(?:ze|zij|they)\b", " ", own, flags=re.I))


def _asks_itself(own: str) -> bool:
    """Whether a question with its own question word stands for nothing outside it."""
    leans = _refers_back(own) or _PRONOUN_HET.match(own) or points_at_one(own) or _breaks_off(own)
    return bool(_WHOLE.match(own)) and not leans


def compared(query: Query, earlier: Sequence[Query]) -> Query | None:
    """A question that sets two places of a conversation side by side: "wat is het verschil?", "how does X compare?".

    `earlier` are the questions before it, each made whole. None where it asks for nothing of the kind.
    """
    scopes = [q.scope for q in earlier if q.scope.named and q.scope.municipalities]
    if query.scope.named and _SET_BESIDE.search(query.question) and _refers_back(query.question):
        scopes.append(query.scope)
    elif not _DIFFERENCE.match(query.question):
        return None
    sides = list(dict.fromkeys(scopes[-1:] + [s for s in scopes if s.documents != scopes[-1].documents][-1:]))
    if len(sides) < 2:
        return None
    known = tuple(sorted({name for side in sides for name in side.municipalities}))
    apart = tuple(side.documents for side in sides[::-1])
    scope = Scope(tuple(name for side in apart for name in side), known, named=True, apart=apart)
    topic = earlier[-1].topic
    asked = f"{query.question.rstrip('?!. ')}: {subject_of(topic).rstrip('?!. ')}? ({', '.join(known)})"
    return replace(query, standalone=asked, scope=scope, topic=topic)


def _in_its_place(own: str, topic: str) -> str | None:
    """The earlier topic with what a follow-up puts in the place of a part: "for young people?", "the narrow one?".

    A prepositional phrase takes the place of the one that the topic ends in, a kind that of the last one named.
    """
    if said := _WITH_PREPOSITION.match(own):
        word = said["word"].lower()
        phrases = list(re.finditer(rf"\b{word} (?:(?:de|het|een|the|a|an) )?[\w’'-]+", topic, re.I))
        last = phrases[-1] if phrases else None
        if last is None or (topic[last.end() :].strip(" ?!.") and word not in ("van", "of")):
            return None
        return f"{topic[: last.start()]}{own.rstrip('?!. ')}{topic[last.end() :]}"
    kinds = list(_THE_KIND.finditer(topic)) if (said := _THE_ONE.match(own)) else []
    return (
        f"{topic[: kinds[-1].start('kind')]}{said['kind']}{topic[kinds[-1].end('kind') :]}" if said and kinds else None
    )


def _elsewhere(before: Query, place: str) -> str | None:
    """The question before with another place in it; None where it names none, or more than one, or bends its name."""
    named = before.scope.municipalities
    if len(named) != 1:
        return None
    moved, times = re.subn(rf"(?<!\w){re.escape(named[0])}(?!\w)", lambda _: place, before.standalone)
    return moved if times else None


def in_place_of(query: Query, before: Query) -> Query:
    """A question that was written out, in the place that it names itself, or else in that of the one before it."""
    own = query.scope
    scope = own
    if not (own.named or own.unknown):
        scope = replace(before.scope, sections=own.sections, absent=own.absent)
    place = ", ".join(scope.unknown or scope.municipalities)
    named = place and place not in query.standalone
    return replace(query, standalone=f"{query.standalone} ({place})" if named else query.standalone, scope=scope)


def within(query: Query, names: Sequence[str], documents: Mapping[str, Document]) -> Query:
    """A question that names no place in the documents that the conversation is about; these are said, to be seen."""
    there = [documents[name] for name in names]
    known = tuple(sorted({document.municipality for document in there if document.municipality}))
    place = ", ".join(known or [document.title for document in there])
    sections = tuple(section for section in query.scope.sections if section[0] in names)
    scope = Scope(tuple(names), known, named=True, sections=sections, absent=query.scope.absent)
    return replace(query, standalone=f"{query.standalone} ({place})", scope=scope, carried=())


def _content(text: str) -> list[str]:
    """The stems of a text that say what it is about."""
    return [stem for stem in stems(text) if stem not in _STANDS_FOR]


def _refers_back(question: str) -> bool:
    """Whether a word of a question stands for something outside it."""
    named = _FIRST_NAMED.match(_CONNECTIVE.sub("", question))
    if named and stems(named["named"]) and not _refers_back(named["named"]):
        return False
    said = words(question)
    if _PRONOUN_HET.match(question) or _HIS.search(question) or _ANOTHER.search(question):
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
    if at == 2 and _WHOLE.match(said[0]):  # "wat kost dat per jaar", "wat kostte die"
        return False
    follows_noun = at > 1 and bool(stems(before)) and at + 2 < len(said)
    return follows_noun and (word in ("dat", "that") or (word == "die" and not before.endswith("t")))
