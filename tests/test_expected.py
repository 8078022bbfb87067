"""What an answer must hold, and whether a text holds it."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.expected import HELD, Expected, expected_of, holds_kind
from assistant.kinds import Kind
from assistant.terms import asked_terms

KINDS = get_args(Kind)


@pytest.mark.parametrize(
    "text",
    [
        "Er komen 30 woningen.",
        "Het plan duurt drie jaar.",
        "De raad vergadert twee keer in de maand.",
        "Dit gebeurt jaarlijks.",
        "Een half jaar later volgt de keuze.",
        "Aan de pas zijn geen kosten verbonden.",
        "Vijftig procent is sociale huur.",
        "De helft van de woningen is sociale huur.",
        "Een derde van de bewoners is ouder.",
        "Het fonds heeft honderd euro voor elke buurt.",
        "Er komen tweehonderd bomen bij.",
    ],
)
def test_an_amount_is_held_in_figures_and_in_words(text):
    assert holds_kind(text, "amount")


@pytest.mark.parametrize(
    "text",
    [
        "De raad besloot dit op 14 februari 2023.",
        "De begroting 2024-2027",
        "2. Het college wijst een coördinator aan.",
        "3.28.1 De aannemer is aansprakelijk.",
        "Zie artikel 7 en bijlage 2.",
    ],
)
def test_dates_and_numbers_of_articles_and_items_count_nothing(text):
    assert not holds_kind(text, "amount")


@pytest.mark.parametrize(
    "text", ["Een pas kost € 12,50.", "Het fonds heeft honderd euro.", "Er zijn geen extra kosten."]
)
def test_money_is_held_where_it_is_named(text):
    assert holds_kind(text, "money")
    assert not holds_kind("Er komen dertig woningen.", "money")


def test_a_time_of_day_is_held_where_one_stands():
    assert holds_kind("De markt begint om 9.30 uur.", "time")
    assert not holds_kind("De markt begint in de ochtend van 3 mei 2024.", "time")


@pytest.mark.parametrize("text", ["Wij planten bomen.", "Het derde punt is de tuin.", "Een boom geeft schaduw.", ""])
def test_a_text_without_a_count_holds_no_amount(text):
    assert not holds_kind(text, "amount")


@pytest.mark.parametrize(
    "text", ["op 3 maart 2021", "vanaf mei 2030", "in 2026", "op 01-02-2023", "in het tweede kwartaal", "op 3 mei"]
)
def test_a_day_a_month_of_a_year_and_a_year_are_dates(text):
    assert holds_kind(text, "date")


@pytest.mark.parametrize("text", ["In maart bloeit de tuin.", "Er zijn 1200 bomen.", "nummer 12019", "binnenkort"])
def test_a_month_and_a_number_by_themselves_are_no_dates(text):
    assert not holds_kind(text, "date")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bel 0345-123456.", "phone"),
        ("Bel 06 1234 5678.", "phone"),
        ("Bel (0345) 12 34 56.", "phone"),
        ("Bel +31 345 123456.", "phone"),
        ("Bel 020 123 4567.", "phone"),
        ("Bel 14 0345.", "phone"),
        ("Mail naar balie@zandwijk.example.", "mail"),
        ("Zie www.zandwijk.example.", "contact"),
        ("Postbus 1, 1234 AB Zandwijk", "address"),
        ("De balie is aan de Dorpsstraat 12.", "address"),
    ],
)
def test_a_number_to_call_and_an_address_are_told_apart(text, kind):
    assert [other for other in ("phone", "mail", "address", "contact") if holds_kind(text, other)] == [kind]


@pytest.mark.parametrize(
    "text", ["Er komen 1234 bomen.", "Bel de gemeente.", "In 2025 gaat OM door.", "Van 2020-2024."]
)
def test_a_year_and_an_advice_to_call_are_no_contacts(text):
    assert not any(holds_kind(text, kind) for kind in ("phone", "mail", "address", "contact"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Het besluit volgt binnen acht weken.", "duration"),
        ("De pas is een jaar geldig.", "duration"),
        ("De raad vergadert elke maand.", "frequency"),
        ("De monitor verschijnt jaarlijks.", "frequency"),
        ("Dit geldt tot 16 jaar.", "age"),
        ("Voor 65-plussers is er een pas.", "age"),
        ("Dertig procent is sociale huur.", "share"),
        ("Een op de drie is lid, of 2 op de 6.", "share"),
        ("Wij planten bomen omdat schaduw verkoelt.", "reason"),
        ("Wij planten bomen om de stad koel te houden.", "reason"),
    ],
)
def test_terms_ages_shares_and_reasons_are_held_where_they_are_said(text, kind):
    assert holds_kind(text, kind)
    assert not holds_kind("De boswachter houdt toezicht op de aanplant.", kind)


def test_a_year_that_is_part_of_a_name_is_no_date():
    assert not holds_kind("Dit staat in de Wmo 2015 en in de Woonvisie 2024-2030.", "date")


def _expected(question: str, language: str = "nl") -> Expected:
    return expected_of(question, asked_terms(question, language))


@pytest.mark.parametrize(
    "text",
    [
        "Zandwijk telt 21.000 inwoners.",
        "Het aantal inwoners van Zandwijk is 21.000.",
        "Inwoners: 21.000",
        "Inwoners | 21.000",
        "Er zijn ruim 21.000 nieuwe inwoners bij gekomen.",
    ],
)
def test_how_many_is_answered_by_a_number_of_just_that(text):
    assert _expected("Hoeveel inwoners heeft Zandwijk?").held_in(text)
    assert _expected("How many residents does Zandwijk have?", "en").held_in(text)


@pytest.mark.parametrize(
    "text",
    ["Zandwijk heeft 12 scholen voor zijn inwoners.", "66% van de inwoners sport.", "De inwoners kiezen in 2026."],
)
def test_how_many_is_not_answered_by_a_number_of_something_else(text):
    assert not _expected("Hoeveel inwoners?").held_in(text)
    assert not _expected("aantal inwoners").held_in(text)


def test_a_number_of_what_was_spoken_of_before_counts():
    assert _expected("Hoeveel bomen komen er terug?").held_in("Voor elke boom planten wij er twee terug.")


def test_a_share_answers_how_many_of_them_do_something():
    assert _expected("Hoeveel inwoners sporten er?").held_in("66% van de inwoners sport.")


@pytest.mark.parametrize(
    "question", ["Hoeveel storten ontwikkelaars in het fonds?", "Hoeveel bedraagt de bijdrage?", "Hoeveel is dat?"]
)
def test_money_answers_how_much_something_is(question):
    assert _expected(question).held_in("De bijdrage bedraagt € 12.000.")


def test_what_the_question_itself_says_answers_nothing():
    when = _expected("In welk jaar wordt het Beleidskader 2024 geëvalueerd?")
    assert not when.held_in("Het Beleidskader 2024 wordt geëvalueerd.")
    assert when.held_in("Het Beleidskader 2024 wordt in 2026 geëvalueerd.")


def test_a_question_for_no_kind_is_answered_by_any_text():
    assert _expected("Wat staat er over bomen?").held_in("")


@pytest.mark.parametrize("text", ["de heer Boom", "J. de Vries", "A.B. Jansen", "Anna van der Berg tekende."])
def test_a_name_is_a_person(text):
    assert holds_kind(text, "person")


def test_a_text_without_names_holds_no_person():
    assert not holds_kind("De boswachter houdt toezicht op de aanplant.", "person")


@given(st.text(max_size=100), st.sampled_from([kind for kind in KINDS if kind not in HELD]))
def test_of_the_other_kinds_any_text_may_be_an_answer(text, kind):
    assert holds_kind(text, kind)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(sorted(HELD)))
def test_what_a_line_holds_its_text_holds(line, rest, kind):
    assert holds_kind(f"{line}\n{rest}", kind) or not holds_kind(line, kind)


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ["1" * 4000, "Aa " * 1300, "A." * 2000, "a@" * 2000, "0 " * 2000, "een dag " * 500])
def test_long_texts_are_looked_through_soon(text):
    assert {holds_kind(text, kind) for kind in HELD} <= {True, False}
    assert _expected(f"hoeveel {text}").held_in(text) in (True, False)


def test_what_a_line_enumerates_says_how_many_there_are():
    expected = _expected("Hoeveel pijlers heeft de tuin?")
    assert expected.held_in("De pijlers van de tuin zijn: geduld, water en zonlicht.")
    assert not expected.held_in("De gereedschappen zijn: een schop, een hark en een gieter.")


@pytest.mark.parametrize(
    ("question", "holding", "other"),
    [
        (
            "Welk bureau maakt de monitor?",
            "De monitor wordt gemaakt door Veldwerk B.V.",
            "De monitor wordt elk jaar gemaakt.",
        ),
        ("Op welke locatie is de dag?", "De dag is in het gemeentehuis.", "De dag is elk jaar met alle partners."),
        (
            "Wat zijn de openingstijden van de balie?",
            "De balie is open van 9.00 tot 12.00.",
            "De balie helpt iedereen.",
        ),
        ("Op welk telefoonnummer zijn zij bereikbaar?", "Bel 0583 - 49 25 00.", "Bel op werkdagen."),
        ("Waarom komt er geen nieuwbouw?", "Vraag: Waarom niet? Antwoord: de grond is vuil.", "Er komt niets."),
    ],
)
def test_companies_places_hours_and_reasons_are_told_from_other_text(question, holding, other):
    expected = _expected(question)
    assert expected.held_in(holding)
    assert not expected.held_in(other)


def test_the_municipality_that_a_question_names_is_no_company():
    expected = expected_of("Welk bureau maakt de monitor?", (), ("Zandwijk",))
    assert not expected.held_in("De monitor van Zandwijk verschijnt elk jaar.")
    assert expected.held_in("De monitor van Veldwerk verschijnt elk jaar.")


@pytest.mark.parametrize(
    "text",
    [
        "De vraag naar begeleiding steeg met stijgingen van respectievelijk 19 en 23,6%.",
        "Het aantal bewoners is met 5 procent gedaald.",
        "Er was een toename van 12% in een jaar.",
    ],
)
def test_by_how_much_something_grew_answers_only_a_question_for_that(text):
    def held(topic: str) -> bool:
        return expected_of(topic, asked_terms(topic, "nl")).held_in(text)

    assert not held("Welk aandeel van de bewoners krijgt hulp?")
    assert not held("Hoeveel geld trekt de gemeente uit voor hulp?")
    assert held("Met hoeveel procent is het gestegen?")


def test_a_share_is_money_only_of_something_that_is_paid():
    assert not holds_kind("Van de jongeren is 12% lid van een club.", "money")
    assert holds_kind("De subsidie is 40% van de kosten.", "money")


@pytest.mark.parametrize(
    "topic",
    [
        *("How high is the personal contribution for help?", "own contribution for a home help"),
        *("Hoeveel trekt de gemeente uit voor zwembaden?", "How much does the city spend on pools?"),
    ],
)
def test_more_ways_to_ask_for_money(topic):
    assert "money" in expected_of(topic, ()).kinds


def test_as_long_as_something_holds_says_how_long():
    assert holds_kind("De regeling geldt zolang de raad niet anders beslist.", "duration")


def test_a_sum_with_a_name_of_its_own_is_no_other_sum():
    topic = "Welke maandhuur geldt er voor de huurwoningen?"
    expected = expected_of(topic, asked_terms(topic, "nl"))
    assert expected.held_in("De huur is ten hoogste 520 euro per maand.")
    assert expected.held_in("Per maand is dat 520 euro.")
    assert not expected.held_in("Woningen voor huurders | Proceskosten 35.000 euro")


def test_how_often_is_also_said_by_a_share():
    assert holds_kind("Bij 34 procent van de huisbezoeken was er iemand thuis.", "frequency")


def test_the_number_that_is_wanted_is_not_counted_by_its_verb():
    topic = "Tot welk aantal wil Zandwijk het aantal dakloze inwoners terugbrengen?"
    assert expected_of(topic, ()).held_in("Dakloze inwoners volgens telling | 74 | 50")


def test_offices_by_their_portfolio_say_who():
    assert holds_kind("De portefeuillehouders Zorg en Welzijn zijn aanspreekpunt.", "person")


def test_an_organisation_that_the_question_itself_names_is_no_answer():
    topic = "Welk bedrijf levert de camera's voor het Kadeplein?"
    expected = expected_of(topic, asked_terms(topic, "nl"))
    assert not expected.held_in("De burgemeester is volgens de APV bevoegd tot camera's op het Kadeplein.")
    assert expected.held_in("De camera's op het Kadeplein komen van Oogmerk BV.")


def test_a_limit_may_be_a_share_of_what_the_law_sets():
    topic = "Wat is de inkomensgrens van de regeling?"
    expected = expected_of(topic, asked_terms(topic, "nl"))
    assert expected.held_in("De inkomensgrens gaat naar 130% van het sociaal minimum.")
    assert not expected.held_in("De inkomensgrens geldt voor 30% van de inwoners.")
