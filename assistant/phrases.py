"""What Kaderwijzer says in its own words, around the words of the documents; one catalogue per language."""

from __future__ import annotations

import re

from assistant.language import Language

PHRASES: dict[str, dict[Language, str]] = {
    "found": {
        "nl": "Dit staat hierover in {where}:",
        "en": "This is what {where} says (quotes in the original Dutch):",
    },
    "found-several": {
        "nl": "Dit staat hierover in {count} documenten:",
        "en": "This is what {count} documents say (quotes in the original Dutch):",
    },
    "found-by-municipality": {
        "nl": "Dit staat hierover in {count} documenten, per gemeente:",
        "en": "This is what {count} documents say, by municipality (quotes in the original Dutch):",
    },
    "of": {"nl": "{title} van {municipality}", "en": "{title} of {municipality}"},
    "silent": {
        "nl": "Geen antwoord gevonden in: {names}.",
        "en": "No answer was found in: {names}.",
    },
    "unknown": {
        "nl": "Van {names} is geen document opgenomen. Wel opgenomen: {known}.",
        "en": "No document of {names} is indexed. Indexed are: {known}.",
    },
    "not-chosen": {
        "nl": "De documenten van {names} vallen buiten de keuze waarin nu wordt gezocht.",
        "en": "The documents of {names} lie outside the selection that is searched now.",
    },
    "no-answer": {
        "nl": "De doorzochte documenten geven hier geen antwoord op.",
        "en": "The documents that were searched do not answer this.",
    },
    "no-section": {
        "nl": "{where}: hierin komt {names} niet voor.",
        "en": "{where}: there is no {names} in it.",
    },
    "part-unsure": {
        "nl": "Of hiermee ook “{part}” is beantwoord, is niet zeker.",
        "en": "Whether this answers “{part}” as well is not certain.",
    },
    "proposed": {
        "nl": "Dit document is een voorstel. Of en wanneer het is vastgesteld, staat er niet in.",
        "en": "This document is a proposal. It does not say whether or when it was adopted.",
    },
    "task": {
        "nl": "Kaderwijzer zoekt op wat de documenten zeggen, met de vindplaats erbij; iets anders doet het niet.",
        "en": "Kaderwijzer looks up what the documents say, and where; it does nothing else.",
    },
    "thanks": {
        "nl": "Graag gedaan. Stel gerust een volgende vraag over de documenten.",
        "en": "You are welcome. Feel free to ask another question about the documents.",
    },
    "as-they-stand": {
        "nl": "Kaderwijzer geeft zinnen van de documenten zoals ze er staan, en vat ze niet samen. "
        "Vraag naar één onderdeel voor een korter antwoord.",
        "en": "Kaderwijzer gives sentences of the documents as they stand, and does not sum them up. "
        "Ask about one part for a shorter answer.",
    },
    "greeting": {
        "nl": "Kaderwijzer beantwoordt vragen over de opgenomen documenten en zegt bij elke zin waar die staat. "
        "Vraag bijvoorbeeld: “Wat staat er over preventie?”",
        "en": "Kaderwijzer answers questions about the indexed documents and says of each sentence where it stands. "
        "Ask for instance: “What do the frameworks say about prevention?”",
    },
    "goes-on": {
        "nl": "De lijst in {section} van {title} is langer dan hier past.",
        "en": "The list in {section} of {title} is longer than fits here.",
    },
    "searched": {"nl": "Doorzocht: {names}.", "en": "Searched: {names}."},
    "nearest": {"nl": "Het dichtst in de buurt komen:", "en": "The nearest sections are:"},
    "merged": {
        "nl": "Let op: de gemeente {name} is in {year} opgegaan in {successor}.",
        "en": "Note: the municipality of {name} became part of {successor} in {year}.",
    },
    "ended": {
        "nl": "Let op: de geldigheid van {title} eindigt op {day}.",
        "en": "Note: the validity of {title} ends on {day}.",
    },
    "succeeded": {
        "nl": "Let op: in plaats van {title} kwam {successor}.",
        "en": "Note: {title} was replaced by {successor}.",
    },
    "newer": {
        "nl": "Let op: er is een nieuwer document over hetzelfde als {title}: {newer}.",
        "en": "Note: there is a newer document about the same as {title}: {newer}.",
    },
    "amended": {
        "nl": "Let op: de raad heeft {title} met een amendement aangenomen; zie {section}.",
        "en": "Note: the council adopted {title} with an amendment; see {section}.",
    },
    "model-failed": {
        "nl": "Het taalmodel {model} gaf geen antwoord ({error}); dit is het antwoord in de woorden van het document.",
        "en": "The language model {model} did not answer ({error}); this is the answer in the document's own words.",
    },
}


def say(key: str, language: Language, **values: object) -> str:
    """A phrase of the catalogue with its values filled in."""
    return PHRASES[key][language].format(**values)


_MARKDOWN = re.compile(r"([\\`*_\[\]<>~$&])")
_LINE_START = re.compile(r"^(\s*(?:\d+(?=[.)])|(?=[-+=#|:])))", re.M)
_AUTOLINK = re.compile(r":(?=//)|(?<=www)\.|(?<=mailto):", re.I)


def as_markdown(text: str) -> str:
    """Document text that shows letter for letter in CommonMark and GFM: no markup, link, image or HTML of its own.

    A viewer that looks for addresses in the finished page may still make a bare address clickable.
    """
    escaped = _LINE_START.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", text))
    return _AUTOLINK.sub(lambda match: f"\\{match[0]}", escaped)
