"""What a visitor does with the chat page, in a real browser, on the real server."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from building import make_index

from ui.serve import PAGE, streamlit_command

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
expect.set_options(timeout=20_000)

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parent.parent
QUESTION = "Hoe hoog is het buurtbudget per wijk?"
ABSENT = "In welke container hoort oud papier en op welke dag wordt die geleegd?"
TRAP = '<img src="https://kwaad.example/x.png" onerror="document.title=1">'
HOSTILE = f"""Kadernota {TRAP} [klik](https://kwaad.example) :smile: $x$
Geldend van 01-02-2023 t/m heden
De raad van de gemeente Purmerend;
1 Inleiding
De gemeente Purmerend wil dat iedereen kan zwemmen. Deze nota zegt hoe.
2 Zwembaden {TRAP} ![beeld](https://kwaad.example/y.png) :material/home:
Het zwembad {TRAP} sluit om acht uur, www.kwaad.example, :smile: en [klik](javascript:alert(1)) en `code`.
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
]


@contextmanager
def serving(data: Path, folder: Path = ROOT, port: int | None = None, app: Path = PAGE, **environ: str):
    """The address of a chat page over a data folder, for as long as it is needed; `folder` is where it is started."""
    port = port or free_port()
    settings = {k: v for k, v in os.environ.items() if not k.startswith("KADERWIJZER_")}
    environment = {**settings, "KADERWIJZER_DATA": str(data), **environ}
    command = [str(app) if part == str(PAGE) else part for part in streamlit_command("127.0.0.1", port)]
    server = subprocess.Popen(command, env=environment, cwd=folder)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server at {address} did not come up (exit code {server.poll()})")


@pytest.fixture(scope="module")
def address(demo_data):
    with serving(demo_data) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens a page at an address; when the test is over, the page has asked nothing of any other machine."""
    asked, pages = [], []

    def opened(address: str, width: int = 1400, height: int = 900):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(20_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.goto(address)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert asked
    elsewhere = [u for u in asked if urlsplit(u).hostname not in ("127.0.0.1", None) and not u.startswith("data:")]
    assert elsewhere == []


@pytest.fixture
def page(open_page, address):
    return open_page(address)


def ask(page, question: str, turn: int = 0):
    """Asks a question and gives its answer on the page."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    answer = page.locator(f".st-key-turn-{turn}")
    answer.wait_for()
    return answer


def chips(answer):
    return answer.locator("[class*=st-key-chip-]:not([class*=source]) button")


def test_a_first_visit_offers_questions_and_answers_the_one_that_is_clicked(page):
    suggestions = page.locator("[class*=st-key-suggestion-] button")
    expect(suggestions).to_have_count(4)
    question = suggestions.nth(1).inner_text().strip().splitlines()[-1]
    suggestions.nth(1).click()
    expect(page.locator(".st-key-question-0")).to_contain_text(question)
    expect(chips(page.locator(".st-key-turn-0")).first).to_be_visible()


def test_a_chip_opens_the_section_with_the_cited_quote_marked_and_in_view(page, demo_assistant):
    expected = demo_assistant.ask(QUESTION)
    answer = ask(page, QUESTION)
    for citation in expected.citations:
        answer.locator(
            f"[class*=st-key-chip-0][class$='-{citation.number}'] button, "
            f"[class*=st-key-chip-0][class*='-{citation.number} '] button"
        ).first.click()
        mark = page.locator(".kader-section mark")
        expect(mark).to_have_text(citation.quote)
        expect(mark).to_be_in_viewport()
        expect(mark).to_be_focused()
        assert mark.evaluate("mark => mark.textContent") == citation.quote
    document = demo_assistant.generation().documents[citation.document_id]
    held = document.sections[citation.section]
    assert page.locator(".kader-section").evaluate("e => e.textContent") == document.text[held.start : held.end]
    expect(answer).to_be_visible()


def test_an_answer_begins_in_view_however_long_the_conversation(page):
    ask(page, QUESTION)
    ask(page, "Wat kost de huur van een sporthal per uur voor volwassenen?", turn=1)
    expect(page.locator(".st-key-question-1")).to_be_in_viewport()
    expect(chips(page.locator(".st-key-turn-1")).first).to_be_in_viewport()


def test_claims_and_their_chips_read_as_one_line_of_text(page):
    answer = ask(page, QUESTION)
    expect(chips(answer).first).to_be_visible()
    claim, chip = answer.locator("[class*=st-key-run-], [class*=st-key-item-]").first.evaluate(
        "run => [...run.querySelectorAll('.stText, button')].slice(0, 2).map(e => e.getBoundingClientRect().toJSON())"
    )
    assert claim["top"] - 5 < (chip["top"] + chip["bottom"]) / 2 < claim["bottom"] + 5
    assert chip["width"] < 40


def test_an_abstention_says_so_and_opens_the_nearest_section(page, demo_assistant):
    expected = demo_assistant.ask(ABSENT)
    answer = ask(page, ABSENT)
    expect(answer).to_contain_text(expected.reason)
    expect(chips(answer)).to_have_count(0)
    nearest = answer.locator("[class*=st-key-nearest-] button")
    expect(nearest).to_have_count(len(expected.nearest))
    nearest.first.click()
    near = expected.nearest[0]
    section = demo_assistant.generation().documents[near.document_id].sections[near.section]
    expect(page.locator(".kader-section strong").first).to_have_text(section.label)
    expect(page.locator(".kader-section mark")).to_have_count(0)


def test_the_language_can_be_switched_in_the_middle_of_a_conversation(page):
    answer = ask(page, QUESTION)
    page.get_by_text("English").click()
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_attribute("placeholder", "Ask your question")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(answer).to_be_visible()


def test_on_a_telephone_the_section_comes_over_the_conversation_and_nothing_is_cut_off(open_page, address):
    page = open_page(address, width=400, height=800)
    answer = ask(page, QUESTION)
    chips(answer).first.click()
    expect(page.locator(".kader-section mark")).to_be_in_viewport()
    expect(page.locator(".st-key-close button")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    panel = page.locator(".st-key-panel").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 400


def test_a_document_cannot_become_part_of_the_page(open_page, tmp_path):
    store, _ = make_index(tmp_path, {"kwaad.txt": HOSTILE})
    (document,) = store.open().documents.values()
    with serving(store.root.parent) as address:
        page = open_page(address)
        expect(page.locator(".st-key-indexed")).to_be_visible()
        page.locator(".st-key-indexed summary").click()
        page.locator(".st-key-documents input").click()
        expect(page.get_by_role("option")).to_contain_text(TRAP)
        page.keyboard.press("Escape")
        answer = ask(page, f"Wanneer sluit het zwembad? {TRAP} :smile: [klik](https://kwaad.example)")
        expect(page.locator(".st-key-question-0")).to_contain_text(TRAP)
        answer.locator("button").first.click()
        expect(page.locator(".kader-section")).to_contain_text("sluit om acht uur")
        shown = page.locator(".kader-section").evaluate("e => e.textContent")
        assert shown.strip() in document.text
        assert page.title() == "Kaderwijzer"
        assert page.locator("img, iframe, .katex").count() == 0
        targets = page.locator("a").evaluate_all("all => all.map(a => a.href)")
        assert [t for t in targets if re.search("kwaad|javascript", t)] == []
        expect(page.locator(".st-key-indexed")).to_contain_text(re.compile(r"<img src=.*:\u2060?smile:"))
