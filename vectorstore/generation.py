"""A generation, open for reading: one complete, immutable build of the index on disk (`vectorstore.format`).

Passages are numbered in the order of the manifest's documents; that number is their id in Chroma and their row in
BM25, so the two halves of retrieval speak of the same thing without a lookup table.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError

from ingest.blocks import RAISED_MARK
from ingest.document import Document, Passage
from ingest.errors import IndexMissing
from vectorstore.chroma import check_server, close_chroma, collection_name, holds, open_chroma
from vectorstore.format import damaged, read_document_file, read_manifest
from vectorstore.lexical import LexicalIndex, stems
from vectorstore.windows import Windows

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

_KEPT = 10_000  # passages whose stems and vectors are kept in memory
_COMPARED = 2_000  # passages that are compared one by one with a question
_UNREADABLE = (OSError, ValueError, EOFError, LookupError, TypeError)
"""What NumPy and bm25s raise for damaged files; EOFError is that of a file without a byte."""


def embedded_text(document: Document, passage: Passage) -> str:
    """What is embedded for a passage: its section's heading, its lead, its text.

    The document's name and the titles above the section stay out: the scope of a question finds the document, and
    in the vector they only make the passages of one document more alike (docs/retrieval.md has the figures).
    """
    text = document.text[passage.start : passage.end]
    label = document.sections[passage.section].label
    front = [] if text.startswith(label) else [label]
    return RAISED_MARK.sub("", "\n".join([*front, *([passage.lead] if passage.lead else []), text]))


def lexical_text(document: Document, passage: Passage) -> str:
    """What BM25 sees of a passage: the whole section path, its lead, its text."""
    path = " ".join(document.sections[passage.section].path)
    return f"{path}\n{passage.lead}\n{document.text[passage.start : passage.end]}"


class Generation:
    """An open generation, for reading. What is on disk is read when first asked for.

    Chroma keeps its files open until `close`, in every generation whose vectors were asked for.
    """

    def __init__(self, folder: Path, chroma_url: str | None = None) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self._chroma_url = chroma_url
        check_server(folder, chroma_url)  # one that does not answer is found out now
        self._lock = threading.Lock()
        self._chroma: Client | None = None
        self._readers = 0
        self._closed = False
        self._vectors: dict[int, np.ndarray] = {}  # of the passages met so far, as long as Chroma is open
        # Kept with this generation and gone with it; a cache of the class would hold on to old ones.
        self.passage_stems = lru_cache(maxsize=_KEPT)(self._passage_stems)
        """The stems that occur in a passage with its context, by its number."""
        self.passage_pairs = lru_cache(maxsize=_KEPT)(self._passage_pairs)
        """The pairs of neighbouring stems in the text of a passage, by its number."""
        self.heading_stems = lru_cache(maxsize=_KEPT)(self._heading_stems)
        """The stems of the title a passage stands under, and of the line that introduces it, by its number."""
        self.path_stems = lru_cache(maxsize=_KEPT)(self._path_stems)
        """The same with the titles of the sections around it."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keeps the vectors open for the length of the block, whoever closes this generation meanwhile."""
        with self._lock:
            self._readers += 1
        try:
            yield
        finally:
            with self._lock:
                self._readers -= 1
                self._let_go()

    def close(self) -> None:
        """Gives back the files of Chroma and of the windows, at once or when the last block of `reading` ends.

        Documents stay readable. Vectors that are asked for afterwards are opened anew, if they are still on disk.
        """
        with self._lock:
            self._closed = True
            self._let_go()

    def _let_go(self) -> None:
        if not self._closed or self._readers:
            return
        for name in ("collection", "windows"):
            self.__dict__.pop(name, None)
        self._vectors = {}
        if self._chroma is not None:
            close_chroma(self._chroma)
            self._chroma = None

    @property
    def _client(self) -> Client:
        """Chroma, imported with the first search: what is shown before it needs the documents only.

        Raises:
            IndexMissing: the folder is gone, or the server does not answer.
        """
        with self._lock:
            if self._chroma is None:
                if self._chroma_url is None and not (self.folder / "chroma").is_dir():  # Chroma would make it
                    raise damaged(self.folder, FileNotFoundError())
                self._chroma = open_chroma(self.folder, self._chroma_url)
            return self._chroma

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id, in the order of the manifest.

        Raises:
            IndexMissing: a document's file is gone or damaged.
        """
        folder = self.folder / "documents"
        try:
            return {name: read_document_file(folder / f"{name}.json") for name in self.manifest.documents}
        except (OSError, ValidationError) as error:
            raise damaged(self.folder, error) from error

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages; a passage's place here is its id in both indexes."""
        return tuple(p for document in self.documents.values() for p in document.passages)

    @cached_property
    def _numbers(self) -> dict[str, range]:
        """The numbers of each document's passages."""
        ends = accumulate(len(document.passages) for document in self.documents.values())
        return {d.id: range(end - len(d.passages), end) for d, end in zip(self.documents.values(), ends, strict=True)}

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The BM25 half.

        Raises:
            IndexMissing: its files are gone or damaged.
        """
        try:
            lexical = LexicalIndex.load(self.folder / "lexical")
            if lexical.size != self.manifest.passages:
                raise ValueError(f"BM25 of {lexical.size} passages, and there are {self.manifest.passages}")
        except _UNREADABLE as error:
            raise damaged(self.folder, error) from error
        return lexical

    @cached_property
    def windows(self) -> Windows:
        """The vectors of the sentences of long passages.

        Raises:
            IndexMissing: their files are gone or damaged.
        """
        try:
            windows = Windows.load(self.folder / "windows")
            windows.check(self.manifest.passages, self.manifest.embedding.dimension)
        except _UNREADABLE as error:
            raise damaged(self.folder, error) from error
        return windows

    @cached_property
    def collection(self) -> Collection:
        """The Chroma collection of this generation.

        Raises:
            IndexMissing: the vectors are gone (a Chroma server that lost them, or a damaged folder).
        """
        from chromadb.errors import ChromaError

        try:
            return self._client.get_collection(collection_name(self.manifest.id), embedding_function=None)
        except (ValueError, AttributeError, ChromaError) as error:  # the second one, when a damaged folder is met again
            raise self._without_vectors() from error

    def _without_vectors(self) -> IndexMissing:
        return IndexMissing(
            f"the index {self.manifest.id} has lost its vectors. Build it again: kaderwijzer ingest PATH"
        )

    def is_whole(self) -> bool:
        """Whether BM25, the windows and the vectors are there, as far as is seen without opening Chroma's folder.

        Opening it takes longer than all the rest of an ingest that changes nothing. A server is asked what it holds.
        """
        if self._chroma_url is None and not holds(self.folder, self.manifest.passages):
            return False
        try:
            _ = self.lexical, self.windows
            return self._chroma_url is None or self.collection.count() == self.manifest.passages
        except IndexMissing:
            return False

    def numbers_of(self, documents: Iterable[str]) -> list[int]:
        """The numbers of the passages of documents, in the order of the documents given."""
        return [number for name in documents for number in self._numbers[name]]

    def document_of(self, number: int) -> Document:
        """The document that passage `number` belongs to."""
        return self.documents[self.passages[number].document_id]

    def _passage_stems(self, number: int) -> frozenset[str]:
        return frozenset(stems(lexical_text(self.document_of(number), self.passages[number])))

    def _passage_pairs(self, number: int) -> frozenset[tuple[str, str]]:
        passage = self.passages[number]
        return frozenset(pairwise(stems(self.documents[passage.document_id].text[passage.start : passage.end])))

    def _heading_stems(self, number: int) -> frozenset[str]:
        passage = self.passages[number]
        title = self.documents[passage.document_id].sections[passage.section].path[-1]
        return frozenset(stems(f"{title} {passage.lead}"))

    def _path_stems(self, number: int) -> frozenset[str]:
        passage = self.passages[number]
        titles = self.documents[passage.document_id].sections[passage.section].path
        return frozenset(stems(" ".join((*titles, passage.lead))))

    def vectors(self, numbers: Sequence[int]) -> np.ndarray:
        """Unit vectors of passages by number, shape (len(numbers), dimension), in the order asked for.

        Raises:
            IndexMissing: some of them are gone.
        """
        if not numbers:
            return np.zeros((0, self.manifest.embedding.dimension), dtype=np.float32)
        kept = self._vectors
        if missing := [n for n in numbers if n not in kept]:
            kept = {**kept, **self._read_vectors(missing)}
            self._vectors = kept if len(kept) <= _KEPT else {}
        return np.stack([kept[n] for n in numbers])

    def _read_vectors(self, numbers: Sequence[int]) -> dict[int, np.ndarray]:
        found = self.collection.get(ids=[str(n) for n in numbers], include=["embeddings"])
        rows = dict(zip(map(int, found["ids"]), np.asarray(found["embeddings"], dtype=np.float32), strict=True))
        if missing := len(set(numbers) - rows.keys()):
            raise self._without_vectors() from KeyError(f"{missing} of {len(numbers)} passages")
        return rows

    def nearest(self, vector: Sequence[float], count: int, documents: Sequence[str] | None) -> list[int]:
        """Numbers of the `count` passages nearest to a unit vector by cosine, within `documents` if given.

        Within a few documents all passages are compared: it is exact, and faster than a filtered search in Chroma,
        which takes the longer the more passages there are outside the filter.
        """
        if documents is not None and len(within := self.numbers_of(documents)) <= _COMPARED:
            similar = self.vectors(within) @ np.asarray(vector, dtype=np.float32)
            return [within[at] for at in np.argsort(-similar, kind="stable")[:count]]
        where = {"document": {"$in": list(documents)}} if documents is not None else None
        found = self.collection.query(
            query_embeddings=np.asarray([vector], dtype=np.float32),
            n_results=min(count, len(self.passages)),
            where=where,  # type: ignore[arg-type]
            include=[],
        )
        return [int(i) for i in found["ids"][0]]
