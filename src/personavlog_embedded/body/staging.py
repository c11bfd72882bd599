"""Where the person stands in a frame, and the camera that sees them so: its horizon is the painted place's."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from personavlog.script import Act, Framing
from personavlog_embedded.body.acts import row_of
from personavlog_embedded.body.hand_props import closing, with_prop
from personavlog_embedded.body.looks import companions, small
from personavlog_embedded.body.photo_head import HEAD_SIZE, WITH_HAIR
from personavlog_embedded.body.placing import off_centre
from personavlog_embedded.body.pose_choice import chosen
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.figure.posed_figure import Standing, standing
from personavlog_embedded.figure.shape import Shape, bare
from personavlog_embedded.figure.shot import Camera, Performer
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

TALL = 0.72
"""Height of an adult who stands in a wide shot, over the frame's."""
ADULT = 1.72
"""Metres of the adult that is so tall."""
GROUND = 0.93
"""Row where the feet of a wide shot are, as a share of the frame's height."""
HEAD: dict[Framing, float] = {
    Framing.CLOSE_UP: 0.45,
    Framing.SELFIE: 0.42,
    Framing.MEDIUM: 0.225,
    Framing.OVER_SHOULDER: 0.42,
}
"""Height of the head with hair over the frame's shorter side, in a medium shot over its height."""
TOP: dict[Framing, float] = {
    Framing.CLOSE_UP: 0.11,
    Framing.SELFIE: 0.13,
    Framing.MEDIUM: 0.11,
    Framing.OVER_SHOULDER: 0.2,
}
"""Row of the top of the head as a share of the frame's height."""
TALL_HEAD: dict[Framing, float] = {
    Framing.CLOSE_UP: 1.2,
    Framing.SELFIE: 1.2,
    Framing.MEDIUM: 1.0,
    Framing.OVER_SHOULDER: 1.12,
}
"""How much larger a head is in an upright frame."""
LENS = 1.15
"""Focal length in the frame's units, as the painted places have it."""
NEAREST: dict[Framing, float] = {Framing.SELFIE: 0.9}
"""Metres from the lens to the person at least; a longer lens is taken for the same size."""
USUALLY = 2.4
FINGERS = 0.1
"""Metres that a hand reaches beyond the joint of its middle finger, and some room."""
THREE = 0.88
"""How large the person is in a medium shot with one on either side."""
TWIST = 42.0
"""Degrees that a head turns against the chest at most."""
NEAR_POSES = (
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
"""Poses of which a close shot shows the hands."""


@dataclass(frozen=True, eq=False)
class Staged:
    """The person and the camera; ``figure`` is the person as posed there."""

    person: Performer
    camera: Camera
    figure: Standing

    def moved(self, person: Performer) -> Staged:
        """The person in another pose or place before the same camera."""
        return self if person == self.person else Staged(person, self.camera, standing(person))


def posing(spec: KeyframeSpec, shape: Shape) -> Pose:
    """The pose of the board in this framing, its hands closed around what they hold."""
    framing, pose = spec.board.framing, chosen(spec)
    others, row = companions(spec)[0], row_of(spec.board)
    if others and row is not None and row.name is Act.HUG and small(others[0]) and not spec.pose:
        return POSES["hug low"]
    if framing is Framing.OVER_SHOULDER and not spec.pose:
        return replace(POSES["look away"], name="look over", yaw=180 + 18 * spec.side)
    if framing in (Framing.CLOSE_UP, Framing.SELFIE):
        pose = pose if pose.name in NEAR_POSES else replace(POSES["stand"], head=pose.head)
    pose = pose if pose.back else closing(with_prop(pose, spec), spec, shape)
    if framing is Framing.SELFIE:
        lens = POSES["selfie"]
        return replace(pose, left=lens.left) if spec.side > 0 else replace(pose, right=lens.right)
    return pose


def facing(pose: Pose, turn: float, *, hat: bool) -> Pose:
    """The pose with its head turned as the photo's is, ``turn`` degrees to the picture's right, which a neck and a hat
    must fit; upright below a ``hat``."""
    bent, turned = (pose.hips[i] + pose.chest[i] for i in (0, 1))
    nod = float(np.clip(-bent, -TWIST, TWIST)) if hat else pose.head[0]
    return replace(pose, head=(nod, float(np.clip(turn - pose.yaw - turned, -TWIST, TWIST)), pose.head[2]))


def staged(
    spec: KeyframeSpec, shape: Shape, outfit: Outfit, head: DrawnHead | None, pose: Pose, horizon: float
) -> Staged:
    """The person sized and placed by the framing and by what corrections asked for; ``horizon`` is the place's
    px row on the canvas."""
    who = Performer(shape, outfit, pose, head=head, seed=spec.film % 1000, head_size=HEAD_SIZE)
    figure = standing(who)
    wide = spec.board.framing is Framing.WIDE
    metre = _standing(spec, shape) if wide else _cut(spec, figure)
    camera = _camera(spec, metre, horizon, figure)
    aside = off_centre(spec) * (0.3 if len(companions(spec)[0]) > 1 else 1.0)
    x = spec.margin + spec.width * (0.5 + aside + spec.shift)
    low, high = _reach(figure, metre, camera.distance)
    if wide or spec.board.framing is Framing.MEDIUM or pose.left.holds or pose.right.holds:
        first, last = spec.margin + 0.02 * spec.width - low, spec.margin + 0.98 * spec.width - high
        x = float(np.clip(x, first, last)) if first < last else (first + last) / 2
    ahead = max(float(figure.joints[f"toe2-1.{side}"][2]) for side in "LR") if wide else 0.0
    who = replace(who, x=(x - camera.centre) / metre - float(figure.marks["chin"][0]), z=-max(ahead, 0.0))
    return Staged(who, camera, standing(who))


def _standing(spec: KeyframeSpec, shape: Shape) -> float:
    """Px of a metre in a wide shot: shorter people are drawn shorter, but not by all of it."""
    tall = bare(shape).tall * 1.03
    share = TALL * (0.93 if spec.tall else 1.0) * (tall / ADULT) ** 0.6
    return float(share * spec.height * spec.size / tall)


def _cut(spec: KeyframeSpec, figure: Standing) -> float:
    framing = spec.board.framing
    size = HEAD[framing] * (
        min(spec.height, 1.38 * spec.width) if framing is Framing.MEDIUM else min(spec.width, spec.height)
    )
    size *= spec.size * (TALL_HEAD[framing] if spec.tall else 1.0)
    metre = size / _head(figure)
    if framing is not Framing.MEDIUM:
        return metre
    metre *= THREE if len(companions(spec)[0]) > 1 else 1.0
    low, high = _reach(figure, metre)
    return metre * float(np.clip(0.96 * spec.width / (high - low), 0.8, 1.0))


def _head(figure: Standing) -> float:
    """Metres of the head as it is drawn, with hair."""
    return float(np.linalg.norm(figure.marks["crown"] - figure.marks["chin"])) * HEAD_SIZE * WITH_HAIR


def _reach(figure: Standing, metre: float, distance: float = np.inf) -> tuple[float, float]:
    """How far hands, elbows and feet go to the left and to the right of the chin, px; what is nearer to a lens at
    ``distance`` m goes further."""
    names = [
        f"{bone}.{side}"
        for bone in ("upperarm01", "lowerarm01", "wrist", "finger3-3", "lowerleg01", "foot")
        for side in "LR"
    ]
    at = np.array([figure.joints[name] for name in names])
    xs = (at[:, 0] - figure.marks["chin"][0]) * metre / np.maximum(1 - at[:, 2] / distance, 0.3)
    return float(xs.min()) - FINGERS * metre, float(xs.max()) + FINGERS * metre


def _camera(spec: KeyframeSpec, metre: float, horizon: float, figure: Standing) -> Camera:
    """The lens is as high as the horizon says; from nearer than people stand, a longer one is taken."""
    focal = max(LENS * spec.unit, NEAREST.get(spec.board.framing, USUALLY) * metre)
    if spec.board.framing is Framing.WIDE:
        height = (spec.margin + spec.height * GROUND - horizon) / metre
    else:
        height = float(figure.marks["crown"][1]) + (_top(spec, figure, metre) - horizon) / metre
    centre = spec.margin + spec.width / 2
    return Camera(spec.canvas[1], spec.canvas[0], focal, horizon, centre, height, focal / metre)


def _top(spec: KeyframeSpec, figure: Standing, metre: float) -> float:
    """Px row of the crown."""
    hair = _head(figure) * metre * (1 - 1 / WITH_HAIR)
    raised = max(float(figure.joints[f"finger3-3.{side}"][1] - figure.marks["crown"][1]) for side in "LR") * metre
    share = TOP[spec.board.framing] + (0.08 if spec.tall else 0.0) + (0.03 if spec.whole_head else 0.0)
    return spec.margin + spec.height * share + hair + float(np.clip(raised, 0.0, 0.14 * spec.height))
