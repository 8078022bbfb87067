"""What a document says about itself, and that every fact stands where its span says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.metadata import read_metadata
from ingest.municipalities import mentions, municipality_of, successor_of
from ingest.titles import read_title
from tests.making import read

BODY = "De gemeente Zandwijk werkt samen met inwoners aan een buurt waarin iedereen mee kan doen."


def of(text: str, title: str = "Nota", file_name: str = "nota.txt"):
    return read_metadata(text, title, file_name, None)


def municipality(text: str, title: str = "Nota", file_name: str = "nota") -> str | None:
    found = municipality_of(text, title, file_name)
    assert found is None or text[found[1] : found[2]] == found[0]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("front", "title"),
    [
        (["Raadsvoorstel", "Onderwerp: Kader zorg", "Steller A. Bos"], "Kader zorg"),
        (["Raadsvoorstel", "Onderwerp Kader zorg"], "Kader zorg"),
        (["Permanente link", "https://x.nl/1", "Groenvisie", "Geldend van 01-05-2022 t/m heden"], "Groenvisie"),
        (["kadernota sociaal domein", "November 2012"], "Kadernota sociaal domein"),
        (["Woonvisie", BODY], "Woonvisie"),
        (["gemeente", "Onderwerp van gesprek was de zorg.", BODY], "Nota zorg"),
    ],
)
def test_the_title_is_found(front: list[str], title: str):
    assert read_title(front, None, "nota-zorg.txt") == title


def test_a_title_that_the_file_states_comes_before_a_guess(tmp_path: Path):
    assert read(tmp_path, f"# Woonvisie\n\n{BODY}\n", "x.md").title == "Woonvisie"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("De raad van de gemeente Purmerend besluit.", "Purmerend"),
        ("De raad van de gemeente Zandwijk besluit.", "Zandwijk"),
        ("Gemeente Den Haag en haar inwoners.", "Den Haag"),
        ("De gemeente Bergen op Zoom werkt samen.", "Bergen op Zoom"),
        ("De gemeente Purmerend en Beemster besluit. Purmerend groeit.", "Purmerend"),
        ("De gemeente\n\nPurmerend\n\nstelt voor", "Purmerend"),
        ("De gemeente Best doet haar best. Best veel inwoners kampen met schulden.", "Best"),
        ("Wij doen ons best in heel het land. Echt waar. Kampen met schulden leiden tot zorgen. Best veel.", None),
        ("Rol van de gemeente\n\nAls gemeente doen wij mee.", None),
        ("Ossenhoven is een buurt.", None),
        ("Zaanstad groeit. Net als Zaanstad en Zaanstad doet de gemeente Purmerend mee.", "Purmerend"),
    ],
)
def test_the_municipality_is_the_one_the_text_is_about(text: str, name: str | None):
    assert municipality(text) == name


def test_a_place_on_no_list_counts_where_title_and_file_name_agree():
    assert municipality("Zandwijk groeit.", "Kader Zandwijk 2024", "zandwijk-kader") == "Zandwijk"
    assert municipality("Zandwijk groeit.", "Kader Zandwijk 2024", "kader") is None


def test_a_place_on_no_list_counts_anywhere_in_the_file_name_where_the_text_calls_it_a_place():
    text = "Zandwijk telt vijf kernen. Zandwijk groeit."
    assert municipality(text, "Kader Zandwijk 2024", "Kader_Zandwijk_2024_def") == "Zandwijk"
    text = "Zandwijk groeit. Wie in Zandwijk woont, doet mee. In Zandwijk telt iedereen."
    assert municipality(text, "Kader Zandwijk 2024", "Kader_Zandwijk_2024_def") == "Zandwijk"
    text = "Zandwijk is een gemeente aan het water. De buren zijn Purmerend en Zaanstad."
    assert municipality(text, "Kader Zandwijk 2024", "Kader_Zandwijk_2024_def") == "Zandwijk"
    assert (
        municipality("Veerkracht groeit in de wijk. Meer Veerkracht.", "Kader Veerkracht", "kader-veerkracht") is None
    )


def test_the_council_of_a_place_on_no_list_tells_whose_document_it_is():
    assert municipality("Vastgesteld door de gemeenteraad van Zandwijk op 1 mei 2024.") == "Zandwijk"


@pytest.mark.parametrize(
    "title",
    "Woonvisie 2024|Jeugdwet|Begrippenlijst water|Handboek toegang|Zorgmonitor|Cultuurpact|Warmtestrategie".split("|"),
)
def test_a_kind_of_document_is_no_place_though_title_and_file_name_agree(title: str):
    assert municipality(f"{title}. Een tekst.", title, title.lower().replace(" ", "-")) is None


def test_a_municipality_named_once_in_the_title_beats_neighbours_in_the_text():
    text = "Kader Purmerend. Wij werken samen met Zaanstad en met Zaanstad."
    assert municipality(text, "Beleidskader Purmerend", "kader") == "Purmerend"


def test_the_title_decides_between_two_places_on_no_list():
    text = "De gemeente Hoogveld, die met de gemeente Zandwijk werkt. Gemeente Hoogveld."
    assert municipality(text) == "Hoogveld"
    assert municipality(text, "Kader van Zandwijk", "kader") == "Zandwijk"


def test_a_name_that_is_a_word_needs_gemeente_or_a_capital_inside_the_sentence():
    assert mentions("wat doen zij best goed in heel de gemeente, en kampen zij") == []
    assert [name for name, _, _ in mentions("wat doet gemeente best en wat doet Leiden")] == ["Best", "Leiden"]


def test_a_merged_municipality_knows_where_it_went():
    assert successor_of("Heerhugowaard").successor == "Dijk en Waard"
    assert successor_of("Purmerend") is None
    assert successor_of("Zandwijk") is None


@pytest.mark.parametrize(
    ("title", "file_name", "kind"),
    [
        ("Beleidskader wonen", "x.txt", "beleidskader"),
        ("Programmabegroting 2024", "x.txt", "programmabegroting"),
        ("Woonvisie", "x.txt", "visie"),
        ("Participatiewet", "x.txt", "wet"),
        ("Wettelijke taken", "x.txt", None),
        ("Notariële akten", "kadernota-zorg.txt", "kadernota"),
    ],
)
def test_the_kind_is_read_from_title_or_file_name(title: str, file_name: str, kind: str | None):
    assert of("Tekst.", title, file_name).kind == kind


def test_a_line_that_is_just_the_kind_decides():
    assert of("gemeente\n\nraadsvoorstel\n\nOnderwerp Kader", "Beleidskader zorg").kind == "raadsvoorstel"


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("Geldend van 18-02-2025 t/m heden", date(2025, 2, 18), None),
        ("Geldend van 1 mei 2022 tot en met 31 december 2023", date(2022, 5, 1), date(2023, 12, 31)),
        ("Geldend van 31-02-2023 t/m heden", None, None),
        ("Wij zijn in 2023 begonnen", None, None),
    ],
)
def test_dates_of_validity(line: str, start: date | None, end: date | None):
    found = of(f"Kader\n\n{line}\n\nTekst")
    assert (found.valid_from, found.valid_until) == (start, end)


@pytest.mark.parametrize(
    "line",
    [
        "Aldus vastgesteld in de openbare vergadering van 12 mei 2021,",
        "Aldus vastgesteld in zijn vergadering d.d. 12 mei 2021",
        "Aldus besloten in de raadsvergadering van woensdag 12 mei 2021.",
        "Vastgesteld door de gemeenteraad op 12-05-2021",
        "Vastgesteld: 12 mei 2021",
        "Datum vaststelling: 12.05.2021",
        "Dit beleidskader is door de raad vastgesteld op 12 mei 2021.",
        "Dit kader is op 12 mei 2021 door de raad vastgesteld.",
        "De raad heeft dit kader besproken en het op 12 mei 2021 met algemene stemmen aanvaard.",
        "De raad van Zandwijk heeft dit kader aangenomen op 12 mei 2021.",
    ],
)
def test_the_day_of_adoption_in_its_usual_phrasings(line: str):
    assert of(f"Kader\n\n{line}\n\nTekst").adopted_on == date(2021, 5, 12)
    assert of("Kader\n\n" + BODY * 100 + f"\n\n{line}").adopted_on == date(2021, 5, 12)


def test_adoption_in_a_meeting_is_that_of_the_document_only_on_its_title_page():
    line = "Definitieve versie 1.2, april 2021. Vastgesteld in de raadsvergadering van 12 mei 2021. Zaaknummer 7."
    assert of(f"Kader\n\n{line}\n\nTekst").adopted_on == date(2021, 5, 12)
    assert of("Kader\n\n" + BODY * 10 + f"\n\n{line}").adopted_on is None


@pytest.mark.parametrize(
    "line",
    [
        "De raad heeft besloten het oude kader te verlengen van 1 januari 2021 tot later.",
        "Op 10 maart 2022 heeft de raad het ontwerp vastgesteld (2022.0000058). Op 14 februari 2023 volgde meer.",
        "Het vorige plan is vastgesteld op 3 mei 2011.",
    ],
)
def test_a_date_of_something_else_is_not_the_day_of_adoption(line: str):
    assert of(f"Kader\n\n{line}\n\nTekst").adopted_on is None


@pytest.mark.parametrize("line", ["Raadsvoorstelnummer 123", "Raadsvoorstelnummer: 123", "Raadsvoorstelnummer | 123"])
def test_header_fields_are_facts(line: str):
    facts = {fact.name: fact.value for fact in of(f"Kader\n\n{line}\n\nTekst").facts}
    assert facts == {"raadsvoorstelnummer": "123"}


@pytest.mark.parametrize(
    ("front", "name", "value"),
    [
        ("Kadernota zorg\n\nNovember 2012\n\nTekst", "datum", "November 2012"),
        ("Kadernota zorg\n\n12 mei 2021\n\nTekst", "datum", "12 mei 2021"),
        ("Zaaknummer: Z/21/004\n\nTekst", "zaaknummer", "Z/21/004"),
        ("- Publicatiedatum: 1 januari 2026\n\nTekst", "publicatiedatum", "1 januari 2026"),
        ("Dit plan heeft een looptijd van 2021 tot en met 2024.\n\nTekst", "looptijd", "2021 tot en met 2024"),
        ("Gemeenteblad van Zandwijk 2023 nr. 4512\n\nTekst", "publication", "Gemeenteblad van Zandwijk 2023 nr. 4512"),
        ("CVDR900001 versie 2\n\nTekst", "identifier", "CVDR900001"),
        (
            "Tekst\n\n1. Deze verordening treedt in werking op 1 februari 2025.",
            "in_force",
            "Deze verordening treedt in werking op 1 februari 2025",
        ),
        (
            "Tekst\n\nDit kader is geldig zolang de raad geen ander vaststelt.",
            "looptijd",
            "Dit kader is geldig zolang de raad geen ander vaststelt",
        ),
    ],
)
def test_dates_numbers_and_periods_are_facts(front: str, name: str, value: str):
    (fact,) = [fact for fact in of(front).facts if fact.name == name]
    assert fact.value == value
    assert front[fact.start : fact.end].endswith(value)


def test_a_document_that_says_when_it_takes_effect_is_in_force_from_that_day():
    assert of("Verordening\n\nDeze verordening treedt in werking op 1 februari 2025.").valid_from == date(2025, 2, 1)


def test_the_decision_of_a_place_that_is_on_no_list_names_it():
    text = "Nota\n\nTekst over Zandmeer.\n\nBurgemeester en wethouders van Zandmeer,"
    assert of(text).municipality == "Zandmeer"


def test_the_years_in_a_title_are_its_period():
    found = of("Programmabegroting 2024-2027\n\nTekst", "Programmabegroting 2024-2027")
    assert {f.name: f.value for f in found.facts}["looptijd"] == "2024-2027"
    assert found.valid_until is None


@pytest.mark.parametrize("line", ["In november 2012 zijn wij begonnen.", "Sinds 2012"])
def test_a_month_in_a_sentence_is_not_the_date_of_the_document(line: str):
    assert of(f"Kader\n\n{line}").facts == ()


def test_a_sentence_that_begins_like_a_field_is_no_fact():
    assert of("Kader\n\nAfdeling Wonen is verantwoordelijk voor de buurt.\n\nTekst").facts == ()


def test_both_permalinks_are_facts_and_the_versioned_one_is_the_address(tmp_path: Path):
    text = f"http://lokaleregelgeving.overheid.nl/CVDR123\nNaar de versie\nhttp://lokaleregelgeving.overheid.nl/CVDR123/2\n{BODY}"
    document = read(tmp_path, text)
    assert document.source_url == "http://lokaleregelgeving.overheid.nl/CVDR123/2"
    facts = {f.name: f.value for f in document.facts}
    assert facts["identifier"] == "CVDR123"
    assert facts["permalink"] == "http://lokaleregelgeving.overheid.nl/CVDR123/2"
    assert facts["permalink_current"] == "http://lokaleregelgeving.overheid.nl/CVDR123"


def test_a_link_in_the_text_is_not_the_address_of_the_document(tmp_path: Path):
    assert read(tmp_path, f"Woonvisie\n\nZie https://www.cbs.nl/cijfers voor cijfers.\n\n{BODY}").source_url is None


def full(tmp_path: Path) -> Document:
    return read(
        tmp_path,
        "https://lokaleregelgeving.overheid.nl/CVDR1/1\nKader Zandwijk\nGeldend van 01-02-2023 t/m 31-12-2026\n"
        "Steller Hans Bos\n"
        f"De raad van de gemeente Zandwijk\n1 Doel\n1.1 Nu\n{BODY}\nAldus vastgesteld op 3 januari 2023\n",
    )


def test_every_fact_stands_where_its_span_says(tmp_path: Path):
    document = full(tmp_path)
    names = {"title", "steller", "municipality", "valid", "adopted_on", "identifier", "permalink"}
    assert {f.name for f in document.facts} == names
    for fact in document.facts:
        assert fact.value in document.text[fact.start : fact.end]


def test_the_adoption_in_front_comes_before_one_in_an_appendix():
    appendix = "Aldus vastgesteld in de vergadering van 3 mei 2011"
    front = "Aldus vastgesteld in de vergadering van 12 mei 2021"
    assert of(f"{front}\n\n{BODY * 100}\n\n{appendix}").adopted_on == date(2021, 5, 12)


def test_what_is_not_said_stays_unknown(tmp_path: Path):
    document = read(tmp_path, "Losse tekst over iets. Meer is er niet.", "tekst.txt")
    unknown = (document.municipality, document.kind, document.adopted_on, document.valid_from, document.source_url)
    assert unknown == (None,) * 5
    assert document.facts == ()


@pytest.mark.parametrize(
    "text",
    [
        "Nota\nGemeente Zandwijk, team Groen Vastgesteld door de gemeenteraad op 26 maart 2024\n",
        "Nota\nVersie | 1.2, vastgesteld door de gemeenteraad op 26 maart 2024\n",
        f"Nota\n{BODY * 80}\nAldus vastgesteld in de raadsvergadering van 26 maart 2024.\nToelichting\n{BODY * 80}",
    ],
)
def test_the_adoption_is_read_from_a_title_page_and_from_before_the_notes(text):
    assert of(text).adopted_on == date(2024, 3, 26)


def test_another_document_that_was_adopted_says_nothing_of_this_one():
    text = f"Nota\n{BODY * 10}\nDe visie is uitgewerkt in een plan, vastgesteld door de raad op 26 maart 2019.\n"
    assert of(text).adopted_on is None


def test_until_when_it_runs_and_years_in_a_title_that_ends_in_a_quote():
    facts = {fact.name: fact.value for fact in of("Nota\nHet beleidskader loopt tot en met 31 december 2028.\n").facts}
    assert facts["looptijd"].endswith("31 december 2028")
    title = "Programma 2025-2027 'Een thuis'"
    facts = {fact.name: fact.value for fact in of(f"{title}\n{BODY} In de jaren 2028-2030 volgt meer.\n", title).facts}
    assert facts["looptijd"] == "2025-2027"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Portefeuillehouder: wethouder S. (Sanne) de Bruin. Opdrachtgever: afdeling Wonen.", "wethouder S. (Sanne) de Bruin"),
        ("Vastgesteld in 2024. Portefeuillehouder: wethouder El Amrani. Versie 2.", "wethouder El Amrani"),
        ("De portefeuillehouder is burgemeester mr. A.B. van 't Hof; zij beslist.", "burgemeester mr. A.B. van 't Hof"),
        ("Portefeuillehouder: J. Pot", "J. Pot"),
        ("Portefeuillehouders: mr. Anna Bos, Karel Vos, MSc", "mr. Anna Bos, Karel Vos, MSc"),
    ],
)  # fmt: skip
def test_who_is_responsible_ends_at_the_end_of_the_name(line: str, name: str):
    text = f"Nota\n\n{line}\n\nTekst"
    (fact,) = [f for f in of(text).facts if f.name.startswith("portefeuillehouder")]
    assert fact.value == name
    assert text[fact.start : fact.end].endswith(name)


def test_a_sentence_about_the_responsible_alderman_names_nobody():
    assert not [f for f in of("Nota\n\nDe portefeuillehouder is verantwoordelijk.").facts if "houder" in f.name]
