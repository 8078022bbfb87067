"""The chat page as Streamlit runs it, on a real index of the demo documents, without a browser."""

from __future__ import annotations

import html
import re

import pytest
import streamlit as st
from building import GROEN, VERHUIZEN, make_index
from streamlit.testing.v1 import AppTest

import ui.page_chat
import ui.settings
from ui.app import main

QUESTION = "Hoe hoog is het buurtbudget per wijk?"
ABSENT = "In welke container hoort oud papier en op welke dag wordt die geleegd?"


@pytest.fixture
def nothing_cached():
    """The page keeps one assistant for the whole process; a test on another index needs one of its own."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def start(monkeypatch, demo_data):
    """Opens the page, as a new visitor, on the demo documents or on another data folder."""

    def opened(data=demo_data, **environment) -> AppTest:
        for name in ("EMBEDDING_MODEL", "CHAT_MODEL", "RERANKER_MODEL", "CHROMA_URL", "LANGUAGE"):
            monkeypatch.delenv(f"KADERWIJZER_{name}", raising=False)
        monkeypatch.setenv("KADERWIJZER_DATA", str(data))
        for name, value in environment.items():
            monkeypatch.setenv(f"KADERWIJZER_{name}", value)
        page = AppTest.from_file(main.__code__.co_filename, default_timeout=60).run()
        assert not page.exception
        return page

    return opened


@pytest.fixture
def page(start):
    return start()


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def keys(page: AppTest, beginning: str) -> list[str]:
    return [b.key for b in page.button if b.key and b.key.startswith(beginning)]


def section(page: AppTest) -> str | None:
    """The HTML of the section that is open."""
    return next((e.body for e in page.html if 'class="kader-section"' in e.body), None)


def marked(page: AppTest) -> list[str]:
    return [html.unescape(m) for m in re.findall(r"<mark[^>]*>(.*?)</mark>", section(page) or "", re.DOTALL)]


def written(page: AppTest) -> str:
    """Everything in words on the page."""
    kinds = (page.markdown, page.caption, page.text, page.title, page.subheader, page.error, page.code)
    return "\n".join(e.value for kind in kinds for e in kind) + "\n".join(b.label for b in page.button)


class TestTheFirstVisit:
    def test_offers_questions_and_asks_the_one_that_is_chosen(self, page):
        suggested = [b.label for b in page.button if b.key.startswith("suggestion-")]
        assert len(suggested) == 4
        click(page, "suggestion-1")
        assert suggested[1] in [t.value for t in page.text]
        assert keys(page, "chip-0")

    def test_lists_what_is_indexed_by_municipality(self, page):
        listed = page.expander[0].markdown[0].value
        assert "**Voorbeeldstad**" in listed
        assert "Sportnota Voorbeeldstad" in listed

    def test_keeps_to_the_scope_in_the_questions_it_offers(self, page):
        page.multiselect(key="documents").select("voorbeeldstad-sportnota-2021").run()
        suggested = [b.label for b in page.button if b.key.startswith("suggestion-")]
        assert suggested
        assert all("Sportnota" in label for label in suggested)


class TestAnAnswer:
    def test_shows_each_claim_with_its_chips_and_lists_the_sources(self, page, demo_assistant):
        answer = demo_assistant.ask(QUESTION)
        ask(page, QUESTION)
        texts = [t.value for t in page.text]
        assert all(texts.count(claim.text.strip()) >= 1 for claim in answer.claims)
        assert all(any(key.endswith(f"-{c.number}") for key in keys(page, "chip-0")) for c in answer.citations)
        assert keys(page, "chip-source-0") == [f"chip-source-0-{c.number}" for c in answer.citations]

    @pytest.mark.parametrize("kind", ["chip-0", "chip-source-0", "path-0"])
    def test_opens_the_cited_section_with_the_quote_marked(self, page, demo_assistant, kind):
        answer = demo_assistant.ask(QUESTION)
        first = answer.citation(1)
        document = demo_assistant.generation().documents[first.document_id]
        held = document.sections[first.section]
        ask(page, QUESTION)
        click(page, keys(page, kind)[0])
        assert marked(page) == [first.quote]
        assert html.unescape(re.sub("<[^>]*>", "", section(page))) == document.text[held.start : held.end]

    def test_keeps_the_conversation_when_a_section_is_opened_and_closed(self, page):
        ask(page, QUESTION)
        before = [t.value for t in page.text]
        click(page, keys(page, "chip-0")[0])
        assert [t.value for t in page.text] == before
        click(page, "close")
        assert [t.value for t in page.text] == before
        assert section(page) is None

    def test_leads_to_the_next_section_and_back(self, page):
        ask(page, QUESTION)
        opened = section(click(page, keys(page, "chip-0")[0]))
        assert section(click(page, "next")) != opened
        assert section(click(page, "previous")) == opened

    def test_shows_the_chip_of_the_quote_that_is_read(self, page):
        ask(page, QUESTION)
        click(page, keys(page, "chip-0")[0])
        pressed = {b.key for b in page.button if b.proto.type == "primary"}
        assert pressed == {keys(page, "chip-0")[0], "chip-source-0-1"}

    def test_of_a_follow_up_builds_on_the_question_before(self, page, demo_assistant):
        followed = "En wie beslist daarover?"
        standalone = demo_assistant.ask(followed, [QUESTION]).standalone_question
        ask(ask(page, QUESTION), followed)
        assert standalone != followed
        assert f"Begrepen als: {standalone}" in [c.value for c in page.caption]

    def test_shows_what_is_being_done_meanwhile(self, page, monkeypatch):
        def halfway(assistant, question, earlier, municipalities, documents, stage, draft):
            stage("search")
            stage("read")
            st.stop()

        monkeypatch.setattr(ui.page_chat, "answer_turn", halfway)
        ask(page, QUESTION)
        assert page.status[0].label == "De gevonden passages lezen"
        assert page.chat_message[0].text[0].value == QUESTION

    def test_is_still_given_when_the_reader_clicked_something_meanwhile(self, page, monkeypatch):
        monkeypatch.setattr(ui.page_chat, "answer_turn", lambda *_: st.stop())
        ask(page, QUESTION)
        monkeypatch.undo()
        page.run()
        assert keys(page, "chip-0")

    def test_that_fails_for_an_unforeseen_reason_is_not_tried_for_ever(self, page, monkeypatch):
        def broken(*_):
            raise RuntimeError("kapot")

        monkeypatch.setattr(ui.page_chat, "answer_turn", broken)
        page.chat_input[0].set_value(QUESTION).run()
        assert page.exception
        assert not page.run().exception


class TestAnAbstention:
    def test_says_so_names_what_was_searched_and_opens_the_nearest_sections(self, page, demo_assistant):
        answer = demo_assistant.ask(ABSENT)
        near = answer.nearest[0]
        ask(page, ABSENT)
        assert answer.reason in [t.value for t in page.text]
        assert any("Sportnota" in c.value for c in page.caption)
        assert not keys(page, "chip-")
        click(page, "nearest-0-0")
        document = demo_assistant.generation().documents[near.document_id]
        held = document.sections[near.section]
        assert html.unescape(re.sub("<[^>]*>", "", section(page))) == document.text[held.start : held.end]
        assert marked(page) == []


class TestTheLanguage:
    def test_is_dutch_unless_set_otherwise(self, start):
        assert "Nieuw gesprek" in written(start())
        assert "New conversation" in written(start(LANGUAGE="en"))

    def test_can_be_switched_without_losing_the_conversation(self, page):
        ask(page, QUESTION)
        before = [t.value for t in page.text]
        page.segmented_control[0].set_value("en").run()
        assert "New conversation" in written(page)
        assert "Nieuw gesprek" not in written(page)
        assert [t.value for t in page.text] == before


class TestTheScope:
    def test_limits_what_is_searched(self, page):
        page.multiselect(key="documents").select("voorbeeldstad-sportnota-2021").run()
        ask(page, ABSENT)
        (searched,) = [c.value for c in page.caption if c.value.startswith("Doorzocht")]
        assert "Sportnota" in searched
        assert "Kadernota" not in searched

    @pytest.mark.usefixtures("nothing_cached")
    def test_offers_the_documents_of_the_chosen_municipalities_and_lets_go_of_others(self, start, tmp_path):
        make_index(tmp_path, {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
        page = start(tmp_path / "data")
        page.multiselect(key="documents").set_value(["groen", "wonen"]).run()
        page.multiselect(key="municipalities").set_value(["Zandwijk"]).run()
        assert page.multiselect(key="documents").options == ["Beleidskader Wonen"]
        assert page.multiselect(key="documents").value == ["wonen"]


def test_a_new_conversation_leaves_nothing_of_the_old_one(page):
    click(ask(page, QUESTION), keys(page, "chip-0")[0])
    click(page, "new")
    assert keys(page, "suggestion-")
    assert section(page) is None
    assert QUESTION not in written(page)


def test_a_question_that_is_refused_says_what_to_do_and_the_page_goes_on(page):
    ask(page, "?")
    assert "Stel één vraag tegelijk" in page.error[0].value
    assert keys(ask(page, QUESTION), "chip-1")


@pytest.mark.usefixtures("nothing_cached")
def test_the_assistant_is_opened_once_for_all_visitors(start, monkeypatch):
    opened = []
    real = ui.settings.open_assistant
    monkeypatch.setattr(ui.settings, "open_assistant", lambda settings: opened.append(1) or real(settings))
    ask(start(), QUESTION)
    start()
    assert len(opened) == 1


@pytest.mark.usefixtures("nothing_cached")
class TestWhatIsNotInOrder:
    def test_no_index_yet_shows_the_command_that_makes_one(self, start, tmp_path):
        page = start(tmp_path)
        assert page.code[0].value == "kaderwijzer ingest MAP"
        assert not page.chat_input

    def test_a_page_without_index_finds_one_that_was_made_since(self, start, tmp_path):
        page = start(tmp_path / "data")
        make_index(tmp_path, {"groen.txt": GROEN})
        assert page.run().chat_input

    def test_a_damaged_index_is_a_message_and_not_an_invitation_to_make_one(self, start, tmp_path):
        store, _ = make_index(tmp_path, {"groen.txt": GROEN})
        (store.folder(store.current_id()) / "manifest.json").write_text("{", "utf-8")
        page = start(tmp_path / "data")
        assert "kunnen niet worden gelezen" in page.error[0].value
        assert not page.code

    def test_a_model_that_cannot_be_opened_is_a_message_with_a_remedy(self, start, tmp_path):
        page = start(EMBEDDING_MODEL=str(tmp_path / "geen-model"))
        assert "De beheerder kan dat herstellen" in page.error[0].value
        assert page.caption

    def test_a_setting_that_cannot_be_used_is_a_message_that_names_it(self, start):
        page = start(LANGUAGE="fries")
        assert "Een instelling van Kaderwijzer klopt niet" in page.error[0].value
        assert any("KADERWIJZER" in c.value.replace("\\", "") for c in page.caption)
