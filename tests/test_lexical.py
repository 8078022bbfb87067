"""The lexical half: words and stems, BM25 of terms, relatives of a stem, and how it is kept on disk."""

from __future__ import annotations

import math
import shutil
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.lexical import K1, B, LexicalIndex, Term, stems, stop_words, words

TEXTS = [
    "jeugdhulp voor gezinnen in de wijk",
    "schulden en armoede in gezinnen",
    "jeugd en sport, sport en spel",
    "bomen langs de straat",
    "hulpverlening bij schulden",
]
VOCABULARY = ["boom", "tuin", "straat", "plein", "markt", "haven", "brug"]

made_texts = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join), min_size=1, max_size=8)
made_words = st.lists(st.sampled_from(["kab", "obak", "kabob", "bakob"]), min_size=1, max_size=3).map("".join)


@pytest.fixture(scope="module")
def index():
    return LexicalIndex.build(TEXTS)


def stem_of(word: str) -> str:
    (stem,) = stems(word)
    return stem


def one(word: str) -> Term:
    return Term(word, ((stem_of(word),),), ())


def scored(index: LexicalIndex, *terms: Term, synonym: float = 0, relative: float = 0) -> np.ndarray:
    """Scores that some text has: a comparison of noughts would tell nothing."""
    scores = index.scores_of(terms, synonym, relative)
    assert scores.any()
    return scores


def plain_bm25(texts: list[str], stem: str) -> list[float]:
    """Lucene's BM25 of one stem, written out (Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020)."""
    counted = [Counter(stems(text)) for text in texts]
    lengths = [sum(counts.values()) for counts in counted]
    average, holding = sum(lengths) / len(lengths), sum(stem in counts for counts in counted)
    idf = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
    return [
        idf * counts[stem] / (counts[stem] + K1 * (1 - B + B * length / average)) if counts[stem] else 0.0
        for counts, length in zip(counted, lengths, strict=True)
    ]


def test_words_are_the_same_whether_accents_are_composed_or_not():
    assert words(unicodedata.normalize("NFD", "Coördinatie")) == words("coördinatie") == ["coördinatie"]


def test_signs_that_people_write_out_are_words():
    assert words("29% van € 5, zie §2") == ["29", "procent", "van", "euro", "5", "zie", "paragraaf", "2"]


@given(st.text(max_size=60))
def test_words_read_again_are_the_same_words(text):
    assert words(" ".join(words(text))) == words(text)


def test_function_words_have_no_stem_and_words_of_law_have():
    assert stems("de het een of the a") == []
    assert len(stems("niet geen moet mag")) == 4
    assert not {"niet", "geen", "moet", "moeten", "mag", "mogen"} & stop_words()


def test_stems_are_the_same_from_many_threads():
    questions = [f"voorzieningen voor {n} gezinnen" for n in range(200)]
    expected = [stems(question) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(stems, questions)) == expected


@settings(max_examples=60)
@given(made_texts, st.sets(st.sampled_from(VOCABULARY)))
def test_terms_of_one_word_add_up_to_plain_bm25(texts, asked):
    expected = np.sum([[0.0] * len(texts), *(plain_bm25(texts, stem_of(word)) for word in asked)], axis=0)
    index = LexicalIndex.build(texts)
    assert index.scores_of([one(word) for word in asked], 0, 0) == pytest.approx(expected, abs=1e-5)
    assert index.scores(" ".join(asked)) == pytest.approx(expected, abs=1e-5)


def test_of_several_ways_each_text_counts_by_the_best_and_not_by_their_sum(index):
    debt, poverty = scored(index, one("schulden")), scored(index, one("armoede"))
    both = scored(index, Term("geldzorgen", ((stem_of("schulden"),), (stem_of("armoede"),)), ()))
    assert both == pytest.approx(np.maximum(debt, poverty))
    assert both[1] < debt[1] + poverty[1]


def test_a_way_of_two_words_counts_both(index):
    pair = scored(index, Term("x", ((stem_of("schulden"), stem_of("armoede")),), ()))
    assert pair == pytest.approx(scored(index, one("schulden"), one("armoede")))


def test_a_synonym_counts_for_its_share(index):
    only = scored(index, Term("x", (), ((stem_of("schulden"),),)), synonym=0.3)
    assert only == pytest.approx(0.3 * scored(index, one("schulden")))


def test_a_synonym_does_not_add_to_the_word_itself(index):
    way = (stem_of("schulden"),)
    assert scored(index, Term("x", (way,), (way,)), synonym=0.3) == pytest.approx(scored(index, one("schulden")))


def test_a_relative_adds_its_share_to_texts_that_hold_it(index):
    added = scored(index, one("jeugd"), relative=0.25) - scored(index, one("jeugd"))
    assert added == pytest.approx(0.25 * scored(index, one("jeugdhulp")))


def test_of_several_relatives_only_the_best_is_added():
    index = LexicalIndex.build(["jeugdhulp en jeugdwerk", "sport en spel", "bomen"])
    added = scored(index, one("jeugd"), relative=0.25)
    assert added == pytest.approx(0.25 * np.maximum(scored(index, one("jeugdhulp")), scored(index, one("jeugdwerk"))))


def test_a_text_that_holds_what_was_asked_stands_above_one_that_holds_a_relative(index):
    scores = scored(index, one("jeugd"), synonym=0.3, relative=0.25)
    assert scores[2] > scores[0] > scores[1] == 0


@pytest.mark.parametrize("terms", [[], [one("zwembad")], [Term("x", (), ())]])
def test_what_no_text_holds_scores_nothing(index, terms):
    assert index.scores_of(terms, 0.3, 0.25).tolist() == [0.0] * len(TEXTS)


@pytest.mark.parametrize("texts", [[], [""], ["de het een", "?!"]])
def test_a_collection_without_words_scores_nothing_and_reads_back(tmp_path, texts):
    LexicalIndex.build(texts).save(tmp_path / "leeg")
    empty = LexicalIndex.load(tmp_path / "leeg")
    assert empty.scores_of([one("schuld")], 0.3, 0.25).shape == (len(texts),)
    assert not empty.scores_of([one("schuld")], 0.3, 0.25).any()
    assert empty.relatives("schuld") == {"schuld"}
    assert dict(empty.spelled) == {}


LEXICAL_FILES = [
    "size",
    "words.tsv",
    "bm25/params.index.json",
    "bm25/vocab.index.json",
    "bm25/data.csc.index.npy",
    "bm25/indices.csc.index.npy",
    "bm25/indptr.csc.index.npy",
]


@pytest.mark.parametrize("name", LEXICAL_FILES)
@pytest.mark.parametrize("left", [None, b"", b"\xff{ kapot"])
def test_an_index_with_a_file_gone_or_damaged_is_not_read_as_one_without_words(tmp_path, index, name, left):
    folder = tmp_path / "lexical"
    index.save(folder)
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == set(LEXICAL_FILES)
    if left is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(left)
    with pytest.raises((OSError, ValueError, EOFError)):
        LexicalIndex.load(folder)


def test_an_index_that_lost_its_model_is_not_read_as_one_without_words(tmp_path, index):
    index.save(tmp_path / "lexical")
    shutil.rmtree(tmp_path / "lexical" / "bm25")
    with pytest.raises(ValueError, match="bm25 is gone"):
        LexicalIndex.load(tmp_path / "lexical")


@settings(max_examples=100)
@given(st.lists(made_words, min_size=1, max_size=25), made_words)
def test_relatives_are_found_as_by_looking_at_every_stem(texts, other):
    index = LexicalIndex.build(texts)
    for stem in {*index.vocabulary, other}:
        long = len(stem) >= 5
        longer = {s for s in index.vocabulary if long and (s.startswith(stem) or s.endswith(stem))}
        shorter = {s for s in index.vocabulary if len(s) >= 5 and stem.startswith(s)}
        assert index.relatives(stem) == {stem} | longer | shorter


@settings(max_examples=60)
@given(st.lists(made_words, min_size=1, max_size=25))
def test_a_compound_and_its_beginning_are_relatives_of_each_other(texts):
    index = LexicalIndex.build(texts)
    for stem in index.vocabulary:
        for other in index.relatives(stem):
            if stem.startswith(other) or other.startswith(stem):
                assert stem in index.relatives(other)


def test_parts_too_short_to_tell_are_no_relatives():
    index = LexicalIndex.build(["zorg en mantelzorg", "wijk en wijkteam"])
    assert index.relatives("zorg") == {"zorg"}
    assert index.relatives("wijk") == {"wijk"}


def test_a_compound_that_the_index_lacks_has_its_parts_for_relatives(index):
    assert "jeugdhulp" in index.relatives("jeugdhulpregio")


def test_the_rarer_a_stem_the_more_it_tells(index):
    rarer = [index.weight(stem_of(word)) for word in ("gezinnen", "armoede", "zwembad")]
    assert rarer == sorted(set(rarer))


def test_the_words_of_the_documents_are_counted_as_they_are_spelled(index):
    assert index.spelled["sport"] == 2
    assert index.spelled["schulden"] == 2
    assert index.spelled["bomen"] == 1
    assert stem_of("bomen") not in index.spelled


@settings(max_examples=30)
@given(texts=st.lists(st.text(max_size=40), max_size=6))
def test_the_words_of_an_index_read_back_as_they_were_written(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("woorden") / "lexical"
    built = LexicalIndex.build(texts)
    built.save(folder)
    loaded = LexicalIndex.load(folder)
    assert dict(loaded.spelled) == dict(built.spelled)
    assert loaded.vocabulary == built.vocabulary
    assert loaded.size == len(texts)


def test_terms_score_the_same_after_reading_back(tmp_path, index):
    index.save(tmp_path / "lexical")
    terms = [Term("jeugd", ((stem_of("jeugd"),),), ((stem_of("gezinnen"),),)), one("schulden")]
    here = scored(index, *terms, synonym=0.3, relative=0.25)
    assert scored(LexicalIndex.load(tmp_path / "lexical"), *terms, synonym=0.3, relative=0.25).tolist() == here.tolist()


@pytest.mark.parametrize("form", ["investeert", "geïnvesteerd", "investeerde", "investeerden"])
def test_forms_of_a_verb_in_eren_have_one_stem(form):
    assert stems(form) == stems("investeren")


@pytest.mark.parametrize(("form", "other"), [("verkeerd", "verkeer"), ("leert", "leren")])
def test_words_that_only_look_like_such_a_form_stay_what_they_are(form, other):
    assert stems(form) != stems(other)
