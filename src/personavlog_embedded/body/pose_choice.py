"""Which pose shows a board: one of what its person does, else one of the mood; neighbours in a film never stand
alike."""

from __future__ import annotations

from personavlog.script import Emotion, Framing
from personavlog_embedded.body.acts import row_of
from personavlog_embedded.body.hand_props import first_prop, with_prop
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

MOODS: dict[Emotion, tuple[str, str, str]] = {
    Emotion.JOYFUL: ("wave", "hands on hips", "open arms"),
    Emotion.CALM: ("stand", "hands on hips", "lean"),
    Emotion.CURIOUS: ("point", "think", "shade eyes"),
    Emotion.TENSE: ("arms crossed", "hug", "cheeks"),
    Emotion.NOSTALGIC: ("stand", "heart", "lean"),
    Emotion.EXCITED: ("wave", "cheer", "open arms"),
    Emotion.MELANCHOLIC: ("stand", "hug", "lean"),
    Emotion.PROUD: ("arms crossed", "hands on hips", "open arms"),
}
"""Where nobody says what is done: one for every third shot. No pose is in two columns, so neighbours never stand alike,
whatever their moods."""
NEEDS_A_THING = frozenset({"hold", "hold one", "hold out", "hold high", "read", "drink", "carry", "play", "fly"})
"""Poses whose hands look knotted when there is nothing in them."""


def chosen(spec: KeyframeSpec) -> Pose:
    """The board's pose, mirrored where the person stands on the right."""
    pose = POSES[spec.pose] if spec.pose in POSES else _done(spec) or _felt(spec)
    return pose.mirrored() if spec.side > 0 else pose


def _done(spec: KeyframeSpec) -> Pose | None:
    """The best pose of the act that reads in this frame and has a hand for what is held; rather another one of the act
    than none."""
    row = row_of(spec.board)
    if row is None:
        return None
    poses = [POSES[name] for name in row.poses]
    seen = [pose for pose in poses if _reads(pose, spec.board.framing)]
    holding = [pose for pose in seen if _holds(with_prop(pose, spec))] if spec.board.holds and first_prop(spec) else []
    fitting = [pose for pose in seen if spec.in_hand or pose.name not in NEEDS_A_THING]
    return next(iter(holding or fitting or seen or poses))


def _holds(pose: Pose) -> bool:
    return pose.left.holds or pose.right.holds


def _felt(spec: KeyframeSpec) -> Pose:
    return POSES["stand" if first_prop(spec) else MOODS[spec.board.emotion][spec.turn % 3]]


def _reads(pose: Pose, framing: Framing) -> bool:
    return framing is Framing.WIDE or (pose.half and not pose.back)
