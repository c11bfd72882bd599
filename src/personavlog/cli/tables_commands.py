"""``personavlog bench table``, ``plot``, ``page`` and ``schema``: what is written of scores and of the layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from personavlog import api
from personavlog.cli.console import errors_in_words, out, say
from personavlog.cli.outputs_commands import Folders, names_in

OutOption = Annotated[Path | None, typer.Option("--out", help="The file to write, otherwise it is printed.")]
BaselineOption = Annotated[
    str | None, typer.Option(help="The method that the others are compared with, otherwise the best other one.")
]


def table(
    outputs: Annotated[
        list[Path] | None, typer.Argument(help="A method's scored outputs, or a folder that holds those of several.")
    ] = None,
    layout: Annotated[
        str,
        typer.Option(help="paper: its twelve columns; all, or a group: storyboard, pictures, clips, film, ..."),
    ] = "paper",
    form: Annotated[
        Literal["markdown", "latex", "csv"], typer.Option("--format", help="What is printed.")
    ] = "markdown",
    intervals: Annotated[
        bool,
        typer.Option("--intervals/--no-intervals", help="With 95 % intervals, where there are three themes or more."),
    ] = True,
    baseline: BaselineOption = None,
    published: Annotated[
        Literal["table1", "table2"] | None,
        typer.Option(help="The paper's own table in place of scores, with what is known to be wrong in it."),
    ] = None,
    target: OutOption = None,
) -> None:
    """Print a table of scores."""
    from personavlog.benchmark.tables import build, render
    from personavlog.benchmark.tables.published import render_published

    with errors_in_words("the same command"):
        if published is not None:
            _write(target, render_published(published, form))
            return
        chosen: Any = layout
        built = build(api.scores_of(outputs or ()), baseline=baseline, layout=chosen)
        _write(target, render(built, form, intervals=intervals))


def plot(
    outputs: Folders,
    into: Annotated[Path, typer.Option("--into", help="The folder for the pictures.")] = Path("plots"),
    only: Annotated[str | None, typer.Option(help="With commas: intervals, radar, attempts, cost.")] = None,
) -> None:
    """Draw scores as PNG and SVG."""
    from personavlog.benchmark.plots import KINDS
    from personavlog.benchmark.plots import plot as draw

    with errors_in_words("the same command"):
        kinds: Any = names_in(only) or KINDS
        corrections = api.corrections_of(outputs) if "attempts" in kinds else {}
        for path in draw(api.scores_of(outputs), into, corrections=corrections, kinds=kinds):
            say(str(path))


def page(
    outputs: Folders,
    target: Annotated[Path, typer.Option("--out", help="The file to write.")] = Path("leaderboard.html"),
    baseline: BaselineOption = None,
    title: Annotated[str, typer.Option(help="The page's title.")] = "ThemeVlogEval",
) -> None:
    """Write one static page of all methods, for a leaderboard."""
    from personavlog.benchmark.leaderboard import page as drawn

    with errors_in_words("the same command"):
        _write(target, drawn(api.scores_of(outputs), baseline=baseline, title=title))


def schema(target: OutOption = None) -> None:
    """Print the JSON Schema of every file of an outputs folder."""
    from personavlog.benchmark.schema import text

    with errors_in_words("the same command"):
        _write(target, text())


def _write(target: Path | None, text: str) -> None:
    """Into the file in one instant, or onto standard output as it is."""
    from personavlog.runs.folder import write_file

    if target is None:
        out.print(text, end="", markup=False)
    else:
        say(str(write_file(target, text.encode())))
