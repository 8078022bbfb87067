"""What each loader takes for text, for an item, a row, a heading; and what it refuses."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import Source, clean
from ingest.errors import UnreadableDocument
from ingest.loaders.docx import load_docx
from ingest.loaders.html import load_html
from ingest.loaders.markdown import load_markdown
from ingest.loaders.text import decode, load_text
from ingest.read import LOADERS, read_document
from tests.making import saved, texts

DUTCH = "Één coördinerende privé-instelling: ‘zó’ – €5.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_decoded_in_every_usual_encoding(encoding: str):
    assert decode(DUTCH.encode(encoding)) == DUTCH


def test_utf_16_big_endian_with_a_mark():
    assert decode(b"\xfe\xff" + DUTCH.encode("utf-16-be")) == DUTCH


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"\x7fELF" + b"\x02\x01\x01" + b"\x00" * 400 + bytes(range(256)),
        bytes(range(1, 256)) * 20,
        b"\x01\x02\x03\x04" * 50,
    ],
)
@pytest.mark.parametrize("load", [load_text, load_markdown, load_html])
def test_binary_data_under_a_text_name_is_refused(data: bytes, load):
    with pytest.raises(UnreadableDocument, match="not text"):
        load(data)


def test_cleaning_drops_what_cannot_be_seen_and_keeps_words_apart():
    assert clean("samen\u00adwerking en\u00a0zorg\u200b") == "samenwerking en zorg"
    assert clean("een\u2028twee\x0bdrie\x85vier\r\nvijf") == "een\ntwee\ndrie\nvier\nvijf"
    assert clean("e\u200d\u0301") == "é"


# Plain text


def test_bullets_numbers_and_letters_begin_items():
    blocks = load_text("Wij doen:\n• één\n- twee\n1. drie\na) vier\n*twee sterren*\n".encode()).blocks
    assert texts(blocks, "item") == ["• één", "- twee", "1. drie", "a) vier"]


def test_a_bullet_on_a_line_of_its_own_joins_its_text():
    assert texts(load_text("  • 1.\n\n    Akkoord te gaan met het kader.\n".encode()).blocks) == [
        "• 1. Akkoord te gaan met het kader."
    ]


def test_a_tab_after_a_bullet_or_a_number_makes_no_table():
    blocks = load_text("•\tEen item\n1.\tNog een\n\n1.1\tInleiding\n\tIngesprongen tekst\n".encode()).blocks
    assert texts(blocks, "row") == []
    assert texts(blocks) == ["• Een item", "1. Nog een", "1.1 Inleiding", "Ingesprongen tekst"]


def test_tab_separated_lines_are_rows_with_a_header():
    blocks = load_text(b"Doelgroep\tBudget\nJeugd\t100\nOuderen\t\n").blocks
    assert [(b.text, b.header, b.term) for b in blocks] == [
        ("Doelgroep | Budget", True, None),
        ("Jeugd | 100", False, "Jeugd"),
        ("Ouderen", False, "Ouderen"),
    ]


def cells(*values: str) -> bytes:
    return "".join(f"{value} |\n" for value in values).encode()


def test_one_cell_a_line_becomes_rows_of_two_columns():
    long = "Werkt mee aan het plan en houdt zich aan de afspraken die daarover in de wijk gemaakt zijn."
    blocks = load_text(cells("Wie", "Taak", "Raad", long, "College", long[:80], "Inwoner", long[:70])).blocks
    assert [b.role for b in blocks] == ["row"] * 4
    assert blocks[1].text == f"Raad | {long}"
    assert [b.term for b in blocks] == [None, "Raad", "College", "Inwoner"]


def test_one_cell_a_line_becomes_rows_of_three_columns():
    tasks = ["Stelt de kaders vast voor de jaren die komen.", "Voert het beleid uit en legt er rekening van af."]
    blocks = load_text(
        cells("Wie", "Taak", "Jaar", "Raad", tasks[0], "2024", "College", tasks[1], "2025", "Wijk", tasks[0], "2026")
    ).blocks
    assert [b.text for b in blocks][:2] == ["Wie | Taak | Jaar", f"Raad | {tasks[0]} | 2024"]


def test_a_single_line_with_a_bar_is_a_box_and_no_table():
    assert texts(load_text(b"Wat is het sociaal domein? |\n").blocks, "text") == ["Wat is het sociaal domein?"]


def test_hard_wrapped_lines_become_paragraphs_and_broken_words_are_mended():
    line = "De gemeente werkt met inwoners aan een buurt waar iedereen zich"
    text = "\n\n".join("\n".join([line, line, "thuis voelt en waar onder-", "steuning dichtbij is."]) for _ in range(8))
    blocks = load_text(text.encode()).blocks
    assert texts(blocks) == [f"{line} {line} thuis voelt en waar ondersteuning dichtbij is."] * 8


def test_a_sentence_cut_by_a_caption_is_whole_again_and_the_caption_follows():
    before = "Samen met de inwoner zoekt de gemeente naar wat hij zelf kan om de draad weer op te"
    blocks = load_text(f"{before}\n\n\n\nHet loket\n\n\n\npakken en vol te houden.\n".encode()).blocks
    assert [(b.text, b.role) for b in blocks] == [
        (f"{before} pakken en vol te houden.", "text"),
        ("Het loket", "caption"),
    ]


# HTML


def page(body: str, head: str = "") -> Source:
    return load_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>weg()</script>",
        "<style>.weg{}</style>",
        "<nav><a>weg</a></nav>",
        '<div id="cookie-banner">weg</div>',
        '<div class="breadcrumb">weg</div>',
        "<p hidden>weg</p>",
        '<p style="display: none">weg</p>',
        '<span aria-hidden="true">weg</span>',
        "<header><p>weg</p></header>",
        "<footer>weg</footer>",
        "<form><label>weg</label></form>",
        "<noscript>weg</noscript>",
        "<!-- weg -->",
        "<template><p>weg</p></template>",
    ],
)
def test_what_a_reader_of_the_page_does_not_see_is_no_text(hidden: str):
    blocks = page(f"<h1>Woonvisie</h1>{hidden}<p>Wij bouwen {hidden if 'span' in hidden else ''} huizen.</p>").blocks
    assert texts(blocks) == ["Woonvisie", "Wij bouwen huizen."]


@pytest.mark.parametrize(
    "wrapped",
    [
        '<div class="page has-sidebar">{}</div>',
        '<form action="/">{}</form>',
        "<article><header>{}</header></article>",
        "<table><tr><td>{}</td></tr></table>",
        '<div class="shared-content">{}</div>',
    ],
)
def test_the_policy_itself_is_never_taken_for_the_site_around_it(wrapped: str):
    blocks = page(wrapped.format("<h1>Woonvisie</h1><p>Wij bouwen huizen.</p>")).blocks
    assert [(b.text, b.role) for b in blocks] == [("Woonvisie", "heading"), ("Wij bouwen huizen.", "text")]


def test_html_headings_lists_and_nested_lists():
    blocks = page("<h2>Doel</h2><ol start=3><li>drie<ul><li>diep</li></ul></li><li><p>vier</p></li></ol>").blocks
    assert [(b.text, b.role, b.level) for b in blocks] == [
        ("Doel", "heading", 2),
        ("3. drie", "item", None),
        ("- diep", "item", None),
        ("4. vier", "item", None),
    ]


def test_a_list_right_inside_a_list_is_not_lost():
    assert texts(page("<h2>Doel</h2><ul><li>een</li><ul><li>twee</li></ul></ul>").blocks, "item") == ["- een", "- twee"]


def test_html_tables_have_a_header_and_terms():
    blocks = page(
        "<h1>A</h1><table><caption>Geld</caption><tr><th>Wie</th><th>Wat</th></tr><tr><td>Raad</td><td>kader</td></tr>"
        "</table>"
    ).blocks
    assert [(b.text, b.role, b.header, b.term) for b in blocks[1:]] == [
        ("Geld", "caption", False, None),
        ("Wie | Wat", "row", True, None),
        ("Raad | kader", "row", False, "Raad"),
    ]


def test_definition_lists_give_term_and_definition():
    blocks = page(
        "<h1>A</h1><dl><dt>Kader</dt><dd>grens</dd><dt>Doel</dt><dt>Ambitie</dt><dd>wens</dd><dt>Rest</dt></dl>"
    )
    assert [(b.text, b.term) for b in blocks.blocks[1:]] == [
        ("Kader: grens", "Kader"),
        ("Doel, Ambitie: wens", "Doel, Ambitie"),
        ("Rest", None),
    ]


def test_entities_and_inline_text_between_blocks():
    blocks = page("<h1>A</h1>v&oacute;&oacute;r<p>zorg &amp; <b>we</b>lzijn</p>er<br>na").blocks
    assert texts(blocks) == ["A", "vóór", "zorg & welzijn", "er na"]


def test_a_page_says_its_own_title_and_address():
    source = page("<p>tekst</p>", '<title>Visie</title><link rel="canonical" href="https://x.nl/visie">')
    assert (source.title, source.url, source.styled) == ("Visie", "https://x.nl/visie", False)


def test_absurdly_nested_html_is_refused():
    with pytest.raises(UnreadableDocument, match="nested"):
        page("<div>" * 5000 + "tekst")


# Markdown


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
        ("De raad 1 besluit.", "text"),
        ("1 Gekozen in 2022.", "footnote"),
    ]


def test_code_blocks_are_text_and_never_headings():
    assert [(b.text, b.role) for b in markdown("```\n# geen kop\n```\n").blocks] == [("# geen kop", "text")]


# Word


def test_word_styles_give_title_headings_lists_and_rows():
    word = docx.Document()
    word.add_heading("Woonvisie", 0)
    word.add_heading("1 Doel", 1)
    word.add_heading("1.1 Nu", 2)
    word.add_paragraph("Wij bouwen.")
    word.add_paragraph("groen", style="List Bullet")
    word.add_paragraph("eerst", style="List Number")
    word.add_paragraph("dan", style="List Number")
    source = load_docx(saved(word))
    assert source.title == "Woonvisie"
    assert [(b.text, b.role, b.level) for b in source.blocks] == [
        ("Woonvisie", "heading", 0),
        ("1 Doel", "heading", 1),
        ("1.1 Nu", "heading", 2),
        ("Wij bouwen.", "text", None),
        ("- groen", "item", None),
        ("1. eerst", "item", None),
        ("2. dan", "item", None),
    ]


def test_a_style_built_on_a_heading_is_a_heading():
    word = docx.Document()
    word.styles.add_style("Hoofdstuk", 1).base_style = word.styles["Heading 1"]
    word.add_paragraph("Doel", style="Hoofdstuk")
    assert [(b.role, b.level) for b in load_docx(saved(word)).blocks] == [("heading", 1)]


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


WORD_XML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_tracked_insertions_and_content_controls_are_text_and_deletions_are_not():
    word = docx.Document()
    word.add_paragraph()._p.append(parse_xml(f"<w:ins {WORD_XML}><w:r><w:t>Nieuw</w:t></w:r></w:ins>"))
    word.paragraphs[0]._p.append(parse_xml(f"<w:del {WORD_XML}><w:r><w:delText>Oud</w:delText></w:r></w:del>"))
    word.paragraphs[0]._p.append(parse_xml(f"<w:moveFrom {WORD_XML}><w:r><w:t>Weg</w:t></w:r></w:moveFrom>"))
    control = f"<w:sdt {WORD_XML}><w:sdtContent><w:p><w:r><w:t>Ingevuld</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    word.element.body.insert(1, parse_xml(control))
    assert texts(load_docx(saved(word)).blocks) == ["Nieuw", "Ingevuld"]


def zipped(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_damaged_word_files_are_refused():
    sound = saved(docx.Document())
    for data in (sound[: len(sound) // 2], b"PK\x03\x04 maar verder niets", zipped(tekst="geen Word"), b"gewone tekst"):
        with pytest.raises(UnreadableDocument, match="not a readable Word document"):
            load_docx(data)


def test_a_zip_bomb_is_left_alone():
    data = bytearray(saved(docx.Document()))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (2**31).to_bytes(4, "little")  # the size it declares to unpack to
    with pytest.raises(UnreadableDocument, match="zip bomb"):
        load_docx(bytes(data))


# Whatever is in the file: a document or a refusal


def fails_only_by_refusing(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"proef{suffix}"
        path.write_bytes(data)
        try:
            assert read_document(path).text.strip()
        except UnreadableDocument:
            return


MARKS = st.lists(
    st.sampled_from(
        ["# ", "1 ", "1. ", "2.1 ", "- ", "* ", "|", " |\n", "\n", "\n\n", "\t", "Artikel 1 ", "Bijlage A ", "Noot",
         "[^1]: ", "[^1]", "<p>", "<table>", "<tr>", "<td>", "</p>", "<ul>", "<li>", "<h1>", "<!--", "&amp;",
         "Inhoud", " 3", "Ondertekening", "Term: uitleg", "Geldend van 31-02-2023 t/m heden", "x" * 90,
         "woord ", ". ", "`", "```\n", "> "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("suffix", list(LOADERS))
@settings(max_examples=60, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
        MARKS.map(str.encode),
    )
)
def test_any_bytes_give_a_document_or_a_refusal(suffix: str, data: bytes):
    fails_only_by_refusing(data, suffix)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_word_file_with_changed_bytes_gives_a_document_or_a_refusal(data: st.DataObject):
    word = docx.Document()
    word.add_heading("Doel", 1)
    word.add_paragraph("Wij bouwen.")
    damaged = bytearray(saved(word))
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    fails_only_by_refusing(bytes(damaged), ".docx")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("p r t tbl tr tc sdt sdtContent ins del pPr pStyle numPr".split()), max_size=12))
def test_strange_word_markup_gives_a_document_or_a_refusal(tags: list[str]):
    word = docx.Document()
    inner = "".join(f"<w:{t}>" for t in tags) + "x" + "".join(f"</w:{t}>" for t in reversed(tags))
    word.element.body.append(parse_xml(f"<w:p {WORD_XML}>{inner}</w:p>"))
    word.add_paragraph("Wij bouwen.")
    fails_only_by_refusing(saved(word), ".docx")
