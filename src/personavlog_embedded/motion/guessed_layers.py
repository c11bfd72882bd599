"""Layers guessed for a keyframe that was not painted here: the person cut out, the place behind them filled in,
room for the camera all around."""

from __future__ import annotations

import re

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import Face, detect
from personavlog.metrics.person.matte import MOST, matte
from personavlog.script import Board
from personavlog_embedded.scene.stage import FacePoints, Kind, Layer, Stage

PERSON_DEPTH, PLACE_DEPTH = 0.45, 0.66
MARGIN = 0.06
"""Of the short side; the mirrored rim never shows more than this."""
FILL_SIDE = 360
"""Px of the long side at which the hole behind the person is filled; it only ever shows as a sliver."""


_INDOORS = re.compile(
    r"\b(indoors?|inside|interior|room|bedroom|kitchen|caf[eé]|coffee|restaurant|bar|diner|studio|office|library|shop"
    r"|store|museum|gallery|hall|gym|"
    r"lab|laboratory|classroom|home|apartment|hotel|train|carriage|car|bus|cabin|cockpit|elevator|corridor|theat(er|re)"
    r"|workshop|cellar|attic|cave)\b"
    r"|室内|房间|厨房|咖啡|餐厅|办公室|图书馆|商店|博物馆|教室|车厢|家里",
    re.I,
)


def guess_layers(picture: Pixels, board: Board) -> Stage:
    """A stage for a (h, w, 3) uint8 RGB picture; drawn at rest it is the picture up to rounding at soft edges."""
    margin = round(min(picture.shape[:2]) * MARGIN)
    face = max(detect(picture), key=lambda found: found.size, default=None)
    alpha = _person(picture, face)
    place = picture if alpha is None else _behind(picture, alpha)
    layers = [_layer("place", "far", PLACE_DEPTH, _extended(place, margin), None)]
    if alpha is not None:
        layers.append(_layer("person", "person", PERSON_DEPTH, *_cut(picture, place, alpha, margin)))
    height, width = picture.shape[:2]
    points = None if face is None or alpha is None else _on_canvas(face, margin)
    return Stage(
        width,
        height,
        margin,
        tuple(layers),
        board.weather.value,
        board.time_of_day.value,
        points,
        inside=bool(_INDOORS.search(board.place)),
    )


def _person(picture: Pixels, face: Face | None) -> Plane | None:
    """The matte, None where nobody could be told from the place."""
    alpha = matte(picture, face).alpha
    share = float(alpha.mean())
    return alpha if face is not None and 0.01 < share < MOST else None


def _behind(picture: Pixels, alpha: Plane) -> Pixels:
    """The picture with the person's place filled from around it, softly; unchanged where the matte is zero."""
    scale = FILL_SIDE / max(picture.shape[:2])
    size = (max(round(picture.shape[1] * scale), 8), max(round(picture.shape[0] * scale), 8))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    hole = cv2.dilate(
        (cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > 0.02).astype(np.uint8), np.ones((7, 7), np.uint8)
    )
    filled = cv2.GaussianBlur(cv2.inpaint(small, hole, 4, cv2.INPAINT_TELEA), (0, 0), 1.5)
    large = cv2.resize(filled, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_CUBIC)
    near = cv2.GaussianBlur(np.clip(alpha * 4, 0, 1), (0, 0), 3)
    weight = np.where(alpha > 0, np.maximum(near, np.clip(alpha * 4, 0, 1)), 0)[..., None]
    return np.asarray(picture * (1 - weight) + large * weight + 0.5, np.uint8)


def _cut(picture: Pixels, place: Pixels, alpha: Plane, margin: int) -> tuple[Pixels, NDArray[np.uint8]]:
    """The person's colours, such that drawn over ``place`` they give the picture again, and the alpha, both with their
    margin."""
    solid = np.round(alpha * 255).astype(np.uint8)
    a = solid[..., None].astype(np.float32) / 255
    colours = np.clip((picture - (1 - a) * place) / np.maximum(a, 1 / 255) + 0.5, 0, 255).astype(np.uint8)
    # The person goes on outside the frame only where they are cut by it; a mirror shows fewer streaks there than the
    # last row repeated.
    rgb = cv2.copyMakeBorder(colours, margin, margin, margin, margin, cv2.BORDER_REFLECT_101)
    outline = cv2.copyMakeBorder(solid, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
    outline[:margin] = 0
    return np.asarray(rgb, np.uint8), np.asarray(outline, np.uint8)


def _extended(place: Pixels, margin: int) -> Pixels:
    """The place mirrored outwards, the more blurred the further out, so that the mirror is not recognised."""
    wide = cv2.copyMakeBorder(place, margin, margin, margin, margin, cv2.BORDER_REFLECT_101)
    soft = cv2.GaussianBlur(wide, (0, 0), max(margin / 6, 1))
    inside = np.zeros(wide.shape[:2], np.float32)
    inside[margin : margin + place.shape[0], margin : margin + place.shape[1]] = 1
    outside = cv2.distanceTransform((1 - inside).astype(np.uint8), cv2.DIST_L2, 3)
    weight = np.clip(outside / (0.4 * margin + 1), 0, 1)[..., None]
    return np.asarray(wide * (1 - weight) + soft * weight + 0.5, np.uint8)


def _layer(name: str, kind: Kind, depth: float, rgb: Pixels, alpha: NDArray[np.uint8] | None) -> Layer:
    solid = np.full(rgb.shape[:2], 255, np.uint8) if alpha is None else alpha
    return Layer(name, kind, depth, np.ascontiguousarray(np.dstack([rgb, solid])))


def _on_canvas(face: Face, margin: int) -> FacePoints:
    x0, y0, x1, y1 = (value + margin for value in face.box)
    return FacePoints((x0, y0, x1, y1), (face.points + margin).astype(np.float32))
