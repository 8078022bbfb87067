"""Documents called by their title: by a run of its words, or by a word that no other indexed title has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.scope import scope_of
from ingest.document import Document, Fact, Section


def document(title: str, text: str = "", municipality: str | None = None, kind: str | None = None) -> Document:
    section = Section(None, title, 1, (title,), "body", 0, 0, 9, 9)
    name = title.lower().replace(" ", "-")
    return Document(name, title, municipality, kind, None, None, None, f"{name}.txt", None, "", text, (section,))


INDEXED = [
    document("Vervoersprogramma 2031", "Wij rijden vaker."),
    document("Muziekpact 2029", "Wij spelen samen."),
    document("Handboek tuinieren", "Tuinieren is geduld. De straten worden geveegd."),
    document("Waternota 2030", "Over water en over vergroening van straten."),
    document("Vergroening 2030", "Over vergroening."),
    document("Klinkert 2032", "Over klinkers."),
    document("Verordening straten", "Over straten.", kind="verordening"),
    document("Verordening bruggen", "Over bruggen.", kind="verordening"),
    document("Beleidskader ouderen en zorg", "Over ouderen.", kind="beleidskader"),
    document("Beleidskader jongeren en zorg", "Over jongeren.", kind="beleidskader"),
]


def called(question: str, documents: list[Document] = INDEXED) -> list[str]:
    """The titles of the documents that a question names; none where it is about all."""
    scope, _ = scope_of(question, documents)
    return [d.title for d in documents if scope.named and d.id in scope.documents]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Wat zegt het Vervoersprogramma over bussen?", "Vervoersprogramma 2031"),
        ("wat zegt het vervoersprogramma over bussen", "Vervoersprogramma 2031"),
        ("Welke hoofdstukken heeft het Muziekpact?", "Muziekpact 2029"),
        ("Wat staat er in het handboek tuinieren over snoeien?", "Handboek tuinieren"),
        ("Hoe is de verordening straten opgebouwd?", "Verordening straten"),
        ("Wat zegt het beleidskader ouderen over vervoer?", "Beleidskader ouderen en zorg"),
        ("Wat zegt het beleidskader jongeren en zorg?", "Beleidskader jongeren en zorg"),
        ("Wat zegt de nota Klinkert over vegen?", "Klinkert 2032"),
        ("Wat zegt de Klinkert over vegen?", "Klinkert 2032"),
    ],
)
def test_a_document_is_called_by_what_no_other_title_has(question, title):
    assert called(question) == [title]


@pytest.mark.parametrize(
    "question",
    [
        "Wat staat er over vergroening?",
        "Hoe gaat de gemeente om met de Vergroening van straten?",  # other texts speak of it
        "Wat zegt de gemeente over ouderen en zorg?",
        "Wat staat er over tuinieren?",
        "Wat is er bekend over de Klinkert?",
        "Wat kost een klinkert?",
        "Wat zegt de Klinkert Groep over vegen?",
        "Wat doet het Klinkert-team?",
        "Wat zegt het beleidskader over zorg?",
        "Wat zegt het handboek?",
        "Wat gebeurt er in 2031?",
    ],
)
def test_what_a_question_is_about_calls_no_document(question):
    assert called(question) == []


def test_two_that_are_called_are_asked_each():
    scope, _ = scope_of("Wat zeggen het Vervoersprogramma en het handboek tuinieren over bussen?", INDEXED)
    assert scope.apart == (("vervoersprogramma-2031",), ("handboek-tuinieren",))


def test_what_calls_two_documents_calls_neither_by_itself():
    twice = [document("Muziekpact Noord"), document("Muziekpact Zuid"), *INDEXED[2:]]
    assert called("Welke doelen heeft het muziekpact zuid?", twice) == ["Muziekpact Zuid"]
    assert called("Welke doelen heeft het muziekpact?", twice) == []


def test_the_subject_of_a_question_about_a_municipality_calls_none_of_its_documents():
    documents = [
        document("Preventie en sport Zandwijk", municipality="Zandwijk"),
        document("Wonen in Zandwijk", municipality="Zandwijk"),
    ]
    for question in ("Wat zegt Zandwijk over preventie?", "Wat zegt Zandwijk over preventie en sport?"):
        assert set(scope_of(question, documents)[0].documents) == {d.id for d in documents}


def test_a_document_is_called_by_the_short_title_that_it_gives_itself():
    long = "Besluit van de raad tot vaststelling van regels voor het bewaren van fietsen"
    kept = replace(document(long), facts=(Fact("citeertitel", "Fietsregeling bewaring", 0, 9),))
    assert called("Wat zegt de fietsregeling bewaring over sloten?", [kept, *INDEXED]) == [long]


def test_a_chapter_that_a_document_called_by_its_title_does_not_have_is_not_answered(demo_assistant):
    answer = demo_assistant.ask("Wat staat er in hoofdstuk 9 van het beleidskader samenleving?")
    assert answer.abstained
    assert "hoofdstuk 9" in answer.reason
    built = demo_assistant.ask("Hoe is het beleidskader samenleving opgebouwd?")
    assert len({c.document_id for c in built.citations}) == 1
