"""A run in the background, one at a time for the whole server: a click, a rerun or a closed tab does not end it.

Every answer is stored as it comes, so a run that was stopped, or was cut off with the server, goes on in its folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event, Lock, Thread

from assistant.engine import Assistant
from evals.records import Json
from ingest.errors import KaderwijzerError


class _Stopped(Exception):
    """Somebody asked the run to stop."""


class Job:
    """One run: how far it is, and how it ended. `error` is what refused it; `broken`, without one, a fault of ours."""

    def __init__(self, assistant: Assistant, paths: Sequence[Path], folder: Path, settings: Json) -> None:
        self.folder = folder
        self.done = 0
        self.total = 0
        self.error: KaderwijzerError | OSError | None = None
        self.finished = False
        self._stop = Event()
        self._thread = Thread(target=self._run, args=(assistant, paths, settings), daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is still going."""
        return self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it."""
        return self._stop.is_set() and not self.finished

    @property
    def broken(self) -> bool:
        """Whether it ended for a reason that nobody foresaw; the log of the server has it."""
        return not (self.running or self.finished or self.stopped or self.error)

    def stop(self) -> None:
        """Ends it after the question that is being asked."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Waits until it has ended, for so long at most; gives whether it has."""
        self._thread.join(seconds)
        return not self.running

    def _run(self, assistant: Assistant, paths: Sequence[Path], settings: Json) -> None:
        from evals.run import run_sets  # scipy and scikit-learn take seconds to import

        try:
            run_sets(assistant, paths, self.folder, self._progress, settings)
            self.finished = True
        except _Stopped:
            pass
        except (KaderwijzerError, OSError) as error:
            self.error = error

    def _progress(self, _what: str, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self._stop.is_set() and done < total:
            raise _Stopped


class Runner:
    """The run that goes on, or the last one that did."""

    def __init__(self) -> None:
        self.job: Job | None = None
        self._lock = Lock()

    @property
    def busy(self) -> bool:
        """Whether a run is going on."""
        return self.job is not None and self.job.running

    def start(self, assistant: Assistant, paths: Sequence[Path], folder: Path, settings: Json) -> bool:
        """Starts a run, or goes on with the one in the folder; False when one is going on already."""
        with self._lock:
            if self.busy:
                return False
            self.job = Job(assistant, paths, folder, settings)
            return True
