"""What the words put into the air: petals, leaves, sparks and birds that no layer shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog.script import VideoDescription
from personavlog_embedded.motion.rhythm import Floats, Noise, onset

Extra = Literal["petals", "leaves", "embers", "birds"]
_WORDS: dict[Extra, str] = {
    "petals": (
        r"\bpetals? (nod|fall|drift|float|fly|scatter|swirl|dance)|\bblossoms? (fall|drift|float)|\b(falling"
        r"|drifting|floating) petals|花瓣"
    ),
    "leaves": r"\b(falling|drifting|swirling) leaves|\bleaves (fall|swirl|drift|fly|blow)|落叶",
    "embers": r"\bsparks? (rise|fly)|\bembers\b|火花",
    "birds": r"\b(birds?|gulls?|swallows?|pigeons?|crows?) (take|cross|fly|pass|circle|glide|soar|wheel)|\bflock\b|鸟",
}
_COLOURS: dict[Extra, tuple[tuple[int, int, int], ...]] = {
    "petals": ((250, 214, 222), (244, 186, 202), (252, 232, 236)),
    "leaves": ((206, 128, 52), (186, 84, 44), (214, 170, 70), (150, 130, 60)),
    "embers": ((255, 176, 72), (255, 214, 130)),
    "birds": ((46, 50, 60),),
}


def extras(description: VideoDescription) -> tuple[Extra, ...]:
    """What the words want to see fly."""
    return tuple(extra for extra, words in _WORDS.items() if re.search(words, description.motion, re.I))


@dataclass(frozen=True)
class Flying:
    """``start`` (n, 2) px, ``velocity`` (n, 2) px/s, ``size`` (n,) px; each turns and tumbles, and is drawn in one of
    ``colours``."""

    kind: Extra
    size: tuple[int, int]
    start: Floats
    velocity: Floats
    sizes: Floats
    spin: Floats
    sway: Noise
    colours: tuple[tuple[int, int, int], ...]

    @classmethod
    def draw(cls, kind: Extra, size: tuple[int, int], wind: float, rng: np.random.Generator) -> Flying:
        """Scattered over the frame and beyond its edges, so that what leaves is followed by others."""
        if kind == "birds":
            return cls._flock(size, rng)
        unit, count = min(size), {"petals": 34, "leaves": 22, "embers": 30}[kind]
        near = rng.uniform(0.4, 1.3, count)
        fall = {"petals": 0.075, "leaves": 0.12, "embers": -0.13}[kind] * unit * near
        velocity = np.stack([0.07 * unit * near * wind * rng.uniform(0.4, 1.4, count), fall], axis=1)
        large = {"petals": 0.011, "leaves": 0.017, "embers": 0.0035}[kind] * unit
        start = rng.uniform(0, 1, (count, 2)) * np.array(size, float) * 1.2
        return cls(
            kind,
            size,
            start,
            velocity,
            large * near,
            rng.uniform(0.6, 2.0, count),
            Noise.draw(rng, 0.2, 0.6),
            _COLOURS[kind],
        )

    @classmethod
    def _flock(cls, size: tuple[int, int], rng: np.random.Generator) -> Flying:
        """Seven birds far up that cross in loose order, from beyond one edge."""
        way, unit, count = float(rng.choice([-1.0, 1.0])), min(size), 7
        behind = np.arange(count) * 0.045 * unit + rng.uniform(0, 0.03, count) * unit
        x = (-0.02 * size[0] - behind) if way > 0 else (1.02 * size[0] + behind)
        y = rng.uniform(0.10, 0.24) * size[1] + rng.uniform(-0.05, 0.05, count) * unit
        velocity = np.stack([np.full(count, way * 0.2 * unit), rng.uniform(-0.012, 0.004, count) * unit], axis=1)
        return cls(
            "birds",
            size,
            np.stack([x, y], axis=1),
            velocity,
            rng.uniform(0.011, 0.017, count) * unit,
            rng.uniform(2.6, 3.4, count),
            Noise.draw(rng, 0.2, 0.5),
            _COLOURS["birds"],
        )

    def __call__(self, frame: Pixels, t: float) -> None:
        """Draw each where it is at ``t``; petals and leaves fade in, birds come from beyond the edge."""
        width, height = self.size
        late = np.arange(len(self.start), dtype=np.float64) * 1.7
        place = self.start + self.velocity * t
        if self.kind != "birds":
            rim = 0.1 * min(self.size)
            place = (place + rim) % (np.array(self.size) * 1.2) - rim
            place[:, 0] += 0.03 * min(self.size) * np.asarray(self.sway(t + late) - self.sway(late))
        for number, (x, y) in enumerate(place):
            if -40 < x < width + 40 and -40 < y < height + 40:
                self._one(frame, number, float(x), float(y), t)

    def _one(self, frame: Pixels, number: int, x: float, y: float, t: float) -> None:
        size, turn = float(self.sizes[number]), 2 * np.pi * float(self.spin[number]) * t + number
        cover = 0.85 if self.kind == "birds" else 0.9 * float(onset(t, 1.5))
        if cover <= 0:
            return
        pad = int(size) + 3
        x0, y0, x1, y1 = (
            max(int(x) - pad, 0),
            max(int(y) - pad, 0),
            min(int(x) + pad + 1, frame.shape[1]),
            min(int(y) + pad + 1, frame.shape[0]),
        )
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        patch = np.ascontiguousarray(frame[y0:y1, x0:x1])
        drawn = patch.copy()
        colour = (*self.colours[number % len(self.colours)], 255)
        _shape(drawn, self.kind, (x - x0, y - y0), size, turn, colour)
        cv2.addWeighted(drawn, cover, patch, 1 - cover, 0, dst=drawn)
        frame[y0:y1, x0:x1] = drawn


def _shape(
    patch: Pixels, kind: Extra, at: tuple[float, float], size: float, turn: float, colour: tuple[int, int, int, int]
) -> None:
    x, y = at
    if kind == "birds":
        lift = 0.75 * np.sin(turn)
        bend = 0.35 * lift * size + 0.18 * size
        across, up = np.array([-1, -0.4, 0, 0.4, 1]) * size, np.array([lift * size, bend, 0, bend, lift * size])
        wings = np.stack([x + across, y - up], axis=1)
        cv2.polylines(
            patch, [(wings * 16).astype(np.int32)], False, colour, max(round(0.16 * size), 1), cv2.LINE_AA, shift=4
        )
        return
    axes = (max(int(16 * 0.5 * size), 12), max(int(16 * 0.5 * size * (0.25 + 0.5 * abs(np.cos(0.7 * turn)))), 8))
    cv2.ellipse(
        patch,
        (int(x * 16), int(y * 16)),
        axes,
        float(np.rad2deg(0.4 * turn)) % 360,
        0,
        360,
        colour,
        -1,
        cv2.LINE_AA,
        shift=4,
    )
