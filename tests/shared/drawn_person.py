"""A whole person drawn in a pose, as simple as the pose network accepts."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from personavlog.media.arrays import Pixels

STANDING = {
    "nose": (0, -150),
    "left eye": (9, -157),
    "right eye": (-9, -157),
    "left ear": (20, -152),
    "right ear": (-20, -152),
    "left shoulder": (38, -105),
    "right shoulder": (-38, -105),
    "left elbow": (52, -45),
    "right elbow": (-52, -45),
    "left wrist": (55, 10),
    "right wrist": (-55, 10),
    "left hip": (22, 15),
    "right hip": (-22, 15),
    "left knee": (24, 105),
    "right knee": (-24, 105),
    "left ankle": (24, 190),
    "right ankle": (-24, 190),
}
ARMS_UP = {
    **STANDING,
    "left elbow": (75, -155),
    "right elbow": (-75, -155),
    "left wrist": (60, -225),
    "right wrist": (-60, -225),
}
LIMBS = (("shoulder", "elbow", 22), ("elbow", "wrist", 18), ("hip", "knee", 34), ("knee", "ankle", 26))


def figure(
    joints: Mapping[str, tuple[int, int]],
    size: float = 1.0,
    x: int = 320,
    y: int = 260,
    shape: tuple[int, int] = (520, 640),
) -> Pixels:
    """A softly drawn person in a shirt and trousers."""
    rgb = np.full((*shape, 3), (205, 212, 214), np.uint8)
    at = {name: (round(x + size * dx), round(y + size * dy)) for name, (dx, dy) in joints.items()}
    for a, b, width in LIMBS:
        for side in ("left", "right"):
            colour = (58, 66, 92) if a in ("hip", "knee") else (224, 178, 150) if b == "wrist" else (176, 62, 54)
            cv2.line(rgb, at[f"{side} {a}"], at[f"{side} {b}"], colour, max(1, round(size * width)), cv2.LINE_AA)
    torso = np.array(
        [
            at[f"{side} {part}"]
            for side, part in (("left", "shoulder"), ("right", "shoulder"), ("right", "hip"), ("left", "hip"))
        ]
    )
    cv2.fillPoly(rgb, [torso], (176, 62, 54), cv2.LINE_AA)
    cv2.polylines(rgb, [torso], True, (176, 62, 54), max(1, round(16 * size)), cv2.LINE_AA)
    head = (at["nose"][0], at["nose"][1])
    cv2.line(rgb, head, (head[0], head[1] + round(45 * size)), (214, 168, 140), max(1, round(18 * size)), cv2.LINE_AA)
    cv2.ellipse(
        rgb,
        (head[0], head[1] - round(12 * size)),
        (round(26 * size), round(30 * size)),
        0,
        0,
        360,
        (64, 42, 30),
        -1,
        cv2.LINE_AA,
    )
    cv2.ellipse(rgb, head, (round(20 * size), round(26 * size)), 0, 0, 360, (224, 178, 150), -1, cv2.LINE_AA)
    for eye in ("left eye", "right eye"):
        cv2.circle(rgb, at[eye], max(1, round(3 * size)), (40, 30, 30), -1, cv2.LINE_AA)
    for side in ("left", "right"):
        cv2.circle(rgb, at[f"{side} wrist"], max(1, round(11 * size)), (224, 178, 150), -1, cv2.LINE_AA)
        ankle = at[f"{side} ankle"]
        cv2.ellipse(
            rgb,
            (ankle[0], ankle[1] + round(8 * size)),
            (round(16 * size), round(9 * size)),
            0,
            0,
            360,
            (40, 36, 34),
            -1,
            cv2.LINE_AA,
        )
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), 1.1 * size), np.uint8)
