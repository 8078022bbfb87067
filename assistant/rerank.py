"""Reranking with a sentence-transformers CrossEncoder, when one is configured."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.errors import ModelUnavailable, first_line
from vectorstore.generation import Generation, embedded_text
from vectorstore.search import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker:
    """Reads question and passage together and puts the hits in a better order.

    Only the order is the model's: its figures have another scale than `Hit.score`, by which passages are chosen later.
    """

    depth = 20
    """Hits that are read, the best ones; the others stay below them."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def order(self, topic: str, generation: Generation, hits: list[Hit]) -> list[Hit]:
        """The same hits, the first `depth` by the model's judgement; equal judgements keep the order they came in.

        The scores stay those that there were, the best with the first.
        """
        read, below = hits[: self.depth], hits[self.depth :]
        if not read:
            return hits
        texts = [embedded_text(generation.document_of(h.passage), generation.passages[h.passage]) for h in read]
        judged = self._model.predict([(topic, text) for text in texts], show_progress_bar=False)
        order = sorted(range(len(read)), key=lambda i: (-float(judged[i]), i))
        scores = sorted((hit.score for hit in read), reverse=True)
        best = [replace(read[i], score=score) for i, score in zip(order, scores, strict=True)]
        return [replace(hit, rank=rank) for rank, hit in enumerate([*best, *below], start=1)]


def open_reranker(name: str | None) -> Reranker | None:
    """The reranker of a setting: None, or the name or path of a CrossEncoder.

    Raises:
        ModelUnavailable: the model is not on this machine, or cannot be loaded.
    """
    if not name:
        return None
    try:
        from sentence_transformers import CrossEncoder

        return Reranker(CrossEncoder(name, device="cpu"))
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise ModelUnavailable(
            f"the reranker “{name}” cannot be opened ({first_line(error)}). Expected a sentence-transformers "
            "CrossEncoder that is on this machine; unset KADERWIJZER_RERANKER_MODEL to go without"
        ) from error
