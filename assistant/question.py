"""From what a person typed to what retrieval needs: language, scope, topic, and a stand-alone question.

Names of municipalities and documents say where to look; in the vector they would drown what to look for. So they
become the scope, and the topic is the question without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from assistant.language import Language, detect_language
from ingest.document import Document
from ingest.errors import InvalidQuestion
from ingest.municipalities import mentions, successor_of
from vectorstore.lexical import stems, words

MAX_CHARACTERS = 4000

_NAMED_KINDS = frozenset("programmabegroting raadsvoorstel beleidsregel verordening kadernota beleidsplan".split())
_TITLE_WORD = re.compile(r"\w*(?:nota|kader|plan|beleidsregel|verordening|begroting|visie|raadsvoorstel)$")
_INFLECTION = r"(?:['’]?s|se|sen|er|ers|naar|naren)?"
_UNLISTED = re.compile(r"\b(?:gemeente|municipality of)\s+([A-ZÀ-Ý][\w'’-]{2,})")
_CONNECTIVE = re.compile(r"^(?:en|and|maar|but|dus|so|ook|also)\b[ ,]*", re.I)
_ELLIPTIC = re.compile(r"^(?:hoe zit (?:het|dat)|what about|how about|waarom|why)\b.{0,25}$", re.I)
_REFERS_BACK = re.compile(
    r"\b(?:dat|die|dit|deze|daar|daarvan|daarover|daarbij|daarna|dan|hiervan|ze|zij|hij|erover|ervan|it|that|this|"
    r"those|these|they|them|there|then|he|she)\b",
    re.I,
)
_WHOLE = re.compile(r"^(?:wie|wat|welke?|waar|wanneer|hoe|hoeveel|who|what|which|where|when|how)\b", re.I)
_CORRECTION = re.compile(r"^(?:nee|no)\b[ ,]*(?:ik bedoel|i mean|i meant)?", re.I)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: the documents that are searched, and which names chose them.

    `unknown` holds municipalities that were named but of which nothing is indexed: then there is nothing to find.
    """

    documents: tuple[str, ...]
    municipalities: tuple[str, ...] = ()
    named: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What retrieval gets: the stand-alone question, its language, its scope, and its topic without names."""

    question: str
    standalone: str
    language: Language
    scope: Scope
    topic: str


_DOCUMENT_WORDS = frozenset(
    "beleidskader beleidskaders kader kaders kadernota beleidsnota nota notas document documenten beleidsstuk stuk "
    "raadsvoorstel programmabegroting beleidsplan framework frameworks document documents memorandum policy".split()
)


def is_document_word(term: str) -> bool:
    """Whether every word of a term only names the document that is asked, such as "beleidskader" or "framework"."""
    return all(word in _DOCUMENT_WORDS for word in words(term))


def check_question(question: str) -> str:
    """The question without surrounding space and control characters.

    Raises:
        InvalidQuestion: nothing is left of it, or it is too long to be a question.
    """
    cleaned = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", question).split())
    if not re.search(r"\w", cleaned):
        raise InvalidQuestion(
            "the question is empty. Ask something in Dutch or English, such as “Wat staat er over preventie?”"
        )
    if len(cleaned) > MAX_CHARACTERS:
        raise InvalidQuestion(
            f"the question has {len(cleaned)} characters (at most {MAX_CHARACTERS}). Ask one question at a time; "
            "texts to search through are added with: kaderwijzer ingest PATH"
        )
    return cleaned


def understand(
    question: str,
    documents: Iterable[Document],
    history: Sequence[str] = (),
    municipalities: Sequence[str] = (),
    only: Sequence[str] = (),
) -> Query:
    """Reads a question against the indexed documents and the earlier questions of the conversation.

    `municipalities` and `only` (document ids) limit the scope from outside, whatever the question names.

    Raises:
        InvalidQuestion: the question is empty or too long.
    """
    question = check_question(question)
    allowed = [
        d for d in documents if (not only or d.id in only) and (not municipalities or d.municipality in municipalities)
    ]
    earlier = [check_question(q) for q in history if re.search(r"\w", q)]
    language = detect_language(question)
    scope, topic = _scope_of(question, allowed)
    if not earlier or not _is_follow_up(question, topic, scope):
        return Query(question, question, language, scope, topic)
    return _joined(question, language, scope, topic, understand(earlier[-1], allowed, earlier[:-1]))


def _joined(question: str, language: Language, scope: Scope, topic: str, before: Query) -> Query:
    """A follow-up made whole: its own scope or else the earlier one, its own words on top of the earlier topic."""
    new_place = scope.named or bool(scope.unknown)
    kept = scope if new_place else before.scope
    own = _CONNECTIVE.sub("", _CORRECTION.sub("", topic)).strip()
    if not stems(own):
        joined = before.topic
    elif _WHOLE.match(own) and not _REFERS_BACK.search(own):  # "En wie is een mentor?": another topic, the same place
        joined = own[:1].upper() + own[1:]
    else:
        joined = f"{before.topic.rstrip('?!. ')}, {own}"
    place = ", ".join(kept.unknown or kept.municipalities)
    standalone = f"{joined} ({place})" if place else joined
    if not new_place and joined.startswith(before.topic.rstrip("?!. ")):  # the earlier question, with its names
        standalone = before.standalone if joined == before.topic else f"{before.standalone.rstrip('?!. ')}, {own}"
    short = len(words(question)) <= 3
    return Query(question, standalone, before.language if short else language, kept, joined)


def _is_follow_up(question: str, topic: str, scope: Scope) -> bool:
    """Whether a question cannot be understood without the one before it."""
    content = stems(_CORRECTION.sub("", topic))
    if not content or _CORRECTION.match(question):
        return True
    leans = _CONNECTIVE.match(question) or _ELLIPTIC.match(question) or _REFERS_BACK.search(question)
    return bool(leans) and not (scope.named and len(content) > 2)


def _scope_of(question: str, documents: list[Document]) -> tuple[Scope, str]:
    """The scope that a question names, and the question without those names."""
    spans = list(_municipality_spans(question, documents))
    named = {name for name, _, _ in spans}
    known = tuple(sorted({d.municipality for d in documents if d.municipality} & named))
    unknown = tuple(sorted(named - set(known)))
    chosen = [d for d in documents if d.municipality in known] if known else documents
    chosen, by_title = _named_documents(question, chosen, bool(known))
    if unknown and not known:
        chosen = []
    scope = Scope(tuple(d.id for d in chosen), known, bool(known) or by_title, unknown)
    return scope, _without(question, [(start, end) for _, start, end in spans])


def _municipality_spans(question: str, documents: list[Document]) -> Iterable[tuple[str, int, int]]:
    """Municipalities named in a question with their spans, under the name that the documents use.

    Indexed ones are recognised with endings ("Purmerendse"), by the name of their successor, and misspelled.
    """
    indexed = sorted({d.municipality for d in documents if d.municipality})
    taken: list[tuple[int, int]] = []
    for name in indexed:
        successor = successor_of(name)
        forms = [name, *([successor.successor] if successor and successor.successor else [])]
        for form in forms:
            for match in re.finditer(rf"(?<!\w){re.escape(form)}{_INFLECTION}(?!\w)", question, re.I):
                taken.append(match.span())
                yield name, *match.span()
    spelled = {_sounds(name): name for name in indexed}
    for match in re.finditer(r"[^\W\d_]{6,}", question):
        close = get_close_matches(_sounds(match[0]), spelled, n=1, cutoff=0.84)
        if close and not _overlaps(match.span(), taken):
            taken.append(match.span())
            yield spelled[close[0]], *match.span()
    elsewhere = [*mentions(question), *((m[1], m.start(1), m.end(1)) for m in _UNLISTED.finditer(question))]
    for name, start, end in elsewhere:
        is_name = question[start].isupper() or not question[start].isalpha() or (end - start > 4 and question.islower())
        if is_name and not _overlaps((start, end), taken):
            taken.append((start, end))
            yield name, start, end


def _sounds(name: str) -> str:
    """A name with the two spellings of one Dutch sound made one, for telling misspellings."""
    return name.lower().replace("ij", "y")


def _named_documents(question: str, documents: list[Document], in_place: bool) -> tuple[list[Document], bool]:
    """Those documents that the question calls by their kind or by a title word ("de sportnota"), else all."""
    said = set(words(question))
    for document_words in (_title_words, _kind_words):
        chosen = [d for d in documents if said & document_words(d, in_place)]
        if chosen and len(chosen) < len(documents):
            return chosen, True
    return documents, False


def _title_words(document: Document, _: bool) -> set[str]:
    general = {"nota", "kader", "plan", "visie", "beleidskader", "beleidsplan"}
    return {w for w in words(document.title) if _TITLE_WORD.match(w)} - general


def _kind_words(document: Document, in_place: bool) -> set[str]:
    kind = document.kind or ""
    return {kind} if kind in _NAMED_KINDS or (in_place and kind == "beleidskader") else set()


def _without(question: str, spans: list[tuple[int, int]]) -> str:
    """The question with names taken out, and with them the little words that tied them to it."""
    text = question
    for start, end in sorted(spans, reverse=True):
        before = re.sub(
            r"(?:\b(?:van|in|voor|uit|binnen|volgens|of|by|for|at|according to)\s+)?(?:\b(?:de|het|the)\s+)?"
            r"(?:\b(?:gemeente|municipality of)\s+)?$",
            "",
            text[:start],
            flags=re.I,
        )
        text = f"{before.rstrip()} {text[end:].lstrip()}"
    text = re.sub(r"\s+([?!.,])", r"\1", " ".join(text.split())).strip(" ,")
    return text if re.search(r"\w", text) else question if not spans else ""


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
