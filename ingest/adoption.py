"""When a document was adopted, where it says so for certain, and the words that say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.dates import DAY, read_date

FRONT = 3000  # characters in which a document introduces itself
FIRST = 400  # characters of the title page, where a month by itself is the document's date

_ON = rf"[^.\n]{{0,80}}?(?:d\.d\. |dd\.? |van |op |, |: ?|\| )(?:\w+dag,? )?{DAY}"
_COUNCIL_HAS = r"\bde (?:gemeente)?raad (?:van [^.\n]{2,40} )?heeft"
_SELF = r"(?P<which>dit|deze|de|het) (?P<self>\w*(?:kader|plan|nota|visie|verordening)\w*)"
"""A document that speaks of itself; fewer words than in `ingest.validity`, where the kind that is named is checked."""
_ADOPTED = (
    re.compile(rf"aldus (?:vastgesteld|besloten|gewijzigd)\b{_ON}", re.I),
    re.compile(rf"^(?:vastgesteld|datum vaststelling|vaststellingsdatum)\b{_ON}", re.I | re.M),
    re.compile(rf"(?P<front>\bvastgesteld door (?:de (?:gemeente)?raad|het college))\b{_ON}", re.I),
    re.compile(rf"(?P<front>\bvastgesteld in de (?:openbare )?raadsvergadering)\b{_ON}", re.I),
    re.compile(rf"^(?:versie|status|datum)\b[^\n]{{0,40}}?\bvastgesteld\b{_ON}", re.I | re.M),
    re.compile(rf"\b{_SELF} is[^.\n]{{0,60}}vastgesteld{_ON}", re.I),
    re.compile(rf"\b{_SELF} is[^.\n]{{0,60}}op {DAY}[^.\n]{{0,60}}vastgesteld", re.I),
    re.compile(
        rf"{_COUNCIL_HAS} {_SELF}[^.\n]{{0,80}}\bop {DAY}[^.\n]{{0,60}}\b(?:vastgesteld|aanvaard|aangenomen)\b", re.I
    ),
    re.compile(rf"{_COUNCIL_HAS} {_SELF}[^.\n]{{0,80}}\b(?:vastgesteld|aanvaard|aangenomen) op {DAY}", re.I),
)
"""Ways in which a document states its adoption, the most certain first."""
_BY_COUNCIL = r"[^\n]*\bvastgesteld door de (?:gemeente)?raad\b(?:(?!\d{4})[^\n])*(?:\bbesluit\b[^\n]*)?"
_DATED = rf"(?:gemeente )?[^\W\d_][\w'’ -]{{1,40}}, {DAY}"
_TITLE_PAGE = (
    re.compile(rf"^{_DATED}\n+(?={_BY_COUNCIL}$)", re.I | re.M),
    re.compile(rf"^{_BY_COUNCIL}\n+{_DATED}$", re.I | re.M),
)
"""The day on a title page, beside the line that says the council adopted the document."""
_SIGNED = re.compile(
    rf"^{_DATED}[.,]?\n+"
    r"(?=(?:de|namens de) (?:gemeente)?raad (?:voornoemd|van [^\n]{2,60}),?\n+(?:de )?(?:raads)?griffier\b)",
    re.I | re.M,
)
"""The day over the signatures of the council."""
_SIGNED_BY_COLLEGE = re.compile(
    rf"^{_DATED}[.,]?\n+(?=(?:het college van )?burgemeester en wethouders(?: voornoemd| van [^\n]{{2,60}})?,?\n+"
    r"(?:de )?(?:gemeente)?secretaris\b)",
    re.I | re.M,
)
_COLLEGE_DECIDES = re.compile(
    r"^(?:het college van )?burgemeester en wethouders van [^\n]{2,60}$(?s:.{0,2500}?)"
    r"^besluit(?:en|)\b(?: vast te stellen\b| (?:tot )?het volgende\b|[^\w\n]*$)",
    re.I | re.M,
)
"""Who decides, and that they do, in front of what the college adopts by itself."""
_BY_COLLEGE = re.compile(r"\bcollege|burgemeester en wethouders", re.I)
_COUNCIL = re.compile(r"\w*raad(?:s\w*)?\b|\bopenbare\b", re.I)
_STAMPED = 5  # the first ways below: words that sign or stamp; the others may speak of what is to be replaced
_MEETING = re.compile(rf"^raadsvergadering[ \t]*[:|]?[ \t]*(?:\w+dag )?{DAY}$", re.I | re.M)
_DECIDED = re.compile(
    rf"\b(?:de|van de) raad van [^\n]{{2,60}}? (?:bijeen )?in (?:de|zijn|haar) (?:openbare )?(?:raads)?vergadering "
    rf"(?:van|d\.d\.) {DAY}"
    r"(?=[^\n]*\bbesluit\b)(?![^\n]*\b(?:verwerp\w*|af te wijzen|aan te houden|niet in te stemmen)\b)",
    re.I,
)
_DECISION = re.compile(r"^(?:raads)?besluit\b", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Adoption:
    """The day of adoption, None where the words name no such day, and the span of the words."""

    on: date | None
    start: int
    end: int


def read_adoption(text: str, title: str, *, proposal: bool = False) -> Adoption | None:
    """The adoption that a text states in words, else the one that its layout states for certain.

    Of a `proposal` it is the council's decision in the same file; that the college adopted it, is none.
    """
    found = _decided(text) if proposal else _stated(text, title)
    if found:
        return Adoption(read_date(found.groups()[-3:]), found.start(), found.end())
    return _by_layout(text) or _by_decision(text) or (None if proposal else _by_college(text))


def _decided(text: str) -> re.Match[str] | None:
    """Where the council's decision on a proposal says its day: in words that sign or stamp it."""
    decision = _DECISION.search(text)
    below = decision.end() if decision else len(text)
    found = (match for pattern in _ADOPTED[:_STAMPED] for match in pattern.finditer(text))
    return next(
        (m for m in found if not _BY_COLLEGE.search(m[0]) and (_COUNCIL.search(m[0]) or m.start() > below)), None
    )


def _by_college(text: str) -> Adoption | None:
    """The day over the signatures of the college, below what it decides in front to adopt."""
    found = _SIGNED_BY_COLLEGE.search(text) if _COLLEGE_DECIDES.search(text, 0, FRONT) else None
    on = read_date(found.groups()[-3:]) if found else None
    return Adoption(on, found.start(), found.start() + len(found[0].rstrip())) if found and on else None


def _stated(text: str, title: str) -> re.Match[str] | None:
    """Where the adoption is stated: in the front or in the last part, where signatures stand, with notes after them."""
    for pattern in _ADOPTED:
        parts = ((0, FRONT), (max(len(text) - FRONT, 0), len(text)), (0, len(text) if pattern is _ADOPTED[0] else 0))
        for start, end in parts:
            for found in pattern.finditer(text, start, end):
                if _is_about_itself(found, title):
                    return found
    return None


def _is_about_itself(found: re.Match[str], title: str) -> bool:
    """Whether "de nota is vastgesteld" speaks of this document: "de" and "het" only with a word of the title.

    What is said to be adopted without naming it, is the document itself on the title page only.
    """
    named = found.groupdict()
    if "front" in named and found.start() > FIRST:
        return False
    return named.get("which", "dit").lower() in ("dit", "deze") or named["self"].lower() in title.lower()


def _by_layout(text: str) -> Adoption | None:
    """The day on the title page of what the council adopted, or over the signatures of the council."""
    front = next((found for pattern in _TITLE_PAGE if (found := pattern.search(text[:FIRST]))), None)
    found = front or _SIGNED.search(text, max(len(text) - FRONT, 0))
    on = read_date(found.groups()[-3:]) if found else None
    return Adoption(on, found.start(), found.start() + len(found[0].rstrip())) if found and on else None


def _by_decision(text: str) -> Adoption | None:
    """The day of the council's decision below a proposal, where the proposal names the same meeting."""
    meeting = _MEETING.search(text[:FRONT])
    decision = list(_DECISION.finditer(text))
    decided = _DECIDED.search(text, decision[-1].end(), decision[-1].end() + 600) if meeting and decision else None
    if not meeting or not decided:
        return None
    on = read_date(decided.groups()[-3:])
    return Adoption(on, decided.start(), decided.end()) if on and on == read_date(meeting.groups()[-3:]) else None
