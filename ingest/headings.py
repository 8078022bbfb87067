"""Finds the headings of plain text, where nothing but the words and their order tells them from paragraphs.

Four observations carry it. Numbers of several parts ("4.1.2 …") that keep rising are headings. A single number
("2. Samenvatting") is a heading only where the numbers around it leave room for it, for lists are numbered too. A
short line without a full stop, right above a paragraph, is a heading; above a list only when it stands alone. One
that captions a photo is none (`ingest.captions`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, pairwise

from ingest.blocks import Block, Role
from ingest.captions import photo_captions, told_apart
from ingest.contents import mark_contents
from ingest.names import is_office
from ingest.numbering import Label, parse_label

_STANDARD = frozenset(
    "samenvatting inleiding voorwoord aanleiding leeswijzer visie missie ambitie ambities doel doelen context "
    "achtergrond conclusie conclusies aanbevelingen ondertekening noot noten begrippenlijst bijlagen slot "
    "slotwoord toelichting financiën uitgangspunten planning".split()
)
_APPENDICES = re.compile(r"^bijlagen?(?:\(n\))?\s*:?$", re.I)  # over the list of what is sent along
_DECISION = re.compile(
    r"^(?:(?:concept|ontwerp)[- ]?)?(?:raads)?besluit(?: (?:nr\.? ?|nummer )?[\w./-]*\d[\w./-]*)?:?$", re.I
)
_DECIDING = re.compile(r"^de (?:gemeente)?raad (?:van|der) ", re.I)
_FIELD_VALUE = re.compile(r"\d{4}$|https?://|www\.|@")
_ENTRY = re.compile(r"^[^:]{2,60}: [a-zà-ÿ]")  # "Term: definition", an entry of a glossary
_MAX_TITLE = 90  # characters
_MAX_WORDS = 14
_PARAGRAPH = 80  # characters; from here on a block is read as running text
_LABEL_ONLY = re.compile(r"^(?:de|het)\s\S+,?$")


def find_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks with headings marked, table-of-contents lines and photo captions told apart.

    A heading gets its level: the depth of its number, or one below the number it stands under. Lines of a table
    of contents get the role "caption" with the term "contents".
    """
    marked = [told_apart(block) for block in _join_labels(mark_contents(list(blocks)))]
    levels = _numbered(marked)
    for at, level in levels.items():
        marked[at] = replace(marked[at], role="heading", level=level)
    plain = plain_headings(marked)
    captions = photo_captions(marked, plain)
    for at in plain:
        role: Role = "caption" if at in captions and not _is_standard(marked[at]) else "heading"
        marked[at] = replace(marked[at], role=role)
    return tuple(_with_levels(marked))


def plain_headings(blocks: list[Block]) -> list[int]:
    """Indices of the lines without a number that are headings by what stands around them."""
    return [at for at, run in _runs_of_titles(blocks).items() if _is_plain_heading(blocks, at, run)]


def _join_labels(blocks: list[Block]) -> list[Block]:
    """Joins a label on a line of its own ("Bijlage 1", "Artikel 3") with the title on the line below it."""
    result: list[Block] = []
    for block in blocks:
        above = result[-1] if result else None
        bare = above is not None and above.role == block.role == "text" and _is_bare_label(above.text)
        if above is not None and bare and is_title(block.text) and parse_label(block.text).number is None:
            result[-1] = replace(above, text=f"{above.text} {block.text}")
        else:
            result.append(block)
    return result


def _is_bare_label(text: str) -> bool:
    label = parse_label(text)
    return label.division is not None and label.title == label.number and text[-1:] not in ".,;"


def _numbered(blocks: list[Block]) -> dict[int, int]:
    """Level by block index for headings with a number: decimal, named ("Artikel 3") and appendices."""
    labels = {i: parse_label(b.text) for i, b in enumerate(blocks) if b.role in ("text", "item")}
    levels = {i: 1 for i, label in labels.items() if label.division and is_title(blocks[i].text, label)}
    ranks = sorted({rank for i in levels if (rank := labels[i].rank)})
    levels = {i: ranks.index(rank) + 1 if (rank := labels[i].rank) else 1 for i in levels}
    below: dict[int, int] = {}
    previous: tuple[int, ...] = ()
    reached = 0  # the last number of the chain 1, 2, 3, … of chapters, among which some have no subsections
    for i, label in labels.items():
        if not label.parts or i in levels or not is_title(blocks[i].text, label):
            continue
        reached += label.parts == (reached + 1,)
        near = not previous or label.parts[0] <= max(previous[0], reached) + 2
        if len(label.parts) > 1 and label.parts > previous and near:
            below[i] = len(label.parts)
            previous = label.parts
    chapters = _chapters(blocks, labels, {i: labels[i].parts for i in below}) if not ranks else {}
    return {**levels, **below, **chapters}


def _chapters(blocks: list[Block], labels: dict[int, Label], below: dict[int, tuple[int, ...]]) -> dict[int, int]:
    """Chapters ("2. Samenvatting"): the rising chain of single numbers that fits around the numbers below them."""
    found: dict[int, int] = {}
    after = -1
    singles = [i for i, label in labels.items() if len(label.parts) == 1 and is_title(blocks[i].text, label)]
    first_of: dict[int, int] = {}
    for i, parts in below.items():
        first_of.setdefault(parts[0], i)
    last = max((labels[i].parts[0] for i in singles), default=0)
    spaced = _has_spaced_lists(blocks)
    for number in range(1, last + 1):
        before = min((i for n, i in first_of.items() if n >= number), default=len(blocks))
        after = max([after, *(i for i, parts in below.items() if parts[0] < number)])
        room = [i for i in singles if labels[i].parts[0] == number and after < i < before]
        alone = [i for i in room if not _is_in_list(blocks, labels, i, spaced)]
        has_children = number in first_of
        pick = room[-1:] if has_children and not alone else (alone[-1:] if has_children else alone[:1])
        if not pick:
            if has_children:
                continue
            break
        found[pick[0]] = 1
        after = pick[0]
    return found if below or len(found) >= 3 else {}


def _is_in_list(blocks: list[Block], labels: dict[int, Label], at: int, spaced: bool) -> bool:
    """Whether a numbered line has its neighbour number right beside it, or one paragraph away, as lists have.

    Where the lists of a document are not `spaced` (no blank lines between items), a blank line ends a list.
    """
    if blocks[at].role == "text":  # "2 Doelen" without a full stop: lists are not numbered like that
        return False
    number = labels[at].parts[0]
    for step in (-2, -1, 1, 2):
        label = labels.get(at + step)
        if label and len(label.parts) == 1 and label.parts[0] == number + (1 if step > 0 else -1):
            between = blocks[min(at, at + step) + 1 : max(at, at + step) + 1]
            if spaced or not any(b.gap for b in between):
                return True
    return bool(at and blocks[at - 1].text.endswith(":"))


def _has_spaced_lists(blocks: list[Block]) -> bool:
    gaps = [b.gap > 0 for a, b in pairwise(blocks) if a.role == b.role == "item"]
    return sum(gaps) * 2 > len(gaps)


def is_title(text: str, label: Label | None = None) -> bool:
    """Whether a line could be a title: short, begins like one, and does not end like a sentence."""
    title = label.title if label else text.strip("*_ ")
    if not title or len(title) > (_MAX_TITLE + 30 if label else _MAX_TITLE) or len(title.split()) > _MAX_WORDS:
        return False
    if title[-1] in ".,;:|" or (text.startswith("*") and not text.endswith("*")):
        return False
    if not label and _ENTRY.match(title):
        return False
    named = label is not None and label.division is not None and f"{(label.number or '')}:" in text
    if not (named or title[0].isupper() or title[0].isdigit() or title[0] in "‘'\"“(…"):
        return False
    return not re.search(r"\w\.\s+[A-Z]", title)


def _is_plain_heading(blocks: list[Block], at: int, run: list[int]) -> bool:
    """Whether a title-like line without a number is a heading, judged by what stands around it."""
    block = blocks[at]
    if _FIELD_VALUE.search(block.text) or parse_label(block.text).number or _LABEL_ONLY.match(block.text):
        return False
    if _is_standard(block) or _APPENDICES.match(block.text):
        return True
    if at and is_office(blocks[at - 1].text):  # who holds the office
        return False
    if _is_decision(blocks, at):
        return True
    following = _following(blocks, run[-1])
    if following is None or (run[0] and blocks[run[0] - 1].text.endswith(":")):
        return False
    if following.role == "item":
        return len(run) == 1 and len(block.text.split()) <= 6
    if following.role != "text" or not (len(following.text) >= _PARAGRAPH or following.text.endswith(":")):
        return False
    return at == run[-1] or (len(run) == 2 and at == run[0])


def _is_standard(block: Block) -> bool:
    """Whether a line is a heading that many documents have: "Inleiding"."""
    return block.text.strip("*_ :").lower() in _STANDARD


def _is_decision(blocks: list[Block], at: int) -> bool:
    """Whether a line is the heading of the council's decision, which says below it that the council decides."""
    following = _following(blocks, at)
    return bool(following and _DECISION.match(blocks[at].text) and _DECIDING.match(following.text))


def _runs_of_titles(blocks: list[Block]) -> dict[int, list[int]]:
    """For each title-like line the unbroken run of such lines that it is in; captions do not break a run."""
    runs: dict[int, list[int]] = {}
    run: list[int] = []
    for at, block in enumerate(blocks):
        if block.role == "text" and (is_title(block.text) or _APPENDICES.match(block.text)):
            run.append(at)
            runs[at] = run
        elif block.role != "caption":
            run = []
    return runs


def _following(blocks: list[Block], at: int) -> Block | None:
    return next((b for b in islice(blocks, at + 1, None) if b.role != "caption"), None)


def _with_levels(blocks: list[Block]) -> list[Block]:
    """Gives headings without a number their level: under the last number, or under the heading that announced them.

    A heading directly above another has no text of its own: what follows belongs under it, until a heading comes
    that announces its own parts in a list.
    """
    result: list[Block] = []
    numbered = any(b.role == "heading" and b.level is not None for b in blocks)
    announcing = _announcements(blocks)
    base = 0  # level of the heading under which those without a number now stand
    parent: int | None = None  # level given to what follows a heading without text of its own
    announced: dict[str, int] = {}
    sent_along = False  # below the list of what is sent along comes what is no part of the proposal
    for at, block in enumerate(blocks):
        if block.role != "heading":
            result.append(block)
            continue
        if block.level is not None:
            base, parent = block.level, None
            announced.clear()
            result.append(block)
            continue
        if at in announcing:
            parent = None
        level = announced.get(_key(block.text)) or parent or base + 1
        ends = block.text.lower() in ("ondertekening", "noot", "noten") or bool(_APPENDICES.match(block.text))
        sent_along = sent_along or bool(_APPENDICES.match(block.text))
        ends = ends or _is_decision(blocks, at) or (sent_along and bool(_DECISION.match(block.text)))
        if ends or (_is_standard(block) and base == 0):
            level, base = 1, 1 if numbered else base
        announced.update(dict.fromkeys(announcing.get(at, ()), level + 1))
        following = _following(blocks, at)
        if following is not None and following.role == "heading" and following.level is None:
            parent = level + 1
        result.append(replace(block, level=level))
    return result


def _announcements(blocks: list[Block]) -> dict[int, list[str]]:
    """For each heading, the later headings that a list in its own text names."""
    headings = {_key(b.text) for b in blocks if b.role == "heading" and b.level is None}
    found: dict[int, list[str]] = {}
    current: int | None = None
    for at, block in enumerate(blocks):
        if block.role == "heading":
            current = at
        elif block.role == "item" and current is not None and _key(block.text) in headings:
            found.setdefault(current, []).append(_key(block.text))
    return found


def _key(text: str) -> str:
    return re.sub(r"^\W*(?:\d{1,2}[.)])?\W*", "", text).strip(" .;:*_‘’'\"").lower()
