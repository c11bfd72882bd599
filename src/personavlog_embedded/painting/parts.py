"""The person of a painted keyframe taken apart, from its layers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.parts import Side
from personavlog.media.arrays import Mask, Pixels
from personavlog_embedded.painting import silhouette
from personavlog_embedded.scene.stage import Layer, Stage
from personavlog_embedded.style.print_surface import flatten


@dataclass(frozen=True)
class LayeredPerson:
    """``PersonParts`` of a stage."""

    stage: Stage

    @cached_property
    def mask(self) -> Mask:
        """(h, w): where anything of the person is seen."""
        return silhouette.person(self.stage)

    @cached_property
    def worn(self) -> Mask:
        """(h, w): where torso and upper arms are seen."""
        return silhouette.seen(self.stage, {"torso", *(silhouette.arm(side)[0] for side in silhouette.SIDES)})

    def arms(self, least: float) -> tuple[Side, ...]:
        """The sides whose forearm and hand cover more than ``least`` square px."""
        return tuple(
            side for side in silhouette.SIDES if silhouette.seen(self.stage, silhouette.arm(side)[1:]).sum() > least
        )

    def without(self, side: Side) -> Pixels:
        """The picture with one whole arm taken away."""
        gone = silhouette.arm(side)
        return flatten(
            replace(self.stage, layers=tuple(layer for layer in self.stage.layers if _bone(layer) not in gone))
        )

    def with_another(self, side: Side, degrees: float) -> Pixels | None:
        """The picture with this arm drawn twice, the second behind the body; None where the arm has no shoulder."""
        parts = [layer for layer in self.stage.layers if _bone(layer) in silhouette.arm(side)]
        shoulder = next((layer.joint for layer in parts if layer.joint and layer.joint.bone.startswith("upper")), None)
        if shoulder is None:
            return None
        turn = cv2.getRotationMatrix2D((shoulder.x, shoulder.y), degrees, 1.0)
        layers = list(self.stage.layers)
        first = next(number for number, layer in enumerate(layers) if layer.kind == "person")
        layers[first:first] = [replace(part, joint=None, rgba=_turned(part.rgba, turn)) for part in parts]
        return flatten(replace(self.stage, layers=tuple(layers)))


def _bone(layer: Layer) -> str:
    return layer.joint.bone if layer.joint and layer.kind == "person" else ""


def _turned(rgba: Pixels, turn: NDArray[np.float64]) -> Pixels:
    return np.asarray(cv2.warpAffine(rgba, turn, rgba.shape[1::-1], flags=cv2.INTER_LINEAR), np.uint8)
