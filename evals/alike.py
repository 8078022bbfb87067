"""How alike questions are, and which of thousands are so alike that one of them says little new.

Likeness is the Jaccard coefficient of their sets of letter trigrams, each weighted by its rarity: trigrams forgive
misspelling and inflection, weights keep "Wat zegt de gemeente over" from making everything alike. Pairs are found
without comparing all with all, by prefix filtering (Chaudhuri, Ganti and Kaushik, ICDE 2006; Bayardo, Ma and Srikant,
WWW 2007): of two sets that are alike enough, the rarest features, as many as carry the share that may differ, have one
in common.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

_WORD = re.compile(r"\w+")
_BLOCK = 200  # a feature that more texts begin with tells nothing; only its latest texts are compared


def normalised(text: str) -> str:
    """Text without capitals, accents, punctuation and extra spaces."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def trigrams(text: str) -> frozenset[str]:
    """The letter trigrams of normalised words, with their beginnings and ends marked."""
    marked = (f"_{word}_" for word in text.split())
    return frozenset(chain.from_iterable(map("".join, zip(word, word[1:], word[2:], strict=False)) for word in marked))


class Texts:
    """Texts to be compared with one another; they are named by their index."""

    def __init__(self, texts: Sequence[str]) -> None:
        features = [trigrams(normalised(text)) for text in texts]
        found = Counter(chain.from_iterable(features))
        # from the rarest to the commonest; the name decides between equals, so that the order is always the same
        order = sorted(found, key=lambda feature: (found[feature], feature))
        number = {feature: place for place, feature in enumerate(order)}
        self._weights = [math.log(1 + len(texts) / found[feature]) for feature in order]
        self._sets = [frozenset(number[feature] for feature in each) for each in features]
        self._totals = [sum(self._weights[f] for f in each) for each in self._sets]

    def likeness(self, first: int, second: int) -> float:
        """From 0 (nothing in common) to 1 (the same features); two texts without any letters are alike."""
        shared = sum(self._weights[f] for f in self._sets[first] & self._sets[second])
        together = self._totals[first] + self._totals[second] - shared
        return shared / together if together else 1.0

    def pairs(self, threshold: float) -> Iterator[tuple[int, int, float]]:
        """Pairs whose likeness is at least `threshold`, each once, as (earlier, later, likeness)."""
        begun: dict[int, list[int]] = defaultdict(list)
        for later, total in enumerate(self._totals):
            prefix = self._prefix(later, threshold)
            candidates = set(chain.from_iterable(begun[f][-_BLOCK:] for f in prefix))
            for earlier in sorted(candidates):
                if not threshold * total <= self._totals[earlier] <= total / threshold:
                    continue
                likeness = self.likeness(earlier, later)
                if likeness >= threshold:
                    yield earlier, later, likeness
            for feature in prefix:
                begun[feature].append(later)

    def _prefix(self, text: int, threshold: float) -> list[int]:
        """The rarest features of a text: without one of them, what is left cannot reach the threshold."""
        prefix: list[int] = []
        left = self._totals[text]
        for feature in sorted(self._sets[text]):
            if left < threshold * self._totals[text]:
                break
            prefix.append(feature)
            left -= self._weights[feature]
        return prefix


def blocked_pairs(keys: Sequence[frozenset[tuple[str, str]]]) -> list[tuple[int, int]]:
    """Pairs of indices that share a key, in order; of a key that more than 200 share, the first 200."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, own in enumerate(keys):
        for key in own:
            blocks[key].append(index)
    return sorted(set(chain.from_iterable(combinations(block[:_BLOCK], 2) for block in blocks.values())))
