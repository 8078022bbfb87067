"""A process that goes on while documents change: what an old generation held open is given back, and not too early."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from building import GROEN, MODEL, VERHUIZEN, make_index, write_files
from chroma_serving import chroma_serving, free_port
from chromadb.api.shared_system_client import SharedSystemClient

from assistant.engine import Assistant
from assistant.reader import Request
from vectorstore.store import Store
from vectorstore.update import ingest_paths, remove_document

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

QUESTION = "Wie houdt toezicht op de aanplant van bomen?"


def targets() -> list[str]:
    """What the file descriptors of this process are of."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(link.readlink()))
        except FileNotFoundError:  # the one that reads this folder
            continue
    return found


def held(store: Store, but: str | None = None) -> list[str]:
    """Files of an index that this process holds open, but those of one generation.

    Chroma closes its files in threads of its own, which may take a moment.
    """
    deadline = time.monotonic() + 10
    while True:
        found = [target for target in targets() if target.startswith(str(store.root))]
        found = [target for target in found if but is None or not target.startswith(str(store.folder(but)))]
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


def ingest_next(store: Store, docs: Path, number: int) -> None:
    files = {"groen.txt": GROEN.replace("boswachter", f"boswachter {number}")}
    ingest_paths(store, MODEL, [write_files(docs, files)], wait=60)


def test_however_many_ingests_a_process_holds_only_what_is_current_open(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    assistant = Assistant(store, MODEL)
    counts = []
    for number in range(5):
        ingest_next(store, tmp_path / "docs", number)
        assert f"boswachter {number}" in assistant.ask(QUESTION).text
        assert held(store, but=store.current_id()) == []
        counts.append(len(targets()))
    assert max(counts) < min(counts) + 20  # of a database there are some connections, more or less


def test_an_ingest_or_a_removal_leaves_nothing_open(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    assert held(store) == []
    ingest_paths(store, MODEL, [tmp_path / "docs"])
    assert held(store) == []
    remove_document(store, MODEL, "groen")
    assert held(store) == []


def test_connections_to_a_chroma_server_are_given_back(tmp_path):
    with chroma_serving(tmp_path / "chroma", free_port()) as url:
        store = Store(tmp_path / "data", url)
        ingest_next(store, tmp_path / "docs", 0)
        assistant = Assistant(store, MODEL)
        counts = []
        for number in range(1, 5):
            ingest_next(store, tmp_path / "docs", number)
            assert f"boswachter {number}" in assistant.ask(QUESTION).text
            counts.append(len(targets()))
        assert max(counts) < min(counts) + 10


def test_a_run_in_another_thread_ends_on_the_generation_it_began_on(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    assistant = Assistant(store, MODEL)
    before = assistant.ask(QUESTION)
    began, go_on, stages = threading.Event(), threading.Event(), []

    def stage(name: str) -> None:
        stages.append(name)
        if name == "search":
            began.set()
            assert go_on.wait(60)

    with ThreadPoolExecutor(1) as other:
        answer = other.submit(assistant.with_reader, lambda reader: reader.ask(Request(QUESTION), stage=stage))
        try:
            assert began.wait(60)
            ingest_next(store, tmp_path / "docs", 7)
            assert "boswachter 7" in assistant.ask(QUESTION).text  # the assistant has gone on to the new one
        finally:
            go_on.set()
        assert answer.result(60).text == before.text
    assert stages.count("search") == 1
    assert held(store, but=store.current_id()) == []


def test_questions_from_many_threads_are_answered_while_documents_change(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    assistant = Assistant(store, MODEL)
    done = threading.Event()

    def asking() -> list[str]:
        given = []
        while not done.is_set():
            given.append(assistant.ask(QUESTION).text)
        return given

    with ThreadPoolExecutor(4) as others:
        threads = [others.submit(asking) for _ in range(4)]
        try:
            for number in range(4):
                ingest_next(store, tmp_path / "docs", number)
        finally:
            done.set()
        given = [answer for thread in threads for answer in thread.result(60)]
    assert given
    assert all("boswachter" in answer for answer in given)
    assert "boswachter 3" in assistant.ask(QUESTION).text
    assert held(store, but=store.current_id()) == []


def test_a_generation_is_closed_when_the_last_who_reads_it_is_done(tmp_path):
    store, _ = make_index(tmp_path, {"groen.txt": GROEN})
    generation = store.open()
    with generation.reading():
        vectors = generation.vectors([0, 1])
        with generation.reading():
            assert len(generation.windows.starts)
        generation.close()
        assert np.array_equal(generation.vectors([0, 1]), vectors)
    assert held(store) == []


def test_what_is_asked_of_a_closed_generation_is_opened_anew(tmp_path):
    store, _ = make_index(tmp_path, {"groen.txt": GROEN})
    generation = store.open()
    vectors = generation.vectors([0, 1])
    generation.close()
    assert generation.documents
    assert np.array_equal(generation.vectors([0, 1]), vectors)
    generation.close()
    assert held(store) == []


def test_closing_one_of_two_that_read_the_same_index_leaves_the_other_open(tmp_path):
    store, _ = make_index(tmp_path, {"groen.txt": GROEN})
    one, other = store.open(), store.open()
    vectors = one.vectors([0, 1])
    assert np.array_equal(other.vectors([0, 1]), vectors)
    one.close()
    assert np.array_equal(other.vectors([0, 1]), vectors)
    other.close()
    assert held(store) == []


def test_many_threads_may_open_and_close_the_same_index(tmp_path, monkeypatch):
    store, _ = make_index(tmp_path, {"groen.txt": GROEN})
    left = SharedSystemClient._decrement_refcount

    def slowly(identifier: str) -> int:
        """Gives other threads time between the last client that goes and the files that are closed for it."""
        count = left(identifier)
        time.sleep(0.001)
        return count

    monkeypatch.setattr(SharedSystemClient, "_decrement_refcount", slowly)

    def opened(_: int) -> int:
        generation = store.open()
        try:
            return generation.collection.count()
        finally:
            generation.close()

    with ThreadPoolExecutor(8) as threads:
        counts = set(threads.map(opened, range(100)))
    assert counts == {len(store.open().passages)}
    assert held(store) == []
