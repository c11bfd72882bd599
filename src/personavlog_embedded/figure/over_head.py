"""What of a hat lies before a head that is put on afterwards."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.drawing import Drawing
from personavlog_embedded.figure.head import CENTRE, CHIN, RADII, on_shape
from personavlog_embedded.figure.shot import Camera, Performer
from personavlog_embedded.figure.view import BODY_PARTS


def over_head(drawing: Drawing, number: int, who: Performer, camera: Camera) -> NDArray[np.bool_]:
    """(h, w): which px of the drawing show performer ``number``'s hat before a head put on between them: a photo's."""
    hat_px = (drawing.part == BODY_PARTS.index("hat")) & (drawing.owner == number + 1)
    if not hat_px.any():
        return np.zeros(drawing.part.shape, np.bool_)
    figure = drawing.figures[number]
    ends = np.vstack([CENTRE, CENTRE + np.diag(RADII), CHIN])
    placed = on_shape(figure.worn.body, ends).astype(np.float64)
    placed = (placed[-1] + who.head_size * (placed - placed[-1])) @ figure.head[:, :3].T + figure.head[:, 3]
    into = np.linalg.inv((placed[1:4] - placed[0]).T)
    h, w = drawing.far.shape
    x, y = np.meshgrid(drawing.left + np.arange(w) + 0.5, drawing.top + np.arange(h) + 0.5)
    ways = np.stack(
        [(x - camera.centre) / camera.focal, (camera.horizon - y) / camera.focal, np.full(x.shape, -1.0)], -1
    )
    way, start = ways @ into.T, into @ (np.array([0, camera.height, camera.distance]) - placed[0])
    a, b, c = (way**2).sum(-1), way @ start, start @ start - 1
    root = b**2 - a * c
    head = np.where(root > 0, (-b - np.sqrt(np.maximum(root, 0))) / a, np.inf)
    return np.asarray(hat_px & (drawing.far < head))
