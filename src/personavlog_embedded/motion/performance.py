"""A jointed person's whole performance: gestures, walk, planted feet, and the way of every part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.motion import gait, gestures, planted_legs
from personavlog_embedded.motion.acts import rooted
from personavlog_embedded.motion.body_cue import Angles, BodyCue
from personavlog_embedded.motion.bones import BONES, SIDES, Bones, Matrices, angle, bone_matrices
from personavlog_embedded.motion.rhythm import Floats, bounded, settled, smoothstep
from personavlog_embedded.scene.stage import Bone

MOST = 40.0
"""Degrees that a bone turns against its carrier at most, away from the drawn pose."""
STRIDING = {"walk": 46.0, "run": 98.0}
"""Degrees for the legs of a stride seen from the side: they change places with each other, and a runner's knee bends to
pass."""
_SPRING: dict[str, tuple[float, float]] = {
    "torso": (2.2, 0.75),
    "head": (2.0, 0.6),
    "upper": (2.6, 0.6),
    "forearm": (2.9, 0.5),
    "hand": (3.2, 0.45),
}
"""Hz and damping of what follows an angle: the further out, the looser."""


@dataclass(frozen=True)
class Performance:
    """``moved``: every bone's way in canvas px; ``ground`` (frames, 2): how far the figure has gone, for its shadow;
    ``walks``: direction, 0 for none."""

    skeleton: Bones
    moved: Matrices
    ground: Floats
    walks: float


def perform(cue: BodyCue, pose: str, vanishing: tuple[float, float]) -> Performance:
    """Play the cue. ``vanishing`` is the canvas point from which somebody who comes nearer grows."""
    angles = cue.none()
    gestures.balance(cue, angles)
    for act in cue.acts:
        if act in gestures.GESTURES:
            gestures.GESTURES[act](cue, angles)
    walk = _walk(cue)
    if walk is not None:
        gait.arms(cue, walk, angles)
    elif {"walk", "run"} & set(cue.acts):
        _march(cue, angles)
    root = walk.root if walk is not None else _root(cue, pose)
    moved = bone_matrices(cue.skeleton, _tamed(cue, angles), root, gestures.breath(cue))
    _stand(cue, moved, walk, pose)
    return _nearer(cue, moved, walk, vanishing)


def _walk(cue: BodyCue) -> gait.Gait | None:
    """The widest steps whose knees and hips stay within bounds."""
    if not {"walk", "run"} & set(cue.acts):
        return None
    for share in (1.0, 0.85, 0.7, 0.55, 0.4, 0.3, 0.2):
        walk = gait.gait(cue, share)
        if walk is None or _widest(cue, walk) <= STRIDING["run" if "run" in cue.acts else "walk"]:
            return walk
    return walk


def _widest(cue: BodyCue, walk: gait.Gait) -> float:
    moved = bone_matrices(cue.skeleton, {}, walk.root, np.zeros(len(cue.t)))
    for side, step in walk.steps.items():
        leg = cue.skeleton.leg(side)
        assert leg is not None
        planted_legs.plant_leg(cue.skeleton, moved, leg, step, cue.t)
    return max(float(np.abs(turn(cue, moved, bone)).max()) for bone in BONES if bone in moved)


def turn(cue: BodyCue, moved: Matrices, bone: Bone) -> Floats:
    """(frames,) degrees by which ``bone`` turns against its carrier."""
    carrier = cue.skeleton.parents[bone]
    own = angle(moved[bone]) - (angle(moved[carrier]) if carrier is not None else 0)
    return np.asarray((own + 180) % 360 - 180)


def _march(cue: BodyCue, angles: Angles) -> None:
    """Somebody who walks while their legs are out of the picture: arms and shoulders only; the camera bobs."""
    phase = gait.stroll(cue)
    still = gait.Gait(np.zeros((len(cue.t), 2)), {}, phase, np.zeros(len(cue.t)))
    gait.arms(cue, still, angles)


def _root(cue: BodyCue, pose: str) -> Floats:
    """(frames, 2) px of hips over planted feet; on a seat they stay."""
    still = np.zeros(len(cue.t))
    if rooted(pose):
        return np.stack([still, still], axis=1)
    size = cue.skeleton.height
    across = 0.006 * size * cue.strength * cue.noise(0.1, 0.3)
    down = still
    if "dance" in cue.acts:
        across = across + 0.028 * size * cue.beat(0.9)
        down = 0.012 * size * cue.beat(0.9) ** 2
    if "cheer" in cue.acts:
        down = down + 0.008 * size * cue.beat(0.75) ** 2
    if "crouch" in cue.acts:
        down = down + 0.07 * size * cue.rise(0.3, 1.6, 90, 91)
    return np.stack([across, down], axis=1)


def _tamed(cue: BodyCue, angles: Angles) -> dict[Bone, Floats]:
    """Angles that follow late, settle, and stay within bounds."""
    tame: dict[Bone, Floats] = {}
    for bone, series in angles.items():
        hertz, damping = _SPRING.get(bone.split()[0], (3.0, 0.7))
        tame[bone] = bounded(settled(series * smoothstep(cue.t / 0.25), cue.fps, hertz, damping), MOST)
    return tame


def _stand(cue: BodyCue, moved: Matrices, walk: gait.Gait | None, pose: str) -> None:
    for side in SIDES:
        leg = cue.skeleton.leg(side)
        if leg is None:
            continue
        step = walk.steps[side] if walk is not None else planted_legs.planted(cue.skeleton, leg, len(cue.t))
        if walk is None and rooted(pose) and side == "right" and "crouch" not in cue.acts:
            step = planted_legs.Footstep(
                step.ankle, (cue.facing or 0.0) * -6.0 * np.abs(cue.beat(0.8)) * smoothstep(cue.noise(0.15, 0.3) * 3)
            )
        planted_legs.plant_leg(cue.skeleton, moved, leg, step, cue.t)


def _nearer(cue: BodyCue, moved: Matrices, walk: gait.Gait | None, vanishing: tuple[float, float]) -> Performance:
    """Everything grown about the vanishing point by the walk's ``size``."""
    frames = len(cue.t)
    if walk is None:
        return Performance(cue.skeleton, moved, np.zeros((frames, 2)), 0.0)
    scale = 1 + walk.size
    grow = np.tile(np.eye(3), (frames, 1, 1))
    grow[:, 0, 0] = grow[:, 1, 1] = scale
    grow[:, :2, 2] = (1 - scale)[:, None] * np.array(vanishing)
    ground = np.stack([walk.root[:, 0], np.zeros(frames)], axis=1)
    feet = np.array([(cue.skeleton.box[0] + cue.skeleton.box[2]) / 2, cue.skeleton.box[3]])
    ground = ground + (scale - 1)[:, None] * (feet - np.array(vanishing))
    walks = 0.0 if walk.size.any() else float(np.sign(walk.root[-1, 0]))
    return Performance(cue.skeleton, {bone: grow @ matrix for bone, matrix in moved.items()}, ground, walks)
