"""Policy documents made for tests: an outline of nodes, written in each of the formats that can be read."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass, field
from pathlib import Path

import docx
from hypothesis import strategies as st

from ingest.blocks import Block
from ingest.document import Document, Section
from ingest.read import read_document

WORDS = (
    "aanpak armoede begroting buurt samenwerking cultuur eenzaamheid energie gezin gezondheid inkomen inwoner jeugd "
    "kansen kwaliteit leefbaarheid mantelzorg natuur onderwijs ondersteuning participatie preventie schulden sport "
    "veiligheid vereniging vertrouwen voorziening vrijwilliger water welzijn werkgever wijkteam wonen zorgvraag"
).split()
SUFFIXES = (".txt", ".md", ".html", ".docx", ".xml")


@dataclass(frozen=True)
class Node:
    """A section to be written: paragraphs first, then an introduced list, then what lies below it."""

    number: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    children: tuple[Node, ...] = field(default=())


@st.composite
def titles(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
    return " ".join(words).capitalize()


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    sentences = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=12, max_size=20), min_size=1, max_size=4))
    return " ".join(f"{' '.join(words).capitalize()}." for words in sentences)


@st.composite
def nodes(draw: st.DrawFn, number: str, depth: int) -> Node:
    below = draw(st.integers(0, 3)) if depth > 1 else 0
    children = tuple(draw(nodes(f"{number}.{i}", depth - 1)) for i in range(1, below + 1))
    own = draw(st.lists(paragraphs(), min_size=0 if children else 1, max_size=3))
    items = draw(st.lists(titles(), min_size=2, max_size=4)) if own and draw(st.booleans()) else []
    return Node(number, draw(titles()), tuple(own), tuple(items), children)


@st.composite
def outlines(draw: st.DrawFn) -> tuple[Node, ...]:
    """Three to five chapters, numbered, up to three deep; every section without subsections has text."""
    count = draw(st.integers(3, 5))
    return tuple(draw(nodes(str(i), 3)) for i in range(1, count + 1))


def walk(outline: tuple[Node, ...], depth: int = 1) -> list[tuple[int, Node]]:
    found: list[tuple[int, Node]] = []
    for node in outline:
        found += [(depth, node), *walk(node.children, depth + 1)]
    return found


TITLE = "Beleidskader voor proeven"
INTRODUCTION = "Daarbij horen de volgende punten:"


def as_text(outline: tuple[Node, ...], *, dotted: bool = False, numbered_lists: bool = False, gap: str = "\n") -> str:
    lines = [TITLE]
    for _, node in walk(outline):
        lines += [f"{node.number}{'.' if dotted else ''} {node.title}", *node.paragraphs]
        if node.items:
            marks = [f"{i}." if numbered_lists else "-" for i in range(1, len(node.items) + 1)]
            lines.append("\n".join([INTRODUCTION, *(f"{m} {t}" for m, t in zip(marks, node.items, strict=True))]))
    return gap.join(lines) + "\n"


def as_markdown(outline: tuple[Node, ...]) -> str:
    lines = [f"# {TITLE}"]
    for depth, node in walk(outline):
        lines += [f"{'#' * (depth + 1)} {node.number} {node.title}", *node.paragraphs]
        if node.items:
            lines += [INTRODUCTION, "\n".join(f"- {item}" for item in node.items)]
    return "\n\n".join(lines)


def as_html(outline: tuple[Node, ...]) -> str:
    parts = [f"<h1>{TITLE}</h1>"]
    for depth, node in walk(outline):
        parts.append(f"<h{depth + 1}>{node.number} {html.escape(node.title)}</h{depth + 1}>")
        parts += [f"<p>{html.escape(p)}</p>" for p in node.paragraphs]
        if node.items:
            parts.append(f"<p>{INTRODUCTION}</p><ul>{''.join(f'<li>{item}</li>' for item in node.items)}</ul>")
    return f"<html><body><main>{''.join(parts)}</main></body></html>"


def as_docx(outline: tuple[Node, ...]) -> bytes:
    word = docx.Document()
    word.add_heading(TITLE, 0)
    for depth, node in walk(outline):
        word.add_heading(f"{node.number} {node.title}", depth)
        for paragraph in node.paragraphs:
            word.add_paragraph(paragraph)
        if node.items:
            word.add_paragraph(INTRODUCTION)
            for item in node.items:
                word.add_paragraph(item, style="List Bullet")
    return saved(word)


def as_xml(outline: tuple[Node, ...]) -> str:
    """A regulation in CVDR XML, with chapters and sections that carry bare numbers."""

    def section(node: Node, name: str) -> str:
        parts = [f"<kop><nr>{node.number}</nr><titel>{html.escape(node.title)}</titel></kop>"]
        parts += [f"<tekst><al>{html.escape(p)}</al></tekst>" for p in node.paragraphs]
        if node.items:
            items = "".join(f'<li nr="-"><al>{item}</al></li>' for item in node.items)
            parts.append(f"<tekst><al>{INTRODUCTION}</al><lijst>{items}</lijst></tekst>")
        parts += [section(child, "paragraaf") for child in node.children]
        return f"<{name}>{''.join(parts)}</{name}>"

    body = "".join(section(node, "hoofdstuk") for node in outline)
    return f"<cvdr><body><intitule>{TITLE}</intitule><regeling><regeling-tekst>{body}</regeling-tekst></regeling></body></cvdr>"


def saved(word: docx.document.Document) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def rendered(outline: tuple[Node, ...], suffix: str) -> bytes:
    writers = {".txt": as_text, ".md": as_markdown, ".html": as_html, ".docx": as_docx, ".xml": as_xml}
    content = writers[suffix](outline)
    return content if isinstance(content, bytes) else content.encode()


def read(folder: Path, content: str | bytes, name: str = "proef.txt") -> Document:
    """The document that a file with this content becomes."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path)


def numbered(document: Document) -> list[tuple[str, str]]:
    return [(s.number, s.title) for s in document.sections if s.number]


def section(document: Document, title: str) -> Section:
    """The one section with this title."""
    (found,) = [s for s in document.sections if s.title == title]
    return found


def titles_below(document: Document, title: str) -> list[str]:
    """Titles of the sections directly below the one with this title."""
    outer = section(document, title)
    return [s.title for s in document.sections if s.path[:-1] == outer.path]


def own_text(document: Document, title: str) -> str:
    found = section(document, title)
    return document.text[found.text_start : found.body_end].strip()


def texts(blocks: tuple[Block, ...], role: str | None = None) -> list[str]:
    return [b.text for b in blocks if role in (None, b.role)]


def passage_texts(document: Document, title: str | None = None) -> list[str]:
    return [
        document.text[p.start : p.end]
        for p in document.passages
        if title is None or document.sections[p.section].title == title
    ]
