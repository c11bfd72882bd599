"""A named layer brought to life: the actors that it becomes, with what rises from it."""

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
    actor: MovingLayer, kind: Life, layer: Layer, stage: Stage, plan: Instructions, rng: np.random.Generator
) -> list[MovingLayer]:
    """What the actor of a layer with this life becomes."""
    t, pace = np.arange(plan.frames) / plan.fps, plan.temper.pace
    if kind in ("crowd", "birds", "traffic", "boat", "swim", "animal"):
        return [
            _moved(piece, kind, stage, plan, rng)
            for piece in (split_layers.pieces(actor) if kind != "animal" else [actor])
        ]
    if kind == "wheel":
        return [split_layers.turning(actor, t, pace)]
    if kind == "beam":
        return [replace(actor, retouches=(lights.flicker(actor.pixels, lights.BEAM, plan.fps, rng),))]
    if kind in ("light", "traffic light", "fire"):
        return [_lit(actor, kind, layer, stage, plan, rng)]
    return [_airy(actor, kind, plan, rng)]


def steaming(actor: MovingLayer, plan: Instructions, rng: np.random.Generator) -> MovingLayer:
    """A cup or bowl with steam over it."""
    h, w = actor.pixels.shape[:2]
    top = np.array([[actor.x + 0.5 * w, actor.y + 0.22 * h, max(0.55 * w, 8.0)]])
    return replace(actor, airs=(Puffs.draw(top, STEAM, 2.2, 2.6, 0.42, 0.25 * (plan.temper.wind - 0.8), rng),))


def wet(actor: MovingLayer, layer: Layer, stage: Stage, plan: Instructions, rng: np.random.Generator) -> MovingLayer:
    """Ground or water with rings on it while it rains."""
    if stage.weather != "rain" or not plan.outdoors or layer.kind not in ("ground", "water"):
        return actor
    rings = Ripples.draw(layer.rgba[..., 3], 70, 0.028 * min(stage.width, stage.height), rng)
    return actor if rings is None else replace(actor, airs=(*actor.airs, rings))


def _moved(piece: MovingLayer, kind: Life, stage: Stage, plan: Instructions, rng: np.random.Generator) -> MovingLayer:
    t, pace, leaves = np.arange(plan.frames) / plan.fps, plan.temper.pace, _cut_on(piece, stage)
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
    actor: MovingLayer, kind: Life, layer: Layer, stage: Stage, plan: Instructions, rng: np.random.Generator
) -> MovingLayer:
    h, w = actor.pixels.shape[:2]
    if kind == "traffic light":
        switch = lights.switching(actor.pixels, plan.frames, rng)
        return actor if switch is None else replace(actor, retouches=(*actor.retouches, switch))
    if kind == "fire":
        columns = actor.x + rng.uniform(0.25, 0.75, 5) * w
        sources = np.stack([columns, np.full(5, actor.y + 0.55 * h), np.full(5, max(0.02 * w, 2.5))], axis=1)
        sparks = Puffs.draw(sources, SPARK, 26.0, 1.7, 1.0, 5.0 * (plan.temper.wind - 0.6), rng)
        flame = lights.flicker(actor.pixels, lights.FLAME, plan.fps, rng)
        return replace(
            actor, retouches=(flame,), fields=(scenery_motion.lick(_box(actor), rng),), airs=(sparks,), cell=8
        )
    dark = stage.time_of_day in DARK or not plan.outdoors
    how = lights.NEON if re.search(r"neon|sign|screen|monitor", layer.name) else lights.LAMP
    how = how if dark else replace(how, strength=0.03)
    return replace(actor, retouches=(lights.flicker(actor.pixels, how, plan.fps, rng),))


def _airy(actor: MovingLayer, kind: Life, plan: Instructions, rng: np.random.Generator) -> MovingLayer:
    h, w = actor.pixels.shape[:2]
    wind = plan.temper.wind
    if kind == "hot":
        return steaming(actor, plan, rng)
    if kind == "swell":
        return replace(actor, fields=(scenery_motion.shimmer(_box(actor), 0.7 + 0.3 * wind, rng),), cell=8)
    if kind in ("smoke", "steam"):
        foot = np.array([[actor.x + 0.5 * w, actor.y + 0.8 * h, max(0.3 * w, 6.0)]])
        puffs = Puffs.draw(
            foot, SMOKE if kind == "smoke" else STEAM, 0.85 * h / max(0.3 * w, 6.0), 3.4, 0.3, 0.4 * wind, rng
        )
        return replace(actor, fields=(scenery_motion.billow(_box(actor), wind, rng),), airs=(puffs,), cell=8)
    return replace(actor, fields=(scenery_motion.flutter(_box(actor), wind if plan.outdoors else 0.35, rng),), cell=8)


def _box(actor: MovingLayer) -> tuple[float, float, float, float]:
    h, w = actor.pixels.shape[:2]
    return float(actor.x), float(actor.y), float(actor.x + w), float(actor.y + h)
