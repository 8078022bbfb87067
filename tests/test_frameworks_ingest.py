"""The five real frameworks, where they are present beside the checkout: outline, rows, notes, metadata."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ingest.document import NOT_POLICY, Document
from ingest.passages import MAX_TOKENS
from ingest.read import read_document
from ingest.tokens import count_tokens
from tests.building import MODEL
from tests.making import numbered, own_text, passage_texts, section, titles_below
from vectorstore.generation import embedded_text

FOLDER = Path(__file__).parents[2] / "shared" / "corpus" / "frameworks"
pytestmark = [
    pytest.mark.frameworks,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the real frameworks are not at {FOLDER}"),
]
NAMES = {
    "geertruidenberg": "geertruidenberg-beleidskader-sociaal-domein-2021",
    "haarlemmermeer": "haarlemmermeer-raadsvoorstel-beleidskader-2023",
    "heerhugowaard": "heerhugowaard-kadernota-sociaal-domein-2012",
    "purmerend": "purmerend-maatschappelijk-beleidskader-2024",
    "begroting": "purmerend-programmabegroting-2024-2027-samenleving",
}


@cache
def framework(name: str) -> Document:
    return read_document(FOLDER / f"{NAMES[name]}.txt")


@pytest.mark.parametrize(
    ("name", "municipality", "kind", "adopted_on", "valid_from"),
    [
        ("geertruidenberg", "Geertruidenberg", "beleidskader", date(2021, 7, 1), date(2021, 8, 26)),
        ("haarlemmermeer", "Haarlemmermeer", "raadsvoorstel", None, None),
        ("heerhugowaard", "Heerhugowaard", "kadernota", None, None),
        ("purmerend", "Purmerend", "beleidskader", date(2023, 12, 21), date(2025, 2, 18)),
        ("begroting", "Purmerend", "programmabegroting", None, None),
    ],
)
def test_metadata(name: str, municipality: str, kind: str, adopted_on: date | None, valid_from: date | None):
    document = framework(name)
    found = (document.municipality, document.kind, document.adopted_on, document.valid_from, document.valid_until)
    assert found == (municipality, kind, adopted_on, valid_from, None)
    assert all(fact.value in document.text[fact.start : fact.end] for fact in document.facts)


@pytest.mark.parametrize("name", NAMES)
def test_passages_are_small_and_lie_in_their_sections(name: str):
    document = framework(name)
    for passage in document.passages:
        assert count_tokens(document.text[passage.start : passage.end]) <= MAX_TOKENS
        assert document.sections[passage.section].start <= passage.start
        assert passage.end <= document.sections[passage.section].body_end


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_of_policy_is_in_a_passage_and_no_passage_is_cut_by_the_model(name: str):
    document = framework(name)
    covered = bytearray(len(document.text))
    for passage in document.passages:
        covered[passage.start : passage.end] = b"\x01" * (passage.end - passage.start)
        assert MODEL._model.token_count(embedded_text(document, passage)) <= 512
    for part in document.sections:
        if part.kind not in NOT_POLICY:
            left = [i for i in range(part.start, part.body_end) if not covered[i]]
            assert not "".join(document.text[i] for i in left).strip(), part.label


def test_geertruidenberg_notes_are_reached_from_the_sentences_that_refer_to_them():
    document = framework("geertruidenberg")
    referring = [document.text[slice(*note.referred)] for note in document.footnotes if note.referred]
    assert [sentence.split("¹")[0].split()[-1] for sentence in referring] == [
        "Kwetsbaarheid",
        "gedefinieerd",
        "gebracht",
    ]
    note = document.footnotes_of(*document.footnotes[1].referred)[0]
    assert "Zelfredzaamheidsmatrix" in document.text[note.start : note.end]


def test_geertruidenberg_names_its_number_and_both_permalinks():
    facts = {fact.name: fact.value for fact in framework("geertruidenberg").facts}
    assert facts["identifier"] == "CVDR661053"
    assert facts["permalink"] == framework("geertruidenberg").source_url
    assert facts["permalink"] == f"{facts['permalink_current']}/1"


def test_geertruidenberg_has_its_52_numbered_sections_in_order():
    numbers = [tuple(int(n) for n in number.split(".")) for number, _ in numbered(framework("geertruidenberg"))]
    assert len(numbers) == 52
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == ((1,), (5, 3))


def test_geertruidenberg_contents_and_the_lines_of_the_site_are_not_policy():
    document = framework("geertruidenberg")
    kinds = [s.kind for s in document.sections]
    assert (kinds.count("contents"), kinds[-1], kinds.count("footnote")) == (1, "boilerplate", 3)
    assert not any("regelgeving@overheid.nl" in text for text in passage_texts(document))


def test_geertruidenberg_rows_answer_what_each_party_does():
    document = framework("geertruidenberg")
    parties = ("Inwoners |", "Professionals (betaald en onbetaald) |", "Maatschappelijke organisaties |", "Gemeente |")
    rows = [p for p in document.passages if document.text[p.start : p.end].startswith(parties)]
    assert len(rows) == 16
    assert all(p.lead == "Betrokkenen | Wat vraagt dit" for p in rows)


def test_heerhugowaard_numbers_appendices_and_summary():
    document = framework("heerhugowaard")
    assert [number for number, _ in numbered(document)] == [
        *("1", "1.2", "1.3", "2", "2.1", "2.2", "2.2.1", "2.2.2", "2.2.3", "2.2.4"),
        *("Bijlage 1", "Bijlage 2"),
    ]
    assert section(document, "Samenvatting").level == 1


def test_heerhugowaard_captions_are_no_headings_and_cut_no_sentence():
    document = framework("heerhugowaard")
    captions = {"Het Zorgloket", "Sportbuurtwerk Heerhugowaard", "Gemeenteraad van Heerhugowaard", "Buitenspeeldag"}
    assert not captions & {s.title for s in document.sections}
    assert "te kunnen pakken en de randvoorwaarden" in document.text


def test_heerhugowaard_explains_each_term_in_a_passage_of_its_own():
    document = framework("heerhugowaard")
    assert section(document, "verklarende woordenlijst").kind == "glossary"
    terms = [text.split(":")[0] for text in passage_texts(document, "verklarende woordenlijst")]
    assert {"Burgerkracht", "Civil society", "Integraliteit", "Ontschotting", "Sociaal kapitaal"} <= set(terms)
    assert len(terms) == len(set(terms))


def test_purmerend_principles_stand_under_their_heading_and_it_is_signed():
    document = framework("purmerend")
    (general,) = [s.title for s in document.sections if s.title.startswith("Algemene uitgangspunten")]
    assert titles_below(document, general) == [
        "Vergroten van de leefbaarheid",
        "Werken vanuit de context",
        "Eigen kracht en verantwoordelijkheid",
        "Contextgedreven organiseren",
    ]
    assert document.sections[-1].kind == "signature"
    assert "21 december 2023" in own_text(document, "Ondertekening")


def test_begroting_activities_stand_under_their_question_and_the_cut_is_reported():
    document = framework("begroting")
    (question,) = [s.title for s in document.sections if s.title.startswith("Wat gaan we doen")]
    assert titles_below(document, question) == ["Welzijnswerk", "Vrijwilligerswerk"]
    assert any("mid-sentence" in warning for warning in document.warnings)


def test_haarlemmermeer_outline_and_leading_principles():
    document = framework("haarlemmermeer")
    assert [n for n, _ in numbered(document)] == ["1", "2", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "4"]
    assert titles_below(document, "Wat zijn de leidende principes?") == [
        "Luisteren",
        "Doen wat nodig is",
        "Samenwerken op basis van vertrouwen",
        "Ruimte geven aan de kracht van de samenleving",
    ]


def test_haarlemmermeer_states_its_header_fields():
    facts = {fact.name: fact.value for fact in framework("haarlemmermeer").facts}
    assert facts["raadsvoorstelnummer"] == "7532520"
    assert "Charif El Idrissi" in facts["portefeuillehouders"]


def test_haarlemmermeer_schematic_table_is_kept_as_rows():
    text = own_text(framework("haarlemmermeer"), "Uitvoeringsagenda")
    assert "Beleidsterrein B | Activiteit | Activiteit" in text
    assert "\t" not in framework("haarlemmermeer").text
