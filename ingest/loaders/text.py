"""Plain text: paragraphs, list items and tables, as they come out of web pages and PDFs, faults included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from statistics import mean, pstdev

from ingest.blocks import BULLETS, Block, Role, Source, clean, clean_line, visible
from ingest.errors import UnreadableDocument
from ingest.loaders.notes import attached
from ingest.loaders.text_columns import laid_out
from ingest.loaders.text_pages import without_running_lines
from ingest.names import NAME, OFFICE

_ITEM = re.compile(rf"^(?:[*{BULLETS}]|\d{{1,2}}[.)]|[a-z][.)]|[ivx]{{1,4}}[.)])\s+\S")
_BULLET_ONLY = re.compile(rf"^[{BULLETS}](?:\s*\d{{1,2}}[.)])?$")
_PLACEHOLDER = re.compile(r"^(?:afbeelding binnen de regeling|\[?(?:afbeelding|figuur|foto|image)\]?)$", re.I)
_TABBED_LABEL = re.compile(
    rf"^(\d{{1,2}}(?:\.\d{{1,2}})*[.)]?|[a-z][.)]|[*{BULLETS}])\t\s*([^\W\d][^\t]*)(?:\t+(\d{{1,3}}))?$"
)
"""A number or bullet with a tab behind it is a heading or an item, with perhaps its page; not a row of a table."""
_ENDS_SENTENCE = re.compile(r"[.!?:;…|]['\"’”)\]]*$")
_OPENS_ANOTHER = re.compile(
    r"(?:gelezen|gelet op|gehoord|gezien) |overwegende,? dat\b|besluit(?:en)?(?: vast te stellen|:)|"
    rf".{{0,59}},$|{OFFICE}[,:]? {NAME}"  # "de griffier," above a name, or before it
)
"""A line in lower case that begins a part of a decision and does not go on with the sentence above it."""
_PAGE_BREAK = 2  # blank lines
_SHORT = 60  # characters; a line shorter than this may stand alone (caption, heading, signature)


def load_text(data: bytes) -> Source:
    """Reads plain text in UTF-8, UTF-16 or Windows-1252.

    Raises:
        UnreadableDocument: the bytes are not text.
    """
    lines = without_running_lines(visible(decode(data)))
    blocks = list(_mend(_unwrap(_lines_to_blocks(laid_out(lines)), _is_hard_wrapped(lines))))
    return Source(tuple(attached(_tables(blocks))), styled=False)


def decode(data: bytes) -> str:
    """Text from bytes, by byte-order mark, then UTF-8, then UTF-16 by its zero bytes, then Windows-1252.

    Raises:
        UnreadableDocument: too many bytes are no text in any of these encodings.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" not in data:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
        if sum(map(_is_no_text, text)) > len(text) // 200 + 1:
            raise UnreadableDocument(_NOT_TEXT)
        return text
    for encoding, zeros in (("utf-16-le", data[1::2].count(0)), ("utf-16-be", data[0::2].count(0))):
        text = data.decode(encoding, errors="replace") if zeros > len(data) // 4 else ""
        if text and sum(map(_is_no_text, text)) <= len(text) // 200 + 1:
            return text
    raise UnreadableDocument(_NOT_TEXT)


def _is_no_text(character: str) -> bool:
    return character == "\ufffd" or (character < " " and character not in "\t\n\v\f\r")


_NOT_TEXT = (
    "the file is named as text but its bytes are not text (found binary data; expected UTF-8, UTF-16 or "
    "Windows-1252). Save it as UTF-8 text, or give it the extension of what it is"
)


def _lines_to_blocks(lines: Iterable[str | Block]) -> Iterator[Block]:
    gap, pending, in_table = 0, "", False
    for found in lines:
        if isinstance(found, Block):
            yield replace(found, gap=max(gap, found.gap))
            gap, pending, in_table = 0, "", False
            continue
        line = clean(found)
        labelled = _TABBED_LABEL.match(line.strip()) if gap or not in_table else None
        text = " ".join(filter(None, labelled.groups())) if labelled else line.strip(" ")
        if "\t" not in text.strip() and (gap or not in_table):
            text = clean_line(text)
        in_table = "\t" in text
        if not text.strip():
            gap += 1
            continue
        if _BULLET_ONLY.match(text):  # "• 1." on a line of its own: the item's text follows
            pending = text + " "
            continue
        text, pending = pending + text, ""
        yield Block(text, role=_role(text), gap=gap)
        gap = 0


def _role(text: str) -> Role:
    if "\t" in text:
        return "row"
    if _PLACEHOLDER.match(text):
        return "caption"
    return "item" if _ITEM.match(text) else "text"


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Whether every paragraph was cut into lines of about the same width, as e-mail and PDF tools do."""
    widths = sorted(len(clean(line).strip()) for line in lines if line.strip())
    return len(widths) >= 20 and widths[-1] <= 130 and widths[len(widths) // 2] >= 50


def _unwrap(blocks: Iterator[Block], hard_wrapped: bool) -> Iterator[Block]:
    held: Block | None = None
    for block in blocks:
        continues = held and hard_wrapped and block.gap == 0 and block.role == "text" and held.role != "row"
        if held and continues and (len(held.text) > 40 or block.text[:1].islower()):
            held = replace(held, text=_joined(held.text, block.text))
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _joined(text: str, following: str) -> str:
    """Two lines of one paragraph, with the word mended that was broken between them."""
    broken = len(text) > 2 and text.endswith("-") and text[-2].islower()
    return text[:-1] + following if broken else f"{text} {following}"


def _mend(blocks: Iterator[Block]) -> Iterator[Block]:
    """Joins a sentence that a page break or a photo caption cut in two; the captions follow the sentence."""
    queue = list(blocks)
    while queue:
        block = queue.pop(0)
        between = _captions_inside(block, queue)
        while between is not None:
            block = replace(block, text=_joined(block.text, queue[between].text))
            captions = [replace(b, role="caption") for b in queue[:between]]
            queue[: between + 1] = captions
            between = _captions_inside(block, queue) if not captions else None
        yield block


def _captions_inside(block: Block, following: list[Block]) -> int | None:
    """How many captions stand between `block` and its continuation, or None when it has none.

    What stands between is moved, so it must be a caption for certain: below a page break, and saying nothing that
    ends. The formulas of a decision ("gelezen het voorstel …") begin in lower case and continue nothing.
    """
    if block.role not in ("text", "item") or len(block.text) < _SHORT or _ENDS_SENTENCE.search(block.text):
        return None
    for count, candidate in enumerate(following[:3]):
        begins = candidate.role == "text" and candidate.gap and candidate.text[:1].islower()
        if begins and not _OPENS_ANOTHER.match(candidate.text):
            return count
        is_caption = candidate.role == "text" and len(candidate.text) <= _SHORT and candidate.text[-1] not in ".,;:"
        if not is_caption or candidate.gap < (1 if count else _PAGE_BREAK):
            return None
    return None


def _tables(blocks: list[Block]) -> Iterator[Block]:
    """Turns runs of "cell |" lines and tab-separated lines into rows with one " | " between cells."""
    for is_cell, run in groupby(blocks, key=lambda b: b.role != "row" and b.text.endswith("|")):
        if is_cell:
            yield from _rows_from_cells(list(run))
        else:
            yield from _rows_from_tabs(list(run))


def _rows_from_tabs(blocks: list[Block]) -> Iterator[Block]:
    header = True
    for block in blocks:
        if "\t" not in block.text:  # no row, or one that was read by its columns
            header = True
            yield block
            continue
        cells = [clean_line(cell) for cell in block.text.split("\t")]
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield replace(block, text=text, header=header, term=None if header else (cells[0] or None))
            header = header and not cells[0]


def _rows_from_cells(run: list[Block]) -> Iterator[Block]:
    """A run of lines that each end in a bar: a table with one cell a line, or a box around some text."""
    cells = [block.text.rstrip("| ").strip() for block in run]
    columns = _columns(cells)
    if columns == 1:
        yield from (replace(b, text=cell) for b, cell in zip(run, cells, strict=True) if cell)
        return
    for at in range(0, len(cells), columns):
        row = " | ".join(cell for cell in cells[at : at + columns] if cell)
        yield Block(row, role="row", header=at == 0, gap=run[at].gap, term=None if at == 0 else cells[at])


def _columns(cells: list[str]) -> int:
    """The number of columns (2 to 6) under which cells of one column are most alike in length; 1: no table.

    With a single row under the header nothing can be alike: then two columns are taken, the usual shape.
    """
    best, best_spread = 1, 0.75
    for columns in range(2, 7):
        if len(cells) % columns or len(cells) // columns < 2:
            continue
        body = cells[columns:]
        groups = [[len(c) for c in body[i::columns]] for i in range(columns)]
        alone = len(body) == columns
        spread = 0.5 if alone else mean(pstdev(g) / (mean(g) + 10) for g in groups)
        if spread < best_spread:
            best, best_spread = columns, spread
    return best
