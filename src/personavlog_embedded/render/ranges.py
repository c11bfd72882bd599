"""Mountain ranges: peaks all around the horizon, each with ribs that run down from its summit, a lit and a dark side,
and snow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.render.canvas import Colour, Surface
from personavlog_embedded.render.noise import Field, Rng, fractal, smoothstep
from personavlog_embedded.render.setting import Setting

PEAKS = 26
"""Summits all around."""
SNOW = (0.97, 0.98, 1.0)


@dataclass(frozen=True)
class _Range:
    """Columns of the sheet: the skyline in px from the top, and for each column its summit's column, height (px) and
    slopes."""

    ridge: Field
    summit: Field
    top: Field
    rng: Rng


def mountains(
    setting: Setting,
    tag: str,
    base: float,
    rise: float,
    depth: float,
    rock: Colour = (0.46, 0.50, 0.60),
    snow: float = 0.5,
) -> Surface:
    """A range with its feet at ``base`` px, peaks ``rise`` px above it; ``snow`` is how far down the caps reach (0
    none, 1 to the feet)."""
    sheet, light = setting.sheet(), setting.light
    shape = _skyline(setting, tag, base, rise)
    top = max(0, int(shape.ridge.min()) - 2)
    bottom = min(setting.height, max(top + 3, int(base + setting.unit * 0.04)))
    rows = np.arange(top, bottom, dtype=np.float32)[:, None]
    fall = np.clip((rows - shape.top[None, :]) / max(rise, 1.0), 0, 1.4)
    wander = fractal(shape.rng, bottom - top, setting.width, setting.unit * 0.2, 4, 0.5) - np.float32(0.5)
    lit, fan = _flanks(setting, shape, fall, wander, rise)
    cover = np.clip((rows - shape.ridge[None, :]) / 1.2 + 0.5, 0, 1)
    own = np.asarray(rock, np.float32) * (0.94 + 0.12 * fan)[..., None]
    reach = 1.25 if light.weather == "snow" or light.season == "winter" else snow
    high = np.clip((base - rows) / max(rise, 1.0), 0, 1)
    line = np.float32(0.78 - 0.55 * reach) if reach > 0 else np.float32(2.0)
    cap = smoothstep(-0.03, 0.03, high - line + 0.22 * (fan - 0.5) + 0.24 * wander)
    own = own + (np.asarray(SNOW, np.float32) - own) * (cap * (0.78 + 0.22 * lit))[..., None]
    feet = np.clip((rows - (base - 0.35 * rise)) / max(0.35 * rise, 1.0), 0, 1)
    sheet.blend(light.paint(own, lit, np.clip(depth + 0.1 * feet, 0, 1)), cover, top)
    sheet.pixels[bottom:] = sheet.pixels[bottom - 1]
    return sheet


def _skyline(setting: Setting, tag: str, base: float, rise: float) -> _Range:
    """Tents of all heights over summits at fixed bearings; the highest one at a column owns it."""
    rng, unit = setting.rng(tag), setting.unit
    columns = np.arange(setting.width, dtype=np.float32)
    bearings = (np.arange(PEAKS) + rng.uniform(-0.3, 0.3, PEAKS)) * 2 * np.pi / PEAKS
    tall = (0.42 + 0.58 * rng.random(PEAKS) ** 0.8) * np.where(np.arange(PEAKS) % 3 == 0, 1.0, 0.74)
    steep = rng.uniform(0.75, 1.25, (PEAKS, 2))
    rough = (fractal(rng, 2, setting.width, unit * 0.06, 4, 0.55)[0] - 0.5) * rise * 0.14
    best, summit, top = (
        np.full(setting.width, -1e9, np.float32),
        np.zeros(setting.width, np.float32),
        np.zeros(setting.width, np.float32),
    )
    for bearing, high, (left, right) in zip(bearings, tall, steep, strict=True):
        x = setting.column(float(bearing))
        away = columns - x
        height = high * rise - np.abs(away) * np.where(away < 0, left, right) * 0.62 * (
            1 - 0.22 * np.minimum(np.abs(away) / (unit * 0.5), 1)
        )
        higher = height > best
        best, summit, top = (
            np.where(higher, height, best),
            np.where(higher, x, summit),
            np.where(higher, base - high * rise, top),
        )
    ridge = base - np.maximum(best + rough, rise * 0.1)
    return _Range(np.asarray(ridge, np.float32), np.asarray(summit, np.float32), np.asarray(top, np.float32), rng)


def _flanks(setting: Setting, shape: _Range, fall: Field, wander: Field, rise: float) -> tuple[Field, Field]:
    """Light 0..1 on the slopes, and the ribs 0..1 that fan out from each summit."""
    side = setting.light.side if abs(setting.light.side) > 0.2 else -0.6
    columns = np.arange(setting.width, dtype=np.float32)[None, :]
    # Valleys between two summits wind instead of running straight down.
    owner = np.clip(columns + wander * np.float32(rise * 0.9) * np.minimum(fall, 1), 0, setting.width - 1).astype(
        np.int32
    )
    summit = shape.summit[owner]
    drop = np.maximum(fall, 0.02) * np.float32(rise)
    across = (columns - summit) / np.float32(rise) + wander * (0.08 + 0.5 * fall)
    spread = across / (drop / np.float32(rise) + 0.12)
    fan = np.abs(((spread * 1.35 + 0.7 * wander) % 1) * 2 - 1)
    face = smoothstep(-0.12, 0.12, across * np.float32(np.sign(side)) + 0.10 * (fan - 0.5) * (1 + fall))
    lit = np.clip(0.10 + 0.62 * face + 0.30 * (fan - 0.5) * (0.5 + face), 0.03, 1)
    return np.asarray(lit, np.float32), np.asarray(fan, np.float32)
