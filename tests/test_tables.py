"""Tables: each row can be read alone, heading rows are told from data, and layout is no table."""

from __future__ import annotations

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.loaders.docx import load_docx
from ingest.loaders.tables import Cell, Row, frames_text, table_blocks
from tests.making import saved
from tests.word_making import element, load


def rows(*lines: str, header: int = 0) -> list[Row]:
    return [Row(tuple(map(Cell, line.split("|"))), header=at < header) for at, line in enumerate(lines)]


def written(lines: list[Row], caption: str = "") -> list[tuple[str, bool, str | None]]:
    return [(b.text, b.header, b.term) for b in table_blocks(lines, caption)]


def test_an_empty_cell_keeps_its_place_under_a_heading_row():
    assert written(rows("Doel|2023|2024", "Jeugd||10", "Ouderen|5|")) == [
        ("Doel | 2023 | 2024", True, None),
        ("Jeugd | | 10", False, "Jeugd"),
        ("Ouderen | 5", False, "Ouderen"),
    ]


def test_columns_and_rows_without_text_are_left_out():
    assert [text for text, _, _ in written(rows("Wie||Wat", "||", "Raad||kader"))] == ["Wie | Wat", "Raad | kader"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Naam:|Jansen", "Datum:|3 mei"),
        ("Onderwerp|Woonvisie", "Portefeuillehouder|De Vries"),
        ("1.2|oktober", "1.1|november"),
        ("Datum|3 mei 2024", "Plaats|Zandwijk"),
        ("-|(8.1)", "-|(8.2)"),
        ("Naam: ____|Naam: ____", "Akkoord|Akkoord"),
        ("Dit is een hele zin die iets zegt.|En dit ook.", "a|b"),
    ],
)
def test_a_first_row_that_names_no_columns_is_no_heading(lines):
    assert not any(header for _, header, _ in written(rows(*lines)))


def test_a_title_over_the_whole_table_is_its_caption():
    lines = [Row((Cell("Begroting", columns=2),)), *rows("Doel|Bedrag", "Jeugd|10")]
    assert [(b.text, b.role, b.header) for b in table_blocks(lines)] == [
        ("Begroting", "caption", False),
        ("Doel | Bedrag", "row", True),
        ("Jeugd | 10", "row", False),
    ]


def test_a_value_that_spans_rows_stands_in_each_and_one_that_spans_columns_once():
    lines = [
        *rows("Doel|Jaar|Bedrag", header=1),
        Row((Cell("Jeugd", rows=2), Cell("2023"), Cell("10"))),
        Row((Cell("2024"), Cell("12"))),
        Row((Cell("Ouderen"), Cell("nog niet bekend", columns=2))),
    ]
    assert [text for text, _, _ in written(lines)][1:] == [
        "Jeugd | 2023 | 10",
        "Jeugd | 2024 | 12",
        "Ouderen | nog niet bekend",
    ]


def test_several_heading_rows_become_one():
    lines = [
        Row((Cell("Doel", rows=2), Cell("Kosten", columns=2)), header=True),
        Row((Cell("2023"), Cell("2024")), header=True),
        *rows("Jeugd|1|2"),
    ]
    assert written(lines)[0] == ("Doel | Kosten 2023 | Kosten 2024", True, None)
    unstated = [Row(line.cells) for line in lines]
    assert written(unstated) == written(lines)


def test_one_column_only_frames_text():
    assert frames_text(rows("Let op", "Dit is belangrijk"))
    assert not frames_text(rows("Wie|Wat", "Raad|kader"))


cells = st.builds(Cell, st.sampled_from(["", "a", "b c"]), columns=st.integers(0, 3000), rows=st.integers(0, 3000))


@given(st.lists(st.builds(Row, st.lists(cells, max_size=4).map(tuple), st.booleans()), max_size=6))
def test_any_spans_give_rows_with_text(lines):
    shown = "".join(b.text for b in table_blocks(lines))
    assert all(b.text and b.text == " ".join(b.text.split()) for b in table_blocks(lines))
    assert all(cell.text in shown for line in lines for cell in line.cells)


# In Word


def table(*lines: str):
    word = docx.Document()
    made = word.add_table(rows=len(lines), cols=lines[0].count("|") + 1)
    for line, text in zip(made.rows, lines, strict=True):
        for cell, value in zip(line.cells, text.split("|"), strict=True):
            cell.text = value
    return word, made


def test_merged_cells_are_given_once():
    word = docx.Document()
    table = word.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Samen"
    table.cell(0, 2).text = "Los"
    for column, text in enumerate(["Raad", "kader", "2024"]):
        table.cell(1, column).text = text
    assert [(b.text, b.header, b.term) for b in load_docx(saved(word)).blocks] == [
        ("Samen | Los", True, None),
        ("Raad | kader | 2024", False, "Raad"),
    ]


def test_cells_merged_downwards_are_carried_down():
    word, made = table("Doel|Jaar", "Jeugd|2023", "|2024", "Zorg|2024")
    made.cell(1, 0).merge(made.cell(2, 0))
    assert [b.text for b in load(word).blocks] == ["Doel | Jaar", "Jeugd | 2023", "Jeugd | 2024", "Zorg | 2024"]


def test_rows_that_repeat_on_each_page_are_the_heading():
    word, made = table("A:|B:", "c|d", "e|f")
    for line in made.rows[:2]:
        line._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))
    assert [(b.text, b.header) for b in load(word).blocks] == [("A: c | B: d", True), ("e | f", False)]


def test_a_bold_first_column_makes_a_table_of_fields():
    word, made = table("Doel|Wonen", "Wie|Raad")
    for line in made.rows:
        line.cells[0].paragraphs[0].runs[0].bold = True
    assert [b.header for b in load(word).blocks] == [False, False]


def test_a_cell_around_text_is_no_table_and_keeps_headings_and_lists():
    word, made = table("")
    cell = made.cell(0, 0)
    cell.paragraphs[0].text, cell.paragraphs[0].style = "Doel", word.styles["Heading 2"]
    cell.add_paragraph("Wij willen:")
    cell.add_paragraph("groen", style="List Bullet")
    assert [(b.text, b.role) for b in load(word).blocks] == [
        ("Doel", "heading"),
        ("Wij willen:", "text"),
        ("- groen", "item"),
    ]


def test_a_table_inside_a_layout_table_keeps_its_rows():
    word, made = table("Links|")
    inner = made.cell(0, 1).add_table(rows=2, cols=2)
    for line, values in zip(inner.rows, (("Wie", "Wat"), ("Raad", "kader")), strict=True):
        line.cells[0].text, line.cells[1].text = values
    assert [(b.text, b.role) for b in load(word).blocks] == [
        ("Links", "text"),
        ("Wie | Wat", "row"),
        ("Raad | kader", "row"),
    ]


def test_two_columns_of_running_text_are_read_as_text():
    word, made = table("Wat willen we?|", "Wat doen we?|")
    for line in made.rows:
        for _ in range(4):
            line.cells[1].add_paragraph("De gemeente werkt samen met inwoners en met wie in de wijk actief is. " * 3)
    roles = {b.role for b in load(word).blocks}
    assert roles == {"text"}


def test_lists_and_deleted_rows_in_tables():
    word, made = table("Wie|Wat", "Raad|", "Weg|weg")
    made.rows[2]._tr.get_or_add_trPr().append(element('<w:del w:id="1" w:author="x"/>'))
    cell = made.cell(1, 1)
    cell.paragraphs[0].text, cell.paragraphs[0].style = "kaders", word.styles["List Bullet"]
    cell.add_paragraph("controle", style="List Bullet")
    assert [b.text for b in load_docx(saved(word)).blocks] == ["Wie | Wat", "Raad | - kaders - controle"]
