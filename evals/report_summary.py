"""What the report says first, in plain words: what was tested and how good it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from evals.records import Json, Record
from evals.report_figures import headline, value_of
from evals.report_words import count, moment, percent

_JOINER = "\u2060"  # keeps an interval on one line


def about(config: Json, records: Sequence[Record], titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was tested: questions, moment, version, documents, models."""
    halves = Counter(r.case.half for r in records)
    answerable = sum(r.case.answerable for r in records)
    index = config.get("index") if isinstance(config.get("index"), dict) else {}
    lines = [
        (
            "Vragen",
            f"{len(records)}, waarvan {answerable} die de documenten beantwoorden en {len(records) - answerable} niet; "
            f"{halves['development']} in de ontwikkelhelft en {halves['test']} in de toetshelft",
        ),
        ("Vragensets", _listed(config.get("sets"))),
        ("Wanneer", moment(config.get("finished_at") or config.get("started_at"))),
        ("Versie van Kaderwijzer", config.get("kaderwijzer")),
        ("Documenten", "; ".join(titles.get(d, d) for d in config.get("documents") or {})),
        ("Zoekmodel", (index or {}).get("embedding")),
        ("Antwoorden", _modes(records)),
    ]
    return [(name, str(value)) for name, value in lines if value]


def in_short(summary: Json, records: Sequence[Record]) -> list[str]:
    """How good it is, in at most six sentences; judged on the test half where there is one."""
    half, figures = headline(summary)
    sentences = []
    if right := _said(figures, "answered right"):
        sentences.append(
            f"{_where(half, records)} doet Kaderwijzer bij {right} van de vragen het juiste: antwoorden als de "
            "documenten dat toelaten, en anders weigeren."
        )
    if cited := _said(figures, "cites evidence"):
        sentences.append(f"Bij {cited} van de vragen met een antwoord haalt het de plaats aan waar dat antwoord staat.")
    if facts := _said(figures, "facts"):
        sentences.append(f"Van de feiten die een goed antwoord moet bevatten, noemt het gemiddeld {facts}.")
    sentences.extend(_about_refusing(summary, half))
    if letters := figures.get("valid citations"):
        share = letters.get("mean")
        if share is not None:
            all_of_them = "Alle aanhalingen staan" if share == 1 else f"Van de aanhalingen staat {percent(share)}"
            sentences.append(f"{all_of_them} letter voor letter in het document.")
    if errors := summary.get("errors"):
        sentences.append(
            f"Bij {count(len(errors), 'vraag', 'vragen')} ging er iets mis; die tellen in de cijfers niet mee."
        )
    return sentences


def _where(half: str, records: Sequence[Record]) -> str:
    n = sum(half in ("all", r.case.half) for r in records)
    return f"Op de toetshelft ({count(n, 'vraag', 'vragen')})" if half == "test" else f"Op alle {n} vragen"


def _about_refusing(summary: Json, half: str) -> list[str]:
    found = (summary.get("abstention") or {}).get(half) or {}
    wrong, refused = _said(found, "false_answers"), _said(found, "over_refusals")
    sentences = []
    if wrong:
        sentences.append(f"Zwijgen de documenten, dan geeft het in {wrong} van de gevallen toch een antwoord.")
    if refused:
        sentences.append(f"Van de vragen die wel te beantwoorden zijn, weigert het er {refused}.")
    return sentences


def _said(figures: Json, name: str) -> str | None:
    """A figure with its interval, for in a sentence: "81% (75–86%)"."""
    cell = figures.get(name)
    value = value_of(name, cell if isinstance(cell, dict) else None)
    if cell is None or value is None:
        return None
    shown = percent(cell["mean"], 0)
    return f"{shown} ({value.interval.replace('–', '–' + _JOINER)})" if value.interval else shown


def _modes(records: Sequence[Record]) -> str:
    answers = [r.answer for r in records if r.answer]
    models = sorted({str(a["model"]) for a in answers if a.get("model")})
    if models:
        return f"verwoord door het taalmodel {', '.join(models)}, gecontroleerd tegen de passages"
    return "in de woorden van het document, zonder taalmodel" if answers else ""


def _listed(value: object) -> str:
    """Question sets, whether the run names them in a list or with their hashes."""
    if isinstance(value, dict):
        return ", ".join(map(str, value))
    if isinstance(value, list):
        return ", ".join(str(v.get("path") or v.get("name") or v) if isinstance(v, dict) else str(v) for v in value)
    return str(value or "")
