"""Footnotes on the pages of a PDF: small type at the foot of a page, with the mark in front that the text refers to."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.blocks import RAISED_MARK, raised
from ingest.loaders.pdf_paragraphs import Paragraph

_SMALL = 0.95  # of the body's type size, at most
_RAISED = re.compile(rf"^(?P<mark>{RAISED_MARK.pattern})\s*(?=\S)")
_PLAIN = re.compile(r"^(?P<mark>\d{1,3})[.)]?\s+(?=\S)")
_AS_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FEWEST = 2  # notes in the body's own type that make a list of notes


def with_footnotes(paragraphs: list[Paragraph], body: float) -> list[Paragraph]:
    """The paragraphs with their notes marked, each with the rest of its note; `body` is the usual type size."""
    referred = {(p.page, mark) for p in paragraphs for mark in re.findall(rf"(?<=\S){RAISED_MARK.pattern}", p.whole)}
    listed = sum(bool(_RAISED.match(p.whole)) for p in paragraphs) >= _FEWEST
    at_foot = _at_foot(paragraphs, body)
    result: list[Paragraph] = []
    noted = 0  # the page that the last note is on
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind not in ("text", "item"):
            result.append(paragraph)
            continue
        small = paragraph.size <= _SMALL * body
        mark = _RAISED.match(paragraph.whole) if small or listed else None
        plain = _PLAIN.match(paragraph.whole) if at in at_foot else None
        if mark is None and plain and (paragraph.page, raised(plain["mark"])) in referred:
            mark = plain
        if mark:
            text = paragraph.whole[mark.end() :]
            result.append(replace(paragraph, kind="footnote", mark=mark["mark"].translate(_AS_PLAIN), text=text))
            noted = paragraph.page
        elif noted == paragraph.page and small and at in at_foot and result[-1].kind == "footnote":
            result[-1].text += f" {paragraph.whole}"
        else:
            result.append(paragraph)
    return result


def _at_foot(paragraphs: list[Paragraph], body: float) -> set[int]:
    """Index of the paragraphs in small type that have nothing larger below them on their page."""
    found: set[int] = set()
    larger: set[int] = set()  # pages on which something larger stands further down
    for at in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[at]
        if paragraph.kind in ("text", "item") and paragraph.size <= _SMALL * body and paragraph.page not in larger:
            found.add(at)
        else:
            larger.add(paragraph.page)
    return found
