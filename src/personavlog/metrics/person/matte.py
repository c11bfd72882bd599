"""What of a photo is the person: MODNet's matte, cleaned, refined at full size, with the true colours of half-covered
pixels.

MODNet: Ke et al., "MODNet: Real-Time Trimap-Free Portrait Matting via Objective Decomposition", AAAI 2022 (Apache-2.0).
Foreground colours: Forte, "Approximate Fast Foreground Colour Estimation", ICIP 2021 (the formula; written anew).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import Face
from personavlog.weights.session import run_network

SIDE = 512
"""Length of the short side that MODNet sees, in px (its training size)."""
STRIDE = 32
SOLID = 0.5
GAP = 0.22
"""Of the longer side: how wide a bite in a subject without a face may be to be filled."""
LEAST, MOST = 0.02, 0.97
"""A matte that covers less or more of the photo than this found no person."""


@dataclass(frozen=True, eq=False)
class Matte:
    """``alpha`` (h, w) float32, 0 to 1. ``notes`` say, one sentence each, where the cut is a guess."""

    alpha: Plane
    notes: tuple[str, ...] = ()


def matte(rgb: Pixels, face: Face | None = None) -> Matte:
    """The matte of the person with ``face``, or of the main subject where the photo has no face, of a (h, w, 3) uint8
    RGB photo.

    Portraits go through MODNet. Where it finds nothing that fits (pets, drawings, things) a colour model seeded around
    the centre cuts the subject out and a note says so.
    """
    portrait = _clean(portrait_alpha(rgb), face)
    if _fits(portrait, face):
        return Matte(_refine(rgb, portrait if face else _whole(portrait)))
    alpha = _refine(rgb, _clean(_grab(rgb, face), face))
    if LEAST < float(alpha.mean()) < MOST:
        return Matte(
            alpha,
            (
                "The photo's subject is not a portrait the matting network knows; it was cut out by colour, so its "
                "outline is rougher.",
            ),
        )
    return Matte(
        np.ones(rgb.shape[:2], np.float32), ("No subject could be told from the background; the whole photo is used.",)
    )


def foreground(rgb: Pixels, alpha: Plane) -> Pixels:
    """The subject's own colours, (h, w, 3) uint8: what shines through at hair and edges is taken out, and the outside
    continues the nearest inside."""
    picture = rgb.astype(np.float32)
    weight = alpha[..., None]
    front, back = picture, picture
    for radius in (max(rgb.shape[:2]) // 12 + 1, 7):
        front, back = _fuse(picture, front, back, weight, radius)
    return np.asarray(np.clip(front + 0.5, 0, 255), np.uint8)


def portrait_alpha(rgb: Pixels) -> Plane:
    """MODNet's alpha (h, w), 0 to 1, as the network gives it."""
    height, width = rgb.shape[:2]
    scale = min(SIDE / min(height, width), 2 * SIDE / max(height, width))
    w, h = (max(STRIDE, round(side * scale / STRIDE) * STRIDE) for side in (width, height))
    small = cv2.resize(rgb, (w, h), interpolation=cv2.INTER_AREA).astype(np.float32) / 127.5 - 1
    (alpha,) = run_network("modnet", np.ascontiguousarray(small.transpose(2, 0, 1)[None]))
    return np.asarray(cv2.resize(alpha[0, 0], (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _grab(rgb: Pixels, face: Face | None) -> Plane:
    """GrabCut on a small copy, seeded by an ellipse around the face or the centre; the photo's border counts as
    background."""
    scale = 320 / max(rgb.shape[:2])
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    h, w = small.shape[:2]
    seeds = np.full((h, w), cv2.GC_PR_BGD, np.uint8)
    x, y, reach = (w / 2, h / 2, 0.9) if face is None else _centre(face, scale)
    cv2.ellipse(seeds, (int(x), int(y)), (int(w * 0.38 * reach), int(h * 0.42 * reach)), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(seeds, (int(x), int(y)), (int(w * 0.12 * reach), int(h * 0.14 * reach)), 0, 0, 360, cv2.GC_FGD, -1)
    edge = max(2, round(0.02 * min(h, w)))
    seeds[:edge] = seeds[:, :edge] = seeds[:, -edge:] = cv2.GC_BGD
    if min(h, w) < 16:
        return np.zeros(rgb.shape[:2], np.float32)
    cv2.setRNGSeed(0)
    cv2.grabCut(small[..., ::-1].copy(), seeds, None, np.zeros((1, 65)), np.zeros((1, 65)), 5, cv2.GC_INIT_WITH_MASK)
    found = np.isin(seeds, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    return np.asarray(
        cv2.resize(cv2.GaussianBlur(found, (0, 0), 0.8), rgb.shape[1::-1], interpolation=cv2.INTER_CUBIC), np.float32
    ).clip(0, 1)


def _centre(face: Face, scale: float) -> tuple[float, float, float]:
    x0, y0, x1, y1 = face.box
    return (x0 + x1) / 2 * scale, (y0 + y1) / 2 * scale, 1.0


def _whole(alpha: Plane) -> Plane:
    """The matte of a subject without a face, with the bites and holes filled that a network trained on people leaves in
    fur."""
    reach = int(max(alpha.shape) * GAP) | 1
    solid = cv2.copyMakeBorder((alpha > SOLID).astype(np.uint8), reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = cv2.drawContours(np.zeros(closed.shape, np.float32), outlines, -1, 1.0, -1)
    soft = cv2.GaussianBlur(filled, (0, 0), max(1.0, 0.004 * max(alpha.shape)))[reach:-reach, reach:-reach]
    return np.maximum(alpha, np.asarray(soft, np.float32))


def _fits(alpha: Plane, face: Face | None) -> bool:
    """Whether a matte covers a sensible share of the photo, is mostly decided (0 or 1), and covers the face."""
    decided = float(((alpha < 0.1) | (alpha > 0.9)).mean())
    return (
        LEAST < float(alpha.mean()) < MOST
        and decided > 0.85
        and (face is None or float(_inside(alpha, face).mean()) > 0.8)
    )


def _inside(alpha: Plane, face: Face) -> Plane:
    x0, y0, x1, y1 = (max(0, math.floor(edge)) for edge in face.box)
    dx, dy = (x1 - x0) // 5, (y1 - y0) // 5
    return alpha[y0 + dy : max(y1 - dy, y0 + dy + 1), x0 + dx : max(x1 - dx, x0 + dx + 1)]


def _clean(alpha: Plane, face: Face | None) -> Plane:
    """Without islands: only the part that holds the face (or the largest part) and what is at least a third as large
    stays; small holes are filled."""
    solid = (alpha > SOLID).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    if count < 2:
        return alpha
    main = _main_part(labels, stats, face)
    keep = labels == main
    grown = cv2.dilate(
        keep.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_reach(alpha), _reach(alpha)))
    ).astype(bool)
    cleaned = np.where(grown & ((labels == main) | (solid == 0)), alpha, 0).astype(np.float32)
    holes = _small_holes(cleaned)
    cleaned[holes] = np.maximum(cleaned[holes], 0.98)
    return cleaned


def _reach(alpha: Plane) -> int:
    """How far soft hair may stand out from the solid part, in px (odd)."""
    return int(max(alpha.shape)) // 16 | 1


def _main_part(labels: NDArray[np.int32], stats: NDArray[np.int32], face: Face | None) -> int:
    if face is not None:
        parts = np.bincount(_inside(labels.astype(np.float32), face).astype(int).ravel(), minlength=len(stats))
        parts[0] = 0
        if parts.any():
            return int(parts.argmax())
    return int(stats[1:, cv2.CC_STAT_AREA].argmax()) + 1


def _small_holes(alpha: Plane) -> NDArray[np.bool_]:
    """Enclosed background spots of less than 0.05 % of the photo: noise, where a larger one is the gap between arm and
    body."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((alpha < SOLID).astype(np.uint8), connectivity=8)
    x, y, w, h, area = stats.T
    enclosed = (x > 0) & (y > 0) & (x + w < alpha.shape[1]) & (y + h < alpha.shape[0]) & (area < alpha.size * 0.0005)
    enclosed[0] = False
    return np.asarray(enclosed[labels], np.bool_)


def _refine(rgb: Pixels, alpha: Plane) -> Plane:
    """The matte pulled onto the photo's own edges by a guided filter, then stretched so that 2 % is empty and 98 % is
    full."""
    guide = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    radius = max(1, max(alpha.shape) // 400)
    sharp = guided(guide, alpha, radius, 1e-4)
    band = cv2.dilate((np.abs(alpha - 0.5) < 0.48).astype(np.float32), np.ones((3, 3), np.uint8))
    mixed = alpha + (sharp - alpha) * band
    return np.asarray(np.clip((mixed - 0.02) / 0.96, 0, 1), np.float32)


def guided(guide: Plane, source: Plane, radius: int, epsilon: float) -> Plane:
    """He's guided filter: ``source`` (h, w) smoothed so that its edges are those of ``guide`` (h, w), both 0 to 1;
    ``radius`` in px."""

    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, (2 * radius + 1, 2 * radius + 1), borderType=cv2.BORDER_REFLECT), np.float32)

    g, s = mean(guide), mean(source)
    slope = np.asarray((mean(guide * source) - g * s) / (mean(guide * guide) - g * g + epsilon), np.float32)
    return np.asarray(mean(slope) * guide + mean(np.asarray(s - slope * g, np.float32)), np.float32)


def _fuse(picture: Plane, front: Plane, back: Plane, weight: Plane, radius: int) -> tuple[Plane, Plane]:
    """One step of blur fusion: local means of both sides, then what is left of the picture goes to the front by its
    share."""
    size = (2 * radius + 1, 2 * radius + 1)

    def local(colours: Plane, share: Plane) -> Plane:
        amount = cv2.blur(share[..., 0], size)[..., None]
        return np.asarray(cv2.blur(colours * share, size) / (amount + 1e-5), np.float32)

    near, far = local(front, weight), local(back, 1 - weight)
    reached = cv2.blur(weight[..., 0], size)[..., None] > 1e-4
    near = np.where(reached, near + weight * (picture - weight * near - (1 - weight) * far), front)
    return np.clip(near, 0, 255).astype(np.float32), far
