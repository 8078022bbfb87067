"""Sentences that lean on the one before them, and are not quoted without it: "Dit betekent dat …"."""

from __future__ import annotations

import re

from assistant.quotable import Sentence
from ingest.document import Document

_EXPLAINS = re.compile(
    r"(?:dat wil zeggen|(?:dat|dit) (?:betekent|houdt in)|(?:daar|hier)(?:mee|onder) \w+ (?:we|wij))\b",
    re.I,
)
"""A sentence that says what the one before it means."""
_BACK = r"(?:daar|hier)(?:aan|bij|door|in|mee|na|naast|om|onder|op|over|toe|uit|van|voor)"
_LEANS = re.compile(
    rf"^(?:(?:dit|dat|deze|die|hij|zij|ze|ook|en|maar|want|of|dan|zo|dus|zonder|bovendien|echter|toch|tevens|{_BACK}|"
    r"vervolgens|immers|bijvoorbeeld|denk aan|zowel|met als|naast dat|niet alleen|soms|om zo|om dit|"
    r"allereerst|voorbeelden zijn|zaken die|dergelijke|het (?:laatste|eerste)|het liefst|tot slot|eveneens|"
    r"het (?:gaat|richt|zorgt|lukt|betreft|biedt|helpt|bestaat|bevat|omvat|maakt|ondersteunt|voorkomt|vormt|kent)|"
    r"vandaar|anders|zo niet|daarentegen|desondanks|hun|haar|"
    r"(?:als|indien|wanneer|omdat|mocht(?:en)?) (?:dat|dit|die|deze|hij|zij|ze)|"
    r"(?:lost|is|kan|moet|mag|zal|wordt|heeft|gaat|blijft|lukt|geldt) (?:hij|zij|ze|dat|dit|die|het (?:zich|niet|wel))|"
    r"(?:in|op|met|van|bij|voor|door|uit|na|naast) (?:dit|dat|deze|die|hen|beide)(?! (?:beleids)?(?:kader|nota|"
    r"kadernota|verordening|regeling|hoofdstuk|paragraaf|artikel|document|stuk|voorstel|programma|plan|visie|wet))|"
    rf"(?:we|wij) (?:bedoelen|verstaan) (?:hier|daar)\w+)\b|(?:\S+ ){{1,4}}?{_BACK}\b"
    r"|(?:\S+ ){1,4}?(?:betekent|vraagt|vergt) dit\b)",
    re.I,
)

_THAT_CASE = re.compile(r"\bin (?:dat|dit|die|deze|zo['’]n|zulke|dergelijke) geval(?:len)?\b", re.I)
_CASE = re.compile(r"\b(?:als|indien|wanneer|ingeval|mits|tenzij|voor ?zover)\b", re.I)
"""Words before a case: a sentence that says "in dat geval" after one of them says itself in which."""


def explains_before(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence says what the one before it means ("Dat wil zeggen …")."""
    return bool(_EXPLAINS.match(document.text[sentence.start : sentence.end]))


def leans(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence cannot be read without the one before it ("Dit betekent dat …")."""
    text = document.text[sentence.start : sentence.end]
    case = _THAT_CASE.search(text)
    return bool(_LEANS.match(text)) or (case is not None and not _CASE.search(text[: case.start()]))
