"""``personavlog shots``: shots added, removed and moved."""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import ValidationError

from personavlog import api
from personavlog.cli.changing_commands import tell_next
from personavlog.cli.console import errors_in_words, say
from personavlog.cli.options import RunOption, RunsOption
from personavlog.errors import BriefError
from personavlog.script import Board, Camera, Emotion, Framing, TimeOfDay, VideoDescription, Weather

app = typer.Typer(no_args_is_help=True, help="Shots: add, remove, move. The others keep their pictures.")

PlaceArgument = Annotated[int, typer.Argument(min=1, help="The shot's place in the film, from 1.")]


@app.command()
def add(
    at: Annotated[int, typer.Argument(min=1, help="The place in the film that it gets, from 1.")],
    place: Annotated[str, typer.Option(help="Where it is.")],
    action: Annotated[str, typer.Option(help="What the person does, third person, present tense.")],
    line: Annotated[str, typer.Option(help="What the person says.")],
    framing: Annotated[Framing, typer.Option(help="How the person is framed.")] = Framing.MEDIUM,
    time: Annotated[TimeOfDay, typer.Option(help="The time of day.")] = TimeOfDay.NOON,
    weather: Annotated[Weather, typer.Option(help="The weather.")] = Weather.CLEAR,
    emotion: Annotated[Emotion, typer.Option(help="The mood.")] = Emotion.CALM,
    prop: Annotated[
        list[str] | None, typer.Option(help="A thing that must be seen; may be given several times.")
    ] = None,
    camera: Annotated[Camera, typer.Option(help="How the camera moves.")] = Camera.STATIC,
    motion: Annotated[str | None, typer.Option(help="What moves during the shot; otherwise the action.")] = None,
    run: RunOption = "last",
    runs: RunsOption = api.RUNS,
) -> None:
    """Add a shot."""
    with errors_in_words():
        try:
            board = Board(
                place=place,
                time_of_day=time,
                weather=weather,
                action=action,
                framing=framing,
                emotion=emotion,
                props=tuple(prop or ()),
            )
            atmosphere = f"{weather.value} {time.value}, {emotion.value}"
            video = VideoDescription(camera=camera, motion=motion or action, atmosphere=atmosphere)
            api.add_shot(run, at, board, line, video=video, runs=runs)
        except ValidationError as error:
            raise BriefError(_words(error)) from error
        say(f"A shot was added at place {at}.")
        tell_next(run, runs)


@app.command()
def remove(place: PlaceArgument, run: RunOption = "last", runs: RunsOption = api.RUNS) -> None:
    """Take a shot out; what was made for it is kept, and undo brings it back."""
    with errors_in_words():
        api.remove_shots(run, [place], runs=runs)
        say(f"The shot at place {place} was taken out.")
        tell_next(run, runs)


@app.command()
def move(
    place: PlaceArgument,
    to: Annotated[int, typer.Argument(min=1, help="The place in the film that it gets.")],
    run: RunOption = "last",
    runs: RunsOption = api.RUNS,
) -> None:
    """Move a shot to another place."""
    with errors_in_words():
        api.move_shot(run, place, to, runs=runs)
        say(f"The shot at place {place} stands at place {to} now.")
        tell_next(run, runs)


def _words(error: ValidationError) -> str:
    problems = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'text'}: {one['msg']}" for one in error.errors()[:5])
    return f"The shot does not fit, so nothing was changed: {problems}."
