"""The sidecar: what an administrator knows that the document does not say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument
from ingest.read import read_document
from tests.building import MODEL, make_index
from vectorstore.update import ingest_paths

TEXT = "# Woonvisie\n\nGeldend van 01-01-2020 t/m heden\n\n## 1 Doel\n\nDe gemeente Zandwijk bouwt woningen.\n"


def with_sidecar(folder: Path, sidecar: str, name: str = "visie.meta.toml") -> Path:
    (folder / "visie.md").write_text(TEXT)
    (folder / name).write_text(sidecar)
    return folder / "visie.md"


@pytest.mark.parametrize("name", ["visie.meta.toml", "visie.md.meta.toml"])
def test_a_sidecar_corrects_and_adds(tmp_path: Path, name: str):
    sidecar = 'municipality = "Nieuw Zandwijk"\nvalid_until = 2023-12-31\nsuccessor = "Woonvisie 2024"\n'
    document = read_document(with_sidecar(tmp_path, sidecar, name))
    assert (document.municipality, document.valid_until) == ("Nieuw Zandwijk", date(2023, 12, 31))
    assert (document.valid_from, document.successor) == (date(2020, 1, 1), "Woonvisie 2024")
    assert set(document.from_sidecar) == {"municipality", "valid_until", "successor"}


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ("gemeente = 'Zandwijk'", "gemeente"),
        ("valid_from = 'ooit'", "valid_from"),
        ("municipality = ", "cannot be read"),
    ],
)
def test_a_sidecar_that_cannot_be_used_is_refused_by_name(tmp_path: Path, sidecar: str, said: str):
    with pytest.raises(UnreadableDocument, match=said) as refused:
        read_document(with_sidecar(tmp_path, sidecar))
    assert "visie.meta.toml" in str(refused.value)
    assert "municipality" in str(refused.value)


def test_a_changed_sidecar_makes_the_document_be_read_again(tmp_path: Path):
    store, report = make_index(tmp_path, {"visie.md": TEXT})
    assert [o.status for o in report.documents] == ["added"]
    (tmp_path / "docs" / "visie.meta.toml").write_text('municipality = "Nieuw Zandwijk"\n')
    again = ingest_paths(store, MODEL, [tmp_path / "docs"])
    assert [(o.status, o.municipality) for o in again.documents] == [("changed", "Nieuw Zandwijk")]
    assert ingest_paths(store, MODEL, [tmp_path / "docs"]).documents[0].status == "unchanged"
