"""Follow-ups made whole: what a question and the one before it mean together, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.expected import HELD
from assistant.follow_up import (
    AND,
    CONNECTIVE,
    DIFFERENCE,
    PRONOUN_HET,
    VERB,
    WHOLE,
    asks_attribute,
    breaks_off,
    content,
    just_heard,
    names_subject,
    refers_back,
)
from assistant.framing import subject_of
from assistant.kinds import asked_kinds
from assistant.pointing import points_at_one
from assistant.query import Query
from assistant.restated import corrected
from assistant.scope import Scope
from ingest.document import Document
from vectorstore.lexical import stems, words

_ASKS = re.compile(
    r"(?:(?:sinds|tot|voor|door|met|van|bij|aan|uit|from|since|until|with|by|for) )?"
    r"(?:wie|wat|welke?|waar|wanneer|waarom|hoe\w*|who|whose|what|which|where|when|why|how)\b",
    re.I,
)
_ASKED_OF = re.compile(
    r"(?:^|, )(?:wie|wat|waar|wanneer|waarom|hoe|who|what|where|when|why|how)\b (?:[\w’'-]+ ?){2,}", re.I
)
"""What a correction asks besides what it means: "I meant Geertruidenberg, who gave advice there?"."""
_GROUP = re.compile(
    r"(?:(?:de|het|onze|the|our) )?(?:[\w’'-]+ ){0,2}\w*(?:jongeren|ouderen|kinderen|jeugd(?:igen)?|ouders|gezinnen|"
    r"volwassenen|mantelzorgers|vrijwilligers|statushouders|nieuwkomers|vluchtelingen|mensen|vrouwen|mannen|senioren|"
    r"cliënten|leerlingen|bewoners|inwoners|burgers|werklozen|daklozen|studenten|elderly|youth|people|children|kids|"
    r"parents|families|adults|carers|volunteers|refugees|newcomers|women|men|seniors|clients|pupils|students|residents|"
    r"citizens|unemployed|homeless)\W*",
    re.I,
)
"""A group of people and nothing else: one takes the place of another."""
_HOW = re.compile(r"(?:wie|waar|hoe|who|where|how)\b", re.I)
_ABOUT = re.compile(r"\b(?:over|about)\s+(?=[^,]+$)", re.I)
_PHRASE = re.compile(r"(?:als|indien|bij|voor|met|van|in|op|if|for|with|of|in case)\b", re.I)
"""How a follow-up begins that names another case: "en voor kinderen?", "and if it is urgent?"."""
_THEY_HOLD = re.compile(
    rf"^(?:{AND})?(?:wat|hoe|welke?|what|how|which)\b.{{0,30}}?\b(?:(?:verwacht|will?|zegg|vind|denk|schrijv|noem|beloo?v|stell)en"
    r" (?:ze|zij)|(?:do|did|will) they (?:expect|want|say|think|write|promise|propose|mention))\b",
    re.I,
)
"""A question for what "they" hold: the municipality or the document, which is the place, and no part of the subject."""
_SET_BESIDE = re.compile(
    r"\b(?:compare[ds]?|differ|different|verhoudt|vergelijk\w*|vergeleken|verschil\w*|anders)\b", re.I
)
_WITH_PREPOSITION = re.compile(
    r"(?P<word>aan|bij|door|met|naar|op|tegen|tot|van|voor|by|for|from|of|on|to|with) (?:[\w’'-]+ ){0,3}[\w’'-]+\W*$",
    re.I,
)
_THE_ONE = re.compile(r"(?:the|that) (?P<kind>[\w-]+) ones?\W*$", re.I)
_THE_KIND = re.compile(
    r"\b(?:the|an?) (?P<kind>(?!(?:of|and|or|in)\b)[\w-]+)(?= (?!(?:of|and|or|in|for|is|are)\b)[\w-]+)", re.I
)


def joined(query: Query, before: Query) -> Query:
    """A follow-up made whole: its own scope or else the earlier one, its own words on top of the earlier topic."""
    before = _without_aside(before, CONNECTIVE.sub("", query.topic).strip())
    scope, new_place = query.scope, query.scope.named or bool(query.scope.unknown)
    kept = scope if new_place else before.scope
    if scope.sections and not new_place:
        kept = replace(before.scope, sections=scope.sections, absent=())
    own = CONNECTIVE.sub("", query.topic).strip()
    about = _ABOUT.search(before.topic) if _ABOUT.match(own) else None
    topic, added = _topic(query, own, before)
    place = ", ".join(kept.unknown or kept.municipalities)
    standalone = f"{topic} ({place})" if place else topic
    if not new_place and topic.startswith(before.topic.rstrip("?!. ")):  # the earlier question, with its names
        said = CONNECTIVE.sub("", query.question).strip() if scope.sections else own
        told = bool(said) and (bool(stems(said)) or topic != before.topic)
        standalone = f"{before.standalone.rstrip('?!. ')}, {said}" if told else before.standalone
    if about is not None and not new_place and (spoken := _ABOUT.search(before.standalone)):
        standalone = f"{before.standalone[: spoken.start()]}{own}"
    elif not new_place and (other := _other_group(own, before.standalone)):
        standalone = other
    if new_place and place and not content(own):  # "En Purmerend?": the same question about another place
        standalone = _elsewhere(before, place) or standalone
    short = len(words(query.question)) <= 3
    language = before.language if short else query.language
    return replace(query, standalone=standalone, language=language, scope=kept, topic=topic, added=added)


def _topic(query: Query, own: str, before: Query) -> tuple[str, str]:
    """What a follow-up and the question before it are about together, and what the follow-up adds of its own."""
    about = _ABOUT.search(before.topic) if _ABOUT.match(own) else None
    if replaced := _in_its_place(own, before.topic) or _other_group(own, before.topic):
        return replaced, ""
    if not content(own):
        asks = bool((asked_kinds(own) & HELD.keys()) - asked_kinds(before.topic))  # "Waarom?", "Sinds wanneer?"
        asks |= bool(_HOW.match(own))  # "Wie doet dat?"
        return (f"{before.topic.rstrip('?!. ')}, {own}" if asks else before.topic), ""
    if about is not None:  # "Wat zegt … over preventie?", "En over eenzaamheid?"
        return f"{before.topic[: about.start()]}{own}", ""
    if subject_of(own) != own or _asks_of_place(own) or _asks_itself(own) or _begins_anew(query, own, before):
        return own[:1].upper() + own[1:], ""  # "En wie is een mentor?", "Noemen ze ook …?": another topic, same place
    return f"{before.topic.rstrip('?!. ')}, {own}", own


def _other_group(own: str, said: str) -> str | None:
    """A question about a group of people with another group in its place: "… over mantelzorgers?", "en ouderen?"."""
    spoken = _ABOUT.search(said)
    if spoken is None or not (_GROUP.fullmatch(own) and _GROUP.fullmatch(said, spoken.end())):
        return None
    return f"{said[: spoken.end()]}{own}"


def _without_aside(before: Query, own: str) -> Query:
    """The question before without what it added itself, where the next asks something else of the same subject.

    "Wat is Waakvlam, wat kost het?" before "wie mag er komen?", and "…, voor ouders?" before "en voor kinderen?".
    """
    asks, asked = (bool(_ASKS.match(text) or VERB.match(text)) for text in (own, before.added))
    leant = refers_back(before.added) or breaks_off(before.added)
    aside = asked and leant and bool(asked_kinds(before.added) & HELD.keys())
    if not (before.added and (aside if asks else not asked and bool(_PHRASE.match(own)))):
        return before
    topic, standalone = (text.removesuffix(f", {before.added}") for text in (before.topic, before.standalone))
    return replace(before, topic=topic, standalone=standalone, added="")


def _asks_of_place(own: str) -> bool:
    """Whether only "they" stands for something: "wat verwachten ze van burgers?", not "how will they do it?"."""
    return bool(_THEY_HOLD.match(own)) and not refers_back(re.sub(r"\b(?:ze|zij|they)\b", " ", own, flags=re.I))


def _asks_itself(own: str) -> bool:
    """Whether a question with its own question word stands for nothing outside it."""
    leans = refers_back(own) or PRONOUN_HET.match(own) or points_at_one(own) or breaks_off(own) or asks_attribute(own)
    return bool(WHOLE.match(own)) and not leans


def _begins_anew(query: Query, own: str, before: Query) -> bool:
    """Whether a follow-up names its own subject, beside the place that it keeps.

    That is what it says first ("bedrijven, wat wordt daarvan verwacht?"), what it has just heard of, or what a
    correction asks ("nee, ik bedoel de pas, wie krijgt die?").
    """
    heard = just_heard(own)
    if heard is not None and not set(stems(heard)) & set(stems(before.topic)):
        return True
    corrects = corrected(query.question) is not None and bool(_ASKED_OF.search(own))
    return names_subject(own) or corrects


def compared(query: Query, earlier: Sequence[Query]) -> Query | None:
    """A question that sets two places of a conversation side by side: "wat is het verschil?", "how does X compare?".

    `earlier` are the questions before it, each made whole. None where it asks for nothing of the kind.
    """
    scopes = [q.scope for q in earlier if q.scope.named and q.scope.municipalities]
    if query.scope.named and _SET_BESIDE.search(query.question) and refers_back(query.question):
        scopes.append(query.scope)
    elif not DIFFERENCE.match(query.question):
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
