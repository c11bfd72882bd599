"""Where a posed body stands in a frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from personavlog.script import Framing
from personavlog_embedded.body.actor import Actor
from personavlog_embedded.body.build import ADULT
from personavlog_embedded.body.hand_props import SHELTERING, with_prop
from personavlog_embedded.body.placing import off_centre
from personavlog_embedded.body.pose import Arm, Pose
from personavlog_embedded.body.pose_choice import chosen
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.body.skeleton import Skeleton, skeleton
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

TALL = 0.72
"""Height of an adult who stands in a wide shot, over the frame's."""
GROUND = 0.93
"""Row where the feet of a wide shot are, as a share of the frame's height."""
HEAD: dict[Framing, float] = {
    Framing.CLOSE_UP: 0.45,
    Framing.SELFIE: 0.42,
    Framing.MEDIUM: 0.225,
    Framing.OVER_SHOULDER: 0.235,
    Framing.WIDE: 0.0,
}
"""Height of the head over the frame's shorter side, in a medium shot over its height."""
TOP: dict[Framing, float] = {
    Framing.CLOSE_UP: 0.11,
    Framing.SELFIE: 0.13,
    Framing.MEDIUM: 0.11,
    Framing.OVER_SHOULDER: 0.36,
    Framing.WIDE: 0.0,
}
"""Row of the top of the head as a share of the frame's height."""
TALL_HEAD: dict[Framing, float] = {
    Framing.CLOSE_UP: 1.2,
    Framing.SELFIE: 1.2,
    Framing.MEDIUM: 1.0,
    Framing.OVER_SHOULDER: 1.12,
    Framing.WIDE: 1.0,
}
"""How much larger a head is in an upright frame."""
LENS_ARM = Arm(72, 58, "fist", upper_seen=0.95)
"""The arm of a selfie: out of the picture, where the lens is."""


def staged(spec: KeyframeSpec, actor: Actor) -> Skeleton:
    """The posed body on the canvas, sized and placed by the framing and by what corrections asked for."""
    framing = spec.board.framing
    pose = _near(chosen(spec), spec) if framing in (Framing.CLOSE_UP, Framing.SELFIE) else chosen(spec)
    pose = (
        replace(POSES["look away"], name="look over", head=-4 * spec.side)
        if framing is Framing.OVER_SHOULDER and not spec.pose
        else pose
    )
    pose = pose if pose.back else with_prop(pose, spec)
    bones = skeleton(actor.build, _narrowed(pose) if spec.tall and framing is Framing.MEDIUM else pose)
    return _standing(spec, bones) if framing is Framing.WIDE else _cut(spec, bones)


def _narrowed(pose: Pose) -> Pose:
    """For upright frames: arms that reach out to the side come towards the lens instead."""
    return replace(pose, left=_towards_lens(pose.left), right=_towards_lens(pose.right))


def _towards_lens(arm: Arm) -> Arm:
    aside = arm.upper > 50 or 40 < arm.fore < 130
    return replace(arm, upper_seen=0.74 * arm.upper_seen, fore_seen=0.74 * arm.fore_seen) if aside else arm


def _near(pose: Pose, spec: KeyframeSpec) -> Pose:
    """For head and shoulders: only what the hands do near the face is seen; everybody else lets the arms hang."""
    shown = pose.name in (
        "think",
        "drink",
        "phone",
        "cheeks",
        "wave",
        "point up",
        "heart",
        "cheer",
        "umbrella",
        "hold one",
        "pray",
    )
    calm = _close(pose) if shown else replace(POSES["stand"], head=pose.head)
    return _at_arm_s_length(calm, spec.side) if spec.board.framing is Framing.SELFIE else calm


def _close(pose: Pose) -> Pose:
    """Arms that go up come towards the lens, so that the hands are in the picture and not only two sleeves."""
    left, right = (
        replace(arm, upper=62.0, fore=172.0, upper_seen=0.6, fore_seen=0.86)
        if arm.to is None and arm.upper > 100
        else arm
        for arm in (pose.left, pose.right)
    )
    return replace(pose, left=left, right=right)


def _at_arm_s_length(pose: Pose, side: float) -> Pose:
    """The arm on the frame's nearer side holds the lens, the body leans away from it."""
    left, right = (pose.left, LENS_ARM) if side > 0 else (LENS_ARM, pose.right)
    return replace(pose, lean=-3.0 * side, head=pose.head + 2.0 * side, left=left, right=right)


def _x(spec: KeyframeSpec) -> float:
    return spec.margin + spec.width * (0.5 + off_centre(spec) + spec.shift)


def _cut(spec: KeyframeSpec, bones: Skeleton) -> Skeleton:
    """Hung from the top of the frame; the rest reaches beyond its lower edge."""
    framing = spec.board.framing
    size = HEAD[framing] * (
        min(spec.height, 1.38 * spec.width) if framing is Framing.MEDIUM else min(spec.width, spec.height)
    )
    size *= spec.size * (TALL_HEAD[framing] if spec.tall else 1.0)
    bones = bones.placed(0, 0, size * _shrunk(spec, bones, size))
    size = bones.head_px
    sheltered = 0.1 if SHELTERING in (bones.pose.left, bones.pose.right) else 0.0
    raised = max(0.0, float(bones.chin[1] - size - min(limb.end[1] - 0.5 * size for limb in bones.arms)))
    top = (
        spec.margin
        + spec.height * (TOP[framing] + (0.08 if spec.tall else 0.0) + (0.03 if spec.whole_head else 0.0) + sheltered)
        + min(raised, 0.1 * spec.height)
    )
    x = _x(spec) + bones.hips[0] - bones.chin[0]
    if framing is Framing.MEDIUM or (
        framing is Framing.CLOSE_UP and any(arm.holds for arm in (bones.pose.left, bones.pose.right))
    ):
        low, high = _reach(bones)
        room = spec.margin + 0.02 * spec.width
        first, last = room - low, spec.margin + 0.98 * spec.width - high
        x = float(np.clip(x, first, last)) if first < last else (first + last) / 2
    return bones.placed(x, top + size - bones.chin[1], 1.0)


def _reach(bones: Skeleton) -> tuple[float, float]:
    """How far shoulders, elbows and hands go to the left and to the right of the hips, px."""
    far = [
        *(limb.end[0] + 0.45 * bones.head_px * np.cos(np.radians(limb.onward)) for limb in bones.arms),
        *(at[0] for limb in bones.arms for at in (limb.root, limb.middle)),
    ]
    room = 0.2 * bones.head_px
    return float(min(far) - bones.hips[0] - room), float(max(far) - bones.hips[0] + room)


def _shrunk(spec: KeyframeSpec, bones: Skeleton, size: float) -> float:
    """Factor of a medium shot's size with which spread arms stay in the frame, at least 0.8."""
    if spec.board.framing is not Framing.MEDIUM:
        return 1.0
    low, high = _reach(bones)
    return float(np.clip(0.96 * spec.width / ((high - low) * size), 0.8, 1.0))


def _standing(spec: KeyframeSpec, bones: Skeleton) -> Skeleton:
    """Whole, its feet on the ground; kept within the frame's sides."""
    share = TALL * (0.93 if spec.tall else 1.0) * (bones.build.standing / ADULT.standing) ** 0.6 / bones.build.standing
    bones = bones.placed(0, 0, share * spec.height * spec.size)
    xs = [limb.end[0] for limb in (*bones.arms, *bones.legs)]
    room = 0.45 * bones.head_px
    low, high = spec.margin - min(xs) + room, spec.margin + spec.width - max(xs) - room
    x = float(np.clip(_x(spec), low, high)) if low < high else (low + high) / 2
    return bones.placed(x, spec.margin + spec.height * GROUND - bones.lowest, 1.0)
