"""What off-topic questions reach on an index: the unit in which nearness is counted."""

from __future__ import annotations

import numpy as np
from building import MODEL

from vectorstore.background import OFF_TOPIC, background


def test_the_unit_hardly_depends_on_the_few_passages_that_are_nearest_to_off_topic_questions():
    texts = [f"De gemeente helpt groep {n} met {what}." for n in range(30) for what in ("geld", "werk", "wonen")]
    vectors = np.asarray(MODEL.embed_documents(texts), dtype=np.float32)
    near = np.asarray(MODEL.embed_documents([q.rstrip("?") for q in OFF_TOPIC["nl"][:4]]), dtype=np.float32)
    without, with_them = background(MODEL, vectors)["nl"], background(MODEL, np.vstack([vectors, near]))["nl"]

    assert with_them.mean > without.mean
    assert 0.7 < with_them.deviation / without.deviation < 1.4


def test_an_index_without_passages_is_near_to_nothing():
    empty = background(MODEL, np.zeros((0, 384), dtype=np.float32))["nl"]
    assert (empty.mean, empty.deviation) == (1.0, 1.0)
