"""A comparison to take along: as Markdown, and as a Word document with a table of one column a document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row

from assistant.comparing import Comparison
from assistant.language import Language
from assistant.phrases import as_markdown
from assistant.render import shown
from ui.chat import link
from ui.compared import Column, columns, counted
from ui.messages import text

_SPOKEN = {"nl": "nl-NL", "en": "en-GB"}


def comparison_markdown(comparison: Comparison, today: date, language: Language) -> str:
    """A table of which documents speak, and below it what each says; nothing in it is read as markup."""
    shown = columns(comparison, today, language)
    head = [text(f"compare-column-{name}", language) for name in ("document", "validity", "found")]
    rows = [head, ["---"] * 3, *([_cell(c.name), _cell(c.badge.text), _found(c, language)] for c in shown)]
    parts = [
        f"# {_line(text('compare-title', language, topic=comparison.topic))}",
        _line(text("compare-asked", language, question=comparison.question)),
        "\n".join(f"| {' | '.join(row)} |" for row in rows),
        *(part for column in shown for part in _column_markdown(column, language)),
        _line(text("compare-made", language, day=f"{today:%d-%m-%Y}")),
    ]
    return "\n\n".join(parts) + "\n"


def comparison_docx(comparison: Comparison, today: date, language: Language) -> bytes:
    """The comparison as a .docx file, lying: one column a document, the heading row repeated on every page."""
    shown = columns(comparison, today, language)
    title = text("compare-title", language, topic=comparison.topic)
    word = _lying(_plain(title), language)
    word.add_heading(_plain(title), 1)
    word.add_paragraph(_plain(text("compare-asked", language, question=comparison.question)))
    table = word.add_table(rows=2, cols=len(shown), style="Table Grid")
    _repeated(table.rows[0])
    for at, column in enumerate(shown):
        _heading(table.rows[0].cells[at], column)
        _said(table.rows[1].cells[at], column, language)
    word.add_paragraph(text("compare-made", language, day=f"{today:%d-%m-%Y}"))
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def file_name(topic: str, ending: str) -> str:
    """A name for the file that every system takes."""
    slug = re.sub(r"[^a-z0-9]+", "-", topic.lower()).strip("-")[:40].strip("-")
    return f"{slug or 'kaderwijzer'}.{ending}"


def _column_markdown(column: Column, language: Language) -> Iterator[str]:
    yield f"## {_line(column.name)}"
    yield from (f"*{_line(note)}*" for note in (column.badge.text, *column.notes))
    if column.silent:
        yield f"**{text('compare-silent', language)}.** {_line(column.reason or '')}".rstrip()
        if column.nearest:
            near = "\n".join(f"- {_line(name)}" for name, _ in column.nearest)
            yield f"{text('compare-nearest', language)}\n\n{near}"
    for group in column.groups:
        claims = [shown(claim) for paragraph in group.paragraphs for claim in paragraph.claims]
        quotes = "\n".join(f"- {_line(said)}" for said in claims)
        heading = _line(group.heading or "")
        yield f"**{link(heading, group.address) or heading}**\n\n{quotes}" if heading else quotes


def _found(column: Column, language: Language) -> str:
    return text("compare-silent", language) if column.silent else counted(len(column.answer.claims), language)


def _heading(cell: _Cell, column: Column) -> None:
    cell.paragraphs[0].add_run(_plain(column.name)).bold = True
    for note in (column.badge.text, *column.notes):
        _small(cell, note)


def _said(cell: _Cell, column: Column, language: Language) -> None:
    if column.silent:
        cell.paragraphs[0].add_run(text("compare-silent", language)).bold = True
        for line in filter(None, [column.reason, text("compare-nearest", language) if column.nearest else None]):
            cell.add_paragraph(_plain(line))
        for name, _ in column.nearest:
            cell.add_paragraph(_plain(name), style="List Bullet")
    for number, group in enumerate(column.groups):
        if group.heading:
            head = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            head.add_run(_plain(group.heading)).bold = True
            head.paragraph_format.keep_with_next = True
        if group.address:
            _small(cell, group.address)
        for paragraph in group.paragraphs:
            said = " ".join(_plain(shown(claim)) for claim in paragraph.claims)
            cell.add_paragraph(said, style="List Bullet" if paragraph.item else None)


def _small(cell: _Cell, note: str) -> None:
    run = cell.add_paragraph().add_run(_plain(note))
    run.italic, run.font.size = True, Pt(8)


def _lying(title: str, language: Language) -> Word:
    """An empty document on a page that lies on its side, with its title and language stated."""
    word = docx.Document()
    page = word.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.5)
    word.core_properties.title, word.core_properties.author = title[:250], "Kaderwijzer"
    word.core_properties.language = _SPOKEN[language]
    word.styles["Normal"].font.size = Pt(9)
    return word


def _repeated(row: _Row) -> None:
    """Marks a row as the heading of its table; python-docx has no call for it."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _plain(said: str) -> str:
    """One line without the characters that XML forbids."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in said).split())


def _line(said: str) -> str:
    return as_markdown(_plain(said))


def _cell(said: str) -> str:
    return _line(said).replace("|", "\\|")
