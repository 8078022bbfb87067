"""Rows of tables: which of them a question asks for, and what the heads of their columns say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.quotable import MAX_LIST, Sentence, Weigh, heads_table, is_row, sentences_in
from ingest.document import Document

_HEAD_WORDS = 6  # words of a cell that says what stands below it
_ALIKE = 0.95  # the share of the worth of the best row that others need to be asked for with it
_NAMED = 0.75  # the same of rows that the question names
_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d|:$")
"""What a cell holds that is no head of a column: a figure that is no year, or what goes before one ("Naam:")."""
_HEAD_FIGURE = re.compile(r"\([^()]*\)|\b\d\d ?(?:\+|-?plus\w*)")
"""Figures that a head may hold: an age ("Inwoners 65+"), and what stands between brackets ("(1-1-2024)")."""
_UNIT = re.compile(
    r"\b(?:bedragen|duizend(?:en|tallen)|miljoenen|procenten|percentages)\b|[x×*] ?(?:€ ?)?1[.,]000"
    r"|\bin (?:hele )?(?:euro(?:['’]?s)?\b|€)"
    r"|[x×*] ?€ ?1 ?(?:miljoen|mln)",
    re.I,
)
"""A caption that says what the figures below it count: "(bedragen x € 1.000)"."""
_CAPTION = 200  # characters of a line above a table that says what its figures count
_CODE = re.compile(r"[^\W\d_]{0,3}[\W\d]*")
"""A first cell that only counts ("M10", "3."): the next one says what the row is about."""


def asked_rows(document: Document, section: int, sentences: Sequence[Sentence], weigh: Weigh) -> list[Sentence]:
    """The rows of the tables of a section that a question asks for; none where it asks for the whole, or for a text.

    `sentences` are those of one passage of the section. A row that is named by its first cell is worth what the heads
    of its columns say too: "hoeveel uren is de bibliotheek open" asks for the row of the library below "Uren".
    """
    if not any(_is_row(document, s) for s in sentences):
        return []
    own = document.sections[section]
    rows = [s for s in sentences_in(document, own.text_start, own.body_end, weigh) if _is_row(document, s)]
    heads = [s for s in rows if heads_table(document, s)]
    below = [s for s in rows if s not in heads]
    named = [_with_head(s, heads) for s in below if weigh(_name_of(document, s))]
    most = max((s.worth for s in named or below), default=0.0)
    asked = [s for s in named or below if s.worth >= (_NAMED if named else _ALIKE) * most]
    text = max((s.worth for s in sentences if not _is_row(document, s)), default=0.0)
    head = 0.0 if named else max((s.worth for s in heads), default=0.0)
    whole = not named and len(asked) * 2 > len(below)
    enough = max(text, head) * (_NAMED if named or len(asked) > 1 else 1.0)
    return [] if not most or most < enough or whole else asked[:MAX_LIST]


def column_heads(document: Document, sentences: Sequence[Sentence], place: int) -> list[Sentence]:
    """The first row of the table of a row, where it says what stands in each column; none where the row says so itself.

    "Zwembad | 7 | ja" says nothing without "Plaats | Uren | Overdekt"; "Ouders | Brengen hun kind tot de deur." does.
    A caption above the table that says what its figures count comes with it.
    """
    top = place
    while top > 0 and _is_next_row(document, sentences[top - 1], sentences[top]):
        top -= 1
    head, row = (_cells(document, sentences[at]) for at in (top, place))
    needed = len(head) > 2 or any(re.search(r"\d", cell) for cell in row[1:])
    if not (top < place and _are_heads(head) and needed and len(head) == len(row)):
        return []
    caption = sentences[top - 1 : top] if top else []
    counts = [c for c in caption if _UNIT.search(document.text, c.start, c.end)]
    return [*counts, sentences[top]]


def labelled(document: Document, start: int, end: int) -> str:
    """A row of a table with each cell behind the head of its column ("Wijk: Noord; Uren: 7"); other text as it stands.

    That is how a reader takes it: "Noord | 7" says nothing of hours.
    """
    row = document.text[start:end]
    if not is_row(row):
        return row
    top = document.text.rfind("\n\n", 0, start)
    *lines, before = document.text[top + 2 if top >= 0 else 0 : start].split("\n")
    table = list(takewhile(is_row, reversed(lines)))
    cells = [cell.strip() for cell in row.split(" | ")]
    heads = [cell.strip() for cell in table[-1].split(" | ")] if table else []
    if len(heads) != len(cells) or not _are_heads(heads):
        return row
    told = "; ".join(f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=True))
    caption = _line_above(document.text, start - len(before) - sum(len(line) + 1 for line in table))
    return f"{told} ({caption})" if _UNIT.search(caption) and len(caption) <= _CAPTION else told


def _line_above(text: str, place: int) -> str:
    """The last line before a place that says something."""
    while place > 0 and text[place - 1].isspace():
        place -= 1
    return text[text.rfind("\n", 0, place) + 1 : place]


def name_of_row(document: Document, start: int, end: int) -> str | None:
    """What a row of a table is called by, its first cell; None of a first row that says what the columns are."""
    row = Sentence(start, end, item=True, worth=0.0)
    return None if heads_table(document, row) and _are_heads(_cells(document, row)) else _name_of(document, row)


def _are_heads(cells: Sequence[str]) -> bool:
    """Whether the cells of a first row say what stands below them."""
    return all(len(cell.split()) <= _HEAD_WORDS and not _FIGURE.search(_HEAD_FIGURE.sub("", cell)) for cell in cells)


def _with_head(row: Sentence, heads: Sequence[Sentence]) -> Sentence:
    """A row that is worth what the head of its table says too."""
    above = [head for head in heads if head.start < row.start]
    return replace(row, worth=row.worth + above[-1].worth) if above else row


def _name_of(document: Document, row: Sentence) -> str:
    """What a row is about: its first cell, with the next where that only counts."""
    cells = _cells(document, row)
    return " ".join(cells[:2]) if _CODE.fullmatch(cells[0]) else cells[0]


def _is_row(document: Document, sentence: Sentence) -> bool:
    return is_row(document.text[sentence.start : sentence.end])


def _is_next_row(document: Document, above: Sentence, row: Sentence) -> bool:
    between = document.text[above.end : row.start]
    return _is_row(document, above) and not between.strip() and "\n\n" not in between


def _cells(document: Document, row: Sentence) -> list[str]:
    return [cell.strip() for cell in document.text[row.start : row.end].split(" | ")]
