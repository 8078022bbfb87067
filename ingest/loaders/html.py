"""HTML pages, with or without the site around the policy text; scripts, styles, menus and forms are not text.

`html_page` finds the text in the page, `html_notes` its footnotes; here its elements become blocks.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import replace

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString

from ingest.blocks import Block, Source, clean_line
from ingest.errors import UnreadableDocument
from ingest.loaders.divisions import with_division_levels
from ingest.loaders.html_notes import take_notes
from ingest.loaders.html_page import address, page_title, publication_line, strip, text_root, without_site_lines
from ingest.loaders.lists import MARKER_ONLY, broken_lines, item, letters, roman, starts_item
from ingest.loaders.notes import attached
from ingest.loaders.tables import Cell, Row, frames_text, table_blocks
from ingest.loaders.text import decode

_PARTS = ("section", "article", "div")  # what may carry the id that leads to its first heading
_KOP = re.compile(r"(?:^|[-_a-z])(?P<inner>tussen)?kop(?P<level>[1-6])?$")  # headings written as paragraphs
_OWN_NUMBER = re.compile(r"(?:^|[-_.])(?:lidnr|li[-_.]?nr|ol|nr)$")
_CONTENTS = re.compile(r"^(?:msotoc\d|toc\d?|inhoudsopgave|table-of-contents)$", re.I)
_CONTENTS_TITLE = re.compile(r"^(?:inhoud|inhoudsopgave)$", re.I)
_CONTENTS_LINKS = 3  # a list of fewer links to the page itself is no table of contents
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr legend li "
    "main ol p pre section table ul tr td th thead tbody tfoot caption body html details summary header footer "
    "form".split()
)
_MAX_SPAN = 1000


def load_html(data: bytes) -> Source:
    """Reads HTML by what a browser would show; the main element (or article) is preferred over the whole page.

    Raises:
        UnreadableDocument: the bytes are no text, or elements lie nested beyond what a page can be.
    """
    decode(data)
    try:
        return _load(data)
    except RecursionError as error:
        raise UnreadableDocument(
            "the page has elements nested hundreds deep (expected a few dozen). Save its text in another format"
        ) from error


def _load(data: bytes) -> Source:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(data, "lxml")
    title, url = page_title(soup), address(soup)
    notes = take_notes(soup)
    root = text_root(soup)
    publication = publication_line(soup, root)
    strip(root)
    blocks = with_division_levels(_mark_contents_title(without_site_lines(_Reader(root).blocks)))
    if publication:
        at = 1 if blocks and blocks[0].role == "heading" else 0
        blocks.insert(at, publication)
    highest = [b.text for b in blocks if b.role == "heading" and b.level == 1]
    heading = highest[0] if len(highest) == 1 or (highest and not title) else None  # of several, none is the title
    styled = any(block.role == "heading" for block in blocks)
    return Source(tuple(attached([*blocks, *notes])), styled=styled, title=heading or title, url=url)


def _mark_contents_title(blocks: list[Block]) -> list[Block]:
    """Makes the heading of a table of contents a part of it."""
    result = []
    for at, block in enumerate(blocks):
        before_contents = at + 1 < len(blocks) and blocks[at + 1].term == "contents"
        if block.role == "heading" and before_contents and _CONTENTS_TITLE.match(block.text):
            block = Block(block.text, role="caption", term="contents")
        result.append(block)
    return result


class _Reader:
    """Turns an element into blocks; holds the level of the heading that the next words stand under."""

    def __init__(self, root: Tag, level: int = 0) -> None:
        self.blocks: list[Block] = []
        self._level = level
        self._readers = {
            "ul": self._list, "ol": self._list, "dl": self._definitions, "table": self._table,
            "details": self._details, "figcaption": self._caption,
        }  # fmt: skip
        self._walk(root)

    def _inner(self, tag: Tag) -> list[Block]:
        return _Reader(tag, self._level).blocks

    def _walk(self, tag: Tag) -> None:
        """Appends the blocks of one element; runs of inline children make one paragraph."""
        inline: list[str] = []

        def flush() -> None:
            lines = broken_lines("".join(inline))
            inline.clear()
            for line in lines:
                self.blocks.append(Block(line, role="item" if len(lines) > 1 and starts_item(line) else "text"))

        for child in tag.children:
            if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCKS)):
                flush()
                self._element(child)
            else:
                inline.append(_inline(child))
        flush()

    def _element(self, tag: Tag) -> None:
        names = [str(name).lower() for name in (tag.get("class") or [])]
        kop = next((found for name in names if (found := _KOP.search(name))), None)
        if tag.name in _HEADINGS:
            self._heading(tag, int(tag.name[1]))
        elif kop and tag.name in ("p", "div") and not tag.find(_HEADINGS) and not tag.find("p"):
            inner = kop["inner"] is not None
            self._heading(tag, self._level + 1 if inner else int(kop["level"] or 1), inner=inner)
        elif _is_contents(tag, names):
            links = [clean_line(_inline(link)) for link in tag.find_all("a")] or [clean_line(_inline(tag))]
            self.blocks.extend(Block(text, role="caption", term="contents") for text in links if text)
        elif tag.name in self._readers:
            self._readers[tag.name](tag)
        elif "lid" in names:
            self.blocks.extend(self._item(tag, ""))
        elif tag.name == "p" and "mso-list" in str(tag.get("style") or ""):  # Word writes lists as paragraphs
            typed = starts_item(clean_line(_inline(tag)))
            self.blocks.extend(self._item(tag, "-") if typed else self._inner(tag))
        else:
            self._walk(tag)

    def _heading(self, tag: Tag, level: int, *, inner: bool = False) -> None:
        """Appends a heading; an `inner` one ("tussenkop") stands under the same heading as its neighbours."""
        text = clean_line(_inline(tag))
        if text:
            self.blocks.append(Block(text, role="heading", level=level, anchor=_anchor(tag)))
            self._level = self._level if inner else level

    def _caption(self, tag: Tag) -> None:
        text = clean_line(_inline(tag))
        self.blocks.extend([Block(text, role="caption")] if text else [])

    def _details(self, tag: Tag) -> None:
        """A part that can be folded: what stands on it is the heading of what lies in it."""
        outer = self._level
        summary = tag.find("summary")
        if isinstance(summary, Tag):
            if summary.find(_HEADINGS):
                self._walk(summary)
            else:
                self._heading(summary, outer + 1)
            summary.decompose()
        self._walk(tag)
        self._level = outer

    def _list(self, tag: Tag) -> None:
        items = [child for child in tag.children if isinstance(child, Tag) and child.name == "li"]
        number = _integer(tag.get("start"), len(items) if tag.has_attr("reversed") else 1)
        step = -1 if tag.has_attr("reversed") else 1
        for child in tag.children:
            if not isinstance(child, Tag):
                if _inline(child).strip():
                    self.blocks.append(Block(clean_line(_inline(child))))
            elif child.name != "li":  # a list right inside a list is common, though no browser asks for it
                self._element(child)
            else:
                number = _integer(child.get("value"), number)
                self.blocks.extend(self._item(child, _marker(tag, number)))
                number += step

    def _item(self, tag: Tag, marker: str) -> list[Block]:
        """The blocks of a list item, its marker in front; a marker in a paragraph of its own joins the next one."""
        own = next((t for t in tag.find_all(["span", "p", "div"]) if _names_number(t)), None)
        if own is not None and re.fullmatch(r"\d{1,3}[a-z]?|[a-z]{1,2}", clean_line(own.get_text())):
            own.append(". ")
        inner = self._inner(tag)
        if len(inner) > 1 and MARKER_ONLY.match(inner[0].text) and inner[1].role in ("text", "item"):
            first = inner[0].text
            inner = [replace(inner[1], text=f"{first} {inner[1].text}", role="text"), *inner[2:]]
        if inner and inner[0].role in ("text", "item"):
            inner[0] = replace(inner[0], text=item(marker, inner[0].text, own_wins=True), role="item")
        return inner

    def _definitions(self, tag: Tag) -> None:
        waiting: list[str] = []  # terms whose definition has not come yet; several may share one
        term = ""
        for child in [c for c in tag.find_all(["dt", "dd"]) if c.find_parent("dl") is tag]:
            text = clean_line(_inline(child))
            if child.name == "dt":
                waiting.append(text.rstrip(":"))
            elif text:
                term = ", ".join(waiting) or term
                waiting.clear()
                self.blocks.append(Block(f"{term}: {text}" if term else text, term=term or None))
        self.blocks.extend(Block(left) for left in waiting if left)

    def _table(self, tag: Tag) -> None:
        lines = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        cells = [[c for c in row.children if isinstance(c, Tag) and c.name in ("td", "th")] for row in lines]
        rows = [_row(line, row) for line, row in zip(lines, cells, strict=True)]
        named = any(cell.heads for row in rows for cell in row.cells)
        caption = tag.find("caption")
        title = clean_line(_inline(caption)) if isinstance(caption, Tag) else ""
        if tag.find(_HEADINGS[:4]) or (tag.find("table") and not named) or frames_text(rows):
            self._walk(tag)
        else:
            self.blocks.extend(table_blocks(rows, title))


def _row(line: Tag, cells: Sequence[Tag]) -> Row:
    """A row; it is a heading when it lies in the thead, or when its cells are headings and none of a row."""
    found = tuple(
        Cell(
            clean_line(_inline(cell)),
            columns=min(_integer(cell.get("colspan"), 1), _MAX_SPAN),
            rows=_integer(cell.get("rowspan"), 1) or _MAX_SPAN,  # 0: to the end of the table
            heads=cell.name == "th" and cell.get("scope") not in ("col", "colgroup"),
            paragraphs=len(cell.find_all(["p", "li"])),
        )
        for cell in cells
    )
    headings = bool(cells) and all(c.name == "th" for c in cells) and (len(cells) > 1 or bool(line.find_next_sibling()))
    rows_own = len(cells) == 1 and cells[0].get("scope") in ("row", "rowgroup")
    return Row(found, header=line.find_parent("thead") is not None or (headings and not rows_own))


def _marker(tag: Tag, number: int) -> str:
    """What a browser shows in front of an item."""
    style = f"{tag.get('style') or ''} {' '.join(map(str, tag.get('class') or []))}".lower()
    if tag.name == "ul":
        return "-"
    if re.search(r"list-style(?:-type)?\s*:\s*none", style):
        return ""
    named = re.search(r"(lower|upper)-(alpha|latin|roman)", style)
    kind = str(tag.get("type") or "1")
    if named:
        kind = {"lower": str.lower, "upper": str.upper}[named[1]]("i" if named[2] == "roman" else "a")
    shown = {
        "a": letters(number, doubled=False),
        "A": letters(number, doubled=False).upper(),
        "i": roman(number),
        "I": roman(number).upper(),
    }
    return f"{shown.get(kind, number)}."


def _is_contents(tag: Tag, names: list[str]) -> bool:
    """Whether an element is a table of contents: by its name, or a list that is nothing but links into the page."""
    if any(map(_CONTENTS.match, [*names, str(tag.get("id") or "")])):
        return tag.name == "p" or tag.find("a") is not None
    if tag.name not in ("ul", "ol"):
        return False
    links = tag.find_all("a", href=re.compile("^#."))
    linked = sum(len(link.get_text(strip=True)) for link in links)
    return len(links) >= _CONTENTS_LINKS and linked == len(tag.get_text(strip=True))


def _anchor(heading: Tag) -> str | None:
    """The id that leads to a heading: its own, that of an anchor in or before it, or of the part that it opens."""
    before, parent = heading.find_previous_sibling(), heading.parent
    near = [heading, *heading.find_all("a")]
    near += [before] if isinstance(before, Tag) and before.name == "a" else []
    near += [parent] if isinstance(parent, Tag) and before is None and parent.name in _PARTS else []
    names = (tag.get("id") or (tag.get("name") if tag.name == "a" else None) for tag in near)
    return next((name for name in names if isinstance(name, str) and re.fullmatch(r"\S{1,200}", name)), None)


def _names_number(tag: Tag) -> bool:
    return any(_OWN_NUMBER.search(str(name)) for name in (tag.get("class") or []))


def _integer(value: object, default: int) -> int:
    text = str(value).strip() if value is not None else ""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default


def _inline(element: PageElement) -> str:
    """Visible text with its forced line breaks; the source's own line ends and block children become spaces."""
    if not isinstance(element, Tag):
        is_text = isinstance(element, NavigableString) and not isinstance(element, PreformattedString)
        if not is_text:  # comments, CDATA and doctypes are preformatted strings
            return ""
        return str(element) if element.find_parent("pre") else re.sub(r"\s+", " ", str(element))
    if element.name == "br":
        return "\n"
    text = "".join(_inline(child) for child in element.children)
    return f" {text} " if element.name in _BLOCKS else text
