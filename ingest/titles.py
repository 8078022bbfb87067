"""What a document is called: its title, told from the letterhead above it, with the subtitle that says its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePath

from ingest.dates import DAY
from ingest.document_kinds import names_kind

VALID = re.compile(rf"geldend van(?:af)?[ \t]*[:|]?[ \t]*{DAY}(?: (?:t/m|tot en met) (?:heden|{DAY}))?", re.I)
"""The line that the national site of regulations writes under a title."""

_SUBJECT = re.compile(
    r"^(?:[-•*] )?onderwerp(?:[ \t]*[:|][ \t]*(\S.{0,160})|[ \t]+(?![:|])(\S.{0,100}[^\s.!?;:,]))$", re.I
)
_NAMED = re.compile(r"^(?:officiële naam(?: regeling)?|citeertitel|intitulé)[ \t]*[:|][ \t]*(\S.{5,160})$", re.I)
_PAPER = re.compile(r"\w*[- ]?(?:voorstel|besluit|advies|memo|brief|mededeling)\b", re.I)
"""Papers that are headed by what they are, and say below what they are about."""
_LETTERHEAD = re.compile(
    r"(?:[Dd]e )?(?:[Gg]emeente|GEMEENTE) (?:(?:[Dd]e|[Dd]en|[Hh]et|Sint|DE|DEN|HET|SINT) )?(?:['’]s-)?"
    r"[A-ZÀ-Ý][\w'’-]*(?: (?:en|aan|den|de|het|op|bij|van|EN|AAN|OP|BIJ|VAN)(?: den| de)? [A-ZÀ-Ý][\w'’-]*)*"
)
_CITED = re.compile(
    r"\b(?:wordt|worden|kan worden) aangehaald als:?\s*[“\"'‘„]?([^\W\d_][^“”\"‘„.;\n]{5,140}?)[”\"'’]?\.?\s*$", re.I
)
_TITLE_PAGE = re.compile(
    rf"^(?:{DAY}|\w+ (?:19|20)\d\d$|vastgesteld|aldus|versie|status|datum|portefeuillehouder|\w*nummer\b)", re.I
)
_YEAR = re.compile(r"\b20\d\d\b")
_LONGEST = 120  # characters of a subtitle
_WORDS = 3  # that a title has at least where a subject is stated besides


def read_title(front: Sequence[str], stated: str | None, file_name: str, cited: str | None = None) -> str:
    """The title: the subject of a council proposal, the line above "Geldend van", the file's own, or the first line.

    A letterhead ("Gemeente Zandwijk") is none where a line below it names a kind of document, or the document is
    `cited` by a title. A title that says no kind is followed by the subtitle that does. The subject of what has a
    title of its own only says where it belongs ("Onderwerp: zorg en welzijn", below every regulation).
    """
    for line in front[:12]:
        subject = _SUBJECT.match(line)
        if subject and not _is_title_of_its_own(stated, front):
            return next((named[1] for line in front[:12] if (named := _NAMED.match(line))), subject[1] or subject[2])
    title = stated or _guessed(front)
    if title and _LETTERHEAD.fullmatch(title):
        title = _below_letterhead(front) or cited or title
    if title:
        return _with_subtitle(title, front)
    name = PurePath(file_name).stem.replace("-", " ").replace("_", " ")
    return name[:1].upper() + name[1:]


def _is_title_of_its_own(stated: str | None, front: Sequence[str]) -> bool:
    """Whether the title that a file states is printed in front and names more than a paper or who sent it."""
    if not stated or _LETTERHEAD.fullmatch(stated) or len(stated.split()) < _WORDS:
        return False
    printed = any(line.lower().startswith(stated.lower()) for line in front[:12])
    return printed and not any(_PAPER.match(line) and len(line) < _LONGEST for line in (stated, *front[:3]))


def cited_title(texts: Sequence[str]) -> str | None:
    """The title by which a regulation says it is cited."""
    return next((found[1].strip() for text in texts if (found := _CITED.search(text))), None)


def is_front_line(line: str) -> bool:
    """Whether a line on a title page says whose document it is, of when, in what version, or under what number."""
    return len(line) <= _LONGEST and bool(_LETTERHEAD.match(line) or _TITLE_PAGE.match(line))


def _guessed(front: Sequence[str]) -> str | None:
    for line, following in pairwise(front[:13]):
        if VALID.search(following) and len(line) < 150:
            return line
    return next((line[:1].upper() + line[1:] for line in front[:8] if _may_be_title(line)), None)


def _may_be_title(line: str) -> bool:
    words = 2 <= len(line.split()) <= 20 or names_kind(line.lower())
    site = re.search(r"https?://|^(?:permanente link|naar de)", line, re.I)
    return bool(words) and line[-1:] not in ".;:," and not site


def _below_letterhead(front: Sequence[str]) -> str | None:
    """The line that names a kind of document and something else, or that is just the kind."""
    found = [
        line
        for line in front[:12]
        if _may_be_title(line) and names_kind(line.lower()) and not re.match(r"\w*nummer\b|de raad\b", line, re.I)
    ]
    best = next((line for line in found if len(line.split()) > 1), found[0] if found else None)
    return best and best[:1].upper() + best[1:]


def _with_subtitle(title: str, front: Sequence[str]) -> str:
    """A title that says no kind of document, with the line below it if that does and is no heading of a chapter.

    It is a subtitle for certain where it has the year or the period, or the lines of a title page below it.
    """
    at = next((i for i, line in enumerate(front[:5]) if line.lower() == title.lower()), None)
    if at is None or at + 1 >= len(front) or names_kind(title.lower()):
        return title
    below, following = front[at + 1], front[at + 2] if at + 2 < len(front) else ""
    certain = _YEAR.search(below) or _LETTERHEAD.fullmatch(following) or _TITLE_PAGE.match(following)
    kind = names_kind(below.lower()) and _may_be_title(below) and len(below.split()) > 1 and len(below) <= _LONGEST
    if not (kind and certain) or re.match(r"\d|\w+:", below) or _TITLE_PAGE.match(below):
        return title
    return f"{title}{'' if title[-1] in '.?!:…' else ':'} {below}"
