"""A named layer brought to life: the cut-outs that it becomes, with what rises from it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from personavlog_embedded.motion import lights, scenery_motion, split_layers
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.mesh import MovingLayer
from personavlog_embedded.motion.moving_kinds import Life
from personavlog_embedded.motion.vapour import Puffs, Ripples
from personavlog_embedded.scene.stage import Layer, Stage

STEAM, SMOKE, SPARK = (250, 248, 244), (168, 166, 168), (255, 196, 96)
DARK = ("dusk", "night")


def alive(
    cutout: MovingLayer, kind: Life, layer: Layer, stage: Stage, instructions: Instructions, rng: np.random.Generator
) -> list[MovingLayer]:
    """What the cut-out of a layer with this life becomes."""
    t, pace = np.arange(instructions.frames) / instructions.fps, instructions.temper.pace
    if kind in ("crowd", "birds", "traffic", "boat", "swim", "animal"):
        return [
            _moved(piece, kind, stage, instructions, rng)
            for piece in (split_layers.pieces(cutout) if kind != "animal" else [cutout])
        ]
    if kind == "wheel":
        return [split_layers.spinning(cutout, t, pace)]
    if kind == "beam":
        return [replace(cutout, retouches=(lights.flicker(cutout.pixels, lights.BEAM, instructions.fps, rng),))]
    if kind in ("light", "traffic light", "fire"):
        return [_lit(cutout, kind, layer, stage, instructions, rng)]
    return [_airy(cutout, kind, instructions, rng)]


def steaming(cutout: MovingLayer, instructions: Instructions, rng: np.random.Generator) -> MovingLayer:
    """A cup or bowl with steam over it."""
    h, w = cutout.pixels.shape[:2]
    top = np.array([[cutout.x + 0.5 * w, cutout.y + 0.22 * h, max(0.55 * w, 8.0)]])
    return replace(cutout, airs=(Puffs.draw(top, STEAM, 2.2, 2.6, 0.42, 0.25 * (instructions.temper.wind - 0.8), rng),))


def rained_on(
    cutout: MovingLayer, layer: Layer, stage: Stage, instructions: Instructions, rng: np.random.Generator
) -> MovingLayer:
    """Ground or water with rings on it while it rains."""
    if stage.weather != "rain" or not instructions.outdoors or layer.kind not in ("ground", "water"):
        return cutout
    rings = Ripples.draw(layer.rgba[..., 3], 70, 0.028 * min(stage.width, stage.height), rng)
    return cutout if rings is None else replace(cutout, airs=(*cutout.airs, rings))


def _moved(
    piece: MovingLayer, kind: Life, stage: Stage, instructions: Instructions, rng: np.random.Generator
) -> MovingLayer:
    t, pace, leaves = np.arange(instructions.frames) / instructions.fps, instructions.temper.pace, _cut_on(piece, stage)
    if kind in ("crowd", "traffic") and scenery_motion.green_share(piece.pixels) > 0.4:
        return piece  # A street tree that is painted with the cars does not drive.
    match kind:
        case "crowd":
            return split_layers.walking(piece, t, pace, leaves, rng)
        case "birds":
            return split_layers.flying(piece, t, pace, rng)
        case "swim":
            return split_layers.swimming(piece, t, pace, rng)
        case "traffic":
            return split_layers.passing(piece, t, pace, leaves, rng)
        case "boat":
            return split_layers.rocking(piece, t, rng)
        case _:
            return split_layers.breathing(piece, t, rng)


def _cut_on(piece: MovingLayer, stage: Stage) -> float:
    """The side, -1 or 1, where the canvas cuts the piece; 0 for neither."""
    rim = 3
    right = piece.x + piece.pixels.shape[1] >= stage.width + 2 * stage.margin - rim
    return -1.0 if piece.x <= rim else 1.0 if right else 0.0


def _lit(
    cutout: MovingLayer, kind: Life, layer: Layer, stage: Stage, instructions: Instructions, rng: np.random.Generator
) -> MovingLayer:
    h, w = cutout.pixels.shape[:2]
    if kind == "traffic light":
        switch = lights.switching(cutout.pixels, instructions.frames, rng)
        return cutout if switch is None else replace(cutout, retouches=(*cutout.retouches, switch))
    if kind == "fire":
        columns = cutout.x + rng.uniform(0.25, 0.75, 5) * w
        sources = np.stack([columns, np.full(5, cutout.y + 0.55 * h), np.full(5, max(0.02 * w, 2.5))], axis=1)
        sparks = Puffs.draw(sources, SPARK, 26.0, 1.7, 1.0, 5.0 * (instructions.temper.wind - 0.6), rng)
        flame = lights.flicker(cutout.pixels, lights.FLAME, instructions.fps, rng)
        return replace(
            cutout, retouches=(flame,), fields=(scenery_motion.lick(_box(cutout), rng),), airs=(sparks,), cell=8
        )
    dark = stage.time_of_day in DARK or not instructions.outdoors
    how = lights.NEON if re.search(r"neon|sign|screen|monitor", layer.name) else lights.LAMP
    how = how if dark else replace(how, strength=0.03)
    return replace(cutout, retouches=(lights.flicker(cutout.pixels, how, instructions.fps, rng),))


def _airy(cutout: MovingLayer, kind: Life, instructions: Instructions, rng: np.random.Generator) -> MovingLayer:
    h, w = cutout.pixels.shape[:2]
    wind = instructions.temper.wind
    if kind == "hot":
        return steaming(cutout, instructions, rng)
    if kind == "swell":
        return replace(cutout, fields=(scenery_motion.shimmer(_box(cutout), 0.7 + 0.3 * wind, rng),), cell=8)
    if kind in ("smoke", "steam"):
        foot = np.array([[cutout.x + 0.5 * w, cutout.y + 0.8 * h, max(0.3 * w, 6.0)]])
        puffs = Puffs.draw(
            foot, SMOKE if kind == "smoke" else STEAM, 0.85 * h / max(0.3 * w, 6.0), 3.4, 0.3, 0.4 * wind, rng
        )
        return replace(cutout, fields=(scenery_motion.billow(_box(cutout), wind, rng),), airs=(puffs,), cell=8)
    return replace(
        cutout, fields=(scenery_motion.flutter(_box(cutout), wind if instructions.outdoors else 0.35, rng),), cell=8
    )


def _box(cutout: MovingLayer) -> tuple[float, float, float, float]:
    h, w = cutout.pixels.shape[:2]
    return float(cutout.x), float(cutout.y), float(cutout.x + w), float(cutout.y + h)
