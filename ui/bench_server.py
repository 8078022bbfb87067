"""The server of the chat page as the benchmark sees it: a process of its own, its port, its memory and its work."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ui.bench_session import PATIENCE, NoAnswer
from ui.serve import streamlit_command

_ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port and its process."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def memory_mb(self) -> float:
        """Resident memory in MB (10^6 bytes).

        Raises:
            OSError: this system has no /proc.
        """
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) * 1024 / 1e6

    @property
    def worked_s(self) -> float:
        """Seconds of processor time so far: what the server itself does, whatever else the machine is busy with.

        Raises:
            OSError: this system has no /proc.
        """
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime and stime, see proc_pid_stat(5)


@contextmanager
def serving(data: Path) -> Iterator[Server]:
    """The server of the chat page over a data folder, from the moment that its process is started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KADERWIJZER_")}
    process = subprocess.Popen(  # noqa: S603  # our own program
        streamlit_command("127.0.0.1", port),
        env={**kept, "KADERWIJZER_DATA": str(data)},
        cwd=_ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_listening(server: Server) -> None:
    """Waits until the server accepts connections.

    Raises:
        NoAnswer: it ends, or does not in a minute.
    """
    ends = time.perf_counter() + PATIENCE
    while time.perf_counter() < ends and server.process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.01)
    raise NoAnswer("the server does not come up. `kaderwijzer doctor` says what is wrong")
