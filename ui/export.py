"""A conversation to take along: laid out once as blocks, and written as Markdown, as plain text or as a Word document.

Sources are numbered as on the page and stand under the answer that they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.answer import Answer, Citation, address_of
from assistant.language import Language
from assistant.phrases import as_markdown
from assistant.render import document_name, shown
from ui.badge import badge
from ui.chat import Paragraph, Turn, abstention_view, answer_view, escaped_address, web_address
from ui.messages import remedy, text

Kind = Literal["title", "small", "question", "document", "section", "text", "item", "sources", "source"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or source; `number` and `url` are those of a source."""

    kind: Kind
    text: str
    number: int = 0
    url: str | None = None


def conversation_blocks(turns: Sequence[Turn], language: Language, today: date) -> list[Block]:
    """A whole conversation."""
    blocks = [
        Block("title", text("chat-export-title", language)),
        Block("small", text("chat-export-made", language, day=f"{today:%d-%m-%Y}")),
    ]
    for turn in turns:
        blocks.append(Block("question", turn.question))
        blocks.extend(answer_blocks(turn, language, today))
    return [_in_one_line(block) for block in blocks]


def answer_blocks(turn: Turn, language: Language, today: date) -> Iterator[Block]:
    """One answer with its sources, an abstention with the sections to look at, or what went wrong."""
    if turn.answer is None:
        if turn.error is not None:
            yield Block("text", f"{text('failed', language)}. {remedy(turn.error, language)}")
    elif turn.answer.abstained:
        abstention = abstention_view(turn.answer, turn.documents, 0)
        if abstention.standalone:
            yield Block("small", text("standalone", language, question=abstention.standalone))
        yield Block("text", abstention.reason)
        if abstention.searched:
            yield Block("small", abstention.searched)
        if abstention.nearest:
            yield Block("text", abstention.invitation)
        yield from (Block("item", name) for name, _ in abstention.nearest)
    else:
        yield from _answer(turn, turn.answer, language, today)


def as_text(blocks: Sequence[Block]) -> str:
    """Plain text, for pasting anywhere."""
    return _joined(blocks, _plain)


def as_markdown_file(blocks: Sequence[Block]) -> str:
    """Markdown in which nothing that a document or question contains is read as anything but text."""
    return _joined(blocks, _markdown)


def _joined(blocks: Sequence[Block], written: Callable[[Block], str]) -> str:
    """Blocks with an empty line between, but none between the items of a list."""
    parts: list[str] = []
    before: Kind | None = None
    for block in blocks:
        listed = block.kind in ("item", "source") and block.kind == before
        parts.append(("" if before is None else "\n" if listed else "\n\n") + written(block))
        before = block.kind
    return "".join(parts) + "\n"


def _plain(block: Block) -> str:
    if block.kind == "source":
        return f"[{block.number}] {block.text}" + (f" {block.url}" if block.url else "")
    return f"- {block.text}" if block.kind == "item" else block.text


def _markdown(block: Block) -> str:
    said = as_markdown(block.text)
    if block.kind == "source":
        return f"- \\[{block.number}\\] {said}" + (f" <{escaped_address(block.url)}>" if block.url else "")
    marks = {"title": "# ", "question": "## ", "document": "### ", "sources": "### ", "item": "- "}
    around = {"section": "**", "small": "*"}.get(block.kind, "")
    return f"{marks.get(block.kind, '')}{around}{said}{around}"


def _answer(turn: Turn, answer: Answer, language: Language, today: date) -> Iterator[Block]:
    view = answer_view(answer, turn.documents)
    if view.standalone:
        yield Block("small", text("standalone", language, question=view.standalone))
    yield Block("text", view.frame)
    for part in view.parts:
        if part.heading:
            yield Block("document", part.heading)
        for group in part.groups:
            if group.heading:
                yield Block("section", group.heading)
            for paragraph in group.paragraphs:
                yield Block("item" if paragraph.item else "text", _cited(paragraph))
    yield from (Block("small", note) for note in view.notes)
    yield Block("small", text(answer.mode, language, model=answer.model))
    yield Block("sources", text("sources", language))
    yield from (_source(turn, citation, language, today) for citation in answer.citations)


def _cited(paragraph: Paragraph) -> str:
    """The claims of a paragraph, each with the numbers of its citations behind it."""
    said = (f"{shown(claim).strip()} {''.join(f'[{n}]' for n in claim.citations)}" for claim in paragraph.claims)
    return " ".join(said).removeprefix("• ").removeprefix("- ")


def _source(turn: Turn, citation: Citation, language: Language, today: date) -> Block:
    """Document, section, page, validity and quote; the address apart, so that it can become a link."""
    document = turn.documents[citation.document_id]
    page = document.page_at(citation.start)
    facts = [
        document_name(document, language),
        " › ".join(document.sections[citation.section].path),
        text("chat-page-number", language, page=page) if page else "",
        badge(document, today, language).text,
    ]
    said = f"{', '.join(filter(None, facts))}: “{citation.quote.strip()}”"
    return Block("source", said, citation.number, web_address(address_of(document, citation.section, page)))


def _in_one_line(block: Block) -> Block:
    """A block without line ends and without characters that no text file should hold."""
    printable = "".join(c if c.isprintable() or c.isspace() else " " for c in block.text)
    return Block(block.kind, " ".join(printable.split()), block.number, block.url)


def one_answer(turn: Turn, language: Language, today: date) -> str:
    """A question with its answer and sources as plain text, to copy."""
    blocks = [Block("question", turn.question), *answer_blocks(turn, language, today)]
    return as_text([_in_one_line(block) for block in blocks])
