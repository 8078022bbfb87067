"""Whether quotes say what a claim says: the check on every sentence that a chat model wrote.

A claim may leave things away. What it does say must stand in a sentence that it cites: the same denials, the same force
(may, must, can), the same bounds ("at most", "until", "some"), the same numbers beside what they are of, the same
offices, and nearly all of its other words. It is a shallow reading: who does what to whom among the nouns is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from assistant.counted import Counted, counted_in, counts_alike, plain_words
from assistant.figures import numbers_in
from ingest.sentences import sentence_spans
from vectorstore.lexical import words

_SUPPORT = 0.75  # share of a sentence's other words that what it cites must contain
_NEGATIONS = (
    r"(?<!al dan )niet(?! (?:alleen|enkel|slechts)\b.* ook\b)|geen|nooit|noch|niets|niemand|nergens|evenmin|zonder|"
    r"not(?! only\b.* (?:but|also)\b)|no|never|nor|none|cannot|without|\w+n't"
)
_FORCES: dict[str, str] = {
    "may": r"mag|mogen|may",
    "must": r"moet(?:en)?|moest(?:en)?|dien(?:t|en)(?! als\b)(?=.* te\b)|(?<!niet )verplicht|must|shall|"
    r"(?<!not )(?<!n't )ha(?:s|ve) to",
    "can": r"kan|kunnen|kon(?:den)?|can(?:not|'t)?|could(?:n't)?",
    "need": r"hoef(?:t|de|den)?|hoeven|(?<=niet )verplicht|need(?= not\b)|needn't|(?:(?<=not )|(?<=n't ))have to",
}
"""The words that make a sentence a rule: that it denies, and with what force it binds.

Of both languages, for a model may answer an English question in English; a Dutch quote then carries little more than
names, and never another rule.
"""
_OFFICES: dict[str, str] = {
    "college": r"(?:college van )?(?:burgemeester en wethouders|b en w|b w)|college|mayor and alderm[ae]n",
    "raad": r"(?:gemeente)?raad(?! (?:voor de kinderbescherming|van (?:state|toezicht|bestuur))\b)|"
    r"(?:municipal |city )?council",
    "burgemeester": r"burgemeester|mayor",
    "wethouder": r"wethouders?|alderm[ae]n",
    "gemeente": r"(?<!in de )(?<!binnen de )(?<!in onze )(?<!binnen onze )gemeente|municipality",  # that is a place
}
_OBLIQUE = r"(?:aan|bij|met|na|namens|onder|op|over|tot|uit|van|via|voor|of|to|with|from|for|after)"
"""An office behind one of these is not the one that acts: "na advies van de raad"."""
_ASIDE = re.compile(
    r"(?<![\w-])(?:tenzij|mits|indien|wanneer|zodra|zolang|omdat|doordat|aangezien|hoewel|terwijl|zodat|opdat|voordat|"
    r"nadat|totdat|waar(?:bij|in|voor|door|mee|aan|op|van|uit|na)?|zonder dat|"
    r"(?<=, )(?:zonder|dat|die|wat|wie|without|which|who)|"
    r"als(?= (?:de|het|een|er|dit|deze|die|zij|ze|u|je|hij|blijkt|sprake)\b)|om(?=[^,;]* te\b)|"
    r"unless|provided|if|when|because|although|while|so that)\b[^,;()]*|"
    r"^[^,;]+(?=, dan\b)|\([^()\s]+(?:\s+[^()\s]+){2,}\)",
    re.I,
)
"""A part of a sentence that a claim may leave away, up to the next comma."""
_ENDS_DENYING = re.compile(r"\bniet\W*$", re.I)  # "… geldt in dat geval niet": said of the sentence, not of the aside
_JOINT = re.compile(
    r"((?<!burgemeester)(?<!\bB)(?:;\s*|,?\s+(?:en|maar|of|want|dus|and|but|or)\s+|,\s+(?=[^,;]+\bniet\W*$)))", re.I
)
_CONTRAST = re.compile(r"^(?:niet|geen)\b|\bniet\W*$", re.I)
_SEGMENT = re.compile(r";\s*|,\s+|(?<!burgemeester)(?<!\bB)\s+(?:en|maar|of|and|but|or)\s+", re.I)
_WE = re.compile(r"\b(?:wij|we)\b", re.I)
_OUR = re.compile(r"\bon(?:s|ze)\b(?! gemeente)", re.I)
_NAMED = re.compile(r"\b[Gg]emeente ([A-ZÀ-Ý][\w’'-]+)")

_Marks = frozenset[tuple[str, str]]
"""What a text says, as pairs of a class ("word", "number", "agent", "office", "negation", "force") and what is said."""


def is_supported(claim: str, quotes: str) -> bool:
    """Whether quotes carry each sentence of a claim: one of theirs does, or one for each thing that it enumerates.

    A claim may leave out part of a sentence. Of what it does say, denial and force must be the sentence's, its numbers
    and offices must stand there, and of its other words nearly all.
    """
    claim, quotes = normalize("NFC", claim), normalize("NFC", quotes)
    named = [m[1] for m in _NAMED.finditer(claim) if re.search(rf"(?<!gemeente )(?<!van ){re.escape(m[1])}\b", quotes)]
    for name in named:  # "Zandwijk wil" and "de gemeente Zandwijk wil" are one
        claim = re.sub(rf"\b[Gg]emeente {re.escape(name)}", name, claim)
    claim = _WE.sub("de gemeente", claim)
    quotes = _OUR.sub("van de gemeente", _WE.sub("de gemeente", quotes))
    cited = [_Sentence(_parts(quotes[a:b]), counted_in(quotes[a:b])) for a, b in sentence_spans(quotes)]
    return all(_is_carried(claim[start:end], cited) for start, end in sentence_spans(claim))


def _is_carried(text: str, cited: Sequence[_Sentence]) -> bool:
    """Whether one of the sentences cited carries a sentence, or for each thing that it enumerates one of them."""
    said = _Sentence(_parts(text), counted_in(text))
    if any(_carries(sentence, said) for sentence in cited):
        return True
    segments = _segments(text)
    return len(segments) > 1 and all(any(_carries(sentence, s) for sentence in cited) for s in segments)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence by its clauses, and by its pieces as far as each says a number of its own."""

    parts: list[_Part]
    counted: list[Counted]


@dataclass(frozen=True, slots=True)
class _Part:
    """A main clause, or an aside of one; `whole` is what an aside says together with its main clause."""

    own: _Marks
    whole: _Marks
    aside: bool = False


def _carries(sentence: _Sentence, said: _Sentence) -> bool:
    """Whether a sentence says all that the parts of a claim say, denies no less, and bounds it no otherwise."""
    if said == sentence:
        return True
    if _denials(said.parts) > _denials(sentence.parts):
        return False
    if not all(counts_alike(piece, sentence.counted) for piece in said.counted):
        return False
    total, there = 0, 0
    known: _Marks = frozenset()
    for part in said.parts:
        found = _held(part, sentence.parts, known if part.aside else frozenset())
        if found is None:
            return False
        known |= found
        total, there = total + len(_only(part.own, "word")), there + len(_only(found, "word"))
    return total > 0 and there / total >= _SUPPORT


def _denials(parts: Sequence[_Part]) -> int:
    return sum(int(value) for part in parts for kind, value in part.own if kind == "negation")


def _held(part: _Part, sentence: Sequence[_Part], known: _Marks) -> _Marks | None:
    """What a sentence holds of a part of a claim; None where it says it of another office or number, or otherwise.

    Looked at are the clauses that the part draws on: those that hold its words, the fullest first. `known` was found
    already and draws on nothing. A clause that is no rule itself lends nothing to a claim that is one.
    """
    rule = _rule(part.own)
    clauses = [(p.own, p.own if part.aside else p.whole) for p in sentence]
    clauses = [clause for clause in clauses if not rule or _rule(clause[1])]
    sought = _only(part.own, "word", "number", "agent", "office")
    needed = sought & known.union(*(own for own, _ in clauses))
    found = needed & known
    if rule and not any(_rule(clause) == rule for _, clause in clauses):
        return None
    while rest := needed - found:
        own, clause = max(clauses, key=lambda c: (len(rest & c[0]), len(part.own & c[1])))
        if _rule(clause) != rule or _other_acts(clause, part.own):
            return None
        found |= needed & own
    enough = not rule or 2 * len(_only(found, "word")) >= len(_only(sought, "word"))
    return found if enough and _only(sought, "number", "agent", "office") <= found else None


def _other_acts(clause: _Marks, said: _Marks) -> bool:
    """Whether both name who acts, and not the same."""
    agents, acting = _only(said, "agent"), _only(clause, "agent")
    return bool(agents and acting and not agents & acting)


def _only(marks: _Marks, *kinds: str) -> _Marks:
    return frozenset(mark for mark in marks if mark[0] in kinds)


def _rule(marks: _Marks) -> _Marks:
    """How often it denies, for "niet … zonder" is not "zonder", and its force; empty where it is no rule."""
    return _only(marks, "negation", "force")


def _parts(sentence: str) -> list[_Part]:
    """The clauses of a sentence: every main clause without its asides, then these."""
    parts = []
    for clause in _clauses(sentence):
        asides = [m[0] for m in _ASIDE.finditer(clause) if not _ENDS_DENYING.search(m[0])]
        core = clause
        for aside in asides:
            core = core.replace(aside, " ", 1)
        if not _only(_marks(core), "word"):  # "het gaat er niet om, dat …" says nothing by itself
            core, asides = clause, []
        parts.append(_Part(_marks(core), _marks(core)))
        parts.extend(_Part(_marks(aside), _marks(f"{core} {aside}"), aside=True) for aside in asides)
    return parts


def _clauses(sentence: str) -> list[str]:
    """The main clauses of a sentence: what "en" joins is one where it denies, binds, or names an office by itself.

    One that begins with "mag" or "moet" has the subject of the one before.
    """
    first, *more = _JOINT.split(sentence)
    clauses = [first]
    for joint, piece in zip(more[::2], more[1::2], strict=True):
        if not _stands_apart(piece, joint, _marks(clauses[-1])):
            clauses[-1] += joint + piece
        elif _any_of(*_FORCES.values()).match(piece):
            clauses.append(f"{_any_of(_NEGATIONS, *_FORCES.values()).split(clauses[-1], maxsplit=1)[0]} {piece}")
        else:
            clauses.append(piece)
    return clauses


def _stands_apart(piece: str, joint: str, before: _Marks) -> bool:
    """Whether what follows "en" is a clause of its own; in "18 jaar of ouder mogen" it is not.

    What stands before must then name an office, deny or bind too, unless it is set against it: "…, maar wonen niet".
    """
    own = _only(_marks(piece.partition(",")[0]), "negation", "force", "agent")
    if not (own and _only(_marks(piece), "word") and _only(before, "word")):
        return False
    contrast = joint.strip(" ,") in ("maar", "but") or _CONTRAST.search(piece)
    return bool((contrast and len(before) > 1) or _only(before, "negation", "force", "agent"))


def _segments(claim: str) -> list[_Sentence]:
    """The things that a claim enumerates, each with the rule and the office that it shares with the one before."""
    pieces: list[str] = []
    for piece in _SEGMENT.split(claim):
        if pieces and len(_only(_marks(piece), "word")) < 2:
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    segments: list[_Sentence] = []
    shared: _Marks = frozenset()
    for piece, marks in zip(pieces, map(_marks, pieces), strict=True):
        ruled = _only(marks, "negation", "force", "agent", "office")
        shared = ruled or shared
        segments.append(_Sentence([_Part(marks | shared, marks | shared)], counted_in(piece)))
    return segments


def _marks(text: str) -> _Marks:
    """What a text says, class by class; see `_Marks`."""
    plain = " ".join(words(text)).replace("’", "'")
    marks = {("force", force) for force, pattern in _FORCES.items() if _any_of(pattern).search(plain)}
    if denied := len(_any_of(_NEGATIONS).findall(plain)):
        marks.add(("negation", str(denied)))
    for match in _office().finditer(plain):
        marks.add(("office", str(match.lastgroup)))
        if not match["oblique"]:
            marks.add(("agent", str(match.lastgroup)))
    rest = _any_of(_NEGATIONS, *_FORCES.values()).sub(" ", _office().sub(" ", plain))
    numbers = {("number", said) for figure in numbers_in(text) for said in figure.said}
    return frozenset(marks | numbers | {("word", stem) for stem in plain_words(rest)})


@cache
def _any_of(*patterns: str) -> re.Pattern[str]:
    """A pattern of whole words that are one of several."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.I)


@cache
def _office() -> re.Pattern[str]:
    """A pattern of an office, the group of its name, and what stands before it where it does not act."""
    names = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _OFFICES.items())
    return re.compile(rf"(?P<oblique>\b{_OBLIQUE} (?:(?:de|het|een|onze|ons|deze|the|our|a) )?)?\b(?:{names})\b")
