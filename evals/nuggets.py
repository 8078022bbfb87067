"""Answer figures: which facts an answer gives, its language and its length.

Facts are nuggets, vital and okay (Voorhees, Overview of the TREC 2003 Question Answering Track), scored as in the TREC
2024 RAG track (Pradeep et al., Initial Nugget Evaluation Results with the AutoNuggetizer Framework, arXiv:2411.09607;
The Great Nugget Recall, arXiv:2504.15068). A nugget here is a group of wordings and is given or not, so that the
strict and partial variants of the track are one. The length allowance of Voorhees' F is left out: it was made for
definitions of a few words, and would count every quoted sentence as padding; length is reported by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from evals.questions import Case
from evals.records import Figures, Json, folded
from ingest.blocks import RAISED_MARK

ANSWERS: dict[str, str] = {
    "facts": "share of the expected (vital) facts that the answer or its quotes give, in any wording of each; 0 for an "
    "abstention (vital strict nugget recall: Pradeep et al., TREC 2024 RAG; Voorhees, TREC 2003)",
    "okay facts": "the same for facts that a good answer may give besides (okay nuggets)",
    "nugget score": "(vital facts given + ½ okay facts given) / (vital facts + ½ okay facts) (weighted score of "
    "AutoNuggetizer: Pradeep et al., arXiv:2411.09607)",
    "language right": "the answer, or the abstention, is in the language of the question",
}
"""Definitions of the figures of `answer_figures`."""

_OKAY_WEIGHT = 0.5
_COMPOUND = 5  # letters from which a word may be part of a longer one

_MARK = re.compile(r"\[\d+\]")
_MARKDOWN = re.compile(r"\\(?=[^\w\s])|\*\*|(?m:^\s*(?:#+|[-*>])\s)")
_LIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "\N{NON-BREAKING HYPHEN}": "-"})
_SIGN_SPACE = re.compile(r"(?<=€) (?=\d)|(?<=\d) (?=%)")
_NUMBER_WORD = re.compile(
    "(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|der|veer|twin|tach|tig|honderd|"
    "duizend|en|ën|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|fif|eigh|twen|for|teen|ty|hundred|"
    "thousand)+"
)


def answer_figures(case: Case, answer: Json) -> Figures:
    """Facts given and language; facts are None where the question expects none.

    What a refusal says in passing, such as the title of the nearest section, gives no fact.
    """
    language = float(answer["language"] == case.language)
    if not case.answerable:
        return {**dict.fromkeys(ANSWERS), "language right": language}
    text = "" if answer["abstained"] else given_text(answer)
    vital = [_is_given(text, group) for group in case.facts]
    okay = [_is_given(text, group) for group in case.okay_facts]
    weight = len(vital) + _OKAY_WEIGHT * len(okay)
    return {
        "facts": sum(vital) / len(vital) if vital else None,
        "okay facts": sum(okay) / len(okay) if okay else None,
        "nugget score": (sum(vital) + _OKAY_WEIGHT * sum(okay)) / weight if weight else None,
        "language right": language,
    }


def given_text(answer: Json) -> str:
    """What an answer says, for `contains`: its text without the marks of citations, and its quotes."""
    return plain(" ¶ ".join([_MARK.sub("", answer["answer"]), *(c["quote"] for c in answer["citations"])]))


def answer_words(answer: Json) -> int:
    """Words of an answer as a reader sees it, marks of citations and signs of Markdown not counted."""
    text = _MARKDOWN.sub("", _MARK.sub("", answer["answer"]))
    return sum(any(character.isalnum() for character in word) for word in text.split())


def contains(text: str, wording: str) -> bool:
    """Whether a wording stands in a text that `plain` made, as itself and not as part of something else.

    A number must be whole ("6%" is not in "66%", "50" not in "1.500"), and so must a word of fewer than five letters
    ("zorg" is not in "mantelzorg") and a numeral ("negen" is not in "negentien"). A longer word may be part of a
    compound, as Dutch makes them ("subsidie" in "subsidiebeleid"), unless that denies it ("afhankelijk" in
    "onafhankelijk").
    """
    return bool(plain(wording)) and _pattern(wording).search(text) is not None


def plain(text: str) -> str:
    """Text for comparing wordings: folded, without Markdown and marks of notes, with "€1", "10%", straight quotes."""
    text = RAISED_MARK.sub("", text)
    text = _MARKDOWN.sub("", unicodedata.normalize("NFC", text).translate(_LIKE))
    return _SIGN_SPACE.sub("", folded(text))


def _is_given(text: str, wordings: Sequence[str]) -> bool:
    return any(contains(text, wording) for wording in wordings)


@cache
def _pattern(wording: str) -> re.Pattern[str]:
    wanted = plain(wording)
    runs = re.findall(r"\d+|[^\W\d_]+|.", wanted)
    return re.compile(_before(runs[0]) + re.escape(wanted) + _after(runs[-1]))


def _before(first: str) -> str:
    """What may not stand before a wording that begins with this number, word or sign."""
    if first.isdigit():
        return r"(?<!\w)(?<!\d[.,])"
    if not first.isalpha():
        return ""
    if _NUMBER_WORD.fullmatch(first):
        return r"(?<![\w-])"
    return r"(?<!\w)" if len(first) < _COMPOUND else r"(?<!\bon)(?<!\bniet-)(?<!\bnon-)"


def _after(last: str) -> str:
    """What may not stand after a wording that ends with this number, word or sign."""
    if last.isdigit():
        return r"(?!\w)(?!\.\d|,(?!00(?!\d))\d)"  # "€ 1.250,00" is € 1.250
    if not last.isalpha():
        return ""
    if _NUMBER_WORD.fullmatch(last):
        return r"(?![\w-])"
    return r"(?!\w)" if len(last) < _COMPOUND else ""
