"""The text of a regulation in CVDR or BWB XML as blocks.

An element is either a paragraph (it holds text of its own, or is known as one) or holds other elements. Names that
we do not know are read by what they hold, so that no text is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.blocks import Block, clean_line
from ingest.loaders.lists import broken_lines, item
from ingest.loaders.notes import attached, note, reference
from ingest.loaders.tables import Cell, Row, frames_text, table_blocks

_DIVISIONS = frozenset(
    "boek deel hoofdstuk titeldeel afdeling paragraaf sub-paragraaf subparagraaf artikel enig-artikel bijlage "
    "nota-toelichting divisie circulaire.divisie verdragtekst toelichting wijzig-artikel wijzig-divisie".split()
)
_SKIPPED = frozenset(
    "meta meta-data metadata bwb-inputbestand bwb-wijzigingen redactionele-correcties jcis jci brondata colspec "
    "plaatje illustratie citeertitel lidnr li.nr kop".split()
)
_PARAGRAPHS = frozenset(
    "al considerans.al wie ondertekening dagtekening gegeven slotformulering-al functie naam noot.al tussenkop "
    "begrip.term term lijstaanhef".split()
)
_BLOCKS = _DIVISIONS | frozenset(
    "al lid lijst table tussenkop begrippenlijst definitielijst noot.al noot.lijst".split()
)
_BREAKS = frozenset({"br", "nieuwe-regel", "linebreak"})
_SPACED = frozenset(
    "al entry li noot.al voornaam achternaam tussenvoegsel li.nr functie naam organisatie plaats".split()
)
_TITLES = {"nota-toelichting": "Toelichting", "toelichting": "Toelichting", "bijlage": "Bijlage"}
_SIGNED = "Ondertekening"
_GONE = {"vervallen": "[Vervallen]", "gereserveerd": "[Gereserveerd]"}
_MAX_SPAN = 1000


class Regulation:
    """Reads one file; holds its title, the notes met so far, and how much deeper headings lie under a second title."""

    def __init__(self, root: etree._Element, title: str) -> None:
        self._title = title
        self._notes: list[Block] = []
        self._deeper = 0
        self._titles = 0
        body = [block for block in self._children(root, 1) if block.text]
        self.blocks = attached([*body, *self._notes])

    def _children(self, parent: etree._Element, level: int) -> Iterator[Block]:
        """The blocks in an element; `level` is that of a heading opened there."""
        if _is_paragraph(parent):
            yield from self._paragraph(parent, level)
            return
        for child in parent:
            if name_of(child) not in _SKIPPED:
                yield from self._element(child, level)

    def _element(self, element: etree._Element, level: int) -> Iterator[Block]:
        name = name_of(element)
        if name in _DIVISIONS:
            yield from self._division(element, level)
        elif name == "intitule":
            yield from self._intitule(element)
        elif name == "lijst":
            yield from self._list(element, level)
        elif name == "table":
            yield from self._table(element, level)
        elif name == "tussenkop":
            yield Block(clean_line(self._inline(element)), role="heading", level=level + self._deeper)
        elif name in ("begrip", "definitie-item"):
            yield from self._definition(element, level)
        else:
            yield from self._group(name, element, level)

    def _group(self, name: str, element: etree._Element, level: int) -> Iterator[Block]:
        """What holds other elements: most without a word of its own, some with a number or heading in front."""
        blocks = [block for block in self._children(element, level) if block.text]
        if name == "lid":
            number = clean_line(" ".join(plain(c) for c in element if name_of(c) == "lidnr"))
            yield from _numbered(number, blocks)
        elif name == "ondertekening":  # its parts stand on lines of their own, the commas between them too
            yield from (replace(block, text=re.sub(r" (?=[,;.])", "", block.text)) for block in blocks)
        elif name == "regeling-sluiting":
            yield from [Block(_SIGNED, role="heading", level=1 + self._deeper), *blocks] if blocks else []
        else:
            yield from blocks

    def _paragraph(self, parent: etree._Element, level: int) -> Iterator[Block]:
        """A paragraph, in which lists and tables may stand between the words."""
        inline = [parent.text or ""]
        for child in parent:
            if name_of(child) in _BLOCKS:
                yield from map(Block, broken_lines("".join(inline)))
                inline = []
                yield from self._element(child, level)
            elif name_of(child) not in _SKIPPED:
                inline.append(self._inline_child(child))
            inline.append(_spaced(child.tail))
        yield from map(Block, broken_lines("".join(inline)))

    def _division(self, element: etree._Element, level: int) -> Iterator[Block]:
        """A chapter, section or article; one with an empty kop opens no section of its own."""
        heading = self._heading(element)
        if heading:
            yield Block(heading, role="heading", level=level + self._deeper, anchor=_own_link(element))
        inner = [block for block in self._children(element, level + 1 if heading else level) if block.text]
        status = str(element.get("status") or ""), str(element.get("effect") or "")
        gone = next((_GONE[s] for s in status if s in _GONE), None)
        yield from inner if inner or gone is None else [Block(gone)]

    def _heading(self, element: etree._Element) -> str:
        """The kop as a reader writes it: "Artikel 3 Titel", "§ 2 Titel", "Bijlage 1 Titel – subtitel".

        Where a title leaked into the number (or the label holds it all: "1.Parkeren"), the words are kept as they
        come, once.
        """
        kop = next((child for child in element if name_of(child) == "kop"), None)
        if kop is None:
            return _TITLES.get(name_of(element), "")
        parts = {
            name: clean_line(" ".join(self._inline(c) for c in kop if name_of(c) == name))
            for name in ("label", "nr", "titel", "subtitel")
        }
        if not any(parts.values()):
            return clean_line(self._inline(kop))
        label, number = parts["label"], _without_start(parts["nr"], parts["label"])
        joint = "" if label.endswith((".", ":")) and not number else " "
        numbered = re.sub(r"^(\d+(?:\.\d+)*\.?)(?=[^\W\d][^\W\d]{2})", r"\1 ", f"{label}{joint}{number}".strip())
        title = _without_start(parts["titel"], numbered)
        return " ".join(p for p in (numbered, " – ".join(p for p in (title, parts["subtitel"]) if p)) if p)

    def _intitule(self, element: etree._Element) -> Iterator[Block]:
        """The long title: text where the short one stands above it already; the title of a second regulation."""
        text = clean_line(self._inline(element))
        self._titles += 1
        if self._titles > 1 and text:
            self._deeper = 1
            yield Block(text, role="heading", level=1)
        elif text != self._title:
            yield Block(text)

    def _list(self, element: etree._Element, level: int) -> Iterator[Block]:
        for child in element:
            if name_of(child) != "li":
                yield from self._element(child, level) if name_of(child) not in _SKIPPED else ()
                continue
            marker = clean_line(str(child.get("nr") or "")) or next(
                (clean_line(plain(c)) for c in child if name_of(c) == "li.nr"), "-"
            )
            yield from _numbered(marker or "-", list(self._children(child, level)))

    def _definition(self, element: etree._Element, level: int) -> Iterator[Block]:
        """A term and its definition."""
        named = {name_of(child): child for child in element}
        words = named.get("begrip.term", named.get("term"))
        term = clean_line(self._inline(words)).rstrip(":") if words is not None else ""
        number = clean_line(plain(named["begrip.nr"])) if "begrip.nr" in named else ""
        inner = [b for c in element if name_of(c) not in ("begrip.nr", "begrip.term", "term")
                 for b in self._children(c, level) if b.text]  # fmt: skip
        first = inner[0].text if inner and inner[0].role == "text" else ""
        yield Block(" ".join(p for p in (number, ": ".join(p for p in (term, first) if p)) if p), term=term or None)
        yield from inner[1:] if first else inner

    def _table(self, element: etree._Element, level: int) -> Iterator[Block]:
        """The parts (tgroup) of a CALS table under its title."""
        title = next((clean_line(self._inline(c)) for c in element if name_of(c) in ("title", "titel")), "")
        for group in [g for g in element.iter() if name_of(g) == "tgroup"] or [element]:
            lines = [row for row in group.iter() if name_of(row) == "row"]
            columns = {str(c.get("colname")): at for at, c in enumerate(c for c in group if name_of(c) == "colspec")}
            entries = [[e for e in row if name_of(e) == "entry"] for row in lines]
            rows = [
                Row(tuple(self._cell(e, columns) for e in line), header=name_of(row.getparent()) == "thead")
                for line, row in zip(entries, lines, strict=True)
            ]
            if frames_text(rows):
                yield Block(title, role="caption")
                for entry in (e for line in entries for e in line):
                    yield from self._children(entry, level)
            else:
                yield from table_blocks(rows, title)
            title = ""

    def _cell(self, entry: etree._Element, columns: dict[str, int]) -> Cell:
        first = columns.get(str(entry.get("namest") or entry.get("colname")))
        last = columns.get(str(entry.get("nameend")))
        more = str(entry.get("morerows") or "")
        return Cell(
            clean_line(self._inline(entry)),
            columns=last - first + 1 if first is not None and last is not None and last >= first else 1,
            rows=min(int(more), _MAX_SPAN) + 1 if more.isdigit() else 1,
            column=first,
            paragraphs=sum(name_of(child) in ("al", "lijst") for child in entry),
        )

    def _inline(self, element: etree._Element) -> str:
        """All text in an element; a footnote in it leaves its mark and goes to the end."""
        parts = [_spaced(element.text)]
        for child in element:
            if name_of(child) not in _SKIPPED or name_of(child) == "li.nr":
                parts.append(self._inline_child(child))
            parts.append(_spaced(child.tail))
        return "".join(parts)

    def _inline_child(self, child: etree._Element) -> str:
        name = name_of(child)
        if name in _BREAKS:
            return "\n"
        if name == "noot":
            return self._note(child)
        if name == "li" and child.get("nr"):
            return f" {child.get('nr')} {self._inline(child)} "
        return f" {self._inline(child)} " if name in _SPACED else self._inline(child)

    def _note(self, element: etree._Element) -> str:
        stated = clean_line(" ".join(plain(c) for c in element if name_of(c) == "noot.nr")).strip("[]().")
        mark = stated or str(len(self._notes) + 1)
        at = len(self._notes)
        text = clean_line(" ".join(self._inline(c) for c in element if name_of(c) not in ("noot.nr", *_SKIPPED)))
        self._notes.insert(at, note(mark, text or clean_line(element.text or "")))
        return reference(mark)


def name_of(element: etree._Element | None) -> str:
    """The name of an element without its namespace; "" for comments, entities and instructions."""
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else ""


def plain(element: etree._Element) -> str:
    """All text inside an element that holds no notes, without metadata."""
    parts = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        parts.append("" if name_of(child) in _SKIPPED else plain(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _is_paragraph(element: etree._Element) -> bool:
    """Whether an element holds words of its own, or is known to hold some."""
    if name_of(element) in _PARAGRAPHS and not any(name_of(c) in _PARAGRAPHS for c in element):
        return True
    own = [element.text, *(child.tail for child in element)]
    return any(text and text.strip() for text in own)


def _own_link(element: etree._Element) -> str | None:
    """The link that an act states for one of its parts, by the standard for references (Juriconnect, jci 1.3)."""
    for meta in (child for child in element if name_of(child) == "meta-data"):
        for link in meta.iterfind("./{*}jcis/{*}jci"):
            if reference := link.get("verwijzing"):
                return f"https://wetten.overheid.nl/{reference}"
    return None


def _numbered(number: str, blocks: list[Block]) -> Iterator[Block]:
    """The blocks of a lid or list item, its number in front of the first."""
    marker = f"{number}." if re.fullmatch(r"\d+[a-z]?", number) else number
    for at, block in enumerate(blocks):
        fits = at == 0 and block.role in ("text", "item")
        yield Block(item(marker, block.text), role="item", term=block.term) if fits and marker else block


def _without_start(text: str, start: str) -> str:
    """A text without the words that stand in front of it already."""
    repeated = start and re.match(rf"{re.escape(start)}(?!\w)[.:]?\s*", text, re.I)
    return text[repeated.end() :] if repeated else text


def _spaced(text: str | None) -> str:
    """Text in which line ends, which only lay out the file, are spaces."""
    return re.sub(r"\s+", " ", text or "")
