"""The pen: contours where the depth jumps, borders between things, sharp turns of the surface; it swells on the side away
from the light and where one thing lies over another."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.garments import Label, Shell, X, Y, Z
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.noise import on_tile, tile
from personavlog_embedded.figure.shot import Shot
from personavlog_embedded.figure.tones import FLESH
from personavlog_embedded.figure.view import FINE, KERNEL, View

JUMP, FLESH_JUMP = 0.008, 0.003
"""Metres of second difference in depth that make a contour, besides a part of what a sample measures."""
QUIET = np.isin(np.arange(len(Label)), (Label.LIPS, Label.BROW, Label.IRIS, Label.WHITE))
"""(labels,): which of them have no border drawn."""
SPECK = 13
"""Samples across which so many at least must be a jump, to make a line of it."""
LARGE = 600
"""Px a metre at which a line is as wide as the shot's ink; on smaller figures it is thinner, by the square root."""
NOTHING = 99.0


def inked(seen: View, shot: Shot) -> Floats:
    """(h, w) 0 to 1: how much of each px that shows something is ink."""
    inside = seen.close("label") > 0
    quiet = QUIET[seen.close("label")]
    width = cv2.resize(_width(seen, shot), inside.shape[::-1], interpolation=cv2.INTER_LINEAR)
    jumps, hollow = _jumps(seen, shot, inside)
    strong, weak = _pen(jumps, width), _pen(_borders(seen, inside, quiet, hollow), 0.6 * width)
    line = np.maximum(strong, 0.75 * weak) * inside
    return np.asarray(cv2.resize(line, (seen.width, seen.height), interpolation=cv2.INTER_AREA), np.float32)


def _width(seen: View, shot: Shot) -> Floats:
    """(h, w) px: how wide a line is."""
    some, way = seen.middle, np.asarray(shot.sun.way, np.float32)
    away = 0.5 - 0.5 * (some.normal @ (way / np.linalg.norm(way)))
    press = on_tile(tile(2, 22, 22), some.fields[:, X] * 500 + some.fields[:, Z] * 400, some.fields[:, Y] * 500)
    size = np.sqrt(shot.camera.focal / some.far / LARGE).clip(0.45, 1.5)
    width = np.float32(shot.ink) * size * (0.45 + 0.9 * away + 0.14 * press).clip(0.35, 1.5)
    plane = seen.plane(width.astype(np.float32))
    return np.asarray(cv2.blur(plane, (3, 3)) + (plane == 0) * np.float32(0.4), np.float32)


def _jumps(seen: View, shot: Shot, inside: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where the depth jumps, and where it is at least bent."""
    far = seen.close("far", NOTHING)
    step = np.maximum(np.abs(cv2.filter2D(far, -1, SECOND)), np.abs(cv2.filter2D(far, -1, SECOND.T)))
    least = seen.plane(np.where(FLESH[seen.middle.label], np.float32(FLESH_JUMP), np.float32(JUMP)), JUMP)
    least = cv2.resize(least, far.shape[::-1], interpolation=cv2.INTER_NEAREST)
    least += 0.75 * far / shot.camera.focal
    out = (step > least) & inside
    many = cv2.boxFilter(out.astype(np.uint8), cv2.CV_16U, (SPECK, SPECK), normalize=False) >= SPECK
    return np.asarray(out & many), np.asarray(step > 0.3 * least)


SECOND = np.array([[1, -2, 1]], np.float32)


def _borders(
    seen: View, inside: NDArray[np.bool_], quiet: NDArray[np.bool_], hollow: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Where labels, owners or the upper sheet end, and in the hollow between two fingers."""
    label, owner, shell, digit = (seen.close(name) for name in ("label", "owner", "shell", "digit"))
    out = _differ(label) | _differ(owner) | _differ((shell == Shell.UPPER).astype(np.uint8))
    out &= ~quiet & (cv2.erode(quiet.astype(np.uint8), KERNEL) == 0)
    fingers = cv2.dilate(digit, KERNEL) > cv2.erode(np.where(digit == 0, 255, digit).astype(np.uint8), KERNEL)
    return np.asarray((out | fingers & (digit > 0) & hollow) & inside)


def _differ(names: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray(cv2.dilate(names, KERNEL) != cv2.erode(names, KERNEL))


def _pen(where: NDArray[np.bool_], width: Floats) -> Floats:
    """A line of ``width`` px along the samples ``where``."""
    away = cv2.distanceTransform((~where).astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(np.clip(width * (FINE / 2) + 0.25 - away, 0, 1), np.float32)
