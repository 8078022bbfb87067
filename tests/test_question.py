"""What a question is read as: language, scope, topic, and what a follow-up means."""

from __future__ import annotations

import unicodedata

import pytest
from building import GROEN, MODEL, VERHUIZEN, make_index
from hypothesis import given
from hypothesis import strategies as st

from assistant.courtesies import without_framing
from assistant.engine import Assistant
from assistant.language import detect_language
from assistant.pointing import Points
from assistant.question import understand
from assistant.reading import MAX_CHARACTERS, check_question
from ingest.errors import InvalidQuestion
from ingest.read import read_document
from vectorstore.embeddings import KaderEmbeddings


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return make_index(tmp_path_factory.mktemp("vraag"), {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})[0]


@pytest.fixture(scope="module")
def documents(store):
    return list(store.open().documents.values())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wat zegt het kader over preventie?", "nl"),
        ("What does the framework say about prevention?", "en"),
        ("preventie", "nl"),
        ("prevention", "en"),
        ("loneliness", "en"),
        ("eenzaamheid", "nl"),
        ("What is civil society?", "en"),
        ("Wat is civil society?", "nl"),
        ("2024", "nl"),
        ("en voor jongeren?", "nl"),
        ("and for young people?", "en"),
        ("Scoort Zandwijk beter of slechter dan landelijk op bewegen?", "nl"),
    ],
)
def test_language_of_short_and_long_questions(question, language):
    assert detect_language(question) == language


@pytest.mark.parametrize("empty", ["", "   ", "?!", "\x00\x01", "…"])
def test_an_empty_question_is_refused_with_an_example(empty):
    with pytest.raises(InvalidQuestion, match="preventie"):
        check_question(empty)


def test_a_question_that_is_a_book_is_refused():
    with pytest.raises(InvalidQuestion, match=str(MAX_CHARACTERS)):
        check_question("wonen " * 2000)


@given(st.text(max_size=200))
def test_any_text_is_a_question_or_a_clear_refusal(text):
    try:
        checked = check_question(text)
    except InvalidQuestion:
        return
    assert checked == " ".join(checked.split())
    assert detect_language(checked) in ("nl", "en")


@pytest.mark.parametrize(
    "question",
    [
        "Wat zegt Zandwijk over ouderen?",
        "wat zegt zandwijk over ouderen",
        "Wat is het Zandwijkse beleid voor ouderen?",
        "Wat wil de gemeente Zandwijk met ouderen?",
        "Wat zegt Zandwyk over ouderen?",
    ],
)
def test_a_named_municipality_is_the_scope_however_it_is_written(documents, question):
    query = understand(question, documents)
    assert query.scope.municipalities == ("Zandwijk",)
    assert query.scope.documents == ("wonen",)
    assert "ouderen" in query.topic
    assert "zandw" not in query.topic.lower()


def test_without_a_name_everything_is_searched(documents):
    query = understand("Wat staat er over bomen?", documents)
    assert set(query.scope.documents) == {"wonen", "groen"}
    assert not query.scope.named


@pytest.mark.parametrize(
    "question",
    ["Wat zegt Amsterdam over wonen?", "what does utrecht say about housing", "Wat wil de gemeente Verzonnendam?"],
)
def test_a_municipality_without_documents_leaves_nothing_to_search(documents, question):
    query = understand(question, documents)
    assert query.scope.documents == ()
    assert query.scope.unknown


@pytest.mark.parametrize(
    "question",
    ["What goes best with housing?", "Wat is het echte doel van meer wonen?", "Waar kan ik leren buren helpen?"],
)
def test_ordinary_words_that_are_also_municipalities_are_not_names(documents, question):
    assert understand(question, documents).scope.unknown == ()


def test_a_document_is_recognised_by_its_title_word(documents):
    assert understand("Wat staat er in de groenvisie?", documents).scope.documents == ("groen",)


def test_scope_from_outside_limits_what_is_searched(documents):
    assert understand("Wat staat er over bomen?", documents, only=["wonen"]).scope.documents == ("wonen",)
    assert understand("Bomen?", documents, municipalities=["Hoogveld"]).scope.documents == ("groen",)


FIRST = "Wat zegt Zandwijk over ouderen?"


def test_a_follow_up_keeps_scope_and_topic(documents):
    query = understand("En voor starters?", documents, [FIRST])
    assert query.scope.municipalities == ("Zandwijk",)
    assert "ouderen" in query.standalone
    assert "starters" in query.standalone
    assert "Zandwijk" in query.standalone


def test_a_follow_up_with_another_municipality_keeps_the_topic(documents):
    for question in ("En in Hoogveld?", "Nee, ik bedoel Hoogveld", "and Hoogveld?"):
        query = understand(question, documents, [FIRST])
        assert query.scope.municipalities == ("Hoogveld",), question
        assert "ouderen" in query.topic


def test_a_new_question_does_not_drag_the_old_one_along(documents):
    query = understand("Hoeveel bomen worden er geplant in een straat?", documents, [FIRST])
    assert query.standalone == "Hoeveel bomen worden er geplant in een straat?"
    assert set(query.scope.documents) == {"wonen", "groen"}


def test_a_follow_up_of_a_follow_up_goes_back_to_the_first(documents):
    query = understand("En voor ouderen?", documents, ["Wat zegt Zandwijk over hofjes?", "En voor starters?"])
    assert query.scope.municipalities == ("Zandwijk",)
    assert "hofjes" in query.topic


def test_a_follow_up_that_is_a_whole_question_keeps_the_place_and_not_the_topic(documents):
    query = understand("En wie is een starter?", documents, [FIRST])
    assert query.topic == "Wie is een starter?"
    assert query.scope.municipalities == ("Zandwijk",)


def test_a_whole_question_that_refers_back_keeps_the_topic(documents):
    query = understand("En hoe snel komen die er dan?", documents, [FIRST])
    assert "ouderen" in query.topic


def test_a_stand_alone_question_reads_as_one_sentence(documents):
    assert understand("En voor starters?", documents, [FIRST]).standalone == (
        "Wat zegt Zandwijk over ouderen, voor starters?"
    )


def test_spelling_is_mended_in_the_topic_and_not_in_what_was_asked(documents):
    query = understand("Wat zegt Zandwijk over oudreen?", documents, spelled={"ouderen": 3})
    assert "ouderen" in query.topic
    assert query.question == "Wat zegt Zandwijk over oudreen?"


def test_accents_typed_in_two_characters_are_no_mistakes(documents):
    typed = unicodedata.normalize("NFD", "Wat staat er over financiën in Zandwijk?")
    query = understand(typed, documents, spelled={"financiën": 3})
    assert query.topic == "financiën"


@given(st.text(max_size=100), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_after_any_conversation_is_a_query_or_a_clear_refusal(documents, question, history):
    try:
        query = understand(question, documents, history, shown=lambda _: Points(("de tuin",)))
    except InvalidQuestion:
        return
    assert query.standalone.strip()
    assert set(query.scope.documents) <= {"wonen", "groen"}
    assert {name for name, _ in query.scope.sections} <= {"wonen", "groen"}


class Blind(KaderEmbeddings):
    """Takes every question for the same one, at once: the model itself needs seconds for 4,000 characters."""

    card = MODEL.card

    def embed_query(self, text):
        return [1.0] + [0.0] * (self.card.dimension - 1)

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "question",
    [
        "de het een of " * 285,
        "x" * 4000,
        "ما هي السياسة " * 280,
        "预防政策是什么" * 570,
        "\x00\x07wonen\x1b[31m\x9f",
        "prevnetie " * 400,
        "1.1." * 1000,
        "hoofdstuk 2 " * 330,
        "\u202eneno\u202c \u200bw\u00adonen",
        "\ud800 wonen",
        "%s {topic} \\d+ (( [",
    ],
)
def test_a_question_like_no_other_finds_something_or_nothing_but_never_fails(store, question):
    try:
        found = Assistant(store, Blind()).search(question, [FIRST])
    except InvalidQuestion:
        return
    assert len(found.hits) <= 10


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Wanneer wordt het kader 'Rustig wonen in Zandwijk' geëvalueerd?", "Wanneer wordt het kader geëvalueerd?"),
        ("Wat staat er over het plan 'Iets heel anders'?", "'Iets heel anders'"),
    ],
)
def test_a_quoted_name_of_a_document_is_no_subject(tmp_path, question, topic):
    text = "Nota wonen\nDe gemeente Zandwijk stelt het kader Rustig wonen in Zandwijk vast.\n"
    (tmp_path / "nota.txt").write_text(text, "utf-8")
    assert topic in understand(question, [read_document(tmp_path / "nota.txt")]).topic


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Ik ben nieuw bij de gemeente. Wat is het doel van het kader?", "Wat is het doel van het kader?"),
        (
            "Ik ben nieuw en hoor steeds over wijkteams: wat is hun taak?",
            "hoor steeds over wijkteams: wat is hun taak?",
        ),
        ("Hi what is prevention and who pays for all of it?", "Hi what is prevention and who pays for all of it?"),
    ],
)
def test_who_asks_is_left_out_and_nothing_that_is_asked(question, asked):
    assert without_framing(question) == asked
