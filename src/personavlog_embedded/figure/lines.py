"""The pen: contours where the depth jumps, borders between things, sharp turns of the surface."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.label import Label, Shell
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.noise import noise
from personavlog_embedded.figure.view import View

JUMP, FLESH_JUMP = 0.016, 0.008
"""Metres of second difference in depth between samples that make a contour."""
KERNEL = np.ones((3, 3), np.uint8)


def inked(colour: Floats, seen: View, ink: float) -> Floats:
    """``colour`` (n, 3) with its lines, ``ink`` px wide."""
    line = _lines(seen, ink).ravel()[:, None]
    return np.asarray(colour * (1 - line) + (colour * 0.22 + np.array([20, 10, 12], np.float32)) * line, np.float32)


def _lines(seen: View, ink: float) -> Floats:
    inside = (seen.label > 0).reshape(seen.shape)
    jump, border, bent = _jumps(seen, inside), _borders(seen, inside), _bends(seen) & inside
    wobble = np.clip(0.82 + 0.17 * noise(seen.shape, 2, 9 * seen.fine, 9 * seen.fine), 0.55, 1)
    strong = _pen(jump, ink, seen.fine) * wobble
    weak = np.maximum(0.75 * _pen(border, 0.7 * ink, seen.fine), 0.4 * _pen(bent, 0.5 * ink, seen.fine))
    return np.asarray(np.clip(np.maximum(strong, weak), 0, 1), np.float32)


def _jumps(seen: View, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    far = np.where(inside, seen.far.reshape(seen.shape), 99).astype(np.float32)
    step = np.maximum(*(np.abs(np.roll(far, 1, axis) + np.roll(far, -1, axis) - 2 * far) for axis in (0, 1)))
    flesh = np.isin(seen.label, (Label.SKIN, Label.FACE)).reshape(seen.shape)
    out = (step > np.where(flesh, FLESH_JUMP, JUMP)) & inside
    out[[0, -1]] = out[:, [0, -1]] = False
    _, parts, stats, _ = cv2.connectedComponentsWithStats(out.astype(np.uint8), connectivity=8)
    return np.asarray(out & (stats[:, cv2.CC_STAT_AREA] > 9 * seen.fine)[parts])


def _borders(seen: View, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    label = np.where(seen.label == Label.FACE, Label.SKIN, seen.label)
    upper = np.isin(seen.shell, (Shell.UPPER, Shell.TAILS)) | (seen.label == Label.OVER)
    ids = (
        (label.astype(np.float32) * 7 + seen.owner * 101.0 + upper * 3)
        .reshape(seen.shape)
        .astype(np.float32)
    )
    out = (cv2.morphologyEx(ids, cv2.MORPH_DILATE, KERNEL) != cv2.morphologyEx(ids, cv2.MORPH_ERODE, KERNEL)) & inside
    return np.asarray(out)


def _bends(seen: View) -> NDArray[np.bool_]:
    normal = seen.normal.reshape(*seen.shape, 3)
    return np.asarray(sum(cv2.absdiff(normal, np.roll(normal, s, a)).sum(2) for s, a in ((1, 0), (1, 1))) > 1.3)


def _pen(where: NDArray[np.bool_], px: float, fine: int) -> Floats:
    tip = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (max(1, round(px * fine)) | 1,) * 2)
    return np.asarray(
        cv2.GaussianBlur(cv2.dilate(where.astype(np.uint8), tip).astype(np.float32), (0, 0), 0.35 * fine), np.float32
    )
