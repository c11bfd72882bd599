"""Hands for what a board names: whoever has a free arm takes a thing that can be held, so that nothing small stands
about where no table is."""

from __future__ import annotations

from dataclasses import replace

from personavlog.script import Framing
from personavlog_embedded.body.pose import Arm, Pose
from personavlog_embedded.body.poses import ON_HIP, POSES
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.things.thing import Thing, find

SLUNG = 0.22
"""Metres; what hangs from a handle and is taller is carried at the side, what is lower is held up."""
LONG = 0.7
"""Metres; a tool of this length stands on the ground beside the hand."""
CARRIED = Arm(13, 8, "fist", True)
RAISED = Arm(20, hand="grip", holds=True, to=(1.05, 1.15), fore_seen=0.9)
NEAR = Arm(24, hand="grip", holds=True, to=(0.98, 0.72), fore_seen=0.95)
HUNG = Arm(40, hand="fist", holds=True, to=(1.3, -0.1), fore_seen=0.95)
ON_THE_ARM = Arm(16, hand="fist", holds=True, to=(1.12, 1.6), fore_seen=0.9)
"""The same where the frame ends at the hips."""
SHELTERING = POSES["umbrella"].right
STAFF = Arm(34, 30, "fist", True, fore_seen=0.9)
EMBRACED = Arm(16, -96, "grip", True, fore_seen=0.7)


def with_prop(pose: Pose, spec: KeyframeSpec) -> Pose:
    """The pose with the first thing that the board names and a hand can hold; unchanged where a hand holds already, or
    none is free."""
    if pose.name == "carry" and spec.board.framing is not Framing.WIDE:
        pose = replace(
            pose,
            right=replace(pose.right, holds=False, hand="relaxed"),
            left=replace(pose.left, holds=False, hand="relaxed"),
        )
    if pose.seat == "ground":
        return pose
    if pose.left.holds or pose.right.holds:
        return _other_hand(pose, spec)
    thing = first_prop(spec)
    if thing is None:
        return pose
    if thing.model and thing.model.hold == "both" and thing.size[0] > 0.3:
        return (
            replace(pose, left=EMBRACED, right=EMBRACED)
            if _free(pose.left) and _free(pose.right) and spec.board.framing is not Framing.CLOSE_UP
            else pose
        )
    arm = _arm(thing, spec)
    left, right = _spare(pose.left, pose), _spare(pose.right, pose)
    # The hand on the side where the frame has more room.
    if left and (spec.side > 0 or not right):
        return replace(pose, left=arm)
    return replace(pose, right=arm) if right else pose


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
    if pose.right.holds and _free(pose.left):
        return replace(pose, left=_arm(bag, spec))
    return replace(pose, right=_arm(bag, spec)) if pose.left.holds and _free(pose.right) else pose


def _arm(thing: Thing, spec: KeyframeSpec) -> Arm:
    if thing.where == "overhead":
        return SHELTERING
    if spec.board.framing in (Framing.CLOSE_UP, Framing.SELFIE):
        return HUNG if thing.model and thing.model.hold == "string" else NEAR
    if thing.model and thing.model.hold == "rod" and thing.size[1] > LONG:
        return STAFF
    slung = thing.model is not None and thing.model.hold == "string" and thing.size[1] > SLUNG
    low = CARRIED if spec.board.framing is Framing.WIDE else ON_THE_ARM
    return low if slung or (thing.model and thing.model.hold == "both") else RAISED


def _spare(arm: Arm, pose: Pose) -> bool:
    """Whether an arm that does nothing but rest, on a hip or a thigh, may hold a thing as well."""
    resting = arm.to is None and arm.hand == "flat" and abs(arm.upper) <= 32 and abs(arm.fore) <= 40 and not arm.behind
    return _free(arm) or arm == ON_HIP or (resting and pose.half and not pose.table and not pose.seat)


def _free(arm: Arm) -> bool:
    """Whether an arm hangs and does nothing, or only rests its hand on a thigh or a bench."""
    return (
        arm.to is None
        and arm.hand in ("relaxed", "flat")
        and abs(arm.upper) <= 30
        and abs(arm.fore) <= 64
        and not arm.behind
    )
