"""A photo that arrives lying on its side, with no word in its metadata about it, is turned by its faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from personavlog.errors import BriefError
from personavlog.media.arrays import Pixels
from personavlog.media.picture import Picture

SURE = 0.92
"""A detector is as sure as this of an upright face only: of some 45 faces none that lay or stood on its head had more
than 0.91, and each had less than it had upright."""
SURER = 0.03
"""By how much a face has to be more certain in another position for the photo to be turned."""
SURE_ENOUGH = 0.9
"""The same where no face is seen as the photo lies: an animal must not be turned for a face that is none."""
LEANS = 35.0
"""Degrees from which a leaning face is mentioned."""
LIES = 55.0
"""Degrees from which no quarter turn can have been the right one."""


class DetectedFace(Protocol):
    """A found face; ``box`` is x0, y0, x1, y1 in px, ``score`` the detector's certainty from 0 to 1, ``tilt`` how far
    the line through the eyes leans, in degrees."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The face's borders in px of the picture."""

    @property
    def score(self) -> float:
        """How certain the detector is, 0 to 1."""

    @property
    def tilt(self) -> float:
        """Degrees, positive where the image-right eye is lower."""


Detect = Callable[[Pixels], Sequence[DetectedFace]]


def upright(picture: Picture, detect: Detect, shown: str) -> tuple[Picture, tuple[DetectedFace, ...]]:
    """The picture with its faces the right way up, and these faces from left to right.

    A face detector finds a face that lies on its side as well, and puts its points as if it stood; what tells is that
    it is less certain of it. ``shown`` begins the error. Raises ``BriefError`` where no quarter turn sets the faces
    upright.
    """
    found = tuple(detect(picture.rgb))
    if _certainty(found) >= SURE:
        return picture, _checked(found, picture, shown)
    sides = {turns: tuple(detect(_turned(picture.rgb, turns))) for turns in (1, 2, 3)}
    turns = max(sides, key=lambda side: _certainty(sides[side]))
    needed = _certainty(found) + SURER if found else SURE_ENOUGH
    if _certainty(sides[turns]) < needed:
        return picture, _checked(found, picture, shown)
    side = {1: "to the left by 90", 2: "by 180", 3: "to the right by 90"}[turns]
    note = f"The photo lay on its side by its face; it was turned {side} degrees. If that is wrong, save it upright."
    alpha = None if picture.alpha is None else np.ascontiguousarray(np.rot90(picture.alpha, turns))
    turned = replace(picture, rgb=_turned(picture.rgb, turns), alpha=alpha, notes=[*picture.notes, note])
    return turned, _checked(sides[turns], turned, shown)


def _turned(rgb: Pixels, turns: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(rgb, turns))


def _certainty(faces: Sequence[DetectedFace]) -> float:
    return max((face.score for face in faces), default=0.0)


def _checked(faces: tuple[DetectedFace, ...], picture: Picture, shown: str) -> tuple[DetectedFace, ...]:
    leaning = max(faces, key=lambda face: face.score).tilt if faces else 0.0
    if abs(leaning) > LIES:
        raise BriefError(f"{shown} shows a face that lies on its side ({leaning:.0f} degrees). Turn it upright first.")
    if abs(leaning) > LEANS:
        picture.notes.append(f"The face leans by {abs(leaning):.0f} degrees; an upright photo gives a better likeness.")
    return faces
