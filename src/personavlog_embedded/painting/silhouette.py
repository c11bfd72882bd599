"""What the painter can tell about the person's outline and arms, from its own layers: what a quality agent compares the
picture with."""

from __future__ import annotations

from collections.abc import Callable, Collection

import cv2
import numpy as np

from personavlog.backbones.parts import Side
from personavlog.media.arrays import Box, Mask
from personavlog.metrics.person.outline import SKIN, Line, skin_distance
from personavlog.scene import SceneLimb
from personavlog_embedded.figure.view import BODY_PARTS
from personavlog_embedded.scene.stage import Layer, Stage
from personavlog_embedded.style.print_surface import flatten

PERSON = 1
"""The number of the film's person among the figures."""
SOLID = 128
"""Alpha from which a px belongs to a layer."""
SIDES: tuple[Side, ...] = ("left", "right")
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


def seen(stage: Stage, parts: Collection[str]) -> Mask:
    """(height, width) of the frame: where these parts of the person (``figure.view.BODY_PARTS``) are seen, nothing
    lying over them."""
    if stage.parts is None:
        return np.zeros((stage.height, stage.width), np.bool_)
    m = stage.margin
    part, owner = np.moveaxis(stage.parts[m : m + stage.height, m : m + stage.width], 2, 0)
    wanted = [BODY_PARTS.index(name) for name in parts]
    drawn = _seen(stage, lambda layer: layer.kind == "person" and layer.follows == "figures")
    return np.asarray(np.isin(part, wanted) & (owner == PERSON) & drawn)


def person(stage: Stage) -> Mask:
    """(height, width): where anything of the person is seen."""
    return np.asarray(_seen(stage, lambda layer: layer.kind == "person") & ~of_others(stage))


def others(stage: Stage) -> Mask:
    """(height, width): where who is with the person is seen, or what the person sits on."""
    return np.asarray(_seen(stage, lambda layer: layer.kind == "person") & of_others(stage))


def of_others(stage: Stage) -> Mask:
    """(height, width): where the drawing shows somebody or something else than the person, and no photographed head
    lies over it."""
    if stage.parts is None:
        return np.zeros((stage.height, stage.width), np.bool_)
    m = stage.margin
    owner = stage.parts[m : m + stage.height, m : m + stage.width, 1]
    return np.asarray((owner > PERSON) & ~_seen(stage, lambda layer: layer.follows == "head"))


def _seen(stage: Stage, wanted: Callable[[Layer], bool]) -> Mask:
    found = np.zeros(stage.layers[0].rgba.shape[:2], np.bool_)
    for layer in stage.layers:
        solid = layer.rgba[..., 3] >= SOLID
        found = found | solid if wanted(layer) else found & ~solid
    m = stage.margin
    return np.asarray(found[m : m + stage.height, m : m + stage.width])


def arm(side: str) -> tuple[str, str, str]:
    """An arm's parts, from the shoulder on; ``side`` is the figure's own."""
    return f"{side} upper arm", f"{side} forearm", f"{side} hand"


def own_side(stage: Stage, side: Side) -> Side:
    """The figure's own side of the arm that is on this side of the picture."""
    across = {own: np.nonzero(seen(stage, arm(own)))[1] for own in SIDES}
    middles = {own: float(columns.mean()) for own, columns in across.items() if columns.size}
    if len(middles) < 2:
        return "right" if side == "left" else "left"
    leftmost = min(middles, key=lambda own: middles[own])
    return leftmost if side == "left" else next(own for own in SIDES if own != leftmost)


def outline(mask: Mask) -> tuple[Line, ...]:
    """Closed lines around everything that shows of the mask, in its px."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    kept = [cv2.approxPolyDP(one, COARSE, True)[:, 0] for one in contours if cv2.contourArea(one) >= LEAST_AREA]
    return tuple(tuple((float(x), float(y)) for x, y in line) for line in kept)


def limbs(stage: Stage, face: Box | None) -> tuple[SceneLimb, ...]:
    """The arms whose absence would show: by points beside the rest of the body, or of skin before it, of which there is
    more."""
    skin = np.zeros((stage.height, stage.width), np.bool_)
    if face is not None:
        skin = np.asarray(skin_distance(flatten(stage), face) < SKIN)
    found = []
    for side in SIDES:
        own = arm(own_side(stage, side))
        shown, rest = seen(stage, own[1:]), _rest(stage, own)
        beside, before = shown & ~rest, shown & rest & skin
        bare = bool(before.sum() > beside.sum())
        clear = before if bare else beside
        points = _inside(clear) if face is not None and clear.sum() > SHOWN * _area(face) else ()
        if points:
            found.append(SceneLimb(name=f"{side} arm", bare=bare, points=points))
    return tuple(found)


def _rest(stage: Stage, arm: Collection[str]) -> Mask:
    """(height, width): what the body covers without this arm, each of its parts completed to its convex hull."""
    out = np.zeros((stage.height, stage.width), np.uint8)
    for name in BODY_PARTS[1:]:
        at = np.argwhere(seen(stage, (name,)))[:, ::-1] if name not in arm else ()
        if len(at):
            cv2.fillConvexPoly(out, cv2.convexHull(np.asarray(at, np.int32)), 1)
    return np.asarray(out, np.bool_)


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
