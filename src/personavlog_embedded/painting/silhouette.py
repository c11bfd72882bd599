"""What the painter can tell about the person's outline and arms, from its own layers: what a quality agent compares the
picture with."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.parts import Side
from personavlog.media.arrays import Box, Mask, Pixels
from personavlog.metrics.person.outline import SKIN, Line, skin_distance
from personavlog.scene import SceneLimb
from personavlog_embedded.figure.pose import OTHER, SIDES
from personavlog_embedded.figure.view import BODY_PARTS
from personavlog_embedded.scene.stage import Layer, Stage

PERSON = 1
"""The number of the film's person among the figures."""
SOLID = 128
"""Alpha from which a px belongs to a layer."""
COARSE = 2.0
"""Px by which the line may leave the true outline."""
LEAST_AREA = 40
MOST_POINTS = 9
THIN = 2.0
"""Px from an arm's edge within which no point is set."""
BORDER = 0.02
"""Of the shorter side: as near to the frame no point is set; styles draw lines there."""
SHOWN = 0.08
"""Of the face's area: how much of an arm shows before anybody would miss it."""


@dataclass(frozen=True, eq=False)
class Silhouette:
    """What shows of people in the frame of a stage; all masks are (height, width)."""

    stage: Stage

    @cached_property
    def parts(self) -> NDArray[np.uint8]:
        """(height, width): the number (``figure.view.BODY_PARTS``) of the person's part that is seen, nothing lying
        over it; 0 for none."""
        part, owner = np.moveaxis(self._parts, 2, 0)
        drawn = self._seen(lambda layer: layer.kind == "person" and layer.follows == "figures")
        return np.asarray(part * (drawn & (owner == PERSON)), np.uint8)

    def seen(self, parts: Collection[str]) -> Mask:
        """Where these parts of the person are seen."""
        return np.isin(self.parts, [BODY_PARTS.index(name) for name in parts])

    @cached_property
    def person(self) -> Mask:
        """Where anything of the person is seen."""
        return self._people & ~self.of_others

    @cached_property
    def others(self) -> Mask:
        """Where who is with the person is seen, or what the person sits on."""
        return self._people & self.of_others

    @cached_property
    def of_others(self) -> Mask:
        """Where the drawing shows somebody or something else than the person, and no photographed head lies over
        it."""
        return np.asarray((self._parts[..., 1] > PERSON) & ~self._seen(lambda layer: layer.follows == "head"))

    def own_side(self, side: Side) -> Side:
        """The figure's own side of the arm that is on this side of the picture."""
        across = {own: np.nonzero(self.seen(arm(own)))[1] for own in SIDES}
        middles = {own: float(columns.mean()) for own, columns in across.items() if columns.size}
        if len(middles) < 2:
            return OTHER[side]
        leftmost = min(middles, key=lambda own: middles[own])
        return leftmost if side == "left" else OTHER[leftmost]

    def limbs(self, picture: Pixels, face: Box | None) -> tuple[SceneLimb, ...]:
        """The arms whose absence would show: by points beside the rest of the body, or of skin before it, of which
        there is more. ``picture`` (height, width, 3) is the stage's."""
        if face is None:
            return ()
        skin, found = np.asarray(skin_distance(picture, face) < SKIN), []
        for side in SIDES:
            own = arm(self.own_side(side))
            shown, rest = self.seen(own[1:]), self._rest(own)
            beside, before = shown & ~rest, shown & rest & skin
            bare = bool(before.sum() > beside.sum())
            clear = before if bare else beside
            points = _inside(clear) if clear.sum() > SHOWN * _area(face) else ()
            if points:
                found.append(SceneLimb(name=f"{side} arm", bare=bare, points=points))
        return tuple(found)

    @cached_property
    def _people(self) -> Mask:
        return self._seen(lambda layer: layer.kind == "person")

    @property
    def _parts(self) -> NDArray[np.uint8]:
        """(height, width, 2): as ``Stage.parts``, of the frame; 0 where nobody is drawn."""
        stage, m = self.stage, self.stage.margin
        if stage.parts is None:
            return np.zeros((stage.height, stage.width, 2), np.uint8)
        return stage.parts[m : m + stage.height, m : m + stage.width]

    def _seen(self, wanted: Callable[[Layer], bool]) -> Mask:
        stage, m = self.stage, self.stage.margin
        found = np.zeros((stage.height, stage.width), np.bool_)
        for layer in stage.layers:
            solid = layer.rgba[m : m + stage.height, m : m + stage.width, 3] >= SOLID
            found = found | solid if wanted(layer) else found & ~solid
        return found

    def _rest(self, arm: Collection[str]) -> Mask:
        """What the body covers without this arm, each of its parts completed to its convex hull."""
        out = np.zeros(self.parts.shape, np.uint8)
        for name in BODY_PARTS[1:]:
            at = np.argwhere(self.seen((name,)))[:, ::-1] if name not in arm else ()
            if len(at):
                cv2.fillConvexPoly(out, cv2.convexHull(np.asarray(at, np.int32)), 1)
        return np.asarray(out, np.bool_)


def arm(side: str) -> tuple[str, str, str]:
    """An arm's parts, from the shoulder on; ``side`` is the figure's own."""
    return f"{side} upper arm", f"{side} forearm", f"{side} hand"


def outline(mask: Mask) -> tuple[Line, ...]:
    """Closed lines around everything that shows of the mask, in its px."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    kept = [cv2.approxPolyDP(one, COARSE, True)[:, 0] for one in contours if cv2.contourArea(one) >= LEAST_AREA]
    return tuple(tuple((float(x), float(y)) for x, y in line) for line in kept)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(mask: Mask) -> tuple[tuple[float, float], ...]:
    """Up to nine points, each as far from the edge and from the others as there is room."""
    edge = max(round(BORDER * min(mask.shape)), 1)
    framed = np.pad(mask[edge:-edge, edge:-edge], edge).astype(np.uint8)
    room = cv2.distanceTransform(framed, cv2.DIST_L2, 3)
    points: list[tuple[float, float]] = []
    for _ in range(MOST_POINTS):
        _, radius, _, at = cv2.minMaxLoc(room)
        if radius < THIN:
            break
        points.append((float(at[0]), float(at[1])))
        cv2.circle(room, at, max(round(1.2 * radius), 4), 0.0, -1)
    return tuple(points)
