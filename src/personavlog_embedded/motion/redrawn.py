"""The figures of a clip, drawn again wherever they have moved enough to see it, and what they carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.body.cast import HANDS, Cast, Drawn, Mark, Sprite, drawn, hand_mark, head_mark, shade_layer
from personavlog_embedded.figure.posed_figure import standing
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.motion.acting import TWOS, Acting, Moment, outline
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.mesh import Field, MovingLayer, cropped, premultiplied
from personavlog_embedded.motion.rhythm import Floats
from personavlog_embedded.scene.stage import Layer, Stage

SEEN = 0.0016
"""Of the frame's height: joints that have moved by less show nobody moving."""
COARSER = 1.5
MOST = 26
"""Drawings of a clip; where it would be more, smaller movements are left out."""
RIM = 2
"""Px of clear rim round a drawing, so that nothing is smeared beyond it."""


class Redrawn:
    """The drawings of one clip; drawing 0 is the keyframe's own layers."""

    def __init__(self, stage: Stage, instructions: Instructions) -> None:
        self._stage, self._instructions, self._cast = stage, instructions, Cast.unpacked(stage.cast)
        self._acting = Acting.of(stage, self._cast, instructions)
        moments = [self._acting.at(number / instructions.fps) for number in range(0, instructions.frames, TWOS)]
        seen = SEEN * stage.height
        self.shown, self._plans = self._planned(moments, seen)
        while len(self._plans) > MOST:
            seen *= COARSER
            self.shown, self._plans = self._planned(moments, seen)
        self._parts: dict[tuple[int, str], tuple[Pixels, int, int]] = {}
        self._cutouts: dict[tuple[int, str], MovingLayer] = {}
        self._marks: dict[int, dict[str, Mark]] = {}

    @property
    def drawings(self) -> int:
        """How many different ones, the keyframe's among them."""
        return len(self._plans)

    @property
    def strides(self) -> bool:
        """Whether steps are seen."""
        return self._acting.players[0].walk is not None

    @property
    def walks(self) -> float:
        """As ``Acting`` says."""
        return self._acting.walks

    def layer(self, cutout: MovingLayer, layer: Layer) -> MovingLayer:
        """The cut-out of a layer that is drawn again, or carried by the head or a hand."""
        if layer.follows == "figures":
            return replace(cutout, placed=lambda number: self._placed(cutout, layer.name, number))
        bent = (*(self._along(field, layer) for field in cutout.fields[:2]), *cutout.fields[2:])
        carried = replace(cutout, fields=bent)
        return replace(carried, placed=lambda number: (carried, self._carried(layer, number)))

    def missing(self) -> Iterator[tuple[str, Layer]]:
        """What other drawings may show although the keyframe does not: the name of the layer that it lies over, and
        the empty layer."""
        names = [layer.name for layer in self._stage.layers]
        last = {layer.follows: layer.name for layer in self._stage.layers if layer.follows}
        head = last.get("head", "figures")
        held = last.get("right hand", last.get("left hand", head))
        canvas = np.zeros_like(self._stage.layers[0].rgba)
        depth = next(layer.depth for layer in self._stage.layers if layer.follows == "figures")
        for name, below in (("over head", head), ("over hands", held)):
            if name not in names:
                yield below, Layer(name, "person", depth, canvas, "figures")

    def _planned(
        self, moments: list[Moment], seen: float
    ) -> tuple[list[tuple[int, Floats]], list[tuple[Performer, ...]]]:
        """Of each frame the drawing and how the picture of it has moved; and everybody's poses by drawing."""
        plans, outlines = [self._cast.shot.performers], [self._framed(self._cast.shot.performers)]
        shown: list[tuple[int, Floats]] = []
        for now in moments:
            at = self._framed(now.performers)
            apart = [float(np.abs(at - other).max()) for other in outlines]
            which = shown[-1][0] if shown and apart[shown[-1][0]] < seen else int(np.argmin(apart))
            if apart[which] >= seen:
                which = len(plans)
                plans.append(now.performers)
                outlines.append(at)
            shown += [(which, now.way)] * TWOS
        return shown, plans

    def _framed(self, performers: tuple[Performer, ...]) -> Floats:
        """Everybody's joints as far as they are in the frame or just out of it: what moves elsewhere is not seen."""
        stage, air = self._stage, 0.06 * self._stage.height
        points = outline(performers, self._cast.shot.camera)
        low = np.array([stage.margin - air, stage.margin - air])
        return np.clip(points, low, low + 2 * air + np.array([stage.width, stage.height]))

    @cached_property
    def _head(self) -> Sprite | None:
        layer = next((layer for layer in self._stage.layers if layer.follows == layer.name == "head"), None)
        if layer is None:
            return None
        x, y, w, h = cv2.boundingRect(np.ascontiguousarray(layer.rgba[..., 3]))
        return Sprite(np.ascontiguousarray(layer.rgba[y : y + h, x : x + w]), x, y)

    def _mark(self, number: int, name: str) -> Mark:
        """A mark of a drawing of this number."""
        if number not in self._marks:
            camera, figure = self._cast.shot.camera, standing(self._plans[number][0])
            marks: dict[str, Mark] = {hand: hand_mark(figure, camera, hand) for hand in HANDS}
            self._marks[number] = {**marks, "head": head_mark(figure, camera)}
        return self._marks[number][name]

    def _drawn_now(self, number: int) -> Drawn:
        cast = self._cast.playing(self._plans[number])
        ground = any(layer.name == "contact shadow" for layer in self._stage.layers)
        return drawn(cast, self._head, self._mark(0, "head"), chest=self._stage.chest, ground=ground)

    def _placed(self, cutout: MovingLayer, name: str, number: int) -> tuple[MovingLayer, Floats]:
        which, way = self.shown[number]
        if which == 0:
            return cutout, way
        if (which, name) not in self._parts:
            self._parts |= {(which, part): sprite for part, sprite in self._sprites(which)}
        if (which, name) not in self._cutouts:
            pixels, x, y = self._parts[which, name]
            self._cutouts[which, name] = replace(cutout, pixels=pixels, x=x, y=y)
        return self._cutouts[which, name], way

    def _sprites(self, which: int) -> Iterator[tuple[str, tuple[Pixels, int, int]]]:
        done = self._drawn_now(which)
        for name, sprite in (("figures", done.figures), ("over head", done.over_head), ("over hands", done.over_hands)):
            yield name, (premultiplied(_rimmed(sprite.rgba)), sprite.left - RIM, sprite.top - RIM)
        if done.shade is not None:
            yield "contact shadow", cropped(shade_layer(done.shade).rgba)

    def _carried(self, layer: Layer, number: int) -> Floats:
        which, way = self.shown[number]
        name = layer.follows
        return way if which == 0 else np.asarray(way @ self._mark(0, name).way(self._mark(which, name)))

    def _along(self, field: Field, layer: Layer) -> Field:
        """A field of the whole body, for something that lies where a mark has carried it."""
        fps, frames = self._instructions.fps, self._instructions.frames

        def move(x: Floats, y: Floats, t: float) -> tuple[Floats, Floats]:
            number = min(round(t * fps), frames - 1)
            which, way = self.shown[number]
            if which == 0:
                return field(x, y, t)
            own = np.linalg.inv(way) @ self._carried(layer, number)
            there = np.stack([x, y], -1) @ own[:2, :2].T + own[:2, 2]
            moved = np.stack(field(there[..., 0], there[..., 1], t), -1) @ np.linalg.inv(own[:2, :2]).T
            return moved[..., 0], moved[..., 1]

        return move


def _rimmed(rgba: Pixels) -> Pixels:
    return np.asarray(cv2.copyMakeBorder(rgba, RIM, RIM, RIM, RIM, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)), np.uint8)
