"""Adding questions to a set: from conversations and feedback, and without touching what is there."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.shapes import answer_json
from evals.additions import (
    add_case,
    case_from_conversation,
    case_from_feedback,
    case_line,
    next_id,
    read_conversation,
)
from evals.lint import lint_sets
from evals.questions import Case, parse_case, read_set
from evals.records import folded
from ingest.errors import InvalidQuestionSet


def case(case_id="n-001", question="Wat kost een hond?", **more):
    values = {"id": case_id, "language": "nl", "kind": "near-topic", "question": question, "answerable": False, **more}
    return Case.model_validate(values)


def turn(assistant, question, history=()):
    return answer_json(assistant.ask(question, history), assistant.generation().documents)


@pytest.fixture(scope="module")
def documents(demo_assistant):
    return demo_assistant.generation().documents


@pytest.fixture(scope="module")
def turns(demo_assistant):
    first = "Wie kan er in Voorbeeldstad schuldhulpverlening aanvragen?"
    return [turn(demo_assistant, first), turn(demo_assistant, "En hoe snel krijg je dan een gesprek?", [first])]


def make(turns, number, documents, **more):
    given = {"case_id": "n-001", "kind": "follow-up", "answerable": True, "author": "Anna", "documents": documents}
    return case_from_conversation(turns, number, **{**given, **more})


# adding


def test_a_set_that_is_not_there_is_made(tmp_path):
    path = tmp_path / "sets" / "new.jsonl"
    add_case(path, case(question="Wat kost één hond?"))
    assert read_set(path) == [case(question="Wat kost één hond?")]
    assert "één".encode() in path.read_bytes()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("ended", [True, False])
def test_every_other_line_stays_as_it_is_byte_for_byte(tmp_path, end, ended):
    path = tmp_path / "set.jsonl"
    odd = [
        b'\xef\xbb\xbf{"id":"a-1","language":"nl",  "kind":"near-topic","question":"\\u00e9\\u00e9n?","answerable":false}',
        b"",
        b'{"answerable":false,"id":"a-2","language":"nl","kind":"near-topic","question":"Twee?"}',
    ]
    before = end.join(odd) + (end if ended else b"")
    path.write_bytes(before)
    add_case(path, case())
    after = path.read_bytes()
    assert after.startswith(before)
    assert after.removeprefix(before).strip() == case_line(case()).encode()
    assert after.endswith(end)
    assert [c.id for c in read_set(path)] == ["a-1", "a-2", "n-001"]


@pytest.mark.parametrize(
    ("added", "says"),
    [
        (case(question="Iets heel anders?"), "the id “n-001” already"),
        (case("n-002", "wat kost een HOND"), "the question already, as “n-001”"),
    ],
)
def test_an_id_or_question_that_is_there_is_refused_and_nothing_changes(tmp_path, added, says):
    path = tmp_path / "set.jsonl"
    add_case(path, case())
    before = path.read_bytes()
    with pytest.raises(InvalidQuestionSet, match=says):
        add_case(path, added)
    assert path.read_bytes() == before


def test_the_same_question_after_another_history_is_added(tmp_path):
    path = tmp_path / "set.jsonl"
    add_case(path, case())
    add_case(path, case("n-002", history=["Wat kost een kat?"]))
    assert len(read_set(path)) == 2


def test_a_broken_set_is_refused_and_stays_as_it_is(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text("{\n")
    with pytest.raises(InvalidQuestionSet, match="line 1"):
        add_case(path, case())
    assert path.read_text() == "{\n"


def test_an_addition_that_is_broken_off_leaves_the_set_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "set.jsonl"
    add_case(path, case())
    before = path.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InvalidQuestionSet, match="No space left"):
        add_case(path, case("n-002", "Iets anders?"))
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*.tmp")) == list(tmp_path.glob(".*.tmp")) == []


def test_a_link_stays_a_link_and_permissions_stay(tmp_path):
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text(case_line(case()) + "\n")
    real.chmod(0o640)
    link.symlink_to(real)
    add_case(link, case("n-002", "Iets anders?"))
    assert link.is_symlink()
    assert len(read_set(real)) == 2
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_additions_at_the_same_time_are_all_kept(tmp_path):
    path = tmp_path / "set.jsonl"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: add_case(path, case(f"n-{n}", f"Vraag nummer {n}?")), range(12)))
    assert {c.id for c in read_set(path)} == {f"n-{n}" for n in range(12)}


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_question_is_one_line_and_reads_back(question):
    line = case_line(case(question=question))
    assert len(line.splitlines()) == 1
    assert parse_case(line, "here").question == question


def test_the_next_id_follows_the_highest_number_of_its_prefix():
    cases = [case("geer-009"), case("geer-090"), case("geer-x"), case("haar-200")]
    assert next_id("geer", cases) == "geer-091"
    assert next_id("purm", cases) == "purm-001"
    assert next_id("x", [case("x-0999")]) == "x-1000"
    assert next_id("y", [case("y-999")]) == "y-1000"


# from a conversation


def test_a_turn_becomes_a_question_with_its_history_and_evidence_that_stands_in_the_document(
    turns, documents, tmp_path
):
    made = make(turns, 2, documents, note="uit het overleg")
    assert made.question == "En hoe snel krijg je dan een gesprek?"
    assert made.history == ("Wie kan er in Voorbeeldstad schuldhulpverlening aanvragen?",)
    assert (made.language, made.author, made.note) == ("nl", "Anna", "uit het overleg")
    assert set(made.documents) == {c["document_id"] for c in turns[1]["citations"]}
    assert made.sections
    quotes = [folded(c["quote"]) for c in turns[1]["citations"]]
    for phrase in made.evidence:
        assert any(folded(phrase) in quote for quote in quotes)
        assert len(phrase.split()) <= 14
        assert sum(folded(documents[name].text).count(folded(phrase)) for name in made.documents) == 1
    path = tmp_path / "set.jsonl"
    add_case(path, made)
    assert lint_sets([path], documents) == ()


def test_an_unanswerable_turn_has_no_gold(turns, documents):
    made = make(turns, 1, documents, kind="too-fine", answerable=False)
    assert (made.history, made.documents, made.sections, made.evidence) == ((), (), (), ())


def test_evidence_that_is_given_replaces_what_was_cited(turns, documents):
    made = make(turns, 2, documents, evidence=["per jaar een buurtbudget van € 12.000 beschikbaar"])
    assert made.documents == ("voorbeeldstad-beleidskader-samenleving-2024",)
    assert made.sections == ("4.1.2",)
    assert made.evidence == ("per jaar een buurtbudget van € 12.000 beschikbaar",)


def test_a_quote_whose_place_has_moved_is_found_again(turns, documents):
    moved = {**turns[1], "citations": [{**c, "start": 0, "end": 3} for c in turns[1]["citations"]]}
    assert make([turns[0], moved], 2, documents).evidence == make(turns, 2, documents).evidence


CITED = {"document_id": "voorbeeldstad-sportnota-2021", "quote": "Dit staat er niet.", "start": 0, "end": 18}


@pytest.mark.parametrize(
    ("number", "change", "more", "says"),
    [
        (3, {}, {}, "no turn 3"),
        (0, {}, {}, "no turn 0"),
        (2, {"citations": []}, {}, "cites nothing"),
        (2, {"question": " "}, {}, "turn 2 has no “question”"),
        (2, {"citations": [CITED]}, {}, "no longer stands in voorbeeldstad-sportnota-2021"),
        (2, {"citations": [{**CITED, "document_id": "weg"}]}, {}, "“weg”, which is not indexed"),
        (2, {}, {"evidence": ["staat nergens"]}, "stands in none"),
        (2, {}, {"kind": "too-fine"}, "no kind of answerable question"),
    ],
)
def test_what_makes_no_question_is_refused_with_the_reason(turns, documents, number, change, more, says):
    with pytest.raises(InvalidQuestionSet, match=says):
        make([turns[0], {**turns[1], **change}], number, documents, **more)


def test_a_conversation_is_read_as_it_was_saved(tmp_path, turns):
    path = tmp_path / "talk.jsonl"
    path.write_text("\n\n".join(json.dumps(t, ensure_ascii=False) for t in turns), "utf-8")
    assert read_conversation(path) == turns


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no turns"),
        ('{"question": "Wat?"}\n{', "line 2 is no JSON"),
        ("[1]", "line 1 is no JSON object"),
        ('{"question": ""}', "line 1: turn 1 has no “question”"),
    ],
)
def test_a_conversation_that_cannot_be_read_says_where(tmp_path, content, says):
    path = tmp_path / "talk.jsonl"
    path.write_text(content)
    with pytest.raises(InvalidQuestionSet, match=says):
        read_conversation(path)
    with pytest.raises(InvalidQuestionSet, match="cannot be read"):
        read_conversation(tmp_path / "gone.jsonl")


# from feedback


def feedback(answer, **more):
    return {
        "question": "En hoe snel krijg je dan een gesprek?",
        "history": ["Wie kan er in Voorbeeldstad schuldhulpverlening aanvragen?"],
        "answer": answer,
        "rating": "down",
        "reason": "onvolledig",
        "comment": "de termijn\nbij spoed ontbreekt",
        "given_at": "2026-11-22T10:00:00+00:00",
        **more,
    }


def test_feedback_becomes_a_question_with_what_was_said_in_its_note(turns, documents):
    given = {"case_id": "fb-001", "kind": "follow-up", "answerable": True, "author": None, "documents": documents}
    made = case_from_feedback(feedback(turns[1]), **given)
    assert made.history == make(turns, 2, documents).history
    assert made.evidence == make(turns, 2, documents).evidence
    assert made.note == (
        "rated down on 2026-11-22; onvolledig; de termijn bij spoed ontbreekt; "
        "evidence proposed from the answer that was rated down: check it"
    )
    up = case_from_feedback(feedback(turns[1], rating="up", reason=None, comment="", given_at=None), **given)
    assert up.note == "rated up"


def test_feedback_without_an_answer_needs_evidence_to_be_answerable(documents):
    given = {"case_id": "fb-001", "kind": "follow-up", "answerable": True, "author": None, "documents": documents}
    with pytest.raises(InvalidQuestionSet, match="cites nothing"):
        case_from_feedback(feedback(None), **given)
    phrase = "vindt plaats binnen tien werkdagen na de aanmelding"
    made = case_from_feedback(feedback(None), **given, evidence=[phrase])
    assert (made.evidence, made.language) == ((phrase,), "nl")
    refused = case_from_feedback(feedback(None), **{**given, "kind": "too-fine", "answerable": False})
    assert refused.evidence == ()
