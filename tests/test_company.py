"""What a quote cannot be read without: the line above its list, the whole item, the condition that it hangs on."""

from __future__ import annotations

import pytest
from building import make_assistant

from assistant.compose import choose
from assistant.question import understand
from assistant.render import shown
from vectorstore.search import Hit

VEER = """Verordening Veerpont
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Wie mee mag
De pont vaart het hele jaar.

Kinderen onder de zes jaar:
a. staan bij de reling onder toezicht;
b. betalen niets aan boord;
c. dragen een geel zwemvest.

Kinderen van zes tot twaalf jaar:
a. mogen zonder ouder op het achterdek zitten;
b. betalen de helft aan boord;
c. tekenen het logboek van de schipper.

Volwassenen met een fiets:
a. zetten hun fiets tegen het hek;
b. betalen een toeslag aan boord.
2 Storm
De schipper let op het weer. Hij luistert naar de radio.

Als de havenmeester een sein geeft van:
- storm op het meer,
- ijs in de vaargeul,
- of mist bij de steiger.

dan mag de schipper meteen:
- de overtocht staken,
- of passagiers van boord sturen.

In spoedgevallen vaart de reddingsboot uit. De kosten worden in dat geval door de gemeente betaald.
3 Stemming over het vaarschema
De raad heeft over het vaarschema gestemd.

Voor het vaarschema stemden:

Lijst Haven: mevrouw Bos en de heer Kip;

Dorpspartij: de heer Vos;

Groen Zandwijk: mevrouw Mees.

Tegen het vaarschema stemden:

Lijst Dijk: de dames Haas en Ree;

Ouderen Eerst: de heer Das.
4 Werk aan boord
De bemanning werkt in ploegen.
- Een ploeg bestaat uit een schipper en een dekknecht die samen verantwoordelijk zijn voor de veiligheid van alle passagiers. \
Zij controleren iedere ochtend de reddingsboeien. De dekknecht houdt daarvan een lijst bij die een jaar lang wordt bewaard in \
de stuurhut.
- De kok werkt alleen in de zomer.
5 Begrippen
In deze verordening wordt verstaan onder:
- steiger: plaats waar de pont aanlegt;
- vaste gast: persoon die:
1°. een abonnement heeft;
2°. dagelijks vaart met een pas, indien:
- de pas geldig is, of
- de pas die was verlopen binnen een maand is verlengd;
3°. als gast van de gemeente is aangewezen door:
- de burgemeester;
- de havenmeester, of
- de schipper van de pont;
- zwemvest: vest dat blijft drijven.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("veer"), {"veer.txt": VEER})


def said(assistant, question: str) -> list[str]:
    return [claim.text for claim in assistant.ask(question).claims]


def test_a_list_ends_where_another_line_introduces_the_next(assistant):
    claims = said(assistant, "Wat mogen kinderen van zes tot twaalf jaar op het achterdek?")
    at = claims.index("Kinderen van zes tot twaalf jaar:")
    assert claims[at + 1 : at + 4] == [
        "a. mogen zonder ouder op het achterdek zitten;",
        "b. betalen de helft aan boord;",
        "c. tekenen het logboek van de schipper.",
    ]
    assert not any("hek" in claim for claim in claims)


@pytest.mark.parametrize("question", ["Wat staat er over betalen aan boord?", "Wie zet de fiets tegen het hek?"])
def test_no_item_is_quoted_without_the_line_that_introduces_it(assistant, question):
    claims = said(assistant, question)
    lead = ""
    for claim in claims:
        lead = claim if claim.endswith(":") else lead
        if "hek" in claim or "toeslag" in claim:
            assert lead == "Volwassenen met een fiets:"
        if "reling" in claim or "niets" in claim:
            assert lead == "Kinderen onder de zes jaar:"
    assert any("hek" in claim or "toeslag" in claim for claim in claims)


def test_what_follows_from_a_list_comes_with_the_list_and_its_lead(assistant):
    claims = said(assistant, "Mag de schipper passagiers van boord sturen?")
    at = claims.index("dan mag de schipper meteen:")
    assert claims[at - 4 : at] == [
        "Als de havenmeester een sein geeft van:",
        "storm op het meer,",
        "ijs in de vaargeul,",
        "of mist bij de steiger.",
    ]
    assert claims[at + 1 : at + 3] == ["de overtocht staken,", "of passagiers van boord sturen."]


def test_that_case_comes_with_the_case(assistant):
    claims = said(assistant, "Door wie worden de kosten betaald?")
    at = claims.index("De kosten worden in dat geval door de gemeente betaald.")
    assert claims[at - 1] == "In spoedgevallen vaart de reddingsboot uit."


@pytest.mark.parametrize(
    ("question", "lead", "parties"),
    [
        ("Welke partijen stemden voor het vaarschema?", "Voor het vaarschema stemden:", ["Haven", "Dorps", "Groen"]),
        ("Welke partijen stemden tegen het vaarschema?", "Tegen het vaarschema stemden:", ["Dijk", "Ouderen"]),
        ("Hoe stemde Ouderen Eerst over het vaarschema?", "Tegen het vaarschema stemden:", ["Dijk", "Ouderen"]),
    ],
)
def test_lines_with_labels_are_one_list_below_the_line_that_introduces_them(assistant, question, lead, parties):
    claims = said(assistant, question)
    at = claims.index(lead)
    assert all(party in claim for party, claim in zip(parties, claims[at + 1 :], strict=False))
    assert len(claims) > at + len(parties)


def test_an_item_is_quoted_to_its_end(assistant):
    (item,) = [
        claim for claim in said(assistant, "Wat staat er over een ploeg op de pont?") if claim.startswith("Een ploeg")
    ]
    assert item.endswith("in de stuurhut.")


def test_a_list_of_bullets_within_a_bullet_ends_after_the_one_below_of(assistant):
    claims = said(assistant, "Wie is volgens de begrippen een vaste gast met een abonnement?")
    at = next(n for n, claim in enumerate(claims) if claim.startswith("vaste gast: persoon die:"))
    assert claims[at + 1] == "1°. een abonnement heeft;"
    assert claims[at + 8] == "de schipper van de pont;"
    assert not any("blijft drijven" in claim for claim in claims[at:])


WERF = """Nota Werf
Gemeente Zandwijk
Vastgesteld op 11-10-2016
1 Hellingen
[Vervallen]
2 Kranen
[Vervallen]
3 Verf
De werf gebruikt alleen verf zonder lood. De verf wordt buiten bewaard.
4 Ondertekening
Aldus vastgesteld in de vergadering van 1 juli 2016,

Zandwijk,

de raad voornoemd,

de griffier,

mr. A.B. van Dijk

de voorzitter,

C. Bos
"""


@pytest.fixture(scope="module")
def werf(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("werf"), {"werf.txt": WERF})


def test_a_part_that_is_no_longer_in_force_is_answered_as_such(werf):
    answer = werf.ask("Wat zegt de nota Werf over hellingen?")
    assert answer.claims[0].text == "[Vervallen]"
    assert "Hellingen" in answer.text[: answer.text.index("Vervallen")]


@pytest.mark.parametrize("question", ["Wat doet de gemeente Zandwijk met verf?", "Wat wil Zandwijk met hellingen?"])
def test_lines_at_the_top_of_a_document_answer_no_question_about_its_content(werf, question):
    claims = said(werf, question)
    assert "Gemeente Zandwijk" not in claims
    assert "Vastgesteld op 11-10-2016" not in claims


def test_each_who_signed_has_a_line_of_office_and_name(werf):
    answer = werf.ask("Wie ondertekende de nota Werf?")
    signed = [claim for claim in answer.claims if "griffier" in claim.text or "voorzitter" in claim.text]
    assert [shown(claim).removeprefix("(…) ") for claim in signed] == [
        "de griffier, mr. A.B. van Dijk",
        "de voorzitter, C. Bos",
    ]
    assert all(claim.item for claim in signed)


BADEN = """<html><body><h1>Notitie zwemmen in Zandwijk</h1>
<h2>1 Baden</h2><p>Zandwijk heeft drie baden.</p>
<table><tr><td>Bad</td><td>Uren per week</td><td>Overdekt</td></tr>
<tr><td>De Plons</td><td>40</td><td>ja</td></tr>
<tr><td>Het Wad</td><td>12</td><td>nee</td></tr></table>
<p>In de winter is een bad dicht.</p>
<h2>3 Geld</h2><p>Tabel 1. Kosten per bad (bedragen x € 1.000)</p>
<table><tr><td>Bad</td><td>2024</td><td>2025</td></tr>
<tr><td>De Plons</td><td>310</td><td>325</td></tr>
<tr><td>Het Wad</td><td>95</td><td>99</td></tr></table>
<h2>2 Wie doet wat</h2><p>Zwemmen is van iedereen.</p>
<table><tr><td>Wie</td><td>Wat</td></tr>
<tr><td>Badmeesters</td><td>Letten op alle zwemmers en geven les.</td></tr>
<tr><td>Ouders</td><td>Brengen hun kind tot de rand van het water.</td></tr></table>
</body></html>"""


@pytest.fixture(scope="module")
def baths(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("baden"), {"baden.html": BADEN})


def test_a_row_comes_with_the_heads_of_its_columns(baths):
    assert said(baths, "Hoeveel uren per week is Het Wad open?") == [
        "Bad | Uren per week | Overdekt",
        "Het Wad | 12 | nee",
    ]


def test_a_row_of_figures_comes_with_the_caption_that_says_what_they_count(baths):
    claims = said(baths, "Wat zijn de kosten van De Plons in 2025?")
    at = claims.index("De Plons | 310 | 325")
    assert claims[at - 2 : at] == ["Tabel 1. Kosten per bad (bedragen x € 1.000)", "Bad | 2024 | 2025"]


def test_a_row_that_says_itself_what_it_is_comes_alone(baths):
    claims = said(baths, "Wat doen badmeesters?")
    assert any("Letten op alle zwemmers" in claim for claim in claims)
    assert "Wie | Wat" not in claims


TAKEN = """<html><body><h1>Programma water Zandwijk 2026</h1>
<h2>1 Overzicht</h2><p>Dit zijn de taken van 2026.</p>
<table><tr><td>Nr.</td><td>Taak</td><td>Trekker</td><td>Betaald uit</td></tr>
<tr><td>T01</td><td>Duikers schoonmaken</td><td>Waterschap</td><td>Waterpot</td></tr>
<tr><td>T02</td><td>Wadi bij school</td><td>Schoolbestuur</td><td>Rioolheffing</td></tr>
<tr><td>T03</td><td>Groene daken</td><td>Bewonersclub</td><td>Waterpot</td></tr>
<tr><td>T04</td><td>Regentonnen</td><td>Tuincentrum</td><td>Rioolheffing</td></tr>
<tr><td>T05</td><td>Pompen nakijken</td><td>Gemaalbeheer</td><td>Rioolheffing</td></tr></table>
<p>Wat overblijft, gaat naar het volgende jaar.</p></body></html>"""


@pytest.fixture(scope="module")
def tasks(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("taken"), {"water.html": TAKEN})


def rows(claims: list[str]) -> list[str]:
    return [claim[:3] for claim in claims if claim.startswith("T0")]


def test_of_a_table_the_row_that_is_named_is_quoted(tasks):
    assert rows(said(tasks, "Wie is de trekker van taak T03?")) == ["T03"]


def test_of_a_table_all_rows_are_quoted_that_hold_what_is_asked(tasks):
    assert rows(said(tasks, "Welke taken worden betaald uit de Waterpot?")) == ["T01", "T03"]


def test_of_a_table_that_is_asked_for_all_rows_are_quoted(tasks):
    assert len(rows(said(tasks, "Geef het overzicht van de taken van 2026"))) == 5


GELD = """Regeling zwemles Zandwijk
Geldend van 01-01-2024 t/m heden
De raad van de gemeente Zandwijk;
1 Zwembad
Het zwembad is het hele jaar open. De badmeester let op alle baden en helpt wie dat vraagt. Een zwemles kost 9 euro. \
De kantine verkoopt broodjes en warme soep. Op zondag is het bad alleen voor gezinnen.
2 Zwemles
Bij de zwemles hoort een handdoek. Voor de zwemles is die te huur voor 3 euro.
3 Ouders
Ouders zien van de tribune hoe de zwemles gaat. Na de zwemles is er limonade van 2 euro.
"""


def test_where_one_sentence_says_how_much_nothing_else_is_quoted(tmp_path):
    generation = make_assistant(tmp_path, {"zwemles.txt": GELD}).generation()
    hits = [Hit(rank, passage, 5.0 - rank / 10, 1.0) for rank, passage in enumerate((1, 2, 3), start=1)]

    def quoted(question: str) -> set[int]:
        return {e.section for e in choose(generation, understand(question, generation.documents.values()), hits)}

    assert quoted("Hoe duur is een zwemles in het zwembad?") == {1}
    assert quoted("Wat staat er over een zwemles in het zwembad?") == {1, 2, 3}
