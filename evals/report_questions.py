"""One question of a run as the report shows it: expected beside found, and the answer with its quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from evals.nuggets import contains, given_text
from evals.records import HitRecord, Json, Record
from evals.report_figures import TABLED
from evals.report_words import figure_text, milliseconds, name_of, percent

SHOWN_HITS = 5
_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Expected:
    """Something a right answer needs, and whether it was there."""

    text: str
    found: bool
    where: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation: where it stands and what it says; `url` only where that is an address on the web."""

    number: int
    anchor: str
    document: str
    path: str
    page: int | None
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that retrieval found."""

    rank: int
    place: str
    remark: str


@dataclass(frozen=True, slots=True)
class Question:
    """All that the report shows of one question."""

    anchor: str
    record: Record
    failed: bool
    why: Sequence[str]
    outcome: str
    documents: Sequence[str]
    rank: int | None
    evidence: Sequence[Expected]
    facts: Sequence[Expected]
    okay_facts: Sequence[Expected]
    hits: Sequence[Found]
    answer: Markup
    answer_language: str
    quotes: Sequence[Quote]
    figures: Sequence[tuple[str, str]]
    details: Sequence[tuple[str, str]]


def question_view(number: int, record: Record, why: Sequence[str], failed: bool, titles: Mapping[str, str]) -> Question:
    """The view of the `number`th question; `titles` names documents by id."""
    anchor, answer = f"vraag-{number}", record.answer or {}
    abstained = bool(answer.get("abstained"))
    said = given_text(answer) if answer and not abstained else ""
    quotes = [_quote(anchor, c) for c in _citations(answer)]
    return Question(
        anchor=anchor,
        record=record,
        failed=failed,
        why=why,
        outcome="fout" if record.error or not answer else "geweigerd" if abstained else "beantwoord",
        documents=[titles.get(d, d) for d in record.case.documents],
        rank=next((h.rank for h in record.hits if h.evidence), None),
        evidence=[_evidence(record, i) for i in range(len(record.case.evidence))],
        facts=[_fact(group, said) for group in record.case.facts],
        okay_facts=[_fact(group, said) for group in record.case.okay_facts],
        hits=[_found(hit, titles) for hit in record.hits[:SHOWN_HITS]],
        answer=markdown(str(answer.get("answer") or ""), anchor, {q.number for q in quotes}),
        answer_language="en" if answer.get("language") == "en" else "nl",
        quotes=quotes,
        figures=[(name_of(n), figure_text(n, v)) for n in TABLED if (v := record.figures.get(n)) is not None],
        details=_details(record, answer),
    )


def titles_in(records: Sequence[Record]) -> dict[str, str]:
    """Titles of documents by id, as far as answers cite or offer them."""
    titles: dict[str, str] = {}
    for record in records:
        for place in [*_citations(record.answer or {}), *((record.answer or {}).get("nearest") or [])]:
            titles.setdefault(str(place.get("document_id")), _document(place))
    return titles


def markdown(text: str, anchor: str, numbers: set[int]) -> Markup:
    """Markdown of an answer as HTML of ours only: no HTML, links or images of its own, headings as bold lines.

    "[n]" becomes a link to the quote where the answer has one; an escaped bracket is the document's own and stays text.
    """
    return Markup(_reader().render(text, {"anchor": anchor, "numbers": numbers}))  # noqa: S704


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.disable(["link", "image", "autolink", "reference", "text_join"])
    reader.add_render_rule("text", _text)
    reader.add_render_rule("text_special", lambda _, tokens, i, *__: escape(tokens[i].content))
    reader.add_render_rule("heading_open", lambda *_: '<p class="kop">')
    reader.add_render_rule("heading_close", lambda *_: "</p>\n")
    return reader


def _text(_self: RendererHTML, tokens: Sequence[Token], i: int, _options: OptionsDict, env: EnvType) -> str:
    def link(match: re.Match[str]) -> str:
        if int(match[1]) not in env["numbers"]:
            return match[0]
        return f'<a class="bron" href="#{env["anchor"]}-bron-{int(match[1])}">[{int(match[1])}]</a>'

    return _MARK.sub(link, str(escape(tokens[i].content)))


def _citations(answer: Json) -> list[Json]:
    return answer.get("citations") or []


def _quote(anchor: str, citation: Json) -> Quote:
    url = str(citation.get("url") or "")
    return Quote(
        number=int(citation.get("number", 0)),
        anchor=f"{anchor}-bron-{int(citation.get('number', 0))}",
        document=_document(citation),
        path=_path(citation.get("section_path"), citation.get("section_title")),
        page=citation.get("page"),
        text=str(citation.get("quote", "")),
        url=url if urlsplit(url).scheme in ("http", "https") else None,
    )


def _evidence(record: Record, index: int) -> Expected:
    rank = next((h.rank for h in record.hits if index in h.evidence), None)
    where = f"gevonden op plaats {rank}" if rank else f"niet bij de eerste {len(record.hits)} passages"
    return Expected(record.case.evidence[index], rank is not None, where)


def _fact(wordings: Sequence[str], said: str) -> Expected:
    found = any(contains(said, way) for way in wordings)
    return Expected(" / ".join(wordings), found, "genoemd" if found else "ontbreekt")


def _found(hit: HitRecord, titles: Mapping[str, str]) -> Found:
    remarks = ["bevat bewijs"] if hit.evidence else []
    remarks += ["in de goede paragraaf"] if hit.in_section else []
    place = f"{_path(hit.section_path, hit.section_title)} – {titles.get(hit.document_id, hit.document_id)}"
    return Found(hit.rank, place, ", ".join(remarks))


def _details(record: Record, answer: Json) -> list[tuple[str, str]]:
    """What else there is to know of how the answer came about."""
    details = []
    standalone = answer.get("standalone_question")
    if standalone and standalone != record.case.question:
        details.append(("Opgevat als", str(standalone)))
    if isinstance(answer.get("confidence"), int | float):
        details.append(("Zekerheid dat de documenten antwoord geven", percent(answer["confidence"], 0)))
    timings = answer.get("timings_ms") or {}
    if "total" in timings:
        details.append(("Duur", milliseconds(timings["total"])))
    if answer.get("model"):
        details.append(("Taalmodel", str(answer["model"])))
    if record.case.note:
        details.append(("Notitie bij de vraag", record.case.note))
    return details


def _document(place: Json) -> str:
    title, municipality = str(place.get("document_title") or place.get("document_id")), place.get("municipality")
    return title if not municipality or str(municipality).lower() in title.lower() else f"{title} van {municipality}"


def _path(path: Sequence[str] | None, title: object) -> str:
    return " › ".join(str(part) for part in path or [str(title or "?")])
