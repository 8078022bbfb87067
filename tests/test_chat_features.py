"""What the chat page does around its answers: validity, scope, outline, follow-ups, feedback, pages, coming back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from laid_out import made
from pdf_making import PROSE, drawn, lines
from typer.testing import CliRunner

from evals.questions import read_set
from ingest.read import read_document
from ui.badge import badge, in_force_on
from ui.chat import Turn
from ui.cli import app
from ui.judged import REASONS, as_lines, entry, reasons
from ui.kept import Kept
from ui.pdf_page import page_image, page_of
from ui.restored import answer_text, restored
from ui.scope import Chosen, described, narrowed, searched
from ui.section import outline
from ui.suggestions import follow_ups

TODAY = date(2026, 1, 15)
QUESTION = "Hoe hoog is het buurtbudget per wijk?"
ABSENT = "In welke container hoort oud papier en op welke dag wordt die geleegd?"
FOLLOW_UP = "En wie beslist daarover?"


def nota(name="nota", place="Zandwijk", **facts):
    return made(name, place, ("1", "Zorg", 1, "Een zin."), **facts)


class TestTheBadge:
    @pytest.mark.parametrize(
        ("facts", "text", "tone"),
        [
            ({"valid_from": date(2021, 8, 26)}, "geldend sinds 26-08-2021", "in-force"),
            ({"adopted_on": date(2023, 7, 6)}, "vastgesteld op 06-07-2023", "in-force"),
            ({"adopted_on": date(2012, 3, 1)}, "2012 – controleer of dit nog geldt", "check"),
            ({"valid_from": date(2018, 1, 14)}, "2018 – controleer of dit nog geldt", "check"),
            ({"valid_from": date(2018, 1, 15)}, "geldend sinds 15-01-2018", "in-force"),
            (
                {"valid_from": date(2012, 1, 1), "valid_until": date(2026, 1, 15)},
                "geldend van 01-01-2012 tot en met 15-01-2026",
                "in-force",
            ),
            ({"valid_until": date(2026, 1, 14)}, "niet meer geldend sinds 14-01-2026", "ended"),
            ({"valid_from": date(2026, 2, 1)}, "geldend vanaf 01-02-2026", "in-force"),
            ({"name": "kadernota-2012"}, "2012 – controleer of dit nog geldt", "check"),
            ({"name": "nota-2023"}, "2023 – geldigheid niet vermeld", "check"),
            ({}, "geldigheid niet vermeld", "check"),
            (
                {"kind": "raadsvoorstel", "adopted_on": date(2025, 12, 18)},
                "voorstel, met raadsbesluit van 18-12-2025",
                "check",
            ),
        ],
    )
    def test_says_since_when_until_when_and_what_to_check(self, facts, text, tone):
        shown = badge(nota(**facts), TODAY, "nl")
        assert (shown.text, shown.tone) == (text, tone)

    def test_bears_the_twenty_ninth_of_february(self):
        assert badge(nota(valid_from=date(2016, 2, 29)), TODAY, "nl").tone == "check"


INDEXED = {
    d.id: d
    for d in (
        nota("wonen", "Zandwijk", valid_from=date(2023, 2, 1)),
        nota("jeugd", "Zandwijk", kind="verordening", valid_from=date(2015, 1, 1), valid_until=date(2019, 12, 31)),
        nota("groen", "Hoogveld", kind="verordening"),
    )
}


class TestTheScope:
    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            (Chosen(), ["wonen", "jeugd", "groen"]),
            (Chosen(municipalities=("Zandwijk",)), ["wonen", "jeugd"]),
            (Chosen(kinds=("verordening",)), ["jeugd", "groen"]),
            (Chosen(on=date(2019, 12, 31)), ["jeugd", "groen"]),
            (Chosen(on=date(2023, 2, 1)), ["wonen", "groen"]),
            (Chosen(municipalities=("Zandwijk",), kinds=("verordening",), on=date(2024, 1, 1)), []),
            (Chosen(documents=("groen",)), ["groen"]),
        ],
    )
    def test_comes_down_to_documents(self, chosen, found):
        assert list(searched(chosen, INDEXED)) == found

    def test_hands_on_ids_only_where_kind_or_day_make_the_difference(self):
        assert narrowed(Chosen(municipalities=("Zandwijk",)), INDEXED) == ()
        assert narrowed(Chosen(kinds=("verordening",)), INDEXED) == ("jeugd", "groen")

    def test_is_said_in_one_line(self):
        assert described(Chosen(), INDEXED, "nl") == "Zoekt in alle 3 documenten"
        said = described(Chosen(on=date(2023, 2, 1)), INDEXED, "nl")
        assert said == "Zoekt in 2 van de 3 documenten: Wonen van Zandwijk; Groen van Hoogveld · geldend op 01-02-2023"
        assert described(Chosen(), {"wonen": INDEXED["wonen"]}, "nl") == "Zoekt in: Wonen van Zandwijk"
        assert "Geen document" in described(Chosen(documents=("weg",)), INDEXED, "nl")

    def test_leaves_out_what_its_name_dates_after_the_day(self):
        assert not in_force_on(nota("kadernota-2012"), date(2010, 1, 1))
        assert in_force_on(nota("kadernota-2012"), date(2012, 6, 1))


class TestTheOutline:
    def test_names_every_section_once_in_reading_order_set_in_by_depth(self):
        parts = [
            ("1", "A", 1, ""),
            (None, "Doel", 2, "x"),
            ("2", "B", 1, ""),
            (None, "Doel", 2, "y"),
            (None, "Doel", 2, "z"),
        ]
        names = outline(made("nota", None, *parts), 0)
        assert list(names) == [0, 1, 2, 3, 4]
        assert [n.strip() for n in names.values()] == ["1 A", "Doel (1 A)", "2 B", "Doel (2 B)", "Doel (2 B) (2)"]
        assert names[1].startswith("\u2003")

    def test_leaves_out_what_is_no_policy_unless_it_is_the_section_that_is_read(self):
        document = made("nota", None, ("1", "A", 1, "x"), (None, "Inhoud", 1, "y"))
        document = replace(document, sections=(document.sections[0], replace(document.sections[1], kind="contents")))
        assert list(outline(document, 0)) == [0]
        assert list(outline(document, 1)) == [0, 1]


def speaking(topic: str) -> str:
    return (
        f"Over {topic} zegt dit kader veel. " + "De gemeente werkt eraan met inwoners en instellingen in de buurt. " * 6
    )


TOPICS = "armoede eenzaamheid wachttijden schulden".split()
SPOKEN = made("kadernota", "Zandwijk", *((str(n), f"Hulp bij {t}", 1, speaking(t)) for n, t in enumerate(TOPICS, 1)))


class TestFollowUps:
    def test_ask_what_stands_beside_the_cited_section_nearest_first(self):
        told = follow_ups([("kadernota", 1)], {"kadernota": SPOKEN}, "nl")
        assert told == [
            "Wat zegt de kadernota van Zandwijk over hulp bij wachttijden?",
            "Wat zegt de kadernota van Zandwijk over hulp bij armoede?",
            "Wat zegt de kadernota van Zandwijk over hulp bij schulden?",
        ]

    def test_repeat_neither_a_cited_section_nor_a_question(self):
        asked = ["wat zegt de kadernota van zandwijk over hulp bij wachttijden?"]
        told = follow_ups([("kadernota", 1), ("kadernota", 0)], {"kadernota": SPOKEN}, "nl", asked)
        assert told == ["Wat zegt de kadernota van Zandwijk over hulp bij schulden?"]

    def test_are_none_where_nothing_is_cited(self):
        assert follow_ups([], {"kadernota": SPOKEN}, "nl") == []


class TestAPageOfAPdf:
    @pytest.fixture
    def document(self, tmp_path):
        path = tmp_path / "nota.pdf"
        pages = [
            lines("1 Wonen", *[PROSE[:80]] * 6),
            lines("2 Zorg", *[PROSE[:80]] * 5, "Dit staat op de tweede bladzijde."),
        ]
        path.write_bytes(drawn(*pages))
        return read_document(path)

    def test_is_that_of_the_quote_and_is_drawn_as_a_picture(self, document):
        at = document.text.index("Dit staat op de tweede")
        held = document.section_at(at, at + 5)
        assert page_of(document, held, (at, at + 5)) == 2
        picture, other = page_image(document, 2), page_image(document, 1)
        assert picture is not None
        assert picture.png.startswith(b"\x89PNG")
        assert picture != other

    def test_is_not_shown_of_a_file_that_was_changed_is_gone_or_has_no_such_page(self, document, tmp_path):
        assert page_image(document, 9) is None
        path = tmp_path / "nota.pdf"
        path.write_bytes(path.read_bytes() + b"%")
        assert page_image(document, 1) is None
        path.unlink()
        assert page_image(document, 1) is None

    def test_is_none_of_other_formats(self):
        assert page_of(nota(), 0, None) is None


class TestComingBack:
    def kept(self, tmp_path, assistant, *questions):
        store, said = Kept(tmp_path), []
        for question in questions:
            number = store.ask("x" * 32, question, (), ())
            store.answer(number, answer_text(assistant.ask(question, said)), assistant.generation().manifest.id)
            said.append(question)
        return store.turns("x" * 32)

    def test_gives_the_same_answers_letter_for_letter(self, tmp_path, demo_assistant):
        kept = self.kept(tmp_path, demo_assistant, QUESTION, FOLLOW_UP, ABSENT)
        turns, waiting = restored(kept, demo_assistant.generation())
        assert waiting == []
        histories = [[], [QUESTION], [QUESTION, FOLLOW_UP]]
        fresh = [demo_assistant.ask(turn.question, said) for turn, said in zip(turns, histories, strict=True)]
        assert [replace(t.answer, timings_ms={}) for t in turns] == [replace(a, timings_ms={}) for a in fresh]

    def test_has_what_another_generation_answered_and_all_after_it_asked_anew(self, tmp_path, demo_assistant):
        one, two, three = self.kept(tmp_path, demo_assistant, QUESTION, FOLLOW_UP, ABSENT)
        turns, waiting = restored([one, replace(two, generation="eerder"), three], demo_assistant.generation())
        assert [turn.question for turn in turns] == [QUESTION]
        assert [(asked.question, asked.kept, asked.renewed) for asked in waiting] == [
            (FOLLOW_UP, two.id, True),
            (ABSENT, three.id, True),
        ]

    @pytest.mark.parametrize("damage", ["{", "{}", '"x"'])
    def test_has_an_answer_that_cannot_be_read_asked_anew(self, tmp_path, demo_assistant, damage):
        (one,) = self.kept(tmp_path, demo_assistant, QUESTION)
        assert restored([replace(one, answer=damage)], demo_assistant.generation())[0] == []

    def test_never_shows_an_answer_whose_quotes_are_not_in_the_documents(self, tmp_path, demo_assistant):
        (one,) = self.kept(tmp_path, demo_assistant, QUESTION)
        answer = json.loads(one.answer)
        answer["citations"][0]["quote"] = "Het buurtbudget is onbeperkt."
        turns, waiting = restored([replace(one, answer=json.dumps(answer))], demo_assistant.generation())
        assert turns == []
        assert [asked.question for asked in waiting] == [QUESTION]

    def test_looks_in_those_of_the_documents_that_are_left(self, tmp_path, demo_assistant):
        documents = demo_assistant.generation().documents
        (one,) = self.kept(tmp_path, demo_assistant, QUESTION)
        some = replace(one, answer=None, documents=("weg", next(iter(documents))))
        assert restored([some], demo_assistant.generation())[1][0].documents == (next(iter(documents)),)


class TestAnOpinion:
    def turns(self, assistant):
        documents = assistant.generation().documents
        return [
            Turn(QUESTION, assistant.ask(QUESTION), documents),
            Turn(FOLLOW_UP, assistant.ask(FOLLOW_UP, [QUESTION]), documents),
        ]

    def test_becomes_a_question_of_an_evaluation_set(self, demo_assistant, demo_data, tmp_path, monkeypatch):
        said = entry(self.turns(demo_assistant), 1, "down", "incomplete", " er ontbreekt iets\u2028 ")
        path, target = tmp_path / "oordelen.jsonl", tmp_path / "set.jsonl"
        path.write_text(as_lines([said]), "utf-8")
        monkeypatch.setenv("KADERWIJZER_DATA", str(demo_data))
        arguments = ["eval", "add-from", str(target), str(path), "--id", "demo-001", "--kind", "follow-up"]
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        (case,) = read_set(target)
        assert (case.question, list(case.history)) == (FOLLOW_UP, [QUESTION])
        assert case.evidence
        assert "incomplete; er ontbreekt iets" in case.note

    def test_offers_reasons_that_fit_the_answer(self, demo_assistant):
        (answered, _), abstained = self.turns(demo_assistant), Turn(ABSENT, demo_assistant.ask(ABSENT))
        assert set(REASONS) - set(reasons(answered)) == {"should-answer"}
        assert "should-answer" in reasons(abstained)
        assert "should-abstain" not in reasons(abstained)
