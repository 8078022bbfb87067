"""HTML pages, with or without the site around the policy text; scripts, styles, menus and forms are not text."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString

from ingest.blocks import Block, Source, clean_line

_NOT_CONTENT = (
    "script style noscript template svg canvas iframe object embed form nav header footer aside button dialog "
    "select input textarea head"
).split()
_SITE_PARTS = re.compile(r"cookie|breadcrumb|kruimelpad|sidebar|site-?(?:header|footer|nav)|skip-?link|share", re.I)
_BLOCKS = frozenset(
    "address article blockquote center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p "
    "pre section table ul tr td th thead tbody tfoot caption body html details summary".split()
)


def load_html(data: bytes) -> Source:
    """Reads HTML by what a browser would show; the main element (or article) is preferred over the whole page."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(data, "lxml")
    title = clean_line(soup.title.get_text(" ")) if soup.title else None
    canonical = soup.find("link", rel="canonical")
    url = str(canonical.get("href")) if isinstance(canonical, Tag) and canonical.get("href") else None
    root = soup.find("main") or soup.find("article") or soup.body or soup
    assert isinstance(root, Tag)
    for tag in root.find_all(_NOT_CONTENT):
        tag.decompose()
    for tag in [t for t in root.find_all(True) if _is_site_part(t)]:
        if not tag.decomposed:
            tag.decompose()
    blocks: list[Block] = []
    _walk(root, blocks)
    heading = next((b.text for b in blocks if b.role == "heading" and b.level == 1), None)
    styled = any(block.role == "heading" for block in blocks)
    return Source(tuple(blocks), styled=styled, title=heading or title or None, url=url)


def _is_site_part(tag: Tag) -> bool:
    if tag.attrs is None:
        return False
    names = [str(tag.get("id") or ""), *(str(name) for name in (tag.get("class") or []))]
    hidden = tag.has_attr("hidden") or tag.get("aria-hidden") == "true"
    return hidden or any(_SITE_PARTS.search(name) for name in names)


def _walk(tag: Tag, blocks: list[Block]) -> None:
    """Appends the blocks of one element; runs of inline children make one paragraph."""
    inline: list[str] = []

    def flush() -> None:
        text = clean_line("".join(inline))
        inline.clear()
        if text:
            blocks.append(Block(text))

    for child in tag.children:
        if not isinstance(child, Tag):
            inline.append(_string(child))
        elif child.name == "br":
            inline.append("\n")
        elif child.name in _BLOCKS or child.find(_BLOCKS):
            flush()
            _element(child, blocks)
        else:
            inline.append(_inline(child))
    flush()


def _element(tag: Tag, blocks: list[Block]) -> None:
    if re.fullmatch(r"h[1-6]", tag.name):
        text = clean_line(_inline(tag))
        if text:
            blocks.append(Block(text, role="heading", level=int(tag.name[1])))
    elif tag.name in ("ul", "ol"):
        _list(tag, blocks)
    elif tag.name == "dl":
        _definitions(tag, blocks)
    elif tag.name == "table":
        _table(tag, blocks)
    elif tag.name == "figcaption":
        blocks.append(Block(clean_line(_inline(tag)), role="caption"))
    else:
        _walk(tag, blocks)


def _list(tag: Tag, blocks: list[Block]) -> None:
    start = str(tag.get("start") or "1")
    number = int(start) if start.isdigit() else 1
    for item in tag.find_all("li", recursive=False):
        inner: list[Block] = []
        _walk(item, inner)
        marker = f"{number}. " if tag.name == "ol" else "- "
        for at, block in enumerate(inner):
            if at == 0 and block.role == "text":
                has_own = re.match(r"^(?:\d{1,2}[.)]|[a-z][.)]|[•–-])\s", block.text)
                blocks.append(Block(block.text if has_own else marker + block.text, role="item"))
            else:
                blocks.append(block)
        number += 1


def _definitions(tag: Tag, blocks: list[Block]) -> None:
    term = ""
    for child in tag.find_all(["dt", "dd"]):
        text = clean_line(_inline(child))
        if child.name == "dt":
            term = text.rstrip(":")
        elif text:
            blocks.append(Block(f"{term}: {text}" if term else text, term=term or None))


def _table(tag: Tag, blocks: list[Block]) -> None:
    for at, row in enumerate(tag.find_all("tr")):
        cells = row.find_all(["td", "th"])
        texts = [clean_line(_inline(cell)) for cell in cells]
        header = at == 0 or bool(row.find_parent("thead"))
        text = " | ".join(t for t in texts if t)
        if text:
            blocks.append(Block(text, role="row", header=header, term=None if header else (texts[0] or None)))


def _inline(tag: Tag) -> str:
    """Visible text of an element; block children and line breaks become spaces."""
    parts: list[str] = []
    for child in tag.children:
        if not isinstance(child, Tag):
            parts.append(_string(child))
        elif child.name == "br" or child.name in _BLOCKS:
            parts.append(f" {_inline(child)} ")
        else:
            parts.append(_inline(child))
    return "".join(parts)


def _string(element: PageElement) -> str:
    is_text = isinstance(element, NavigableString) and not isinstance(element, PreformattedString)
    return str(element) if is_text else ""  # comments, CDATA and doctypes are preformatted strings
