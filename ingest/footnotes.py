"""Footnotes: told apart from the text, and tied to the sentence that refers to them.

A loader that knows its footnotes gives them as such and writes each reference as a raised mark. In plain text both
have to be found: notes stand under a heading "Noot", and the reference is a number that fits no other reading
("in kaart gebracht 1 ."). It is raised there too, so that everything after this file knows one way of referring.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.blocks import RAISED_MARK, Block, raised
from ingest.document import Footnote
from ingest.outline import NOTES_TITLE, SITE_TEXT, Outline
from ingest.sentences import sentence_around

_MARK = re.compile(r"^(?P<mark>\d{1,3}|\*{1,3})[.)]?\s*(?=[^\W\d_]|[‘“\"'(]|\d{4}\b)")
_REFERENCE = re.compile(
    r"(?P<word>[^\W\d_]{2,})(?P<close>[”\"’')]?)(?P<space> ?)(?P<mark>\d{1,3})"
    r"(?= ?[.,;:!?)](?!\d)| [a-zà-ÿ]| ?$)"
)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNITS = re.compile(r"\b[kcdm]?m$")  # m², km²
_COUNTED = frozenset(
    "artikel artikelen lid leden hoofdstuk paragraaf bijlage fase stap doel groep punt tabel figuur nummer nr pagina "
    "blz kolom regel perspectief spoor pijler niveau trede schaal categorie klasse versie jaargang deel kwartaal van "
    "tot op per om met in aan circa ongeveer minimaal maximaal minstens ruim bijna binnen na voor vanaf sinds onder "
    "boven tussen de het een elke ieder is zijn waren was en of dan".split()
)
"""Words after which a number counts or names something and refers to no note."""
_ALIKE = 5  # letters that two words must share from their beginning to speak of the same


def find_footnotes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with notes marked as footnotes and the references to them raised; expects headings to be known."""
    marked = list(_marked(blocks))
    notes = [b for b in marked if b.role == "footnote" and _mark(b.text)]
    if any(RAISED_MARK.search(b.text) for b in marked) or not notes:
        return tuple(marked)
    for at, (start, end) in _references(marked, notes).items():
        text = marked[at].text
        mark = text[start:end].strip()
        after = text[end:].lstrip() if text[end:].lstrip()[:1] in (*".,;:!?)", "") else text[end:]
        marked[at] = replace(marked[at], text=f"{text[:start]}{raised(mark)}{after}")
    return tuple(marked)


def _marked(blocks: Sequence[Block]) -> Iterator[Block]:
    """What stands under a heading for notes is a note, or goes on with the one before it."""
    under = False
    for block in blocks:
        if block.role == "heading":
            under = bool(NOTES_TITLE.match(block.text.strip("*_ :")))
        elif SITE_TEXT.match(block.text):
            under = False
        elif under and block.role in ("text", "item"):
            found = _MARK.match(block.text)
            text = f"{found['mark']} {block.text[found.end() :]}" if found else block.text
            block = replace(block, role="footnote", text=text)
        yield block


def _references(blocks: list[Block], notes: list[Block]) -> dict[int, tuple[int, int]]:
    """Where each note is referred to: the block's index and the span of the mark with the space before it.

    Notes and references keep the same order, and their numbers may start anew; of the ways to pair them, the one
    that pairs most notes and shares most words between note and place is taken (the alignment of Needleman and
    Wunsch, 1970, with gaps that cost nothing).
    """
    places = [
        (at, match)
        for at, block in enumerate(blocks)
        if block.role not in ("footnote", "caption")
        for match in _REFERENCE.finditer(block.text)
        if match["word"].lower() not in _COUNTED
    ]
    best: list[list[tuple[float, tuple[tuple[int, int, int], ...]]]] = [[(0.0, ())] * (len(places) + 1)]
    for note in notes:
        row = [best[-1][0]]
        for i, (at, match) in enumerate(places):
            options = [best[-1][i + 1], row[-1]]
            if match["mark"] == _mark(note.text):
                worth, pairs = best[-1][i]
                here = (at, match.end("close"), match.end("mark"))
                options.append((worth + 1 + _shared(blocks, at, note), (*pairs, here)))
            row.append(max(options, key=lambda option: option[0]))
        best.append(row)
    return {at: (start, end) for at, start, end in best[-1][-1][1]}


def _shared(blocks: list[Block], at: int, note: Block) -> float:
    """Share of the note's longer words that come back in the block that refers to it; half as much for the next."""
    asked = _beginnings(note.text)
    here, below = (_beginnings(b.text) for b in (blocks[at], blocks[min(at + 1, len(blocks) - 1)]))
    return (len(asked & here) + len(asked & (below - here)) / 2) / (len(asked) or 1)


def _beginnings(text: str) -> set[str]:
    return {word[:_ALIKE].lower() for word in re.findall(r"[^\W\d_]{5,}", text)}


def _mark(text: str) -> str | None:
    found = re.match(r"(?:\d{1,3}|\*{1,3})(?=\s)", text)
    return found[0] if found else None


def link_footnotes(outline: Outline) -> tuple[Footnote, ...]:
    """Every note of a document with the sentence that refers to it, in reading order.

    The k-th note of a mark belongs to the k-th reference with that mark: numbers may start anew in each chapter.
    """
    notes: list[Footnote] = []
    for placed in outline.placed:
        if placed.block.role != "footnote":
            continue
        mark = _mark(placed.block.text)
        if mark is None and notes and notes[-1].section == placed.section:
            notes[-1] = replace(notes[-1], end=placed.end)
        else:
            notes.append(Footnote(mark or "", placed.section, placed.start, placed.end, page=placed.block.page))
    waiting: dict[str, list[int]] = {}
    for number, note in enumerate(notes):
        waiting.setdefault(note.mark, []).append(number)
    for placed in outline.placed:
        if placed.block.role == "footnote" or placed.block.term == "contents":
            continue
        for found in RAISED_MARK.finditer(outline.text, placed.start, placed.end):
            mark = found[0].translate(_PLAIN)
            if waiting.get(mark) and not _UNITS.search(outline.text[placed.start : found.start()]):
                number = waiting[mark].pop(0)
                start, end = sentence_around(outline.text, placed.start, placed.end, found.start())
                notes[number] = replace(notes[number], referred=(start, end))
    return tuple(notes)
