"""Nothing tries the network at run time: a guard stops every connection that leaves this machine, and all still works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

GUARD = """
import socket, sys
tried = []
def guard(name):
    real = getattr(socket.socket, name)
    def guarded(self, address, *rest):
        local = self.family == socket.AF_UNIX or str(address[0]) in ("127.0.0.1", "::1", "localhost")
        if not local:
            tried.append(address)
            raise OSError(f"the network was tried: {address}")
        return real(self, address, *rest)
    setattr(socket.socket, name, guarded)
for name in ("connect", "connect_ex", "sendto"):
    guard(name)
real_lookup = socket.getaddrinfo
def lookup(host, *rest, **options):
    if host not in (None, "localhost", "127.0.0.1", "::1", ""):
        tried.append(host)
        raise OSError(f"a name was looked up: {host}")
    return real_lookup(host, *rest, **options)
socket.getaddrinfo = lookup
from ui.cli import main
codes = []
for line in sys.stdin.read().splitlines():
    sys.argv = ["kaderwijzer", *line.split("\\t")]
    try:
        main()
        codes.append(0)
    except SystemExit as stop:
        codes.append(stop.code or 0)
print("codes", codes, "tried", tried, file=sys.stderr)
sys.exit(1 if tried or any(codes) else 0)
"""


def test_ingest_search_and_ask_never_leave_this_machine(tmp_path):
    commands = [
        ["ingest", str(ROOT / "evals" / "demo" / "documents")],
        ["ask", "Wat is een steunfiguur?"],
        ["search", "noodfonds", "--json"],
        ["doctor"],
    ]
    environment = {**os.environ, "KADERWIJZER_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", GUARD],
        input="\n".join("\t".join(words) for words in commands),
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert "tried []" in done.stderr


def test_the_guard_itself_catches_a_connection(tmp_path):
    trap = GUARD.replace("from ui.cli import main", "def main():\n    socket.create_connection(('192.0.2.1', 80), 1)")
    done = subprocess.run([sys.executable, "-c", trap], input="x", capture_output=True, text=True, cwd=ROOT)
    assert done.returncode != 0
    assert "192.0.2.1" in done.stderr
