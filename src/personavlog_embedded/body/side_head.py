"""A painted head seen from the side, for figures that no photo shows."""

from __future__ import annotations

import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.body.part_sheet import SKIN_SHADE, Colour, Sheet, curve, soft, toned
from personavlog_embedded.body.photo_head import PhotoHead

UNIT = 240.0
"""Px from the top of the hair to the chin."""
WIDE, TALL = 420, 420
MIDDLE, CHIN = 210.0, 300.0
_FACE = [
    (0.05, -0.98),
    (0.2, -0.93),
    (0.31, -0.8),
    (0.345, -0.66),
    (0.345, -0.56),
    (0.335, -0.5),
    (0.385, -0.385),
    (0.435, -0.315),
    (0.40, -0.27),
    (0.345, -0.262),
    (0.362, -0.215),
    (0.345, -0.185),
    (0.358, -0.145),
    (0.33, -0.105),
    (0.335, -0.05),
    (0.29, 0.0),
    (0.2, 0.015),
    (0.08, -0.07),
    (0.02, -0.2),
    (-0.12, -0.3),
    (-0.3, -0.45),
    (-0.36, -0.7),
    (-0.26, -0.92),
    (-0.1, -0.99),
]
"""Outline of a face that looks to the right, heads across and down from the middle of the neck's root and the chin."""
_HAIR = [
    (0.3, -0.84),
    (0.2, -0.99),
    (0.02, -1.06),
    (-0.2, -1.03),
    (-0.37, -0.87),
    (-0.42, -0.62),
    (-0.36, -0.36),
    (-0.24, -0.18),
    (-0.13, -0.2),
    (-0.1, -0.34),
    (-0.055, -0.46),
    (0.02, -0.52),
    (0.035, -0.66),
    (0.12, -0.78),
]
_BUN = (-0.42, -0.86, 0.15)
_LONG = [(-0.3, -0.8), (-0.43, -0.5), (-0.42, -0.1), (-0.33, 0.12), (-0.18, 0.1), (-0.1, -0.15), (-0.06, -0.45)]


def profile(skin: Colour, hair: Colour, *, long: bool, old: bool, facing: float) -> tuple[PhotoHead, Pixels]:
    """The head and its picture (h, w, 4). ``long`` hair falls to the shoulders, of the ``old`` it is a bun; ``facing``
    1 looks to the right, -1 to the left."""
    sheet = Sheet(0, 0, WIDE, TALL)
    x, y = sheet.grid()
    across, down = (x - MIDDLE) / UNIT, (y - CHIN) / UNIT
    _neck(sheet, across, down, skin)
    face = sheet.fill(_placed(_FACE))
    sheet.lay(
        toned(skin, np.asarray(_rounded(face) - 0.12 * np.clip(-0.1 - across, 0, 1), np.float32), SKIN_SHADE), face
    )
    _features(sheet, across, down, skin, hair, face)
    locks = _hair(sheet, across, down, hair, long=long, old=old)
    rgba = sheet.rgba()
    if facing < 0:
        rgba, locks = np.ascontiguousarray(rgba[:, ::-1]), np.ascontiguousarray(locks[:, ::-1])
    keep = np.asarray(rgba[..., 3] / np.float32(255), np.float32)
    head = PhotoHead(
        keep,
        np.asarray(locks * (y > CHIN - 0.3 * UNIT), np.float32),
        locks,
        keep - locks,
        UNIT,
        MIDDLE,
        CHIN,
        float(TALL),
        0.17,
        None,
        False,
        skin,
        False,
    )
    return head, rgba


def _placed(points: list[tuple[float, float]]) -> np.ndarray:
    smooth = curve([*points, points[0]], 160)
    return np.asarray(smooth * UNIT + (MIDDLE, CHIN))


def _rounded(mask: Plane) -> Plane:
    return np.asarray(0.78 + 0.24 * soft(mask, 0.09 * UNIT) ** 0.8, np.float32)


def _neck(sheet: Sheet, across: Plane, down: Plane, skin: Colour) -> None:
    cover = (
        np.clip((0.165 - np.abs(across + 0.02 + 0.12 * np.clip(-down, 0, 1))) * UNIT + 0.5, 0, 1)
        * (down > -0.45)
        * (down < 0.4)
    )
    light = 0.82 - 0.5 * across - 0.1 * np.clip(1 - np.abs(down) / 0.2, 0, 1)
    sheet.lay(toned(skin, np.asarray(light, np.float32), SKIN_SHADE), np.asarray(cover, np.float32))


def _features(sheet: Sheet, across: Plane, down: Plane, skin: Colour, hair: Colour, face: Plane) -> None:
    """An eye, a brow, a cheek's blush, a nostril, the line of the lips and an ear."""
    for (cx, cy), (rx, ry), colour, most in (
        ((0.2, -0.25), (0.13, 0.09), skin * np.array([1.03, 0.72, 0.68], np.float32), 0.4),
        ((0.262, -0.505), (0.042, 0.034), np.array([0.95, 0.94, 0.92], np.float32), 0.9),
        ((0.276, -0.502), (0.024, 0.033), np.array([0.16, 0.11, 0.1], np.float32), 1.0),
        ((0.375, -0.285), (0.02, 0.01), skin * np.float32(0.5), 0.7),
    ):
        away = np.hypot((across - cx) / rx, (down - cy) / ry)
        edge = 0.6 if most < 0.5 else 0.18
        sheet.lay(colour, np.asarray(np.clip((1 - away) / edge, 0, 1) * most * face, np.float32))
    _line(sheet, [(0.2, -0.595), (0.265, -0.62), (0.325, -0.595)], 0.014, hair * np.float32(0.8), face)
    _line(sheet, [(0.215, -0.525), (0.262, -0.545), (0.3, -0.525)], 0.008, hair * np.float32(0.45), face)
    _line(
        sheet,
        [(0.35, -0.183), (0.3, -0.176), (0.245, -0.2)],
        0.009,
        skin * np.array([0.62, 0.36, 0.34], np.float32),
        face,
    )
    ear = np.hypot((across + 0.045) / 0.06, (down + 0.42) / 0.1)
    sheet.lay(
        toned(skin, np.asarray(0.98 - 0.22 * np.clip(ear, 0, 1) ** 3, np.float32), SKIN_SHADE),
        np.asarray(np.clip((1 - ear) * 0.07 * UNIT, 0, 1), np.float32),
    )
    sheet.lay(
        skin * np.array([0.74, 0.52, 0.48], np.float32),
        np.asarray(np.clip(1 - np.abs(ear - 0.55) / 0.18, 0, 1) * 0.45 * (across < -0.02), np.float32),
    )


def _line(sheet: Sheet, points: list[tuple[float, float]], half: float, colour: Colour, within: Plane) -> None:
    mask = np.zeros(sheet.alpha.shape, np.float32)
    x, y = sheet.grid()
    for px, py in curve(points, 40) * UNIT + (MIDDLE, CHIN):
        mask = np.maximum(mask, np.clip(half * UNIT - np.hypot(x - px, y - py) + 0.5, 0, 1))
    sheet.lay(colour, np.asarray(mask * within, np.float32))


def _hair(sheet: Sheet, across: Plane, down: Plane, hair: Colour, *, long: bool, old: bool) -> Plane:
    """Cover of the hair; strands run back from the forehead."""
    cover = sheet.fill(_placed(_HAIR))
    if old and long:
        bx, by, r = _BUN
        cover = np.maximum(cover, np.clip((r - np.hypot(across - bx, down - by)) * UNIT + 0.5, 0, 1))
    elif long:
        cover = np.maximum(cover, sheet.fill(_placed(_LONG)))
    turn = np.arctan2(down + 0.55, across - 0.1)
    far = np.hypot(across - 0.1, down + 0.55)
    strands = 0.09 * np.sin(turn * 46 + 5 * far) + 0.06 * np.sin(turn * 19 - 9 * far)
    light = 0.86 + strands + 0.34 * np.exp(-(((far - 0.4) / 0.09) ** 2)) * (down < -0.5) - 0.16 * np.clip(-across, 0, 1)
    sheet.lay(toned(hair, np.asarray(light, np.float32)), np.asarray(cover, np.float32))
    return np.asarray(cover, np.float32)
