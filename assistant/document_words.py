"""The words by which people call documents: which name one, which name any, and which may stand for another.

These lists look alike and each answers another question; they stand together so that who changes one sees the others.
A word that names or ends the name of a document, whoever says it, is `ingest.document_kinds.DOCUMENT_WORD`.
"""

from __future__ import annotations

import re

from vectorstore.lexical import words

NAMED_KINDS = frozenset("programmabegroting raadsvoorstel beleidsregel verordening kadernota beleidsplan".split())
"""Kinds (`ingest.document_kinds.KINDS`) of which a document is called by the word alone: "de kadernota"."""
PLACED_KINDS = NAMED_KINDS | {"beleidskader"}
"""The same beside the name of a municipality: "het beleidskader van Purmerend"; without one it is any document."""
WORDS_FOR_KIND = {
    "programmabegroting": "begroting budget",
    "raadsvoorstel": "voorstel proposal",
    "kadernota": "nota note memorandum",
    "beleidskader": "kader framework",
    "verordening": "regeling bylaw law ordinance",
    "wet": "act law",
}
"""Other words for a kind of document, where nothing else can be meant."""
WORDS_FOR_ENDING = {
    "kader": "kader framework",
    "visie": "visie vision",
    "nota": "nota memorandum",
    "plan": "plan",
    "programma": "programma programme program",
    "verordening": "verordening bylaw ordinance",
    "begroting": "begroting budget",
    "beleidsregels": "beleidsregels",
    "regeling": "regeling",
}
"""Ends of words in titles, each with what may be said for all that end so, of whatever kind: "het nieuwe kader".

Of titles and not of kinds, for the versions of one document may be of several: a framework, and the proposal of it.
"""
TELLING_WORD = re.compile(
    r"\w*(?:nota|kader|plan|beleidsregel|verordening|begroting|visie|raadsvoorstel|overeenkomst|handleiding|wet|"
    r"sjabloon|leidraad|reglement|convenant|statuut)$"
    r"|\w{4,}(?:lijst|standaard|contract|protocol|verslag|rapport|richtlijn|akkoord|regeling|agenda)$"
)
"""A word of a title that calls each document with it, but for those of `TOLD_OF_ANY`.

Narrower than `DOCUMENT_WORD`, by which only a word that a single title has calls a document (`assistant.titles`): "het
programma" and "de evaluatie" are in many titles, and mean more than documents.
"""
TOLD_OF_ANY = frozenset("nota kader plan visie wet beleidskader beleidsplan".split())
"""Words that match `TELLING_WORD` and are said of any document."""
SHARED_WORDS = frozenset(
    "nota kader kaders plan wet beleidskader beleidsplan programma visie regeling begroting voorstel overeenkomst "
    "handleiding handboek notitie strategie agenda akkoord rapport verslag richtlijn contract lijst brief beleid "
    "beleidsregels beleidsnota document raadsvoorstel verordening algemeen strategische standaard protocol gids "
    "gemeente gemeenten".split()
)
"""Words of titles that tell none from another, though only one of those indexed may have them."""
WORDS_BEFORE_TITLE = frozenset(
    "nota kader plan beleid document stuk visie notitie programma kadernota beleidsnota beleidskader".split()
)
"""Words that may stand before the title of any document: "de nota Mobiliteit"."""
DOCUMENTS = r"(?:beleids)?(?:documenten|stukken|kaders|nota['’]s)"
"""A pattern of what several documents are called together."""
_ASKED = frozenset(
    "beleidskader beleidskaders kader kaders kadernota beleidsnota nota notas document documenten beleidsstuk stuk "
    "raadsvoorstel programmabegroting beleidsplan stukken beleidsstukken tekst teksten framework frameworks "
    "documents memorandum policy paper papers".split()
)
"""Words for the document that is asked, in either language; a "visie" or a "programma" may be what it is asked for."""


def is_document_word(term: str) -> bool:
    """Whether every word of a term only names the document that is asked, such as "beleidskader" or "framework"."""
    return all(word in _ASKED for word in words(term))
