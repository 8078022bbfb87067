"""Windows: the sentences of a long passage have vectors of their own, and put the passages in a better order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from building import GROEN, MODEL, make_index

from ingest.errors import IndexMissing
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.search import search
from vectorstore.store import Store
from vectorstore.update import ingest_paths
from vectorstore.windows import LEAST, LONG, Windows, window_spans, window_texts

LONG_TEXT = """Kadernota Buurten

1. De buurten
De gemeente onderhoudt de straten van alle buurten en vervangt elk jaar een deel van de stoeptegels in het centrum. \
Elke buurt heeft een eigen plein, en om het plein staan banken die de gemeente samen met bewoners heeft uitgekozen. \
Wie een hond heeft, laat hem uit op de velden buiten de buurt en ruimt op wat de hond daar achterlaat. \
Het zwembad is op maandag gesloten, omdat dan het water wordt gezuiverd en het personeel scholing krijgt. \
Wie een feest in de buurt wil geven, meldt dat twee weken tevoren en zorgt dat de straat weer open is om middernacht. \
In de winter strooit de gemeente eerst de hoofdwegen, dan de fietspaden en ten slotte de straten in de buurten.

2. Slot
Deze nota geldt tot de raad een nieuwe vaststelt.
"""


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    store, _ = make_index(tmp_path_factory.mktemp("windows"), {"buurten.txt": LONG_TEXT, "groen.txt": GROEN})
    return store.open()


def passages(generation):
    return [(generation.document_of(number), passage) for number, passage in enumerate(generation.passages)]


def test_windows_hold_a_long_passage_whole_and_in_order(generation):
    long = [(d, p) for d, p in passages(generation) if p.end - p.start >= LONG]
    assert long
    for document, passage in long:
        spans = window_spans(document, passage)
        assert len(spans) > 1
        assert spans[0][0] == passage.start
        assert spans[-1][1] == passage.end
        gaps = [document.text[a:b] for (_, a), (b, _) in pairwise(spans)]
        assert not any(gap.strip() for gap in gaps)
        assert all(end - start >= LEAST for start, end in spans[:-1])
        assert all(document.text[end - 1] in ".!?:;" for _, end in spans)


def test_a_short_passage_has_none(generation):
    short = [(d, p) for d, p in passages(generation) if p.end - p.start < LONG]
    assert short
    assert not any(window_spans(document, passage) for document, passage in short)


def test_every_window_has_the_vector_of_its_text(generation):
    texts = [text for document, passage in passages(generation) for text in window_texts(document, passage)]
    assert texts
    assert np.asarray(generation.windows.vectors) == pytest.approx(np.array(MODEL.embed_documents(texts)), abs=1e-3)
    assert generation.windows.counts() == [len(window_texts(d, p)) for d, p in passages(generation)]


def test_the_nearest_window_counts_and_a_passage_without_any_keeps_its_own():
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]])
    windows = Windows.of(vectors, [2, 0, 1, 0])
    whole = np.array([0.1, 0.2, 0.3, 0.4])
    towards = np.array([0.0, 1.0], dtype=np.float32)
    for numbers, best, which in (
        ([0, 1, 2, 3], [1.0, 0.2, 0.8, 0.4], [1, -1, 0, -1]),
        ([3, 2, 0], [0.4, 0.8, 1.0], [-1, 0, 1]),
        ([1, 3], [0.2, 0.4], [-1, -1]),
        ([], [], []),
    ):
        reached, nearest = windows.nearest(numbers, towards, whole[numbers])
        assert reached == pytest.approx(best, abs=1e-3)
        assert nearest.tolist() == which


def test_what_was_saved_is_read_back(tmp_path):
    made = Windows.of(np.eye(4)[:3], [0, 2, 1])
    made.save(tmp_path / "windows")
    read = Windows.load(tmp_path / "windows")
    assert (read.vectors == made.vectors).all()
    assert read.counts() == [0, 2, 1]


def test_a_passage_whose_one_sentence_answers_is_nearer_by_its_window(generation):
    question = "Wanneer kan ik niet zwemmen?"
    hits = search(
        generation,
        MODEL.embed_query(question),
        np.zeros(len(generation.passages), dtype=np.float32),
        language="nl",
        lexical_weight=0.0,
    )
    answering = next(hit for hit in hits if "zwembad" in text_of(generation, hit.passage))
    assert answering.window == max(hit.window for hit in hits)
    assert answering.window > answering.sought - answering.usual


def text_of(generation, number):
    passage = generation.passages[number]
    return generation.document_of(number).text[passage.start : passage.end]


def test_windows_that_are_known_are_not_embedded_again(tmp_path):
    store, _ = make_index(tmp_path, {"buurten.txt": LONG_TEXT})
    before = np.array(store.open().windows.vectors)
    asked: list[str] = []

    class Watching(KaderEmbeddings):
        card = MODEL.card

        def embed_documents(self, texts):
            asked.extend(texts)
            return MODEL.embed_documents(texts)

        def embed_query(self, text):
            return MODEL.embed_query(text)

    (tmp_path / "groen.txt").write_text(GROEN, "utf-8")
    ingest_paths(store, Watching(), [tmp_path / "groen.txt"])
    assert asked
    assert not any("zwembad" in text for text in asked)
    windows = store.open().windows
    assert (np.array(windows.vectors)[: len(before)] == before).all()


def test_without_its_windows_an_index_is_damaged(tmp_path):
    store, _ = make_index(tmp_path, {"buurten.txt": LONG_TEXT})
    (store.folder(str(store.current_id())) / "windows" / "vectors.npy").unlink()
    with pytest.raises(IndexMissing, match="kaderwijzer ingest"):
        _ = Store(tmp_path / "data").open().windows
