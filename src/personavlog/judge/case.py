"""What is planted and what should be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from personavlog.backbones.findings import DefectKind
from personavlog.backbones.parts import PersonParts
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.media import Audio, Image
from personavlog.media.arrays import Box, Pixels
from personavlog.script import Board, VideoDescription

Random = np.random.Generator


@dataclass(frozen=True)
class Still:
    """One sound keyframe of a film with what it was made from; ``stranger`` is another person's stylised reference
    (None: there is none),
    ``elsewhere`` a place that the film does not show."""

    board: Board
    keyframe: EditResult
    pixels: Pixels
    face: Box | None
    reference: Image
    stranger: Image | None
    elsewhere: str
    figure: PersonParts
    shot: int = 0


@dataclass(frozen=True)
class PlantedStill:
    """A keyframe with one defect: ``pixels`` as shown, judged against ``board`` and ``reference``, one of which may be
    what was changed."""

    pixels: Pixels
    board: Board
    reference: Image


@dataclass(frozen=True)
class StillDefect:
    """``plant`` gives None where this keyframe cannot have the defect (no face, no body, no prop)."""

    name: str
    kind: DefectKind
    plant: Callable[[Still, Random], PlantedStill | None]


@dataclass(frozen=True)
class Moving:
    """One sound clip; ``face`` is where the face is in its keyframe, ``stranger`` another person's face and nothing
    else, ``speech`` what is spoken over it.

    ``frames`` are decoded for each trial anew: a film's clips together would fill the memory.
    """

    board: Board
    keyframe: EditResult
    description: VideoDescription
    clip: AnimateResult
    face: Box | None
    stranger: Pixels | None
    others: tuple[VideoDescription, ...]
    shot: int = 0
    speech: Audio | None = None
    frames: tuple[Pixels, ...] = ()


@dataclass(frozen=True)
class PlantedMoving:
    """A clip with one defect: ``frames`` as shown, judged against ``description``."""

    frames: tuple[Pixels, ...]
    description: VideoDescription


@dataclass(frozen=True)
class MovingDefect:
    """``kind`` is what Eq. 10 calls it: "misaligned" with the description, or an "anomaly"."""

    name: str
    kind: str
    plant: Callable[[Moving, Random], PlantedMoving | None]
