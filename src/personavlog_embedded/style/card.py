"""Paper cut-outs: the picture as sheets of card laid over each other from dark to light, each with a pale cut edge and
a shadow on the one below."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.style.look import blurred, smoothed, to_lab, to_rgb

LEVELS = (22.0, 38.0, 54.0, 70.0, 86.0)
"""L* above which a lighter sheet begins; the same for every picture."""
TONES = (13.0, 31.0, 47.0, 63.0, 79.0, 94.0)


def portrait(rgb: Pixels, unit: float) -> Pixels:
    """People in card: fewer and rounder shapes, for nobody cuts out a curl."""
    size = max(3, min(9, round(unit * 0.007) | 1))
    return card(np.asarray(cv2.medianBlur(cv2.medianBlur(rgb, size), size), np.uint8), unit)


def card(rgb: Pixels, unit: float) -> Pixels:
    """A (h, w, 3) picture in sheets of card; ``unit`` is the px that a screen-filling thing measures in it."""
    lab = to_lab(smoothed(rgb, 2))
    light = _simple(lab[..., 0], unit)
    tone, shade, edge = _sheets(light, unit)
    out = np.empty_like(lab)
    out[..., 0] = tone * 0.88 + light * 0.12 - shade + edge
    for channel in (1, 2):
        out[..., channel] = _simple(lab[..., channel], unit) * 1.16 * (1 - np.clip(edge / 40, 0, 0.6))
    out[..., 0] = out[..., 0].clip(4, 98)
    return to_rgb(out)


def _simple(plane: Plane, unit: float) -> Plane:
    """Outlines as scissors cut them: small shapes are lost, corners are round."""
    size = max(3, min(5, round(unit * 0.006) | 1))
    once = cv2.medianBlur(plane.astype(np.float32), size)
    return np.asarray(cv2.medianBlur(cv2.GaussianBlur(once, (0, 0), max(0.8, unit * 0.0024)), size), np.float32)


def _sheets(light: Plane, unit: float) -> tuple[Plane, Plane, Plane]:
    """The tone of the topmost sheet, the shadows that lie on it, and the light on cut edges, all in L*."""
    tone = np.full(light.shape, TONES[0], np.float32)
    shade, edge = np.zeros_like(tone), np.zeros_like(tone)
    reach = unit * 0.007
    for level, paint in zip(LEVELS, TONES[1:], strict=True):
        there = np.clip((light - level) * 1.4 + 0.5, 0, 1)
        fallen = blurred(_shifted(there, reach), reach * 0.8)
        shade = shade * (1 - there) + np.clip(fallen - there, 0, 1) * 17 * (1 - there)
        edge = edge * (1 - there) + there * (1 - _shifted(there, -max(1.0, unit * 0.0016))) * 13
        tone = tone + (paint - tone) * there
    return tone, shade, edge


def _shifted(plane: Plane, by: float) -> Plane:
    """The plane moved down and to the right by ``by`` px."""
    move = np.array([[1, 0, by * 0.8], [0, 1, by]], np.float32)
    return np.asarray(cv2.warpAffine(plane, move, plane.shape[::-1], borderMode=cv2.BORDER_REPLICATE), np.float32)
