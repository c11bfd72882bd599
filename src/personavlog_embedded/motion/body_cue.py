"""What a jointed person is told: the skeleton, the time, the strength, and which acts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from personavlog_embedded.body.pose import Move
from personavlog_embedded.motion.bones import SIDES, Bones, Side
from personavlog_embedded.motion.rhythm import Floats, Noise, onset, smoothstep
from personavlog_embedded.scene.stage import Bone

Angles = defaultdict[Bone, Floats]


@dataclass(frozen=True)
class BodyCue:
    """``t`` (frames,) s; ``strength`` and ``pace`` are factors around 1; ``room`` is how far the figure may go left and
    right, px;
    ``voice`` (frames,) the loudness of what they say, None for silence. Angles are degrees, clockwise in the
    picture."""

    skeleton: Bones
    t: Floats
    fps: float
    acts: tuple[Move, ...]
    strength: float
    pace: float
    rng: np.random.Generator
    room: tuple[float, float] = (0.0, 0.0)
    voice: Floats | None = None
    mouth: Floats | None = field(default=None)

    @property
    def grown(self) -> Floats:
        """(frames,) 0 to 1: everything begins at rest."""
        return onset(self.t, 0.8)

    def none(self) -> Angles:
        """No turn of any bone yet."""
        return defaultdict(lambda: np.zeros(len(self.t)))

    def noise(self, low: float, high: float) -> Floats:
        """(frames,) -1 to 1, 0 at the start."""
        return np.asarray(Noise.draw(self.rng, low, high)(self.t) * onset(self.t, 1.2))

    def beat(self, hertz: float) -> Floats:
        """(frames,) sine that starts at 0."""
        return np.asarray(np.sin(2 * np.pi * hertz * self.pace * self.t) * self.grown)

    def rise(self, start: float, end: float, rest: float, down: float) -> Floats:
        """(frames,) 0, up to 1 between ``start`` and ``end`` s, back to 0 between ``rest`` and ``down``; faster with
        the pace."""
        at = self.t * self.pace
        return np.asarray(smoothstep((at - start) / (end - start)) * (1 - smoothstep((at - rest) / (down - rest))))

    def outward(self, side: Side, joint: int = 0) -> float:
        """The direction, 1 or -1, in which turning an arm at the shoulder (``joint`` 0) or the elbow (1) lifts its
        hand."""
        arm = self.skeleton.arm(side)
        out = 1.0 if side == "left" else -1.0
        if arm is None:
            return out
        across = float((self.skeleton.joints[arm[2]] - self.skeleton.joints[arm[joint]])[0])
        return out if abs(across) < 0.04 * self.skeleton.height else -float(np.sign(across))

    @property
    def raised(self) -> Side:
        """The arm whose hand is drawn highest."""
        hands = {side: self.skeleton.joints[arm[2]][1] for side in SIDES if (arm := self.skeleton.arm(side))}
        return min(hands, key=lambda side: hands[side], default="right")

    @property
    def facing(self) -> float:
        """-1 left, 1 right, 0 to the lens: where the feet point."""
        toes = [
            self.skeleton.middles[leg[2]][0] - self.skeleton.joints[leg[2]][0]
            for side in SIDES
            if (leg := self.skeleton.leg(side))
        ]
        if not toes or abs(sum(toes)) < 0.02 * self.skeleton.height or min(toes) * max(toes) < 0:
            return 0.0
        return float(np.sign(sum(toes)))
