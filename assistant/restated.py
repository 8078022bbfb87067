"""What a question means instead ("nee, ik bedoel …"), or asks in plainer words ("en als het om werk gaat?")."""

from __future__ import annotations

import re

from assistant.framing import meaning_asked

_OOPS = r"(?:(?:nee|no|o|oh|ho|oeps|oops|wacht|wait|sorry|pardon)\b[ ,.!]*)"
_MEANT = (
    r"(?:ik bedoel(?:de)?(?: (?:eigenlijk|juist|vooral|dus))?|i (?:actually |really )?meant?|"
    r"(?:dat|het) moe(?:s)?t|(?:that|it) should (?:be|have been)|make that)\b[ ,]*"
)
_CORRECTION = re.compile(rf"^{_OOPS}*{_MEANT}|^(?:nee|no)\b\s*[,.!:;–-]+\s*", re.I)
_INVERTED = re.compile(
    rf"^{_OOPS}*(?P<meant>.+?),? (?:bedoel(?:de)? ik|i mean(?:t)?)\b[ ,.!]*(?:(?:geen|niet|not) .*)?$", re.I
)
_CONCERNS = re.compile(
    r"^(?:(?:en|and|maar|but) )?"
    r"(?:(?:als|wanneer) het (?:om|over) (?P<nl>.+?) gaat|when it comes to (?P<en>.+?))[?. ]*$",
    re.I,
)
_TELLS = re.compile(r"(?:ik|(?P<en>i))\b", re.I)
_TO_BE = re.compile(r" zijn(?= *(?:[.!?]|$))", re.I)
_NOT_THAT = re.compile(r"[, ]+(?:en )?(?:niet|not|instead of|in plaats van)\b.*$", re.I)
_NOT_BUT = re.compile(r"^(?:niet|not)\b.*?\b(?:maar|but)\b", re.I)


def put_plainly(question: str) -> str:
    """A question without the words that only lead to its subject: "En als het om werk gaat?" is "En werk?"."""
    told = _TELLS.match(question)
    if told and (term := meaning_asked(question)):
        return f"What is {term}?" if told["en"] else f"Wat is {term}?"
    match = _CONCERNS.match(question)
    return f"En {match['nl']}?" if match and match["nl"] else f"And {match['en']}?" if match else question


def corrected(question: str) -> str | None:
    """What is meant instead, of a correction ("nee, ik bedoel X, niet Y"); None for any other question."""
    if inverted := _INVERTED.match(question):  # "Purmerend bedoel ik, niet Geertruidenberg"
        return inverted["meant"]
    match = _CORRECTION.match(question)
    if match is None:
        return None
    meant = _NOT_BUT.sub("", question[match.end() :].strip()).strip()
    return _NOT_THAT.sub("", _TO_BE.sub("", meant, count=1)).strip()
