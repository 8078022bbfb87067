"""Dutch or English, also where no function word tells."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.language import detect_language
from assistant.reading import language_of
from ingest.read import read_document
from vectorstore.lexical import words


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("haarlemmermeer guiding principles?", "en"),
        ("wegwijsteam phone number", "en"),
        ("loneliness", "en"),
        ("eenzaamheid ouderen", "nl"),
        ("leidende principes haarlemmermeer", "nl"),
        ("sport", "nl"),
        ("privacy", "nl"),
        ("What is said about wonen?", "en"),
        ("12?", "nl"),
        ("number of neighbourhood centres per area", "en"),
    ],
)
def test_words_that_only_one_language_has_tell_it(question, language):
    assert detect_language(question) == language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Zandwijk, number of centres", "en"),
        ("heerhugowaard, number of neighbourhood centres per area", "en"),
        ("Zandwijk eenzaamheid", "nl"),
        ("compare 'doen wat nodig is': Zandwijk vs Purmerend", "en"),
        ("'doen wat nodig is' in Zandwijk", "nl"),
        ("Zandwijk", "nl"),
        ("smoking target 2029", "en"),
        ("sport", "nl"),
    ],
)
def test_places_and_quotations_tell_no_language_and_words_of_the_documents_are_theirs(tmp_path, question, language):
    path = tmp_path / "zandwijk-sportnota.md"
    path.write_text("# Sportnota 2029\n\nDe gemeente Zandwijk steunt sport.\n", encoding="utf-8")
    document = read_document(path)
    spelled = Counter(words(document.text))
    assert language_of(question, [document], spelled) == language
