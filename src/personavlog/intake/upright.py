"""A photo that arrives lying on its side, with no word in its metadata about it, is turned by its faces."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from personavlog.errors import BriefError
from personavlog.media.arrays import Pixels
from personavlog.media.picture import Picture

SURE = 0.92
"""A detector is as sure as this of an upright face only: 60 generated faces as thirteen kinds of photo (small, dark,
leaning by 40 degrees, cropped, drawn, ...) had at most 0.91 on their sides and heads."""
STEADY = 0.02
"""A drift up to which a face stands upright, however uncertain the detector is of it: of 30 of these faces none had
less than 0.026 on its side or head."""
UNSTEADY = 0.035
"""A drift above which no photo is turned: 3 in 1000 faces on their sides and heads have less."""
CLEAR = 0.6
"""A photo is turned where the face's drift is at most this share of what it is as the photo lies."""
LEANS = 35.0
"""Degrees from which a leaning face is mentioned."""
LIES = 55.0
"""Degrees from which no quarter turn can have been the right one."""


class DetectedFace(Protocol):
    """A found face."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The face's borders in px of the picture: x0, y0, x1, y1."""

    @property
    def score(self) -> float:
        """How certain the detector is, 0 to 1."""

    @property
    def tilt(self) -> float:
        """How far the line through the eyes leans: degrees, positive where the image-right eye is lower."""

    def drift(self, rgb: Pixels) -> float:
        """How unsteady the landmarks are in its picture, as a share of its size; least where it stands upright."""


TURNED = {
    1: "lay on its side by its face; it was turned to the left by 90 degrees",
    2: "stood on its head by its face; it was turned by 180 degrees",
    3: "lay on its side by its face; it was turned to the right by 90 degrees",
}
"""What is said of a photo for each number of quarter turns to the left."""
HARD_TO_SEE = (
    "The face is hard to make out, so the photo is used as it lies. If it is on its side, save it upright; a clearer "
    "photo gives a better likeness."
)

Detect = Callable[[Pixels], Sequence[DetectedFace]]


@dataclass(frozen=True)
class _View:
    """The photo after some quarter turns to the left, and its faces from left to right."""

    turns: int
    rgb: Pixels
    faces: tuple[DetectedFace, ...]

    @property
    def score(self) -> float:
        return max((face.score for face in self.faces), default=0.0)

    @cached_property
    def drift(self) -> float:
        """That of the most certain face; infinite without one."""
        return max(self.faces, key=lambda face: face.score).drift(self.rgb) if self.faces else math.inf


def upright(picture: Picture, detect: Detect, shown: str) -> tuple[Picture, tuple[DetectedFace, ...]]:
    """The picture with its faces the right way up, and these faces from left to right.

    A face detector finds a face that lies on its side as well, and puts its five points as if it stood; what tells is
    that it is less certain of it, and that the landmarks do not hold still (eyes are above the mouth in all of them).
    ``shown`` begins the error. Raises ``BriefError`` where the faces stand upright in more than one position, or in
    none because they lean too far.
    """
    given = _view(picture.rgb, 0, detect)
    if given.score >= SURE or given.drift <= STEADY:
        return picture, _checked(given.faces, picture, shown)
    best, second, *_ = sorted((given, *(_view(picture.rgb, turns, detect) for turns in (1, 2, 3))), key=_unsteadiness)
    if best.drift > UNSTEADY or best.drift > CLEAR * given.drift:
        if given.drift > UNSTEADY and given.faces:
            picture.notes.append(HARD_TO_SEE)
        return picture, _checked(given.faces, picture, shown)
    if best.drift > CLEAR * second.drift:
        raise BriefError(f"{shown} shows faces that stand upright in more than one position. Turn it upright first.")
    turned = _turned_picture(picture, best)
    return turned, _checked(best.faces, turned, shown)


def _view(rgb: Pixels, turns: int, detect: Detect) -> _View:
    turned = _turned(rgb, turns)
    return _View(turns, turned, tuple(detect(turned)))


def _unsteadiness(view: _View) -> float:
    return view.drift


def _turned_picture(picture: Picture, view: _View) -> Picture:
    alpha = None if picture.alpha is None else np.ascontiguousarray(np.rot90(picture.alpha, view.turns))
    note = f"The photo {TURNED[view.turns]}. If that is wrong, save it upright."
    return replace(picture, rgb=view.rgb, alpha=alpha, notes=[*picture.notes, note])


def _turned(rgb: Pixels, turns: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(rgb, turns))


def _checked(faces: tuple[DetectedFace, ...], picture: Picture, shown: str) -> tuple[DetectedFace, ...]:
    leaning = max(faces, key=lambda face: face.score).tilt if faces else 0.0
    if abs(leaning) > LIES:
        raise BriefError(f"{shown} shows a face that lies on its side ({leaning:.0f} degrees). Turn it upright first.")
    if abs(leaning) > LEANS:
        picture.notes.append(f"The face leans by {abs(leaning):.0f} degrees; an upright photo gives a better likeness.")
    return faces
