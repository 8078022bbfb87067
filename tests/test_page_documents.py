"""The documents page: as Streamlit runs it, without a browser, and an upload in a real one."""

from __future__ import annotations

import html
import re

import pytest
import streamlit as st
from building import GROEN, VERHUIZEN, make_index
from streamlit.testing.v1 import AppTest
from test_browser import CHROMIUM, ask, browser, chips, expect, open_page, serving  # noqa: F401  # fixtures

from vectorstore.store import Store

SPORT = "voorbeeldstad-sportnota-2021"


def drawn(data: str, role: str, language: str) -> None:
    """The page alone, as the shell draws it."""
    from pathlib import Path

    import streamlit as st

    from assistant.engine import Assistant
    from ui.desk import Desk
    from ui.page_documents import page
    from ui.page_intake import first_upload
    from ui.settings import KaderSettings, open_model, open_store

    settings = KaderSettings(data=Path(data))
    assistant = st.cache_resource(lambda _: Assistant(open_store(settings), open_model(settings)))(data)
    if open_store(settings).current_id() is None:
        first_upload(settings, language)
    else:
        page(Desk(settings, assistant, assistant.generation(), language, role))


@pytest.fixture
def start(demo_data, monkeypatch):
    """Opens the page on the demo documents or on another data folder, at an address."""
    for name in ("EMBEDDING_MODEL", "CHAT_MODEL", "RERANKER_MODEL", "CHROMA_URL", "LANGUAGE"):
        monkeypatch.delenv(f"KADERWIJZER_{name}", raising=False)

    def opened(data=demo_data, role="reader", language="nl", **address) -> AppTest:
        page = AppTest.from_function(
            drawn, default_timeout=60, kwargs={"data": str(data), "role": role, "language": language}
        )
        for name, value in address.items():
            page.query_params[name] = value
        return ran(page)

    yield opened
    st.cache_resource.clear()


@pytest.fixture
def two(tmp_path):
    """A data folder with an index of two documents that lie elsewhere."""
    make_index(tmp_path, {"groen.txt": GROEN, "wonen.txt": VERHUIZEN})
    return tmp_path / "data"


def ran(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    return ran(page)


def listed(page: AppTest) -> list[str]:
    return [b.label for b in page.button if b.key and b.key.startswith("library-open-")]


def read(page: AppTest) -> str:
    """The text that is open, without its tags."""
    body = next(e.body for e in page.html if 'class="kader-section"' in e.body)
    return html.unescape(re.sub("<[^>]*>", "", body))


def current(page: AppTest) -> str | None:
    found = [re.search(r'kader-current"[^>]*>(.*?)</mark>', e.body) for e in page.html]
    return next((html.unescape(f[1]) for f in found if f), None)


def said(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.text, page.header, page.subheader, page.info, page.error, page.success)
    return "\n".join(e.value for kind in (*kinds, page.warning) for e in kind)


def give(page: AppTest, action: str, *files: tuple[str, str | bytes]) -> AppTest:
    """Uploads files and sends them on their way."""
    contents = [(name, c.encode() if isinstance(c, str) else c, "") for name, c in files]
    page.file_uploader[0].set_value(contents)
    return click(ran(page), f"intake-{action}")


class TestTheList:
    def test_shows_every_document_and_opens_the_one_that_is_chosen(self, start, demo_assistant):
        page = start()
        assert len(listed(page)) == len(demo_assistant.generation().documents)
        click(page, f"library-open-{SPORT}")
        assert page.query_params["document"] == SPORT
        assert page.header[0].value.startswith("Sportnota Voorbeeldstad")
        assert listed(click(page, "library-back")) != []
        assert "document" not in page.query_params

    def test_is_filtered_and_says_how_many_are_left(self, start):
        page = start()
        page.text_input(key="library-words").set_value("sport")
        assert [label.split(":")[0].replace("\\", "") for label in listed(ran(page))] == ["Sportnota Voorbeeldstad"]
        assert "1 van de 4 documenten" in said(page)

    def test_keeps_its_filters_while_a_document_is_read(self, start):
        page = start()
        page.text_input(key="library-words").set_value("sport")
        click(click(ran(page), f"library-open-{SPORT}"), "library-back")
        assert len(listed(page)) == 1

    def test_at_the_address_of_a_document_that_is_gone_says_so(self, start):
        page = start(document="weg")
        assert "Dit document is er niet" in said(page)
        assert listed(page)

    def test_offers_readers_and_evaluators_nothing_to_change(self, start):
        for role in ("reader", "evaluator"):
            for address in ({}, {"document": SPORT}):
                page = start(role=role, **address)
                assert not page.file_uploader
                assert not [b for b in page.button if b.key.startswith("intake-")]


class TestADocument:
    def test_opens_at_the_section_of_the_address(self, start, demo_assistant):
        document = demo_assistant.generation().documents[SPORT]
        held = document.sections[7]
        assert read(start(document=SPORT, section="7")) == document.text[held.start : held.end]

    @pytest.mark.parametrize("section", ["-1", "9999", "x", "²", ""])
    def test_at_a_section_that_does_not_exist_opens_the_first(self, start, demo_assistant, section):
        document = demo_assistant.generation().documents[SPORT]
        assert read(start(document=SPORT, section=section)) == read(start(document=SPORT))
        assert document.text.startswith(read(start(document=SPORT)))

    def test_opens_a_section_from_the_outline_and_reads_on_and_back(self, start, demo_assistant):
        document = demo_assistant.generation().documents[SPORT]
        page = click(start(document=SPORT), "library-section-4")
        assert page.query_params["section"] == "4"
        opened = read(page)
        assert opened == document.text[document.sections[4].start : document.sections[4].end]
        assert read(click(page, "library-next")) != opened
        assert read(click(page, "library-previous")) == opened

    def test_is_searched_from_hit_to_hit_and_round(self, start, demo_assistant):
        text = demo_assistant.generation().documents[SPORT].text
        count = len(re.findall("zwembad", text, re.IGNORECASE))
        page = start(document=SPORT)
        page.text_input(key=f"library-find-{SPORT}").set_value("ZWEMBAD")
        ran(page)
        assert current(page).lower() == "zwembad"
        assert f"1 van {count} keer" in said(page)
        click(page, "library-hit-previous")
        assert f"{count} van {count} keer" in said(page)
        click(page, "library-hit-next")
        assert f"1 van {count} keer" in said(page)
        page.text_input(key=f"library-find-{SPORT}").set_value("komt nergens voor")
        assert "Niet gevonden" in said(ran(page))
        assert current(page) is None

    def test_tells_what_is_known_of_it_and_where_that_was_read(self, start, two):
        shown = start(two, document="groen")
        facts = next(e.body for e in shown.html if "kader-fields" in e.body)
        assert "<dd>Hoogveld" in facts
        assert "Gelezen in" in facts
        assert "Geldend van 01-05-2022 t/m heden" in facts

    def test_lists_what_to_check_in_plain_words(self, start, tmp_path):
        make_index(tmp_path, {"gaten.md": "# Nota\n\n## 2 Doel\n\nMeer bomen.\n\n## 7 Middel\n\nPlanten.\n"})
        page = start(tmp_path / "data", document="gaten")
        assert "Er lijken paragraafnummers te ontbreken: van 2 naar 7" in said(page)

    def test_speaks_english_at_the_switch(self, start):
        page = start(document=SPORT, language="en", role="administrator")
        assert {tab.label for tab in page.tabs} >= {"Read and search", "Details", "Manage"}


class TestAnAdministrator:
    def test_adds_the_first_document(self, start, tmp_path):
        data = tmp_path / "data"
        page = give(start(data, role="administrator"), "add", ("groen.txt", GROEN))
        assert "groen.txt" in said(page).replace("\\", "")
        assert listed(page) == ["Groenvisie"]
        assert (data / "uploads/groen.txt").exists()

    def test_is_told_of_each_file_what_became_of_it(self, start, two):
        page = start(two, role="administrator")
        give(page, "add", ("leeg.txt", ""), ("../fiets.txt", GROEN.replace("Groen", "Fiets")), ("x.exe", "x"))
        assert len(listed(page)) == 3
        assert "Het bestand is leeg" in said(page)
        assert "is toegevoegd" in said(page)
        assert "Bestanden van de soort .exe" in said(page).replace("\\", "")
        assert "is toegevoegd" not in said(click(page, "intake-close"))

    def test_whose_work_is_broken_off_by_a_click_elsewhere_has_it_done_all_the_same(self, start, two, monkeypatch):
        page = start(two, role="administrator")
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("ui.intake.ingest_paths", lambda *_, **__: st.stop())
            give(page, "add", ("fiets.txt", GROEN.replace("Groen", "Fiets")))
        assert not (two / "uploads/fiets.txt").exists()
        assert len(listed(ran(page))) == 3
        assert (two / "uploads/fiets.txt").exists()

    def test_sees_an_unforeseen_fault_once(self, start, two, monkeypatch):
        page = start(two, role="administrator")
        with monkeypatch.context() as broken:
            broken.setattr("ui.intake.ingest_paths", lambda *_, **__: 1 / 0)
            page.file_uploader[0].set_value([("fiets.txt", b"tekst", "")])
            ran(page).button(key="intake-add").click().run()
            assert page.exception
        assert len(listed(ran(page))) == 2

    def test_replaces_a_document_which_keeps_its_address(self, start, two):
        page = give(start(two, role="administrator"), "add", ("fiets.txt", GROEN.replace("Groenvisie", "Fietsvisie")))
        click(page, "library-open-fiets")
        give(page, "replace", ("nieuwer.md", "# Nieuwe fietsvisie\n\n## 1 Doel\n\nVeilige fietspaden.\n"))
        assert page.query_params["document"] == "fiets"
        assert page.header[0].value.startswith("Nieuwe fietsvisie")
        assert [p.name for p in (two / "uploads").glob("[!.]*")] == ["fiets.md"]

    def test_cannot_replace_what_lies_elsewhere_but_is_told_where(self, start, two):
        page = start(two, role="administrator", document="groen")
        assert not page.file_uploader
        assert str(two.parent / "docs" / "groen.txt") in said(page)

    def test_removes_a_document_after_a_question_that_names_it(self, start, two):
        page = click(start(two, role="administrator", document="groen"), "intake-remove")
        assert "“Groenvisie” verwijderen?" in page.warning[0].value
        assert set(Store(two).open().documents) == {"groen", "wonen"}
        click(click(page, "intake-keep"), "intake-remove")
        click(page, "intake-remove-yes")
        assert set(Store(two).open().documents) == {"wonen"}
        assert "“Groenvisie” is verwijderd" in said(page)
        assert "Wordt die map opnieuw ingelezen?" in said(page)
        assert listed(page) == ["Beleidskader Wonen"]

    def test_removes_the_last_document_and_adds_another(self, start, tmp_path):
        make_index(tmp_path, {"groen.txt": GROEN})
        data = tmp_path / "data"
        page = click(start(data, role="administrator", document="groen"), "intake-remove")
        click(page, "intake-remove-yes")
        assert listed(page) == []
        assert listed(give(page, "add", ("wonen.txt", VERHUIZEN))) == ["Beleidskader Wonen"]

    def test_is_told_when_someone_else_is_writing_and_nothing_changes(self, start, two):
        page = start(two, role="administrator")
        with Store(two).writing():
            give(page, "add", ("fiets.txt", GROEN.replace("Groen", "Fiets")))
        assert "De documenten worden net bijgewerkt" in page.error[0].value
        assert len(listed(page)) == 2
        assert not (two / "uploads/fiets.txt").exists()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium")
def test_an_uploaded_document_can_be_asked_about(open_page, tmp_path):  # noqa: F811
    make_index(tmp_path, {"wonen.txt": VERHUIZEN})
    with serving(tmp_path / "data") as address:
        page = open_page(f"{address}/documenten")
        page.locator(".st-key-library-add summary").click()
        page.locator("input[type=file]").set_input_files(
            {"name": "groen.txt", "mimeType": "text/plain", "buffer": GROEN.encode()}
        )
        page.locator(".st-key-intake-add button").click()
        expect(page.locator(".st-key-intake-report")).to_contain_text("groen.txt is toegevoegd")
        page.locator(".st-key-library-open-groen button").click()
        expect(page).to_have_url(f"{address}/documenten?document=groen")
        page.get_by_label("Zoek in dit document").fill("boswachter")
        page.keyboard.press("Enter")
        expect(page.locator(".kader-current")).to_have_text("boswachter")
        expect(page.locator(".kader-current")).to_be_in_viewport()
        page.locator("[class*=st-key-library-section-] button").last.click()
        expect(page.locator(".st-key-library-text .kader-section")).to_be_focused()
        page.get_by_role("link", name="Vragen").click()
        answer = ask(page, "Hoeveel bomen planten wij terug voor elke boom die verdwijnt?")
        chips(answer).first.click()
        expect(page.locator(".kader-section mark").first).to_contain_text("planten wij er twee terug")
