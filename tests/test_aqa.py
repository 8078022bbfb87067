"""The aqa benchmark: foreign data through our own index and search, figures by trec_eval, and clear refusals."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from building import MODEL

from evals.aqa import (
    COLUMNS,
    CORPUS,
    DEEP,
    MEASURES,
    QUESTIONS,
    _figures,
    _questions,
    _read,
    as_documents,
    run_aqa,
    show_aqa,
)
from ingest.errors import InvalidQuestionSet
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.generation import embedded_text, lexical_text
from vectorstore.lexical import LexicalIndex

REAL = Path(__file__).parent.parent.parent / "shared" / "benchmarks" / "aqa"

ROWS = [
    ("D1", "A", "Wet op de bomen", "Algemene bepalingen", "Artikel 1", "Begrip", "een boom is een gewas met een stam."),
    ("D2", "A", "Wet op de bomen", "Kap", "Artikel 2", "Vergunning", "voor het kappen is een vergunning nodig."),
    ("D3", "A", "Wet op de bomen", "Kap", "Artikel 2", "Vergunning", "de vergunning vervalt na een jaar."),
    ("D4", "B", "Wet op de honden", "", "Artikel 1", "", "de houder van een hond betaalt hondenbelasting."),
    ("D5", "A", "Wet op de bomen", "Toezicht", "Artikel 3", "", "de boswachter ziet toe op de aanplant."),
]
ASKED = [
    ("1", "Wat is een boom?", "D1"),
    ("2", "Wanneer vervalt een vergunning voor het kappen?", "D3, D2"),
    ("3", "Wie betaalt hondenbelasting?", "D4"),
]


def write(folder: Path, rows=ROWS, asked=ASKED) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    names = ["DOC_ID", "law_id", "law_name", "hoofdstuk_titel", "artikel", "article_name", "text"]
    header = [*names, *sorted(COLUMNS[CORPUS] - set(names))]
    with (folder / CORPUS).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *([*row, *[""] * (len(header) - len(names))] for row in rows)])
    with (folder / QUESTIONS).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["question_id", "question", "human_attribution"], *asked])
    return folder


def rows_of(folder: Path) -> list[dict[str, str]]:
    return _read(folder, CORPUS)


class Counting(KaderEmbeddings):
    """The embedded model, with a note of how many passages it was given."""

    def __init__(self) -> None:
        self.card = MODEL.card
        self.passages = 0

    def embed_documents(self, texts):
        self.passages += len(texts)
        return MODEL.embed_documents(texts)

    def embed_query(self, text):
        return MODEL.embed_query(text)


def test_acts_become_documents_articles_sections_and_rows_passages(tmp_path):
    documents, names = as_documents(rows_of(write(tmp_path)))
    assert [d.title for d in documents] == ["Wet op de bomen", "Wet op de honden"]
    passages = [(d, p) for d in documents for p in d.passages]
    texts = {row[0]: row[-1] for row in ROWS}
    assert [d.text[p.start : p.end] for d, p in passages] == [texts[name] for name in names]
    assert names == ["D1", "D2", "D3", "D5", "D4"]
    for document, passage in passages:
        section = document.sections[passage.section]
        assert section.start <= passage.start < passage.end <= section.end
    assert documents[0].passages[1].section == documents[0].passages[2].section


def test_bm25_sees_act_chapter_and_article_and_the_vector_sees_the_article(tmp_path):
    documents, _ = as_documents(rows_of(write(tmp_path)))
    bomen = documents[0]
    assert lexical_text(bomen, bomen.passages[1]).split("\n")[0] == "Wet op de bomen Kap Artikel 2 Vergunning"
    assert embedded_text(bomen, bomen.passages[1]).split("\n")[0] == "Artikel 2 Vergunning"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """The folder of a small benchmark, what measuring it gave, and the steps that were reported."""
    folder, steps = write(tmp_path_factory.mktemp("aqa")), []
    result = run_aqa(folder, MODEL, lambda what, *_: steps.append(what))
    return folder, result, steps


def test_the_benchmark_is_measured_with_every_way_beside_the_reference(measured):
    folder, result, steps = measured
    assert (result["questions"], result["passages"]) == (3, 5)
    assert [row["name"] for row in result["rows"]] == ["BM25, stems and headings", "dense", "BM25 + dense, RRF", "ours"]
    for row in result["rows"]:
        assert set(row["figures"]) == set(MEASURES)
        assert all(0 <= f["low"] <= f["mean"] <= f["high"] <= 1 and f["n"] == 3 for f in row["figures"].values())
    assert result["rows"][-1]["figures"]["recall@20"]["mean"] == 1.0
    assert {"embed", "questions, ours"} <= set(steps)
    assert sorted(p.name for p in folder.iterdir()) == [CORPUS, QUESTIONS]  # nothing is written beside the data


def test_the_figures_are_shown_with_their_intervals_above_those_of_reference(measured):
    shown = show_aqa(json.loads(json.dumps(measured[1]))).splitlines()
    assert all(name in shown[1] for name in MEASURES)
    assert "1.000 [0.44–1.00]" in shown[5]
    assert shown[7].split()[-5:] == ["0.686", "0.700", "0.882", "0.922", "0.994"]


def test_figures_are_those_of_trec_eval_worked_by_hand():
    """One gold passage comes second; of the other question nothing is found, which counts as 0."""
    figures = _figures({"1": {"D1": 1}, "2": {"D2": 1}}, {"1": {"D3": 1.0, "D1": 0.5}, "2": {}})
    means = {name: figure["mean"] for name, figure in figures.items()}
    assert means == {"ndcg@10": 0.3155, "mrr": 0.25, "hit@5": 0.5, "recall@20": 0.5, "recall@100": 0.5}


def test_vectors_are_kept_by_content_and_model(tmp_path):
    model, cache = Counting(), tmp_path / "cache"
    first = run_aqa(write(tmp_path / "aqa"), model, cache=cache)
    assert model.passages == len(ROWS)
    again = run_aqa(tmp_path / "aqa", model, cache=cache)
    assert model.passages == len(ROWS)
    assert again["rows"] == first["rows"]
    run_aqa(write(tmp_path / "aqa", rows=[*ROWS[:-1], (*ROWS[-1][:-1], "andere tekst")]), model, cache=cache)
    assert model.passages == 2 * len(ROWS)
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / CORPUS).unlink(), "corpus.csv cannot be read"),
        (lambda folder: (folder / QUESTIONS).write_text("question_id,question\n1,Wat?\n"), "human_attribution"),
        (lambda folder: (folder / QUESTIONS).write_bytes(b"\xff\xfe\x00"), "questions.csv cannot be read"),
        (lambda folder: write(folder, rows=[]), "corpus.csv holds no rows"),
        (lambda folder: write(folder, asked=[("7", "Wat?", "D9")]), r"question 7 \(D9\)"),
        (lambda folder: write(folder, asked=[("7", "Wat?", "")]), r"question 7 \(none\)"),
        (lambda folder: write(folder, asked=[("7", "Wat?")]), "more or fewer columns"),
    ],
)
def test_a_folder_that_is_not_the_benchmark_is_refused(tmp_path, spoil, says):
    spoil(write(tmp_path))
    with pytest.raises(InvalidQuestionSet, match=says) as refused:
        run_aqa(tmp_path, MODEL)
    assert "Legal-Dutch-Attributed-Question-Answering" in str(refused.value)


@pytest.mark.skipif(not REAL.exists(), reason="the aqa benchmark is not beside the checkout (../shared/benchmarks/aqa)")
def test_the_real_benchmark_reads_whole_and_bm25_reaches_the_reference():
    documents, names = as_documents(_read(REAL, CORPUS))
    asked = _questions(REAL, set(names))
    assert (len(documents), len(names), len(asked)) == (17, 4653, 102)
    index = LexicalIndex.build([lexical_text(d, p) for d in documents for p in d.passages])
    run = {}
    for one in asked:
        scores = index.scores(one.question)
        best = (-scores).argsort(kind="stable")[:DEEP]
        run[one.id] = {names[n]: 1 / rank for rank, n in enumerate(best, start=1)}
    figures = _figures({one.id: dict.fromkeys(one.gold, 1) for one in asked}, run)
    assert figures["ndcg@10"]["mean"] == pytest.approx(0.686, abs=0.03)
    assert figures["recall@20"]["mean"] == pytest.approx(0.922, abs=0.02)
