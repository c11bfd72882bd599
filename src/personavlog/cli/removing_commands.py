"""``personavlog delete`` and ``gc``: taking away what is not wanted any more."""

from __future__ import annotations

from typing import Annotated

import typer

from personavlog import api
from personavlog.cli.console import errors_in_words, say
from personavlog.cli.options import RunsOption
from personavlog.errors import RunError


def delete(
    run: Annotated[str, typer.Argument(help='A run: its id, the beginning of it, or "last".')],
    yes: Annotated[bool, typer.Option("--yes", help="Delete it; without this nothing is deleted.")] = False,
    runs: RunsOption = api.RUNS,
) -> None:
    """Delete a run with everything that only it uses, the photo and the voice sample first."""
    with errors_in_words():
        if not yes:
            folder = api.view(run, runs=runs).folder
            raise RunError(f"{str(folder.path)!r} would be deleted for ever. If you want that, add --yes.")
        removed = api.delete(run, runs=runs)
        say(
            f"Deleted {removed.run}: {removed.files} files of its folder and {removed.blobs} files of the store, "
            f"{_size(removed.size)}. What it cost stays in the ledger, without a word of what was asked."
        )
        say("What failed attempts left in the store is swept by: personavlog gc")


def gc(runs: RunsOption = api.RUNS) -> None:
    """Sweep what no run needs any more: leftovers of failed attempts, of killed processes and of deleted runs."""
    with errors_in_words():
        count, size = api.gc(runs=runs)
        say(f"Swept {count} files, {_size(size)}.")


def _size(count: int) -> str:
    return f"{count} bytes" + (f" ({count / 1e6:.1f} MB)" if count >= 100_000 else "")
