"""Paragraphs that the page took apart, put together again: over a page break, after a lone mark, in the contents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from ingest.loaders.pdf_hyphens import Hyphens
from ingest.loaders.pdf_paragraphs import ENDS, LARGE, Paragraph, are_neighbours, is_full
from ingest.numbering import parse_label

_LONG = 60  # characters; running text rather than a heading or a signature


def put_together(paragraphs: Iterable[Paragraph], body: float, hyphens: Hyphens) -> list[Paragraph]:
    """The paragraphs of a document as its author wrote them; `body` is the usual type size."""
    entries = _with_wrapped_contents(list(paragraphs))
    return list(_across_pages(_with_lone_marks(entries), body, hyphens))


def _with_wrapped_contents(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Joins the first row of a contents entry that takes two to the row with the page number."""
    for at, paragraph in enumerate(paragraphs):
        before, after = paragraphs[at - 1 : at], paragraphs[at + 1 : at + 2]
        between = all(p.kind == "contents" and p.page == paragraph.page for p in before + after) and before and after
        if between and paragraph.kind in ("text", "item") and after[0].gap == 0:
            after[0].text = f"{paragraph.whole} {after[0].text}"
        else:
            yield paragraph


def _with_lone_marks(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Puts a mark that stands on a row by itself in front of the paragraph that follows it."""
    pending: Paragraph | None = None
    for paragraph in paragraphs:
        if pending and paragraph.kind == "text":
            paragraph.kind, paragraph.mark, paragraph.gap = "item", pending.mark, pending.gap
        elif pending and pending.mark[0].isalnum():  # a number without text may mean something, a bullet does not
            yield pending
        pending = None
        if paragraph.kind == "item" and not paragraph.text and paragraph.text_left == math.inf:
            pending = paragraph
        else:
            yield paragraph
    if pending and pending.mark[0].isalnum():
        yield pending


def _across_pages(paragraphs: Iterable[Paragraph], body: float, hyphens: Hyphens) -> Iterator[Paragraph]:
    """Joins a sentence that the end of a page or column cut in two; notes and tables may stand between."""
    last: Paragraph | None = None  # the last text, which the next page may go on with
    for paragraph in paragraphs:
        if paragraph.kind not in ("text", "item"):
            last = None if paragraph.kind == "contents" else last
            yield paragraph
        elif last and _goes_on(last, paragraph, body):
            last.text = hyphens.joined(last.text, paragraph.text)
            last.rows.extend(paragraph.rows)
        else:
            last = paragraph
            yield paragraph


def _goes_on(before: Paragraph, after: Paragraph, body: float) -> bool:
    last, first = before.rows[-1], after.rows[0]
    if are_neighbours(last, first) or after.kind != "text" or abs(before.size - after.size) > 0.6:
        return False
    if before.size > LARGE * body or last.bold != first.bold or ENDS.search(before.text):
        return False
    if after.text[:1].islower():
        return True
    return len(before.text) > _LONG and is_full(last, first) and not parse_label(after.text).number and not before.bold
