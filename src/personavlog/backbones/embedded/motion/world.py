"""What moves by itself around the person: plants in the wind, water, clouds."""

from __future__ import annotations

import re

import numpy as np

from personavlog.backbones.embedded.motion.mesh import Field
from personavlog.backbones.embedded.motion.rhythm import Floats, Noise, onset
from personavlog.backbones.embedded.stage import Layer, Pixels

PLANTS = re.compile(r"tree|lea[fv]|bush|grass|palm|plant|flower|branch|fern|reed|bamboo|vine|shrub|blossom|willow|crop|field|hedge|foliage|meadow", re.I)


def grows(layer: Layer) -> bool:
    """Whether the layer is something that the wind moves: by its name, or near and mostly green."""
    if PLANTS.search(layer.name):
        return layer.kind in ("near", "front", "prop", "mid")
    return layer.kind in ("near", "front") and _green_share(layer.rgba) > 0.4


def _green_share(rgba: Pixels) -> float:
    small = rgba[::8, ::8].astype(np.int16)
    seen = small[small[..., 3] > 128]
    if len(seen) == 0:
        return 0.0
    return float(((seen[:, 1] > seen[:, 0] + 4) & (seen[:, 1] > seen[:, 2] + 10)).mean())


def wind(box: tuple[float, float, float, float], canvas: tuple[int, int], strength: float, rng: np.random.Generator) -> Field:
    """Plants bend in waves that run with the wind: rooted at the bottom, or at the top where they hang in from there."""
    x0, y0, x1, y1 = box
    hangs = y0 <= 2 and y1 < 0.9 * canvas[1]
    height = max(y1 - y0, 1.0)
    size = min(0.012 * height, 0.011 * canvas[1]) * strength
    gust, ripple = Noise.draw(rng, 0.12, 0.45), Noise.draw(rng, 0.55, 1.1)
    run = rng.uniform(0.5, 0.9) * max(x1 - x0, canvas[1] / 2)

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        free = np.clip((y - y0 if hangs else y1 - y) / height, 0, 1) ** 1.4
        late = (x - x0) / run
        bend = gust(t - late) + 0.35 * ripple(t - 1.7 * late)
        dx = size * float(onset(t, 1.2)) * free * bend
        return dx, 0.25 * np.abs(dx) * (-1 if hangs else 1)

    return move


def shimmer(box: tuple[float, float, float, float], strength: float, rng: np.random.Generator) -> Field:
    """Ripples roll towards the shore: short and small at the far edge, long and wide near the lens."""
    _, y0, _, y1 = box
    height = max(y1 - y0, 1.0)
    turns = 0.12 * height  # The shortest ripple, at the far edge, is then about 13 px long.
    phases, lean = rng.uniform(0, 2 * np.pi, 3), rng.uniform(0.5, 1.5)

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        near = np.clip((y - y0) / height, 0.0, 1.0)
        row = turns * np.log1p(4 * near)
        size = (0.6 + 5.0 * near) * strength * float(onset(t, 1.0)) * np.minimum(near * 30, 1)
        across = lean * x / (90 + 240 * near)
        dx = np.sin(0.9 * row - 2.6 * t + across + phases[0]) + 0.6 * np.sin(0.53 * row - 1.9 * t - 1.3 * across + phases[1])
        return size * 0.6 * dx, size * 0.22 * np.sin(0.7 * row - 2.2 * t + phases[2])

    return move


def drift(speed: float) -> Field:
    """Clouds pass at ``speed`` px/s, starting gently."""

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        return np.full_like(x, speed * t * float(onset(t, 1.0))), np.zeros_like(y)

    return move
