"""README.md shows what the program prints."""

from __future__ import annotations

import pytest
from readme import README, RENEW, examples, printed, renewed

EXAMPLES = examples(README.read_text("utf-8"))


def folded(text: str) -> str:
    return " ".join(text.split())


def test_there_is_an_example_in_each_language():
    assert [question.split()[0] for question in EXAMPLES] == ["Wat", "What"]


@pytest.mark.parametrize("question", EXAMPLES)
def test_an_example_is_what_the_program_prints(question, demo_data):
    now = printed(question, demo_data)
    assert folded(EXAMPLES[question]) == folded(now), (
        f"README.md shows another answer to “{question}” than the program gives. If the program is right, renew both "
        f"examples with: {RENEW}\nIt prints now:\n{now}"
    )


def test_renewing_changes_the_examples_and_nothing_else(demo_data):
    question = next(iter(EXAMPLES))
    before = f'Vooraf\n\n```\n$ kaderwijzer ask "{question}"\niets anders\n```\n\n```\nkaderwijzer doctor\n```\n'
    after = renewed(before, demo_data)
    assert folded(examples(after)[question]) == folded(printed(question, demo_data))
    assert after.startswith("Vooraf\n\n```\n$ kaderwijzer")
    assert after.endswith("```\n\n```\nkaderwijzer doctor\n```\n")
