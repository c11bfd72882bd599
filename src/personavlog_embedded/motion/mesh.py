"""A cut-out drawn through a coarse mesh of source positions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.motion.layer_plane import LayerPlane
from personavlog_embedded.motion.rhythm import Floats
from personavlog_embedded.motion.vapour import Anchored

Field = Callable[[Floats, Floats, float], tuple[Floats, Floats]]
"""Canvas x and y of any equal shape in px, and the time in s, to the displacement in px of what lies there."""
Retouch = Callable[[Pixels, int], Pixels]
"""The cut-out's pixels and the frame's number, to the pixels to draw instead."""

REACH = 48
"""Px that a field may move something beyond its cut-out's box."""
BAND = 96
"""Px of rows that are drawn at a time: what is clear beside a slanting figure is left out."""
BLOCK = 8
"""Px on a side of the squares that are known to be clear or not."""
TAPS = 3
"""Px around its source that sampling reads at most."""
NEAR = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, eq=False)
class MovingLayer:
    """One moving cut-out: ``pixels`` (h, w, 4) RGBA premultiplied, its top-left corner ``x``, ``y`` on the canvas, and
    how it moves.

    ``way`` (frames, 3, 3) moves it as a whole, in canvas px, before the camera does; its ``fields`` bend it before
    that. ``placed`` tells of a frame by its number what is drawn instead and its way (3, 3). ``airs`` rise from it.
    ``sampling`` is OpenCV's way between px: linear is quick and soft, cubic keeps the finest detail of what people look
    at.
    """

    pixels: Pixels
    x: int
    y: int
    plane: LayerPlane
    fields: tuple[Field, ...] = ()
    retouches: tuple[Retouch, ...] = ()
    cell: int = 16
    opaque: bool = False
    way: Floats | None = None
    placed: Callable[[int], tuple[MovingLayer, Floats]] | None = None
    airs: tuple[Anchored, ...] = ()
    sampling: int = cv2.INTER_LINEAR

    @cached_property
    def shown(self) -> NDArray[np.int32]:
        """(rows + 1, columns + 1): how many squares of ``BLOCK`` px above and left of a corner show anything."""
        h, w = self.pixels.shape[:2]
        squares = np.zeros((-(-h // BLOCK), BLOCK, -(-w // BLOCK), BLOCK), np.uint8)
        squares.reshape(-(-h // BLOCK) * BLOCK, -1)[:h, :w] = self.pixels[..., 3]
        return np.asarray(cv2.integral(squares.any((1, 3)).astype(np.uint8)), np.int32)


def premultiplied(rgba: Pixels) -> Pixels:
    """Straight alpha to premultiplied, rounded as ``stage.over`` rounds."""
    alpha = rgba[..., 3]
    weight = cv2.merge([alpha, alpha, alpha, np.full_like(alpha, 255)])
    return np.asarray(cv2.multiply(rgba, weight, scale=1 / 255), np.uint8)


def cropped(rgba: Pixels) -> tuple[Pixels, int, int]:
    """The premultiplied pixels inside the alpha's bounding box, with a clear rim unless it touches the canvas edge, and
    the box's corner."""
    x, y, w, h = cv2.boundingRect(rgba[..., 3])
    x0, y0, x1, y1 = max(x - 2, 0), max(y - 2, 0), min(x + w + 2, rgba.shape[1]), min(y + h + 2, rgba.shape[0])
    return premultiplied(np.ascontiguousarray(rgba[y0:y1, x0:x1])), x0, y0


def draw_layer(
    target: Pixels, cutout: MovingLayer, homography: Floats, centre: tuple[float, float], number: int, seconds: float
) -> None:
    """Draw the cut-out and its airs over ``target`` (h, w, 4), whose centre sees canvas point ``centre`` at rest."""
    _draw_pixels(target, cutout, homography, centre, number, seconds)
    if cutout.airs:
        into = np.array([[1, 0, -centre[0]], [0, 1, -centre[1]], [0, 0, 1]])
        out = np.array([[1, 0, target.shape[1] / 2], [0, 1, target.shape[0] / 2], [0, 0, 1]])
        for air in cutout.airs:
            air(target, seconds, out @ homography @ into)


def _draw_pixels(
    target: Pixels, cutout: MovingLayer, homography: Floats, centre: tuple[float, float], number: int, seconds: float
) -> None:
    box = _landing(cutout, homography, centre, target.shape[1], target.shape[0])
    if box is None:
        return
    pixels = cutout.pixels
    for retouch in cutout.retouches:
        pixels = retouch(pixels, number)
    x0, y0, x1, y1 = box
    view = target[y0:y1, x0:x1]
    if not cutout.fields:
        blend(view, _stiff(pixels, cutout, homography, centre, box, target.shape), cutout.opaque)
        return
    nodes = _nodes(cutout, homography, centre, box, target.shape, seconds)
    for top, left, part in _bands(cutout, nodes):
        high, wide = ((many - 2) * cutout.cell for many in part.shape[:2])
        below = view[top : top + high, left : left + wide]
        sources = _between(part, cutout.cell, *below.shape[:2])
        warped = cv2.remap(pixels, sources, None, cutout.sampling, borderMode=cv2.BORDER_REPLICATE)
        blend(below, warped, cutout.opaque)


def _stiff(
    pixels: Pixels,
    cutout: MovingLayer,
    homography: Floats,
    centre: tuple[float, float],
    box: tuple[int, int, int, int],
    shape: tuple[int, ...],
) -> Pixels:
    """What does not bend, seen in ``box``."""
    into = np.array([[1, 0, box[0] + 0.5 - shape[1] / 2], [0, 1, box[1] + 0.5 - shape[0] / 2], [0, 0, 1]])
    out = np.array([[1, 0, centre[0] - cutout.x - 0.5], [0, 1, centre[1] - cutout.y - 0.5], [0, 0, 1]])
    size = (box[2] - box[0], box[3] - box[1])
    flags = cutout.sampling | cv2.WARP_INVERSE_MAP
    matrix = out @ np.linalg.inv(homography) @ into
    if abs(matrix[2, :2]).max() < 1e-12:
        affine = matrix[:2] / matrix[2, 2]
        return np.asarray(cv2.warpAffine(pixels, affine, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    return np.asarray(cv2.warpPerspective(pixels, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def blend(target: Pixels, above: Pixels, opaque: bool = False) -> None:
    """Premultiplied ``above`` over ``target``, both (h, w, 4), in place."""
    if opaque:
        target[:] = above
        return
    clear = cv2.bitwise_not(cv2.extractChannel(above, 3))
    dimmed = cv2.multiply(target, cv2.merge([clear, clear, clear, clear]), scale=1 / 255)
    cv2.add(dimmed, above, dst=target)


def _landing(
    cutout: MovingLayer, homography: Floats, centre: tuple[float, float], width: int, height: int
) -> tuple[int, int, int, int] | None:
    """The frame px that the cut-out may touch; None if it is out of sight."""
    if cutout.opaque:
        return 0, 0, width, height
    h, w = cutout.pixels.shape[:2]
    corners = np.array(
        [[cutout.x, cutout.y], [cutout.x + w, cutout.y], [cutout.x, cutout.y + h], [cutout.x + w, cutout.y + h]],
        np.float64,
    )
    seen = np.column_stack([corners - centre, np.ones(4)]) @ homography.T
    place = seen[:, :2] / seen[:, 2:] + (width / 2, height / 2)
    rim = REACH if cutout.fields else 2
    # The corner lies on a multiple of the cell, so that the mesh stands still in the frame while the box grows and
    # shrinks.
    x0, y0 = np.maximum(np.floor(place.min(axis=0)) - rim, 0).astype(int) // cutout.cell * cutout.cell
    x1, y1 = np.minimum(np.ceil(place.max(axis=0)) + rim, (width, height)).astype(int)
    return (int(x0), int(y0), int(x1), int(y1)) if x1 > x0 and y1 > y0 else None


def _nodes(
    cutout: MovingLayer,
    homography: Floats,
    centre: tuple[float, float],
    box: tuple[int, int, int, int],
    shape: tuple[int, ...],
    seconds: float,
) -> NDArray[np.float32]:
    """(rows + 2, columns + 2, 2) float32: where in the cut-out's pixels the middles of the cells of ``box`` come from,
    and of those around them."""
    x0, y0, x1, y1 = box
    cell = cutout.cell
    across = x0 - shape[1] / 2 + (np.arange(-1, -(-(x1 - x0) // cell) + 1) + 0.5) * cell
    down = y0 - shape[0] / 2 + (np.arange(-1, -(-(y1 - y0) // cell) + 1) + 0.5) * cell
    u, v = np.meshgrid(across, down)
    back = np.linalg.inv(homography)
    w = back[2, 0] * u + back[2, 1] * v + back[2, 2]
    x = (back[0, 0] * u + back[0, 1] * v + back[0, 2]) / w + centre[0]
    y = (back[1, 0] * u + back[1, 1] * v + back[1, 2]) / w + centre[1]
    x, y = _displaced(cutout, x, y, seconds)
    return np.dstack([x - cutout.x - 0.5, y - cutout.y - 0.5]).astype(np.float32)


def _bands(cutout: MovingLayer, nodes: NDArray[np.float32]) -> Iterator[tuple[int, int, NDArray[np.float32]]]:
    """The bands of cells that show something: the first row and column in px of the box, and their nodes with those
    around them."""
    many = BAND // cutout.cell
    starts = range(0, len(nodes) - 2, many)
    for row, seen in zip(starts, _seen(cutout, nodes, list(starts)), strict=True):
        columns = np.flatnonzero(seen)
        if len(columns):
            left, right = int(columns[0]), int(columns[-1]) + 1
            yield row * cutout.cell, left * cutout.cell, nodes[row : row + many + 2, left : right + 2]


def _seen(cutout: MovingLayer, nodes: NDArray[np.float32], starts: list[int]) -> NDArray[np.bool_]:
    """(bands, columns): where the cells of the bands that start at these rows show something of the cut-out: a px lies
    between the nodes around it."""
    if cutout.opaque:
        return np.ones((len(starts), nodes.shape[1] - 2), bool)
    last = np.array(cutout.pixels.shape[1::-1]) - 1
    low = np.minimum.reduceat(cv2.erode(nodes, NEAR)[1:-1, 1:-1], starts, axis=0)
    high = np.maximum.reduceat(cv2.dilate(nodes, NEAR)[1:-1, 1:-1], starts, axis=0)
    x0, y0 = np.moveaxis(np.clip(np.floor(low) - TAPS, 0, last).astype(int) // BLOCK, -1, 0)
    x1, y1 = np.moveaxis(np.clip(np.ceil(high) + TAPS, 0, last).astype(int) // BLOCK + 1, -1, 0)
    many = cutout.shown
    return np.asarray(many[y1, x1] - many[y0, x1] - many[y1, x0] + many[y0, x0] > 0)


def _between(nodes: NDArray[np.float32], cell: int, height: int, width: int) -> NDArray[np.float32]:
    """(height, width, 2) float32: where the px of the cells within the outermost ``nodes`` come from; one exact value
    in the middle of a cell, linear between."""
    fine = cv2.resize(nodes, (nodes.shape[1] * cell, nodes.shape[0] * cell), interpolation=cv2.INTER_LINEAR)
    return np.asarray(fine[cell : cell + height, cell : cell + width], np.float32)


def _displaced(cutout: MovingLayer, x: Floats, y: Floats, seconds: float) -> tuple[Floats, Floats]:
    """Each field is undone in turn, so that the next one, such as a jaw on a tilted head, meets the cut-out where its
    own measures hold."""
    for move in cutout.fields:
        dx, dy = move(x, y, seconds)
        x, y = x - dx, y - dy
    return x, y
