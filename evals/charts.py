"""The plots of the report, as inline SVG that is written here.

Not with altair and vl-convert: those lay text out in pixels by the fonts of the machine, so that a plot shrinks with
the screen, differs between machines and brings 84 MB; here places are percentages and heights follow the letter size.

Colours come from the page's style sheet, so a plot follows light, dark and print.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

_LABEL_WIDTH = 20  # characters of a label on one line, beside a value, in a panel of 16 rem
_LINE = 1.35  # heights in em
_TRACK = 1.7


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, value and interval on the scale of the panel, and `shown`, the value in words.

    `n` is the number of questions; `other` the value in the run that this one is compared with.
    """

    label: str
    value: float
    shown: str
    low: float | None = None
    high: float | None = None
    n: int | None = None
    other: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """Questions with about the same confidence: that confidence, the share that could be answered, and how many."""

    confidence: float
    answerable: float
    n: int


def bars(
    key: str, title: str, rows: Sequence[Bar], top: float = 1.0, ticks: Sequence[str] = ("0", "50", "100%")
) -> Markup:
    """Horizontal bars from 0 to `top`, each with its interval; `ticks` are written evenly along the scale.

    `key` makes the ids of title and description unique on the page.
    """
    parts: list[Markup] = []
    y = 0.0
    for row in rows:
        drawn, height = _bar(row, y, top)
        parts.append(drawn)
        y += height
    for i, tick in enumerate(ticks):
        share = i / max(1, len(ticks) - 1)
        anchor = "start" if i == 0 else "end" if share == 1 else "middle"
        parts.append(_text(f"{share:.0%}", y + 0.9, tick, "tick", anchor))
    return _svg(key, title, _spoken(rows), "bars", y + 1.3, parts)


def reliability(key: str, title: str, points: Sequence[Point]) -> Markup:
    """A reliability diagram: confidence from left to right, the share of questions that had an answer upwards.

    Points on the diagonal say that the confidence may be taken at its word (DeGroot and Fienberg, 1983).
    """
    grid = [
        Markup(
            '<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>'
            '<line class="grid" y1="{0}%" y2="{0}%" x1="0" x2="100%"/>'
        ).format(at)
        for at in (0, 25, 50, 75, 100)
    ]
    largest = max((p.n for p in points), default=1)
    marks = [
        Markup('<circle class="point" cx="{}%" cy="{}%" r="{}em"><title>{}</title></circle>').format(
            _at(p.confidence), _at(1 - p.answerable), f"{0.3 + 0.7 * (p.n / largest) ** 0.5:.2f}", _point_spoken(p)
        )
        for p in points
    ]
    inner = Markup('<svg x="14%" y="1em" width="80%" height="16em" overflow="visible">{}{}{}{}</svg>').format(
        Markup("").join(grid),
        Markup('<line class="ideal" x1="0" y1="100%" x2="100%" y2="0"/>'),
        _joined(points),
        Markup("").join(marks),
    )
    labels = [_text("12%", 17.4 - 16 * share, f"{share:.0%}", "tick", "end") for share in (0, 0.5, 1)]
    labels += [_text(f"{14 + 80 * share:.0f}%", 18.4, f"{share:.0%}", "tick", "middle") for share in (0, 0.5, 1)]
    labels.append(_text("54%", 20, "zekerheid die het systeem opgaf", "axis", "middle"))
    spoken = "; ".join(_point_spoken(p) for p in points)
    return _svg(key, title, spoken, "reliability", 21, [inner, *labels])


def _bar(row: Bar, y: float, top: float) -> tuple[Markup, float]:
    """One bar with its label above it, and the height that it takes."""
    lines = textwrap.wrap(row.label, _LABEL_WIDTH) or [""]
    parts = [_text("0", y + _LINE * (i + 0.85), line, "label") for i, line in enumerate(lines)]
    amount = Markup("") if row.n is None else Markup(' <tspan class="n">n={}</tspan>').format(row.n)
    parts.append(_text("100%", y + _LINE * 0.85, escape(row.shown) + amount, "value", "end"))
    track = y + _LINE * len(lines) + 0.15
    parts.append(_rect("track", track, 100.0))
    parts.append(_rect("bar", track, _at(row.value / top)))
    middle = f"{track + 0.4:.2f}em"
    if row.low is not None and row.high is not None:
        low, high = _at(row.low / top), _at(row.high / top)
        parts.append(Markup('<line class="spread" x1="{}%" x2="{}%" y1="{m}" y2="{m}"/>').format(low, high, m=middle))
        ends = Markup('<line class="spread" x1="{0}%" x2="{0}%" y1="{1}em" y2="{2}em"/>')
        parts.extend(ends.format(end, f"{track + 0.1:.2f}", f"{track + 0.7:.2f}") for end in (low, high))
    if row.other is not None:
        parts.append(Markup('<circle class="other" cx="{}%" cy="{}" r="0.36em"/>').format(_at(row.other / top), middle))
    return Markup("").join(parts), _LINE * len(lines) + _TRACK


def _svg(key: str, title: str, description: str, kind: str, height: float, parts: Iterable[Markup]) -> Markup:
    return Markup(
        '<svg class="plot {kind}" role="img" aria-labelledby="{key}-t {key}-d" width="100%" height="{height}em">'
        '<title id="{key}-t">{title}</title><desc id="{key}-d">{description}</desc>{parts}</svg>'
    ).format(
        kind=kind, key=key, height=f"{height:.2f}", title=title, description=description, parts=Markup("").join(parts)
    )


def _text(x: str, y: float, text: str, kind: str, anchor: str = "start") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}em" text-anchor="{}">{}</text>').format(
        kind, x, f"{y:.2f}", anchor, text
    )


def _rect(kind: str, y: float, width: float) -> Markup:
    return Markup('<rect class="{}" x="0" y="{}em" width="{}%" height="0.8em"/>').format(kind, f"{y:.2f}", width)


def _joined(points: Sequence[Point]) -> Markup:
    """Lines between neighbouring points: an SVG path knows no percentages."""
    return Markup("").join(
        Markup('<line class="joined" x1="{}%" y1="{}%" x2="{}%" y2="{}%"/>').format(
            _at(a.confidence), _at(1 - a.answerable), _at(b.confidence), _at(1 - b.answerable)
        )
        for a, b in pairwise(points)
    )


def _at(share: float) -> float:
    """A place on a scale in per cent, within the plot."""
    return round(min(max(share, 0.0), 1.0) * 100, 1)


def _spoken(rows: Sequence[Bar]) -> str:
    """The bars for who cannot see them."""
    return "; ".join(f"{row.label}: {row.shown}" + (f" (n={row.n})" if row.n is not None else "") for row in rows)


def _point_spoken(point: Point) -> str:
    return f"zekerheid {point.confidence:.0%}: {point.answerable:.0%} te beantwoorden ({point.n} vragen)"
