"""Hands for what a board names: whoever has a free arm takes a thing that can be held, so that nothing small stands
about where no table is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from personavlog.script import Framing
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.figure.geometry import unit
from personavlog_embedded.figure.grasp import closed
from personavlog_embedded.figure.pose import OTHER, Arm, Pose, arms, with_arm
from personavlog_embedded.figure.shape import Shape, bare
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.things.thing import Thing, find

SLUNG = 0.22
"""Metres; what hangs from a handle and is taller is carried at the side, what is lower is held up."""
LONG = 0.7
"""Metres; a tool of this length stands on the ground beside the hand."""
RESTING = ("thigh", "knee")
"""Points of the own body on which a hand does nothing."""
RADII = {"rod": (0.01, 0.016), "string": (0.01, 0.012), "level": (0.022, 0.042)}
"""Least and most metres that a hand closes around, by how things are held."""
HANGS = (-0.8, -0.35)
"""How far down, at least, the two halves of an arm point that only hangs."""


def with_prop(pose: Pose, spec: KeyframeSpec) -> Pose:
    """The pose with the first thing that the board names and a hand can hold; unchanged where a hand holds already, or
    none is free."""
    if pose.name == "carry" and spec.board.framing is not Framing.WIDE:
        pose = replace(pose, left=_emptied(pose.left), right=_emptied(pose.right))
    if pose.seat == "ground":
        return pose
    if pose.left.holds or pose.right.holds:
        return _other_hand(pose, spec)
    thing = first_prop(spec)
    if thing is None or (_near(spec) and _slung(thing)):
        return pose
    if thing.model and thing.model.hold == "both" and thing.size[0] > 0.3:
        free = _free(pose.left) and _free(pose.right) and spec.board.framing is not Framing.CLOSE_UP
        return replace(pose, left=POSES["hold"].left, right=POSES["hold"].right) if free else pose
    arm = _arm(thing, spec)
    # The hand on the side where the frame has more room; a figure that faces the lens has its left on our right.
    both = sorted(arms(pose), reverse=spec.side > 0)
    side = next((side for side in both if _spare(arms(pose)[side], pose)), None)
    return pose if side is None else with_arm(pose, side, arm)


def closing(pose: Pose, spec: KeyframeSpec, shape: Shape) -> Pose:
    """The pose with its holding hands closed around what they hold, as far as that is round."""
    held = first_prop(spec)
    radius = None if held is None or held.model is None else RADII.get(held.model.hold)
    if held is None or radius is None:
        return pose
    near, far = radius
    around = float(np.clip(held.size[0] / 2, near, far))
    for side, arm in arms(pose).items():
        if arm.holds:
            pose = with_arm(pose, side, replace(arm, grip=closed(bare(shape), side, around)))
    return pose


def first_prop(spec: KeyframeSpec) -> Thing | None:
    """The first thing that the board names and a hand can hold; one that a correction removed leaves the arm as it
    was."""
    return next(iter(_holdable(spec)), None)


def _holdable(spec: KeyframeSpec) -> list[Thing]:
    found = [hit[0] for asked in spec.in_hand if (hit := find(asked)) is not None]
    return [
        thing
        for thing in found
        if thing.model and thing.model.hold and thing.phrase.count == 1 and thing.where != "air"
    ]


def _other_hand(pose: Pose, spec: KeyframeSpec) -> Pose:
    """Whoever holds a thing in one hand carries a basket or a bag in the other, which hangs."""
    things = _holdable(spec)
    bag = next(
        (thing for thing in things if thing.model and thing.model.hold == "string" and thing.where != "overhead"), None
    )
    if len(things) < 2 or bag is None:
        return pose
    for side, arm in arms(pose).items():
        if arms(pose)[OTHER[side]].holds and _free(arm):
            return with_arm(pose, side, _arm(bag, spec))
    return pose


def _arm(thing: Thing, spec: KeyframeSpec) -> Arm:
    """How the thing is held, as the pose that is named for it has it."""
    hold = thing.model.hold if thing.model else ""
    if thing.where == "overhead":
        name = "umbrella"
    elif _near(spec):
        name = "hold high" if hold == "string" else "drink"
    elif hold == "rod" and thing.size[1] > LONG:
        name = "dig"
    else:
        name = "carry" if hold == "both" or _slung(thing) else "hold one"
    return _holding(POSES[name])


def _near(spec: KeyframeSpec) -> bool:
    return spec.board.framing in (Framing.CLOSE_UP, Framing.SELFIE)


def _slung(thing: Thing) -> bool:
    """Whether it hangs at the side, where a close shot does not show it."""
    return thing.model is not None and thing.model.hold == "string" and thing.size[1] > SLUNG


def _holding(pose: Pose) -> Arm:
    return pose.left if pose.left.holds else pose.right


def _emptied(arm: Arm) -> Arm:
    return replace(arm, holds=False, grip="relaxed")


def _spare(arm: Arm, pose: Pose) -> bool:
    """Whether an arm that does nothing but rest, on a hip or a thigh, may hold a thing as well."""
    on_hip = arm in (POSES["hands on hips"].left, POSES["hands on hips"].right)
    return _free(arm) or (on_hip and pose.half and not pose.table and not pose.seat)


def _free(arm: Arm) -> bool:
    """Whether an arm hangs and does nothing, or only rests on a leg."""
    if arm.to:
        return arm.to in RESTING
    upper, fore = (unit(np.array(way)) for way in (arm.upper, arm.fore))
    return bool(arm.grip in ("relaxed", "flat") and upper[1] < HANGS[0] and fore[1] < HANGS[1])
