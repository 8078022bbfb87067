"""Signing in and out, in a real browser, at a provider on this machine."""

from __future__ import annotations

import json
import shutil

import pytest
from signing_in import COOKIE_SECRET, provider, write_secrets
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from test_browser import browser, expect, open_page, pytestmark, serving  # noqa: F401  # also what they build on

from ui.kept import Kept

EVALUATOR = "beoordelaar@gemeente.example"


@pytest.fixture
def visit(open_page):  # noqa: F811
    return open_page


@pytest.fixture
def secrets(tmp_path):
    """Writes Streamlit's secrets where the server is started."""
    (tmp_path / ".streamlit").mkdir()
    return lambda metadata: write_secrets(tmp_path / ".streamlit", metadata)


def test_a_visitor_signs_in_at_a_provider_gets_the_role_of_the_lists_and_signs_out(visit, secrets, demo_data, tmp_path):
    claims = {"name": "Voornaam Achternaam", "email": EVALUATOR, "email_verified": True}
    with provider(claims) as one:
        secrets(f"{one.address}/.well-known/openid-configuration")
        with serving(demo_data, tmp_path, KADERWIJZER_EVALUATORS=EVALUATOR) as address:
            page = visit(f"{address}/evaluatie")
            expect(page.get_by_role("heading", name="Meld u aan")).to_be_visible()
            expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
            page.locator(".st-key-sign-in-default button").click()
            signed_in = page.locator(".st-key-signed-in")
            expect(signed_in).to_contain_text("Voornaam Achternaam (beoordelaar)")
            expect(page.get_by_role("heading", name="Nieuwe toets")).to_be_visible()
            assert page.url == f"{address}/evaluatie"
            page.goto(address)
            expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
            assert page.url.rstrip("/") == address
            expect(page.get_by_role("heading", name="Meld u aan")).to_have_count(0)
            page.locator(".st-key-sign-out button").click()
            expect(page.get_by_role("heading", name="Meld u aan")).to_be_visible()
            expect(page.get_by_test_id("stChatInputTextArea")).to_have_count(0)


@pytest.mark.parametrize("asked", [f"/?gesprek={'x' * 32}", "/documenten"])
def test_a_visitor_arrives_where_they_wanted_to_be_once(visit, secrets, demo_data, tmp_path, asked):
    data = shutil.copytree(demo_data, tmp_path / "data")
    Kept(data).ask("x" * 32, "Hoe hoog is het buurtbudget per wijk?", (), ())
    with provider({"name": "Voornaam Achternaam"}) as one:
        secrets(f"{one.address}/.well-known/openid-configuration")
        with serving(data, tmp_path) as address:
            page = visit(f"{address}{asked}")
            page.locator(".st-key-sign-in-default button").click()
            signed_in = page.locator(".st-key-signed-in")
            expect(signed_in).to_be_visible()
            page.wait_for_url(f"{address}{asked}")
            expect(page.locator("[class*=st-key-chip-0], .st-key-library-filters").first).to_be_visible()
            assert page.url == f"{address}{asked}"
            page.goto(f"{address}/vergelijken")
            expect(signed_in).to_be_visible()
            assert page.evaluate("sessionStorage.getItem('kader-asked')") is None
            assert page.url == f"{address}/vergelijken"


def test_a_cookie_that_somebody_made_up_signs_nobody_in(visit, secrets, demo_data, tmp_path):
    secrets("http://127.0.0.1:9/metadata")
    with serving(demo_data, tmp_path) as address:
        page = visit(address)
        claims = {"is_logged_in": True, "origin": address, "roles": "administrator"}
        forged = create_signed_value("guessed", USER_COOKIE_NAME, json.dumps(claims)).decode()
        page.context.add_cookies([{"name": USER_COOKIE_NAME, "value": forged, "url": address}])
        page.goto(address)
        expect(page.get_by_role("heading", name="Meld u aan")).to_be_visible()
        honest = create_signed_value(COOKIE_SECRET, USER_COOKIE_NAME, json.dumps(claims)).decode()
        page.context.add_cookies([{"name": USER_COOKIE_NAME, "value": honest, "url": address}])
        page.goto(address)
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
