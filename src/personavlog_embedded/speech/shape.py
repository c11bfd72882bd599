"""A spoken line's outer shape: silence, fades, loudness, pauses between breaths, and a smaller body for children."""

from __future__ import annotations

import numpy as np

from personavlog.media.arrays import Samples
from personavlog.metrics import loudness
from personavlog.metrics.resample import resample

LOUDNESS = -20.0
"""LUFS of every line, so that the mix can rely on it."""

CEILING = 0.89
"""Largest sample after the gain; a line with higher peaks is left a little quieter than ``LOUDNESS``."""

_FADE = 0.012


def faded(samples: Samples, rate: int) -> Samples:
    """Both ends eased to zero, so that nothing clicks."""
    count = min(int(_FADE * rate), len(samples) // 2)
    if count == 0:
        return samples
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(count) / count)
    shaped = samples.astype(np.float32, copy=True)
    shaped[:count] *= ramp
    shaped[-count:] *= ramp[::-1]
    return shaped


def levelled(samples: Samples, rate: int) -> Samples:
    """One static gain to ``LOUDNESS``, held below ``CEILING``."""
    measured = loudness.integrated(samples, rate)
    peak = float(np.abs(samples).max(initial=0.0))
    if measured <= loudness.SILENCE or peak == 0:
        return samples
    gain = min(10 ** ((LOUDNESS - measured) / 20), CEILING / peak)
    return (samples * gain).astype(np.float32)


def joined(breaths: list[Samples], rate: int, pause: float) -> Samples:
    """The breaths one after the other with ``pause`` seconds of silence between them."""
    gap = np.zeros(int(pause * rate), np.float32)
    parts = [part for breath in breaths for part in (gap, faded(breath, rate))]
    return np.concatenate(parts[1:]) if parts else np.zeros(0, np.float32)


def raised(samples: Samples, rate: int, factor: float) -> Samples:
    """Pitch and formants up by ``factor``, the length down by it: the voice of a smaller body."""
    return samples if factor == 1.0 else resample(samples, round(rate * factor), rate)
