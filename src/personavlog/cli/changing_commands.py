"""``personavlog redo``, ``edit``, ``use``, ``unuse`` and ``undo``: changing a film."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from personavlog import api
from personavlog.cli.console import errors_in_words, say, warn
from personavlog.cli.making_commands import run_shown
from personavlog.cli.options import MaxCostOption, RunOption, RunsOption, UnknownPricesOption, cap, where
from personavlog.errors import ConfigurationError, RunError
from personavlog.system import command_words

ShotArgument = Annotated[int, typer.Argument(min=1, help="The shot's place in the film, from 1.")]


def redo(
    what: Annotated[str, typer.Argument(metavar="SHOT", help='The shot\'s place, from 1; or "person" or "music".')],
    part: Annotated[str, typer.Option("--part", help="keyframe (and its clip), clip, or voice.")] = "keyframe",
    take: Annotated[int | None, typer.Option(help="Go back to this earlier take instead of making a new one.")] = None,
    max_cost: MaxCostOption = None,
    allow_unknown_prices: UnknownPricesOption = False,
    run: RunOption = "last",
    runs: RunsOption = api.RUNS,
) -> None:
    """Make a new take of one shot, of the person or of the music, and cut the film again."""
    with errors_in_words():
        if what == "person":
            say(f"The person: take {api.redo_person(run, take=take, runs=runs)}.")
        elif what == "music":
            say(f"The music: take {api.redo_music(run, take=take, runs=runs)}.")
        elif what.isascii() and what.isdigit() and len(what) < 9:
            say(f"Shot {what}: {part}, take {api.redo(run, int(what), part, take=take, runs=runs)}.")
        else:
            raise RunError(f'What is to be made again? Give a shot\'s number, "person" or "music"; received {what!r}.')
        run_shown(api.reopen(run, runs=runs, cap=cap(max_cost, allow_unknown_prices)))


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
        run_shown(api.reopen(run, runs=runs))


def use(
    shot: ShotArgument,
    keyframe: Annotated[Path | None, typer.Option(help="A picture of your own.")] = None,
    clip: Annotated[Path | None, typer.Option(help="A moving picture of your own; its sound is not used.")] = None,
    voice: Annotated[Path | None, typer.Option(help="A recording of the shot's line.")] = None,
    run: RunOption = "last",
    runs: RunsOption = api.RUNS,
) -> None:
    """Put a picture, clip or recording of your own into a shot."""
    with errors_in_words():
        for note in api.use(run, shot, keyframe=keyframe, clip=clip, voice=voice, runs=runs):
            warn(note)
        given = {"keyframe": keyframe, "clip": clip, "voice": voice}
        say(f"Shot {shot} has your own {' and '.join(part for part, path in given.items() if path)}.")
        tell_next(run, runs)


def unuse(
    shot: ShotArgument,
    part: Annotated[str, typer.Option("--part", help="keyframe, clip or voice.")],
    run: RunOption = "last",
    runs: RunsOption = api.RUNS,
) -> None:
    """Take a part of your own out of a shot again."""
    with errors_in_words():
        api.unuse(run, shot, part, runs=runs)
        say(f"Your own {part} is not in shot {shot} any more.")
        tell_next(run, runs)


def undo(run: RunOption = "last", runs: RunsOption = api.RUNS) -> None:
    """Take back the last change of a film; again for the one before."""
    with errors_in_words():
        say(f"Taken back: {api.undo(run, runs=runs)}.")
        tell_next(run, runs)


def tell_next(run: str, runs: Path) -> None:
    """Say what was changed since the film was made, and how it is made again."""
    view = api.view(run, runs=runs)
    for line in view.stale:
        say(line)
    say(f"Make the film again with: personavlog resume {view.folder.run}{where(runs)}")


def _open_editor(path: Path) -> None:
    if not path.is_file():
        raise RunError(f"The run has no script yet ({str(path)!r}). Finish it first with: personavlog resume")
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise ConfigurationError(
            f"Set $EDITOR to your editor, or edit {str(path)!r} yourself and run: personavlog edit --file {str(path)!r}"
        )
    try:  # The editor's own command line is the user's; the only argument we add is a path of ours.
        failed = subprocess.run([*command_words(editor), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"The editor {editor!r} cannot be started: {error}. Correct $EDITOR.") from error
    if failed:
        raise ConfigurationError(f"The editor {editor!r} ended with an error; the script was not taken over.")
