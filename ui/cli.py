"""The command line. Scripts depend on its words, its JSON and its exit codes: 0 done, 1 refused, 2 usage, 3 in part."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from assistant.answer import Answer
from assistant.batch import read_batch
from assistant.reader import Found, Request
from assistant.shapes import answer_json, documents_json, found_json, outline_json, report_json
from ingest.document import Document
from ingest.errors import KaderwijzerError
from ingest.read import read_document
from ui import terminal
from ui.eval_cli import app as evaluation
from ui.kept import forget_answers
from ui.options import PARTLY, AsJson, emit, run
from ui.page_command import ui
from ui.settings import KaderSettings, open_assistant, open_model, open_store, read_settings
from vectorstore.update import Report, ingest_paths, remove_document, unknown_document

app = typer.Typer(
    name="kaderwijzer",
    help="Answers questions about municipal policy frameworks, with every sentence cited to its section.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(evaluation, name="eval")
app.command()(ui)

Municipality = Annotated[list[str] | None, typer.Option("--municipality", help="Only documents of this municipality.")]
Only = Annotated[list[str] | None, typer.Option("--document", help="Only this document, by its id.")]
History = Annotated[list[str] | None, typer.Option("--history", help="An earlier question, oldest first.")]
Batch = Annotated[str | None, typer.Option("--batch", help="A JSONL file of questions; “-” is standard input.")]
Question = Annotated[str | None, typer.Argument(help="The question, in Dutch or English.")]


def main() -> None:
    """Runs the command line; refusals become a message and an exit code, never a traceback."""
    run(app)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    prune: Annotated[bool, typer.Option("--prune", help="Drop documents whose files are gone.")] = False,
    wait: Annotated[float, typer.Option(help="Seconds to wait for another ingest to finish.")] = 60.0,
    as_json: AsJson = False,
) -> None:
    """Adds documents to the index, or updates those that changed."""
    settings = read_settings()
    with terminal.progress_bars() as progress:
        report = ingest_paths(
            open_store(settings), open_model(settings), paths, prune=prune, wait=wait, progress=progress
        )
    _report(report, settings, as_json=as_json)
    failed = report.refused + report.lost
    if failed:
        raise typer.Exit(PARTLY if failed < len(report.documents) else 1)


@app.command()
def documents(as_json: AsJson = False) -> None:
    """Lists what is indexed."""
    indexed = _documents(read_settings())
    emit(documents_json(indexed)) if as_json else terminal.show_documents(indexed)


@app.command()
def remove(document_id: str, as_json: AsJson = False) -> None:
    """Removes a document from the index, and the kept answers that quote it; nothing of it stays in either.

    Feedback, proposals and runs of question sets are records of what was answered, and stay (README.md).
    """
    settings = read_settings()
    with terminal.progress_bars() as progress:
        report = remove_document(open_store(settings), open_model(settings), document_id, progress)
    _report(report, settings, as_json=as_json)


@app.command()
def outline(file_or_id: str, as_json: AsJson = False) -> None:
    """Shows how a document is understood: metadata, section tree, warnings. A file is read without indexing it."""
    path = Path(file_or_id)
    document = read_document(path) if path.is_file() else _document(read_settings(), file_or_id)
    emit(outline_json(document)) if as_json else terminal.show_outline(document)


@app.command()
def text(document_id: str) -> None:
    """Prints the canonical text of a document, exactly: not wrapped, nothing added."""
    sys.stdout.buffer.write(_document(read_settings(), document_id).text.encode("utf-8"))
    sys.stdout.buffer.flush()


@app.command()
def search(
    question: Question = None,
    k: Annotated[int, typer.Option("--k", min=1, max=200, help="How many passages.")] = 10,
    history: History = None,
    municipality: Municipality = None,
    document: Only = None,
    batch: Batch = None,
    as_json: AsJson = False,
) -> None:
    """Finds the passages nearest to a question."""
    assistant = open_assistant(read_settings())

    def found(asked: str, earlier: list[str]) -> Found:
        return assistant.search(asked, earlier, k=k, municipalities=municipality or (), documents=document or ())

    if batch is not None:
        _batch(batch, question, lambda each, earlier: found_json(found(each, earlier)))
    elif as_json:
        emit(found_json(found(_given(question), history or [])))
    else:
        terminal.show_found(found(_given(question), history or []))


@app.command()
def ask(
    question: Question = None,
    history: History = None,
    municipality: Municipality = None,
    document: Only = None,
    batch: Batch = None,
    as_json: AsJson = False,
) -> None:
    """Answers a question with citations, or says that the documents do not."""
    assistant = open_assistant(read_settings())

    def answered(asked: str, earlier: list[str]) -> tuple[Answer, Mapping[str, Document]]:
        request = Request(asked, tuple(earlier), tuple(municipality or ()), tuple(document or ()))
        return assistant.with_reader(lambda reader: (reader.ask(request), reader.generation.documents))

    if batch is not None:
        _batch(batch, question, lambda each, earlier: answer_json(*answered(each, earlier)))
    elif as_json:
        emit(answer_json(*answered(_given(question), history or [])))
    else:
        terminal.show_answer(*answered(_given(question), history or []))


@app.command()
def doctor() -> None:
    """Checks the installation, the index and the models, and says what to mend."""
    from ui.doctor import examine

    findings = examine(read_settings())
    for finding in findings:
        mark = "[green]goed[/]" if finding.well else "[red]mis [/]"
        terminal.out.print(f"{mark} {escape(finding.text)}", soft_wrap=True)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def _report(report: Report, settings: KaderSettings, *, as_json: bool) -> None:
    """Tells what was done, then lets go of the kept answers that were made from what the index no longer holds."""
    emit(report_json(report)) if as_json else terminal.show_report(report)
    forget_answers(settings.data, report.generation)


def _documents(settings: KaderSettings) -> dict[str, Document]:
    return open_store(settings).open().documents


def _document(settings: KaderSettings, document_id: str) -> Document:
    indexed = _documents(settings)
    if document_id not in indexed:
        raise unknown_document(document_id, indexed)
    return indexed[document_id]


def _given(question: str | None) -> str:
    if question is None:
        raise typer.BadParameter("give a QUESTION, or --batch FILE.jsonl")
    return question


def _batch(source: str, question: str | None, one: Callable[[str, list[str]], dict[str, Any]]) -> None:
    """Answers a file of questions, a line out for each line in; a line that fails says why and the rest goes on."""
    if question is not None:
        raise typer.BadParameter("give either a QUESTION or --batch, not both")
    failed = 0
    for item in read_batch(source):
        try:
            if item.error:
                raise KaderwijzerError(item.error)
            result = one(item.question, item.history)
        except KaderwijzerError as error:
            failed += 1
            result = {"question": item.question, "error": str(error)}
        emit({"id": item.id, **result})
    if failed:
        terminal.err.print(f"kaderwijzer: {failed} questions failed; their lines say why")
        raise typer.Exit(PARTLY)
