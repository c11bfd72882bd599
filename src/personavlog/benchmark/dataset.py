"""The benchmark's data: reference people, styles and themes, and what a user adds to them in one TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from personavlog.benchmark.outputs import ID
from personavlog.brief import CleanText
from personavlog.frozen import Frozen

VERSION = "1.0"


class Person(Frozen):
    """One reference person. ``photo`` is a path below the data's folder, or below a user's TOML."""

    id: str = Field(pattern=ID)
    photo: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    group: Literal["female", "male"]
    child: bool = False
    source: CleanText
    licence: CleanText
    apparent_age: str = Field(default="", description="As measured or judged, and by what")
    skin_tone: str = Field(default="", description="Individual typology angle in degrees and its class, as measured")


class Style(Frozen):
    """``text`` is what a method gets."""

    id: str = Field(pattern=ID)
    text: CleanText = Field(min_length=1)


class Theme(Frozen):
    """``reason`` says what is hard about it."""

    id: str = Field(pattern=ID)
    text: CleanText = Field(min_length=1)
    kind: Literal["realistic", "surreal"]
    category: str
    difficulty: Literal["easy", "medium", "hard"]
    reason: CleanText


class Split(Frozen):
    """Which part of the data: every person with every style and every theme."""

    name: str = Field(pattern=ID)
    people: tuple[str, ...]
    styles: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """One vlog that is to be made; ``photo`` is a file."""

    person: Person
    style: Style
    theme: Theme
    photo: Path
