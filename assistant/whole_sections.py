"""A section whose title is what a question asks about: "wat is het doel van het kader" and "1.2 Doel van het kader".

Such a section is the answer as it stands: its author put under that title what there is to say about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.lists import lead_above, list_after
from assistant.naming import names_of
from assistant.quotable import Excerpt, Sentence, is_row, sentences_in
from assistant.quotes import tells
from assistant.terms import Asked
from ingest.document import Document, Section
from vectorstore.lexical import stems, words

_PARTS = re.compile(r"[()\[\]:;–—]|\s-\s")
_AT_LEAST = 3  # sentences of a section that can be an answer by themselves
_BESIDE = 1  # words of a title that the question does not say, where it says two or more


def sections_titled(found: Sequence[tuple[Document, int]], asked: Asked) -> list[tuple[Document, int]]:
    """The sections of the document found first whose title says what is asked about, all of it before a part of it.

    Where the whole title does, the section counts though it was not found itself.
    """
    if not found:
        return []
    document = found[0][0]
    own = list(dict.fromkeys(section for other, section in found if other.id == document.id))
    whole = [n for n in dict.fromkeys((*own, *range(len(document.sections)))) if _is_all(document, n, asked)]
    parts = [n for n in own if _is_part(document.sections[n], document, asked)]
    return [(document, section) for section in dict.fromkeys((*whole, *parts))]


def _is_all(document: Document, section: int, asked: Asked) -> bool:
    said = tells(document.sections[section]) and document.sections[section].kind != "preamble"
    return said and _says(document.sections[section].title, asked, document, beside=0)


def _is_part(section: Section, document: Document, asked: Asked) -> bool:
    return any(
        _says(part, asked, document, _BESIDE if len(asked.terms) > 1 else 0) for part in _PARTS.split(section.title)
    )


def _says(title: str, asked: Asked, document: Document, beside: int) -> bool:
    """Whether a title says all that is asked about, and besides the name of its document few other words.

    Where nothing but that name is asked, no title says it.
    """
    there = {stem for word in words(title) for stem in stems(word)}
    wanted = [[way for way in (*term.ways, *term.synonyms) if there.issuperset(way)] for term in asked.terms]
    if not wanted or not all(wanted):
        return False
    (only, *others), own = asked.terms, tuple(stems(asked.terms[0].said))
    if not others and wanted[0] == [own] and only.said not in words(title):
        return False  # "open" is not what stands under "Opening"
    said = {stem for ways in wanted for way in ways for stem in way}
    known = {stem for name in names_of(document) for stem in stems(name)}
    return not said <= known and len(there - said - known) <= beside


def whole_section(document: Document, section: int, most: int) -> list[Excerpt]:
    """The text of a section from its beginning, up to a number of sentences, with the list that the last one is in."""
    own = document.sections[section]
    sentences = sentences_in(document, own.text_start, own.body_end)
    if len(sentences) < _AT_LEAST or any(is_row(document.text[s.start : s.end]) for s in sentences[:most]):
        return []
    kept = [*sentences[:most], *_rest_of_list(document, section, sentences, most)]
    return [Excerpt(document.id, section, s.start, s.end, s.item) for s in kept]


def _rest_of_list(document: Document, section: int, sentences: Sequence[Sentence], most: int) -> list[Sentence]:
    """What comes of a list after the last of the sentences that are shown."""
    last = sentences[:most][-1]
    lead = last if document.text[last.end - 1] == ":" else lead_above(document, sentences[: most - 1], last)
    if lead is None:
        return []
    return [item for item in list_after(document, section, lead.end) if item.start >= last.end]
