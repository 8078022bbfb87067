"""The parts of a document that a question names by their title, and what is no such part."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.divisions import absent_sections, named_sections
from ingest.document import Document, Section

TITLES = (
    ("1", "Inleiding", 1),
    ("2", "Thema's", 1),
    ("2.1", "Schone lucht", 2),
    ("2.1.1", "Ambitie", 3),
    ("2.2", "Stille straten : minder herrie", 2),
    ("2.2.1", "Ambitie", 3),
    ("3", "Groeien naar een groene stad", 1),
    (None, "Stap 2: De aanvraag", 1),
)

SCHEMA = """Nota Groeien
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Zaaien en aarden
Het zaaien duurt een seizoen. Daarna volgt de rust.
Wie | Wat er gevraagd wordt
Telers | Vroeg opstaan en de grond losmaken.
Bezoekers | Op de paden blijven.
Gemeente | Water aanvoeren.
2 Oogsten
Het oogsten begint in september. Ook dan wordt iets gevraagd.
Wie | Wat er gevraagd wordt
Telers | Manden klaarzetten.
Bezoekers | Een tas meenemen.
Gemeente | Een feest geven.
3 Uitgangspunten
De uitgangspunten voor het zaaien en het oogsten staan hiervoor.
"""


def document() -> Document:
    sections = []
    for n, (number, title, level) in enumerate(TITLES):
        end = next((m for m, other in enumerate(TITLES) if m > n and other[2] <= level), len(TITLES))
        sections.append(Section(number, title, level, (title,), "body", 10 * n, 10 * n + 5, 10 * n + 10, 10 * end))
    text = "x" * 10 * len(TITLES)
    return Document("nota", "Nota", "Zandwijk", "nota", None, None, None, "n.txt", None, "", text, tuple(sections))


def called(question: str) -> list[str]:
    nota = document()
    return [nota.sections[n].title for _, n in named_sections(question, [nota])[0]]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Wat zegt het thema Schone lucht over auto's?", "Schone lucht"),
        ("wat zegt het thema schone lucht over auto's", "Schone lucht"),
        ("What are the principles under the theme 'Schone lucht'?", "Schone lucht"),
        ("What does the “Schone lucht” theme say?", "Schone lucht"),
        ("Wat vraagt de fase Stille straten?", "Stille straten : minder herrie"),
        ("Wat staat er in het hoofdstuk ‘Groeien naar een groene stad’?", "Groeien naar een groene stad"),
        ("Wat vraagt de fase Groeien van bewoners?", "Groeien naar een groene stad"),
        ("Wat vraagt de stap De aanvraag?", "Stap 2: De aanvraag"),
        ("Wat is het doel van het thema Schone lucht?", "Schone lucht"),
    ],
)
def test_a_part_is_called_by_its_title_or_by_what_that_begins_with(question, title):
    assert called(question) == [title]


@pytest.mark.parametrize(
    "question",
    [
        "Wat zegt het thema Ambitie?",  # it stands under every theme
        "Welk deel van de straten is stil?",
        "Wat is het doel van de nota?",
        "wat vraagt de fase groeien",  # a word of the question, not a name
        "Wat zegt het thema Luchtvaart?",
        "Wat wil programma 2025 bereiken?",
    ],
)
def test_other_words_call_no_part(question):
    assert called(question) == []


def test_a_title_is_taken_out_of_the_question_with_what_ties_it():
    nota = document()
    for question in ("Wat staat er in het thema ‘Schone lucht’ over auto's?", "Wat zegt het thema Schone lucht?"):
        ((start, end),) = named_sections(question, [nota])[1]
        left = question[:start] + question[end:]
        assert "lucht" not in left
        assert "thema" not in left
        assert "’" not in left


def test_a_phase_by_number_is_missed_only_where_something_is_called_a_phase():
    nota = document()
    assert absent_sections("Wat vraagt fase 3?", [nota]) == ()
    assert absent_sections("Wat vraagt stap 3?", [nota]) == ()
    named = Document(**{**{f: getattr(nota, f) for f in nota.__slots__}, "text": "Fase 1 begint in mei. Fase 2 niet."})
    assert absent_sections("Wat vraagt fase 3?", [named]) == ("fase 3",)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("delen"), {"groeien.txt": SCHEMA})


def said(assistant, question: str) -> list[str]:
    return [claim.text for claim in assistant.ask(question).claims]


def test_a_part_that_is_named_is_what_the_answer_is_taken_from(assistant):
    assert "Telers | Manden klaarzetten." in said(assistant, "Wat vraagt de fase Oogsten van telers?")
    answer = assistant.ask("Wat vraagt de fase Oogsten van telers?")
    document = assistant.generation().documents["groeien"]
    assert {document.sections[c.section].title for c in answer.citations} == {"Oogsten"}


def test_the_row_that_is_asked_for_is_the_one_shown(assistant):
    claims = said(assistant, "Wat vraagt de fase Zaaien van bezoekers?")
    assert "Bezoekers | Op de paden blijven." in claims
    assert not any(claim.startswith(("Telers |", "Gemeente |")) for claim in claims)


def test_a_question_for_the_whole_table_gets_all_its_rows(assistant):
    claims = said(assistant, "Wat wordt er gevraagd, en van wie, in de fase Oogsten?")
    assert [claim.split(" | ")[0] for claim in claims if " | " in claim] == ["Wie", "Telers", "Bezoekers", "Gemeente"]


def test_the_number_of_a_document_in_its_own_title_is_all_of_it(tmp_path):
    text = (
        "# Programma 4 Samenleving\n\nDit is de begroting van de gemeente Zandwijk. De raad stelt haar vast.\n\n"
        "## 4.1 Kaders\n\nHet kader is vastgesteld.\n\n# Overzichten\n\n## Investeringen\n\n"
        "De gemeente investeert in 2026 in een kunstgrasveld.\n"
    )
    whole = make_assistant(tmp_path, {"zandwijk-begroting.md": text})
    found = whole.search("Welke investeringen doet Zandwijk in 2026 in programma 4?")
    assert found.query.scope.sections == ()
    assert any("kunstgrasveld" in claim for claim in said(whole, "Welke investeringen doet Zandwijk in programma 4?"))
