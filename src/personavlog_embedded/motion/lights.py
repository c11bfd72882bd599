"""Lamps that flicker and glow, and traffic lights that switch."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.motion.mesh import Retouch
from personavlog_embedded.motion.rhythm import Floats, Noise, onset, smoothstep
from personavlog_embedded.motion.split_layers import lamp_brightness


@dataclass(frozen=True)
class Flicker:
    """``strength`` is the most that a lamp brightens or darkens, as a share; ``low`` and ``high`` its band in Hz."""

    strength: float
    low: float
    high: float


LAMP, FLAME, NEON, BEAM = (
    Flicker(0.10, 0.25, 0.9),
    Flicker(0.30, 1.5, 5.0),
    Flicker(0.22, 0.6, 2.2),
    Flicker(0.25, 0.08, 0.25),
)


def flicker(pixels: Pixels, how: Flicker, fps: float, rng: np.random.Generator) -> Retouch:
    """The retouch that lets what shines in a cut-out shine more and less; at the first frame as drawn."""
    light = lamp_brightness(pixels)
    weight = (cv2.merge([light] * 4) * 255).astype(np.uint8)
    weight[..., 3] = 0
    shine = np.asarray(cv2.multiply(pixels, weight, scale=1 / 255), np.uint8)
    noise = Noise.draw(rng, how.low, how.high, 6)

    def retouch(original: Pixels, number: int) -> Pixels:
        t = number / fps
        gain = how.strength * float(onset(t, 0.5)) * 1.8 * float(noise(t))
        mixed = cv2.addWeighted(original, 1.0, shine, gain, 0)
        # Premultiplied: nothing may be brighter than its own cover.
        return np.asarray(cv2.min(mixed, cv2.merge([original[..., 3]] * 4)), np.uint8)

    return retouch


def switching(pixels: Pixels, frames: int, rng: np.random.Generator) -> Retouch | None:
    """The retouch that hands the light from one lamp of a traffic light to the next; None where no lit lamp is
    found."""
    found = _lamp(pixels)
    if found is None:
        return None
    x, y, radius, hue = found
    red = hue < 0.09 or hue > 0.9
    # The next lamp is two radii and a bit further down after red, up after green.
    step = 2.4 * radius * (2 if red else -2)
    at = int(frames * rng.uniform(0.35, 0.5))
    off, on = _spot(pixels.shape, x, y, radius), _spot(pixels.shape, x, y + step, radius)
    colour = np.array((60, 235, 110, 255) if red else (250, 60, 45, 255), np.float32)
    if (on * (pixels[..., 3] > 128)).sum() < 0.5 * on.sum():
        return None

    def retouch(original: Pixels, number: int) -> Pixels:
        share = float(smoothstep((number - at) / 3))
        if share == 0:
            return original
        drawn = original.astype(np.float32)
        drawn[..., :3] *= (1 - 0.78 * share * off)[..., None]
        drawn += (colour - drawn) * (share * on * (original[..., 3] > 128))[..., None]
        return np.asarray(np.clip(drawn + 0.5, 0, 255), np.uint8)

    return retouch


def _lamp(pixels: Pixels) -> tuple[float, float, float, float] | None:
    """The most saturated bright blob: its middle, radius and hue (0 to 1)."""
    rgb = pixels[..., :3].astype(np.int16)
    strong = ((rgb.max(axis=2) - rgb.min(axis=2) > 110) & (rgb.max(axis=2) > 170) & (pixels[..., 3] > 200)).astype(
        np.uint8
    )
    count, _, stats, centres = cv2.connectedComponentsWithStats(strong)
    if count < 2:
        return None
    best = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    x, y = centres[best]
    red, green, blue = (float(v) / 255 for v in pixels[int(y), int(x), :3])
    return (
        float(x),
        float(y),
        float(np.sqrt(stats[best, cv2.CC_STAT_AREA] / np.pi)),
        colorsys.rgb_to_hsv(red, green, blue)[0],
    )


def _spot(shape: tuple[int, ...], x: float, y: float, radius: float) -> Floats:
    gx, gy = np.meshgrid(np.arange(shape[1]) - x, np.arange(shape[0]) - y)
    return smoothstep((1.25 * radius - np.hypot(gx, gy)) / (0.35 * radius + 1))
