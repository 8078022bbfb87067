"""Until when a document holds is said once: above an answer, or else in a note below it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import validity
from assistant.render import notes_on
from ingest.document import Document, Section

OUTLINE = (Section("1", "Inleiding", 1, ("Inleiding",), "body", 0, 5, 10, 10),)


def document(begin: date | None, end: date | None, kind: str = "plan") -> Document:
    return Document(
        "kade", "Kadeplan", None, kind, date(2023, 12, 1), begin, end, "kade.txt", None, "", "x" * 10, OUTLINE
    )


@pytest.mark.parametrize(
    ("begin", "end", "headed", "said"),
    [
        (date(2024, 1, 1), date(2027, 12, 31), True, False),
        (date(2024, 1, 1), date(2027, 12, 31), False, True),
        (None, date(2027, 12, 31), True, False),
        (None, date(2027, 12, 31), False, True),
        (date(2024, 1, 1), None, False, False),
    ],
)
def test_the_end_is_noted_where_the_line_above_does_not_say_it(begin, end, headed, said):
    notes = notes_on([document(begin, end)], "nl", headed=headed)
    assert any("31-12-2027" in note for note in notes) is said
    assert not headed or end is None or "31-12-2027" in (validity(document(begin, end), "nl") or "")


def test_the_end_of_what_was_proposed_is_noted_for_the_line_above_says_when_it_was_decided():
    proposed = document(date(2024, 1, 1), date(2027, 12, 31), "raadsvoorstel")
    assert "31-12-2027" not in (validity(proposed, "nl") or "")
    assert any("31-12-2027" in note for note in notes_on([proposed], "nl", headed=True))
