"""Questions for a document's outline are answered by its headings, and by nothing else."""

from __future__ import annotations

import pytest
from building import GROEN, make_assistant

from assistant.contents import chapters_of, parts_of
from assistant.render import render

NOTA = """Kadernota Buurten
De raad van de gemeente Zandwijk;
Samenvatting
Deze nota zegt wat de gemeente in de buurten doet.
1 Inleiding
De gemeente wil dat buurten schoon zijn.
2 Schoon en heel
2.1 Vegen
De straten worden elke week geveegd.
2.2 Snoeien
De gemeente snoeit in het najaar. Artikelen in de krant zeggen wanneer.
Bijlage 1 Kaart van de buurten
De kaart noemt zeven buurten.
Bijlage 2 Planning
In de planning staat wanneer elke buurt aan de beurt is.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("inhoud"), {"buurten.txt": NOTA, "groen.txt": GROEN})


@pytest.fixture(scope="module")
def nota(assistant):
    return assistant.generation().documents["buurten"]


def said(assistant, question, *history):
    answer = assistant.ask(question, history)
    return [claim.text for claim in answer.claims]


def test_chapters_and_parts_are_those_of_the_outline(nota):
    titles = [nota.sections[i].label for i in chapters_of(nota)]
    assert titles[1:3] == ["1 Inleiding", "2 Schoon en heel"]
    second = next(i for i in chapters_of(nota) if nota.sections[i].number == "2")
    assert [nota.sections[i].label for i in parts_of(nota, second)] == ["2.1 Vegen", "2.2 Snoeien"]


@pytest.mark.parametrize(
    "question",
    [
        "Welke bijlagen heeft de kadernota van Zandwijk?",
        "Hoeveel bijlagen horen er bij de nota van Zandwijk?",
        "Which appendices does the Zandwijk memorandum have?",
    ],
)
def test_appendices_are_named_by_their_headings(assistant, question):
    assert said(assistant, question) == ["Bijlage 1 Kaart van de buurten", "Bijlage 2 Planning"]


@pytest.mark.parametrize(
    "question",
    [
        "Hoe is de kadernota van Zandwijk opgebouwd?",
        "Welke hoofdstukken heeft de nota van Zandwijk?",
        "Wat is de opbouw van de kadernota van Zandwijk?",
        "I am new in Zandwijk: how is the memorandum put together, and what is in which chapter?",
    ],
)
def test_a_question_for_the_whole_is_answered_by_the_chapters(assistant, question):
    assert said(assistant, question)[-4:] == [
        "1 Inleiding",
        "2 Schoon en heel",
        "Bijlage 1 Kaart van de buurten",
        "Bijlage 2 Planning",
    ]


def test_the_parts_of_chapters_are_asked_by_their_name(assistant):
    assert said(assistant, "Noem de paragrafen van de nota van Zandwijk") == ["2.1 Vegen", "2.2 Snoeien"]


@pytest.mark.parametrize(
    "question",
    [
        "Welke bijlagen gaan in Zandwijk over snoeien?",
        "Welke artikelen staan er in de krant van Zandwijk over snoeien?",
        "Hoe is een buurt in Zandwijk opgebouwd?",
    ],
)
def test_a_question_about_something_else_is_not_answered_by_headings(assistant, nota, question):
    headings = {section.label for section in nota.sections}
    assert not headings & set(said(assistant, question))


def test_a_list_that_lies_over_sections_is_their_titles(assistant):
    assert said(assistant, "Noem wat schoon en heel is in Zandwijk") == ["2.1 Vegen", "2.2 Snoeien"]


def test_of_all_documents_at_once_no_outline_is_given(assistant):
    assert not any(text.startswith("Bijlage 1") for text in said(assistant, "Welke bijlagen zijn er?"))


def test_a_heading_that_is_quoted_does_not_stand_above_itself(assistant):
    answer = assistant.ask("Welke bijlagen heeft de kadernota van Zandwijk?")
    text = render(answer, assistant.generation().documents)
    assert text.count("Planning") == 1
    assert "**" not in text


def test_every_heading_is_cited_at_its_place(assistant, nota):
    answer = assistant.ask("Welke bijlagen heeft de kadernota van Zandwijk?")
    for citation in answer.citations:
        assert nota.text[citation.start : citation.end] == citation.quote
        assert nota.sections[citation.section].start <= citation.start < nota.sections[citation.section].text_start


@pytest.mark.parametrize(
    "question", ["Vat de kadernota van Zandwijk samen", "Geef een samenvatting van de kadernota van Zandwijk"]
)
def test_a_summary_is_the_section_that_sums_up(assistant, question):
    assert said(assistant, question) == ["Deze nota zegt wat de gemeente in de buurten doet."]


def test_the_papers_that_go_with_a_proposal_are_the_lines_below_their_heading(tmp_path):
    text = (
        "Raadsvoorstel\nOnderwerp Kader bomen\nGemeente Hoogveld\n1 Voorstel\nWij stellen bomen voor.\n\n"
        "Bijlage(n):\n\n- Kader bomen 2024.\n- Advies van de Bomenraad.\n"
    )
    answer = make_assistant(tmp_path, {"voorstel.txt": text}).ask(
        "Welke bijlagen horen bij het raadsvoorstel van Hoogveld?"
    )
    assert [claim.text for claim in answer.claims] == ["Kader bomen 2024.", "Advies van de Bomenraad."]
