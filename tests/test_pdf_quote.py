"""A quote marked on the picture of the page it stands on."""

from __future__ import annotations

import io
import re

import pytest
from pdf_making import HEIGHT, PROSE, WIDTH, drawn, lines
from PIL import Image
from streamlit.testing.v1 import AppTest

from ingest.read import read_document
from ui.pdf_page import draw, page_image
from ui.pdf_quote import find_quote, letters

SENTENCE = "De wethouder opent het nieuwe zwembad in het najaar."


def found(page: str, quote: str, skip: int = 0) -> list[str]:
    return [page[start : start + length] for start, length in find_quote(page, quote, skip)]


class TestAQuoteIsFound:
    @pytest.mark.parametrize(
        "page",
        [
            f"Eerst dit. {SENTENCE} En dan dat.",
            "De wethouder opent\r\nhet  nieuwe zwem-\r\nbad in het najaar.",
            "De wethouder opent het nieuwe zwem\x02bad in het na\ufffejaar.",
            "De wethouder opent het nieuwe zwembad | in het | najaar.",
        ],
    )
    def test_whatever_the_lines_and_hyphens(self, page):
        (run,) = found(page, SENTENCE)
        assert letters(run) == letters(SENTENCE)
        assert run in page

    def test_with_ligatures_written_out(self):
        assert found("Een ﬁscale ﬂauwte", "Een fiscale flauwte") == ["Een ﬁscale ﬂauwte"]

    def test_at_the_place_that_is_meant_when_it_stands_there_more_often(self):
        page = f"{SENTENCE} {SENTENCE} {SENTENCE}"
        starts = [find_quote(page, SENTENCE, skip)[0][0] for skip in range(5)]
        step = len(SENTENCE) + 1
        assert starts == [0, step, 2 * step, 2 * step, 2 * step]

    def test_in_parts_around_the_number_of_a_note(self):
        page = "De wethouder opent het nieuwe12 zwembad in het komende najaar."
        quote = "De wethouder opent het nieuwe zwembad in het komende najaar."
        assert found(page, quote) == ["De wethouder opent het nieuwe", "zwembad in het komende najaar"]

    def test_without_the_number_of_an_item_that_is_written_elsewhere(self):
        assert found(SENTENCE, f"4. {SENTENCE}") == [SENTENCE[:-1]]

    def test_as_far_as_the_page_goes(self):
        assert found(f"Iets anders. {SENTENCE[:40]}", SENTENCE) == [SENTENCE[:40].rstrip()]

    @pytest.mark.parametrize("quote", ["Heel iets anders dan wat op deze bladzijde staat.", "nergens", "", "…"])
    def test_nowhere_when_it_is_not_there(self, quote):
        assert find_quote(f"{SENTENCE} {PROSE}", quote) == []


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "nota.pdf"
    broken = lines(
        "2 Sport", PROSE[:80], "De wethouder opent het nieuwe zwem-", "bad in het najaar.", PROSE[:80], y=300
    )
    path.write_bytes(drawn(lines("1 Wonen", *[PROSE[:80]] * 6), broken))
    return read_document(path)


def yellow(png: bytes) -> tuple[int, int, int, int]:
    """Where the mark is in the picture: left, top, right, bottom."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    blue = picture.getchannel("B").point(lambda value: 255 if 130 <= value <= 146 else 0)
    red = picture.getchannel("R").point(lambda value: 255 if value == 255 else 0)
    marked = Image.composite(blue, Image.new("L", picture.size), red).getbbox()
    assert marked is not None
    return marked


def span_of(document, words: str) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


class TestAQuoteIsMarked:
    def test_over_its_lines_and_nowhere_else(self, document):
        span = span_of(document, SENTENCE)
        picture = page_image(document, 2, span)
        assert picture.mark is not None
        points = HEIGHT / Image.open(io.BytesIO(picture.png)).height
        left, top, _, bottom = (at * points for at in yellow(picture.png))
        assert picture.mark == pytest.approx((left / WIDTH, top / HEIGHT), abs=0.005)
        assert 300 + 28 - 14 < top < 300 + 28
        assert 300 + 42 - 5 < bottom < 300 + 42 + 9

    def test_not_on_a_page_on_which_it_does_not_stand(self, document):
        picture = page_image(document, 1, span_of(document, SENTENCE))
        assert picture.mark is None
        assert picture == page_image(document, 1)

    def test_on_a_page_that_is_turned(self):
        def turned(canvas):
            canvas.setPageRotation(90)
            lines("1 Wonen", PROSE[:80], SENTENCE, y=300)(canvas)

        picture = draw(drawn(turned), 1, SENTENCE)
        assert picture.mark is not None
        image = Image.open(io.BytesIO(picture.png))
        left, top, right, bottom = yellow(picture.png)
        assert right - left < bottom - top  # the line runs down the picture
        assert left > image.width * 0.8  # and what stands high on the page is on its right


def beside(file: str, language: str, words: str) -> None:
    """The panel with a quote, as the chat page draws it."""
    from pathlib import Path

    import streamlit as st

    from ingest.read import read_document
    from ui.chat import Place
    from ui.panel import AS_PAGE, panel

    document = read_document(Path(file))
    start = document.text.index(words)
    held = document.section_at(start, start + len(words))
    st.session_state[AS_PAGE] = True
    panel(Place(0, document.id, held, (start, start + len(words))), {document.id: document}, language, lambda _: None)


class TestThePanel:
    def drawn(self, document, words: str, language: str = "nl") -> tuple[str, str]:
        """The line above the picture, and what it says to who cannot see it."""
        page = AppTest.from_function(beside, default_timeout=60, args=(document.source_file, language, words)).run()
        assert not page.exception
        (picture,) = page.get("image")
        return "\n".join(c.value for c in page.caption), picture.proto.imgs[0].alt

    def test_says_in_words_that_the_quote_is_marked(self, document):
        caption, alt = self.drawn(document, SENTENCE)
        assert "Bladzijde 2. Wat is aangehaald, is geel gemarkeerd." in caption
        assert re.match("Bladzijde 2 van .*geel gemarkeerd", alt)

    def test_says_in_words_that_it_is_not(self, document, monkeypatch):
        monkeypatch.setattr("ui.pdf_page._quoted", lambda *_: ("Dit staat er niet op, nergens in dit stuk.", 0))
        caption, alt = self.drawn(document, PROSE[:60], "en")
        assert "Page 1. What is quoted is not marked" in caption
        assert "not marked" in alt
