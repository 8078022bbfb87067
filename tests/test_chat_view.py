"""What the chat page shows, without a browser: answers grouped for reading, sections to read, escaping."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from laid_out import made

from assistant.answer import Answer, Citation, Claim, Nearby
from ingest.document import Document
from ingest.errors import InvalidQuestion
from ui.chat import Paragraph, Place, Turn, abstention_view, answer_turn, answer_view, label, link, place_of
from ui.scroll import speak, to_quote
from ui.section import anchor, section_html, section_view

HOSTILE = '<script>alert(1)</script> <img src=x onerror="alert(1)"> & [klik](javascript:alert(1)) **vet** :smile:'


NOTA = made(
    "nota",
    "Zandwijk",
    ("1", "Zorg in de buurt", 1, ""),
    ("1.1", "Vrijwillige hulp", 2, "Eerste zin over hulp. Tweede zin over hulp.\n\n• een punt\n• nog een punt"),
    ("1.2", "Vroege zorg", 2, "Derde zin. <b>Vierde</b> & vijfde zin."),
    ("2", "Geld voor later", 1, "Zesde zin."),
    source_url="https://zandwijk.example/nota_(1)",
)
VISIE = made("visie", "Hoogveld", ("3", "Groen en water", 1, "Zevende zin over bomen."))
DOCUMENTS = {d.id: d for d in (NOTA, VISIE)}


def quoting(number: int, document: Document, section: int, quote: str) -> Citation:
    start = document.text.index(quote)
    return Citation(number, document.id, section, start, start + len(quote), quote)


CITATIONS = (
    quoting(1, NOTA, 1, "Eerste zin over hulp."),
    quoting(2, NOTA, 1, "Tweede zin over hulp."),
    quoting(3, NOTA, 1, "• een punt"),
    quoting(4, VISIE, 0, "Zevende zin over bomen."),
    quoting(5, NOTA, 2, "Derde zin."),
)
CLAIMS = tuple(Claim(c.quote, (c.number,), c.quote.startswith("•")) for c in CITATIONS)


def answer(count: int = 5, **other: object) -> Answer:
    given = {"question": "v", "standalone_question": "v", "language": "nl", "searched": ("nota", "visie"), **other}
    return Answer(claims=CLAIMS[:count], citations=CITATIONS[:count], **given)


def pieces(view, kind: str) -> list[str]:
    return [piece.text for piece in view.pieces if piece.kind == kind]


class TestAnAnswer:
    def test_from_one_document_names_it_in_its_first_line(self):
        view = answer_view(answer(3), DOCUMENTS)
        assert "Nota van Zandwijk" in view.frame
        assert [part.heading for part in view.parts] == [None]

    def test_from_several_documents_has_a_heading_for_each(self):
        view = answer_view(answer(4), DOCUMENTS)
        assert [part.heading for part in view.parts] == [
            "Nota van Zandwijk (kadernota)",
            "Visie van Hoogveld (kadernota)",
        ]

    def test_runs_sentences_on_and_leaves_items_alone(self):
        (group,) = answer_view(answer(3), DOCUMENTS).parts[0].groups
        assert group.heading == "§ 1.1 Vrijwillige hulp"
        assert [(p.item, len(p.claims)) for p in group.paragraphs] == [(False, 2), (True, 1)]

    def test_shows_every_claim_once_and_in_order(self):
        view = answer_view(answer(), DOCUMENTS)
        shown = [c for part in view.parts for g in part.groups for p in g.paragraphs for c in p.claims]
        assert tuple(shown) == CLAIMS

    def test_lists_every_source_once_under_its_document_and_section_path(self):
        sources = answer_view(answer(), DOCUMENTS).sources
        listed = [(s.name, [(x.path, [c.number for c in x.citations]) for x in s.sections]) for s in sources]
        assert listed == [
            (
                "Nota van Zandwijk",
                [
                    ("1 Zorg in de buurt › 1.1 Vrijwillige hulp", [1, 2, 3]),
                    ("1 Zorg in de buurt › 1.2 Vroege zorg", [5]),
                ],
            ),
            ("Visie van Hoogveld", [("3 Groen en water", [4])]),
        ]

    def test_says_what_was_silent_what_is_unknown_and_what_to_note(self):
        notes = answer_view(answer(3, silent=("visie",), unknown=("Lisse",), notes=("Let op.",)), DOCUMENTS).notes
        assert [bool(re.search(word, note)) for word, note in zip(("Let op", "Visie", "Lisse"), notes, strict=True)]

    def test_says_how_a_follow_up_was_understood_and_only_then(self):
        assert answer_view(answer(standalone_question="v (Zandwijk)"), DOCUMENTS).standalone == "v (Zandwijk)"
        assert answer_view(answer(), DOCUMENTS).standalone is None


class TestAnAbstention:
    view = abstention_view(
        answer(0, reason="Niets gevonden.", nearest=(Nearby("nota", 2), Nearby("visie", 0))), DOCUMENTS, turn=7
    )

    def test_gives_its_reason_and_what_was_searched(self):
        assert self.view.reason == "Niets gevonden."
        assert "Nota van Zandwijk" in (self.view.searched or "")

    def test_says_how_a_question_was_understood_that_leans_on_another(self):
        asked = replace(answer(0, reason="x"), question="Wat kost het?", standalone_question="Wat kost de pas?")
        assert abstention_view(asked, DOCUMENTS, turn=0).standalone == "Wat kost de pas?"
        alone = replace(asked, standalone_question=asked.question)
        assert abstention_view(alone, DOCUMENTS, turn=0).standalone is None

    def test_offers_the_nearest_sections_to_open_with_nothing_marked(self):
        assert self.view.nearest[0] == ("§ 1.2 Vroege zorg, Nota van Zandwijk", Place(7, "nota", 2))
        assert not pieces(section_view(self.view.nearest[0][1], DOCUMENTS, "nl"), "quote")

    def test_calls_the_part_that_bears_the_title_of_its_document_by_that_title_once(self):
        documents = {"nota": made("nota", "Zandwijk", (None, "Nota", 1, "Aanhef."))}
        view = abstention_view(
            answer(0, searched=("nota",), reason="x", nearest=(Nearby("nota", 0),)), documents, turn=0
        )
        assert view.nearest[0][0] == "Nota van Zandwijk"


class TestASectionToRead:
    @pytest.mark.parametrize("section", range(4))
    @pytest.mark.parametrize("span", [None, *((c.start, c.end) for c in CITATIONS)])
    def test_is_the_section_letter_for_letter(self, section, span):
        view = section_view(Place(0, "nota", section, span), DOCUMENTS, "nl")
        held = NOTA.sections[section]
        assert "".join(piece.text for piece in view.pieces) == NOTA.text[held.start : held.end]

    def test_marks_the_quote_of_the_citation(self):
        for citation in CITATIONS:
            assert pieces(section_view(place_of(0, citation), DOCUMENTS, "nl"), "quote") == [citation.quote]

    def test_shows_its_path_its_document_and_the_headings_within(self):
        view = section_view(Place(0, "nota", 0), DOCUMENTS, "nl")
        assert (view.document, view.path) == ("Nota van Zandwijk", ("1 Zorg in de buurt",))
        assert pieces(view, "heading") == ["1 Zorg in de buurt", "1.1 Vrijwillige hulp", "1.2 Vroege zorg"]

    def test_keeps_a_heading_within_the_quote_inside_the_mark(self):
        quote = NOTA.text[NOTA.text.index("• nog een punt") : NOTA.text.index("Derde zin.")]
        view = section_view(place_of(0, quoting(1, NOTA, 0, quote)), DOCUMENTS, "nl")
        assert pieces(view, "quote") == [quote]

    def test_leads_to_its_neighbours_and_back_and_keeps_the_quote_in_mind(self):
        here = place_of(0, CITATIONS[0])
        there = section_view(here, DOCUMENTS, "nl").next
        assert there is not None
        assert NOTA.sections[there.section].number == "1.2"
        assert section_view(there, DOCUMENTS, "nl").previous == here
        assert there.quotes_as(here)

    def test_passes_over_sections_without_text_and_ends_at_the_ends(self):
        assert section_view(Place(0, "nota", 1), DOCUMENTS, "nl").previous is None  # § 1 is a heading and nothing else
        assert section_view(Place(0, "nota", 0), DOCUMENTS, "nl").next == Place(0, "nota", 1)
        assert section_view(Place(0, "nota", 3), DOCUMENTS, "nl").next is None

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://x.nl/ y", "/etc/passwd", ""])
    def test_links_to_nothing_but_web_addresses(self, url):
        documents = {"nota": replace(NOTA, source_url=url)}
        assert section_view(Place(0, "nota", 0), documents, "nl").url is None


class TestDocumentTextIsData:
    def test_every_character_of_a_section_is_escaped(self):
        document = made("nota", None, ("1", HOSTILE, 1, f"{HOSTILE} Een zin. {HOSTILE}"))
        place = place_of(0, quoting(1, document, 0, f"{HOSTILE} Een zin."))
        shown = section_html(section_view(place, {"nota": document}, "nl"), anchor(place))
        tags = re.findall(r"<[^>]*>", shown)
        assert [tag.split()[0].strip("</>") for tag in tags] == ["div", "strong", "strong", "mark", "mark", "div"]
        assert html.unescape(re.sub(r"<[^>]*>", "", shown)) == document.text

    def test_an_anchor_is_a_plain_name_and_no_two_places_share_one(self):
        places = [place_of(t, c) for t in (0, 1) for c in CITATIONS] + [Place(0, d, 0) for d in ("nota", "visie")]
        anchors = [anchor(place) for place in places]
        assert len(set(anchors)) == len(anchors)
        assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in anchors)

    def test_scripts_hold_no_text_but_plain_names(self):
        assert "</script><img" not in to_quote("</script><img src=x>")
        assert speak('nl";alert(1)//') == speak("nlalert")

    @pytest.mark.parametrize(
        "text",
        [
            HOSTILE,
            ":smile: :material/home: :streamlit: :red[rood] ::x",
            "www.example.com, a@b.nl, http://x.nl en ftp://y",
            "a &amp; b &lt;b&gt;",
            "-> <- -- => <= == --- ===",
            "1. een\n2. twee\n\n    code\n# kop",
        ],
    )
    def test_a_label_holds_nothing_that_streamlit_reads_as_anything_but_text(self, text):
        shown = label(text)
        assert "\n" not in shown
        assert not re.search(r"(?<!\\)[&<>\[\]*`$]", shown)
        read = re.sub(r"\\(.)", r"\1", shown)  # what is left after Markdown, in which Streamlit goes on looking
        assert not re.search(r":[\w+-]+[:\[/]|://|\w@\w|www\.|--|->|<-", read)
        assert read.replace("\u2060", "") == " ".join(text.split())

    def test_an_ordinary_heading_is_its_own_label(self):
        heading = "Doel 1: Zelf vitaal worden (en blijven), ook na 2024"
        assert label(heading) == heading

    def test_an_address_cannot_leave_its_link(self):
        assert link("lees", "https://x.nl/a_(1)") == "[lees](https://x.nl/a_%281%29)"
        assert link("lees", None) == ""


class TestTheNextTurn:
    class Scripted:
        """An assistant whose index is replaced while it answers."""

        def __init__(self, error: Exception | None = None) -> None:
            self.error, self.asked, self.published = error, [], 0
            self.current = self.fresh()

        def fresh(self):
            self.published += 1
            return SimpleNamespace(documents=dict(DOCUMENTS), manifest=SimpleNamespace(id=f"g-{self.published}"))

        def with_reader(self, run):
            return run(SimpleNamespace(generation=self.current, ask=self.ask))

        def ask(self, request, **_):
            self.asked.append(request)
            if self.error:
                raise self.error
            self.current = self.fresh()
            return answer()

    def next_turn(self, assistant, earlier=()):
        return answer_turn(assistant, "vraag", earlier, ["Zandwijk"], ["nota"], lambda _: None)

    def test_carries_the_documents_that_the_answer_was_made_from_also_when_the_index_is_replaced_meanwhile(self):
        assistant = self.Scripted()
        before = assistant.current
        turn = self.next_turn(assistant)
        assert assistant.current is not before
        assert turn.documents is before.documents
        assert turn.generation == "g-1"
        assert len(assistant.asked) == 1

    def test_passes_on_the_scope_and_the_earlier_questions_that_were_answered(self):
        assistant = self.Scripted()
        self.next_turn(assistant, [Turn("eerder", answer()), Turn("?", error=InvalidQuestion("leeg"))])
        (request,) = assistant.asked
        assert request.history == ("eerder",)
        assert (request.municipalities, request.documents) == (("Zandwijk",), ("nota",))

    def test_says_why_a_question_was_refused(self):
        turn = self.next_turn(self.Scripted(error=InvalidQuestion("de vraag is leeg")))
        assert (turn.answer, str(turn.error)) == (None, "de vraag is leeg")


def test_a_row_of_few_cells_stands_as_a_row_and_other_items_as_lines():
    def paragraph(text: str, *, item: bool = True) -> Paragraph:
        return Paragraph(item, (Claim(text, (1,), item),))

    row = paragraph("Zwembad | 7 | ja")
    assert row.kind == "row-3"
    assert row.pieces(row.claims[0]) == ["Zwembad", "7", "ja"]
    many = paragraph("a | b | c | d | e")
    assert many.kind == "item"
    assert many.pieces(many.claims[0]) == ["a | b | c | d | e"]
    wide = Paragraph(True, many.claims, ("Actie", "Trekker", "Partners", "Planning", "Kosten"))
    assert wide.kind == "cells"
    assert wide.pieces(wide.claims[0])[:2] == ["Actie: a", "Trekker: b"]
    assert paragraph("de ligging van het hofje").kind == "item"
    assert paragraph("Dit is A | B.", item=False).kind == "run"
