"""The words and numbers of the report: Dutch names for what a run calls things, and figures as people write them."""

from __future__ import annotations

from datetime import datetime

NAMES: dict[str, str] = {
    "answered right": "Terecht beantwoord of geweigerd",
    "hit@5": "Bewijs in de eerste vijf passages",
    "cites evidence": "Bewijs aangehaald",
    "facts": "Verwachte feiten genoemd",
    "right document": "Aanhaling uit het juiste document",
    "valid citations": "Aanhaling letterlijk",
    "citation recall": "Zin gedragen door zijn aanhalingen",
    "citation precision": "Aanhaling nodig voor haar zin",
    "language right": "Antwoord in de taal van de vraag",
    "okay facts": "Aanvullende feiten genoemd",
    "nugget score": "Feiten, gewogen",
    "evidence recall": "Deel van het bewijs aangehaald",
    "right section": "Aanhaling uit de juiste paragraaf",
    "hit@1": "Bewijs in de eerste passage",
    "recall@5": "Deel van het bewijs in vijf passages",
    "recall@10": "Deel van het bewijs in tien passages",
    "mrr@10": "Plaats van het bewijs (MRR@10)",
    "ndcg@10": "Volgorde van de passages (nDCG@10)",
    "section hit@1": "Juiste paragraaf in de eerste passage",
    "section hit@5": "Juiste paragraaf in de eerste vijf",
    "section recall@5": "Deel van de paragrafen in vijf passages",
    "section recall@10": "Deel van de paragrafen in tien passages",
    "section mrr@10": "Plaats van de paragraaf (MRR@10)",
    "section ndcg@10": "Volgorde naar paragraaf (nDCG@10)",
    "false_answers": "Toch beantwoord, terwijl de documenten zwijgen",
    "over_refusals": "Geweigerd, terwijl het antwoord er staat",
    "auroc": "Onderscheid tussen wel en niet te beantwoorden (AUROC)",
    "average_precision": "Precisie naar zekerheid (AP)",
    "ece": "Gemiddelde fout van de zekerheid (ECE)",
}
"""Figures in the order in which they are shown."""

MEANINGS: dict[str, str] = {
    "answered right": "Een vraag die de documenten beantwoorden kreeg een antwoord; een andere vraag werd geweigerd. "
    "Dit zegt nog niet of het antwoord klopt.",
    "hit@5": "Minstens een van de eerste vijf gevonden passages bevat een zinsnede waaraan het goede antwoord te "
    "herkennen is.",
    "cites evidence": "Minstens één aanhaling in het antwoord is de plaats waar het goede antwoord staat.",
    "facts": "Het deel van de feiten die een goed antwoord moet bevatten, dat in het antwoord of de aanhalingen staat.",
    "right document": "Het deel van de aanhalingen uit een document waarin het antwoord hoort te staan.",
    "valid citations": "Het deel van de aanhalingen dat letter voor letter in het document staat. Dit hoort 100% te "
    "zijn.",
    "citation recall": "Het deel van de zinnen dat door de aanhalingen erbij wordt onderbouwd.",
    "citation precision": "Het deel van de aanhalingen dat een onderbouwde zin ook echt nodig heeft.",
    "language right": "Op een Nederlandse vraag komt een Nederlands antwoord, op een Engelse een Engels.",
    "okay facts": "Het deel van de feiten die een goed antwoord ook mag noemen, dat erin staat.",
    "nugget score": "Verwachte en aanvullende feiten samen; een aanvullend feit telt half.",
    "evidence recall": "Het deel van de zinsneden met het goede antwoord, dat is aangehaald.",
    "right section": "Het deel van de aanhalingen uit een paragraaf waarin het antwoord hoort te staan.",
    "hit@1": "De passage die bij het zoeken bovenaan kwam, bevat zo'n zinsnede.",
    "recall@5": "Het deel van de zinsneden dat in de eerste vijf passages staat.",
    "recall@10": "Het deel van de zinsneden dat in de eerste tien passages staat.",
    "mrr@10": "1 als het bewijs bovenaan staat, ½ op plaats 2, ⅓ op plaats 3, en 0 als het niet bij de eerste tien is.",
    "ndcg@10": "1 als alle passages met bewijs bovenaan staan; lager naarmate ze verder naar onderen staan.",
    "false_answers": "Van de vragen waarop de documenten geen antwoord geven: het deel dat toch een antwoord kreeg. "
    "Lager is beter.",
    "over_refusals": "Van de vragen waarop de documenten wel een antwoord geven: het deel dat werd geweigerd. Lager is "
    "beter.",
    "auroc": "De kans dat een te beantwoorden vraag een hogere zekerheid krijgt dan een niet te beantwoorden vraag: "
    "50% is gokken, 100% is foutloos.",
    "average_precision": "Hoe zuiver de te beantwoorden vragen bovenaan staan, geordend naar zekerheid.",
    "ece": "Hoever de opgegeven zekerheid gemiddeld afligt van hoe vaak er werkelijk een antwoord was. Lager is beter.",
}

LOWER_IS_BETTER = frozenset({"false_answers", "over_refusals", "ece"})
SCORES = frozenset(
    {"mrr@10", "ndcg@10", "section mrr@10", "section ndcg@10"}
)  # shown as 0,81: a mean of ranks is no share of questions

KINDS: dict[str, str] = {
    "direct": "rechtstreeks",
    "paraphrase": "in andere woorden",
    "one-word": "één woord",
    "misspelled": "met spelfouten",
    "numeric": "getal of bedrag",
    "table": "uit een tabel",
    "definition": "begrip",
    "footnote": "uit een voetnoot",
    "document-fact": "gegeven van het document",
    "list": "opsomming",
    "multi-document": "meerdere documenten",
    "comparison": "vergelijking",
    "follow-up": "vervolgvraag",
    "onboarding": "wegwijs maken",
    "other-municipality": "andere gemeente",
    "near-topic": "verwant onderwerp",
    "too-fine": "te gedetailleerd",
    "false-premise": "onjuiste aanname",
    "other-domain": "ander vakgebied",
    "instruction": "opdracht aan het systeem",
}

HALVES = {"all": "alle vragen", "development": "ontwikkelhelft", "test": "toetshelft"}
LANGUAGES = {"nl": "Nederlands", "en": "Engels"}
STAGES = {
    "understand": "vraag begrijpen",
    "retrieve": "passages zoeken",
    "rerank": "passages herordenen",
    "judge": "beoordelen of er een antwoord is",
    "compose": "antwoord samenstellen",
    "generate": "verwoorden door het taalmodel",
    "check": "antwoord controleren",
    "total": "samen",
}

REASONS: dict[str, str] = {
    "over-refused": "Geweigerd, terwijl het antwoord er staat",
    "answered, should abstain": "Beantwoord, terwijl de documenten zwijgen",
    "evidence not in the first five": "Bewijs niet bij de eerste vijf passages",
    "evidence not cited": "Bewijs niet aangehaald",
    "facts missing": "Verwachte feiten ontbreken",
    "cites other documents only": "Alleen andere documenten aangehaald",
    "claim not supported": "Een zin wordt niet gedragen door zijn aanhalingen",
    "wrong language": "Antwoord in de verkeerde taal",
    "invalid citation": "Aanhaling staat niet letterlijk in het document",
}

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def name_of(figure: str) -> str:
    """The Dutch name of a figure; an unknown one keeps the name that the run gives it."""
    return NAMES.get(figure, figure)


def group_name(key: str) -> str:
    """A kind, language or half, or several of them with strokes between ("test/nl"), in Dutch."""
    words = {**KINDS, **HALVES, **LANGUAGES}
    return " · ".join(words.get(part, part) for part in key.split("/"))


def turn_name(key: str) -> str:
    """The place of a question in its conversation: "eerste vraag", "vervolgvraag (beurt 2)"."""
    return {"1": "eerste vraag", "first": "eerste vraag", "later": "vervolgvraag"}.get(key) or (
        f"vervolgvraag (beurt {key})" if key.isdigit() else key
    )


def number(value: float, decimals: int = 1) -> str:
    """A number with a decimal comma, thousands in points and a real minus: −1.234,5."""
    return f"{value:z,.{decimals}f}".translate(str.maketrans(",.-", ".,−"))


def percent(share: float, decimals: int = 1) -> str:
    """A share of 1 as a percentage, such as "84,7%"."""
    return f"{number(share * 100, decimals)}%"


def figure_text(figure: str, value: float, decimals: int = 1) -> str:
    """The value of a figure as it is written: a percentage, or 0,81 for a score."""
    return number(value, 2) if figure in SCORES else percent(value, decimals)


def interval_text(figure: str, low: float, high: float) -> str:
    """A confidence interval: "79–89%", or "0,76–0,85" for a score."""
    if figure in SCORES:
        return f"{number(low, 2)}–{number(high, 2)}"
    return f"{number(low * 100, 0)}–{percent(high, 0)}"


def milliseconds(value: float) -> str:
    """A duration as people say it: "26 ms", "1,2 s"."""
    return f"{number(value / 1000, 1)} s" if value >= 1000 else f"{number(value, 0 if value >= 10 else 1)} ms"


def moment(iso: str | None) -> str | None:
    """An ISO date and time in Dutch: "23 november 2026, 14:05 UTC"; what is no date stays as it is."""
    try:
        time = datetime.fromisoformat(iso) if iso else None
    except ValueError:
        return iso
    if time is None:
        return None
    zone = f" {time.tzname()}" if time.tzinfo else ""
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year}, {time:%H:%M}{zone}"


def count(amount: int, one: str, several: str) -> str:
    """An amount with its noun: "1 vraag", "403 vragen"."""
    return f"{number(amount, 0)} {one if amount == 1 else several}"
