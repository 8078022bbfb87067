"""The words by which Dutch policy documents show the way: in headings, and in sentences about themselves."""

from __future__ import annotations

import re

PURPOSE = re.compile(
    r"\b(?:inleiding|introductie|voorwoord|aanleiding|waarom|samenvatting|samengevat|doel(?!\s*\d)|doelstelling|"
    r"strekking|toepassing(?:sgebied|sbereik)?|reikwijdte|overwegingen|bedoeling)\b",
    re.I,
)
"""Headings of sections that say what a document is for; "Doel 1" is one of its goals."""

BARE_INTRODUCTION = re.compile(r"^\W*inleiding\W*$", re.I)

PRINCIPLES = re.compile(
    r"\b(?:\w*uitgangspunt(?:en)?|\w*principes?|kernwaarden?|waarden|pijlers?|leidraad|visie|ambities?|missie|"
    r"waar we voor (?:staan|gaan)|wat we (?:willen|nastreven)|\w*opgaven?|doel(?:en|stellingen)|doel \d+|speerpunten|"
    r"prioriteiten|aandachtsvelden|perspectieven)\b",
    re.I,
)
"""Headings of sections that state principles, a vision or goals."""

FIRM = re.compile(r"uitgangspunt|principe|kernwaarde|pijler", re.I)
"""Of those, the ones that state principles by name."""

ROLES = re.compile(
    r"\b(?:\w*rol|\w*rollen|taak|taken|\w*verantwoordelijk(?:heid|heden)?|wie doet wat|bevoegdhe(?:id|den)|college|"
    r"(?:gemeente)?raad|partners|partijen|betrokkenen|\w*regie|samenwerk(?:ing|en)|toezicht|mandaat|"
    r"verwacht(?:en|ing|ingen))\b",
    re.I,
)
"""Headings of sections about who does what."""

ABOUT_ITSELF = re.compile(
    r".{0,45}?\b(?:dit|deze|het doel van (?:dit|deze|het|de))\s+(?:\w+\s+){0,2}(?:beleidskader|kader|kadernota|"
    r"beleidsnota|nota|notitie|stuk|document|beleidsregels?|regeling|verordening|handleiding|overeenkomst|beleidsplan|"
    r"plan|agenda)\b",
    re.I,
)
"""How a sentence begins that speaks of the document itself."""

DESCRIBES = re.compile(
    r"\b(?:beschrijft|beschrijven|geeft|geven|bevat|regelt|gaat|geldt|gelden|bedoeld|doel|brengt|brengen|leest|lezen|"
    r"staat|biedt|richt|vormt|leggen|legt|zegt)\b",
    re.I,
)

_WHO = r"(?:college|gemeenteraad|raad|burgemeester|wethouders?|adviesraad|gemeente|partners|instellingen|organisaties)"
ACTS = re.compile(
    rf"\b{_WHO}\b[^.]{{0,60}}\b(?:verantwoordelijk|eindverantwoordelijk|(?<!het )(?<!een )(?<!dit )besluit|beslist|"
    r"stelt\b.*\bvast|ziet toe|houdt (?:\w+ )?toezicht|legt\b.*\bverantwoording|voert\b.*\b(?:uit|regie)|rapporteert|"
    r"informeert|regisseur)\b",
    re.I,
)
"""Sentences in which somebody decides, reports or is responsible."""
