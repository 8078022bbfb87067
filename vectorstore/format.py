"""How a generation lies on disk, what its manifest says of it, and what cannot be read.

generations/<id>/manifest.json     what built it: format, embedding model, when, how much
generations/<id>/documents/*.json  documents with text, outline, metadata and passages
generations/<id>/chroma/           the vectors (or a collection of that name on a Chroma server)
generations/<id>/windows/          vectors of the sentences of long passages
generations/<id>/lexical/          BM25
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from ingest.document import Document
from ingest.errors import IndexMismatch, IndexMissing
from vectorstore.background import Background
from vectorstore.embeddings import ModelCard

FORMAT_VERSION = 6
"""Raised whenever a generation is laid out differently; an index of another format must be built anew."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation remembers of its making."""

    id: str
    format_version: int
    created_at: str
    embedding: ModelCard
    documents: tuple[str, ...]
    passages: int
    background: dict[str, Background]
    """By language, what questions off any policy topic reach here."""
    sources: dict[str, str] = field(default_factory=dict)
    """The file that each document came from, from which one that is damaged is read again."""


_DOCUMENT = TypeAdapter(Document)
_MANIFEST = TypeAdapter(Manifest)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexMissing: there is none, or it is damaged.
        IndexMismatch: it was written in another format.
    """
    try:
        raw = json.loads((folder / "manifest.json").read_bytes())
        if raw.get("format_version") != FORMAT_VERSION:
            raise IndexMismatch(
                f"the index was built in format {raw.get('format_version')} and this version reads format "
                f"{FORMAT_VERSION}. Build it again: kaderwijzer ingest PATH"
            )
        return _MANIFEST.validate_python(raw)
    except (OSError, ValueError, AttributeError) as error:  # pydantic's and that of the encoding are ValueErrors
        raise damaged(folder, error) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest of a generation."""
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=2), "utf-8")


def read_document_file(path: Path) -> Document:
    """A document as a generation keeps it.

    Raises:
        OSError, ValidationError: its file is gone or damaged.
    """
    return _DOCUMENT.validate_json(path.read_bytes())


def write_document_file(path: Path, document: Document) -> None:
    """Writes a document as a generation keeps it."""
    path.write_bytes(_DOCUMENT.dump_json(document))


def damaged(folder: Path, error: Exception) -> IndexMissing:
    """The error for a generation of which something is gone or cannot be read."""
    return IndexMissing(
        f"the index in {folder} is damaged ({type(error).__name__}). Build it again: kaderwijzer ingest PATH"
    )
