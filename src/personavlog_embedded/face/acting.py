"""A cut-out person given an expression: eyes and mouth redrawn in place, then the whole head moved as a solid."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.face import features, head_turn, trusted_mesh
from personavlog_embedded.face.anatomy import Anatomy, Floats
from personavlog_embedded.face.glasses import worn
from personavlog_embedded.face.retouch import retouched
from personavlog_embedded.face.warp import Move, warped
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression
from personavlog_embedded.scene.stage import FacePoints

MOST = {"turn": 25.0, "nod": 15.0, "tilt": 12.0}
"""Degrees; beyond, the photo does not show what would be seen."""
EFFORT = 1.55
"""How much may be asked of a face at once, where a full smile, or a full turn, is 1: with more it is no longer the same
person's (SFace below 0.6)."""
STIFF = 0.3
"""How much of its movement is left to a brow behind glasses, which must not bend."""


@dataclass(frozen=True, eq=False)
class Performed:
    """``rgba`` is a cut-out of the same size, straight alpha; ``points`` (478, 3) the mesh where it is now, None where
    none was given; ``face`` its box and five points."""

    rgba: Pixels
    points: NDArray[np.float32] | None
    face: FacePoints


def with_expression(
    rgba: Pixels, points: NDArray[np.float32] | None, expression: Expression, face: FacePoints
) -> Performed:
    """The cut-out (h, w, 4), straight alpha uint8 RGBA, with another expression.

    ``points`` (478, 3) is the mesh that was found on the photo, in px of the cut-out, None where there is no human
    face; ``face`` is where box and five points lie before. Without a mesh, or with one that does not fit the five
    points (drawings), nothing changes. Values beyond the ranges of
    ``Expression``, and angles beyond ``MOST``, are cut to them; all of it together is weakened to ``EFFORT``.
    """
    if points is None or expression == AS_IN_PHOTO or not trusted_mesh.fits(points, face):
        return Performed(rgba, points, face)
    wanted, anatomy = _bearable(within_bounds(expression)), Anatomy(points)
    glasses = worn(rgba, anatomy)
    if glasses:
        wanted = replace(wanted, brows=STIFF * wanted.brows, eyes=wanted.eyes * (STIFF if wanted.eyes > 0 else 1.0))
    solid = head_turn.measured(rgba[..., 3], anatomy)

    def move(px: Floats) -> Floats:
        own = anatomy.inward(px)
        shift = features.shifted(own, anatomy.local, wanted)
        shift = shift + solid.moved(own, wanted.turn, wanted.nod, wanted.tilt)
        return np.asarray(shift @ anatomy.axes * anatomy.size)

    there = points.copy()
    there[:, :2] += move(points[:, :2].astype(np.float64))
    return Performed(
        warped(retouched(rgba, points, wanted, glasses=glasses), move, anatomy.size), there, _moved(face, move)
    )


def within_bounds(expression: Expression) -> Expression:
    """The expression with every value cut to its range."""
    e = expression
    turn, nod, tilt = (float(np.clip(getattr(e, name), -most, most)) for name, most in MOST.items())
    smile, brows, eyes, gaze_x, gaze_y = (
        float(np.clip(value, -1, 1)) for value in (e.smile, e.brows, e.eyes, e.gaze_x, e.gaze_y)
    )
    return Expression(smile, brows, eyes, float(np.clip(e.mouth, 0, 1)), gaze_x, gaze_y, turn, nod, tilt)


def _bearable(wanted: Expression) -> Expression:
    """The same expression, weaker where it asks for everything at once; closed eyes stay closed."""
    parts = (
        wanted.smile,
        wanted.brows,
        wanted.eyes,
        wanted.mouth,
        wanted.turn / MOST["turn"],
        wanted.nod / MOST["nod"],
    )
    share = EFFORT / max(float(np.hypot.reduce(parts)), EFFORT)
    weaker = Expression(*(value * share for value in astuple(wanted)))
    return replace(weaker, eyes=wanted.eyes if wanted.eyes < 0 else weaker.eyes)


def _moved(face: FacePoints, move: Move) -> FacePoints:
    """The box keeps its size and goes where its middle goes."""
    x0, y0, x1, y1 = face.box
    dx, dy = move(np.array([(x0 + x1) / 2, (y0 + y1) / 2]))
    points = face.points + move(face.points.astype(np.float64))
    return FacePoints((float(x0 + dx), float(y0 + dy), float(x1 + dx), float(y1 + dy)), points.astype(np.float32))
