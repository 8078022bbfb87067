"""What takes back some of a quote right after it: its exception, without which it says more than the document does.

"Iedereen betaalt een bijdrage." is not quoted without "Dit geldt niet voor kinderen." A sentence next to it is asked
whether it takes something back; of an article also the paragraphs below the one that is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.lists import list_after
from assistant.marks import mark_of
from assistant.quotable import Sentence
from ingest.document import Document

_MOST = 8  # items of an exception that is shown whole
_PARAGRAPHS = 3  # of an article below the one quoted, among which its exceptions are looked for
_NOT = r"(?:echter )?niet(?! alleen)"
_OPENS = re.compile(
    r"^(?:\d{1,2}[.)]\s+)?(?:echter|tenzij|behalve|behoudens|uitgezonderd|daarentegen|niettemin|in afwijking|"
    r"met uitzondering|(?:een )?uitzondering(?:en)?|(?:alleen|slechts|enkel) (?:als|indien|wanneer|in)|"
    r"(?:hier|daar)(?:van|op|voor) (?:\w+ ){1,2}(?:een )?(?:uitgezonderd|uitzondering|afgeweken)|"
    r"geen \w+ (?:is|zijn|wordt|worden|geldt)|"
    r"(?:dit|dat|deze \w+|het (?:eerste|tweede|derde|vierde|vorige|bepaalde)\b.{0,60}?) (?:geldt|gelden|is|zijn) "
    rf"{_NOT})\b",
    re.I,
)
"""How a sentence begins that takes something back."""
_SAYS = re.compile(
    rf"\b(?:(?:geldt|gelden) (?:\w+ )?{_NOT}|niet van toepassing|niet verplicht|niet verschuldigd|bij uitzondering|"
    r"(?:niet|geen)(?: \w+){0,3} (?:voorwaarde|verplichting|vereiste)|"
    r"(?:is|zijn|hierop|daarop)\b[^.]{0,40} uitzondering(?:en)? mogelijk)\b",
    re.I,
)
"""What a sentence says that takes something back, wherever it says it."""
_IN_ARTICLE = re.compile(r"^(?:artikel|art\.)\s", re.I)


def exceptions_after(document: Document, section: int, sentences: Sequence[Sentence], place: int) -> list[Sentence]:
    """What takes back some of the sentence at a place among those of a section, with the list that it introduces."""
    quoted = sentences[place]
    kind = mark_of(document, quoted).kind
    if kind == "number" and _IN_ARTICLE.match(document.sections[section].label):
        paragraphs = [s for s in sentences[place + 1 :] if mark_of(document, s).kind == kind][:_PARAGRAPHS]
        found = [s for s in paragraphs if _OPENS.match(document.text[s.start : s.end])]
    else:
        after = sentences[place + 1 : place + 2]
        found = [s for s in after if _is_beside(document, quoted, s) and takes_back(document.text[s.start : s.end])]
    return [one for sentence in found for one in (sentence, *_items_of(document, section, sentence))]


def takes_back(text: str) -> bool:
    """Whether a sentence takes back some of the one before it: "Dit geldt niet voor …", "… is geen voorwaarde"."""
    return bool(_OPENS.match(text) or _SAYS.search(text))


def _is_beside(document: Document, quoted: Sentence, after: Sentence) -> bool:
    """Whether a sentence goes on in the paragraph of the one before it."""
    return not (quoted.item or after.item) and "\n" not in document.text[quoted.end : after.start]


def _items_of(document: Document, section: int, sentence: Sentence) -> list[Sentence]:
    """The items of an exception that introduces a list, where these are few."""
    items = list_after(document, section, sentence.end) if document.text[sentence.end - 1] == ":" else []
    return items if len(items) <= _MOST else []
