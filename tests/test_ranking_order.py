"""The learnt order: what it looks at, that its weights are sound, and that learning finds what it should."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.ranking import FEATURES, features, ranked, weights
from assistant.retriever import Parts, retrieve
from assistant.terms import PART, Asked, asked_terms
from evals.learn import Example, cross_validated, figures, learn
from tests.building import MODEL, VERHUIZEN, make_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    text = VERHUIZEN + "2.3 Jeugdhulp\nDe gemeente helpt jongeren en hun ouders. Aanvragen kan bij het wijkteam.\n"
    return make_assistant(tmp_path_factory.mktemp("order"), {"wonen.txt": text})


def asked(found, topic):
    return Asked(asked_terms(topic, "nl"), "nl", found.generation.lexical)


def candidates(assistant, question):
    found = assistant.search(question)
    hits = retrieve(found.generation, MODEL, found.query, k=50, parts=Parts(learnt_order=False))
    return found, hits


def test_every_feature_has_a_weight_in_both_languages_and_nearness_counts_once():
    for language in ("nl", "en"):
        assert set(weights()[language]) == set(FEATURES)
        assert weights()[language]["sought"] + weights()[language]["window"] == pytest.approx(1, abs=1e-3)


def test_features_have_one_row_a_candidate_and_the_nearest_is_zero(assistant):
    found, hits = candidates(assistant, "sociale huur")
    rows = features(found.generation, "sociale huur", asked(found, "sociale huur"), hits)
    assert rows.shape == (len(hits), len(FEATURES))
    assert rows[:, 0].max() == 0
    coverage = rows[:, list(FEATURES).index("coverage")]
    assert (coverage >= 0).all()
    assert (coverage <= 1).all()


def test_a_compound_covers_its_part_and_the_part_half_of_its_compound(assistant):
    found, hits = candidates(assistant, "hulp aan jeugd")
    place = next(
        i
        for i, h in enumerate(hits)
        if "Jeugdhulp"
        in found.generation.documents["wonen"].text[
            found.generation.passages[h.passage].start : found.generation.passages[h.passage].end
        ]
    )
    coverage = list(FEATURES).index("coverage")
    assert features(found.generation, "jeugd", asked(found, "jeugd"), hits)[place, coverage] == 1
    longer = asked(found, "jeugdhulpverlening")
    assert features(found.generation, "jeugdhulpverlening", longer, hits)[place, coverage] == PART
    assert features(found.generation, "zwembad", asked(found, "zwembad"), hits)[place, coverage] == 0


def test_the_order_follows_the_scores_and_counts_from_one(assistant):
    found, hits = candidates(assistant, "Wat doet de gemeente voor ouderen?")
    order = ranked(found.generation, "ouderen", asked(found, "ouderen"), hits, "nl", 0.5)
    assert [hit.rank for hit in order] == list(range(1, len(hits) + 1))
    assert sorted(order, key=lambda hit: -hit.score) == order
    assert {hit.passage for hit in order} == {hit.passage for hit in hits}
    assert ranked(found.generation, "ouderen", asked(found, "ouderen"), [], "nl", 0.5) == []


def test_a_bare_heading_stands_as_much_lower_as_it_is_told(assistant):
    found, hits = candidates(assistant, "Wat we doen")
    bare = next(h.passage for h in hits if found.generation.passages[h.passage].heading_only)
    scores = {
        p: {h.passage: h.score for h in ranked(found.generation, "doen", asked(found, "doen"), hits, "nl", p)}
        for p in (0.0, 2.0)
    }
    assert scores[0.0][bare] - scores[2.0][bare] == pytest.approx(2)
    assert all(scores[0.0][p] == scores[2.0][p] for p in scores[0.0] if p != bare and p not in bares(found, hits))


def bares(found, hits):
    return {h.passage for h in hits if found.generation.passages[h.passage].heading_only}


TELLING = list(FEATURES).index("coverage")


def made(count: int, telling: int, seed: int = 1) -> list[Example]:
    """Questions whose right passage is told by one feature, among noise."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        rows = random.normal(size=(12, len(FEATURES)))
        rows[0, telling] += 4
        rows[0, :2] += 1
        found.append(Example("nl", rows, np.arange(12) == 0))
    return found


def test_learning_finds_the_feature_that_tells():
    weights = learn(made(60, telling=TELLING))
    assert np.argmax(np.abs(weights)) == TELLING
    assert weights[0] + weights[list(FEATURES).index("window")] == pytest.approx(1)


def test_what_was_learnt_holds_for_questions_that_were_not_seen():
    given = made(60, telling=TELLING)
    first, learnt = figures(given, None), figures(given, cross_validated(given))
    assert float(learnt.split()[1]) > 0.8
    assert first.startswith("hit@1 1.000")  # the right one is written first here: the first order is right by itself
