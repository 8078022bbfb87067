"""Whole visits in a real browser: the first on an empty index, a conversation, its interruptions, what becomes of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from building import GROEN
from halting_page import GATE, WORD
from test_browser import QUESTION, ROOT, ask, browser, chips, expect, free_port, open_page, pytestmark, serving  # noqa: F401

from evals.questions import read_set
from ui.kept import FILE, Kept

FOLLOW_UP = "En wie beslist daarover?"
ANOTHER = "Wat kost de huur van een sporthal per uur voor volwassenen?"
ENGLISH = "How much is the neighbourhood budget per district?"
HALTING = Path(__file__).with_name("halting_page.py")


@pytest.fixture
def visit(open_page):  # noqa: F811
    return open_page


@pytest.fixture(scope="module")
def data(demo_data, tmp_path_factory):
    """The demo documents, with conversations and question sets of this module only."""
    ignored = shutil.ignore_patterns(FILE, "evaluation", "runs")
    return shutil.copytree(demo_data, tmp_path_factory.mktemp("journeys") / "data", ignore=ignored)


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    """The file that lets the language model end its reply; as long as it is away, answers are being written."""
    return tmp_path_factory.mktemp("gate") / "open"


@pytest.fixture(scope="module")
def address(data, gate):
    with serving(data, app=HALTING, PYTHONPATH=str(ROOT), **{GATE: str(gate)}) as address:
        yield address


@pytest.fixture(autouse=True)
def open_gate(gate):
    gate.touch()


def begin(page, question: str) -> None:
    """Asks a question whose answer is not there yet."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".st-key-draft")).to_contain_text(WORD.strip())


def cited(page):
    return page.locator(".kader-section mark")


def test_a_first_visit_without_documents_leads_to_the_first_document_and_its_first_answer(visit, tmp_path):
    with serving(tmp_path / "data") as address:
        page = visit(address)
        expect(page.get_by_role("heading", name="Er zijn nog geen documenten opgenomen")).to_be_visible()
        expect(page.get_by_test_id("stChatInputTextArea")).to_have_count(0)
        page.locator("input[type=file]").set_input_files(
            {"name": "groen.txt", "mimeType": "text/plain", "buffer": GROEN.encode()}
        )
        page.locator(".st-key-intake-add button").click()
        expect(page.locator(".st-key-intake-report")).to_contain_text("groen.txt is toegevoegd")
        answer = ask(page, "Hoeveel bomen planten wij terug voor elke boom die verdwijnt?")
        chips(answer).first.click()
        expect(cited(page)).to_have_text("Voor elke boom die verdwijnt planten wij er twee terug.")


def test_a_follow_up_is_read_with_the_question_before_it_and_opens_at_its_own_quote(visit, address, demo_assistant):
    expected = demo_assistant.ask(FOLLOW_UP, [QUESTION])
    page = visit(address)
    expect(chips(ask(page, QUESTION)).first).to_be_visible()
    answer = ask(page, FOLLOW_UP, turn=1)
    expect(answer).to_contain_text(f"Begrepen als: {expected.standalone_question}")
    chips(answer).first.click()
    expect(cited(page)).to_have_text(expected.citation(expected.claims[0].citations[0]).quote)
    expect(page.locator(".st-key-turn-0")).to_be_attached()


def test_a_judgement_becomes_a_question_of_a_set_and_the_set_is_run(visit, address, data):
    page = visit(address)
    answer = ask(page, QUESTION)
    answer.get_by_role("radio", name="Thumbs down").click()
    answer.get_by_text("onvolledig").click()
    answer.locator("textarea").fill("Het jaar ontbreekt.")
    answer.get_by_role("button", name="Versturen").click()
    expect(answer).to_contain_text("Uw oordeel is bewaard")
    answer.get_by_role("button", name="Toevoegen aan de evaluatieset").click()
    expect(answer.get_by_role("button", name="Staat klaar voor de evaluatieset")).to_be_disabled()
    page.get_by_role("link", name="Evaluatie").click()
    proposed = page.locator(".st-key-evaluation-proposals")
    expect(proposed).to_contain_text(QUESTION)
    expect(proposed).to_contain_text("duim omlaag, onvolledig")
    expect(proposed).to_contain_text("Het jaar ontbreekt.")
    proposed.get_by_label("Naam van de nieuwe vragenset").fill("uit het gesprek")
    proposed.get_by_label("Naam van de nieuwe vragenset").press("Enter")
    page.locator(".st-key-evaluation-proposal-add button").click()
    expect(proposed).to_contain_text("De vraag is toegevoegd")
    (case,) = read_set(data / "evaluation" / "uit-het-gesprek.jsonl")
    assert case.question == QUESTION
    assert case.evidence
    assert Kept(data).proposals() == {}
    page.locator(".st-key-evaluation-set input").click()
    page.get_by_role("option", name="uit-het-gesprek").click()
    page.get_by_role("button", name="Toets uitvoeren").click()
    expect(page.get_by_text("De toets is klaar")).to_be_visible(timeout=60_000)
    expect(page.locator(".kader-table").first).to_contain_text("uit-het-gesprek")


def test_a_visit_in_english_is_english_and_cites_the_dutch_text(visit, address, demo_assistant):
    expected = demo_assistant.ask(ENGLISH)
    page = visit(address)
    page.get_by_text("English").click()
    expect(page.locator("[class*=st-key-suggestion-] button").first).to_contain_text("What does")
    answer = ask(page, ENGLISH)
    expect(answer).to_contain_text("These are literal sentences from the documents.")
    chips(answer).first.click()
    expect(cited(page)).to_have_text(expected.citation(expected.claims[0].citations[0]).quote)
    expect(page.locator(".kader-section")).to_have_attribute("lang", "nl")
    menu = page.get_by_test_id("stSidebarNav").inner_text()
    assert not re.search("Vragen|Vergelijken|Wegwijs|Documenten|Evaluatie", menu)


def test_clicks_during_an_answer_lose_nothing(visit, address, gate):
    page = visit(address)
    first = ask(page, QUESTION)
    expect(chips(first).first).to_be_visible()
    gate.unlink()
    begin(page, ANOTHER)
    chips(first).first.click()
    expect(cited(page)).to_be_visible()
    page.get_by_text("English").click()
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()
    expect(page.locator(".st-key-draft")).to_contain_text(WORD.strip())
    begin(page, FOLLOW_UP)
    gate.touch()
    expect(chips(page.locator(".st-key-turn-2")).first).to_be_visible()
    asked = [page.locator(f".st-key-question-{n}").inner_text() for n in range(3)]
    assert [text.splitlines()[-1] for text in asked] == [QUESTION, ANOTHER, FOLLOW_UP]
    expect(chips(page.locator(".st-key-turn-1")).first).to_be_visible()
    expect(cited(page)).to_be_visible()


def test_two_tabs_do_not_see_each_others_conversation(visit, address, gate):
    one, other = visit(address), visit(address)
    expect(chips(ask(one, QUESTION)).first).to_be_visible()
    gate.unlink()
    begin(one, FOLLOW_UP)  # still being answered
    gate.touch()
    answer = ask(other, ANOTHER)
    expect(chips(answer).first).to_be_visible()
    expect(chips(one.locator(".st-key-turn-1")).first).to_be_visible()
    assert one.url != other.url
    for page, said, unsaid in ((one, QUESTION, ANOTHER), (other, ANOTHER, QUESTION)):
        expect(page.locator(".st-key-question-0")).to_contain_text(said)
        expect(page.get_by_text(unsaid)).to_have_count(0)


def test_a_server_that_starts_anew_during_an_answer_finds_the_conversation_and_answers(visit, data, gate):
    port = free_port()
    gate.unlink()
    with serving(data, port=port, app=HALTING, PYTHONPATH=str(ROOT), **{GATE: str(gate)}) as address:
        page = visit(address)
        gate.touch()
        expect(chips(ask(page, QUESTION)).first).to_be_visible()
        gate.unlink()
        begin(page, FOLLOW_UP)
        named = page.url
    with serving(data, port=port):
        expect(chips(page.locator(".st-key-turn-1")).first).to_be_visible(timeout=60_000)
        expect(page.locator(".st-key-question-0")).to_contain_text(QUESTION)
        expect(page.locator(".st-key-question-1")).to_contain_text(FOLLOW_UP)
        assert page.url == named
        expect(chips(ask(page, ANOTHER, turn=2)).first).to_be_visible()


def test_with_the_keyboard_alone_a_reader_asks_opens_a_source_reads_on_and_returns(visit, address):
    page = visit(address)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    tab_to(page, "[data-testid=stChatInputTextArea]")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    chip = chips(page.locator(".st-key-turn-0")).first
    expect(chip).to_be_visible()
    tab_to(page, "[class*=st-key-chip-0] button", back=True)
    page.keyboard.press("Enter")
    expect(cited(page)).to_be_focused()
    tab_to(page, ".st-key-next button")
    page.keyboard.press("Enter")
    expect(page.locator(".kader-section")).to_be_focused()
    tab_to(page, ".st-key-close button", back=True)
    page.keyboard.press("Enter")
    expect(page.locator(".kader-section")).to_have_count(0)
    tab_to(page, "[data-testid=stChatInputTextArea]")
    page.keyboard.type(FOLLOW_UP)
    page.keyboard.press("Enter")
    expect(chips(page.locator(".st-key-turn-1")).first).to_be_visible()


def tab_to(page, selector: str, back: bool = False, most: int = 60) -> None:
    """Goes from control to control until the one that is looked for has the focus."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the focus does not reach {selector} in {most} steps")
