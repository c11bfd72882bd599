"""Where the eyes go: short looks aside that start and end within two frames, and a head that follows them a little,
later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.motion.rhythm import Floats, smoothstep

JUMP = 2
"""Frames that an eye takes from one point to the next."""
LAG = 0.4
"""Seconds over which the head follows."""


@dataclass(frozen=True, eq=False)
class Glances:
    """Per frame where the eyes look beside the keyframe's own gaze, ``across`` and ``down`` in -1 to 1; ``turned`` is
    the head's share of ``across``."""

    across: Floats
    down: Floats
    turned: Floats
    fps: float

    @classmethod
    def draw(cls, frames: int, fps: float, rng: np.random.Generator, *, calm: bool) -> Glances:
        """A look aside every 2 to 4.5 s, held for 0.5 to 1.3 s; with ``calm`` (somebody speaks to the viewer) fewer and
        smaller ones."""
        across, down = np.zeros(frames), np.zeros(frames)
        at = rng.uniform(0.9, 2.2) * (1.6 if calm else 1.0)
        while (start := int(at * fps)) < frames:
            held = rng.uniform(0.5, 1.3)
            reach = rng.uniform(0.35, 0.75) * (0.5 if calm else 1.0)
            look = rng.choice([-1.0, 1.0]) * reach, rng.uniform(-0.45, 0.35) * reach
            number = np.arange(frames)
            there = np.clip((number - start + 1) / JUMP, 0, 1) * np.clip(
                (start + round(held * fps) - number) / JUMP, 0, 1
            )
            across, down = across + look[0] * there, down + look[1] * there
            at += held + rng.uniform(1.4, 3.4) * (1.5 if calm else 1.0)
        return cls(across, down, _followed(across, fps), fps)

    def at(self, number: int) -> tuple[float, float]:
        """Right and down in one frame."""
        return float(self.across[number]), float(self.down[number])

    def head(self, t: float) -> float:
        """The head's share at ``t`` seconds, -1 to 1."""
        return float(np.interp(t * self.fps, np.arange(len(self.turned)), self.turned))


def _followed(across: Floats, fps: float) -> Floats:
    """``across`` later and softer: nothing before the eyes have moved."""
    reach = max(round(2 * LAG * fps), 1)
    kernel = np.diff(smoothstep(np.arange(reach + 1) / reach))
    return np.convolve(np.concatenate([np.zeros(reach), across]), kernel)[reach : reach + len(across)]
