"""All parts of a posed person in the order in which they are drawn, far to near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog.backbones.embedded.body import limbs, torso
from personavlog.backbones.embedded.body.back import Back
from personavlog.backbones.embedded.body.hand import hand
from personavlog.backbones.embedded.body.head import clothes, head
from personavlog.backbones.embedded.body.outfit import Outfit
from personavlog.backbones.embedded.body.pose import Arm
from personavlog.backbones.embedded.body.sheet import Pixels, Sheet, soft
from personavlog.backbones.embedded.body.skeleton import Limb, Skeleton
from personavlog.backbones.embedded.body.source import Head
from personavlog.backbones.embedded.stage import Bone, Joint

SIDES = {-1: "left", 1: "right"}


@dataclass(frozen=True, eq=False)
class Part:
    """One bone's picture and where it turns."""

    joint: Joint
    sheet: Sheet


def parts(skeleton: Skeleton, outfit: Outfit, source: Head, back: Back, rgba: Pixels, raw: Pixels, seed: int) -> list[Part]:
    """``rgba`` is the cut-out in the style, for the head; ``raw`` the cut-out as it was, for clothes that the photo shows."""
    body = _torso(skeleton, outfit, source, raw, seed)
    arms = {
        limb.side: _arm(skeleton, limb, arm, outfit, None if arm.behind else body)
        for limb, arm in zip(skeleton.arms, (skeleton.pose.left, skeleton.pose.right), strict=True)
    }
    legs = {limb.side: _leg(skeleton, limb, outfit) for limb in skeleton.legs}
    hidden = {-1: skeleton.pose.left.behind, 1: skeleton.pose.right.behind}
    ahead = {-1: skeleton.pose.left_leg.before, 1: skeleton.pose.right_leg.before}
    out: list[Part] = [part for side in (-1, 1) if hidden[side] for part in arms[side]]
    out += [part for side in _far_first(skeleton) if not ahead[side] for part in legs[side]]
    out.append(Part(_joint("hips", skeleton.hips, None), torso.hips(skeleton, outfit)))
    out.append(Part(_joint("torso", skeleton.hips, "hips"), body))
    out += [part for side in _far_first(skeleton) if ahead[side] for part in legs[side]]
    out += [arms[side][0] for side in (-1, 1) if not hidden[side]]
    out.append(Part(_joint("head", skeleton.neck, "torso"), head(skeleton, source, back, rgba, outfit)))
    out += [part for side in (-1, 1) if not hidden[side] for part in arms[side][1:]]
    return _occluded(out, skeleton)


def _torso(skeleton: Skeleton, outfit: Outfit, source: Head, raw: Pixels, seed: int) -> Sheet:
    cloth = clothes(skeleton, source, raw, torso.sheet_for(skeleton)) if outfit.top == "photo" else None
    return torso.torso(skeleton, outfit, cloth, seed)


def _far_first(skeleton: Skeleton) -> tuple[int, int]:
    """The leg whose foot is higher in the picture is further away."""
    left, right = (leg.end[1] for leg in skeleton.legs)
    return (-1, 1) if left <= right else (1, -1)


def _joint(bone: Bone, at: np.ndarray, parent: Bone | None) -> Joint:
    return Joint(bone, float(at[0]), float(at[1]), parent)


def _arm(skeleton: Skeleton, limb: Limb, arm: Arm, outfit: Outfit, body: Sheet | None) -> list[Part]:
    """Upper arm, hand, forearm: the cuff lies over the hand."""
    side = SIDES[limb.side]
    upper: Bone = "upper arm left" if side == "left" else "upper arm right"
    fore: Bone = "forearm left" if side == "left" else "forearm right"
    palm: Bone = "hand left" if side == "left" else "hand right"
    fingers = hand(arm.hand, limb.end, limb.onward, skeleton.build.hand * skeleton.head_px, _thumb(limb, arm), outfit.skin)
    return [
        Part(_joint(upper, limb.root, "torso"), limbs.upper_arm(skeleton, limb, outfit, body)),
        Part(_joint(palm, limb.end, fore), fingers),
        Part(_joint(fore, limb.middle, upper), limbs.forearm(skeleton, limb, outfit)),
    ]


def _thumb(limb: Limb, arm: Arm) -> int:
    """Thumbs point to the body's middle where arms hang or reach across, and up where they reach out."""
    return -limb.side if 40 < arm.fore % 360 < 200 else limb.side


def _leg(skeleton: Skeleton, limb: Limb, outfit: Outfit) -> list[Part]:
    side = SIDES[limb.side]
    upper: Bone = "thigh left" if side == "left" else "thigh right"
    lower: Bone = "shin left" if side == "left" else "shin right"
    shoe: Bone = "foot left" if side == "left" else "foot right"
    return [
        Part(_joint(shoe, limb.end, lower), limbs.foot(skeleton, limb, outfit)),
        Part(_joint(upper, limb.root, "hips"), limbs.thigh(skeleton, limb, outfit)),
        Part(_joint(lower, limb.middle, upper), limbs.shin(skeleton, limb, outfit)),
    ]


def _occluded(found: list[Part], skeleton: Skeleton) -> list[Part]:
    """Every part a little darker where a nearer one that does not hang on it lies close over it."""
    reach = 0.045 * skeleton.head_px
    for number, below in enumerate(found):
        for above in found[number + 1 :]:
            if below.joint.parent != above.joint.bone and above.joint.parent != below.joint.bone or above.joint.bone == "head":
                _shadow(below.sheet, above.sheet, reach * (2.0 if above.joint.bone == "head" else 1.0), 0.32)
    return found


def _shadow(below: Sheet, above: Sheet, reach: float, strength: float) -> None:
    """``below`` darkened around ``above``, a little lower than that."""
    lowered = Sheet(above.left, above.top + round(0.6 * reach), 1, 1)
    lowered.rgb, lowered.alpha = above.rgb, above.alpha
    cover = lowered.cover_on(below)
    if cover.any():
        below.tint(np.asarray(1 - strength * soft(cover, reach), np.float32))
