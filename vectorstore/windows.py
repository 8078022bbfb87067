"""Windows: a long passage is also compared a few sentences at a time.

The vector of a long passage is the mean of all that it says, and the one sentence that answers a question is lost in
it. So the sentences of a long passage, short ones together with the next, have vectors of their own, which put the
passages that the whole vectors found in a better order (docs/retrieval.md has the figures).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np

from ingest.blocks import RAISED_MARK
from ingest.document import Document, Passage
from ingest.sentences import sentence_spans

LONG = 600
"""Characters from which on a passage has windows: the vector of a shorter one says what its sentences say."""
LEAST = 200
"""Characters of a window at least: whole sentences are gathered until they are that many.

The windows of an index are cut anew when it is read: a change of either number needs another `FORMAT_VERSION`.
"""


def window_spans(document: Document, passage: Passage) -> list[tuple[int, int]]:
    """Spans of the windows of a passage in the document's text; none for a short one, or one of a single window."""
    if passage.end - passage.start < LONG:
        return []
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(document.text, passage.start, passage.end):
        short = spans and (spans[-1][1] - spans[-1][0] < LEAST or end - start < LEAST // 2)
        if short:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans if len(spans) > 1 else []


def window_texts(document: Document, passage: Passage) -> list[str]:
    """What is embedded for the windows of a passage: their own text, without the heading above."""
    return [RAISED_MARK.sub("", document.text[start:end]) for start, end in window_spans(document, passage)]


@dataclass(frozen=True, slots=True)
class Windows:
    """The vectors of all windows of an index, in the order of its passages.

    `vectors` are of unit length, shape (windows, dimension), in 16 bits: they order what was found and are never
    shown. Those of passage `n` are the rows from `starts[n]` up to `starts[n + 1]`.
    """

    vectors: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray, counts: Sequence[int]) -> Windows:
        """From vectors in the order of the passages, and how many each passage has."""
        return cls(vectors.astype(np.float16), np.array([0, *accumulate(counts)], dtype=np.int64))

    @classmethod
    def load(cls, folder: Path) -> Windows:
        """Reads what `save` wrote; the vectors stay on disk until they are asked for."""
        return cls(np.load(folder / "vectors.npy", mmap_mode="r"), np.load(folder / "starts.npy"))

    def check(self, passages: int, dimension: int) -> None:
        """Refuses windows that are not those of so many passages, or of a model of another dimension.

        Raises:
            ValueError: what was found does not fit.
        """
        fits = self.starts.shape == (passages + 1,) and self.vectors.shape == (int(self.starts[-1]), dimension)
        if not fits or self.starts[0] != 0 or (np.diff(self.starts) < 0).any():
            raise ValueError(f"windows of shape {self.vectors.shape} for {passages} passages of {dimension} dimensions")

    def save(self, folder: Path) -> None:
        """Writes both arrays to a new folder."""
        folder.mkdir(parents=True)
        np.save(folder / "vectors.npy", self.vectors)
        np.save(folder / "starts.npy", self.starts)

    def counts(self) -> list[int]:
        """How many windows each passage has."""
        return [int(count) for count in np.diff(self.starts)]

    def nearest(self, numbers: Sequence[int], vector: np.ndarray, whole: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The best product of `vector` with a window of each passage, and which window that is; both (len(numbers),).

        A passage without windows keeps the product of its whole vector, given in `whole` in the same order, and -1.
        """
        best, which = np.array(whole, dtype=np.float32), np.full(len(numbers), -1)
        own = [range(self.starts[n], self.starts[n + 1]) for n in numbers]
        rows = [row for each in own for row in each]
        products = np.asarray(self.vectors[rows], dtype=np.float32) @ vector if rows else np.zeros(0, np.float32)
        at = 0
        for place, each in enumerate(own):
            if len(each):
                reached = products[at : at + len(each)]
                which[place] = reached.argmax()
                best[place] = reached[which[place]]
                at += len(each)
        return best, which
