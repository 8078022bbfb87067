"""Dates as documents write them."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december").split()
DAY = rf"(\d{{1,2}})[-–/. ]({'|'.join(MONTHS)}|\d{{1,2}})[-–/. ](\d{{4}})\b"
"""A pattern for a day: its groups are day, month (a name or a number) and year."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""A year of this century or the last."""


def read_date(parts: tuple[str | None, ...]) -> date | None:
    """The date that the three groups of `DAY` name; None where there is no such day."""
    day, month, year = parts
    if not (day and month and year):
        return None
    number = MONTHS.index(month.lower()) + 1 if month.lower() in MONTHS else int(month)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
