"""How far apart two pictures are in style: what they are painted with, not what they show.

Gram matrices of a classification network (Gatys et al., CVPR 2016) are the usual measure; no such network is in the
house, so ours are statistics of tone, colour, line, texture and border, each divided by how much it differs between
shots of one film. Numbers that follow the place and the hour (mean lightness, hue) are left out or weigh little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.score import Score

VERSION = "style-1"
SIDE = 512
"""Longer side at which everything but equal neighbours is measured, px."""

SPREADS: dict[str, float] = {
    "chroma": 5.8,
    "chroma of lights": 9.4,
    "chroma of darks": 4.8,
    "gray": 0.07,
    "black": 0.06,
    "fine": 0.36,
    "even": 0.054,
    "dark lines": 0.31,
    "pale lines": 0.38,
    "lean": 0.13,
    "coherence": 0.052,
    "diagonal": 0.033,
    "grain": 0.46,
    "equal": 0.052,
    "tones": 0.23,
    "border light": 4.9,
    "border even": 6.9,
    "border edge": 6.1,
}
"""Standard deviation of every number between shots of one film: four places (street at night, cafe at dusk, forest in
the morning, beach at noon) in each of the painter's seventeen styles, the mean over the styles."""


def style_distance(a: Pixels, b: Pixels) -> Score:
    """Distance in style of two (h, w, 3) uint8 RGB pictures: 0 for the same picture, about 1 for two shots of one film,
    2 and more for other styles.

    Root mean square of the differences of the numbers of ``fingerprint``, each over its spread within a film, at most
    4. Unlike our other scores, smaller is nearer.
    """
    return Score(
        name="proxy.style_distance",
        value=apart(fingerprint(a), fingerprint(b)),
        tolerance=0.15,
        note="Smaller is nearer.",
    )


def apart(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The distance of two fingerprints that ``style_distance`` gives."""
    away = np.array([abs(a[name] - b[name]) / width for name, width in SPREADS.items()])
    return float(np.sqrt((np.minimum(away, 4.0) ** 2).mean()))


def spread(pictures: Sequence[Pixels]) -> Score:
    """Mean style distance between all pairs of a film's pictures; None for fewer than two."""
    prints = [fingerprint(picture) for picture in pictures]
    values = [apart(a, b) for number, a in enumerate(prints) for b in prints[number + 1 :]]
    if not values:
        return Score(name="proxy.style_spread", value=None, note="One picture alone has no spread.")
    return Score(
        name="proxy.style_spread", value=float(np.mean(values)), tolerance=0.15, note="Smaller is more of one piece."
    )


def fingerprint(rgb: Pixels) -> dict[str, float]:
    """The numbers that make a picture's style, by the names of ``SPREADS``."""
    scale = SIDE / max(rgb.shape[:2])
    small = (
        rgb
        if scale >= 1
        else np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    )
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)
    inside = lab[tuple(slice(side // 14, side - side // 14) for side in lab.shape[:2])]
    light = inside[..., 0]
    return {
        **_colour(inside),
        "fine": _fine(light),
        **_edges(light),
        **_strokes(light),
        "equal": _equal(rgb),
        **_border(lab),
    }


def _colour(lab: Plane) -> dict[str, float]:
    light, chroma = lab[..., 0], np.hypot(lab[..., 1], lab[..., 2])
    order = np.median(light)
    tones = np.histogramdd(
        (lab / np.array([100, 160, 160], np.float32) + np.array([0, 0.5, 0.5], np.float32)).reshape(-1, 3),
        bins=24,
        range=[(0, 1)] * 3,
    )[0]
    share = np.sort(tones.ravel())[::-1].cumsum() / max(tones.sum(), 1)
    return {
        "chroma": float(chroma.mean()),
        "chroma of lights": float(chroma[light >= order].mean()),
        "chroma of darks": float(chroma[light <= order].mean()),
        "gray": float((chroma < 5).mean()),
        "black": float((light < 9).mean()),
        "tones": float(np.log1p(np.searchsorted(share, 0.9))),
    }


def _fine(light: Plane) -> float:
    """How strong the finest detail is, against all of the picture's contrast, as a logarithm."""
    detail = np.abs(light - cv2.GaussianBlur(light, (0, 0), 0.8)).mean()
    return float(np.log((detail + 0.02) / (float(light.std()) + 1.0)))


def _edges(light: Plane) -> dict[str, float]:
    """Evenness, lines darker or paler than both their sides, and grain where nothing else is."""
    slope = np.hypot(cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1)) / 4
    five = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    closed, opened = (
        cv2.morphologyEx(light, cv2.MORPH_CLOSE, five) - light,
        light - cv2.morphologyEx(light, cv2.MORPH_OPEN, five),
    )
    fine = np.abs(light - cv2.GaussianBlur(light, (0, 0), 1.0))
    dark, pale = float(closed.mean()) + 0.05, float(opened.mean()) + 0.05
    return {
        "even": float((slope < 0.5).mean()),
        "dark lines": float(np.log(dark)),
        "pale lines": float(np.log(pale)),
        "lean": float(np.log(dark / pale)),
        "grain": float(np.log(np.percentile(fine, 30) + 0.03)),
    }


def _strokes(light: Plane) -> dict[str, float]:
    """How much neighbouring gradients agree, and how many of them lean."""
    dx, dy = cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1)
    xx, yy, xy = (cv2.GaussianBlur(part, (0, 0), 3.0) for part in (dx * dx, dy * dy, dx * dy))
    energy = xx + yy + 1.0
    leaning = np.abs(dx * dy) * 2 / (dx * dx + dy * dy + 1.0)
    return {"coherence": float((np.hypot(xx - yy, 2 * xy) / energy).mean()), "diagonal": float(leaning.mean())}


def _equal(rgb: Pixels) -> float:
    """Share of neighbours in a row that have the very same colour: cells, flat print."""
    return float((rgb[:, 1:] == rgb[:, :-1]).all(axis=2).mean())


def _border(lab: Plane) -> dict[str, float]:
    """The frame's rim: its lightness, how even it is along the rim, and how it differs from what lies just inside."""
    side = min(lab.shape[:2])
    rim, next_to = _ring(lab, 0, max(1, side // 80)), _ring(lab, side // 18, side // 18 + max(1, side // 80))
    return {
        "border light": float(np.abs(rim[:, 0] - 50).mean()),
        "border even": float(np.linalg.norm(rim.std(axis=0))),
        "border edge": float(np.linalg.norm(rim.mean(axis=0) - next_to.mean(axis=0))),
    }


def _ring(lab: Plane, start: int, end: int) -> Plane:
    """All pixels from ``start`` to ``end`` px off the picture's edge, (n, 3)."""
    height, width = lab.shape[:2]
    mask = np.zeros((height, width), bool)
    mask[start : height - start, start : width - start] = True
    mask[end : height - end, end : width - end] = False
    return np.asarray(lab[mask], np.float32)
