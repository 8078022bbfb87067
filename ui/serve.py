"""Starts the Streamlit server of the chat page."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from threading import Thread

from ui.access import ALLOW_OPEN
from ui.options import err

PAGE = Path(__file__).parent / "app.py"

_SLOW_TO_IMPORT = ("assistant.engine", "chromadb.api.rust", "streamlit.emojis")  # what the first page draws on


def has_screen() -> bool:
    """Whether a person sits at this terminal with a screen on which a browser can open."""
    graphical = sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))
    return graphical and sys.stdout.isatty()


def streamlit_command(address: str, port: int, browser: bool = False, allow_open: bool = False) -> list[str]:
    """The command that serves the page: statistics and e-mail prompt off, no file watcher, uploads up to 50 MB.

    With `browser`, Streamlit opens the page in the user's browser once it serves.
    """
    return [sys.executable, "-m", "streamlit", *_arguments(address, port, browser, allow_open)]


def serve(address: str, port: int, allow_open: bool = False) -> None:
    """Serves the page in this process until it is stopped; the engine loads while the browser does."""
    from streamlit.web import bootstrap  # noqa: F401  # before the thread begins, or both would import the same things
    from streamlit.web.cli import main

    Thread(target=lambda: [import_module(name) for name in _SLOW_TO_IMPORT], daemon=True).start()
    shown = "localhost" if address in ("127.0.0.1", "0.0.0.0") else address  # noqa: S104  # only compared
    err.print(f"Kaderwijzer: http://{shown}:{port}  (stop with Ctrl-C)")
    main(_arguments(address, port, has_screen(), allow_open), prog_name="streamlit", standalone_mode=False)


def _arguments(address: str, port: int, browser: bool, allow_open: bool) -> list[str]:
    options = {
        "server.address": address,
        "server.port": str(port),
        "server.headless": "false" if browser else "true",
        "server.showEmailPrompt": "false",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "logger.hideWelcomeMessage": "true",  # for an address of 0.0.0.0 it would ask a site for our public address
        "runner.magicEnabled": "false",  # it would write every string that stands by itself on the page
        "server.maxUploadSize": "50",
        "theme.light.backgroundColor": "#ffffff",  # style.css lays the same behind what stays in view
        "theme.dark.backgroundColor": "#171614",
        "theme.light.primaryColor": "#1d5fa8",
        "theme.dark.primaryColor": "#7fb5ee",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return ["run", str(PAGE), *flags, *(["--", ALLOW_OPEN] if allow_open else [])]
