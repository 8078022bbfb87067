"""The full text of a document, a stretch at a time, and the search in it. Computed without Streamlit.

A long document in one piece is slow in a browser and hard to find one's way in, so what is shown is a section: with
all that lies below it as long as that stays readable, else its own text alone, cut where even that is long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Document

LONGEST = 12_000  # characters of text in one view, about four printed pages

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is read at once: part `part` of the `parts` that a section is shown in."""

    section: int
    part: int
    parts: int
    start: int
    end: int


def stretch(document: Document, section: int, part: int = 0) -> Stretch:
    """A part of a section, parts counted from 0; a number beyond the last gives the last."""
    spans = _spans(document, section)
    at = min(max(part, 0), len(spans) - 1)
    return Stretch(section, at, len(spans), *spans[at])


def stretch_at(document: Document, place: int) -> Stretch:
    """The stretch of the innermost section in which a place of the text lies."""
    holding = [i for i, s in enumerate(document.sections) if s.start <= place < s.end]
    section = max(holding, key=lambda i: document.sections[i].level, default=0)
    spans = _spans(document, section)
    part = next((at for at, (_, end) in enumerate(spans) if place < end), 0)
    return stretch(document, section, part)


def following(document: Document, shown: Stretch) -> Stretch | None:
    """What to read next; None at the end."""
    if shown.part + 1 < shown.parts:
        return stretch(document, shown.section, shown.part + 1)
    after = (i for i, s in enumerate(document.sections) if s.start >= shown.end)
    return next((stretch(document, i) for i in after), None)


def preceding(document: Document, shown: Stretch) -> Stretch | None:
    """What was to be read before; None at the beginning."""
    if shown.part:
        return stretch(document, shown.section, shown.part - 1)
    ends = {i: _spans(document, i)[-1][1] for i in range(shown.section)}
    nearest = max((end for end in ends.values() if end <= shown.start), default=None)
    before = next((i for i, end in ends.items() if end == nearest), None)
    return None if before is None else stretch(document, before, len(_spans(document, before)) - 1)


def find(text: str, words: str) -> tuple[Span, ...]:
    """Where words stand in a text, in either case and with any spaces between them, within one line."""
    asked = words.split()
    if not asked:
        return ()
    pattern = re.compile(r"[^\S\n]+".join(map(re.escape, asked)), re.IGNORECASE)
    return tuple(match.span() for match in pattern.finditer(text))


def next_hit(hits: Sequence[Span], place: int) -> int:
    """The number of the first hit at or after a place; after the last, the first again."""
    return next((n for n, (start, _) in enumerate(hits) if start >= place), 0)


def stretch_html(document: Document, shown: Stretch, hits: Sequence[Span], current: int | None, name: str) -> str:
    """A stretch as HTML in which all of the document is escaped; `current` is the number of the hit that is looked at.

    Without its tags it is the document's text letter for letter.
    """
    headings = [(s.start, s.text_start, min(3 + s.level, 6)) for s in document.sections if s.start < s.text_start]
    inside = [(n, *hit) for n, hit in enumerate(hits) if hit[0] < shown.end and shown.start < hit[1]]
    within = [h for h in headings if h[0] < shown.end and shown.start < h[1]]
    cuts = {at for start, end, _ in within for at in (start, end)} | {at for _, *span in inside for at in span}
    edges = sorted({shown.start, shown.end, *(at for at in cuts if shown.start < at < shown.end)})
    pieces: list[str] = []
    for start, end in pairwise(edges):
        piece = html.escape(document.text[start:end])
        hit = next((n for n, begin, stop in inside if begin <= start < stop), None)
        if hit is not None:
            piece = f"<mark{_CURRENT if hit == current else ''}>{piece}</mark>"
        level = next((level for begin, stop, level in within if begin <= start < stop), None)
        if level is not None and piece.strip():
            piece = f'<strong role="heading" aria-level="{level}">{piece}</strong>'
        pieces.append(piece)
    return f'<div class="kader-section" id="{_safe(name)}" tabindex="0" lang="nl">{"".join(pieces)}</div>'


def to_stretch(name: str) -> str:
    """Brings a stretch that was just opened into view and moves the keyboard there.

    A hit is only brought into view: the keyboard stays where it can go on to the next.
    """
    return _TO_STRETCH.replace("NAME", _safe(name))


_CURRENT = ' class="kader-current"'

_TO_STRETCH = """<script>
(() => {
  let waited = 0;
  const show = () => {
    const text = document.getElementById("NAME");
    if (!text) { if (waited++ < 300) requestAnimationFrame(show); return; }
    const mark = text.querySelector(".kader-current");
    text.scrollTop = mark ? text.scrollTop + mark.getBoundingClientRect().top - text.getBoundingClientRect().top
      - text.clientHeight / 3 : 0;
    if (!mark) text.focus({ preventScroll: true });
    const place = text.getBoundingClientRect();
    const search = innerWidth > 640 && document.querySelector(".st-key-library-search");
    const top = search || text.closest(".st-key-library-text") || text;
    if (place.top < 0 || place.bottom > innerHeight) top.scrollIntoView({ block: "start" });
  };
  show();
})();
</script>"""


def _safe(name: str) -> str:
    return re.sub(r"[^a-z0-9-]", "", name)


def _spans(document: Document, section: int) -> list[Span]:
    """The parts in which a section is shown."""
    held = document.sections[section]
    if held.end - held.start <= LONGEST:
        return [(held.start, held.end)]
    spans: list[Span] = []
    at = held.start
    while held.body_end - at > LONGEST:
        line = document.text.rfind("\n", at, at + LONGEST)
        end = line + 1 if line > at else at + LONGEST
        spans.append((at, end))
        at = end
    return [*spans, (at, held.body_end)]
