"""The lexical half of retrieval: BM25 over Dutch stems.

Scoring and storage are bm25s (Lù, 2024, "BM25S", arXiv:2407.03618; Lucene's variant of Robertson's BM25); stemming
is Snowball's Dutch stemmer. Words that matter in law ("niet", "geen", "moet") are kept.
"""

from __future__ import annotations

import math
import re
import threading
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from ingest.blocks import RAISED_MARK

K1, B = 1.2, 0.75
_KEPT = 4096  # stems whose relatives are kept in memory
_PART = 5  # letters of a word that may be a part of a compound

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?", re.UNICODE)
_SIGNS = (("%", " procent "), ("€", " euro "), ("§", " paragraaf "))
_lock = threading.Lock()  # a Snowball stemmer keeps state and must not be shared by two threads at once


@cache
def stop_words() -> frozenset[str]:
    """Dutch and English function words that carry no topic; see `vectorstore/stopwords.txt`."""
    lines = files("vectorstore").joinpath("stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch")


def words(text: str) -> list[str]:
    """Lower-case words (NFC), in order; stop words included. Signs that people write out are words: "%", "€"."""
    text = RAISED_MARK.sub(" ", unicodedata.normalize("NFC", text)).lower()
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    return _WORD.findall(text)


def stems(text: str) -> list[str]:
    """Stems of the words that carry the topic, in order, with repetition."""
    kept = [word for word in words(text) if word not in stop_words()]
    with _lock:
        return list(_stemmer().stemWords(kept))


class LexicalIndex:
    """BM25 over the stems of each passage (context and text), by position in the generation."""

    def __init__(self, model: bm25s.BM25 | None, size: int) -> None:
        self._model = model
        self.size = size
        self.relatives = lru_cache(maxsize=_KEPT)(self._relatives)
        """A stem and those of the index that it is a part of, or that are a part of it, at one end ("jeugdhulp").

        Dutch writes compounds as one word; parts of fewer than five letters are left out, for they fit anywhere.
        """

    @classmethod
    def build(cls, texts: list[str]) -> LexicalIndex:
        """Indexes texts in order; a collection without any word gives an index that scores nothing."""
        tokens = [stems(text) for text in texts]
        if not any(tokens):
            return cls(None, len(texts))
        model = bm25s.BM25(method="lucene", k1=K1, b=B)
        model.index(tokens, show_progress=False)
        return cls(model, len(texts))

    def save(self, folder: Path) -> None:
        """Writes the arrays and the vocabulary to a new folder."""
        folder.mkdir(parents=True)
        (folder / "size").write_text(str(self.size), "utf-8")
        if self._model is not None:
            self._model.save(str(folder / "bm25"), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Reads what `save` wrote."""
        size = int((folder / "size").read_text("utf-8"))
        saved = folder / "bm25"
        return cls(bm25s.BM25.load(str(saved)) if saved.exists() else None, size)

    def scores(self, question: str) -> np.ndarray:
        """BM25 score of every passage for the stems of a question, shape (size,), zero where no stem occurs."""
        known = [stem for stem in stems(question) if stem in self.vocabulary]
        if self._model is None or not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)

    def weight(self, stem: str) -> float:
        """How much a stem tells: its inverse document frequency; a stem that occurs nowhere tells the most."""
        column = self.vocabulary.get(stem)
        frequency = 0
        if column is not None and self._model is not None:
            starts = self._model.scores["indptr"]
            frequency = int(starts[column + 1] - starts[column])
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def _relatives(self, stem: str) -> frozenset[str]:
        found = {stem}
        if len(stem) >= _PART:
            found.update(s for s in self.vocabulary if s.startswith(stem) or s.endswith(stem))
            found.update(s for s in (stem[:n] for n in range(_PART, len(stem))) if s in self.vocabulary)
        return frozenset(found)

    @property
    def vocabulary(self) -> dict[str, int]:
        """Every stem of the index with its number."""
        return self._model.vocab_dict if self._model is not None else {}
