"""The texts of the chat page: whole in both languages."""

from __future__ import annotations

import string

import pytest

from assistant.phrases import PHRASES
from ingest.errors import InvalidQuestion
from ui.messages import LANGUAGES, catalogue, remedy, stage_text, text


def test_both_languages_have_the_same_texts_with_the_same_values():
    def values(language):
        return {
            key: {name for _, name, _, _ in string.Formatter().parse(said) if name}
            for key, said in catalogue(language).items()
        }

    assert values("nl") == values("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_of_the_assistant_has_a_text_of_its_own_and_an_unknown_one_the_general_text(language):
    said = [stage_text(stage, language) for stage in ("search", "read", "compose", "ponder")]
    assert len(set(said)) == 4
    assert said[-1] == text("stage", language)


def test_the_page_and_the_answers_speak_the_same_languages():
    assert all(set(said) == set(LANGUAGES) for said in PHRASES.values())


def test_an_error_without_advice_of_its_own_says_whom_to_turn_to():
    assert "beheerder" in remedy(ValueError(), "nl")
    assert "Stel één vraag" in remedy(InvalidQuestion(), "nl")
