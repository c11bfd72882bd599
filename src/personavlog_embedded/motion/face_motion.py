"""A face over time: it blinks, glances, turns as a solid head, and its lips follow the voice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.face import gaze, head_turn, lid, mouth, trusted_mesh
from personavlog_embedded.face.anatomy import Anatomy
from personavlog_embedded.face.glasses import worn
from personavlog_embedded.face.mouth import RESTING, Mouth
from personavlog_embedded.motion import blink
from personavlog_embedded.motion.glance import Glances
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.mesh import Field, Retouch
from personavlog_embedded.motion.rhythm import Floats, Noise, onset
from personavlog_embedded.scene.stage import FacePoints

MIN_FACE = 44
"""Px of face height under which nobody sees what a face does."""
TURN, NOD, TILT = 4.5, 3.0, 2.4
"""Degrees that a head moves about its pose while somebody just stands there."""
FOLLOW = 5.0
"""Degrees that the head turns after a full glance."""


@dataclass(frozen=True, eq=False)
class Countenance:
    """``retouch`` draws eyes and mouth in place, ``turning`` moves the head."""

    retouch: Retouch
    turning: Field


def moving_face(
    pixels: Pixels, corner: tuple[int, int], face: FacePoints, instructions: Instructions
) -> Countenance | None:
    """How the face of a cut-out (h, w, 4) with its top-left at ``corner`` lives; None where it is too small, or no mesh
    fits it."""
    mesh = _mesh(pixels, corner, face)
    if mesh is None:
        return None
    rng = np.random.default_rng([instructions.seed, 2])
    lids = blink.schedule(instructions.frames, instructions.fps, rng)
    glances = Glances.draw(instructions.frames, instructions.fps, rng, calm=instructions.lips is not None)
    return Countenance(
        _retouch(pixels, mesh, instructions, glances, lids),
        _turning(pixels, corner, mesh, instructions, glances),
    )


def _mesh(pixels: Pixels, corner: tuple[int, int], face: FacePoints) -> NDArray[np.float32] | None:
    """(478, 3) px of the cut-out; None if the face is small or the mesh does not fit it."""
    (left, top), (x0, y0, x1, y1) = corner, face.box
    if y1 - y0 < MIN_FACE:
        return None
    return trusted_mesh.find_mesh(
        pixels,
        FacePoints((x0 - left, y0 - top, x1 - left, y1 - top), (face.points - np.array(corner)).astype(np.float32)),
    )


def _retouch(
    pixels: Pixels, mesh: NDArray[np.float32], instructions: Instructions, glances: Glances, lids: Floats
) -> Retouch:
    flat, anatomy = mesh[:, :2].astype(np.float64), Anatomy(mesh)
    axes, glasses = anatomy.axes, worn(pixels, anatomy)
    eyes = [
        eye
        for side in (0, 1)
        if (eye := lid.find_eye(pixels, flat, side, mesh[468 + 5 * side, :2], glasses=glasses)) is not None
    ]
    irises = [iris for side in (0, 1) if (iris := gaze.find_iris(pixels, mesh, side, axes)) is not None]
    lips: Mouth | None = None if instructions.lips is None else mouth.find_mouth(pixels, mesh)

    def draw(original: Pixels, number: int) -> Pixels:
        closed, (right, down) = float(lids[number]), glances.at(number)
        shape = RESTING if instructions.lips is None or lips is None else instructions.lips.at(number)
        if not (closed or right or down) and shape == RESTING:
            return original
        drawn = original.copy()
        for iris in irises if (right or down) and closed < 0.95 else ():
            gaze.move_iris(drawn, iris, right, down)
        for eye in eyes if closed else ():
            lid.close(drawn, eye, closed)
        if lips is not None:
            mouth.reshape_mouth(drawn, lips, shape)
        return drawn

    return draw


def _turning(
    pixels: Pixels,
    corner: tuple[int, int],
    mesh: NDArray[np.float32],
    instructions: Instructions,
    glances: Glances,
) -> Field:
    anatomy = Anatomy(mesh)
    solid = head_turn.measured(pixels[..., 3], anatomy)
    rng = np.random.default_rng([instructions.seed, 6])
    turn, nod, tilt = (Noise.draw(rng, 0.08, high) for high in (0.32, 0.4, 0.3))
    strength = min(instructions.temper.person, 1.5)

    def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
        grow = float(onset(t, 1.2)) * strength
        angles = (
            TURN * float(turn(t)) * grow + FOLLOW * glances.head(t),
            NOD * float(nod(t)) * grow,
            TILT * float(tilt(t)) * grow,
        )
        own = anatomy.inward(np.stack([x - corner[0], y - corner[1]], axis=-1))
        shift = solid.moved(own, *angles)
        shift = solid.moved(own - shift, *angles) @ anatomy.axes * anatomy.size
        return shift[..., 0], shift[..., 1]

    return move
