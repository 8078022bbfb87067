"""Hits that belong together shown as one: neighbours in a section that were found beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.passages import MAX_TOKENS
from ingest.tokens import count_tokens
from vectorstore.generation import Generation
from vectorstore.search import Hit


def joined(generation: Generation, hits: Sequence[Hit], k: int) -> list[Hit]:
    """The best `k` hits, each with those of the best `k` that adjoin it in its section.

    Together they are never longer than a passage may be; the place and the scores are those of the better one.
    """
    near = {hit.passage for hit in hits[:k]}
    taken: set[int] = set()
    found: list[Hit] = []
    for hit in hits:
        if hit.passage not in taken:
            run = [hit.passage]
            while (more := _neighbour(generation, run, near - taken)) is not None:
                run = sorted([*run, more])
            taken.update(run)
            found.append(replace(hit, rank=len(found) + 1, run=tuple(run)))
    return found[:k]


def _neighbour(generation: Generation, run: list[int], free: set[int]) -> int | None:
    """A passage that may be added to a run of neighbours: the one after it, or else the one before."""
    first, last = generation.passages[run[0]], generation.passages[run[-1]]
    text = generation.documents[first.document_id].text
    for number in (run[-1] + 1, run[0] - 1):
        if number in free:
            other = generation.passages[number]
            start, end = min(first.start, other.start), max(last.end, other.end)
            same = (other.document_id, other.section) == (first.document_id, first.section)
            if same and count_tokens(text[start:end]) <= MAX_TOKENS:
                return number
    return None
