"""Running heads, running feet and page numbers: on the page, and not of the text."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import median

from ingest.loaders.pdf_page import Page
from ingest.loaders.pdf_rows import Row
from ingest.numbering import parse_label

_EDGE = 0.14  # of the page height; where running heads and feet stand
_OUTER_ROWS = 4  # how many rows a running head may have
_FEWEST = 3  # pages on which it stands, in a document that has as many
_SAME_PLACE = 4.0  # points
_APART = 1.45  # of the type size; at least this far from the text
_MOSTLY = 0.8  # of the pages; a few have lost their number or repeat it
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:pagina|page|pag\.?|blz\.?|p\.)\s*)?\d{1,4}(?:\s*(?:/|van|of|\|)\s*\d{1,4})?\W*$", re.I
)

Place = tuple[int, int]
"""Index of a page and of a row on it."""


def without_running(pages: list[Page], rows: list[list[Row]]) -> list[list[Row]]:
    """The rows of each page without running heads and feet: same text at the same place, page number aside."""
    running = _repeated(pages, rows)
    running |= _beside(pages, rows, running)
    running |= {
        (at, i)
        for at, page in enumerate(pages)
        for i, _ in _outer(page, rows[at])
        if _PAGE_NUMBER.match(rows[at][i].text) and _is_outermost(rows[at], i)
    }
    kept: list[list[Row]] = []
    for at, of_page in enumerate(rows):
        count = len(of_page)
        head = _depth(of_page, {i for i in range(count) if (at, i) in running})
        foot = _depth(of_page[::-1], {count - 1 - i for i in range(count) if (at, i) in running})
        kept.append(of_page[head : max(count - foot, head)])
    return kept


def _outer(page: Page, rows: list[Row]) -> Iterator[tuple[int, bool]]:
    """Index of the rows near the edges of a page, and whether it is the upper edge."""
    for i, row in enumerate(rows):
        if i < _OUTER_ROWS and row.base < _EDGE * page.height:
            yield i, True
        if i >= len(rows) - _OUTER_ROWS and row.base > (1 - _EDGE) * page.height:
            yield i, False


def _repeated(pages: list[Page], rows: list[list[Row]]) -> set[Place]:
    """Rows that stand on several pages at the same distance from the edge."""
    found: dict[tuple[bool, str], list[tuple[Place, float]]] = defaultdict(list)
    for at, page in enumerate(pages):
        for i, is_top in _outer(page, rows[at]):
            row = rows[at][i]
            away = row.base if is_top else page.height - row.base
            found[is_top, re.sub(r"\d+", "#", row.text)].append(((at, i), away))
    running: set[Place] = set()
    for places in found.values():
        usual = median(away for _, away in places)
        same = [place for place, away in places if abs(away - usual) <= _SAME_PLACE]
        texts = {at: rows[at][i].text for at, i in same}
        if len(texts) >= min(_FEWEST, max(2, len(pages))) and are_running(texts):
            running.update(same)
    return running


def are_running(texts: dict[int, str]) -> bool:
    """Whether texts by page, alike but for their numbers, differ only as page numbers do."""
    if len(set(texts.values())) == 1:
        return True
    if any(parse_label(text).division for text in texts.values()):  # "Bijlage 1", "Bijlage 2", each at the top
        return False
    columns = zip(*([int(n) for n in re.findall(r"\d+", text)] for text in texts.values()), strict=True)
    for column in columns:
        counted = Counter(number - at for number, at in zip(column, texts, strict=True))
        alike = Counter(column)
        if max(counted.most_common(1)[0][1], alike.most_common(1)[0][1]) < _MOSTLY * len(texts):
            return False
    return True


def _beside(pages: list[Page], rows: list[list[Row]], running: set[Place]) -> set[Place]:
    """Rows exactly where most pages have a running head: the name of a chapter that is one page long."""
    places = Counter((round(rows[at][i].base), rows[at][i].size) for at, i in running)
    usual = {place for place, count in places.items() if count * 2 >= len(pages) > _FEWEST}
    return {
        (at, i)
        for at, page in enumerate(pages)
        for i, _ in _outer(page, rows[at])
        if (round(rows[at][i].base), rows[at][i].size) in usual
    }


def _is_outermost(rows: list[Row], i: int) -> bool:
    """Whether a row is the first or the last of its page, apart from the text."""
    neighbour = {0: 1, len(rows) - 1: len(rows) - 2}.get(i)
    if neighbour is None or len(rows) < 2:
        return neighbour is not None
    return abs(rows[i].base - rows[neighbour].base) > _APART * rows[i].size


def _depth(rows: list[Row], running: set[int]) -> int:
    """How many rows from the start are running and stand apart from what follows, by space or by type."""
    depth = 0
    for i, row in enumerate(rows):
        if i not in running:
            break
        following = rows[i + 1] if i + 1 < len(rows) else None
        away = abs(following.base - row.base) if following else math.inf
        if following is None or away > _APART * following.size or abs(following.size - row.size) > 0.6:
            depth = i + 1
    return depth
