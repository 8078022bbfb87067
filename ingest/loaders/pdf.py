"""PDF: a page is words at places, and everything else has to be seen again, as a reader sees it.

pdfium (the reader inside Chromium) gives characters. `pdf_page` makes words of them and `pdf_drawings` finds the lines
between, `pdf_rows` and `pdf_columns` put them in reading order, `pdf_running` takes off running heads, `pdf_tables`
and `pdf_contents` tell tables and contents apart, `pdf_paragraphs` and `pdf_joining` make paragraphs with the help of
`pdf_hyphens`, `pdf_notes` finds the footnotes and `pdf_headings` the headings. All places are in points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pypdfium2 as pdfium

from ingest.blocks import Block, Source, clean_line
from ingest.errors import UnreadableDocument
from ingest.loaders.pdf_columns import in_reading_order
from ingest.loaders.pdf_contents import CONTENTS, with_contents
from ingest.loaders.pdf_headings import Bookmark, find_levels, look_alike
from ingest.loaders.pdf_hyphens import Hyphens
from ingest.loaders.pdf_joining import put_together
from ingest.loaders.pdf_marks import with_marks
from ingest.loaders.pdf_notes import with_footnotes
from ingest.loaders.pdf_page import Page, read_page
from ingest.loaders.pdf_paragraphs import Paragraph, body_size, paragraphs_of
from ingest.loaders.pdf_rows import Row, rows_of
from ingest.loaders.pdf_running import without_running
from ingest.loaders.pdf_tables import with_aligned_tables, with_ruled_tables

_MAX_PAGES = 2_000
_LEAST_TEXT = 8  # letters and digits a page; with fewer, what is on the pages is pictures
_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+/\S+$")
_MAX_BOOKMARKS = 2_000
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b|untitled|naamloos|document\d*$|titel$|title$|\(?anonymous)|"
    r"\.(?:docx?|odt|rtf|pdf|indd|pptx?|xlsx?|html?)$|^\S*[_/\\]\S*$|^[\W\d]*$",
    re.I,
)
_SITE = re.compile(r"\s+[|–-]\s+(?:lokale wet- en regelgeving|overheid\.nl|officiële bekendmakingen)\b.*$", re.I)
_CAPTION = re.compile(
    r"^(?:figuur|afbeelding|foto|tabel|grafiek|kaart|diagram|illustratie)\s*\d*(?:\.\d+)?\s*[:.–-]\s", re.I
)


def load_pdf(data: bytes) -> Source:
    """Reads a PDF that has a text layer: one made by a program, or a scan after OCR.

    Raises:
        UnreadableDocument: the file is damaged, protected by a password, has no text or too many pages.
    """
    document = _opened(data)
    try:
        pages = list(_pages(document))
        bookmarks = list(_bookmarks(document))
        stated = clean_line(document.get_metadata_value("Title"))
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(_DAMAGED) from error
    finally:
        document.close()
    rows = _rows(pages)
    _refuse_scan(rows, len(pages))
    body = body_size(rows)
    hyphens = Hyphens([row.text for row in rows])
    paragraphs = put_together(with_footnotes(paragraphs_of(rows, body, hyphens), body), body, hyphens)
    levels, styled = find_levels(paragraphs, body, bookmarks)
    blocks = tuple(_blocks(paragraphs, levels))
    title = _title(stated, paragraphs, levels)
    return Source(blocks, styled, title, _address(pages), len(pages), _warnings(pages, rows))


_DAMAGED = (
    "the file is no readable PDF (expected %PDF and sound contents; found it damaged, cut off, or another format under "
    "the name .pdf). Download it again, or open it in a PDF reader and save it anew"
)


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                "the PDF is protected by a password (expected one that opens without). Save a copy without it and "
                "give that"
            ) from error
        raise UnreadableDocument(_DAMAGED) from error
    if not 0 < count <= _MAX_PAGES:
        document.close()
        if not count:
            raise UnreadableDocument(_DAMAGED)
        raise UnreadableDocument(f"the PDF has {count} pages (at most {_MAX_PAGES} are read). Split it into parts")
    return document


def _pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    for at in range(len(document)):
        page = document[at]
        try:
            yield with_marks(read_page(page, at + 1))
        finally:
            page.close()


def _bookmarks(document: pdfium.PdfDocument) -> Iterator[Bookmark]:
    """The outline that the file carries; a damaged one is no reason to refuse the text."""
    with suppress(pdfium.PdfiumError, ValueError, RecursionError):
        for count, entry in enumerate(document.get_toc(max_depth=8)):
            if count >= _MAX_BOOKMARKS:
                return
            target = entry.get_dest()
            page = target.get_index() if target else None
            title = clean_line(entry.get_title())
            if title:
                yield Bookmark(title, entry.level + 1, None if page is None else page + 1)


def _refuse_scan(rows: list[Row], pages: int) -> None:
    """Refuses what has (next to) no text, running heads and page numbers aside."""
    characters = [c for row in rows for c in row.text if c != " "]
    unknown = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < " " for c in characters)
    if sum(map(str.isalnum, characters)) >= max(_LEAST_TEXT * min(pages, 3), unknown):
        return
    found = "text whose letters are not named" if unknown else "no text"
    raise UnreadableDocument(
        f"the PDF has {pages} pages and {found} on them: a scan, or pictures of text (expected a text layer). "
        "Add one with `ocrmypdf -l nld in.pdf out.pdf` (and --force-ocr over a faulty layer) and give the result"
    )


def _warnings(pages: list[Page], rows: list[Row]) -> tuple[str, ...]:
    """The pages that hold pictures and no text, in a document that has text elsewhere."""
    read = {row.page for row in rows}
    bare = [str(page.number) for page in pages if page.pictures and page.number not in read]
    if not bare:
        return ()
    which = f"page {bare[0]} holds" if len(bare) == 1 else f"pages {', '.join(bare)} hold"
    return (f"{which} pictures and no text; `ocrmypdf --skip-text -l nld in.pdf out.pdf` reads the text in them",)


def _address(pages: list[Page]) -> str | None:
    """The address that a browser printed on every page."""
    found = Counter(
        word.text for page in pages for word in {w.text: w for w in page.words}.values() if _URL.match(word.text)
    )
    best = found.most_common(1)
    return best[0][0] if best and best[0][1] == len(pages) > 1 else None


def _rows(pages: list[Page]) -> list[Row]:
    """The rows of all pages in reading order, tables among them."""
    found = [rows_of(with_ruled_tables(page, list(page.words)), page.number) for page in pages]
    kept = without_running(pages, found)
    ordered = [row for page, rows in zip(pages, kept, strict=True) for row in in_reading_order(rows, page.width)]
    return with_aligned_tables(with_contents(ordered, len(pages)))


def _blocks(paragraphs: list[Paragraph], levels: dict[int, int]) -> Iterator[Block]:
    """Blocks in reading order; notes come last, for they are read from where the text refers to them."""
    notes: list[Block] = []
    table: Paragraph | None = None  # the last one, which the next page may go on with
    for at, paragraph in enumerate(paragraphs):
        page, gap, text = paragraph.page, paragraph.gap, paragraph.whole
        if paragraph.kind == "footnote":
            notes.append(Block(text, role="footnote", page=page))
        elif paragraph.kind == "table":
            yield from _table(paragraph, table)
            table = paragraph
            continue
        elif paragraph.kind == "contents" or _announces_contents(paragraphs, at):
            yield Block(text, role="caption", term="contents", page=page, gap=gap)
        elif at in levels:
            yield Block(text, role="heading", level=levels[at], page=page, gap=gap)
        elif _CAPTION.match(text) and len(text) < 200:
            yield Block(text, role="caption", page=page, gap=gap)
        elif paragraph.kind == "item":
            lid = f"{paragraph.mark}. {paragraph.text}" if paragraph.mark.isdigit() else text
            yield Block(lid, role="item", page=page, gap=gap)
        else:
            yield Block(text, page=page, gap=gap)
        table = table if paragraph.kind == "footnote" else None
    yield from notes


def _announces_contents(paragraphs: list[Paragraph], at: int) -> bool:
    following = paragraphs[at + 1].kind if at + 1 < len(paragraphs) else "text"
    return following == "contents" and bool(CONTENTS.match(paragraphs[at].text))


def _table(paragraph: Paragraph, before: Paragraph | None) -> Iterator[Block]:
    """Rows of a table; one that goes on over the page keeps its header, and does not repeat it."""
    goes_on = before is not None and len(before.cells[0]) == len(paragraph.cells[0]) and before.page < paragraph.page
    repeats = goes_on and before is not None and before.cells[0] == paragraph.cells[0]
    fields = len(paragraph.cells[0]) == 2 and paragraph.cells[0][0].endswith(":")  # "Datum: | 3 maart"
    for at, cells in enumerate(paragraph.cells):
        header = at == 0 and not goes_on and not fields
        text = clean_line(" | ".join(cell for cell in cells if cell))
        if text and not (at == 0 and repeats):
            term = None if header else (clean_line(cells[0]) or None)
            yield Block(text, role="row", header=header, term=term, page=paragraph.page)


def _title(stated: str, paragraphs: list[Paragraph], levels: dict[int, int]) -> str | None:
    """The title the file states when it is one; else the largest text on the first page that has any."""
    stated = _SITE.sub("", stated)
    largest = next((paragraphs[i].text for i, level in levels.items() if level == 0), None)
    if largest is None:
        first = [p for p in paragraphs if p.page == paragraphs[0].page and p.kind == "text" and len(p.text) < 200]
        usual = sorted(p.size for p in paragraphs)[len(paragraphs) // 2]
        best = max(first, key=lambda p: p.size, default=None)
        largest = best.text if best and best.size > 1.08 * usual else None
    if stated and not _NO_TITLE.search(stated) and (largest is None or _is_on_front(stated, paragraphs)):
        return stated
    return largest


def _is_on_front(title: str, paragraphs: list[Paragraph]) -> bool:
    """Whether a stated title is printed in front: a title that a template left behind is not."""
    front = look_alike(" ".join(p.whole for p in paragraphs if p.page <= 3))
    return look_alike(title) in front
