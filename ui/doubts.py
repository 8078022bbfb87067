"""What the ingest doubts or refuses, in plain words; its own messages are for the terminal and in English.

A message that is not known here is passed on as it is.
"""

from __future__ import annotations

import re
from functools import partial

from assistant.language import Language
from ui.messages import text

_DOUBTS: tuple[tuple[str, str], ...] = (
    (r"section numbers jump: (?P<found>.*)", "jump"),
    (r"section numbers occur twice: (?P<found>.*)", "twice"),
    (r"a heading level is skipped: (?P<found>.*)", "skipped"),
    (r"the table of contents names what is no heading in the text: (?P<found>.*)", "not-in-text"),
    (r"headings are missing from the table of contents: (?P<found>.*)", "not-in-contents"),
    (r"no headings were found", "no-headings"),
    (r"(?P<found>\d+) characters before the first heading", "loose"),
    (r"the text stops in mid-sentence: (?P<found>.*)", "cut-off"),
    (r"pages? (?P<found>[\d, ]+) holds? pictures and no text", "pictures"),
)
"""How a warning of `ingest.checks` or a loader begins, and the text that says it plainly."""

_REFUSALS: tuple[tuple[str, str], ...] = (
    (r"the file is empty", "empty"),
    (r"no text was found in the file", "no-text"),
    (r"the format “(?P<found>.*?)” is not known", "format"),
    (r"the file is (?P<found>\d+ MB)", "large"),
    (r"the PDF is protected by a password", "password"),
    (r"the PDF has (?P<found>\d+) pages .*: a scan", "scan"),
    (r"the PDF has (?P<found>\d+) pages", "pages"),
    (r"the file is no(?:t a)? readable (?P<found>PDF|Word document)", "damaged"),
    (r"the XML is no regulation", "no-regulation"),
    (r"the (?P<found>XML) is damaged", "damaged"),
    (r"the file is named as text but its bytes are not text", "binary"),
    (r"the file could not be read as (?P<found>\.\w+)", "damaged"),
    (r"the file name (?P<found>.*) cannot be used", "name"),
)
"""How a refusal of `ingest` or of the intake begins, and the text that says it plainly."""

_DETAILS: tuple[tuple[str, str], ...] = (
    (r"\bfrom (?P<a>\S.{0,40}?) to (?P<b>\S.{0,40}?)(?=;|$| and \d+ more$)", "step"),
    (r"\(level (?P<a>\d+)\) stands under (?P<b>“[^”]*”)", "under"),
    (r" and (?P<a>\d+) more$", "more"),
)
"""Words of ours inside what a warning found."""


def doubt(warning: str, language: Language) -> str:
    """A warning about a document, as an administrator who never saw the program's messages can use it."""
    return _said(warning, _DOUBTS, "documents-doubt", language)


def refusal(reason: str, language: Language) -> str:
    """Why a file was refused, and what to do."""
    return _said(reason, _REFUSALS, "documents-refused", language)


def _said(message: str, known: tuple[tuple[str, str], ...], prefix: str, language: Language) -> str:
    for pattern, key in known:
        match = re.match(pattern, message, re.DOTALL)
        if match:
            found = match.groupdict().get("found")
            return text(f"{prefix}-{key}", language, found=_details(found or "", language))
    return text(f"{prefix}-other", language, found=message)


def _details(found: str, language: Language) -> str:
    for pattern, key in _DETAILS:
        name = f"documents-detail-{key}"
        found = re.sub(pattern, partial(_detail, name, language), found)
    return found


def _detail(name: str, language: Language, match: re.Match[str]) -> str:
    return text(name, language, **match.groupdict())
