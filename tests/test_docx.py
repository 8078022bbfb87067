"""Word documents: what is a heading, an item, a note, a table of contents; and what is not text at all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.loaders.docx import load_docx
from ingest.read import read_document
from tests.fuzzing import ANYTHING, fails_only_by_refusing
from tests.making import numbered as numbers_of
from tests.making import read, saved, texts
from tests.word_making import add_notes, element, load, refer, shown

OTHER = Path(__file__).parent.parent.parent / "shared" / "corpus" / "other"


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


def test_without_heading_styles_the_headings_are_found_in_the_text(tmp_path):
    word = docx.Document()
    word.add_paragraph("Nota wonen", style="Title")
    for number, title in enumerate(["Inleiding", "Doelen", "Financiën"], start=1):
        word.add_paragraph().add_run(f"{number} {title}").bold = True
        word.add_paragraph("De gemeente bouwt de komende jaren huizen voor wie geen huis kan vinden in de stad. " * 2)
    source = load(word)
    assert (source.styled, source.title) == (False, "Nota wonen")
    document = read(tmp_path, saved(word), "nota.docx")
    assert [n for n, _ in numbers_of(document)] == ["1", "2", "3"]


def test_a_bold_paragraph_is_no_heading_where_headings_have_styles():
    word = docx.Document()
    word.add_heading("Doel", 1)
    word.add_paragraph().add_run("Let op").bold = True
    assert [b.role for b in load(word).blocks] == ["heading", "text"]


def test_outline_levels_make_headings_and_unmake_them():
    word = docx.Document()
    for text, outline in [("Doel", 1), ("Tekst", 9)]:
        paragraph = word.add_paragraph(text, style="Heading 1" if outline == 9 else None)
        paragraph._p.get_or_add_pPr().append(element(f'<w:outlineLvl w:val="{outline}"/>'))
    word.styles.add_style("Paragraafkop", 1).element.get_or_add_pPr().append(element('<w:outlineLvl w:val="2"/>'))
    word.add_paragraph("Nu", style="Paragraafkop")
    assert [(b.role, b.level) for b in load(word).blocks] == [("heading", 2), ("text", None), ("heading", 3)]


def test_a_first_heading_with_another_right_below_it_is_the_title():
    word = docx.Document()
    word.add_heading("Beleidskader", 1)
    word.add_heading("Inleiding", 1)
    word.core_properties.title = "A0001 kader def.docx"
    source = load(word)
    assert (source.title, source.blocks[0].level) == ("Beleidskader", 0)


@pytest.mark.parametrize("stated", ["nota versie 2.docx", "Microsoft Word - Nota", "Document1"])
def test_a_file_name_is_no_title(stated):
    word = docx.Document()
    word.add_heading("Doel", 1)
    word.add_paragraph("Wij bouwen.")
    word.core_properties.title = stated
    assert load(word).title is None


BOX = "<w:txbxContent><w:p><w:r><w:t>In het kader</w:t></w:r></w:p></w:txbxContent>"


def test_a_text_box_is_text_near_its_anchor_once():
    word = docx.Document()
    anchor = word.add_paragraph("Voor het kader.")
    anchor._p.append(
        element(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    word.add_paragraph("Na het kader.")._p.append(element(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"))
    assert shown(word) == ["Voor het kader.", "In het kader", "Na het kader.", "In het kader"]


def test_notes_are_numbered_as_word_shows_them_and_references_raised():
    word = docx.Document()
    first, second = word.add_paragraph("De raad"), word.add_paragraph("Het college")
    add_notes(word, "footnote", {7: "Tweede noot.", 4: "Eerste noot.", 9: "Nergens genoemd."})
    add_notes(word, "endnote", {1: "Eindnoot."})
    refer(first, "footnote", 4)
    refer(first, "endnote", 1)
    refer(second, "footnote", 7)
    assert [(b.text, b.role) for b in load(word).blocks] == [
        ("De raad¹³", "text"),
        ("Het college²", "text"),
        ("1 Eerste noot.", "footnote"),
        ("2 Tweede noot.", "footnote"),
        ("3 Eindnoot.", "footnote"),
    ]


def test_raised_digits_that_are_no_notes_are_plain_digits():
    word = docx.Document()
    word.add_paragraph("Samen 40 m").add_run("2").font.superscript = True
    word.add_paragraph("of 40 m².")
    assert shown(word) == ["Samen 40 m2", "of 40 m2."]


def test_the_table_of_contents_is_no_text_of_the_policy():
    word = docx.Document()
    word.styles.add_style("TOC 1", 1)
    word.add_paragraph("1 Doel\t3", style="TOC 1")
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inner = "<w:p><w:r><w:t>Inhoud</w:t></w:r></w:p><w:p><w:r><w:t>1 Doel 3</w:t></w:r></w:p>"
    word.element.body.insert(
        0, element(f"<w:sdt><w:sdtPr>{contents}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    )
    word.add_heading("1 Doel", 1)
    blocks = load(word).blocks
    assert [(b.text, b.role, b.term) for b in blocks[:3]] == [
        ("Inhoud", "caption", "contents"),
        ("1 Doel 3", "caption", "contents"),
        ("1 Doel 3", "caption", "contents"),
    ]
    assert blocks[3].role == "heading"


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>weg</w:t></w:r>", "Wij  bouwen"),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:t>code</w:t><w:fldChar w:fldCharType="separate"/>'
         '<w:t>12</w:t><w:fldChar w:fldCharType="end"/></w:r>', "Wij 12 bouwen"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>3 mei</w:t></w:r></w:fldSimple>', "Wij 3 mei bouwen"),
        ("<w:hyperlink><w:r><w:t>samen</w:t></w:r></w:hyperlink>", "Wij samen bouwen"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "Wij ✓ bouwen"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "Wij ☐ bouwen"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "Wij ≥ bouwen"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>'
         '<w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType="end"/></w:r>', "Wij ☒ bouwen"),
        ("<w:r><w:t>lang</w:t><w:noBreakHyphen/><w:t>zaam</w:t></w:r>", "Wij lang-zaam bouwen"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Klik om tekst in te voeren.</w:t></w:r>"
         "</w:sdtContent></w:sdt>", "Wij  bouwen"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>[naam wijk]</w:t></w:r></w:sdtContent></w:sdt>",
         "Wij [naam wijk] bouwen"),
        ('<w:r><w:commentReference w:id="0"/></w:r>', "Wij  bouwen"),
    ],
)  # fmt: skip
def test_what_word_shows_of_a_paragraph(run, expected):
    word = docx.Document()
    paragraph = word.add_paragraph("Wij ")
    paragraph._p.append(element(run))
    paragraph.add_run(" bouwen")
    assert shown(word) == [" ".join(expected.split())]


def test_headers_and_footers_are_no_text():
    word = docx.Document()
    word.add_paragraph("Wij bouwen.")
    word.sections[0].header.paragraphs[0].text = "Gemeente"
    word.sections[0].footer.paragraphs[0].text = "Pagina 1"
    assert shown(word) == ["Wij bouwen."]


def test_a_paragraph_whose_end_was_deleted_runs_on_in_the_next():
    word = docx.Document()
    first = word.add_paragraph("Wij bouwen ")
    first._p.get_or_add_pPr().append(element('<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'))
    word.add_paragraph("huizen.")
    assert shown(word) == ["Wij bouwen huizen."]


def test_forced_line_breaks_part_items_and_labels_and_join_broken_lines():
    word = docx.Document()
    word.add_paragraph("Let op:\n- geld\n- tijd")
    word.add_paragraph("Deze regel is door de schrijver afgebroken om te passen op\nde breedte van de bladzijde.")
    word.add_heading("Doel van\nhet kader", 1)
    assert shown(word) == [
        "Let op:", "- geld", "- tijd",
        "Deze regel is door de schrijver afgebroken om te passen op de breedte van de bladzijde.",
        "Doel van het kader",
    ]  # fmt: skip


@pytest.mark.frameworks
@pytest.mark.skipif(not OTHER.is_dir(), reason="the real examples are not beside this checkout")
def test_a_real_form_template_reads_as_questions_with_their_points():
    document = read_document(OTHER / "groningen-gezinsanalyse-sjabloon.docx")
    assert document.title == "Gezinsanalyse"
    titles = [s.title for s in document.sections]
    assert "Wie is er belangrijk voor jullie/jou?" in titles  # a heading in a table of one cell
    assert "Naam: | [VEREIST]\nGeboortedatum: | [VEREIST]" in document.text
    assert "Opvoedingsvaardigheden:\n- Basale verzorging\n" in document.text
    assert document.text.count("Wil nog graag zeggen:") == 2


@settings(max_examples=40)
@given(data=ANYTHING)
def test_any_bytes_give_a_document_or_a_refusal(data: bytes):
    fails_only_by_refusing(data, ".docx")


STRANGE = (
    "p r t tbl tr tc tcPr vMerge gridSpan sdt sdtPr sdtContent ins del pPr pStyle numPr numId ilvl outlineLvl rPr "
    "txbxContent footnoteReference fldChar sym br"
).split()


@settings(max_examples=60)
@given(st.data())
def test_a_word_file_with_changed_bytes_gives_a_document_or_a_refusal(data: st.DataObject):
    word = docx.Document()
    word.add_heading("Doel", 1)
    word.add_paragraph("Wij bouwen.")
    damaged = bytearray(saved(word))
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    fails_only_by_refusing(bytes(damaged), ".docx")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(STRANGE), max_size=12))
def test_strange_word_markup_gives_a_document_or_a_refusal(tags: list[str]):
    word = docx.Document()
    inner = "".join(f"<w:{t}>" for t in tags) + "x" + "".join(f"</w:{t}>" for t in reversed(tags))
    word.element.body.append(parse_xml(f"<w:p {WORD_XML}>{inner}</w:p>"))
    word.add_paragraph("Wij bouwen.")
    fails_only_by_refusing(saved(word), ".docx")
