"""Parts of a document that are shown as they stand: each is a span of the canonical text, with its section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.blocks import BULLETS
from ingest.document import NOT_POLICY, Document, Section
from ingest.sentences import sentence_spans

_SILENT = NOT_POLICY | {"footnote", "signature", "preamble"}
_MARK = rf"[{BULLETS}]|\d{{1,2}}[.)]|\d{{1,2}}°\.?|[a-z]{{1,3}}[.)]"
_ITEM = re.compile(rf"(?:{_MARK})\s+(?=\S)")
_BULLET = re.compile(rf"[{BULLETS}]\s+(?=\S)")
_PLACEHOLDER = re.compile(r"\[[^\]]*\]$")  # "[Vervallen]", "[vul in]"
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Quote:
    """`text` is `document.text[start:end]`, letter for letter, and lies in the section that `section` indexes.

    `item` tells that it is an item of a list or a row of a table.
    """

    document_id: str
    section: int
    start: int
    end: int
    text: str
    item: bool = False


def quote(document: Document, section: int, start: int, end: int, *, item: bool = False) -> Quote:
    """A span of a document as a quote."""
    return Quote(document.id, section, start, end, document.text[start:end], item)


def tells(section: Section) -> bool:
    """Whether a section holds policy: no contents page, footnotes, signatures or other matter around the text."""
    return section.kind not in _SILENT


def lines(document: Document, section: int) -> list[Quote]:
    """The lines of a section's own text that hold words; items come without their bullets, with their numbers."""
    held = document.sections[section]
    found = []
    for line in re.finditer(r"[^\n]+", document.text[held.text_start : held.body_end]):
        start, end = _trimmed(document.text, held.text_start + line.start(), held.text_start + line.end())
        item = bool(_ITEM.match(document.text, start, end)) or " | " in document.text[start:end]
        bullet = _BULLET.match(document.text, start, end)
        start = bullet.end() if bullet else start
        if _WORD.search(document.text, start, end):
            found.append(quote(document, section, start, end, item=item))
    return found


def sentences(document: Document, section: int) -> Iterator[Quote]:
    """The sentences of a section's own text; items and table rows stay whole."""
    for line in lines(document, section):
        if line.item:
            yield line
            continue
        for start, end in sentence_spans(document.text, line.start, line.end):
            if _WORD.search(document.text, start, end):
                yield quote(document, section, start, end)


def opening(document: Document, section: int, most: int, characters: int = 420) -> Quote | None:
    """The first sentences of a section's first paragraph; None for a section without text of its own.

    A line that is no sentence, such as a label above a paragraph, is passed over when a sentence follows; a line that
    introduces a list brings the first item.
    """
    found = [line for line in lines(document, section) if not _PLACEHOLDER.match(line.text)]
    whole = (i for i, line in enumerate(found) if not line.item and line.text[-1] in ".!?…:")
    at = next(whole, 0)
    if not found:
        return None
    spans = sentence_spans(document.text, found[at].start, found[at].end)
    ends = [end for _, end in spans[:most]]
    if found[at].text[-1] == ":" and len(spans) <= most:
        ends.extend(line.end for line in found[at + 1 : at + 2])
    within = [end for end in ends if end - spans[0][0] <= characters] or ends[:1]
    return quote(document, section, spans[0][0], within[-1], item=found[at].item)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
