"""What a style does to a picture besides its network: smoothing before it, colours and finish after it. Every step is a pure function of pixels.

Pictures are (h, w, 3) uint8 RGB; ``lab`` planes are float32 CIE L*a*b* (L 0 to 100).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Plane = NDArray[np.float32]
BROAD = 36
"""Blotches wider than this part of the picture's longer side are the network's drift, narrower ones its drawing."""
DARKEST, BRIGHTEST = -7.0, 12.0
"""How much darker and lighter than the picture a drawn area may be, in L*."""

Finish = Literal["none", "watercolour", "oil", "pencil", "noir", "ink", "grain"]


@dataclass(frozen=True)
class Look:
    """The knobs of one style.

    ``line`` and ``chroma``: how much of the network's lightness and of its colours is taken, 0 to 1. ``smooth``: passes that flatten texture first.
    ``saturation``, ``contrast``: factors. ``warm``, ``rose``: shifts of b* and a*. ``lift``: how much shadows rise, in L*. ``glow``: share of blurred
    highlights laid over. ``cool_shadows``: shift of shadows towards blue, in b*. ``eyes``: how much larger eyes become, 1 leaves them.
    """

    line: float = 1.0
    chroma: float = 0.25
    smooth: int = 3
    saturation: float = 1.0
    contrast: float = 1.0
    warm: float = 0.0
    rose: float = 0.0
    lift: float = 0.0
    glow: float = 0.0
    cool_shadows: float = 0.0
    eyes: float = 1.0
    finish: Finish = "none"


def to_lab(rgb: Pixels) -> Plane:
    """L*a*b* of a picture."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)


def to_rgb(lab: Plane) -> Pixels:
    """The picture of L*a*b* planes; colours outside sRGB are clipped."""
    return np.asarray((cv2.cvtColor(lab, cv2.COLOR_Lab2RGB) * 255 + 0.5).clip(0, 255), np.uint8)


def flatten(rgb: Pixels, passes: int) -> Pixels:
    """Texture smoothed away, edges kept: ``passes`` bilateral filters."""
    for _ in range(passes):
        rgb = np.asarray(cv2.bilateralFilter(rgb, 9, 22, 5), np.uint8)
    return rgb


def blurred(plane: Plane, sigma: float) -> Plane:
    """Gaussian blur by ``sigma`` px, at a quarter of the size where that is finer than can be seen."""
    if sigma < 8:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)
    small = cv2.resize(plane, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 4), plane.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def recoloured(source: Pixels, drawn: Pixels, look: Look) -> Pixels:
    """The network's lines and shading with the source's own colours.

    Instance normalisation shifts hue and brightness in large blotches that differ from picture to picture. So the drawing keeps its local lightness, its
    broad lightness is put back to the source's, and only ``look.chroma`` of its colour (itself put back to the source's broad colour) is used: skin
    stays skin, and two shots of one place keep one palette.
    """
    a, b = to_lab(source), to_lab(_unwoven(drawn))
    broad = max(source.shape) / BROAD
    drift = a - b
    change = b[..., 0] + 0.9 * blurred(drift[..., 0], broad) - a[..., 0]
    light = a[..., 0] + look.line * _lines_kept(change, max(source.shape))
    colour = b[..., 1:] + blurred(drift[..., 1:], broad)
    colour = look.chroma * colour + (1 - look.chroma) * a[..., 1:]
    return to_rgb(np.dstack([light.clip(0, 100), colour]).astype(np.float32))


def _lines_kept(change: Plane, side: int) -> Plane:
    """A change of lightness within ``DARKEST`` and ``BRIGHTEST``, but for thin dark strokes, which may be as dark as they like."""
    size = max(3, side // 90) | 1
    areas = cv2.morphologyEx(change, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    return np.asarray(areas.clip(DARKEST, BRIGHTEST) + np.minimum(change - areas, 0), np.float32)


def _unwoven(drawn: Pixels) -> Pixels:
    """Without the fine weave that transposed convolutions leave on even areas."""
    return np.asarray(cv2.bilateralFilter(drawn, 7, 14, 3), np.uint8)


def graded(rgb: Pixels, look: Look) -> Pixels:
    """The style's colours laid over a picture; fixed curves, nothing measured from the picture, so every shot moves alike."""
    lab = to_lab(rgb)
    light: NDArray[np.floating] = lab[..., 0]
    shadow = np.clip(1 - light / 55, 0, 1)
    light = 50 + (light - 50) * look.contrast
    light = light + look.lift * (1 - light / 100)
    if look.glow:
        bright = blurred(np.clip(light - 60, 0, 40).astype(np.float32), max(rgb.shape) / 60)
        light = light + look.glow * bright * (1 - light / 110)
    saturation = 1 + (look.saturation - 1) * (1 - 0.6 * _skin_like(lab))
    a = lab[..., 1] * saturation + look.rose
    b = lab[..., 2] * saturation + look.warm - look.cool_shadows * shadow
    return to_rgb(np.dstack([light.clip(0, 100), a, b]).astype(np.float32))


def _skin_like(lab: Plane) -> Plane:
    """1 for colours of human skin of any lightness (hue angle about 30 to 75 degrees, moderate chroma), 0 far from them."""
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    return np.asarray(np.exp(-(((hue - 52) / 24) ** 2)) * np.clip((chroma - 6) / 10, 0, 1), np.float32)


def finished(rgb: Pixels, finish: Finish) -> Pixels:
    """The surface of the picture: paint, paper, ink or film."""
    match finish:
        case "watercolour":
            return _watercolour(rgb)
        case "oil":
            return _oil(rgb)
        case "pencil":
            return _pencil(rgb)
        case "noir":
            return _noir(rgb)
        case "ink":
            return _ink(rgb)
        case "grain":
            return _grain(rgb, 2.2)
        case "none":
            return rgb


def _watercolour(rgb: Pixels) -> Pixels:
    """Washes that run (median and bilateral), pigment gathered at their edges, pale light, paper grain."""
    wash = np.asarray(cv2.medianBlur(rgb, 7), np.uint8)
    wash = flatten(wash, 3)
    lab = to_lab(wash)
    edge = cv2.GaussianBlur(_slope(lab[..., 0]), (0, 0), 1.2)
    lab[..., 0] = 100 - (100 - lab[..., 0]) * 0.86
    lab[..., 0] -= np.clip(edge * 0.5, 0, 14)
    lab[..., 0] += _paper(rgb.shape[:2], 1.5) + _paper(rgb.shape[:2], 1.2, 40.0)
    lab[..., 1:] *= 1.12
    lab[..., 0] = lab[..., 0].clip(0, 100)
    return to_rgb(lab)


def _oil(rgb: Pixels) -> Pixels:
    """Kuwahara's filter at two brush sizes, lit from the upper left like ridges of paint."""
    radius = max(2, round(max(rgb.shape) / 220))
    painted = _kuwahara(_kuwahara(rgb, radius), max(1, radius // 2))
    lab = to_lab(painted)
    ridge = lab[..., 0] - np.roll(lab[..., 0], (1, 1), (0, 1))
    lab[..., 0] = (lab[..., 0] + np.clip(ridge * 0.35, -6, 6) + _paper(rgb.shape[:2], 0.8, 1.6)).clip(0, 100)
    lab[..., 1:] *= 1.15
    return to_rgb(lab)


def _kuwahara(rgb: Pixels, radius: int) -> Pixels:
    """Each pixel takes the mean of that of its four quadrants that varies least."""
    picture = rgb.astype(np.float32)
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    size = (radius + 1, radius + 1)
    best = np.full(gray.shape, np.inf, np.float32)
    out = picture
    for anchor in ((0, 0), (radius, 0), (0, radius), (radius, radius)):
        mean = cv2.blur(gray, size, anchor=anchor)
        spread = cv2.blur(gray * gray, size, anchor=anchor) - mean * mean
        better = spread < best
        best = np.where(better, spread, best)
        out = np.where(better[..., None], cv2.blur(picture, size, anchor=anchor), out)
    return np.asarray(out.clip(0, 255), np.uint8)


def _pencil(rgb: Pixels) -> Pixels:
    """Graphite on paper: the picture divided by its blur, hatched shadows, a breath of colour."""
    lab = to_lab(rgb)
    soft = blurred(100 - lab[..., 0], max(rgb.shape) / 90)
    light = np.clip(lab[..., 0] * 100 / (100 - soft + 1e-3), 0, 100)
    tone = np.clip(lab[..., 0] * 0.45 + 55, 0, 100)
    hatch = _paper(rgb.shape[:2], 6.0) * np.clip(1 - lab[..., 0] / 70, 0, 1)
    lab[..., 0] = np.clip(light * 0.65 + tone * 0.35 + hatch - 1, 0, 98)
    lab[..., 1:] *= 0.16
    return to_rgb(lab)


def _noir(rgb: Pixels) -> Pixels:
    """Black and white film: an S-curve, light that falls off towards the border, grain."""
    light = to_lab(rgb)[..., 0] / 100
    light = light * light * (3 - 2 * light)
    y, x = np.ogrid[-1 : 1 : rgb.shape[0] * 1j, -1 : 1 : rgb.shape[1] * 1j]
    light = light * (1.04 - 0.28 * np.clip(x * x + y * y - 0.25, 0, 2)) * 100 + _paper(rgb.shape[:2], 1.8, 0.7)
    return to_rgb(np.dstack([light.clip(0, 100), np.zeros_like(light), np.full_like(light, 1.5)]).astype(np.float32))


def _ink(rgb: Pixels) -> Pixels:
    """Comic print: few tones, bold dark outlines, strong colour."""
    lab = to_lab(flatten(rgb, 2))
    light = lab[..., 0]
    step = 100 / 7
    tone = np.floor(light / step)
    rest = light / step - tone
    lab[..., 0] = (tone + np.clip((rest - 0.5) * 5 + 0.5, 0, 1)) * step * 0.6 + light * 0.4
    edge = light - cv2.GaussianBlur(light, (0, 0), 2.0)
    lab[..., 0] = (lab[..., 0] + np.clip(edge * 2.2, -45, 0)).clip(0, 100)
    lab[..., 1:] *= 1.3
    return to_rgb(lab)


def _grain(rgb: Pixels, strength: float) -> Pixels:
    lab = to_lab(rgb)
    lab[..., 0] = (lab[..., 0] + _paper(rgb.shape[:2], strength, 0.7)).clip(0, 100)
    return to_rgb(lab)


def _slope(plane: Plane) -> Plane:
    return np.asarray(np.hypot(cv2.Sobel(plane, cv2.CV_32F, 1, 0), cv2.Sobel(plane, cv2.CV_32F, 0, 1)) / 4, np.float32)


def _paper(shape: tuple[int, ...], strength: float, sigma: float = 1.1) -> Plane:
    """Noise that is the same for every picture of one size, so that it does not flicker between shots; standard deviation ``strength``."""
    noise = np.random.default_rng(7).standard_normal(shape[:2]).astype(np.float32)
    noise = blurred(noise, sigma)
    return np.asarray(noise * (strength / (float(noise.std()) + 1e-6)), np.float32)
