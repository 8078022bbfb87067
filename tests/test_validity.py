"""Since when and until when a document holds, and what of that a proposal or a college's decision can say."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import validity
from ingest.metadata import Metadata, read_metadata
from tests.making import read

BODY = "De gemeente Zandwijk werkt samen met inwoners aan een buurt waarin iedereen mee kan doen."


def of(text: str, title: str = "Nota") -> Metadata:
    return read_metadata(text, title, "nota.txt", None)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Dit beleidskader geldt van 1 januari 2025 tot en met 31 december 2029.", (2025, 1, 1), (2029, 12, 31)),
        ("Het kader is geldig van 1 maart 2025 t/m 28 februari 2029.", (2025, 3, 1), (2029, 2, 28)),
        ("De looptijd is lang. Dit plan loopt van 1 mei 2025 tot 1 januari 2029.", (2025, 5, 1), (2028, 12, 31)),
        ("De raad nam dit kader aan. Het geldt van 1 mei 2025 tot en met 30 april 2029.", (2025, 5, 1), (2029, 4, 30)),
        ("Het kader geldt tot en met 31 december 2029.", None, (2029, 12, 31)),
        ("Dit kader vervangt dat van 2020. Het geldt tot 1 juli 2032.", None, (2032, 6, 30)),
        ("Dit kader gaat over de stadspas. Deze geldt tot en met 31 december 2029.", None, None),
        ("De pas geldt tot en met 31 december 2029.", None, None),
        ("De regeling geldt tot en met 31 december 2029.", None, None),
        ("Looptijd: 1 januari 2025 - 31 december 2028", (2025, 1, 1), (2028, 12, 31)),
        ("Inwerkingtreding: 1 maart 2025", (2025, 3, 1), None),
        ("Ingangsdatum | 1 maart 2025", (2025, 3, 1), None),
        ("De verordening geldt van 1 januari 2025 tot en met 31 december 2029.", None, None),
        ("Deze verordening geldt van 1 januari 2025 tot en met 31 december 2029.", None, None),
        ("De proef loopt van 1 januari 2025 tot en met 31 december 2029.", None, None),
    ],
)
def test_the_days_of_a_document_are_read_from_its_own_words(text: str, since, until):
    found = of(f"Beleidskader zorg\n\n{BODY}\n\n{text}\n\n{BODY}", "Beleidskader zorg")
    days = tuple(day and date(*day) for day in (since, until))
    assert (found.valid_from, found.valid_until) == days


def test_what_is_proposed_is_not_in_force():
    rule = "Deze verordening treedt in werking op 1 januari 2026."
    assert of(f"Raadsvoorstel\n\n{BODY}\n\n{rule}").valid_from is None
    assert of(f"Raadsvoorstel\n\n{BODY}\n\n{rule}\n\nRaadsbesluit\n\n{SIGNED}").valid_from == date(2026, 1, 1)


SIGNED = "Aldus besloten in de openbare vergadering van 18 december 2025."


@pytest.mark.parametrize(
    ("last", "day"),
    [
        (f"Raadsbesluit\n\n{BODY}\n\n{SIGNED}", date(2025, 12, 18)),
        ("Besluit\n\nAldus vastgesteld op 18 december 2025.", date(2025, 12, 18)),
        ("Aldus besloten in de collegevergadering van 4 november 2025.", None),
        ("Aldus besloten op 4 november 2025.", None),
        ("Vastgesteld door het college op 4 november 2025", None),
        ("Het beleidskader is op 5 juni 2018 door de raad vastgesteld.", None),
    ],
)
def test_a_proposal_is_adopted_only_by_the_decision_in_its_file(last: str, day: date | None):
    assert of(f"Raadsvoorstel\n\n{BODY}\n\n{last}\n", "Beleidskader zorg").adopted_on == day


def test_a_field_that_says_what_it_is_of_keeps_its_name():
    rows = "Datum collegebesluit | 4 november 2025\nStatus van het stuk: concept\nDatum 3 maart 2025\n"
    facts = {fact.name: fact.value for fact in of(f"Raadsvoorstel\n\n{rows}").facts}
    assert facts == {
        "collegevergadering": "4 november 2025", "status van het stuk": "concept", "datum": "3 maart 2025",
    }  # fmt: skip


COLLEGE = "Burgemeester en wethouders van Zandwijk"
BELOW = f"Zandwijk, 11 februari 2025\n\n{COLLEGE},\n\nde secretaris, A. Bos\n\nde burgemeester, B. Vos"


@pytest.mark.parametrize(
    ("front", "day"),
    [
        (f"{COLLEGE};\n\nbesluiten vast te stellen de volgende beleidsregels.", date(2025, 2, 11)),
        (f"Het college van b{COLLEGE[1:]};\n\ngelet op de wet;\n\nbesluit:", date(2025, 2, 11)),
        (BODY, None),
    ],
)
def test_what_the_college_adopts_itself_is_dated_by_its_signatures(front: str, day: date | None):
    assert of(f"Beleidsregels zorg\n\n{front}\n\n{BODY}\n\n{BELOW}\n").adopted_on == day


def test_an_answer_calls_a_proposal_decided_and_not_adopted(tmp_path):
    both = f"Raadsvoorstel\n\nOnderwerp: Kader zorg\n\n{BODY}\n\nRaadsbesluit\n\n{BODY}\n\n{SIGNED}\n"
    document = read(tmp_path, both)
    assert validity(document, "nl") == "met raadsbesluit van 18-12-2025"
    assert validity(document, "en") == "with council decision of 18-12-2025"
