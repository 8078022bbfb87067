"""Where the command `kaderwijzer` begins: what the other commands import would keep the page waiting."""

from __future__ import annotations

import sys

from ui.options import run


def main() -> None:
    """Runs the command line; refusals become a message and an exit code, never a traceback."""
    if sys.argv[1:2] == ["ui"]:
        from ui.page_command import app
    else:
        from ui.cli import app
    run(app)
