"""What an administrator should look at: signs in an outline that a document was not understood, or is not whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.blocks import Block
from ingest.document import NOT_POLICY, Section
from ingest.numbering import Label, parse_label
from ingest.outline import Outline

_SHOWN = 5  # instances of one kind of doubt that are named; the rest are counted
_MUCH = 3000  # characters of running text that a reader expects under some heading
_LONG = 80  # characters; a last line of this length without a full stop was cut off
_NO_PROSE = re.compile(r" \| |\b(?:griffier|voorzitter|secretaris|burgemeester|wethouder|directeur)\b", re.I)
"""A last line that needs no full stop: a table row, or the names below a decision."""
_PAGE = re.compile(r"[ .…|_]*\d{1,3}$")


def doubts(blocks: Sequence[Block], outline: Outline) -> tuple[str, ...]:
    """Warnings about a document, from its blocks (headings marked, levels as stated) and its outline."""
    sections = outline.sections
    numbered = [(parse_label(s.label), s) for s in sections if s.number and s.kind not in NOT_POLICY]
    return (
        *_some("section numbers jump", _jumps(numbered)),
        *_some("section numbers occur twice", _repeated(numbered)),
        *_some("a heading level is skipped", _skipped(blocks)),
        *_some("the table of contents names what is no heading in the text", _not_in_text(outline)),
        *_some("headings are missing from the table of contents", _not_in_contents(outline)),
        *_unplaced(outline),
        *_cut_off(outline),
    )


def _some(what: str, found: Iterator[str]) -> Iterator[str]:
    every = list(dict.fromkeys(found))
    if every:
        more = f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
        yield f"{what}: {'; '.join(every[:_SHOWN])}{more}"


def _jumps(numbered: list[tuple[Label, Section]]) -> Iterator[str]:
    """Neighbours of one series ("2.3" and "2.5", "Artikel 4" and "Artikel 6") between which numbers are missing."""
    last: dict[tuple[str | None, tuple[str, ...]], tuple[int, str]] = {}
    for label, section in numbered:
        parts = _parts(label)
        if any("toelichting" in title.lower() for title in section.path):
            continue  # explanations go through the articles that need one
        if not parts or not parts[-1][:1].isdigit():
            continue
        series = (label.division, parts[:-1])
        number, name = int(re.sub(r"\D.*", "", parts[-1])), section.number or ""  # 16 of "Artikel 16a"
        before = last.get(series)
        if before and number > before[0] + 1:
            yield f"from {before[1]} to {name}"
        last[series] = (number, name)


def _repeated(numbered: list[tuple[Label, Section]]) -> Iterator[str]:
    """Numbers that two sections under the same heading carry."""
    counts = Counter((section.path[:-1], section.number) for _, section in numbered)
    yield from (number or "" for (_, number), count in counts.items() if count > 1)


def _parts(label: Label) -> tuple[str, ...]:
    return tuple(re.split(r"[.:]", (label.number or "").split(" ")[-1]))


def _skipped(blocks: Sequence[Block]) -> Iterator[str]:
    """Headings more than one level below the one before them, as the source states the levels."""
    every = [b for b in blocks if b.role == "heading" and b.level is not None]
    stated = [b for b in every if parse_label(b.text).division is None]  # an artikel may stand right under a hoofdstuk
    for before, after in pairwise(stated):
        if before.level is not None and after.level is not None and after.level > max(before.level, 1) + 1:
            yield f"“{_short(after.text)}” (level {after.level}) stands under “{_short(before.text)}” ({before.level})"


def _contents(outline: Outline) -> list[Label]:
    lines = [p.block.text for p in outline.placed if p.block.term == "contents" and p.block.role == "caption"]
    labels = [parse_label(_PAGE.sub("", line)) for line in lines]
    return [label for label in labels if label.title and not re.search(r"\binhoud(?:sopgave)?$", label.title, re.I)]


def _not_in_text(outline: Outline) -> Iterator[str]:
    keys = {_key(s.label) for s in outline.sections if s.kind != "contents"}
    titles = {_key(s.title) for s in outline.sections if s.kind != "contents"}
    for label in _contents(outline):
        name = f"{label.number} {label.title}" if label.number and label.number != label.title else label.title
        if _key(name) not in keys and not (label.number is None and _key(label.title) in titles):
            yield f"“{_short(name)}”"


def _not_in_contents(outline: Outline) -> Iterator[str]:
    """Numbered sections as deep as the table of contents goes that it does not name."""
    listed = _contents(outline)
    numbers = {label.number for label in listed if label.number}
    depth = max((len(label.parts) for label in listed), default=0)
    if len(numbers) < 3:  # too few to be the contents of a numbered document
        return
    for section in outline.sections:
        parts = parse_label(section.label).parts
        if section.number and section.kind == "body" and 0 < len(parts) <= depth and section.number not in numbers:
            yield f"“{_short(section.label)}”"


def _unplaced(outline: Outline) -> Iterator[str]:
    """Text that belongs to no section: all of it, or much of it before the first heading."""
    if not any(s.kind in ("body", "glossary", "appendix") for s in outline.sections):
        yield "no headings were found: all text lies in one section"
        return
    loose = sum(s.body_end - s.text_start for s in outline.sections if s.kind == "preamble")
    if loose > _MUCH:
        yield f"{loose} characters before the first heading belong to no section"


def _cut_off(outline: Outline) -> Iterator[str]:
    policy = [s for s in outline.sections if s.kind not in (*NOT_POLICY, "footnote", "signature")]
    body = outline.text[: policy[-1].end].rstrip() if policy else outline.text
    last = body.rsplit("\n", 1)[-1]
    if len(last) > _LONG and last[-1:] not in ".!?:;)\"'’”…⁰¹²³⁴⁵⁶⁷⁸⁹|" and not _NO_PROSE.search(last):
        yield f"the text stops in mid-sentence: “…{last[-60:]}”"


def _key(text: str) -> str:
    return re.sub(r"[\W_⁰¹²³⁴-⁹]+", "", text).lower()


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
