"""Until when a document holds is said once: above an answer, or else in a note below it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.render import notes_on
from ingest.document import Document, Section

OUTLINE = (Section("1", "Inleiding", 1, ("Inleiding",), "body", 0, 5, 10, 10),)


def document(begin: date | None, end: date | None) -> Document:
    return Document("kade", "Kadeplan", None, "plan", None, begin, end, "kade.txt", None, "", "x" * 10, OUTLINE)


@pytest.mark.parametrize(
    ("begin", "end", "headed", "said"),
    [
        (date(2024, 1, 1), date(2027, 12, 31), True, False),
        (date(2024, 1, 1), date(2027, 12, 31), False, True),
        (None, date(2027, 12, 31), True, True),
        (date(2024, 1, 1), None, False, False),
    ],
)
def test_the_end_is_noted_where_the_line_above_does_not_say_it(begin, end, headed, said):
    notes = notes_on([document(begin, end)], "nl", headed=headed)
    assert any("31-12-2027" in note for note in notes) is said
