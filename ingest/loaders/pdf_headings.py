"""Which paragraphs of a PDF are headings, and how deep: type, numbers, bookmarks and the table of contents together.

Headings of one look (size, weight) and one kind of number form a class, and a class has one level. Numbers say the
level of their class; bookmarks do for headings without; the others lie below the classes in larger type.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from ingest.loaders.pdf_contents import CONTENTS
from ingest.loaders.pdf_paragraphs import Paragraph
from ingest.numbering import Label, parse_label

_LARGER = 1.08  # times the body's type size; from here on type is a heading's
_MAX_TITLE = 200  # characters
_MAX_BOLD = 130  # characters of a heading that is bold and no larger
_MAX_ROWS = 4
_MAX_WORDS = 16  # of a heading in the body's own type
_MOSTLY = 0.4  # share of bold text from which bold says nothing
_LABELS, _LABEL_WORDS = 4, 3  # so many headings in a row, of at most so many words, are the labels of a figure
_SENTENCES = re.compile(r"[a-zà-ÿ)]{2}[.!]\s+[A-Z]")
_MAX_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline that the file itself carries: title, depth from 1, page from 1 where it is known."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    """A class of headings: its look and what its number is made of."""

    look: _Look
    rank: tuple[int, int] | None
    depth: int


def find_levels(paragraphs: list[Paragraph], body: float, bookmarks: list[Bookmark]) -> tuple[dict[int, int], bool]:
    """Level by index of the paragraphs that are headings, 0 for the title; and whether their type tells them.

    Without that evidence (one type throughout) the caller leaves the search to `ingest.headings`.
    """
    marked = _bookmarked(paragraphs, bookmarks)
    bold_share = _bold_share(paragraphs)
    styled = {i for i, p in enumerate(paragraphs) if _has_heading_type(p, body, bold_share)}
    styled -= {
        i
        for i in styled
        if CONTENTS.match(paragraphs[i].text) and paragraphs[i + 1 : i + 2] and paragraphs[i + 1].kind == "contents"
    }
    styled = _without_labels(paragraphs, _without_lists(paragraphs, styled)) | set(marked)
    title = _title(paragraphs, styled)
    headings = styled - {title}
    evident = len(headings) >= 2 or (len(headings) == 1 and len(paragraphs) < 30) or bool(marked)
    levels = _without_gaps(_levels({i: paragraphs[i] for i in sorted(headings)}, marked))
    levels |= _plain_divisions(paragraphs, levels, styled) if evident else {}
    if title is not None:
        levels[title] = 0
    return levels, evident


def look_alike(text: str) -> str:
    """A title as it is compared: letters and digits only."""
    return re.sub(r"[\W_]+", "", text).lower()


def _bold_share(paragraphs: list[Paragraph]) -> float:
    bold = sum(len(p.text) for p in paragraphs if p.bold and p.kind in ("text", "item"))
    return bold / max(sum(len(p.text) for p in paragraphs if p.kind in ("text", "item")), 1)


def _has_heading_type(paragraph: Paragraph, body: float, bold_share: float) -> bool:
    text = paragraph.whole
    if paragraph.kind not in ("text", "item") or len(paragraph.rows) > _MAX_ROWS or not re.search(r"[^\W\d_]{2}", text):
        return False
    if paragraph.mark and not parse_label(text).number:  # a bullet or a letter
        return False
    numbered = parse_label(text).number is not None
    if len(text) > _MAX_TITLE or text[-1] in ",;" or _SENTENCES.search(_after_number(text)):
        return False
    if paragraph.size >= _LARGER * body:
        return text[-1] != "." or numbered or paragraph.bold
    if not paragraph.bold or paragraph.size < 0.95 * body or bold_share > _MOSTLY:
        return False
    if (len(text) > _MAX_BOLD and not numbered) or not (text[0].isupper() or text[0].isdigit() or text[0] in "‘'\"“(§"):
        return False
    return text[-1] not in ".:" or (numbered and text[-1] == ".")


def _after_number(text: str) -> str:
    label = parse_label(text)
    return label.title if label.number else text


def _without_lists(paragraphs: list[Paragraph], styled: set[int]) -> set[int]:
    """Leaves out bold items: three or more numbers in a row with nothing below them."""
    left: set[int] = set(styled)
    run: list[int] = []
    for at in range(len(paragraphs) + 1):
        label = parse_label(paragraphs[at].whole) if at in styled else None
        if label and len(label.parts) == 1 and paragraphs[at].kind == "item":
            run.append(at)
            continue
        if len(run) >= 3:
            left -= set(run[:-1]) | (set() if at < len(paragraphs) and paragraphs[at].kind == "text" else {run[-1]})
        run = []
    return left


def _without_labels(paragraphs: list[Paragraph], styled: set[int]) -> set[int]:
    """Leaves out the labels of a figure: several short lines of one look in a row with no text between them."""
    left: set[int] = set(styled)
    run: list[int] = []
    for at in range(len(paragraphs) + 1):
        here = paragraphs[at] if at in styled else None
        short = here is not None and len(here.whole.split()) <= _LABEL_WORDS and parse_label(here.whole).number is None
        alike = not run or (here and (here.size, here.bold) == (paragraphs[run[0]].size, paragraphs[run[0]].bold))
        if short and alike:
            run.append(at)
            continue
        if len(run) >= _LABELS:
            left -= set(run)
        run = [at] if short else []
    return left


def _bookmarked(paragraphs: list[Paragraph], bookmarks: list[Bookmark]) -> dict[int, int]:
    """Bookmark level by paragraph, when the bookmarks agree with the text: most are found on their page."""
    wanted: dict[str, list[Bookmark]] = defaultdict(list)
    for bookmark in bookmarks:
        wanted[look_alike(bookmark.title)].append(bookmark)
    found: dict[int, int] = {}
    for at, paragraph in enumerate(paragraphs):
        key = look_alike(paragraph.whole)
        if paragraph.kind not in ("text", "item") or not key or key not in wanted:
            continue
        here = [b for b in wanted[key] if b.page is None or abs(b.page - paragraph.page) <= 1]
        if here:
            found[at] = here[0].level
            wanted[key].remove(here[0])
    return found if len(found) * 2 >= len(bookmarks) and found else {}


def _title(paragraphs: list[Paragraph], styled: set[int]) -> int | None:
    """The one paragraph in type larger than all others, on the first two pages: the title of the document."""
    text = [i for i in styled if paragraphs[i].kind in ("text", "item")]
    if not text:
        return None
    largest = max(paragraphs[i].size for i in text)
    holders = [i for i in text if paragraphs[i].size >= largest - 0.3]
    first = paragraphs[holders[0]]
    if len(holders) > 1 or first.page > 2 or parse_label(first.whole).number:
        return None
    return holders[0] if len(styled) > 1 or holders[0] <= 3 else None


def _levels(headings: dict[int, Paragraph], marked: dict[int, int]) -> dict[int, int]:
    labels = {i: parse_label(p.whole) for i, p in headings.items()}
    kinds = {i: _kind(p, labels[i]) for i, p in headings.items()}
    level_of = _numbered_levels(kinds, labels)
    numbered = set(level_of)
    shift = median_low([level_of[kinds[i]] - level for i, level in marked.items() if kinds.get(i) in numbered] or [0])
    own = {i: max(level + shift, 1) for i, level in marked.items() if i in kinds and kinds[i] not in numbered}
    for i in own:
        level_of.setdefault(kinds[i], median_low([own[j] for j in own if kinds[j] == kinds[i]]))
    for look in sorted({kind.look for kind in kinds.values()}, key=_prominence, reverse=True):
        for kind in [k for k in set(kinds.values()) if k.look == look and k not in level_of]:
            level_of[kind] = _level_by_look(kind, kinds, level_of)
    found = {i: own.get(i, level_of[kind]) for i, kind in kinds.items()}
    used = sorted(set(found.values()))
    return {i: min(used.index(level) + 1, _MAX_LEVEL) for i, level in found.items()}


def _without_gaps(levels: dict[int, int]) -> dict[int, int]:
    """Levels such that none is skipped: looks are ranked over the whole document, a chapter may lack some of them."""
    closed: dict[int, int] = {}
    trail: list[int] = []
    for at in sorted(levels):
        trail = [*(level for level in trail if level < levels[at]), levels[at]]
        closed[at] = len(trail)
    return closed


def _kind(paragraph: Paragraph, label: Label) -> _Kind:
    """The class of a heading; a "bijlage" has no rank of its own and lies where its type says."""
    return _Kind(_Look(round(paragraph.size), paragraph.bold), label.rank, len(label.parts))


def _prominence(look: _Look) -> tuple[float, bool]:
    return look.size, look.bold


def _numbered_levels(kinds: dict[int, _Kind], labels: dict[int, Label]) -> dict[_Kind, int]:
    """Levels that follow from the numbers: chapter above article, 1 above 1.1."""
    ranks = sorted({label.rank for label in labels.values() if label.rank is not None})
    level_of = {kinds[i]: ranks.index(label.rank) + 1 for i, label in labels.items() if label.rank is not None}
    depths = {len(label.parts): kinds[i].look for i, label in reversed(labels.items()) if label.parts}
    if not depths:
        return level_of
    shallowest = min(depths)
    above = [level for kind, level in level_of.items() if _prominence(kind.look) > _prominence(depths[shallowest])]
    if not ranks:
        offset = _offset(kinds, depths)
    elif shallowest > 1:  # "Hoofdstuk 2" and below it 2.1: the number counts the chapter in
        offset = max(above, default=1) + 1 - shallowest
    else:
        offset = max(above, default=0)
    return level_of | {kind: max(kind.depth + offset, 1) for kind in kinds.values() if kind.depth}


def _offset(kinds: dict[int, _Kind], depths: dict[int, _Look]) -> int:
    """One when parts without numbers, in larger type, stand above the chapters: at least two, and chapters in each."""
    if 1 not in depths:
        return 0
    larger = [i for i, k in kinds.items() if not k.depth and not k.rank and k.look.size > depths[1].size]
    below = [any(kinds[j].depth for j in kinds if a < j < b) for a, b in pairwise([*larger, len(kinds) + 10**9])]
    return int(len(larger) >= 2 and all(below))


def _level_by_look(kind: _Kind, kinds: dict[int, _Kind], level_of: dict[_Kind, int]) -> int:
    """The level of headings in the same type; else one below the headings in larger type."""
    same = Counter(level_of[k] for k in kinds.values() if k.look == kind.look and k in level_of)
    if same:
        return same.most_common(1)[0][0]
    above = [level for k, level in level_of.items() if _prominence(k.look) > _prominence(kind.look)]
    return max(above, default=0) + 1


def _plain_divisions(paragraphs: list[Paragraph], levels: dict[int, int], styled: set[int]) -> dict[int, int]:
    """Headings in the body's type that name their division and stand alone: "Artikel 5 Toegang" in an explanation.

    They lie below the last heading that its type tells, in the order of their divisions.
    """
    found: dict[int, int] = {}
    current = 0
    plain: list[tuple[int, tuple[int, int], int]] = []  # index, rank, level of the heading above
    for at, paragraph in enumerate(paragraphs):
        if at in levels:
            current = levels[at]
        elif at not in styled and paragraph.kind == "text" and _is_plain_division(paragraph, paragraphs, at):
            plain.append((at, parse_label(paragraph.text).rank or (0, 0), current))
    for at, rank, above in plain:
        ranks = sorted({r for _, r, a in plain if a == above})
        found[at] = min(above + 1 + ranks.index(rank), _MAX_LEVEL)
    return found


def _is_plain_division(paragraph: Paragraph, paragraphs: list[Paragraph], at: int) -> bool:
    label = parse_label(paragraph.text)
    if label.rank is None or len(paragraph.rows) > 2 or len(paragraph.text.split()) > _MAX_WORDS:
        return False
    title = label.title
    if title != label.number and not (title[0].isupper() or title[0] in "‘'\"“("):
        return False
    alone = paragraph.gap > 0 and (at + 1 == len(paragraphs) or paragraphs[at + 1].gap > 0)
    return alone and paragraph.text[0].isupper() and title[-1] not in ".,;:"
