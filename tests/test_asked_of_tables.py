"""What is asked of a table: the cell below the head that says it, and what the text beside the table adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import make_assistant

from assistant.engine import Assistant
from assistant.rows import labelled
from ingest.read import read_document

HOMES = """# Woonprogramma Zandwijk 2025

De raad van de gemeente Zandwijk stelt dit programma vast.

## 1 Verdeling

Jaarlijks komen huizen vrij. De verdeling ligt vast.

| Groep | Aantal woningen per jaar | Aandeel 75-plus 2025 |
|---|---|---|
| Statushouders | 22 | 3% |
| Medisch urgenten | 14 | 31% |
| Uitstromers | 9 | 2% |

## 2 Kosten

| Onderdeel | 2025 | 2026 |
|---|---|---|
| Inrichting camera's (eenmalig) | € 65.000 | - |
| Jeugdwerk | € 15.000 | € 15.000 |

De reserve Veiligheid bedraagt € 112.000. Na de inrichting van de camera's resteert in de reserve € 47.000.

## 3 Beleid dat vervalt

- Nota Kelders 2018
- Actieplan Zolders 2021
- Beleidsplan Trappen 2020

Het Balkonplan blijft van kracht.
"""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(tmp_path_factory.mktemp("homes"), {"woonprogramma-zandwijk.md": HOMES})


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel woningen per jaar gaan er in Zandwijk naar statushouders?",
        "Hoeveel woningen zijn er voor statushouders?",
        "How many homes a year go to status holders in Zandwijk?",
    ],
)
def test_what_the_head_of_a_column_counts_is_counted_in_the_row(homes: Assistant, question: str):
    answer = homes.ask(question)
    assert any(claim.text == "Statushouders | 22 | 3%" for claim in answer.claims)
    assert not any("Medisch" in claim.text for claim in answer.claims)


def test_a_number_of_something_else_is_still_no_answer(homes: Assistant):
    assert homes.ask("Hoeveel kinderopvangplaatsen zijn er voor statushouders?").abstained


def test_a_sentence_below_a_table_that_gives_the_amount_comes_with_the_row(homes: Assistant):
    texts = [
        claim.text for claim in homes.ask("Hoeveel resteert er in de reserve na de inrichting van de camera's?").claims
    ]
    assert any("€ 47.000" in text for text in texts)


def test_a_list_right_below_its_heading_is_quoted_whole(homes: Assistant):
    texts = [claim.text for claim in homes.ask("Welk beleid van Zandwijk vervalt?").claims]
    assert [text for text in texts if "20" in text][:3] == [
        "Nota Kelders 2018",
        "Actieplan Zolders 2021",
        "Beleidsplan Trappen 2020",
    ]


def test_a_row_is_read_behind_the_heads_of_its_columns(tmp_path: Path):
    (tmp_path / "x.md").write_text(HOMES, encoding="utf-8")
    document = read_document(tmp_path / "x.md")

    def told(line: str) -> str:
        start = document.text.index(line)
        return labelled(document, start, start + len(line))

    assert told("Uitstromers | 9 | 2%") == "Groep: Uitstromers; Aantal woningen per jaar: 9; Aandeel 75-plus 2025: 2%"
    assert told("Groep | Aantal woningen per jaar | Aandeel 75-plus 2025").startswith("Groep | ")
    assert told("De verdeling ligt vast.") == "De verdeling ligt vast."
