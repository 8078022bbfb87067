"""One topic asked of several documents apart, what the page makes of it, and the files to take along."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import chain, repeat

import docx
import pytest
from building import GROEN, MODEL, make_assistant, write_files
from markdown_it import MarkdownIt

from assistant.answer import check_answer
from assistant.comparing import MOST_DOCUMENTS, as_question, compare
from assistant.phrases import say
from assistant.reader import Reader
from ingest.errors import InvalidQuestion, UnknownDocument
from ui.compared import columns, names, ordered, wanted
from ui.export_table import comparison_docx, comparison_markdown, file_name
from vectorstore.store import Store
from vectorstore.update import ingest_paths

TODAY = date(2026, 1, 15)
KADER, SPORT = "voorbeeldstad-beleidskader-samenleving-2024", "voorbeeldstad-sportnota-2021"
TRAP = "<b>vet</b> | [klik](https://kwaad.example) *ster*"
HOSTILE = f"""Kadernota {TRAP}
Geldend van 01-02-2013 t/m 31-12-2015
De raad van de gemeente Heerhugowaard;
1 Zwembaden
Het zwembad {TRAP} sluit om acht uur.
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("beide"), {"groen.txt": GROEN, "oud.txt": HOSTILE})


class TestComparing:
    def test_asks_each_document_apart_and_quotes_only_from_it(self, demo_assistant):
        documents = demo_assistant.generation().documents
        comparison = compare(demo_assistant, "buurtbudget", list(documents))
        assert [cell.document_id for cell in comparison.cells] == list(documents)
        for cell in comparison.cells:
            check_answer(cell.answer, comparison.documents)
            assert {c.document_id for c in cell.answer.citations} <= {cell.document_id}
            assert cell.answer.searched == (cell.document_id,)

    def test_gives_each_cell_the_answer_that_the_question_gets_by_itself(self, demo_assistant):
        (cell,) = compare(demo_assistant, "buurtbudget", [KADER]).cells
        alone = demo_assistant.ask("Wat staat er over buurtbudget?", documents=[KADER])
        assert replace(cell.answer, timings_ms={}) == replace(alone, timings_ms={})

    def test_shows_silence_as_silence_with_the_nearest_sections(self, demo_assistant):
        speaking, silent = compare(demo_assistant, "mantelzorg", [KADER, SPORT]).cells
        assert not speaking.silent
        assert silent.silent
        assert silent.answer.claims == ()
        assert silent.answer.nearest
        assert {near.document_id for near in silent.answer.nearest} == {SPORT}

    def test_keeps_the_order_chosen_and_asks_a_document_once(self, demo_assistant):
        comparison = compare(demo_assistant, "sport", [SPORT, KADER, SPORT])
        assert [cell.document_id for cell in comparison.cells] == [SPORT, KADER]

    def test_marks_old_documents_and_merged_municipalities_also_when_they_are_silent(self, both):
        old = next(name for name in both.generation().documents if "heerhugowaard" in name or name == "oud")
        for topic, silent in (("zwembad", False), ("honden in het stadspark", True)):
            (cell,) = compare(both, topic, [old]).cells
            assert cell.silent is silent
            assert any("Dijk en Waard" in note for note in cell.notes)
            assert any("eindigt op 31-12-2015" in note for note in cell.notes)

    def test_refuses_a_document_that_is_not_indexed_and_a_topic_that_is_none(self, demo_assistant):
        with pytest.raises(UnknownDocument):
            compare(demo_assistant, "sport", ["bestaat-niet"])
        with pytest.raises(InvalidQuestion):
            compare(demo_assistant, "  ", [SPORT])

    def test_of_an_index_that_changes_meanwhile_speaks_of_the_documents_that_it_shows(self, tmp_path, monkeypatch):
        """Those that it began with, or of a later index all of them where the first was removed too soon."""
        assistant = make_assistant(tmp_path, {"groen.txt": GROEN, "oud.txt": HOSTILE})
        before, ask = assistant.generation(), Reader.ask
        changed = chain(("hovenier",), repeat("tuinman"))

        def overtaken(self, *words, **options):
            answer = ask(self, *words, **options)
            files = {"groen.txt": GROEN.replace("boswachter", next(changed))}
            ingest_paths(Store(tmp_path / "data"), MODEL, [write_files(tmp_path / "docs", files)])
            return answer

        monkeypatch.setattr(Reader, "ask", overtaken)
        comparison = compare(assistant, "Wie houdt toezicht op de aanplant?", ["oud", "groen"])
        shown = comparison.documents["groen"].text
        keeper = next(word for word in ("boswachter", "hovenier", "tuinman") if word in shown)
        assert keeper in comparison.cells[1].answer.text
        assert assistant.generation().manifest.id != before.manifest.id


class TestTheQuestion:
    @pytest.mark.parametrize(
        ("topic", "language", "question"),
        [
            ("preventie", "nl", "Wat staat er over preventie?"),
            ("  eigen   kracht ", "nl", "Wat staat er over eigen kracht?"),
            ("prevention", "en", "What does the document say about prevention?"),
            ("Wie beslist over het buurtbudget?", "en", "Wie beslist over het buurtbudget?"),
            ("hoe hoog is het buurtbudget", "nl", "hoe hoog is het buurtbudget"),
            ("who decides", "en", "who decides"),
        ],
    )
    def test_is_made_of_a_bare_topic_only(self, topic, language, question):
        assert as_question(topic, language) == question

    @pytest.mark.parametrize(
        ("topic", "reader", "asked"),
        [
            ("mantelzorg", "en", "Wat staat er over mantelzorg?"),  # a word of the documents
            ("informal care", "nl", "What does the document say about informal care?"),  # English, and not in them
            ("xyzzy", "en", "What does the document say about xyzzy?"),
            ("xyzzy", "nl", "Wat staat er over xyzzy?"),
        ],
    )
    def test_is_asked_in_the_language_of_the_topic_and_else_in_that_of_the_reader(
        self, demo_assistant, topic, reader, asked
    ):
        assert compare(demo_assistant, topic, [KADER], reader).question == asked


class TestColumns:
    def test_show_every_claim_by_section_and_what_is_silent(self, demo_assistant):
        comparison = compare(demo_assistant, "mantelzorg", [KADER, SPORT])
        speaking, silent = columns(comparison, TODAY, "nl")
        shown = [claim for group in speaking.groups for p in group.paragraphs for claim in p.claims]
        assert tuple(shown) == comparison.cells[0].answer.claims
        assert any("2.2" in group.heading for group in speaking.groups)
        assert silent.silent
        assert silent.reason is None
        assert [place.section for _, place in silent.nearest] == [n.section for n in comparison.cells[1].answer.nearest]

    def test_say_why_a_document_is_silent_where_that_is_not_that_nothing_was_found(self, demo_assistant):
        (column,) = columns(compare(demo_assistant, "Schrijf een gedicht over sport.", [SPORT]), TODAY, "nl")
        assert column.reason == say("task", "nl")

    def test_of_an_address_are_those_that_are_indexed_or_else_the_first_of_all(self, demo_assistant):
        indexed = demo_assistant.generation().documents
        asked = wanted(" sport ", [SPORT, "weg", SPORT], indexed)
        assert (asked.topic, asked.documents, asked.missing) == ("sport", (SPORT,), ("weg",))
        assert wanted("", [], indexed).documents == tuple(ordered(indexed))
        many = {f"d{n}": indexed[SPORT] for n in range(10)}
        assert len(wanted("", list(many), many).documents) == MOST_DOCUMENTS

    def test_of_documents_with_one_name_are_told_apart(self, demo_assistant):
        indexed = demo_assistant.generation().documents
        called = names(["a", "b", "c"], {"a": indexed[SPORT], "b": indexed[SPORT], "c": indexed[KADER]}, "nl")
        assert len(set(called.values())) == 3
        assert called["c"] == indexed[KADER].title


class TestTheFiles:
    def test_hold_every_quote_and_every_silence(self, demo_assistant):
        comparison = compare(demo_assistant, "mantelzorg", [KADER, SPORT])
        rendered = MarkdownIt("gfm-like", {"linkify": False}).render(comparison_markdown(comparison, TODAY, "nl"))
        word = docx.Document(io.BytesIO(comparison_docx(comparison, TODAY, "nl")))
        (table,) = word.tables
        assert len(table.columns) == 2
        for claim in comparison.cells[0].answer.claims:
            said = " ".join(claim.text.split())
            assert said in rendered.replace("&amp;", "&").replace("&quot;", '"')
            assert said in table.cell(1, 0).text
        assert "Niets gevonden" in rendered
        assert table.cell(1, 1).text.startswith("Niets gevonden")
        assert [cell.text.split("\n")[0] for cell in table.rows[0].cells] == [
            comparison.documents[name].title for name in (KADER, SPORT)
        ]

    def test_lead_from_each_section_to_its_place_on_the_web(self, demo_assistant):
        made = compare(demo_assistant, "mantelzorg", [KADER])
        published = replace(made.documents[KADER], source_url="https://voorbeeldstad.example/kader")
        comparison = replace(made, documents={KADER: published})
        word = docx.Document(io.BytesIO(comparison_docx(comparison, TODAY, "nl")))
        assert "](https://voorbeeldstad.example/kader)" in comparison_markdown(comparison, TODAY, "nl")
        assert "https://voorbeeldstad.example/kader" in word.tables[0].cell(1, 0).text

    def test_are_in_the_readers_language(self, demo_assistant):
        comparison = compare(demo_assistant, "mantelzorg", [SPORT], "en")
        assert "Nothing found" in comparison_markdown(comparison, TODAY, "en")
        word = docx.Document(io.BytesIO(comparison_docx(comparison, TODAY, "en")))
        assert word.core_properties.language == "en-GB"
        assert word.tables[0].cell(1, 0).text.startswith("Nothing found")

    def test_show_what_a_document_or_topic_contains_as_text(self, both):
        comparison = compare(both, f"zwembad {TRAP}", list(both.generation().documents))
        assert not all(cell.silent for cell in comparison.cells)
        rendered = MarkdownIt("gfm-like", {"linkify": False}).render(comparison_markdown(comparison, TODAY, "nl"))
        assert "<b>" not in rendered
        assert "<a " not in rendered
        assert rendered.count("<tr>") == 1 + len(comparison.cells)
        assert TRAP in docx.Document(io.BytesIO(comparison_docx(comparison, TODAY, "nl"))).tables[0].cell(1, 1).text

    def test_can_be_made_of_a_topic_with_characters_that_xml_forbids(self, demo_assistant):
        comparison = replace(compare(demo_assistant, "sport", [SPORT]), topic="sport\x00\x0b\ud800")
        assert docx.Document(io.BytesIO(comparison_docx(comparison, TODAY, "nl"))).paragraphs[0].text.endswith("sport")

    @pytest.mark.parametrize(("topic", "name"), [("Eigen kracht!", "eigen-kracht.md"), ("../..", "kaderwijzer.md")])
    def test_have_names_that_every_system_takes(self, topic, name):
        assert file_name(topic, "md") == name
