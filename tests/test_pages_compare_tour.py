"""The pages that compare and that show around: as Streamlit runs them, and the main journeys in a real browser."""

from __future__ import annotations

import html
import re

import pytest
import streamlit as st
from building import GROEN, VERHUIZEN, make_index
from streamlit.testing.v1 import AppTest
from test_browser import CHROMIUM, TRAP, browser, expect, open_page, serving  # noqa: F401  # fixtures

from assistant.tour import tour
from ui.messages import text
from ui.toured import steps_of

KADER, SPORT = "voorbeeldstad-beleidskader-samenleving-2024", "voorbeeldstad-sportnota-2021"
JEUGD = "voorbeeldstad-kadernota-jeugd-2022"


def drawn(data: str, name: str, language: str) -> None:
    """One page alone, as the shell draws it."""
    from importlib import import_module
    from pathlib import Path

    import streamlit as st

    from assistant.engine import Assistant
    from ui.desk import Desk
    from ui.settings import KaderSettings, open_model, open_store

    settings = KaderSettings(data=Path(data))
    assistant = st.cache_resource(lambda _: Assistant(open_store(settings), open_model(settings)))(data)
    import_module(f"ui.page_{name}").page(Desk(settings, assistant, assistant.generation(), language, "reader"))


@pytest.fixture
def start(demo_data, monkeypatch):
    """Opens a page on the demo documents or on another data folder, at an address."""
    for name in ("EMBEDDING_MODEL", "CHAT_MODEL", "RERANKER_MODEL", "CHROMA_URL", "LANGUAGE"):
        monkeypatch.delenv(f"KADERWIJZER_{name}", raising=False)

    def opened(name, data=demo_data, language="nl", **address) -> AppTest:
        page = AppTest.from_function(
            drawn, default_timeout=60, kwargs={"data": str(data), "name": name, "language": language}
        )
        for key, value in address.items():
            page.query_params[key] = value
        return ran(page)

    yield opened
    st.cache_resource.clear()
    st.cache_data.clear()


def ran(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    return ran(page)


def keys(page: AppTest, beginning: str) -> list[str]:
    return [b.key for b in page.button if b.key and b.key.startswith(beginning)]


def written(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.text, page.header, page.subheader, page.warning, page.info)
    return "\n".join(e.value for kind in kinds for e in kind)


def marked(page: AppTest) -> list[str]:
    body = next((e.body for e in page.html if 'class="kader-section"' in e.body), "")
    return [html.unescape(m) for m in re.findall(r"<mark[^>]*>(.*?)</mark>", body, re.DOTALL)]


def submit(page: AppTest, topic: str) -> AppTest:
    page.text_input(key="compare-topic").set_value(topic)
    next(b for b in page.button if b.label == text("compare-go", "nl")).click()
    return ran(page)


class TestComparePage:
    def test_offers_all_documents_and_compares_nothing_until_asked(self, start, demo_assistant):
        page = start("compare")
        assert set(page.multiselect(key="compare-documents").value) == set(demo_assistant.generation().documents)
        assert not keys(page, "chip-compare")
        assert "Vul eerst een onderwerp in." in written(submit(page, " "))

    def test_gives_each_document_a_column_with_its_quotes_or_its_silence(self, start, demo_assistant):
        page = start("compare", topic="mantelzorg", document=[KADER, SPORT])
        said = written(page)
        for claim in demo_assistant.ask("Wat staat er over mantelzorg?", documents=[KADER]).claims:
            assert claim.text in said
        assert said.count("Niets gevonden") == 1
        assert "1 van de 2 documenten zeggen hier iets over." in said
        assert keys(page, "chip-compare-0")
        assert not keys(page, "chip-compare-1")
        assert keys(page, "nearest-compare-1")

    def test_is_reproduced_by_its_address(self, start):
        page = submit(start("compare"), "buurtbudget")
        assert page.query_params["topic"] == "buurtbudget"
        again = start("compare", topic="buurtbudget", document=page.query_params["document"])
        assert written(again) == written(page)

    def test_leaves_out_what_an_address_names_and_is_not_there(self, start):
        page = start("compare", topic="sport", document=[SPORT, "weg"])
        assert "Deze documenten zijn er niet (meer): weg." in written(page)
        assert page.multiselect(key="compare-documents").value == [SPORT]

    def test_opens_the_section_of_a_quote_and_closes_it(self, start, demo_assistant):
        page = start("compare", topic="mantelzorg", document=[KADER])
        first = demo_assistant.ask("Wat staat er over mantelzorg?", documents=[KADER]).citation(1)
        click(page, keys(page, "chip-compare")[0])
        assert marked(page) == [first.quote]
        click(page, "close")
        assert marked(page) == []

    def test_says_what_is_wrong_with_a_question_that_is_too_long(self, start):
        assert start("compare", topic="sport " * 1000, document=[SPORT]).error

    def test_speaks_the_readers_language(self, start):
        page = start("compare", language="en", topic="informal care", document=[SPORT])
        assert "Nothing found" in written(page)
        assert "Niets gevonden" not in written(page)


class TestTourPage:
    def test_goes_past_every_stop_and_remembers_it(self, start, demo_assistant):
        document = demo_assistant.generation().documents[KADER]
        page = start("tour")
        page.selectbox(key="tour-document").select(KADER)
        ran(page)
        steps = steps_of(tour(document))
        for number, step in enumerate(steps, start=1):
            assert page.subheader[0].value == text(f"tour-{step}", "nl")
            assert f"U zag {number} van de {len(steps)} onderdelen" in page.get("progress")[0].proto.text
            made = tour(document).stop(step) if step != "questions" else None
            for point in made.points if made else ():
                assert all(quote.text in [t.value for t in page.text] for quote in point.quotes)
            if number < len(steps):
                click(page, "tour-next")
        assert page.button(key="tour-next").disabled

    def test_opens_the_section_that_a_heading_names_with_the_quotes_marked(self, start, demo_assistant):
        document = demo_assistant.generation().documents[KADER]
        page = start("tour")
        page.selectbox(key="tour-document").select(KADER)
        ran(page)
        click(page, "tour-open-purpose-0")
        assert marked(page) == [tour(document).stop("purpose").points[0].quotes[0].text]
        click(page, "tour-next")
        assert marked(page) == []

    def test_asks_a_question_on_the_chat_page_and_counts_it(self, start):
        page = start("tour")
        page.selectbox(key="tour-document").select(JEUGD)
        click(ran(page), "tour-step-questions")
        questions = [b.label for b in page.button if b.key and b.key.startswith("tour-question-")]
        assert len(questions) == 10
        click(page, "tour-question-2")
        assert page.session_state.pending == [questions[2]]
        ran(page)
        assert "stelde 1 van de 10 vragen" in page.get("progress")[0].proto.text
        assert page.button(key="tour-question-2").label.endswith(":small[(gesteld)]")

    def test_explains_the_terms_of_all_documents_and_finds_one(self, start, demo_assistant):
        page = start("tour")
        page.segmented_control[0].set_value("glossary")
        ran(page)
        assert "**Ambulante jeugdhulp**" in written(page)
        page.text_input(key="tour-sought").set_value("jeugdteam")
        ran(page)
        assert [m.value for m in page.markdown if m.value.startswith("**")][:1] == ["**Jeugdteam**"]
        click(page, keys(page, "tour-term-")[0])
        (quote,) = marked(page)
        assert quote in [t.value for t in page.text]
        page.text_input(key="tour-sought").set_value("*olifant*")
        assert "Geen begrip gevonden met “\\*olifant\\*”" in written(ran(page))

    def test_shows_a_long_list_of_terms_bit_by_bit(self, start, tmp_path):
        terms = "\n".join(f"Term{chr(97 + n // 9)}{chr(97 + n % 9)}: uitleg nummer {n}." for n in range(40))
        make_index(tmp_path, {"lijst.txt": GROEN + f"4 Begrippenlijst\n{terms}\n"})
        page = start("tour", tmp_path / "data")
        click(page, "tour-step-terms")
        assert len(keys(page, "tour-term-")) == 30
        assert len(keys(click(page, "tour-more"), "tour-term-")) == 40
        assert not keys(page, "tour-more")

    def test_forgets_a_section_of_documents_that_have_changed_since(self, start, tmp_path):
        make_index(tmp_path, {"wonen.txt": VERHUIZEN})
        page = start("tour", tmp_path / "data")
        click(page, "tour-open-purpose-0")
        assert marked(page)
        make_index(tmp_path, {"groen.txt": GROEN, "wonen.txt": GROEN.replace("Groenvisie", "Bomennota")})
        assert marked(ran(page)) == []

    def test_speaks_the_readers_language(self, start):
        page = start("tour", language="en")
        assert page.header[0].value == "Guided tour"
        assert {b.label for b in page.button if b.key and b.key.startswith("tour-step")} <= {
            text(f"tour-{step}", "en") for step in ("purpose", "structure", "principles", "terms", "roles", "questions")
        }


@pytest.fixture(scope="module")
def address(demo_data):
    with serving(demo_data) as address:
        yield address


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium")
class TestInABrowser:
    def test_a_comparison_opens_in_its_sections_and_can_be_taken_along(self, open_page, address):  # noqa: F811
        page = open_page(f"{address}/vergelijken?topic=mantelzorg", width=360, height=740)
        columns = page.locator("[class*=st-key-compare-column-]")
        expect(columns).to_have_count(4)
        expect(page.locator("[class*=st-key-compare-silent-]")).to_have_count(3)
        expect(page.locator(".st-key-compare-docx button")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        boxes = [columns.nth(n).bounding_box() for n in range(2)]
        assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]  # below each other where there is no room
        with page.expect_download() as download:
            page.locator(".st-key-compare-docx button").click()
        assert download.value.suggested_filename == "mantelzorg.docx"
        page.locator("[class*=st-key-chip-compare] button").first.focus()
        page.keyboard.press("Enter")
        mark = page.get_by_role("dialog").locator("mark")
        expect(mark).to_be_focused()
        expect(mark).to_be_in_viewport()
        page.get_by_role("dialog").locator(".st-key-close button").click()
        expect(page.get_by_role("dialog")).to_have_count(0)

    def test_columns_stand_side_by_side_where_there_is_room(self, open_page, address):  # noqa: F811
        page = open_page(f"{address}/vergelijken?topic=mantelzorg")
        columns = page.locator("[class*=st-key-compare-column-]")
        expect(columns).to_have_count(4)
        page.wait_for_function(  # the columns find their places when the last of them is drawn
            """() => { const tops = [...document.querySelectorAll('[class*=st-key-compare-column-]')]
                .map(column => column.getBoundingClientRect().top); return tops[0] === tops[1] }"""
        )

    def test_a_tour_leads_on_and_its_question_is_answered_on_the_chat_page(self, open_page, address):  # noqa: F811
        page = open_page(f"{address}/wegwijs")
        page.locator(".st-key-tour-next button").click()
        heading = page.get_by_role("heading", name="Hoe is het opgebouwd?")
        expect(heading).to_be_in_viewport()
        expect(heading).to_be_focused()
        page.locator(".st-key-tour-step-questions button").click()
        question = page.locator(".st-key-tour-question-0 button")
        said = question.locator("p").inner_text()
        question.click()
        expect(page.locator(".st-key-question-0")).to_contain_text(said)
        expect(page.locator(".st-key-turn-0 [class*=st-key-chip-] button").first).to_be_visible()
        page.get_by_role("link", name="Wegwijs").click()
        expect(
            page.get_by_text(re.compile(r"U zag 3 van de \d onderdelen en stelde 1 van de 10 vragen"))
        ).to_be_visible()

    def test_a_document_cannot_become_part_of_either_page(self, open_page, tmp_path):  # noqa: F811
        hostile = GROEN.replace("Groenvisie", f"Groenvisie {TRAP}").replace("2 Bomen", f"2 Uitgangspunten {TRAP}")
        store, _ = make_index(tmp_path, {"kwaad.txt": hostile.replace("planten wij", f"planten wij {TRAP} :smile:")})
        with serving(store.root.parent) as address:
            page = open_page(f"{address}/vergelijken?topic=bomen {TRAP}")
            expect(page.locator("[class*=st-key-compare-column-]")).to_contain_text(TRAP)
            page.get_by_role("link", name="Wegwijs").click()
            page.locator(".st-key-tour-step-principles button").click()
            expect(page.locator("[class*=st-key-tour-point-]").first).to_contain_text(TRAP)
            assert page.title() == "Kaderwijzer"
            assert page.locator("img, iframe").count() == 0
