"""Versions: which document came after another of its name, and what that does to what is found and said."""

from __future__ import annotations

from datetime import date

import pytest
from building import make_assistant
from titled import INDEXED, document

from assistant.versions import succeeded, years_in
from ingest.document import Fact


def test_a_document_is_succeeded_by_the_proposal_that_adopts_its_next_version():
    assert succeeded(INDEXED) == {"oud": "voorstel"}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (("Verordening hulp Zandwijk 2021", None), ("Verordening hulp gemeente Zandwijk 2023", None)),
        (("Beleidskader zorg", date(2018, 1, 1)), ("Beleidskader zorg", date(2022, 1, 1))),
        (("Welzijnsnota 2018 t/m 2022", None), ("Samen verder: herziene Welzijnsnota", date(2024, 1, 1))),
        (("Programmabegroting 2023-2026", None), ("Programmabegroting 2024-2027", None)),
    ],
)
def test_of_one_name_the_later_years_or_day_come_after(older, newer):
    both = [document("a", *older), document("b", *newer)]
    assert succeeded(both) == {"a": "b"}


@pytest.mark.parametrize(
    "titles",
    [
        ("Verordening hulp 2021", "Eerste wijziging Verordening hulp 2023"),
        ("Beleidskader zorg 2018", "Uitvoeringsprogramma zorg 2024"),
        ("Wonen: beleidskader 2018", "Sport: beleidskader 2024"),
        ("Besluitenlijst raad 2018", "Besluitenlijst raad 2024"),
        ("Jaarverslag 2018", "Jaarverslag 2024"),
    ],
)
def test_what_has_another_name_or_is_a_record_succeeds_nothing(titles):
    assert succeeded([document("a", titles[0]), document("b", titles[1])]) == {}


def test_another_municipality_and_none_at_all_succeed_nothing():
    titles = ("Ouderenvisie 2019", "Ouderenvisie 2024")
    for places in (("Zandwijk", "Hoogveld"), (None, None)):
        both = [document(t, t, place=place) for t, place in zip(titles, places, strict=True)]
        assert succeeded(both) == {}


def test_a_proposal_is_no_version_beside_what_it_proposes():
    text = document("kader", "Beleidskader zorg", date(2023, 6, 1))
    proposal = document("voorstel", "Raadsvoorstel Beleidskader zorg", date(2023, 4, 1), "raadsvoorstel")
    assert succeeded([text, proposal]) == {}


def test_the_adopted_text_is_named_rather_than_its_proposal():
    adopted = document("vastgesteld", "Ouderenvisie Zandwijk 2024-2028", date(2023, 12, 20), "visie")
    assert succeeded([*INDEXED, adopted])["oud"] == "vastgesteld"


def test_what_an_administrator_says_came_in_place_counts_too():
    old = document("a", "Nota A", successor="Kadernota B")
    assert succeeded([old, document("b", "Kadernota B")]) == {"a": "b"}


def test_years_are_read_as_ranges_and_not_from_numbers():
    assert [(y.first, y.last) for y in years_in("2019-2023, 2024 t/m 2028 en 2030")] == [
        (2019, 2023),
        (2024, 2028),
        (2030, 2030),
    ]
    assert years_in("RV-2025-093 van 12.2020 euro") == []


def test_a_stated_term_tells_the_years_where_the_title_does_not():
    early = document("a", "Zorgnota", facts=(Fact("looptijd", "2016-2019", 0, 9),))
    late = document("b", "Zorgnota", facts=(Fact("looptijd", "2020-2023", 0, 9),))
    assert succeeded([late, early]) == {"a": "b"}


HOFJES = """{title}
Vastgesteld op {day}
De raad van de gemeente Zandwijk;
1 Inleiding
De gemeente Zandwijk wil dat ouderen prettig wonen. Deze visie zegt hoe wij daaraan werken.
2 Hofjes
{says}
3 Vervoer
De buurtbus rijdt elke dag langs de {stops} haltes in het dorp.
"""


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory):
    said = "De bijdrage voor een hofje bedraagt 4.000 euro per woning."
    old = HOFJES.format(title="Ouderenvisie Zandwijk 2019-2023", day="01-03-2019", stops="acht", says=said)
    now = "Voor een hofje bedraagt de bijdrage voortaan 7.500 euro per woning."
    new = HOFJES.format(title="Ouderenvisie Zandwijk 2024-2028", day="02-11-2023", stops="negen", says=now)
    return make_assistant(tmp_path_factory.mktemp("versions"), {"a-oud.txt": old, "b-nieuw.txt": new})


def test_of_two_versions_that_say_the_same_the_newer_comes_first(two_versions):
    found = two_versions.search("Hoe hoog is de bijdrage voor een hofje in Zandwijk?")
    documents = [found.generation.passages[hit.passage].document_id for hit in found.hits]
    assert documents.index("b-nieuw") < documents.index("a-oud")


def test_who_quotes_an_older_version_is_told_of_the_newer(two_versions):
    answer = two_versions.ask("Hoe hoog is de bijdrage voor een hofje volgens de oude ouderenvisie van Zandwijk?")
    assert "4.000" in answer.text
    assert "7.500" not in answer.text
    assert "er is een nieuwer document over hetzelfde als Ouderenvisie Zandwijk 2019-2023" in answer.text
    english = two_versions.ask("How much is the contribution for a hofje in the ouderenvisie of Zandwijk of 2019?")
    assert any("there is a newer document" in note for note in english.notes)


def test_the_newest_version_has_no_such_note(two_versions):
    answer = two_versions.ask("Hoe hoog is de bijdrage voor een hofje volgens de nieuwe ouderenvisie van Zandwijk?")
    assert "7.500" in answer.text
    assert not answer.notes


def test_after_a_question_the_same_is_asked_of_another_version(two_versions):
    before = ("Hoe hoog is de bijdrage voor een hofje volgens de nieuwe ouderenvisie?",)
    answer = two_versions.ask("En in de oude ouderenvisie?", before)
    assert {citation.document_id for citation in answer.citations} == {"a-oud"}
    assert "4.000" in answer.text
