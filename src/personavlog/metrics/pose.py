"""How the person of a picture holds the body: COCO's 17 key points, how alike two poses are, and how much the poses of
a film vary.

Boxes: YOLOX-tiny (Ge et al., 2021), trained on Human-Art, so that drawn people count too. Key points: RTMPose-s (Jiang
et al., 2023), trained on seven body sets; of its 26 points the first 17 are COCO's. The distance of two poses is
Procrustes' without rotation: where a person stands and how large they are must not count as a pose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog import weights
from personavlog.media.arrays import Box, Pixels, Plane
from personavlog.metrics.score import Score
from personavlog.weights.session import open_session

VERSION = "pose-1 rtmpose-s yolox-tiny"
NAME = "proxy.pose_variety"
JOINTS = (
    "nose",
    "left eye",
    "right eye",
    "left ear",
    "right ear",
    "left shoulder",
    "right shoulder",
    "left elbow",
    "right elbow",
    "left wrist",
    "right wrist",
    "left hip",
    "right hip",
    "left knee",
    "right knee",
    "left ankle",
    "right ankle",
)
"""COCO's order; left is the person's left."""
SEEN = 0.3
"""Least confidence of a joint that counts."""
SHARED = 6
"""Least joints that both poses must show to be compared."""
NOISE = 0.02
"""Distance of a picture and itself at 0.25 to 0.7 of its size: 0.002 to 0.016 (two drawn figures, six portraits)."""
PERSON = 0.3
"""Least score of a detected person."""
BOX_SIDE, PAD = 416, 114
"""YOLOX-tiny takes square pictures of this side, filled up with this grey."""
CROP = (192, 256)
"""RTMPose's input, width and height in px; its two answers have twice as many bins (SimCC)."""
ROOM = 1.25
"""How much larger the crop is than the box, as in training."""
MEAN, STD = np.array([123.675, 116.28, 103.53], np.float32), np.array([58.395, 57.12, 57.375], np.float32)


@dataclass(frozen=True, eq=False)
class DetectedPose:
    """One person: ``points`` (17, 2) in px of the picture, ``confidence`` (17,) in 0 to 1, ``box`` x0, y0, x1, y1 in
    px."""

    points: Plane
    confidence: Plane
    box: Box

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Which joints count, (17,)."""
        return np.asarray(self.confidence >= SEEN, np.bool_)

    @property
    def coverage(self) -> float:
        """Share of the joints that count."""
        return float(self.seen.mean())


def pose(rgb: Pixels, box: Box | None = None) -> DetectedPose | None:
    """The pose of the person in ``box`` of a (h, w, 3) uint8 RGB picture, of the largest person where no box is given;
    None where nobody is found.

    Raises ``MissingWeightsError`` if the set "measures" was not fetched.
    """
    where = box or max(people(rgb), key=_area, default=None)
    return None if where is None or _area(where) < 1 else _key_points(rgb, where)


def people(rgb: Pixels) -> tuple[Box, ...]:
    """The box of every person, best first, in px; the network has already removed doubles."""
    scale = BOX_SIDE / max(rgb.shape[:2])
    small = cv2.resize(
        rgb, (max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale))), interpolation=cv2.INTER_AREA
    )
    canvas = np.full((BOX_SIDE, BOX_SIDE, 3), PAD, np.float32)
    canvas[: small.shape[0], : small.shape[1]] = small[..., ::-1]
    rows = _asked("yolox_tiny.onnx", canvas)[0][0]
    found = rows[rows[:, 4] >= PERSON]
    return tuple(
        (float(x0), float(y0), float(x1), float(y1))
        for x0, y0, x1, y1 in found[np.argsort(-found[:, 4], kind="stable"), :4] / scale
    )


def pose_similarity(a: DetectedPose, b: DetectedPose) -> float | None:
    """1 for the same pose at any place and size, down to 0; None where the two show fewer than six joints in common.

    1 - d with d half the root mean square distance of the common joints, each set shifted to its mean and scaled to a
    root mean square norm of 1.
    """
    shared = a.seen & b.seen
    if shared.sum() < SHARED:
        return None
    difference = _normal(a.points[shared]) - _normal(b.points[shared])
    return 1 - float(np.sqrt((difference**2).sum(1).mean()) / 2)


def variety(poses: Sequence[DetectedPose | None]) -> Score:
    """CC's pose term S_pose: the mean distance (1 - similarity) of all pairs, 0 to 1; None where no pair can be
    compared.

    The note says how many pictures and pairs counted. Wrong skeletons raise it: it measures difference, not quality.
    """
    known = [one for one in poses if one is not None]
    pairs = [likeness for a, b in combinations(known, 2) if (likeness := pose_similarity(a, b)) is not None]
    possible = len(poses) * (len(poses) - 1) // 2
    note = (
        f"A person was found in {len(known)} of {len(poses)} pictures; {len(pairs)} of {possible} pairs could be "
        "compared."
    )
    return Score(name=NAME, value=1 - float(np.mean(pairs)) if pairs else None, tolerance=NOISE, note=note)


def _key_points(rgb: Pixels, box: Box) -> DetectedPose:
    scale, left, top = _window(box)
    turn = np.array([[1 / scale, 0, -left / scale], [0, 1 / scale, -top / scale]])
    crop = cv2.warpAffine(rgb, turn, CROP, flags=cv2.INTER_LINEAR if scale < 1 else cv2.INTER_AREA)
    across, down = _asked("rtmpose_s.onnx", (crop.astype(np.float32) - MEAN) / STD)
    across, down = across[0, : len(JOINTS)], down[0, : len(JOINTS)]
    points = np.column_stack([across.argmax(1), down.argmax(1)]) / 2 * scale + (left, top)
    return DetectedPose(points.astype(np.float32), np.minimum(across.max(1), down.max(1)).clip(0, 1), box)


def _window(box: Box) -> tuple[float, float, float]:
    """Px of the picture per px of the crop, and the crop's corner: the box with room, widened to the crop's shape."""
    width, height = ROOM * (box[2] - box[0]), ROOM * (box[3] - box[1])
    scale = max(width / CROP[0], height / CROP[1])
    return scale, (box[0] + box[2]) / 2 - scale * CROP[0] / 2, (box[1] + box[3]) / 2 - scale * CROP[1] / 2


def _asked(file: str, picture: Plane) -> tuple[Plane, ...]:
    """The outputs of one of the two networks for a (h, w, 3) picture."""
    session = open_session(weights.file("body-pose", file))
    tensor = np.ascontiguousarray(picture.transpose(2, 0, 1)[None], np.float32)
    return tuple(np.asarray(out, np.float32) for out in session.run(None, {session.get_inputs()[0].name: tensor}))


def _normal(points: Plane) -> Plane:
    centred = points - points.mean(0)
    return np.asarray(centred / max(float(np.sqrt((centred**2).sum(1).mean())), 1e-9), np.float32)


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
