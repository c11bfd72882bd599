"""What moves by itself around the person: plants in the wind, water, clouds."""

from __future__ import annotations

import re

import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.motion.mesh import Field
from personavlog_embedded.motion.rhythm import Floats, Noise, onset
from personavlog_embedded.scene.stage import Layer

PLANTS = re.compile(
    r"tree|lea[fv]|bush|grass|palm|plant|flower|branch|fern|reed|bamboo|vine|shrub|blossom|willow|crop|field|hedge"
    r"|foliage|meadow|coral|kelp|seaweed|azalea",
    re.I,
)


def grows(layer: Layer) -> bool:
    """Whether the layer is something that the wind moves: by its name, or near and mostly green."""
    if PLANTS.search(layer.name):
        return layer.kind in ("near", "front", "prop", "mid")
    return layer.kind in ("near", "front") and green_share(layer.rgba) > 0.4


def green_share(rgba: Pixels) -> float:
    """How much of what is seen of a layer is green, 0 to 1."""
    small = rgba[::8, ::8].astype(np.int16)
    seen = small[small[..., 3] > 128]
    if len(seen) == 0:
        return 0.0
    return float(((seen[:, 1] > seen[:, 0] + 4) & (seen[:, 1] > seen[:, 2] + 10)).mean())


def wind(
    box: tuple[float, float, float, float], canvas: tuple[int, int], strength: float, rng: np.random.Generator
) -> Field:
    """Plants bend in waves that run with the wind: rooted at the bottom, or at the top where they hang in from
    there."""
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
        dx = np.sin(0.9 * row - 2.6 * t + across + phases[0]) + 0.6 * np.sin(
            0.53 * row - 1.9 * t - 1.3 * across + phases[1]
        )
        return size * 0.6 * dx, size * 0.22 * np.sin(0.7 * row - 2.2 * t + phases[2])

    return move


def drift(speed: float) -> Field:
    """Clouds pass at ``speed`` px/s, starting gently."""

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        return np.full_like(x, speed * t * float(onset(t, 1.0))), np.zeros_like(y)

    return move


def lick(box: tuple[float, float, float, float], rng: np.random.Generator) -> Field:
    """Flames: waves run up them, wider towards the tips, and the tips rise and fall."""
    x0, y0, x1, y1 = box
    height, width = max(y1 - y0, 1.0), max(x1 - x0, 1.0)
    phases, leap = rng.uniform(0, 2 * np.pi, 3), Noise.draw(rng, 1.2, 3.5)

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        up = np.clip((y1 - y) / height, 0, 1)
        grown = float(onset(t, 0.5))
        rise = np.sin(9 * up - 11 * t + 5 * x / width + phases[0]) + 0.6 * np.sin(15 * up - 17 * t + phases[1])
        return 0.035 * width * grown * up * rise, -0.07 * height * grown * up**1.5 * float(leap(t))

    return move


def billow(box: tuple[float, float, float, float], strength: float, rng: np.random.Generator) -> Field:
    """Smoke that is there already: it wavers the more the higher it is."""
    x0, y0, x1, y1 = box
    height, width = max(y1 - y0, 1.0), max(x1 - x0, 1.0)
    phase, slow = rng.uniform(0, 2 * np.pi), Noise.draw(rng, 0.1, 0.3)

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        up = np.clip((y1 - y) / height, 0, 1)
        wave = np.sin(5 * up - 1.6 * t + phase) - np.sin(5 * up + phase)
        return float(onset(t, 1.2)) * width * up * (0.10 * wave + 0.12 * strength * float(slow(t))), np.zeros_like(y)

    return move


def flutter(box: tuple[float, float, float, float], strength: float, rng: np.random.Generator) -> Field:
    """Cloth: waves run away from where it is held, which is its upper edge if it is tall and its left one if it is
    wide."""
    x0, y0, x1, y1 = box
    height, width = max(y1 - y0, 1.0), max(x1 - x0, 1.0)
    tall, phases = height > 1.2 * width, rng.uniform(0, 2 * np.pi, 2)
    size, gust = 0.045 * min(height, width, 260.0) * strength, Noise.draw(rng, 0.15, 0.5)

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        free = np.clip((y - y0) / height if tall else 0.3 + 0.7 * (y - y0) / height, 0, 1)
        along = ((y - y0) / height if tall else (x - x0) / min(width, 260.0)) * 7
        wave = np.sin(along - 4.2 * t + phases[0]) + 0.5 * np.sin(1.7 * along - 6.1 * t + phases[1])
        push = float(onset(t, 1.0)) * free * (wave * (0.7 + 0.5 * float(gust(t))) + 0.8 * float(gust(t)))
        return size * push * (1.0 if tall else 0.5), size * 0.5 * push * (0.3 if tall else 1.0)

    return move
