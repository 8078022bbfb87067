"""Tables of contents: entries with leader dots, with a page at the far edge below "Inhoud", or numbered in a run."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.loaders.pdf_rows import Row, join
from ingest.numbering import parse_label

CONTENTS = re.compile(r"^(?:inhoud(?:sopgave)?|table of contents|contents)[:.]?$", re.I)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{5,}|(?:…\s?\.?){2,}")
_ENTRY = re.compile(r"[^\W\d_]\W*\s(\d{1,3})$")
_RUN = 4  # rows in a row that look like entries are entries
_MORE_PAGES = 50  # a contents may count the pages of annexes that are not in the file


def with_contents(rows: list[Row], pages: int) -> list[Row]:
    """The rows with those of a table of contents marked; `pages` is the number of pages of the document."""
    numbered = _numbered_entries(rows, pages)
    result: list[Row] = []
    announced, last, since = False, 0, 0
    for at, row in enumerate(rows):
        number = re.search(r"\d{1,4}$", row.segments[-1][-1].text)
        if CONTENTS.match(row.text):
            announced, last, since = True, 0, 0
        apart = len(row.segments) > 1 and number is not None and join(row.segments[-1]) == number[0]
        fits = number is not None and last <= int(number[0]) <= pages + _MORE_PAGES
        if number and not row.cells and (_LEADERS.search(row.text) or at in numbered or (announced and apart and fits)):
            row = replace(row, contents=True)
            last, since = int(number[0]), 0
        elif announced:
            since += 1
            announced = since < 3 or not last
        result.append(row)
    return result


def _numbered_entries(rows: list[Row], pages: int) -> set[int]:
    """Index of rows in runs of "1.1 Doel 3": a number in front, and behind it a page that never goes back."""
    found: set[int] = set()
    run: list[int] = []
    last = 0
    for at, row in enumerate(rows):
        page = _ENTRY.search(row.text) if parse_label(row.text).number and not row.cells else None
        if page and last <= int(page[1]) <= pages + _MORE_PAGES:
            run.append(at)
            last = int(page[1])
        else:
            run, last = [], 0
        if len(run) >= _RUN:
            found.update(run)
    return found


def contents_text(row: Row) -> str:
    """An entry with one "…" for its leader dots."""
    return re.sub(r"\s*(?:…\s*)+", " … ", _LEADERS.sub(" … ", row.text)).strip()
