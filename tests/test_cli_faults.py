"""The command line when files, folders or the index are not as they should be: a message and an exit code, no traceback."""

from __future__ import annotations

import json

import pytest
from building import GROEN, MODEL, VERHUIZEN, write_files
from test_cli import indexed, run  # noqa: F401

from assistant.engine import Assistant
from assistant.reader import Reader
from ui.kept import FILE, Kept, new_conversation
from ui.restored import answer_text, restored
from vectorstore.store import Store
from vectorstore.update import remove_document


@pytest.fixture
def command(run):  # noqa: F811
    return run


@pytest.fixture
def data(indexed, tmp_path):  # noqa: F811
    return tmp_path / "data"


@pytest.fixture
def generation(data):
    return Store(data).folder(Store(data).current_id())


def test_a_batch_line_that_cannot_be_read_as_text_fails_alone(command, data, tmp_path):
    good = json.dumps({"id": "goed", "question": "Wat is een starter?"}).encode()
    lines = [
        b"\xef\xbb\xbf" + good,  # as Notepad begins a file
        json.dumps({"id": "\ud800", "question": "\ud800"}).encode(),
        b'{"id": "half", "question": "caf\xe9"}',
        b"[" * 100_000,
        b'{"id": ' + b"9" * 10_000 + b', "question": "x"}',
        good,
    ]
    (tmp_path / "vragen.jsonl").write_bytes(b"\r\n".join(lines))
    code, out, _ = command("ask", "--batch", "vragen.jsonl")
    results = [json.loads(line) for line in out.splitlines()]
    assert code == 3
    assert [r["id"] for r in results] == ["goed", "\ud800", None, None, None, "goed"]
    assert [("error" in r) for r in results] == [False, True, True, True, True, False]
    assert "UTF-8" in results[2]["error"]
    piped = command("ask", "--batch", "-", stdin=b"\n".join(lines))[1]
    assert [("error" in json.loads(line)) for line in piped.splitlines()] == [("error" in r) for r in results]


@pytest.mark.parametrize("words", [("ask", "iets"), ("ingest", "docs"), ("documents",), ("doctor",)])
def test_a_data_folder_that_is_a_file_is_named(command, tmp_path, monkeypatch, words):
    write_files(tmp_path / "docs", {"wonen.txt": VERHUIZEN})
    (tmp_path / "bestand").write_text("geen map")
    monkeypatch.setenv("KADERWIJZER_DATA", str(tmp_path / "bestand"))
    code, out, err = command(*words)
    assert code == 1
    assert f"{tmp_path / 'bestand'} is a file" in " ".join((out + err).split())
    assert "KADERWIJZER_DATA" in out + err


@pytest.mark.parametrize("word", ["ask", "ingest"])
def test_a_data_folder_that_cannot_be_made_is_named(command, tmp_path, monkeypatch, word):
    write_files(tmp_path / "docs", {"wonen.txt": VERHUIZEN})
    (tmp_path / "bestand").write_text("geen map")
    monkeypatch.setenv("KADERWIJZER_DATA", str(tmp_path / "bestand" / "data"))
    code, _, err = command(word, "docs")
    assert code == 1
    assert str(tmp_path / "bestand" / "data") in err
    assert "KADERWIJZER_DATA" in err


def test_an_ingest_that_lost_a_document_exits_three_and_names_it(command, generation, tmp_path):
    (generation / "documents" / "groen.json").write_text("{")
    (tmp_path / "docs" / "groen.txt").unlink()
    code, _, err = command("ingest", "docs/wonen.txt")
    assert code == 3
    assert "groen: what the index held of it is damaged" in err


@pytest.mark.parametrize("victim", ["manifest.json", "../../CURRENT", "chroma/chroma.sqlite3"])
def test_doctor_names_what_is_damaged_and_goes_on(command, generation, victim):
    (generation / victim).write_bytes(b"\xff\xfe\x00" * 500)
    code, out, _ = command("doctor")
    said = " ".join(out.split())
    assert code == 1
    assert "mis index:" in said
    assert "mis question:" in said
    assert "kaderwijzer ingest PATH" in said


def test_doctor_examines_the_rest_when_one_part_breaks(command, data, monkeypatch):
    def broken(*_):
        raise RuntimeError("onverwacht")

    monkeypatch.setattr("ui.doctor.open_model", broken)
    code, out, _ = command("doctor")
    assert code == 1
    assert "RuntimeError: onverwacht" in out
    assert "passage found for a trial question" in out


def test_an_answer_is_given_with_the_documents_it_was_made_from(command, data, monkeypatch):
    before, ask = Store(data).open().documents, Reader.ask

    def overtaken(self, *words, **options):
        answer = ask(self, *words, **options)
        remove_document(Store(data), MODEL, "wonen")
        return answer

    monkeypatch.setattr(Reader, "ask", overtaken)
    code, out, _ = command("ask", "Wat is een starter?", "--json")
    assert code == 0
    cited = json.loads(out)["citations"]
    assert {c["document_id"] for c in cited} == {"wonen"}
    assert all(before["wonen"].text[c["start"] : c["end"]] == c["quote"] for c in cited)
    assert "wonen" not in Store(data).open().documents


def test_what_quotes_a_removed_document_is_let_go_of(command, data):
    assistant = Assistant(Store(data), MODEL)
    kept, name, question = Kept(data), new_conversation(), "Wie houdt toezicht op de aanplant van bomen?"
    kept.answer(kept.ask(name, question, [], []), answer_text(assistant.ask(question)), Store(data).current_id())
    assert b"boswachter" in (data / FILE).read_bytes()
    assert command("remove", "groen")[0] == 0
    assert not [path for path in data.rglob("*") if path.is_file() and b"boswachter" in path.read_bytes()]
    turns, waiting = restored(kept.turns(name), Store(data).open())
    assert turns == []
    assert waiting[0].renewed


def test_what_quotes_a_document_that_changed_or_was_pruned_is_let_go_of(command, data, tmp_path):
    kept, name = Kept(data), new_conversation()
    for change in ({"groen.txt": GROEN.replace("boswachter", "hovenier")}, None):
        kept.answer(kept.ask(name, "Wat?", [], []), "{}", Store(data).current_id())
        assert command("ingest", "docs")[0] == 0
        assert kept.turns(name)[-1].answer == "{}"
        write_files(tmp_path / "docs", change) if change else (tmp_path / "docs" / "groen.txt").unlink()
        assert command("ingest", "docs", "--prune")[0] == 0
        assert kept.turns(name)[-1].answer is None


def test_answers_that_cannot_be_let_go_of_are_told_after_the_removal(command, data):
    (data / FILE).write_bytes(b"dit is geen database" * 100)
    code, out, err = command("remove", "groen", "--json")
    assert code == 1
    assert json.loads(out)["documents"][0]["status"] == "removed"
    assert "kept answers may still quote" in err
