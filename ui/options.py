"""What all commands share: the option for JSON, how it is printed, and the exit code of work done in part."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output and nothing else there.")]

PARTLY = 3


def emit(value: dict[str, Any]) -> None:
    """Prints one JSON object on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
