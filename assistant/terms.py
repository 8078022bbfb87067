"""What a question asks about, term by term, and how much of it a text holds.

A term is a word of the question, or a phrase that the glossary knows, with the ways in which Dutch documents may put
it. Everything lexical speaks of these terms: the search, the order of the hits, the choice of sentences, the judgement
whether the documents answer at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.document_words import is_document_word
from assistant.glossary import dutch_terms
from assistant.language import Language
from assistant.query import Query
from assistant.separable import reunited
from vectorstore.lexical import LexicalIndex, Term, Way, stems, stop_words, words

SYNONYM = 0.6
"""What a synonym counts for, where the question's own word counts for one."""

PART = 0.5
"""What a part of an asked compound counts for: "familie" where "familiegroepsplan" was asked."""

HEADED = 0.5
"""What a term counts for in a sentence whose heading says it as well."""

EARLIER = 0.25
"""What a term of an earlier question counts for in a follow-up."""

_ASKING = frozenset(
    "verstaat verstaan bedoelt bedoeld bedoelen betekent betekenen betekenis definitie definieert mean means meant "
    "meaning definition define defined verschil verschillen verschilt vergelijk vergelijken vergelijking betreft "
    "vergeleken difference differences differ compare comparison regarding genoemd genoemde noemen noemt vermeld "
    "vermelden mentioned mentions stand stands precies exact exactly precisely specifically name "
    "horen hoort behoren behoort belong belongs verhoudt verhouden compared thing opsommen deadline uiterste "
    "uiterlijk aandeel percentage aantal proportion share figure figures cijfers rate rates "
    "bestaat bestaan bestond exist exists existed omschrijven omschrijft omschreven omschrijving beschrijven "
    "beschrijft beschreven beschrijving describe describes described description explain explains explained "
    "inhouden uitzien".split()
)
"""Words for what a term means, for setting one text beside another, for a number, and for saying something at all."""
_MEASURED = re.compile(
    r"(?<=\bhoe )(?:groot|hoog|laag|lang|oud|vaak|ver|breed)\b|(?<=\bhow )(?:large|big|high|low|long|old|often|far)\b"
    r"|(?<=\bwelk )jaar\b|(?<=\bwelke )(?:datum|dag|maand|periode)\b|\b(?:what|which) (?:year|date|day|month)\b"
    r"|\b(?:ouder|jonger|meer|minder|hoger|lager|langer|korter|groter|kleiner|older|younger|more|less|fewer|higher|lower|"
    r"longer|larger)(?= (?:dan|than)\b)",
    re.I,
)
"""What only asks for a measure, or compares with one: "hoe groot is …", "ouder dan 75"."""
_PLAIN = 0.3  # of a word that only carries the sentence: "kun", "krijgt", "get"
_UNTRANSLATED = 0.4  # an English word that nobody knows: a foreign topic, or an ordinary word without a translation


@cache
def plain_words() -> frozenset[str]:
    """Dutch and English words that tell little of a subject; see `assistant/plain_words.txt`."""
    lines = files("assistant").joinpath("plain_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def terms_of(query: Query, *, glossary: bool = True) -> tuple[Term, ...]:
    """The terms of a query; in a follow-up, those of the questions before it count for less than its own."""
    terms = asked_terms(query.topic or query.standalone, query.language, glossary=glossary)
    own = set(words(reunited(query.added)))
    return tuple(term if not own or own & set(words(term.said)) else replace(term, share=EARLIER) for term in terms)


def asked_terms(topic: str, language: Language, *, glossary: bool = True) -> tuple[Term, ...]:
    """The terms of a topic in order, without function words.

    Words for the document itself ("wat zegt het beleidskader over …"), for what a word means ("wat verstaat … onder …")
    and for comparing ("het verschil tussen …") are left out as long as others remain.
    """
    topic = reunited(topic) if language == "nl" else topic
    found = _terms(_MEASURED.sub(" ", topic), language, glossary) or _terms(topic, language, glossary)
    telling = tuple(term for term in found if not (is_document_word(term.said) or _only_asks(term.said)))
    return telling or found


def _only_asks(said: str) -> bool:
    """Whether every word of a term is one for asking: "verschil", "compare with"."""
    return all(word in _ASKING or word in stop_words() for word in words(said))


def _terms(topic: str, language: Language, glossary: bool) -> tuple[Term, ...]:
    found: dict[str, Term] = {}
    known = dutch_terms(topic, language) if glossary else []
    rest = asked = f" {' '.join(words(topic))} "
    for said, dutch in known:
        rest = rest.replace(f" {said} ", " ", 1)
        own = _ways([said])
        equivalents = [way for way in _ways(dutch) if way not in own]
        found[said] = Term(said, own, tuple(equivalents)) if language == "nl" else Term(said, (*equivalents, *own), ())
    for word in rest.split():
        if word not in found and (way := tuple(stems(word))):
            found[word] = Term(word, (way,), ())
    in_order = sorted(found.values(), key=lambda term: asked.index(f" {term.said} "))
    return tuple(term for term in in_order if term.ways or term.synonyms)


def _ways(phrases: Iterable[str]) -> tuple[Way, ...]:
    return tuple(dict.fromkeys(way for phrase in phrases if (way := tuple(dict.fromkeys(stems(phrase))))))


@dataclass(frozen=True, slots=True)
class Held:
    """How much of what was asked a text holds, as shares of the weight of all terms, 0 to 1.

    `words` counts the question's own words (of an English question: their translations), `synonyms` what the other
    ways of putting them add to that.
    """

    words: float
    synonyms: float


class Asked:
    """The terms of one question, weighed by an index, to be looked for in many texts."""

    def __init__(self, terms: Sequence[Term], language: Language, lexical: LexicalIndex) -> None:
        self.terms = tuple(terms)
        told = not all(is_plain(term) for term in terms)
        self.weights = tuple(
            term.share * (_PLAIN if told and is_plain(term) else 1.0) * _weight(term, language, lexical)
            for term in terms
        )
        self._total = sum(self.weights)
        self._meant: dict[str, dict[str, float]] = {}  # of a stem in a text, how far it puts stems of the question
        self._ways: dict[
            str, list[tuple[int, bool, Way]]
        ] = {}  # of a stem, the ways that it is in: of which term, its own
        for place, term in enumerate(terms):
            for own, ways in ((True, term.ways), (False, term.synonyms)):
                for way in ways:
                    for stem in set(way):
                        self._ways.setdefault(stem, []).append((place, own, way))
        for stem in self._ways:
            for relative in lexical.relatives(stem):
                part = relative != stem and stem.startswith(relative)
                self._meant.setdefault(relative, {})[stem] = PART if part else 1.0
        self._language, self._lexical = language, lexical
        self._known: dict[frozenset[str], list[tuple[float, float]]] = {}  # many texts hold the same of a question

    def only(self, said: str) -> Asked:
        """The terms of these that a part of the question says."""
        own = set(words(reunited(said)))
        return Asked([t for t in self.terms if own & set(words(t.said))], self._language, self._lexical)

    def held(self, there: Set[str]) -> Held:
        """The shares of what is asked that a text with these stems holds."""
        if not self._total:
            return Held(0.0, 0.0)
        own, synonyms = 0.0, 0.0
        for _, weight, exact, other in self._shares(there):
            own += weight * exact
            synonyms += weight * max(other - exact, 0.0)
        return Held(own / self._total, synonyms / self._total)

    def worth(self, there: Set[str], above: Set[str] = frozenset()) -> float:
        """The weight of the terms that a text with these stems holds; synonyms count for less.

        What the heading `above` it says as well counts for `HEADED` of its weight: it tells no sentence from another.
        """
        said = {term.said for term, _, exact, other in self._shares(above) if max(exact, other) > 0.5} if above else ()
        return sum(
            weight * max(exact, SYNONYM * other) * (HEADED if term.said in said else 1.0)
            for term, weight, exact, other in self._shares(there)
        )

    def missing(self, there: Set[str]) -> list[tuple[Term, float]]:
        """The terms, with their weights, of which a text with these stems holds nothing."""
        return [(term, weight) for term, weight, exact, other in self._shares(there) if not exact and not other]

    def _shares(self, there: Set[str]) -> Iterable[tuple[Term, float, float, float]]:
        """Each term with its weight and the largest share that a text holds of one of its ways, and of its synonyms."""
        said = frozenset(there & self._meant.keys())
        if said not in self._known:
            self._known[said] = self._shares_of(said)
        for term, weight, (exact, other) in zip(self.terms, self.weights, self._known[said], strict=True):
            yield term, weight, exact, other

    def _shares_of(self, said: frozenset[str]) -> list[tuple[float, float]]:
        present: dict[str, float] = {}
        for relative in said:
            for stem, share in self._meant[relative].items():
                present[stem] = max(share, present.get(stem, 0.0))
        exact, other = ([0.0] * len(self.terms) for _ in range(2))
        for place, own, way in {held for stem in present for held in self._ways[stem]}:
            best = exact if own else other
            best[place] = max(best[place], sum(present.get(stem, 0.0) for stem in way) / len(way))
        return list(zip(exact, other, strict=True))


def is_plain(term: Term) -> bool:
    """Whether a term only carries the sentence that it stands in."""
    return all(word in plain_words() for word in words(term.said))


def _weight(term: Term, language: Language, lexical: LexicalIndex) -> float:
    """How much a term tells: the least that one of its ways tells, and of a way the most that one of its stems does."""
    ways = term.ways or term.synonyms
    least = min(max(lexical.weight(stem) for stem in way) for way in ways)
    occurs = any(stem in lexical.vocabulary for way in ways for stem in way)
    translated = len(ways) > 1 or any(c.isdigit() for c in term.said)
    return least if language == "nl" or occurs or translated else least * _UNTRANSLATED
