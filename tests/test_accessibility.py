"""Every page in every state that a visitor meets, in a real browser: axe-core in light and dark, narrow and enlarged.

A state is held to: no serious or critical finding of axe-core, and at 360 pixels and at 200 % zoom no page that scrolls
sideways and no text that is cut off.
"""

from __future__ import annotations

import json

import pytest
from building import GROEN
from signing_in import COOKIE_SECRET, write_secrets
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from test_browser import ABSENT, QUESTION, ask, browser, chips, expect, pytestmark, serving  # noqa: F401
from test_page_evaluation import made  # noqa: F401

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}  # the one rule for which the colours of the page matter
WIDE = {"width": 1280, "height": 900}
NARROW = {"a telephone": {"width": 360, "height": 740}, "200 % zoom": {"width": 640, "height": 450}}

CUT_OFF = """() => [...document.querySelectorAll("[data-testid=stApp] :is(p, span, label, button, h1, h2, h3, h4, td, th)")]
  .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && each.innerText?.trim())
  .filter(each => {
    const at = each.getBoundingClientRect(), style = getComputedStyle(each);
    if (at.width <= 1 || at.height <= 1 || at.right <= 0 || each.closest("[data-testid=stIconMaterial]")) return false;
    const clips = /hidden|clip/.test(style.overflowX) && each.scrollWidth > each.clientWidth + 1;
    let around = each.parentElement;
    while (around && !/auto|scroll/.test(getComputedStyle(around).overflowX)) around = around.parentElement;
    const scrolls = around && around.scrollWidth > around.clientWidth + 1 && around.matches(".kader-table, .kader-table *, pre");
    return clips || (at.right > innerWidth + 1 && !scrolls);
  })
  .map(each => each.outerHTML.slice(0, 160))"""

STILL = """() => new Promise(done => {
  const places = () => [...document.querySelectorAll("[data-testid=stApp] :is(section, button, input)")]
    .map(each => { const at = each.getBoundingClientRect(); return [at.left, at.top, at.width, at.height]; }).join();
  let before = "", same = 0, left = 600;
  const look = () => {
    const now = places();
    same = now === before ? same + 1 : 0;
    before = now;
    if (same >= 15 || --left === 0) done(); else requestAnimationFrame(look);
  };
  look();
})"""
"""Waits until everything that can be clicked has been in its place for fifteen frames."""


@pytest.fixture(scope="module")
def address(made):  # noqa: F811
    """The demo documents with two runs of a question set; what is uploaded stays in this module."""
    with serving(made) as served:
        yield served


@pytest.fixture
def tab(browser):  # noqa: F811
    opened = browser.new_page(viewport=WIDE, color_scheme="light")
    opened.set_default_timeout(20_000)
    opened.add_init_script(axe.Axe().axe_script)
    yield opened
    opened.close()


def settled(tab) -> None:
    expect(tab.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached(timeout=60_000)
    expect(tab.locator("[data-stale=true]")).to_have_count(0)  # what is drawn anew is pale until it is


def at(tab, address: str) -> None:
    tab.goto(address)
    expect(tab.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    tab.add_style_tag(content="*, ::before, ::after { transition: none !important; animation: none !important; }")


def chat(tab, address):
    at(tab, address)
    expect(tab.locator("[class*=st-key-suggestion-]").first).to_be_visible()
    yield "first visit"
    answer = ask(tab, QUESTION)
    chips(answer).first.click()
    expect(tab.locator(".kader-section mark")).to_be_visible()
    yield "an answer with a section open"
    tab.locator(".st-key-close button").click()
    answer.get_by_role("radio", name="Thumbs down").click()
    expect(answer.locator("textarea")).to_be_visible()
    yield "the form for feedback"
    expect(ask(tab, ABSENT, turn=1).locator("[class*=st-key-nearest-]").first).to_be_visible()
    yield "an abstention"
    tab.locator(".st-key-turn-1").get_by_role("button", name="Kopiëren met bronnen").click()
    expect(tab.get_by_test_id("stCode")).to_be_visible()
    yield "an answer to copy"


def compare(tab, address):
    at(tab, f"{address}/vergelijken")
    yield "an empty form"
    at(tab, f"{address}/vergelijken?topic=mantelzorg")
    expect(tab.locator("[class*=st-key-compare-silent-]").first).to_be_visible()
    yield "a comparison"
    tab.locator("[class*=st-key-chip-compare] button").first.click()
    expect(tab.get_by_role("dialog").locator("mark")).to_be_visible()
    yield "a section over the comparison"


def tour(tab, address):
    at(tab, f"{address}/wegwijs")
    tab.locator("[class*=st-key-tour-open-] button").first.click()
    expect(tab.locator(".kader-section")).to_be_visible()
    yield "a part with a section open"
    for part in ("principles", "questions"):
        tab.locator(f".st-key-tour-step-{part} button").click()
        expect(tab.locator(f".st-key-tour-part-{part}")).to_be_visible()
        settled(tab)
        yield part
    tab.locator(".st-key-tour-view").get_by_role("radio").last.click()
    expect(tab.locator(".st-key-tour-search, [class*=st-key-tour-term-]").first).to_be_visible()
    yield "the terms"


def documents(tab, address):
    at(tab, f"{address}/documenten")
    tab.locator(".st-key-library-add summary").click()
    tab.locator("input[type=file]").set_input_files(
        {"name": "groen.txt", "mimeType": "text/plain", "buffer": GROEN.encode()}
    )
    yield "a file that was chosen"
    tab.locator(".st-key-intake-add button").press("Enter")
    expect(tab.locator(".st-key-intake-report")).to_be_visible(timeout=60_000)
    yield "the report of an upload"
    tab.locator(".st-key-library-open-groen button").click()
    expect(tab.locator(".st-key-library-text")).to_be_visible()
    yield "a document to read"
    tab.get_by_role("tab", name="Gegevens").click()
    expect(tab.locator(".kader-fields")).to_be_visible()
    yield "what is known of it"
    tab.get_by_role("tab", name="Beheer").click()
    tab.locator(".st-key-intake-remove button").click()
    expect(tab.locator(".st-key-intake-remove-yes")).to_be_visible()
    yield "the question before it is removed"


def evaluation(tab, address):
    at(tab, f"{address}/evaluatie")
    expect(tab.locator("svg.plot").first).to_be_visible()
    yield "a run"
    tab.get_by_role("radio", name="Vragen").click()
    question = tab.locator("[class*=st-key-evaluation-ask-] button").first
    expect(question).to_be_visible()
    yield "its questions"
    question.click()
    expect(tab.locator(".st-key-evaluation-question h3")).to_be_visible()
    yield "one question"
    tab.locator(".st-key-evaluation-back button").click()
    tab.get_by_role("radio", name="Vergelijken").click()
    expect(tab.get_by_text("Verschil over de")).to_be_visible()
    yield "two runs compared"


@pytest.mark.parametrize("states", [chat, compare, tour, documents, evaluation], ids=lambda s: s.__name__)
def test_a_page_can_be_used_by_everybody_in_every_state(address, tab, states):
    found = {state: faults(tab) for state in states(tab, address)}
    assert {state: fault for state, fault in found.items() if fault} == {}


def test_the_page_to_sign_in_and_the_one_without_documents_can_be_used_by_everybody(tab, tmp_path):
    (tmp_path / ".streamlit").mkdir()
    write_secrets(tmp_path / ".streamlit", "http://127.0.0.1:9/metadata")
    with serving(tmp_path / "data", tmp_path) as address:
        at(tab, address)
        expect(tab.locator("[class*=st-key-sign-in-default]")).to_be_visible()
        assert faults(tab) == []
        for role, seen in (("reader", "kaderwijzer ingest MAP"), ("administrator", "Documenten toevoegen")):
            claims = {"is_logged_in": True, "origin": address, "name": "Voornaam Achternaam", "roles": role}
            cookie = create_signed_value(COOKIE_SECRET, USER_COOKIE_NAME, json.dumps(claims)).decode()
            tab.context.add_cookies([{"name": USER_COOKIE_NAME, "value": cookie, "url": address}])
            at(tab, address)
            expect(tab.get_by_test_id("stMain").get_by_text(seen).first).to_be_visible()
            assert faults(tab) == []


def faults(tab) -> list[object]:
    """What keeps somebody from using the page as it is now."""
    settled(tab)
    found = serious(tab, "light", WCAG)
    tab.emulate_media(color_scheme="dark")
    found += serious(tab, "dark", CONTRAST)
    tab.emulate_media(color_scheme="light")
    for name, size in NARROW.items():
        tab.set_viewport_size(size)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        found += [(name, f"{wide} pixels wide")] if wide > size["width"] else []
        found += [(name, cut) for cut in tab.evaluate(CUT_OFF)]
    tab.set_viewport_size(WIDE)
    tab.evaluate(STILL)  # a click on what is just moving to its place is lost
    return found


def serious(tab, how: str, rules: dict[str, object], tries: int = 8) -> list[object]:
    """What axe-core goes on finding: what is just being drawn is pale for a moment."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found: list[object] = []
    for _ in range(tries):
        ran = tab.evaluate("options => axe.run(document, options)", options)
        found = [
            (how, each["id"], [node["html"][:160] for node in each["nodes"]])
            for each in ran["violations"]
            if each["impact"] in ("serious", "critical")
        ]
        if not found:
            break
        tab.wait_for_timeout(250)
    return found
