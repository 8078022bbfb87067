"""From blocks to the canonical text and the outline over it.

Every block goes into the text, in reading order; headings open sections. A section's span runs to the next heading
of the same or a higher level, so that spans nest like the outline does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from ingest.blocks import RAISED_MARK, Block
from ingest.document import Section, SectionKind
from ingest.numbering import Label, coded_labels, parse_label
from ingest.sentences import HEADWORD
from ingest.signatures import SIGNED

SITE_TEXT = re.compile(
    r"^(?:ziet u een fout in deze regeling|permanente link$|naar de actuele versie van de regeling|"
    r"naar de door u bekeken versie|heeft u een vraag over deze (?:regeling|pagina))",
    re.I,
)
NOTES_TITLE = re.compile(r"^(?:(?:voet|eind)?noo?t(?:en)?|footnotes?|endnotes?)$", re.I)
_APPENDICES = re.compile(r"(?:bijlagen?(?:\(n\))?|aanhangsels?)\s*:?$|aanhangsel\b", re.I)
_GLOSSARY_TITLE = re.compile(
    r"begrippen|woordenlijst|definities|begripsbepaling|verklarende|\b(?:woorden|termen) die (?:wij|we)\b", re.I
)
_ENTRY = re.compile(r"^[“\"'‘]?(?P<term>[A-ZÀ-Ý][^:.;?!]{1,60}):\s+\S")
_ITEM_ENTRY = re.compile(r"^(?:\W{1,2}|\w{1,2}[.)°])\s*[“\"'‘]?(?P<term>[^\W\d_][^:.;?!]{1,60}):\s+\S")


_FEW = 3  # entries that make a glossary


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its span in the canonical text and the index of the section it belongs to."""

    block: Block
    section: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Canonical text, its sections in reading order, and where each block came to stand."""

    text: str
    sections: tuple[Section, ...]
    placed: tuple[Placed, ...]


def build_outline(blocks: tuple[Block, ...], title: str) -> Outline:
    """Lays the blocks end to end and draws the sections over them; text above the first heading is the preamble.

    Raises:
        ValueError: there are no blocks.
    """
    if not blocks:
        raise ValueError("an outline needs at least one block")
    prepared = _with_levels_from_one(_open_special_sections(blocks, title))
    text, spans = _lay_out(prepared)
    codes = coded_labels(block.text for block in prepared if block.role == "heading")
    sections: list[Section] = []
    placed: list[Placed] = []
    trail: list[int] = []
    for block, (start, end) in zip(prepared, spans, strict=True):
        if block.role == "heading" and block.level is not None:
            trail = [i for i in trail if sections[i].level < block.level]
            label = codes.get(block.text) or parse_label(block.text)
            sections.append(_section(block, label, [sections[i] for i in trail], start, end))
            trail.append(len(sections) - 1)
        placed.append(Placed(block, trail[-1], start, end))
    closed = _close(sections, len(text))
    kinds = _kinds(closed, placed)
    closed = [replace(s, kind=kind) for s, kind in zip(closed, kinds, strict=True)]
    return Outline(text, tuple(closed), tuple(_with_terms(placed, closed)))


def _open_special_sections(blocks: tuple[Block, ...], title: str) -> list[Block]:
    """Gives the preamble, the table of contents and the site's own lines a heading to live under, and the notes.

    Notes that stand at the foot of a page or between paragraphs go to the end: they are no part of what runs on there.
    """
    beginning = Block(title, role="heading", level=1, term="preamble")
    result: list[Block] = [] if blocks[0].role == "heading" else [beginning]
    notes: list[Block] = []
    in_contents = in_notes = False
    for at, block in enumerate(blocks):
        if block.role == "heading":
            in_notes = bool(NOTES_TITLE.match(parse_label(block.text).title))
        contents = block.term == "contents"
        if contents and not in_contents:
            result.append(Block("Inhoud", role="heading", level=1, page=block.page, term="contents"))
        if in_contents and not contents and block.role != "heading":
            result.append(beginning)
        in_contents = contents
        if block.role == "footnote" and not in_notes:
            notes.append(block)
        elif block.role in ("text", "heading") and SITE_TEXT.match(block.text) and at > 3:
            result.append(replace(block, role="heading", level=1, term="boilerplate"))
        else:
            result.append(block)
    return [*result, *([Block("Noten", role="heading", level=1, term="footnote")] if notes else []), *notes]


def _with_levels_from_one(blocks: list[Block]) -> list[Block]:
    """Closes gaps in stated levels (h1 then h3), so that a section lies exactly one level below the one around it."""
    result: list[Block] = []
    trail: list[int] = []
    for block in blocks:
        if block.role != "heading":
            result.append(block)
            continue
        stated = block.level if block.level is not None else 1
        trail = [level for level in trail if level < stated]
        trail.append(stated)
        result.append(replace(block, level=len(trail)))
    return result


def _lay_out(blocks: list[Block]) -> tuple[str, list[tuple[int, int]]]:
    """Joins the blocks: list items and rows on lines of their own, paragraphs with a blank line between."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for i, block in enumerate(blocks):
        written = _is_written(block)
        if written and parts:
            together = block.role in ("item", "row") and blocks[i - 1].role in ("item", "row", "text")
            parts.append("\n" if together else "\n\n")
            at += len(parts[-1])
        start = at
        if written:
            parts.append(block.text)
            at += len(block.text)
        spans.append((start, at))
    return "".join(parts), spans


def _is_written(block: Block) -> bool:
    """Headings that we added ourselves are in the outline but not in the document's text."""
    return not (block.role == "heading" and block.term in ("preamble", "contents", "footnote", "signature"))


def _section(block: Block, label: Label, above: list[Section], start: int, end: int) -> Section:
    kind: SectionKind = "body"
    if re.fullmatch(r"inhoud(?:sopgave)?", label.title, re.I):
        kind = "contents"
    elif block.term in ("preamble", "boilerplate", "footnote"):
        kind = block.term  # type: ignore[assignment]  # the three terms are three of the kinds
    elif SIGNED.match(label.title):
        kind = "signature"
    elif label.division == "bijlage" or (label.number is None and _APPENDICES.match(label.title)):
        kind = "appendix"
    elif NOTES_TITLE.match(label.title):
        kind = "footnote"
    number = label.number if block.term != "preamble" else None
    title = RAISED_MARK.sub("", label.title if block.term != "preamble" else block.text)
    section = Section(number, title, block.level or 1, (), kind, start, end, end, end, block.page, block.anchor)
    return replace(section, path=(*(above[-1].path if above else ()), section.label))


def _close(sections: list[Section], length: int) -> list[Section]:
    """Ends each section where the next of its level or higher begins, and its own text where the next begins."""
    closed: list[Section] = []
    next_at: dict[int, int] = {}  # by level: where the next section of that level starts
    following = length
    for section in reversed(sections):
        end = min((start for level, start in next_at.items() if level <= section.level), default=length)
        closed.append(replace(section, body_end=following, end=end))
        next_at[section.level] = following = section.start
    return closed[::-1]


def _kinds(sections: list[Section], placed: list[Placed]) -> list[SectionKind]:
    """Kinds that show only from the whole: glossaries, and what lies under an appendix or the signature.

    A glossary's title says so, or the title above it, and its text or its subsections are entries.
    """
    entries = Counter(p.section for p in placed if p.block.term or _entry(p.block))
    below = Counter(s.path[:-1] for s in sections if s.number is None)
    kinds: list[SectionKind] = []
    above: list[tuple[int, SectionKind]] = []  # level and kind of the sections around this one
    for i, section in enumerate(sections):
        kind = section.kind
        titles = section.path[-2:] if section.title == section.number else (section.title,)
        if kind in ("body", "appendix") and any(map(_GLOSSARY_TITLE.search, titles)):
            kind = "glossary" if max(entries[i], below[section.path]) >= _FEW else kind
        above = [(level, k) for level, k in above if level < section.level]
        if kind == "body" and above and above[-1][1] in ("appendix", "boilerplate", "signature", "contents"):
            kind = above[-1][1]
        above.append((section.level, kind))
        kinds.append(kind)
    return kinds


def _entry(block: Block) -> re.Match[str] | None:
    """The entry of a glossary that a block is: "Term: explanation", as a paragraph or as an item."""
    if block.role == "item":
        return _ITEM_ENTRY.match(block.text)
    return _ENTRY.match(block.text) or HEADWORD.match(block.text) if block.role == "text" else None


def _with_terms(placed: list[Placed], sections: list[Section]) -> list[Placed]:
    """Names the term of each glossary entry, so that the entry can be found and shown under it."""
    result = []
    for item in placed:
        entry = _entry(item.block) if sections[item.section].kind == "glossary" else None
        if entry and not item.block.term:
            item = replace(item, block=replace(item.block, term=entry["term"]))
        result.append(item)
    return result
