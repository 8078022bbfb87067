"""Questions to begin with, made from the headings of the indexed documents themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest

from assistant.document_words import PLACED_KINDS
from assistant.language import Language
from ingest.document import Document, Section
from ui.messages import text
from vectorstore.lexical import stems, words

MOST = 4
MOST_FOLLOW_UPS = 3

_NEAR = 4  # headings before and after a cited section
_ALL = 10_000

_NEUTER = frozenset({"beleidskader", "raadsvoorstel", "beleidsplan"})
"""Kinds with the article "het"; the others have "de"."""
_GENERIC = frozenset(
    "inleiding samenvatting samengevat aanleiding leeswijzer achtergrond conclusie slot slotbepalingen "
    "bijlage bijlagen totstandkoming opbouw reikwijdte looptijd status ambitie ambities doel doelen "
    "doelstellingen uitgangspunten visie missie kader beleidskader beleid context begrippen begripsbepalingen "
    "ondertekening voorstel uitwerking inhoud aandachtsvelden basisprincipe evaluatie hoofdstuk paragraaf "
    "situatie proces toelichting vaststelling".split()
)
_NOT_A_TOPIC = frozenset(
    "wat wie waar waarom wanneer hoe welke we wij ons onze ik jij je u uw van zo een is heeft wordt moet kan gaat "
    "neemt over".split()
)
_LOOSE = re.compile(r"^(?:[\s\]\[.,:;*#•–—-]+|[a-z]{1,2}[.)]\s+)+|[\s\[.,:;*#•–—-]+$", re.I)
"""What clings to a heading: half a pair of brackets, a letter that counts, a colon at the end."""

_PREFIX = re.compile(r"^(?:[^:]{1,12}\s*:\s*|visie op (?:de |het )?)", re.I)


def suggestions(documents: Iterable[Document], language: Language) -> list[str]:
    """At most four questions, spread over municipalities and documents; the same ones for the same index."""
    ordered = sorted(documents, key=lambda d: d.id)
    kinds = Counter((d.municipality, d.kind) for d in ordered)
    telling = ((d, topics) for d in _spread(ordered) if (topics := _topics(d)))
    asked = [[_question(d, topic, kinds, language) for topic in topics] for d, topics in islice(telling, MOST)]
    return [question for question in chain.from_iterable(zip_longest(*asked)) if question][:MOST]


def follow_ups(
    cited: Sequence[tuple[str, int]], documents: Mapping[str, Document], language: Language, asked: Collection[str] = ()
) -> list[str]:
    """Questions to go on with: what stands next to the sections that an answer cites, nearest first.

    `cited` are document ids with places in their outlines. Each question names its document, so that it stands
    alone; none is among those `asked` before.
    """
    kinds = Counter((d.municipality, d.kind) for d in documents.values())
    telling = {name: set(_topics(documents[name], _ALL)) for name, _ in cited}
    said = {question.lower() for question in asked}
    found: dict[str, None] = {}
    for name, section in _beside(cited, documents):
        topic = _topic(documents[name], documents[name].sections[section])
        if topic is not None and topic in telling[name]:
            question = _question(documents[name], topic, kinds, language)
            if question.lower() not in said:
                found[question] = None
    return list(found)[:MOST_FOLLOW_UPS]


def _beside(cited: Sequence[tuple[str, int]], documents: Mapping[str, Document]) -> Iterator[tuple[str, int]]:
    """The sections around those cited, the nearest of each first."""
    for distance in range(1, _NEAR + 1):
        for name, section in cited:
            for near in (section + distance, section - distance):
                if 0 <= near < len(documents[name].sections) and (name, near) not in cited:
                    yield name, near


def _spread(documents: list[Document]) -> list[Document]:
    """One document of each municipality first, then the second ones."""
    seen: Counter[str | None] = Counter()
    places = {}
    for document in documents:
        places[document.id] = (seen[document.municipality], document.id)
        seen[document.municipality] += 1
    return sorted(documents, key=lambda d: places[d.id])


def called(document: Document, documents: Iterable[Document], language: Language) -> str:
    """A document as a question names it: by kind and municipality where that tells it apart, else by its title."""
    return _called(document, Counter((d.municipality, d.kind) for d in documents), language)


def about_headings(document: Document, documents: Iterable[Document], language: Language) -> list[str]:
    """A question about every heading of a document that names a topic, the most telling first."""
    kinds = Counter((d.municipality, d.kind) for d in documents)
    return [_question(document, topic, kinds, language) for topic in _topics(document, _ALL)]


def _question(document: Document, topic: str, kinds: Counter[tuple[str | None, str | None]], language: Language) -> str:
    name = _called(document, kinds, language)
    return text("suggestion", language, document=name, topic=text("topic", language, topic=topic))


def _called(document: Document, kinds: Counter[tuple[str | None, str | None]], language: Language) -> str:
    alone = kinds[document.municipality, document.kind] == 1
    if document.municipality and document.kind in PLACED_KINDS and alone:
        key = "the-neuter" if document.kind in _NEUTER else "the-common"
        return text(key, language, kind=document.kind, municipality=document.municipality)
    return f"“{document.title}”"


def _topics(document: Document, most: int = MOST) -> list[str]:
    """What a document's headings are about, most telling first; a heading that returns in it tells nothing."""
    returning = Counter(s.title.lower() for s in document.sections)
    counted = Counter(stems(document.text))
    told: dict[str, int] = {}
    for section in document.sections:
        topic = _topic(document, section)
        if topic and returning[section.title.lower()] == 1:
            told.setdefault(topic, _weight(topic, section, document, counted))
    return sorted((t for t in told if told[t] > 0), key=lambda t: -told[t])[:most]


def _topic(document: Document, section: Section) -> str | None:
    """The topic that a heading names, as it reads in the middle of a sentence; None when it names none."""
    topic = _LOOSE.sub("", _PREFIX.sub("", _LOOSE.sub("", section.title)))
    said = words(topic)
    if section.kind != "body" or not 2 <= len(said) <= 8 or re.search(r"[?!…\d|()]", topic):
        return None
    if set(said) & (_GENERIC | _NOT_A_TOPIC) or set(said) <= set(words(document.title)):
        return None
    return topic if _is_name(topic.split()[0], document.text) else topic[0].lower() + topic[1:]


def _is_name(word: str, text: str) -> bool:
    """Whether a word has more capitals than one, or keeps its capital in mid-sentence and is never written small."""
    in_sentence = re.search(rf"[a-z,] {re.escape(word)}\b", text)
    small = re.search(rf"\b{re.escape(word[0].lower() + word[1:])}\b", text)
    return word[1:] != word[1:].lower() or (in_sentence is not None and small is None)


def _weight(topic: str, section: Section, document: Document, counted: Counter[str]) -> int:
    """How much a document speaks of a topic: how often it uses the rarest word of it, once the section has text."""
    long_enough = len(document.text[section.text_start : section.body_end].split()) >= 40
    named = set(stems(topic)) - set(stems(document.title))
    return min((counted[stem] for stem in named), default=0) if long_enough else 0
