"""Markdown: headings, lists, tables (its own and HTML), footnotes, front matter; and what is not text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from ingest.blocks import Source
from ingest.loaders.markdown import load_markdown
from tests.fuzzing import ANYTHING, fails_only_by_refusing
from tests.making import texts

OTHER = Path(__file__).parent.parent.parent / "shared" / "corpus" / "other"


def markdown(text: str) -> Source:
    return load_markdown(text.encode())


def test_markdown_headings_lists_and_tables():
    source = markdown(
        "# Visie\n\n- een\n  - diep\n- twee\n\n3. drie\n4. vier\n\n| Wie | Wat |\n|-|-|\n| Raad | kader |\n"
    )
    assert source.title == "Visie"
    assert texts(source.blocks, "item") == ["- een", "- diep", "- twee", "3. drie", "4. vier"]
    assert [(b.text, b.header, b.term) for b in source.blocks if b.role == "row"] == [
        ("Wie | Wat", True, None),
        ("Raad | kader", False, "Raad"),
    ]


def test_targets_of_links_and_images_are_no_text():
    source = markdown("Zie [de **wet**](https://wet.example/a) ![plaat](https://beeld.example/b.png) en `code`.")
    assert texts(source.blocks) == ["Zie de wet en code."]


def test_raw_html_gives_text_and_no_headings():
    source = markdown(
        "# Visie\n\n<h2>Geen kop</h2>\n\n<script>weg()</script>\n\n<!-- weg -->\n\nEen<br>twee <i>drie</i>.\n"
    )
    assert [(b.text, b.role) for b in source.blocks] == [
        ("Visie", "heading"),
        ("Geen kop", "text"),
        ("Een twee drie.", "text"),
    ]


def test_markdown_footnotes_keep_their_number():
    source = markdown("# A\n\nDe raad[^x] besluit.\n\n[^x]: Gekozen in 2022.\n")
    assert [(b.text, b.role) for b in source.blocks[1:]] == [
        ("De raad¹ besluit.", "text"),
        ("1 Gekozen in 2022.", "footnote"),
    ]


def test_code_blocks_are_text_and_never_headings():
    assert [(b.text, b.role) for b in markdown("```\n# geen kop\n```\n").blocks] == [("# geen kop", "text")]


def test_notes_are_numbered_in_the_order_of_the_text_and_kept_whole():
    source = markdown("Eerst[^b] en dan[^a].\n\n[^a]: Een.\n[^b]: Twee.\n\n    Met meer.\n")
    assert texts(source.blocks) == ["Eerst¹ en dan².", "1 Twee. Met meer.", "2 Een."]


def test_raised_digits_that_are_no_notes_are_plain_digits():
    assert texts(markdown("Wij bouwen 30 m² en 4 m<sup>2</sup>.").blocks) == ["Wij bouwen 30 m2 en 4 m2."]


def test_tables_without_outer_bars_and_with_broken_cells():
    source = markdown("Doel | 2023 | 2024\n--- | --- | ---\nGroen<br>en blauw | | 10\n")
    assert [(b.text, b.header, b.term) for b in source.blocks] == [
        ("Doel | 2023 | 2024", True, None),
        ("Groen en blauw | | 10", False, "Groen en blauw"),
    ]


@pytest.mark.parametrize(
    "table", ["| 1.1 | mei |\n|-|-|\n| 1.0 | april |\n", "| Naam: | Jan |\n|-|-|\n| Datum: | mei |\n"]
)
def test_the_first_row_that_the_syntax_demands_is_no_heading_if_it_names_no_columns(table):
    assert [b.header for b in markdown(table).blocks] == [False, False]


def test_an_html_table_reads_as_one_even_with_blank_lines_in_it():
    source = markdown(
        "# A\n\n<table>\n<tr><th>Wie</th><th>Wat</th></tr>\n\n<tr><td rowspan=2>Raad</td><td>kader</td></tr>\n\n"
        "<tr><td>controle</td></tr>\n</table>\n\nDaarna.\n"
    )
    assert texts(source.blocks) == ["A", "Wie | Wat", "Raad | kader", "Raad | controle", "Daarna."]


def test_front_matter_is_no_text_and_gives_the_title():
    source = markdown('---\ntitle: "Kadernota wonen"\ndate: 2024-01-01\n---\n\n# Inleiding\n\nTekst.\n')
    assert (source.title, texts(source.blocks)) == ("Kadernota wonen", ["Inleiding", "Tekst."])


def test_lines_between_rules_that_are_no_fields_stay_text():
    assert texts(markdown("---\n\nGewone tekst.\n\n---\n\nMeer.\n").blocks) == ["Gewone tekst.", "Meer."]


def test_underlined_headings():
    source = markdown("Visie\n=====\n\nDoelen\n------\n\nTekst.\n")
    assert [(b.text, b.level) for b in source.blocks] == [("Visie", 1), ("Doelen", 2), ("Tekst.", None)]


def test_bold_lines_are_no_headings_but_stand_alone_and_without_marks_the_source_is_not_styled():
    source = markdown("**Artikel 2**\nDe raad beslist\nover de kaders.\n")
    assert not source.styled
    assert texts(source.blocks) == ["Artikel 2", "De raad beslist over de kaders."]


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("- − dubbel\n", ["- dubbel"]),
        ("- a. letter\n  gaat door\n", ["a. letter gaat door"]),
        ("- soorten:\n    1°.eerste\n    2°. tweede\n", ["- soorten:", "1°. eerste", "2°. tweede"]),
        ("0. nul\n1. een\n", ["0. nul", "1. een"]),
        ("3) drie\n4) vier\n", ["3) drie", "4) vier"]),
        ("− los streepje\n\n− nog een\n", ["- los streepje", "- nog een"]),
        ("1. een\n\n   Uitleg.\n\n2. twee\n", ["1. een", "2. twee"]),
    ],
)
def test_items_have_one_marker(written, items):
    assert texts(markdown(written).blocks, "item") == items


def test_a_number_in_a_paragraph_of_its_own_joins_the_paragraph_it_numbers():
    assert texts(markdown("# A\n\n1.3.1\n\nDe overeenkomst begint.\n\n1.3.2\n\nEn eindigt.\n").blocks) == [
        "A",
        "1.3.1 De overeenkomst begint.",
        "1.3.2 En eindigt.",
    ]


def test_escapes_and_entities_are_what_they_stand_for():
    assert texts(markdown(r"5 \* 3 &amp; \[haak\] <https://y.example>").blocks) == ["5 * 3 & [haak] https://y.example"]


@pytest.mark.frameworks
@pytest.mark.skipif(not OTHER.is_dir(), reason="the real examples are not beside this checkout")
def test_real_contracts_and_glossaries():
    contract = load_markdown((OTHER / "overeenkomst-wmo-contractstandaard.md").read_bytes())
    assert [b.header for b in contract.blocks if b.role == "row"] == [False] * 3
    assert any(b.text.startswith("1.3.1 De overeenkomst start") for b in contract.blocks)
    act = load_markdown((OTHER / "jeugdwet.md").read_bytes())
    assert not [b.text for b in act.blocks if b.text.startswith(("- −", "– -"))]
    glossary = load_markdown((OTHER / "begrippenlijst-jw-wmo.md").read_bytes())
    assert "aanbieders van zorg en ondersteuning" in texts(glossary.blocks, "heading")


@settings(max_examples=80)
@given(data=ANYTHING)
def test_any_bytes_give_a_document_or_a_refusal(data: bytes):
    fails_only_by_refusing(data, ".md")


@pytest.mark.parametrize("bold", ["**{}:** {}", "**{}**: {}"])
def test_fields_with_a_bold_name_stand_on_lines_of_their_own(bold: str):
    fields = ("Vastgesteld door", "het college van burgemeester en wethouders van Zandwijk"), ("Ingang", "1 mei 2025")
    text = "# Regels\n\n" + "\n".join(bold.format(*field) for field in fields) + "\n"
    assert texts(load_markdown(text.encode()).blocks, "text") == [f"{name}: {value}" for name, value in fields]


def test_a_bold_word_within_a_sentence_breaks_no_line():
    text = "De gemeente werkt samen met inwoners en organisaties aan een sterke buurt en\n**iedereen** doet mee."
    assert texts(load_markdown(text.encode()).blocks) == [text.replace("\n", " ").replace("*", "")]
