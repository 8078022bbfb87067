"""The check of question sets: everything that is wrong is told at once, with what to do about it."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import evals
from evals.alike import Texts
from evals.findings import Finding, findings_json, show_findings
from evals.lint import lint_sets
from evals.places import Place, identifying_phrase
from evals.questions import ANSWERABLE_KINDS, UNANSWERABLE_KINDS, half_of, read_sets
from ingest.read import find_files, read_document

EVALS = Path(evals.__file__).parent
FRAMEWORKS = EVALS.parent.parent / "shared" / "corpus" / "frameworks"

TEXT = """# Kadernota welzijn

## 1 Inleiding

De raad van Voorbeeldstad stelde deze nota vast op 3 maart 2023. Iedereen doet mee in de buurt.

## 2 Mantelzorg

Wie een naaste verzorgt, krijgt elk jaar een waardering van € 125. De aanvraag is vóór 1 november binnen.[^1]

### 2.1 Respijtzorg

Vrijwilligers nemen de zorg een dagdeel per week over. Iedereen doet mee in de buurt.

## 3 Sport

Iedereen doet mee in de buurt. Kinderen sporten gratis in de zomer. Iedereen doet mee in de buurt.

[^1]: Aanvragen die later komen, tellen voor het volgende jaar.
"""

UNANSWERABLE = {
    "id": "x-001",
    "language": "nl",
    "kind": "near-topic",
    "question": "Wat kost een hond?",
    "answerable": False,
}
ANSWERABLE = {
    "id": "x-002",
    "language": "nl",
    "kind": "numeric",
    "question": "Hoe hoog is de waardering voor mantelzorgers?",
    "documents": ["welzijn"],
    "sections": ["2"],
    "evidence": ["een waardering van € 125"],
    "facts": [["125"]],
    "answerable": True,
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    path = tmp_path_factory.mktemp("lint") / "welzijn.md"
    path.write_text(TEXT, "utf-8")
    return {"welzijn": read_document(path)}


@pytest.fixture
def lint(tmp_path, documents):
    """Checks lines (objects, or text as it is) as one set, with the documents unless told otherwise."""

    def check(*lines, known=documents):
        path = tmp_path / "set.jsonl"
        path.write_text(
            "\n".join(x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines), "utf-8"
        )
        return lint_sets([path], known)

    return check


def in_half(half: str, start: int = 0) -> str:
    return next(name for n in range(start, start + 200) if half_of(name := f"q-{n:03}") == half)


def of(findings, field):
    return [f for f in findings if f.field == field]


def test_a_sound_set_has_no_findings(lint):
    assert lint(UNANSWERABLE, ANSWERABLE) == ()


def test_every_broken_line_is_told_and_sound_lines_after_it_are_still_checked(lint):
    findings = lint(
        "{", {**UNANSWERABLE, "language": "fr", "kindd": 1}, "[]", {**ANSWERABLE, "evidence": ["nergens te vinden"]}
    )
    assert [(f.line, f.id, f.field) for f in findings] == [
        (1, None, None),
        (2, "x-001", "language"),
        (2, "x-001", "kindd"),
        (3, None, None),
        (4, "x-002", "evidence"),
    ]
    assert {f.severity for f in findings} == {"error"}
    assert "no JSON" in findings[0].message
    assert '"fr"' in findings[1].message
    assert "Did you mean “kind”?" in findings[2].message


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"kind": "numeric"}, "kind", "no kind of unanswerable question"),
        ({"answerable": True, "kind": "direct"}, "evidence", "needs the documents and evidence"),
        ({"facts": [["x"]]}, "answerable", "cannot be unanswerable"),
    ],
)
def test_fields_that_contradict_each_other_are_told_by_their_field(lint, change, field, says):
    (finding,) = lint({**UNANSWERABLE, **change})
    assert finding.field == field
    assert says in finding.message


def test_a_field_that_is_missing_or_given_twice_is_an_error(lint):
    without = {k: v for k, v in UNANSWERABLE.items() if k != "question"}
    twice = json.dumps({**UNANSWERABLE, "id": "x-003"})[:-1] + ', "note": "a", "note": "b"}'
    missing, double = lint(without, twice)
    assert (missing.field, double.field) == ("question", "note")
    assert "missing" in missing.message
    assert "given twice" in double.message


def test_files_that_are_missing_empty_or_no_text_are_findings_beside_those_of_the_others(tmp_path):
    empty, binary, sound = (tmp_path / name for name in ("empty.jsonl", "binary.jsonl", "sound.jsonl"))
    empty.write_text("\n")
    binary.write_bytes(b"\xff\xfe{")
    sound.write_text(json.dumps({**UNANSWERABLE, "kind": "x"}))
    findings = lint_sets([tmp_path / "gone.jsonl", empty, binary, sound], None)
    assert [(f.path.name, f.severity) for f in findings] == [
        ("gone.jsonl", "error"),
        ("empty.jsonl", "error"),
        ("binary.jsonl", "error"),
        ("sound.jsonl", "error"),
    ]


def test_an_id_may_occur_once_in_all_sets(tmp_path):
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    a.write_text(json.dumps(UNANSWERABLE))
    b.write_text(json.dumps({**UNANSWERABLE, "question": "Waar staat de molen?"}))
    (finding,) = lint_sets([a, b], None)
    assert (finding.path, finding.line, finding.field, finding.severity) == (b, 1, "id", "error")
    assert str(a) in finding.message


def test_the_same_question_with_the_same_history_counts_once(lint):
    asked = {**UNANSWERABLE, "id": "x-010", "question": "wat kost een HOND"}
    (finding,) = lint(UNANSWERABLE, asked)
    assert (finding.field, finding.severity, finding.id) == ("question", "error", "x-010")
    assert "“x-001”" in finding.message


def test_the_same_words_after_another_history_are_another_question(lint):
    first = {**UNANSWERABLE, "question": "En voor ouderen?", "history": ["Wat kost zwemmen voor kinderen?"]}
    second = {**first, "id": in_half("test"), "history": ["Wie krijgt er hulp bij schulden?"]}
    assert lint(first, second) == ()


def test_a_question_that_is_answerable_in_one_line_and_not_in_another_is_an_error(lint):
    (finding,) = lint(ANSWERABLE, {**UNANSWERABLE, "question": ANSWERABLE["question"]})
    assert "Decide" in finding.message


LONG = "Hoeveel vrijwilligers zijn er volgens de wethouder nodig bij de zwemclub van Noorderveld?"


def test_near_duplicates_within_a_half_are_warnings(lint):
    first = {**UNANSWERABLE, "id": in_half("test"), "question": LONG}
    second = {**UNANSWERABLE, "id": in_half("test", 100), "question": LONG.replace("vrijwilligers", "vrijwiligers")}
    (finding,) = lint(first, second)
    assert (finding.severity, finding.field) == ("warning", "question")


def test_a_near_duplicate_in_the_other_half_is_a_leak(lint):
    first = {**UNANSWERABLE, "id": in_half("test"), "question": LONG}
    second = {**UNANSWERABLE, "id": in_half("development"), "question": LONG.replace("vrijwilligers", "vrijwiligers")}
    (finding,) = lint(first, second)
    assert (finding.severity, finding.field) == ("error", "question")
    assert "leak" in finding.message


def test_alike_questions_with_other_evidence_in_the_other_half_are_a_warning(lint):
    first = {**ANSWERABLE, "id": in_half("test"), "question": LONG}
    other = {**first, "evidence": ["De aanvraag is vóór 1 november binnen"]}
    (finding,) = lint(
        first, {**other, "id": in_half("development"), "question": LONG.replace("vrijwilligers", "vrijwiligers")}
    )
    assert finding.severity == "warning"
    assert "answers differ" in finding.message


@pytest.mark.parametrize(
    "question",
    ["What does someone get who looks after a relative?", "hoe hoog is de waardeering vor mantelzorger eigelijk"],
)
def test_the_same_question_in_other_words_in_the_other_half_is_a_leak(lint, question):
    language = "en" if question.startswith("What") else "nl"
    first = {**ANSWERABLE, "id": in_half("test")}
    second = {
        **first,
        "id": in_half("development"),
        "question": question,
        "language": language,
        "facts": [["€ 125", "125"]],
    }
    (finding,) = lint(first, second)
    assert (finding.severity, finding.field) == ("error", "evidence")
    assert "in other words" in finding.message


def test_shared_evidence_in_both_halves_is_told_only_when_the_questions_are_alike(lint):
    shared = {**ANSWERABLE, "evidence": [*ANSWERABLE["evidence"], "vóór 1 november binnen"], "facts": [["1 november"]]}
    first = {**ANSWERABLE, "id": in_half("test")}
    alike = {
        **shared,
        "id": in_half("development"),
        "question": "Waardering voor mantelzorgers: tot wanneer, en hoe hoog?",
    }
    (finding,) = lint(first, alike)
    assert finding.severity == "warning"
    assert lint(first, {**alike, "question": "Tot wanneer kan ik mij melden met een aanvraag?"}) == ()


def test_evidence_that_is_nowhere_is_shown_with_what_is_nearest(lint):
    (finding,) = lint({**ANSWERABLE, "evidence": ["elk jaar een waardeering van € 125"]})
    assert finding.severity == "error"
    assert "“2 Mantelzorg”" in finding.message
    assert "jaar een waardering van € 125" in finding.message


def test_evidence_is_found_across_lines_capitals_and_cells(documents):
    place = Place(documents["welzijn"])
    ((start, end),) = place.find("EEN  waardering\nvan | € 125")
    assert documents["welzijn"].text[start:end] == "een waardering van € 125"


def test_a_section_that_is_not_there_is_told_with_names_like_it(lint):
    (finding,) = lint({**ANSWERABLE, "sections": ["Mantelzorgers"]})
    assert (finding.severity, finding.field) == ("error", "sections")
    assert "Nearest by name: “Mantelzorg”" in finding.message
    assert "The evidence stands in “2 Mantelzorg”" in finding.message


def test_evidence_must_lie_in_a_named_section_or_below_it(lint):
    below = {**ANSWERABLE, "evidence": ["nemen de zorg een dagdeel per week over"], "facts": []}
    assert lint(below) == ()
    (finding,) = lint({**below, "sections": ["3"]})
    assert finding.field == "evidence"
    assert "stands in “2.1 Respijtzorg”" in finding.message


def test_a_footnote_lies_also_in_the_section_that_refers_to_it(lint):
    note = {**ANSWERABLE, "evidence": ["tellen voor het volgende jaar"], "facts": [], "kind": "footnote"}
    assert lint(note) == ()
    assert [f.field for f in lint({**note, "sections": ["3"]})] == ["evidence"]


def test_a_document_that_is_not_indexed_is_told_with_the_nearest(lint):
    (finding,) = lint({**ANSWERABLE, "documents": ["welzin"]})
    assert (finding.severity, finding.field) == ("error", "documents")
    assert "“welzijn”" in finding.message


def test_a_fact_that_no_document_says_is_a_warning(lint):
    (finding,) = lint({**ANSWERABLE, "facts": [["125"], ["€ 130", "130"]]})
    assert (finding.severity, finding.field) == ("warning", "facts")
    assert "“€ 130”, “130”" in finding.message


def test_a_phrase_that_stands_everywhere_is_a_warning(lint):
    (finding,) = lint({**ANSWERABLE, "sections": ["3"], "evidence": ["Iedereen doet mee in de buurt"], "facts": []})
    assert finding.severity == "warning"
    assert "4 places" in finding.message


def test_evidence_that_is_never_indexed_is_an_error(lint, documents):
    document = documents["welzijn"]
    sections = tuple(replace(s, kind="boilerplate") if s.number == "3" else s for s in document.sections)
    sporty = {**ANSWERABLE, "sections": ["3"], "evidence": ["Kinderen sporten gratis in de zomer"], "facts": []}
    assert lint(sporty) == ()
    (finding,) = lint(sporty, known={"welzijn": replace(document, sections=sections)})
    assert finding.severity == "error"
    assert "no policy text" in finding.message


def test_without_documents_only_the_set_itself_is_judged(lint):
    assert lint({**ANSWERABLE, "documents": ["weg"], "sections": ["x"], "evidence": ["nergens"]}, known=None) == ()


def test_history_and_the_follow_up_kind_go_together(lint):
    with_history = {**ANSWERABLE, "history": ["Wat is mantelzorg?"]}
    without = {
        **ANSWERABLE,
        "id": "x-005",
        "kind": "follow-up",
        "question": "En tot wanneer dan?",
        "facts": [["november"]],
    }
    findings = lint(with_history, without, {**UNANSWERABLE, "history": ["Wat kost een kat?"]})
    assert [(f.id, f.field, f.severity) for f in findings] == [
        ("x-002", "history", "warning"),
        ("x-005", "history", "warning"),
    ]


def test_a_language_that_the_text_does_not_show_is_a_warning(lint):
    findings = lint(
        {**UNANSWERABLE, "language": "en"},
        {**UNANSWERABLE, "id": "x-011", "language": "en", "question": "Which documents mention 'de menselijke maat'?"},
        {**UNANSWERABLE, "id": "x-012", "language": "en", "question": "voedselbank"},
    )
    assert [(f.id, f.field, f.severity) for f in findings] == [("x-001", "language", "warning")]


def test_kinds_that_are_missing_are_told_of_sets_of_more_than_fifty(lint):
    rng = random.Random(3)
    letters = ["".join(rng.choices("bcdfglmnprstvaeiou", k=7)) for _ in range(400)]
    cases = [{**UNANSWERABLE, "id": f"k-{i:03}", "question": " ".join(rng.sample(letters, 4))} for i in range(51)]
    missing = of(lint(*cases), "kind")
    assert {f.severity for f in missing} == {"warning"}
    assert len(missing) == len(ANSWERABLE_KINDS) + len(UNANSWERABLE_KINDS) - 1
    assert of(lint(*cases[:50]), "kind") == []


def test_pairs_are_those_that_comparing_all_with_all_finds():
    rng = random.Random(5)
    words = "wat zegt de gemeente over zorg sport jeugd schulden wonen werk buurt kosten regels raad".split()
    texts = Texts([" ".join(rng.sample(words, rng.randint(1, 7))) for _ in range(150)])
    expected = {(a, b) for b in range(150) for a in range(b) if texts.likeness(a, b) >= 0.6}
    assert expected
    assert {(a, b) for a, b, _ in texts.pairs(0.6)} == expected


def test_ten_thousand_questions_do_not_mean_fifty_million_comparisons(monkeypatch):
    compared = Counter()
    whole = Texts.likeness
    monkeypatch.setattr(Texts, "likeness", lambda self, a, b: compared.update(n=1) or whole(self, a, b))
    rng = random.Random(7)
    vocabulary = ["".join(rng.choices("bcdfghklmnprstvwaeiou", k=rng.randint(4, 10))) for _ in range(4000)]
    texts = Texts(["Wat zegt de gemeente over " + " ".join(rng.sample(vocabulary, 6)) for _ in range(10_000)])
    assert list(texts.pairs(0.75)) == []
    assert compared["n"] < 2_000_000


def test_the_shortest_run_of_words_that_stands_once_identifies_a_quote(documents):
    place = Place(documents["welzijn"])
    assert identifying_phrase("Iedereen doet mee in de buurt. Kinderen sporten gratis in de zomer.", place) in (
        "Kinderen sporten gratis in",
        "sporten gratis in de",
        "gratis in de zomer.",
    )
    assert identifying_phrase("Iedereen doet mee in de buurt.", place) == "Iedereen doet mee in de buurt."
    assert identifying_phrase("€ 125", place) == "€ 125"


def test_findings_are_shown_by_file_and_counted(tmp_path):
    findings = [
        Finding("error", tmp_path / "a.jsonl", 3, "x", "kind", "wrong"),
        Finding("warning", tmp_path / "b.jsonl", None, None, None, "odd"),
    ]
    assert show_findings(findings).splitlines() == [
        f"{tmp_path}/a.jsonl",
        "  error: line 3, x, kind: wrong",
        f"{tmp_path}/b.jsonl",
        "  warning: odd",
        "1 errors, 1 warnings",
    ]
    described = findings_json(findings)
    assert (described["errors"], described["warnings"], len(described["findings"])) == (1, 1, 2)
    assert json.loads(json.dumps(described)) == described


def test_the_demo_set_is_sound():
    documents = {d.id: d for d in map(read_document, find_files([EVALS / "demo" / "documents"]))}
    assert [f for f in lint_sets([EVALS / "demo" / "questions.jsonl"], documents) if f.severity == "error"] == []


@pytest.mark.frameworks
@pytest.mark.skipif(not FRAMEWORKS.is_dir(), reason=f"the real frameworks are not beside the checkout ({FRAMEWORKS})")
def test_the_sets_about_the_frameworks_are_sound_and_cover_every_kind():
    sets = sorted((EVALS / "frameworks").glob("*.jsonl"))
    documents = {d.id: d for d in map(read_document, find_files([FRAMEWORKS]))}
    assert [f for f in lint_sets(sets, documents) if f.severity == "error"] == []
    cases = read_sets(sets)
    unanswerable = [c for c in cases if not c.answerable]
    assert len(cases) - len(unanswerable) >= 150
    assert len(unanswerable) >= 80
    assert {c.kind for c in cases} == {*ANSWERABLE_KINDS, *UNANSWERABLE_KINDS}
    assert sum(c.language == "en" for c in cases) >= 0.3 * len(cases)
