"""The kinds of documents that there are, and the words that are a document's name or end one."""

from __future__ import annotations

import re

KINDS = (
    *"programmabegroting raadsvoorstel beleidsregel verordening kadernota beleidskader beleidsplan "
    "uitvoeringsprogramma uitvoeringsagenda uitvoeringsplan volkshuisvestingsprogramma veiligheidsplan "
    "subsidieregeling besluitenlijst handleiding visie nota wet".split(),
    "nadere regels",
)
"""Kinds of documents, each by the word that tells it in a title, the most specific first."""

DOCUMENT_WORD = re.compile(
    r"\w*(?:nota|kaders?|plan|programma|beleidsregels?|verordening|regeling|begroting|visie|voorstel|overeenkomst|"
    r"handleiding|handboek|wet|sjabloon|leidraad|reglement|convenant|statuut|notitie|strategie|agenda|akkoord|pact|"
    r"gids|protocol|rapport|verslag|richtlijn|contract|lijst|draaiboek|evaluatie|brief|standaard)"
)
"""A word for a document in lower case, or one that ends in such a word ("woonvisie").

Wider than `KINDS`: of most of these words we tell no kind apart, but any of them names a document.
"""


def names_kind(words: str) -> str | None:
    """The kind that a line in lower case names; the shortest words only where they end one ("woonvisie")."""
    return next((kind for kind in KINDS if re.search(kind + (r"(?![^\W_])" if len(kind) < 6 else ""), words)), None)
