"""What the documents page shows, and uploads into the data folder and the index, without a browser."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from building import GROEN, MODEL, VERHUIZEN, write_files
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from laid_out import made

import ui.intake
from ingest.errors import IndexBusy, KaderwijzerError, UnknownDocument, UnreadableDocument
from ingest.read import LOADERS, read_document
from tests.pdf_making import drawn
from ui.doubts import doubt, refusal
from ui.full_text import LONGEST, find, following, next_hit, preceding, stretch, stretch_at, stretch_html
from ui.intake import Intake, Upload
from ui.library import Wanted, fields, in_force, options, outline, shelf
from ui.uploads import safe_name
from vectorstore.embeddings import KaderEmbeddings
from vectorstore.store import Store
from vectorstore.update import ingest_paths

NIEUW = GROEN.replace("planten wij er twee terug", "planten wij er drie terug")
SCAN = drawn(lambda canvas: canvas.rect(50, 50, 100, 100), lambda canvas: canvas.rect(50, 50, 100, 100))
LONG = "Lange nota\n\n" + "".join(
    f"# {n} Hoofdstuk\n\n" + "".join(f"Zin {n}.{i} over het onderwerp van dit stuk.\n\n" for i in range(500))
    for n in (1, 2)
)


@pytest.fixture(scope="module")
def documents(demo_data):
    return Store(demo_data).open().documents


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    return read_document(write_files(tmp_path_factory.mktemp("long"), {"lang.md": LONG}) / "lang.md")


def titles(documents, **wanted):
    return [entry.title for entry in shelf(documents, Wanted(**wanted), "nl").entries]


class TestTheList:
    def test_gives_every_document_with_its_figures(self, documents):
        found = shelf(documents, Wanted(), "nl")
        assert {e.id for e in found.entries} == set(documents)
        for entry in found.entries:
            document = documents[entry.id]
            assert entry.sections == len(document.sections)
            assert entry.passages == len(document.passages)
            assert entry.warnings == len(document.warnings)

    def test_is_filtered_by_words_of_the_title_in_any_order_and_case(self, documents):
        assert titles(documents, words="voorbeeldstad SPORT") == ["Sportnota Voorbeeldstad: iedereen in beweging"]
        assert titles(documents, words="zwembad") == []

    def test_is_filtered_by_municipality_and_kind(self, documents):
        places, kinds = options(documents.values())
        assert places == ["Voorbeeldstad"]
        for kind in kinds:
            found = shelf(documents, Wanted(kinds=(kind,)), "nl").entries
            assert {e.kind for e in found} == {kind}
        assert titles(documents, municipalities=("Elders",)) == []

    def test_on_a_day_holds_what_was_in_force_then_and_counts_what_does_not_say(self, documents):
        everything = len(documents)
        long_ago = shelf(documents, Wanted(on=date(1900, 1, 1)), "nl")
        undated = sum(in_force(d, date(1900, 1, 1)) is None for d in documents.values())
        assert long_ago.entries == ()
        assert long_ago.undated == undated
        now = shelf(documents, Wanted(on=date(2024, 6, 1)), "nl")
        assert len(now.entries) + now.undated <= everything
        assert now.entries

    def test_counts_a_document_that_states_only_its_adoption_from_that_day(self, tmp_path):
        text = "Nota Groen\nDeze nota is vastgesteld door de raad op 10 november 2022.\n1 Doel\nMeer bomen planten.\n"
        document = read_document(write_files(tmp_path, {"nota.txt": text}) / "nota.txt")
        assert document.adopted_on == date(2022, 11, 10)
        assert in_force(document, date(2022, 11, 9)) is False
        assert in_force(document, date(2022, 11, 10)) is True


class TestWhatIsKnownOfADocument:
    def test_says_in_which_words_and_section_it_was_read(self, tmp_path):
        document = read_document(write_files(tmp_path, {"groen.txt": GROEN}) / "groen.txt")
        by_name = {field.name: field for field in fields(document, "nl")}
        assert by_name["Geldt vanaf"].value == "01-05-2022"
        assert by_name["Geldt vanaf"].quote == "Geldend van 01-05-2022 t/m heden"
        assert by_name["Gemeente"].value == "Hoogveld"
        assert by_name["Vastgesteld op"].value is None
        assert by_name["Aantal passages"].value == str(len(document.passages))

    def test_says_what_an_administrator_gave_instead(self, tmp_path):
        files = {"groen.txt": GROEN, "groen.meta.toml": 'municipality = "Laagveld"\nadopted_on = 2022-03-01\n'}
        document = read_document(write_files(tmp_path, files) / "groen.txt")
        by_name = {field.name: field for field in fields(document, "nl")}
        assert (by_name["Gemeente"].value, by_name["Gemeente"].given) == ("Laagveld", True)
        assert by_name["Gemeente"].quote is None
        assert by_name["Vastgesteld op"].value == "01-03-2022"

    def test_never_shows_where_on_the_server_its_file_lies(self, documents):
        for document in documents.values():
            folder = str(Path(document.source_file).parent)
            assert not any(folder in (f.value or "") for f in fields(document, "nl"))


class TestTheOutline:
    def test_of_a_short_document_is_whole_and_nested(self, documents):
        for document in documents.values():
            items = outline(document, 0)
            assert [item.section for item in items] == list(range(len(document.sections)))
            for item in items:
                section = document.sections[item.section]
                around = [s for s in document.sections if s.start <= section.start and section.end <= s.end]
                assert item.depth == len(around) - 1
                below = any(section.start < s.start and s.end <= section.end for s in document.sections)
                assert (item.unfolded is not None) == below

    def test_of_a_long_document_is_folded_but_for_the_branch_that_is_read(self, tmp_path):
        parts = [
            f"# {n} Deel\n\n" + "".join(f"## {n}.{i} Stuk\n\nEen zin hierover.\n\n" for i in range(1, 9))
            for n in range(1, 9)
        ]
        document = read_document(write_files(tmp_path, {"lang.md": "".join(parts)}) / "lang.md")
        at = next(i for i, s in enumerate(document.sections) if s.number == "3.4")
        shown = [document.sections[item.section].number for item in outline(document, at)]
        assert "3.4" in shown
        assert "3.8" in shown
        assert "4.1" not in shown
        assert {str(n) for n in range(1, 9)} <= set(shown)

    def test_tells_notes_apart_that_have_no_number(self):
        document = made(
            "nota", "Zandwijk", ("1", "Zorg", 1, "Een zin."), ("", "Noot", 1, "Een."), ("", "Noot", 1, "Twee.")
        )
        sections = tuple(replace(s, kind="footnote") if s.title == "Noot" else s for s in document.sections)
        items = outline(replace(document, sections=sections), 0)
        assert [item.label for item in items][-2:] == ["Noot 1", "Noot 2"]


class TestTheFullText:
    def test_read_from_stretch_to_stretch_is_the_whole_text_once(self, documents, long):
        for document in (*documents.values(), long):
            shown, read = stretch(document, 0), []
            while shown is not None:
                assert shown.end - shown.start <= LONGEST
                read.append(document.text[shown.start : shown.end])
                shown = following(document, shown)
            assert "".join(read) == document.text

    def test_leads_back_the_way_it_came(self, long):
        shown, ways = stretch(long, 0), []
        while shown is not None:
            ways.append(shown)
            shown = following(long, shown)
        assert len(ways) > 4
        for before, after in pairwise(ways):
            assert preceding(long, after) == before
        assert preceding(long, ways[0]) is None

    def test_is_found_in_either_case_and_over_any_spaces(self):
        text = "Het Sociaal  domein.\nsociaal\ndomein en SOCIAAL DOMEIN"
        assert [text[a:b] for a, b in find(text, " sociaal domein ")] == ["Sociaal  domein", "SOCIAAL DOMEIN"]
        assert find(text, "(.*)") == ()
        assert find(text, " ") == ()

    def test_every_hit_lies_in_the_stretch_that_is_opened_for_it(self, documents, long):
        for document in (*documents.values(), long):
            for start, end in find(document.text, "de")[:200]:
                shown = stretch_at(document, start)
                assert shown.start <= start
                assert end <= shown.end

    def test_starts_the_search_where_the_reader_is_and_goes_round(self):
        hits = ((3, 5), (10, 12))
        assert [next_hit(hits, place) for place in (0, 4, 11)] == [0, 1, 0]

    def test_is_shown_letter_for_letter_with_its_hits_marked(self, documents):
        for document in documents.values():
            hits = find(document.text, "voorbeeldstad")
            shown = stretch_at(document, hits[0][0])
            made = stretch_html(document, shown, hits, 0, "naam")
            assert html.unescape(re.sub("<[^>]*>", "", made)) == document.text[shown.start : shown.end]
            marks = [html.unescape(m).lower() for m in re.findall("<mark[^>]*>(.*?)</mark>", made)]
            assert marks
            assert set(marks) == {"voorbeeldstad"}
            assert made.count("kader-current") == 1

    def test_cannot_become_part_of_the_page(self, tmp_path):
        trap = '<img src=x onerror="alert(1)"></div><script>alert(2)</script>'
        text = f"Nota {trap}\n1 Doel {trap}\nDe gemeente {trap} plant bomen.\n"
        document = read_document(write_files(tmp_path, {"kwaad.txt": text}) / "kwaad.txt")
        made = stretch_html(document, stretch(document, 0), find(document.text, "alert(1)"), 0, '"><b id="x')
        assert set(re.findall(r"<(/?\w+)", made)) <= {"div", "/div", "strong", "/strong", "mark", "/mark"}


class TestPlainWords:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_every_doubt_of_the_ingest_has_a_text_of_its_own(self, tmp_path, language):
        holes = "# 1 Doel\n\nEen zin.\n\n# 4 Middel\n\nEen zin.\n\n# 4 Nog een\n\n##### Diep\n\nEen zin.\n"
        flat = "Nota\n\n" + "Een gewone zin over bomen.\n" * 200
        files = {"gaten.md": holes, "plat.txt": flat}
        folder = write_files(tmp_path, files)
        warnings = [w for name in files for w in read_document(folder / name).warnings]
        assert len(warnings) >= 3
        other = doubt("", language)
        assert all(not doubt(w, language).startswith(other[:10]) for w in warnings)

    def test_names_what_was_found(self):
        said = doubt("section numbers jump: from 2.3 to 2.5; from 3 to 7 and 4 more", "nl")
        assert "van 2.3 naar 2.5; van 3 naar 7 en nog 4" in said
        said = doubt("a heading level is skipped: “Diep” (level 5) stands under “Doel” (1)", "nl")
        assert "“Diep” (niveau 5) staat onder “Doel” (1)" in said

    def test_passes_on_what_it_does_not_know(self):
        assert "a new kind of doubt {x}" in doubt("a new kind of doubt {x}", "nl")


class TestAFileName:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\mij\\Nota Sport.PDF", "Nota Sport.pdf"),
            ("/abs/kader.docx", "kader.docx"),
            (".verborgen.md", "verborgen.md"),
            ("~$kader.docx", "kader.docx"),
            ("kader\x00\n\u202e.txt", "kader.txt"),
            ("café & co’s (2024).html", "café & co’s (2024).html"),
            ("a<b>:c|d?.xml", "a-b--c-d-.xml"),
        ],
    )
    def test_loses_what_could_do_harm_and_keeps_its_words(self, given, kept):
        assert safe_name(given) == kept

    @pytest.mark.parametrize(
        "given", ["", "..", "/", "kader", "...md", "kader.exe", "kader.txt.exe", "kader.meta.toml", "\x00"]
    )
    def test_of_no_known_format_is_refused(self, given):
        with pytest.raises(UnreadableDocument) as refused:
            safe_name(given)
        assert "Melding" not in refusal(str(refused.value), "nl")

    @given(st.text(max_size=300), st.sampled_from([*LOADERS, ".PDF"]))
    def test_is_always_one_visible_name_within_the_folder(self, stem, suffix):
        try:
            name = safe_name(stem + suffix)
        except UnreadableDocument:
            return
        assert Path("/uploads", name).resolve().parent == Path("/uploads")
        assert not name.startswith(".")
        assert len(f".{name}.before".encode()) <= 255
        assert Path(name).suffix in LOADERS


class Blind(KaderEmbeddings):
    """Vectors that mean nothing, at once: what becomes of files does not depend on them."""

    card = MODEL.card

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text):
        return [1.0] + [0.0] * (self.card.dimension - 1)


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def intake(data):
    return Intake(Store(data), Blind(), data)


def upload(name, text):
    return Upload(name, text if isinstance(text, bytes) else text.encode())


def read_in(data, tmp_path, files):
    """An index of files that lie elsewhere, as the command line makes it."""
    ingest_paths(Store(data), Blind(), [write_files(tmp_path / "docs", files)])


def on_disk(data):
    return sorted(p.name for p in (data / "uploads").rglob("*") if p.is_file() and p.name != ".lock")


def indexed(data):
    return Store(data).open().documents


class TestAdding:
    def test_puts_files_in_the_data_folder_and_in_the_index_in_one_generation(self, data, intake):
        stages = []
        arrivals = intake.add(
            [upload("groen.txt", GROEN), upload("../wonen.txt", VERHUIZEN)], lambda *done: stages.append(done)
        )
        assert [(a.name, a.status, a.id) for a in arrivals] == [
            ("groen.txt", "added", "groen"),
            ("../wonen.txt", "added", "wonen"),
        ]
        assert on_disk(data) == ["groen.txt", "wonen.txt"]
        assert {d.source_file for d in indexed(data).values()} == {
            str((data / "uploads" / name).resolve()) for name in on_disk(data)
        }
        assert {stage for stage, *_ in stages} == {"read", "embed", "store"}

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("leeg.txt", b"", "Het bestand is leeg"),
            ("spaties.md", b"  \n ", "Het bestand is leeg"),
            ("kader.exe", b"MZ", "Bestanden van de soort .exe"),
            ("scan.pdf", SCAN, "een scan"),
            ("stuk.pdf", b"%PDF-1.4 kapot", "beschadigd"),
            ("stuk.docx", b"geen zip", "beschadigd"),
            ("plaatje.txt", bytes(range(256)) * 20, "geen tekstbestand"),
            ("iets.xml", b"<a>tekst</a>", "geen regeling"),
        ],
    )
    def test_refuses_in_plain_words_and_keeps_nothing(self, data, intake, name, content, said):
        (arrival,) = intake.add([Upload(name, content)])
        assert arrival.status == "refused"
        assert said in refusal(arrival.reason, "nl")
        assert on_disk(data) == []
        assert Store(data).current_id() is None

    def test_takes_in_what_it_can_and_refuses_the_rest_in_the_order_given(self, data, intake):
        arrivals = intake.add([upload("leeg.txt", ""), upload("groen.txt", GROEN), upload("x.exe", "x")])
        assert [a.status for a in arrivals] == ["refused", "added", "refused"]
        assert on_disk(data) == ["groen.txt"]

    def test_of_a_file_of_the_same_name_replaces_it_under_the_same_id(self, data, intake):
        intake.add([upload("groen.txt", GROEN)])
        (arrival,) = intake.add([upload("groen.txt", NIEUW)])
        assert (arrival.status, arrival.id) == ("changed", "groen")
        assert "drie terug" in indexed(data)["groen"].text
        assert len(indexed(data)) == 1
        assert on_disk(data) == ["groen.txt"]

    def test_of_a_bad_file_of_the_same_name_leaves_the_earlier_one(self, data, intake):
        intake.add([upload("groen.txt", GROEN)])
        before = Store(data).current_id()
        (arrival,) = intake.add([upload("groen.txt", "")])
        assert arrival.status == "refused"
        assert (data / "uploads/groen.txt").read_text() == GROEN
        assert Store(data).current_id() == before

    def test_of_two_files_of_one_name_at_once_keeps_both(self, data, intake):
        arrivals = intake.add([upload("a/nota.txt", GROEN), upload("b/nota.txt", VERHUIZEN)])
        assert [a.status for a in arrivals] == ["added", "added"]
        assert on_disk(data) == ["nota-2.txt", "nota.txt"]
        assert len(indexed(data)) == 2
        intake.add([upload("a/nota.txt", NIEUW), upload("b/nota.txt", NIEUW.replace("drie", "vier"))])
        assert on_disk(data) == ["nota-2.txt", "nota-3.txt", "nota.txt"]
        assert "hofje" in indexed(data)["nota-2"].text

    def test_of_the_same_contents_again_changes_nothing(self, data, intake):
        intake.add([upload("groen.txt", GROEN)])
        before = Store(data).current_id()
        arrivals = intake.add([upload("anders.txt", GROEN), upload("groen.txt", GROEN)])
        assert [a.status for a in arrivals] == ["unchanged", "unchanged"]
        assert arrivals[0].title == "Groenvisie"
        assert on_disk(data) == ["groen.txt"]
        assert Store(data).current_id() == before

    def test_beside_a_document_of_that_name_from_elsewhere_says_so(self, tmp_path, data, intake):
        read_in(data, tmp_path, {"groen.txt": GROEN})
        (arrival,) = intake.add([upload("groen.txt", NIEUW)])
        assert (arrival.status, arrival.beside) == ("added", "groen")
        assert (tmp_path / "docs/groen.txt").read_text() == GROEN

    def test_that_is_broken_off_leaves_everything_as_it_was(self, data, intake, monkeypatch):
        intake.add([upload("groen.txt", GROEN)])
        before = Store(data).current_id()

        def stopped(stage, done, total):
            if stage == "embed":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            intake.add([upload("groen.txt", NIEUW), upload("wonen.txt", VERHUIZEN)], stopped)
        assert Store(data).current_id() == before
        assert on_disk(data) == ["groen.txt"]
        assert (data / "uploads/groen.txt").read_text() == GROEN

    def test_that_was_killed_is_mended_by_the_next(self, data, intake, monkeypatch):
        intake.add([upload("groen.txt", GROEN)])
        with monkeypatch.context() as killed:
            killed.setattr(ui.intake, "settle", lambda *_: None)
            killed.setattr(ui.intake, "ingest_paths", lambda *_, **__: pytest.fail("killed"))
            with pytest.raises(pytest.fail.Exception):
                intake.add([upload("groen.txt", NIEUW), upload("wonen.txt", VERHUIZEN)])
        assert len(on_disk(data)) == 4
        intake.add([upload("leeg.txt", "")])
        assert on_disk(data) == ["groen.txt"]
        assert (data / "uploads/groen.txt").read_text() == GROEN

    def test_waits_for_nobody(self, data, intake):
        intake.folder.mkdir(parents=True)
        with FileLock(intake.folder / ".lock"), pytest.raises(IndexBusy):
            intake.add([upload("groen.txt", GROEN)])
        with Store(data).writing(), pytest.raises(IndexBusy):
            intake.add([upload("groen.txt", GROEN)])
        assert on_disk(data) == []


class TestReplacing:
    @pytest.mark.parametrize("name", ["groen.txt", "heel-anders.md", "../x.TXT"])
    def test_keeps_the_id_and_leaves_nothing_of_the_old_file(self, data, intake, name):
        intake.add([upload("Groen.txt", GROEN)])
        arrival = intake.replace("groen", upload(name, NIEUW))
        assert (arrival.status, arrival.id) == ("changed", "groen")
        (document,) = indexed(data).values()
        assert "drie terug" in document.text
        assert on_disk(data) == [Path(document.source_file).name]
        assert Path(document.source_file).read_text() == NIEUW

    @pytest.mark.parametrize(("name", "text"), [("groen.md", ""), ("groen.exe", "x"), ("scan.pdf", SCAN)])
    def test_by_what_is_refused_leaves_the_old_version_serving(self, data, intake, name, text):
        intake.add([upload("groen.txt", GROEN)])
        before = Store(data).current_id()
        assert intake.replace("groen", upload(name, text)).status == "refused"
        assert on_disk(data) == ["groen.txt"]
        assert Store(data).current_id() == before

    def test_does_not_touch_another_document_of_that_name(self, data, intake):
        intake.add([upload("groen.txt", GROEN), upload("groen.md", VERHUIZEN)])
        assert set(indexed(data)) == {"groen", "groen-2"}
        assert intake.replace("groen", upload("nieuw.md", NIEUW)).id == "groen"
        found = indexed(data)
        assert "drie terug" in found["groen"].text
        assert "hofje" in found["groen-2"].text
        assert len(on_disk(data)) == 2

    def test_is_refused_for_a_file_that_lies_elsewhere(self, tmp_path, data, intake):
        read_in(data, tmp_path, {"groen.txt": GROEN})
        with pytest.raises(KaderwijzerError, match="no upload"):
            intake.replace("groen", upload("groen.txt", NIEUW))
        assert (tmp_path / "docs/groen.txt").read_text() == GROEN

    def test_takes_the_place_of_a_document_whose_file_is_gone(self, tmp_path, data, intake):
        read_in(data, tmp_path, {"groen.txt": GROEN})
        (tmp_path / "docs/groen.txt").unlink()
        assert intake.replace("groen", upload("nieuw.md", NIEUW)).id == "groen"
        assert set(indexed(data)) == {"groen"}


class TestRemoving:
    def test_leaves_nothing_behind(self, data, intake):
        intake.add([upload("groen.txt", GROEN), upload("wonen.txt", VERHUIZEN)])
        gone = intake.remove("groen")
        assert (gone.title, gone.left) == ("Groenvisie", None)
        assert set(indexed(data)) == {"wonen"}
        assert on_disk(data) == ["wonen.txt"]
        held = [p for p in data.rglob("*") if p.is_file() and b"boswachter" in p.read_bytes()]
        assert held == []

    def test_never_deletes_a_file_from_elsewhere_and_says_that_it_is_still_there(self, tmp_path, data, intake):
        read_in(data, tmp_path, {"groen.txt": GROEN, "wonen.txt": VERHUIZEN})
        gone = intake.remove("groen")
        assert gone.left == str(tmp_path / "docs/groen.txt")
        assert (tmp_path / "docs/groen.txt").exists()

    def test_does_not_follow_a_link_out_of_the_uploads(self, tmp_path, data, intake):
        outside = write_files(tmp_path / "docs", {"groen.txt": GROEN}) / "groen.txt"
        intake.add([upload("wonen.txt", VERHUIZEN)])
        (data / "uploads/link.txt").symlink_to(outside)
        ingest_paths(Store(data), Blind(), [data / "uploads/link.txt"])
        (name,) = set(indexed(data)) - {"wonen"}
        intake.remove(name)
        assert outside.read_text() == GROEN

    def test_that_fails_keeps_document_and_file(self, data, intake):
        intake.add([upload("groen.txt", GROEN)])
        with Store(data).writing(), pytest.raises(IndexBusy):
            intake.remove("groen")
        assert on_disk(data) == ["groen.txt"]
        assert set(indexed(data)) == {"groen"}

    def test_of_an_unknown_document_says_so(self, data, intake):
        intake.add([upload("groen.txt", GROEN)])
        with pytest.raises(UnknownDocument):
            intake.remove("blauw")
