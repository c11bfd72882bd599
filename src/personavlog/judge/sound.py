"""How much of a planted defect is left, by measures that neither the quality agents' scores nor the loop's decision use."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np

from personavlog.judge.case import Pixels
from personavlog.metrics import identity
from personavlog.metrics.appearance import PATCH, layout, likeness

Ending = Literal["better", "equal", "worse"]
STILL_NOISE = 0.005
"""Likeness of two keyframes; a picture stored again as JPEG at quality 95 differs by less."""
CLIP_NOISE = (0.03, 0.02, 0.3)
"""Identity, share of repeated frames, levels of brightness: what a clip changes by when it is encoded again."""
LOOKED_AT = 5


def still_likeness(picture: Pixels, sound: Pixels) -> float:
    """Likeness of a keyframe to the sound one, 0 to 1: colours, layout and edge directions of the whole picture, half and half."""
    same = picture if picture.shape == sound.shape else np.asarray(cv2.resize(picture, sound.shape[1::-1], interpolation=cv2.INTER_AREA), np.uint8)
    colours = float(layout(same, None) @ layout(sound, None))
    edges = float(likeness(_small(same)) @ likeness(_small(sound)))
    return 0.5 * colours + 0.5 * edges


def _small(picture: Pixels) -> Pixels:
    return np.asarray(cv2.resize(picture, (PATCH, PATCH), interpolation=cv2.INTER_AREA), np.uint8)


def still_ending(before: float, after: float) -> Ending:
    """Whether the loop's result is nearer to the sound picture than the planted one."""
    return "better" if after > before + STILL_NOISE else "worse" if after < before - STILL_NOISE else "equal"


def clip_soundness(frames: Sequence[Pixels], keyframe: Pixels) -> tuple[float | None, float, float]:
    """The least identity (SFace) of five frames to the keyframe, None without a face; minus the share of repeated frames; minus the mean jump of brightness.

    Higher is better for each.
    """
    picked = [frames[round(place)] for place in np.linspace(0, len(frames) - 1, LOOKED_AT)]
    faces = [score.value for frame in picked if (score := identity.identity(keyframe, frame)).value is not None]
    changes = [float(cv2.absdiff(a, b).mean()) for a, b in pairwise(frames)]
    light = [abs(float(a.mean()) - float(b.mean())) for a, b in pairwise(frames)]
    return min(faces) if faces else None, -float(np.mean([change < 0.05 for change in changes])), -float(np.mean(light))


def clip_ending(before: tuple[float | None, float, float], after: tuple[float | None, float, float]) -> Ending:
    """Better where one of the three rose and none fell by more than its noise; worse where one fell."""
    pairs = [(old, new, noise) for old, new, noise in zip(before, after, CLIP_NOISE, strict=True) if old is not None and new is not None]
    if any(new < old - noise for old, new, noise in pairs):
        return "worse"
    return "better" if any(new > old + noise for old, new, noise in pairs) else "equal"
