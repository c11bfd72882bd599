"""Legs between moving hips and feet that stand where they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.motion.bones import Bones, Matrices, at, laid, turned
from personavlog_embedded.motion.rhythm import Floats, onset
from personavlog_embedded.scene.stage import Bone

FULL = 0.997
"""Of its length that a leg may straighten to; the rest of the way it is stretched, because a knee that snaps straight
is seen at once."""


@dataclass(frozen=True)
class Footstep:
    """Where an ankle goes, (frames, 2) canvas px, and how its foot turns, (frames,) degrees clockwise; ``bends``: the
    knee follows the distance,
    -1 or 1 being the side of a knee that is drawn straight, 0 for a leg that only leans and shortens, as legs seen from
    the front do."""

    ankle: Floats
    turn: Floats
    bends: float = 0.0


def planted(skeleton: Bones, leg: tuple[Bone, Bone, Bone], frames: int) -> Footstep:
    """A foot that stays."""
    return Footstep(np.tile(skeleton.joints[leg[2]], (frames, 1)), np.zeros(frames))


def plant_leg(skeleton: Bones, moved: Matrices, leg: tuple[Bone, Bone, Bone], step: Footstep, t: Floats) -> None:
    """Lay thigh, shin and foot between where the hips have ``moved`` to and where the ankle is; in place."""
    thigh, shin, foot = leg
    hip, knee, ankle = (skeleton.joints[bone] for bone in leg)
    carrier = skeleton.parents[thigh]
    new_hip = at(moved[carrier], hip) if carrier is not None else at(moved[thigh], hip)
    new_knee = _knee(hip, knee, ankle, new_hip, step, t)
    moved[thigh] = laid(hip, knee, new_hip, new_knee)
    moved[shin] = laid(knee, ankle, new_knee, step.ankle)
    shift = step.ankle - ankle
    moved[foot] = turned(ankle, step.turn)
    moved[foot][:, :2, 2] += shift


def _knee(hip: Floats, knee: Floats, ankle: Floats, new_hip: Floats, step: Footstep, t: Floats) -> Floats:
    """(frames, 2): the triangle of hip, knee and ankle with the knee's angle of the day, scaled to end at the ankle."""
    upper, lower = complex(*(knee - hip)), complex(*(ankle - knee))
    bend = np.full(len(t), np.angle(lower / upper))
    if step.bends:
        bend = _bend(abs(upper), abs(lower), float(bend[0]), np.hypot(*(step.ankle - new_hip).T), step.bends, t)
    line = abs(upper) + abs(lower) * np.exp(1j * bend)
    to = (step.ankle - new_hip) @ np.array([1, 1j])
    place = abs(upper) * to / line
    return np.asarray(new_hip + np.stack([place.real, place.imag], axis=1))


def _bend(upper: float, lower: float, drawn: float, reach: Floats, side: float, t: Floats) -> Floats:
    """The knee's angle that spans ``reach``, radians; what the drawn knee differs from it fades during the first
    step."""
    span = np.clip(reach, abs(upper - lower) * 1.05 + 1e-6, FULL * (upper + lower))
    wanted = np.arccos(np.clip((span**2 - upper**2 - lower**2) / (2 * upper * lower), -1, 1))
    wanted *= np.sign(drawn) if abs(drawn) > np.deg2rad(6) else side
    return np.asarray(wanted + (drawn - wanted[0]) * (1 - onset(t, 0.6)))
