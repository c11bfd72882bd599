"""The bones of a person who is drawn in parts: who carries whom, and where every part lies once the bones have
turned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import cv2
import numpy as np

from personavlog_embedded.motion.rhythm import Floats
from personavlog_embedded.scene.stage import Bone, Layer

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
BONES: tuple[Bone, ...] = get_args(Bone)
"""Carriers before those that they carry."""
Matrices = dict[Bone, Floats]
"""Per bone (frames, 3, 3): canvas px as drawn to canvas px as moved."""
_ARMS: dict[Side, tuple[Bone, Bone, Bone]] = {
    "left": ("upper arm left", "forearm left", "hand left"),
    "right": ("upper arm right", "forearm right", "hand right"),
}
_LEGS: dict[Side, tuple[Bone, Bone, Bone]] = {
    "left": ("thigh left", "shin left", "foot left"),
    "right": ("thigh right", "shin right", "foot right"),
}


@dataclass(frozen=True)
class Bones:
    """Joints and the middles of the parts (2,) in canvas px, the carrying bones, the box of all parts, and the hands
    that hold something."""

    joints: Mapping[Bone, Floats]
    parents: Mapping[Bone, Bone | None]
    middles: Mapping[Bone, Floats]
    box: tuple[float, float, float, float]
    holding: frozenset[Side] = frozenset()

    @classmethod
    def of(cls, layers: Sequence[Layer]) -> Bones | None:
        """The skeleton of the jointed parts; None where nobody has a torso to hang on."""
        parts = [
            layer for layer in layers if layer.joint is not None and layer.kind == "person" and layer.rgba[..., 3].any()
        ]
        joints: dict[Bone, Floats] = {}
        middles: dict[Bone, Floats] = {}
        carriers: dict[Bone, Bone | None] = {}
        for layer in parts:
            assert layer.joint is not None
            joints.setdefault(layer.joint.bone, np.array([layer.joint.x, layer.joint.y]))
            middles.setdefault(layer.joint.bone, _middle(layer))
            carriers.setdefault(layer.joint.bone, layer.joint.parent)
        if "torso" not in joints:
            return None
        parents = {bone: parent if parent in joints else None for bone, parent in carriers.items()}
        held = {layer.joint.bone for layer in layers if layer.joint is not None and layer.kind != "person"}
        return cls(
            joints, parents, middles, _around(parts), frozenset(side for side in SIDES if _ARMS[side][2] in held)
        )

    @property
    def height(self) -> float:
        """Of all that is drawn, px."""
        return max(self.box[3] - self.box[1], 1.0)

    def arm(self, side: Side) -> tuple[Bone, Bone, Bone] | None:
        """Upper arm, forearm and hand; None where one of them is not drawn."""
        return self._limb(_ARMS[side])

    def leg(self, side: Side) -> tuple[Bone, Bone, Bone] | None:
        """Thigh, shin and foot; None where one of them is not drawn."""
        return self._limb(_LEGS[side])

    def _limb(self, bones: tuple[Bone, Bone, Bone]) -> tuple[Bone, Bone, Bone] | None:
        return bones if all(bone in self.joints for bone in bones) else None


def bone_matrices(skeleton: Bones, angles: Mapping[Bone, Floats], root: Floats, swell: Floats) -> Matrices:
    """Every bone's way from its own ``angles`` (degrees, clockwise in the picture) and those of its carriers.

    ``root`` (frames, 2) px moves all; ``swell`` (frames,) lengthens the torso, as breath does.
    """
    still = np.zeros(len(root))
    moved: Matrices = {}
    for bone in BONES:
        if bone not in skeleton.joints:
            continue
        turn = turned(skeleton.joints[bone], angles.get(bone, still))
        if bone == "torso":
            turn = turn @ _stretched(skeleton.joints[bone], swell)
        parent = skeleton.parents[bone]
        moved[bone] = (shifted(root) if parent is None else moved[parent]) @ turn
    return moved


def turned(at: Floats, degrees: Floats) -> Floats:
    """(frames, 3, 3) rotations about ``at``."""
    matrix = np.tile(np.eye(3), (len(degrees), 1, 1))
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    matrix[:, 0, 0], matrix[:, 0, 1], matrix[:, 1, 0], matrix[:, 1, 1] = cos, -sin, sin, cos
    matrix[:, 0, 2], matrix[:, 1, 2] = at[0] - cos * at[0] + sin * at[1], at[1] - sin * at[0] - cos * at[1]
    return matrix


def shifted(by: Floats) -> Floats:
    """(frames, 3, 3) translations by (frames, 2) px."""
    matrix = np.tile(np.eye(3), (len(by), 1, 1))
    matrix[:, :2, 2] = by
    return matrix


def laid(start: Floats, end: Floats, new_start: Floats, new_end: Floats) -> Floats:
    """(frames, 3, 3): turn, shift and scale that bring the segment ``start``-``end`` (2,) onto the new ones (frames,
    2)."""
    old, new = complex(*(end - start)), (new_end - new_start) @ np.array([1, 1j])
    ratio = new / old
    matrix = np.tile(np.eye(3), (len(new), 1, 1))
    matrix[:, 0, 0], matrix[:, 0, 1], matrix[:, 1, 0], matrix[:, 1, 1] = ratio.real, -ratio.imag, ratio.imag, ratio.real
    matrix[:, :2, 2] = new_start - np.einsum("nij,j->ni", matrix[:, :2, :2], start)
    return matrix


def at(matrix: Floats, point: Floats) -> Floats:
    """(frames, 2): where ``point`` (2,) goes."""
    return np.asarray(matrix[:, :2, :2] @ point + matrix[:, :2, 2])


def angle(matrix: Floats) -> Floats:
    """(frames,) degrees by which a way turns, clockwise."""
    return np.asarray(np.rad2deg(np.arctan2(matrix[:, 1, 0], matrix[:, 0, 0])))


def _stretched(at: Floats, by: Floats) -> Floats:
    matrix = np.tile(np.eye(3), (len(by), 1, 1))
    matrix[:, 1, 1] = 1 + by
    matrix[:, 1, 2] = -by * at[1]
    return matrix


def _middle(layer: Layer) -> Floats:
    x, y, w, h = cv2.boundingRect(layer.rgba[..., 3])
    return np.array([x + w / 2, y + h / 2])


def _around(parts: Sequence[Layer]) -> tuple[float, float, float, float]:
    boxes = np.array([cv2.boundingRect(layer.rgba[..., 3]) for layer in parts], float)
    low, high = boxes[:, :2].min(axis=0), (boxes[:, :2] + boxes[:, 2:]).max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
