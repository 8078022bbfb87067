"""Bringing the index up to date: which files are new, changed or gone, and one new generation for all of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import numpy as np

from ingest.document import Document
from ingest.errors import IndexMissing, UnknownDocument, UnreadableDocument
from ingest.read import file_hash, find_files, read_bytes, read_document, slug
from vectorstore.background import background
from vectorstore.earlier import Earlier, earlier
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.format import FORMAT_VERSION, Manifest
from vectorstore.generation import Generation
from vectorstore.store import Store
from vectorstore.writing import Progress, known_vectors, vectors_of, write_generation

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
    lost: int = 0
    """How many documents were damaged in the index and could not be read again; they are among those removed."""

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

    A file that cannot be read is reported and leaves its earlier version serving; all others go on. What is damaged in
    the index, or of another format, is built anew with all documents that can still be read, there or from their files.

    Raises:
        NothingToIngest: a path does not exist or a folder holds nothing readable.
        IndexBusy: another process is writing.
        IndexMissing: the Chroma server does not answer.
    """
    began = time.monotonic()
    files = find_files(paths)
    with store.writing(wait), earlier(store) as before:
        kept, mended = dict(before.documents), _mended(before)
        kept.update(mended)
        outcomes = list(_read_all(files, kept, mended, progress))
        if prune:
            gone = [d for d in kept.values() if not Path(d.source_file).exists()]
            outcomes.extend(_outcome(d, "removed") for d in gone)
            for document in gone:
                del kept[document.id]
        changed = any(outcome.status in ("added", "changed", "removed") for outcome in outcomes)
        lost = [_lost(name, source) for name, source in before.lost.items() if name not in kept]
        outcomes.extend(lost)
        old = before.generation
        other_model = old is not None and old.manifest.embedding != embeddings.card
        mend = bool(kept) and (other_model or not before.is_whole())
        generation = _build(store, embeddings, kept.values(), old, progress) if changed or mend else None
        current = generation or store.current_id()
    return Report(tuple(outcomes), current, round(time.monotonic() - began, 3), len(lost))


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


def _mended(before: Earlier) -> dict[str, Document]:
    """The documents that were lost and can be read again from the file they came from."""
    mended = {}
    for name, source in before.lost.items():
        try:
            if source is not None:
                mended[name] = read_document(source, name)
        except UnreadableDocument:
            continue  # reported as lost, unless another file takes its place
    return mended


def _read_all(
    files: Sequence[Path], kept: dict[str, Document], mended: Mapping[str, Document], progress: Progress
) -> Iterator[Outcome]:
    """Reads files into `kept`; what was mended is told once, whether or not its file is among them."""
    told = set()
    for number, file in enumerate(files):
        progress("read", number, len(files))
        outcome, document = _read_one(file, kept)
        if document is not None:
            kept[document.id] = document
            told.add(document.id)
        yield replace(outcome, status="changed") if document is not None and document.id in mended else outcome
    progress("read", len(files), len(files))
    yield from (_outcome(document, "changed") for name, document in mended.items() if name not in told)


def _lost(name: str, source: Path | None) -> Outcome:
    where = f"its file {source} cannot be read" if source else "where its file is, is not known"
    said = f"what the index held of it is damaged, and {where}. Ingest it again: kaderwijzer ingest FILE"
    return Outcome(name, str(source or ""), "removed", warnings=(said,))


def _read_one(file: Path, kept: Mapping[str, Document]) -> tuple[Outcome, Document | None]:
    """Reads one file unless the index already holds it unchanged."""
    try:
        digest = file_hash(file, read_bytes(file))
        before = _known_as(file, digest, kept)
        if before is not None and before.content_hash == digest:
            moved = before if Path(before.source_file).exists() else replace(before, source_file=str(file))
            return replace(_outcome(moved, "unchanged"), path=str(file)), moved
        identifier = before.id if before else _free_id(file, kept)
        document = read_document(file, identifier)
    except UnreadableDocument as error:
        return Outcome(slug(file.stem), str(file), "refused", warnings=(str(error),)), None
    return _outcome(document, "changed" if before else "added"), document


def _known_as(file: Path, digest: str, kept: Mapping[str, Document]) -> Document | None:
    """The indexed document that this file is: same path; same content as one that moved or that this is a copy of.

    Or the same name as one whose file is gone. A document whose own file has other content by now is not that of a
    copy of what it was.
    """
    own = next((d for d in kept.values() if d.source_file == str(file)), None)
    same = (d for d in kept.values() if d.content_hash == digest and _says(Path(d.source_file), digest))
    found = own or next(same, None)
    if found is not None:
        return found
    namesake = kept.get(slug(file.stem))
    return namesake if namesake and not Path(namesake.source_file).exists() else None


def _says(file: Path, digest: str) -> bool:
    """Whether a file is gone, or still has the content of which this is the digest."""
    try:
        return not file.exists() or file_hash(file, read_bytes(file)) == digest
    except UnreadableDocument:
        return False


def _free_id(file: Path, kept: Mapping[str, Document]) -> str:
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
            sources={d.id: d.source_file for d in ordered},
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
