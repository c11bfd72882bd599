"""The fonts of burned subtitles: one for most letters, others for the scripts that it lacks (``fonts.toml``).

Which font shows a character is decided here and written into the subtitles, so that none of the machine's own fonts is
ever taken: what these fonts have not is left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainSerializer, PlainValidator

from personavlog.cut.breaks import clusters
from personavlog.cut.font import ESTIMATED, MeasuredFont, Run
from personavlog.frozen import Frozen


def _range(text: object) -> range:
    first, last = (int(end, 16) for end in str(text).split("-"))
    return range(first, last + 1)


CodePoints = Annotated[range, PlainValidator(_range), PlainSerializer(lambda one: f"{one[0]:04X}-{one[-1]:04X}")]


class Face(Frozen):
    """One block of ``fonts.toml``, which says what each field means."""

    weight: str
    file: str
    family: str = Field(pattern=r"^[A-Za-z0-9 ]+$")
    height: float = Field(gt=1)
    script: tuple[CodePoints, ...]
    also: tuple[CodePoints, ...] = ()

    def writes(self, text: str) -> bool:
        """Whether a character of its script is in the text."""
        return any(_among(character, self.script) for character in text)

    def covers(self, character: str) -> bool:
        """Whether the face comes before the base for this character, where it comes at all."""
        return _among(character[0], self.script) or _among(character[0], self.also)


@dataclass(frozen=True)
class OpenFace:
    """A face with its file read."""

    face: Face
    font: MeasuredFont


class Fonts:
    """Several faces as one ``Font``; the first is the base, whose lengths all others take."""

    def __init__(self, faces: Sequence[OpenFace]) -> None:
        self._base, self._others = faces[0], tuple(faces[1:])
        self.family, self.height = self._base.face.family, self._base.face.height

    def width(self, text: str) -> float:
        """The text's length in one line, in em; estimated where no face shows it."""
        return sum((face.font if face else ESTIMATED).width(run) for face, run in self._runs(text))

    def shows(self, character: str) -> bool:
        """Whether one of the faces has the character and all marks that stand on it."""
        return any(face.font.shows(character) for face in (self._base, *self._others))

    def runs(self, text: str) -> Iterator[Run]:
        """The text, cut where another face shows it."""
        for face, run in self._runs(text):
            yield Run(face.face.family, face.face.height, run) if face else Run("", self.height, run)

    def _runs(self, text: str) -> Iterator[tuple[OpenFace | None, str]]:
        called = [face for face in self._others if face.face.writes(text)]
        for face, run in groupby(self._chosen(clusters(text), called), key=lambda pair: pair[0]):
            yield face, "".join(character for _, character in run)

    def _chosen(
        self, characters: Iterable[str], called: Sequence[OpenFace]
    ) -> Iterator[tuple[OpenFace | None, str]]:
        last: OpenFace | None = self._base
        for character in characters:
            wanted = [face for face in called if face.face.covers(character)]
            if last and not character.isalnum():  # blanks and marks stay with the word before them
                wanted.append(last)
            order = (*wanted, self._base, *self._others)
            last = next((face for face in order if face.font.shows(character)), None)
            yield last, character


@cache
def table() -> tuple[Face, ...]:
    """All faces that can be had, the base first."""
    text = files(__package__).joinpath("fonts.toml").read_text(encoding="utf-8")
    return tuple(Face.model_validate(block) for block in tomllib.loads(text)["fonts"])


def wanted(text: str) -> tuple[Face, ...]:
    """The faces that a text calls for, the base first."""
    base, *others = table()
    return (base, *(face for face in others if face.writes(text)))


def opened(face: Face, folder: Path) -> OpenFace:
    """The face from its file in ``folder``."""
    return OpenFace(face, MeasuredFont(folder / face.file))


def _among(character: str, ranges: Sequence[range]) -> bool:
    return any(ord(character) in one for one in ranges)
