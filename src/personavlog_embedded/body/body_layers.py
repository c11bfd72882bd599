"""A posed person as layers of a keyframe: drawn, redrawn in the style, with the shadow at their feet and the hands that
can hold things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.body.actor import Actor
from personavlog_embedded.body.assemble import body_parts
from personavlog_embedded.body.seat import bench
from personavlog_embedded.body.skeleton import Skeleton
from personavlog_embedded.face.acting import with_expression
from personavlog_embedded.scene.expression import Expression
from personavlog_embedded.scene.grip import Grip
from personavlog_embedded.scene.stage import FacePoints, Layer
from personavlog_embedded.style.layers import styled
from personavlog_embedded.style.stylise import fill_outside

DEPTH = 0.15


@dataclass(frozen=True, eq=False)
class DrawnPerson:
    """``layers`` are canvas-sized, far to near; ``face`` is where the face is, None where the person is seen from
    behind."""

    layers: list[Layer]
    face: FacePoints
    grips: tuple[Grip, ...]


def draw_person(
    skeleton: Skeleton,
    actor: Actor,
    rgba: Pixels,
    face: FacePoints,
    expression: Expression,
    canvas: tuple[int, int],
    redraw: Callable[[Pixels], Pixels],
    seed: int,
    seat: str = "wood",
) -> DrawnPerson:
    """``rgba`` is the stylised cut-out and ``face`` the points in it, ``expression`` what the face shall show;
    ``canvas`` is (height, width).

    ``redraw`` puts (h, w, 3) pixels into the style, ``seat`` is what a bench is made of.
    """
    acted = with_expression(
        np.dstack([rgba[..., :3], np.round(actor.head.keep * 255).astype(np.uint8)]), actor.mesh, expression, face
    )
    head = replace(actor.head, keep=acted.rgba[..., 3].astype(np.float32) / np.float32(255))
    made = body_parts(skeleton, actor.outfit, head, actor.back, acted.rgba, actor.photo, seed)
    layers = [
        Layer(
            part.joint.bone,
            "person",
            DEPTH,
            _placed(part.sheet.rgba(), part.sheet.left, part.sheet.top, canvas),
            part.joint,
        )
        for part in made
    ]
    if skeleton.pose.seat == "bench":
        slab = bench(skeleton, seat)
        layers.insert(0, Layer("bench", "near", DEPTH + 0.005, _placed(slab.rgba(), slab.left, slab.top, canvas)))
    return DrawnPerson(
        _styled(layers, redraw, kept="" if skeleton.pose.back else "head"),
        _moved(acted.face, actor.head.matrix(skeleton)),
        grips(skeleton),
    )


def grips(skeleton: Skeleton) -> tuple[Grip, ...]:
    """The palms of both hands."""
    size = skeleton.build.hand * skeleton.head_px
    out = []
    for limb, arm in zip(skeleton.arms, (skeleton.pose.left, skeleton.pose.right), strict=True):
        way = np.radians(limb.onward)
        x, y = limb.end + 0.4 * size * np.array([np.cos(way), np.sin(way)])
        out.append(Grip(float(x), float(y), size, limb.lower, arm.holds, not arm.behind))
    return tuple(out)


def _placed(rgba: Pixels, left: int, top: int, canvas: tuple[int, int]) -> Pixels:
    out = np.zeros((*canvas, 4), np.uint8)
    y0, x0 = max(top, 0), max(left, 0)
    y1, x1 = min(top + rgba.shape[0], canvas[0]), min(left + rgba.shape[1], canvas[1])
    if y1 > y0 and x1 > x0:
        out[y0:y1, x0:x1] = rgba[y0 - top : y1 - top, x0 - left : x1 - left]
    return out


def _styled(layers: list[Layer], redraw: Callable[[Pixels], Pixels], kept: str) -> list[Layer]:
    """All parts but the one named ``kept``, which is in the style already, redrawn together: one light, one line over
    the whole body."""
    cover = np.maximum.reduce([layer.rgba[..., 3] for layer in layers])
    x, y, w, h = cv2.boundingRect((cover > 0).astype(np.uint8))
    if not w or not h:
        return layers
    box = np.s_[y : y + h, x : x + w]
    cut = [replace(layer, rgba=np.ascontiguousarray(layer.rgba[box])) for layer in layers]
    flat = fill_outside(_flat(cut))
    backdrop = Layer("backdrop", "far", 1.0, np.dstack([flat, np.full(flat.shape[:2], 255, np.uint8)]))
    done = styled([backdrop, *cut], redraw)[1:]
    return [
        layer if layer.name == kept else _back(layer, new.rgba, box) for layer, new in zip(layers, done, strict=True)
    ]


def _back(layer: Layer, rgba: Pixels, box: tuple[slice, slice]) -> Layer:
    out = layer.rgba.copy()
    out[box] = rgba
    return replace(layer, rgba=out)


def _flat(layers: list[Layer]) -> Pixels:
    """The parts drawn over each other, straight alpha."""
    rgb = np.zeros((*layers[0].rgba.shape[:2], 3), np.float32)
    alpha = np.zeros((*rgb.shape[:2], 1), np.float32)
    for layer in layers:
        a = layer.rgba[..., 3:].astype(np.float32) / np.float32(255)
        rgb, alpha = layer.rgba[..., :3] * a + rgb * (1 - a), a + alpha * (1 - a)
    return np.dstack([np.clip(rgb / np.maximum(alpha, 1e-3) + 0.5, 0, 255), alpha * 255]).astype(np.uint8)


def _moved(face: FacePoints, matrix: NDArray[np.float64]) -> FacePoints:
    points = face.points @ matrix[:, :2].T + matrix[:, 2]
    x0, y0, x1, y1 = face.box
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) @ matrix[:, :2].T + matrix[:, 2]
    low, high = corners.min(0), corners.max(0)
    return FacePoints((float(low[0]), float(low[1]), float(high[0]), float(high[1])), points.astype(np.float32))


def ground_shadow(skeleton: Skeleton, canvas: tuple[int, int], side: float) -> Layer:
    """What the feet, or who sits on the ground, darken under them: (h, w, 4). ``side`` is where the light comes from,
    -1 left to 1 right."""
    height, width = canvas
    unit, mask = skeleton.head_px, np.zeros(canvas, np.float32)
    ground = skeleton.lowest
    middle = float(np.mean([leg.end[0] for leg in skeleton.legs]))
    spread = abs(skeleton.legs[0].end[0] - skeleton.legs[1].end[0]) / 2
    for x, wide, flat, strength, soft in (
        (middle - 0.5 * unit * side, spread + 0.75 * unit, 0.16 * unit, 0.34, 0.09),
        *(
            (leg.end[0], 0.3 * unit, 0.075 * unit, 0.6, 0.03)
            for leg in skeleton.legs
            if ground - leg.end[1] < 0.5 * unit
        ),
    ):
        one = np.zeros_like(mask)
        cv2.ellipse(
            one,
            (round(x), round(ground - 0.02 * unit)),
            (max(2, round(wide)), max(1, round(flat))),
            0,
            0,
            360,
            strength,
            -1,
            cv2.LINE_AA,
        )
        mask = np.maximum(mask, cv2.GaussianBlur(one, (0, 0), max(0.8, soft * unit)))
    rgb = np.broadcast_to(np.array([24, 20, 30], np.uint8), (height, width, 3))
    return Layer("contact shadow", "near", DEPTH + 0.01, np.dstack([rgb, np.clip(mask * 255, 0, 255).astype(np.uint8)]))


def shadow_under(layer: Layer) -> Layer:
    """The same under a cut-out that stands whole: as wide as its lowest tenth."""
    alpha = layer.rgba[..., 3]
    _, y, _, h = cv2.boundingRect((alpha > 100).astype(np.uint8))
    columns = np.flatnonzero((alpha[y + round(0.9 * h) : y + h] > 100).any(axis=0))
    mask = np.zeros(alpha.shape, np.float32)
    if columns.size:
        middle, half = float(columns.mean()), max(2.0, float(np.ptp(columns)) / 2)
        for wide, flat, strength in ((1.15, 0.2, 0.3), (0.92, 0.08, 0.55)):
            one = np.zeros_like(mask)
            cv2.ellipse(
                one,
                (round(middle), round(y + h - 0.03 * half)),
                (round(wide * half), max(1, round(flat * half))),
                0,
                0,
                360,
                strength,
                -1,
                cv2.LINE_AA,
            )
            mask = np.maximum(mask, cv2.GaussianBlur(one, (0, 0), max(0.8, 0.07 * half)))
    rgb = np.broadcast_to(np.array([24, 20, 30], np.uint8), (*alpha.shape, 3))
    return Layer("contact shadow", "near", DEPTH + 0.01, np.dstack([rgb, np.clip(mask * 255, 0, 255).astype(np.uint8)]))
