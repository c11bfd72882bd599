"""Watercolour and ink on paper: washes that run and bleed, pigment that gathers at their edges and in the paper's
dimples, lights left bare.

The density model, C' = C - (C - C^2)(d - 1), is Bousseau et al., "Interactive Watercolor Rendering with Temporal
Coherence", NPAR 2006.
"""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.style.look import smoothed, to_lab, to_rgb
from personavlog_embedded.style.texture import noise

BLACK, PORTRAIT_BLACK = 0.14, 0.03
"""How light a full brush leaves the darkest dark, 0 to 1: skin keeps its depth."""
PORTRAIT_EDGE = 0.5
"""Share of the pigment's edges that people get: on a face every one of them is a wrinkle."""


def watercolour(rgb: Pixels, unit: float) -> Pixels:
    """A (h, w, 3) picture in transparent washes; ``unit`` is the px that a screen-filling thing measures in it."""
    wash = _washed(rgb, unit)
    return _dense(_transparent(wash, BLACK), _density(wash, unit))


def portrait(rgb: Pixels, unit: float) -> Pixels:
    """People in watercolour: the same washes, as dark as they are, with few edges."""
    wash = _washed(rgb, unit)
    return _dense(_transparent(wash, PORTRAIT_BLACK), 1 + (_density(wash, unit) - 1) * np.float32(PORTRAIT_EDGE))


def _washed(rgb: Pixels, unit: float) -> Pixels:
    wash = smoothed(_run(rgb, unit, 0.0032), 3)
    return np.asarray(cv2.medianBlur(wash, max(3, round(unit * 0.008)) | 1), np.uint8)


def ink(rgb: Pixels, unit: float) -> Pixels:
    """The same in black ink: lights dissolve into mist, darks are soaked, a trace of colour stays."""
    wash = smoothed(_run(rgb, unit, 0.0045), 3)
    wash = np.asarray(cv2.medianBlur(wash, max(3, round(unit * 0.011)) | 1), np.uint8)
    lab = to_lab(wash)
    light = lab[..., 0] / 100
    lab[..., 0] = 100 * np.clip(0.14 + 0.95 * light ** np.float32(0.56), 0, 1)
    lab[..., 1:] *= 0.13
    lab[..., 0] += _strokes(rgb, unit)
    lab[..., 0] = np.clip(lab[..., 0], 4, 100)
    return _dense(to_rgb(lab).astype(np.float32) / np.float32(255), _density(wash, unit))


def _run(rgb: Pixels, unit: float, far: float) -> Pixels:
    """Edges that wander as wet paint does."""
    height, width = rgb.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    moved = [
        noise(height, width, unit / 45, seed) * 0.75 + noise(height, width, unit / 140, seed + 5) * 0.3
        for seed in (21, 22)
    ]
    return np.asarray(
        cv2.remap(
            rgb, x + moved[0] * far * unit, y + moved[1] * far * unit, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )


def _transparent(wash: Pixels, black: float) -> Plane:
    """Pale and clear: nothing is darker than a full brush, lights are the paper's own white."""
    lab = to_lab(wash)
    light = lab[..., 0] / 100
    lab[..., 0] = 100 * (black + (1 - black) * light ** np.float32(0.9))
    bare = np.clip((lab[..., 0] - 86) / 9, 0, 1)
    lab[..., 0] += (100 - lab[..., 0]) * bare
    lab[..., 1:] *= (1.18 * (1 - 0.8 * bare))[..., None]
    return to_rgb(lab).astype(np.float32) / np.float32(255)


def _density(wash: Pixels, unit: float) -> Plane:
    """1 for an even wash; more where pigment gathers: at edges, in pools, in the paper's dimples."""
    height, width = wash.shape[:2]
    gray = cv2.GaussianBlur(cv2.cvtColor(wash, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), unit * 0.0018)
    edge = np.hypot(cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1)) / 8 * (unit / 360)
    pools = 0.20 * noise(height, width, unit / 9, 31) + 0.16 * noise(height, width, unit / 28, 32)
    grain = 0.085 * noise(height, width, unit / 420, 33)
    return np.asarray(1 + np.clip(edge * 0.085, 0, 0.9) + pools * 0.75 + grain, np.float32)


def _dense(colour: Plane, density: Plane) -> Pixels:
    out = colour - (colour - colour * colour) * (density[..., None] - 1)
    return np.asarray(np.clip(out * 255 + 0.5, 0, 255), np.uint8)


def _strokes(rgb: Pixels, unit: float) -> Plane:
    """Brush lines where the picture turns dark quickly, thick and thin, in L*."""
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    near, wide = cv2.GaussianBlur(gray, (0, 0), unit * 0.003), cv2.GaussianBlur(gray, (0, 0), unit * 0.0075)
    press = 1 + 0.35 * noise(gray.shape[0], gray.shape[1], unit / 30, 41)
    return np.asarray(-np.clip((wide - near - 5) * 4.2 * press, 0, 62), np.float32)
