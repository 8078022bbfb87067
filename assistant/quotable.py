"""What an answer may quote of a document: its sentences, list items and table rows, each whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.terms import HEADED
from ingest.blocks import BULLETS
from ingest.document import Document, Passage
from ingest.sentences import HEADWORD, sentence_spans
from vectorstore.lexical import stems, stop_words, words

MAX_LIST = 40  # items of a list; of a longer one an answer says that it goes on
_SIGNED = 60  # characters of a line that may end in a comma and go on in the next: "de griffier," and a name
_STATED = frozenset({"title", "valid", "identifier", "permalink", "permalink_current"})
"""Lines of a document about itself, which only a question for them is answered with (`assistant.facts`)."""

_FRONT = re.compile(
    r"(?:gemeente|provincie|waterschap) [A-Z][\w’'-]*(?: [\w’'-]+){0,3}\.?|"
    r"(?:vastgesteld|besloten|bekendgemaakt|gepubliceerd|geldend|geldig)(?: (?:op|vanaf|van|sinds|per|d\.d\.)|:)? "
    r"\d{1,2}[- /.]\w+[- /.]\d{2,4}\b[^.!?]{0,40}\.?",
    re.I,
)
"""A line at the top of a document that says whose it is or from when: "Gemeente Zandwijk"."""
_VOID = re.compile(r"[\[(]?(?:vervallen|gereserveerd|ingetrokken)[\])]?\.?", re.I)
"""All that a section says which is no longer in force."""
_STRAY_WORDS = 6
_STRAY = re.compile(r"[^\d.,:;!?|()“”‘’\"]+")
"""A line of a few words that states nothing: the caption of a photo, or a heading that nobody marked."""
_LEGEND = re.compile(r"^\*(?=[^\s*])[^*]*$")
"""What a star in the text refers to: "*Dit woord staat in de woordenlijst"."""
_INTRODUCING = re.compile(r"[^.\n]{3,120}:")
"""A line that introduces what comes below it, also by a question and a name: "Wat is er nodig? ‘Samenwerken’:"."""
_FIGURE = re.compile(r"[^.;|\n]{2,140}: [^:\n]{0,60}\d")
"""A figure with its label, as one of several that stand below one another: "Huur: 40%"."""
_LABELLED = re.compile(r"(?<=\S) (?=[A-ZÀ-Ý][^:.,;|%\n]{1,60}: [^:\n]{0,40}\d)")
"""Where the next of some labelled figures begins that stand on one line: "Huur: 40% Koop: 60%"."""
_WHOLE_ITEM = 240  # characters of an item that is quoted whole, though it has several sentences
_LABEL = re.compile(
    r"(?:(?:lid|artikel|ad|onderdeel|sub)\s+(?:\d{1,3}|[a-z])[a-z]?|intitulé|permanente link|"
    r"naar de actuele versie van de regeling|(?:zie )?(?:de )?(?:afbeelding|figuur)(?: \d{1,2}| binnen de regeling)?|"
    r"(?:\d{1,3}\s+)?(?:https?\S{0,3}://|www\.)\S+)\W*",
    re.I,
)
"""A line that says nothing: what comes next in an article, a link, a word in the place of a picture."""
_ITEM = re.compile(rf"^(?:[{BULLETS}]|\d{{1,2}}[.)°]{{1,2}}|\(?(?:[a-z]|[ivx]{{1,5}})[.)])\s")
_ENTRY = re.compile(r"[^\W\d_][^:.;|\n]{0,60}: \S[^\n|]*[;.]")
_BULLET = re.compile(rf"^[{BULLETS}]\s+(?:\d{{1,2}}[.)]\s+(?=\S))?")
_NAME = re.compile(
    r"\s*(?!(?:De|Het|Een|Onze|Dit|Deze)\b)"
    r"(?:(?:drs|mr|dr|ir|ing|prof)\.? )*[A-Z][\w.’'-]*(?: (?:van|de|der|den|ter|ten|[A-Z][\w.’'-]*))*\s*"
)
"""A line that is a person's name and nothing else."""
_ROLE = re.compile(
    r"\W*(?:(?:de|het|namens|loco)[\s-]+)*(?:gemeente|raads|wijk)?"
    r"(?:griffier|voorzitter|secretaris|burgemeester(?! en)|wethouder|directeur|bestuurder)\b",
    re.I,
)
"""How the line begins that says in which office somebody signs."""
_PLACE = re.compile(r"(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|(?:de|het) \w+ voornoemd),\s*")
"""A line above the names of those who signed that says nothing by itself: the place, "de raad voornoemd,"."""
_ANNOUNCES = re.compile(r":(?=\s*\n| +(?:\d{1,2}|[a-z])[.)] | +\S[^\n.:]{2,200}[,;])")
_LEAD = 150  # characters before a colon that may announce what comes after it
_LEAD_BREAKS = re.compile(r"[\n:.!?]")
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
    front = document.sections[1].start if passage.section == 0 and len(document.sections) > 1 else 0
    return [
        s
        for s in sentences
        if not any(begin <= s.start and s.end <= end for begin, end in stated)
        and not (s.end <= front and _FRONT.fullmatch(document.text, s.start, s.end))
    ]


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
        item = bool(_ITEM.match(text)) or is_row(text) or is_entry(document.text, begin, end) or is_signature(text)
        bullet = _BULLET.match(text)
        begin += bullet.end() if bullet else 0  # a number says something, a bullet does not
        says = re.search(r"\w" if is_row(text) else r"[^\W\d_]{2,}", text)
        if says and not _LABEL.fullmatch(text):
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

    if _VOID.fullmatch(text, start, end):
        return False
    alone = (start == 0 or text[start - 1] == "\n") and not _ITEM.match(text[start:end])
    if not (alone and text[end : end + 1] in ("", "\n") and is_bare(text[start:end])):
        return False
    above = text[:start].rstrip("\n").rpartition("\n")[2]
    below = text[end:].lstrip("\n").partition("\n")[0]
    return not (above.endswith((":", ",")) or is_bare(above) or is_bare(below) or _NAME.fullmatch(text, start, end))


def announced(text: str) -> list[str]:
    """What a text says before a colon, where an enumeration comes after it, on the same line or in items."""
    colons = (match.start() for match in _ANNOUNCES.finditer(text))
    leads = (_LEAD_BREAKS.split(text[max(colon - _LEAD, 0) : colon])[-1] for colon in colons)
    return [lead for lead in leads if len(lead) > 2]


def is_entry(text: str, start: int, end: int) -> bool:
    """Whether a span is one of several lines that each say something of what stands before their colon.

    "Lijst Haven: mevrouw Bos;" and "Lijst Dijk: de heer Kip." below one another are a list without bullets.
    """

    def is_one(line: str) -> bool:
        return bool(_ENTRY.fullmatch(line))

    if not is_one(text[start:end]) or (start and text[start - 1] != "\n") or text[end : end + 1] not in ("", "\n"):
        return False
    above, below = line_above(text, start), line_below(text, end)
    follows = is_one(above) and above.endswith(";")
    return follows or (text[end - 1] == ";" and is_one(below))


def line_above(text: str, at: int) -> str:
    """The line above the one that begins at a place in a text, without the empty ones between."""
    while at and text[at - 1] in "\n ":
        at -= 1
    return text[text.rfind("\n", 0, at) + 1 : at]


def line_below(text: str, at: int) -> str:
    """The line below the one that ends at a place in a text, without the empty ones between."""
    while at < len(text) and text[at] in "\n ":
        at += 1
    end = text.find("\n", at)
    return text[at : len(text) if end < 0 else end].rstrip()


def is_row(text: str) -> bool:
    """Whether a text is a row of a table."""
    return " | " in text


def states_figure(text: str) -> bool:
    """Whether a text is one of a row of figures, each with its label: the others are about other things."""
    return is_row(text) or bool(_FIGURE.match(text))


def goes_on(document: Document, section: int, item_end: int) -> bool:
    """Whether the list or table that an item stands in goes on below it."""
    after = sentences_in(document, item_end, document.sections[section].body_end)
    return bool(after) and after[0].item


def heads_table(document: Document, row: Sentence) -> bool:
    """Whether a row is the first of its table, which says what stands below it."""
    text = document.text
    above = text[: row.start].rstrip("\n").rpartition("\n")[2]
    return is_row(text[row.start : row.end]) and not is_row(above)


def spans_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence spans, but a table row stays whole: half a row has lost what it is about.

    A short line that ends in a comma goes on in the next one, as under a decision: "de griffier," and the name; after
    several roles come as many names. The place and the body above the first of them ("Zandwijk,", "de raad voornoemd,")
    say nothing by themselves.
    """
    spans: list[tuple[int, int]] = []
    lines = [(start + line.start(), start + line.end()) for line in re.finditer(r"[^\n]+", text[start:end])]
    while lines:
        begin, stop = lines.pop(0)
        signed = _signed(text, (begin, stop), lines)
        joined = [(begin, stop), *(lines.pop(0) for _ in range(signed))]
        stop = joined[-1][1]
        above, begin = _above_names(text, joined)
        spans.extend(above)
        item = stop - begin <= _WHOLE_ITEM and _ITEM.match(text[begin:stop])
        listed = is_row(text[begin:stop]) or is_entry(text, begin, stop)
        whole = signed or item or listed or _INTRODUCING.fullmatch(text, begin, stop)
        spans.extend([(begin, stop)] if whole else _split(text, begin, stop))
    return spans


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a line; of labelled figures that follow one another without a full stop, each by itself."""
    spans: list[tuple[int, int]] = []
    sentences = sentence_spans(text, start, end)
    head = HEADWORD.match(text, start, end)
    if head and len(sentences) > 1 and stems(head["term"]) and not stop_words() & set(words(head["term"])):
        sentences[:2] = [(sentences[0][0], sentences[1][1])]  # a term is nothing without what it means
    for begin, stop in sentences:
        edges = [begin]
        for match in _LABELLED.finditer(text, begin, stop):
            if _FIGURE.match(text, edges[-1], match.start()):  # a figure with its label is complete
                edges.append(match.start() + 1)
        edges.append(stop + 1)
        spans.extend((a, b - 1) for a, b in pairwise(edges))
    return spans


def _above_names(text: str, lines: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
    """What stands above the place and the body in whose name somebody signs, and where the office begins below them."""
    role = next((n for n, (start, _) in enumerate(lines) if _ROLE.match(text, start)), 0)
    said = list(lines[:role])
    while said and _PLACE.fullmatch(text, *said[-1]):
        said.pop()
    if len(said) == role:
        return [], lines[0][0]
    return ([(said[0][0], said[-1][1])] if said else []), lines[role][0]


def is_signature(text: str) -> bool:
    """Whether a text is an office with the name of who holds it, on lines of their own."""
    return "\n" in text and any(_ROLE.match(line) for line in text.split("\n"))


def _signed(text: str, line: tuple[int, int], after: Sequence[tuple[int, int]]) -> int:
    """How many of the lines after one belong to it: those that it goes on in, and a name for each role.

    An item goes on in no other: "- rust," and "- groen" are two.
    """
    taken = roles = 0
    while taken < len(after) and text[slice(*line)].rstrip().endswith(","):
        if _ITEM.match(text[slice(*line)]) or _ITEM.match(text[slice(*after[taken])]):
            break
        if line[1] - line[0] > _SIGNED and not _NAME.fullmatch(text, *after[taken]):
            break
        roles = text.count(",", *line)
        line = after[taken]
        taken += 1
    while taken < len(after) and roles > 1 and _NAME.fullmatch(text, *after[taken]):
        taken, roles = taken + 1, roles - 1
    return taken
