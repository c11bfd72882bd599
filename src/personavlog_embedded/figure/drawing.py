"""A shot drawn: figures in three tones with contours, and the shade that they throw."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.figure.ground import ground_shade
from personavlog_embedded.figure.lines import inked
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.posed_figure import PosedFigure, posed_figure
from personavlog_embedded.figure.shot import Camera, Shot
from personavlog_embedded.figure.tones import coloured
from personavlog_embedded.figure.view import FINE, View, view

INK = np.array([20, 10, 12], np.float32)
INK_OWN = np.float32(0.22)
"""How much of a thing's own colour is in its lines."""

NO_PRINTS: Mapping[int, Pixels] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Drawing:
    """A window of the sheet whose first px is (``left``, ``top``): ``rgba`` (h, w, 4) straight alpha; ``part`` (h, w)
    numbers of ``view.BODY_PARTS``, ``owner`` (h, w) performer + 1, ``label`` (h, w) of ``label.Label``, ``far`` (h, w)
    metres to what is seen, inf where nothing is. ``figures`` are the posed performers, ``shade`` (tall, width) 0 to 1
    what the ground loses, None where that was not asked for."""

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
    """Draw the shot. ``fine`` is for keyframes: rounder outlines; ``ground`` also looks for the shade on the ground;
    ``hidden`` are the first one's parts (``view.BODY_PARTS``) left out; ``prints`` are what the tops of performers, by
    their number from 0, show in front where they are of kind "photo": RGBA in the frame of ``prints``. Equal shots give
    equal drawings."""
    figures = tuple(posed_figure(who, shot.camera, fine=fine) for who in shot.performers)
    seen = view(shot, figures, hidden=hidden, ground=ground)
    if seen is None:
        shade = np.zeros((shot.camera.tall, shot.camera.width), np.float32) if ground else None
        nothing = np.zeros((0, 0), np.uint8)
        return Drawing(
            0, 0, np.zeros((0, 0, 4), np.uint8), nothing, nothing, nothing.astype(np.float32), nothing, figures, shade
        )
    shade = ground_shade(seen.scene, figures, shot) if ground else None
    return _cut(_pixels(seen, shot, prints), seen, figures, shade, shot.camera)


def _pixels(seen: View, shot: Shot, prints: Mapping[int, Pixels]) -> Pixels:
    """(h, w, 4) straight alpha."""
    even, edge = coloured(seen, shot, prints)
    rgba = np.zeros((seen.height * seen.width, 4), np.float32)
    rgba[seen.even.where, :3], rgba[seen.even.where, 3] = even, 1
    close = np.zeros((len(seen.edges) * FINE * FINE, 4), np.float32)
    close[seen.ray, :3], close[seen.ray, 3] = edge, 1
    mean = close.reshape(-1, FINE * FINE, 4).mean(1)
    rgba[seen.edges, :3] = mean[:, :3] / np.maximum(mean[:, 3:], 1e-3)
    rgba[seen.edges, 3] = mean[:, 3]
    solid = np.flatnonzero(rgba[:, 3])
    rgb, alpha = rgba[solid, :3], rgba[solid, 3:]
    rgb += (rgb * (INK_OWN - 1) + INK) * np.minimum(inked(seen, shot).reshape(-1, 1)[solid] / alpha, 1)
    out = np.zeros(rgba.shape, np.uint8)
    out[solid] = np.clip(np.concatenate([rgb, alpha * 255], 1) + 0.5, 0, 255)
    return out.reshape(*seen.shape, 4)


def _cut(rgba: Pixels, seen: View, figures: tuple[PosedFigure, ...], shade: Floats | None, camera: Camera) -> Drawing:
    """What of the window is on the sheet. Px of which only an edge shows have its part, owner and distance."""
    part, owner, far, label = (seen.plane(getattr(seen.middle, name), empty) for name, empty in _MAPS)
    missed = (rgba[..., 3] > 0) & (owner == 0)
    for plane, (name, empty) in zip((part, owner, far, label), _MAPS, strict=True):
        values = np.full(plane.size, empty, plane.dtype)
        values[seen.edge.where] = getattr(seen.edge, name)
        plane[missed] = values.reshape(plane.shape)[missed]
    x0, y0 = max(seen.left, 0), max(seen.top, 0)
    x1, y1 = min(seen.left + seen.width, camera.width), min(seen.top + seen.height, camera.tall)
    box = np.s_[y0 - seen.top : max(y1, y0) - seen.top, x0 - seen.left : max(x1, x0) - seen.left]
    rgba, part, owner, far, label = (np.ascontiguousarray(plane[box]) for plane in (rgba, part, owner, far, label))
    return Drawing(x0, y0, rgba, part, owner, far, label, figures, shade)


_MAPS = (("part", 0), ("owner", 0), ("far", np.inf), ("label", 0))
