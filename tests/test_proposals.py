"""Proposals from conversations on the evaluation page: listed, added to a set of one's own, or turned down."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui.settings
from assistant.shapes import answer_json
from evals.questions import Case, read_set
from ingest.errors import InvalidQuestionSet
from ui.evaluation import is_taken, offered_sets
from ui.kept import FILE, Kept, StoreUnusable, new_conversation
from ui.proposals import Proposal, add_proposal, likely_kind, proposals_of

QUESTION = "Hoe hoog is het buurtbudget per wijk?"
ABSENT = "In welke container hoort oud papier en op welke dag wordt die geleegd?"


@pytest.fixture
def data(demo_data, tmp_path):
    return shutil.copytree(demo_data, tmp_path / "data", ignore=shutil.ignore_patterns(FILE, "evaluation", "runs"))


@pytest.fixture
def propose(data, demo_assistant):
    """Proposes the answer to a question, with what was thought of it."""
    kept = Kept(data)

    def proposed(question: str, **said) -> int:
        answer = answer_json(demo_assistant.ask(question), demo_assistant.generation().documents)
        turn = kept.ask(new_conversation(), question, (), ())
        entry = {"question": question, "history": [], "answer": answer, "rating": None, **said}
        kept.propose(turn, entry)
        return turn

    return proposed


@pytest.fixture
def documents(demo_assistant):
    return demo_assistant.generation().documents


def waiting(data: Path) -> list[Proposal]:
    return proposals_of(Kept(data).proposals())


class TestAProposal:
    def test_shows_the_answer_its_sections_and_what_was_thought_of_it(self, data, propose, demo_assistant):
        propose(QUESTION, rating="down", reason="incomplete", comment="Het jaar ontbreekt.")
        (one,) = waiting(data)
        answer = demo_assistant.ask(QUESTION)
        assert one.answer == tuple(claim.text for claim in answer.claims)
        assert any("4.1.2 Buurtbudget" in section for section in one.sections)
        assert (one.rating, one.reason, one.comment) == ("down", "incomplete", "Het jaar ontbreekt.")

    def test_of_an_abstention_shows_its_reason(self, data, propose):
        propose(ABSENT)
        (one,) = waiting(data)
        assert one.abstained
        assert one.answer
        assert one.sections == ()

    @pytest.mark.parametrize(
        ("changed", "kind"),
        [
            ({}, "direct"),
            ({"history": ["Eerder?"]}, "follow-up"),
            ({"reason": "should-abstain"}, "near-topic"),
            ({"answer": {"abstained": True}}, "near-topic"),
            ({"answer": {"abstained": True}, "reason": "should-answer"}, "direct"),
            ({"answer": None}, "direct"),
        ],
    )
    def test_begins_with_a_likely_kind(self, changed, kind):
        (one,) = proposals_of({1: {"question": QUESTION, "answer": {"abstained": False}, **changed}})
        assert likely_kind(one) == kind


class TestAddingAProposal:
    def add(self, data, documents, name="eigen", kind="direct", evidence="") -> Case:
        cases = [case for each in offered_sets(data, documents)[0] for case in each.cases]
        return add_proposal(data, waiting(data)[0], name, kind, evidence, documents, cases)

    def test_makes_a_question_with_the_evidence_that_was_cited(self, data, propose, documents):
        propose(QUESTION)
        case = self.add(data, documents)
        assert read_set(data / "evaluation" / "eigen.jsonl") == [case]
        assert (case.id, case.question, case.answerable) == ("eigen-001", QUESTION, True)
        assert all(any(phrase in documents[name].text for name in case.documents) for phrase in case.evidence)

    def test_counts_on_in_a_set_that_is_there(self, data, propose, documents):
        propose(QUESTION)
        self.add(data, documents)
        Kept(data).accept(waiting(data)[0].turn)
        propose(ABSENT)
        assert self.add(data, documents, kind="other-domain").id == "eigen-002"

    def test_takes_the_evidence_that_is_given_instead(self, data, propose, documents):
        propose(QUESTION, rating="down", reason="wrong-source")
        case = self.add(data, documents, evidence="\n buurtbudget van € 12.000 \n")
        assert case.evidence == ("buurtbudget van € 12.000",)
        assert "rated down" in case.note

    @pytest.mark.parametrize(
        ("question", "how", "message"),
        [
            (QUESTION, {"evidence": "Dit staat nergens."}, "stands in none"),
            (ABSENT, {"kind": "direct"}, "cites nothing"),
            (QUESTION, {"name": "questions"}, "of the program"),
        ],
    )
    def test_is_refused_with_what_to_do(self, data, propose, documents, question, how, message):
        propose(question)
        with pytest.raises(InvalidQuestionSet, match=message):
            self.add(data, documents, **how)
        assert not list(data.glob("evaluation/*.jsonl"))

    def test_never_leaves_the_folder_of_the_sets(self, data, propose, documents):
        propose(QUESTION)
        self.add(data, documents, name="../../buiten")
        assert [path.name for path in data.glob("evaluation/*.jsonl")] == ["buiten.jsonl"]

    def test_a_file_name_of_the_program_is_taken(self, data):
        assert is_taken(data, "Questions.jsonl", b"")


def drawn(data: str, language: str) -> None:
    from pathlib import Path

    import ui.settings
    from ui.desk import Desk
    from ui.page_evaluation import page

    settings = ui.settings.KaderSettings(data=Path(data))
    assistant = ui.settings.open_assistant(settings)
    page(Desk(settings, assistant, assistant.generation(), language, "evaluator"))


@pytest.fixture
def start(monkeypatch, demo_assistant, data):
    monkeypatch.setattr(ui.settings, "open_assistant", lambda _: demo_assistant)
    st.cache_resource.clear()

    def opened(language: str = "nl") -> AppTest:
        return ran(AppTest.from_function(drawn, default_timeout=60, kwargs={"data": str(data), "language": language}))

    return opened


def ran(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=f"evaluation-proposal-{key}").click()
    return ran(page)


def said(page: AppTest) -> str:
    kinds = (page.text, page.caption, page.markdown, page.subheader, page.success, page.error, page.warning)
    return "\n".join(e.value for kind in kinds for e in kind)


class TestThePage:
    def test_is_silent_about_proposals_while_there_are_none(self, start):
        assert "Voorstellen" not in said(start())

    @pytest.mark.parametrize(("language", "title"), [("nl", "Voorstellen uit gesprekken (2)"), ("en", "Proposals")])
    def test_lists_them_with_answer_sections_and_rating(self, start, propose, language, title):
        propose(QUESTION, rating="down", reason="incomplete", comment="<b>Het jaar</b> ontbreekt.")
        propose(ABSENT)
        page = start(language)
        words = said(page)
        assert title in words
        assert "€ 12.000" in words
        assert "4.1.2 Buurtbudget" in words
        assert any("<b>Het jaar</b> ontbreekt." in t.value for t in page.text)
        assert ("duim omlaag, onvolledig" if language == "nl" else "thumb down, incomplete") in words

    def test_adds_one_to_a_new_set_and_takes_it_off_the_list(self, start, propose, data):
        first, second = propose(QUESTION), propose(ABSENT)
        page = start()
        page.text_input(key=f"evaluation-proposal-name-{first}").set_value("Mijn set")
        click(page, "add")
        assert "is toegevoegd" in page.success[0].value
        assert [case.question for case in read_set(data / "evaluation" / "mijn-set.jsonl")] == [QUESTION]
        assert list(Kept(data).proposals()) == [second]
        assert "mijn-set" in page.selectbox(key="evaluation-set").options

        assert page.selectbox(key=f"evaluation-proposal-set-{second}").value == "mijn-set"
        click(page, "add")
        assert [case.id for case in read_set(data / "evaluation" / "mijn-set.jsonl")] == [
            "mijn-set-001",
            "mijn-set-002",
        ]

    def test_says_why_one_cannot_be_added_and_keeps_it(self, start, propose, data):
        turn = propose(ABSENT)
        page = start()
        page.selectbox(key=f"evaluation-proposal-kind-{turn}").set_value("direct")
        click(page, "add")
        assert "Dit is niet gelukt" in page.error[0].value
        assert "cites nothing" in said(page)
        assert list(Kept(data).proposals()) == [turn]

    def test_takes_one_off_the_list_without_adding_it(self, start, propose, data):
        propose(QUESTION)
        page = click(start(), "dismiss")
        assert "van de lijst gehaald" in page.success[0].value
        assert Kept(data).proposals() == {}
        assert "Voorstellen" not in said(ran(page))
        assert not list(data.glob("evaluation/*.jsonl"))

    def test_goes_on_where_the_file_cannot_be_read(self, start, data, monkeypatch):
        def damaged(_):
            raise StoreUnusable("kapot")

        monkeypatch.setattr(Kept, "proposals", damaged)
        page = start()
        assert "kunnen niet worden gelezen" in said(page)
        assert page.selectbox(key="evaluation-set")
