"""A shot drawn: figures in three tones with contours, and the shade that they throw."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.figure.ground import ground_shade
from personavlog_embedded.figure.lines import inked
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.posed_figure import PosedFigure, posed_figure
from personavlog_embedded.figure.shot import Shot
from personavlog_embedded.figure.tones import coloured
from personavlog_embedded.figure.view import View, view

NO_PRINTS: Mapping[int, Pixels] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Drawing:
    """A window of the sheet whose first px is (``left``, ``top``): ``rgba`` (h, w, 4) straight alpha; ``part`` (h, w) numbers of ``view.BODY_PARTS``, ``owner`` (h, w)
    performer + 1, ``label`` (h, w) of ``label.Label``, ``far`` (h, w) metres to what is seen, inf where nothing is. ``figures`` are the posed performers, ``shade`` (tall, width) 0 to 1 what the ground
    loses, None where it was not asked for."""

    left: int
    top: int
    rgba: Pixels
    part: NDArray[np.uint8]
    owner: NDArray[np.uint8]
    far: Floats
    label: NDArray[np.uint8]
    figures: tuple[PosedFigure, ...]
    shade: Floats | None


def draw(
    shot: Shot,
    *,
    fine: bool = True,
    ground: bool = True,
    hidden: Set[str] = frozenset(),
    prints: Mapping[int, Pixels] = NO_PRINTS,
) -> Drawing:
    """Draw the shot. ``fine`` is for keyframes: round outlines and four samples a px; ``ground`` also looks for the shade
    on the ground; ``hidden`` are parts (``view.BODY_PARTS``) that are left out; ``prints`` are what the tops of performers,
    by their number from 0, show in front where they are of kind "photo": RGBA in the frame of ``prints``. Equal shots give
    equal drawings."""
    figures = tuple(posed_figure(who, fine=fine) for who in shot.performers)
    seen = view(shot, figures, fine=2 if fine else 1, hidden=hidden)
    if seen is None:
        nothing = np.zeros((0, 0), np.uint8)
        return Drawing(
            0, 0, np.zeros((0, 0, 4), np.uint8), nothing, nothing, np.zeros((0, 0), np.float32), nothing, figures, None
        )
    colour = inked(coloured(seen, shot, prints), seen, shot.ink)
    part, owner, label, far = (_nearest(values, seen) for values in (seen.part, seen.owner, seen.label, seen.far))
    shade = ground_shade(seen.scene, shot.camera, shot.sun) if ground else None
    return Drawing(
        seen.left, seen.top, _pixels(colour, seen), part, owner, far.astype(np.float32), label, figures, shade
    )


def _pixels(colour: Floats, seen: View) -> Pixels:
    inside = (seen.label > 0).reshape(*seen.shape, 1)
    rgba = np.dstack([colour.reshape(*seen.shape, 3) * inside, 255.0 * inside]).astype(np.float32)
    size = (seen.width // seen.fine, seen.height // seen.fine)
    rgba = cv2.resize(rgba, size, interpolation=cv2.INTER_AREA) if seen.fine > 1 else rgba
    rgba[..., :3] /= np.maximum(rgba[..., 3:], 1) / 255
    return np.asarray(np.clip(rgba + 0.5, 0, 255), np.uint8)


def _nearest(values: NDArray[np.generic], seen: View) -> NDArray[np.generic]:
    """Of each px, what its nearest sample shows."""
    n, fine = (seen.height // seen.fine, seen.width // seen.fine), seen.fine
    blocks = values.reshape(n[0], fine, n[1], fine).transpose(0, 2, 1, 3).reshape(*n, -1)
    far = seen.far.reshape(n[0], fine, n[1], fine).transpose(0, 2, 1, 3).reshape(*n, -1)
    return np.take_along_axis(blocks, far.argmin(-1)[..., None], -1)[..., 0]
