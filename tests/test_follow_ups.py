"""Questions that lean on the ones before: points of an answer, sections, corrections, and topics that are new."""

from __future__ import annotations

import pytest
from building import GROEN, VERHUIZEN, write_files

from assistant.courtesies import asks_nothing
from assistant.kinds import asked_kinds
from assistant.pointing import Points
from assistant.question import understand
from ingest.read import read_document

FIRST = "Wat zegt Zandwijk over ouderen?"


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = write_files(tmp_path_factory.mktemp("gesprek"), {"wonen.txt": VERHUIZEN, "groen.txt": GROEN})
    return [read_document(path) for path in sorted(folder.iterdir())]


POINTS = ("de ligging van het hofje;", "de grootte van de tuin", "de toegang voor rollators.")


def after(documents, question, *history, points=POINTS):
    return understand(question, documents, history or [FIRST], shown=lambda _: Points(points))


@pytest.mark.parametrize(
    ("question", "point"),
    [
        ("Wat houdt het tweede punt in?", "de grootte van de tuin"),
        ("What does the second point mean?", "de grootte van de tuin"),
        ("Vertel meer over het eerste uitgangspunt", "de ligging van het hofje"),
        ("What does the last one mean?", "de toegang voor rollators"),
        ("En het laatste punt?", "de toegang voor rollators"),
        ("Wat betekent punt 3?", "de toegang voor rollators"),
        ("point 1?", "de ligging van het hofje"),
    ],
)
def test_a_point_of_the_answer_before_is_asked_by_what_it_says(documents, question, point):
    query = after(documents, question)
    assert f"“{point}”" in query.topic
    assert f"“{point}”" in query.standalone
    assert "Zandwijk" in query.standalone
    assert query.scope.municipalities == ("Zandwijk",)


@pytest.mark.parametrize("question", ["En punt 12?", "Wat houdt het achtste punt in?", "punt 0"])
def test_a_point_that_the_answer_before_does_not_have_is_a_follow_up_on_its_subject(documents, question):
    query = after(documents, question)
    assert "ouderen" in query.topic
    assert query.scope.municipalities == ("Zandwijk",)


def test_a_point_asked_of_another_municipality_is_looked_for_there(documents):
    query = after(documents, "Wat zegt Hoogveld over het tweede punt?")
    assert query.scope.municipalities == ("Hoogveld",)
    assert "de grootte van de tuin" in query.topic


@pytest.mark.parametrize("history", [[], ["Dank je wel!"]])
def test_before_the_first_question_there_is_no_answer_to_look_at(documents, history):
    def never(_):
        raise AssertionError

    assert understand("Wat houdt het tweede punt in?", documents, history, shown=never).topic


@pytest.mark.parametrize("question", ["Wat zegt Hoogveld over bomen?", "Iets anders: wie snoeit de bomen?"])
def test_a_question_with_a_place_or_a_subject_of_its_own_looks_at_no_answer(documents, question):
    said = Points(sections=(("wonen", 1),), documents=("wonen",))
    assert understand(question, documents, [FIRST], shown=lambda _: said).shown == ()


def test_where_the_answer_before_had_no_points_an_ordinal_is_an_ordinary_word(documents):
    assert "tweede punt" in after(documents, "Wat houdt het tweede punt in?", points=()).topic


def test_a_follow_up_on_a_section_looks_there_and_says_so(documents):
    query = after(documents, "En hoofdstuk 2?")
    assert [(name, number) for name, number in query.scope.sections if name == "wonen"]
    assert query.scope.municipalities == ("Zandwijk",)
    assert "ouderen" in query.topic
    assert "Zandwijk" in query.standalone
    assert "hoofdstuk 2" in query.standalone.lower()


def test_a_section_that_there_is_not_stays_in_the_question(documents):
    query = after(documents, "En hoofdstuk 5?")
    assert query.scope.sections == ()
    assert "hoofdstuk 5" in query.standalone


def test_a_section_that_was_absent_is_forgotten_when_another_is_asked(documents):
    first = "Wat staat er in hoofdstuk 9 van Hoogveld over bomen?"
    assert understand(first, documents).scope.absent
    query = after(documents, "En in hoofdstuk 2?", first)
    assert query.scope.absent == ()
    assert query.scope.sections


@pytest.mark.parametrize(
    ("first", "then", "about"),
    [
        ("Wat staat er in hoofdstuk 1 van Hoogveld?", "hoofdstuk 2 ook even aub", "2 Bomen"),
        ("Waar gaat hoofdstuk 1 van de groenvisie van Hoogveld over?", "En 2?", "2 Bomen"),
        ("Vat hoofdstuk 1 van de groenvisie samen", "and chapter 2, please?", "2 Bomen"),
    ],
)
def test_after_one_section_another_is_asked_by_its_number_alone(documents, first, then, about):
    assert after(documents, then, first).topic == about


@pytest.mark.parametrize(
    "question", ["Wat staat er in hoofdstuk 2 van Hoogveld?", "Hoogveld, hoofdstuk 2", "Hoofdstuk 2 Hoogveld"]
)
def test_a_question_for_a_section_and_nothing_else_is_about_its_title(documents, question):
    assert understand(question, documents).topic == "2 Bomen"


@pytest.mark.parametrize("question", ["En wat verstaat Hoogveld eronder?", "Wat verstaat Hoogveld daaronder?"])
def test_a_word_that_points_back_keeps_the_topic_in_another_place(documents, question):
    query = after(documents, question)
    assert query.scope.municipalities == ("Hoogveld",)
    assert "ouderen" in query.topic
    assert "Hoogveld" in query.standalone
    assert "Zandwijk" not in query.standalone


@pytest.mark.parametrize(
    "question",
    [
        "Nee, ik bedoel Hoogveld",
        "No, I meant Hoogveld",
        "No, I mean Hoogveld",
        "Ik bedoel Hoogveld",
        "Sorry, ik bedoel Hoogveld",
    ],
)
def test_a_correction_of_the_place_asks_the_same_there(documents, question):
    query = after(documents, question)
    assert query.scope.municipalities == ("Hoogveld",)
    assert query.topic == understand(FIRST, documents).topic


def test_a_correction_of_the_subject_keeps_the_place(documents):
    query = after(documents, "Nee, ik bedoel starters")
    assert query.scope.municipalities == ("Zandwijk",)
    assert "starters" in query.topic
    assert "bedoel" not in query.topic


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel bomen worden er geplant?",
        "Welke hulp krijgen mensen die schulden hebben?",
        "Hoe helpt de gemeente ouders met hun kinderen?",
        "Hoe zorgt het kader dat iedereen mee kan doen?",
        "Is there a subsidy for solar panels?",
        "How does the council help families with their debts?",
        "What is offered to people that cannot find work?",
        "Mijn buurvrouw kapt een boom in haar achtertuin. Moet zij daar een nieuwe linde voor planten?",
    ],
)
def test_a_new_topic_does_not_drag_the_old_one_along(documents, question):
    query = after(documents, question)
    assert query.standalone == question
    assert set(query.scope.documents) == {"wonen", "groen"}


def test_a_new_topic_with_its_own_place_leaves_the_old_place(documents):
    query = after(documents, "Waar mogen honden in Hoogveld los lopen?")
    assert query.topic == "Waar mogen honden los lopen?"
    assert query.scope.municipalities == ("Hoogveld",)


@pytest.mark.parametrize("question", ["Waarom?", "En?", "why?", "Hoe zit dat?"])
def test_a_question_without_a_topic_asks_on(documents, question):
    query = after(documents, question)
    assert "ouderen" in query.topic
    assert "Zandwijk" in query.standalone


def test_a_short_follow_up_keeps_the_language_of_the_conversation(documents):
    assert after(documents, "Zandwijk?", "What does Hoogveld say about trees?").language == "en"
    assert after(documents, "Zandwijk?", "Wat zegt Hoogveld over bomen?").language == "nl"


FIVE = ["Wat zegt Zandwijk over hofjes?", "En voor ouderen?", "En in Hoogveld?", "Waarom?"]


def test_five_turns_keep_the_first_topic_and_the_last_place(documents):
    query = after(documents, "En voor starters?", *FIVE)
    assert query.scope.municipalities == ("Hoogveld",)
    assert "hofjes" in query.topic
    assert "starters" in query.topic
    assert "Hoogveld" in query.standalone
    assert "Zandwijk" not in query.standalone


def test_after_a_new_topic_the_turns_before_it_are_forgotten(documents):
    query = after(documents, "En in Zandwijk?", *FIVE, "Hoeveel bomen plant Hoogveld in een straat?")
    assert "bomen" in query.topic
    assert "hofjes" not in query.topic
    assert query.scope.municipalities == ("Zandwijk",)


def test_a_follow_up_after_a_question_about_a_point_keeps_the_place(documents):
    query = after(documents, "En voor starters?", FIRST, "Wat houdt het tweede punt in?")
    assert query.scope.municipalities == ("Zandwijk",)


def test_a_conversation_of_a_thousand_turns_is_still_understood(documents):
    assert "ouderen" in after(documents, "En?", FIRST, *["En?"] * 1500).topic


@pytest.mark.parametrize(
    "nothing", ["Dank je wel!", "ok, helder", "Thanks a lot!", "Hallo, wat kun jij?", "What can you do?"]
)
def test_thanks_and_greetings_ask_nothing_and_leave_the_conversation_as_it_was(documents, nothing):
    assert after(documents, nothing).standalone == nothing
    assert after(documents, "En over starters?", FIRST, nothing).standalone == "Wat zegt Zandwijk over starters?"


@pytest.mark.parametrize(
    "question", ["Dank je de koekoek", "Help met huur", "Wat kun je met schulden?", "Prima scholen?"]
)
def test_a_question_that_begins_as_a_courtesy_is_a_question(question):
    assert not asks_nothing(question)


@pytest.mark.parametrize(
    ("first", "then", "understood"),
    [
        ("Wat zegt Zandwijk over ouderen?", "En Hoogveld?", "Wat zegt Hoogveld over ouderen?"),
        ("How does Zandwijk see the role of parents?", "And Hoogveld?", "How does Hoogveld see the role of parents?"),
        ("Wat zegt Zandwijk over ouderen?", "nee, ik bedoel Hoogveld", "Wat zegt Hoogveld over ouderen?"),
    ],
)
def test_the_same_question_about_another_place_is_said_with_that_place(documents, first, then, understood):
    assert after(documents, then, first).standalone == understood


@pytest.mark.parametrize(
    "question",
    [
        "Wat zeggen ze over rollators?",
        "Noemen ze ook rollators?",
        "En hoe kijken ze naar rollators?",
        "Zijn er ook stukken die rollators noemen?",
        "Wat staat er nog meer over rollators?",
        "Dank je. Wat staat er over rollators?",
        "Ok en wat zeggen ze dan over rollators?",
    ],
)
def test_a_follow_up_with_a_subject_of_its_own_leaves_the_earlier_one(documents, question):
    query = after(documents, question)
    assert query.topic == "rollators"
    assert (query.scope.documents if query.scope.named else query.carried) == ("wonen",)


def test_what_is_said_of_the_subject_before_keeps_it(documents):
    assert "ouderen" in after(documents, "Wat zeggen ze daar nog meer over?").topic


@pytest.mark.parametrize(
    ("question", "point"),
    [
        ("Explain the third please", "ruimte geven"),
        ("Wat betekent het tweede voor ouderen?", "samenwerken op basis van vertrouwen"),
        ("Leg het laatste graag uit", "ruimte geven"),
    ],
)
def test_what_a_sentence_enumerates_are_its_points(documents, question, point):
    said = Points(sentences=("De principes zijn: luisteren, samenwerken op basis van vertrouwen en ruimte geven.",))
    query = understand(question, documents, [FIRST], shown=lambda _: said)
    assert f"“{point}”" in query.topic


def test_numbered_items_are_counted_by_their_numbers():
    said = Points(items=("1. Samenleving", "Netwerken", "2. Burger", "3. Gemeente"))
    assert said.listed() == ("1. Samenleving", "2. Burger", "3. Gemeente")


def test_a_point_asked_earlier_in_the_conversation_is_known_later(documents):
    asked = []

    def shown(questions):
        asked.append(tuple(questions))
        return Points(POINTS)

    query = understand("Wie beslist daarover?", documents, [FIRST, "Wat houdt het tweede punt in?"], shown=shown)
    assert "de grootte van de tuin" in query.topic
    assert asked == [(FIRST,), (FIRST, "Wat houdt het tweede punt in?")]


@pytest.mark.parametrize(
    "question", ["alleen Hoogveld graag", "just Hoogveld please", "Ik bedoelde eigenlijk Hoogveld", "Hoogveld only"]
)
def test_narrowing_the_place_asks_the_same_there(documents, question):
    query = after(documents, question, "Wat zeggen de gemeenten over ouderen?")
    assert query.scope.municipalities == ("Hoogveld",)
    assert query.topic == "ouderen"


@pytest.mark.parametrize("question", ["En alle gemeenten?", "And all municipalities?"])
def test_a_follow_up_may_widen_the_place_to_all(documents, question):
    query = after(documents, question)
    assert query.scope.documents == tuple(d.id for d in documents)
    assert query.scope.apart
    assert query.topic == "ouderen"


@pytest.mark.parametrize("question", ["Sinds wanneer loopt het?", "Is het verplicht?", "Wat kost dat per jaar?"])
def test_a_pronoun_keeps_the_subject(documents, question):
    assert "ouderen" in after(documents, question).topic


@pytest.mark.parametrize("question", ["Sinds wanneer geldt het kader?", "De wijkteams, wie zitten daarin?"])
def test_a_word_that_is_explained_in_its_own_question_points_to_nothing_before_it(documents, question):
    assert "ouderen" not in after(documents, question).topic


@pytest.mark.parametrize(
    ("question", "about"),
    [("Andere vraag: hoe zit het met bomen?", "bomen"), ("Ok, different question: what about trees there?", "trees")],
)
def test_a_question_that_says_it_is_about_something_else_is(documents, question, about):
    query = after(documents, question)
    assert about in query.topic
    assert "ouderen" not in query.topic


def test_a_question_may_go_back_to_an_earlier_subject_in_its_place(documents):
    history = [FIRST, "Wat zegt Hoogveld over bomen?"]
    query = after(documents, "Terug naar de ouderen: wie is er verantwoordelijk?", *history)
    assert "ouderen" in query.topic
    assert {query.scope.documents, query.carried} & {("wonen",)}


def test_a_section_that_does_not_speak_of_the_subject_is_asked_for_itself(documents):
    query = after(documents, "En hoofdstuk 2?", "Wat zegt Hoogveld over olifanten?")
    assert query.topic == "2 Bomen"
    assert query.scope.municipalities == ("Hoogveld",)


@pytest.mark.parametrize(("question", "kind"), [("Waarom?", "reason"), ("Sinds wanneer?", "date")])
def test_a_bare_question_word_asks_that_of_the_subject(documents, question, kind):
    query = after(documents, question)
    assert "ouderen" in query.topic
    assert kind in asked_kinds(query.topic)


def test_thanks_with_a_semicolon_are_no_part_of_the_question(documents):
    query = after(documents, "Bedankt; en wat zegt Hoogveld over bomen?")
    assert query.topic == "bomen"


def test_a_follow_up_on_a_matter_is_one_on_its_name(documents):
    assert "tuinen" in after(documents, "En als het om tuinen gaat?").topic
    assert "ouderen" in after(documents, "En als het om tuinen gaat?").topic


def test_after_a_point_another_is_one_of_the_same_list(documents):
    def shown(questions):
        return Points(POINTS) if len(questions) == 1 else Points(("iets anders",))

    history = [FIRST, "Wat houdt het laatste punt in?"]
    query = understand("en het tweede?", documents, history, shown=shown)
    assert "de grootte van de tuin" in query.topic


@pytest.mark.parametrize(
    ("question", "before", "topic"),
    [
        ("En voor jongeren?", "Wat doet Zandwijk voor ouderen?", "Wat doet voor jongeren?"),
        ("And the narrow one?", "Which areas does Zandwijk put in the broad definition?", "the narrow definition"),
        ("Wat kostte die per jaar?", "Wat is de monitor van Zandwijk?", "Wat is de monitor"),
        ("Voor wie is het bedoeld?", "Wat is het hofje van Zandwijk?", "Wat is het hofje"),
    ],
)
def test_a_follow_up_takes_the_place_of_a_part_or_leans_on_the_whole(documents, question, before, topic):
    assert topic in after(documents, question, before).topic


@pytest.mark.parametrize(
    "said", ["Ik hoor collega's ook over Lantaarn, wat is dat?", "I keep hearing about Lantaarn, what is that?"]
)
def test_a_word_that_one_heard_is_asked_for_by_itself(documents, said):
    query = after(documents, "Sinds wanneer is dat er?", FIRST, said)
    assert "Lantaarn" in query.topic
    assert "collega" not in query.topic
    assert "hearing" not in query.topic


def test_going_back_to_what_was_never_called_so_is_asked_for_itself(documents):
    query = after(documents, "Terug naar de tuinen, hoe groot zijn die?", FIRST, "En de rollators?")
    assert "tuinen" in query.topic
    assert "rollators" not in query.topic


def test_in_a_conversation_it_may_be_the_document(documents):
    query = after(documents, "En tot wanneer is het geldig?", FIRST, "Met hoeveel stemmen ging dat?")
    assert "stemmen" not in query.topic
    assert query.scope.municipalities == ("Zandwijk",)


def test_a_question_that_begins_with_no_corrects_nothing(documents):
    query = after(documents, "No more noise: what does Hoogveld say about trees in streets?")
    assert "ouderen" not in query.topic


def test_only_the_last_questions_of_a_long_conversation_are_read(documents, monkeypatch):
    asked = []
    monkeypatch.setattr("assistant.conversation.without_thanks", lambda said: asked.append(said) or said)
    after(documents, "En voor jongeren?", *[f"Wat zegt Zandwijk over hofje {n}?" for n in range(300)])
    assert len(asked) <= 11


def test_how_this_works_is_asked_of_the_assistant_only_at_first(documents):
    assert "hofje" in after(documents, "Hoe werkt dit?", "Wat is het hofje van Zandwijk?").topic
    assert understand("Hoe werkt dit?", documents).standalone == "Hoe werkt dit?"
    assert asks_nothing("Hoe werkt dit?")
    assert not asks_nothing("Hoe werkt dit?", first=False)


def test_a_follow_up_stays_in_the_documents_that_answered_though_nobody_named_them(documents):
    said = Points(sections=(("groen", 1),), documents=("groen",))
    query = understand("Wie betaalt dat?", documents, ["Wat is een speelweide?"], shown=lambda _: said)
    assert query.scope.documents == ("groen",)
    assert query.shown == (("groen", 1),)
    assert "Hoogveld" in query.standalone


def test_a_question_that_stands_alone_is_not_kept_in_the_documents_that_answered(documents):
    said = Points(documents=("groen",))
    query = understand(
        "Welke regels gelden voor een hofje?", documents, ["Wat is een speelweide?"], shown=lambda _: said
    )
    assert set(query.scope.documents) == {"groen", "wonen"}


@pytest.mark.parametrize("question", ["Wat is het verschil?", "En wat zijn de verschillen?", "What's the difference?"])
def test_the_difference_is_that_of_the_two_places_spoken_of(documents, question):
    query = after(documents, question, FIRST, "En Hoogveld?")
    assert query.scope.apart == (("wonen",), ("groen",))
    assert "ouderen" in query.topic


def test_one_place_is_set_beside_the_one_before(documents):
    query = after(documents, "Hoe verhoudt zich dat tot Hoogveld?", FIRST)
    assert query.scope.apart == (("wonen",), ("groen",))
    assert "ouderen" in query.topic


def test_the_others_are_those_not_spoken_of(documents):
    query = after(documents, "En de andere gemeenten?", FIRST)
    assert query.scope.documents == ("groen",)
    assert "ouderen" in query.topic


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("Hoe hoog is het in Hoogveld?", "Wat is het hofjesgeld?"),
        ("Hoe lang duurt zo'n gesprek?", "Wat doet Zandwijk bij een verhuizing?"),
        ("What does such a move cost?", "Wat doet Zandwijk bij een verhuizing?"),
        ("Waar is het het drukst?", "Hoe staat het met de hofjes in Zandwijk?"),
    ],
)
def test_more_words_stand_for_what_was_spoken_of(documents, question, before):
    query = after(documents, question, before)
    assert query.topic.startswith(before.split(" van ")[0].rstrip("?")[:6])
    assert query.added


def test_what_they_hold_is_asked_of_the_place_and_not_of_the_subject(documents):
    query = after(documents, "Wat verwachten ze van bewoners?")
    assert "ouderen" not in query.topic
    assert query.scope.municipalities == ("Zandwijk",)


def test_they_beside_another_word_that_stands_for_something_is_no_question_for_the_place_alone(documents):
    assert "ouderen" in after(documents, "How do they want to help them with it?").topic


def test_a_bare_question_word_is_part_of_the_question(documents):
    assert after(documents, "Wanneer?", "Wie besliste over het hofje in Zandwijk?").standalone.endswith("Wanneer?")


@pytest.mark.parametrize(
    "said",
    [
        *("Dank je wel, dat was het", "Thanks, that helps", "Top, hier kan ik mee verder", "Prima, ik weet genoeg."),
        *("Kun je dat korter samenvatten?", "Korter graag", "Can you summarise that?", "Kan het in gewone taal?"),
    ],
)
def test_a_closing_remark_and_a_wish_for_other_words_ask_nothing(said):
    assert asks_nothing(said, first=False)


@pytest.mark.parametrize("said", ["Vat de nota samen", "Kan het goedkoper?", "Wat was het?", "Is dat genoeg?"])
def test_a_question_is_no_closing_remark(said):
    assert not asks_nothing(said, first=False)


@pytest.mark.parametrize(
    "question",
    [
        "hoeveel huizen?",
        "How much notice?",
        "wie betaalt?",
        "who decides?",
        "hoeveel is het voor een stel?",
        "Can the council build one too?",
        "hoe lang wordt zijn huur bevroren?",
    ],
)
def test_a_question_that_breaks_off_is_about_what_was_spoken_of(documents, question):
    query = after(documents, question, "Wat zegt Zandwijk over hofjes?")
    assert "hofjes" in query.topic
    assert query.scope.municipalities == ("Zandwijk",)


def test_a_question_of_its_own_is_not_joined(documents):
    assert "hofjes" not in after(documents, "Hoeveel bomen heeft de gemeente?", "Wat zegt Zandwijk over hofjes?").topic


def test_what_was_asked_in_passing_is_not_carried_on(documents):
    query = after(documents, "mogen ze huisdieren houden?", "Wat zegt Zandwijk over hofjes?", "wat kost dat?")
    assert "hofjes" in query.topic
    assert "kost" not in query.topic


def test_one_case_takes_the_place_of_another(documents):
    query = after(documents, "en als iemand verhuist?", "Wie krijgt in Zandwijk een hofje?", "en voor starters?")
    assert "verhuist" in query.topic
    assert "starters" not in query.topic


def test_a_bare_question_is_said_as_it_was_asked(documents):
    assert "wie doet dat" in after(documents, "wie doet dat?", "Wat zegt Zandwijk over hofjes?").standalone


def test_a_phrase_takes_the_place_of_the_one_like_it(documents):
    query = after(documents, "en van de huurder?", "Wat is de taak van de corporatie in Zandwijk bij een verhuizing?")
    assert "huurder" in query.topic
    assert "corporatie" not in query.topic
    assert "verhuizing" in query.topic


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("en de boswachter, wat wordt daarvan verwacht?", "boswachter"),
        ("and what's that flower fund I keep hearing about?", "flower"),
        ("nee ik bedoel het bloemenfonds, wie krijgt daar geld uit?", "bloemenfonds"),
        ("wat betekent bloemenfonds dan?", "bloemenfonds"),
    ],
)
def test_a_follow_up_that_names_its_own_subject_keeps_only_the_place(documents, question, subject):
    query = after(documents, question, "Wat zegt Zandwijk over hofjes?")
    assert subject in query.topic
    assert "hofjes" not in query.topic
    assert query.scope.municipalities == ("Zandwijk",) or query.carried


@pytest.mark.parametrize(("question", "group"), [("en ouderen?", "ouderen"), ("and the elderly?", "elderly")])
def test_one_group_of_people_takes_the_place_of_another(documents, question, group):
    query = after(documents, question, "Wat zegt Zandwijk over jonge mantelzorgers?")
    assert group in query.topic
    assert "mantelzorgers" not in query.topic
    assert "eenzaamheid" in after(documents, question, "Wat zegt Zandwijk over eenzaamheid?").topic


def test_het_in_a_question_with_an_adverb_is_what_went_before(documents):
    query = after(documents, "wanneer gaat het open en wat kost het de gemeente?", "Waar komt het hofje in Zandwijk?")
    assert "hofje" in query.topic
