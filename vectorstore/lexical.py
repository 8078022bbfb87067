"""The lexical half of retrieval: BM25 over Dutch stems.

Scoring and storage are bm25s (Lù, 2024, "BM25S", arXiv:2407.03618; Lucene's variant of Robertson's BM25); stemming
is Snowball's Dutch stemmer. Words that matter in law ("niet", "geen", "moet") are kept.
"""

from __future__ import annotations

import math
import re
import threading
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import bm25s
import numpy as np
import Stemmer

from ingest.blocks import RAISED_MARK

K1, B = 1.2, 0.75
_KEPT = 4096  # stems whose relatives are kept in memory
_SENTENCE, _SENTENCES = 600, 16384  # characters, and how many texts of at most so many keep their stems in memory
_PART = 5  # letters of a word that may be a part of a compound

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?", re.UNICODE)
_MEANT = {
    **dict.fromkeys(("geldend", "geldende", "geldt"), "geldig"),
    **dict.fromkeys(("ouderen", "oudere"), "senior"),
}
"""Words that the stemmer would make others of: money ("geld") of what is in force, and parents of the elderly."""
_VERB = re.compile(r"^(?:ge)?([^\W\d_]{2,}[^\W\d_k])eer(?:t|de?|den)$")
"""A form of a verb in -eren, whose ending the stemmer leaves: "evalueert", "georganiseerd" ("verkeerd" is none)."""
_SEPARATED = re.compile(
    r"\b(aan|achter|af|bij|binnen|deel|in|los|mee|na|neer|onder|op|over|plaats|samen|tegen|terug|toe|uit|vast|voor|vrij|weg)"
    r"\s+te\s+(?=[^\W\d_]{3,}n\b)"
)
"""A verb of which "te" parts the beginning: "in te trekken", "vast te stellen"; not "om te komen", "door te werken"."""
_UNDOTTED = str.maketrans("ëï", "ei")  # "geïnvesteerd" is of "investeren"
_SIGNS = (("%", " procent "), ("€", " euro "), ("§", " paragraaf "))
_lock = threading.Lock()  # a Snowball stemmer keeps state and must not be shared by two threads at once


@cache
def stop_words() -> frozenset[str]:
    """Dutch and English function words that carry no topic; see `vectorstore/stopwords.txt`."""
    lines = files("vectorstore").joinpath("stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language)


def stemmed(said: list[str], language: Literal["dutch", "english"] = "dutch") -> list[str]:
    """The stem of each word, in order."""
    with _lock:
        return list(_stemmer(language).stemWords(said))


def words(text: str) -> list[str]:
    """Lower-case words (NFC), in order; stop words included. Signs that people write out are words: "%", "€".

    A verb that "te" parts is one word: "in te trekken" is "intrekken".
    """
    text = RAISED_MARK.sub(" ", unicodedata.normalize("NFC", text)).lower()
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    return _WORD.findall(_SEPARATED.sub(r"\1", text))


def _infinitive(word: str) -> str:
    """The infinitive of a form of a verb in -eren, any other word as it is."""
    match = _VERB.match(word)
    return f"{match[1].translate(_UNDOTTED)}eren" if match else word


def stems(text: str) -> list[str]:
    """Stems of the words that carry the topic, in order, with repetition."""
    return list(_kept_stems(text) if len(text) <= _SENTENCE else _stems(text))


def _stems(text: str) -> tuple[str, ...]:
    kept = [_MEANT.get(word) or _infinitive(word) for word in words(text) if word not in stop_words()]
    return tuple(stemmed(kept))


_kept_stems = lru_cache(maxsize=_SENTENCES)(_stems)
"""The same of a sentence, which many questions are held against."""


Way = tuple[str, ...]
"""The stems of one way to put something."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for: what was said, the ways that mean just that, and those that mean nearly that.

    `share` is what it counts for beside the others.
    """

    said: str
    ways: tuple[Way, ...]
    synonyms: tuple[Way, ...]
    share: float = 1.0


class LexicalIndex:
    """BM25 over the stems of each passage (context and text), by position in the generation."""

    def __init__(self, model: bm25s.BM25 | None, size: int, spelled: Mapping[str, int]) -> None:
        self._model = model
        self.size = size
        self.spelled = spelled
        """Every word as the documents spell it, in lower case, with how often it occurs."""
        self.relatives = lru_cache(maxsize=_KEPT)(self._relatives)
        """A stem and those of the index that it is a part of, or that are a part of it, at one end ("jeugdhulp").

        Dutch writes compounds as one word; parts of fewer than five letters are left out, for they fit anywhere.
        """

    @classmethod
    def build(cls, texts: list[str]) -> LexicalIndex:
        """Indexes texts in order; a collection without any word gives an index that scores nothing."""
        tokens = [stems(text) for text in texts]
        if not any(tokens):
            return cls(None, len(texts), {})
        model = bm25s.BM25(method="lucene", k1=K1, b=B)
        model.index(tokens, show_progress=False)
        return cls(model, len(texts), Counter(word for text in texts for word in words(text)))

    def save(self, folder: Path) -> None:
        """Writes the arrays and the vocabulary to a new folder."""
        folder.mkdir(parents=True)
        (folder / "size").write_text(str(self.size), "utf-8")
        listed = sorted(self.spelled.items(), key=lambda entry: (-entry[1], entry[0]))
        (folder / "words.tsv").write_text("".join(f"{word}\t{count}\n" for word, count in listed), "utf-8")
        if self._model is not None:
            self._model.save(str(folder / "bm25"), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Reads what `save` wrote; an index that knows words has a model as well, and the other way round.

        Raises:
            OSError, ValueError, EOFError: a file is gone or damaged.
        """
        size = int((folder / "size").read_text("utf-8"))
        saved = folder / "bm25"
        lines = (line.split("\t") for line in (folder / "words.tsv").read_text("utf-8").splitlines())
        spelled = {word: int(count) for word, count in lines}
        if saved.exists() != bool(spelled):
            raise ValueError(f"{len(spelled)} words in words.tsv, and bm25 is {'there' if saved.exists() else 'gone'}")
        return cls(bm25s.BM25.load(str(saved)) if spelled else None, size, spelled)

    def scores(self, question: str) -> np.ndarray:
        """BM25 score of every passage for the stems of a question, shape (size,), zero where no stem occurs."""
        known = [stem for stem in stems(question) if stem in self.vocabulary]
        if self._model is None or not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)

    def scores_of(self, terms: Iterable[Term], synonym: float, relative: float) -> np.ndarray:
        """BM25 of every passage for terms, shape (size,): of each term the way that a passage puts best.

        `synonym` and `relative` are what a synonym and another member of a compound's family count for, beside the
        question's own words, which count for one.
        """
        total = np.zeros(self.size, dtype=np.float32)
        for term in terms:
            best = np.zeros(self.size, dtype=np.float32)
            for worth, ways in ((1.0, term.ways), (synonym, term.synonyms)):
                for way in ways if worth else ():
                    np.maximum(best, worth * self._score(way, relative), out=best)
            total += term.share * best
        return total

    def _score(self, way: Way, relative: float) -> np.ndarray:
        score = np.zeros(self.size, dtype=np.float32)
        for stem in way:
            where, worth = self._column(stem)
            score[where] += worth
            family = self.relatives(stem) - {stem}
            if relative and family:
                best = np.zeros(self.size, dtype=np.float32)
                for other in family:
                    where, worth = self._column(other)
                    best[where] = np.maximum(best[where], worth)
                score += relative * best
        return score

    def _column(self, stem: str) -> tuple[np.ndarray, np.ndarray]:
        """The passages that hold a stem and its BM25 score in each, shapes (holding,); Lucene's is zero elsewhere."""
        column = self.vocabulary.get(stem)
        if column is None or self._model is None:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        start, end = self._model.scores["indptr"][column : column + 2]
        return self._model.scores["indices"][start:end], self._model.scores["data"][start:end]

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
            found.update(_starting(self._sorted, stem))
            found.update(other[::-1] for other in _starting(self._reversed, stem[::-1]))
            found.update(s for s in (stem[:n] for n in range(_PART, len(stem))) if s in self.vocabulary)
        return frozenset(found)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.vocabulary)

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(stem[::-1] for stem in self.vocabulary)

    @property
    def vocabulary(self) -> dict[str, int]:
        """Every stem of the index with its number."""
        return self._model.vocab_dict if self._model is not None else {}


def _starting(ordered: Sequence[str], start: str) -> Iterator[str]:
    """Those of sorted words that begin with `start`."""
    at = bisect_left(ordered, start)
    while at < len(ordered) and ordered[at].startswith(start):
        yield ordered[at]
        at += 1
