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

Tabel 2 (bedragen x € 1.000)

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
    question = "Hoeveel is er over in de reserve als de inrichting van de camera's betaald is?"
    texts = [claim.text for claim in homes.ask(question).claims]
    assert any("€ 65.000" in text for text in texts)
    assert any("€ 47.000" in text for text in texts)


def test_a_list_right_below_its_heading_is_quoted_whole(homes: Assistant):
    texts = [claim.text for claim in homes.ask("Welke nota's en plannen vervallen er in Zandwijk?").claims]
    assert texts == ["Nota Kelders 2018", "Actieplan Zolders 2021", "Beleidsplan Trappen 2020"]


def test_a_row_is_read_behind_the_heads_of_its_columns(tmp_path: Path):
    (tmp_path / "x.md").write_text(HOMES, encoding="utf-8")
    document = read_document(tmp_path / "x.md")

    def told(line: str) -> str:
        start = document.text.index(line)
        return labelled(document, start, start + len(line))

    assert told("Uitstromers | 9 | 2%") == "Groep: Uitstromers; Aantal woningen per jaar: 9; Aandeel 75-plus 2025: 2%"
    row = told("Jeugdwerk | € 15.000 | € 15.000")
    assert row == "Onderdeel: Jeugdwerk; 2025: € 15.000; 2026: € 15.000 (Tabel 2 (bedragen x € 1.000))"
    assert told("Groep | Aantal woningen per jaar | Aandeel 75-plus 2025").startswith("Groep | ")
    assert told("De verdeling ligt vast.") == "De verdeling ligt vast."


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Hoeveel procent is dat bij de tweede?", "Medisch urgenten"),
        ("En bij de laatste van de lijst?", "Uitstromers"),
        ("And the first one?", "Statushouders"),
    ],
)
def test_the_second_row_is_counted_below_the_heads_of_the_columns(homes: Assistant, question: str, row: str):
    before = "Hoe is de verdeling van woningen over groepen in Zandwijk?"
    shown = [claim.text for claim in homes.ask(before).claims if " | " in claim.text]
    assert [text.split(" | ")[0] for text in shown] == ["Groep", "Statushouders", "Medisch urgenten", "Uitstromers"]
    assert f"“{row}”" in homes.ask(question, [before]).standalone_question


def test_a_row_of_one_letter_and_figures_is_a_row(tmp_path: Path):
    table = "Label | Noord | Zuid\nA | 12 | 40\nD | 271 | 97\nE | 5 | 6"
    lines = "\n".join(f"| {line} |" + ("\n|---|---|---|" if "Label" in line else "") for line in table.split("\n"))
    text = f"# Energienota Zandwijk\n\nDe gemeente Zandwijk telt de labels.\n\n## 1 Labels\n\n{lines}\n"
    answer = make_assistant(tmp_path, {"energienota.md": text}).ask(
        "Welk getal staat er in Zandwijk bij label D in Noord?"
    )
    assert "D | 271 | 97" in [claim.text for claim in answer.claims]


def test_a_caption_that_says_what_the_figures_count_makes_them_money(tmp_path: Path):
    text = (
        "# Begroting Zandwijk 2025\n\nDe gemeente Zandwijk begroot.\n\n## 1 Lasten\n\n"
        "Tabel 1. Lasten (x € 1 miljoen)\n\n| Onderdeel | 2025 | 2026 |\n|---|---|---|\n"
        "| Jeugdhulp | 18,1 | 17,5 |\n| Bomen | 2,6 | 3,3 |\n"
    )
    answer = make_assistant(tmp_path, {"begroting.md": text}).ask("Hoeveel geld is er in 2026 voor jeugdhulp?")
    assert "Jeugdhulp | 18,1 | 17,5" in [claim.text for claim in answer.claims]
