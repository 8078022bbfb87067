"""Who may see what: roles from the claims of a sign-in, and where the page may be served without one.

OpenID Connect Core 1.0 names the claims: section 2 (`iat`), section 5.1 (`email`, `email_verified`, `name`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING

from ingest.errors import InvalidSettings

if TYPE_CHECKING:
    from ui.desk import Role
    from ui.settings import KaderSettings

ROLES: tuple[Role, ...] = ("reader", "evaluator", "administrator")
"""From least to most; each may do what those before it may."""

ALLOW_OPEN = "--allow-open"
SIGN_IN_LASTS = 12 * 60 * 60
"""Seconds. Streamlit's cookie lasts thirty days, and would keep a role that was withdrawn for as long."""

_SHORTEST_SECRET = 32  # whoever guesses the cookie secret can write a cookie with any role in it
_FORWARDED = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})
_HOW = "docs/access.md says how to set up sign-in"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page; without sign-in nobody has a name."""

    name: str | None
    role: Role


def allows(role: Role, least: Role) -> bool:
    """Whether a role reaches the least one that is asked for."""
    return ROLES.index(role) >= ROLES.index(least)


def role_of(claims: Mapping[str, object], settings: KaderSettings) -> Role:
    """The highest role that the claim or the lists of e-mail addresses give; whoever can sign in is a reader."""
    named = set(_words(claims.get(settings.roles_claim)))
    email = _verified_email(claims)
    if "administrator" in named or email in settings.administrators:
        return "administrator"
    if "evaluator" in named or email in settings.evaluators:
        return "evaluator"
    return "reader"


def name_of(claims: Mapping[str, object]) -> str:
    """What to call somebody: the first of name, user name and e-mail address that the provider tells."""
    told = (claims.get(key) for key in ("name", "preferred_username", "email", "sub"))
    return next((value for value in told if isinstance(value, str) and value.strip()), "?")


def is_signed_in(claims: Mapping[str, object], now: float) -> bool:
    """Whether these are the claims of a sign-in that still counts; `now` in seconds since 1970."""
    issued = claims.get("iat")
    lasts = not isinstance(issued, int | float) or now - issued < SIGN_IN_LASTS
    return claims.get("is_logged_in") is True and lasts


def providers_of(auth: Mapping[str, object]) -> tuple[str, ...]:
    """The providers in the `[auth]` section of Streamlit's secrets; "default" is the one without a name.

    Raises:
        InvalidSettings: when something is missing or Authlib is not installed. A sign-in that does not work must not
            leave the page open.
    """
    _shared_settings(auth)
    named = [name for name, section in auth.items() if isinstance(section, Mapping) and name != "client_kwargs"]
    providers = tuple(["default"] if "client_id" in auth or not named else []) + tuple(named)
    for provider in providers:
        section = auth.get(provider, auth if provider == "default" else {})
        where = "[auth]" if section is auth else f"[auth.{provider}]"
        _required(section, ("client_id", "client_secret", "server_metadata_url"), where)
    if find_spec("authlib") is None:
        raise InvalidSettings(
            "sign-in is set up in Streamlit's secrets, but Authlib is not installed, which it needs. "
            "Install it: pip install 'kaderwijzer[signin]'"
        )
    return providers


def role_without_sign_in(address: str | None, headers: Iterable[str], allow_open: bool) -> Role:
    """The role of a visitor where no sign-in is set up; `headers` are the names of those in the visitor's request.

    A proxy on this machine makes everyone a local visitor: where one shows, this is not a visitor of this machine.

    Raises:
        InvalidSettings: when the visitor may come from elsewhere and that is not allowed.
    """
    if allow_open:
        return "reader"
    if not is_loopback(address):
        raise _open_to_others(f"the address {address or 'of every network'}")
    if any(name.lower() in _FORWARDED for name in headers):
        raise _open_to_others("a proxy")
    return "administrator"


def check_address(address: str, sign_in: bool, allow_open: bool) -> None:
    """Refuses to listen on other addresses than this machine's own without sign-in, unless that is allowed.

    Raises:
        InvalidSettings: saying what to do.
    """
    if not (sign_in or allow_open or is_loopback(address)):
        raise _open_to_others(f"the address {address}")


def is_loopback(address: str | None) -> bool:
    """Whether only this machine itself can reach an address."""
    if address == "localhost":
        return True
    try:
        return ip_address(address or "").is_loopback
    except ValueError:  # a host name, or nothing, with which Streamlit listens everywhere
        return False


def _open_to_others(way: str) -> InvalidSettings:
    return InvalidSettings(
        f"other machines may reach the page by {way}, and no sign-in is set up. Set it up ({_HOW}), serve on "
        f"127.0.0.1, or start with {ALLOW_OPEN}: then everybody who reaches the page is a reader"
    )


def _shared_settings(auth: Mapping[str, object]) -> None:
    _required(auth, ("redirect_uri", "cookie_secret"), "[auth]")
    if not str(auth["redirect_uri"]).endswith("/oauth2callback"):
        raise InvalidSettings(
            f"redirect_uri under [auth] in Streamlit's secrets is {auth['redirect_uri']!r}; it should be the address "
            "of the page followed by /oauth2callback, the same as is registered with the provider"
        )
    if len(str(auth["cookie_secret"])) < _SHORTEST_SECRET:
        raise InvalidSettings(
            f"cookie_secret under [auth] in Streamlit's secrets has {len(str(auth['cookie_secret']))} characters; it "
            f"should be at least {_SHORTEST_SECRET} that nobody can guess, such as this prints: "
            "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def _required(section: object, names: tuple[str, ...], where: str) -> None:
    held = section if isinstance(section, Mapping) else {}
    if missing := [name for name in names if not held.get(name)]:
        raise InvalidSettings(f"{where} in Streamlit's secrets lacks {', '.join(missing)}; {_HOW}")


def _verified_email(claims: Mapping[str, object]) -> str | None:
    """The e-mail address, unless the provider says that nobody checked whose it is; some write that as a string."""
    email = claims.get("email")
    unchecked = str(claims.get("email_verified", True)).lower() == "false"
    return email.strip().casefold() if isinstance(email, str) and not unchecked else None


def _words(claim: object) -> list[str]:
    """The values of a claim, which is a list, or a string of one or more."""
    values = re.split(r"[\s,;]+", claim) if isinstance(claim, str) else claim
    return [str(value).strip().casefold() for value in values] if isinstance(values, list | tuple) else []
