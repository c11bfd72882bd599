"""All parts of a posed person in the order in which they are drawn, far to near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.body import arms_and_legs, torso
from personavlog_embedded.body.back_of_head import Back
from personavlog_embedded.body.hand import hand
from personavlog_embedded.body.head_and_neck import clothes, head
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import Sheet, soft
from personavlog_embedded.body.photo_head import PhotoHead
from personavlog_embedded.body.pose import Arm, Leg
from personavlog_embedded.body.skeleton import Limb, Skeleton
from personavlog_embedded.scene.stage import Bone, Joint

Points = NDArray[np.float64]
SIDES = {-1: "left", 1: "right"}


@dataclass(frozen=True, eq=False)
class BodyPart:
    """One bone's picture and where it turns."""

    joint: Joint
    sheet: Sheet


def body_parts(
    skeleton: Skeleton, outfit: Outfit, source: PhotoHead, back: Back, rgba: Pixels, raw: Pixels, seed: int
) -> list[BodyPart]:
    """``rgba`` is the cut-out in the style, for the head; ``raw`` the cut-out as it was, for clothes that the photo
    shows."""
    body = _torso(skeleton, outfit, source, raw, seed)
    seat = torso.hips(skeleton, outfit)
    poses = zip(skeleton.arms, (skeleton.pose.left, skeleton.pose.right), strict=True)
    arms = {
        limb.side: (arm.behind, _arm(skeleton, limb, arm, outfit, None if arm.behind else body)) for limb, arm in poses
    }
    legs = [
        (leg.before, _leg(skeleton, limb, outfit, None if leg.before else seat)) for limb, leg in _far_first(skeleton)
    ]
    out: list[BodyPart] = [part for behind, arm_parts in arms.values() if behind for part in arm_parts]
    out.append(BodyPart(_joint("hips", skeleton.hips, None), seat))
    out += [part for before, leg_parts in legs if not before for part in leg_parts]
    out.append(BodyPart(_joint("torso", skeleton.hips, "hips"), body))
    out += [part for before, leg_parts in legs if before for part in leg_parts]
    out += [arm_parts[0] for behind, arm_parts in arms.values() if not behind]
    out.append(BodyPart(_joint("head", skeleton.neck, "torso"), head(skeleton, source, back, rgba, outfit)))
    out += [part for behind, arm_parts in arms.values() if not behind for part in arm_parts[1:]]
    return _occluded(out, skeleton)


def _torso(skeleton: Skeleton, outfit: Outfit, source: PhotoHead, raw: Pixels, seed: int) -> Sheet:
    cloth = (
        clothes(skeleton, source, raw, torso.sheet_for(skeleton))
        if outfit.top == "photo" and not skeleton.pose.back
        else None
    )
    return torso.torso(skeleton, outfit, cloth, seed)


def _far_first(skeleton: Skeleton) -> list[tuple[Limb, Leg]]:
    """The leg whose foot is higher in the picture is further away."""
    both = zip(skeleton.legs, (skeleton.pose.left_leg, skeleton.pose.right_leg), strict=True)
    return sorted(both, key=lambda leg: float(leg[0].end[1]))


def _joint(bone: Bone, at: Points, parent: Bone | None) -> Joint:
    return Joint(bone, float(at[0]), float(at[1]), parent)


def _arm(skeleton: Skeleton, limb: Limb, arm: Arm, outfit: Outfit, body: Sheet | None) -> list[BodyPart]:
    """Upper arm, hand, forearm: a cuff lies over the hand, a bare wrist goes over into it."""
    side = SIDES[limb.side]
    upper: Bone = "upper arm left" if side == "left" else "upper arm right"
    fore: Bone = "forearm left" if side == "left" else "forearm right"
    palm: Bone = "hand left" if side == "left" else "hand right"
    skin = outfit.skin if outfit.gloves is None else outfit.gloves
    fingers = hand(arm.hand, limb.end, limb.onward, skeleton.build.hand * skeleton.head_px, _thumb(limb, arm), skin)
    lower = arms_and_legs.forearm(skeleton, limb, outfit)
    if not outfit.long:
        fingers = arms_and_legs.faded(fingers, _wrist(skeleton, limb), lower)
    ends = [BodyPart(_joint(palm, limb.end, fore), fingers), BodyPart(_joint(fore, limb.middle, upper), lower)]
    shoulder = BodyPart(_joint(upper, limb.root, "torso"), arms_and_legs.upper_arm(skeleton, limb, outfit, body))
    return [shoulder, *(ends if outfit.long else reversed(ends))]


def _wrist(skeleton: Skeleton, limb: Limb) -> Points:
    """The beginning of the hand as a stroke: x, y, half width in px."""
    way, reach = np.radians(limb.onward), 0.09 * skeleton.head_px
    steps = np.linspace(0, reach, 5)
    return np.stack([limb.end[0] + steps * np.cos(way), limb.end[1] + steps * np.sin(way), np.full(5, reach)], axis=1)


def _thumb(limb: Limb, arm: Arm) -> int:
    """Thumbs point to the body's middle where arms hang or reach across, and up where they reach out."""
    return -limb.side if 40 < arm.fore % 360 < 200 else limb.side


def _leg(skeleton: Skeleton, limb: Limb, outfit: Outfit, seat: Sheet | None) -> list[BodyPart]:
    side = SIDES[limb.side]
    upper: Bone = "thigh left" if side == "left" else "thigh right"
    lower: Bone = "shin left" if side == "left" else "shin right"
    shoe: Bone = "foot left" if side == "left" else "foot right"
    return [
        BodyPart(_joint(shoe, limb.end, lower), arms_and_legs.foot(skeleton, limb, outfit)),
        BodyPart(_joint(upper, limb.root, "hips"), arms_and_legs.thigh(skeleton, limb, outfit, seat)),
        BodyPart(_joint(lower, limb.middle, upper), arms_and_legs.shin(skeleton, limb, outfit)),
    ]


def _occluded(found: list[BodyPart], skeleton: Skeleton) -> list[BodyPart]:
    """Every part a little darker where a nearer one that does not hang on it lies close over it."""
    reach = 0.045 * skeleton.head_px
    for number, below in enumerate(found):
        for above in found[number + 1 :]:
            if (
                below.joint.parent != above.joint.bone and above.joint.parent != below.joint.bone
            ) or above.joint.bone == "head":
                _shadow(below.sheet, above.sheet, reach * (2.0 if above.joint.bone == "head" else 1.0), 0.32)
    return found


def _shadow(below: Sheet, above: Sheet, reach: float, strength: float) -> None:
    """``below`` darkened around ``above``, a little lower than that."""
    lowered = Sheet(above.left, above.top + round(0.6 * reach), 1, 1)
    lowered.rgb, lowered.alpha = above.rgb, above.alpha
    cover = lowered.cover_on(below)
    if cover.any():
        below.tint(np.asarray(1 - strength * soft(cover, reach), np.float32))
