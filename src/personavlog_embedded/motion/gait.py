"""Walking and running: feet that stand while the body passes over them, seen from the side or from the front."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.motion.body_cue import Angles, BodyCue
from personavlog_embedded.motion.bones import SIDES, Side
from personavlog_embedded.motion.planted_legs import Footstep, planted
from personavlog_embedded.motion.rhythm import Floats, smoothstep
from personavlog_embedded.scene.stage import Bone

STRIDE = 0.2
"""Of the leg's length that the feet are apart at least in a stride seen from the side."""
CADENCE = {"walk": 1.45, "run": 2.3}
"""Steps per second; a stroll, so that a clip's few seconds do not lead out of the picture."""
SHORTEST = 0.3
"""Of the drawn stride that a step is at least; who has no room left stops."""


@dataclass(frozen=True)
class Gait:
    """``root`` (frames, 2) px of the hips, ``steps`` of both legs, ``phase`` (frames,) in steps, ``size`` (frames,) how
    much nearer the figure has come."""

    root: Floats
    steps: dict[Side, Footstep]
    phase: Floats
    size: Floats


def gait(cue: BodyCue, share: float = 1.0) -> Gait | None:
    """The walk of a cue, None where no two legs are drawn; ``share`` shortens its steps."""
    feet = {side: leg for side in SIDES if (leg := cue.skeleton.leg(side))}
    if len(feet) < 2:
        return None
    left, right = (cue.skeleton.joints[feet[side][2]] for side in SIDES)
    apart = abs(left[0] - right[0])
    facing = cue.facing or 0.0
    return _aside(cue, facing, apart, share) if facing and apart > STRIDE * leg_length(cue) else _towards(cue)


def leg_length(cue: BodyCue) -> float:
    """Px from hip to ankle, the longer leg's."""
    lengths = [
        np.hypot(*(cue.skeleton.joints[leg[2]] - cue.skeleton.joints[leg[0]]))
        for side in SIDES
        if (leg := cue.skeleton.leg(side))
    ]
    return float(max(lengths, default=0.5 * cue.skeleton.height))


def stroll(cue: BodyCue) -> Floats:
    """(frames,) steps made: the first one begins gently."""
    rate = CADENCE["run" if "run" in cue.acts else "walk"] * float(np.clip(cue.pace, 0.75, 1.3))
    ramp = 0.7
    early = np.minimum(cue.t, ramp)
    return np.asarray(rate * (early**2 / (2 * ramp) + np.maximum(cue.t - ramp, 0)))


def _aside(cue: BodyCue, facing: float, apart: float, share: float) -> Gait:
    room = cue.room[1] if facing > 0 else cue.room[0]
    phase = stroll(cue)
    long = float(np.clip(room / max(phase[-1], 1e-6), SHORTEST * apart, apart)) * share
    phase = _halted(phase, max(np.floor(room / long), 1.0))
    front, back = sorted(SIDES, key=lambda side: -facing * cue.skeleton.joints[_foot(cue, side)][0])
    lift = (0.14 if "run" in cue.acts else 0.085) * leg_length(cue) * share
    # The first step brings the hips over feet that are from then on a step apart.
    forward = facing * (long * _even(phase) + 0.5 * (apart - long) * smoothstep(np.minimum(phase, 1.0)))
    high = _risen(cue, front, apart + (long - apart) * smoothstep(phase), phase) * smoothstep(phase / 0.6)
    steps = {
        back: _step(cue, back, front, phase, long, lift, facing, 0),
        front: _step(cue, front, back, phase, long, lift, facing, 1),
    }
    return Gait(np.stack([forward, -high], axis=1), steps, phase, np.zeros(len(phase)))


def _risen(cue: BodyCue, side: Side, long: Floats, phase: Floats) -> Floats:
    """(frames,) px by which hips that pass over a nearly straight leg, in steps of ``long`` px, are higher than
    drawn."""
    leg = cue.skeleton.leg(side)
    assert leg is not None
    hip, knee, ankle = (cue.skeleton.joints[bone] for bone in leg)
    whole = 0.994 * (np.hypot(*(knee - hip)) + np.hypot(*(ankle - knee)))
    behind = 0.5 * long * np.cos(np.pi * phase)
    return np.asarray(np.sqrt(np.maximum(whole**2 - behind**2, 0.25 * whole**2)) - (ankle - hip)[1])


def _halted(phase: Floats, most: float) -> Floats:
    """The steps, easing out into the last whole one that there is room for."""
    soft = 0.95
    over = np.clip(phase - (most - soft), 0, 2 * soft)
    return np.asarray(np.minimum(phase, most - soft) + over - over**2 / (4 * soft))


def _even(phase: Floats) -> Floats:
    """The hips' way in steps: a little slower while both feet are down."""
    return np.asarray(phase - 0.035 * np.sin(2 * np.pi * phase))


def _step(
    cue: BodyCue, side: Side, other: Side, phase: Floats, long: float, lift: float, facing: float, first: int
) -> Footstep:
    """The ankle of a leg that swings in every second step, the ``first`` (0 or 1) of them included."""
    own, there = cue.skeleton.joints[_foot(cue, side)], cue.skeleton.joints[_foot(cue, other)]
    number = np.floor(phase)
    swings = number % 2 == first
    share = np.where(swings, phase - number, 0.0)
    made = np.floor((number + 1 - first) / 2)  # Swings of this leg that are over.
    reach = 2 * long
    lead = facing * (there[0] - own[0])  # How far the other foot is ahead as drawn.
    first_reach = lead + long if first == 0 else reach
    landed = np.where(made > 0, first_reach + (made - 1) * reach, 0.0)
    going = np.where(made > 0, reach, first_reach) * smoothstep(share)
    level = abs(there[1] - own[1]) < 0.06 * leg_length(cue)
    drop = np.where((made > 0) | level, 1.0, smoothstep(share)) * (
        0.0 if level else float(there[1] - own[1]) * (first == 0)
    )
    raised = lift * np.sin(np.pi * share) ** 2
    ankle = np.stack([own[0] + facing * (landed + going), own[1] + drop - raised], axis=1)
    toes = facing * (20 * np.sin(np.pi * share) * (1 - share) - 9 * np.sin(np.pi * share) * share)
    return Footstep(ankle, toes, bends=facing)


def _foot(cue: BodyCue, side: Side) -> Bone:
    leg = cue.skeleton.leg(side)
    assert leg is not None
    return leg[2]


def _towards(cue: BodyCue) -> Gait:
    """Seen from the front a step is a leg that shortens while the weight is on the other, and a figure that comes
    nearer."""
    phase, long = stroll(cue), leg_length(cue)
    steps = {side: _lifted(cue, side, phase, first, long) for first, side in enumerate(SIDES)}
    weight = np.sin(np.pi * phase) * smoothstep(phase)
    bob = (0.03 if "run" in cue.acts else 0.014) * long * np.sin(np.pi * phase) ** 2
    return Gait(np.stack([0.02 * long * weight, -bob], axis=1), steps, phase, 0.02 * phase)


def _lifted(cue: BodyCue, side: Side, phase: Floats, first: int, long: float) -> Footstep:
    number = np.floor(phase)
    share = np.where(number % 2 == first, phase - number, 0.0)
    leg = cue.skeleton.leg(side)
    assert leg is not None
    up = (0.14 if "run" in cue.acts else 0.085) * long * np.sin(np.pi * share) ** 2
    still = planted(cue.skeleton, leg, len(phase))
    return Footstep(still.ankle - np.stack([np.zeros(len(up)), up], axis=1), still.turn)


def arms(cue: BodyCue, walk: Gait, angles: Angles) -> None:
    """Arms swing against the legs, from where they are drawn to their mirror image; a hand that holds something hardly
    does."""
    swing = 0.5 * (1 - np.cos(np.pi * walk.phase))
    drawn = {side: _hang(cue, side) for side in SIDES}
    middle = sum(drawn.values()) / 2
    for side, way in zip(SIDES, (1.0, -1.0), strict=True):
        arm = cue.skeleton.arm(side)
        if arm is None:
            continue
        hold = 0.25 if side in cue.skeleton.holding else 1.0
        wide = _room(cue, side, drawn[side], float(np.clip(2 * (drawn[side] - middle), -34, 34)))
        sine = np.sin(np.pi * walk.phase) * smoothstep(walk.phase)
        free = wide * swing if cue.facing and abs(wide) > 8 else _room(cue, side, drawn[side], 7.0 * way) * sine
        angles[arm[0]] += hold * free
        angles[arm[1]] += hold * 0.35 * np.interp(cue.t - 0.1, cue.t, free, left=0.0)
    angles["torso"] += 1.3 * np.sin(np.pi * walk.phase) * smoothstep(walk.phase) + 2.5 * cue.facing * smoothstep(
        cue.t / 1.2
    ) * ("run" in cue.acts)
    angles["head"] += -0.9 * np.sin(np.pi * walk.phase) * smoothstep(walk.phase)


def _room(cue: BodyCue, side: Side, drawn: float, turn: float) -> float:
    """``turn`` as far as it does not hide the hand behind a body whose shoulders are apart."""
    arms = [arm for each in SIDES if (arm := cue.skeleton.arm(each))]
    if (
        len(arms) < 2
        or abs(cue.skeleton.joints[arms[0][0]][0] - cue.skeleton.joints[arms[1][0]][0]) < 0.1 * cue.skeleton.height
    ):
        return turn
    hidden = 5.0
    return max(turn, min(drawn - hidden, 0.0)) if side == "left" else min(turn, max(drawn + hidden, 0.0))


def _hang(cue: BodyCue, side: Side) -> float:
    """Degrees that an arm hangs away from straight down, to the picture's right; turning it clockwise makes this
    less."""
    arm = cue.skeleton.arm(side)
    if arm is None:
        return 0.0
    across, down = cue.skeleton.joints[arm[2]] - cue.skeleton.joints[arm[0]]
    return float(np.rad2deg(np.arctan2(across, max(down, 1e-6))))
