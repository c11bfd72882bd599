"""The back of a head, painted from what the photo shows of its hair from the front."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.body.part_sheet import soft
from personavlog_embedded.body.photo_head import PhotoHead, between

NAPE = 0.13
"""How far above the chin short hair ends at the back, heads."""
HAIRY = 0.02
"""Least hair above the eyes, in square heads, that a head which is not shaven shows."""


@dataclass(frozen=True, eq=False)
class Back:
    """Both (h, w, 4) uint8 in the cut-out's px: the ``whole`` head from behind, and what of long hair is seen
    ``behind`` the neck from the front."""

    whole: Pixels
    behind: Pixels | None


def back_of(source: PhotoHead, rgba: Pixels) -> Back:
    """The head's silhouette filled with hair of its colour, ears kept."""
    rgb = np.asarray(rgba[..., :3] / 255, np.float32)
    hair = (source.hairy > 0.5) & (source.keep > 0.9)
    hair[int(source.chin - 0.55 * source.unit) :] = False
    filled = _combed(source, rgb[hair]) if hair.sum() > HAIRY * source.unit**2 else _shaven(source)
    ears = _ears(source)[..., None]
    sides = between(source.hair, source.middle, source.chin, source.unit)
    whole = _pixels(np.asarray(filled * (1 - ears) + rgb * ears, np.float32), _outline(source, sides))
    long = source.hair[int(source.chin) :].sum() > 0.02 * source.unit**2
    return Back(whole, _pixels(np.asarray(filled * 0.62, np.float32), sides * _beside_neck(source)) if long else None)


def _pixels(rgb: Plane, alpha: Plane) -> Pixels:
    return np.asarray(np.clip(np.dstack([rgb, alpha]) * 255 + 0.5, 0, 255), np.uint8)


def _beside_neck(source: PhotoHead) -> Plane:
    """1 beside and above the neck, which the torso carries and which must not be covered."""
    y, x = np.mgrid[: source.keep.shape[0], : source.keep.shape[1]].astype(np.float32)
    aside = np.clip((np.abs(x - source.middle) - 0.96 * source.neck * source.unit) / (0.01 * source.unit) + 0.5, 0, 1)
    return np.asarray(aside * np.clip((y - source.chin + 0.55 * source.unit) / (0.1 * source.unit), 0, 1), np.float32)


def _combed(source: PhotoHead, seen: Plane) -> Plane:
    """Strands that fall from the crown, in the colours of the hair ``seen`` (n, 3), with a band of light and darker
    towards the nape."""
    y, x = np.mgrid[: source.keep.shape[0], : source.keep.shape[1]].astype(np.float32)
    crown = source.chin - 0.88 * source.unit
    across, down = (x - source.middle) / source.unit, (y - crown) / source.unit
    turn, far = np.arctan2(across, down + 0.35), np.hypot(across, down + 0.35)
    fine = _noise(turn, far, 260, 5) * 0.6 + _noise(turn, far, 70, 3) * 0.8
    dark, light = np.percentile(seen, 28, axis=0), np.percentile(seen, 72, axis=0)
    share = np.clip(0.45 + 0.17 * fine, 0, 1)[..., None]
    lit = 1.08 - 0.3 * np.clip(down - 0.3, 0, 1) - 0.5 * np.clip(np.abs(across) - 0.12, 0, 1) ** 1.5
    lit = lit + 0.16 * np.exp(-(((down - 0.16 - 0.5 * across**2) / 0.08) ** 2)) * np.clip(1 + 0.25 * fine, 0, 2)
    return np.asarray(np.clip((dark + (light - dark) * share) * lit[..., None], 0, 1), np.float32)


def _noise(turn: Plane, far: Plane, across: int, along: int) -> Plane:
    """Noise in ``across`` strands around the crown and ``along`` changes down each."""
    rough = np.random.default_rng(across).standard_normal((along + 2, across)).astype(np.float32)
    column, row = (turn / 3.2 + 0.5) * (across - 1), far * along / 1.6
    out = cv2.remap(
        rough, column.astype(np.float32), row.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return np.asarray(out, np.float32)


def _shaven(source: PhotoHead) -> Plane:
    """Skin, rounded."""
    y, x = np.mgrid[: source.keep.shape[0], : source.keep.shape[1]].astype(np.float32)
    away = np.hypot(
        (x - source.middle) / (0.42 * source.unit), (y - source.chin + 0.55 * source.unit) / (0.55 * source.unit)
    )
    return np.asarray(source.throat * (1.06 - 0.2 * np.clip(away, 0, 1.2) ** 2)[..., None], np.float32)


def _outline(source: PhotoHead, sides: Plane) -> Plane:
    """The skull down to the nape; long hair further down, without a gap between its sides."""
    y, x = np.mgrid[: source.keep.shape[0], : source.keep.shape[1]].astype(np.float32)
    nape = source.chin - NAPE * source.unit - 0.12 * source.unit * ((x - source.middle) / (0.33 * source.unit)) ** 2
    skull = np.clip((nape - y) / (0.02 * source.unit) + 0.5, 0, 1) * source.keep
    return np.asarray(
        np.maximum(
            skull, np.maximum(sides * (y > source.chin - 0.3 * source.unit), np.minimum(source.hair, source.keep))
        ),
        np.float32,
    )


def _ears(source: PhotoHead) -> Plane:
    """1 on the skin at both sides of the head."""
    y, x = np.mgrid[: source.keep.shape[0], : source.keep.shape[1]].astype(np.float32)
    aside = (
        (np.abs(x - source.middle) > 0.34 * source.unit) & (source.hairy < 0.5) & (y > source.chin - 0.7 * source.unit)
    )
    return soft((aside & (source.skin > 0.5)).astype(np.float32), 0.008 * source.unit)
