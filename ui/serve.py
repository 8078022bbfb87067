"""Starts the Streamlit server of the chat page, and stops with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ui.terminal import err

PAGE = Path(__file__).parent / "app.py"


def streamlit_command(address: str, port: int) -> list[str]:
    """The command that serves the page: usage statistics off, no browser opened, no file watcher, small uploads."""
    options = {
        "server.address": address,
        "server.port": str(port),
        "server.headless": "true",
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


def serve(address: str, port: int) -> int:
    """Serves the page until interrupted; gives the server's exit code."""
    shown = "localhost" if address in ("127.0.0.1", "0.0.0.0") else address  # noqa: S104  # only compared
    err.print(f"Kaderwijzer: http://{shown}:{port}  (stop with Ctrl-C)")
    server = subprocess.Popen(streamlit_command(address, port))  # noqa: S603  # our own page, no shell
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0
