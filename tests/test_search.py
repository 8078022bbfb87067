"""Retrieval: dense and lexical evidence together, embedded or on a Chroma server, and behind LangChain's interface."""

from __future__ import annotations

import pytest
from building import GROEN, MODEL, VERHUIZEN, make_assistant, make_index, write_files
from chroma_serving import chroma_serving, free_port
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engine import Assistant
from assistant.section_retriever import SectionRetriever
from ingest.errors import IndexMissing
from vectorstore.lexical import LexicalIndex, stems
from vectorstore.store import Store
from vectorstore.update import ingest_paths, remove_document

FILES = {"wonen.txt": VERHUIZEN, "groen.txt": GROEN}
QUESTIONS = ["Wat is een starter?", "Hoeveel bomen?", "sociale huur", "What about dogs in the park?"]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("zoek"), FILES)


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Wat is een starter?", "1.2"),
        ("Hoeveel sociale huurwoningen komen er?", "2.1"),
        ("Mogen honden los lopen in het park?", "3"),
        ("Are dogs allowed off the leash?", "3"),
        ("Who supervises the planting of trees?", "2"),
    ],
)
def test_the_section_that_answers_comes_first(assistant, question, section):
    found = assistant.search(question)
    best = found.generation.passages[found.hits[0].passage]
    assert found.generation.document_of(found.hits[0].passage).sections[best.section].number == section


def test_hits_stay_within_the_scope_and_are_ranked(assistant):
    found = assistant.search("bomen en wonen", documents=["groen"], k=4)
    assert {found.generation.document_of(h.passage).id for h in found.hits} == {"groen"}
    assert [h.rank for h in found.hits] == [1, 2, 3, 4]
    scores = [h.score for h in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_more_hits_than_passages_can_be_asked_for(assistant):
    found = assistant.search("bomen", k=200)
    assert len(found.hits) == len({h.passage for h in found.hits}) <= len(found.generation.passages)


def test_langchain_sees_an_ordinary_retriever(assistant):
    retriever = SectionRetriever(generation=assistant.generation(), embeddings=MODEL, k=3)
    documents = retriever.invoke("Wie houdt toezicht op de bomen?")
    assert len(documents) == 3
    assert documents[0].metadata["document_id"] == "groen"
    assert documents[0].metadata["section_number"] == "2"
    assert "boswachter" in documents[0].page_content


def test_words_that_matter_in_law_are_kept():
    assert stems("Dit is niet verplicht en geen recht")[0] == "niet"
    assert "gen" in stems("geen recht") or "geen" in stems("geen recht")


def test_inflections_meet_in_one_stem_and_signs_are_words():
    assert set(stems("gemeentelijke voorzieningen")) & set(stems("voorziening"))
    assert "procent" in stems("29%")


@settings(max_examples=30)
@given(st.lists(st.text(alphabet="abcdefghij ", max_size=30), min_size=1, max_size=12), st.text(max_size=40))
def test_lexical_scores_are_one_per_text_and_never_negative(texts, question):
    scores = LexicalIndex.build(texts).scores(question)
    assert scores.shape == (len(texts),)
    assert (scores >= 0).all()


def test_a_lexical_index_reads_back_as_it_was_written(tmp_path):
    texts = ["preventie in de wijk", "schulden en armoede", "sport voor jeugd", "preventie van schulden"]
    index = LexicalIndex.build(texts)
    index.save(tmp_path / "bm25")
    again = LexicalIndex.load(tmp_path / "bm25")
    assert again.scores("preventie schulden").tolist() == index.scores("preventie schulden").tolist()
    often, once, never = (again.weight(stems(word)[0]) for word in ("preventie", "armoede", "zwembad"))
    assert often < once < never


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory):
    with chroma_serving(tmp_path_factory.mktemp("chroma"), free_port()) as url:
        yield url


def test_a_chroma_server_gives_the_same_hits_as_the_embedded_one(tmp_path, chroma_server):
    embedded, _ = make_index(tmp_path / "hier", FILES)
    served = Store(tmp_path / "daar" / "data", chroma_server)
    ingest_paths(served, MODEL, [tmp_path / "hier" / "docs"])
    for question in QUESTIONS:
        here = Assistant(embedded, MODEL).search(question).hits
        there = Assistant(served, MODEL).search(question).hits
        assert [(h.passage, pytest.approx(h.score, abs=1e-3)) for h in here] == [(h.passage, h.score) for h in there]


def test_a_removed_document_leaves_the_chroma_server_as_well(tmp_path, chroma_server):
    store = Store(tmp_path / "data", chroma_server)
    ingest_paths(store, MODEL, [write_files(tmp_path / "docs", FILES)])
    before = store.open()
    passages = len(before.passages)
    remove_document(store, MODEL, "groen")
    assert store.open().collection.count() == len(store.open().passages) < passages
    with pytest.raises(IndexMissing, match="kaderwijzer ingest"):
        _ = before.collection


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "geen adres"])
def test_a_chroma_server_that_is_not_there_is_named(tmp_path, url):
    docs = write_files(tmp_path / "docs", FILES)
    with pytest.raises(IndexMissing, match="KADERWIJZER_CHROMA_URL"):
        ingest_paths(Store(tmp_path / "data", url), MODEL, [docs])
