"""The paper's character consistency (CC): the person stays alike (S_clip) and does not stand still (S_pose).

The paper gives no normalisation of the poses. Ours is Procrustes' without rotation, halved: it does not reward moving
the person about the picture, stays in 0 to 1, and puts CC where the paper's numbers are. The others are there to be
compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Literal

import numpy as np
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from personavlog.metrics.pose import SHARED, DetectedPose
from personavlog.metrics.published.measured import Definition, Measured, mean_of, unmeasured

S_CLIP = Definition(name="cc.s_clip", source="max(0, cos) of keyframe and stylised reference, CLIP ViT-B/32, averaged")
S_POSE = Definition(name="cc.s_pose", source="mean distance of the poses of all pairs of keyframes, COCO-17", high=None)
CC = Definition(name="cc", source="alpha S_clip + (1 - alpha) S_pose", high=None)
ALPHA = 0.5
FACE = 5
"""COCO's first joints are the face's."""
SHOULDERS, HIPS = (5, 6), (11, 12)

Points = NDArray[np.float32]
Norm = Literal["procrustes", "bbox", "torso", "image"]


@dataclass(frozen=True)
class PoseRule:
    """How poses are compared. ``image`` is the keyframes' width and height in px, needed by the norm "image" only;
    ``face`` lets the head's five joints count.

    ``missing`` "none" gives no CC where no two poses can be compared; "zero" takes S_pose as 0 there.
    """

    norm: Norm = "procrustes"
    face: bool = True
    image: tuple[float, float] = (1.0, 1.0)
    missing: Literal["none", "zero"] = "none"


@dataclass(frozen=True)
class CharacterConsistency:
    """CC of one vlog and its two terms, always to be printed together: one rewards likeness, the other difference."""

    cc: Measured
    s_clip: Measured
    s_pose: Measured


def character_consistency(
    keyframes: Tensor,
    reference: Tensor,
    poses: Sequence[DetectedPose | None],
    *,
    alpha: float = ALPHA,
    rule: PoseRule | None = None,
) -> CharacterConsistency:
    """From the keyframes' features (n, d), the stylised reference's (d,), and the poses found in the keyframes.

    CC is None, never 0, where no two poses could be compared. A keyframe without a person counts for S_clip all the
    same; ``s_pose.coverage`` is the share of keyframes in which a person was found.
    """
    chosen = rule or PoseRule()
    s_clip = mean_of(S_CLIP, [max(0.0, value) for value in F.cosine_similarity(keyframes, reference[None]).tolist()])
    s_pose = pose_variety(poses, chosen)
    pose = 0.0 if s_pose.value is None and chosen.missing == "zero" else s_pose.value
    if s_clip.value is None or pose is None:
        return CharacterConsistency(unmeasured(CC, "one of its terms could not be measured"), s_clip, s_pose)
    value = alpha * s_clip.value + (1 - alpha) * pose
    return CharacterConsistency(Measured(definition=CC, value=value, coverage=s_pose.coverage), s_clip, s_pose)


def pose_variety(poses: Sequence[DetectedPose | None], rule: PoseRule) -> Measured:
    """S_pose: the mean distance of all pairs that show six joints in common, which are its ``per_frame``; None, not 0,
    where there is no such pair."""
    known = [one for one in poses if one is not None]
    pairs = [distance for a, b in combinations(known, 2) if (distance := _distance(a, b, rule)) is not None]
    share = len(known) / max(len(poses), 1)
    possible = len(poses) * (len(poses) - 1) // 2
    note = (
        f"A person was found in {len(known)} of {len(poses)} pictures; {len(pairs)} of {possible} pairs could be "
        "compared."
    )
    return Measured(
        definition=S_POSE,
        value=float(np.mean(pairs)) if pairs else None,
        per_frame=tuple(pairs),
        coverage=share,
        note=note,
    )


def _distance(a: DetectedPose, b: DetectedPose, rule: PoseRule) -> float | None:
    """Root mean square distance of the joints that both show, halved for Procrustes so that it ends at 1."""
    shared = a.seen & b.seen
    shared[: 0 if rule.face else FACE] = False
    if shared.sum() < SHARED:
        return None
    places = [_NORMS[rule.norm](pose, shared, rule) for pose in (a, b)]
    apart = float(np.sqrt(((places[0] - places[1]) ** 2).sum(1).mean()))
    return apart / 2 if rule.norm == "procrustes" else apart


def _procrustes(pose: DetectedPose, shared: NDArray[np.bool_], rule: PoseRule) -> Points:
    centred = pose.points[shared] - pose.points[shared].mean(0)
    return np.asarray(centred / max(float(np.sqrt((centred**2).sum(1).mean())), 1e-9), np.float32)


def _bbox(pose: DetectedPose, shared: NDArray[np.bool_], rule: PoseRule) -> Points:
    """0 to 1 in the box around the joints that count."""
    points = pose.points[shared]
    return np.asarray((points - points.min(0)) / np.maximum(np.ptp(points, axis=0), 1e-9), np.float32)


def _torso(pose: DetectedPose, shared: NDArray[np.bool_], rule: PoseRule) -> Points:
    """From the middle of the hips, in lengths of the torso; unbounded where a torso is seen from above."""
    hips, shoulders = (pose.points[list(joints)].mean(0) for joints in (HIPS, SHOULDERS))
    return np.asarray((pose.points[shared] - hips) / max(float(np.linalg.norm(shoulders - hips)), 1e-9), np.float32)


def _image(pose: DetectedPose, shared: NDArray[np.bool_], rule: PoseRule) -> Points:
    """Shares of the picture's sides: rewards moving the person about."""
    return np.asarray(pose.points[shared] / np.asarray(rule.image, np.float32), np.float32)


_NORMS: Mapping[Norm, Callable[[DetectedPose, NDArray[np.bool_], PoseRule], Points]] = MappingProxyType(
    {"procrustes": _procrustes, "bbox": _bbox, "torso": _torso, "image": _image}
)
