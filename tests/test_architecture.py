"""The design as tests: imports go one way, settings are read at the edge, torch stays out until it is configured."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ["ingest", "vectorstore", "assistant", "evals", "ui"]
FILES = sorted(path for package in ORDER for path in (ROOT / package).rglob("*.py"))


def imported_packages(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_imports_upward(path):
    own = ORDER.index(path.relative_to(ROOT).parts[0])
    upward = imported_packages(path) & set(ORDER[own + 1 :])
    assert not upward


@pytest.mark.parametrize("path", [p for p in FILES if p.relative_to(ROOT).parts[0] != "ui"], ids=str)
def test_no_module_below_the_edge_reads_the_environment(path):
    reads = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ("getenv",))
        or (isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ")
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in ("os.environ.get", "os.getenv"))
    ]
    assert not reads


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_retired_langchain_packages_are_not_used(path):
    assert not imported_packages(path) & {"langchain_classic", "langchain_community"}


def test_answering_with_the_embedded_model_does_not_import_torch(demo_data):
    script = (
        "import sys\n"
        "from ui.settings import open_assistant, read_settings\n"
        "assert open_assistant(read_settings()).ask('Wat staat er over mantelzorg?').text\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'streamlit', 'onnxruntime'} & set(sys.modules)\n"
        "sys.exit(f'imported: {sorted(heavy)}' if heavy else 0)\n"
    )
    environment = {"KADERWIJZER_DATA": str(demo_data), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_what_is_shown_before_the_first_search_does_not_wait_for_chroma(demo_data):
    script = (
        "import sys\n"
        "import ui.app\n"
        "from ui.settings import open_assistant, read_settings\n"
        "assert open_assistant(read_settings()).generation().documents\n"
        "sys.exit('chromadb was imported' if 'chromadb' in sys.modules else 0)\n"
    )
    environment = {"KADERWIJZER_DATA": str(demo_data), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr
