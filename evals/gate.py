"""The regression gate: each question set run anew and held against the figures that were last signed off.

    python -m evals.gate                   compares; exit code 1 when a figure fell by more than its tolerance
    python -m evals.gate --renew           signs off what is reached now (commit the references with the reason)

A suite whose documents are not present is passed over, and says so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.engine import Assistant
from evals.compare import compare_runs, freeze, show_comparison
from evals.run import run_sets
from evals.summary import show_summary
from vectorstore.embeddings import EMBEDDED, open_embeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths

_HERE = Path(__file__).parent
_CORPUS = _HERE.parents[1] / "shared" / "corpus"

TOLERANCES: dict[str, float] = {
    "valid citations": 0.0,
    "hit@5": 0.02,
    "mrr@10": 0.02,
    "cites evidence": 0.02,
    "facts": 0.02,
    "answered right": 0.02,
    "right document": 0.02,
}
"""How much a figure may fall: an invalid citation is never allowed, and two in a hundred questions may change sides."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A question set with the documents that it asks about and the figures that were signed off."""

    name: str
    documents: Path
    sets: Path

    @property
    def reference(self) -> Path:
        """Where the figures that were signed off lie."""
        return _HERE / "reference" / f"{self.name}.json"

    def questions(self) -> list[Path]:
        """The files of the set."""
        return sorted(self.sets.glob("*.jsonl"))


SUITES = (
    Suite("demo", _HERE / "demo" / "documents", _HERE / "demo"),
    Suite("frameworks", _CORPUS / "frameworks", _HERE / "frameworks"),
    Suite("other", _CORPUS / "other", _HERE / "other"),
)

_ALWAYS = ("demo", "frameworks")


def main(arguments: Sequence[str]) -> int:
    """Runs the suites that can be run; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.gate", description="the regression gate")
    parser.add_argument("--renew", action="store_true", help="sign off what is reached now")
    parser.add_argument("suites", nargs="*", help=f"names of suites; {' and '.join(_ALWAYS)} when none is given")
    options = parser.parse_args(arguments)
    fallen = False
    for suite in SUITES:
        if suite.name not in (options.suites or _ALWAYS):
            continue
        if not suite.documents.is_dir():
            sys.stdout.write(f"{suite.name}: passed over, its documents are not at {suite.documents}\n")
            continue
        fallen |= _gate(suite, renew=options.renew)
    return int(fallen)


def _gate(suite: Suite, *, renew: bool) -> bool:
    """Whether a figure of one suite fell by more than its tolerance."""
    with tempfile.TemporaryDirectory() as folder:
        store, model = Store(Path(folder) / "data"), open_embeddings(EMBEDDED)
        ingest_paths(store, model, [suite.documents])
        run = Path(folder) / "run"
        summary = run_sets(Assistant(store, model), suite.questions(), run, lambda *_: None)
        if renew:
            suite.reference.parent.mkdir(exist_ok=True)
            freeze(run, suite.reference)
            sys.stdout.write(f"{suite.name}: signed off\n{show_summary(summary)}\n")
            return False
        comparison = compare_runs(suite.reference, run, TOLERANCES)
    sys.stdout.write(f"{suite.name}: {show_comparison(comparison)}\n")
    return bool(comparison["regressions"] or summary["errors"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
