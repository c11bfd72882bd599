"""What the painter can tell about the person's outline and arms, from its own layers: what a quality agent compares the
picture with."""

from __future__ import annotations

from collections.abc import Callable, Container

import cv2
import numpy as np

from personavlog.backbones.parts import Side
from personavlog.media.arrays import Box, Mask
from personavlog.metrics.person.outline import Line, bare
from personavlog.scene import SceneLimb
from personavlog_embedded.scene.stage import Layer, Stage
from personavlog_embedded.style.print_surface import flatten

SOLID = 128
"""Alpha from which a px belongs to a layer."""
SIDES: tuple[Side, ...] = ("left", "right")
COARSE = 2.0
"""Px by which the line may leave the true outline."""
LEAST_AREA = 40
MOST_POINTS = 9
THIN = 2.0
"""Px from an arm's edge within which no point is set."""


def seen(stage: Stage, bones: Container[str]) -> Mask:
    """(height, width) of the frame: where these parts of the person are seen, nothing lying over them."""
    return _seen(stage, lambda layer: layer.kind == "person" and layer.joint is not None and layer.joint.bone in bones)


def person(stage: Stage) -> Mask:
    """(height, width): where anything of the person is seen."""
    return _seen(stage, lambda layer: layer.kind == "person")


def _seen(stage: Stage, wanted: Callable[[Layer], bool]) -> Mask:
    found = np.zeros(stage.layers[0].rgba.shape[:2], np.bool_)
    for layer in stage.layers:
        solid = layer.rgba[..., 3] >= SOLID
        found = found | solid if wanted(layer) else found & ~solid
    m = stage.margin
    return np.asarray(found[m : m + stage.height, m : m + stage.width])


def arm(side: str) -> tuple[str, str, str]:
    """An arm's bones, from the shoulder on."""
    return f"upper arm {side}", f"forearm {side}", f"hand {side}"


def outline(stage: Stage) -> tuple[Line, ...]:
    """Closed lines around everything that shows of the person, in px of the frame."""
    contours, _ = cv2.findContours(person(stage).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    kept = [cv2.approxPolyDP(one, COARSE, True)[:, 0] for one in contours if cv2.contourArea(one) >= LEAST_AREA]
    return tuple(tuple((float(x), float(y)) for x, y in line) for line in kept)


def limbs(stage: Stage, face: Box | None) -> tuple[SceneLimb, ...]:
    """The arms of which forearm or hand is seen."""
    picture = flatten(stage)
    found = ((side, _inside(seen(stage, arm(side)[1:]))) for side in SIDES)
    return tuple(
        SceneLimb(name=f"{side} arm", bare=face is not None and bare(picture, face, points), points=points)
        for side, points in found
        if points
    )


def _inside(mask: Mask) -> tuple[tuple[float, float], ...]:
    """Up to nine points, each as far from the edge and from the others as there is room."""
    room = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3)
    points: list[tuple[float, float]] = []
    for _ in range(MOST_POINTS):
        _, radius, _, at = cv2.minMaxLoc(room)
        if radius < THIN:
            break
        points.append((float(at[0]), float(at[1])))
        cv2.circle(room, at, max(round(1.2 * radius), 4), 0.0, -1)
    return tuple(points)
