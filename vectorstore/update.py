"""Bringing the index up to date: which files are new, changed or gone, and one new generation for all of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import numpy as np

from ingest.document import Document
from ingest.errors import IndexMismatch, IndexMissing, UnknownDocument, UnreadableDocument
from ingest.read import file_hash, find_files, read_bytes, read_document, slug
from vectorstore.background import background
from vectorstore.chroma import check_server
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import (
    FORMAT_VERSION,
    Generation,
    Manifest,
    Progress,
    known_vectors,
    vectors_of,
    write_generation,
)
from vectorstore.store import Store

Status = Literal["added", "changed", "unchanged", "removed", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or document."""

    id: str
    path: str
    status: Status
    title: str | None = None
    municipality: str | None = None
    sections: int = 0
    passages: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did; `generation` is the one that serves afterwards, None when there still is no index."""

    documents: tuple[Outcome, ...]
    generation: str | None
    seconds: float

    @property
    def refused(self) -> int:
        """How many files could not be read."""
        return sum(outcome.status == "refused" for outcome in self.documents)


def ingest_paths(
    store: Store,
    embeddings: KaderEmbeddings,
    paths: list[Path],
    *,
    prune: bool = False,
    wait: float = 0,
    progress: Progress = lambda *_: None,
) -> Report:
    """Adds and updates the documents of files and folders, in one new generation.

    A file that cannot be read is reported and leaves its earlier version serving; all others go on.

    Raises:
        NothingToIngest: a path does not exist or a folder holds nothing readable.
        IndexBusy: another process is writing.
        IndexMissing: the Chroma server does not answer.
    """
    began = time.monotonic()
    files = find_files(paths)
    with store.writing(wait), _old(store) as old:
        kept = dict(old.documents) if old else {}
        outcomes: list[Outcome] = []
        for number, file in enumerate(files):
            progress("read", number, len(files))
            outcome, document = _read_one(file, kept)
            outcomes.append(outcome)
            if document is not None:
                kept[document.id] = document
        progress("read", len(files), len(files))
        if prune:
            gone = [d for d in kept.values() if not Path(d.source_file).exists()]
            outcomes.extend(_outcome(d, "removed") for d in gone)
            for document in gone:
                del kept[document.id]
        changed = any(o.status in ("added", "changed", "removed") for o in outcomes)
        other_model = old is not None and old.manifest.embedding != embeddings.card
        damaged = old is not None and not old.is_whole()
        build = changed or other_model or damaged
        generation = _build(store, embeddings, kept.values(), old, progress) if build else None
        current = generation or store.current_id()
    return Report(tuple(outcomes), current, round(time.monotonic() - began, 3))


def remove_document(
    store: Store, embeddings: KaderEmbeddings, document_id: str, progress: Progress = lambda *_: None
) -> Report:
    """Removes a document, in one new generation that holds nothing of it.

    Raises:
        UnknownDocument: the index has no document of that id.
        IndexMissing, IndexMismatch, IndexBusy: the index cannot be written.
    """
    began = time.monotonic()
    with store.writing(), closing(store.open(embeddings.card)) as old:
        document = old.documents.get(document_id)
        if document is None:
            raise unknown_document(document_id, old.documents)
        rest = [d for d in old.documents.values() if d.id != document_id]
        generation = _build(store, embeddings, rest, old, progress)
    return Report((_outcome(document, "removed"),), generation, round(time.monotonic() - began, 3))


def unknown_document(document_id: str, known: Iterable[str]) -> UnknownDocument:
    """The error for a document id that the index does not hold."""
    names = ", ".join(sorted(known)) or "none"
    return UnknownDocument(f"there is no document “{document_id}” in the index. Indexed are: {names}")


@contextmanager
def _old(store: Store) -> Iterator[Generation | None]:
    """The current generation when its documents can be kept; a damaged one, or another format, is built anew.

    Raises:
        IndexMissing: the Chroma server does not answer, which is no damage.
    """
    check_server(store.root, store.chroma_url)
    old: Generation | None
    try:
        old = store.open()
        old.documents  # noqa: B018  # read now, so that damage shows here
    except (IndexMissing, IndexMismatch):
        old = None
    try:
        yield old
    finally:
        if old is not None:
            old.close()


def _read_one(file: Path, kept: dict[str, Document]) -> tuple[Outcome, Document | None]:
    """Reads one file unless the index already holds it unchanged."""
    try:
        digest = file_hash(file, read_bytes(file))
        before = _known_as(file, digest, kept)
        if before is not None and before.content_hash == digest:
            moved = replace(before, source_file=str(file))
            return _outcome(moved, "unchanged"), moved
        identifier = before.id if before else _free_id(file, kept)
        document = read_document(file, identifier)
    except UnreadableDocument as error:
        return Outcome(slug(file.stem), str(file), "refused", warnings=(str(error),)), None
    return _outcome(document, "changed" if before else "added"), document


def _known_as(file: Path, digest: str, kept: dict[str, Document]) -> Document | None:
    """The indexed document that this file is: same path, same content, or same name from a path that is gone."""
    for document in kept.values():
        if document.source_file == str(file) or document.content_hash == digest:
            return document
    namesake = kept.get(slug(file.stem))
    return namesake if namesake and not Path(namesake.source_file).exists() else None


def _free_id(file: Path, kept: dict[str, Document]) -> str:
    name = slug(file.stem)
    numbered = (f"{name}-{n}" for n in range(2, len(kept) + 3))
    return name if name not in kept else next(n for n in numbered if n not in kept)


def _outcome(document: Document, status: Status) -> Outcome:
    return Outcome(
        id=document.id,
        path=document.source_file,
        status=status,
        title=document.title,
        municipality=document.municipality,
        sections=len(document.sections),
        passages=len(document.passages),
        warnings=document.warnings,
    )


def _build(
    store: Store,
    embeddings: KaderEmbeddings,
    documents: Iterable[Document],
    old: Generation | None,
    progress: Progress,
) -> str:
    """Writes and publishes a generation of the given documents; on any failure it leaves nothing behind."""
    ordered = sorted(documents, key=lambda d: d.id)
    generation_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    try:
        vectors = vectors_of(ordered, embeddings, progress, known=_known(old, embeddings))
        manifest = Manifest(
            id=generation_id,
            format_version=FORMAT_VERSION,
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            embedding=embeddings.card,
            documents=tuple(d.id for d in ordered),
            passages=len(vectors.passages),
            background=background(embeddings, vectors.passages),
        )
        write_generation(store.folder(generation_id), manifest, ordered, vectors, store.chroma_url, progress)
    except BaseException:
        store.discard(generation_id)
        raise
    store.publish(generation_id)
    return generation_id


def _known(old: Generation | None, embeddings: KaderEmbeddings) -> dict[str, np.ndarray]:
    """The vectors of the old generation by their text; none of another model, or of a generation that lost them."""
    if old is None or old.manifest.embedding != embeddings.card:
        return {}
    try:
        return known_vectors(old)
    except IndexMissing:
        return {}
