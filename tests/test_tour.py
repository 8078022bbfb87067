"""The guided tour of a document, the terms of all documents, and the ten questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from laid_out import made

from assistant.definitions import definitions, glossary, matching
from assistant.quotes import tells
from assistant.tour import MOST_CHAPTERS, tour
from ingest.read import read_document
from ui.tour_questions import TEN, ten_questions
from ui.toured import Progress, heading, place_of_point, steps_of

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
REAL = sorted(p for p in CORPUS.rglob("*") if p.is_file()) if CORPUS.is_dir() else []
KADER, JEUGD = "voorbeeldstad-beleidskader-samenleving-2024", "voorbeeldstad-kadernota-jeugd-2022"
NOTA = made(
    "nota",
    "Zandwijk",
    ("1", "Inleiding", 1, ""),
    ("1.1", "Waarom deze nota", 2, "De straten zijn leeg. Wij willen dat anders. Daarom is er deze nota. Zij is kort."),
    ("1.2", "Leeswijzer", 2, "Na deze inleiding volgt de rest."),
    ("2", "Uitgangspunten", 1, "Wij kiezen hiervoor:\n\n• eerst de buurt\n\n• dan de stad\n\nDat is het."),
    ("3", "Leidende principes", 1, ""),
    ("3.1", "Luisteren", 2, "We luisteren eerst. Dan praten we."),
    ("3.2", "Doen", 2, "We doen wat nodig is."),
    ("4", "Wie doet wat", 1, "De raad stelt de kaders. Het college voert ze uit."),
    ("5", "Wonen", 1, "Het is hier fijn wonen. De gemeenteraad stelt elk jaar een woonplan vast. De buurt helpt."),
)


def shown(document):
    """Every quote of a tour."""
    for stop in tour(document).stops:
        yield from (quote for point in stop.points for quote in point.quotes)
        for definition in stop.definitions:
            yield definition.term
            yield definition.meaning


def texts(document, name):
    stop = tour(document).stop(name)
    return [quote.text for point in stop.points for quote in point.quotes] if stop else None


def titles(document, name):
    stop = tour(document).stop(name)
    return [document.sections[point.section].title for point in stop.points] if stop else None


def assert_quoted(document):
    for quote in shown(document):
        assert document.text[quote.start : quote.end] == quote.text
        assert quote.text.strip()
        section = document.sections[quote.section]
        assert section.start <= quote.start < quote.end <= section.end
        assert tells(section)


@pytest.fixture(scope="module")
def asked(demo_assistant):
    """The ten questions of each demo document."""
    documents = demo_assistant.generation().documents.values()
    return {d.id: ten_questions(demo_assistant, d, tour(d), "nl") for d in documents}


class TestATour:
    def test_shows_only_what_the_document_says_letter_for_letter_and_where(self, demo_assistant):
        documents = demo_assistant.generation().documents.values()
        assert sum(len(list(shown(document))) for document in documents) > 50
        for document in (*documents, NOTA):
            assert_quoted(document)

    @pytest.mark.frameworks
    @pytest.mark.skipif(not REAL, reason="the real documents are not beside this checkout")
    @pytest.mark.parametrize("path", REAL, ids=lambda p: p.name)
    def test_of_real_documents_shows_only_what_they_say(self, path):
        assert_quoted(read_document(path))

    def test_goes_past_its_stops_in_one_order(self):
        assert [stop.name for stop in tour(NOTA).stops] == ["purpose", "structure", "principles", "roles"]

    def test_of_a_document_without_outline_has_no_stops(self):
        assert tour(made("brief", None, (None, "Brief", 1, "Het regent. De zon schijnt ook."))).stops == ()

    def test_passes_over_sections_that_are_no_policy(self):
        sections = [replace(s, kind="contents" if s.title == "Wie doet wat" else s.kind) for s in NOTA.sections]
        document = replace(NOTA, sections=tuple(sections))
        assert "Wie doet wat" not in (titles(document, "roles") or []) + (titles(document, "structure") or [])


class TestThePurpose:
    def test_is_how_the_sections_begin_that_announce_it(self):
        assert texts(NOTA, "purpose") == ["De straten zijn leeg. Wij willen dat anders."]

    def test_is_what_a_document_says_of_itself_where_no_heading_announces_it(self):
        document = made(
            "nota",
            None,
            (None, "Er was eens", 1, "Lang geleden. In dit stuk leest u hoe wij werken. Het is zomer."),
            (None, "Nu", 1, "Wij werken hard. " * 20),
        )
        assert texts(document, "purpose") == ["In dit stuk leest u hoe wij werken."]

    def test_is_no_introduction_of_a_later_chapter_and_no_numbered_goal(self):
        parts = [
            ("1", "Beleid", 1, "Wij doen veel."),
            ("2", "Sturing", 1, ""),
            ("2.1", "Inleiding", 2, "Sturen is goed."),
        ]
        assert titles(made("nota", None, *parts, ("3", "Doel 1: groen", 1, "Meer bomen.")), "purpose") is None

    def test_brings_the_first_item_with_a_line_that_introduces_a_list(self):
        document = made("nota", None, ("1", "Doel", 1, "Dit willen wij:\n• meer groen\n• minder grijs"))
        assert texts(document, "purpose") == ["Dit willen wij:\n• meer groen"]


class TestTheStructure:
    def test_is_every_chapter_with_its_first_sentence_and_the_titles_below(self):
        stop = tour(NOTA).stop("structure")
        assert titles(NOTA, "structure") == [
            "Inleiding",
            "Uitgangspunten",
            "Leidende principes",
            "Wie doet wat",
            "Wonen",
        ]
        assert texts(NOTA, "structure")[0] == "De straten zijn leeg."
        assert [NOTA.sections[part].number for part in stop.points[0].parts] == ["1.1", "1.2"]

    def test_of_a_document_that_is_one_section_is_that_of_the_sections_below(self):
        document = made("wet", None, (None, "Wet", 1, ""), ("1", "Een", 2, "Eerst dit."), ("2", "Twee", 2, "Dan dat."))
        assert titles(document, "structure") == ["Een", "Twee"]

    def test_names_the_chapters_that_it_has_no_room_for(self):
        parts = [(str(n), f"Zaak {n}", 1, "Dat is zo.") for n in range(1, MOST_CHAPTERS + 4)]
        stop = tour(made("lijst", None, *parts)).stop("structure")
        assert len(stop.points) == MOST_CHAPTERS
        assert stop.beyond == (MOST_CHAPTERS, MOST_CHAPTERS + 1, MOST_CHAPTERS + 2)


class TestThePrinciples:
    def test_are_whole_lists_with_the_line_that_introduces_them(self):
        stop = tour(NOTA).stop("principles")
        assert [q.text for q in stop.points[0].quotes] == ["Wij kiezen hiervoor:", "eerst de buurt", "dan de stad"]
        assert [q.item for q in stop.points[0].quotes] == [False, True, True]

    def test_are_the_sections_below_a_heading_without_text(self):
        assert titles(NOTA, "principles")[1:] == ["Luisteren", "Doen"]
        assert texts(NOTA, "principles")[3:] == ["We luisteren eerst.", "We doen wat nodig is."]

    def test_bring_the_explanation_of_an_item_that_is_only_a_name(self, demo_assistant):
        said = texts(demo_assistant.generation().documents[KADER], "principles")
        at = said.index("1. Eerst de buurt")
        assert said[at + 1] == "We kijken eerst wat er in de buurt al is."
        assert [text for text in said if text[:2] in ("1.", "2.", "3.", "4.")][-1] == "4. Doen wat werkt"

    def test_go_before_visions_where_there_is_no_room_for_all(self):
        parts = [(str(n), f"Visie {n}", 1, "Wij zien het zo.") for n in range(1, 20)]
        stop = tour(made("nota", None, *parts, ("20", "Uitgangspunten", 1, "Dit is vast."))).stop("principles")
        assert stop.points[-1].section == 19
        assert len(stop.points) + len(stop.beyond) == 20


class TestTheRoles:
    def test_are_sections_about_them_and_sentences_in_which_somebody_decides(self):
        assert texts(NOTA, "roles") == [
            "De raad stelt de kaders. Het college voert ze uit.",
            "De gemeenteraad stelt elk jaar een woonplan vast.",
        ]

    def test_hold_the_rows_of_a_table(self, demo_assistant):
        said = texts(demo_assistant.generation().documents[KADER], "roles")
        assert any(text.startswith("Gemeente | Maakt meerjarige afspraken") for text in said)


class TestTerms:
    @pytest.mark.parametrize(
        ("own", "terms"),
        [
            ("Buurt: de straten om u heen.\n\nWijk: enkele buurten.", {"Buurt": "de straten om u heen."}),
            ("Wij verstaan onder:\n• buurt: de straten;\n• wijk: enkele buurten.", {"buurt": "de straten;"}),
            ("a. buurt: de straten;\nb. stad: alle wijken.", {"buurt": "de straten;", "stad": "alle wijken."}),
            ("buurt | de straten om u heen", {"buurt": "de straten om u heen"}),
            ("• fraude: bedrog, waarbij\n1. iemand liegt\n2. of zwijgt", {"fraude": "bedrog, waarbij\n1. iemand liegt\n2. of zwijgt"}),
        ],
    )  # fmt: skip
    def test_are_read_from_the_lines_of_a_list(self, own, terms):
        found = {d.term.text: d.meaning.text for d in definitions(made("nota", None, (None, "Begrippenlijst", 1, own)))}
        assert terms.items() <= found.items()

    def test_are_read_from_the_headings_below_a_list(self):
        parts = [
            (None, "Begrippen", 1, ""),
            (None, "buurt", 2, "De straten om u heen."),
            (None, "wijk", 2, "zie: buurt"),
        ]
        assert [(d.term.text, d.meaning.text) for d in definitions(made("lijst", None, *parts))] == [
            ("buurt", "De straten om u heen."),
            ("wijk", "zie: buurt"),
        ]

    @pytest.mark.parametrize(
        ("sentence", "term"),
        [
            ("Onder een starter verstaan wij iemand die een eerste woning zoekt.", "starter"),
            ("Met ‘meedoen’ bedoelen we dat niemand langs de kant staat.", "meedoen"),
            ("Onder kwetsbaarheid¹ wordt in dit kader verstaan dat iemand hulp nodig heeft.", "kwetsbaarheid"),
        ],
    )
    def test_are_read_from_sentences_that_say_so(self, sentence, term):
        (found,) = definitions(made("nota", None, ("1", "Wonen", 1, f"Eerst dit. {sentence} Dan dat.")))
        assert (found.term.text, found.meaning.text) == (term, sentence)

    def test_are_no_lines_with_a_colon_outside_a_list_of_terms(self):
        assert definitions(made("nota", None, ("1", "Wonen", 1, "Let op: de deur is dicht.\n\nStatus: concept"))) == ()

    def test_of_a_list_go_before_what_a_sentence_says(self):
        said = "Onder de buurt verstaan wij veel."
        document = made("nota", None, ("1", "Wonen", 1, said), ("2", "Begrippen", 1, "Buurt: de straten."))
        assert [d.meaning.text for d in definitions(document)] == ["de straten."]

    def test_of_all_documents_stand_together_in_alphabetical_order(self):
        one = made("een", None, ("1", "Begrippen", 1, "Wijk: enkele buurten.\n\nÉcht: niet nep."))
        two = made("twee", None, ("1", "Begrippen", 1, "wijk: een deel van de stad.\n\nFiets: rijdt."))
        entries = glossary([two, one])
        assert [entry.term for entry in entries] == ["Écht", "Fiets", "Wijk"]
        assert [(d.meaning.document_id, d.meaning.text) for d in entries[-1].definitions] == [
            ("een", "enkele buurten."),
            ("twee", "een deel van de stad."),
        ]

    def test_are_found_by_a_part_of_the_term_or_else_by_the_explanation(self, demo_assistant):
        entries = glossary(demo_assistant.generation().documents.values())
        assert [e.term for e in matching(entries, "JEUGDT")] == ["Jeugdteam"]
        assert {"Budgetcoach"} <= {e.term for e in matching(entries, "overzicht te krijgen")}
        assert matching(entries, "olifant") == ()


class TestTenQuestions:
    def test_are_ten_different_ones_where_a_document_has_as_many_headings(self, asked):
        assert all(len(questions) == len(set(questions)) == TEN for questions in asked.values())

    def test_are_answered_from_the_document_they_are_about(self, asked, demo_assistant):
        for name, questions in asked.items():
            for question in questions[::3]:
                answer = demo_assistant.ask(question)
                assert name in {c.document_id for c in answer.citations}, question

    def test_are_the_same_every_time(self, asked, demo_assistant):
        document = demo_assistant.generation().documents[JEUGD]
        assert ten_questions(demo_assistant, document, tour(document), "nl") == asked[JEUGD]

    def test_ask_for_terms_that_the_document_explains(self, asked):
        assert any("onder “Jeugdteam”" in question for question in asked[JEUGD])


class TestProgress:
    def test_remembers_what_was_seen_and_asked_for_each_document(self):
        progress, steps = Progress(), steps_of(tour(NOTA))
        assert progress.at("een", steps) == "purpose"
        progress.saw("een", "purpose")
        progress.goes("een", "roles")
        progress.saw("een", "roles")
        assert progress.at("een", steps) == "roles"
        assert progress.seen("een", steps) == ["purpose", "roles"]
        assert progress.seen("twee", steps) == []
        assert progress.questions("een") is None
        progress.knows("een", 10)
        progress.asks("een", "Waarom?")
        assert progress.questions("een") == (1, 10)
        assert progress.asked("een", "Waarom?")
        assert not progress.asked("twee", "Waarom?")

    def test_leads_to_a_step_that_the_document_has(self):
        progress = Progress()
        progress.goes("een", "terms")
        assert progress.at("een", steps_of(tour(NOTA))) == "purpose"


def test_a_heading_that_returns_is_named_with_its_chapter():
    parts = [
        ("1", "Wonen", 1, ""),
        ("1.1", "Ambitie", 2, "Groot."),
        ("2", "Groen", 1, ""),
        ("2.1", "Ambitie", 2, "Klein."),
    ]
    document = made("nota", None, *parts)
    assert [heading(document, at) for at in range(4)] == ["§ 1 Wonen", "1 Wonen › § 1.1 Ambitie", "§ 2 Groen", "2 Groen › § 2.1 Ambitie"]  # fmt: skip


def test_a_list_is_marked_whole_where_it_is_read():
    stop = tour(NOTA).stop("principles")
    place = place_of_point(NOTA, stop.points[0])
    assert NOTA.text[slice(*place.span)] == "Wij kiezen hiervoor:\n\n• eerst de buurt\n\n• dan de stad"
    assert place_of_point(NOTA, replace(stop.points[0], quotes=())).span is None
