"""Layers that show several of a kind, taken apart: passers-by who walk, birds that fly, cars that pass."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.motion.mesh import Field, MovingLayer
from personavlog_embedded.motion.rhythm import Floats, onset, smoothstep
from personavlog_embedded.motion.ways import shifted, turned

MOST = 14
"""Pieces that a layer is taken into; what is left over stays with the largest."""
STEPS = 1.7
"""Per second, of people in the distance."""


def pieces(cutout: MovingLayer) -> list[MovingLayer]:
    """The cut-out's separate figures, the smallest first because they are the farthest; each a cut-out of its own."""
    alpha = cutout.pixels[..., 3]
    joined = cv2.dilate((alpha > 24).astype(np.uint8), np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    order = sorted(range(1, count), key=lambda label: -int(stats[label, cv2.CC_STAT_AREA]))
    if len(order) < 2:
        return [cutout]
    for label in order[MOST:]:
        labels[labels == label] = order[0]
    # Px fainter than the threshold and out of reach belong to nobody; they are too faint to be missed.
    return [_cut(cutout, labels == label) for label in reversed(order[:MOST])]


def _cut(cutout: MovingLayer, mask: Floats) -> MovingLayer:
    x, y, w, h = cv2.boundingRect(mask.astype(np.uint8))
    pixels = cutout.pixels[y : y + h, x : x + w] * mask[y : y + h, x : x + w, None].astype(np.uint8)
    rim = 2
    framed = cv2.copyMakeBorder(pixels, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    return replace(cutout, pixels=np.asarray(framed, np.uint8), x=cutout.x + x - rim, y=cutout.y + y - rim)


def walking(cutout: MovingLayer, t: Floats, pace: float, leaves: float, rng: np.random.Generator) -> MovingLayer:
    """Somebody who walks past, bobbing, the legs changing places; ``leaves`` is the side (-1, 1) where the canvas cuts
    them, 0 for neither."""
    h, w = cutout.pixels.shape[:2]
    way, phase = float(rng.choice([-1.0, -0.6, 0.5, 1.0])), rng.uniform(0, 2 * np.pi)
    way = leaves * abs(way) if leaves else way
    grown, rate = onset(t, 0.9), STEPS * pace * rng.uniform(0.85, 1.15)
    along = way * 0.26 * h * pace * (t - 0.45 * (1 - np.exp(-t / 0.45)))
    bob = -0.014 * h * np.abs(np.sin(np.pi * rate * t + phase)) * grown + 0.014 * h * abs(np.sin(phase)) * grown
    lean = turned(np.array([cutout.x + w / 2, cutout.y + h]), 0.8 * np.sin(np.pi * rate * t + phase) * grown)
    return replace(
        cutout, way=shifted(np.stack([along, bob], axis=1)) @ lean, fields=(_legs(cutout, rate, phase),), cell=8
    )


def _legs(cutout: MovingLayer, rate: float, phase: float) -> Field:
    """The lower part's two halves swing against each other."""
    h, w = cutout.pixels.shape[:2]
    middle, hip = cutout.x + w / 2, cutout.y + 0.55 * h

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        low = np.clip((y - hip) / (0.45 * h), 0, 1)
        swing = (np.cos(np.pi * rate * t + phase) - np.cos(phase)) * float(onset(t, 0.9))
        return -0.035 * h * swing * low * np.tanh((x - middle) / (0.06 * h + 1)), np.zeros_like(y)

    return move


def flying(cutout: MovingLayer, t: Floats, pace: float, rng: np.random.Generator) -> MovingLayer:
    """A bird that crosses the sky in a shallow curve, flapping in bursts."""
    h, w = cutout.pixels.shape[:2]
    size, way = max(w, h), float(rng.choice([-1.0, 1.0]))
    speed = pace * min(1.3 * size, 60.0) * rng.uniform(0.8, 1.2)
    along = way * speed * (t - 0.5 * (1 - np.exp(-t / 0.5)))
    rise = -0.12 * speed * t * smoothstep(t / 1.5) + 0.15 * size * np.sin(1.7 * t) * onset(t)
    burst = 0.35 + 0.65 * smoothstep(2 * np.sin(2 * np.pi * 0.4 * t + rng.uniform(0, 6)) + 0.8)
    flap = 1 - 0.55 * onset(t, 0.4) * burst * (0.5 - 0.5 * np.cos(2 * np.pi * rng.uniform(2.6, 3.6) * t))
    return replace(cutout, way=shifted(np.stack([along, rise], axis=1)) @ _squashed(cutout.y + h / 2, flap))


def swimming(cutout: MovingLayer, t: Floats, pace: float, rng: np.random.Generator) -> MovingLayer:
    """A fish that glides on in a shallow wave, its body pulsing."""
    h, w = cutout.pixels.shape[:2]
    size, way, phase = max(w, h), float(rng.choice([-1.0, 1.0])), rng.uniform(0, 6)
    along = way * pace * min(0.3 * size, 26.0) * (t - 0.6 * (1 - np.exp(-t / 0.6)))
    rise = 0.07 * size * (np.sin(1.3 * t + phase) - np.sin(phase)) * onset(t, 1.0)
    pulse = 1 + 0.05 * np.sin(2 * np.pi * 0.8 * t) * onset(t, 0.8)
    return replace(cutout, way=shifted(np.stack([along, rise], axis=1)) @ _squashed(cutout.y + h / 2, pulse))


def passing(cutout: MovingLayer, t: Floats, pace: float, leaves: float, rng: np.random.Generator) -> MovingLayer:
    """A car that drives on, with a little spring; one that the canvas cuts drives out on that side."""
    h, w = cutout.pixels.shape[:2]
    speed = (leaves or float(rng.choice([-1.0, 1.0]))) * pace * 0.55 * max(w, h)
    along = speed * (t - 0.8 * (1 - np.exp(-t / 0.8)))
    return replace(cutout, way=shifted(np.stack([along, 0.004 * h * np.sin(11 * t) * onset(t)], axis=1)))


def rocking(cutout: MovingLayer, t: Floats, rng: np.random.Generator) -> MovingLayer:
    """A boat that rolls and heaves on its waterline."""
    h, w = cutout.pixels.shape[:2]
    phase = rng.uniform(0, 6)
    roll = turned(
        np.array([cutout.x + w / 2, cutout.y + h]), 1.6 * (np.sin(1.9 * t + phase) - np.sin(phase)) * onset(t)
    )
    return replace(
        cutout, way=shifted(np.stack([np.zeros(len(t)), 0.015 * h * np.sin(1.6 * t) * onset(t)], axis=1)) @ roll
    )


def spinning(cutout: MovingLayer, t: Floats, pace: float) -> MovingLayer:
    """A wheel about the middle of what is drawn of it."""
    h, w = cutout.pixels.shape[:2]
    spin = 9.0 * pace * (t - 0.8 * (1 - np.exp(-t / 0.8)))
    return replace(cutout, way=turned(np.array([cutout.x + w / 2, cutout.y + min(h, w) / 2]), spin))


def breathing(cutout: MovingLayer, t: Floats, rng: np.random.Generator) -> MovingLayer:
    """An animal that breathes on its feet and leans a little."""
    h, w = cutout.pixels.shape[:2]
    breath = 1 + 0.011 * (1 - np.cos(2 * np.pi * rng.uniform(0.35, 0.55) * t))
    lean = turned(np.array([cutout.x + w / 2, cutout.y + h]), 1.1 * np.sin(2 * np.pi * 0.23 * t) * onset(t, 1.2))
    return replace(cutout, way=lean @ _squashed(cutout.y + h, breath))


def _squashed(row: float, by: Floats) -> Floats:
    """(frames, 3, 3): heights from ``row`` multiplied."""
    matrix = np.tile(np.eye(3), (len(by), 1, 1))
    matrix[:, 1, 1], matrix[:, 1, 2] = by, (1 - by) * row
    return matrix


def lamp_brightness(pixels: Pixels) -> Floats:
    """(h, w) 0 to 1: how much a px of a lamp shines, by its brightness against its layer."""
    bright = pixels[..., :3].max(axis=2).astype(np.float64)
    seen = bright[pixels[..., 3] > 128]
    low, high = np.percentile(seen, [55, 92]) if len(seen) else (255.0, 256.0)
    return smoothstep((bright - max(float(low), 120.0)) / max(float(high) - max(float(low), 120.0), 12.0))
