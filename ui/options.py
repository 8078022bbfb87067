"""What all commands share: the option for JSON, how it is printed, refusals, and the exit code of work done in part."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from ingest.errors import KaderwijzerError
from ui.settings import unusable

err = Console(stderr=True, highlight=False)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output and nothing else there.")]

PARTLY = 3


def emit(value: dict[str, Any]) -> None:
    """Prints one JSON object on one line, in UTF-8; half a pair of surrogates is written as it is escaped in JSON."""
    line = json.dumps(value, ensure_ascii=False, default=str) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def run(app: Callable[[], object]) -> None:
    """Runs a command line; refusals become a message and an exit code, never a traceback."""
    try:
        app()
    except KaderwijzerError as error:
        _refused(error)
    except KeyboardInterrupt:
        err.print("kaderwijzer: interrupted; nothing was changed")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        _refused(unusable(error))


def _refused(error: KaderwijzerError) -> NoReturn:
    err.print(f"[red]kaderwijzer:[/] {escape(str(error))}", soft_wrap=True)
    sys.exit(error.exit_code)
