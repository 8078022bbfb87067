"""An index that is damaged, or of another format: what is said of it, and what the next ingest keeps of it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from building import GROEN, MODEL, VERHUIZEN, make_index, write_files

from assistant.engine import Assistant
from ingest.errors import IndexMissing
from vectorstore.format import FORMAT_VERSION
from vectorstore.store import Store
from vectorstore.update import ingest_paths

FILES = {"wonen.txt": VERHUIZEN, "groen.txt": GROEN}


@pytest.fixture
def store(tmp_path) -> Store:
    return make_index(tmp_path, FILES)[0]


def serving(store: Store) -> Path:
    return store.folder(store.current_id())


def statuses(report):
    return {o.id: o.status for o in report.documents}


def older_format(store: Store) -> None:
    manifest = serving(store) / "manifest.json"
    said = json.loads(manifest.read_text())
    del said["sources"]
    manifest.write_text(json.dumps({**said, "format_version": FORMAT_VERSION - 1}))


def no_utf8_manifest(store: Store) -> None:
    (serving(store) / "manifest.json").write_bytes(b"\xff\xfe\x00")


def no_manifest(store: Store) -> None:
    (serving(store) / "manifest.json").unlink()


def no_utf8_pointer(store: Store) -> None:
    (store.root / "CURRENT").write_bytes(b"\xff\xfe\x00")


def empty_pointer(store: Store) -> None:
    (store.root / "CURRENT").write_bytes(b"")


def damaged_document(store: Store) -> None:
    (serving(store) / "documents" / "groen.json").write_text("{")


def no_document(store: Store) -> None:
    (serving(store) / "documents" / "groen.json").unlink()


DAMAGE = [
    older_format,
    no_utf8_manifest,
    no_manifest,
    no_utf8_pointer,
    empty_pointer,
    damaged_document,
    no_document,
]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda d: d.__name__)
def test_ingesting_one_file_into_a_damaged_index_keeps_every_document(store, tmp_path, damage):
    damage(store)
    report = ingest_paths(store, MODEL, [tmp_path / "docs" / "wonen.txt"])
    assert set(store.open(MODEL.card).documents) == {"groen", "wonen"}
    assert "boswachter" in Assistant(store, MODEL).ask("Wie houdt toezicht op de aanplant van bomen?").text
    assert "removed" not in statuses(report).values()
    assert report.lost == 0


def test_a_document_that_was_damaged_is_read_again_from_its_file_and_told(store, tmp_path):
    damaged_document(store)
    report = ingest_paths(store, MODEL, [tmp_path / "docs" / "wonen.txt"])
    assert statuses(report) == {"wonen": "unchanged", "groen": "changed"}
    damaged_document(store)
    report = ingest_paths(store, MODEL, [tmp_path / "docs"])
    assert statuses(report) == {"wonen": "unchanged", "groen": "changed"}
    assert len(report.documents) == 2


def test_a_damaged_document_whose_file_is_gone_as_well_is_reported(store, tmp_path):
    damaged_document(store)
    (tmp_path / "docs" / "groen.txt").unlink()
    report = ingest_paths(store, MODEL, [tmp_path / "docs" / "wonen.txt"])
    (lost,) = [o for o in report.documents if o.id == "groen"]
    assert lost.status == "removed"
    assert lost.path.endswith("groen.txt")
    assert "kaderwijzer ingest" in lost.warnings[0]
    assert report.lost == 1
    assert set(store.open().documents) == {"wonen"}


def test_a_damaged_document_that_moved_comes_back_under_its_id(store, tmp_path):
    damaged_document(store)
    (tmp_path / "docs" / "groen.txt").unlink()
    elsewhere = write_files(tmp_path / "elders", {"groen.txt": GROEN})
    report = ingest_paths(store, MODEL, [elsewhere])
    assert report.lost == 0
    assert set(store.open().documents) == {"groen", "wonen"}


def test_a_damaged_index_of_which_nothing_can_be_read_is_left_for_another_try(store, tmp_path):
    before = store.current_id()
    for path in (serving(store) / "documents").iterdir():
        path.write_text("{")
    for path in (tmp_path / "docs").iterdir():
        path.unlink()
    broken = write_files(tmp_path / "elders", {"leeg.txt": ""})
    report = ingest_paths(store, MODEL, [broken])
    assert report.lost == 2
    assert store.current_id() == before


def lost_records(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "chroma" / "chroma.sqlite3")) as file:
        file.execute("DELETE FROM embeddings WHERE embedding_id = '2'")
        file.execute("DELETE FROM embeddings_queue WHERE id = '2'")
        file.commit()


def garbage(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 1000)


def few_windows(folder: Path) -> None:
    np.save(folder / "windows" / "starts.npy", np.zeros(3, dtype=np.int64))


def other_windows(folder: Path) -> None:
    np.save(folder / "windows" / "vectors.npy", np.zeros((7, 3), dtype=np.float16))


def other_size(folder: Path) -> None:
    (folder / "lexical" / "size").write_text("3")


def other_vocabulary(folder: Path) -> None:
    (folder / "lexical" / "bm25" / "params.index.json").write_text("[]")


PARTS = [lost_records, garbage, few_windows, other_windows, other_size, other_vocabulary]


@pytest.mark.parametrize("damage", PARTS, ids=lambda d: d.__name__)
def test_damage_inside_a_part_is_named_and_mended_by_the_next_ingest(store, tmp_path, damage):
    damage(serving(store))
    assistant = Assistant(store, MODEL)
    for _ in range(2):  # Chroma meets a damaged folder in another way the second time
        with pytest.raises(IndexMissing, match=r"(?:damaged|lost its vectors).*kaderwijzer ingest PATH"):
            assistant.ask("Hoe wil de gemeente prettig wonen, en met hoeveel bomen?")
    report = ingest_paths(store, MODEL, [tmp_path / "docs" / "wonen.txt"])
    assert statuses(report) == {"wonen": "unchanged"}
    assert assistant.ask("Wat is een starter?").claims
    assert set(store.open().documents) == {"groen", "wonen"}


def test_a_pointer_that_is_damaged_is_named(store):
    no_utf8_pointer(store)
    with pytest.raises(IndexMissing, match="CURRENT is damaged"):
        store.open()


class TestAFileThatWasOverwritten:
    def test_with_a_copy_of_another_leaves_nothing_of_what_it_said(self, store, tmp_path):
        shutil.copy(tmp_path / "docs" / "wonen.txt", tmp_path / "docs" / "groen.txt")
        report = ingest_paths(store, MODEL, [tmp_path / "docs"])
        assert statuses(report) == {"groen": "changed", "wonen": "unchanged"}
        assert not any("boswachter" in d.text for d in store.open().documents.values())

    def test_with_what_another_says_while_that_changed_keeps_both_apart(self, store, tmp_path):
        write_files(tmp_path / "docs", {"wonen.txt": GROEN, "groen.txt": VERHUIZEN})
        ingest_paths(store, MODEL, [tmp_path / "docs"])
        documents = store.open().documents
        assert "boswachter" in documents["wonen"].text
        assert "starter" in documents["groen"].text


class TestACopy:
    def test_beside_the_original_is_no_second_document_and_takes_nothing_over(self, store, tmp_path):
        shutil.copy(tmp_path / "docs" / "groen.txt", tmp_path / "docs" / "kopie.txt")
        report = ingest_paths(store, MODEL, [tmp_path / "docs"])
        copied = next(o for o in report.documents if o.path.endswith("kopie.txt"))
        assert (copied.id, copied.status) == ("groen", "unchanged")
        (tmp_path / "docs" / "kopie.txt").unlink()
        ingest_paths(store, MODEL, [tmp_path / "docs"], prune=True)
        assert set(store.open().documents) == {"groen", "wonen"}

    def test_of_what_a_document_said_before_it_changed_is_another_document(self, store, tmp_path):
        shutil.copy(tmp_path / "docs" / "groen.txt", tmp_path / "docs" / "oud.txt")
        write_files(tmp_path / "docs", {"groen.txt": GROEN.replace("boswachter", "hovenier")})
        ingest_paths(store, MODEL, [tmp_path / "docs" / "oud.txt"])
        ingest_paths(store, MODEL, [tmp_path / "docs"])
        assert set(store.open().documents) == {"groen", "oud", "wonen"}


def test_an_index_in_a_relative_folder_is_seen_to_be_whole(store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = store.current_id()
    assert ingest_paths(Store(Path("data")), MODEL, [Path("docs")]).generation == before
