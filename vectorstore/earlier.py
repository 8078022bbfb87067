"""What an ingest takes over from the index as it is, also where that is damaged or of another format.

What a reader refuses is no reason to lose documents: each has a file of its own, and those that can still be read are
kept. One that cannot is read again from the file it came from, and one whose file is gone as well is reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ingest.document import Document
from ingest.errors import IndexMismatch, IndexMissing
from vectorstore.chroma import check_server
from vectorstore.format import read_document_file
from vectorstore.generation import Generation
from vectorstore.store import Store


@dataclass(frozen=True, slots=True)
class Earlier:
    """The documents of the index by id, those that were lost with the file they came from where that is known.

    `generation` is what serves now, where it can be opened: its vectors need not be made again.
    """

    generation: Generation | None = None
    documents: Mapping[str, Document] = field(default_factory=dict)
    lost: Mapping[str, Path | None] = field(default_factory=dict)

    def is_whole(self) -> bool:
        """Whether the index can go on serving as it is; one that is not there yet can."""
        if self.lost or (self.generation is None and self.documents):
            return False
        return self.generation is None or self.generation.is_whole()


@contextmanager
def earlier(store: Store) -> Iterator[Earlier]:
    """What the index holds; its generation is closed at the end of the block.

    Raises:
        IndexMissing: the Chroma server does not answer, which is no damage.
    """
    check_server(store.root, store.chroma_url)
    folder = store.latest()
    if folder is None:
        yield Earlier()
        return
    try:
        generation = Generation(folder, store.chroma_url) if folder.name == store.current_id() else None
    except (IndexMissing, IndexMismatch):
        generation = None
    try:
        yield Earlier(generation, *_held(folder, generation))
    finally:
        if generation is not None:
            generation.close()


def _held(folder: Path, generation: Generation | None) -> tuple[dict[str, Document], dict[str, Path | None]]:
    try:
        if generation is not None:
            return generation.documents, {}
    except IndexMissing:
        pass  # one of them is damaged
    return _documents(folder)


def _documents(folder: Path) -> tuple[dict[str, Document], dict[str, Path | None]]:
    """The documents of a generation that can be read, and the others with the file they came from."""
    documents: dict[str, Document] = {}
    lost: dict[str, Path | None] = {}
    manifest = _json(folder / "manifest.json")
    named = manifest.get("documents")
    names = [str(name) for name in named] if isinstance(named, list) else []
    for name in dict.fromkeys([*names, *sorted(path.stem for path in (folder / "documents").glob("*.json"))]):
        path = folder / "documents" / f"{name}.json"
        try:
            documents[name] = read_document_file(path)
        except (OSError, ValidationError):
            lost[name] = _source(name, manifest, path)
    return documents, lost


def _source(name: str, manifest: Mapping[str, Any], path: Path) -> Path | None:
    """The file that a document came from, as the manifest or what can be read of the document says."""
    sources = manifest.get("sources")
    source = (sources.get(name) if isinstance(sources, dict) else None) or _json(path).get("source_file")
    return Path(source) if isinstance(source, str) else None


def _json(path: Path) -> dict[str, Any]:
    """The object in a file; an empty one where there is none that can be read."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
