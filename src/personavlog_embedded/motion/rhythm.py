"""Functions of time: eases, and smooth noise whose band is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def smoothstep(u: Floats | float) -> Floats:
    """0 below 0, 1 above 1, with zero slope at both ends."""
    v = np.clip(u, 0.0, 1.0)
    return np.asarray(v * v * (3 - 2 * v))


def onset(t: Floats | float, seconds: float = 0.8) -> Floats:
    """Lets a motion grow from nothing, so that the first frame is the keyframe and the second is close to it."""
    return smoothstep(np.asarray(t) / seconds)


def travel(frames: int, ramp: float = 0.2) -> Floats:
    """(frames,) positions from 0 to 1: speed rises over the first ``ramp`` of the shot, holds, and falls over the
    last."""
    u = (np.arange(1, frames) - 0.5) / max(frames - 1, 1)
    speed = smoothstep(u / ramp) * smoothstep((1 - u) / ramp)
    steps = np.concatenate([[0.0], np.cumsum(speed)])
    return np.asarray(steps / max(steps[-1], 1e-9))


@dataclass(frozen=True)
class Noise:
    """A sum of sines with random frequencies inside a band, in Hz, and random phases; stays within -1..1."""

    frequencies: Floats
    phases: Floats

    @classmethod
    def draw(cls, rng: np.random.Generator, low: float, high: float, terms: int = 4) -> Noise:
        """A new noise with frequencies from ``low`` to ``high`` Hz."""
        return cls(rng.uniform(low, high, terms), rng.uniform(0, 2 * np.pi, terms))

    def __call__(self, t: Floats | float) -> Floats:
        """The value at ``t`` seconds, in the shape of ``t``."""
        angle = 2 * np.pi * np.multiply.outer(np.asarray(t, np.float64), self.frequencies) + self.phases
        return np.asarray(np.sin(angle).mean(axis=-1))


def settled(target: Floats, fps: float, hertz: float, damping: float = 0.6) -> Floats:
    """``target`` (frames,) followed by a damped spring that starts at rest at 0: late, past the mark, and back."""
    fine, stiff = 8, 2 * np.pi * hertz
    step = 1 / (fps * fine)
    place = speed = 0.0
    followed = np.zeros(len(target))
    for number in range(1, len(target)):
        for part in range(1, fine + 1):
            wanted = target[number - 1] + (target[number] - target[number - 1]) * part / fine
            speed += step * (stiff * stiff * (wanted - place) - 2 * damping * stiff * speed)
            place += step * speed
        followed[number] = place
    return followed


def bounded(degrees: Floats, most: float) -> Floats:
    """Angles kept below ``most``, ever more slowly from six tenths of it on."""
    knee = 0.6 * most
    beyond = np.maximum(np.abs(degrees) - knee, 0)
    soft = knee + (most - knee) * np.tanh(beyond / (most - knee))
    return np.asarray(np.where(np.abs(degrees) > knee, np.sign(degrees) * soft, degrees))
