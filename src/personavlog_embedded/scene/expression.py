"""What a face shows: how it differs from the face in the photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from personavlog_embedded import data


@dataclass(frozen=True)
class Expression:
    """Differences to the photo; all zeros are the photo's own face.

    ``smile``, ``brows`` (up), ``eyes`` (wide open) run from -1 to 1, ``mouth`` (open) from 0 to 1. ``gaze_x`` and
    ``gaze_y`` move the pupils, -1 to 1, right and down positive in the picture. ``turn``, ``nod`` and ``tilt`` are
    degrees: to the picture's right, down, clockwise.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    smile: float = 0.0
    brows: float = 0.0
    eyes: float = 0.0
    mouth: float = 0.0
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    turn: float = 0.0
    nod: float = 0.0
    tilt: float = 0.0


AS_IN_PHOTO = Expression()
