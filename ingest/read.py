"""One file in, one Document out: load, find the outline, read the metadata, cut the passages."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.blocks import Source
from ingest.checks import doubts
from ingest.document import Document
from ingest.errors import NothingToIngest, UnreadableDocument
from ingest.explanations import nest_explanations
from ingest.footnotes import find_footnotes, link_footnotes
from ingest.headings import find_headings
from ingest.loaders.docx import load_docx
from ingest.loaders.html import load_html
from ingest.loaders.markdown import load_markdown
from ingest.loaders.pdf import load_pdf
from ingest.loaders.text import load_text
from ingest.loaders.xml import load_xml
from ingest.metadata import read_metadata
from ingest.outline import Outline, build_outline
from ingest.passages import cut_passages
from ingest.sidecar import read_sidecar, sidecar_path
from ingest.signatures import mark_signatures
from ingest.title_page import without_subtitle
from ingest.titles import cited_title, read_title
from ingest.unstyled import complete_headings

Loader = Callable[[bytes], Source]

LOADERS: dict[str, Loader] = {
    ".txt": load_text,
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".html": load_html,
    ".htm": load_html,
    ".docx": load_docx,
    ".pdf": load_pdf,
    ".xml": load_xml,
}
"""Loader by file extension; adding a format is adding a line here and a file in `ingest/loaders`."""

_OTHER_DOCUMENTS = frozenset({".doc", ".odt", ".rtf", ".ppt", ".pptx", ".xls", ".xlsx"})
"""Extensions that hold documents as well: met in a folder, they are reported rather than passed over in silence."""

READER_VERSION = 14
"""Raised whenever the same file would now give another document, so that unchanged files are read again."""

MAX_BYTES = 100 * 1024 * 1024


def find_files(paths: list[Path]) -> list[Path]:
    """The files to read: those named, and those with a known extension anywhere under the folders named.

    Raises:
        NothingToIngest: a path does not exist, or a folder holds no file that could be read.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_document(p, path))
            if not inside:
                raise NothingToIngest(f"the folder {path} holds no document. Readable are {_readable()}")
            found.extend(inside)
        elif path.exists():
            found.append(path)
        else:
            raise NothingToIngest(f"there is no file or folder {path}. Check the path and try again")
    return list(dict.fromkeys(p.resolve() for p in found))


def _is_document(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is meant to be read: not hidden, and not the lock file of an open Word document."""
    inside = path.relative_to(folder).parts
    hidden = any(part.startswith((".", "~$")) for part in inside)
    return not hidden and path.suffix.lower() in {*LOADERS, *_OTHER_DOCUMENTS} and path.is_file()


def slug(name: str) -> str:
    """A document id from a file name: lower case, ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "document"


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableDocument: the file cannot be opened, is empty, or is larger than a document can be.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableDocument(
                f"the file is {size // 2**20} MB (at most {MAX_BYTES // 2**20} MB is read). "
                "Split it, or leave out its images"
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            f"the file cannot be opened ({error.strerror}). Check that it exists and its permissions"
        ) from error
    if not data.strip():
        raise UnreadableDocument("the file is empty. Remove it, or save the document again")
    return data


def file_hash(path: Path, data: bytes) -> str:
    """Tells whether a file must be read again: depends on its bytes, its sidecar's, and the version of the reader.

    Raises:
        UnreadableDocument: the sidecar cannot be opened.
    """
    sidecar = sidecar_path(path)
    beside = read_bytes(sidecar) if sidecar else b""
    return hashlib.sha256(b"%d:%d:" % (READER_VERSION, len(beside)) + beside + data).hexdigest()


def read_document(path: Path, document_id: str | None = None) -> Document:
    """Reads a file into a document with its outline, metadata and passages.

    Raises:
        UnreadableDocument: with what was found, what was expected and what to do.
    """
    data = read_bytes(path)
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        raise UnreadableDocument(
            f"the format “{path.suffix or 'without extension'}” is not known. Readable are {_readable()}"
        )
    source = _load(loader, data, path.suffix)
    if not any(block.text.strip() for block in source.blocks):
        raise UnreadableDocument("no text was found in the file. Remove it, or save the document with its text")
    sidecar = read_sidecar(path)
    texts = [block.text for block in source.blocks]
    front = texts[:30]
    title = read_title(front, source.title, path.name, cited_title(texts))
    headed = complete_headings(source.blocks) if source.styled else find_headings(source.blocks)
    headed = without_subtitle(headed, title)
    blocks = find_footnotes(mark_signatures(nest_explanations(headed, styled=source.styled)))
    outline = build_outline(blocks, title)
    footnotes = link_footnotes(outline)
    metadata = read_metadata(outline.text, title, path.name, source.url or _own_link(front))
    identifier = document_id or slug(path.stem)
    document = Document(
        id=identifier,
        title=title,
        municipality=metadata.municipality,
        kind=metadata.kind,
        adopted_on=metadata.adopted_on,
        valid_from=metadata.valid_from,
        valid_until=metadata.valid_until,
        source_file=str(path),
        source_url=metadata.source_url,
        content_hash=file_hash(path, data),
        text=outline.text,
        sections=outline.sections,
        facts=metadata.facts,
        warnings=(*source.warnings, *doubts(blocks, outline)),
        pages=source.pages,
        page_starts=_page_starts(outline, source.pages),
        footnotes=footnotes,
        passages=cut_passages(identifier, outline, footnotes),
    )
    given = sidecar.given()
    return replace(document, **given, from_sidecar=tuple(given))


def _load(loader: Loader, data: bytes, suffix: str) -> Source:
    try:
        return loader(data)
    except UnreadableDocument:
        raise
    except Exception as error:  # the parsers of formats raise what they like, and one file must not stop the others
        fault = f"{type(error).__name__}: {error}"[:200]
        raise UnreadableDocument(
            f"the file could not be read as {suffix} ({fault}). Save it again, or in another format ({_readable()})"
        ) from error


def _page_starts(outline: Outline, pages: int | None) -> tuple[int, ...]:
    """Where the text of each page begins; a page without text of its own begins where the next one does."""
    firsts: dict[int, int] = {}
    for placed in outline.placed:
        if placed.block.page and placed.block.role != "footnote":
            firsts.setdefault(placed.block.page, placed.start)
    starts: list[int] = []
    following = len(outline.text)
    for page in range(pages or 0, 0, -1):
        following = min(firsts.get(page, following), following)
        starts.append(following)
    return tuple(starts[::-1])


def _own_link(front: list[str]) -> str | None:
    """The address a document gives as its own: on a line by itself, in front; links in its prose lead elsewhere."""
    return next((text for text in front if re.fullmatch(r"https?://\S+", text)), None)


def _readable() -> str:
    return ", ".join(LOADERS)
