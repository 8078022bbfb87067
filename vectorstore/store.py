"""The index folder: who may write it, which generation is current, and how a new one takes its place.

Readers follow one small file, `index/CURRENT`, that names a generation. A writer builds the next generation beside
it and then replaces that file in one rename: whoever reads sees the old build or the new one, never half of one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import IndexBusy, IndexMismatch, IndexMissing
from vectorstore.chroma import left_on_server, remove_generation
from vectorstore.embeddings import ModelCard
from vectorstore.generation import Generation
from vectorstore.writing import to_disk


class Store:
    """The index under a data folder, on this disk, with its vectors here or on a Chroma server."""

    def __init__(self, data: Path, chroma_url: str | None = None) -> None:
        self.root = data / "index"
        self.chroma_url = chroma_url

    def current_id(self) -> str | None:
        """The id of the published generation, or None while there is no index, or the file that names it is damaged."""
        try:
            named = self._names.read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return None
        return named if re.fullmatch(r"[\w-]+", named, re.ASCII) else None

    def is_empty(self) -> bool:
        """Whether nothing was ever published here, which is no damage."""
        return not self._names.exists()

    @property
    def _names(self) -> Path:
        """The file that names the current generation."""
        return self.root / "CURRENT"

    def latest(self) -> Path | None:
        """The folder of the current generation, or where that is not known, of the newest that was written whole."""
        current = self.current_id()
        if current is not None and self.folder(current).exists():
            return self.folder(current)
        written = [path.parent for path in self.root.glob("generations/*/manifest.json")]
        return max(written, key=lambda folder: folder.name, default=None)

    def folder(self, generation_id: str) -> Path:
        """Where a generation lies."""
        return self.root / "generations" / generation_id

    def open(self, card: ModelCard | None = None) -> Generation:
        """The published generation.

        A reader may be overtaken between reading CURRENT and opening what it names; then it looks again.

        Raises:
            IndexMissing: nothing has been ingested yet, or the index is damaged.
            IndexMismatch: `card` is given and another embedding model built the index.
        """
        for attempt in range(3):
            generation_id = self.current_id()
            if generation_id is None and not self.is_empty():
                raise IndexMissing(
                    f"{self._names} is damaged: it should name the index that serves. "
                    "Build it again: kaderwijzer ingest PATH"
                )
            if generation_id is None:
                raise IndexMissing(
                    f"there is no index in {self.root.parent} yet. Make one: kaderwijzer ingest PATH "
                    "(a file, or a folder with documents)"
                )
            try:
                generation = Generation(self.folder(generation_id), self.chroma_url)
            except IndexMissing:
                if attempt < 2 and self.current_id() != generation_id:
                    continue
                raise
            if card is not None:
                check_card(generation.manifest.embedding, card)
            return generation
        raise IndexMissing("the index changes faster than it can be opened. Try again when the ingest is done")

    @contextmanager
    def writing(self, wait: float = 0) -> Iterator[None]:
        """Holds the right to write; waits up to `wait` seconds for another writer to finish.

        Raises:
            IndexBusy: another process holds it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / "writer.lock")
        holder = self.root / "writer"
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            who = holder.read_text("utf-8") if holder.exists() else "another process"
            raise IndexBusy(f"the index is being written by {who}. Wait until it is done and try again") from error
        try:
            holder.write_text(f"process {os.getpid()}, since {datetime.now(UTC):%H:%M:%S} UTC", "utf-8")
            self.sweep()
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def publish(self, generation_id: str) -> None:
        """Makes a complete generation the current one, by one rename, and removes all others.

        Removed documents leave nothing behind this way: what is deleted from Chroma in place stays on its disk.
        """
        beside = self._names.with_name("CURRENT.next")
        with beside.open("w", encoding="utf-8") as file:
            file.write(generation_id)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._names)
        to_disk(self.root)  # before the old one goes
        self.sweep()

    def sweep(self) -> None:
        """Removes every generation but the latest: older ones, and what a killed ingest left half-written.

        The collection of a Chroma server that fails is removed by the next sweep that finds it working, also where the
        setting names another one by then.
        """
        latest = self.latest()
        generations = self.root / "generations"
        for folder in generations.iterdir() if generations.exists() else ():
            if folder != latest:
                self.discard(folder.name)

    def left_on_servers(self) -> dict[Path, str]:
        """The folders of generations of which only the collection is left, with the Chroma server that has it."""
        folders = (folder for folder in self.root.glob("generations/*") if folder != self.latest())
        return {folder: server for folder in folders if (server := left_on_server(folder)) is not None}

    def discard(self, generation_id: str) -> None:
        """Removes one generation, its collection on a Chroma server included, or leaves that to the next sweep."""
        remove_generation(self.folder(generation_id), self.chroma_url)


def check_card(built: ModelCard, configured: ModelCard) -> None:
    """Refuses to compare vectors of two models.

    Raises:
        IndexMismatch: naming both models and the command that mends it.
    """
    if built != configured:
        raise IndexMismatch(
            f"the index was built with {built}, but configured is {configured}. Build it again with the configured "
            "model: kaderwijzer ingest PATH; or set KADERWIJZER_EMBEDDING_MODEL back to "
            f"“{built.name}”"
        )
