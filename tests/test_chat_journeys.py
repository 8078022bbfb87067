"""What a reader does around an answer, in a real browser: comes back, rates, takes along, reads the page itself."""

from __future__ import annotations

import io
import re

import docx
import pytest
from building import make_index
from pdf_making import PROSE, body, heading, set_in
from reportlab.platypus import PageBreak
from test_browser import CHROMIUM, expect, serving, sync_api

from ui.kept import Kept

QUESTION = "Wanneer sluit het zwembad van Zandwijk?"
QUOTE = "Het zwembad van Zandwijk sluit elke dag om acht uur in de avond."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with one PDF of two pages; the answer stands on the second."""
    folder = tmp_path_factory.mktemp("pdf")
    pages = [heading(1, "1 Wonen in Zandwijk"), *[body(PROSE)] * 5, PageBreak()]
    pages += [heading(1, "2 Sport en bewegen"), *[body(PROSE)] * 3, body(f"{QUOTE} {PROSE}"), *[body(PROSE)] * 3]
    store, _ = make_index(folder, {"zandwijk-kadernota-2012.pdf": set_in(*pages)})
    return store.root.parent


@pytest.fixture(scope="module")
def address(data):
    with serving(data) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    pages = []

    def opened(address: str, width: int = 1400, height: int = 900):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(20_000)
        page.goto(address)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()


def ask(page, question: str = QUESTION, turn: int = 0):
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    answer = page.locator(f".st-key-turn-{turn}")
    expect(answer).to_contain_text(QUOTE)
    return answer


def read_in_document(answer) -> None:
    """Opens the section of the first quote as soon as that is there, with a slow hand: the page stays under it."""
    answer.locator("[class*=st-key-chip-0] button").first.click(delay=300)


def test_a_reload_and_another_visitor_with_the_address_find_the_conversation(open_page, address):
    page = open_page(address)
    ask(page)
    expect(page).to_have_url(re.compile(r"\?gesprek=[\w-]{32}$"))
    page.reload()
    expect(page.locator(".st-key-turn-0")).to_contain_text(QUOTE)
    other = open_page(page.url)
    expect(other.locator(".st-key-turn-0")).to_contain_text(QUOTE)
    stranger = open_page(address)
    expect(stranger.locator("[class*=st-key-suggestion-]").first).to_be_visible()
    expect(stranger.locator(".st-key-turn-0")).to_have_count(0)


def test_a_new_conversation_gets_an_address_of_its_own_and_back_leads_to_the_old_one(open_page, address):
    page = open_page(address)
    ask(page)
    first = page.url
    page.locator(".st-key-new button").click()
    expect(page).not_to_have_url(first)
    expect(page.locator(".st-key-turn-0")).to_have_count(0)
    page.go_back()
    expect(page).to_have_url(first)
    expect(page.locator(".st-key-turn-0")).to_contain_text(QUOTE)


def test_a_thumb_with_a_reason_and_a_comment_is_kept(open_page, address, data):
    page = open_page(address)
    answer = ask(page)
    before = len(Kept(data).feedback())
    answer.get_by_role("radio", name="Thumbs down").click()
    answer.get_by_text("onvolledig").click()
    answer.locator("textarea").fill("Het weekend ontbreekt.")
    answer.get_by_role("button", name="Versturen").click()
    expect(answer).to_contain_text("Uw oordeel is bewaard")
    said = Kept(data).feedback()
    assert len(said) == before + 1
    assert (said[-1]["rating"], said[-1]["reason"]) == ("down", "incomplete")
    assert said[-1]["comment"] == "Het weekend ontbreekt."
    page.reload()
    expect(page.get_by_role("radio", name="Thumbs down")).to_be_checked()


def test_a_conversation_is_saved_for_word_and_as_markdown(open_page, address):
    page = open_page(address)
    ask(page)
    page.get_by_role("button", name="Gesprek bewaren of wissen").click()
    files = {}
    for kind in ("docx", "md"):
        with page.expect_download() as waiting:
            page.locator(f".st-key-download-{kind} button").click()
        assert waiting.value.suggested_filename.endswith(f".{kind}")
        files[kind] = waiting.value.path().read_bytes()
    said = "\n".join(p.text for p in docx.Document(io.BytesIO(files["docx"])).paragraphs)
    for text in (said, files["md"].decode("utf-8")):
        assert QUESTION in text
        assert f"“{QUOTE}”" in text
        assert "2012 – controleer of dit nog geldt" in text.replace("\\", "")


def test_an_answer_with_its_sources_is_there_to_copy(open_page, address):
    page = open_page(address)
    answer = ask(page)
    answer.get_by_role("button", name="Kopiëren met bronnen").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("[1] ")
    expect(code).to_contain_text(QUOTE)
    expect(code.get_by_role("button")).to_be_visible()


@pytest.mark.parametrize("width", [1400, 360])
def test_the_page_of_a_pdf_is_shown_beside_the_answer(open_page, address, width):
    page = open_page(address, width=width, height=800)
    answer = ask(page)
    read_in_document(answer)
    expect(page.locator(".kader-section mark")).to_have_text(QUOTE)
    page.locator(".st-key-panel").get_by_text("Toon bladzijde 2").click()
    picture = page.locator(".st-key-panel-page img")
    expect(picture).to_have_attribute("alt", re.compile("^Bladzijde 2 van .*geel gemarkeerd"))
    expect(picture).to_be_in_viewport()
    page.wait_for_function("document.querySelector('.st-key-panel-page').parentElement.scrollTop > 0")  # at the mark
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 800
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".st-key-close button")).to_be_in_viewport()


def test_the_outline_leads_to_another_section_by_keyboard(open_page, address):
    page = open_page(address)
    answer = ask(page)
    read_in_document(answer)
    expect(page.locator(".kader-section mark")).to_be_focused()
    box = page.locator(".st-key-panel").get_by_role("combobox")
    box.focus()
    page.keyboard.type("Wonen")
    page.keyboard.press("Enter")
    expect(page.locator(".kader-section strong").first).to_have_text("1 Wonen in Zandwijk")
