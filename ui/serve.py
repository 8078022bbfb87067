"""Starts the Streamlit server of the chat page."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from ui.terminal import err

PAGE = Path(__file__).parent / "app.py"


def has_screen() -> bool:
    """Whether a person sits at this terminal with a screen on which a browser can open."""
    graphical = sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))
    return graphical and sys.stdout.isatty()


def streamlit_command(address: str, port: int, browser: bool = False) -> list[str]:
    """The command that serves the page: usage statistics and e-mail prompt off, no file watcher, small uploads.

    With `browser`, Streamlit opens the page in the user's browser once it serves.
    """
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
        "server.maxUploadSize": "1",
        "theme.light.primaryColor": "#1d5fa8",
        "theme.dark.primaryColor": "#7fb5ee",
    }
    return [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(PAGE),
        *(f"--{name}={value}" for name, value in options.items()),
    ]


def serve(address: str, port: int) -> NoReturn:
    """Becomes the server: the same process, so that whoever stops `kaderwijzer ui` stops the page."""
    shown = "localhost" if address in ("127.0.0.1", "0.0.0.0") else address  # noqa: S104  # only compared
    err.print(f"Kaderwijzer: http://{shown}:{port}  (stop with Ctrl-C)")
    command = streamlit_command(address, port, has_screen())
    os.execv(command[0], command)  # noqa: S606  # our own page, no shell
