"""What a method made, as a folder that anybody can write: ``<outputs>/<method>/<vlog>/``.

    method.json                what made it (``Method``)
    <vlog>/meta.json           person, style and theme, the seed (``Meta``)
    <vlog>/storyboard.json     the shots in order, a list of ``Shot``
    <vlog>/reference.png       the person's photo; optional where the benchmark's data has it
    <vlog>/stylised.png        the stylised reference I_s; optional
    <vlog>/keyframes/01.png    a picture a shot (png, jpg or webp), by the shot's index; 1.png and 001.png count too
    <vlog>/clips/01.mp4        a clip a shot; optional
    <vlog>/voices/01.wav       the spoken line of a shot; optional
    <vlog>/music.wav mix.wav film.mp4   optional
    <vlog>/corrections.json    every attempt of a method that corrects itself, a list of ``Correction``; optional
    <vlog>/attempts/keyframe-01-0.png   what the attempts at a corrected shot made, by part (keyframe, clip), shot and
                               attempt, attempt 0 and all later ones, the kept one too; optional
    <vlog>/cost.json           what it took (``Cost``); optional

``reading`` reads and checks a folder, ``schema`` has the JSON Schema of every file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from personavlog.brief import CleanText
from personavlog.frozen import Frozen

METHOD, META, STORYBOARD, CORRECTIONS, COST = (
    "method.json",
    "meta.json",
    "storyboard.json",
    "corrections.json",
    "cost.json",
)
KEYFRAMES, CLIPS, VOICES, TRIED = "keyframes", "clips", "voices", "attempts"
PICTURES, MOVING, SPOKEN = (
    (".png", ".jpg", ".jpeg", ".webp"),
    (".mp4", ".mov", ".webm", ".mkv", ".gif"),
    (".wav", ".flac", ".mp3", ".ogg"),
)

FILES = (REFERENCE, STYLISED, MUSIC, MIX, FILM) = (
    "reference.png",
    "stylised.png",
    "music.wav",
    "mix.wav",
    "film.mp4",
)
"""The files of a vlog as a whole that are no records."""

Id = str
"""Letters, digits, ``.``, ``-`` and ``_``; what a file name on every system can be. Three of them and two separators
still are one."""
ID = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9_-])?$"

Tried = tuple[str, int, int]
"""An attempt: part ("keyframe" or "clip"), shot from 1, number from 0."""
Finite = Annotated[float, Field(allow_inf_nan=False)]
_NUMBERED = re.compile(r"0*([1-9][0-9]{0,2})", re.ASCII)
_TRIED = re.compile(r"(keyframe|clip)-0*([1-9][0-9]{0,2})-0*([0-9]{1,3})", re.ASCII)


class Method(Frozen):
    """Who made the outputs. ``title`` stands in tables; ``based_on`` names the method of which it is an ablation."""

    format: Literal[1] = 1
    name: Id = Field(pattern=ID)
    title: CleanText = Field(min_length=1, max_length=80)
    description: CleanText = Field(default="", max_length=2000)
    url: str = Field(default="", max_length=500)
    based_on: str = Field(default="", max_length=80)
    versions: dict[str, str] = Field(default={}, description="Of models and programs, by name")
    hardware: str = Field(default="", max_length=500)

    def __hash__(self) -> int:
        return hash(self.name)


class Meta(Frozen):
    """Of what a vlog was made: ids of the benchmark's data, and its words as the method got them."""

    format: Literal[1] = 1
    person: Id = Field(pattern=ID)
    style: Id = Field(pattern=ID)
    theme: Id = Field(pattern=ID)
    theme_text: str = Field(min_length=1, max_length=10_000)
    style_text: str = Field(min_length=1, max_length=1000)
    character: str = Field(default="", max_length=2000, description="T_c, what the person looks like in the vlog")
    language: str = Field(default="en", min_length=2, max_length=8)
    seed: int = Field(default=0, ge=0)

    @property
    def vlog(self) -> str:
        """The folder's name: person, style and theme."""
        return f"{self.person}__{self.style}__{self.theme}"


class Shot(Frozen):
    """One shot's words. ``index`` counts from 1 and names its files (``01.png``); ``video`` and ``line`` are empty
    where a method has none."""

    index: int = Field(ge=1, le=999)
    board: str = Field(min_length=1, max_length=5000, description="T_board, what the picture shows")
    video: str = Field(default="", max_length=5000, description="T_video, how it moves")
    line: str = Field(default="", max_length=5000, description="T_mono, what is said")


class Correction(Frozen):
    """One attempt at one shot's picture or clip. Attempt 0 is the first generation and corrects nothing.

    ``found`` says whether a quality agent found a defect in it, None where nobody looked; ``accepted`` whether it took
    the place of what was kept before (None for attempt 0). ``scores`` are those that the method compared, by name.
    What it made may lie in ``attempts/``, as ``keyframe-01-0.png`` or ``clip-01-0.mp4``: part, shot, attempt.
    """

    part: Literal["keyframe", "clip"]
    shot: int = Field(ge=1, le=999)
    attempt: int = Field(ge=0)
    found: bool | None = None
    defects: tuple[str, ...] = ()
    accepted: bool | None = None
    failed: bool = Field(default=False, description="The provider made nothing")
    scores: dict[str, Finite | None] = Field(default={})


class Cost(Frozen):
    """What one vlog took, counted as if it had been made alone: what was taken over from another vlog counts as what
    its making took there. ``dollars`` is None where it is unknown, never 0 then."""

    seconds: Finite | None = Field(
        default=None,
        ge=0,
        description="Seconds of all steps that the vlog consists of, one after another, made or taken over",
    )
    dollars: Finite | None = Field(default=None, ge=0, description="US dollars of these steps; null: unknown")
    calls: dict[str, Annotated[int, Field(ge=0)]] = Field(
        default={}, description="Calls of models that these steps sent, by role, failed ones too; none named: unknown"
    )
    wall: Finite | None = Field(
        default=None, ge=0, description="Wall time of the making in seconds, only where nothing was taken over"
    )


SHOTS = TypeAdapter(tuple[Shot, ...])
ATTEMPTS = TypeAdapter(tuple[Correction, ...])


@dataclass(frozen=True)
class Vlog:
    """One vlog's folder that was read and is sound; paths are None where an optional file is not there.

    ``left_out`` are files that are there and cannot be used, relative to the folder: broken ones, links that leave the
    method's folder, two for one shot.
    """

    folder: Path
    meta: Meta
    shots: tuple[Shot, ...]
    corrections: tuple[Correction, ...] = ()
    cost: Cost | None = None
    left_out: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @cached_property
    def keyframes(self) -> tuple[Path | None, ...]:
        """A picture a shot."""
        return self._by_shot(KEYFRAMES, PICTURES)

    @cached_property
    def clips(self) -> tuple[Path | None, ...]:
        """A clip a shot."""
        return self._by_shot(CLIPS, MOVING)

    @cached_property
    def voices(self) -> tuple[Path | None, ...]:
        """A spoken line a shot."""
        return self._by_shot(VOICES, SPOKEN)

    @cached_property
    def attempts(self) -> dict[Tried, Path]:
        """What attempts made, by part, shot and number."""
        found = tried(self.folder / TRIED)
        return {one: paths[0] for one, paths in found.items() if f"{TRIED}/{paths[0].name}" not in self.left_out}

    def file(self, name: str) -> Path | None:
        """A file of the vlog as a whole, such as ``reference.png``."""
        path = self.folder / name
        return path if path.is_file() and name not in self.left_out else None

    def _by_shot(self, part: str, endings: tuple[str, ...]) -> tuple[Path | None, ...]:
        found = numbered(self.folder / part, endings)
        usable = {
            index: [path for path in paths if f"{part}/{path.name}" not in self.left_out]
            for index, paths in found.items()
        }
        return tuple(paths[0] if (paths := usable.get(shot.index)) else None for shot in self.shots)


def numbered(folder: Path, endings: tuple[str, ...]) -> dict[int, list[Path]]:
    """The files of a folder by the shot that their names count: 1, 01 and 001 are shot 1."""
    found: dict[int, list[Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        number = _NUMBERED.fullmatch(path.stem)
        if number and path.suffix.lower() in endings:
            found.setdefault(int(number[1]), []).append(path)
    return found


def tried(folder: Path) -> dict[Tried, list[Path]]:
    """The files of a folder by the attempt that their names tell of: ``clip-01-0.mp4`` is the first at shot 1's
    clip."""
    found: dict[Tried, list[Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = _TRIED.fullmatch(path.stem)
        if name and path.suffix.lower() in (PICTURES if name[1] == "keyframe" else MOVING):
            found.setdefault((name[1], int(name[2]), int(name[3])), []).append(path)
    return found


@dataclass(frozen=True)
class Problem:
    """What is wrong with a file of an outputs folder, and what to do. ``fatal``: the vlog cannot be scored at all."""

    file: str
    text: str
    fatal: bool = True


@dataclass(frozen=True)
class Outputs:
    """One method's folder: what can be scored, and what is wrong with the rest."""

    folder: Path
    method: Method
    vlogs: tuple[Vlog, ...]
    problems: tuple[Problem, ...] = ()
