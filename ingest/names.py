"""Names of persons and the offices they hold, as they stand below decisions and on title pages."""

from __future__ import annotations

import re

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_CAPITAL}[^\W\d_]+(?:['’-][^\W\d_]+)*"
_BEFORE = (
    r"(?i:mr|drs|dr|ir|ing|prof|mw|mevr|dhr|bc)\. ?|(?i:de heer|mevrouw) |"  # titles
    rf"{_CAPITAL}[a-z]?\.[ -]?|\({_WORD}\) |{_WORD} |"  # initials, the first name in brackets or without
    r"(?:van|de|der|den|het|['’]t|['’]s|ter|ten|te|tot|von|la|le|da|dos|el|al) "
)
NAME = rf"(?:{_BEFORE}){{0,9}}{_WORD}(?![\w:])"
"""A pattern for the name of one person, with titles and initials; what follows a colon is no name but a label."""

OFFICE = (
    r"(?i:(?:de|het) )?(?i:plaatsvervangend |plv\.? |waarnemend |wnd\.? |loco-?)?"
    r"(?i:(?:raads|gemeente)?(?:griffier|voorzitter|secretaris)|burgemeester)"
)
"""A pattern for the office of someone who signs."""

_NAME = re.compile(rf"{NAME}(?:, ?(?:MSc|MA|MBA|MPA|RA|LLM|MPM|MMC|BSc|BA))*[,.]?")
_OFFICE = re.compile(rf"{OFFICE}[,:]?")
_SIGNER = re.compile(rf"{OFFICE}[,:]? {NAME}[,.]?|{NAME}, ?{OFFICE}[,.]?")


def is_name(text: str) -> bool:
    """Whether a line is the name of a person and nothing else."""
    return _NAME.fullmatch(text) is not None


def is_office(text: str) -> bool:
    """Whether a line is an office and nothing else ("de griffier,")."""
    return _OFFICE.fullmatch(text) is not None


def is_signer(text: str) -> bool:
    """Whether a line is an office with the name of who holds it, and nothing else ("de griffier, A. Bos")."""
    return _SIGNER.fullmatch(text) is not None


def signs(text: str) -> bool:
    """Whether a line is one of signatures: an office, with or without the name of who holds it."""
    return is_office(text) or is_signer(text)
