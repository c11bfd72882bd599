"""A jointed person's shadows: on the ground they go with the feet, behind the body they fade where the body leaves its
drawn place."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.motion.bones import SIDES, Bones, at, shifted
from personavlog_embedded.motion.mesh import MovingLayer, Retouch
from personavlog_embedded.motion.performance import Performance
from personavlog_embedded.motion.rhythm import Floats, smoothstep
from personavlog_embedded.motion.split_layers import pieces

FLAT = 0.3
"""Of the person's height: a shadow that is lower lies on the ground."""
PALE = 0.6
"""Of its darkest px: what is darker belongs to a foot."""
LEFT = 0.15
"""What stays of the dark edge behind somebody who walks away from it."""


def moving_shadows(cutout: MovingLayer, skeleton: Bones, played: Performance) -> list[MovingLayer]:
    """The cut-outs that a shadow becomes."""
    if cutout.pixels.shape[0] > FLAT * skeleton.height:
        return [_behind(cutout, skeleton, played)]
    wide, close = _split(cutout)
    moved = [replace(wide, way=shifted(played.ground)) if played.ground.any() else wide]
    return [*moved, *(_under(piece, skeleton, played) for piece in pieces(close))]


def _split(cutout: MovingLayer) -> tuple[MovingLayer, MovingLayer]:
    """The wide, pale part and what makes it darker close under the feet; drawn over each other they are the shadow
    again."""
    alpha = cutout.pixels[..., 3].astype(np.float32) / 255
    pale = np.minimum(alpha, PALE * float(alpha.max()))
    more = (alpha - pale) / np.maximum(1 - pale, 1e-3)
    colour = cutout.pixels[..., :3].astype(np.float32) / np.maximum(alpha, 1 / 255)[..., None] / 255
    parts = [np.dstack([colour * part[..., None], part]) * 255 + 0.5 for part in (pale, more)]
    wide, close = (replace(cutout, pixels=np.asarray(np.clip(part, 0, 255), np.uint8)) for part in parts)
    return wide, close


def _behind(cutout: MovingLayer, skeleton: Bones, played: Performance) -> MovingLayer:
    """The drawn body's dark edge: it would stay behind as a ghost of the limb that moves most."""
    paths = [at(way, skeleton.middles[bone]) - skeleton.middles[bone] for bone, way in played.moved.items()]
    away = np.max([np.hypot(*path.T) for path in paths], axis=0)
    keeps = 1 - (1 - LEFT) * smoothstep(away / max(0.08 * cutout.pixels.shape[0], 1.0))
    return replace(cutout, way=shifted(played.ground), retouches=(_faint(keeps),))


def _faint(keeps: Floats) -> Retouch:
    def fade(original: Pixels, number: int) -> Pixels:
        return np.asarray(cv2.convertScaleAbs(original, alpha=float(keeps[number])), np.uint8)

    return fade


def _under(piece: MovingLayer, skeleton: Bones, played: Performance) -> MovingLayer:
    """A shadow on the ground under the foot that it is drawn under; under both it goes with their middle. Paler while
    the foot is up."""
    legs = [leg for side in SIDES if (leg := skeleton.leg(side))]
    middle, wide = piece.x + piece.pixels.shape[1] / 2, piece.pixels.shape[1]
    ways = {leg[2]: at(played.moved[leg[2]], skeleton.joints[leg[2]]) - skeleton.joints[leg[2]] for leg in legs}
    over = [leg[2] for leg in legs if abs(skeleton.joints[leg[2]][0] - middle) < 0.5 * wide]
    if not over:
        return replace(piece, way=shifted(played.ground)) if played.ground.any() else piece
    mean = np.mean([ways[foot] for foot in over], axis=0)
    along = np.stack([mean[:, 0], played.ground[:, 1]], axis=1)
    lift = np.maximum(played.ground[:, 1] - mean[:, 1], 0)
    paler = 1 - 0.5 * smoothstep(lift / (0.06 * skeleton.height))
    return replace(piece, way=shifted(along), retouches=(_faint(paler),) if lift.max() > 1 else ())
