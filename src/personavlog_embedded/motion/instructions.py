"""What a stage is asked to do."""

from __future__ import annotations

from dataclasses import dataclass

from personavlog.script import Camera
from personavlog_embedded.body.acts import Move
from personavlog_embedded.face.visemes import LipTrack
from personavlog_embedded.motion.airborne import Extra
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.motion.rhythm import Floats


@dataclass(frozen=True)
class Instructions:
    """How a stage is to be moved.

    ``frames`` at ``fps``; ``outdoors``: rain, snow and clouds may move; ``voice`` the loudness per frame (0 to 1) that
    gestures follow, None where nobody speaks; ``acts`` is what a jointed person does; ``lips`` what the mouth does.
    """

    camera: Camera
    frames: int
    fps: float
    seed: int
    temper: Pace
    outdoors: bool = True
    voice: Floats | None = None
    acts: tuple[Move, ...] = ()
    extras: tuple[Extra, ...] = ()
    lips: LipTrack | None = None
