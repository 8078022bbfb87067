"""An index on a Chroma server that was killed in the middle, does not answer, or fails: nothing is lost or left."""

from __future__ import annotations

import httpx
import pytest
from building import GROEN, MODEL, VERHUIZEN, write_files
from chroma_serving import chroma_serving, free_port
from chromadb.api.client import Client
from chromadb.errors import InternalError

from assistant.engine import Assistant
from ingest.errors import IndexMissing
from ui.doctor import examine
from ui.settings import KaderSettings
from vectorstore.chroma import chroma, collection_name, left_on_server, remember_server
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths, remove_document


class FailingModel(KaderEmbeddings):
    card = MODEL.card

    def embed_documents(self, texts):
        raise RuntimeError("the model ran out of memory")

    def embed_query(self, text):
        raise RuntimeError("the model ran out of memory")


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with chroma_serving(tmp_path_factory.mktemp("chroma"), free_port()) as address:
        yield address


@pytest.fixture
def docs(tmp_path):
    return write_files(tmp_path / "docs", {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})


@pytest.fixture
def store(tmp_path, url, docs):
    store = Store(tmp_path / "data", url)
    ingest_paths(store, MODEL, [docs])
    return store


def collections(store: Store) -> set[str]:
    with chroma(store.root, store.chroma_url) as client:
        return {collection.name for collection in client.list_collections()}


def folders(store: Store) -> set[str]:
    return {folder.name for folder in (store.root / "generations").iterdir()}


def test_an_ingest_that_was_killed_before_its_vectors_does_not_stop_the_next(store, docs):
    write_files(store.folder("halverwege") / "documents", {"groen.json": "{}"})
    ingest_paths(store, MODEL, [docs])
    assert folders(store) == {store.current_id()}


def test_a_build_that_fails_before_its_vectors_says_why(store, tmp_path):
    before = store.current_id()
    more = write_files(tmp_path / "more", {"nieuw.txt": GROEN.replace("boswachter", "hovenier")})
    with pytest.raises(RuntimeError, match="out of memory"):
        ingest_paths(store, FailingModel(), [more])
    assert folders(store) == {before} == {store.current_id()}


def test_a_build_that_fails_with_the_server_says_why(store, tmp_path, monkeypatch):
    def full(*_):
        raise InternalError("the server's disk is full")

    def gone(*_):
        raise httpx.ConnectError("the server is gone")

    monkeypatch.setattr(Client, "get_max_batch_size", full)
    monkeypatch.setattr(Client, "delete_collection", gone)
    more = write_files(tmp_path / "more", {"nieuw.txt": GROEN.replace("boswachter", "hovenier")})
    with pytest.raises(InternalError, match="disk is full"):
        ingest_paths(store, MODEL, [more])
    monkeypatch.undo()
    with store.writing():
        assert folders(store) == {store.current_id()}
        assert collection_name(store.current_id()) in collections(store)


@pytest.mark.parametrize("fault", [InternalError("disk full"), httpx.ConnectError("gone"), httpx.ReadTimeout("late")])
def test_vectors_that_a_failing_server_keeps_are_removed_when_it_works_again(store, monkeypatch, fault):
    def fail(*_, **__):
        raise fault

    old = store.current_id()
    with monkeypatch.context() as failing:
        failing.setattr(Client, "delete_collection", fail)
        remove_document(store, MODEL, "groen")
        assert old != store.current_id()
        assert folders(store) == {old, store.current_id()}
        left = [path.name for path in store.folder(old).iterdir()]  # text of the removed document goes at once
        assert left == ["chroma_url"]
        assert collection_name(old) in collections(store)
    with store.writing():
        assert folders(store) == {store.current_id()}
        assert collection_name(old) not in collections(store)


def test_what_a_silent_server_keeps_is_removed_when_it_is_back(tmp_path, docs):
    port = free_port()
    store = Store(tmp_path / "data", f"http://127.0.0.1:{port}")
    with chroma_serving(tmp_path / "chroma", port):
        ingest_paths(store, MODEL, [docs])
        current = store.current_id()
        with chroma(store.root, store.chroma_url) as client:
            client.create_collection(collection_name("halverwege"), embedding_function=None)
    write_files(store.folder("halverwege") / "documents", {"groen.json": "{}"})
    with store.writing():
        assert folders(store) == {current, "halverwege"}
    with chroma_serving(tmp_path / "chroma", port):
        assert collection_name("halverwege") in collections(store)
        with store.writing():
            assert folders(store) == {current}
        assert collections(store) == {collection_name(current)}


def test_a_silent_server_is_no_damaged_index_that_is_built_anew_without_its_documents(store, docs):
    silent = Store(store.root.parent, f"http://127.0.0.1:{free_port()}")
    (docs / "wonen.txt").write_text(VERHUIZEN.replace("dertig", "veertig"), "utf-8")
    with pytest.raises(IndexMissing, match="does not answer"):
        ingest_paths(silent, FailingModel(), [docs / "wonen.txt"])
    assert set(store.open().documents) == {"groen", "wonen"}


def test_an_ingest_mends_an_index_whose_vectors_the_server_lost(store, docs):
    before = store.current_id()
    with chroma(store.root, store.chroma_url) as client:
        client.delete_collection(collection_name(before))
    report = ingest_paths(store, MODEL, [docs])
    assert {o.status for o in report.documents} == {"unchanged"}
    assert store.open().collection.count() == len(store.open().passages)
    assert folders(store) == {report.generation} != {before}


def test_a_server_that_goes_while_questions_are_asked_is_named(tmp_path, docs):
    with chroma_serving(tmp_path / "chroma", free_port()) as address:
        store = Store(tmp_path / "data", address)
        ingest_paths(store, MODEL, [docs])
        assistant = Assistant(store, MODEL)
        assert assistant.search("Wat kost een verhuizing?").hits
    with pytest.raises(IndexMissing, match=rf"{address} does not answer"):
        assistant.search("Wat kost een verhuizing?")


def test_vectors_on_a_server_that_is_no_longer_set_go_with_their_index(store, docs):
    old = store.current_id()
    here = Store(store.root.parent)
    ingest_paths(here, MODEL, [docs])
    assert folders(here) == {here.current_id()} != {old}
    assert set(here.open().documents) == {"groen", "wonen"}
    assert collection_name(old) not in collections(store)


def test_what_a_server_that_is_neither_set_nor_there_keeps_is_told_by_doctor_until_it_is_back(tmp_path, docs):
    port = free_port()
    there, here = Store(tmp_path / "data", f"http://127.0.0.1:{port}"), Store(tmp_path / "data")
    with chroma_serving(tmp_path / "chroma", port):
        ingest_paths(there, MODEL, [docs])
        old = there.current_id()
    ingest_paths(here, MODEL, [docs])
    assert folders(here) == {old, here.current_id()}
    assert not list((here.folder(old)).rglob("*.json"))
    (told,) = [f.text for f in examine(KaderSettings(data=tmp_path / "data")) if not f.well]
    assert there.chroma_url in told
    assert str(here.folder(old)) in told
    with chroma_serving(tmp_path / "chroma", port):
        assert collection_name(old) in collections(there)
        ingest_paths(here, MODEL, [docs])
        assert collection_name(old) not in collections(there)
    assert folders(here) == {here.current_id()}
    assert all(finding.well for finding in examine(KaderSettings(data=tmp_path / "data")))


def test_credentials_of_a_server_are_not_kept(tmp_path):
    remember_server(tmp_path, "http://beheer:geheim@chroma.example:8000")
    assert left_on_server(tmp_path) == "http://chroma.example:8000"
