"""Markdown (CommonMark with tables and footnotes), read from its token stream.

Raw HTML in it gives its visible text and nothing else: no headings, for the outline is the author's `#` marks.
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
from ingest.loaders.text import decode

_LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
_GLOSSARY = re.compile(r"^(?P<term>[^:]{2,60}):\s")


def load_markdown(data: bytes) -> Source:
    """Reads Markdown; headings come from `#` marks, items and rows from the token stream."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin)
    blocks = _Reader(parser.parse(decode(data))).blocks
    styled = any(block.role == "heading" for block in blocks)
    title = next((block.text for block in blocks if block.role == "heading" and block.level == 1), None)
    return Source(tuple(blocks), styled=styled, title=title)


class _Reader:
    """Walks the flat token stream once; holds where it is in lists and tables."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.blocks: list[Block] = []
        self._lists: list[int | None] = []  # the next number of each open list; None for bullets
        self._marker = ""
        self._level: int | None = None
        self._row: list[str] | None = None
        self._header = False
        self._note = ""
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
        self._lists.append(int(token.attrGet("start") or 1))

    def _bullet_list_close(self, _: Token) -> None:
        self._lists.pop()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, _: Token) -> None:
        number = self._lists[-1]
        self._marker = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _thead_open(self, _: Token) -> None:
        self._header = True

    def _thead_close(self, _: Token) -> None:
        self._header = False

    def _tr_open(self, _: Token) -> None:
        self._row = []

    def _tr_close(self, _: Token) -> None:
        cells = self._row or []
        self._row = None
        text = " | ".join(cell for cell in cells if cell)
        if text:
            term = None if self._header else (cells[0] or None)
            self.blocks.append(Block(text, role="row", header=self._header, term=term))

    def _footnote_open(self, token: Token) -> None:
        self._note = f"{int(token.meta['id']) + 1} "

    def _footnote_close(self, _: Token) -> None:
        self._note = ""

    def _code_block(self, token: Token) -> None:
        self._paragraph(clean_line(token.content))

    _fence = _code_block

    def _html_block(self, token: Token) -> None:
        for block in load_html(token.content.encode()).blocks:
            self.blocks.append(replace(block, role="text", level=None) if block.role == "heading" else block)

    def _inline(self, token: Token) -> None:
        text = clean_line(_visible(token))
        if self._row is not None:
            self._row.append(text)
        elif text and self._level is not None:
            self.blocks.append(Block(text, role="heading", level=self._level))
        elif text:
            self._paragraph(text, token)

    def _paragraph(self, text: str, token: Token | None = None) -> None:
        if self._note:
            self.blocks.append(Block(self._note + text, role="footnote"))
            self._note = ""
        elif self._marker:
            self.blocks.append(Block(self._marker + text, role="item"))
            self._marker = ""
        else:
            self.blocks.append(Block(text, term=_term(text, token)))


def _term(text: str, token: Token | None) -> str | None:
    """The term of a glossary entry: a paragraph that begins with a bold term and a colon."""
    children = (token.children or []) if token else []
    starts_bold = any(child.type == "strong_open" for child in children[:2])
    found = _GLOSSARY.match(text) if starts_bold else None
    return found["term"] if found else None


def _visible(token: Token) -> str:
    """What a reader sees of inline tokens: text, code, a footnote's number; images and link targets are left out."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or _LINE_BREAK.match(child.content):
            parts.append(" ")
        elif child.type == "footnote_ref":
            parts.append(f" {int(child.meta['id']) + 1}")
    return "".join(parts)
