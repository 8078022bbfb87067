"""What a document says about itself: title, municipality, kind, dates, numbers, header fields; each with its span.

Unknown stays unknown: a field is filled only from words of the document (or its file name, for municipality and kind).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from ingest.document import Fact
from ingest.municipalities import municipality_of

KINDS: tuple[tuple[str, str], ...] = (
    ("programmabegroting", "programmabegroting"),
    ("raadsvoorstel", "raadsvoorstel"),
    ("beleidsregel", "beleidsregel"),
    ("verordening", "verordening"),
    ("kadernota", "kadernota"),
    ("beleidskader", "beleidskader"),
    ("beleidsplan", "beleidsplan"),
    ("uitvoeringsprogramma", "uitvoeringsprogramma"),
    ("besluitenlijst", "besluitenlijst"),
    ("handleiding", "handleiding"),
    ("visie", "visie"),
    ("nota", "nota"),
    ("wet", "wet"),
)
"""Word in the title and the kind of document it tells, the most specific first."""

MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december").split()
_DAY = rf"(\d{{1,2}})[-–/. ]({'|'.join(MONTHS)}|\d{{1,2}})[-–/. ](\d{{4}})\b"
_VALID = re.compile(rf"geldend van(?:af)? {_DAY}(?: (?:t/m|tot en met) (?:heden|{_DAY}))?", re.I)
_IN_FORCE = re.compile(
    r"\b(?:deze|dit) (?:verordening|beleidsregels?|regeling|nota|kadernota|beleidskader|besluit|nadere regels?) "
    rf"(?:treedt|treden) in werking (?:op|met ingang van) {_DAY}",
    re.I,
)
_ON = rf"[^.\n]{{0,80}}?(?:d\.d\. |dd\.? |van |op |, |: ?|\| )(?:\w+dag,? )?{_DAY}"
_SELF = r"(?P<which>dit|deze|de|het) (?P<self>\w*(?:kader|plan|nota|visie|verordening)\w*)"
_ADOPTED = (
    re.compile(rf"aldus (?:vastgesteld|besloten|gewijzigd)\b{_ON}", re.I),
    re.compile(rf"^(?:vastgesteld|datum vaststelling|vaststellingsdatum)\b{_ON}", re.I | re.M),
    re.compile(rf"(?P<front>\bvastgesteld door (?:de (?:gemeente)?raad|het college))\b{_ON}", re.I),
    re.compile(rf"^(?:versie|status|datum)\b[^\n]{{0,40}}?\bvastgesteld\b{_ON}", re.I | re.M),
    re.compile(rf"\b{_SELF} is[^.\n]{{0,60}}vastgesteld{_ON}", re.I),
    re.compile(rf"\b{_SELF} is[^.\n]{{0,60}}op {_DAY}[^.\n]{{0,60}}vastgesteld", re.I),
)
"""Ways in which a document states its adoption, the most certain first."""
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
_PERIOD = re.compile(rf"\b(?:looptijd|periode|jaren|geldt)\b[^.\n]{{0,40}}?{_YEARS}", re.I)
_PUBLISHED = re.compile(r"\b(?:gemeenteblad|staatsblad|staatscourant|provinciaal blad|stb\.|stcrt\.)[^.\n]{0,40}?"
                        r"(?P<number>(?:(?:19|20)\d\d,? ?(?:nr\.? ?)?\d{1,7})|nr\.? ?\d{2,7})", re.I)  # fmt: skip
_FIELD = re.compile(
    r"^(?:[-•*] )?(onderwerp|portefeuillehouders?|steller|opsteller|auteurs?|collegevergadering|raadsvergadering|"
    r"vergaderdatum|raadsvoorstelnummer|voorstelnummer|besluitnummer|zaaknummer|dossiernummer|registratienummer|"
    r"documentnummer|(?:ons )?kenmerk|datum|publicatiedatum|versie|status|bron|afdeling|behandelaar|looptijd)"
    r"(?:[ \t]*[:|][ \t]*(\S.{0,100})|[ \t]+(?![:|])(\S.{0,100}[^\s.!?;:,]))$",
    re.I | re.M,
)
_FRONT = 3000  # characters in which a document introduces itself
_FIRST = 400  # characters of the title page, where a month by itself is the document's date


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


def read_title(front: list[str], stated: str | None, file_name: str) -> str:
    """The title: the subject of a council proposal, the line above "Geldend van", the file's own, or the first line."""
    for line in front[:12]:
        field = _FIELD.match(line)
        if field and field[1].lower() == "onderwerp":
            return field[2] or field[3]
    if stated:
        return stated
    for line, following in pairwise(front[:13]):
        if _VALID.search(following) and len(line) < 150:
            return line
    for line in front[:8]:
        words = 2 <= len(line.split()) <= 20 or _names_kind(line.lower())
        if words and line[-1:] not in ".;:," and not re.search(r"https?://|^(?:permanente link|naar de)", line, re.I):
            return line[:1].upper() + line[1:]
    name = PurePath(file_name).stem.replace("-", " ").replace("_", " ")
    return name[:1].upper() + name[1:]


def read_metadata(text: str, title: str, file_name: str, url: str | None) -> Metadata:
    """Reads everything but the title from canonical text; `url` is the address the file itself carries, if any."""
    front = text[:_FRONT]
    facts = [*_facts(text), *_stated(text, title)]
    valid = _VALID.search(text, 0, 2 * _FRONT)
    adopted = _adopted(text, title)
    municipality = municipality_of(text, title, PurePath(file_name).stem)
    if municipality:
        facts.append(Fact("municipality", *municipality))
    permalinks = _permalinks(front)
    facts.extend(permalinks)
    valid_until = _date(valid.groups()[3:]) if valid and valid[4] else None
    began = _IN_FORCE.search(text)
    valid_from = next((_date(found.groups()[:3]) for found in (valid, began) if found), None)
    if valid:
        facts.append(Fact("valid", valid[0], valid.start(), valid.end()))
    if began:
        facts.append(Fact("in_force", began[0], began.start(), began.end()))
    adopted_on = _date(adopted.groups()[-3:]) if adopted else None
    if adopted:
        facts.append(Fact("adopted_on", adopted[0], adopted.start(), adopted.end()))
    own = {fact.name: fact.value for fact in permalinks}
    return Metadata(
        municipality=municipality[0] if municipality else None,
        kind=_kind(title, front, file_name),
        adopted_on=adopted_on,
        valid_from=valid_from,
        valid_until=valid_until,
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
    front = text[:_FRONT]
    named = re.search(rf"^(?:onderwerp[ \t:|]*)?({re.escape(title)})(?!\w)", front, re.I | re.M) if title else None
    if named:
        yield Fact("title", named[1], named.start(1), named.end(1))
    month = _MONTH_LINE.search(text[:_FIRST])
    if month:
        yield Fact("datum", month[1], month.start(1), month.end(1))
    years = re.search(_YEARS, named[1]) if named else None
    if named and years:
        yield Fact("looptijd", years["years"], named.start(1) + years.start(), named.start(1) + years.end())
    elif period := _PERIOD.search(front):
        yield Fact("looptijd", period["years"], period.start(), period.end())
    elif lasts := _LASTS.search(text):
        yield Fact("looptijd", lasts[0], lasts.start(), lasts.end())
    published = _PUBLISHED.search(text[:_FIRST])
    if published:
        yield Fact("publication", published[0], published.start(), published.end())


def _adopted(text: str, title: str) -> re.Match[str] | None:
    """Where the adoption is stated: in the front or in the last part, where signatures stand, with notes after them."""
    for pattern in _ADOPTED:
        parts = ((0, _FRONT), (max(len(text) - _FRONT, 0), len(text)), (0, len(text) if pattern is _ADOPTED[0] else 0))
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
    if "front" in named and found.start() > _FIRST:
        return False
    return named.get("which", "dit").lower() in ("dit", "deze") or named["self"].lower() in title.lower()


def _facts(text: str) -> Iterator[Fact]:
    for match in _FIELD.finditer(text[:_FRONT]):
        yield Fact(match[1].lower(), match[2] or match[3], match.start(), match.end())


def _date(parts: tuple[str | None, ...]) -> date | None:
    day, month, year = parts
    if not (day and month and year):
        return None
    number = MONTHS.index(month.lower()) + 1 if month.lower() in MONTHS else int(month)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _kind(title: str, front: str, file_name: str) -> str | None:
    """The kind by one of the first lines that is just that word, else by the title, else by the file name."""
    lines = {line.strip().lower() for line in front[:200].splitlines()}
    for word, kind in KINDS:
        if word in lines and word not in ("visie", "nota"):  # these two are section titles as well
            return kind
    return _names_kind(title.lower()) or _names_kind(PurePath(file_name).stem.lower())


def _names_kind(words: str) -> str | None:
    """The kind that a line names; the shortest words only where they end one ("woonvisie", not "wettelijk")."""
    return next(
        (kind for word, kind in KINDS if re.search(word + (r"(?![^\W_])" if len(word) < 6 else ""), words)), None
    )
