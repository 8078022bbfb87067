"""What a document says about itself: municipality, kind, dates, numbers, header fields; each with its span.

Unknown stays unknown: a field is filled only from words of the document (or its file name, for municipality and kind).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from ingest.adoption import FIRST, FRONT, read_adoption
from ingest.dates import MONTHS
from ingest.document import Fact
from ingest.document_kinds import KINDS, names_kind
from ingest.municipalities import municipality_of
from ingest.names import NAME
from ingest.validity import read_validity

_CVDR = re.compile(
    r"https?://\S*?(?P<id>CVDR\d+)(?:/(?P<version>\d+))?(?![\w/])|\b(?P<bare>CVDR\d+)(?:[ _/](?:versie )?\d+)?\b"
)
_MONTH_LINE = re.compile(rf"^((?:\d{{1,2}} )?(?:{'|'.join(MONTHS)}) \d{{4}})\.?$", re.I | re.M)
_YEARS = r"(?P<years>20\d\d ?(?:-|–|/|t/m|tot en met|tot) ?20\d\d)"
_LASTS = re.compile(
    r"\b(?:dit|deze|het|de) (?:beleids|raads|maatschappelijk )?(?:kader|nota|kadernota|plan|beleidsplan|visie|beleid) "
    r"(?:(?:is|blijft) (?:geldig|van kracht)|loopt|geldt) (?:tot|zolang|gedurende)\b[^.\n]{0,120}",
    re.I,
)
"""How long a document says that it holds. Whole words, as of `ingest.validity`: "het bestemmingsplan" is another."""
_PERIOD = re.compile(rf"\b(?:looptijd|periode|jaren|geldt)\b[^.\n]{{0,40}}?{_YEARS}", re.I)
_PUBLISHED = re.compile(r"\b(?:gemeenteblad|staatsblad|staatscourant|provinciaal blad|stb\.|stcrt\.)[^.\n]{0,40}?"
                        r"(?P<number>(?:(?:19|20)\d\d,? ?(?:nr\.? ?)?\d{1,7})|nr\.? ?\d{2,7})", re.I)  # fmt: skip
_FIELD = re.compile(
    r"^(?:[-•*] )?(onderwerp|portefeuillehouders?|steller|opsteller|auteurs?|collegevergadering|raadsvergadering|"
    r"vergaderdatum|raadsvoorstelnummer|voorstelnummer|besluitnummer|zaaknummer|dossiernummer|registratienummer|"
    r"documentnummer|(?:ons )?kenmerk|datum|publicatiedatum|versie|status|bron|afdeling|behandelaar|looptijd)"
    r"(?:(?P<of>(?:[ \t]+[^\W\d_]+){1,3})?[ \t]*[:|][ \t]*(?P<value>\S.{0,100})|"
    r"[ \t]+(?![:|])(?P<bare>(?:(?! \| ).){0,100}[^\s.!?;:,|]))$",
    re.I | re.M,
)
"""A line that says what it tells, with what that is of ("Datum collegebesluit: 3 maart"), or without any sign."""
_SAME_FIELD = {"datum collegebesluit": "collegevergadering", "datum collegevergadering": "collegevergadering",
               "datum raadsvergadering": "raadsvergadering"}  # fmt: skip
_PERSON = rf"(?:(?i:wethouder|burgemeester) )?{NAME}"
_ONE_PERSON = re.compile(rf"({_PERSON})\.(?: |$)")
_RESPONSIBLE = re.compile(rf"\b[Pp]ortefeuillehouder(?: ?: ?| is )(?P<name>{_PERSON})")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Fields of a Document that are read from its own words, and the facts they were read from."""

    municipality: str | None
    kind: str | None
    adopted_on: date | None
    valid_from: date | None
    valid_until: date | None
    source_url: str | None
    facts: tuple[Fact, ...]


def read_metadata(text: str, title: str, file_name: str, url: str | None) -> Metadata:
    """Reads everything but the title from canonical text; `url` is the address the file itself carries, if any."""
    front = text[:FRONT]
    facts = [*_facts(text), *_stated(text, title)]
    kind = _kind(title, front, file_name)
    proposal = kind == "raadsvoorstel"
    adopted = read_adoption(text, title, proposal=proposal)
    valid = read_validity(text, title, kind)
    municipality = municipality_of(text, title, PurePath(file_name).stem)
    if municipality:
        facts.append(Fact("municipality", *municipality))
    permalinks = _permalinks(front)
    facts.extend(permalinks)
    facts.extend(valid.facts)
    decided = not proposal or adopted is not None  # what is only proposed is not in force
    if adopted:
        facts.append(Fact("adopted_on", text[adopted.start : adopted.end], adopted.start, adopted.end))
    own = {fact.name: fact.value for fact in permalinks}
    return Metadata(
        municipality=municipality[0] if municipality else None,
        kind=kind,
        adopted_on=adopted.on if adopted else None,
        valid_from=valid.since if decided else None,
        valid_until=valid.until if decided else None,
        source_url=own.get("permalink") or url or own.get("permalink_current"),
        facts=tuple(facts),
    )


def _permalinks(front: str) -> list[Fact]:
    """The CVDR number and its two permalinks: to the version at hand, and to whichever is in force.

    They are the document's own only where no second regulation is named before them.
    """
    found = list(_CVDR.finditer(front))
    if not found:
        return []
    identifier = found[0]["id"] or found[0]["bare"]
    facts = [Fact("identifier", identifier, *found[0].span("id" if found[0]["id"] else "bare"))]
    for match in found:
        if match["id"] == identifier:
            name = "permalink" if match["version"] else "permalink_current"
            facts.append(Fact(name, match[0], match.start(), match.end()))
    return list({fact.name: fact for fact in reversed(facts)}.values())[::-1]


def _stated(text: str, title: str) -> Iterator[Fact]:
    """Facts that stand in no field: the title, the month on the title page, the years it is for, its publication."""
    front = text[:FRONT]
    named = _title_lines(front, title)
    for name, line in zip(("title", "subtitle"), named, strict=False):
        yield Fact(name, *line)
    month = _MONTH_LINE.search(text[:FIRST])
    if month:
        yield Fact("datum", month[1], month.start(1), month.end(1))
    years = next(((found, start) for said, start, _ in named if (found := re.search(_YEARS, said))), None)
    if years:
        found, start = years
        yield Fact("looptijd", found["years"], start + found.start(), start + found.end())
    elif period := _PERIOD.search(front):
        yield Fact("looptijd", period["years"], period.start(), period.end())
    elif lasts := _LASTS.search(text):
        yield Fact("looptijd", lasts[0], lasts.start(), lasts.end())
    published = _PUBLISHED.search(text[:FIRST])
    if published:
        yield Fact("publication", published[0], published.start(), published.end())


def _title_lines(front: str, title: str) -> list[tuple[str, int, int]]:
    """The line of the title with its span, and that of the subtitle that was read with it."""
    line = rf"^(?:onderwerp[ \t:|]*)?({re.escape(title)})(?!\w)"
    found = re.search(line, front, re.I | re.M) if title else None
    for colon in re.finditer(r"(?:(?<=[.?!…])|:) (?=\S)", title) if not found else ():
        upper, lower = title[: colon.start()], title[colon.end() :]
        found = re.search(rf"^({re.escape(upper)}:?)\n+({re.escape(lower)})$", front, re.I | re.M)
        if found:
            break
    return [(found[i], found.start(i), found.end(i)) for i in range(1, len(found.groups()) + 1)] if found else []


def _facts(text: str) -> Iterator[Fact]:
    responsible = False
    for match in _FIELD.finditer(text[:FRONT]):
        name, value, end = f"{match[1]}{match['of'] or ''}".lower(), match["value"] or match["bare"], match.end()
        name = _SAME_FIELD.get(name, name)
        if name.startswith("portefeuillehouder"):
            responsible = True
            if alone := _ONE_PERSON.match(value):  # another sentence follows on the line
                value, end = alone[1], end - len(value) + alone.end(1)
        yield Fact(name, value, match.start(), end)
    if not responsible and (said := _RESPONSIBLE.search(text, 0, FRONT)):
        yield Fact("portefeuillehouder", said["name"], said.start(), said.end())


def _kind(title: str, front: str, file_name: str) -> str | None:
    """The kind by one of the first lines that is just that word, else by the title, else by the file name."""
    lines = {line.strip().lower() for line in front[:200].splitlines()}
    for kind in KINDS:
        if kind in lines and kind not in ("visie", "nota"):  # these two are section titles as well
            return kind
    return names_kind(title.lower()) or names_kind(PurePath(file_name).stem.lower())
