"""All texts of the pages, from one catalogue per language (`nl.toml`, `en.toml`).

What an answer itself says is in `assistant.phrases`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assistant.language import Language

LANGUAGES: dict[Language, str] = {"nl": "Nederlands", "en": "English"}


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Every text of a language by its key."""
    return tomllib.loads(files("ui").joinpath(f"{language}.toml").read_text("utf-8"))


def text(key: str, language: Language, **values: object) -> str:
    """A text of the pages with its values filled in."""
    return catalogue(language)[key].format(**values)


def stage_text(stage: str, language: Language) -> str:
    """What is being done in a stage of the assistant; a general text for one that is not known here."""
    return catalogue(language).get(f"stage-{stage}", catalogue(language)["stage"])


def remedy(error: Exception, language: Language) -> str:
    """What the reader can do about an error; for one of its own kind that, else whom to turn to."""
    return catalogue(language).get(f"remedy-{type(error).__name__}", catalogue(language)["remedy"])
