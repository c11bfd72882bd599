"""From a photo to the figure that the painter places: who is meant, where they end, what the photo's borders cut."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded import style_paint
from personavlog.backbones.embedded.matte import foreground, matte
from personavlog.backbones.embedded.stage import FacePoints
from personavlog.backbones.embedded.world.figure import Figure
from personavlog.errors import BriefError
from personavlog.metrics import face as faces
from personavlog.metrics.face import Face

Pixels = NDArray[np.uint8]
CUT = 0.015
"""Share of a border that the subject must cover for the border to count as cutting it."""


def cut_out(photo: Pixels, index: int | None) -> Figure:
    """The person with face ``index`` (from the left, 0 first; None: the largest) of a (h, w, 3) RGB photo.

    Raises ``BriefError`` if there is no such face.
    """
    face = _chosen(photo, index)
    found = matte(photo, face)
    rgba = np.dstack([foreground(photo, found.alpha), np.clip(found.alpha * 255 + 0.5, 0, 255).astype(np.uint8)])
    borders = (found.alpha[-1], found.alpha[:, 0], found.alpha[:, -1], found.alpha[0])
    cuts = [bool((border > 0.5).mean() > CUT) for border in borders]
    points = _imagined(rgba) if face is None else FacePoints(face.box, face.points)
    notes = found.notes if face else (*found.notes, "The photo shows no face that can be found; the subject is placed as a whole.")
    return Figure(rgba, points, *cuts, faceless=face is None, notes=notes)


def redrawn(figure: Figure, style: str, strength: float) -> Pixels:
    """The figure's cut-out in a style, same size."""
    face = None if figure.faceless else Face(figure.face.box, 1.0, figure.face.points)
    return style_paint.stylise_person(figure.rgba, style, face, strength=strength)


def _chosen(photo: Pixels, index: int | None) -> Face | None:
    found = faces.detect(photo)
    if index is None:
        return faces.largest(found)
    if index >= len(found):
        raise BriefError(f"The photo shows {len(found)} face(s); face {index} was asked for. Give a number from 0 to {max(0, len(found) - 1)}.")
    return found[index]


def _imagined(rgba: Pixels) -> FacePoints:
    """The upper middle of a subject without a face."""
    rows, columns = np.flatnonzero((rgba[..., 3] > 127).any(axis=1)), np.flatnonzero((rgba[..., 3] > 127).any(axis=0))
    top, bottom = (float(rows[0]), float(rows[-1])) if rows.size else (0.0, float(rgba.shape[0]))
    middle = float(columns.mean()) if columns.size else rgba.shape[1] / 2
    size = (bottom - top) * 0.3
    y = top + size * 0.8
    points = [
        (middle - size * 0.2, y - size * 0.1),
        (middle + size * 0.2, y - size * 0.1),
        (middle, y + size * 0.05),
        (middle - size * 0.15, y + size * 0.25),
        (middle + size * 0.15, y + size * 0.25),
    ]
    return FacePoints((middle - size * 0.4, y - size / 2, middle + size * 0.4, y + size / 2), np.array(points, np.float32))
