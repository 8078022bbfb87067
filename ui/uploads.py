"""The folder of uploads: safe names, and files that change together with the index or not at all.

A file lies here only while a document of the index comes from it. Before one is touched, what stood in its place is
set aside under a hidden name; when the index has been written, or not, `settle` looks in it which of the two belongs
there. That also mends what a killed process left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from ingest.document import Document
from ingest.errors import UnreadableDocument
from ingest.read import LOADERS, file_hash

_LONGEST = 120  # characters of a file name; file systems take 255 bytes
_ASIDE = ".before"


def safe_name(name: str) -> str:
    """A file name without folders, hidden beginnings and characters that mean something to a system.

    Raises:
        UnreadableDocument: nothing is left of it, or its format is not one that is read.
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    plain = re.sub(r"[^\w .()&+,'’–-]", "-", plain).strip().lstrip(".~-").strip()
    suffix = PurePosixPath(plain).suffix
    if not plain:
        raise UnreadableDocument(f"the file name “{name[:40]}” cannot be used. Give the file another name")
    if suffix.lower() not in LOADERS:
        known = ", ".join(LOADERS)
        raise UnreadableDocument(f"the format “{suffix or 'without extension'}” is not known. Readable are {known}")
    stem = plain[: -len(suffix)].strip(" .")
    while len(stem) > _LONGEST or len(stem.encode()) > 2 * _LONGEST:
        stem = stem[:-1]
    return f"{stem or 'document'}{suffix.lower()}"


def uploads_folder(data: Path) -> Path:
    """Where the files of uploads lie."""
    return (data / "uploads").resolve()


def is_upload(path: Path, folder: Path) -> bool:
    """Whether a file is ours to replace and delete: it lies among the uploads itself, not by way of a link."""
    real = path.resolve()
    return real == path and real.is_relative_to(folder)


def replaceable(document: Document, folder: Path) -> bool:
    """Whether a document can be replaced on the page: its file is an upload, or is gone."""
    return is_upload(Path(document.source_file), folder) or not Path(document.source_file).exists()


def place(path: Path, data: bytes) -> None:
    """Writes a file, until it is settled with what stood there set aside."""
    set_aside(path)
    path.write_bytes(data)


def set_aside(path: Path) -> None:
    """Moves a file to its hidden name; one that does not exist is remembered as such, by an empty file."""
    aside = path.with_name(f".{path.name}{_ASIDE}")
    if path.exists():
        path.replace(aside)
    else:
        aside.touch()


def unsettled(folder: Path) -> list[Path]:
    """The hidden files of a change that is under way, or was broken off."""
    return sorted(folder.rglob(f".*{_ASIDE}"))


def settle(folder: Path, documents: Iterable[Document]) -> None:
    """For each file that was set aside: keeps the one that the index was made from, and deletes the other."""
    by_file = {d.source_file: d for d in documents}
    for aside in unsettled(folder):
        path = aside.with_name(aside.name[1 : -len(_ASIDE)])
        document = by_file.get(str(path))
        if document is None:
            path.unlink(missing_ok=True)
        elif not (path.exists() and file_hash(path, path.read_bytes()) == document.content_hash):
            path.unlink(missing_ok=True)
            if aside.stat().st_size:
                aside.replace(path)
        aside.unlink(missing_ok=True)
