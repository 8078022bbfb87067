"""Where to look: the municipalities, documents and sections that a question names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.scope import Scope, scope_of
from ingest.document import Document, Section
from vectorstore.lexical import words


def outline(*headings: tuple[str | None, str, int]) -> tuple[Section, ...]:
    """Sections of ten characters by number, title and level, each holding the deeper ones that follow it."""
    found = []
    for n, (number, title, level) in enumerate(headings):
        end = next((m for m, h in enumerate(headings) if m > n and h[2] <= level), len(headings))
        found.append(Section(number, title, level, (title,), "body", 10 * n, 10 * n + 5, 10 * n + 10, 10 * end))
    return tuple(found)


CHAPTERS = outline(
    ("1", "Inleiding", 1),
    ("2", "Doelen", 1),
    ("2.1", "Doel 1: schone lucht", 2),
    ("2.2", "Doel 2: stille straten", 2),
    ("5", "Geld", 1),
    (None, "Stap 2 De aanvraag", 1),
)
ARTICLES = outline(
    ("Artikel 1", "Begrippen", 1),
    ("Artikel 8", "Slot", 1),
    ("Artikel 2:12", "Verbod", 1),
    ("Bijlage 1", "Kaart", 1),
    ("Bijlage B", "Lijst", 1),
    ("Deel 8", "Overig", 1),
)


def document(name, municipality, title="Beleidskader Wonen", kind="beleidskader", sections=CHAPTERS) -> Document:
    text = "x" * 10 * len(sections)
    return Document(name, title, municipality, kind, None, None, None, f"{name}.txt", None, "", text, sections)


ZANDWIJK = document("wonen", "Zandwijk")
HOOGVELD = document("groen", "Hoogveld", "Groenvisie", "visie")
RULES = document("regels", "Zandwijk", "Verordening Rook", "verordening", ARTICLES)
BOTH = [ZANDWIJK, HOOGVELD]


def places(question, *names) -> Scope:
    return scope_of(question, [document(name.lower(), name) for name in names])[0]


def named(question, documents) -> list[str]:
    """Labels of the sections that a question names."""
    outlines = {d.id: d.sections for d in documents}
    return [outlines[name][n].label for name, n in scope_of(question, documents)[0].sections]


def test_two_named_municipalities_are_both_searched():
    scope, topic = scope_of("Vergelijk de hofjes van Zandwijk met die van Hoogveld", BOTH)
    assert scope.municipalities == ("Hoogveld", "Zandwijk")
    assert set(scope.documents) == {"wonen", "groen"}
    assert topic == "Vergelijk de hofjes met die"


def test_beside_a_known_municipality_an_unknown_one_is_told():
    scope, _ = scope_of("Vergelijk Zandwijk met Utrecht", BOTH)
    assert scope.documents == ("wonen",)
    assert scope.unknown == ("Utrecht",)


def test_documents_of_a_merged_municipality_are_found_by_the_name_it_has_now():
    assert places("Wat zegt Vijfheerenlanden over wonen?", "Leerdam").documents == ("leerdam",)


@pytest.mark.parametrize(
    "question", ["Wat zegt het Groningse kader?", "wat zegt het groningse kader", "En Groningens plan?"]
)
def test_an_inflected_name_is_known_even_where_it_is_a_word_of_the_language(question):
    assert places(question, "Groningen", "Hoogveld").municipalities == ("Groningen",)


def test_a_municipality_is_not_mistaken_for_one_whose_name_begins_alike():
    assert places("Wat zegt Bergen op Zoom over wonen?", "Bergen", "Bergen op Zoom").municipalities == (
        "Bergen op Zoom",
    )
    assert places("Wat zegt Bergen over wonen?", "Bergen", "Bergen op Zoom").municipalities == ("Bergen",)
    assert places("Wat zegt Utrechtse Heuvelrug over wonen?", "Utrecht").unknown == ("Utrechtse Heuvelrug",)


def test_a_name_inside_another_leaves_the_rest_of_the_question_whole():
    documents = [document("bergen", "Bergen"), document("zoom", "Bergen op Zoom")]
    assert scope_of("Wat zegt Bergen op Zoom over wonen?", documents)[1] == "Wat zegt over wonen?"


@pytest.mark.parametrize("name", ["Hoogvelt", "Hogeveld", "hoogvled", "Hoogveldt"])
def test_a_misspelled_municipality_is_known(name):
    assert scope_of(f"Wat zegt {name} over bomen?", BOTH)[0].documents == ("groen",)


@pytest.mark.parametrize("name", ["Hoogmeer", "Zandmeer", "Veldhoog"])
def test_a_name_that_only_resembles_one_is_another(name):
    assert not scope_of(f"Wat zegt buurthuis {name} over bomen?", BOTH)[0].named


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Hoeveel woningen worden er gebouwd?", "Woerden"),
        ("Wanneer is een klacht terecht?", "Utrecht"),
        ("Waarom werden er bomen gekapt?", "Wierden"),
        ("Welke waarden zijn leidend?", "Naarden"),
    ],
)
def test_a_proper_word_is_no_misspelled_municipality(question, name):
    scope, topic = scope_of(question, [document("een", name), HOOGVELD])
    assert scope.municipalities == ()
    assert topic == question


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Wat werkt het best?", "Best"),
        ("Hoe gaan buren met elkaar om?", "Buren"),
        ("Hoeveel huizen komen er?", "Huizen"),
    ],
)
def test_an_ordinary_word_is_not_the_indexed_municipality_of_that_name(question, name):
    assert places(question, name, "Hoogveld").municipalities == ()


@pytest.mark.parametrize("question", ["Wat zegt de gemeente Best over sport?", "Wat zegt Best over sport?"])
def test_a_municipality_that_is_a_word_is_known_by_its_capital(question):
    assert places(question, "Best", "Hoogveld").municipalities == ("Best",)


@pytest.mark.parametrize(
    "question",
    [
        "wat gebeurt er in de wijk?",
        "hoeveel huizen komen erbij?",
        "wie zijn de helden van de buurt?",
        "waar hoeven inwoners niet voor te betalen?",
        "Huizen bouwen, hoe doen jullie dat?",
    ],
)
def test_an_ordinary_word_is_not_a_municipality_that_is_not_indexed(question):
    assert scope_of(question, BOTH)[0].unknown == ()


@pytest.mark.parametrize("question", ["wat zegt amersfoort over bomen", "Wat zegt Amersfoort over bomen?"])
def test_a_municipality_that_is_not_indexed_is_known_with_and_without_capital(question):
    assert scope_of(question, BOTH)[0].unknown == ("Amersfoort",)


def test_a_kind_of_document_chooses_among_those_of_a_place():
    documents = [ZANDWIJK, RULES, HOOGVELD]
    assert scope_of("Wat zegt de verordening over roken?", documents)[0].documents == ("regels",)
    assert scope_of("Wat zegt het beleidskader van Zandwijk over roken?", documents)[0].documents == ("wonen",)


@pytest.mark.parametrize("word", ["beleidskader", "kader", "nota", "visie", "plan"])
def test_a_word_for_any_document_chooses_none(word):
    scope, _ = scope_of(f"Wat zegt het {word} over bomen?", BOTH)
    assert set(scope.documents) == {"wonen", "groen"}
    assert not scope.named


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Waar gaat hoofdstuk 5 over?", "5 Geld"),
        ("what is in chapter 5?", "5 Geld"),
        ("Wat staat er in § 2.1?", "2.1 Doel 1: schone lucht"),
        ("Wat staat er in §2.1?", "2.1 Doel 1: schone lucht"),
        ("paragraaf 2.2", "2.2 Doel 2: stille straten"),
        ("par. 2.2 graag", "2.2 Doel 2: stille straten"),
        ("What does section 2.2 say?", "2.2 Doel 2: stille straten"),
        ("Wat moet ik doen bij stap 2?", "Stap 2 De aanvraag"),
        ("What happens at step 2?", "Stap 2 De aanvraag"),
        ("Wat houdt doel 2 in?", "2.2 Doel 2: stille straten"),
        ("what about goal 1?", "2.1 Doel 1: schone lucht"),
        ("Wat staat er in 2.1 van Zandwijk?", "2.1 Doel 1: schone lucht"),
        ("What does paragraph 2.2 say?", "2.2 Doel 2: stille straten"),
    ],
)
def test_a_section_is_named_by_its_number(question, label):
    assert named(question, [ZANDWIJK]) == [label]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Wat zegt artikel 8?", "Artikel 8 Slot"),
        ("art. 8 graag", "Artikel 8 Slot"),
        ("Wat zegt art 8?", "Artikel 8 Slot"),
        ("what does article 8 say", "Artikel 8 Slot"),
        ("Wat staat er in bijlage 1?", "Bijlage 1 Kaart"),
        ("Wat staat er in bijlage B?", "Bijlage B Lijst"),
        ("Wat zegt artikel 2:12?", "Artikel 2:12 Verbod"),
        ("Wat staat er in deel 8?", "Deel 8 Overig"),
    ],
)
def test_an_article_or_appendix_is_named_by_its_number(question, label):
    assert named(question, [RULES]) == [label]


@pytest.mark.parametrize(
    "question",
    [
        "Wat zegt artikel 81 over roken?",
        "Wat zegt artikel 8:1 Awb?",
        "Wat zegt artikel 8.1 van de wet?",
        "Hoofdstuk 8?",
        "Welk deel, 8%, is dat?",
        "Een deel 8% hoger",
        "Een groei van 2.1% in een jaar",
        "Een bedrag van 2.1 miljoen",
        "Wat gebeurt er in 2.1 jaar?",
    ],
)
def test_a_number_that_no_section_has_stays_in_the_question(question):
    scope, topic = scope_of(question, [RULES])
    assert scope.sections == ()
    assert topic == question


def test_what_names_a_section_is_taken_out_of_the_topic():
    assert scope_of("Wat zegt hoofdstuk 5 over subsidie?", [ZANDWIJK])[1] == "Wat zegt over subsidie?"
    assert scope_of("Hoeveel geld is er volgens hoofdstuk 5?", [ZANDWIJK])[1] == "Hoeveel geld is er?"


def test_a_section_that_a_named_document_neither_has_nor_mentions_is_absent():
    assert scope_of("Wat zegt hoofdstuk 9 van Zandwijk over bomen?", BOTH)[0].absent == ("hoofdstuk 9",)
    assert scope_of("Wat zegt hoofdstuk 5 van Zandwijk over bomen?", BOTH)[0].absent == ()
    assert scope_of("Wat zegt hoofdstuk 9 over bomen?", BOTH)[0].absent == ()


@pytest.mark.parametrize(
    "question", ["Wat zegt Zandwijk over artikel 7 van de wet?", "What does Zandwijk say about article 7?"]
)
def test_an_article_of_a_law_that_the_document_speaks_of_is_not_absent(question):
    speaking = replace(ZANDWIJK, text="Dit volgt uit artikel 7 van de wet.")
    assert scope_of(question, [speaking, HOOGVELD])[0].absent == ()


def test_two_sections_can_be_named_at_once():
    assert named("Vergelijk § 2.1 en § 2.2", [ZANDWIJK]) == ["2.1 Doel 1: schone lucht", "2.2 Doel 2: stille straten"]


def test_a_number_that_many_documents_have_says_where_to_look_only_with_a_place():
    documents = [ZANDWIJK, document("zorg", "Hoogveld")]
    assert scope_of("Wat zegt hoofdstuk 5 over bomen?", documents)[0].sections == ()
    assert scope_of("Wat zegt hoofdstuk 5 van Hoogveld over bomen?", documents)[0].sections == (("zorg", 4),)
    assert len(scope_of("hoofdstuk 5", documents)[0].sections) == 2


def test_a_named_section_holds_what_is_below_it_and_nothing_else():
    scope, _ = scope_of("hoofdstuk 2", [ZANDWIJK])
    assert [n for n in range(len(CHAPTERS)) if scope.holds("wonen", n, CHAPTERS)] == [1, 2, 3]
    assert not scope.holds("groen", 1, CHAPTERS)


def test_where_no_section_is_named_every_section_is_searched():
    assert all(scope_of("bomen", BOTH)[0].holds("wonen", n, CHAPTERS) for n in range(len(CHAPTERS)))


TOPIC = "bomen hofjes tuinen subsidie regels kosten wonen ouderen dertig".split()
NAMES = ["van Zandwijk", "in de gemeente Hoogveld", "Zandwijkse", "Hoogveldt"]


@given(
    st.lists(st.sampled_from(TOPIC), min_size=1),
    st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 9)), max_size=3),
)
def test_names_are_taken_out_and_every_other_word_stays(topic, inserted):
    said = list(topic)
    for name, at in inserted:
        said.insert(at, name)
    left = words(scope_of(" ".join(said), [ZANDWIJK, HOOGVELD])[1])
    assert left == topic


@given(st.text(max_size=120))
def test_any_text_gives_a_scope_within_the_documents(question):
    scope, _ = scope_of(question, [ZANDWIJK, HOOGVELD, RULES])
    assert set(scope.documents) <= {"wonen", "groen", "regels"}
    assert scope.documents or scope.unknown
    assert scope.named or len(scope.documents) in (0, 3)


def test_without_documents_there_is_nowhere_to_look():
    assert scope_of("Wat zegt Zandwijk?", [])[0].documents == ()


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Werkt Zandwijk samen met Utrecht?", ()),
        ("Welke bezwaren uit Utrecht zijn in het kader van Zandwijk verwerkt?", ()),
        ("Wat zeggen Zandwijk en Utrecht over wonen?", ("Utrecht",)),
        ("Zandwijk, Utrecht of Hoogveld?", ("Utrecht",)),
        ("Wat zegt Utrecht over wonen?", ("Utrecht",)),
    ],
)
def test_a_municipality_that_is_not_indexed_is_asked_only_beside_one_that_is(question, unknown):
    scope, topic = scope_of(question, BOTH)
    assert scope.unknown == unknown
    assert ("Utrecht" in topic) is not bool(unknown)


@pytest.mark.parametrize("question", ["Wat zegt programma 2025 van Zandwijk?", "Wat is de opgave 2024 van Zandwijk?"])
def test_a_year_is_no_number_of_a_section(question):
    assert scope_of(question, BOTH)[0].absent == ()


def test_below_an_article_stands_no_name_of_a_place():
    assert scope_of("en van het maatschappelijk middenveld?", []) == (
        Scope(()),
        "en van het maatschappelijk middenveld?",
    )
    assert scope_of("en de gemeente purmerend?", [])[0].unknown == ("Purmerend",)
