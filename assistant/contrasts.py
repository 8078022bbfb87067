"""What a question names only to compare with: "anders dan in het beleidskader stond" asks what the others say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.kinds import asked_kinds
from assistant.naming import calls_in
from ingest.document import Document

_TO = (
    r"(?:ten opzichte van|t\.?o\.?v\.?|vergeleken (?:met|bij)|in vergelijking (?:met|tot)|in tegenstelling tot|"
    r"afgezet tegen|(?P<kept>(?:verschil|afwijk|differ)\w* )(?:met|van|from|than|to)|"
    r"(?:ander\w*|hetzelfde|meer|minder|\w{2,}er)(?: [\w-]+){0,3}? (?:dan|als)"
    r"(?= (?:\w+ )?(?:in|bij|volgens|onder)\b)|anders dan|sinds(?= (?:de|het) (?:vorige|oude|eerdere))|"
    r"compared (?:to|with)|in comparison (?:to|with)|relative to|as opposed to|in contrast (?:to|with)|"
    r"since(?= the (?:previous|old|last|former|earlier))|"
    r"(?:other|more|less|same|\w{2,}er)(?: [\w-]+){0,3}? (?:than|as)(?= (?:\w+ )?(?:in|under|according to)\b))"
)
"""What stands before the side of a comparison that is known."""
_STOP = r"(?:in|volgens|onder|bij|over|voor|en|of|according|under|and|or|for|about|on|with|met)\b"
_ASIDE = re.compile(
    rf"(?<!\w){_TO}(?: wat| what)?(?: (?:in|volgens|bij|onder|under|according to))?"
    rf"(?P<side>(?: (?!{_STOP})[^\s,;:.?!]+){{1,8}})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Aside:
    """Where a question says what something is compared with, and the municipalities of the documents named there."""

    start: int
    end: int
    municipalities: tuple[str, ...]


def only_compared(question: str, documents: Sequence[Document], known: Sequence[str]) -> Aside | None:
    """The part of a question that names documents only to compare with; None where there is none.

    `known` are the municipalities named. Where a document is named outside that part too, what both say is asked.
    """
    match = _ASIDE.search(question)
    if match is None:
        return None
    there = [d for d in documents if d.municipality in known] if known else documents
    called = calls_in(match[0], there, in_place=bool(known))
    places = {d.municipality for d in there if d.id in called and d.municipality}
    rest = question[: match.start()] + question[match.end() :]
    if not places or calls_in(rest, there, in_place=bool(known)):
        return None
    return Aside(max(match.start(), match.end("kept")), match.end(), tuple(known or sorted(places)))


def compares(question: str) -> bool:
    """Whether a question asks how two things differ, or that one of them be compared with another."""
    return bool(_ASIDE.search(question)) or "comparison" in asked_kinds(question)
