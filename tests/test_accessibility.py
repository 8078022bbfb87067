"""axe-core over every page, in light and in dark: nothing serious or critical in what the application draws."""

from __future__ import annotations

import pytest
from test_browser import CHROMIUM, serving, sync_api

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium"),
]

PAGES = ["", "vergelijken", "wegwijs", "documenten", "evaluatie"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def address(demo_data):
    with serving(demo_data) as served:
        yield served


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_serious_on_a_page(address, browser, page, scheme):
    tab = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    tab.goto(f"{address}/{page}")
    tab.get_by_role("heading", level=1).wait_for(timeout=30_000)
    tab.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for(timeout=60_000)
    found = axe.Axe().run(tab, options={"runOnly": {"type": "tag", "values": TAGS}})
    tab.close()
    serious = [
        (v["id"], [node["html"][:160] for node in v["nodes"]])
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []
