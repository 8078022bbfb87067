"""The `[auth]` section of Streamlit's secrets: whether and where visitors sign in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from ingest.errors import InvalidSettings
from ui.access import providers_of


def providers() -> tuple[str, ...]:
    """The providers at which visitors sign in; none when no sign-in is set up.

    Raises:
        InvalidSettings: when it is set up in a way that cannot work.
    """
    auth = _auth_section()
    return () if auth is None else providers_of(auth)


def _auth_section() -> Mapping[str, object] | None:
    """The `[auth]` section of Streamlit's secrets.

    Raises:
        InvalidSettings: when there are secrets that cannot be read; they might have asked for sign-in.
    """
    try:
        section = st.secrets.get("auth")
    except StreamlitSecretNotFoundError as error:
        if not any(Path(path).exists() for path in st.get_option("secrets.files")):
            return None
        raise InvalidSettings(f"Streamlit's secrets cannot be read: {error}. Mend the file it names") from error
    if section is None or isinstance(section, Mapping):
        return section
    raise InvalidSettings("auth in Streamlit's secrets should be a section: [auth]; docs/access.md shows one")
