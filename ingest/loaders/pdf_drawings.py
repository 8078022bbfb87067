"""Lines, boxes and dots drawn on a page of a PDF: they rule its tables, and some programs draw the bullets of lists."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as raw

_MAX_PATHS = 5_000  # a page with more is a drawing, and its lines rule no table
_MAX_SEGMENTS = 400
_DOT = (2.0, 7.0)  # points
_THIN = 2.5  # points; a filled box no thicker than this is a line


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along the page or down it, or a dot; x1 <= x2 and y1 <= y2, in points."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def is_dot(self) -> bool:
        """Whether it is small and as wide as high, as the bullets are that browsers draw."""
        width, height = self.x2 - self.x1, self.y2 - self.y1
        return _DOT[0] <= width <= _DOT[1] and abs(width - height) <= 0.2 * width

    @property
    def is_tall(self) -> bool:
        """Whether it runs down the page."""
        return self.y2 - self.y1 > self.x2 - self.x1

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, x and y."""
        return (self.x1 + self.x2) / 2, (self.y1 + self.y2) / 2


def drawn_rules(page: raw.FPDF_PAGE) -> Iterator[Rule]:
    """Straight lines, the edges of boxes, and dots, in PDF space."""
    count = raw.FPDFPage_CountObjects(page)
    paths = [thing for thing in (raw.FPDFPage_GetObject(page, at) for at in range(count)) if _is_path(thing)]
    if len(paths) > _MAX_PATHS:
        return
    edges = [ctypes.c_float() for _ in range(4)]
    for path in paths:
        if not raw.FPDFPageObj_GetBounds(path, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        whole = Rule(left, bottom, right, top)
        if whole.is_dot or min(right - left, top - bottom) <= _THIN:
            yield whole
        else:
            yield from _edges(path)


def has_pictures(page: raw.FPDF_PAGE) -> bool:
    """Whether an image stands on the page itself."""
    things = (raw.FPDFPage_GetObject(page, at) for at in range(raw.FPDFPage_CountObjects(page)))
    return any(thing and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE for thing in things)


def _is_path(thing: raw.FPDF_PAGEOBJECT) -> bool:
    return bool(thing) and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH


def _edges(path: raw.FPDF_PAGEOBJECT) -> Iterator[Rule]:
    """The straight edges of a drawn path; one path may hold the whole grid of a table."""
    count = raw.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MAX_SEGMENTS:
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield from _straight(last, point)
        if raw.FPDFPathSegment_GetClose(segment) and start:
            yield from _straight(point, start)
        last = point


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    if min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= _THIN and a != b:
        yield Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
