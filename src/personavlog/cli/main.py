"""``personavlog``: the commands.

Nothing that makes films is imported here: ``api`` loads a name when a command first uses it (see
``tests/test_cli_startup.py``).
"""

from __future__ import annotations

import os
import shlex
import subprocess
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from personavlog import api, profiles, weights
from personavlog.brief import Aspect
from personavlog.cli import measuring_commands, weights_commands
from personavlog.cli.console import errors_in_words, forgiving_streams, out, remember_runs, say, say_table, warn
from personavlog.cli.progress import Progress, shown
from personavlog.errors import BackboneError, BriefError, ConfigurationError, MachineError, RunError, WeightsError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A finished vlog from one photo, a theme and a style.",
)
app.add_typer(weights_commands.app, name="weights")
app.command(name="check-judge")(measuring_commands.check_judge)
app.command()(measuring_commands.measure)

RunsOption = Annotated[Path, typer.Option("--runs", callback=remember_runs, help="The folder that holds the runs.")]
RunArgument = Annotated[str, typer.Argument(help='A run: its id, the beginning of it, or "last".')]
RunOption = Annotated[str, typer.Option("--run", help='A run: its id, the beginning of it, or "last".')]
OfflineOption = Annotated[bool, typer.Option("--offline", help="Never fetch anything.")]

EXAMPLE = {"theme": "During a vacation in a coastal city", "style": "Hayao Miyazaki"}


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


@app.command()
def make(
    photo: Annotated[Path | None, typer.Option(help="One photo of the person: PNG, JPEG or WebP.")] = None,
    theme: Annotated[str | None, typer.Option(help="What the vlog is about.")] = None,
    style: Annotated[
        str | None, typer.Option(help="The visual style, otherwise Hayao Miyazaki; see: personavlog styles")
    ] = None,
    i_may_use_this_likeness: Annotated[
        bool, typer.Option("--i-may-use-this-likeness", help="You state that you may use this person's likeness.")
    ] = False,
    example: Annotated[bool, typer.Option("--example", help="Use the example portrait (NASA, public domain).")] = False,
    face: Annotated[
        int | None, typer.Option(min=1, help="Which face, counted from the left, if there are several.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What the story calls the person.")] = None,
    language: Annotated[str, typer.Option(help="Spoken language: en or zh.")] = "en",
    voice: Annotated[str | None, typer.Option(help="A voice by name; see: personavlog voices")] = None,
    voice_sample: Annotated[
        Path | None, typer.Option(help="A recording of the person's voice, for backbones that clone voices.")
    ] = None,
    aspect: Annotated[Aspect, typer.Option(help="The film's shape.")] = Aspect.WIDE,
    length: Annotated[float, typer.Option(help="Wanted length in seconds, 6 to 180.")] = 30.0,
    shots: Annotated[int | None, typer.Option(help="Number of shots; otherwise chosen from the length.")] = None,
    subtitles: Annotated[str, typer.Option(help="burned, soft or none.")] = "burned",
    seed: Annotated[int, typer.Option(help="Another seed, another film.")] = 0,
    profile: Annotated[
        str, typer.Option(help="A shipped profile or the path of your own .toml file.")
    ] = profiles.DEFAULT,
    writer: Annotated[
        str | None,
        typer.Option(help="Who writes, in place of the profile's: openai:MODEL, google:MODEL, embedded:planner, ..."),
    ] = None,
    runs: RunsOption = api.RUNS,
    offline: OfflineOption = False,
) -> None:
    """Make a vlog."""
    with errors_in_words():
        weights.set_offline(offline or weights.is_offline())
        weights_commands.fetch_shown(profiles.load(profile).weights)
        with as_file(files("personavlog.example") / "portrait.png") as portrait:
            if photo is None and not example:
                raise BriefError(
                    "Which person? Give a photo with --photo FILE, or try the example portrait with --example."
                )
            options = api.Options(
                photo=portrait if photo is None else photo,
                theme=EXAMPLE["theme"] if theme is None and photo is None else theme or "",
                style=EXAMPLE["style"] if style is None else style,
                i_may_use_this_likeness=i_may_use_this_likeness or photo is None,
                face=face,
                name=name,
                language=language,
                voice=voice,
                voice_sample=voice_sample,
                aspect=aspect,
                length=length,
                shots=shots,
                subtitles=subtitles,
                seed=seed,
            )
            job = api.begin(options, profile=profile, writer=writer, runs=runs)
        _run(job)


@app.command()
def resume(run: RunArgument = "last", runs: RunsOption = api.RUNS, offline: OfflineOption = False) -> None:
    """Go on with a run that was stopped; nothing that was finished is made again."""
    with errors_in_words():
        weights.set_offline(offline or weights.is_offline())
        job = api.reopen(run, runs=runs)
        weights_commands.fetch_shown(job.profile.weights)
        _run(job)


@app.command()
def show(run: RunArgument = "last", runs: RunsOption = api.RUNS) -> None:
    """Show a run: its script, where each shot stands, what is stale."""
    with errors_in_words():
        _print_run(api.view(run, runs=runs))


@app.command()
def redo(
    shot: Annotated[int, typer.Argument(min=1, help="The shot's number, from 1.")],
    part: Annotated[str, typer.Option("--part", help="keyframe (and its clip), clip, or voice.")] = "keyframe",
    take: Annotated[int | None, typer.Option(help="Go back to this earlier take instead of making a new one.")] = None,
    run: RunOption = "last",
    runs: RunsOption = api.RUNS,
) -> None:
    """Make a new take of one shot and cut the film again."""
    with errors_in_words():
        number = api.redo(run, shot, part, take=take, runs=runs)
        say(f"Shot {shot}: {part}, take {number}.")
        _run(api.reopen(run, runs=runs))


@app.command()
def edit(
    run: RunOption = "last",
    runs: RunsOption = api.RUNS,
    file: Annotated[Path | None, typer.Option(help="Take this script.json instead of opening an editor.")] = None,
) -> None:
    """Edit script.json in your editor ($VISUAL or $EDITOR); only what depends on your changes is made again."""
    with errors_in_words():
        folder = api.view(run, runs=runs).folder
        if file is None:
            _open_editor(folder.script)
        changed = api.replace_script(run, folder.script if file is None else file, runs=runs)
        if not changed:
            say("The script is unchanged; nothing to do.")
            return
        _run(api.reopen(run, runs=runs))


@app.command(name="runs")
def list_runs(runs: RunsOption = api.RUNS) -> None:
    """List the runs of a folder."""
    with errors_in_words():
        rows = api.summaries(runs)
        if not rows:
            say(f"There is no run in {str(runs)!r}. Make one with: personavlog make")
            return
        say_table({"Run": None, "Outcome": 11, "Title": None}, rows)


@app.command()
def styles() -> None:
    """List the styles that the default profile knows by name."""
    with errors_in_words():
        say_table({"Style": None, "What it looks like": None}, list(api.styles().items()))


@app.command()
def voices() -> None:
    """List the voices that the default profile speaks with."""
    with errors_in_words():
        known = api.voices()
        for language in sorted(set(known.values())):
            say(f"{language}: {'  '.join(name for name, its in known.items() if its == language)}")


def _run(job: api.Job) -> None:
    """Make the film with progress, then say where it is and what can be done with it."""
    progress = Progress(job.brief.shots)
    where = f"--runs {shlex.quote(str(job.folder.root))}" if job.folder.root != api.RUNS else ""
    try:
        with shown(progress, out) as listen:
            vlog = job.make(listen)
    except (BackboneError, MachineError, WeightsError):
        warn(
            f"Everything finished is kept. Afterwards go on with: personavlog resume {job.folder.run} {where}".rstrip()
        )
        raise
    finally:
        for line in dict.fromkeys(progress.notes):
            warn(line)
    out.print(f"[bold]{escape(str(vlog.path))}[/]")
    say(
        f"{vlog.duration:.1f} s, {vlog.width}x{vlog.height}, {job.brief.shots} shots, made in "
        f"{vlog.seconds:.0f} s, cost {vlog.cost.text}"
    )
    say(f"How it came to be: {vlog.report}")
    say(f"Another take of a shot: personavlog redo {min(3, job.brief.shots)} --run {vlog.run} {where}".rstrip())
    say(f"Edit the script:        personavlog edit --run {vlog.run} {where}".rstrip())


def _print_run(view: api.RunView) -> None:
    out.print(f"[bold]{escape(view.title)}[/]")
    say(f"{view.folder.run}  {view.outcome}")
    if view.message:
        warn(view.message)
    say_table({"Shot": None, "Place": 20, "Line": 32, "Keyframe": None, "Clip": None, "Voice": None}, view.rows)
    if view.folder.film.is_file():
        say(f"{view.folder.film}")
        say(f"{view.folder.report}")
    if view.outcome not in ("finished", "being made"):
        say(f"Go on with: personavlog resume {view.folder.run}")
    for line in view.stale:
        warn(line)


def _open_editor(path: Path) -> None:
    if not path.is_file():
        raise RunError(f"The run has no script yet ({str(path)!r}). Finish it first with: personavlog resume")
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise ConfigurationError(
            f"Set $EDITOR to your editor, or edit {str(path)!r} yourself and run: personavlog edit --file {str(path)!r}"
        )
    try:  # The editor's own command line is the user's; the only argument we add is a path of ours.
        failed = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"The editor {editor!r} cannot be started: {error}. Correct $EDITOR.") from error
    if failed:
        raise ConfigurationError(f"The editor {editor!r} ended with an error; the script was not taken over.")


def main() -> None:
    """Entry point of the ``personavlog`` command."""
    forgiving_streams()
    app()
