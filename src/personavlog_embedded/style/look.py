"""What a style does to a picture besides its network: the knobs of a style, and the pure functions of pixels that many
of them share.

Pictures are (h, w, 3) uint8 RGB; ``lab`` planes are float32 CIE L*a*b* (L 0 to 100).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import cv2
import numpy as np
from pydantic import ConfigDict

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded import data

Colour = tuple[int, int, int]
BROAD = 36
"""Blotches wider than this part of the picture's longer side are the network's drift, narrower ones its drawing."""
DARKEST, BRIGHTEST = -7.0, 12.0
"""How much darker and lighter than the picture a drawn area may be, in L*."""

Skin = Literal["as drawn", "two tones", "hard tones", "one tone", "wash", "sheets", "solid"]
Edge = Literal["none", "line", "ink", "sprite", "card", "bevel"]
Surface = Literal[
    "none",
    "pixels",
    "card",
    "poster",
    "aquarelle",
    "rice paper",
    "canvas",
    "print",
    "sketchbook",
    "black and white",
    "home movie",
    "lens",
    "neon",
    "scope",
]
Finish = Literal[
    "none",
    "gouache",
    "bloom",
    "cels",
    "pale cels",
    "dense cels",
    "rendered",
    "watercolour",
    "portrait wash",
    "ink wash",
    "oil",
    "oil portrait",
    "graphite",
    "hard light",
    "comic",
    "card",
    "card portrait",
    "sprite",
]


@dataclass(frozen=True)
class Look:
    """The knobs of one style.

    ``line`` and ``chroma``: how much of the network's lightness and of its colours is taken, 0 to 1. ``smooth``: passes
    that flatten texture first.
    ``pen``, ``pen_width``, ``pen_colour``: strength of lines drawn besides, their width over the picture's unit, RGB.
    ``saturation``, ``contrast``: factors; ``greens``, ``blues``: more of it for leaves, for skies and seas. ``warm``,
    ``rose``: shifts of b* and a*.
    ``lift``: how much black rises, ``bright``: how much the half tones do, in L*. ``glow``: share of blurred highlights
    laid over.
    ``cool_shadows``: shift of shadows towards blue, in b*. ``dim``: how much darker the world is than the person, in
    percent.
    ``neon``: how far the world's shadows turn violet and its lights magenta and cyan, 0 to 1. ``eyes``: how much larger
    eyes become, 1 leaves them.
    ``finish`` is painted into every layer (``figure`` into people instead, where it is not None), and ``drawn`` is how
    much of a drawn body's own fine lines and tones outlast it, 0 to 1. ``edge`` is drawn around each (around people
    only where it is a "line"), ``surface`` what the whole frame is printed on. ``skin`` is how a face is painted
    (``style.face_skin``).

    In the world only: ``darks`` shift of a* and b* of what is dark; ``gamma`` below 1 opens dark pictures; ``local``
    strengthens local contrast;
    ``warm_lights`` makes bright lamps and windows yellow, in b*. ``rim``, ``rim_colour``: the light along a person's
    outline, 0 to 1, RGB.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    line: float = 1.0
    chroma: float = 0.25
    smooth: int = 3
    pen: float = 0.0
    pen_width: float = 0.0035
    pen_colour: Colour = (40, 26, 28)
    saturation: float = 1.0
    contrast: float = 1.0
    greens: float = 1.0
    blues: float = 1.0
    warm: float = 0.0
    rose: float = 0.0
    lift: float = 0.0
    bright: float = 0.0
    glow: float = 0.0
    cool_shadows: float = 0.0
    dim: float = 0.0
    neon: float = 0.0
    eyes: float = 1.0
    finish: Finish = "none"
    figure: Finish | None = None
    drawn: float = 0.0
    edge: Edge = "none"
    edge_colour: Colour = (40, 26, 28)
    surface: Surface = "none"
    skin: Skin = "as drawn"
    darks: tuple[float, float] = (0.0, 0.0)
    gamma: float = 1.0
    local: float = 0.0
    warm_lights: float = 0.0
    rim: float = 0.0
    rim_colour: Colour = (255, 250, 235)


def to_lab(rgb: Pixels) -> Plane:
    """L*a*b* of a picture."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)


def to_rgb(lab: Plane) -> Pixels:
    """The picture of L*a*b* planes; colours outside sRGB are clipped."""
    return np.asarray((cv2.cvtColor(lab, cv2.COLOR_Lab2RGB) * 255 + 0.5).clip(0, 255), np.uint8)


def smoothed(rgb: Pixels, passes: int) -> Pixels:
    """Texture smoothed away, edges kept: ``passes`` bilateral filters."""
    for _ in range(passes):
        rgb = np.asarray(cv2.bilateralFilter(rgb, 9, 22, 5), np.uint8)
    return rgb


def blurred(plane: Plane, sigma: float) -> Plane:
    """Gaussian blur by ``sigma`` px, at a quarter of the size where that is finer than can be seen."""
    if sigma < 8:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)
    small = cv2.resize(plane, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 4), plane.shape[1::-1], interpolation=cv2.INTER_LINEAR),
        np.float32,
    )


def recoloured(source: Pixels, drawn: Pixels, look: Look) -> Pixels:
    """The network's lines and shading with the source's own colours.

    Instance normalisation shifts hue and brightness in large blotches that differ from picture to picture. So the
    drawing keeps its local lightness, its broad lightness is put back to the source's, and only ``look.chroma`` of its
    colour (itself put back to the source's broad colour) is used: skin stays skin, and two shots of one place keep one
    palette.
    """
    a, b = to_lab(source), to_lab(_unwoven(drawn))
    broad = max(source.shape) / BROAD
    drift = a - b
    change = b[..., 0] + 0.9 * blurred(drift[..., 0], broad) - a[..., 0]
    drawable = _drawable(a[..., 0])
    light = a[..., 0] + look.line * drawable * _lines_kept(change, max(source.shape))
    colour = b[..., 1:] + blurred(drift[..., 1:], broad)
    share = (look.chroma * drawable)[..., None]
    colour = share * colour + (1 - share) * a[..., 1:]
    return to_rgb(np.dstack([light.clip(0, 100), colour]).astype(np.float32))


def _drawable(light: Plane) -> Plane:
    """How much of the network's drawing is wanted, 0 to 1: little where a picture is dark and even, for there it draws
    blotches of its own."""
    soft = max(2.0, max(light.shape) / 110)
    mean = blurred(np.ascontiguousarray(light), soft)
    spread = np.sqrt(np.maximum(blurred(np.asarray(light * light, np.float32), soft) - mean * mean, 0))
    dark = np.clip((46 - mean) / 22, 0, 1)
    return np.asarray(1 - 0.85 * dark * np.clip(1.4 - spread / 6, 0, 1), np.float32)


def _lines_kept(change: Plane, side: int) -> Plane:
    """A change of lightness within ``DARKEST`` and ``BRIGHTEST``, but for thin dark strokes, which may be as dark as
    they like."""
    size = max(3, side // 90) | 1
    areas = cv2.morphologyEx(change, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    return np.asarray(areas.clip(DARKEST, BRIGHTEST) + np.minimum(change - areas, 0), np.float32)


def _unwoven(drawn: Pixels) -> Pixels:
    """Without the fine weave that transposed convolutions leave on even areas."""
    return np.asarray(cv2.bilateralFilter(drawn, 7, 14, 3), np.uint8)
