"""Sentence boundaries in Dutch policy prose.

Rules rather than a model: the texts are formal, and a boundary must be the same on every machine. A full stop ends
a sentence unless it follows an abbreviation, an initial or a number that counts ("art. 3", "drs. K.M.C.", "1.").
"""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "a.o a.u.b art artt b.v bijv blz bv ca c.q cq d.d dd d.m.v dhr dr drs ds e.a e.d e.e.a enz etc evt excl fig "
    "gem hfst i.c i.h.k.v i.o i.p.v i.v.m incl ing ir jl jr lid m.a.w m.b.t m.b.v m.i.v m.n m.u.v max mevr min "
    "mln mr mrd mw n.a.v n.v.t nl no nr nrs o.a o.b.v o.g.v o.i.d o.l.v p p.j p.m pag par prof resp sr st t.a.v "
    "t.b.v t.g.v t.m t.o.v t.w tel u.a vgl vnl z.g z.s.m zgn".split()
)
_MAY_END = frozenset("etc enz e.a e.d e.e.a lid max min".split())
"""Abbreviations that a sentence may end with: it does when a capital follows."""
_ADDRESS = re.compile(r"(?:https?://|www\b)\S*$", re.I)
_END = re.compile(r"[.!?…]+[\"'’”)\]⁰¹²³⁴-⁹]*(?=\s|$)|(?<=[a-zà-ÿ)])[.!?](?=[A-ZÀ-Ý][a-zà-ÿ])|\n")
_WORD_BEFORE = re.compile(r"(\S+)$")
_IN_PIECES = r"\d{1,3}[a-z]?(?:\.[ \xa0]?\d{1,3}[a-z]?)+"
_REFERENCE = re.compile(
    rf"(?:\b(?:artikel(?:en|s)?|artt?\.?|lid|leden|paragra(?:af|fen)|par\.|hoofdstuk|bijlage|onderdeel)|§|R\. ?o\.)"
    rf"[ \xa0]{{1,2}}{_IN_PIECES}(?:(?:,| en| of| t/m| tot en met)[ \xa0]{_IN_PIECES})*",
    re.I,
)
"""A reference whose number was set with spaces: "artikel 1. 1. 1", "de artikelen 2. 3 en 2. 9"."""
_LETTERED = re.compile(
    r"(?:\bbijlagen?|appendix|label|categorie(?:ën)?|onderde(?:el|len)|variant(?:en)?|scenario(?:'s)?|klassen?|types?|"
    r"groep(?:en)?|opties?|model(?:len)?|tabel(?:len)?|figu(?:ur|ren)|letters?|zones?|programma|spoor|pijler|profiel|"
    r"tranche|rubriek|hepatitis|vitamine|\bwijk|\bblok)[ \xa0](?:[A-Z](?:, | en | of | t/m | tot en met |/))*[A-Z]$",
    re.I,
)
"""What is named by a letter at the end of a sentence: "energielabel B", "de bijlagen A en B"; no initial of a name."""
_CAPTION = re.compile(r"(?:tabel|figuur|afbeelding|grafiek|kaart|foto|diagram|bijlage)[ \xa0]\d{1,3}[a-z]?$", re.I)
"""The number in front of a caption, which is no sentence without it."""

HEADWORD = re.compile(
    r"(?P<term>[A-ZÀ-Ý][^\s:.;?!|]*(?: [^\s:.;?!|]+){0,3})\. "
    r"(?=(?:Een|Het|De|Iemand|Inwoners?|Degenen?|Alle|Alles|Wie|Wat)\b)"
)
"""A term with a full stop before what it means, as a list of terms may put it: "Werkblad. Het overzicht van …"."""


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, without the white space between them; a newline always ends one."""
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    references = [match.span() for match in _REFERENCE.finditer(text, start, end)]
    for match in _END.finditer(text, start, end):
        if any(first <= match.start() < last for first, last in references):
            continue
        if match[0] != "\n" and not _ends_sentence(text, begin, match.start(), match.end(), end):
            continue
        _add(spans, text, begin, match.end())
        begin = match.end()
    _add(spans, text, begin, end)
    return spans


def sentence_around(text: str, start: int, end: int, at: int) -> tuple[int, int]:
    """The sentence of `text[start:end]` that holds the character at `at`; all of it when none does."""
    return next((span for span in sentence_spans(text, start, end) if span[0] <= at < span[1]), (start, end))


def _add(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        spans.append((begin + left, begin + left + len(stripped)))


def _ends_sentence(text: str, begin: int, stop: int, after: int, end: int) -> bool:
    following = text[after:end].lstrip()[:1]
    word = _WORD_BEFORE.search(text, begin, stop)
    if word and not text[after : after + 1].isspace() and _ADDRESS.match(word[1]) and after < end:
        return False
    if text[stop] != ".":
        return not following.islower()
    before = word[1].lower().strip("('\"‘“") if word else ""
    if before in _MAY_END:
        return following.isupper()
    if following.isupper() and word and len(word[1]) == 1 and _LETTERED.search(text, begin, stop):
        return True
    if before in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)*[a-z]", before):
        return False
    if _CAPTION.fullmatch(text[begin:stop].strip()):
        return False
    if before.isdigit() and word and word.start() == begin + len(text[begin:stop]) - len(text[begin:stop].lstrip()):
        return False  # "1." at the beginning is a marker, not a sentence
    return not following.islower()
