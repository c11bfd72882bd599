"""What falls, drifts and glows in the air between the layers. Everything grows from nothing: the keyframe has its own
weather painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.motion.mesh import blend
from personavlog_embedded.motion.rhythm import Floats, Noise, onset

TILE = 640
"""Px after which rain repeats."""


class Air(Protocol):
    """Something drawn over the frame in place at ``t`` seconds."""

    def __call__(self, frame: Pixels, t: float) -> None:
        """Draw what is in the air at ``t``."""
        ...


@dataclass(frozen=True)
class Rain:
    """One depth of rain: a tile of streaks, repeated, falling along its own slant. ``velocity`` in px/s."""

    streaks: Pixels
    velocity: tuple[float, float]
    strength: float

    @classmethod
    def draw(cls, size: tuple[int, int], scale: float, count: int, wind: float, rng: np.random.Generator) -> Rain:
        """``scale`` 1 is rain at the person; less is further: shorter, thinner, slower, fainter streaks."""
        slant, length = 0.14 * wind, 70 * scale
        tile = np.zeros((TILE, TILE), np.uint8)
        for x, y, grey in zip(
            rng.uniform(0, TILE, count), rng.uniform(0, TILE, count), rng.uniform(0.35, 1, count), strict=True
        ):
            for ox, oy in ((0, 0), (-TILE, 0), (TILE, 0), (0, -TILE), (0, TILE)):
                start, end = (x + ox, y + oy), (x + ox + slant * length, y + oy + length)
                _line(tile, start, end, int(255 * grey), 1 if scale < 1 else 2)
        tile = cv2.GaussianBlur(tile, (0, 0), 0.5 + 0.6 * scale)
        width, height = size
        grey_tile = np.tile(tile, (-(-height // TILE) + 1, -(-width // TILE) + 1))
        speed = 1350 * scale
        return cls(np.ascontiguousarray(cv2.merge([grey_tile] * 4)), (slant * speed, speed), 0.17 + 0.09 * scale)

    def __call__(self, frame: Pixels, t: float) -> None:
        """Scroll to where the rain has fallen by ``t``."""
        x, y = (int(-speed * t) % TILE for speed in self.velocity)
        window = self.streaks[y : y + frame.shape[0], x : x + frame.shape[1]]
        cv2.addWeighted(frame, 1.0, window, self.strength * float(onset(t, 1.0)), 0, dst=frame)


def _line(tile: Pixels, start: tuple[float, float], end: tuple[float, float], grey: int, thickness: int) -> None:
    ends = [(int(px * 16), int(py * 16)) for px, py in (start, end)]
    cv2.line(tile, ends[0], ends[1], grey, thickness, cv2.LINE_AA, shift=4)


@dataclass(frozen=True)
class Motes:
    """Points of light or snow. Each starts at ``start`` (n, 2) px, moves at ``velocity`` (n, 2) px/s, wobbles, and
    glows by ``glow`` (0 to 1).

    Drawn on a canvas ``coarse`` times smaller and enlarged, which makes near ones soft.
    """

    size: tuple[int, int]
    start: Floats
    velocity: Floats
    radius: Floats
    wobble: tuple[Noise, Noise]
    reach: float
    glow: Noise | None
    colour: tuple[int, int, int]
    coarse: int

    def __call__(self, frame: Pixels, t: float) -> None:
        """Draw every mote where it is at ``t``; those that leave on one side enter on the other, out of sight."""
        width, height = self.size
        late = np.arange(len(self.start), dtype=np.float64) * 1.37
        rim = 4 * float(self.radius.max()) + self.reach
        shake = np.stack(
            [self.wobble[0](t + late) - self.wobble[0](late), self.wobble[1](t + late) - self.wobble[1](late)], axis=1
        )
        place = (
            (self.start + self.velocity * t) % (width + 2 * rim, height + 2 * rim)
            - rim
            + self.reach * shake * float(onset(t))
        )
        light = np.ones(len(late)) if self.glow is None else np.clip(self.glow(t + late) * 2.2, 0, 1)
        mask = np.zeros((height // self.coarse, width // self.coarse), np.uint8)
        for (x, y), radius, bright in zip(
            place / self.coarse, self.radius / self.coarse, light * float(onset(t, 1.0)), strict=True
        ):
            cv2.circle(
                mask, (int(x * 16), int(y * 16)), max(int(radius * 16), 8), int(255 * bright), -1, cv2.LINE_AA, shift=4
            )
        self._shine(frame, mask)

    def _shine(self, frame: Pixels, mask: Pixels) -> None:
        if self.coarse > 1:
            mask = np.asarray(
                cv2.resize(
                    cv2.GaussianBlur(mask, (0, 0), 0.9),
                    (frame.shape[1], frame.shape[0]),
                    interpolation=cv2.INTER_LINEAR,
                ),
                np.uint8,
            )
        lit = cv2.merge([mask, mask, mask, mask])
        cv2.add(frame, cv2.multiply(lit, (*(c / 255 for c in self.colour), 0.0)), dst=frame)


def snow(size: tuple[int, int], scale: float, count: int, strength: float, rng: np.random.Generator) -> Motes:
    """Flakes at one depth; ``scale`` 1 is close to the lens."""
    fall = rng.uniform(0.75, 1.25, count) * (55 + 120 * scale)
    velocity = np.stack([(18 + 60 * scale) * (strength - 0.5) * rng.uniform(0.7, 1.3, count), fall], axis=1)
    wobble = (Noise.draw(rng, 0.15, 0.6), Noise.draw(rng, 0.1, 0.3))
    grey = int(150 + 70 * scale)
    radius = rng.uniform(0.7, 1.5, count) * (1.1 + 3.4 * scale**2)
    return Motes(
        size,
        _scatter(size, count, rng),
        velocity,
        radius,
        wobble,
        16 + 30 * scale,
        None,
        (grey, grey, grey),
        2 if scale > 0.6 else 1,
    )


def dust(size: tuple[int, int], rng: np.random.Generator) -> Motes:
    """Specks that hang in low sun."""
    velocity = rng.normal(0, 7, (34, 2)) + np.array([3.0, -3.0])
    wobble = (Noise.draw(rng, 0.08, 0.3), Noise.draw(rng, 0.08, 0.3))
    return Motes(
        size,
        _scatter(size, 34, rng),
        velocity,
        rng.uniform(1.5, 4.0, 34),
        wobble,
        30.0,
        Noise.draw(rng, 0.1, 0.4),
        (70, 60, 42),
        2,
    )


def fireflies(size: tuple[int, int], rng: np.random.Generator) -> Motes:
    """Sparks that wander and glow up in turn."""
    velocity = rng.normal(0, 12, (16, 2))
    wobble = (Noise.draw(rng, 0.1, 0.5), Noise.draw(rng, 0.1, 0.5))
    return Motes(
        size,
        _scatter(size, 16, rng),
        velocity,
        rng.uniform(2.0, 3.6, 16),
        wobble,
        60.0,
        Noise.draw(rng, 0.15, 0.5),
        (190, 230, 90),
        2,
    )


def _scatter(size: tuple[int, int], count: int, rng: np.random.Generator) -> Floats:
    return np.asarray(rng.uniform(0, 1, (count, 2)) * (size[0] + 200, size[1] + 200))


@dataclass(frozen=True)
class Fog:
    """Banks that drift past: a repeating noise, enlarged, in the scene's own haze colour."""

    noise: NDArray[np.float32]
    colour: tuple[float, float, float]
    speed: float
    weight: float

    @classmethod
    def draw(cls, colour: tuple[float, float, float], weight: float, speed: float, rng: np.random.Generator) -> Fog:
        """``weight`` is the densest bank's opacity, ``speed`` in px/s."""
        field = np.zeros((64, 128), np.float32)
        for octave in (1.0, 2.0, 4.0):
            # Blurred white noise with wrapped borders repeats without a seam.
            white = np.tile(rng.normal(0, 1, field.shape).astype(np.float32), (3, 3))
            smooth = cv2.GaussianBlur(white, (0, 0), 14 / octave, sigmaY=7 / octave)[64:128, 128:256]
            field += smooth / smooth.std() / octave
        low, high = np.percentile(field, [15, 98])
        return cls(np.clip((field - low) / (high - low), 0, 1).astype(np.float32), colour, speed, weight)

    def __call__(self, frame: Pixels, t: float) -> None:
        """Blend the banks at ``t`` over the frame, denser towards its lower half."""
        height, width = frame.shape[0] // 12, frame.shape[1] // 12
        x = ((np.arange(width) - self.speed * t / 12) % 128).astype(np.float32)
        gx, gy = np.meshgrid(x, np.linspace(0, 63, height, dtype=np.float32))
        wide = np.concatenate([self.noise, self.noise[:, :1]], axis=1)
        bank = cv2.remap(wide, gx, gy, cv2.INTER_LINEAR)
        bank *= self.weight * float(onset(t, 1.5)) * np.linspace(0.4, 1, height, dtype=np.float32)[:, None]
        film = np.dstack([bank * self.colour[0], bank * self.colour[1], bank * self.colour[2], bank * 255])
        full = cv2.resize(film.astype(np.float32), (frame.shape[1], frame.shape[0]), interpolation=cv2.INTER_LINEAR)
        blend(frame, np.asarray(full + 0.5, np.uint8))
