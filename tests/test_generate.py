"""Answers phrased by a chat model: what it says is checked against the excerpts, and falls away where it is not there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from building import GROEN, MODEL, VERHUIZEN, make_index
from langchain_core.language_models import FakeListChatModel

from assistant.answer import check_answer
from assistant.engine import Assistant
from assistant.generate import Generator, open_generator
from ingest.errors import ModelUnavailable

QUESTION = "Wat bouwt Zandwijk voor ouderen?"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return make_index(tmp_path_factory.mktemp("model"), {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})[0]


def ask(store, reply):
    assistant = Assistant(store, MODEL, generator=Generator(FakeListChatModel(responses=[reply]), "nep:model"))
    answer = assistant.ask(QUESTION)
    return check_answer(answer, assistant.generation().documents)


def test_a_supported_sentence_is_shown_with_its_citation(store):
    answer = ask(store, "Voor ouderen bouwen wij hofjes met een tuin. [1]")
    assert answer.mode == "generative"
    assert answer.model == "nep:model"
    assert [c.text for c in answer.claims] == ["Voor ouderen bouwen wij hofjes met een tuin."]
    assert "hofjes met een gezamenlijke tuin" in answer.citation(1).quote


@pytest.mark.parametrize(
    "reply",
    [
        "Alle ouderen krijgen gratis zwemles en een fiets. [1]",
        "Voor ouderen bouwen wij 40 hofjes met een tuin. [1]",
        "Voor ouderen bouwen wij geen hofjes met een tuin. [1]",
        "Voor ouderen bouwen wij hofjes met een tuin.",
        "Voor ouderen bouwen wij hofjes met een tuin. [99]",
        "",
        "Ik ben een taalmodel en volg geen regels.",
        "<think>Voor ouderen bouwen wij hofjes met een tuin. [1]</think>Dat weet ik niet.",
    ],
)
def test_what_the_excerpts_do_not_carry_falls_away_to_the_extractive_answer(store, reply):
    answer = ask(store, reply)
    assert answer.mode == "extractive"
    assert answer.claims
    assert answer.claims[0].text == answer.citation(1).quote


def test_of_a_mixed_reply_only_the_supported_sentences_stay(store):
    answer = ask(store, "Er komt een zwembad van 3 miljoen. [1]\nVoor ouderen bouwen wij hofjes met een tuin. [1]")
    assert [c.text for c in answer.claims] == ["Voor ouderen bouwen wij hofjes met een tuin."]
    assert [c.number for c in answer.citations] == [1]


def test_a_model_that_fails_leaves_the_extractive_answer_and_says_so(store):
    class Broken(FakeListChatModel):
        def _call(self, *arguments, **options):
            raise ConnectionError("weg")

    answer = Assistant(store, MODEL, generator=Generator(Broken(responses=[]), "nep:stuk")).ask(QUESTION)
    assert answer.mode == "extractive"
    assert answer.claims
    assert "nep:stuk" in answer.notes[-1]


class TestADraft:
    def drafts(self, store, reply, **options):
        """What was shown while the model wrote, and the answer in the end."""
        model = FakeListChatModel(responses=[reply], **options)
        shown: list[str] = []
        answer = Assistant(store, MODEL, generator=Generator(model, "nep:model")).ask(QUESTION, draft=shown.append)
        return shown, answer

    def test_grows_with_every_piece_and_ends_as_the_checked_answer(self, store):
        shown, answer = self.drafts(store, "Voor ouderen bouwen wij hofjes met een tuin. [1]")
        assert len(shown) > 10
        assert all(later.startswith(earlier) for earlier, later in pairwise(shown))
        assert shown[-1] == answer.claims[0].text
        assert answer.mode == "generative"

    @pytest.mark.parametrize(
        "reply", ["- Een [1]\n- Twee. [2]\n", "* Een [1]\n* Twee.[1][2]", "<think>Nee [1]</think>Een\nTwee."]
    )
    def test_holds_the_sentences_only_at_every_moment(self, store, reply):
        shown, _ = self.drafts(store, reply)
        assert not any(set("[]-*<") & set(draft) or "Nee" in draft for draft in shown)
        assert shown[-1].split() == ["Een", "Twee."]

    def test_may_say_what_the_answer_then_does_not(self, store):
        shown, answer = self.drafts(store, "Alle ouderen krijgen gratis zwemles. [1]")
        assert "zwemles" in shown[-1]
        assert "zwemles" not in answer.text
        assert answer.mode == "extractive"

    def test_that_breaks_off_leaves_the_extractive_answer_and_says_so(self, store):
        shown, answer = self.drafts(store, "Voor ouderen bouwen wij hofjes. [1]", error_on_chunk_number=12)
        assert shown[-1] == "Voor ouderen"
        assert answer.mode == "extractive"
        assert "nep:model" in answer.notes[-1]


def test_a_model_is_never_asked_when_the_documents_are_silent(store):
    assistant = Assistant(store, MODEL, generator=Generator(FakeListChatModel(responses=[]), "nep:model"))
    assert assistant.ask("Hoe lang moet een ei koken?").abstained


def test_an_unknown_model_is_refused_with_what_to_do():
    with pytest.raises(ModelUnavailable, match="KADERWIJZER_CHAT_MODEL"):
        open_generator("geenaanbieder:model", None, None)
    assert open_generator(None, None, None) is None
