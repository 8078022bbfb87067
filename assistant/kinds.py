"""What kind of answer a question asks for; `assistant.expected` says whether a text holds one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

from ingest.blocks import BULLETS

Kind = Literal[
    "amount",
    "share",
    "money",
    "duration",
    "frequency",
    "age",
    "date",
    "day",
    "time",
    "phone",
    "mail",
    "address",
    "contact",
    "person",
    "organisation",
    "place",
    "reason",
    "definition",
    "list",
    "papers",
    "comparison",
    "everywhere",
    "yes-no",
]

_NAMED = ("office", "you", "ask", "documents")
"""What the expressions of `kinds.tsv` may stand on, by name."""
_COUNTED_OTHERWISE: frozenset[Kind] = frozenset(("share", "money", "duration", "frequency", "age", "phone"))
"""Numbers of which the question says what they are of: "hoeveel weken" asks for no other number."""
_EVENTS = frozenset(
    "sluiten beëindigen intrekken ontslaan fuseren terugdraaien afgeschaft afschaffen schaft gestopt stopt "
    "stoppen stopte beëindigd beëindigt beëindigde opgeheven opheft ingetrokken intrekt introk teruggedraaid "
    "geschrapt schrapt schrapte verlaagd verlaagt verlaagde verhoogd verhoogt verhoogde gehalveerd halveert "
    "verdubbeld verdubbelt gesloten failliet ontslagen ontsloeg verboden verbiedt verbood vernietigd vernietigde "
    "gefuseerd overgenomen mislukt mislukte afgewezen verworpen bezuinigd gekort abolished abolish scrapped scrap "
    "ended stopped cancelled repealed withdrew withdrawn reversed overturned struck halved doubled closed "
    "bankrupt fired dismissed banned merged rejected refused denied failed raised lowered cut geweigerd "
    "weigerde heffen schaffen wegbezuinigd opgezegd opgedoekt uitgesteld postponed".split()
)
"""What may have happened to something, and what a question that presumes it in vain asks the reason of."""
_TOLD_TO = r"(?:^|[.!?:;,]\s+)\W*(?:(?:please|en|and|nu|now|dan|then|kun je|can you|i want you to|ik wil dat je)\s+)*"
"""Where an order begins; what stands in the middle of a sentence is none: "who can act as a mentor?"."""
_TASK = re.compile(
    rf"{_TOLD_TO}(?:negeer|vergeet|ignore|disregard|forget)\b.*\b(?:instructies?|regels?|documenten|kaders?|alles|"
    r"instructions?|rules?|documents?|prompt|everything)\b"
    rf"|{_TOLD_TO}(?:doe(?:n)? alsof|vanaf nu (?:ben|moet|mag) je|je bent nu|pretend|act as|you are now|role-?play|"
    r"from now on,? (?:you|act|answer|ignore))\b"
    rf"|{_TOLD_TO}(?:schrijf|maak|verzin|teken|vertaal|stuur|verwijder|bestel)\b"
    r"(?! (?:ik|je|jij|u|wij|we|(?:een |het )?(?:overzicht|samenvatting|lijstje?))\b)"
    rf"|{_TOLD_TO}(?:write|compose|draw|translate|send|delete|make me)\b"
    rf"|{_TOLD_TO}(?:mail|boek|book) (?:een|de|het|naar|mij|me|a|an|the)\b"
    r"|\b(?:zonder bron(?:nen|vermelding)?|without (?:any )?(?:sources?|citations?))\W*$"
    r"|\b(?:je|jouw|uw|your) (?:eigen|own) (?:kennis|knowledge)\b|\b(?:system prompt|systeemprompt)\b",
    re.I,
)
_DEFINES = re.compile(
    r"\b(?:verstaan|verstaat|betekent|betekenis|houdt in|wil zeggen|oftewel|gedefinieerd|wordt bedoeld)\b", re.I
)
_ENTRY = re.compile(rf"^(?:[{BULLETS}]\s+)?(?:[a-z0-9]{{1,2}}[.)] )?([^\W_][^:.|\n]{{1,60}}?)(?: ?:| \| )", re.M)


@lru_cache(maxsize=1024)
def asked_kinds(question: str) -> frozenset[Kind]:
    """The kinds of answer that a question asks for; none of them for "wat staat er over …"."""
    found = frozenset(kind for kind, pattern in _asked() if pattern.search(question))
    if "everywhere" in found:  # what each of the documents says
        found |= {"comparison"}
    if "papers" in found:  # what somebody must hand in, not the documents that are indexed
        found -= {"comparison", "everywhere"}
    return found - {"amount"} if found & _COUNTED_OTHERWISE else found


def is_event(word: str) -> bool:
    """Whether a word of a question says that something was ended, changed or lost."""
    return word in _EVENTS


def is_task(question: str) -> bool:
    """Whether a question wants something done that is no question about documents: a poem, a role, other rules."""
    return bool(_TASK.search(question))


def explains(text: str) -> bool:
    """Whether a text says in so many words what something means."""
    return bool(_DEFINES.search(text))


def entries(text: str) -> list[str]:
    """What the lines of a glossary explain: what stands before a colon, or in the first cell of a row."""
    return [match[1] for match in _ENTRY.finditer(text)]


@cache
def _asked() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The kinds with what a question looks like that asks for them, from `kinds.tsv`."""
    lines = files("assistant").joinpath("kinds.tsv").read_text("utf-8").splitlines()
    expressions: dict[str, list[str]] = {}
    for line in lines:
        if not line.startswith("#"):
            name, expression = line.split("\t")
            expressions.setdefault(name, []).append(expression)
    named = {f"{{{name}}}": f"(?:{'|'.join(expressions.pop(name))})" for name in _NAMED}
    found = []
    for kind in get_args(Kind):
        whole = "|".join(expressions[kind])
        for name, words in named.items():
            whole = whole.replace(name, words)
        found.append((kind, re.compile(rf"\b(?:{whole})(?!\w)", re.I)))
    return tuple(found)
