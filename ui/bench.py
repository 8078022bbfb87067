"""Measures what people wait for, on the server that serves them, against the budgets of the chat page.

    python -m ui.bench [DOCUMENTS…] [--json]

The documents (by default the demo ones) are indexed in a folder of its own. The first page and single answers are
measured in a real Chromium, from the first millisecond of the server and from the key that sends; ten people at once
and memory with sessions that speak to the server as a browser does (`ui.bench_session`). All of it is bounded, on the
loopback address, and ends by itself. Figures go to standard output, progress to standard error.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import numpy as np

from evals.bench_questions import DEMO, TOPICS
from evals.bench_tables import machine, table
from ingest.errors import KaderwijzerError
from ui.bench_server import Server, serving, wait_until_listening
from ui.bench_session import PATIENCE, NoAnswer, session
from vectorstore.embeddings import EMBEDDED, go_offline, open_embeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STARTS = 3
ANSWERS = 40
PEOPLE = 10
QUESTIONS_EACH = 5
MEMORY_QUESTIONS = 200
MEMORY_SECONDS = 60.0
TURNS = 5
"""Questions before a new conversation is begun."""

_INPUT = '[data-testid="stChatInputTextArea"]'
_FORMS = (
    "Wat staat er over {}?",
    "Wat wil de gemeente bereiken met {}?",
    "Wie is verantwoordelijk voor {}?",
    "Hoeveel geld is er voor {}?",
    "Welke afspraken zijn er over {}?",
    "Hoe wordt {} gemeten?",
    "Wat verandert er aan {}?",
    "Voor wie is het beleid over {} bedoeld?",
    "Welke doelen gelden voor {}?",
    "What does the framework say about {}?",
)
QUESTIONS = tuple(form.format(topic) for form, topic in product(_FORMS, TOPICS))
"""Two hundred questions of which no two are the same, so that nothing is remembered from one to another."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value in its unit, with its budget; a value without a budget only explains another."""

    what: str
    value: float
    unit: str
    budget: float | None = None
    detail: str = ""

    @property
    def verdict(self) -> str:
        """Whether the budget is kept, in a word."""
        return "" if self.budget is None else "kept" if self.value <= self.budget else "MISSED"


def bench(documents: list[Path], chromium: str) -> list[Figure]:
    """Measures everything over the documents, in a folder of its own.

    Raises:
        KaderwijzerError: the documents cannot be indexed.
        NoAnswer: the server does not come up, or does not answer as the chat page does.
    """
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        _progress(f"indexing {len(documents)} documents or folders")
        ingest_paths(Store(data), open_embeddings(EMBEDDED), documents)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            figures = list(_starts(data, browser))
            with serving(data) as server:
                figures += _answers(server, browser)
                browser.close()
                figures += _together(server)
                figures += _memory(server)
    return figures


def _starts(data: Path, browser: Browser) -> Iterator[Figure]:
    """From the start of the process to the field in which one can ask."""
    first: list[float] = []
    listening: list[float] = []
    worked: list[float] = []
    for number in range(STARTS):
        _progress(f"start {number + 1} of {STARTS}")
        began = time.perf_counter()
        with serving(data) as server:
            wait_until_listening(server)
            listening.append(time.perf_counter() - began)
            _open(browser, server).close()
            first.append(time.perf_counter() - began)
            worked.append(server.worked_s)
    detail = f"median of {STARTS} starts; {min(first):.1f} to {max(first):.1f} s"
    yield Figure("first page usable", float(np.median(first)), "s", 3.0, detail)
    yield Figure("of which until the server listens", float(np.median(listening)), "s")
    yield Figure("processor time of the server by then", float(np.median(worked)), "s")


def _answers(server: Server, browser: Browser) -> list[Figure]:
    """From the key that sends a question to the answer on the screen, in conversations of a few questions."""
    wait_until_listening(server)
    page = _open(browser, server)
    _asked(page, "Wat staat er over zorg?", 0)  # the first question loads what the others find loaded
    times: list[float] = []
    for number, question in enumerate(QUESTIONS[:ANSWERS]):
        _progress(f"answer {number + 1} of {ANSWERS}")
        turn = number % TURNS
        if turn == 0:
            page.locator(".st-key-new button").click()
            page.locator("[class*=st-key-turn-]").first.wait_for(state="detached")
        times.append(_asked(page, question, turn))
    page.close()
    detail = f"{ANSWERS} questions in a browser, {TURNS} a conversation"
    return [
        Figure("answer shown, median", _at(times, 50) * 1000, "ms", None, detail),
        Figure("answer shown, 95th percentile", _at(times, 95) * 1000, "ms", 700, detail),
    ]


def _together(server: Server) -> list[Figure]:
    """People who all ask at once, each the next question as soon as the last was answered: the worst there is."""
    _progress(f"{PEOPLE} people at once")
    ready = Barrier(PEOPLE, timeout=PATIENCE)

    def person(number: int) -> list[float]:
        own = QUESTIONS[ANSWERS + number * QUESTIONS_EACH :][:QUESTIONS_EACH]
        with session(server.port) as tab:
            ready.wait()
            return [tab.ask(question) for question in own]

    with ThreadPoolExecutor(PEOPLE) as pool:
        times = [spent for each in pool.map(person, range(PEOPLE)) for spent in each]
    detail = f"{PEOPLE} sessions, {QUESTIONS_EACH} questions each without a pause"
    return [
        Figure(f"{PEOPLE} people at once, median", _at(times, 50), "s", None, detail),
        Figure(f"{PEOPLE} people at once, 95th percentile", _at(times, 95), "s", 2.0, detail),
    ]


def _memory(server: Server) -> list[Figure]:
    """What the server holds more after many conversations of one session, and what it holds in all."""
    times: list[float] = []
    with session(server.port) as tab:
        for question in QUESTIONS[:ANSWERS]:
            tab.ask(question)
            tab.begin_anew()
        before, worked, ends = server.memory_mb, server.worked_s, time.perf_counter() + MEMORY_SECONDS
        for number in range(MEMORY_QUESTIONS):
            if time.perf_counter() > ends:
                break
            _progress(f"memory: question {number + 1} of {MEMORY_QUESTIONS}")
            times.append(tab.ask(QUESTIONS[number % len(QUESTIONS)]))
            tab.begin_anew()
        after, worked = server.memory_mb, server.worked_s - worked
    detail = f"{len(times)} questions of one session, each in a new conversation"
    return [
        Figure("memory grown", after - before, "MB", 20, detail),
        Figure("memory of the server", after, "MB", 700, "resident, after all of this"),
        Figure("answer sent, median", _at(times, 50) * 1000, "ms", None, "the same questions, no browser"),
        Figure(
            "processor time an answer", worked / len(times) * 1000, "ms", None, "with the new conversation before it"
        ),
    ]


def _open(browser: Browser, server: Server) -> Page:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(f"http://127.0.0.1:{server.port}", wait_until="commit")
    _seen(page, f"{_INPUT}:enabled")
    return page


def _asked(page: Page, question: str, turn: int) -> float:
    """Seconds from sending to the answer, with its sources or its reason, on the screen."""
    box = page.locator(_INPUT)
    box.fill(question)
    began = time.perf_counter()
    box.press("Enter")
    _seen(page, f".st-key-turn-{turn} .stText")
    return time.perf_counter() - began


def _seen(page: Page, selector: str) -> None:
    """Waits until the screen shows such an element, and looks for it before every frame.

    A locator's own waiting looks every half a second after the first third of one, and a figure would tell of that.
    """
    page.wait_for_function("selector => document.querySelector(selector)?.checkVisibility()", arg=selector)


def as_table(figures: Sequence[Figure]) -> str:
    """The table that people read, in Markdown with aligned columns."""
    rows = [
        (f.what, _shown(f.value, f.unit), "" if f.budget is None else _shown(f.budget, f.unit), f.verdict, f.detail)
        for f in figures
    ]
    return f"{machine()}\n\n{table('The chat page', 'what | measured | budget | verdict | in detail', rows)}\n"


def _shown(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if unit == "s" else f"{value:.0f} {unit}"


def _at(values: Sequence[float], percentile: int) -> float:
    return float(np.percentile(values, percentile))


def _progress(what: str) -> None:
    sys.stderr.write(f"\r{what}".ljust(60))
    sys.stderr.flush()


def missing() -> str | None:
    """What this benchmark needs and this machine has not, with how to get it."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed. Install the development extras: pip install -e '.[dev]'"
    return None if shutil.which("chromium") else "there is no chromium. Install it: apt-get install chromium"


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line, measures, writes the table or one JSON object; 1 when it cannot measure."""
    parser = argparse.ArgumentParser(prog="python -m ui.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("documents", nargs="*", type=Path, help="files and folders; by default the demo documents")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    given = parser.parse_args(arguments)
    go_offline()
    try:
        if lacking := missing():
            raise NoAnswer(lacking)
        figures = bench(given.documents or [DEMO / "documents"], str(shutil.which("chromium")))
    except (KaderwijzerError, NoAnswer) as error:
        sys.stderr.write(f"\nthe benchmark cannot be made: {error}\n")
        return 1
    sys.stderr.write("\n")
    if given.json:
        kept = [{**asdict(figure), "verdict": figure.verdict} for figure in figures]
        sys.stdout.write(json.dumps({"machine": machine(), "figures": kept}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
