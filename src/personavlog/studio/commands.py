"""What a person changes about a film, as the page's forms and the API send it: one model a change, told apart by
``kind``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from personavlog.frozen import Frozen
from personavlog.script import Board, Monologue, MusicDescription, VideoDescription
from personavlog.studio.models import PartName

Place = Annotated[int, Field(ge=1, le=99, description="The shot's place in the film, from 1")]


class Redo(Frozen):
    """Another take of a part of a shot, made when the film is made again."""

    kind: Literal["redo"]
    shot: Place
    part: PartName


class RedoWhole(Frozen):
    """Another take of the person in the style, or of the music."""

    kind: Literal["redo-whole"]
    what: Literal["person", "music"]


class ChooseTake(Frozen):
    """Back to an earlier take."""

    kind: Literal["take"]
    shot: Place
    part: PartName
    take: int = Field(ge=0)


class ChooseAttempt(Frozen):
    """Let this attempt of FRM stand, whatever the rule said: *keep* where it was rolled back, *roll back* where it was
    kept (``attempt`` is then an earlier one)."""

    kind: Literal["attempt"]
    shot: Place
    part: Literal["keyframe", "clip"]
    attempt: int = Field(ge=0)


class TakeOut(Frozen):
    """Take an own file, or a chosen attempt, out again: what FRM decided stands."""

    kind: Literal["unuse"]
    shot: Place
    part: PartName


class EditShot(Frozen):
    """Other texts of a shot; what is None stays."""

    kind: Literal["edit"]
    shot: Place
    board: Board | None = None
    video: VideoDescription | None = None
    line: Monologue | None = None


class EditMusic(Frozen):
    """Another description of the music."""

    kind: Literal["edit-music"]
    music: MusicDescription


class AddShot(Frozen):
    """A new shot at a place; with no board, one like the shot before it."""

    kind: Literal["add"]
    at: Place
    line: Monologue
    board: Board | None = None


class RemoveShot(Frozen):
    """Take a shot out."""

    kind: Literal["remove"]
    shot: Place


class MoveShot(Frozen):
    """Let a shot stand elsewhere."""

    kind: Literal["move"]
    shot: Place
    to: Place


class Undo(Frozen):
    """Take the last change back."""

    kind: Literal["undo"]


Command = Annotated[
    Redo
    | RedoWhole
    | ChooseTake
    | ChooseAttempt
    | TakeOut
    | EditShot
    | EditMusic
    | AddShot
    | RemoveShot
    | MoveShot
    | Undo,
    Field(discriminator="kind"),
]
COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
