"""`kaderwijzer eval`: question sets, runs, comparisons, reports, baselines and benchmarks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from assistant.rerank import open_reranker
from ingest.errors import InvalidQuestionSet
from ui import terminal
from ui.options import PARTLY, AsJson, emit
from ui.settings import kept_settings, open_assistant, open_model, open_store, read_settings

app = typer.Typer(help="Question sets, runs, comparisons and reports.", no_args_is_help=True)

Sets = Annotated[list[Path], typer.Argument(help="Question sets, JSON Lines.")]
Set = Annotated[Path, typer.Argument(help="The set to add to; made when it does not exist.")]
CaseId = Annotated[str, typer.Option("--id", help="Its id, unique in all sets.")]
Kind = Annotated[str, typer.Option(help="Its kind, such as direct, list or too-fine.")]
Evidence = Annotated[list[str] | None, typer.Option(help="A phrase that identifies the place; may be repeated.")]
Unanswerable = Annotated[bool, typer.Option("--unanswerable", help="The documents do not answer it.")]
Author = Annotated[str | None, typer.Option(help="Who adds it.")]


@app.command()
def run(
    questions: Sets,
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the run; default runs/<time>.")] = None,
    as_json: AsJson = False,
) -> None:
    """Runs question sets and says which questions fail and why. A run that was broken off goes on in its folder."""
    from evals.run import run_sets
    from evals.summary import show_summary

    settings = read_settings()
    assistant = open_assistant(settings)
    with terminal.progress_bars() as progress:
        summary = run_sets(assistant, questions, out, progress, kept_settings(settings))
    if as_json:
        emit(summary)
    else:
        terminal.plain(show_summary(summary))
        terminal.plain(f"stored in {summary['folder']}")
    for name, missing in summary["drifted"].items():
        terminal.err.print(f"[yellow]{name}[/] relies on what the index does not hold: {missing[0]}", soft_wrap=True)
    if summary["errors"]:
        raise typer.Exit(PARTLY)


@app.command()
def compare(
    run_a: Annotated[Path, typer.Argument(help="A run, or a reference.")],
    run_b: Annotated[Path, typer.Argument(help="A run.")],
    tolerance: Annotated[
        list[str] | None,
        typer.Option(help="FIGURE=X: exit 1 when the figure fell by more than X; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compares two runs: differences with intervals and significance, and the questions that changed sides."""
    from evals.compare import compare_runs, show_comparison

    comparison = compare_runs(run_a, run_b, _tolerances(tolerance or []))
    emit(comparison) if as_json else terminal.plain(show_comparison(comparison))
    if comparison["regressions"]:
        raise typer.Exit(1)


@app.command()
def freeze(
    run: Annotated[Path, typer.Argument(help="A run.")],
    reference: Annotated[Path, typer.Argument(help="The file to write.")],
) -> None:
    """Keeps the figures of a run without any text, as what later runs are compared with."""
    from evals.compare import freeze as keep

    keep(run, reference)
    terminal.plain(f"kept in {reference}")


@app.command()
def report(
    run: Annotated[Path, typer.Argument(help="A run.")],
    out: Annotated[Path | None, typer.Option("--out", help="The page to write; default RUN/report.html.")] = None,
    against: Annotated[Path | None, typer.Option(help="Another run: the page shows what changed since.")] = None,
) -> None:
    """Writes one self-contained page about a run, for readers who are no developers."""
    from evals.report import write_report

    terminal.plain(f"written to {write_report(run, out, against)}")


@app.command()
def judge(
    run: Annotated[Path, typer.Argument(help="A run.")],
    model: Annotated[str, typer.Option(help="provider:model of the judge; a stronger one than answered.")],
    as_json: AsJson = False,
) -> None:
    """Has a chat model judge the answers of a run: a second opinion, kept apart from the figures."""
    from assistant.generate import open_chat_model
    from evals.judge import judge_run

    settings = read_settings()
    key = settings.chat_api_key.get_secret_value() if settings.chat_api_key else None
    opened = open_chat_model(model, settings.chat_base_url, key)
    with terminal.progress_bars() as progress:
        summary = judge_run(run, opened, model, progress)
    if as_json:
        emit(summary)
    else:
        terminal.plain(
            f"{summary['judged']} answers judged by {model}: correct {summary['correct']}, complete "
            f"{summary['complete']} (0 to 1); {summary['unusable']} replies could not be used"
        )
    if summary["unusable"]:
        raise typer.Exit(PARTLY)


@app.command("list")
def list_questions(
    questions: Sets,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only nl or en.")] = None,
    half: Annotated[Literal["development", "test"] | None, typer.Option(help="Only this half.")] = None,
    as_json: AsJson = False,
) -> None:
    """Counts the questions of sets by kind, language and half, and lists them."""
    from evals.listing import describe_sets, select_cases, show_sets
    from evals.questions import read_sets

    wanted = select_cases(read_sets(questions), kinds=kind or (), languages=language or (), half=half)
    if as_json:
        emit({**describe_sets(questions), "listed": [case.model_dump(mode="json") for case in wanted]})
    else:
        terminal.plain(show_sets(describe_sets(questions), wanted))


@app.command()
def lint(
    questions: Sets,
    index: Annotated[bool, typer.Option(help="Also check against the indexed documents.")] = True,
    as_json: AsJson = False,
) -> None:
    """Checks question sets: schema, duplicates, leaks between the halves, evidence that is not there."""
    from evals.lint import count_findings, findings_json, lint_sets, show_findings

    findings = lint_sets(questions, open_store(read_settings()).open().documents if index else None)
    emit(findings_json(findings)) if as_json else terminal.plain(show_findings(findings))
    if count_findings(findings)["errors"]:
        raise typer.Exit(1)


@app.command()
def add(
    question_set: Set,
    question: Annotated[str, typer.Argument(help="The question.")],
    case_id: CaseId,
    kind: Kind,
    history: Annotated[list[str] | None, typer.Option(help="An earlier question; may be repeated.")] = None,
    language: Annotated[str, typer.Option(help="nl or en.")] = "nl",
    document: Annotated[list[str] | None, typer.Option(help="A document in which the answer stands.")] = None,
    section: Annotated[list[str] | None, typer.Option(help="A section in which the answer stands.")] = None,
    evidence: Evidence = None,
    fact: Annotated[list[str] | None, typer.Option(help="A fact of the answer: its wordings, | between them.")] = None,
    unanswerable: Unanswerable = False,
    note: Annotated[str | None, typer.Option(help="For those who keep the set.")] = None,
    author: Author = None,
) -> None:
    """Adds a question to a set."""
    from evals.additions import add_case
    from evals.questions import make_case

    fields = {
        "id": case_id,
        "kind": kind,
        "language": language,
        "question": question,
        "history": tuple(history or ()),
        "documents": tuple(document or ()),
        "sections": tuple(section or ()),
        "evidence": tuple(evidence or ()),
        "facts": tuple(tuple(wordings.split("|")) for wordings in fact or ()),
        "answerable": not unanswerable,
        "note": note,
        "author": author,
        "added_on": _today(),
    }
    case = make_case(fields, f"the question “{case_id}”")
    add_case(question_set, case)
    terminal.plain(f"added {case.id} to {question_set} ({case.half} half)")


@app.command("add-from")
def add_from(
    question_set: Set,
    file: Annotated[Path, typer.Argument(help="A conversation (what `ask --json` gave, a turn a line) or feedback.")],
    case_id: CaseId,
    kind: Kind,
    line: Annotated[int, typer.Option(min=1, help="Which line of the file is the question.")] = 1,
    evidence: Evidence = None,
    unanswerable: Unanswerable = False,
    author: Author = None,
) -> None:
    """Adds a question from a saved conversation or from feedback; evidence is proposed from what the answer cited."""
    from evals.additions import add_case, case_from_conversation, case_from_feedback, read_conversation

    documents = open_store(read_settings()).open().documents
    turns = read_conversation(file)
    given: dict[str, Any] = {"case_id": case_id, "kind": kind, "answerable": not unanswerable, "author": author}
    given |= {"documents": documents, "evidence": evidence or (), "added_on": _today()}
    if line > len(turns):
        raise InvalidQuestionSet(f"{file} has {len(turns)} lines, and no line {line}. Choose one with --line")
    if "rating" in turns[line - 1]:
        case = case_from_feedback(turns[line - 1], **given)
    else:
        case = case_from_conversation(turns, line, **given)
    add_case(question_set, case)
    terminal.plain(f"added {case.id} to {question_set} ({case.half} half)")
    for phrase in case.evidence:
        terminal.plain(f"  evidence: {phrase}")


@app.command()
def baselines(
    questions: Sets,
    documents: Annotated[list[Path], typer.Option(help="The documents: files and folders; may be repeated.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the table to this Markdown file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measures plain baselines and our own parts switched off one by one, on the same questions."""
    from evals.baselines import as_markdown, compare_baselines

    with terminal.progress_bars() as progress:
        settings = read_settings()
        reranker = open_reranker(settings.reranker_model)
        result = compare_baselines(documents, questions, open_model(settings), progress, reranker)
    if out is not None:
        out.write_text(as_markdown(result), "utf-8")
    emit(result) if as_json else terminal.plain(as_markdown(result))


@app.command()
def benchmark(
    name: Annotated[str, typer.Argument(help="aqa: Dutch legal questions with their gold passages.")],
    path: Annotated[Path, typer.Argument(help="Folder of the benchmark.")],
    as_json: AsJson = False,
) -> None:
    """Measures retrieval on a benchmark of others."""
    from evals.aqa import run_aqa, show_aqa

    if name != "aqa":
        raise typer.BadParameter(f"there is no benchmark “{name}”. Expected aqa")
    settings = read_settings()
    with terminal.progress_bars() as progress:
        result = run_aqa(path, open_model(settings), progress, cache=settings.data / "benchmarks" / "aqa")
    emit(result) if as_json else terminal.plain(show_aqa(result))


def _today() -> date:
    return datetime.now(UTC).date()


def _tolerances(given: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for entry in given:
        name, _, value = entry.rpartition("=")
        try:
            found[name] = float(value)
        except ValueError as error:
            raise InvalidQuestionSet(
                f"the tolerance “{entry}” cannot be read. Expected FIGURE=X, such as “hit@5=0.02”"
            ) from error
    return found
