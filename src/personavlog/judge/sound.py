"""How much of a planted defect is left, by measures that neither the quality agents' scores nor the loop's decision
use."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np

from personavlog.media.arrays import Box, Pixels, Plane
from personavlog.metrics.appearance import likeness
from personavlog.metrics.steadiness import nearest, upright

Ending = Literal["better", "equal", "worse"]
STILL_NOISE = 0.002
"""Likeness of two keyframes; a picture stored again as JPEG at quality 95 differs by less at the size that is
compared."""
SIDE = 320
"""Px of the width at which keyframes are compared."""
SAME = 10.0
"""Distance in L*a*b* below which two px show the same."""
CLIP_NOISE = (0.01, 0.02, 0.3)
"""Likeness of the face, share of repeated frames, levels of brightness: what a clip changes by when it is encoded
again."""
SOUND_FACE = 0.95
"""Likeness from which a face is the same: moving ones reach 0.95 to 0.98, a frozen one 1, which is no better."""
SOUND_REPEATS = 0.1
"""Share of repeated frames up to which a clip is sound: quiet ones have 0.04 to 0.06, a flickering one none, which is
no better."""
FOLLOWED = 13
"""Frames in which the face is followed."""
REPEATED = 0.3
"""Mean absolute change below which a frame is the one before again, as encoding leaves it."""


def still_likeness(picture: Pixels, sound: Pixels) -> float:
    """Likeness of a keyframe to the sound one, 0 to 1, px by px: structural similarity (Wang et al., 2004), and the
    share of px of nearly the same colour, half and half. A lost arm counts as much as it covers."""
    known = _small(sound, sound.shape)
    seen = _small(picture, sound.shape)
    labs = [cv2.cvtColor(one.astype(np.float32) / 255, cv2.COLOR_RGB2Lab) for one in (seen, known)]
    same = float((np.linalg.norm(labs[0] - labs[1], axis=2) < SAME).mean())
    greys = [cv2.cvtColor(one, cv2.COLOR_RGB2GRAY).astype(np.float32) for one in (seen, known)]
    return 0.5 * _similarity(*greys) + 0.5 * same


def _small(picture: Pixels, shape: tuple[int, ...]) -> Pixels:
    return np.asarray(
        cv2.resize(picture, (SIDE, max(round(SIDE * shape[0] / shape[1]), 8)), interpolation=cv2.INTER_AREA), np.uint8
    )


def _similarity(a: Plane, b: Plane) -> float:
    """Mean structural similarity of two grey pictures, 0 to 255."""
    mean_a, mean_b = _soft(a), _soft(b)
    spread_a, spread_b, both = _soft(a * a) - mean_a**2, _soft(b * b) - mean_b**2, _soft(a * b) - mean_a * mean_b
    first, second = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    values = (
        (2 * mean_a * mean_b + first)
        * (2 * both + second)
        / ((mean_a**2 + mean_b**2 + first) * (spread_a + spread_b + second))
    )
    return float(values.mean())


def _soft(plane: Plane) -> Plane:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), 1.5), np.float32)


def still_ending(before: float, after: float) -> Ending:
    """Whether the loop's result is nearer to the sound picture than the planted one."""
    return "better" if after > before + STILL_NOISE else "worse" if after < before - STILL_NOISE else "equal"


def clip_soundness(frames: Sequence[Pixels], place: Box | None) -> tuple[float | None, float, float]:
    """The least likeness of thirteen frames' upright faces to the first one's (edge directions and coarse colours),
    None without a face at ``place``; minus the share of repeated frames; minus the mean jump of brightness.

    Higher is better for each.
    """
    changes = [float(cv2.absdiff(a, b).mean()) for a, b in pairwise(frames)]
    light = [abs(float(a.mean()) - float(b.mean())) for a, b in pairwise(frames)]
    repeats = max(float(np.mean([change < REPEATED for change in changes])), SOUND_REPEATS)
    return _same_face(frames, place), -repeats, -float(np.mean(light))


def _same_face(frames: Sequence[Pixels], place: Box | None) -> float | None:
    first = None if place is None else nearest(frames[0], place)
    if first is None:
        return None
    known, least, at = likeness(upright(frames[0], first)), 1.0, first.box
    for number in np.linspace(0, len(frames) - 1, FOLLOWED)[1:]:
        frame = frames[round(float(number))]
        found = nearest(frame, at)
        at = at if found is None else found.box
        least = min(least, 0.0 if found is None else float(known @ likeness(upright(frame, found))))
    return min(least, SOUND_FACE)


def clip_ending(before: tuple[float | None, float, float], after: tuple[float | None, float, float]) -> Ending:
    """Better where one of the three rose and none fell by more than its noise; worse where one fell."""
    pairs = [
        (old, new, noise)
        for old, new, noise in zip(before, after, CLIP_NOISE, strict=True)
        if old is not None and new is not None
    ]
    if any(new < old - noise for old, new, noise in pairs):
        return "worse"
    return "better" if any(new > old + noise for old, new, noise in pairs) else "equal"
