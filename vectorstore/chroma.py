"""Chroma, in the folder of a generation or on a server: opened, closed, and rid of a collection.

All clients of one folder in a process share what Chroma keeps open for it, and the last one to be closed gives its
files back. Chroma does not guard that against a thread that opens the folder at that moment; this module does.
A server has one client in a process, for Chroma keeps hold of each and of its connection, closed or not.
"""

from __future__ import annotations

import ctypes
import re
import shutil
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from ingest.errors import IndexMissing

if TYPE_CHECKING:
    from chromadb.api.client import Client

_lock = threading.Lock()
_SERVER = "chroma_url"  # a file in the folder of a generation
_PATIENCE = 3.0  # seconds for a server to say that it is there
_M_PERTURB, _FILLING = -6, 0x5A  # malloc.h of glibc; any byte but zero, which turns it off


def collection_name(generation_id: str) -> str:
    """The Chroma collection of a generation."""
    return f"kaderwijzer-{generation_id}"


def open_chroma(folder: Path, url: str | None) -> Client:
    """A client for the folder of a generation, or for a Chroma server by URL; telemetry off.

    The files of a folder stay open until `close_chroma`, even when nothing refers to the client any more.

    Raises:
        IndexMissing: the server does not answer.
    """
    if url is None:
        with _lock:
            return _client(folder)
    try:
        client = _client_of_server(url)
        client.get_user_identity()  # as Chroma itself finds out whether the server is there
    except (ValueError, OSError) as error:
        raise unanswered(url) from error
    return client


def unanswered(url: str | None) -> IndexMissing:
    """What is said of a Chroma server that does not answer, or no longer."""
    return IndexMissing(
        f"the Chroma server at {url} does not answer. Start it (chroma run --path FOLDER --port PORT), or unset "
        "KADERWIJZER_CHROMA_URL to use the index on disk"
    )


def _client(folder: Path) -> Client:
    import chromadb  # takes a third of a second
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    return cast("Client", chromadb.PersistentClient(path=str(folder / "chroma"), settings=settings))


@cache
def _client_of_server(url: str) -> Client:
    import chromadb
    from chromadb.config import Settings

    parts = re.fullmatch(r"(https?)://([^:/]+)(?::(\d+))?/?", url)
    if parts is None:
        raise IndexMissing(
            f"“{url}” is no address of a Chroma server. Expected http://HOST:PORT in KADERWIJZER_CHROMA_URL"
        )
    settings = Settings(anonymized_telemetry=False)
    port = int(parts[3] or (443 if parts[1] == "https" else 8000))
    return cast("Client", chromadb.HttpClient(host=parts[2], port=port, ssl=parts[1] == "https", settings=settings))


def close_chroma(client: Client) -> None:
    """Gives back the files that a client holds open; neither it nor its collections can be used afterwards.

    That of a server stays as it is, for the next who asks for it.
    """
    if client.get_settings().is_persistent:
        with _lock:
            client.close()


@contextmanager
def chroma(folder: Path, url: str | None) -> Iterator[Client]:
    """A client as `open_chroma` gives it, closed at the end of the block."""
    with _wiped_memory():
        client = open_chroma(folder, url)
        try:
            yield client
        finally:
            close_chroma(client)


@contextmanager
def _wiped_memory() -> Iterator[None]:
    """While it lasts, memory that is handed out holds nothing of what was in it before.

    Chroma writes the files of its HNSW index with room to spare, as that lies in memory: words of a document that was
    removed could be left in them. glibc fills what it hands out where it is told to (mallopt(3), M_PERTURB); where the
    C library has no such thing, nothing is done.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        yield
        return
    mallopt(_M_PERTURB, _FILLING)
    try:
        yield
    finally:
        mallopt(_M_PERTURB, 0)


def holds(folder: Path, count: int) -> bool:
    """Whether Chroma's file in the folder of a generation is there and holds so many records, without Chroma.

    Where a version of Chroma keeps its records in another way, having the file will do.
    """
    path = folder / "chroma" / "chroma.sqlite3"
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            (found,) = file.execute("SELECT COUNT(*) FROM embeddings").fetchone()
    except sqlite3.OperationalError:  # there is no such table
        return True
    except sqlite3.DatabaseError:
        return False
    return bool(found == count)


def check_server(folder: Path, url: str | None) -> None:
    """Asks the server, if there is one, whether it is there.

    Raises:
        IndexMissing: it does not answer.
    """
    if url is not None:
        open_chroma(folder, url)


def remember_server(folder: Path, url: str | None) -> None:
    """Writes into the folder of a generation which Chroma server has its collection, where one has."""
    if url is not None:
        (folder / _SERVER).write_text(_without_credentials(url), "utf-8")


def left_on_server(folder: Path) -> str | None:
    """The server that still has the collection of a generation of which nothing else is left; None where none has."""
    left = [path.name for path in folder.glob("*")]
    return (folder / _SERVER).read_text("utf-8") if left == [_SERVER] else None


def remove_generation(folder: Path, url: str | None) -> None:
    """Removes what lies in the folder of a generation, its collection on a Chroma server, and the folder.

    The server is the one that the folder names: by now the setting may name another one, or none. Where that fails, the
    folder stays, with nothing but its name, until a later call finds the server there.
    """
    server = _server_of(folder, url)
    if server is None or _is_dropped(folder, server):
        shutil.rmtree(folder, ignore_errors=True)
        return
    for part in folder.glob("*"):
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        elif part.name != _SERVER:
            part.unlink(missing_ok=True)


def _server_of(folder: Path, url: str | None) -> str | None:
    """The server that has the collection of a generation; where its folder names none, that of the setting."""
    try:
        named = (folder / _SERVER).read_text("utf-8")
    except OSError:
        return url
    return url if url is not None and named == _without_credentials(url) else named


def _without_credentials(url: str) -> str:
    return re.sub(r"(?<=//)[^/]*@", "", url)


def _listens(url: str) -> bool:
    """Whether anything is there: a server that was taken away long ago must not hold up every ingest."""
    address = urlsplit(url)
    try:
        port = address.port or (443 if address.scheme == "https" else 8000)
        socket.create_connection((address.hostname or "", port), timeout=_PATIENCE).close()
    except (OSError, ValueError):
        return False
    return True


def _is_dropped(folder: Path, url: str) -> bool:
    """Drops the collection of a generation from a server; False where the server failed, and it may be there still."""
    from chromadb.errors import ChromaError, NotFoundError
    from httpx import HTTPError  # Chroma lets those of its connection through

    if not _listens(url):
        return False
    try:
        with chroma(folder, url) as client:
            client.delete_collection(collection_name(folder.name))
    except NotFoundError:  # a build that was killed before it came to its vectors
        return True
    except (ChromaError, HTTPError, IndexMissing):
        return False
    return True
