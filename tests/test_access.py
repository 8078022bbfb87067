"""Who may see what: roles, sign-in, and where the page may be served without it."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from signing_in import COOKIE_SECRET, write_secrets
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

import ui.access
import ui.app
from ingest.errors import InvalidSettings
from ui.access import (
    SIGN_IN_LASTS,
    allows,
    check_address,
    is_signed_in,
    name_of,
    providers_of,
    role_of,
    role_without_sign_in,
)
from ui.auth_section import providers
from ui.settings import KaderSettings, read_settings
from ui.start import main

PROVIDER = {"client_id": "a", "client_secret": "b", "server_metadata_url": "https://aanmelden.example/metadata"}
SHARED = {"redirect_uri": "https://kaderwijzer.example/oauth2callback", "cookie_secret": COOKIE_SECRET}
AUTH = SHARED | PROVIDER
EVALUATOR = "beoordelaar@gemeente.example"
ADMINISTRATOR = "beheerder@gemeente.example"


@pytest.fixture
def settings(monkeypatch):
    def made(**values) -> KaderSettings:
        for name, value in values.items():
            monkeypatch.setenv(f"KADERWIJZER_{name.upper()}", value)
        return read_settings()

    return made


@pytest.fixture
def listed(settings):
    return settings(evaluators=EVALUATOR, administrators=f"{ADMINISTRATOR}, iemand@gemeente.example")


class TestTheRole:
    @pytest.mark.parametrize(
        ("claim", "role"),
        [
            (None, "reader"),
            ("reader", "reader"),
            ("evaluator", "evaluator"),
            ("Administrator", "administrator"),
            (["evaluator"], "evaluator"),
            (["evaluator", "administrator", "iets anders"], "administrator"),
            ("reader evaluator", "evaluator"),
            ("reader,administrator", "administrator"),
            ("administrators", "reader"),
            ({"administrator": True}, "reader"),
            (True, "reader"),
            ([["administrator"]], "reader"),
        ],
    )
    def test_comes_from_a_claim_that_is_a_list_or_a_string(self, settings, claim, role):
        assert role_of({"roles": claim}, settings()) == role

    def test_comes_from_the_claim_that_the_settings_name(self, settings):
        claims = {"roles": "administrator", "https://gemeente.example/rollen": ["evaluator"]}
        assert role_of(claims, settings(roles_claim="https://gemeente.example/rollen")) == "evaluator"

    @pytest.mark.parametrize(
        ("email", "role"),
        [
            (EVALUATOR, "evaluator"),
            (ADMINISTRATOR.upper(), "administrator"),
            ("iemand@gemeente.example", "administrator"),
            ("ander@gemeente.example", "reader"),
            (None, "reader"),
            ([ADMINISTRATOR], "reader"),
        ],
    )
    def test_comes_from_the_lists_of_addresses_in_any_case(self, listed, email, role):
        assert role_of({"email": email}, listed) == role

    def test_of_a_list_with_capitals_is_found_all_the_same(self, settings):
        assert role_of({"email": EVALUATOR}, settings(evaluators=EVALUATOR.title())) == "evaluator"

    @pytest.mark.parametrize("verified", [False, "false", "False"])
    def test_does_not_come_from_an_address_that_nobody_verified(self, listed, verified):
        assert role_of({"email": ADMINISTRATOR, "email_verified": verified}, listed) == "reader"

    @pytest.mark.parametrize("verified", [True, "true"])
    def test_comes_from_an_address_that_was_verified(self, listed, verified):
        assert role_of({"email": ADMINISTRATOR, "email_verified": verified}, listed) == "administrator"

    def test_is_the_highest_of_the_claim_and_the_lists(self, listed):
        assert role_of({"roles": "administrator", "email": EVALUATOR}, listed) == "administrator"
        assert role_of({"roles": "evaluator", "email": ADMINISTRATOR}, listed) == "administrator"

    def test_reaches_the_pages_of_lower_roles_and_no_others(self):
        reached = {role: [least for least in ui.access.ROLES if allows(role, least)] for role in ui.access.ROLES}
        assert reached == {
            "reader": ["reader"],
            "evaluator": ["reader", "evaluator"],
            "administrator": ["reader", "evaluator", "administrator"],
        }


class TestTheSettings:
    def test_take_a_list_from_the_file(self, settings, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        Path("kaderwijzer.toml").write_text(f'evaluators = ["{EVALUATOR.title()}", "b@c.example"]\n', "utf-8")
        assert settings().evaluators == (EVALUATOR, "b@c.example")

    def test_take_addresses_with_commas_or_spaces_between_them(self, settings):
        assert settings(evaluators="a@b.example, c@d.example  e@f.example,").evaluators == (
            "a@b.example",
            "c@d.example",
            "e@f.example",
        )

    def test_refuse_what_is_no_address(self, settings):
        with pytest.raises(InvalidSettings, match=r"KADERWIJZER_ADMINISTRATORS.*e-mail addresses"):
            settings(administrators="beheerder")


class TestASignIn:
    def test_counts_for_a_working_day(self):
        signed_in = {"is_logged_in": True, "iat": 1000}
        assert is_signed_in(signed_in, 1000 + SIGN_IN_LASTS - 1)
        assert not is_signed_in(signed_in, 1000 + SIGN_IN_LASTS)

    @pytest.mark.parametrize("claims", [{}, {"is_logged_in": False}, {"email": ADMINISTRATOR}, {"is_logged_in": "yes"}])
    def test_is_not_taken_from_anything_else(self, claims):
        assert not is_signed_in(claims, 0)

    @pytest.mark.parametrize(
        ("claims", "name"),
        [
            ({"name": "Voornaam Achternaam", "email": EVALUATOR}, "Voornaam Achternaam"),
            ({"name": " ", "email": EVALUATOR}, EVALUATOR),
            ({"sub": "42"}, "42"),
            ({}, "?"),
        ],
    )
    def test_has_a_name(self, claims, name):
        assert name_of(claims) == name


class TestTheAuthSection:
    def test_names_its_providers(self):
        assert providers_of(AUTH) == ("default",)
        assert providers_of(AUTH | {"client_kwargs": {"scope": "openid"}}) == ("default",)
        assert providers_of(SHARED | {"gemeente": PROVIDER, "regio": PROVIDER}) == ("gemeente", "regio")
        assert providers_of(AUTH | {"regio": PROVIDER}) == ("default", "regio")

    @pytest.mark.parametrize("name", AUTH)
    def test_that_lacks_something_is_refused_and_not_ignored(self, name):
        with pytest.raises(InvalidSettings, match=name):
            providers_of({key: value for key, value in AUTH.items() if key != name})

    def test_of_a_provider_that_lacks_something_names_it(self):
        with pytest.raises(InvalidSettings, match=r"\[auth.regio\] .* lacks client_secret"):
            providers_of(SHARED | {"regio": {k: v for k, v in PROVIDER.items() if k != "client_secret"}})

    def test_must_lead_back_to_where_streamlit_listens(self):
        with pytest.raises(InvalidSettings, match="/oauth2callback"):
            providers_of(AUTH | {"redirect_uri": "https://kaderwijzer.example/"})

    def test_must_have_a_secret_that_cannot_be_guessed(self):
        with pytest.raises(InvalidSettings, match=r"cookie_secret .* has 3 characters"):
            providers_of(AUTH | {"cookie_secret": "xxx"})

    def test_without_authlib_says_how_to_install_it(self, monkeypatch):
        monkeypatch.setattr(ui.access, "find_spec", lambda _: None)
        with pytest.raises(InvalidSettings, match=r"pip install 'kaderwijzer\[signin\]'"):
            providers_of(AUTH)


class TestTheSecretsOfStreamlit:
    @pytest.fixture
    def held_in(self, monkeypatch):
        def held(path: Path) -> None:
            monkeypatch.setattr(st, "secrets", Secrets())
            monkeypatch.setattr("streamlit.config._config_options", None)
            st.config.set_option("secrets.files", [str(path)])

        return held

    def test_may_be_absent_or_about_other_things(self, held_in, tmp_path):
        held_in(tmp_path / "secrets.toml")
        assert providers() == ()
        (tmp_path / "secrets.toml").write_text('[database]\nname = "x"\n', "utf-8")
        held_in(tmp_path / "secrets.toml")
        assert providers() == ()

    def test_are_read_for_the_providers(self, held_in, tmp_path):
        held_in(write_secrets(tmp_path, "https://aanmelden.example/metadata"))
        assert providers() == ("default",)

    @pytest.mark.parametrize("content", ["[auth", "[auth]\n", 'auth = "ja"\n'])
    def test_that_cannot_be_used_close_the_page(self, held_in, tmp_path, content):
        (tmp_path / "secrets.toml").write_text(content, "utf-8")
        held_in(tmp_path / "secrets.toml")
        with pytest.raises(InvalidSettings, match="secrets"):
            providers()


class TestWithoutSignIn:
    @pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.1.1"])
    def test_a_visitor_of_this_machine_is_administrator(self, address):
        assert role_without_sign_in(address, ["Host", "User-Agent"], allow_open=False) == "administrator"

    @pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.5", "kaderwijzer.example", "", None])
    def test_nobody_comes_in_from_elsewhere(self, address):
        with pytest.raises(InvalidSettings, match="--allow-open"):
            role_without_sign_in(address, [], allow_open=False)

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "forwarded", "Via"])
    def test_a_proxy_does_not_make_a_visitor_local(self, header):
        with pytest.raises(InvalidSettings, match="a proxy"):
            role_without_sign_in("127.0.0.1", ["Host", header], allow_open=False)

    @pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", None])
    def test_everybody_is_a_reader_where_that_is_allowed(self, address):
        assert role_without_sign_in(address, ["X-Forwarded-For"], allow_open=True) == "reader"

    @pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.5", "kaderwijzer.example"])
    def test_other_addresses_need_sign_in_or_leave(self, address):
        check_address(address, sign_in=True, allow_open=False)
        check_address(address, sign_in=False, allow_open=True)
        with pytest.raises(InvalidSettings, match=r"docs/access\.md.*127\.0\.0\.1.*--allow-open"):
            check_address(address, sign_in=False, allow_open=False)

    def test_this_machine_needs_neither(self):
        check_address("127.0.0.1", sign_in=False, allow_open=False)


@pytest.fixture
def start_ui(monkeypatch, capsys, tmp_path):
    """`kaderwijzer ui`, up to where it would serve: its exit code, its message, the arguments of the server."""
    monkeypatch.setenv("KADERWIJZER_DATA", str(tmp_path))

    def started(*arguments):
        served = []
        monkeypatch.setattr("streamlit.web.cli.main", lambda given, **_: served.append(given))
        monkeypatch.setattr("sys.argv", ["kaderwijzer", "ui", *arguments])
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        return code, " ".join(capsys.readouterr().err.split()), served

    return started


class TestTheCommand:
    def test_refuses_other_addresses_without_sign_in_and_says_what_to_do(self, start_ui):
        code, err, served = start_ui("--address", "0.0.0.0")
        assert (code, served) == (1, [])
        assert "docs/access.md" in err
        assert "--allow-open" in err

    def test_serves_elsewhere_where_that_is_allowed_and_the_page_knows(self, start_ui):
        code, _, (served,) = start_ui("--address", "0.0.0.0", "--allow-open")
        assert code == 0
        assert served[-2:] == ["--", "--allow-open"]
        assert "--allow-open" not in start_ui()[2][0]

    def test_serves_elsewhere_with_sign_in(self, start_ui, monkeypatch):
        monkeypatch.setattr(st, "secrets", {"auth": AUTH})
        code, _, (served,) = start_ui("--address", "0.0.0.0")
        assert code == 0
        assert "--allow-open" not in served

    def test_does_not_serve_with_a_sign_in_that_cannot_work(self, start_ui, monkeypatch):
        monkeypatch.setattr(st, "secrets", {"auth": SHARED})
        code, err, served = start_ui()
        assert (code, served) == (1, [])
        assert "client_id, client_secret, server_metadata_url" in err


@pytest.mark.parametrize(
    ("secrets", "said"),
    [
        ({}, "goed sign-in: not set up"),
        ({"auth": AUTH}, "goed sign-in: required, at default; roles from the claim 'roles', 1 evaluators"),
        ({"auth": SHARED}, "mis sign-in: [auth] in Streamlit's secrets lacks client_id"),
    ],
)
def test_doctor_says_how_visitors_sign_in(monkeypatch, capsys, tmp_path, secrets, said):
    monkeypatch.setenv("KADERWIJZER_DATA", str(tmp_path))
    monkeypatch.setenv("KADERWIJZER_EVALUATORS", EVALUATOR)
    monkeypatch.setattr(st, "secrets", secrets)
    monkeypatch.setattr("sys.argv", ["kaderwijzer", "doctor"])
    with pytest.raises(SystemExit):  # there is no index
        main()
    assert said in " ".join(capsys.readouterr().out.split())


def draw_for(least):
    def draw(desk):
        st.text(f"blad voor {least}, gezien door {desk.role}")

    return draw


@pytest.fixture
def visit(monkeypatch, demo_data):
    """Opens the page, as whoever has these claims, with these secrets; there is a page for each role."""
    monkeypatch.setenv("KADERWIJZER_DATA", str(demo_data))
    pages = [("chat", ":material/chat:", "", "reader"), ("evaluation", ":material/check:", "evaluatie", "evaluator")]
    pages += [("documents", ":material/folder:", "beheer", "administrator")]
    monkeypatch.setattr(ui.app, "PAGES", tuple((*page, draw_for(page[-1])) for page in pages))

    def opened(claims=None, secrets=None, address="127.0.0.1") -> AppTest:
        monkeypatch.setattr("streamlit.config._config_options", None, raising=False)
        st.config.set_option("server.address", address)
        page = AppTest.from_function(_whole_app, default_timeout=60)
        page.secrets = secrets or {}
        page.user = claims or {}
        page.run()
        assert not page.exception
        return page

    return opened


def _whole_app():
    import ui.app

    ui.app.main()


def texts(page: AppTest) -> list[str]:
    return [t.value for t in page.text]


def go_to(page: AppTest, address: str) -> AppTest:
    page._page_hash = next(h for h, p in page._registered_pages.items() if p["url_pathname"] == address)
    page.run()
    assert not page.exception
    return page


def buttons(page: AppTest) -> list[str]:
    return [b.key for b in page.button]


class TestThePages:
    def test_are_all_there_for_a_visitor_of_this_machine(self, visit):
        page = visit()
        assert texts(page) == ["blad voor reader, gezien door administrator"]
        assert texts(go_to(page, "beheer")) == ["blad voor administrator, gezien door administrator"]
        assert "sign-out" not in buttons(page)

    def test_are_for_nobody_where_others_may_come_and_there_is_no_sign_in(self, visit):
        page = visit(address="0.0.0.0")
        assert "klopt niet" in page.error[0].value
        assert texts(page) == []
        assert texts(go_to(page, "evaluatie")) == []

    @pytest.mark.parametrize("claims", [{}, {"is_logged_in": False}, {"is_logged_in": True, "iat": 1}])
    def test_are_for_nobody_before_sign_in(self, visit, claims):
        page = visit(claims, {"auth": AUTH})
        for address in ("", "evaluatie", "beheer"):
            shown = go_to(page, address)
            assert [h.value for h in shown.header] == ["Meld u aan"]
            assert not any("blad voor" in shown for shown in texts(shown))
        assert buttons(page) == ["sign-in-default"]

    def test_offer_each_provider(self, visit):
        page = visit({}, {"auth": SHARED | {"gemeente": PROVIDER, "regio": PROVIDER}})
        assert [b.label for b in page.button] == ["Aanmelden via gemeente", "Aanmelden via regio"]

    @pytest.mark.parametrize("role", ui.access.ROLES)
    def test_are_those_of_the_role(self, visit, role):
        page = visit({"is_logged_in": True, "name": "Voornaam *Achternaam*", "roles": role}, {"auth": AUTH})
        assert "sign-out" in buttons(page)
        assert any("Voornaam" in c.value and "*Achternaam*" not in c.value for c in page.caption)
        for address, least in (("", "reader"), ("evaluatie", "evaluator"), ("beheer", "administrator")):
            shown = go_to(page, address)
            drawn = [t for t in texts(shown) if "blad voor" in t]
            assert drawn == ([f"blad voor {least}, gezien door {role}"] if allows(role, least) else [])
            assert (shown.header[0].value if shown.header else "") == (
                "" if allows(role, least) else "Deze pagina is niet voor u opengesteld"
            )

    def test_above_the_role_are_not_in_the_menu(self, visit, monkeypatch):
        drawn = []
        real = st.Page
        monkeypatch.setattr(
            st, "Page", lambda *a, **k: drawn.append((k["url_path"], k.get("visibility"))) or real(*a, **k)
        )
        visit({"is_logged_in": True, "roles": "evaluator"}, {"auth": AUTH})
        assert drawn == [("", "visible"), ("evaluatie", "visible"), ("beheer", "hidden")]

    def test_close_when_the_sign_in_cannot_work(self, visit):
        page = visit({"is_logged_in": True, "roles": "administrator"}, {"auth": SHARED})
        assert "klopt niet" in page.error[0].value
        assert texts(page) == []
