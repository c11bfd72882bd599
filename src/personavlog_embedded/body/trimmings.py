"""What is sewn onto a torso or worn over it: collar and buttons, a skirt, an apron, a scarf's end, a space suit's
box."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import Colour, Sheet, curve, soft, stroke, toned
from personavlog_embedded.body.skeleton import Skeleton
from personavlog_embedded.body.torso_frame import Frame

APRON = 0.62
"""How far below the hip joints an apron reaches, heads."""


def skirt(sheet: Sheet, frame: Frame, skeleton: Skeleton, colour: Colour) -> None:
    """From the waist to the knees, in folds; of one who sits only its waist, for the thighs have its colour."""
    seated = any(leg.before for leg in (skeleton.pose.left_leg, skeleton.pose.right_leg))
    tall, k = skeleton.build.torso, skeleton.build.thick
    length, flare = (0.3, 0.1) if seated else (0.86 * skeleton.build.thigh, 0.52)
    side = [
        (0.44 * k, tall - 0.4),
        (0.52 * k, tall - 0.05),
        ((0.52 + 0.6 * flare) * k, tall + 0.55 * length),
        ((0.52 + flare) * k, tall + length),
        (0.0, tall + length + 0.06),
    ]
    cover = sheet.fill(frame.both(side))
    x, y = frame.local(sheet)
    turn = x / (0.5 * k + flare * np.clip(y - tall, 0, None))
    folds = 0.09 * np.sin(9 * turn + 0.6 * np.sin(3 * y)) * np.clip((y - tall + 0.3) * 1.4, 0, 1)
    light = 1.0 - 0.26 * turn**2 - 0.08 * turn + folds
    sheet.lay(toned(colour, np.asarray(light, np.float32)), cover)


def apron(sheet: Sheet, frame: Frame, skeleton: Skeleton, colour: Colour) -> None:
    """A bib, a skirt and two straps."""
    x, y = frame.local(sheet)
    tall, k, unit = skeleton.build.torso, skeleton.build.thick, frame.unit
    waist = 0.68 * tall
    half = np.where(y < waist, 0.3 + 0.06 * (y - 0.5), 0.5) * k
    body = (
        np.clip((half - np.abs(x)) * unit + 0.5, 0, 1)
        * np.clip((y - 0.5) * unit, 0, 1)
        * np.clip((tall + APRON - y) * unit, 0, 1)
    )
    straps = (
        np.clip((0.035 - np.abs(np.abs(x) - 0.27 * k - 0.06 * (0.5 - y))) * unit + 0.5, 0, 1)
        * (y > -0.02)
        * (y < 0.52)
        * (sheet.alpha > 0.5)
    )
    belt = np.exp(-(((y - waist) / 0.035) ** 2)) * body
    cover = np.asarray(np.maximum(body, straps), np.float32)
    sheet.tint(np.asarray(1 - 0.25 * soft(cover, 0.03 * unit) * (1 - cover), np.float32))
    light = 1.0 - 0.2 * (x / (0.6 * k)) ** 2 - 0.05 * np.sin(9 * x + 3 * y) * np.clip(y - waist, 0, 1) - 0.14 * belt
    sheet.lay(toned(colour, np.asarray(light, np.float32)), cover)


def scarf_end(sheet: Sheet, frame: Frame, colour: Colour) -> None:
    """The end that hangs down the chest."""
    line = np.hstack(
        [frame.points([(0.16, 0.08), (0.2, 0.4), (0.17, 0.85)]), np.array([[0.1], [0.11], [0.12]]) * frame.unit]
    )
    drawn = stroke(sheet, curve(line, 14))
    y = frame.local(sheet)[1]
    cover = np.asarray(drawn.cover * np.clip((0.9 - y) * frame.unit, 0, 1), np.float32)
    sheet.tint(np.asarray(1 - 0.25 * soft(cover, 0.04 * frame.unit) * (1 - cover), np.float32))
    stripes = -0.12 * ((y * 10).astype(int) % 3 == 0)
    sheet.lay(toned(colour, np.asarray(drawn.shade + stripes, np.float32)), cover)


def packed(sheet: Sheet, frame: Frame, skeleton: Skeleton) -> None:
    """A space suit's collar ring and the box on its chest."""
    x, y = frame.local(sheet)
    wide, unit, tall = skeleton.build.neck + 0.16, frame.unit, skeleton.build.torso
    ring = (
        np.clip((0.075 - np.abs(np.hypot(x / wide, (y - 0.02) / 0.16) - 1) * 0.16) * unit + 0.5, 0, 1)
        * (sheet.alpha > 0.3)
        * (y > -0.02)
    )
    sheet.lay(
        toned(np.array([0.62, 0.66, 0.72], np.float32), np.asarray(1.05 - 0.3 * np.abs(x), np.float32)),
        np.asarray(ring, np.float32),
    )
    level = 0.42 * tall
    box = np.clip((0.3 - np.abs(x)) * unit + 0.5, 0, 1) * np.clip((0.17 - np.abs(y - level)) * unit + 0.5, 0, 1)
    sheet.tint(np.asarray(1 - 0.3 * soft(np.asarray(box, np.float32), 0.03 * unit) * (1 - box), np.float32))
    sheet.lay(
        toned(np.array([0.70, 0.72, 0.75], np.float32), np.asarray(1.02 - 0.3 * (y - level), np.float32)),
        np.asarray(box, np.float32),
    )
    for at, colour in ((-0.17, (0.80, 0.26, 0.22)), (0.0, (0.24, 0.46, 0.70)), (0.17, (0.88, 0.72, 0.28))):
        dot = np.clip((0.05 - np.hypot(x - at, y - level)) * unit + 0.5, 0, 1)
        sheet.lay(np.array(colour, np.float32), np.asarray(dot, np.float32))


def buttoned(sheet: Sheet, frame: Frame, skeleton: Skeleton, outfit: Outfit, low: float) -> None:
    """Collar, button band and buttons of a shirt or a coat that ends ``low`` heads below the hip joints."""
    wide, unit, tall = skeleton.build.neck + 0.035, frame.unit, skeleton.build.torso
    x, y = frame.local(sheet)
    coat = outfit.top == "coat"
    below = np.clip((y - 0.34) * unit, 0, 1) * (sheet.alpha > 0.5)
    seam = np.exp(-(((x - 0.12 if coat else np.abs(x) - 0.055) / 0.008) ** 2)) * below
    sheet.tint(np.asarray(1 - (0.3 if coat else 0.16) * seam, np.float32))
    for at in np.arange(0.5, tall + (0.0 if coat else low - 0.12), 0.42 if coat else 0.3):
        dot = np.clip((0.042 if coat else 0.024) * unit - np.hypot(x, y - at) * unit + 0.5, 0, 1)
        sheet.lay(np.clip(outfit.cloth * 0.7 + 0.12, 0, 1).astype(np.float32), np.asarray(dot, np.float32))
    if coat:
        _belted(sheet, frame, outfit, 0.74 * tall)
    for side in (-1, 1):
        flap = [
            (side * (wide - 0.02), -0.16),
            (side * (wide + 0.06), -0.1),
            (side * (wide + 0.09), 0.06),
            (side * 0.2, 0.33),
            (side * 0.02, 0.33),
            (side * 0.12, 0.16),
        ]
        shape = frame.points([tuple(p) for p in _closed(flap)])
        cover = sheet.fill(shape)
        sheet.tint(np.asarray(1 - 0.28 * soft(cover, 0.035 * unit) * (1 - cover), np.float32))
        light = 1.02 + 0.05 * side * (x - 0.2) - 0.06 * (y - 0.1)
        sheet.lay(toned(outfit.cloth, np.asarray(light, np.float32)), cover)


def _belted(sheet: Sheet, frame: Frame, outfit: Outfit, level: float) -> None:
    """A belt with a buckle, its middle ``level`` heads below the neck."""
    x, y = frame.local(sheet)
    band = np.asarray(np.clip((0.085 - np.abs(y - level)) * frame.unit + 0.5, 0, 1) * (sheet.alpha > 0.5), np.float32)
    sheet.tint(np.asarray(1 - 0.3 * soft(band, 0.04 * frame.unit) * (1 - band), np.float32))
    sheet.lay(np.asarray(outfit.cloth * np.float32(0.62), np.float32), band)
    buckle = np.clip((0.11 - np.maximum(np.abs(x - 0.12), np.abs(y - level))) * frame.unit + 0.5, 0, 1)
    hole = np.clip((0.06 - np.maximum(np.abs(x - 0.12), np.abs(y - level))) * frame.unit + 0.5, 0, 1)
    sheet.lay(np.array([0.62, 0.56, 0.42], np.float32), np.asarray(np.clip(buckle - hole, 0, 1), np.float32))


def _closed(points: list[tuple[float, float]]) -> NDArray[np.float64]:
    """The corners slightly rounded, as cloth's are (Chaikin, once)."""
    p = np.asarray(points)
    after = np.roll(p, -1, axis=0)
    return np.stack([p * 0.88 + after * 0.12, p * 0.12 + after * 0.88], 1).reshape(-1, 2)
