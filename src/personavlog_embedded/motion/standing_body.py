"""A standing person's life: breath, sway, the head, and a jaw that follows the voice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.motion.mesh import Field
from personavlog_embedded.motion.rhythm import Floats, Noise, onset, smoothstep
from personavlog_embedded.scene.stage import FacePoints

BREATHS_PER_SECOND = 0.25


@dataclass(frozen=True)
class StandingBody:
    """The measures that movement is scaled by, in canvas px: the person's box, and the head's centre, half width and
    half height."""

    left: float
    top: float
    right: float
    bottom: float
    head_x: float
    head_y: float
    head_w: float
    head_h: float

    @classmethod
    def measure(cls, box: tuple[float, float, float, float], face: FacePoints | None) -> StandingBody:
        """From the person's alpha box and face; without a face the head is the box's top seventh."""
        left, top, right, bottom = box
        if face is not None:
            x0, y0, x1, y1 = face.box
            return cls(
                left, top, right, bottom, (x0 + x1) / 2, (y0 + y1) / 2, max((x1 - x0) / 2, 4), max((y1 - y0) / 2, 4)
            )
        head = max(min((bottom - top) / 14, (right - left) / 4), 4)
        return cls(left, top, right, bottom, (left + right) / 2, top + head, head * 0.8, head)

    @property
    def shoulder(self) -> float:
        """The row of the shoulders, at most nine tenths of the way down."""
        return min(self.head_y + 2.0 * self.head_h, self.top + 0.9 * (self.bottom - self.top))


def breath(body: StandingBody, strength: float, rng: np.random.Generator) -> Field:
    """The chest lifts what is above it and widens a little; what touches the ground stays."""
    rate = BREATHS_PER_SECOND * rng.uniform(0.9, 1.12)
    lift = 0.03 * body.head_h * 2 * min(strength, 1.5)
    chest, depth = body.shoulder + 0.9 * body.head_h, max(1.3 * body.head_h, 4)

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        full = lift * 0.5 * (1 - np.cos(2 * np.pi * rate * t))
        rise = smoothstep((body.bottom - y) / max(body.bottom - body.shoulder, 1))
        middle = (body.left + body.right) / 2
        wide = np.clip((x - middle) / max((body.right - body.left) / 2, 1), -1, 1) * np.exp(
            -(((y - chest) / depth) ** 2)
        )
        return 0.5 * full * wide, -full * rise

    return move


def sway(body: StandingBody, strength: float, rng: np.random.Generator) -> Field:
    """The weight shifts from foot to foot: the higher, the further, and not at all at the bottom."""
    noise, size = Noise.draw(rng, 0.10, 0.34), 0.11 * body.head_h * strength
    height = max(body.bottom - body.top, 1)

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        up = np.clip((body.bottom - y) / height, 0, 1.2)
        return size * float(noise(t) * onset(t, 1.2)) * up**1.5, np.zeros_like(y)

    return move


def head(body: StandingBody, strength: float, rng: np.random.Generator) -> Field:
    """The head tilts about the neck, turns and nods, which moves the middle of the face more than its edge."""
    tilt, turn, nod = (Noise.draw(rng, 0.08, high) for high in (0.35, 0.4, 0.5))
    neck = body.head_y + 1.15 * body.head_h

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        grow = float(onset(t, 1.2)) * min(strength, 1.6)
        across, down = (x - body.head_x) / body.head_w, (y - body.head_y) / body.head_h
        part = smoothstep((neck + 0.25 * body.head_h - y) / (0.9 * body.head_h)) * smoothstep(
            (3.2 - np.abs(across)) / 1.6
        )
        angle = np.deg2rad(2.2) * float(tilt(t)) * grow
        bulge = np.exp(-((across / 1.0) ** 2) - (down / 1.15) ** 2)
        dx = -angle * (y - neck) * part + 0.10 * body.head_w * float(turn(t)) * grow * bulge
        dy = angle * (x - body.head_x) * part + 0.06 * body.head_h * float(nod(t)) * grow * bulge
        return dx, dy

    return move


def jaw(face: FacePoints, loudness: NDArray[np.float64], fps: float) -> Field:
    """Lower lip and chin sink with the voice; ``loudness`` is 0 to 1 per frame."""
    left, right = face.points[3].astype(float), face.points[4].astype(float)
    mouth, width = (left + right) / 2, max(float(np.hypot(*(right - left))), 4.0)
    reach = 0.10 * width

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        open_by = reach * loudness[min(int(t * fps + 0.5), len(loudness) - 1)]
        down = (y - mouth[1]) / width
        across = np.exp(-(((x - mouth[0]) / (0.62 * width)) ** 2))
        return np.zeros_like(x), open_by * across * smoothstep((down + 0.02) / 0.16) * smoothstep((1.25 - down) / 0.8)

    return move


def loudness(samples: NDArray[np.float32], rate: int, frames: int, fps: float) -> Floats:
    """(frames,) in 0..1: the voice's root mean square per frame over its 90th percentile, smoothed over about 80 ms, 0
    after its end."""
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    edges = np.minimum((np.arange(frames + 1) * rate / fps).astype(int), len(mono))
    power = np.concatenate([[0.0], np.cumsum(mono.astype(np.float64) ** 2)])
    level = np.sqrt((power[edges[1:]] - power[edges[:-1]]) / np.maximum(edges[1:] - edges[:-1], 1))
    level = np.convolve(np.pad(level, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    loud = np.percentile(level[level > 0], 90) if (level > 0).any() else 1.0
    return np.asarray(np.clip(level / max(float(loud), 1e-4), 0, 1) * onset(np.arange(frames) / fps, 0.3))
