"""Sign-in as Streamlit offers it (OpenID Connect): who the visitor is, and the page on which visitors sign in."""

from __future__ import annotations

import sys
import time

import streamlit as st

from assistant.language import Language
from ui.access import ALLOW_OPEN, Visitor, is_signed_in, name_of, role_of, role_without_sign_in
from ui.auth_section import providers
from ui.chat import label
from ui.messages import text
from ui.settings import KaderSettings

# Streamlit sends whoever has signed in to the first page. The browser's tab remembers which one was asked for, and the
# server never learns of it. The origin goes before it, or a path such as //elsewhere would lead away from here.
_REMEMBER = """<script>
sessionStorage.setItem("kader-asked", location.pathname + location.search);
</script>"""

_RETURN = """<script>
(() => {
  const asked = sessionStorage.getItem("kader-asked");
  sessionStorage.removeItem("kader-asked");
  if (asked && asked !== location.pathname + location.search) location.replace(location.origin + asked);
})();
</script>"""


def visitor(settings: KaderSettings) -> Visitor | None:
    """Who looks at the page, or None for somebody who has yet to sign in.

    Raises:
        InvalidSettings: when nobody can be let in, with the reason.
    """
    if not providers():
        address = st.get_option("server.address")
        return Visitor(None, role_without_sign_in(address, st.context.headers, ALLOW_OPEN in sys.argv))
    claims = st.user.to_dict()
    if not is_signed_in(claims, time.time()):
        return None
    return Visitor(name_of(claims), role_of(claims, settings))


def sign_in_page(language: Language) -> None:
    """Says that sign-in is needed, with a button for each provider."""
    st.title("Kaderwijzer", anchor=False)
    with st.container(key="sign-in"):
        st.header(text("sign-in-title", language), anchor=False)
        st.text(text("sign-in-why", language))
        offered = providers()
        for provider in offered:
            name = text("sign-in", language) if len(offered) == 1 else text("sign-in-at", language, provider=provider)
            st.button(
                label(name),
                key=f"sign-in-{provider}",
                icon=":material/login:",
                type="primary",
                on_click=st.login,
                args=(provider,),
            )
    st.html(_REMEMBER, unsafe_allow_javascript=True)


def above_the_role(language: Language) -> None:
    """What visitors see who go by its address to a page that is not for them."""
    st.title("Kaderwijzer", anchor=False)
    st.header(text("sign-in-not-yours", language), anchor=False)
    st.text(text("sign-in-ask-for-it", language))


def signed_in(who: Visitor, language: Language) -> None:
    """In the sidebar: who is signed in, in which role, and the way out."""
    if who.name is None:
        return
    st.html(_RETURN, unsafe_allow_javascript=True)
    with st.sidebar, st.container(key="signed-in", gap="xsmall"):
        st.caption(label(text(f"sign-in-{who.role}", language, name=who.name)))
        st.button(text("sign-out", language), key="sign-out", icon=":material/logout:", on_click=st.logout)
