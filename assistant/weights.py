"""Weights that were learnt: data beside the code, small enough to read, a set for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assistant.language import Language


@cache
def read_weights(name: str) -> Mapping[Language, Mapping[str, float]]:
    """The weights in a file of this package by language and feature; a line has these two and the weight."""
    found: dict[Language, dict[str, float]] = {"nl": {}, "en": {}}
    for line in files("assistant").joinpath(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, feature, weight = line.split("\t")
            found["en" if language == "en" else "nl"][feature] = float(weight)
    return found
