"""Loudness and true peak brought to what platforms expect: -14 LUFS, and peaks that stay below -1 dBTP after lossy
encoding too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Samples
from personavlog.metrics.loudness import SILENCE, integrated, oversampled_peak, true_peak

TARGET = -14.0
"""LUFS, integrated."""

CEILING = -2.0
"""dBTP before encoding: AAC adds up to about 0.8 dB to the peaks of a limited mix."""

CLOSE = 0.1
_LOOK_AHEAD = 0.005
_ROUNDS = 6
_MOST_GAIN = 40.0


def normalised(samples: Samples, rate: int, target: float = TARGET, ceiling: float = CEILING) -> Samples:
    """(n, 2) brought to ``target`` LUFS with peaks below ``ceiling`` dBTP; silence stays silence.

    Limiting takes loudness, so gain and limiter are repeated until the loudness is right within 0.1 LU.
    """
    measured = integrated(samples, rate)
    if measured <= SILENCE:
        return samples
    gain, result = 0.0, samples
    for _ in range(_ROUNDS):
        gain = min(gain + target - measured, _MOST_GAIN)
        result = limited(samples * 10 ** (gain / 20), rate, ceiling)
        measured = integrated(result, rate)
        if abs(measured - target) <= CLOSE:
            break
    return result


def limited(samples: NDArray[np.floating], rate: int, ceiling: float) -> Samples:
    """(n, 2) with true peaks at or below ``ceiling`` dBTP, by a gain that sees 5 ms ahead and moves without steps."""
    most = 10 ** (ceiling / 20)
    for _ in range(2):
        peak = np.maximum.reduce([oversampled_peak(channel) for channel in samples.T])
        if peak.max(initial=0.0) <= most:
            break
        samples = (
            samples * _gain(np.minimum(1.0, 0.999 * most / np.maximum(peak, 1e-12)), int(_LOOK_AHEAD * rate))[:, None]
        )
    return samples.astype(np.float32)


def _gain(needed: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """At no sample more than ``needed``: the smallest gain within reach, then its average over the same reach."""
    padded = np.pad(needed, reach, constant_values=1.0)
    lowest = _running_minimum(padded, 2 * reach + 1)[: len(needed) + 2 * reach]
    kernel = 2 * reach + 1
    total = np.concatenate([[0.0], np.cumsum(np.pad(lowest, reach, constant_values=1.0))])
    average = (total[kernel:] - total[:-kernel]) / kernel
    return np.asarray(average[reach : reach + len(needed)])


def _running_minimum(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The minimum of the ``width`` values centred on each, by doubling."""
    half = width // 2
    result = np.pad(values, half, constant_values=1.0)
    reached = 1
    while reached < width:
        step = min(reached, width - reached)
        result = np.minimum(result[: len(result) - step], result[step:])
        reached += step
    return result


__all__ = ["CEILING", "TARGET", "integrated", "limited", "normalised", "true_peak"]
