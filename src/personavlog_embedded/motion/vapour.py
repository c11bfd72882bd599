"""Steam over cups, smoke over chimneys, sparks over fires: puffs that rise from a place on a layer, and rings where
rain falls on the ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.motion.rhythm import Floats, Noise, onset, smoothstep

SPRITE = 48
"""Px of a puff's picture."""


class Anchored(Protocol):
    """Something drawn over the frame that belongs to a layer and moves with it."""

    def __call__(self, frame: Pixels, t: float, view: Floats) -> None:
        """Draw at ``t`` seconds; ``view`` (3, 3) brings canvas px to frame px."""
        ...


def projected(view: Floats, points: Floats) -> tuple[Floats, Floats]:
    """(n, 2) frame px of (n, 2) canvas ``points``, and (n,) how much larger things are there than drawn."""
    homogeneous = np.column_stack([points, np.ones(len(points))]) @ view.T
    return homogeneous[:, :2] / homogeneous[:, 2:], np.abs(np.linalg.det(view[:2, :2])) ** 0.5 / homogeneous[:, 2]


@dataclass(frozen=True)
class Puffs:
    """Puffs from ``sources`` (n, 3): canvas x, y and width in px. ``rise`` is the height they reach, in widths;
    ``life`` s that one lasts."""

    sources: Floats
    colour: tuple[int, int, int]
    rise: float
    life: float
    cover: float
    wind: float
    sprites: tuple[Pixels, ...]
    offsets: Floats
    noise: Noise

    @classmethod
    def draw(
        cls,
        sources: Floats,
        colour: tuple[int, int, int],
        rise: float,
        life: float,
        cover: float,
        wind: float,
        rng: np.random.Generator,
    ) -> Puffs:
        """``cover`` is the densest puff's opacity; ``wind`` leans the column, in widths."""
        sprites = tuple(_sprite(rng) for _ in range(4))
        return cls(
            sources,
            colour,
            rise,
            life,
            cover,
            wind,
            sprites,
            rng.uniform(0, 1, (len(sources), 9)),
            Noise.draw(rng, 0.15, 0.6),
        )

    def __call__(self, frame: Pixels, t: float, view: Floats) -> None:
        """Every puff where it is by now; the first ones leave their source at 0 s."""
        places, scales = projected(view, self.sources[:, :2])
        for number, ((x, y), scale) in enumerate(zip(places, scales, strict=True)):
            self._column(frame, t, float(x), float(y), float(scale) * float(self.sources[number, 2]), number)

    def _column(self, frame: Pixels, t: float, x: float, y: float, width: float, number: int) -> None:
        high, side = int(width * (self.rise + 1.5)) + 4, int(width * (1.6 + abs(self.wind))) + 4
        x0, x1, y0, y1 = (
            max(int(x) - side, 0),
            min(int(x) + side, frame.shape[1]),
            max(int(y) - high, 0),
            min(int(y + width), frame.shape[0]),
        )
        if x1 - x0 < 4 or y1 - y0 < 4:
            return
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        for index, offset in enumerate(self.offsets[number]):
            age = t / self.life + float(offset) - 1
            if age < 0:
                continue
            age %= 1
            drift = self.wind * age + 0.45 * age**0.7 * float(self.noise(t * 0.7 + 3.1 * float(offset) + number))
            size = width * (0.5 + 0.75 * age)
            dense = self.cover * float(smoothstep(age / 0.25)) * (1 - age) ** 1.3
            _stamp(mask, self.sprites[index % 4], x - x0 + drift * width, y - y0 - self.rise * width * age, size, dense)
        patch = frame[y0:y1, x0:x1]
        clear = cv2.merge([cv2.bitwise_not(mask)] * 4)
        tone = cv2.multiply(cv2.merge([mask] * 4), (*(c / 255 for c in self.colour), 1.0))
        cv2.add(cv2.multiply(patch, clear, scale=1 / 255), tone, dst=patch)


def _stamp(mask: Pixels, sprite: Pixels, x: float, y: float, size: float, dense: float) -> None:
    """Add a sprite of ``size`` px about ``x``, ``y``; to a fraction of a px."""
    side = int(size) + 3
    left, top = int(np.floor(x - side / 2)), int(np.floor(y - side / 2))
    scale = size / SPRITE
    matrix = np.array([[scale, 0, x - left - size / 2], [0, scale, y - top - size / 2]])
    drawn = cv2.warpAffine(cv2.convertScaleAbs(sprite, alpha=dense), matrix, (side, side))
    h, w = mask.shape
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + side, w), min(top + side, h)
    if x1 > x0 and y1 > y0:
        part = mask[y0:y1, x0:x1]
        cv2.add(part, drawn[y0 - top : y1 - top, x0 - left : x1 - left], dst=part)


def _sprite(rng: np.random.Generator) -> Pixels:
    """A soft wisp."""
    noise = cv2.GaussianBlur(rng.normal(0, 1, (SPRITE, SPRITE)), (0, 0), 4)
    gx, gy = np.meshgrid(np.linspace(-1, 1, SPRITE), np.linspace(-1, 1, SPRITE))
    round_ = np.clip(1 - np.hypot(gx, gy), 0, 1) ** 1.2
    return np.asarray(255 * np.clip(round_ * (0.75 + 0.5 * noise / max(float(noise.std()), 1e-6)), 0, 1), np.uint8)


@dataclass(frozen=True)
class Ripples:
    """Rings where drops meet the ground: ``places`` (n, k, 2) canvas px that each of n drops uses in turn, ``sizes``
    (n, k) px, ``starts`` and ``lives`` (n,) s."""

    places: Floats
    sizes: Floats
    starts: Floats
    lives: Floats

    @classmethod
    def draw(cls, cover: Pixels, count: int, large: float, rng: np.random.Generator) -> Ripples | None:
        """Rings anywhere on ``cover`` (h, w) px of the ground; ``large`` px wide at its lower edge, smaller towards the
        upper one."""
        rows, columns = np.nonzero(cover[::4, ::4] > 250)
        if len(rows) < 50:
            return None
        chosen = rng.integers(0, len(rows), (count, 12))
        places = np.stack([columns[chosen], rows[chosen]], axis=2) * 4.0 + rng.uniform(0, 4, (count, 12, 2))
        top, bottom = rows.min() * 4.0, rows.max() * 4.0 + 4
        sizes = (
            large * (0.12 + 0.88 * (places[..., 1] - top) / max(bottom - top, 1)) * rng.uniform(0.6, 1.1, (count, 12))
        )
        return cls(places, sizes, rng.uniform(0, 1, count), rng.uniform(0.5, 0.9, count))

    def __call__(self, frame: Pixels, t: float, view: Floats) -> None:
        """Grow and fade every ring that is under way."""
        turn = np.maximum(t / self.lives - self.starts, 0)
        index = np.arange(len(turn))
        ages, which = turn % 1, turn.astype(int) % 12
        points, scales = projected(view, self.places[index, which])
        mask = np.zeros(frame.shape[:2], np.uint8)
        for (x, y), size, age, begun in zip(points, self.sizes[index, which] * scales, ages, turn, strict=True):
            if begun <= 0:
                continue
            radius = float(size) * (0.15 + 0.85 * age**0.6)
            grey = int(150 * (1 - age) ** 1.5)
            cv2.ellipse(
                mask,
                (int(x * 16), int(y * 16)),
                (int(radius * 16), int(radius * 5.5)),
                0,
                0,
                360,
                grey,
                1,
                cv2.LINE_AA,
                shift=4,
            )
        rows = np.flatnonzero(mask.max(axis=1))
        if len(rows):
            y0, y1 = int(rows[0]), int(rows[-1]) + 1
            part = frame[y0:y1]
            cv2.addWeighted(part, 1.0, cv2.merge([mask[y0:y1]] * 4), 0.55 * float(onset(t, 0.8)), 0, dst=part)
