"""A generation that is made: the vectors of its passages, and all of it on disk.

What was embedded before is taken over from the generation that serves; nothing here says which one that is, or
publishes the new one (`vectorstore.update`, `vectorstore.store`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.document import Document, Passage
from vectorstore.chroma import chroma, collection_name, remember_server
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.format import Manifest, write_document_file, write_manifest
from vectorstore.generation import Generation, embedded_text, lexical_text
from vectorstore.lexical import LexicalIndex
from vectorstore.windows import Windows, window_texts

_BATCH = 64  # passages embedded between two reports of progress
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The dense half of a generation: a unit vector of each passage, shape (passages, dimension), and its windows."""

    passages: np.ndarray
    windows: Windows


def write_generation(
    folder: Path,
    manifest: Manifest,
    documents: Sequence[Document],
    vectors: Vectors,
    chroma_url: str | None,
    progress: Progress,
) -> None:
    """Writes a complete generation into a new folder; nothing points to it until it is published.

    When it is done, all of it is on the disk itself, and outlasts a power cut.
    """
    (folder / "documents").mkdir(parents=True)
    remember_server(folder, chroma_url)
    for document in documents:
        write_document_file(folder / "documents" / f"{document.id}.json", document)
    LexicalIndex.build([lexical_text(d, p) for d in documents for p in d.passages]).save(folder / "lexical")
    vectors.windows.save(folder / "windows")
    with chroma(folder, chroma_url) as client:
        collection = client.create_collection(
            collection_name(manifest.id),
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}},
        )
        owners = [p.document_id for d in documents for p in d.passages]
        size = min(client.get_max_batch_size(), 2000)
        for start in range(0, len(owners), size):
            end = min(start + size, len(owners))
            collection.add(
                ids=[str(n) for n in range(start, end)],
                embeddings=vectors.passages[start:end],
                metadatas=[{"document": owner} for owner in owners[start:end]],
            )
            progress("store", end, len(owners))
    write_manifest(folder, manifest)
    for path in (*folder.rglob("*"), folder, folder.parent):
        to_disk(path)


def to_disk(path: Path) -> None:
    """Has the system write a file, or the names in a folder, to the disk itself."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def vectors_of(
    documents: Sequence[Document],
    embeddings: KaderEmbeddings,
    progress: Progress,
    *,
    known: Mapping[str, np.ndarray] | None = None,
    text_of: Callable[[Document, Passage], str] = embedded_text,
) -> Vectors:
    """Vectors of all passages and windows of documents; a text whose vector is known is not embedded again."""
    passages = [(d, p) for d in documents for p in d.passages]
    whole = [text_of(document, passage) for document, passage in passages]
    windows = [window_texts(document, passage) for document, passage in passages]
    pieces = [text for texts in windows for text in texts]
    vectors = dict(known or {})
    fresh = [text for text in dict.fromkeys([*whole, *pieces]) if text not in vectors]
    vectors.update(zip(fresh, embed(embeddings, fresh, progress), strict=True))
    nothing = np.zeros((0, embeddings.card.dimension), dtype=np.float32)
    return Vectors(
        np.stack([vectors[text] for text in whole]) if whole else nothing,
        Windows.of(np.stack([vectors[text] for text in pieces]) if pieces else nothing, [len(t) for t in windows]),
    )


def known_vectors(generation: Generation) -> dict[str, np.ndarray]:
    """The vectors that a generation holds, by the text that was embedded."""
    passages = [(generation.document_of(number), passage) for number, passage in enumerate(generation.passages)]
    pieces = [text for document, passage in passages for text in window_texts(document, passage)]
    known = dict(zip(pieces, np.asarray(generation.windows.vectors, dtype=np.float32), strict=True))
    whole = [embedded_text(document, passage) for document, passage in passages]
    known.update(zip(whole, generation.vectors(range(len(passages))), strict=True))
    return known


def embed(embeddings: KaderEmbeddings, texts: Sequence[str], progress: Progress) -> np.ndarray:
    """Vectors of texts, shape (len(texts), dimension), in batches that report progress."""
    rows: list[np.ndarray] = [np.zeros((0, embeddings.card.dimension), dtype=np.float32)]
    for start in range(0, len(texts), _BATCH):
        batch = list(texts[start : start + _BATCH])
        rows.append(np.asarray(embeddings.embed_documents(batch), dtype=np.float32))
        progress("embed", start + len(batch), len(texts))
    return np.vstack(rows)
