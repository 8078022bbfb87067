"""Numerals: the words for numbers in Dutch and English, in their order."""

from __future__ import annotations

DUTCH = (
    "één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien"
).split()
ENGLISH = "one two three four five six seven eight nine ten eleven twelve".split()
"""From one on, as are those above."""
TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
"""In Dutch, from twenty on."""
DUTCH_ORDINALS = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()
ENGLISH_ORDINALS = "first second third fourth fifth sixth seventh eighth".split()
"""From the first on, as are those above."""
