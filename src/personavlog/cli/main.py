"""``personavlog``: the commands.

Nothing that makes films is imported here: ``api`` loads a name when a command first uses it (see
``tests/core/test_cli_startup.py``).
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from personavlog.cli import (
    bench_commands,
    changing_commands,
    doctor_commands,
    export_commands,
    looking_commands,
    making_commands,
    measuring_commands,
    outputs_commands,
    planning_commands,
    removing_commands,
    serving_commands,
    shots_commands,
    studio_commands,
    weights_commands,
    worker_commands,
)
from personavlog.cli.console import forgiving_streams, say

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A finished vlog from one photo, a theme and a style.",
)
app.command()(making_commands.make)
app.command()(making_commands.script)
app.command()(making_commands.resume)
app.command()(planning_commands.plan)
app.command()(looking_commands.show)
app.command()(looking_commands.report)
app.command()(changing_commands.redo)
app.command()(changing_commands.edit)
app.command()(changing_commands.use)
app.command()(changing_commands.unuse)
app.add_typer(shots_commands.app, name="shots")
app.command()(changing_commands.undo)
app.command(name="runs")(looking_commands.list_runs)
app.command()(looking_commands.cost)
app.command()(export_commands.export)
app.command()(removing_commands.delete)
app.command()(removing_commands.gc)
app.command()(looking_commands.styles)
app.command()(looking_commands.voices)
app.add_typer(weights_commands.app, name="weights")
app.command()(doctor_commands.doctor)
app.command(name="check-judge")(measuring_commands.check_judge)
app.command()(measuring_commands.measure)
app.command()(outputs_commands.evaluate)
app.add_typer(bench_commands.app, name="bench")
app.command()(worker_commands.worker)
app.command()(studio_commands.studio)
app.command()(studio_commands.serve)
app.command(name="fake-server")(serving_commands.fake_server)


def _tell_version(wanted: bool) -> None:
    if wanted:
        say(version("personavlog"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Print the version and stop.")
    ] = False,
) -> None:
    """Options of the program itself."""


def main() -> None:
    """Entry point of the ``personavlog`` command."""
    forgiving_streams()
    app()
