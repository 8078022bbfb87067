"""A document that is named says where to look: its name is no part of the subject, and "the municipality" names none."""

from __future__ import annotations

import pytest
from building import write_files

from assistant.question import understand
from assistant.titles import without_title
from ingest.read import read_document

KADER = """# Beleidskader sociaal domein Zandwijk 2024-2028

De gemeente Zandwijk helpt inwoners. In Zandwijk telt iedereen mee.

## 1 Wat vervalt

De Nota Zolders vervalt.
"""
HAVEN = """# Verordening havens gemeente Hoogveld 2023

De raad van de gemeente Hoogveld stelt de verordening vast.

## 1 Ligplaatsen

Een ligplaats in de Noordhaven kost 640 euro per jaar.
"""

VOORSTEL = """# Raadsvoorstel camera's Kadedam 2024

De raad van de gemeente Kadedam besluit over camera's.

## 1 Kosten

De camera's kosten 30.000 euro.
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = write_files(
        tmp_path_factory.mktemp("namen"), {"kader-zandwijk.md": KADER, "havens.md": HAVEN, "voorstel.md": VOORSTEL}
    )
    return [read_document(path) for path in sorted(folder.iterdir())]


def test_the_title_of_the_document_searched_is_no_part_of_the_subject(documents):
    query = understand("Wat vervalt er met het Beleidskader sociaal domein Zandwijk 2024-2028?", documents)
    assert query.scope.municipalities == ("Zandwijk",)
    assert query.topic == "Wat vervalt er?"


@pytest.mark.parametrize(
    "topic", ["Beleidskader sociaal domein", "Wat is het sociaal domein?", "het beleidskader", "Wat zegt het kader?"]
)
def test_a_topic_that_is_no_more_than_a_name_or_less_than_one_stays(documents, topic):
    kader = next(d for d in documents if d.municipality == "Zandwijk")
    assert without_title(topic, kader) == topic


@pytest.mark.parametrize("said", ["Nee, ik bedoel voor de hele gemeente.", "ik bedoel de gemeente"])
def test_the_municipality_by_no_name_calls_no_document_that_has_the_word_in_its_title(documents, said):
    query = understand(said, documents, ["Wat vervalt er in Zandwijk?"])
    assert query.scope.municipalities == ("Zandwijk",)
    assert "Zandwijk" in query.standalone


def test_a_correction_that_names_a_document_leaves_no_hole_where_the_place_was(documents):
    query = understand(
        "Nee, ik bedoel voor het hele voorstel.", documents, ["Wat kosten camera's in Kadedam volgens het plan?"]
    )
    assert query.scope.documents == ("voorstel",)
    assert "in  " not in query.standalone
