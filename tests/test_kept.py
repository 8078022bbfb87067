"""The file of conversations and feedback: what is kept, by whom it can be read, and what happens when it is broken."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import ui.kept
from ui.kept import FILE, Kept, StoreUnusable, new_conversation


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path / "data")


def question(kept, name, said="vraag", places=(), documents=()):
    return kept.ask(name, said, places, documents)


class TestAConversation:
    def test_comes_back_as_it_was_kept(self, kept):
        name = new_conversation()
        first = question(kept, name, "Wat geldt?", ["Zandwijk"], ["nota", "visie"])
        second = question(kept, name, "En daarna?")
        kept.answer(first, '{"a": "ë"}', "g1")
        one, two = kept.turns(name)
        assert (one.id, one.question, one.municipalities, one.documents) == (
            first,
            "Wat geldt?",
            ("Zandwijk",),
            ("nota", "visie"),
        )
        assert (one.answer, one.generation) == ('{"a": "ë"}', "g1")
        assert (two.id, two.answer, two.generation) == (second, None, None)

    def test_is_not_seen_from_another_one(self, kept):
        mine, other = new_conversation(), new_conversation()
        question(kept, mine)
        assert kept.turns(other) == []

    def test_has_a_name_that_cannot_be_guessed(self):
        names = {new_conversation() for _ in range(100)}
        assert len(names) == 100
        assert min(map(len, names)) >= 32

    @pytest.mark.parametrize("name", ["", "%", "' OR 1=1 --", "_" * 10, "../" * 9, "a" * 65])
    def test_cannot_be_had_by_a_name_that_is_none(self, kept, name):
        question(kept, new_conversation())
        question(kept, name)
        assert kept.turns(name) == []

    def test_that_is_wiped_leaves_no_word_in_the_file(self, kept, tmp_path):
        mine, other = new_conversation(), new_conversation()
        question(kept, mine, "Waar woont Dingeman?")
        question(kept, other)
        kept.wipe(mine)
        assert kept.turns(mine) == []
        assert len(kept.turns(other)) == 1
        assert b"Dingeman" not in (tmp_path / "data" / FILE).read_bytes()

    def test_never_gives_the_number_of_a_turn_that_is_gone_to_another(self, kept):
        first = question(kept, new_conversation())
        kept.drop(first)
        assert question(kept, new_conversation()) > first

    def test_asked_by_many_at_once_is_kept_whole(self, kept):
        name = new_conversation()
        with ThreadPoolExecutor(8) as pool:
            numbers = list(pool.map(lambda n: question(kept, name, str(n)), range(40)))
        assert len(set(numbers)) == 40
        assert {turn.question for turn in kept.turns(name)} == {str(n) for n in range(40)}

    def test_is_read_by_another_process(self, kept, tmp_path):
        name = new_conversation()
        question(kept, name, "Wie leest dit?")
        script = f"from ui.kept import Kept; from pathlib import Path; print(Kept(Path({str(tmp_path / 'data')!r})).turns({name!r})[0].question)"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "Wie leest dit?"


class TestFeedback:
    def test_of_a_turn_takes_the_place_of_what_was_said_before(self, kept):
        name = new_conversation()
        turn = question(kept, name)
        kept.rate(turn, {"rating": "up"})
        kept.rate(turn, {"rating": "down", "reason": "incorrect"})
        assert kept.ratings(name) == {turn: {"rating": "down", "reason": "incorrect"}}
        assert kept.feedback() == [{"rating": "down", "reason": "incorrect"}]
        kept.withdraw(turn)
        assert kept.feedback() == []

    def test_outlives_a_conversation_that_is_wiped(self, kept):
        name = new_conversation()
        turn = question(kept, name)
        kept.rate(turn, {"rating": "down"})
        kept.wipe(name)
        assert kept.feedback() == [{"rating": "down"}]

    def test_goes_with_what_is_proposed_for_the_evaluation_set(self, kept):
        turns = [question(kept, new_conversation()) for _ in range(2)]
        for turn in turns:
            kept.propose(turn, {"rating": None})
        kept.rate(turns[0], {"rating": "up"})
        assert kept.proposals() == {turns[0]: {"rating": "up"}, turns[1]: {"rating": None}}
        kept.accept(turns[0])
        assert list(kept.proposals()) == [turns[1]]


class TestTheFile:
    def test_is_not_made_by_reading(self, kept, tmp_path):
        assert kept.turns(new_conversation()) == []
        assert kept.feedback() == []
        assert not (tmp_path / "data").exists()

    def test_that_is_damaged_gives_a_message_that_names_it(self, kept, tmp_path):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / FILE).write_bytes(b"dit is geen database" * 100)
        for use in (lambda: kept.turns(new_conversation()), lambda: question(kept, new_conversation())):
            with pytest.raises(StoreUnusable, match=FILE):
                use()

    def test_that_cannot_be_made_gives_a_message(self, tmp_path):
        (tmp_path / "data").write_text("een bestand op de plaats van de map")
        with pytest.raises(StoreUnusable, match="cannot be used"):
            question(Kept(tmp_path / "data"), new_conversation())

    def test_of_a_newer_version_is_left_as_it_is(self, kept, tmp_path):
        question(kept, new_conversation())
        path = tmp_path / "data" / FILE
        with sqlite3.connect(path) as store:
            store.execute("PRAGMA user_version = 99")
        store.close()
        before = path.read_bytes()
        with pytest.raises(StoreUnusable, match="version 99"):
            question(kept, new_conversation())
        assert path.read_bytes() == before

    def test_of_an_older_version_is_brought_up_to_date_and_keeps_what_it_held(self, kept, monkeypatch):
        name = new_conversation()
        question(kept, name)
        later = ("ALTER TABLE turn ADD COLUMN place TEXT",)
        monkeypatch.setattr(ui.kept, "_MIGRATIONS", (*ui.kept._MIGRATIONS, later))
        assert [turn.question for turn in kept.turns(name)] == ["vraag"]
        question(kept, name)
        assert len(kept.turns(name)) == 2

    def test_that_another_writes_in_for_too_long_gives_a_message(self, kept, tmp_path, monkeypatch):
        question(kept, new_conversation())
        monkeypatch.setattr(ui.kept, "_WAIT", 0.05)
        store = sqlite3.connect(tmp_path / "data" / FILE, isolation_level=None)
        store.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnusable, match="locked"):
            question(kept, new_conversation())
        store.close()
