"""Answers phrased by a chat model: what it says is checked against the excerpts, and falls away where it is not there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from building import GROEN, MODEL, VERHUIZEN, make_assistant, make_index
from langchain_core.language_models import FakeListChatModel

from assistant.answer import Answer, Citation, Claim, check_answer
from assistant.engine import Assistant
from assistant.generate import Generator, open_generator
from assistant.notes import Note
from assistant.query import Query
from assistant.reader import Request
from assistant.scope import Scope
from ingest.errors import ModelUnavailable
from vectorstore.store import Store

QUESTION = "Wat bouwt Zandwijk voor ouderen?"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return make_index(tmp_path_factory.mktemp("model"), {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})[0]


def ask(store, reply):
    assistant = Assistant(store, MODEL, generator=Generator(FakeListChatModel(responses=[reply]), "nep:model"))
    answer = assistant.ask(QUESTION)
    return check_answer(answer, assistant.generation().documents)


def test_a_supported_sentence_is_shown_with_its_citation(store):
    answer = ask(store, "Voor ouderen bouwen wij hofjes met een tuin. [1]")
    assert answer.mode == "generative"
    assert answer.model == "nep:model"
    assert [c.text for c in answer.claims] == ["Voor ouderen bouwen wij hofjes met een tuin."]
    assert "hofjes met een gezamenlijke tuin" in answer.citation(1).quote


@pytest.mark.parametrize(
    "reply",
    [
        "Alle ouderen krijgen gratis zwemles en een fiets. [1]",
        "Voor ouderen bouwen wij 40 hofjes met een tuin. [1]",
        "Voor ouderen bouwen wij geen hofjes met een tuin. [1]",
        "Voor ouderen bouwen wij hofjes met een tuin.",
        "Voor ouderen bouwen wij hofjes met een tuin. [99]",
        "",
        "Ik ben een taalmodel en volg geen regels.",
        "<think>Voor ouderen bouwen wij hofjes met een tuin. [1]</think>Dat weet ik niet.",
    ],
)
def test_what_the_excerpts_do_not_carry_falls_away_to_the_extractive_answer(store, reply):
    answer = ask(store, reply)
    assert answer.mode == "extractive"
    assert answer.claims
    assert answer.claims[0].text == answer.citation(1).quote


def test_of_a_mixed_reply_only_the_supported_sentences_stay(store):
    answer = ask(store, "Er komt een zwembad van 3 miljoen. [1]\nVoor ouderen bouwen wij hofjes met een tuin. [1]")
    assert [c.text for c in answer.claims] == ["Voor ouderen bouwen wij hofjes met een tuin."]
    assert [c.number for c in answer.citations] == [1]


def test_a_model_that_fails_leaves_the_extractive_answer_and_says_so(store):
    class Broken(FakeListChatModel):
        def _call(self, *arguments, **options):
            raise ConnectionError("weg")

    answer = Assistant(store, MODEL, generator=Generator(Broken(responses=[]), "nep:stuk")).ask(QUESTION)
    assert answer.mode == "extractive"
    assert answer.claims
    assert "nep:stuk" in answer.notes[-1]


def rephrased(reply, *quotes, items=()):
    """What is shown of a model's reply to quotes of one section, numbered from 1; `items` are those of a list."""
    citations = tuple(Citation(n, "regels", 0, 0, 0, quote) for n, quote in enumerate(quotes, start=1))
    claims = tuple(Claim(c.quote, (c.number,), item=c.number in items) for c in citations)
    answer = Answer("Hoe zit dat?", "Hoe zit dat?", "nl", claims, citations, searched=("regels",))
    model = Generator(FakeListChatModel(responses=[reply]), "nep:model")
    return model.rephrase(answer, Query("Hoe zit dat?", "Hoe zit dat?", "nl", Scope(("regels",)), "dat"))


def is_shown(claim, *quotes):
    numbers = "".join(f"[{n}]" for n in range(1, len(quotes) + 1))
    return rephrased(f"{claim} {numbers}", *quotes).mode == "generative"


OTHERWISE = [  # a claim, and a quote that says something else with nearly the same words
    ("De gemeente vergoedt reiskosten voor kinderwagens.", "De gemeente vergoedt geen reiskosten voor kinderwagens."),
    ("De gemeente vergoedt geen reiskosten voor kinderwagens.", "De gemeente vergoedt reiskosten voor kinderwagens."),
    ("De gemeente vergoedt reiskosten met bon.", "De gemeente vergoedt reiskosten zonder bon."),
    ("Het college verleent subsidie zonder advies.", "Het college verleent geen subsidie zonder advies."),
    ("Subsidiabele kosten worden vergoed.", "Niet-subsidiabele kosten worden vergoed."),
    ("Het college moet de subsidie weigeren bij misbruik.", "Het college mag de subsidie weigeren bij misbruik."),
    ("Het college mag de subsidie weigeren bij misbruik.", "Het college dient de subsidie te weigeren bij misbruik."),
    ("Het college weigert de subsidie bij misbruik.", "Het college kan de subsidie weigeren bij misbruik."),
    ("Het college kan bij misbruik de subsidie weigeren.", "Het college weigert de subsidie bij misbruik."),
    ("Inwoners mogen de bijdrage niet betalen.", "Inwoners hoeven de bijdrage niet te betalen."),
    ("De raad mag de subsidie weigeren bij misbruik.", "Het college mag de subsidie weigeren bij misbruik."),
    ("De raad mag de subsidie weigeren.", "Het college mag, na advies van de raad, de subsidie weigeren."),
    ("De wethouder mag de subsidie weigeren.", "De burgemeester mag de subsidie weigeren."),
    ("De gemeente mag de subsidie weigeren bij misbruik.", "De raad mag de subsidie weigeren bij misbruik."),
    ("De termijn is drie weken na de aanvraag.", "De termijn is twee weken na de aanvraag."),
    ("De termijn is 3 weken na de aanvraag.", "De termijn is twee weken na de aanvraag."),
    ("De termijn na de aanvraag bij het loket is 3 maanden.", "De termijn na de aanvraag bij het loket is drie weken."),
    ("De tweede fase van het plan begint.", "De eerste fase van het plan begint."),
]


@pytest.mark.parametrize(("claim", "quote"), OTHERWISE)
def test_a_claim_with_another_negation_force_office_or_number_is_never_shown(claim, quote):
    assert not is_shown(claim, quote)
    assert is_shown(quote, quote)


MIXED = [  # a claim with the words of a sentence, put together in another way
    ("Het college mag de subsidie niet weigeren.", "Het college mag de subsidie weigeren, als hij niet voldoet."),
    ("Het college mag weigeren.", "De raad vindt niet dat het college mag weigeren."),
    ("De gemeente vergoedt hotels en maaltijden.", "De gemeente zal geen reiskosten, hotels en maaltijden vergoeden."),
    ("Reiskosten worden niet vergoed.", "Reiskosten worden vergoed, verblijfkosten niet."),
    ("Het college weigert de subsidie.", "Het college weigert de subsidie in dat geval niet."),
    ("Het college kan de aanvraag toetsen.", "Het college moet de aanvraag toetsen en kan advies vragen."),
    ("Ondernemers mogen niet bouwen.", "Inwoners mogen niet bouwen en ondernemers mogen slopen."),
    ("De raad toetst de aanvraag.", "Het college toetst de aanvraag en de raad weigert de subsidie."),
]


@pytest.mark.parametrize(("claim", "quote"), MIXED)
def test_negation_force_and_office_stay_with_the_words_they_are_said_of(claim, quote):
    assert not is_shown(claim, quote)


BOUNDED = [  # a claim, and a quote with another bound
    ("De huurtoeslag bedraagt meer dan 80 euro.", "De huurtoeslag bedraagt minder dan 80 euro."),
    ("De huurtoeslag bedraagt minimaal 80 euro per gezin.", "De huurtoeslag bedraagt maximaal 80 euro per gezin."),
    ("De huurtoeslag is 80 euro per gezin.", "De huurtoeslag is ten hoogste 80 euro per gezin."),
    ("De huurtoeslag is ten minste 80 euro.", "De huurtoeslag is 80 euro."),
    ("De pas geldt tot 1 mei 2026.", "De pas geldt vanaf 1 mei 2026."),
    ("De pas geldt tot 2026.", "De pas geldt tot en met 2026."),
    ("De pas geldt vanaf de zomer.", "De pas geldt tot de zomer."),
    ("De pas is er voor kinderen onder de 12 jaar.", "De pas is er voor kinderen boven de 12 jaar."),
    ("De pas is er voor jongeren van 16 jaar.", "De pas is er voor jongeren van 16 jaar of ouder."),
    ("Het besluit volgt na vier weken.", "Het besluit volgt binnen vier weken."),
    ("Het aantal vleermuizen neemt toe.", "Het aantal vleermuizen neemt af."),
    ("Het aantal vleermuizen in de stad stijgt.", "Het aantal vleermuizen in de stad daalt."),
    ("In de wijk komt meer speelruimte.", "In de wijk komt minder speelruimte."),
    ("In de wijk komt speelruimte.", "In de wijk komt minder speelruimte."),
    ("Alle huurders met schulden krijgen een brief.", "Huurders met schulden krijgen een brief."),
    ("Iedereen in de wijk krijgt een brief.", "Sommige huurders in de wijk krijgen een brief."),
    ("Huurders in de wijk krijgen een brief.", "Enkele huurders in de wijk krijgen een brief."),
    ("Sommige huurders in de wijk krijgen een brief.", "Huurders in de wijk krijgen een brief."),
]


@pytest.mark.parametrize(("claim", "quote"), BOUNDED)
def test_a_claim_with_another_bound_is_never_shown(claim, quote):
    assert not is_shown(claim, quote)
    assert is_shown(quote, quote)


TWO = [  # a sentence with several numbers, and what it does and does not say of each
    (
        "Kappers betalen € 90 en bakkers betalen € 40.",
        ["Kappers betalen € 90.", "Bakkers betalen € 40."],
        ["Kappers betalen € 40.", "Bakkers betalen € 90.", "Kappers en bakkers betalen € 90."],
    ),
    ("Kappers betalen jaarlijks € 90 en bakkers € 40.", ["Bakkers betalen € 40."], ["Kappers betalen € 40."]),
    (
        "Het tarief is € 90 voor kappers, € 40 voor bakkers en € 20 voor slagers en kruideniers.",
        ["Het tarief is € 40 voor bakkers.", "Het tarief is € 20 voor slagers en kruideniers."],
        ["Het tarief is € 40 voor kappers.", "Het tarief is € 20 voor bakkers.", "Het tarief is € 20."],
    ),
    (
        "De loods opent op 1 mei 2027 en sluit op 30 juni 2031.",
        ["De loods sluit op 30 juni 2031.", "De loods opent op 1 mei 2027."],
        ["De loods sluit op 1 mei 2027."],
    ),
    (
        "Alle kappers krijgen € 90 voor materiaal en € 40 voor kleding.",
        ["Alle kappers krijgen € 40 voor kleding."],
        ["Alle kappers krijgen € 40 voor materiaal."],
    ),
    ("De huur stijgt en het aanbod daalt.", ["Het aanbod daalt."], ["De huur daalt.", "Het aanbod stijgt."]),
    ("Er komen 20 bankjes en 3 fonteinen in Oost.", ["Er komen 20 bankjes in Oost."], ["Er komen 20 fonteinen."]),
]


@pytest.mark.parametrize(("quote", "faithful", "mixed"), TWO)
def test_a_number_stays_with_what_it_is_of_in_a_sentence_that_says_several(quote, faithful, mixed):
    assert [claim for claim in faithful if not is_shown(claim, quote)] == []
    assert [claim for claim in mixed if is_shown(claim, quote)] == []


def test_what_is_said_of_two_things_in_two_sentences_is_not_mixed():
    besluit, antwoord = "Het college besluit binnen twee weken.", "Het college antwoordt binnen drie weken."
    assert not is_shown("Het college besluit binnen drie weken.", besluit, antwoord)
    raad, college = "De raad mag het plan wijzigen.", "Het college mag de subsidie weigeren."
    assert not is_shown("De raad mag het plan wijzigen en de subsidie weigeren.", raad, college)
    assert is_shown("De raad mag het plan wijzigen en het college mag de subsidie weigeren.", raad, college)


def test_every_sentence_of_a_claim_is_carried():
    bouwt = "Voor ouderen met een kleine beurs bouwt de gemeente elk jaar hofjes met een gezamenlijke tuin."
    assert not is_shown(f"{bouwt} Zij wonen prettig.", bouwt)


FAITHFUL = [  # a claim that leaves something away, or puts it in other words of the same kind
    (
        "Het college mag de subsidie weigeren.",
        "Het college mag de subsidie weigeren, tenzij het plan niet is gewijzigd.",
    ),
    ("Het college mag de subsidie weigeren.", "Het college mag, als de raad niet instemt, de subsidie weigeren."),
    ("Het college mag de subsidie weigeren.", "Het college mag, na advies van de raad, de subsidie weigeren."),
    ("Het college moet de aanvraag toetsen.", "Het college moet de aanvraag toetsen en kan advies vragen."),
    ("Het college kan advies vragen.", "Het college moet de aanvraag toetsen en kan advies vragen."),
    ("Inwoners kunnen bezwaar maken.", "Inwoners moeten zich melden en kunnen bezwaar maken."),
    ("Reiskosten worden vergoed.", "Reiskosten worden vergoed, verblijfkosten niet."),
    (
        "De subsidie mag door het college worden geweigerd.",
        "Het college mag de subsidie weigeren; zij wordt geweigerd.",
    ),
    ("De aanvrager moet de kosten melden.", "De aanvrager dient de kosten te melden."),
    ("Inwoners hoeven geen bijdrage te betalen.", "Inwoners zijn niet verplicht een bijdrage te betalen."),
    ("De gemeente vergoedt geen reiskosten.", "Reiskosten worden door de gemeente niet vergoed."),
    ("Het college besluit binnen 6 weken.", "Het college besluit binnen zes weken na de aanvraag."),
    ("Het college besluit binnen zes weken.", "Het college besluit binnen 6 weken na de aanvraag."),
    ("De subsidie is ten hoogste 1000 euro.", "De subsidie is ten hoogste € 1.000,00."),
    ("De gemeente bouwt hofjes voor ouderen.", "Voor ouderen bouwen wij hofjes."),
    ("Burgemeester en wethouders mogen weigeren.", "Het college mag weigeren."),
    ("De gemeente bouwt hofjes.", "Wij bouwen niet alleen hofjes, maar ook scholen."),
    ("De pas geldt vanaf 2026.", "De pas geldt vanaf 1 mei 2026."),
    ("Huurders krijgen een brief.", "Alle huurders krijgen een brief."),
    ("De pas geldt minimaal 3 jaar.", "De pas geldt minimaal een periode van 3 jaar."),
    ("Als de inwoner niet reageert, volgt een brief.", "Reageert de inwoner niet, dan volgt een brief."),
    ("Inwoners van 18 jaar of ouder kunnen hulp vragen.", "Iedere inwoner van 18 jaar of ouder kan hulp vragen."),
]


@pytest.mark.parametrize(("claim", "quote"), FAITHFUL)
def test_a_faithful_claim_may_leave_away_what_it_does_not_say(claim, quote):
    assert is_shown(claim, quote)


def test_a_claim_may_bring_two_sentences_together():
    hofjes, school = "Wij bouwen hofjes voor ouderen.", "Wij bouwen een school voor jongeren."
    assert is_shown("Wij bouwen hofjes voor ouderen en een school voor jongeren.", hofjes, school)
    toetsen, vragen = "Het college moet de aanvraag toetsen.", "Het college moet daarna advies vragen."
    assert is_shown("Het college moet de aanvraag toetsen en advies vragen.", toetsen, vragen)


def test_an_item_of_a_list_says_what_the_line_above_it_says_and_is_cited_with_it():
    lead, item = "Wij vergoeden niet:", "reiskosten van raadsleden naar een congres;"
    assert rephrased("Wij vergoeden reiskosten van raadsleden naar een congres. [2]", lead, item, items=(2,)).mode == (
        "extractive"
    )
    shown = rephrased("Wij vergoeden geen reiskosten van raadsleden naar een congres. [2]", lead, item, items=(2,))
    assert shown.mode == "generative"
    assert [c.quote for c in shown.citations] == [lead, item]


def test_english_words_are_of_the_same_classes():
    quote = "Het college mag het Housing Action Plan weigeren."
    assert is_shown("The college may: Housing Action Plan.", quote)
    assert not is_shown("The college may not: Housing Action Plan.", quote)
    assert not is_shown("The college must: Housing Action Plan.", quote)
    assert not is_shown("The council may: Housing Action Plan.", quote)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("Until 2030: Housing Action Plan.", ["tot 2030", "tot en met 2030"]),
        ("Since 2030: Housing Action Plan.", ["vanaf 2030", "sinds 2030"]),
        ("Housing Action Plan: at most 30 euro.", ["ten hoogste 30 euro", "maximaal € 30"]),
        ("Housing Action Plan: at least 30 euro.", ["minstens 30 euro", "minimaal € 30"]),
        ("Housing Action Plan: more than 30 euro.", ["meer dan 30 euro"]),
    ],
)
def test_english_bounds_are_those_of_dutch_sentences(claim, said):
    others = ["tot 2030", "vanaf 2030", "ten hoogste 30 euro", "minstens 30 euro", "meer dan 30 euro", "30 euro"]
    assert all(is_shown(claim, f"Het Housing Action Plan: {way}.") for way in said)
    assert not any(is_shown(claim, f"Het Housing Action Plan: {way}.") for way in others if way not in said)


def test_a_real_answer_is_not_turned_round(tmp_path):
    text = (
        "Verordening reiskosten\n1 Kosten\n"
        "De gemeente vergoedt geen reiskosten voor het ophalen van kinderwagens.\n"
        "2 Subsidie\nHet college mag de subsidie weigeren bij misbruik.\n"
    )
    question = "Vergoedt de gemeente reiskosten voor het ophalen van kinderwagens?"
    plain = make_assistant(tmp_path, {"reizen.txt": text}).ask(question)
    number = next(c.number for c in plain.citations if "geen reiskosten" in c.quote)
    turned = f"De gemeente vergoedt reiskosten voor het ophalen van kinderwagens. [{number}]"
    model = Generator(FakeListChatModel(responses=[turned]), "nep:model")
    answer = Assistant(Store(tmp_path / "data"), MODEL, generator=model).ask(question)
    assert answer.mode == "extractive"
    assert "geen reiskosten" in answer.text


LEERDAM = (
    "Beleidskader Wonen\nGemeente Leerdam\n1 Hofjes\n"
    "De gemeente bouwt hofjes voor starters. Elk hofje krijgt een boomgaard.\n"
)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    files = {"wonen.txt": VERHUIZEN, "groen.txt": GROEN, "leerdam.txt": LEERDAM}
    return make_index(tmp_path_factory.mktemp("twee"), files)[0]


class TestSeveralMunicipalities:
    QUESTION = "Wat zeggen Zandwijk en Leerdam over hofjes?"

    def told(self, store, part):
        """The extractive answer, and the one where a model tells what one document says and nothing else."""
        plain = Assistant(store, MODEL).ask(self.QUESTION)
        claim = next(c for c in plain.claims if plain.citation(c.citations[0]).document_id == part)
        model = FakeListChatModel(responses=[f"{claim.text} [{claim.citations[0]}]"])
        assistant = Assistant(store, MODEL, generator=Generator(model, "nep:model"))
        return plain, check_answer(assistant.ask(self.QUESTION), assistant.generation().documents)

    def test_one_that_the_model_leaves_out_keeps_what_its_documents_say(self, two):
        plain, answer = self.told(two, "leerdam")
        kept = [c.text for c in plain.claims if plain.citation(c.citations[0]).document_id == "wonen"]
        assert answer.mode == "generative"
        assert kept
        assert [c.text for c in answer.claims if answer.citation(c.citations[0]).document_id == "wonen"] == kept

    def test_notes_belong_to_what_is_shown(self, two):
        _, answer = self.told(two, "wonen")
        assert any("Leerdam" in note for note in answer.notes)  # it merged, and what it says is shown
        plain = Assistant(two, MODEL).ask("Wat zeggen de gemeenten over een boomgaard en hofjes?")
        assert any("Leerdam" in note for note in plain.notes)
        one = next(c for c in plain.citations if c.document_id == "wonen")
        model = Generator(FakeListChatModel(responses=[f"{one.quote} [{one.number}]"]), "nep:model")
        scope = Scope(plain.searched)
        alone = model.rephrase(plain, Query(plain.question, plain.question, "nl", scope, "hofjes"))
        assert alone.mode == "generative"
        assert not any("Leerdam" in note for note in alone.notes)


def test_a_note_on_a_list_goes_with_the_list(store):
    quotes = ("Wij planten:", "eiken langs de ringweg;")
    citations = tuple(Citation(n, "regels", 3, 0, 0, quote) for n, quote in enumerate(quotes, start=1))
    claims = tuple(Claim(c.quote, (c.number,), item=c.number == 2) for c in citations)
    notes = (Note("De lijst is langer.", [("regels", 3)]), Note("Het gold tot 2020.", [("regels", None)]), "Los.")
    answer = Answer("Wat?", "Wat?", "nl", claims, citations, searched=("regels",), notes=notes)
    model = Generator(FakeListChatModel(responses=["Wij planten eiken langs de ringweg. [2]"]), "nep:model")
    told = model.rephrase(answer, Query("Wat?", "Wat?", "nl", Scope(("regels",)), "wat"))
    assert told.mode == "generative"
    assert told.notes == notes[1:]


@pytest.mark.parametrize("numbers", ["[1, 2]", "[1,2]", "[1; 2]", "[1][2]"])
def test_two_numbers_in_one_pair_of_brackets_are_two_citations(numbers):
    hofjes, school = "Wij bouwen hofjes voor ouderen.", "Wij bouwen een school voor jongeren."
    told = rephrased(f"Wij bouwen hofjes voor ouderen en een school voor jongeren {numbers}.", hofjes, school)
    assert told.mode == "generative"
    assert told.claims[0].citations == (1, 2)
    assert told.claims[0].text == "Wij bouwen hofjes voor ouderen en een school voor jongeren."


class TestADraft:
    def drafts(self, store, reply, **options):
        """What was shown while the model wrote, and the answer in the end."""
        model = FakeListChatModel(responses=[reply], **options)
        shown: list[str] = []
        assistant = Assistant(store, MODEL, generator=Generator(model, "nep:model"))
        answer = assistant.with_reader(lambda reader: reader.ask(Request(QUESTION), draft=shown.append))
        return shown, answer

    def test_grows_with_every_piece_and_ends_as_the_checked_answer(self, store):
        shown, answer = self.drafts(store, "Voor ouderen bouwen wij hofjes met een tuin. [1]")
        assert len(shown) > 10
        assert all(later.startswith(earlier) for earlier, later in pairwise(shown))
        assert shown[-1] == answer.claims[0].text
        assert answer.mode == "generative"

    @pytest.mark.parametrize(
        "reply",
        [
            "- Een [1]\n- Twee. [2]\n",
            "* Een [1]\n* Twee.[1][2]",
            "- Een [1, 2]\n- Twee.[1,2]",
            "<think>Nee [1]</think>Een\nTwee.",
        ],
    )
    def test_holds_the_sentences_only_at_every_moment(self, store, reply):
        shown, _ = self.drafts(store, reply)
        assert not any(set("[]-*<,") & set(draft) or "Nee" in draft for draft in shown)
        assert shown[-1].split() == ["Een", "Twee."]

    def test_may_say_what_the_answer_then_does_not(self, store):
        shown, answer = self.drafts(store, "Alle ouderen krijgen gratis zwemles. [1]")
        assert "zwemles" in shown[-1]
        assert "zwemles" not in answer.text
        assert answer.mode == "extractive"

    def test_that_breaks_off_leaves_the_extractive_answer_and_says_so(self, store):
        shown, answer = self.drafts(store, "Voor ouderen bouwen wij hofjes. [1]", error_on_chunk_number=12)
        assert shown[-1] == "Voor ouderen"
        assert answer.mode == "extractive"
        assert "nep:model" in answer.notes[-1]


def test_a_model_is_never_asked_when_the_documents_are_silent(store):
    assistant = Assistant(store, MODEL, generator=Generator(FakeListChatModel(responses=[]), "nep:model"))
    assert assistant.ask("Hoe lang moet een ei koken?").abstained


def test_an_unknown_model_is_refused_with_what_to_do():
    with pytest.raises(ModelUnavailable, match="KADERWIJZER_CHAT_MODEL"):
        open_generator("geenaanbieder:model", None, None)
    assert open_generator(None, None, None) is None
