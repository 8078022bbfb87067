"""`kaderwijzer ui`: opens the chat page. It imports little, for a visitor waits for it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.settings import KaderSettings, checked_settings

app = typer.Typer(name="kaderwijzer", pretty_exceptions_enable=False, add_completion=False, rich_markup_mode=None)


@app.callback()
def _several() -> None:
    """Makes Typer expect the name of a command, though there is one only."""


@app.command()
def ui(
    port: Annotated[int, typer.Option(help="Port of the chat page.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    demo: Annotated[bool, typer.Option("--demo", help="Ingest the demo documents when there is no index.")] = False,
    allow_open: Annotated[
        bool, typer.Option("--allow-open", help="Serve without sign-in, on any address; everybody is a reader.")
    ] = False,
) -> None:
    """Opens the chat page and prints its address."""
    from ui.access import check_address
    from ui.auth_section import providers
    from ui.serve import serve

    settings = checked_settings()
    check_address(address, bool(providers()), allow_open)
    if demo and not (settings.data / "index" / "CURRENT").exists():
        _ingest_demo(settings)
    serve(address, port, allow_open)


def _ingest_demo(settings: KaderSettings) -> None:
    import evals
    from ui.settings import open_model, open_store
    from ui.terminal import progress_bars
    from vectorstore.update import ingest_paths

    with progress_bars() as progress:
        folder = Path(evals.__file__).parent / "demo" / "documents"
        ingest_paths(open_store(settings), open_model(settings), [folder], progress=progress)
