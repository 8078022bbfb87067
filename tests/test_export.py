"""A conversation to take along: Markdown, plain text and Word hold the same, with every source."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from laid_out import made
from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation, Claim, Nearby
from ingest.errors import InvalidQuestion
from ui.chat import Turn
from ui.export import as_markdown_file, conversation_blocks, one_answer
from ui.export_docx import as_docx

TODAY = date(2026, 1, 15)
HOSTILE = "<script>alert(1)</script> [klik](javascript:alert(1)) **vet** ![x](https://kwaad.example/x)"
NOTA = made(
    "nota",
    "Zandwijk",
    ("1", "Zorg in de buurt", 1, "Eerste zin. Tweede zin.\n\n• een punt\n• nog een punt"),
    ("2", HOSTILE, 1, f"Derde zin {HOSTILE}."),
    valid_from=date(2021, 8, 26),
    source_url="https://zandwijk.example/nota",
)


def cited(number: int, section: int, quote: str, claim: str | None = None, item: bool = False):
    start = NOTA.text.index(quote)
    return Claim(claim or quote, (number,), item), Citation(number, "nota", section, start, start + len(quote), quote)


PAIRS = [
    cited(1, 0, "Eerste zin."),
    cited(2, 0, "• een punt", item=True),
    cited(3, 1, f"Derde zin {HOSTILE}."),
]
ANSWER = Answer("v", "v", "nl", tuple(c for c, _ in PAIRS), tuple(c for _, c in PAIRS), ("nota",), notes=("Let op.",))
ABSTENTION = Answer("v", "v", "nl", (), (), ("nota",), nearest=(Nearby("nota", 0),), reason="Niets gevonden.")
TURNS = [
    Turn(f"Wat {HOSTILE} geldt?\x00\x0b", ANSWER, {"nota": NOTA}),
    Turn("En het weer?", ABSTENTION, {"nota": NOTA}),
    Turn("?", error=InvalidQuestion("leeg")),
]
BLOCKS = conversation_blocks(TURNS, "nl", TODAY)


def word(language="nl"):
    return docx.Document(io.BytesIO(as_docx(BLOCKS, language)))


class TestEveryForm:
    @pytest.fixture(params=["markdown", "word", "text"])
    def said(self, request) -> str:
        if request.param == "markdown":
            html = MarkdownIt().render(as_markdown_file(BLOCKS))
            from bs4 import BeautifulSoup

            return " ".join(BeautifulSoup(html, "html.parser").get_text().split())
        if request.param == "word":
            return " ".join(" ".join(p.text for p in word().paragraphs).split())
        return " ".join(" ".join(one_answer(turn, "nl", TODAY) for turn in TURNS).split())

    def test_holds_questions_claims_with_numbers_and_notes(self, said):
        assert f"Wat {HOSTILE} geldt?" in said
        assert "Eerste zin. [1]" in said
        assert "een punt [2]" in said
        assert "Let op." in said

    def test_lists_every_source_with_section_validity_quote_and_address(self, said):
        for citation in ANSWER.citations:
            path = " › ".join(NOTA.sections[citation.section].path)
            quote = " ".join(citation.quote.split())
            listed = f"[{citation.number}] Nota van Zandwijk, {path}, geldend sinds 26-08-2021: “{quote}”"
            assert listed in said
        assert said.count("https://zandwijk.example/nota") == len(ANSWER.citations)

    def test_says_why_there_is_no_answer_and_where_to_look(self, said):
        assert "Niets gevonden." in said
        assert "§ 1 Zorg in de buurt" in said
        assert "Stel één vraag tegelijk" in said


class TestMarkdown:
    def test_lets_nothing_of_a_document_become_markup(self):
        tokens = [t for token in MarkdownIt().parse(as_markdown_file(BLOCKS)) for t in [token, *(token.children or [])]]
        assert {t.type for t in tokens}.isdisjoint({"html_block", "html_inline", "image"})
        links = {t.attrs["href"] for t in tokens if t.type == "link_open"}
        assert links == {"https://zandwijk.example/nota"}

    def test_has_no_address_that_ends_before_its_end(self):
        document = replace(NOTA, source_url="https://zandwijk.example/>![x](https://kwaad.example/y.png)")
        blocks = conversation_blocks([Turn("v", ANSWER, {"nota": document})], "nl", TODAY)
        tokens = [t for token in MarkdownIt().parse(as_markdown_file(blocks)) for t in token.children or []]
        assert not [t for t in tokens if t.type == "image"]

    def test_has_the_questions_for_headings_and_items_in_a_list(self):
        lines = as_markdown_file(BLOCKS).splitlines()
        assert sum(line.startswith("## ") for line in lines) == len(TURNS)
        assert "- een punt \\[2\\]" in lines


class TestWord:
    def test_has_headings_by_style_a_language_and_links_that_work(self):
        document = word()
        headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
        assert headings[1:] == ["En het weer?", "?"]
        assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "nl-NL"
        links = [r.target_ref for r in document.part.rels.values() if r.is_external]
        assert set(links) == {"https://zandwijk.example/nota"}

    def test_follows_the_language_of_the_page(self):
        blocks = conversation_blocks(TURNS, "en", TODAY)
        document = docx.Document(io.BytesIO(as_docx(blocks, "en")))
        assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
        assert document.paragraphs[0].text == "Conversation with Kaderwijzer"


def test_a_copied_answer_is_the_question_the_answer_and_its_sources_and_nothing_of_other_turns():
    copied = one_answer(TURNS[0], "nl", TODAY)
    assert copied.index("geldt?") < copied.index("Eerste zin. [1]") < copied.index("[1] Nota van Zandwijk")
    assert "weer" not in copied
