"""Measures the budgets, our retrieval beside simpler ones in quality and time, and how cost grows with the index.

    python -m evals.bench [DOCUMENTS…] [--sets SET…] [--upto PASSAGES] [--json]

Figures go to standard output, progress to standard error. Timings on a shared machine are noisy: they are medians and
percentiles of many questions in one run, to be compared within a run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evals.bench_budgets import budgets, measure_cold, measure_ingest
from evals.bench_compared import compare, pipelines
from evals.bench_questions import DEMO, asked_of, cases_about
from evals.bench_tables import Result, as_json, as_tables, machine
from evals.growth import measure_growth
from evals.serving import serve_apart
from vectorstore.embeddings import EMBEDDED, go_offline, open_embeddings
from vectorstore.store import Store
from vectorstore.writing import Progress


def bench(paths: list[Path], sets: list[Path], upto: int, progress: Progress) -> Result:
    """Measures everything over the documents of `paths`, in a folder of its own."""
    on = machine()
    model = open_embeddings(EMBEDDED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "data")
        ingest = measure_ingest(store, model, paths, progress)
        base = store.open(model.card)
        cases = cases_about(base.documents, sets)
        asked = asked_of(cases)
        progress("serve", 0, 1)
        served = serve_apart(folder / "data", asked, rounds=2)
        progress("serve", 1, 1)
        cold_s = measure_cold(folder / "data")
        beside = pipelines(store, model, ingest, folder, progress) if cases else ()
        compared = [compare(p, seconds, cases, base.documents, progress) for p, seconds in beside]
        growth = tuple(measure_growth(base, model, asked, upto, progress))
    return Result(
        machine=on,
        documents=tuple(base.documents),
        budgets=tuple(budgets(ingest, served, cold_s)),
        stages=served.stages,
        compared=tuple(compared),
        growth=growth,
    )


def _report(what: str, done: int, total: int) -> None:
    """Progress, on one line of standard error that is written over."""
    sys.stderr.write(f"\r{what}: {done} of {total}".ljust(60) + ("\n" if done == total else ""))
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the command line, measures, and writes the tables or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("documents", nargs="*", type=Path, help="files and folders; by default the demo documents")
    parser.add_argument("--sets", nargs="+", type=Path, default=[], help="question sets about them; by default our own")
    parser.add_argument("--upto", type=int, default=10_000, help="passages of the largest index made (10,000)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    given = parser.parse_args(arguments)
    if given.upto < 1:
        parser.error(f"--upto is {given.upto}. Expected a number of passages, such as 100000")
    go_offline()
    result = bench(given.documents or [DEMO / "documents"], given.sets, given.upto, _report)
    sys.stdout.write(as_json(result) if given.json else as_tables(result))


if __name__ == "__main__":
    main()
