"""Measures the program's outlines against outlines that people wrote by reading the documents.

    python -m evals.outlines tests/outlines ../shared/corpus/frameworks ../shared/corpus/other --verbose

An expected outline is a text file named after its document ("x.txt" for "x.pdf"): a line for each section in reading
order, two spaces of indentation for each level below the first, then where they apply its kind and its page:

    # a comment
    2 Visie: Wat we nastreven
      2.1 Inleiding p. 4
    Bijlage 1 Begrippen [glossary] p. 12
      Toelichting [optional]

An optional section is one that a careful reader may count or not: it is neither missing nor spurious.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.document import Document, Section, SectionKind
from ingest.errors import KaderwijzerError
from ingest.read import read_document
from ingest.tokens import count_tokens

NOT_COMPARED: frozenset[str] = frozenset({"preamble", "contents", "footnote", "boilerplate"})
"""Kinds of section that no reader counts as one, or that the program names itself; expected outlines omit them."""

_LINE = re.compile(
    rf"(?P<indent> *)(?P<label>\S.*?)(?: \[(?P<kind>{'|'.join(get_args(SectionKind))})\])?(?: p\. (?P<page>\d+))?"
    r"(?P<optional> \[optional\])?"
)
_WIDTH = 160  # characters of a line in a file or a log
_FOOTNOTE_MARK = re.compile(r"(?<=\w) \d{1,2}(?= [,.;:])")
_NAMED_TWICE = re.compile(r"^(\w+(?: \w+)+) \1(?= |$)")


@dataclass(frozen=True, slots=True)
class Expected:
    """A section as a reader of the document sees it; `level` counts from 1, `page` is None where none was noted."""

    label: str
    level: int
    kind: SectionKind = "body"
    page: int | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class OutlineReport:
    """How an outline differs from the expected one: counts, and a line for each difference.

    `found` of the `expected` sections stand in the outline in their order, whatever their level, kind and page.
    """

    expected: int
    found: int
    missing: tuple[str, ...] = ()
    spurious: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    wrong_level: tuple[str, ...] = ()
    wrong_kind: tuple[str, ...] = ()
    wrong_page: tuple[str, ...] = ()

    @property
    def differences(self) -> tuple[tuple[str, str], ...]:
        """Every difference with what it is, such as ("missing", "2.1 Inleiding")."""
        names = ("missing", "spurious", "out_of_order", "wrong_level", "wrong_kind", "wrong_page")
        return tuple((name.replace("_", " "), line) for name in names for line in getattr(self, name))


@dataclass(frozen=True, slots=True)
class Measured:
    """One document as the program reads it now; `error` says why it could not be read at all."""

    name: str
    report: OutlineReport
    passages: int = 0
    longest: int = 0
    seconds: float = 0.0
    warnings: int = 0
    error: str | None = None


def read_expected(path: Path) -> tuple[Expected, ...]:
    """The sections of an expected outline; what lies below an appendix is part of it unless it names another kind.

    Raises:
        ValueError: a line is indented otherwise than by one level below the line above, or less.
    """
    sections: list[Expected] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = _LINE.fullmatch(line.rstrip())
        level = len(parts["indent"]) // 2 + 1 if parts else 0
        if not parts or len(parts["indent"]) % 2 or level > (sections[-1].level + 1 if sections else 1):
            raise ValueError(f"{path.name}, line {number}: indent “{line.strip()}” by two spaces for each level")
        kind: SectionKind = parts["kind"] or _kind_of_holder(sections, level)  # type: ignore[assignment]  # as matched
        page = int(parts["page"]) if parts["page"] else None
        sections.append(Expected(parts["label"], level, kind, page, optional=bool(parts["optional"])))
    return tuple(sections)


def heading_key(label: str) -> str:
    """What stays the same about a heading however it is written: its words and numbers in ASCII, lower case.

    Punctuation, footnote marks, a number given twice ("Artikel 5 Artikel 5") and letters with accents, which PDFs
    write in several ways, make no difference.
    """
    plain = _FOOTNOTE_MARK.sub("", unicodedata.normalize("NFC", label))
    words = "".join(c if c.isalnum() else " " for c in plain.replace("\u00ad", "")).casefold()
    return _NAMED_TWICE.sub(r"\1", " ".join(words.encode("ascii", "ignore").decode().split()))


def compare(expected: Sequence[Expected], document: Document) -> OutlineReport:
    """Aligns the outline of a document with the expected one by their headings, in order, and reports what differs.

    A heading at the beginning that repeats the document's title is not counted, nor is the level it takes up.
    """
    found = _as_read(expected, document)
    keys = [heading_key(e.label) for e in expected], [heading_key(s.label) for s, _ in found]
    blocks = SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks()
    pairs = [(b.a + k, b.b + k) for b in blocks for k in range(b.size)]
    matched_at = {i for i, _ in pairs}
    missing = [i for i, e in enumerate(expected) if i not in matched_at and not e.optional]
    spurious = [j for j in range(len(found)) if j not in {j for _, j in pairs}]
    moved = []
    for i in tuple(missing):
        at = next((j for j in spurious if keys[1][j] == keys[0][i]), None)
        if at is not None:
            missing.remove(i)
            spurious.remove(at)
            moved.append(expected[i].label)
    matched = [(expected[i], *found[j]) for i, j in pairs]
    paged = [(e, s, level) for e, s, level in matched if e.page is not None]
    return OutlineReport(
        expected=sum(not e.optional or i in matched_at for i, e in enumerate(expected)),
        found=len(pairs),
        missing=tuple(expected[i].label for i in missing),
        spurious=tuple(found[j][0].label for j in spurious),
        out_of_order=tuple(moved),
        wrong_level=tuple(f"{e.label}: {level}, expected {e.level}" for e, _, level in matched if level != e.level),
        wrong_kind=tuple(f"{e.label}: {s.kind}, expected {e.kind}" for e, s, _ in matched if s.kind != e.kind),
        wrong_page=tuple(f"{e.label}: {s.page}, expected {e.page}" for e, s, _ in paged if s.page != e.page),
    )


def measure(expected_at: Path, document_at: Path) -> Measured:
    """Reads a document and compares its outline with the expected one."""
    expected = read_expected(expected_at)
    began = time.perf_counter()
    try:
        document = read_document(document_at)
    except KaderwijzerError as error:
        nothing = OutlineReport(len(expected), 0, missing=tuple(e.label for e in expected))
        return Measured(document_at.name, nothing, error=str(error))
    seconds = time.perf_counter() - began
    sizes = [count_tokens(document.text[p.start : p.end]) for p in document.passages]
    report = compare(expected, document)
    return Measured(document_at.name, report, len(sizes), max(sizes, default=0), seconds, len(document.warnings))


def find_documents(expected_in: Path, corpus: Sequence[Path]) -> tuple[tuple[Path, Path | None], ...]:
    """Each expected outline with its document in the corpus folders, or with None where that is absent."""
    documents = {path.stem: path for folder in corpus for path in sorted(folder.glob("*.*"))}
    return tuple((path, documents.get(path.stem)) for path in sorted(expected_in.glob("*.txt")))


def main(arguments: Sequence[str]) -> int:
    """Prints the figures of each document; gives the exit code: 1 where any outline differs, 2 where none was found."""
    parser = argparse.ArgumentParser(prog="python -m evals.outlines", description="measures outlines")
    parser.add_argument("expected", type=Path, help="folder of expected outlines")
    parser.add_argument("corpus", type=Path, nargs="+", help="folders of documents")
    parser.add_argument("--verbose", action="store_true", help="list each difference")
    options = parser.parse_args(arguments)
    out = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    both = find_documents(options.expected, options.corpus)
    measured = [measure(expected_at, document_at) for expected_at, document_at in both if document_at]
    out.print(_table(measured))
    out.print(f"{len(both) - len(measured)} of {len(both)} expected outlines have no document in these folders")
    for line in _details(measured, options.verbose):
        out.print(Text(line))
    if not measured:
        return 2
    return int(any(one.error or one.report.differences for one in measured))


def _details(measured: Sequence[Measured], verbose: bool) -> list[str]:
    """A line for each document that could not be read and, when asked, for each difference."""
    errors = [f"{one.name}: not read: {one.error}" for one in measured if one.error]
    read = [one for one in measured if not one.error] if verbose else []
    return errors + [f"{one.name}: {what}: {line}" for one in read for what, line in one.report.differences]


def _kind_of_holder(above: Sequence[Expected], level: int) -> SectionKind:
    holder = next((e for e in reversed(above) if e.level < level), None)
    return "appendix" if holder and holder.kind == "appendix" else "body"


def _as_read(expected: Sequence[Expected], document: Document) -> list[tuple[Section, int]]:
    """The sections that count, each with its level below the title; some formats state the title as a heading."""
    sections = [s for s in document.sections if s.kind not in NOT_COMPARED]
    first = heading_key(sections[0].label) if sections else ""
    if first != heading_key(document.title) or (expected and first == heading_key(expected[0].label)):
        return [(s, s.level) for s in sections]
    title, *others = sections
    return [(s, s.level - (title.level if title.start <= s.start and s.end <= title.end else 0)) for s in others]


def _table(measured: Sequence[Measured]) -> Table:
    table = Table(box=None, pad_edge=False)
    names = ("document", "sections", "spurious", "levels", "other", "passages", "longest", "seconds", "warnings")
    for name in names:
        table.add_column(name, justify="left" if name == "document" else "right", no_wrap=name == "document")
    for one in measured:
        report = one.report
        other = len(report.out_of_order) + len(report.wrong_kind) + len(report.wrong_page)
        counts = (len(report.spurious), len(report.wrong_level), other, one.passages, one.longest)
        shown = (f"{report.found}/{report.expected}", *map(str, counts), f"{one.seconds:.2f}", str(one.warnings))
        table.add_row(Text(one.name), *shown)
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
