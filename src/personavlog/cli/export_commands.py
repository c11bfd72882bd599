"""``personavlog export``: a finished film for editors and other hands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from personavlog import api
from personavlog.cli.console import errors_in_words, say, warn
from personavlog.cli.options import RunArgument, RunsOption


def export(
    run: RunArgument = "last",
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="otio (Kdenlive, Resolve), fcpxml (Final Cut Pro, Resolve), xmeml (Premiere Pro), edl, mlt (Shotcut, "
            "melt), zip (script, stills, sound, fonts, licences) or stills.",
        ),
    ] = "otio",
    to_folder: Annotated[
        Path | None, typer.Option("--to-folder", help="Write here; else into export/ of the run.")
    ] = None,
    runs: RunsOption = api.RUNS,
) -> None:
    """Write a finished film for another program, with its media; what you changed in an export is kept."""
    with errors_in_words("the same command"):
        exported = api.export(run, to=to, folder=to_folder, runs=runs)
        for note in exported.notes:
            warn(note)
        say(f"{exported.path}")
