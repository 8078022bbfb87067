"""The national formats for regulations: CVDR XML (municipalities) and BWB XML (acts of the state).

Both nest divisions (hoofdstuk, paragraaf, artikel, …), each with a `kop` of label, number and title; leden and lists
carry their own numbers; tables are CALS. Metadata that stands apart from the text (in force since, adopted on) is
written above it in the words that lokaleregelgeving.overheid.nl itself uses, so that it can be cited like any line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from ingest.blocks import Block, Source, clean_line
from ingest.errors import UnreadableDocument

_DIVISIONS = frozenset(
    "boek deel hoofdstuk titeldeel afdeling paragraaf sub-paragraaf subparagraaf artikel bijlage nota-toelichting "
    "divisie circulaire.divisie verdragtekst toelichting".split()
)
_SKIPPED = frozenset("meta meta-data kop bwb-inputbestand bwb-wijzigingen redactionele-correcties jcis jci colspec "
                     "plaatje illustratie citeertitel".split())  # fmt: skip
_PARAGRAPHS = frozenset("al considerans.al wie ondertekening dagtekening gegeven slotformulering-al functie".split())
_ROOTS = frozenset({"cvdr", "toestand", "wetgeving", "regeling"})
_TITLES = {"nota-toelichting": "Toelichting", "toelichting": "Toelichting", "bijlage": "Bijlage"}


def load_xml(data: bytes) -> Source:
    """Reads a regulation in CVDR or BWB XML.

    Raises:
        UnreadableDocument: the XML is damaged, declares entities, or is neither of the two formats.
    """
    if re.search(rb"<!ENTITY|<!DOCTYPE[^>]*(?:SYSTEM|PUBLIC)", data[:100_000]):
        raise UnreadableDocument(
            "the XML declares entities or points to an external definition, which is refused for safety (found "
            "<!DOCTYPE or <!ENTITY). Export the regulation again as plain CVDR or BWB XML"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(f"the XML is damaged ({error}). Download the regulation again") from error
    if root is None or _name(root) not in _ROOTS:
        found = _name(root) if root is not None else "nothing"
        raise UnreadableDocument(
            f"the XML is no regulation (found <{found}>, expected CVDR or BWB). Save it as HTML or text"
        )
    title = _text_of(root, "citeertitel") or _text_of(root, "intitule") or _text_of(root, "title")
    notes: list[Block] = []
    body = list(_walk(_body(root), 1, notes))
    front = [Block(title, role="heading", level=0)] if title else []
    blocks = (*front, *_stated(root), *body, *notes)
    return Source(tuple(b for b in blocks if b.text), styled=True, title=title or None, url=_permalink(root))


def _body(root: etree._Element) -> etree._Element:
    found = root.find(".//{*}regeling")
    return found if found is not None and _name(root) != "regeling" else root


def _walk(children: Iterable[etree._Element], level: int, notes: list[Block]) -> Iterator[Block]:
    """Blocks of some elements; `level` is that of a heading opened here."""
    for child in children:
        name = _name(child)
        if name in _SKIPPED:
            continue
        if name in _DIVISIONS:
            yield from _division(child, level, notes)
        elif name == "lid":
            yield from _lid(child, level, notes)
        elif name == "lijst":
            yield from _list(child, level, notes)
        elif name == "table":
            yield from _table(child)
        elif name == "tussenkop":
            yield Block(_inline(child, notes), role="heading", level=level)
        elif name in _PARAGRAPHS:
            yield Block(_inline(child, notes))
        else:
            yield from _walk(child, level, notes)


def _division(element: etree._Element, level: int, notes: list[Block]) -> Iterator[Block]:
    """A chapter, section or article; one with an empty kop opens no section of its own."""
    heading = _heading(element)
    if heading:
        yield Block(heading, role="heading", level=level)
    yield from _walk(element, level + 1 if heading else level, notes)


def _heading(element: etree._Element) -> str:
    """The kop as a reader writes it: "Artikel 3 Titel", "§ 2 Titel", "Bijlage 1 Titel – subtitel".

    Where a title leaked into the number (or the label holds it all: "1.Parkeren"), the words are kept as they come.
    """
    kop = next((child for child in element if _name(child) == "kop"), None)
    if kop is None:
        return _TITLES.get(_name(element), "")
    parts = {
        name: clean_line(" ".join(_plain(c) for c in kop if _name(c) == name))
        for name in ("label", "nr", "titel", "subtitel")
    }
    label, number = parts["label"], parts["nr"]
    numbered = (
        f"{label}{number}" if label.endswith((".", ":")) and not number else " ".join(p for p in (label, number) if p)
    )
    numbered = re.sub(r"^(\d+(?:\.\d+)*\.)(?=[^\W\d])", r"\1 ", numbered)
    title = " – ".join(p for p in (parts["titel"], parts["subtitel"]) if p)
    return clean_line(" ".join(p for p in (numbered, title) if p)) or clean_line(_plain(kop))


def _lid(element: etree._Element, level: int, notes: list[Block]) -> Iterator[Block]:
    """A lid: its number stands in front of its first paragraph."""
    number = next((clean_line(_plain(c)) for c in element if _name(c) == "lidnr"), "")
    rest = list(_walk([child for child in element if _name(child) != "lidnr"], level, notes))
    yield from _numbered(number, rest)


def _list(element: etree._Element, level: int, notes: list[Block]) -> Iterator[Block]:
    for item in element:
        if _name(item) != "li":
            continue
        marker = clean_line(str(item.get("nr") or "")) or next(
            (clean_line(_plain(c)) for c in item if _name(c) == "li.nr"), "-"
        )
        rest = list(_walk([child for child in item if _name(child) != "li.nr"], level, notes))
        yield from _numbered(marker, rest)


def _numbered(number: str, blocks: list[Block]) -> Iterator[Block]:
    marker = f"{number}." if re.fullmatch(r"\d+[a-z]?", number) else number
    first = next((i for i, b in enumerate(blocks) if b.role == "text"), None)
    for at, block in enumerate(blocks):
        yield Block(f"{marker} {block.text}".strip(), role="item") if at == first else block


def _table(element: etree._Element) -> Iterator[Block]:
    """Rows of a CALS table; without a thead the first row is the header when all its cells are filled."""
    rows = [row for row in element.iter() if _name(row) == "row"]
    stated = any(_name(e) == "thead" for e in element.iter())
    for at, row in enumerate(rows):
        cells = [clean_line(_plain(entry)) for entry in row if _name(entry) == "entry"]
        parent = row.getparent()
        in_head = parent is not None and _name(parent) == "thead"
        header = in_head if stated else at == 0 and len(cells) > 1 and all(cells)
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield Block(text, role="row", header=header, term=None if header else (cells[0] or None))


def _inline(element: etree._Element, notes: list[Block]) -> str:
    """The text of a paragraph; footnotes in it leave their number and go to the end."""
    for note in [n for n in element.iter() if _name(n) == "noot"]:
        number = clean_line(" ".join(_plain(c) for c in note if _name(c) == "noot.nr")) or str(len(notes) + 1)
        text = clean_line(" ".join("".join(c.itertext()) for c in note if _name(c) != "noot.nr"))
        notes.append(Block(f"{number} {text}", role="footnote"))
    return clean_line(_plain(element))


def _plain(element: etree._Element) -> str:
    """All text inside an element, without metadata; of a footnote only its number."""
    if _name(element) in ("meta-data", "jcis", "noot.al", "noot.lijst"):
        return ""
    parts = [element.text or ""]
    for child in element:
        space = " " if _name(child) in ("al", "entry", "li", "noot") else ""
        parts.append(f"{space}{_plain(child)}{space}")
        parts.append(child.tail or "")
    return "".join(parts)


def _stated(root: etree._Element) -> Iterator[Block]:
    """Lines that state the metadata: when it is in force, when it was adopted, whose it is."""
    since, until = _text_of(root, "inwerkingtredingDatum"), _text_of(root, "uitwerkingtredingDatum")
    if since:
        yield Block(f"Geldend van {_day(since)} t/m {_day(until) if until else 'heden'}")
    creator = root.find(".//{*}creator")
    if creator is not None and "Gemeente" in str(creator.get("scheme") or ""):
        yield Block(f"Gemeente {clean_line(_plain(creator))}")
    issued = _text_of(root, "issued")
    if issued:
        yield Block(f"Vastgesteld op {_day(issued)}")


def _permalink(root: etree._Element) -> str | None:
    identifier = re.fullmatch(r"(?:CVDR)?(\d+)_(\d+)", _text_of(root, "identifier"))
    if identifier:
        return f"https://lokaleregelgeving.overheid.nl/CVDR{identifier[1]}/{identifier[2]}"
    number = root.get("bwb-id")
    return f"https://wetten.overheid.nl/{number}" if number else None


def _text_of(root: etree._Element, name: str) -> str:
    found = root.find(f".//{{*}}{name}")
    return clean_line(_plain(found)) if found is not None else ""


def _day(iso: str) -> str:
    return "-".join(reversed(iso.split("-")))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
