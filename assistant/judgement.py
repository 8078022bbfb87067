"""Whether the passages found answer the question at all: a calibrated judgement on measured features.

The features are relative to the index: nearness counts standard deviations above what off-topic questions reach on it
(`vectorstore.background`, measured at every ingest and kept in the manifest), and words count by how rare they are in
it. So the same weights set another threshold on another index or model. The weights are data (`judgement.tsv`): a
logistic model for each language, learnt by `python -m evals.learn_judgement` from the development half of the question
sets.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter

from assistant.expected import FIGURE, Expected, expected_of
from assistant.kinds import asked_kinds, is_event
from assistant.language import Language
from assistant.query import Query
from assistant.ranking import defines
from assistant.rows import labelled
from assistant.terms import SYNONYM, Asked, terms_of
from assistant.weights import read_weights
from ingest.document import Document
from ingest.sentences import sentence_spans
from vectorstore.generation import Generation
from vectorstore.lexical import stems
from vectorstore.search import Hit

FEATURES: dict[str, str] = {
    "agreed": "how many halves of the search, the one by nearness and the one by words, put the first passage first",
    "window": "how much nearer the nearest few sentences are to the topic than to questions about anything else",
    "spoken": "the mean of the same over the ten best passages, as far as the first does not hold what was asked: high "
    "where the documents speak of it at length in other words",
    "coverage": "share of what was asked that the first passage holds",
    "together": "largest share that one sentence, with the one before it and the headings above it, holds",
    "first": "the same in the first passage, in a sentence that holds the amount, date, name or reason asked",
    "kind": "what the share of one sentence loses when the sentence must hold the amount, date, name or reason asked",
    "defined": "1 where a meaning was asked and a passage read has an entry for it; 0.3 where one explains something",
    "numbers": "how many figures of the question occur in none of the passages read",
    "event": "1 where the question says that something was ended or changed, and none of the passages read says so",
    "terms": "logarithm of the number of things asked",
    "size": "logarithm of the number of passages searched: of more passages, the nearest is nearer by chance",
}
"""What is looked at in a question with its hits, and in which unit."""

_READ = 5  # hits that are looked into
_HALVES: tuple[Callable[[Hit], float], ...] = (attrgetter("sought"), attrgetter("lexical"))
_COUNT = re.compile(
    r"(?:\b(?:de|die|deze|alle|welke|the|those|these|all|which)\s+|(?:^|[:,]\s*))(?:\d|1[0-2])(?=\s+[a-z]+|\W*$)"
    r"|\b(?:\d|1[0-2])\s+(?=(?:\w+e\s+)?\w*(?:doelen|punten|stappen|principes|regels|pijlers|rollen|thema['’]?s|fasen|fases|"
    r"goals|points|steps|principles|rules|pillars|roles|themes|phases)\b)",
    re.I,
)
"""How many of something there are, as a question counts them: a text need not say how many it lists."""

Evidence = Mapping[str, float]
"""The features of one question by name."""


def measure(generation: Generation, query: Query, hits: Sequence[Hit]) -> Evidence:
    """The features of a query and its hits, best hit first; of no hits, the least that there can be."""
    topic = query.topic or query.standalone
    read = [h for h in hits if not generation.passages[h.passage].heading_only][:_READ]
    if not read:
        return dict.fromkeys(FEATURES, 0.0) | {"window": -10.0, "spoken": -10.0}
    asked = Asked(terms_of(query), query.language, generation.lexical)
    expected = expected_of(query.added or topic, asked.terms, query.scope.municipalities)
    there = [generation.passage_stems(h.passage) for h in read]
    union = frozenset().union(*there)
    held = asked.held(there[0])
    coverage = held.words + SYNONYM * held.synonyms
    together, of_kind = _in_one_place(generation, expected, asked, read)
    ten = hits[:10]
    text = " ".join(_text(generation, h) for h in read)
    found = {
        "agreed": float(sum(max(hits, key=by).passage == read[0].passage for by in _HALVES)),
        "window": max(h.window for h in read),
        "spoken": (1 - coverage) * sum(h.window for h in ten) / len(ten),
        "coverage": coverage,
        "together": together,
        "first": _in_one_place(generation, expected, asked, read[:1])[1],
        "kind": together - of_kind,
        "defined": max(defines(generation, h, asked) for h in read) if "definition" in asked_kinds(topic) else 0.0,
        "numbers": float(sum(figure not in text for figure in set(FIGURE.findall(_COUNT.sub(" ", topic))))),
        "event": float(any(is_event(word) for term, _ in asked.missing(union) for word in term.said.split())),
        "terms": math.log(1 + len(asked.terms)),
        "size": math.log(1 + sum(len(generation.documents[name].passages) for name in query.scope.documents)),
    }
    return {name: round(found[name], 4) for name in FEATURES}


def confidence(evidence: Evidence, language: Language) -> float:
    """The probability that the passages answer the question, calibrated so that one half is the threshold."""
    weights = read_weights("judgement.tsv")[language]
    logit = weights["bias"] + sum(weights[name] * evidence[name] for name in FEATURES)
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, logit)))), 4)


def _in_one_place(generation: Generation, expected: Expected, asked: Asked, read: Sequence[Hit]) -> tuple[float, float]:
    """The largest share of what was asked in one sentence with its surroundings, and the same of the kind asked."""
    best = of_kind = 0.0
    reason = expected.kinds == {"reason"}  # which may stand beside what it explains
    for hit in read:
        document = generation.document_of(hit.passage)
        above = generation.path_stems(hit.passage)
        before = 0
        sentences = list(_sentences(document, generation, hit))
        for (start, end), (_, stop) in zip(sentences, [*sentences[1:], *sentences[-1:]], strict=True):
            own = labelled(document, start, end)
            held = asked.held(above | frozenset(stems(f"{document.text[before or start : start]} {own}")))
            share = held.words + SYNONYM * held.synonyms
            best = max(best, share)
            told = document.text[before or start : stop]
            if share > of_kind and expected.held_in(told if reason else own):
                of_kind = share
            before = start
    return best, of_kind


def _sentences(document: Document, generation: Generation, hit: Hit) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a passage; a table row is one."""
    passage = generation.passages[hit.passage]
    for line in re.finditer(r"[^\n]+", document.text[passage.start : passage.end]):
        start, end = passage.start + line.start(), passage.start + line.end()
        yield from [(start, end)] if " | " in line[0] else sentence_spans(document.text, start, end)


def _text(generation: Generation, hit: Hit) -> str:
    passage = generation.passages[hit.passage]
    return generation.documents[passage.document_id].text[passage.start : passage.end]
