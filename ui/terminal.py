"""How results look in a terminal; everything here goes to a person, never to a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from assistant.answer import Answer, validity
from assistant.reader import Found
from assistant.render import section_name
from ingest.document import Document, Section
from ui.options import err as err
from vectorstore.update import Report as IngestReport
from vectorstore.writing import Progress as Report

out = Console(highlight=False)

_STAGES = {"read": "Documenten lezen", "embed": "Passages inbedden", "store": "Index schrijven"}


class _Rate(ProgressColumn):
    """How many units of a stage are done a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="dim")


@contextmanager
def progress_bars() -> Iterator[Report]:
    """One bar for each stage of the work, with its rate and the time left; on standard error."""
    columns = (TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=err) as bars:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report


def plain(text: str) -> None:
    """Text as it is: not wrapped, nothing in it taken for markup."""
    out.print(Text(text), soft_wrap=True)


def show_report(report: IngestReport) -> None:
    """What an ingest did, a line for each document."""
    table = Table(box=None, pad_edge=False)
    for column in ("", "document", "gemeente", "secties", "passages"):
        table.add_column(column, justify="right" if column in ("secties", "passages") else "left", overflow="fold")
    for o in report.documents:
        counts = (str(o.sections), str(o.passages)) if o.status != "refused" else ("", "")
        table.add_row(o.status, Text(o.title or o.path), o.municipality or "", *counts)
    out.print(table)
    for o in report.documents:
        for warning in o.warnings:
            err.print(f"[yellow]{escape(o.id)}[/]: {escape(warning)}")
    out.print(f"generation {report.generation}, {report.seconds:.1f} s")


def show_documents(documents: Mapping[str, Document]) -> None:
    """The indexed documents."""
    table = Table(box=None, pad_edge=False)
    for column in ("id", "titel", "gemeente", "soort", "geldigheid"):
        table.add_column(column, overflow="fold")
    for d in documents.values():
        table.add_row(d.id, Text(d.title), d.municipality or "", d.kind or "", validity(d, "nl") or "")
    out.print(table)


def show_outline(document: Document) -> None:
    """Metadata and section tree: where each section begins, its size with all below it, and what looks wrong."""
    facts = [document.municipality, document.kind, validity(document, "nl"), document.source_url]
    tree = Tree(Text.assemble((document.title, "bold"), f"  {' · '.join(f for f in facts if f)}"))
    trail = {0: tree}
    for section in document.sections:
        parent = trail[max(level for level in trail if level < section.level)]
        kind = "" if section.kind == "body" else f" ({section.kind})"
        size = f"{_place(document, section)}, {section.end - section.start} tekens"
        node = parent.add(Text.assemble(section.label, (f"{kind}  {size}", "dim")))
        trail = {level: n for level, n in trail.items() if level < section.level} | {section.level: node}
    out.print(tree)
    numbered = sum(section.number is not None for section in document.sections)
    counts = [f"{len(document.sections)} secties ({numbered} genummerd)", f"{len(document.passages)} passages"]
    counts += [f"{len(document.footnotes)} noten"] if document.footnotes else []
    out.print(Text(", ".join(counts), style="dim"))
    for fact in document.facts:
        out.print(Text(f"{fact.name}: {fact.value}  (tekens {fact.start}–{fact.end})", style="dim"))
    if document.from_sidecar:
        out.print(Text(f"uit het bestand .meta.toml: {', '.join(document.from_sidecar)}", style="dim"))
    for warning in document.warnings:
        err.print(f"[yellow]let op[/]: {escape(warning)}")


def _place(document: Document, section: Section) -> str:
    """The page on which a section begins, or its line as `kaderwijzer text` numbers them."""
    return f"p. {section.page}" if section.page else f"r. {document.text.count(chr(10), 0, section.start) + 1}"


def show_found(found: Found) -> None:
    """Hits with their section and the beginning of their text."""
    for hit in found.hits:
        passage = found.generation.passages[hit.passage]
        document = found.generation.document_of(hit.passage)
        section = document.sections[passage.section]
        heading = Text.assemble(f"{hit.rank}. ", (section_name(section), "bold"), f", {document.title}")
        if document.municipality:
            heading.append(f" ({document.municipality})")
        text = " ".join(document.text[passage.start : passage.end].split())
        out.print(heading)
        out.print(Text(f"   {text[:240]}{'…' if len(text) > 240 else ''}", style="dim"))


def show_answer(answer: Answer, documents: Mapping[str, Document]) -> None:
    """The answer, and under it where each citation stands."""
    out.print(Markdown(answer.text))
    if answer.citations:
        out.print()
    for citation in answer.citations:
        document = documents[citation.document_id]
        section = document.sections[citation.section]
        place = f"{section_name(section)}, {document.title}"
        where = f"{document.municipality}, " if document.municipality else ""
        out.print(Text(f"[{citation.number}] {place} ({where}tekens {citation.start}–{citation.end})", style="dim"))
