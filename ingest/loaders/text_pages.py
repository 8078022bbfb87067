"""Pages of plain text: running heads, running feet and page numbers at its form feeds are not of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.loaders.pdf_running import are_running

_EDGE = 3  # lines at either end of a page, where running heads and feet stand
_FEW_PAGES = 3  # up to so many, two pages with the same line are enough
_PAGE = re.compile(
    r"\W*(?:pagina|page|pag\.?|blz\.?)\s*(?P<page>\d{1,4})(?:\s*(?:/|van|of|\|)\s*(?P<pages>\d{1,4}))?\W*", re.I
)


def without_running_lines(text: str) -> list[str]:
    """The lines of a text whose pages end in form feeds, without what repeats on these.

    A running line stands at the same place of several pages, apart from the text, and differs only as page numbers
    do. The top of the first page stays: it is where the title is. Without form feeds only "Pagina 2 van 5" is known.
    """
    pages = [page.split("\n") for page in text.split("\f")]
    while len(pages) > 1 and not any(line.strip() for line in pages[-1]):
        pages.pop()
    running = _running(pages) if len(pages) > 1 else set()
    if not running:
        return _without_page_numbers([line for page in pages for line in (*page, "")][:-1])
    lines: list[str] = []
    for at, page in enumerate(pages):
        kept = _trimmed([line for i, line in enumerate(page) if (at, i) not in running])
        lines.extend((*([""] if lines and kept else []), *kept))
    return lines


def _running(pages: Sequence[list[str]]) -> set[tuple[int, int]]:
    """Page and line of each running line."""
    edges = [_edges(page) for page in pages]
    places: dict[tuple[bool, int, str], dict[int, int]] = defaultdict(dict)
    for at, (page, ends) in enumerate(zip(pages, edges, strict=True)):
        for is_foot, end in enumerate(ends):
            for depth, i in enumerate(end):
                said = _said(page[i])
                if said[-1] not in ".;:,":  # a sentence
                    places[bool(is_foot), depth, re.sub(r"\d+", "#", said)][at] = i
    enough = 2 if len(pages) <= _FEW_PAGES else 3
    repeated = {
        (at, i)
        for where in places.values()
        if len(where) >= enough and are_running({at: _said(pages[at][i]) for at, i in where.items()})
        for at, i in where.items()
    }
    found: set[tuple[int, int]] = set()
    for at, (page, (head, foot)) in enumerate(zip(pages, edges, strict=True)):
        for end, step in ((head if at else [], 1), (foot, -1)):
            known = [(at, i) in repeated or bool(_PAGE.fullmatch(page[i])) for i in end]
            found |= {(at, i) for i in end[: _depth(page, end, known, step)]}
    return found


def _edges(page: list[str]) -> tuple[list[int], list[int]]:
    """The lines at the top of a page and those at its foot, from the edge inwards."""
    written = [i for i, line in enumerate(page) if line.strip()]
    return written[:_EDGE], written[::-1][:_EDGE]


def _depth(page: list[str], end: list[int], known: list[bool], step: int) -> int:
    """How many lines from the edge are running and stand apart: a table that goes on overleaf repeats its header."""
    depth = 0
    for count, (i, running) in enumerate(zip(end, known, strict=True), start=1):
        if not running:
            break
        beside = page[i + step] if 0 <= i + step < len(page) else ""
        if not beside.strip():
            depth = count
    return depth


def _without_page_numbers(lines: list[str]) -> list[str]:
    """The lines without "Pagina 1 van 5", "Pagina 2 van 5", …, where these count through the text."""
    found = {i: (int(m["page"]), m["pages"]) for i, line in enumerate(lines) if (m := _PAGE.fullmatch(line))}
    counts = all(b == (a[0] + 1, a[1]) for a, b in pairwise(found.values()))
    if len(found) < 2 or not counts or any(pages is None for _, pages in found.values()):
        return lines
    return [line for i, line in enumerate(lines) if i not in found and not (i - 1 in found and not line.strip())]


def _trimmed(lines: list[str]) -> list[str]:
    written = [i for i, line in enumerate(lines) if line.strip()]
    return lines[written[0] : written[-1] + 1] if written else []


def _said(line: str) -> str:
    return " ".join(line.split())
