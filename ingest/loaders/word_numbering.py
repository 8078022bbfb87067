"""Word's automatic numbers, computed as Word shows them: they are in no text of the file.

Follows ECMA-376 part 1, 17.9: a paragraph (or its style) names a list instance (`num`) and a level; the instance
points to an abstract list, whose counters all its instances share, and may start levels anew or replace them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.oxml.ns import qn
from lxml.etree import _Element

from ingest.loaders.lists import letters, roman

_NO_LIST = "0"  # the list id by which a paragraph leaves the list of its style
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts and writes; `restart` is the level (from 1) at which it starts anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class Numbering:
    """The numbers of one document's paragraphs; ask for them in reading order, once each, for asking counts."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._styles = {s.get(qn("w:styleId")): s for s in _all(styles, "w:style")}
        abstract = {a.get(qn("w:abstractNumId")): a for a in _all(numbering, "w:abstractNum")}
        by_style = {value: key for key, a in abstract.items() if (value := _value(a, "w:styleLink"))}
        self._lists: dict[str, str] = {}  # abstract list by list
        self._own: dict[str, dict[int, _Level]] = {}  # levels that a list replaces
        self._starts: dict[str, dict[int, int]] = {}  # levels that a list starts anew, until it has done so
        for num in _all(numbering, "w:num"):
            identifier = num.get(qn("w:numId"), "")
            target = _value(num, "w:abstractNumId") or ""
            linked = _value(abstract[target], "w:numStyleLink") if target in abstract else None
            self._lists[identifier] = by_style.get(linked, target) if linked else target
            self._own[identifier], self._starts[identifier] = _overrides(num)
        self._levels = {key: _levels(a) for key, a in abstract.items()}
        self._counts: dict[str, dict[int, int]] = {key: {} for key in abstract}

    def place(self, properties: _Element | None, style_id: str | None) -> tuple[str, int] | None:
        """The list and level of a paragraph, by its own properties or those of its style; None outside lists."""
        own = properties.find(qn("w:numPr")) if properties is not None else None
        identifier, level = _value(own, "w:numId"), _number(_value(own, "w:ilvl"))
        if identifier is None:
            identifier, styled = self._style_place(style_id)
            level = level if level is not None else styled
        if identifier in (None, _NO_LIST) or self._lists.get(identifier or "") not in self._levels:
            return None
        return identifier or "", min(max(level or 0, 0), _LEVELS - 1)

    def marker(self, place: tuple[str, int]) -> str:
        """Counts one paragraph at this place and gives what stands in front of it: "2.1", "a.", "Artikel 3", "-"."""
        identifier, at = place
        counts = self._counts[self._lists[identifier]]
        level = self._level(identifier, at)
        if at in self._starts[identifier]:
            counts[at] = self._starts[identifier].pop(at)
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [d for d in counts if d > at]:
            restart = self._level(identifier, deeper).restart
            if restart is None or restart > at:
                del counts[deeper]
        return self._written(identifier, at, counts)

    def _written(self, identifier: str, at: int, counts: dict[int, int]) -> str:
        level = self._level(identifier, at)
        if level.form == "bullet":
            return "-"

        def number(found: re.Match[str]) -> str:
            which = int(found[1]) - 1
            form = self._level(identifier, which)
            return _formed(counts.get(which, form.start), "decimal" if level.legal else form.form)

        return re.sub(r"%([1-9])", number, level.text).strip()

    def _level(self, identifier: str, at: int) -> _Level:
        own = self._own[identifier].get(at)
        return own or self._levels[self._lists[identifier]].get(at, _Level())

    def _style_place(self, style_id: str | None) -> tuple[str | None, int | None]:
        """List and level that a style gives; a list may also say by itself which level the style stands for."""
        level: int | None = None
        for name, element in self.chain(style_id):
            properties = element.find(qn("w:pPr"))
            own = properties.find(qn("w:numPr")) if properties is not None else None
            identifier = _value(own, "w:numId")
            level = level if level is not None else _number(_value(own, "w:ilvl"))
            if identifier is None:
                continue
            levels = {i: self._level(identifier, i) for i in range(_LEVELS)} if self._is_list(identifier) else {}
            linked = [i for style in (style_id, name) for i, found in levels.items() if found.style == style]
            return identifier, linked[0] if linked else level
        return None, None

    def _is_list(self, identifier: str) -> bool:
        return self._lists.get(identifier) in self._levels

    def chain(self, style_id: str | None) -> Iterator[tuple[str, _Element]]:
        """A style and the styles it builds on, with their ids."""
        seen: set[str] = set()
        while style_id is not None and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield style_id, self._styles[style_id]
            style_id = _value(self._styles[style_id], "w:basedOn")


def _overrides(num: _Element) -> tuple[dict[int, _Level], dict[int, int]]:
    """The levels that a list instance replaces and those it starts anew."""
    levels, starts = {}, {}
    for override in _all(num, "w:lvlOverride"):
        at = _number(override.get(qn("w:ilvl"))) or 0
        level = override.find(qn("w:lvl"))
        start = _number(_value(override, "w:startOverride"))
        if level is not None:
            levels[at] = _read_level(level)
        if start is not None:
            starts[at] = start
    return levels, starts


def _levels(abstract: _Element) -> dict[int, _Level]:
    return {_number(level.get(qn("w:ilvl"))) or 0: _read_level(level) for level in _all(abstract, "w:lvl")}


def _read_level(level: _Element) -> _Level:
    found = _Level(
        form=_value(level, "w:numFmt") or "decimal",
        text=_value(level, "w:lvlText") or "",
        restart=_number(_value(level, "w:lvlRestart")),
        legal=_is_on(level.find(qn("w:isLgl"))),
        style=_value(level, "w:pStyle"),
    )
    start = _number(_value(level, "w:start"))
    return found if start is None else replace(found, start=start)


def _formed(number: int, form: str) -> str:
    """A number in one of Word's formats; formats that no Dutch document uses are written in digits."""
    match form:
        case "none":
            return ""
        case "lowerLetter":
            return letters(number, doubled=True)
        case "upperLetter":
            return letters(number, doubled=True).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            return f"{number}e"
        case _:
            return str(number)


def _is_on(element: _Element | None) -> bool:
    return element is not None and element.get(qn("w:val")) not in ("0", "false", "off")


def _all(parent: _Element | None, tag: str) -> list[_Element]:
    return list(parent.findall(qn(tag))) if parent is not None else []


def _value(parent: _Element | None, tag: str) -> str | None:
    child = parent.find(qn(tag)) if parent is not None else None
    return child.get(qn("w:val")) if child is not None else None


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else None
