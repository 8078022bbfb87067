"""Markdown (CommonMark with tables and footnotes), read from its token stream.

Raw HTML in it gives its visible text, tables as rows, and no headings, for the outline is the author's `#` marks.
Front matter between lines of "---" is no text; its title is the document's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from ingest.blocks import Block, Source, clean_line
from ingest.loaders.html import load_html
from ingest.loaders.lists import MARKER_ONLY, broken_lines, item, starts_item
from ingest.loaders.notes import attached, note, reference
from ingest.loaders.tables import Cell, Row, table_blocks
from ingest.loaders.text import decode
from ingest.names import signs

_LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
_GLOSSARY = re.compile(r"^(?P<term>[^:]{2,60}):\s")
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?P<fields>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^[\w-]+[ \t]*:", re.M)
_TITLE = re.compile(r"^(?:title|titel)[ \t]*:[ \t]*(?P<title>\S.*?)[ \t]*$", re.M | re.I)
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.I | re.S)
_OWN_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")


def load_markdown(data: bytes) -> Source:
    """Reads Markdown; headings come from `#` marks and underlines, items and rows from the token stream.

    Raises:
        UnreadableDocument: the bytes are no text.
    """
    text = decode(data).replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    fields = front["fields"] if front and (_FIELD.search(front["fields"]) or not front["fields"].strip()) else None
    if front and fields is not None:
        text = text[front.end() :]
    stated = _TITLE.search(fields or "")
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin)
    whole = _HTML_TABLE.sub(lambda found: re.sub(r"\n\s*\n", "\n", found[0]), text)  # a blank line ends raw HTML
    blocks = attached(_with_numbers(_Reader(parser.parse(whole)).blocks))
    styled = any(block.role == "heading" for block in blocks)
    heading = next((block.text for block in blocks if block.role == "heading" and block.level == 1), None)
    return Source(tuple(blocks), styled=styled, title=stated["title"].strip("\"'") if stated else heading)


def _with_numbers(blocks: list[Block]) -> list[Block]:
    """Joins a number in a paragraph of its own ("1.3.1", in contracts) with the paragraph it numbers."""
    result: list[Block] = []
    for block in blocks:
        before = result[-1] if result else None
        if before and before.role == block.role == "text" and _OWN_NUMBER.fullmatch(before.text):
            result[-1] = Block(f"{before.text} {block.text}", term=block.term)
        else:
            result.append(block)
    return result


class _Reader:
    """Walks the flat token stream once; holds where it is in lists, tables and notes."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.blocks: list[Block] = []
        self._lists: list[int | None] = []  # the next number of each open list; None for bullets
        self._marker = ""
        self._level: int | None = None
        self._rows: list[Row] = []
        self._cells: list[Cell] | None = None
        self._note: list[str] | None = None
        for token in tokens:
            self._read(token)

    def _read(self, token: Token) -> None:
        handler = getattr(self, f"_{token.type}", None)
        if handler:
            handler(token)

    def _heading_open(self, token: Token) -> None:
        self._level = int(token.tag[1])

    def _heading_close(self, _: Token) -> None:
        self._level = None

    def _bullet_list_open(self, _: Token) -> None:
        self._lists.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        start = token.attrGet("start")
        self._lists.append(int(start) if start is not None else 1)

    def _bullet_list_close(self, _: Token) -> None:
        self._lists.pop()
        self._marker = ""

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        number = self._lists[-1]
        self._marker = "-" if number is None else f"{number}{token.markup or '.'}"
        if number is not None:
            self._lists[-1] = number + 1

    def _table_open(self, _: Token) -> None:
        self._rows = []

    def _table_close(self, _: Token) -> None:
        """A table always begins with a heading row here: whether it names the columns is left to be found out."""
        self.blocks.extend(table_blocks(self._rows))

    def _tr_open(self, _: Token) -> None:
        self._cells = []

    def _tr_close(self, _: Token) -> None:
        self._rows.append(Row(tuple(self._cells or ())))
        self._cells = None

    def _footnote_open(self, token: Token) -> None:
        self._note = [str(int(token.meta["id"]) + 1)]

    def _footnote_close(self, _: Token) -> None:
        mark, *paragraphs = self._note or [""]
        if paragraphs:
            self.blocks.append(note(mark, " ".join(paragraphs)))
        self._note = None
        self._marker = ""

    def _code_block(self, token: Token) -> None:
        self._paragraph(clean_line(token.content))

    _fence = _code_block

    def _html_block(self, token: Token) -> None:
        for block in load_html(token.content.encode()).blocks:
            if self._note is not None:
                self._note.append(block.text)
            else:
                self.blocks.append(replace(block, role="text", level=None) if block.role == "heading" else block)

    def _inline(self, token: Token) -> None:
        text = _visible(token)
        line = clean_line(text)
        if self._cells is not None:
            self._cells.append(Cell(line))
        elif line and self._level is not None:
            self.blocks.append(Block(line, role="heading", level=self._level))
        else:
            for part in (p for paragraph in text.split("\n\n") for p in _typed_items(paragraph)):
                self._paragraph(part, token)

    def _paragraph(self, text: str, token: Token | None = None) -> None:
        if self._note is not None:
            self._note.append(item(self._marker, text) if self._marker else text)
        elif self._marker:
            self.blocks.append(Block(item(self._marker, text), role="item"))
        elif starts_item(text) and (self._lists or not text[0].isalnum() or "°" in text[:5]):
            self.blocks.append(Block(item("-" if not text[0].isalnum() else "", text), role="item"))
        elif self._is_marker_before():
            self.blocks[-1] = replace(self.blocks[-1], text=f"{self.blocks[-1].text} {text}")
        else:
            self.blocks.append(Block(text, term=_term(text, token)))
        self._marker = ""

    def _is_marker_before(self) -> bool:
        """Whether an item above was nothing but a number that its author typed behind a bullet ("- 1.")."""
        last = self.blocks[-1] if self.blocks else None
        typed = last.text.removeprefix("- ") if last and last.role == "item" else ""
        return bool(self._lists and typed != "-" and MARKER_ONLY.match(typed))


def _typed_items(text: str) -> list[str]:
    """The paragraph, cut before each line that its author began with a bullet or number, or that signs."""
    parts: list[str] = []
    for line in broken_lines("\n".join(filter(None, map(str.strip, text.split("\n"))))):
        if parts and not starts_item(line) and not signs(line):
            parts[-1] = f"{parts[-1]} {line}"
        else:
            parts.append(line)
    return parts


def _term(text: str, token: Token | None) -> str | None:
    """The term of a glossary entry: a paragraph that begins with a bold term and a colon."""
    children = (token.children or []) if token else []
    starts_bold = any(child.type == "strong_open" for child in children[:2])
    found = _GLOSSARY.match(text) if starts_bold else None
    return found["term"] if found else None


def _visible(token: Token) -> str:
    """What a reader sees of inline tokens, with its line ends; images and link targets are left out.

    Under a line that is bold from end to end stands a blank line: it was meant to stand alone ("**Artikel 2**"). Above
    a line that begins with a bold name and a colon too: such lines are fields ("**Inwerkingtreding:** 1 maart 2025").
    """
    parts: list[str] = []
    plain = False  # whether words that are not bold stand on this line
    depth = 0
    children = token.children or []
    for at, child in enumerate(children):
        depth += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
            plain = plain or (depth == 0 and bool(child.content.strip()))
        elif child.type in ("softbreak", "hardbreak") or _LINE_BREAK.match(child.content):
            parts.append("\n" if plain and not _begins_field(children[at + 1 :]) else "\n\n")
            plain = False
        elif child.type == "footnote_ref":
            parts.append(reference(str(int(child.meta["id"]) + 1)))
    return "".join(parts)


def _begins_field(children: Sequence[Token]) -> bool:
    """Whether what follows is a bold name with a colon, within the bold or right behind it."""
    shown = [child for child in children if child.type != "text" or child.content][:4]
    kinds = [child.type for child in shown]
    if kinds[:3] != ["strong_open", "text", "strong_close"]:
        return False
    after = shown[3].content if kinds[3:] == ["text"] else ""
    return shown[1].content.rstrip().endswith(":") or after.lstrip().startswith(":")
