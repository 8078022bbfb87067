"""The questions that the chat page offers a first visitor, made from the documents' own headings."""

from __future__ import annotations

import re

import pytest
from laid_out import made

from ui.messages import LANGUAGES
from ui.suggestions import suggestions

LONG = " ".join(["hulp zorg vrijwillig vroeg geld later buurt"] * 8)


def test_first_questions_are_at_most_four_and_spread_over_the_documents(demo_assistant):
    documents = demo_assistant.generation().documents
    asked = suggestions(documents.values(), "nl")
    assert len(asked) == 4
    assert len({re.sub(r" over .*", "", question) for question in asked}) == 4


def test_first_questions_are_the_same_whatever_the_order_of_the_documents(demo_assistant):
    documents = list(demo_assistant.generation().documents.values())
    assert suggestions(documents, "nl") == suggestions(reversed(documents), "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_questions_are_answered_by_the_documents_they_come_from(demo_assistant, language):
    for question in suggestions(demo_assistant.generation().documents.values(), language):
        assert not demo_assistant.ask(question).abstained, question


def test_first_questions_name_the_kind_of_document_with_its_article():
    nota = made("nota", "Zandwijk", ("1", "Vroege zorg", 1, LONG))
    kader = made("kader", "Hoogveld", ("1", "Vroege zorg", 1, LONG), kind="beleidskader")
    assert suggestions([nota, kader], "nl") == [
        "Wat zegt het beleidskader van Hoogveld over vroege zorg?",
        "Wat zegt de kadernota van Zandwijk over vroege zorg?",
    ]


def test_first_questions_name_a_document_by_its_title_where_its_kind_does_not_tell_it_apart():
    nota, other = (made(name, "Zandwijk", ("1", "Vroege zorg", 1, LONG)) for name in ("nota", "tweede"))
    assert suggestions([nota, other], "nl")[0] == "Wat zegt “Nota” over vroege zorg?"


@pytest.mark.parametrize(
    "title",
    [
        "Inleiding",
        "Samenvatting en leeswijzer",
        "Wat mag het kosten?",
        "Hoe we werken",
        "Geld in 2024",
        "Nota",
        "Over de bron",
        "Hulp is vrijwillig",
    ],
)
def test_first_questions_pass_over_headings_that_name_no_topic(title):
    assert suggestions([made("nota", "Zandwijk", ("1", title, 1, f"{title} {LONG}"))], "nl") == []


def test_first_questions_pass_over_headings_that_return_and_sections_without_text():
    twice = [
        ("1", "Vroege zorg", 1, LONG),
        ("2", "Vroege zorg", 1, LONG),
        ("3", "Vrijwillige hulp", 1, ""),
    ]
    assert suggestions([made("nota", "Zandwijk", *twice)], "nl") == []


@pytest.mark.parametrize(
    "title", ["[Optioneel:] Vroege zorg", "b. Vroege zorg", "• Vroege zorg:", "Doel: Vroege zorg."]
)
def test_first_questions_leave_out_what_clings_to_a_heading(title):
    asked = suggestions([made("nota", "Zandwijk", ("1", title, 1, LONG))], "nl")
    assert asked == ["Wat zegt de kadernota van Zandwijk over vroege zorg?"]


@pytest.mark.parametrize(
    ("title", "topic"),
    [("Waterlelie en zwemles", "Waterlelie en zwemles"), ("Zwemles en sport", "zwemles en sport")],
)
def test_first_questions_begin_a_topic_small_unless_it_is_a_name(title, topic):
    own = f"Bij Waterlelie is er zwemles en sport. {LONG}"
    asked = suggestions([made("nota", "Zandwijk", ("1", title, 1, own))], "nl")
    assert asked == [f"Wat zegt de kadernota van Zandwijk over {topic}?"]
