"""Documents that an administrator brings in, replaces or removes on the page: their files and the index together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from filelock import FileLock, Timeout

from ingest.document import Document
from ingest.errors import IndexBusy, IndexMismatch, IndexMissing, KaderwijzerError, UnreadableDocument
from ingest.read import file_hash, slug
from ingest.sidecar import sidecar_path
from ui.kept import StoreUnusable, forget_answers
from ui.uploads import is_upload, place, replaceable, safe_name, set_aside, settle, unsettled, uploads_folder
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.store import Store
from vectorstore.update import Outcome, ingest_paths, remove_document, unknown_document
from vectorstore.writing import Progress

Became = Literal["added", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it; nothing about its name can be relied upon."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of an upload; `reason` says why it was refused, `beside` which document already has its name."""

    name: str
    status: Became
    id: str | None = None
    title: str | None = None
    sections: int = 0
    passages: int = 0
    warnings: tuple[str, ...] = ()
    reason: str | None = None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """A document that was removed; `left` is its file where that is not ours to delete and is still there."""

    id: str
    title: str
    left: str | None


class Intake:
    """Writes uploads and the index of one data folder, one at a time."""

    def __init__(self, store: Store, embeddings: KaderEmbeddings, data: Path) -> None:
        self._store = store
        self._embeddings = embeddings
        self._data = data
        self.folder = uploads_folder(data)

    def add(self, uploads: Sequence[Upload], progress: Progress = lambda *_: None) -> tuple[Arrival, ...]:
        """Adds documents, in one new generation; a file of the same name as an earlier upload takes its place.

        What is refused is not kept, and leaves what it was to replace as it was.

        Raises:
            IndexBusy, ModelUnavailable: nothing was changed.
        """
        with self._alone() as documents:
            known = {d.content_hash: d for d in documents.values()}
            arrivals: dict[int, Arrival] = {}
            placed: dict[Path, int] = {}
            seen: set[str] = set()
            for number, upload in enumerate(uploads):
                try:
                    path = self._free(safe_name(upload.name), placed)
                except UnreadableDocument as error:
                    arrivals[number] = Arrival(upload.name, "refused", reason=str(error))
                    continue
                digest = file_hash(path, upload.data)
                same = known.get(digest)
                if digest in seen or (same is not None and same.source_file != str(path)):
                    arrivals[number] = _unchanged(upload.name, same)
                    continue
                seen.add(digest)
                placed[path] = number
            for path, number in placed.items():
                place(path, uploads[number].data)
            for outcome in self._ingest(list(placed), progress):
                number = placed[Path(outcome.path)]
                arrivals[number] = _arrival(uploads[number].name, outcome)
        return tuple(arrivals[number] for number in range(len(uploads)))

    def replace(self, document_id: str, upload: Upload, progress: Progress = lambda *_: None) -> Arrival:
        """Puts another file in the place of a document, which keeps its id.

        Raises:
            UnknownDocument: the index has no document of that id.
            KaderwijzerError: its file lies outside the uploads, where this page changes nothing.
            IndexBusy, ModelUnavailable: nothing was changed.
        """
        with self._alone() as documents:
            document = _known(document_id, documents)
            if not replaceable(document, self.folder):
                raise KaderwijzerError(
                    f"“{document.title}” comes from {document.source_file}, which is no upload. Replace that file and "
                    "run: kaderwijzer ingest PATH"
                )
            try:
                suffix = PurePosixPath(safe_name(upload.name)).suffix
            except UnreadableDocument as error:
                return Arrival(upload.name, "refused", reason=str(error))
            path = self._in_place_of(document, suffix, documents)
            if Path(document.source_file) != path and self._is_ours(Path(document.source_file)):
                set_aside(Path(document.source_file))
            place(path, upload.data)
            (outcome,) = self._ingest([path], progress)
        return _arrival(upload.name, outcome)

    def remove(self, document_id: str, progress: Progress = lambda *_: None) -> Departure:
        """Removes a document from the index, and its file where that is an upload.

        Raises:
            UnknownDocument: the index has no document of that id.
            IndexMissing, IndexMismatch, IndexBusy, ModelUnavailable: nothing was changed.
            StoreUnusable: the document was removed, and kept answers may still quote it.
        """
        with self._alone() as documents:
            document = _known(document_id, documents)
            path = Path(document.source_file)
            ours = self._is_ours(path)
            if ours:
                set_aside(path)
            report = remove_document(self._store, self._embeddings, document_id, progress)
            sidecar = sidecar_path(path) if ours else None
            if sidecar is not None and self._is_ours(sidecar):
                sidecar.unlink()
        forget_answers(self._data, report.generation)
        return Departure(document.id, document.title, str(path) if not ours and path.exists() else None)

    @contextmanager
    def _alone(self) -> Iterator[Mapping[str, Document]]:
        """Holds the right to change uploads, and gives the documents of the index as they are then."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise IndexBusy("other documents are being added or removed. Wait until that is done") from error
        try:
            self._settle()
            yield self._documents()
        finally:
            try:
                self._settle()
            finally:
                lock.release()

    def _documents(self) -> Mapping[str, Document]:
        """The documents of the index, also where the next ingest will build it anew; none without one."""
        return {} if self._store.is_empty() else self._store.open().documents

    def _settle(self) -> None:
        if unsettled(self.folder):
            with suppress(IndexMissing, IndexMismatch):  # what cannot be read cannot say what belongs to it
                settle(self.folder, self._documents().values())

    def _ingest(self, paths: list[Path], progress: Progress) -> tuple[Outcome, ...]:
        if not paths:
            return ()
        report = ingest_paths(self._store, self._embeddings, paths, progress=progress)
        with suppress(StoreUnusable):  # the chat page says so, and the next ingest tries again
            forget_answers(self._data, report.generation)
        asked = {str(path.resolve()) for path in paths}
        return tuple(outcome for outcome in report.documents if outcome.path in asked)

    def _is_ours(self, path: Path) -> bool:
        return is_upload(path, self.folder)

    def _free(self, name: str, taken: Mapping[Path, int]) -> Path:
        """Where a file goes: by its name, which may be that of an earlier upload, but not of one of the same batch."""
        path = self.folder / name
        number = 1
        while path in taken or (number > 1 and path.exists()):
            number += 1
            path = path.with_name(f"{Path(name).stem}-{number}{Path(name).suffix}")
        return path

    def _in_place_of(self, document: Document, suffix: str, documents: Mapping[str, Document]) -> Path:
        """A path from which the ingest reads the document under the same id: its own, or one named after it."""
        own = Path(document.source_file)
        if own.suffix.lower() == suffix and self._is_ours(own):
            return own
        stem = own.stem if slug(own.stem) == document.id else document.id
        taken = {d.source_file for d in documents.values()}
        path = self.folder / f"{stem}{suffix}"
        while str(path) in taken or path.exists():
            path = path.with_name(f"{path.stem}_{suffix}")  # which makes no difference to the id
        return path


def _known(document_id: str, documents: Mapping[str, Document]) -> Document:
    if document_id not in documents:
        raise unknown_document(document_id, documents)
    return documents[document_id]


def _unchanged(name: str, same: Document | None) -> Arrival:
    return Arrival(name, "unchanged", same.id if same else None, same.title if same else None)


def _arrival(name: str, outcome: Outcome) -> Arrival:
    if outcome.status == "refused":
        return Arrival(name, "refused", reason=" ".join(outcome.warnings))
    plain = slug(Path(outcome.path).stem)
    return Arrival(
        name=name,
        status="changed" if outcome.status == "changed" else "added" if outcome.status == "added" else "unchanged",
        id=outcome.id,
        title=outcome.title,
        sections=outcome.sections,
        passages=outcome.passages,
        warnings=outcome.warnings,
        beside=plain if outcome.status == "added" and outcome.id != plain else None,
    )
