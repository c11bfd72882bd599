"""Hats and scarves, drawn over the photo's head."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import Colour, Sheet, around, curve, stroke, toned
from personavlog_embedded.body.photo_head import PhotoHead
from personavlog_embedded.body.skeleton import Skeleton

BROW = 0.66
"""How far above the chin a hat sits on the forehead, heads."""
ROOF = 1.11
"""How far above the chin a knitted hat ends."""


def covered(drawn: Sheet, skeleton: Skeleton, source: PhotoHead, outfit: Outfit) -> Sheet:
    """The head's sheet with hat and scarf over it; hair that the hat would press down is gone."""
    if not outfit.hat and outfit.scarf is None:
        return drawn
    whole = _roomier(drawn, skeleton)
    if outfit.hat:
        _hatted(whole, skeleton, source, outfit)
    if outfit.scarf is not None:
        _wrapped(whole, skeleton, outfit.scarf)
    return whole


def _roomier(drawn: Sheet, skeleton: Skeleton) -> Sheet:
    unit = skeleton.head_px
    corners = np.array(
        [(drawn.left, drawn.top), (drawn.left + drawn.alpha.shape[1], drawn.top + drawn.alpha.shape[0])], float
    )
    whole = around(
        np.vstack([corners, skeleton.chin - np.array([0, 1.3 * unit]), skeleton.neck + np.array([0, 0.3 * unit])]),
        0.6 * unit,
    )
    laid = drawn.on(whole)
    whole.rgb, whole.alpha = np.ascontiguousarray(laid[..., :3]), np.ascontiguousarray(laid[..., 3])
    return whole


def local(sheet: Sheet, skeleton: Skeleton) -> tuple[Plane, Plane]:
    """Heads across from the head's middle and up from the chin, of every px."""
    turn = np.radians(skeleton.pose.lean + skeleton.pose.head)
    c, s = np.cos(turn), np.sin(turn)
    x, y = sheet.grid()
    dx, dy = (x - skeleton.chin[0]) / skeleton.head_px, (y - skeleton.chin[1]) / skeleton.head_px
    return np.asarray(c * dx + s * dy, np.float32), np.asarray(s * dx - c * dy, np.float32)


def _hatted(sheet: Sheet, skeleton: Skeleton, source: PhotoHead, outfit: Outfit) -> None:
    x, up = local(sheet, skeleton)
    half, unit = _half(source), skeleton.head_px
    rim = (
        BROW
        + 0.05 * (1 - np.clip(x / half, -1, 1) ** 2) * (0.4 if skeleton.pose.back else 1.0)
        - (0.14 if skeleton.pose.back else 0.0)
    )
    sheet.alpha = np.asarray(sheet.alpha * np.clip((rim - up) * unit + 0.5, 0, 1), np.float32)
    roof = ROOF if outfit.hat == "beanie" else ROOF - 0.02
    dome = np.clip(
        (1.04 * half - np.abs(x) / np.sqrt(np.clip(1 - (np.clip(up - rim, 0, None) / (roof - rim)) ** 2.4, 1e-4, 1)))
        * unit
        + 0.5,
        0,
        1,
    )
    inside = np.asarray(dome * np.clip((up - rim) * unit + 0.5, 0, 1) * (up < roof), np.float32)
    light = 1.04 - 0.34 * np.abs(x / half) ** 2.5 - 0.1 * x / half + 0.12 * (up - rim)
    colour = outfit.hat_colour
    if outfit.hat == "beanie":
        _knitted(sheet, x, up, rim, inside, light, half, colour, unit)
    else:
        _straw(sheet, x, up, rim, inside, light, half, colour, unit)


def _knitted(
    sheet: Sheet, x: Plane, up: Plane, rim: Plane, inside: Plane, light: Plane, half: float, colour: Colour, unit: float
) -> None:
    angle = np.arcsin(np.clip(x / (1.06 * half), -1, 1))
    ribs = 0.045 * np.sin(angle * 44)
    sheet.lay(toned(colour, np.asarray(light + ribs, np.float32)), inside)
    band = np.asarray(
        np.clip((1.1 * half - np.abs(x)) * unit + 0.5, 0, 1)
        * np.clip((up - rim + 0.01) * unit, 0, 1)
        * np.clip((rim + 0.15 - up) * unit, 0, 1),
        np.float32,
    )
    sheet.tint(np.asarray(1 - 0.22 * np.exp(-(((up - rim - 0.17) / 0.02) ** 2)) * inside, np.float32))
    sheet.lay(toned(colour * np.float32(0.88), np.asarray(light + 1.6 * ribs, np.float32)), band)
    bobble = np.hypot(x, up - ROOF - 0.03)
    sheet.lay(
        toned(colour * np.float32(1.1), np.asarray(1.05 - 1.2 * (bobble - 0.05) - 0.4 * x, np.float32)),
        np.clip((0.1 - bobble) * unit + 0.5, 0, 1).astype(np.float32),
    )


def _straw(
    sheet: Sheet, x: Plane, up: Plane, rim: Plane, inside: Plane, light: Plane, half: float, colour: Colour, unit: float
) -> None:
    weave = 0.03 * np.sin(up * 90) * np.cos(x * 60)
    sheet.lay(toned(colour, np.asarray(light + weave, np.float32)), inside)
    ribbon = inside * np.clip((rim + 0.17 - up) * unit, 0, 1)
    sheet.lay(
        toned(colour * np.array([0.6, 0.4, 0.42], np.float32), np.asarray(light, np.float32)),
        np.asarray(ribbon, np.float32),
    )
    brim = np.clip((1 - np.hypot(x / (1.95 * half), (up - BROW - 0.06) / 0.115)) * 0.1 * unit + 0.5, 0, 1)
    sheet.lay(
        toned(colour, np.asarray(0.98 + 1.1 * (up - BROW) + weave, np.float32)),
        np.asarray(brim * np.clip((BROW + 0.1 - up) * unit, 0, 1), np.float32),
    )


def _half(source: PhotoHead) -> float:
    """Half the head's width at the forehead, heads."""
    row = int(np.clip(source.chin - (BROW + 0.06) * source.unit, 0, source.keep.shape[0] - 1))
    columns = np.flatnonzero(source.keep[row] > 0.5)
    columns = columns[np.abs(columns - source.middle) < 0.5 * source.unit]
    return float(np.clip(np.ptp(columns) / 2 / source.unit, 0.33, 0.46)) if columns.size else 0.38


def _wrapped(sheet: Sheet, skeleton: Skeleton, colour: Colour) -> None:
    """Two turns around the neck."""
    unit, wide = skeleton.head_px, skeleton.build.neck + 0.14
    along = (skeleton.neck - skeleton.chin) / max(float(np.hypot(*(skeleton.neck - skeleton.chin))), 1e-6)
    across = np.array([along[1], -along[0]])
    for down, thick, tone in ((0.03, 0.115, 0.86), (0.16, 0.13, 1.0)):
        bend = [
            skeleton.neck + unit * (u * wide * across + (down - 0.13 + 0.1 * (1 - u * u)) * along)
            for u in (-1, -0.5, 0, 0.5, 1)
        ]
        line: NDArray[np.float64] = curve([(*point, thick * unit) for point in bend], 20)
        drawn = stroke(sheet, line)
        ribs = 0.05 * np.sin(drawn.along * 46)
        sheet.tint(np.asarray(1 - 0.25 * np.clip(drawn.cover, 0, 1), np.float32))
        sheet.lay(toned(colour * np.float32(tone), np.asarray(drawn.shade + ribs, np.float32)), drawn.cover)
