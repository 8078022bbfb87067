"""Questions about a document itself (adopted when, in force since, who is responsible) and the lines that answer them.

The ingest reads such facts with their spans (`Document.facts`); here a question is matched to them by what it asks
for and how: "wanneer … vastgesteld", "sinds wanneer geldt", "wie is de portefeuillehouder".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.contents import listed_sections
from assistant.expected import REACHING
from assistant.kinds import Kind, asked_kinds
from assistant.naming import names_of
from assistant.query import Query
from assistant.quotable import Excerpt
from assistant.topic import other_topic
from ingest.dates import YEAR
from ingest.document import Document, Fact
from ingest.sentences import sentence_around
from vectorstore.generation import Generation
from vectorstore.lexical import stems

_WHEN = r"\b(?:wanneer|welke dag|welke data|datum|sinds|hoe lang|when|dates?|since|how long|until)\b"
_ADOPTED = (
    r"vastgesteld|vaststelling|vaststellen|vaststelde|besloten|goedgekeurd|aangenomen|ja gezegd|"
    r"(?:door|langs) de (?:gemeente)?raad (?:gegaan|gekomen|gegaan is)|adopt\w*|approv\w*|passed"
)
_LONGEST = 400  # characters of a question for a fact; a longer one tells what it wants
_IN_CHARGE = "in charge"
_DATED = "dated"
_DATES = ("datum", "adopted_on", "valid", "in_force", "collegevergadering", "looptijd")
"""The facts that say from when a document is, best first; one of them answers."""
_UNTIL = ("looptijd", "adopted_on")
"""What tells of a document without a validity how far it reaches, best first."""
_ASKED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            rf"{_WHEN}.*\b(?:{_ADOPTED})\b|\b(?:{_ADOPTED})\b.*\b(?:datum|dates?|wanneer|when)\b|^vaststelling\b", re.I
        ),
        "adopted_on",
    ),
    (
        re.compile(
            rf"{_WHEN}.*\b(?:geldt|gelden|geldend|geldig|gold|van kracht|(?:in )?werking|in force|valid|applies)\b",
            re.I,
        ),
        "valid",
    ),
    (
        re.compile(
            r"\b(?:einddatum|nog (?:steeds )?(?:geldig|van kracht)|end date|still (?:valid|in force)|in force)\b"
            r"|\bgeld(?:t|en)\b.*\bnog\b",
            re.I,
        ),
        "valid",
    ),
    (re.compile(r"\b(?:cvdr(?:-?nummer)?|regelingnummer|cvdr number)\b", re.I), "identifier"),
    (
        re.compile(
            r"\b(?:permalink|webadres|web address)\b|\b(?:waar|where)\b.*\b(?:online|internet|downloaden|download)\b",
            re.I,
        ),
        "permalink_current",
    ),
    (re.compile(r"\b(?:portefeuillehouders?|portfolio holders?|responsible alderman)\b", re.I), "portefeuillehouders"),
    (
        re.compile(r"\b(?:welke|wie|which|who|na(?:am|men)|names?)\b.*\b(?:wethouders?|alderm[ae]n)\b", re.I),
        _IN_CHARGE,
    ),
    (
        re.compile(
            r"\b(?:stellers?|auteurs?|authors?|wie (?:schreef|stelde)"
            r"|wie (?:heeft|hebben)\b.*\b(?:geschreven|opgesteld)|who (?:wrote|drafted))\b",
            re.I,
        ),
        "steller",
    ),
    (
        re.compile(
            r"\b(?:raadsvoorstelnummer|welk nummer|(?:voorstel)?nummer van (?:het|dit|dat) (?:raads)?voorstel"
            r"|proposal number|(?:which|what) number|number of (?:the|this|that) (?:\w+ )*proposal)\b",
            re.I,
        ),
        "raadsvoorstelnummer",
    ),
    (
        re.compile(rf"{_WHEN}.*\b(?:collegevergadering|college|burgemeester en wethouders|executive)\b", re.I),
        "collegevergadering",
    ),
    (
        re.compile(
            r"\b(?:looptijd|welke periode|which period|what period|geldigheid(?:sduur)?|expires?)\b"
            r"|\btot(?: en met)? welk jaar\b"
            r"|\b(?:tot wanneer|hoe ?lang|how long|until when)\b"
            r".*\b(?:geld\w*|van kracht|mee|loopt|lopen|in force|valid|applies|apply|runs?)\b"
            r"|\bruns? (?:out|until)\b|\bloopt\b.*\baf\b",
            re.I,
        ),
        "looptijd",
    ),
    (
        re.compile(
            r"\b(?:uit|van) welke? (?:\w+ (?:en|of) )?(?:welke? )?(?:jaar|maand|datum)\b|\bvan wanneer (?:is|zijn)\b"
            r"|\bhoe oud (?:is|zijn)\b|\bwelke?\b.*\b(?:is|zijn)\b.*\b(?:ouder|oudste|nieuwer|nieuwste|recentste)\b"
            r"|\bhow old (?:is|are)\b|\bwhich\b.*\b(?:is|are)\b.*\b(?:older|oldest|newer|newest|most recent)\b"
            r"|\bfrom (?:which|what) (?:year|month|date)\b|\b(?:which|what) (?:year|month|date)\b.*\bfrom$",
            re.I,
        ),
        _DATED,
    ),
)
"""What a question looks like that asks for a fact, and the fact's name."""

_CONTACT: frozenset[Kind] = REACHING | {"contact"}
"""Kinds of question that no fact answers: who wrote a document is not how to reach them."""
_NEUTRAL = frozenset(
    stems("sinds vanaf since until lang long jaar maand month oud old actueel datum dag dit deze precies")
    + stems("officieel raad gemeenteraad functie namen naam onder griffier voorzitter secretaris burgemeester")
    + stems("year date day council officially name names role mayor raden gemeenteraden akkoord elke ja data charge")
    + stems("vergaderde vergaderd vergadering bijeen online internet downloaden download vinden vind lees find read")
    + stems("loopt lopen duurt duren behandeld besproken discussed dealt trad treedt ingegaan took effect")
    + stems("steller auteur author stelde opgesteld schreef schreven geschreven wrote written drafted drafter")
    + stems("tekende getekend signed")
    + stems("portefeuillehouder portfolio holder nummer number cvdr regelingnummer raadsvoorstelnummer document")
    + stems("regeling stuk heet heten ooit af ever run out")
    + stems("geldt gelden geldig werking kracht force valid blijft blijven remain remains stay")
    + stems("vastgesteld vaststelling vaststellen vaststelde besloten goedgekeurd goedkeuren")
    + stems("aangenomen gezegd gegaan gekomen nieuw nieuwe huidig huidige new current one definitief definitieve final")
    + stems("wethouder wethouders aanspreekpunt verantwoordelijk verantwoordelijke valt vallen gaat gaan responsible")
)


def stated_facts(query: Query, documents: Mapping[str, Document]) -> list[Excerpt]:
    """The lines of the documents in scope that state the fact a question asks for; none for any other question."""
    if asked_kinds(query.standalone) & _CONTACT:
        return []
    said = query.standalone[:_LONGEST]
    asked = [(match[0], name) for pattern, name in _ASKED if (match := pattern.search(said))]
    found = []
    for document_id in query.scope.documents:
        document = documents[document_id]
        names = [name for words, name in asked if not _other_topic(query, words, document)]
        if _DATED in names:
            names.append(next((name for name in _DATES if any(_states(fact, name) for fact in document.facts)), ""))
        if _IN_CHARGE in names:
            names.append("portefeuillehouders")
        if "valid" in names and not any(_states(fact, "valid") for fact in document.facts):
            names.append(next((n for n in _UNTIL if any(_states(fact, n) for fact in document.facts)), ""))
        exact = document.valid_until is not None and any(fact.name == "valid" for fact in document.facts)
        names = ["valid" if exact and name == "looptijd" else name for name in names]  # days say more than years
        for fact in document.facts:
            if any(_states(fact, name) for name in names):
                section = document.section_at(fact.start, fact.end)
                stop = _STOP.match(document.text, fact.end)
                start = _begin_of(document.text, fact.start)
                found.append(Excerpt(document_id, section, start, stop.end() if stop else fact.end, item=False))
    return list(dict.fromkeys(found))


def _begin_of(text: str, start: int) -> int:
    """Where the sentence begins in the middle of which a fact is stated: who adopted it belongs to when."""
    if not text[start].islower():
        return start
    begin, _ = sentence_around(text, text.rfind("\n", 0, start) + 1, start + 1, start)
    return begin if text[begin].isupper() else start


def proposed_only(query: Query, documents: Mapping[str, Document]) -> bool:
    """Whether it is asked when something was adopted of which only the proposal is there: that cannot say so."""
    asked = _ASKED[0][0].search(query.standalone[:_LONGEST])
    there = [documents[name] for name in query.scope.documents]
    return bool(asked and there) and all(
        d.kind == "raadsvoorstel"
        and not any(_states(fact, "adopted_on") for fact in d.facts)
        and not _other_topic(query, asked[0] if asked else "", d)
        for d in there
    )


def _states(fact: Fact, name: str) -> bool:
    """Whether a fact is the one of that name; of dates, only what has a year is one ("Datum vraag … 40" is not)."""
    same = fact.name.rstrip("s") == name.rstrip("s") or (name == "valid" and fact.name == "in_force")
    return same and (name != "datum" or bool(YEAR.search(fact.value)))


_STOP = re.compile(r"\.(?=\s|$)")
"""The full stop of a sentence that states a fact."""
_BELOW = 300  # characters between the line of adoption and the names
_SIGNED = re.compile(r"\b(?:(?:onder)?teken(?:de|den|t|d|en|aars?)|signed|signatories|signatory)\b", re.I)
_WHO = re.compile(r"\b(?:wie|wiens|who|whose|namen|names|\w*tekenaars?|signator(?:y|ies))\b", re.I)
"""Signatures answer who signed, and not "welke tekenen van eenzaamheid zijn er?"."""
_SIGNABLE = re.compile(
    r"\b\w*(?:akkoord|convenant|contract|overeenkomst|verklaring|manifest|petitie|brief|agreement|covenant|letter)\b",
    re.I,
)
"""What can be signed and is no framework."""
_OFFICES = {"mayor": "burgemeester", "clerk": "griffier", "town clerk": "griffier", "secretary": "secretaris"}
_OFFICE = re.compile(
    rf"\b(?:(?:raads|gemeente)?(?P<office>griffier|voorzitter|secretaris|burgemeester)s?|(?P<english>{'|'.join(_OFFICES)}))\b",
    re.I,
)


def stating_passages(query: Query, generation: Generation) -> list[int]:
    """Numbers of the passages that state what is asked of a document itself: its facts, its outline, or who signed."""
    stated = stated_facts(query, generation.documents) or listed_sections(query, generation.documents)
    spans = [(e.document_id, e.start) for e in stated]
    signed = _SIGNED.search(query.topic) if _WHO.search(query.topic) else None
    office = _OFFICE.search(query.topic)
    for name in query.scope.documents if signed or office else ():
        document = generation.documents[name]
        other = _other_paper(query, document) if signed else office and _other_topic(query, office[0], document)
        if not other:
            spans.extend((name, start) for start in _signatures(document, _as_held(office) if office else ""))
    return [
        number
        for name, start in dict.fromkeys(spans)
        for number in generation.numbers_of([name])
        if generation.passages[number].start <= start < generation.passages[number].end
    ]


def _other_paper(query: Query, document: Document) -> bool:
    """Whether the signatures under something else are asked for than under this document."""
    return any(word.lower() not in names_of(document) for word in _SIGNABLE.findall(query.topic))


def _as_held(office: re.Match[str]) -> str:
    """An office as documents write it."""
    return (office["office"] or _OFFICES[office["english"].lower()]).lower()


def _signatures(document: Document, office: str) -> list[int]:
    """Where those who signed a document stand in it; none where the office that is asked is not among them."""
    signed = [
        (s.end - len(document.text[s.text_start : s.end].lstrip()), s.end)
        for s in document.sections
        if s.kind == "signature" and document.text[s.text_start : s.body_end].strip()
    ]
    adopted = [(_names_below(document, f), f.end + _BELOW) for f in document.facts if f.name == "adopted_on"]
    held = [start for start, end in (*signed, *adopted) if office and office in document.text[start:end].lower()]
    return held[:1] if office else [start for start, _ in signed or adopted]


def _names_below(document: Document, adopted: Fact) -> int:
    """Where those who signed stand below the line that says when a document was adopted; that line where none do."""
    office = _OFFICE.search(document.text, adopted.end, adopted.end + _BELOW)
    return office.start() if office else adopted.start


def _other_topic(query: Query, said: str, document: Document) -> bool:
    """Whether the question has a topic besides the fact: a word that is neither the fact's nor the document's.

    A follow-up for names ("hoe heten die?") has only its own.
    """
    own = query.added if query.added and asked_kinds(query.added) & {"person"} else None
    return other_topic(query, said.split()[-1], document, _NEUTRAL, own)
