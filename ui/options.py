"""What all commands share: the option for JSON, how it is printed, refusals, and the exit code of work done in part."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from ingest.errors import KaderwijzerError

err = Console(stderr=True, highlight=False)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output and nothing else there.")]

PARTLY = 3


def emit(value: dict[str, Any]) -> None:
    """Prints one JSON object on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def run(app: Callable[[], object]) -> None:
    """Runs a command line; refusals become a message and an exit code, never a traceback."""
    try:
        app()
    except KaderwijzerError as error:
        err.print(f"[red]kaderwijzer:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        err.print("kaderwijzer: interrupted; nothing was changed")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(0)
