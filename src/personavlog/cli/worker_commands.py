"""``personavlog worker``: a model's own program in its own environment, as a server for films."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from personavlog import api
from personavlog.cli.console import err, errors_in_words, say


def worker(
    name: Annotated[str, typer.Argument(help="cosyvoice, audiox, tone, or the path of your own worker program.")],
    python: Annotated[
        Path | None, typer.Option(help="The Python of the worker's environment; without it FOLDER/.venv.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="A checkout of the model's own code.")
    ] = None,
    model: Annotated[str, typer.Option(help="The model's folder, or its name where the worker downloads it.")] = "",
    host: Annotated[str, typer.Option(help="Another address than this machine's own needs --token-env.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="0: any free one.")] = None,
    waiting: Annotated[int, typer.Option(min=0, max=256, help="How many requests may wait for their turn.")] = 8,
    token_env: Annotated[str, typer.Option(help="The variable that holds a token which clients must send.")] = "",
    check: Annotated[bool, typer.Option("--check", help="Only say whether everything is there.")] = False,
) -> None:
    """Start a model that needs an environment of its own, and serve it to films until Ctrl-C (docs/workers.md)."""
    with errors_in_words():
        start = api.WorkerStart(name, python, folder, model, host, port, waiting, token_env)
        if check:
            _report(start)
            return
        try:
            api.run_worker(start, on_line=_pass_on, on_address=lambda address: _tell(name, address))
        except KeyboardInterrupt:
            say(f"The worker {name!r} was stopped.")


def _report(start: api.WorkerStart) -> None:
    found = api.check_worker(start)
    for line in found.missing:
        say(line)
    if found.missing:
        raise typer.Exit(3)
    say(f"Everything that the worker {start.name!r} needs is there (Python {found.python}).")


def _tell(name: str, address: str) -> None:
    say(f"The worker {name!r} listens at {address} and loads its model. Stop it with Ctrl-C.")


def _pass_on(line: str) -> None:
    err.print(line, markup=False)
