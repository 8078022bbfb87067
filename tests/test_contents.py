"""Questions for a document's outline are answered by its headings, and by nothing else."""

from __future__ import annotations

import pytest
from building import GROEN, make_assistant

from assistant.contents import chapters_of, parts_of
from assistant.quotable import MAX_LIST
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


@pytest.fixture(scope="module")
def long_ones(tmp_path_factory):
    chapters = [f"## {n} Onderwerp {chr(64 + n)}\n\nDe gemeente doet {n} dingen." for n in range(1, 23)]
    articles = [f"## Artikel {n} Regel {n}\n\nVan regel {n} wordt niet afgeweken." for n in range(1, 51)]
    folded = [f"## Hoofdstuk {n} Deel {n}\n\n### Artikel {n} Zaak {n}\n\nDat is zaak {n}." for n in range(1, 21)]
    files = {
        "sportnota.md": "# Sportnota Zandwijk\n\n" + "\n\n".join(chapters),
        "marktverordening.md": "# Marktverordening Zandwijk\n\n" + "\n\n".join(articles),
        "fietsprogramma.md": "# Fietsprogramma Zandwijk\n\n" + "\n\n".join(chapters[:3]),
        "grafverordening.md": "# Grafverordening Zandwijk\n\n" + "\n\n".join(folded),
    }
    return make_assistant(tmp_path_factory.mktemp("lang"), files)


@pytest.mark.parametrize(
    "question", ["Welke hoofdstukken heeft de sportnota?", "Hoeveel hoofdstukken heeft de sportnota?"]
)
def test_all_chapters_of_a_long_document_are_listed(long_ones, question):
    answer = long_ones.ask(question)
    assert [c.text.partition(" ")[0] for c in answer.claims] == [str(n) for n in range(1, 23)]
    assert answer.notes == ()


@pytest.mark.parametrize(
    "question", ["Hoeveel artikelen heeft de grafverordening?", "Welke artikelen heeft de grafverordening?"]
)
def test_where_articles_are_asked_no_chapters_are_listed(long_ones, question):
    assert said(long_ones, question) == [f"Artikel {n} Zaak {n}" for n in range(1, 21)]


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("Hoeveel artikelen heeft de marktverordening?", "langer dan hier past"),
        ("How many articles does the marktverordening contain?", "longer than fits here"),
    ],
)
def test_an_outline_that_is_cut_says_so_and_how_many_parts_there_are(long_ones, question, note):
    answer = long_ones.ask(question)
    assert len(answer.claims) == MAX_LIST
    assert note in answer.notes[0]
    assert "50" in answer.notes[0]
    assert answer.notes[0] in render(answer, long_ones.generation().documents).replace("\\", "")


def test_a_question_for_articles_about_something_is_not_answered_by_the_outline(long_ones):
    assert not {f"Artikel {n} Regel {n}" for n in range(3)} & set(
        said(long_ones, "Welke artikelen van de marktverordening gaan over kermis?")
    )


def test_a_programme_is_built_up_of_its_chapters_too(long_ones):
    assert said(long_ones, "Hoe is het fietsprogramma opgebouwd?") == [
        "1 Onderwerp A",
        "2 Onderwerp B",
        "3 Onderwerp C",
    ]
