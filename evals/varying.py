"""Larger indexes made from a real one, so that nothing needs embedding.

The vectors are real ones with noise, the texts are real ones with other words in place of some of their own.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

import numpy as np

from assistant.language import word_list
from ingest.document import Document
from ingest.municipalities import municipalities
from vectorstore.generation import Generation
from vectorstore.windows import Windows
from vectorstore.writing import Vectors

SEED = 20260101
RENEWED = 0.5
"""Share of a vector's variance that is noise: two variations of a passage are then as near each other as a real passage
is to the nearest other one (a cosine of 0.92 with the embedded model)."""
SWAPPED = 0.3
"""Share of the words of four letters and more that give way to another."""
NEW = 0.1
"""Share of the words put in that come from a general list of Dutch words and not from another passage. With it the
number of different words grows with about the 0.6th power of all words, as among the real passages (Heaps' law), and
a word has compounds as in Dutch, somewhat fewer (at 100,000 passages 12 on average; in a word list of that size 19)."""

_WORD = re.compile(r"[^\W\d_]{4,}")


def varied(base: Generation, size: int, seed: int = SEED) -> tuple[list[Document], Vectors]:
    """Documents of `size` passages in all, and their vectors; the same for a seed.

    The documents of `base` come first, as they are. Then come variations of them, each round under the name of
    another municipality; the last document is cut short. A variation has as many windows as what it varies.
    """
    documents: list[Document] = []
    rows: list[np.ndarray] = []
    windows: list[np.ndarray] = []
    counts: list[int] = []
    left = size
    for document, vectors, pieces, own in _variations(base, seed):
        kept = document.passages[:left]
        documents.append(replace(document, passages=kept))
        rows.append(vectors[: len(kept)])
        counts += own[: len(kept)]
        windows.append(pieces[: sum(own[: len(kept)])].astype(np.float16))
        left -= len(kept)
        if not left:
            break
    return documents, Vectors(np.concatenate(rows), Windows.of(np.concatenate(windows), counts))


_Variation = tuple[Document, np.ndarray, np.ndarray, list[int]]
"""A document, the vectors of its passages and of their windows, and how many windows each passage has."""


def _variations(base: Generation, seed: int) -> Iterator[_Variation]:
    """Endlessly: every document of `base` with its vectors, first itself, then variations of it."""
    if not base.passages:
        raise ValueError("the index has no passages to vary. Expected at least one")
    known = Words.of(base.documents.values())
    vectors = base.vectors(range(len(base.passages)))
    windows, starts = np.asarray(base.windows.vectors, dtype=np.float32), base.windows.starts
    counts = base.windows.counts()
    places = _other_places(base.documents.values())
    for copy in count():
        noise = np.random.default_rng((seed, copy))
        rows = with_noise(vectors, noise) if copy else vectors
        pieces = with_noise(windows, noise) if copy and len(windows) else windows
        at = 0
        for document in base.documents.values():
            chance = random.Random(f"{seed} {copy} {document.id}")  # noqa: S311  # a benchmark, not a secret
            place = places[copy % len(places)]
            end = at + len(document.passages)
            yield (
                variation(document, copy, place, known, chance) if copy else document,
                rows[at:end],
                pieces[starts[at] : starts[end]],
                counts[at:end],
            )
            at = end


@dataclass(frozen=True, slots=True)
class Words:
    """Words by their length: those of the passages, each as often as it occurs, and those of a general list."""

    own: Mapping[int, Sequence[str]]
    general: Mapping[int, Sequence[str]]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Words:
        """The words of the passages of documents, and the list that spelling is checked against."""
        own = [
            match[0].lower()
            for document in documents
            for passage in document.passages
            for match in _WORD.finditer(document.text, passage.start, passage.end)
        ]
        return cls(_by_length(own), _general())

    def other(self, word: str, chance: random.Random) -> str:
        """Another word of the same length."""
        there = self.general if chance.random() < NEW else self.own
        return chance.choice(there.get(len(word), (word,)))


@cache
def _general() -> dict[int, list[str]]:
    return _by_length(sorted(word for word in word_list("nl").word_frequency.dictionary if _WORD.fullmatch(word)))


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for word in words:
        found[len(word)].append(word)
    return dict(found)


def variation(document: Document, copy: int, place: str, known: Words, chance: random.Random) -> Document:
    """The document as another municipality might have written it; all its spans stay where they are."""
    name = f"{document.id}-{copy}"
    return replace(
        document,
        id=name,
        title=document.title.replace(document.municipality, place) if document.municipality else document.title,
        municipality=place,
        text=with_other_words(document.text, known, chance),
        passages=tuple(replace(passage, document_id=name) for passage in document.passages),
    )


def with_other_words(text: str, known: Words, chance: random.Random) -> str:
    """The text with a share of its words replaced by others of the same length, so that every span stays."""
    return _WORD.sub(lambda m: known.other(m[0], chance) if chance.random() < SWAPPED else m[0], text)


def with_noise(vectors: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Unit vectors near those given, shape (passages, dimension), with the mean and the covariance of those.

    Noise that is as strong in every direction would make an index harder to search than any real one: embeddings of
    text keep to few of their dimensions.
    """
    mean = vectors.mean(axis=0)
    own = vectors - mean
    root = np.linalg.qr(own / np.sqrt(len(own)), mode="r")
    noise = chance.standard_normal((len(own), len(root))) @ root
    moved = mean + np.sqrt(1 - RENEWED) * own + np.sqrt(RENEWED) * noise
    unit: np.ndarray = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _other_places(documents: Iterable[Document]) -> list[str]:
    """Names of municipalities of today that no document is of."""
    own = {document.municipality for document in documents}
    return [place.name for place in municipalities().values() if not place.successor and place.name not in own]
