"""The person of a painted keyframe taken apart: drawn again without a part, or with one more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from personavlog.backbones.parts import Side
from personavlog.media.arrays import Mask, Pixels
from personavlog_embedded.body.cast import Cast, Sprite, drawn
from personavlog_embedded.figure.pose import SIDES
from personavlog_embedded.figure.view import BODY_PARTS
from personavlog_embedded.painting.silhouette import Silhouette, arm
from personavlog_embedded.scene.stage import Layer, Stage
from personavlog_embedded.style.print_surface import flatten


@dataclass(frozen=True)
class DrawnParts:
    """``PersonParts`` of a stage."""

    stage: Stage

    @cached_property
    def mask(self) -> Mask:
        """(h, w): where anything of the person is seen."""
        return self._shown.person

    @cached_property
    def worn(self) -> Mask:
        """(h, w): where trunk and upper arms are seen."""
        return self._shown.seen(("trunk", *(arm(side)[0] for side in SIDES)))

    def arms(self, least: float) -> tuple[Side, ...]:
        """The sides whose forearm and hand cover more than ``least`` square px."""
        return tuple(side for side in SIDES if self._shown.seen(self._arm(side)[1:]).sum() > least)

    def without(self, side: Side) -> Pixels | None:
        """The picture with one whole arm taken away: the figures drawn again without it, the empty sleeve with it."""
        if not self.stage.cast:
            return None
        return flatten(self._redrawn(frozenset(self._arm(side))))

    def with_another(self, side: Side, degrees: float) -> Pixels | None:
        """The picture with this arm drawn twice, the second behind the body; None where nobody is drawn."""
        if not self.stage.cast:
            return None
        own = self._shown.own_side(side)
        others = frozenset(BODY_PARTS[1:]) - frozenset(arm(own))
        cast = Cast.unpacked(self.stage.cast)
        alone = drawn(
            replace(cast, shot=replace(cast.shot, performers=cast.shot.performers[:1], blocks=())),
            None,
            chest=self.stage.chest,
            ground=False,
            hidden=others,
        )
        canvas = self.stage.layers[0].rgba.shape[:2]
        joint = alone.drawing.figures[0].joints[f"upperarm01.{own[0].upper()}"]
        x, y = cast.shot.camera.px(joint)
        turn = cv2.getRotationMatrix2D((float(x), float(y)), degrees, 1.0)
        rgba = np.asarray(
            cv2.warpAffine(alone.figures.on(canvas), turn, canvas[::-1], flags=cv2.INTER_LINEAR), np.uint8
        )
        layers = list(self.stage.layers)
        first = next(number for number, layer in enumerate(layers) if layer.name == "figures")
        layers.insert(first, Layer("another arm", "person", layers[first].depth, rgba))
        return flatten(replace(self.stage, layers=tuple(layers)))

    @cached_property
    def _shown(self) -> Silhouette:
        return Silhouette(self.stage)

    def _arm(self, side: Side) -> tuple[str, str, str]:
        return arm(self._shown.own_side(side))

    def _redrawn(self, hidden: frozenset[str]) -> Stage:
        cast, canvas = Cast.unpacked(self.stage.cast), self.stage.layers[0].rgba.shape[:2]
        head = next((Sprite(layer.rgba, 0, 0) for layer in self.stage.layers if layer.name == "head"), None)
        done = drawn(cast, head, None, chest=self.stage.chest, ground=False, hidden=hidden)
        new = {"figures": done.figures, "over head": done.over_head, "over hands": done.over_hands}
        layers = [
            replace(layer, rgba=new[layer.name].on(canvas)) if layer.name in new else layer
            for layer in self.stage.layers
        ]
        return replace(self.stage, layers=tuple(layers))
