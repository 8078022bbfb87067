"""Who signs a document: a section of its own at the end, whatever the format; and when it was adopted, if certain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.blocks import Block
from ingest.signatures import mark_signatures
from tests.making import own_text, read, section

LONG = "De gemeente werkt samen met inwoners en organisaties aan een buurt waarin iedereen mee kan doen."


def nota(*last: str, after: tuple[str, ...] = ()) -> str:
    return "\n\n".join(["Nota bomen", "1 Doel", "1.1 Nu", LONG, "2 Slot", "2.1 Straks", LONG, *last, *after]) + "\n"


@pytest.mark.parametrize(
    "signed",
    [
        ("Zandwijk, 4 maart 2026", "De raad voornoemd,", "de griffier, A.B. Smit", "de voorzitter, ir. C. de Wit"),
        ("Aldus besloten in de openbare vergadering van 4 maart 2026.", "De griffier, A.B. Smit"),
        ("Burgemeester en wethouders van Zandwijk,", "de secretaris,", "A.B. Smit", "de burgemeester,", "C. de Wit"),
        ("De griffier,          De voorzitter,\nA.B. Smit            ir. C. de Wit",),
        ("A.B. Smit, griffier", "ir. C. de Wit, voorzitter"),
    ],
)
@pytest.mark.parametrize("after", [(), ("Bijlage 1: cijfers", LONG), ("Toelichting", LONG)])
def test_those_who_sign_stand_in_a_section_of_their_own(
    tmp_path: Path, signed: tuple[str, ...], after: tuple[str, ...]
):
    document = read(tmp_path, nota(*signed, after=after))
    found = section(document, "Ondertekening")
    assert (found.kind, found.level) == ("signature", 1)
    assert own_text(document, "Straks") == LONG
    assert own_text(document, "Ondertekening").startswith(signed[0][:11])
    assert "Smit" in own_text(document, "Ondertekening")


def test_they_stand_on_the_page_of_the_first_who_signs():
    lines = ("de griffier, A.B. Smit", "de voorzitter, C. de Wit")
    blocks = (Block("Slot", "heading", 1, page=2), Block(LONG, page=2), *(Block(line, page=3) for line in lines))
    (heading,) = [b for b in mark_signatures(blocks) if b.term == "signature"]
    assert heading.page == 3


def test_a_decision_has_its_own_signatures_within_it(tmp_path: Path):
    decision = f"De raad van de gemeente Zandwijk, bijeen op 4 maart 2026, besluit. {LONG}"
    both = ("de secretaris, A. Pot", "de burgemeester, B. Bos"), ("de griffier, C. Vos", "de voorzitter, B. Bos")
    document = read(tmp_path, nota(*both[0], after=("Bijlagen", "1. De nota", "Raadsbesluit", decision, *both[1])))
    signed = [s for s in document.sections if s.kind == "signature"]
    assert [s.path for s in signed] == [("Ondertekening",), ("Raadsbesluit", "Ondertekening")]


@pytest.mark.parametrize(
    "last",
    [
        ("De griffier ondersteunt de raad en de voorzitter leidt de vergadering.",),
        ("de griffier, A.B. Smit", "de voorzitter, ir. C. de Wit", LONG),
        ("de griffier, A.B. Smit",),
    ],
)
def test_offices_that_sign_nothing_stay_in_their_section(tmp_path: Path, last: tuple[str, ...]):
    assert not any(s.kind == "signature" for s in read(tmp_path, nota(*last)).sections)


def test_a_heading_of_its_own_needs_no_other(tmp_path: Path):
    document = read(tmp_path, nota("Ondertekening", "de griffier,", "A.B. Smit", "de voorzitter,", "C. de Wit"))
    assert [s.title for s in document.sections if s.kind == "signature"] == ["Ondertekening"]
    appendix = read(tmp_path, nota("Bijlage B Ondertekening", "de griffier, A.B. Smit", "de voorzitter, C. de Wit"))
    assert appendix.sections[-1].kind == "signature"


def test_below_the_title_of_a_styled_document_it_stands_beside_the_chapters(tmp_path: Path):
    text = f"# Nota\n\n## Doel\n\n{LONG}\n\n## Slot\n\n{LONG}\n\nde griffier, A.B. Smit\n\nde voorzitter, C. de Wit\n"
    document = read(tmp_path, text, "x.md")
    assert section(document, "Ondertekening").path == ("Nota", "Ondertekening")


@pytest.mark.parametrize("end", ["\n", "  \n", "\\\n"])
def test_those_who_sign_on_lines_of_one_paragraph_stand_apart(tmp_path: Path, end: str):
    signed = f"de secretaris, A.B. Smit{end}de burgemeester, S. el Wit"
    text = f"# Nota\n\n## Slot\n\n{LONG}\n\nBurgemeester en wethouders van Zandwijk,\n\n{signed}\n\n## Bijlage: som\n\n{LONG}\n"
    document = read(tmp_path, text, "x.md")
    assert own_text(document, "Slot") == LONG
    assert own_text(document, "Ondertekening").split("\n\n")[1:] == signed.split(end)


FOREWORD = "\n\n".join([LONG] * 8)
SIGNED = "Zandwijk, 4 maart 2026\n\nDe raad voornoemd,\n\nde griffier, A.B. Smit\n\nde voorzitter, ir. C. de Wit\n"
BY_COUNCIL = "Status: definitief, vastgesteld door de gemeenteraad bij besluit R26.014"
DECIDED = "De raad van de gemeente Zandwijk, bijeen in de openbare vergadering van 4 maart 2026, "


def proposal(meeting: str, decided: str) -> str:
    return f"Raadsvoorstel\n\nRaadsvergadering: {meeting}\n\nOnderwerp: Bomen\n\n{LONG}\n\nRaadsbesluit\n\n{decided}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"Nota bomen\n\nGemeente Zandwijk, 4 maart 2026\n\n{BY_COUNCIL}\n\n{LONG}\n", "Gemeente Zandwijk, 4 maart 2026"),
        (f"Nota bomen\n\n{BY_COUNCIL}\n\nZandwijk, 4 maart 2026\n\n{LONG}\n", f"{BY_COUNCIL}\n\nZandwijk, 4 maart 2026"),
        (f"Nota bomen\n\n{FOREWORD}\n\n{SIGNED}", "Zandwijk, 4 maart 2026"),
        (proposal("4 maart 2026", f"{DECIDED}besluit overeenkomstig het voorstel."), DECIDED[:-2]),
    ],
)  # fmt: skip
def test_the_day_of_adoption_is_read_from_where_it_stands(tmp_path: Path, text: str, words: str):
    document = read(tmp_path, text)
    (fact,) = [f for f in document.facts if f.name == "adopted_on"]
    assert (document.adopted_on, fact.value) == (date(2026, 3, 4), words)
    assert document.text[fact.start : fact.end] == words


@pytest.mark.parametrize(
    "text",
    [
        f"Nota bomen\n\nGemeente Zandwijk, 4 maart 2026\n\nStatus: concept\n\n{LONG}\n",
        f"Nota bomen\n\n{FOREWORD}\n\n{SIGNED.replace('De raad voornoemd', 'Burgemeester en wethouders van Zandwijk')}",
        proposal("18 maart 2026", f"{DECIDED}besluit overeenkomstig het voorstel."),
        proposal("4 maart 2026", f"{DECIDED}besluit het voorstel te verwerpen."),
        proposal("4 maart 2026", "Nog te nemen."),
    ],
)
def test_a_day_that_may_be_another_is_not_the_day_of_adoption(tmp_path: Path, text: str):
    assert read(tmp_path, text).adopted_on is None
