"""What answers quote: sentences with those they lean on, items and rows whole, and no line that states nothing."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.quotable import sentences_in
from tests.making import read

TUIN = """Verordening Buurttuin
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Wat er groeit
De tuin heeft een kas. De kas is van glas. Wie er lang werkt, krijgt het snel warm. Niet alleen tomatentelers merken dat.

2 Begrippen
In deze verordening wordt verstaan onder:
• bloembollenroof: gedrag van een bezoeker, waarbij
i) bollen uit de grond worden gehaald;
ii) bollen worden verstopt;
• compost: verteerd tuinafval.

3 Raad van telers
Zij deden de volgende aanbevelingen:
• Begin met een klein bed. Een groot bed kost veel tijd. Veel telers haken dan af. Dat is zonde. Neem dus de tijd.
• Deel het gereedschap.
• Zaai op tijd. Wie te laat zaait, oogst niets.

4 Cijfers over de tuin
Bezoekers per dag: Zandwijk 40, landelijk 25 Kruiwagens per tuin: Zandwijk 6, landelijk 3 Tuinslangen: Zandwijk 9, landelijk 8

5 Onze manier
Vertrouwen is de basis van de tuin.

Wat is er nodig? ‘Samen schoffelen’:
• Vroeg beginnen
• Elkaar helpen

6 De bijenkast
De imker zorgt voor de bijenkast.

De bijenkast

Kinderen kijken graag naar de bijenkast vanaf de veilige bank.

*Dit woord over de bijenkast staat in de woordenlijst

7 Pijlers
De pijlers van de tuin zijn: geduld, water en zonlicht.
7.1 Uitgangspunten

1. Gelijke bedden voor iedereen

Elke teler krijgt tien vierkante meter. Ruilen mag.

2. Water voor alles

De kraan is altijd open.

8 Slotbepalingen
Wie artikel 9 overtreedt, betaalt aan de buurtkas veertig euro.
Artikel 9 Stilte
Na zonsondergang is het stil in de tuin.
Artikel 10 Rust
Op zondag rust de teler.
Artikel 11 Einde
Deze verordening treedt in werking op 1 maart 2024.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("tuin"), {"tuin.txt": TUIN})


def said(assistant, question: str) -> list[str]:
    return [claim.text for claim in assistant.ask(question).claims]


def test_a_sentence_brings_the_one_that_it_leans_on(assistant):
    claims = said(assistant, "Wat staat er over tomatentelers?")
    assert "Niet alleen tomatentelers merken dat." in claims
    assert "Wie er lang werkt, krijgt het snel warm." in claims


def test_an_entry_that_breaks_off_goes_on_in_its_own_items_and_ends_before_the_next_entry(assistant):
    claims = said(assistant, "Wat is bloembollenroof?")
    assert claims[0].startswith("bloembollenroof: gedrag van een bezoeker")
    assert claims[1:3] == ["i) bollen uit de grond worden gehaald;", "ii) bollen worden verstopt;"]
    assert not any("compost" in claim for claim in claims)


def test_the_items_of_a_list_are_whole_and_all_there(assistant):
    claims = said(assistant, "Welke aanbevelingen deden de telers?")
    assert any(claim.startswith("Begin met een klein bed.") and claim.endswith("Neem dus de tijd.") for claim in claims)
    assert "Zaai op tijd. Wie te laat zaait, oogst niets." in claims


def test_a_labelled_figure_is_quoted_without_those_beside_it(assistant):
    claims = said(assistant, "Hoeveel kruiwagens zijn er per tuin?")
    assert claims[0] == "Kruiwagens per tuin: Zandwijk 6, landelijk 3"


def test_a_line_that_introduces_by_a_question_and_a_name_is_one(assistant):
    claims = said(assistant, "Wat is er nodig voor samen schoffelen?")
    assert "Wat is er nodig? ‘Samen schoffelen’:" in claims
    assert {"Vroeg beginnen", "Elkaar helpen"} <= set(claims)


def test_captions_and_legends_are_not_quoted(assistant):
    claims = said(assistant, "Wat staat er over de bijenkast?")
    assert claims
    assert "De bijenkast" not in claims
    assert not any("woordenlijst" in claim for claim in claims)


def test_what_a_line_enumerates_says_how_many_there_are(assistant):
    assert any("geduld, water en zonlicht" in claim for claim in said(assistant, "Hoeveel pijlers heeft de tuin?"))


def test_a_head_comes_with_what_stands_below_it(assistant):
    claims = said(assistant, "Wat houdt het uitgangspunt ‘gelijke bedden voor iedereen’ in?")
    assert any("tien vierkante meter" in claim for claim in claims)


def test_what_becomes_of_one_who_breaks_an_article_is_found_where_the_text_refers_to_it(assistant):
    claims = said(assistant, "Hoeveel betaal je als je artikel 9 overtreedt?")
    assert any("veertig euro" in claim for claim in claims)


@pytest.mark.parametrize("question", ["Welke documenten heb je?", "Which documents do you have?"])
def test_the_documents_that_there_are_can_be_asked(assistant, question):
    assert said(assistant, question) == ["Verordening Buurttuin"]


def test_a_number_to_call_must_be_that_of_who_is_asked_for(tmp_path):
    text = "Nota Loket\n\n1 Balie\n\nDe balie is te bellen op 0123-456789.\n\n2 Kas\n\nDe kas is elke dag open voor telers.\n"
    asked = make_assistant(tmp_path, {"loket.txt": text})
    assert any("0123-456789" in claim for claim in said(asked, "Wat is het telefoonnummer van de balie?"))
    assert said(asked, "Wat is het telefoonnummer van de kas?") == []


def spoken(tmp_path, text: str) -> list[str]:
    """The sentences that may be quoted of a text."""
    document = read(tmp_path, f"# Nota\n\n## Geld\n\n{text}\n", "x.md")
    section = next(s for s in document.sections if s.title == "Geld")
    return [document.text[s.start : s.end] for s in sentences_in(document, section.text_start, section.body_end)]


def test_a_sentence_with_a_year_after_its_colon_is_not_cut_at_its_capitals(tmp_path):
    sentence = "Het Huis van Adem is daarvan uitgezonderd: daarvoor is tot 2030 eigen geld gereserveerd."
    assert spoken(tmp_path, sentence) == [sentence]
    assert spoken(tmp_path, "Huur: 40% Koop: 60%") == ["Huur: 40%", "Koop: 60%"]


@pytest.mark.parametrize(
    "line", ["Naar de actuele versie van de regeling", "Zie afbeelding.", "1 https://zandwijk.nl/nota"]
)
def test_a_line_that_says_nothing_is_not_quoted(tmp_path, line):
    assert line not in spoken(tmp_path, f"De gemeente helpt.\n\n{line}\n\nDe gemeente luistert.")
