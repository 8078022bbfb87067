"""Lists in the text of a section: where one begins and ends, what introduces it, and which items belong to it.

Lists lie within lists ("2. Bij de aanvraag horen:", "a. …"). Of the marks before items (`assistant.marks`), letters and
numbers tell which item comes next; bullets only that they stand below one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.marks import Mark, goes_on_line, mark_of
from assistant.quotable import MAX_LIST, Sentence, heads_table, is_row, sentences_in
from ingest.document import Document

_BELOW = 3  # sentences that may stand below a bullet
_LEAD_WORDS = 12  # words of a line that introduces a list without a colon
_RUN = 8  # bullets within a list of bullets, among which "of" or "en" must tell the last but one
_LOST = 3  # letters from one item to the next, where those between them stand in the middle of a line
_FIRST = re.compile(r"\s+1[.)°]{1,2}\s")
_AS_FOLLOWS = re.compile(
    r"\b(?:dit zijn (?:de|onze|het)|zo uit|als volgt|hieronder|onderstaande?|volgende (?:tabel|schema|overzicht))\b",
    re.I,
)
"""Words of a sentence that announces the table below it."""
_CLOSING = re.compile(r"[,;]\s+(?:of|en|dan wel)$")
"""How the last item but one of a list may end: "b. een bewijs van inkomen; en"."""


def introduces(document: Document, section: int, sentence: Sentence) -> bool:
    """Whether a list follows a sentence: it ends in a colon, or says something of the question and "1." comes next.

    Or it announces the table that stands below it ("ziet er zo uit").

    Or it breaks off, and an item of another kind goes on: "Fraude: gedrag waarbij", "i) …".
    """
    text = document.text
    if text[sentence.end - 1] == ":" or (heads_table(document, sentence) and sentence.item):
        return True
    if _AS_FOLLOWS.search(text, sentence.start, sentence.end):
        after = sentences_in(document, sentence.end, document.sections[section].body_end)
        return bool(after) and is_row(text[after[0].start : after[0].end])
    below = len(text) - len(text[sentence.end :].lstrip("\n")) if text[sentence.end : sentence.end + 1] == "\n" else 0
    deeper = mark_of(document, Sentence(below, below, item=True, worth=0.0)).kind if below else ""
    if sentence.item and deeper and deeper != mark_of(document, sentence).kind and text[sentence.end - 1].isalpha():
        return True
    first = _FIRST.match(text, sentence.end, document.sections[section].body_end)
    return bool(first) and not sentence.item and sentence.worth > 0


def lead_above(document: Document, above: Sequence[Sentence], item: Sentence) -> Sentence | None:
    """The line that introduces the list of an item, of the sentences above it in its section.

    That ends in a colon, or is an item of the list around it that breaks off ("2. kracht van de buurt"), or a line of a
    few words without a full stop. None where the item stands in no such list, or in a table.
    """
    mark = mark_of(document, item)
    if mark.kind in ("", "row"):
        return None
    top = _top(document, above, mark)
    if top is None or top == 0:
        return None
    lead = above[top - 1]
    return lead if _can_lead(document, lead, mark) else None


def _can_lead(document: Document, lead: Sentence, mark: Mark) -> bool:
    text = document.text[lead.start : lead.end]
    if is_row(text):
        return False
    if text.endswith(":"):
        return True
    own = mark_of(document, lead)
    open_end = text[-1].isalnum() or text[-1] in ")’'\""
    if own.kind:
        return own.kind != mark.kind and open_end
    alone = document.text[lead.start - 1 : lead.start] in ("", "\n")
    return alone and open_end and len(text.split()) <= _LEAD_WORDS


def _top(document: Document, above: Sequence[Sentence], mark: Mark) -> int | None:
    """Where in `above` the list stands whose next item has a mark; its length where that item is the first."""
    if mark.places:
        return _counted_top(document, above, mark)
    top, loose = len(above), 0
    while top > 0:
        other = mark_of(document, above[top - 1])
        if goes_on_line(document, above[top - 1]):
            top -= 1
            continue
        if document.text[above[top - 1].end - 1] == ":" or loose > _BELOW:
            break
        if other.kind == mark.kind and _ends_inner(document, above[: top - 1], mark):
            inner = _top(document, above[: top - 1], mark)
            top, loose = (inner or 1) - 1, 0
        elif other.kind == mark.kind:
            top, loose = top - 1, 0
        elif other.places and not _can_lead(document, above[top - 1], mark):
            inner = _counted_top(document, above[: top - 1], other)
            if not inner:
                break
            top, loose = inner - 1, 0
        elif other.kind == "" and _follows_item(document, above[:top], mark):
            top, loose = top - 1, loose + 1
        else:
            break
    return top + loose


def _ends_inner(document: Document, above: Sequence[Sentence], mark: Mark) -> bool:
    """Whether the item below some sentences is the last of its list: the one above it ends in "of" or "en"."""
    return bool(above) and mark_of(document, above[-1]).kind == mark.kind and _closes(document, above[-1])


def _follows_item(document: Document, above: Sequence[Sentence], mark: Mark) -> bool:
    """Whether the last of some sentences goes on about an item a few sentences above it."""
    near = above[-_BELOW - 1 : -1]
    return any(mark_of(document, one).kind == mark.kind for one in near)


def _closes(document: Document, sentence: Sentence) -> bool:
    return bool(_CLOSING.search(document.text, sentence.start, sentence.end))


def _counted_top(document: Document, above: Sequence[Sentence], mark: Mark) -> int | None:
    """The same of a list that counts its items: up to its first, over lists of the same kind within it."""
    wanted, within = _before(mark.kind, mark.places), set[int]()
    top = len(above)
    while top > 0:
        if 0 in wanted and not _goes_on(document, above[top - 1], mark.kind, wanted):
            return top
        other = mark_of(document, above[top - 1])
        top -= 1
        if other.kind != mark.kind:
            continue
        if within:
            within = {place - 1 for place in other.places & within} or within
            within = set() if 0 in within else within
        elif other.places & wanted:
            wanted = _before(mark.kind, other.places & wanted)
        else:
            within = {place - 1 for place in other.places} - {0}
    return 0 if 0 in wanted else None


def _before(kind: str, places: Iterable[int]) -> set[int]:
    """The places that an item may have that stands above one of some places; 0 where that is the first."""
    reach = _LOST if kind == "letter" else 1
    return {max(place - step, 0) for place in places for step in range(1, reach + 1) if step == 1 or step < place}


def _goes_on(document: Document, sentence: Sentence, kind: str, wanted: set[int]) -> bool:
    """Whether a sentence is the item before one whose letter may be the first too: "h." above "i."."""
    other = mark_of(document, sentence)
    return other.kind == kind and bool(other.places & (wanted - {0}))


def list_after(document: Document, section: int, start: int) -> list[Sentence]:
    """The list that a line introduces, to its end, also where it runs on into the next passage.

    Numbered items may have a paragraph of their own below them, and the list goes on as long as the numbers do; of
    bullets, it goes on after a few sentences at most. It ends where letters begin anew, or another line introduces.
    """
    line = document.text.rfind("\n", 0, start) + 1
    lead = mark_of(document, Sentence(line, start, item=True, worth=0.0))
    reading = _Reading(document, lead, start)
    below = sentences_in(document, start, document.sections[section].body_end)
    for at, sentence in enumerate(below):
        if not reading.takes(sentence, below[at:]):
            break
    return reading.items[:MAX_LIST]


class _Reading:
    """A list as far as it has been read: its items, and of the lists within one another what comes next in each."""

    def __init__(self, document: Document, lead: Mark, start: int) -> None:
        self.items: list[Sentence] = []
        self._document = document
        self._lead = lead
        self._start = start
        self._levels: list[tuple[str, set[int]]] = []  # kinds of marks, outermost first, with the places to come
        self._loose = 0  # sentences since the last item
        self._run = 0  # bullets still to come of a list within a bullet

    def takes(self, sentence: Sentence, rest: Sequence[Sentence]) -> bool:
        """Whether the list goes on with a sentence, the first of the rest of its section; an item is kept."""
        text = self._document.text
        if self.items and "\n" not in text[self.items[-1].end : sentence.start]:
            self.items[-1] = replace(self.items[-1], end=sentence.end)  # an item goes on to the end of its line
            return True
        mark = mark_of(self._document, sentence)
        if not mark.kind:
            return self._passes(sentence)
        if self._levels and self._levels[0][0] == "row" and mark.kind != "row":
            return False  # the table ends here
        goes_on = self._counts(mark) if mark.places else self._stands_below(mark, rest)
        if goes_on:
            self.items.append(sentence)
            self._loose = 0
        return goes_on

    def _passes(self, sentence: Sentence) -> bool:
        """Whether a list may go on after a sentence that is no item."""
        self._loose += 1
        if not self._levels:
            return False
        if self._levels[0][0] == "number":
            return True
        return self._loose <= _BELOW and self._document.text[sentence.end - 1] != ":"

    def _counts(self, mark: Mark) -> bool:
        """Whether a number or a letter is the next of one of the lists that are open, or begins one within them."""
        for depth in reversed(range(len(self._levels))):
            kind, wanted = self._levels[depth]
            if kind == mark.kind and mark.places & wanted:
                del self._levels[depth:]
                return self._open(mark, mark.places & wanted)
        if self._lead.kind == mark.kind and any(place - 1 in self._lead.places for place in mark.places):
            return False  # the item after the one that introduces
        if not self.items:
            return (1 in mark.places or mark.kind != "number") and self._open(mark, mark.places)
        begins = 1 in mark.places and (self._breaks_off() or self._is_below(mark))
        return begins and self._open(mark, {1})

    def _is_below(self, mark: Mark) -> bool:
        """Whether letters may begin below the last item of a list that is counted otherwise."""
        kinds = [kind for kind, _ in self._levels]
        return not self._loose and mark.kind != "number" and mark.kind not in kinds and bool(self._levels[0][1])

    def _open(self, mark: Mark, places: Iterable[int]) -> bool:
        reach = _LOST if mark.kind == "letter" else 1
        self._levels.append((mark.kind, {place + step for place in places for step in range(1, reach + 1)}))
        return True

    def _breaks_off(self) -> bool:
        """Whether the last item goes on in a list of its own."""
        last = self._document.text[self.items[-1].end - 1] if self.items else ":"
        return not self._loose and (last == ":" or last.isalnum())

    def _stands_below(self, mark: Mark, rest: Sequence[Sentence]) -> bool:
        """Whether a bullet, a row or a label goes on with the list."""
        if mark.kind == self._lead.kind != "row" and "\n" in self._document.text[self._start : rest[0].start]:
            self._run = self._run or (self._run_of(mark, rest) if self._breaks_off() else 0)
            self._run -= 1
            return self._run >= 0
        kinds = [kind for kind, _ in self._levels]
        if kinds[-1:] == [mark.kind] and self._is_over():
            del kinds[-1:], self._levels[-1:]
            if mark.kind not in kinds:
                return False
        if mark.kind in kinds:
            del self._levels[kinds.index(mark.kind) + 1 :]
            return True
        return self._open(mark, ())

    def _is_over(self) -> bool:
        """Whether the last item is that of its list: the one above it ends in "of" or "en", and it does not."""
        two = self.items[-2:]
        same = len({mark_of(self._document, one) for one in two}) == 1
        return len(two) > 1 and same and _closes(self._document, two[0]) and not _closes(self._document, two[1])

    def _run_of(self, mark: Mark, rest: Sequence[Sentence]) -> int:
        """How many bullets make up a list within a bullet: up to the one after "of"; none where nothing tells."""
        run = list(takewhile(lambda one: mark_of(self._document, one) == mark, rest[:_RUN]))
        closing = [at for at, one in enumerate(run) if _closes(self._document, one)]
        return min(closing[-1] + 2, len(run)) if closing else 0
