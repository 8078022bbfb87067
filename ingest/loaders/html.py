"""HTML pages, with or without the site around the policy text; scripts, styles, menus and forms are not text."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString

from ingest.blocks import Block, Source, clean_line
from ingest.errors import UnreadableDocument
from ingest.loaders.text import decode

_NOT_CONTENT = (
    "script style noscript template svg canvas iframe object embed nav aside button dialog select input textarea head"
).split()
_CONTENT = ("main", ".officiele-publicatie", "article", "[role=main]")
"""Where the text of a page lies, the most certain first; the second is officielebekendmakingen.nl's."""
_HEADING_CLASS = re.compile(r"(?:^|_)kop$")  # officielebekendmakingen.nl writes headings as paragraphs
_FRAME = ["header", "footer", "form"]  # the site's, unless they lie in the article or hold its heading
_SITE_PARTS = re.compile(
    r"^(?!has|with|no-)(?:\w+[-_])*(?:cookies?|breadcrumbs?|kruimelpad|sidebar|site-?(?:header|footer|nav)|skip-?links?|"
    r"share|sharing|visually-hidden)(?:[-_]|$)",
    re.I,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_BLOCKS = frozenset(
    "address article blockquote center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p "
    "pre section table ul tr td th thead tbody tfoot caption body html details summary".split()
)


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
    title = clean_line(soup.title.get_text(" ")) if soup.title else None
    canonical = soup.find("link", rel="canonical")
    url = str(canonical.get("href")) if isinstance(canonical, Tag) and canonical.get("href") else None
    found = (soup.select_one(selector) for selector in _CONTENT)
    root = next((tag for tag in found if tag and tag.get_text(strip=True)), None) or soup.body or soup
    assert isinstance(root, Tag)
    for tag in [t for t in root.find_all(True) if _is_not_content(t)]:
        if not tag.decomposed:
            tag.decompose()
    blocks: list[Block] = []
    _walk(root, blocks)
    heading = next((b.text for b in blocks if b.role == "heading" and b.level == 1), None)
    styled = any(block.role == "heading" for block in blocks)
    return Source(tuple(blocks), styled=styled, title=heading or title or None, url=url)


def _is_not_content(tag: Tag) -> bool:
    """Whether an element is hidden or belongs to the site; whatever its name, what holds the page's heading is not."""
    if tag.name in _NOT_CONTENT or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(str(tag.get("style") or "")):
        return True
    if tag.name in _FRAME:
        return not tag.find(["h1", "h2"]) and not tag.find_parent(["main", "article"])
    names = [str(tag.get("id") or ""), *(str(name) for name in (tag.get("class") or []))]
    return any(_SITE_PARTS.search(name) for name in names) and not tag.find("h1")


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
    elif tag.name == "p" and any(_HEADING_CLASS.search(str(name)) for name in tag.get("class") or []):
        blocks.append(Block(clean_line(_inline(tag)), role="heading", level=1))
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
    for item in tag.children:
        if not isinstance(item, Tag):
            if _string(item).strip():
                blocks.append(Block(clean_line(_string(item))))
            continue
        if item.name != "li":  # a list right inside a list is common, though no browser asks for it
            _element(item, blocks)
            continue
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
    waiting: list[str] = []  # terms whose definition has not come yet; several may share one
    term = ""
    for child in [c for c in tag.find_all(["dt", "dd"]) if c.find_parent("dl") is tag]:
        text = clean_line(_inline(child))
        if child.name == "dt":
            waiting.append(text.rstrip(":"))
        elif text:
            term = ", ".join(waiting) or term
            waiting.clear()
            blocks.append(Block(f"{term}: {text}" if term else text, term=term or None))
    blocks.extend(Block(left) for left in waiting if left)


def _table(tag: Tag, blocks: list[Block]) -> None:
    if tag.find(["h1", "h2", "h3", "h4", "table"]):  # a table that only arranges the page
        _walk(tag, blocks)
        return
    caption = tag.find("caption")
    if isinstance(caption, Tag) and _inline(caption).strip():
        blocks.append(Block(clean_line(_inline(caption)), role="caption"))
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
