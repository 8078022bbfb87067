"""The terms of a question, what they weigh, and how much of them a text holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.glossary import _lines
from assistant.terms import PART, SYNONYM, Asked, asked_terms
from vectorstore.lexical import LexicalIndex, Term, stems, words

TEXTS = [
    "jeugdhulp voor gezinnen in de wijk",
    "eenzaamheid en sociaal isolement onder ouderen",
    "bomen in de wijk en bankjes in de wijk",
    "ouderen in de wijk krijgen 25 hofjes",
]
INDEX = LexicalIndex.build(TEXTS)
WORDS = (
    "jeugd jeugdhulp gezinnen wijk eenzaamheid ouderen bomen hofjes bankjes zwembad 25 kermis subsidie de het".split()
)
TOPICS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
STEMS = st.frozensets(st.sampled_from(stems(" ".join([*WORDS, "isolement", "sociaal"]))))


def stem_of(word: str) -> str:
    (stem,) = stems(word)
    return stem


def said(topic, language="nl") -> list[str]:
    return [term.said for term in asked_terms(topic, language)]


def asked(topic, language="nl") -> Asked:
    return Asked(asked_terms(topic, language), language, INDEX)


def a_term(*, ways="", synonyms="") -> Term:
    return Term("x", *(tuple(tuple(stems(way)) for way in given.split("; ") if way) for given in (ways, synonyms)))


def test_function_words_are_no_terms():
    assert said("Wat staat er over de hofjes in het park?") == ["hofjes", "park"]
    assert asked_terms("wat is het", "nl") == ()


def test_terms_come_in_the_order_of_the_question():
    assert said("Kwabbernoot tegen eenzaamheid", "nl") == ["kwabbernoot", "eenzaamheid"]
    assert said("kwabbernoot against loneliness", "en") == ["kwabbernoot", "loneliness"]


@given(TOPICS)
def test_every_word_of_a_topic_is_in_one_term(topic):
    kept = [word for term in asked_terms(topic, "nl") for word in term.said.split()]
    assert sorted(kept) == sorted({word for word in words(topic) if stems(word)})


@given(st.text(max_size=80), st.sampled_from(["nl", "en"]))
def test_any_text_has_terms_that_can_be_looked_for(topic, language):
    for term in asked_terms(topic, language):
        assert term.ways or term.synonyms
        assert all(way and all(way) for way in (*term.ways, *term.synonyms))


def test_no_word_is_its_own_synonym():
    given = [line.split("\t")[:2] for line in _lines()]
    terms = [term for language, said in given for term in asked_terms(said, language)]
    assert [term.said for term in terms if set(term.ways) & set(term.synonyms)] == []


@pytest.mark.parametrize("topic", ["eenzaamheid eenzaamheid", "zwembad, zwembad"])
def test_a_word_said_twice_is_asked_once(topic):
    assert len(said(topic)) == 1


def test_a_phrase_said_twice_is_asked_once():
    assert said("mental health and more mental health", "en") == ["mental health"]


def test_the_longest_phrase_of_the_glossary_is_the_term():
    assert said("mental health care for the elderly", "en") == ["mental health care", "elderly"]


def test_a_dutch_question_keeps_its_own_words_before_their_synonyms():
    (term,) = asked_terms("eenzaamheid", "nl")
    assert term.ways == ((stem_of("eenzaamheid"),),)
    assert tuple(stems("sociaal isolement")) in term.synonyms


def test_translations_of_an_english_word_are_ways_to_say_just_that():
    (term,) = asked_terms("loneliness", "en")
    assert (stem_of("eenzaamheid"),) in term.ways
    assert (stem_of("loneliness"),) in term.ways
    assert term.synonyms == ()


def test_without_the_glossary_only_the_words_themselves_are_asked():
    terms = asked_terms("eenzaamheid onder ouderen", "nl", glossary=False)
    assert [(term.ways, term.synonyms) for term in terms] == [
        (((stem_of("eenzaamheid"),),), ()),
        (((stem_of("ouderen"),),), ()),
    ]


def test_words_for_the_document_are_left_out_as_long_as_others_remain():
    assert said("wat zegt het beleidskader over bomen") == ["bomen"]
    assert said("policy framework about trees", "en") == ["trees"]
    assert said("het beleidskader") == ["beleidskader"]


def test_a_text_that_is_the_topic_itself_holds_all_of_it():
    held = asked("jeugdhulp voor gezinnen").held(frozenset(stems("gezinnen met jeugdhulp")))
    assert held.words == pytest.approx(1)
    assert held.synonyms == 0


def test_a_text_about_something_else_holds_nothing():
    held = asked("jeugdhulp voor gezinnen").held(frozenset(stems("bomen")))
    assert (held.words, held.synonyms) == (0, 0)


def test_a_rare_word_is_a_larger_share_than_a_common_one():
    terms = asked("bankjes in de wijk")
    assert terms.held({stem_of("bankjes")}).words > 0.5 > terms.held({stem_of("wijk")}).words


def test_a_synonym_is_counted_apart_and_only_where_the_word_itself_is_lacking():
    terms = Asked([a_term(ways="eenzaamheid", synonyms="sociaal isolement")], "nl", INDEX)
    only, both = (
        terms.held(frozenset(stems(text))) for text in ("sociaal isolement", "eenzaamheid; sociaal isolement")
    )
    assert (only.words, only.synonyms) == (0, 1)
    assert (both.words, both.synonyms) == (1, 0)


def test_of_a_phrase_half_the_words_are_half_of_it():
    assert Asked([a_term(ways="sociaal isolement")], "nl", INDEX).held({stem_of("isolement")}).words == 0.5


def test_a_synonym_is_worth_less_than_the_word_itself():
    terms = Asked([a_term(ways="eenzaamheid", synonyms="isolement")], "nl", INDEX)
    itself, other = (terms.worth({stem_of(word)}) for word in ("eenzaamheid", "isolement"))
    assert itself == pytest.approx(INDEX.weight(stem_of("eenzaamheid")))
    assert other == pytest.approx(SYNONYM * itself)


def test_a_compound_holds_its_part_and_the_part_half_of_the_compound():
    assert asked("jeugd").held({stem_of("jeugdhulp")}).words == 1
    assert Asked([a_term(ways="jeugdhulpregio")], "nl", INDEX).held({stem_of("jeugdhulp")}).words == PART


def test_what_is_missing_is_named_with_its_weight():
    (missing,) = asked("bomen en kermis").missing({stem_of("bomen")})
    assert missing[0].said == "kermis"
    assert missing[1] == pytest.approx(INDEX.weight(stem_of("kermis")))


def test_what_is_held_by_a_synonym_is_not_missing():
    terms = Asked([a_term(ways="eenzaamheid", synonyms="isolement")], "nl", INDEX)
    assert terms.missing({stem_of("isolement")}) == []


def test_an_english_word_that_nobody_knows_weighs_less_than_a_translated_one():
    terms = asked("kwabbernoot loneliness 1999", "en")
    weights = {term.said: weight for term, weight in zip(terms.terms, terms.weights, strict=True)}
    unknown = INDEX.weight("kwabbernoot")
    assert weights["kwabbernoot"] < weights["loneliness"] < unknown
    assert weights["1999"] == pytest.approx(unknown)
    assert asked("kwabbernoot").weights == (pytest.approx(unknown),)


@given(TOPICS, STEMS, STEMS)
def test_shares_lie_between_nought_and_one_and_grow_with_the_text(topic, some, more):
    terms = asked(topic)
    less, whole = terms.held(some), terms.held(some | more)
    assert 0 <= less.words <= whole.words <= 1 + 1e-9
    assert less.synonyms >= 0
    assert less.words + less.synonyms <= whole.words + whole.synonyms + 1e-9 <= 1 + 2e-9
    assert terms.worth(some) <= terms.worth(some | more) + 1e-9


@given(TOPICS, STEMS)
def test_a_text_holds_something_of_every_term_that_is_not_missing(topic, there):
    terms = asked(topic)
    missing = [term for term, _ in terms.missing(there)]
    for term, weight in zip(terms.terms, terms.weights, strict=True):
        assert (Asked([term], "nl", INDEX).worth(there) == 0) == (term in missing)
        assert weight > 0


def test_where_nothing_is_asked_nothing_is_held():
    held = asked("wat is het").held({stem_of("bomen")})
    assert (held.words, held.synonyms) == (0, 0)


@pytest.mark.parametrize(
    ("topic", "language", "terms"),
    [
        ("In welk jaar begon de tuin?", "nl", ["begon", "tuin"]),
        ("What share of gardens has ponds, and how does it compare with parks?", "en", ["gardens", "ponds", "parks"]),
        ("what makes a garden such a nice thing", "en", ["garden", "nice"]),
    ],
)
def test_words_that_only_ask_are_no_terms(topic, language, terms):
    assert [term.said for term in asked_terms(topic, language)] == terms


def test_a_word_that_only_carries_the_sentence_counts_for_less_than_a_rare_one():
    terms = asked("Waarvoor kun je hofjes gebruiken?")
    weights = {term.said: weight for term, weight in zip(terms.terms, terms.weights, strict=True)}
    assert weights["kun"] < weights["hofjes"] < asked("kun").weights[0]  # the documents have hofjes, and not "kun"
    assert asked("kun je dat krijgen").weights[0] == asked("kun").weights[0]  # where nothing else is asked, it is that


def test_a_verb_that_te_parts_is_one_word():
    assert words("het in te trekken beleid, om vast te stellen") == ["het", "intrekken", "beleid", "om", "vaststellen"]
    assert words("om te komen door te werken") == ["om", "te", "komen", "door", "te", "werken"]
