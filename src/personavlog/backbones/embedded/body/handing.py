"""Hands for what a board names: whoever has a free arm takes a thing that can be held, so that nothing small stands about where no table is."""

from __future__ import annotations

from dataclasses import replace

from personavlog.backbones.embedded.body.pose import Arm, Pose
from personavlog.backbones.embedded.things.thing import Thing, find
from personavlog.backbones.embedded.wish import Wish
from personavlog.script import Framing

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
STAFF = Arm(34, 30, "fist", True, fore_seen=0.9)
EMBRACED = Arm(16, -96, "grip", True, fore_seen=0.7)


def handed(pose: Pose, wish: Wish) -> Pose:
    """The pose with the first thing that the board names and a hand can hold; unchanged where a hand holds already, or none is free."""
    if pose.name == "carry" and wish.board.framing is not Framing.WIDE:
        pose = replace(pose, right=replace(pose.right, holds=False, hand="relaxed"), left=replace(pose.left, holds=False, hand="relaxed"))
    if pose.left.holds or pose.right.holds or pose.seat == "ground":
        return pose
    thing = carried(wish)
    if thing is None:
        return pose
    if thing.model and thing.model.hold == "both" and thing.size[0] > 0.3:
        return replace(pose, left=EMBRACED, right=EMBRACED) if _free(pose.left) and _free(pose.right) and wish.board.framing is not Framing.CLOSE_UP else pose
    arm = _arm(thing, wish)
    left, right = _free(pose.left), _free(pose.right)
    # The hand on the side where the frame has more room.
    if left and (wish.side > 0 or not right):
        return replace(pose, left=arm)
    return replace(pose, right=arm) if right else pose


def carried(wish: Wish) -> Thing | None:
    """The first thing that the board names and a hand can hold; one that a correction removed leaves the arm as it was."""
    found = [hit[0] for asked in wish.props if (hit := find(asked)) is not None]
    return next((thing for thing in found if thing.model and thing.model.hold and thing.phrase.count == 1 and thing.where != "air"), None)


def _arm(thing: Thing, wish: Wish) -> Arm:
    if wish.board.framing in (Framing.CLOSE_UP, Framing.SELFIE):
        return HUNG if thing.model and thing.model.hold == "string" else NEAR
    if thing.model and thing.model.hold == "rod" and thing.size[1] > LONG:
        return STAFF
    slung = thing.model is not None and thing.model.hold == "string" and thing.size[1] > SLUNG
    low = CARRIED if wish.board.framing is Framing.WIDE else ON_THE_ARM
    return low if slung or (thing.model and thing.model.hold == "both") else RAISED


def _free(arm: Arm) -> bool:
    """Whether an arm hangs and does nothing, or only rests its hand on a thigh or a bench."""
    return arm.to is None and arm.hand in ("relaxed", "flat") and abs(arm.upper) <= 30 and abs(arm.fore) <= 64 and not arm.behind
