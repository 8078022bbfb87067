"""What an answer may quote of a document: its sentences, list items and table rows, each whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.terms import HEADED
from ingest.blocks import BULLETS
from ingest.document import Document, Passage
from ingest.sentences import sentence_spans

MAX_LIST = 40  # items of a list; of a longer one an answer says that it goes on
_SIGNED = 60  # characters of a line that may end in a comma and go on in the next: "de griffier," and a name
_BELOW = 3  # sentences that may stand below a bullet
_STATED = frozenset({"title", "valid", "identifier", "permalink", "permalink_current"})
"""Lines of a document about itself, which only a question for them is answered with (`assistant.facts`)."""

_STRAY_WORDS = 6
_STRAY = re.compile(r"[^\d.,:;!?|()“”‘’\"]+")
"""A line of a few words that states nothing: the caption of a photo, or a heading that nobody marked."""
_LEGEND = re.compile(r"^\*(?=[^\s*])[^*]*$")
"""What a star in the text refers to: "*Dit woord staat in de woordenlijst"."""
_INTRODUCING = re.compile(r"[^.\n]{3,120}:")
"""A line that introduces what comes below it, also by a question and a name: "Wat is er nodig? ‘Samenwerken’:"."""
_FIGURE = re.compile(r"[^.;|\n]{2,140}: [^:\n]{0,60}\d")
"""A figure with its label, as one of several that stand below one another: "Huur: 40%"."""
_EXPLAINS = re.compile(
    r"(?:dat wil zeggen|(?:dat|dit) (?:betekent|houdt in)|(?:daar|hier)(?:mee|onder) \w+ (?:we|wij))\b",
    re.I,
)
"""A sentence that says what the one before it means."""
_AS_FOLLOWS = re.compile(r"\b(?:zo uit|als volgt|hieronder|onderstaande?|volgende (?:tabel|schema|overzicht))\b", re.I)
"""Words of a sentence that announces the table below it."""
_LABELLED = re.compile(r"(?<=\S) (?=[A-ZÀ-Ý][^:.,;|%\n]{1,60}: [^:\n]{0,40}\d)")
"""Where the next of some labelled figures begins that stand on one line: "Huur: 40% Koop: 60%"."""
_WHOLE_ITEM = 240  # characters of an item that is quoted whole, though it has several sentences
_LABEL = re.compile(r"(?:(?:lid|artikel|ad|onderdeel|sub)\s+(?:\d{1,3}|[a-z])[a-z]?|intitulé|permanente link)\W*", re.I)
"""A line that only says what comes next: a part of an article, the title of a regulation."""
_ITEM = re.compile(rf"^(?:[{BULLETS}]|\d{{1,2}}[.)°]{{1,2}}|\(?(?:[a-z]|[ivx]{{1,5}})[.)])\s")
_BULLET = re.compile(rf"^[{BULLETS}]\s+(?:\d{{1,2}}[.)]\s+(?=\S))?")
_NUMBER = re.compile(r"(\d{1,2})[.)°]{1,2}\s")
_FIRST = re.compile(r"\s+1[.)°]{1,2}\s")
_MARK = re.compile(
    rf"(?P<bullet>[{BULLETS}])|(?P<degree>\d{{1,2}}°)|(?P<number>\d{{1,2}}[.)])|(?P<letter>\(?[a-z]{{1,5}}[.)])"
)
_NAME = re.compile(
    r"\s*(?!(?:De|Het|Een|Onze|Dit|Deze)\b)"
    r"(?:(?:drs|mr|dr|ir|ing|prof)\.? )*[A-Z][\w.’'-]*(?: (?:van|de|der|den|ter|ten|[A-Z][\w.’'-]*))*\s*"
)
"""A line that is a person's name and nothing else."""
_ANNOUNCES = re.compile(r"([^\n:.!?]{3,150}):(?=\s*\n| +(?:\d{1,2}|[a-z])[.)] | +\S[^\n.:]{2,200}[,;])")
_BACK = r"(?:daar|hier)(?:aan|bij|door|in|mee|na|naast|om|onder|op|over|toe|uit|van|voor)"
_LEANS = re.compile(
    rf"^(?:(?:dit|dat|deze|die|hij|zij|ze|ook|en|maar|want|of|dan|zo|dus|zonder|bovendien|echter|toch|tevens|{_BACK}|"
    r"vervolgens|immers|bijvoorbeeld|denk aan|zowel|met als|naast dat|niet alleen|soms|om zo|om dit|"
    r"allereerst|voorbeelden zijn|zaken die|dergelijke|het (?:laatste|eerste)|het liefst|tot slot|eveneens|"
    r"het (?:gaat|richt|zorgt|lukt|betreft|biedt|helpt|bestaat|bevat|omvat)|"
    r"(?:in|op|met|van|bij|voor|door|uit|na|naast) (?:dit|dat|deze|die|hen|beide)(?! (?:beleids)?(?:kader|nota|"
    r"kadernota|verordening|regeling|hoofdstuk|paragraaf|artikel|document|stuk|voorstel|programma|plan|visie|wet))|"
    rf"(?:we|wij) (?:bedoelen|verstaan) (?:hier|daar)\w+)\b|(?:\S+ ){{1,4}}?{_BACK}\b)",
    re.I,
)


Weigh = Callable[[str], float]
"""What a text is worth to a question."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or table row by its span, and what it is worth to the question."""

    start: int
    end: int
    item: bool
    worth: float


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span chosen for the answer, one claim: its document, section, and whether it is an item or row."""

    document_id: str
    section: int
    start: int
    end: int
    item: bool


def sentences_of(document: Document, passage: Passage, weigh: Weigh) -> list[Sentence]:
    """Sentences, items and rows of a passage; its heading is not one of them, nor what states the document's dates."""
    start = max(passage.start, document.sections[passage.section].text_start)
    stated = [(f.start, f.end) for f in document.facts if f.name in _STATED]
    sentences = sentences_in(document, start, passage.end, weigh)
    return [s for s in sentences if not any(begin <= s.start and s.end <= end for begin, end in stated)]


def sentences_in(document: Document, start: int, stop: int, weigh: Weigh = lambda _: 0.0) -> list[Sentence]:
    """Sentences, items and rows between two places in a document; bullets are no part of them.

    A line of a few words that stands above a paragraph is not one of them; what it says counts for its sentences.
    """
    found = []
    head, below = 0.0, start  # what the line above a paragraph is worth to it, and where that paragraph ends
    for begin, end in spans_in(document.text, start, stop):
        text = document.text[begin:end]
        if _LEGEND.match(text):
            continue
        if _is_stray(document.text, begin, end):
            head, below = HEADED * weigh(text), _paragraph_end(document.text, end, stop)
            continue
        item = bool(_ITEM.match(text)) or is_row(text)
        bullet = _BULLET.match(text)
        begin += bullet.end() if bullet else 0  # a number says something, a bullet does not
        if re.search(r"[^\W\d_]{2,}", text) and not _LABEL.fullmatch(text):
            found.append(Sentence(begin, end, item, weigh(text) + (head if begin < below else 0.0)))
    return found


def _paragraph_end(text: str, head: int, stop: int) -> int:
    """Where the paragraph below a line that ends at `head` comes to its end."""
    begin = head + len(text[head:stop]) - len(text[head:stop].lstrip("\n"))
    end = text.find("\n\n", begin, stop)
    return stop if end < 0 else end


def _is_stray(text: str, start: int, end: int) -> bool:
    """Whether a span is a line of a few words that stands alone and states nothing; several such lines are a list."""

    def is_bare(line: str) -> bool:
        return bool(_STRAY.fullmatch(line)) and len(line.split()) <= _STRAY_WORDS

    alone = (start == 0 or text[start - 1] == "\n") and not _ITEM.match(text[start:end])
    if not (alone and text[end : end + 1] in ("", "\n") and is_bare(text[start:end])):
        return False
    above = text[:start].rstrip("\n").rpartition("\n")[2]
    below = text[end:].lstrip("\n").partition("\n")[0]
    return not (above.endswith((":", ",")) or is_bare(above) or is_bare(below) or _NAME.fullmatch(text, start, end))


def list_after(document: Document, section: int, start: int) -> list[Sentence]:
    """The list that a line introduces, to its end, also where it runs on into the next passage.

    Numbered items may have a paragraph of their own below them, and the list goes on as long as the numbers do; of
    bullets, it goes on after a few sentences at most.
    """
    items: list[Sentence] = []
    between = 0
    lead = _mark(document, start)
    for sentence in sentences_in(document, start, document.sections[section].body_end):
        if lead and "\n" in document.text[start : sentence.start] and _mark(document, sentence.start) == lead:
            break  # the item after the one that introduces
        if (
            items and "\n" not in document.text[items[-1].end : sentence.start]
        ):  # an item goes on to the end of its line
            items[-1] = replace(items[-1], end=sentence.end)
            continue
        if items and is_row(document.text[items[0].start : items[0].end]) and _marker(document, sentence) != "|":
            break  # the table ends here
        number = _NUMBER.match(document.text, sentence.start)
        numbered = bool(items) and bool(_NUMBER.match(document.text, items[0].start))
        between = 0 if sentence.item else between + 1
        if number and int(number[1]) == len(items) + 1 and (numbered or not items):
            items.append(sentence)
        elif number or (not sentence.item and not (items and (numbered or between <= _BELOW))):
            break
        elif sentence.item:
            items.append(sentence)
    return items[:MAX_LIST]


def _mark(document: Document, at: int) -> str:
    """The kind of mark before the item that a place in a document lies in; nothing where it lies in no item."""
    match = _MARK.match(document.text, document.text.rfind("\n", 0, at) + 1)
    return (match.lastgroup or "") if match else ""


def announced(text: str) -> list[str]:
    """What a text says before a colon, where an enumeration comes after it, on the same line or in items."""
    return [match[1] for match in _ANNOUNCES.finditer(text)]


def lead_of(document: Document, sentences: Sequence[Sentence], item: Sentence) -> Sentence | None:
    """The line with a colon that introduces the list of an item, such as "2. Het tegoed bedraagt:" above "a. …".

    None where the item is a row, stands in no list, or in one whose lead is not among the sentences.
    """
    marker = _marker(document, item)
    for sentence in reversed(sentences[: sentences.index(item)] if item.item else ()):
        if document.text[sentence.end - 1] == ":":
            return sentence
        if not sentence.item or _marker(document, sentence) != marker:
            break
    return None


def _marker(document: Document, item: Sentence) -> str:
    """What stands before an item: "1" a number, "a" a letter, nothing where a bullet does, and "|" in a row."""
    text = document.text[item.start : item.end]
    numbered = _NUMBER.match(text)
    return "|" if is_row(text) else "1" if numbered else "a" if _ITEM.match(text) else ""


def is_row(text: str) -> bool:
    """Whether a text is a row of a table."""
    return " | " in text


def states_figure(text: str) -> bool:
    """Whether a text is one of a row of figures, each with its label: the others are about other things."""
    return is_row(text) or bool(_FIGURE.match(text))


def explains_before(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence says what the one before it means ("Dat wil zeggen …")."""
    return bool(_EXPLAINS.match(document.text[sentence.start : sentence.end]))


def goes_on(document: Document, section: int, item_end: int) -> bool:
    """Whether the list or table that an item stands in goes on below it."""
    after = sentences_in(document, item_end, document.sections[section].body_end)
    return bool(after) and after[0].item


def heads_table(document: Document, row: Sentence) -> bool:
    """Whether a row is the first of its table, which says what stands below it."""
    text = document.text
    above = text[: row.start].rstrip("\n").rpartition("\n")[2]
    return is_row(text[row.start : row.end]) and not is_row(above)


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
    deeper = _mark(document, below) if below else ""
    if sentence.item and deeper and deeper != _mark(document, sentence.start) and text[sentence.end - 1].isalpha():
        return True
    first = _FIRST.match(text, sentence.end, document.sections[section].body_end)
    return bool(first) and not sentence.item and sentence.worth > 0


def leans(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence cannot be read without the one before it ("Dit betekent dat …")."""
    return bool(_LEANS.match(document.text[sentence.start : sentence.end]))


def spans_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence spans, but a table row stays whole: half a row has lost what it is about.

    A short line that ends in a comma goes on in the next one, as under a decision: "de griffier," and the name; after
    several roles come as many names.
    """
    spans: list[tuple[int, int]] = []
    lines = [(start + line.start(), start + line.end()) for line in re.finditer(r"[^\n]+", text[start:end])]
    while lines:
        begin, stop = lines.pop(0)
        signed = _signed(text, (begin, stop), lines)
        for _ in range(signed):
            stop = lines.pop(0)[1]
        item = stop - begin <= _WHOLE_ITEM and _ITEM.match(text[begin:stop])
        whole = signed or item or is_row(text[begin:stop]) or _INTRODUCING.fullmatch(text, begin, stop)
        spans.extend([(begin, stop)] if whole else _split(text, begin, stop))
    return spans


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a line; of labelled figures that follow one another without a full stop, each by itself."""
    spans: list[tuple[int, int]] = []
    for begin, stop in sentence_spans(text, start, end):
        cuts = [match.start() for match in _LABELLED.finditer(text, begin, stop)]
        edges = [begin, *(cut + 1 for cut in cuts), stop + 1]
        spans.extend((a, b - 1) for a, b in pairwise(edges))
    return spans


def _signed(text: str, line: tuple[int, int], after: Sequence[tuple[int, int]]) -> int:
    """How many of the lines after one belong to it: those that it goes on in, and a name for each role."""
    taken = roles = 0
    while taken < len(after) and text[slice(*line)].rstrip().endswith(","):
        if line[1] - line[0] > _SIGNED and not _NAME.fullmatch(text, *after[taken]):
            break
        roles = text.count(",", *line)
        line = after[taken]
        taken += 1
    while taken < len(after) and roles > 1 and _NAME.fullmatch(text, *after[taken]):
        taken, roles = taken + 1, roles - 1
    return taken
