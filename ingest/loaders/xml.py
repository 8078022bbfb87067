"""The national formats for regulations: CVDR XML (municipalities) and BWB XML (acts of the state).

Both nest divisions (hoofdstuk, paragraaf, artikel, …), each with a `kop` of label, number and title; leden and lists
carry their own numbers; tables are CALS. Metadata that stands apart from the text (in force since, adopted on) is
written above it in the words that lokaleregelgeving.overheid.nl itself uses, so that it can be cited like any line;
so is the heading "Ondertekening", which the site shows above the signatures and the file leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lxml import etree

from ingest.blocks import Block, Source, clean_line
from ingest.errors import UnreadableDocument
from ingest.loaders.xml_text import Regulation, name_of, plain

_ROOTS = frozenset({"cvdr", "toestand", "wetgeving", "regeling"})
_NO_END = "9999-12-31"


def load_xml(data: bytes) -> Source:
    """Reads a regulation in CVDR or BWB XML.

    Raises:
        UnreadableDocument: the XML is damaged, declares entities, is nested absurdly, or is neither of the formats.
    """
    root = _parse(data)
    if name_of(root) not in _ROOTS:
        raise UnreadableDocument(
            f"the XML is no regulation (found <{name_of(root)}>, expected CVDR or BWB). Save it as HTML or text"
        )
    title = _text_of(root, "citeertitel") or _text_of(root, "intitule") or _text_of(root, "title")
    try:
        body = Regulation(root, title).blocks
    except RecursionError as error:
        raise UnreadableDocument(
            "the XML has elements nested hundreds deep (expected a few dozen). Download the regulation again"
        ) from error
    front = [Block(title, role="heading", level=0)] if title else []
    blocks = tuple(b for b in (*front, *_stated(root), *body) if b.text)
    return Source(blocks, styled=True, title=title or None, url=_permalink(root))


def _parse(data: bytes) -> etree._Element:
    """The root of the XML; whatever would make a parser fetch or multiply something is refused."""
    refusal = UnreadableDocument(
        "the XML declares entities or points to an external definition, which is refused for safety (found "
        "<!DOCTYPE or <!ENTITY). Export the regulation again as plain CVDR or BWB XML"
    )
    if re.search(rb"<!ENTITY|<!DOCTYPE[^>]*(?:SYSTEM|PUBLIC)", data[:100_000]):
        raise refusal
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(f"the XML is damaged ({error}). Download the regulation again") from error
    if root is None:
        raise UnreadableDocument("the XML is damaged (it holds no element). Download the regulation again")
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that the look at the bytes does not see
        raise refusal
    return root


def _stated(root: etree._Element) -> Iterator[Block]:
    """Lines that state the metadata: when it is in force, whose it is, when it was adopted."""
    since, until = _day(_text_of(root, "inwerkingtredingDatum")), _day(_text_of(root, "uitwerkingtredingDatum"))
    if since:
        last = until - timedelta(days=1) if until else None  # the file names the first day out of force
        yield Block(f"Geldend van {_written(since)} t/m {_written(last) if last else 'heden'}")
    state = _day(root.get("inwerkingtreding"))
    if state:  # of an act, the file does not say whether this state of it was the last
        yield Block(f"Geldend vanaf {_written(state)}")
    creator = root.find(".//{*}creator")
    if creator is not None and "Gemeente" in str(creator.get("scheme") or ""):
        yield Block(f"Gemeente {clean_line(plain(creator))}")
    signed = root.find(".//{*}intitule//{*}oorspronkelijk//{*}ondertekeningsdatum")
    issued = _day(_text_of(root, "issued")) or _day(signed.get("isodatum") if signed is not None else None)
    if issued:
        yield Block(f"Vastgesteld op {_written(issued)}")


def _permalink(root: etree._Element) -> str | None:
    identifier = re.fullmatch(r"(?:CVDR)?(\d+)_(\d+)", _text_of(root, "identifier"))
    if identifier:
        return f"https://lokaleregelgeving.overheid.nl/CVDR{identifier[1]}/{identifier[2]}"
    number = root.get("bwb-id")
    return f"https://wetten.overheid.nl/{number}" if number else None


def _text_of(root: etree._Element, name: str) -> str:
    found = root.find(f".//{{*}}{name}")
    return clean_line(plain(found)) if found is not None else ""


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso and iso != _NO_END else None
    except ValueError:
        return None


def _written(day: date) -> str:
    return day.strftime("%d-%m-%Y")
