"""What the planter knows of the person in a keyframe: where they are, and their arms as parts. The agents are never shown any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.roles import EditResult
from personavlog.metrics.face import Face
from personavlog.metrics.person import matte
from personavlog.runs.blobs import Blobs
from personavlog_embedded.painting import silhouette
from personavlog_embedded.scene.stage import Layer, Stage, unpack

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
SHOWN = 0.08
"""Of the face's area: least part of an arm that must show before anybody would miss it."""


@dataclass(frozen=True)
class Figure:
    """``mask`` (h, w): the person. ``worn`` (h, w): the clothes of the upper body. ``stage``: the painter's layers, None for a painter without layers."""

    mask: Mask
    worn: Mask
    stage: Stage | None = None

    def arms(self, face_area: float) -> tuple[str, ...]:
        """The sides ("left", "right") whose forearm and hand are seen; ``face_area`` in square px."""
        stage = self.stage
        return tuple(side for side in silhouette.SIDES if stage and silhouette.seen(stage, silhouette.arm(side)[1:]).sum() > SHOWN * face_area)

    def without(self, side: str) -> Pixels:
        """The picture with one whole arm taken away."""
        assert self.stage is not None, "only a painter that keeps layers can leave one out"
        gone = silhouette.arm(side)
        return replace(self.stage, layers=tuple(layer for layer in self.stage.layers if _bone(layer) not in gone)).flatten()

    def with_another(self, side: str, degrees: float) -> Pixels | None:
        """The picture with this arm drawn twice, the second turned about the shoulder and behind the body; None where there are no parts."""
        parts = [layer for layer in self.stage.layers if _bone(layer) in silhouette.arm(side)] if self.stage else []
        shoulder = next((layer.joint for layer in parts if layer.joint and layer.joint.bone.startswith("upper")), None)
        if self.stage is None or shoulder is None:
            return None
        turn = cv2.getRotationMatrix2D((shoulder.x, shoulder.y), degrees, 1.0)
        layers = list(self.stage.layers)
        first = next(number for number, layer in enumerate(layers) if layer.kind == "person")
        layers[first:first] = [replace(part, joint=None, rgba=_turned(part.rgba, turn)) for part in parts]
        return replace(self.stage, layers=tuple(layers)).flatten()


def figure(keyframe: EditResult, pixels: Pixels, face: Face | None, blobs: Blobs) -> Figure:
    """From the painter's layers where it keeps them, by matting otherwise."""
    if "stage" in keyframe.attachments:
        return of_stage(unpack(blobs.get(keyframe.attachments["stage"])))
    mask = matte.matte(pixels, face).alpha > 0.5
    worn = mask.copy()
    worn[: round(face.box[3] + 0.15 * face.size) if face else 0] = False
    return Figure(mask, worn)


def of_stage(stage: Stage) -> Figure:
    """Everything that ``Figure`` tells, from the layers."""
    tops = {"torso", *(silhouette.arm(side)[0] for side in silhouette.SIDES)}
    return Figure(silhouette.person(stage), silhouette.seen(stage, tops), stage)


def _bone(layer: Layer) -> str:
    return layer.joint.bone if layer.joint and layer.kind == "person" else ""


def _turned(rgba: Pixels, turn: NDArray[np.float64]) -> Pixels:
    return np.asarray(cv2.warpAffine(rgba, turn, rgba.shape[1::-1], flags=cv2.INTER_LINEAR), np.uint8)
