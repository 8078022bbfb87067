"""What outlasts a visit: conversations, what people thought of answers, and what is proposed for the evaluation set.

One SQLite file in the data folder. It is opened for each call and closed after it, so that any thread and any process
may use it; a call that finds it locked waits for its turn.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import KaderwijzerError

Json = dict[str, Any]

FILE = "kaderwijzer.db"

_WAIT = 5.0  # seconds for another writer to finish
_ID = re.compile(r"[A-Za-z0-9_-]{20,64}")

_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE turn (id INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, question TEXT NOT NULL, "
        "municipalities TEXT NOT NULL, documents TEXT NOT NULL, asked_at TEXT NOT NULL, generation TEXT, answer TEXT)",
        "CREATE INDEX turn_of_conversation ON turn (conversation, id)",
        "CREATE TABLE feedback (turn INTEGER PRIMARY KEY, entry TEXT NOT NULL)",
        "CREATE TABLE proposal (turn INTEGER PRIMARY KEY, entry TEXT NOT NULL)",
    ),
)
"""What brings the file from each version to the next; a version that was released is never edited.

Turns are numbered for ever, so that feedback outlives a conversation that was wiped and is never another's.
"""


class StoreUnusable(KaderwijzerError):
    """The file of conversations and feedback is damaged, cannot be written, or is of a newer version."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question as it was kept, with where it searched; without `answer` while that is still to be given.

    One that names a `generation` was answered from that, also where the answer was let go of since.
    """

    id: int
    question: str
    municipalities: tuple[str, ...]
    documents: tuple[str, ...]
    generation: str | None
    answer: str | None


def new_conversation() -> str:
    """A name for a conversation that nobody can guess: who has it can read the conversation."""
    return secrets.token_urlsafe(24)


class Kept:
    """The file in a data folder; it is made when there is first something to keep.

    Every method raises `StoreUnusable`, with what is the matter and what to do.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def ask(self, conversation: str, question: str, municipalities: Sequence[str], documents: Sequence[str]) -> int:
        """Keeps a question before it is answered and gives the number of its turn."""
        asked = (conversation, question, json.dumps(list(municipalities)), json.dumps(list(documents)), now())
        with self._writing() as store:
            made = store.execute(
                "INSERT INTO turn (conversation, question, municipalities, documents, asked_at) VALUES (?, ?, ?, ?, ?)",
                asked,
            )
            return int(made.lastrowid or 0)

    def answer(self, turn: int, answer: str, generation: str) -> None:
        """Keeps the answer of a turn, as JSON, with the generation that its spans lie in."""
        with self._writing() as store:
            store.execute("UPDATE turn SET answer = ?, generation = ? WHERE id = ?", (answer, generation, turn))

    def drop(self, turn: int) -> None:
        """Lets go of a question that cannot be answered."""
        with self._writing() as store:
            store.execute("DELETE FROM turn WHERE id = ?", (turn,))

    def forget(self, generation: str | None) -> None:
        """Lets go of the answers that were made from another generation than this one: they quote what is gone.

        Their questions stay, and are asked anew when the conversation is taken up.
        """
        if self._path.exists():
            with self._writing() as store:
                store.execute("UPDATE turn SET answer = NULL WHERE generation IS NOT ?", (generation,))

    def wipe(self, conversation: str) -> None:
        """Removes a conversation from the file; what people said of its answers stays with those who evaluate."""
        with self._writing() as store:
            store.execute("DELETE FROM turn WHERE conversation = ?", (conversation,))

    def turns(self, conversation: str) -> list[KeptTurn]:
        """The turns of a conversation, oldest first; none when it is not known."""
        if not _ID.fullmatch(conversation):
            return []
        rows = self._read(
            "SELECT id, question, municipalities, documents, generation, answer FROM turn "
            "WHERE conversation = ? ORDER BY id",
            (conversation,),
        )
        return [
            KeptTurn(number, question, tuple(json.loads(places)), tuple(json.loads(names)), generation, answer)
            for number, question, places, names, generation, answer in rows
        ]

    def rate(self, turn: int, entry: Mapping[str, Any]) -> None:
        """Keeps what somebody thought of an answer, in the place of what was said of it before."""
        self._put("feedback", turn, entry)

    def withdraw(self, turn: int) -> None:
        """Lets go of what somebody thought of an answer."""
        with self._writing() as store:
            store.execute("DELETE FROM feedback WHERE turn = ?", (turn,))

    def ratings(self, conversation: str) -> dict[int, Json]:
        """What was thought of the answers of a conversation, by turn."""
        rows = self._read(
            "SELECT turn, entry FROM feedback WHERE turn IN (SELECT id FROM turn WHERE conversation = ?)",
            (conversation,),
        )
        return {turn: json.loads(entry) for turn, entry in rows}

    def feedback(self) -> list[Json]:
        """All feedback, oldest turn first, in the form that `kaderwijzer eval add-from` reads."""
        return [json.loads(entry) for (entry,) in self._read("SELECT entry FROM feedback ORDER BY turn")]

    def propose(self, turn: int, entry: Mapping[str, Any]) -> None:
        """Proposes an answer for the evaluation set."""
        self._put("proposal", turn, entry)

    def accept(self, turn: int) -> None:
        """Takes a proposal off the list: it was added to a set, or turned down."""
        with self._writing() as store:
            store.execute("DELETE FROM proposal WHERE turn = ?", (turn,))

    def proposals(self) -> dict[int, Json]:
        """What is proposed for the evaluation set, by turn, with the feedback on it where there is any."""
        rows = self._read(
            "SELECT proposal.turn, COALESCE(feedback.entry, proposal.entry) FROM proposal "
            "LEFT JOIN feedback USING (turn) ORDER BY proposal.turn"
        )
        return {turn: json.loads(entry) for turn, entry in rows}

    def _put(self, table: str, turn: int, entry: Mapping[str, Any]) -> None:
        with self._writing() as store:
            store.execute(
                f"INSERT OR REPLACE INTO {table} (turn, entry) VALUES (?, ?)",  # noqa: S608  # one of two names above
                (turn, json.dumps(entry, ensure_ascii=False)),
            )

    def _read(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        if not self._path.exists():  # nothing was kept yet, and reading is no reason to make a file
            return []
        with self._opened() as store:
            return store.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._opened() as store:
            store.execute("BEGIN IMMEDIATE")
            yield store
            store.execute("COMMIT")  # left before this line, the connection closes and nothing was written

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            store = sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None)
            try:
                store.execute("PRAGMA secure_delete = ON")  # what is wiped is overwritten
                self._bring_up_to_date(store)
                yield store
            finally:
                store.close()
        except (sqlite3.Error, OSError, json.JSONDecodeError) as error:
            raise StoreUnusable(
                f"{self._path} cannot be used ({error}). Let the user that runs Kaderwijzer write in that folder; when "
                "the file itself is damaged, move it away or put back a copy, and a new one is made by itself"
            ) from error

    def _bring_up_to_date(self, store: sqlite3.Connection) -> None:
        if _version(store) == len(_MIGRATIONS):
            return
        store.execute("BEGIN IMMEDIATE")
        version = _version(store)  # another process may have been first
        if version > len(_MIGRATIONS):
            raise StoreUnusable(
                f"{self._path} has version {version}, and this Kaderwijzer reads up to {len(_MIGRATIONS)}. "
                "Use the newer Kaderwijzer that wrote it"
            )
        for statement in (s for step in _MIGRATIONS[version:] for s in step):
            store.execute(statement)
        store.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
        store.execute("COMMIT")


def forget_answers(folder: Path, generation: str | None) -> None:
    """Lets go of the kept answers in a data folder that were made from another generation than the one that serves.

    Raises:
        StoreUnusable: they are still there; what was done to the index is done.
    """
    try:
        Kept(folder).forget(generation)
    except StoreUnusable as error:
        raise StoreUnusable(
            f"the index is up to date, but kept answers may still quote what it no longer holds: {error}. They go with "
            "the next ingest that can write there"
        ) from error


def now() -> str:
    """The moment, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _version(store: sqlite3.Connection) -> int:
    return int(store.execute("PRAGMA user_version").fetchone()[0])
