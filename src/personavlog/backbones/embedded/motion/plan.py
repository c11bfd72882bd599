"""What a stage is asked to do."""

from __future__ import annotations

from dataclasses import dataclass

from personavlog.backbones.embedded.motion.acts import Act
from personavlog.backbones.embedded.motion.rhythm import Floats
from personavlog.backbones.embedded.motion.temper import Temper
from personavlog.script import Camera


@dataclass(frozen=True)
class Plan:
    """How a stage is to be moved.

    ``frames`` at ``fps``; ``outdoors``: rain, snow and clouds may move; ``voice`` the loudness per frame (0 to 1) that the jaw follows, None for a
    mouth that stays shut; ``acts`` is what a jointed person does.
    """

    camera: Camera
    frames: int
    fps: float
    seed: int
    temper: Temper
    outdoors: bool = True
    voice: Floats | None = None
    acts: tuple[Act, ...] = ()
