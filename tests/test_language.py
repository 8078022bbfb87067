"""Dutch or English, also where no function word tells."""

from __future__ import annotations

import pytest

from assistant.language import detect_language


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
    ],
)
def test_words_that_only_one_language_has_tell_it(question, language):
    assert detect_language(question) == language
