"""The fonts of burned subtitles: one for most letters, others for the scripts that it lacks (``fonts.toml``).

Which font shows a character is decided here and written into the subtitles, so that none of the machine's own fonts is
ever taken: what these fonts have not is left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainSerializer, PlainValidator

from personavlog.cut.breaks import clusters, is_wide
from personavlog.cut.font import ESTIMATED, REMEMBERED, MeasuredFont, Run
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
    narrow: tuple[CodePoints, ...] = ()

    def is_called(self, characters: Sequence[str]) -> bool:
        """Whether a text of these characters needs the face."""
        return any(_among(one, self.script) for one in characters) or any(
            _among(one, self.narrow) and not _is_beside_wide(characters, at) for at, one in enumerate(characters)
        )

    def covers(self, characters: Sequence[str], at: int) -> bool:
        """Whether the face, where it is called, comes before the base for one of the characters."""
        one = characters[at]
        if _among(one, self.narrow):
            return not _is_beside_wide(characters, at)
        return _among(one, self.script) or _among(one, self.also)


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
        self.width = lru_cache(REMEMBERED)(self._width)

    def _width(self, text: str) -> float:
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
        characters = clusters(text)
        called = [face for face in self._others if face.face.is_called(characters)]
        for face, run in groupby(self._chosen(characters, called), key=lambda pair: pair[0]):
            yield face, "".join(character for _, character in run)

    def _chosen(self, characters: Sequence[str], called: Sequence[OpenFace]) -> Iterator[tuple[OpenFace | None, str]]:
        last: OpenFace | None = self._base
        for at, character in enumerate(characters):
            wanted = [face for face in called if face.face.covers(characters, at)]
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
    return (base, *(face for face in others if face.is_called(clusters(text))))


def opened(face: Face, folder: Path) -> OpenFace:
    """The face from its file in ``folder``."""
    return OpenFace(face, MeasuredFont(folder / face.file))


def _among(character: str, ranges: Sequence[range]) -> bool:
    return any(ord(character[0]) in one for one in ranges)


def _is_beside_wide(characters: Sequence[str], at: int) -> bool:
    """Whether the letter before or after, in the same line, is as wide as a Chinese one."""
    return any(_first_letter_is_wide(side) for side in (characters[at + 1 :], reversed(characters[:at])))


def _first_letter_is_wide(characters: Iterable[str]) -> bool:
    for one in characters:
        if one == "\n":
            return False
        if is_wide(one[0]) or one.isalnum():
            return is_wide(one[0])
    return False
