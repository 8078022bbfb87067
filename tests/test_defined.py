"""A question for a meaning is answered by the entry that gives it, whatever words are put around the term."""

from __future__ import annotations

import pytest
from building import GROEN, make_assistant

from assistant.definitions import explained

TERMS = """Regeling Speelplekken
Geldend van 01-03-2024 t/m heden
De raad van de gemeente Zandwijk;
Begrippenlijst
speelaanleiding
Een boomstam, steen of heuvel waar kinderen op kunnen klimmen.
valdemping
De laag onder een toestel die een val zachter maakt.
Artikel 1 Definities
- Speelplek: een stuk grond met toestellen;
- Beheerder: wie de toestellen nakijkt.
Artikel 2 Onderhoud
De beheerder kijkt elk toestel elk jaar na. Onder groot onderhoud verstaan wij het vervangen van een toestel.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return make_assistant(tmp_path_factory.mktemp("begrippen"), {"spelen.txt": TERMS, "groen.txt": GROEN})


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("Wat verstaat de regeling onder een beheerder?", "wie de toestellen nakijkt"),
        ("Wat is een speelplek?", "een stuk grond met toestellen"),
        ("What is meant by 'beheerder'?", "wie de toestellen nakijkt"),
        ("Wat betekent speelplek?", "een stuk grond met toestellen"),
    ],
)
def test_the_entry_for_a_term_answers_a_question_for_its_meaning(assistant, question, meaning):
    answer = assistant.ask(question)
    assert not answer.abstained
    assert meaning in answer.claims[0].text


def test_a_sentence_that_says_what_is_meant_answers_too(assistant):
    said = [claim.text for claim in assistant.ask("Wat wordt bedoeld met groot onderhoud?").claims]
    assert any("het vervangen van een toestel" in text for text in said)


@pytest.mark.parametrize("question", ["Wat is een klimwand?", "Wat verstaat de regeling onder een wipkip?"])
def test_a_term_that_no_entry_explains_is_not_answered(assistant, question):
    assert assistant.ask(question).abstained


def test_what_a_passage_may_explain_is_its_entries_and_what_it_says_is_meant(assistant):
    document = assistant.generation().documents["spelen"]
    found = {term for passage in document.passages for term in explained(document, passage)}
    assert {"Speelplek", "Beheerder", "groot onderhoud"} <= found


def test_of_two_terms_whose_difference_is_asked_the_entries_for_both_come_first(tmp_path):
    text = (
        "Nota Tuin\n\n1 Werk\n\nIn de tuin is schoffelen zwaar en wieden leuk. Het verschil voelt elke teler.\n\n"
        "Bijlage 1 Begrippenlijst\n\nSchoffelen: de grond losmaken met een schoffel.\n\n"
        "Wieden: onkruid met de hand uittrekken.\n\nZaaien: zaad in de grond brengen.\n"
    )
    assistant = make_assistant(tmp_path, {"tuin.txt": text})
    claims = [claim.text for claim in assistant.ask("Wat is het verschil tussen wieden en schoffelen?").claims]
    assert {claim.split(":")[0] for claim in claims[:2]} == {"Schoffelen", "Wieden"}


WORDS = """# Kadernota Spelen Zandwijk

## Spelen

Kinderen spelen buiten. De gemeente zorgt voor toestellen en voor schaduw.

## Aanhangsel: woorden die wij gebruiken

Buitenlokaal. Een plek buiten waar een klas les kan krijgen.

Speelroute. Het lint van plekken waarlangs kinderen spelend naar school lopen.

Valdemper. De laag onder een toestel die een val zachter maakt.
"""


def test_a_term_with_a_full_stop_behind_it_is_quoted_with_what_it_means(tmp_path):
    assistant = make_assistant(tmp_path, {"spelen.md": WORDS})
    claims = [claim.text for claim in assistant.ask("Wat is een speelroute?").claims]
    assert claims[0] == "Speelroute. Het lint van plekken waarlangs kinderen spelend naar school lopen."
    assert "Speelroute." not in claims
