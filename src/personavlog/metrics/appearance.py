"""What a face box and a place look like, as unit vectors whose cosine says how alike two frames are; no network."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels

Track = NDArray[np.float64]
LEAST = 12
"""Side of a face box in px below which the face is not measured."""
PATCH = 64
SEARCH = 0.3
EVEN = 6.0
"""Levels (of 255) of contrast below which a picture counts as even."""
SCALES = (0.94, 1.0, 1.06)


def track(samples: Sequence[Pixels], box: Sequence[float]) -> list[Pixels] | None:
    """The ``box`` (x0, y0, x1, y1 px of the first sample) followed by correlation through all samples, as (64, 64, 3)
    crops; None if it is too small."""
    height, width = samples[0].shape[:2]
    x0, y0, x1, y1 = max(box[0], 0), max(box[1], 0), min(box[2], width), min(box[3], height)
    if x1 - x0 < LEAST or y1 - y0 < LEAST:
        return None
    place = (x0, y0, x1 - x0, y1 - y0)
    crops = [_crop(samples[0], place)]
    for sample in samples[1:]:
        place = _follow(sample, crops[-1], place)
        crops.append(_crop(sample, place))
    return crops


def _crop(frame: Pixels, place: tuple[float, float, float, float]) -> Pixels:
    x, y, w, h = place
    view = frame[int(y) : max(int(y + h), int(y) + 2), int(x) : max(int(x + w), int(x) + 2)]
    return np.asarray(cv2.resize(view, (PATCH, PATCH), interpolation=cv2.INTER_AREA), np.uint8)


def _follow(frame: Pixels, seen: Pixels, place: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Where in ``frame`` the crop is now: the best of three sizes in the neighbourhood of its last place."""
    x, y, w, h = place
    left, top = max(int(x - SEARCH * w), 0), max(int(y - SEARCH * h), 0)
    window = frame[top : int(y + (1 + SEARCH) * h), left : int(x + (1 + SEARCH) * w)]
    best, found = -2.0, place
    for scale in SCALES:
        sw, sh = int(w * scale), int(h * scale)
        if sw < LEAST or sh < LEAST or sw > window.shape[1] or sh > window.shape[0]:
            continue
        answer = cv2.matchTemplate(
            window, cv2.resize(seen, (sw, sh), interpolation=cv2.INTER_AREA), cv2.TM_CCOEFF_NORMED
        )
        _, peak, _, at = cv2.minMaxLoc(answer)
        if peak > best:
            # Sizes are kept in floating point, so that rounding does not let the box creep.
            best, found = peak, (float(left + at[0]), float(top + at[1]), w * scale, h * scale)
    return found


def likeness(crop: Pixels) -> Track:
    """Unit vector of a (64, 64, 3) RGB crop: oriented gradients, and colours in a coarse grid, half and half."""
    grey = cv2.GaussianBlur(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    gradients = _gradients(grey)
    lab = (
        cv2.resize(cv2.cvtColor(crop, cv2.COLOR_RGB2LAB), (4, 4), interpolation=cv2.INTER_AREA)
        .astype(np.float64)
        .ravel()
    )
    return _joined(gradients, lab)


def _gradients(grey: Pixels) -> Track:
    """Histograms of edge direction, 8 bins weighted by strength, in a 5 x 5 grid; edges may move a little without being
    taken for others."""
    dx, dy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    turn = (np.arctan2(dy, dx) % np.pi) * (8 / np.pi)
    strength = np.hypot(dx, dy)
    bins = [
        cv2.resize(strength * np.clip(1 - np.abs((turn - k + 4) % 8 - 4), 0, 1), (5, 5), interpolation=cv2.INTER_AREA)
        for k in range(8)
    ]
    return np.asarray(np.sqrt(np.stack(bins)), np.float64).ravel()


def layout(frame: Pixels, inner: Sequence[float] | None) -> Track:
    """Unit vector of a (h, w, 3) RGB frame outside the ``inner`` box: colour histogram, and colour in a 16 x 9 grid,
    half and half."""
    mask = np.full(frame.shape[:2], 255, np.uint8)
    if inner is not None:
        x0, y0, x1, y1 = (max(int(value), 0) for value in inner)
        mask[y0:y1, x0:x1] = 0
    lab = cv2.cvtColor(frame, cv2.COLOR_RGB2LAB)
    histogram = cv2.calcHist([lab], [0, 1, 2], mask, [8, 8, 8], [0, 256] * 3).ravel().astype(np.float64)
    histogram = np.asarray(cv2.GaussianBlur(histogram.reshape(8, 64), (3, 1), 0), np.float64).ravel()
    seen = cv2.resize(mask, (16, 9), interpolation=cv2.INTER_AREA).astype(np.float64) / 255
    grid = cv2.resize(lab, (16, 9), interpolation=cv2.INTER_AREA).astype(np.float64) * seen[..., None]
    # Centred, so that two pictures of equal brightness are not alike for that alone; with a constant, so that two
    # nearly even ones are.
    centred = (grid - grid.sum(axis=(0, 1)) / max(float(seen.sum()), 1e-9)) * seen[..., None]
    return _joined(np.sqrt(histogram), np.append(centred.ravel(), EVEN * np.sqrt(grid.size)))


def _joined(first: Track, second: Track) -> Track:
    parts = [part / max(float(np.linalg.norm(part)), 1e-9) for part in (first, second)]
    whole = np.concatenate(parts)
    return np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-9))
