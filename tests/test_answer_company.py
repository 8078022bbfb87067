"""What an answer brings along: what goes on, who signed, which is newer; and what it leaves out."""

from __future__ import annotations

import pytest
from building import GROEN, VERHUIZEN, make_assistant

from assistant.answering import answer_of
from assistant.judgement import measure
from assistant.kinds import is_event
from assistant.quotable import spans_in
from assistant.verdict import Judged

PROJECT = """Nota Lantaarn
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Projecten
Wij noemen drie projecten.
Het project Lantaarn gaat door. Het verlicht de paden langs de vaart. Kinderen fietsen er veilig naar school. De molen draait.

De haven krijgt een kraan.
2 Advies
De wijkraad gaf drie adviezen:
• Begin klein.
Een pad per jaar is genoeg.
• Vraag de buurt.
Zij kent de donkere hoeken.
• Meet het licht.
3 Ondertekening
Aldus vastgesteld in de vergadering van 1 februari 2024 de griffier, de voorzitter,

A.B. van Dijk

C. de Boer
"""

OLDER = """Nota Lantaarn 2015
Geldend van 01-03-2015 t/m heden
De raad van de gemeente Zandwijk;
1 Projecten
Het project Lantaarn verlicht in 2015 alleen het plein. Het project Lantaarn is een proef.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("gezelschap"), {"project.txt": PROJECT})


def texts(answer) -> list[str]:
    return [claim.text for claim in answer.claims]


def test_a_sentence_that_only_names_a_thing_is_followed_by_what_says_what_it_is(assistant):
    said = texts(assistant.ask("Lantaarn?"))
    assert "Het project Lantaarn gaat door." in said
    assert "Het verlicht de paden langs de vaart." in said
    assert "De haven krijgt een kraan." not in said


def test_a_list_goes_on_below_the_words_that_explain_a_bullet(assistant):
    said = texts(assistant.ask("Welke adviezen gaf de wijkraad?"))
    assert {"Begin klein.", "Vraag de buurt.", "Meet het licht."} <= set(said)


def test_after_two_roles_come_two_names(assistant):
    (said,) = [
        text for text in texts(assistant.ask("Wie was de voorzitter bij de ondertekening?")) if "griffier" in text
    ]
    assert said.endswith("A.B. van Dijk\n\nC. de Boer")


@pytest.mark.parametrize(
    "question",
    ["Wie is de raadsvoorzitter van Zandwijk?", "Wie is de griffier van Zandwijk?", "Who is the clerk of Zandwijk?"],
)
def test_who_holds_an_office_is_answered_by_those_who_signed(assistant, question):
    (said,) = texts(assistant.ask(question))
    assert said.endswith("A.B. van Dijk\n\nC. de Boer")


@pytest.mark.parametrize(
    "question",
    [
        "Wie is de gemeentesecretaris van Zandwijk?",
        "Who is the mayor of Zandwijk?",
        "Wie ondertekende het convenant over afval van Zandwijk?",
        "Welke tekenen van slijtage ziet Zandwijk?",
    ],
)
def test_an_office_or_a_paper_that_nobody_signed_for_is_not_answered_by_other_signatures(assistant, question):
    assert not any("griffier" in text for text in texts(assistant.ask(question)))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("de griffier,\n\ndrs. K. Jansen\n\nde voorzitter,\n\nM. Smit", "de griffier,\n\ndrs. K. Jansen"),
        ("Het college,\nde secretaris,\nA. Bos\nBijlage: kaart", "Het college,\nde secretaris,\nA. Bos"),
        ("Wij bouwen huizen,\nen wegen voor fietsers.", "Wij bouwen huizen,\nen wegen voor fietsers."),
        ("Wij bouwen huizen.\nDe Boer", "Wij bouwen huizen."),
    ],
)
def test_a_role_goes_on_in_its_name_and_no_further(text, first):
    start, end = spans_in(text, 0, len(text))[0]
    assert text[start:end] == first


def test_the_lines_that_date_a_document_answer_only_a_question_for_them(assistant):
    assert not any("Geldend van" in text for text in texts(assistant.ask("Wat doet de nota Lantaarn voor fietsers?")))
    assert texts(assistant.ask("Sinds wanneer geldt de nota Lantaarn?")) == ["Geldend van 01-03-2024 t/m heden"]


def test_of_two_documents_of_one_municipality_the_newest_comes_first(tmp_path):
    both = make_assistant(tmp_path, {"nieuw.txt": PROJECT, "oud.txt": OLDER})
    answer = both.ask("Wat zeggen de documenten van Zandwijk over het project Lantaarn?")
    shown = list(dict.fromkeys(citation.document_id for citation in answer.citations))
    assert shown == ["nieuw", "oud"]


def test_a_municipality_outside_the_chosen_documents_is_said_to_be_so(tmp_path):
    both = make_assistant(
        tmp_path,
        {"wonen.txt": VERHUIZEN.replace("Zandwijk", "Purmerend"), "groen.txt": GROEN.replace("Hoogveld", "Someren")},
    )
    answer = both.ask("Wat zegt Someren over bomen?", documents=["wonen"])
    assert answer.abstained
    assert "keuze" in (answer.reason or "")
    assert "geen document" not in (answer.reason or "")


@pytest.mark.parametrize("word", ["afgeschaft", "stopt", "teruggedraaid", "abolished", "ended"])
def test_an_end_or_change_is_an_event(word):
    assert is_event(word)
    assert not is_event("project")


def test_an_event_that_no_passage_tells_of_is_seen(assistant):
    def event(question):
        found = assistant.search(question)
        return measure(found.generation, found.query, found.hits)["event"]

    assert event("Waarom is het project Lantaarn afgeschaft?") == 1.0
    assert event("Wat doet het project Lantaarn?") == 0.0


def test_a_follow_up_is_about_its_own_words_first(assistant):
    found = assistant.search("En de kraan?", ["Wat doet het project Lantaarn voor fietsers langs de vaart?"])
    assert found.query.added
    passage = found.generation.passages[found.hits[0].passage]
    document = found.generation.document_of(found.hits[0].passage)
    assert "kraan" in document.text[passage.start : passage.end]


@pytest.mark.parametrize(
    "question", ["Wie tekende de nota Lantaarn?", "Wie is de griffier?", "Who signed the nota Lantaarn?"]
)
def test_who_signed_is_looked_for_where_it_is_signed(assistant, question):
    found = assistant.search(question)
    passage = found.generation.passages[found.hits[0].passage]
    document = found.generation.document_of(found.hits[0].passage)
    assert "A.B. van Dijk" in document.text[passage.start : passage.end]
    assert [hit.rank for hit in found.hits] == list(range(1, len(found.hits) + 1))


def test_a_fact_of_the_document_is_the_first_hit_of_a_question_for_it(assistant):
    found = assistant.search("Sinds wanneer geldt de nota Lantaarn?")
    passage = found.generation.passages[found.hits[0].passage]
    assert "Geldend van" in found.generation.documents["project"].text[passage.start : passage.end]


def test_a_subject_that_one_sentence_holds_is_answered_sooner_than_a_question_about_it(assistant, monkeypatch):
    monkeypatch.setattr("assistant.verdict.confidence", lambda *_: 0.45)
    assert not assistant.ask("Wat staat er over de molen?").abstained
    assert assistant.ask("Hoe hoog is de molen?").abstained
    assert assistant.ask("Wat staat er over de molen en het zwembad?").abstained


@pytest.mark.parametrize(
    "question",
    ["Wat is de deadline voor de tuinbonus van Zandwijk?", "Wat is de uiterste datum voor de tuinbonus van Zandwijk?"],
)
def test_the_date_asked_comes_along_from_the_sentence_beside(tmp_path, question):
    text = VERHUIZEN + (
        "3 Tuinbonus\nZandwijk kent een tuinbonus. De tuinbonus van Zandwijk is voor bewoners. "
        "Het formulier moet vóór 1 november binnen zijn. De tuinbonus van Zandwijk is voor struiken. "
        "De tuinbonus van Zandwijk is voor bomen. De tuinbonus van Zandwijk is een bonus.\n"
    )
    answer = make_assistant(tmp_path, {"wonen.txt": text}).ask(question)
    assert any("1 november" in claim.text for claim in answer.claims)


@pytest.mark.parametrize("question", ["Welke uitgangspunten heeft Zandwijk?", "What are the principles of Zandwijk?"])
def test_a_numbered_list_with_text_below_each_item_is_whole_though_no_colon_opens_it(tmp_path, question):
    text = VERHUIZEN + (
        "3 Vier uitgangspunten\nBij elke keuze toetst de gemeente aan vier uitgangspunten.\n"
        "1. Eerst de straat\nIn de straat is al veel. Daar begint het mee.\n"
        "2. Licht waar het kan\nZwaar blijft voor wie dat nodig heeft.\n"
        "3. Samen beslissen\nDe bewoner zit aan tafel.\n"
        "4. Doen wat werkt\nWat niet helpt, stopt.\n"
    )
    claims = [claim.text for claim in make_assistant(tmp_path, {"wonen.txt": text}).ask(question).claims]
    assert [c for c in claims if c[0].isdigit()] == [
        "1. Eerst de straat",
        "2. Licht waar het kan",
        "3. Samen beslissen",
        "4. Doen wat werkt",
    ]


@pytest.mark.parametrize(
    ("question", "abstained"),
    [
        ("Hoeveel straten krijgen meer bomen?", True),
        ("Hoeveel bomen planten we terug voor elke boom?", False),
        ("Wie houdt toezicht op de aanplant?", False),
    ],
)
def test_an_amount_is_not_answered_by_sentences_without_one(tmp_path, question, abstained):
    assistant = make_assistant(tmp_path, {"groen.txt": GROEN})
    found = assistant.search(question)
    judged = [Judged(found.query.scope.documents, found.hits[:1], 0.9, True)]  # whatever the judgement makes of it
    assert answer_of(found.generation, found.query, judged).abstained == abstained
