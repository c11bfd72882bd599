"""From a photo to the figure that the painter places: the person cut out, what the photo's borders cut off completed,
and their copy in a style."""

from __future__ import annotations

import numpy as np

from personavlog.media.arrays import Pixels
from personavlog.metrics.face import Face
from personavlog_embedded.body.actor import actor
from personavlog_embedded.body.figure import Figure
from personavlog_embedded.photo import cutout
from personavlog_embedded.photo.cutout import Person
from personavlog_embedded.scene.stage import FacePoints
from personavlog_embedded.style import stylise

SUBJECT_FACE = 0.45
"""Of the shorter side of a subject without a face: what is framed like a face. A sitting animal's head measures a third
of it, a portrait's two thirds."""


def figure(photo: Pixels, index: int | None) -> Figure:
    """The person with face ``index`` of a (h, w, 3) RGB photo; hair and shoulders that the photo cuts off are drawn on.

    Raises ``BriefError`` if there is no such face.
    """
    human, played = cutout.complete_top(cutout.cut_out(photo, index)), None
    if human.face is not None:
        human, played = actor(human)
    points = _imagined(human) if human.face is None else FacePoints(human.face.box, human.face.points)
    cut = human.cut
    notes = (
        human.notes
        if human.face
        else (*human.notes, "The photo shows no face that can be found; the subject is placed as a whole.")
    )
    return Figure(
        human.rgba,
        points,
        "bottom" in cut,
        "left" in cut,
        "right" in cut,
        "top" in cut,
        human.face is None,
        notes,
        played,
    )


def redrawn(human: Figure, style: str, strength: float) -> Pixels:
    """The figure's cut-out in a style, same size."""
    face = None if human.faceless else Face(human.face.box, 1.0, human.face.points)
    return stylise.stylise_person(human.rgba, style, face, strength=strength)


def _imagined(human: Person) -> FacePoints:
    """Where a face would be on a subject without one: in its upper part."""
    x0, y0, x1, y1 = human.head
    size = SUBJECT_FACE * min(human.rgba.shape[:2])
    x, y = (x0 + x1) / 2, max((y0 + y1) / 2, size / 2)
    points = [
        (x - size * 0.2, y - size * 0.1),
        (x + size * 0.2, y - size * 0.1),
        (x, y + size * 0.05),
        (x - size * 0.15, y + size * 0.25),
        (x + size * 0.15, y + size * 0.25),
    ]
    return FacePoints((x - size * 0.4, y - size / 2, x + size * 0.4, y + size / 2), np.array(points, np.float32))
