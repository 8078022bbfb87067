"""Which files are read, which are refused, and with what words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import NothingToIngest, UnreadableDocument
from ingest.read import find_files, read_document, slug
from tests.making import read


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", "\ufeff \n".encode("utf-16-le")])
def test_a_file_without_text_is_refused(tmp_path: Path, content: bytes):
    with pytest.raises(UnreadableDocument, match=r"empty|no text"):
        read(tmp_path, content)


@pytest.mark.parametrize("name", ["kader.odt", "kader.xyz", "kader"])
def test_an_unknown_format_is_refused_by_its_name(tmp_path: Path, name: str):
    with pytest.raises(UnreadableDocument) as refused:
        read(tmp_path, "tekst", name)
    assert (Path(name).suffix or "without extension") in str(refused.value)
    assert ".docx" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read_document(tmp_path / "weg.txt")
    with pytest.raises(NothingToIngest, match=r"weg\.txt"):
        find_files([tmp_path / "weg.txt"])


def test_a_folder_without_documents_is_refused(tmp_path: Path):
    (tmp_path / "foto.png").write_bytes(b"x")
    (tmp_path / ".verborgen.txt").write_text("x")
    with pytest.raises(NothingToIngest, match="holds no document"):
        find_files([tmp_path])


def test_files_in_folders_are_found_once_and_in_order(tmp_path: Path):
    for name in ("b.txt", "a.MD", "diep/c.docx", "d.pdf", "foto.png", ".git/e.txt", "~$c.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = find_files([tmp_path, tmp_path / "b.txt"])
    assert [p.name for p in found] == ["a.MD", "b.txt", "d.pdf", "c.docx"]


@pytest.mark.parametrize(
    ("name", "expected"), [("Beleid Één 2024", "beleid-een-2024"), ("A__b--C", "a-b-c"), ("漢字", "document")]
)
def test_an_id_is_plain_and_stable(name: str, expected: str):
    assert slug(name) == expected


def test_the_hash_tells_contents_and_sidecars_apart(tmp_path: Path):
    first, second = read(tmp_path, "Een kader."), read(tmp_path, "Een ander kader.")
    assert first.content_hash != second.content_hash
    assert read(tmp_path, "Een kader.").content_hash == first.content_hash
    (tmp_path / "proef.meta.toml").write_text('kind = "beleidskader"\n')
    assert read(tmp_path, "Een kader.").content_hash != first.content_hash


def test_the_extension_may_be_in_capitals(tmp_path: Path):
    assert read(tmp_path, "# Woonvisie\n\nTekst.", "VISIE.MD").title == "Woonvisie"


def test_a_large_document_is_read_in_reasonable_time(tmp_path: Path):
    lines = [f"Korte regel {i} hier" for i in range(20_000)]
    document = read(tmp_path, "\n".join(lines))  # took minutes when every line looked at all others
    assert document.text.count("Korte regel") == 20_000
