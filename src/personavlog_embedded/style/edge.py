"""How a cut-out's own outline is drawn: a thin line, a swelling stroke of ink, a sprite's dark cells, or the pale core
and the shadow of cut card.

Only hard outlines are drawn; clouds, glows and shadows that end softly keep doing so.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.style.look import Colour, Edge
from personavlog_embedded.style.texture import noise

WIDTHS = {"line": 0.0026, "ink": 0.0048, "sprite": 0.0072, "card": 0.0062}
"""Width of the outline over the frame's shorter side."""
ROOM = 0.05
"""How far around a cut-out its shadow and its soft edges may reach, over the frame's shorter side."""
SHADE = 0.55
"""How dark a card's shadow is at most."""


def outlined(rgba: Pixels, edge: Edge, colour: Colour, unit: float) -> Pixels:
    """A cut-out (h, w, 4), straight alpha, with its outline drawn inside it; ``unit`` is the frame's shorter side in
    px, ``colour`` RGB."""
    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(rgba[..., 3]))
    if edge == "none" or not width or not height:
        return rgba
    room = round(ROOM * unit) + 8
    part = np.s_[max(0, y - room) : y + height + room, max(0, x - room) : x + width + room]
    out = rgba.copy()
    out[part] = _outlined(np.ascontiguousarray(rgba[part]), edge, colour, unit)
    return out


def _outlined(rgba: Pixels, edge: Edge, colour: Colour, unit: float) -> Pixels:
    alpha: Plane = rgba[..., 3].astype(np.float32) / np.float32(255)
    if edge == "bevel":
        return np.dstack([_bevelled(rgba[..., :3], alpha, unit), rgba[..., 3]])
    share = _rim(alpha, max(1.0, WIDTHS[edge] * unit), swelling=edge in ("ink", "card")) * (
        0.82 if edge in ("line", "sprite") else 0.93
    )
    own = rgba[..., :3].astype(np.float32)
    rgb = np.asarray(own + (np.array(colour, np.float32) - own) * share[..., None], np.float32)
    return (
        _shadowed(rgb, alpha, unit)
        if edge == "card"
        else np.dstack([np.clip(rgb + 0.5, 0, 255).astype(np.uint8), rgba[..., 3]])
    )


def _rim(alpha: Plane, width: float, *, swelling: bool) -> Plane:
    """1 on a rim of ``width`` px inside hard outlines, 0 elsewhere; a swelling one is thicker to the lower right and
    uneven."""
    size = 2 * max(1, round(width)) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    inner, outer = (
        cv2.erode(alpha, disc, borderType=cv2.BORDER_REPLICATE),
        cv2.dilate(alpha, disc, borderType=cv2.BORDER_REPLICATE),
    )
    hard = np.clip((outer - inner) * 2.5 - 1.2, 0, 1)
    if swelling:
        press = 0.75 + 0.4 * _press(*alpha.shape)
        far = cv2.warpAffine(
            inner,
            np.array([[1, 0, -width * 0.6], [0, 1, -width * 0.7]], np.float32),
            alpha.shape[::-1],
            borderMode=cv2.BORDER_REPLICATE,
        )
        inner = np.clip(inner + (np.minimum(inner, far) - inner) * press, 0, 1)
    return np.asarray(np.clip(1 - inner, 0, 1) * hard, np.float32)


@lru_cache(maxsize=32)
def _press(height: int, width: int) -> Plane:
    """How hard the pen is pressed, about 0 to 1."""
    return np.asarray(np.clip(0.5 + 0.35 * noise(height, width, min(height, width) / 18, 51), 0, 1), np.float32)


def _bevelled(rgb: Pixels, alpha: Plane, unit: float) -> Pixels:
    """Rounded like a solid body: a rim of light to the upper left, shade to the lower right, along hard outlines
    only."""
    light = np.zeros_like(alpha)
    for reach, share in ((0.006, 0.5), (0.016, 0.35), (0.04, 0.22)):
        soft = cv2.GaussianBlur(alpha, (0, 0), reach * unit)
        step = reach * unit
        moved = [
            cv2.warpAffine(
                soft,
                np.array([[1, 0, s * step], [0, 1, s * step]], np.float32),
                alpha.shape[::-1],
                borderMode=cv2.BORDER_REPLICATE,
            )
            for s in (-0.7, 0.7)
        ]
        light += (moved[0] - moved[1]) * share
    light *= alpha * _rim(alpha, 1.5, swelling=False).max()
    raised = rgb * (1 + np.clip(light, -0.5, 0) * 0.75)[..., None]
    return np.asarray(
        np.clip(raised + (255 - raised) * (np.clip(light, 0, 0.7) * 0.62)[..., None] + 0.5, 0, 255), np.uint8
    )


def _shadowed(rgb: Plane, alpha: Plane, unit: float) -> Pixels:
    """The sheet over its own shadow, which falls down and to the right."""
    far = 0.011 * unit
    fallen = cv2.warpAffine(
        alpha,
        np.array([[1, 0, far * 0.7], [0, 1, far]], np.float32),
        alpha.shape[::-1],
        borderMode=cv2.BORDER_REPLICATE,
    )
    shade = cv2.GaussianBlur(fallen, (0, 0), max(0.8, far * 0.55)) * SHADE
    shade = shade + (cv2.GaussianBlur(alpha, (0, 0), max(0.8, far * 0.9)) * 0.3 - shade) * (shade < 0.12)
    under = np.clip(shade, 0, 1) * (1 - alpha)
    cover = alpha + under
    dark = np.array([26, 20, 34], np.float32)
    mixed = (rgb * alpha[..., None] + dark * under[..., None]) / np.maximum(cover, 1e-3)[..., None]
    return np.dstack([np.clip(mixed + 0.5, 0, 255), np.clip(cover * 255 + 0.5, 0, 255)]).astype(np.uint8)
