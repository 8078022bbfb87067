"""Answers that can be read: gaps filled or marked, nothing twice, the document described, the same on every machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise

import pytest
from building import make_assistant

from assistant.answer import Claim
from assistant.render import described, shown
from ingest.read import read_document

MOLEN = """Nota Molen
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Werk en wind
De molenaar maalt het graan van Zandwijk. Hij begint vroeg. De molenaar van Zandwijk krijgt er loon voor. Het waait vaak. De \
wieken zijn rood. De romp is wit. De molenaar van Zandwijk woont in de molen.
2 Klachten
Er wordt geteld wie klaagt.
Geluid van de molen: Zandwijk 40%, landelijk 25%
Slagschaduw van de molen, licht: Zandwijk 12%, landelijk 10%
Slagschaduw van de molen, ernstig: Zandwijk 8%, landelijk 4%
Stof van de molen: Zandwijk 3%, landelijk 2%
3 Begrippen
Meelgeld is in de hele streek bekend. Over meelgeld is veel te doen. Veel molenaars willen meelgeld. Meelgeld is de vergoeding \
voor een zak meel.
4 Regels
De molenaar houdt zich aan drie regels:
1. Maal op tijd. Wie te laat maalt, heeft geen meel. Wie te vroeg maalt, heeft te veel.
2. Veeg de vloer. Dat is veilig.
3. Sluit de deur. De wind is sterk.
5 Ruimtes

Het Meelhuis

Bezoekers kopen daar een zak. Zij krijgen er koffie bij.

De Stal

Hier staat het paard.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("molen"), {"molen.txt": MOLEN})


def said(assistant, question: str) -> list[str]:
    return [claim.text for claim in assistant.ask(question).claims]


def test_the_one_sentence_between_two_that_are_quoted_is_quoted_too(assistant):
    claims = said(assistant, "Wat doet de molenaar van Zandwijk?")
    assert claims[:3] == [
        "De molenaar maalt het graan van Zandwijk.",
        "Hij begint vroeg.",
        "De molenaar van Zandwijk krijgt er loon voor.",
    ]


def test_a_larger_gap_is_marked_wherever_the_answer_is_shown(assistant):
    answer = assistant.ask("Wat doet de molenaar van Zandwijk?")
    (last,) = [claim for claim in answer.claims if claim.text.startswith("De molenaar van Zandwijk woont")]
    assert last.skips
    assert f"(…) {last.text}" in answer.text
    assert not any(claim.skips for claim in answer.claims[:3])
    assert shown(Claim("De deur.", (1,))) == "De deur."


def test_of_figures_with_their_labels_the_one_that_was_asked_is_shown(assistant):
    claims = said(assistant, "Hoeveel procent heeft last van ernstige slagschaduw van de molen?")
    assert any("ernstig: Zandwijk 8%" in claim for claim in claims)
    assert not any(claim.startswith(("Geluid", "Stof")) for claim in claims)


def test_the_sentence_that_defines_comes_along_where_a_meaning_is_asked(assistant):
    assert "Meelgeld is de vergoeding voor een zak meel." in said(assistant, "Wat is meelgeld?")


def test_an_item_is_quoted_once_and_whole(assistant):
    answer = assistant.ask("Aan welke regels houdt de molenaar zich?")
    spans = sorted((c.start, c.end) for c in answer.citations)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert "1. Maal op tijd. Wie te laat maalt, heeft geen meel. Wie te vroeg maalt, heeft te veel." in [
        claim.text for claim in answer.claims
    ]


def test_a_heading_that_nobody_marked_is_answered_with_what_stands_below_it(assistant):
    claims = said(assistant, "Wat is er te doen in het Meelhuis?")
    assert "Bezoekers kopen daar een zak." in claims
    assert "Het Meelhuis" not in claims


def test_such_a_heading_stays_with_what_stands_below_it_when_passages_are_cut(assistant):
    generation = assistant.generation()
    texts = [generation.documents["molen"].text[p.start : p.end] for p in generation.passages]
    assert not any(text.rstrip().endswith(("Het Meelhuis", "De Stal")) for text in texts)


_ASKED = """
import json, sys
from pathlib import Path
from assistant.engine import Assistant
from vectorstore.embeddings import EMBEDDED, open_embeddings
from vectorstore.store import Store
assistant = Assistant(Store(Path(sys.argv[1])), open_embeddings(EMBEDDED))
print(json.dumps([[c.start for c in assistant.ask(question).citations] for question in sys.argv[2:]]))
"""


def test_the_order_of_citations_does_not_depend_on_the_hash_seed(demo_data):
    questions = ["Noem de stappen van een aanvraag", "Wat zegt het kader over mantelzorg?", "Welke doelen zijn er?"]
    given = []
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", _ASKED, str(demo_data), *questions]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
        given.append(json.loads(ran.stdout))
    assert given[0] == given[1]
    assert any(given[0])


@pytest.mark.parametrize(
    ("front", "said_of_it"),
    [
        ("Nota Molen\nGeldend van 01-03-2024 t/m heden\n", "geldend sinds 01-03-2024"),
        ("Nota Molen\nNovember 2012\n", "November 2012"),
        ("Raadsvoorstel\nOnderwerp Molens malen\nCollegevergadering 4 april 2023\n", "raadsvoorstel, 4 april 2023"),
    ],
)
def test_a_reader_is_told_what_kind_of_document_speaks_and_from_when(tmp_path, front, said_of_it):
    path = tmp_path / "molen.txt"
    path.write_text(f"{front}1 De molenaar\nDe molenaar van de gemeente Zandwijk maalt.\n", "utf-8")
    assert f"({said_of_it})" in described(read_document(path), "nl")


def test_a_list_is_whole_however_long_and_beyond_that_says_that_it_goes_on(tmp_path):
    items = "".join(f"{n}. Voorziening nummer {n} van het dorp.\n" for n in range(1, 46))
    short = "".join(f"{n}. Regel nummer {n} van het bos.\n" for n in range(1, 23))
    text = (
        f"Nota Dorp\nDe raad van de gemeente Zandwijk;\n1 Voorzieningen\nDe voorzieningen van het dorp zijn:\n{items}"
        f"2 Regels\nDe regels van het bos zijn:\n{short}"
    )
    assistant = make_assistant(tmp_path, {"dorp.txt": text})
    rules = assistant.ask("Welke regels van het bos zijn er?")
    assert sum(claim.text.startswith(("1", "2")) for claim in rules.claims if "bos" in claim.text) >= 13
    assert any("nummer 22 van het bos" in claim.text for claim in rules.claims)
    assert not any("langer dan hier past" in note for note in rules.notes)
    services = assistant.ask("Welke voorzieningen van het dorp zijn er?")
    assert not any("nummer 45" in claim.text for claim in services.claims)
    assert any("langer dan hier past" in note for note in services.notes)
