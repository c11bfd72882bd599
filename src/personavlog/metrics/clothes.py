"""Whether the person wears what the reference wears: the colour below the chin, seen in the light in which the face
looks the same."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Box, Pixels, Plane
from personavlog.metrics.score import Score

VERSION = "clothes-3"
NAME = "proxy.clothes"
SCALE = 30.0
"""Distance in the a*b* plane at which likeness has fallen to 1/e."""
FLOOR = 0.5
"""A distance of 21. Calibrated on sixteen keyframes of eight styles: sound 0 to 18 (0.54 to 1), another hue 27 to 79
(0.07 to 0.40) but for one of fifteen (0.89)."""
ENOUGH = 0.8
NOISE = 0.04
"""From ``benchmarks/tolerances.py``: 0.031."""
LEAST = 60
"""Px of cloth below which nothing is measured."""
DARK = 8.0
"""Level of a face's channel below which the light cannot be estimated from it."""


def clothes(
    reference: Pixels,
    reference_face: Box | None,
    keyframe: Pixels,
    face: Box | None,
    person: NDArray[np.bool_] | None = None,
) -> Score:
    """exp(-d / ``SCALE``), 0 to 1, with d the distance of the median colours in a*b*, the keyframe's in the reference's
    light.

    Boxes are x0, y0, x1, y1 in px; ``person`` (h, w) says which px of the keyframe are the person, where that is known.
    Patterns, cut and length are not seen. None where either picture shows no face or no cloth below it.
    """
    worn = None if reference_face is None else _below(reference, reference_face, None)
    seen = None if face is None else _below(keyframe, face, person)
    if worn is None or seen is None or reference_face is None or face is None:
        return Score(
            name=NAME,
            value=None,
            tolerance=NOISE,
            paper=False,
            note="No face, or nothing below it, is seen in one of the pictures.",
        )
    light = np.asarray(_skin(reference, reference_face) / np.maximum(_skin(keyframe, face), DARK), np.float32)
    apart = np.subtract(_median(worn, np.ones(3, np.float32)), _median(seen, light))
    distance = float(np.linalg.norm(apart[1:]))
    return Score(
        name=NAME,
        value=float(np.exp(-distance / SCALE)),
        tolerance=NOISE,
        paper=False,
        enough=ENOUGH,
        note=f"The colours lie {distance:.0f} apart.",
    )


def _below(rgb: Pixels, face: Box, person: NDArray[np.bool_] | None) -> Plane | None:
    """(n, 3) px of the chest: from half a face below the chin, one face wide and high."""
    x0, _, x1, chin = face
    tall, middle = chin - face[1], (x0 + x1) / 2
    top, bottom = int(chin + 0.45 * tall), int(min(chin + 1.3 * tall, rgb.shape[0]))
    if bottom - top < 0.12 * tall:
        top = int(chin + 0.3 * tall)
    rows, columns = (
        slice(max(top, 0), max(bottom, 0)),
        slice(int(max(middle - 0.55 * tall, 0)), int(max(middle + 0.55 * tall, 0))),
    )
    part = rgb[rows, columns].reshape(-1, 3)
    part = part if person is None else part[person[rows, columns].ravel()]
    return part.astype(np.float32) if len(part) >= LEAST else None


def _skin(rgb: Pixels, face: Box) -> Plane:
    """Median colour of the cheeks and the nose."""
    x0, y0, x1, y1 = face
    tall, wide = y1 - y0, x1 - x0
    part = rgb[
        int(max(y0 + 0.45 * tall, 0)) : int(y0 + 0.75 * tall) + 1,
        int(max(x0 + 0.25 * wide, 0)) : int(x0 + 0.75 * wide) + 1,
    ]
    return np.asarray(np.median(part.reshape(-1, 3), axis=0), np.float32) if part.size else np.full(3, 128, np.float32)


def _median(colours: Plane, light: Plane) -> Plane:
    lab = cv2.cvtColor((np.clip(colours * light, 0, 255) / 255).astype(np.float32)[None], cv2.COLOR_RGB2Lab)[0]
    return np.asarray(np.median(lab, axis=0), np.float32)
